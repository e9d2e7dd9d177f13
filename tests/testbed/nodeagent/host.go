// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/creack/pty"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
	utilexec "k8s.io/utils/exec"
)

// host runs on this machine what a container would run.
type host struct{}

// noShell is the name of a container whose image holds one program alone.
const noShell = "bare"

// notFound has containerd's words.
func notFound(program string) error {
	return fmt.Errorf("failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable "+
		"to start container process: exec: %q: executable file not found in $PATH: unknown", program)
}

func (h host) ExecInContainer(ctx context.Context, _, _, container string, command []string, stdin io.Reader,
	stdout, stderr io.WriteCloser, tty bool, resize <-chan remotecommand.TerminalSize, limit time.Duration) error {
	if container == noShell {
		return notFound(command[0])
	}
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	process := exec.CommandContext(ctx, command[0], command[1:]...)
	process.Dir = os.TempDir()
	process.Env = append(os.Environ(), "TERM=xterm-256color")
	if tty {
		return exitCode(inTerminal(process, stdin, stdout, resize))
	}
	if stdout != nil {
		process.Stdout = stdout
	}
	if stderr != nil {
		process.Stderr = stderr
	}
	if stdin != nil {
		// A pipe copied beside the process: Stdin itself would hold Wait back until the client sends its next byte.
		pipe, err := process.StdinPipe()
		if err != nil {
			return err
		}
		go func() {
			_, _ = io.Copy(pipe, stdin)
			_ = pipe.Close()
		}()
	}
	return exitCode(process.Run())
}

// AttachContainer stands for a container whose main process is a shell.
func (h host) AttachContainer(ctx context.Context, pod, uid, container string, stdin io.Reader,
	stdout, stderr io.WriteCloser, tty bool, resize <-chan remotecommand.TerminalSize) error {
	return h.ExecInContainer(ctx, pod, uid, container, []string{"sh"}, stdin, stdout, stderr, tty, resize, 0)
}

func (host) PortForward(ctx context.Context, _, _ string, port int32, client io.ReadWriteCloser) error {
	var dialer net.Dialer
	connection, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(int(port))))
	if err != nil {
		return err
	}
	defer connection.Close()
	go func() {
		_, _ = io.Copy(connection, client)
		_ = connection.(*net.TCPConn).CloseWrite()
	}()
	_, err = io.Copy(client, connection)
	return err
}

func inTerminal(process *exec.Cmd, stdin io.Reader, stdout io.Writer, resize <-chan remotecommand.TerminalSize) error {
	terminal, err := pty.Start(process)
	if err != nil {
		return err
	}
	defer terminal.Close()
	go func() {
		for size := range resize {
			_ = pty.Setsize(terminal, &pty.Winsize{Rows: size.Height, Cols: size.Width})
		}
	}()
	if stdin != nil {
		go func() { _, _ = io.Copy(terminal, stdin) }()
	}
	if stdout != nil {
		_, _ = io.Copy(stdout, terminal) // ends with EIO when the process has closed its side
	}
	return process.Wait()
}

// exitCode wraps a failure so that the streaming packages pass the code on to the client; 127 when nothing ran.
func exitCode(err error) error {
	if err == nil {
		return nil
	}
	code := 127
	var exited *exec.ExitError
	if errors.As(err, &exited) {
		code = exited.ExitCode()
	}
	return utilexec.CodeExitError{Err: err, Code: code}
}
