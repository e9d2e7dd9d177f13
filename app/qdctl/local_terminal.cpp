// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/local_terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <utility>

namespace qdctl {

namespace {

constexpr std::array<int, 3> kEnding{SIGINT, SIGTERM, SIGHUP};
constexpr std::array<int, 6> kFatal{SIGQUIT, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
constexpr char kResized = 'r';
constexpr char kReadOn = 'g';
constexpr std::size_t kPiece = 32768;

// What signal handlers may use: a pipe whose one end a thread waits at, and the terminal as it was.
std::array<int, 2> wakePipe{-1, -1};
termios before{};
volatile std::sig_atomic_t isRaw = 0;

void putBack() {
    if (isRaw == 0)
        return;
    isRaw = 0;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

void tell(char what) {
    const int kept = errno;
    static_cast<void>(!::write(wakePipe[1], &what, 1));
    errno = kept;
}

void onEnding(int signal) {
    putBack();
    tell(static_cast<char>(signal));
}

void onFatal(int signal) {
    putBack();
    ::raise(signal); // SA_RESETHAND: now it does what it does without us
}

void onResize(int /*signal*/) {
    tell(kResized);
}

void setHandler(int signal, void (*handler)(int), int flags = 0) {
    struct sigaction action{};
    action.sa_handler = handler;
    action.sa_flags = flags;
    ::sigaction(signal, &action, nullptr);
}

void makeRaw() {
    if (::tcgetattr(STDIN_FILENO, &before) != 0)
        return;
    termios raw = before;
    ::cfmakeraw(&raw);
    isRaw = 1;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
}

} // namespace

struct LocalTerminal::Shared {
    base::ManualExecutor& home;
    Sink sink;
    Input input;
    bool isGone = false; ///< Home only.
};

LocalTerminal::LocalTerminal(base::ManualExecutor& home, Input input, Mode mode, Sink sink)
    : m_shared(std::make_shared<Shared>(Shared{home, std::move(sink), input})) {
    if (::pipe2(wakePipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    setHandler(SIGPIPE, SIG_IGN); // Writing fails instead.
    for (const int signal : kEnding)
        setHandler(signal, onEnding, static_cast<int>(SA_RESETHAND) | SA_RESTART);
    if (mode == Mode::Raw) {
        for (const int signal : kFatal)
            setHandler(signal, onFatal, static_cast<int>(SA_RESETHAND));
        setHandler(SIGWINCH, onResize, SA_RESTART);
        makeRaw();
    }
    m_thread = std::thread([this] { watch(); });
}

LocalTerminal::~LocalTerminal() {
    restore();
    m_shared->isGone = true;
    if (!m_thread.joinable())
        return;
    m_isOver = true;
    tell(kReadOn);
    m_thread.join();
    for (const int signal : kEnding)
        setHandler(signal, SIG_DFL);
    for (const int signal : kFatal)
        setHandler(signal, SIG_DFL);
    setHandler(SIGWINCH, SIG_DFL);
    setHandler(SIGPIPE, SIG_DFL);
    for (int& end : wakePipe)
        ::close(std::exchange(end, -1));
}

void LocalTerminal::restore() {
    putBack();
}

void LocalTerminal::readOn() {
    tell(kReadOn);
}

bool LocalTerminal::isTerminal() {
    return ::isatty(STDIN_FILENO) != 0;
}

std::optional<kube::TerminalSize> LocalTerminal::size() {
    winsize size{};
    for (const int descriptor : {STDOUT_FILENO, STDIN_FILENO}) {
        if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
            return kube::TerminalSize{size.ws_col, size.ws_row};
    }
    return std::nullopt;
}

void LocalTerminal::watch() {
    // Whoever is posted may run when this object is gone.
    const auto post = [shared = m_shared](auto what) {
        shared->home.post([shared, what = std::move(what)]() mutable {
            if (!shared->isGone)
                what(shared->sink);
        });
    };
    bool reads = m_shared->input == Input::Read;
    bool waits = false; // until what was read is dealt with
    std::string buffer(kPiece, '\0');
    while (!m_isOver) {
        const bool listens = reads && !waits;
        std::array<pollfd, 2> ends{pollfd{wakePipe[0], POLLIN, 0}, pollfd{listens ? STDIN_FILENO : -1, POLLIN, 0}};
        if (::poll(ends.data(), ends.size(), -1) < 0)
            continue;
        char told = 0;
        while (::read(wakePipe[0], &told, 1) == 1) {
            if (told == kReadOn)
                waits = false;
            else if (told == kResized)
                post([](Sink& sink) { sink.resized(); });
            else
                post([signal = int(told)](Sink& sink) { sink.interrupted(signal); });
        }
        if (!listens || ends[1].revents == 0 || m_isOver)
            continue;
        const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (count > 0) {
            waits = true;
            post([bytes = buffer.substr(0, static_cast<std::size_t>(count))](Sink& sink) mutable {
                sink.input(std::move(bytes));
            });
        } else if (count == 0 || (errno != EINTR && errno != EAGAIN)) {
            reads = false;
            post([](Sink& sink) { sink.inputEnded(); });
        }
    }
}

bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
        if (count > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(count));
        } else if (count < 0 && errno == EAGAIN) {
            // A terminal that another program of the same session has set so.
            pollfd end{descriptor, POLLOUT, 0};
            ::poll(&end, 1, -1);
        } else if (count < 0 && errno != EINTR) {
            return false;
        }
    }
    return true;
}

} // namespace qdctl
