#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records what full-screen programs write to a terminal, and what tmux makes of the same bytes: record.py [NAME...]
Each becomes NAME.bytes and NAME.grid beside this file; 80 x 24, TERM=xterm-256color. As root: the programs see no other
process and no name of the machine."""
import os
import pty
import select
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = tempfile.mkdtemp()
ROWS, COLUMNS = 24, 80

# What is run and what is typed, one piece each time it has fallen silent.
SESSIONS = {
    "vi": (["vim", "-u", "NONE", "-N", "+set nomore ruler", "text.c"],
           ["/line 120\r", "dd", "ihello \x1b", ":split\r", "\x06", "\x19\x19", ":set number\r", "5\x05", "u", ":syntax on\r"]),
    "less": (["less", "text.c"], [" ", "j", "k", "/line 90\r", "G", "b", "yy", "-S\r", "\x1b[C"]),
    "top": (["top", "-d", "0.5"], ["1", "m", "t", "x", "z"]),
    "htop": (["htop", "-d", "20"], ["\x1b[B\x1b[B", "t", "\x1bOQ", "\x1b[B", "\x1b", "\x1b[6~"]),
    "tmux": (["tmux", "-f", "tmux.conf", "-L", "record", "new", "seq 1 40; sh"],
             ["\x02%", "seq 1 9\r", "\x02\"", "echo \u4f60\u597d\r", "\x02[", "\x1b[5~", "q"]),
    "mc": (["mc", "-u", "-a", "/usr/share", "/etc"], ["\x1b[B\x1b[B", "\t", "\x1bOP", "\x1b\x1b", "\x1b[6~", "\x1b[20~"]),
    "mc-unicode": (["mc", "-u", "/usr/share", "/etc"], ["\x1b[B\x1b[B", "\x1b[20~", "\x1b[B"]),
}


def run(command, pieces):
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(FOLDER)
        alone = ["unshare", "--pid", "--fork", "--uts", "--mount-proc", "sh", "-c", 'hostname host; exec "$@"', "sh"]
        os.execvpe("unshare", alone + command, {"TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "HOME": FOLDER,
                                                "PS1": "$ ", "SHELL": "/bin/sh", "PATH": os.environ["PATH"], "USER": "root"})
    import fcntl, struct, termios
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    written = b""

    def listen(silence, most):
        nonlocal written
        end = time.time() + most
        while time.time() < end and select.select([master], [], [], silence)[0]:
            try:
                got = os.read(master, 65536)
            except OSError:
                return
            if b"\x1b[c" in got:
                os.write(master, b"\x1b[?1;2c")
            if b"\x1b[6n" in got:
                os.write(master, b"\x1b[1;1R")
            written += got

    listen(0.7, 3)
    for piece in pieces:
        os.write(master, piece.encode())
        listen(0.4, 1.2)
    os.kill(pid, 9)
    os.close(master)
    os.waitpid(pid, 0)
    return written


def grid(file):
    tmux = ["tmux", "-f", "/dev/null", "-L", "judge"]
    subprocess.run(tmux + ["new", "-d", "-x", str(COLUMNS), "-y", str(ROWS), "stty raw -echo; sleep 0.3; cat '%s'; sleep 60" % file,
                           ";", "set", "status", "off"], check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    subprocess.run(tmux + ["resizew", "-x", str(COLUMNS), "-y", str(ROWS)], check=True)
    time.sleep(1.5)
    shown = subprocess.run(tmux + ["capture-pane", "-p"], check=True, capture_output=True).stdout
    subprocess.run(tmux + ["kill-server"])
    return shown


def main():
    with open(os.path.join(FOLDER, "tmux.conf"), "w") as out:
        out.write("set -g status-right ''\nset -g automatic-rename off\n")
    with open(os.path.join(FOLDER, "text.c"), "w") as out:
        for i in range(200):
            out.write("// line %d\tof a text with \u4e2d\u6587 and caf\u00e9\n" % i if i % 7 else "int f%d() { return %d; } // %s\n" % (i, i, "long " * 30))
    for name in sys.argv[1:] or SESSIONS:
        command, pieces = SESSIONS[name]
        written = run(command, pieces)
        subprocess.run(["tmux", "-L", "record", "kill-server"], stderr=subprocess.DEVNULL)
        file = os.path.join(HERE, name)
        with open(file + ".bytes", "wb") as out:
            out.write(written)
        with open(file + ".grid", "wb") as out:
            out.write(grid(file + ".bytes"))
        print(name, len(written))


main()
