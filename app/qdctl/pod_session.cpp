// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/pod_session.h"

#include "app/qdctl/local_terminal.h"
#include "app/qdctl/session.h"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace qdctl {

namespace {

using kube::RemoteCommandSpec;

constexpr int kBySignal = 128;

// No process ends with another: nodes say so where a signal ended it.
bool isExitCode(int code) {
    return code >= 0 && code <= 255;
}

/// One session under way. Confined to home.
class Running {
public:
    Running(Session& session, kube::Transport& transport, RemoteCommandSpec spec)
        : m_session(session)
        , m_transport(transport)
        , m_spec(std::move(spec)) {}

    SessionEnd run() {
        const bool isRaw = m_spec.terminal == RemoteCommandSpec::Terminal::Wanted;
        m_terminal = std::make_unique<LocalTerminal>(m_session.home(), LocalTerminal::Input::None,
                                                     LocalTerminal::Mode::AsItIs, terminalSink());
        m_isRaw = isRaw;
        start();
        m_session.home().run();
        // Before anything is said: a raw terminal would not return to the line's begin.
        m_terminal.reset();
        m_command.reset();
        return end();
    }

private:
    LocalTerminal::Sink terminalSink() {
        LocalTerminal::Sink sink;
        sink.input = [this](std::string bytes) {
            m_waiting += bytes;
            feed();
        };
        sink.inputEnded = [this] {
            m_inputEnded = true;
            feed();
        };
        sink.resized = [this] {
            if (const auto size = LocalTerminal::size())
                m_command->resize(*size);
        };
        sink.interrupted = [this](int signal) {
            m_signal = signal;
            stop();
        };
        return sink;
    }

    void start() {
        kube::RemoteCommandSink sink;
        sink.opened = [this] { open(); };
        sink.output = [this](const std::string& bytes) { print(STDOUT_FILENO, bytes); };
        sink.errorOutput = [this](const std::string& bytes) { print(STDERR_FILENO, bytes); };
        sink.drained = [this] { feed(); };
        sink.ended = [this](base::Result<kube::CommandEnd> how) {
            m_end = std::move(how);
            stop();
        };
        m_command = kube::RemoteCommand::start(m_transport, m_spec, m_session.home(), std::move(sink));
    }

    // Only now: what is typed before is the terminal's own, and a refusal is printed as any other.
    void open() {
        m_isOpen = true;
        if (m_isRaw) {
            if (const auto size = LocalTerminal::size()) {
                // A program that has the size already would not paint anew for who joins it.
                if (m_spec.kind == RemoteCommandSpec::Kind::Attach)
                    m_command->resize(
                        {static_cast<std::uint16_t>(size->width + 1), static_cast<std::uint16_t>(size->height + 1)});
                m_command->resize(*size);
            }
        }
        if (!m_spec.hasInput)
            return;
        m_terminal.reset();
        m_terminal = std::make_unique<LocalTerminal>(m_session.home(), LocalTerminal::Input::Read,
                                                     m_isRaw ? LocalTerminal::Mode::Raw : LocalTerminal::Mode::AsItIs,
                                                     terminalSink());
    }

    void feed() {
        if (!m_isOpen)
            return;
        m_waiting.erase(0, m_command->write(m_waiting));
        if (!m_waiting.empty())
            return; // `drained` goes on
        if (m_inputEnded) {
            if (!std::exchange(m_inputClosed, true))
                m_command->closeInput();
        } else {
            m_terminal->readOn();
        }
    }

    void print(int descriptor, const std::string& bytes) {
        if (!writeAll(descriptor, bytes))
            stop();
    }

    // Once: a second one would be for who runs home next.
    void stop() {
        if (!std::exchange(m_isStopped, true))
            m_session.home().stop();
    }

    SessionEnd end() {
        if (m_end && *m_end)
            return {isExitCode((*m_end)->exitCode) ? (*m_end)->exitCode : int(Failed), true, **m_end};
        if (m_end) {
            complain(explain(m_end->error()));
            return {Failed, false, {}, m_end->error(), m_isOpen};
        }
        return {m_signal != 0 ? kBySignal + m_signal : int(Failed), false, {}, {}, m_isOpen};
    }

    Session& m_session;
    kube::Transport& m_transport;
    RemoteCommandSpec m_spec;
    bool m_isRaw = false;
    std::unique_ptr<LocalTerminal> m_terminal;
    std::unique_ptr<kube::RemoteCommand> m_command;
    bool m_isOpen = false;
    std::string m_waiting; ///< Read, and not yet taken.
    bool m_inputEnded = false;
    bool m_inputClosed = false;
    bool m_isStopped = false;
    int m_signal = 0;
    std::optional<base::Result<kube::CommandEnd>> m_end;
};

} // namespace

TerminalWishes possible(TerminalWishes wishes) {
    if (!wishes.input) {
        wishes.terminal = false;
    } else if (wishes.terminal && !LocalTerminal::isTerminal()) {
        wishes.terminal = false;
        if (!wishes.quiet)
            std::fputs("Unable to use a TTY - input is not a terminal or the right kind of file\n", stderr);
    }
    return wishes;
}

void tellExitCode(const kube::CommandEnd& end) {
    if (!isExitCode(end.exitCode))
        std::fprintf(stderr, "command ended without an exit code (the node says %d%s%s), as when a signal ends it\n",
                     end.exitCode, end.message.empty() ? "" : ": ", end.message.c_str());
    else
        std::fprintf(stderr, "command terminated with exit code %d\n", end.exitCode);
}

SessionEnd runPodSession(Session& session, kube::Transport& transport, RemoteCommandSpec spec) {
    return Running(session, transport, std::move(spec)).run();
}

} // namespace qdctl
