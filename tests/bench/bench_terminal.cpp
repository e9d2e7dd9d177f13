// SPDX-License-Identifier: GPL-3.0-or-later
// `cat` of 50 MB of log lines, every third with colours, in a terminal of 80 x 24: ours, a window on Xvfb that reads a
// pseudo terminal and paints, and xterm on the same Xvfb, both from the start of cat to its end. Meanwhile how long our
// window was away at most; then a search through the 100,000 lines kept, and what these take of memory.
#include "tests/bench/support/program.h"
#include "tests/bench/support/report.h"
#include "ui/base/theme.h"
#include "ui/terminal/terminal_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSocketNotifier>
#include <QTimer>

#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

constexpr std::size_t kBytes = 50'000'000;

std::string writeLines(const std::filesystem::path& file) {
    std::ofstream out(file, std::ios::binary);
    std::size_t written = 0;
    for (int i = 0; written < kBytes; ++i) {
        char line[160];
        const int size =
            std::snprintf(line, sizeof line,
                          "2026-01-02T10:%02d:%02d.%06dZ %s request %d of user-%d took %d ms for /api/v1/items/%d\n",
                          i / 60 % 60, i % 60, i * 7919 % 1000000, i % 3 == 0 ? "\x1b[33mWARN\x1b[0m" : "INFO", i,
                          i * 31 % 977, i * 17 % 480, i * 7 % 4096);
        out.write(line, size);
        written += static_cast<std::size_t>(size);
    }
    return file.string();
}

struct Ours {
    double seconds = 0;
    double longestMs = 0;
    double searchMs = 0;
    double bytesALine = 0;
};

Ours measureOurs(const std::string& file) {
    ui::TerminalView view;
    view.resize(view.sizeHint());
    view.show();
    int master = -1;
    winsize size{};
    size.ws_row = static_cast<unsigned short>(view.screen().rows());
    size.ws_col = static_cast<unsigned short>(view.screen().columns());
    const double begin = bench::now();
    const pid_t child = ::forkpty(&master, nullptr, nullptr, &size);
    if (child == 0) {
        ::execlp("cat", "cat", file.c_str(), nullptr);
        ::_exit(127);
    }
    Ours ours;
    QElapsedTimer beat;
    beat.start();
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout,
                     [&] { ours.longestMs = std::max(ours.longestMs, static_cast<double>(beat.restart())); });
    timer.start(2);
    QSocketNotifier notifier(master, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, [&] {
        char bytes[65536];
        const ssize_t got = ::read(master, bytes, sizeof bytes);
        if (got > 0) {
            view.take({bytes, static_cast<std::size_t>(got)});
        } else {
            notifier.setEnabled(false);
            QApplication::quit();
        }
    });
    QApplication::exec();
    view.grab(); // the last frame
    ours.seconds = bench::now() - begin;
    ::waitpid(child, nullptr, 0);
    ::close(master);
    const double searched = bench::now();
    view.find(QStringLiteral("not to be found"));
    ours.searchMs = (bench::now() - searched) * 1000;
    const ui::TerminalScreen& screen = view.screen();
    ours.bytesALine =
        static_cast<double>(screen.historyBytes()) / static_cast<double>(screen.endLine() - screen.firstLine());
    return ours;
}

/// Negative: there is none.
double measureXterm(const std::string& file, const std::string& display) {
    const std::string told = file + ".took";
    bench::Program xterm(
        {{"xterm", "-geometry", "80x24", "-e", "bash", "-c",
          "a=$(date +%s%N); cat '" + file + "'; b=$(date +%s%N); echo $(( (b - a) / 1000 )) > '" + told + "'"},
         {{"DISPLAY", display}}});
    if (xterm.readToEnd(600) < 0)
        return -1;
    double microseconds = -1e6;
    std::ifstream(told) >> microseconds;
    return microseconds / 1e6;
}

} // namespace

int main(int argc, char** argv) {
    bench::Program server({{"Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"}});
    if (server.readUntil("\n", 20) < 0) {
        bench::leftOut("cat in a terminal", "Xvfb did not start");
        return 1;
    }
    const std::string display = ":" + server.said().substr(0, server.said().find('\n'));
    ::setenv("DISPLAY", display.c_str(), 1);
    ::setenv("QT_QPA_PLATFORM", "xcb", 1);
    const QApplication application(argc, argv);
    const ui::Theme theme(ui::SchemeChoice::Light);
    std::string folder = (std::filesystem::temp_directory_path() / "bench-terminal-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr)
        return 1;
    const std::string file = writeLines(std::filesystem::path(folder) / "lines");
    const Ours ours = measureOurs(file);
    const double theirs = measureXterm(file, display);
    if (theirs > 0)
        bench::report({"terminal: cat of 50 MB", bench::Unit::Seconds, ours.seconds, "xterm", theirs, 0, 1});
    else
        bench::leftOut("cat of 50 MB in xterm", "there is no xterm");
    bench::report({"terminal: window away at most meanwhile", bench::Unit::Milliseconds, ours.longestMs, {}, 0, 100});
    bench::report({"terminal: search of 100,000 lines", bench::Unit::Milliseconds, ours.searchMs, {}, 0, 100});
    bench::report({"terminal: a line kept, of 77 characters", bench::Unit::Bytes, ours.bytesALine, {}, 0, 120});
    std::filesystem::remove_all(folder);
    return 0;
}
