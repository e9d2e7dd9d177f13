// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/kube/live_transport.h"
#include "core/kube/streams/remote_command.h"
#include "core/net/engine.h"

#include <QTest>

#include <memory>
#include <optional>
#include <string>
#include <utility>

/// A session with a container, its input fed as it is taken, and all that it said.
class Session {
public:
    Session(kube::Transport& transport, kube::RemoteCommandSpec spec, base::ManualExecutor& home,
            std::string input = {})
        : m_home(home)
        , m_input(std::move(input)) {
        kube::RemoteCommandSink sink;
        sink.opened = [this] {
            isOpen = true;
            feed();
        };
        sink.output = [this](std::string bytes) { output += bytes; };
        sink.errorOutput = [this](std::string bytes) { errorOutput += bytes; };
        sink.drained = [this] { feed(); };
        sink.ended = [this](base::Result<kube::CommandEnd> how) { end = std::move(how); };
        m_closesInput = spec.hasInput && spec.terminal == kube::RemoteCommandSpec::Terminal::None;
        command = kube::RemoteCommand::start(transport, spec, home, std::move(sink));
    }

    template <typename Condition>
    bool until(const Condition& condition, int timeoutMs = 60000) {
        return QTest::qWaitFor(
            [&] {
                m_home.runPending();
                return condition();
            },
            timeoutMs);
    }
    bool untilEnded() {
        return until([this] { return end.has_value(); });
    }
    void type(const std::string& text) {
        m_input += text;
        feed();
    }
    /// "exit code 3", or the error's code and message.
    [[nodiscard]] QString how() const {
        if (!end)
            return QStringLiteral("not ended");
        if (*end)
            return QStringLiteral("exit code %1").arg((*end)->exitCode);
        return QString::fromStdString(std::string(base::toString(end->error().code)) + ": " + end->error().message);
    }

    std::unique_ptr<kube::RemoteCommand> command;
    bool isOpen = false;
    std::string output;
    std::string errorOutput;
    std::optional<base::Result<kube::CommandEnd>> end;
    bool inputCouldBeClosed = false;
    bool keepsInputOpen = false;

private:
    void feed() {
        if (!isOpen)
            return;
        m_fed += command->write(std::string_view(m_input).substr(m_fed));
        if (m_fed == m_input.size() && m_closesInput && !keepsInputOpen) {
            m_closesInput = false;
            inputCouldBeClosed = command->closeInput();
        }
    }

    base::ManualExecutor& m_home;
    std::string m_input;
    std::size_t m_fed = 0;
    bool m_closesInput = false;
};
