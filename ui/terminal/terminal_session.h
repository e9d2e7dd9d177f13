// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/kube/streams/pod_shells.h"
#include "core/kube/streams/remote_command.h"
#include "ui/terminal/line_input.h"
#include "ui/terminal/terminal_subject.h"

#include <QByteArray>
#include <QObject>

#include <memory>
#include <optional>
#include <string>

namespace change {
class Door;
class PodVisit;
} // namespace change
namespace fleet {
class Fleet;
} // namespace fleet

namespace ui {

/// One shell in a container, or one attachment to it: reads the pod, chooses container and shell, runs, ends. May be
/// started again. Output comes on the GUI thread, message by message; as long as it is being handled no more is read.
class TerminalSession : public QObject {
    Q_OBJECT
public:
    enum class State { Idle, Looking, Connecting, Running, Ended };

    TerminalSession(fleet::Fleet& fleet, change::Door& door, TerminalSubject subject, QObject* parent = nullptr);
    ~TerminalSession() override;

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const TerminalSubject& subject() const { return m_subject; }
    /// Known once the pod was read.
    [[nodiscard]] const kube::PodShells& shells() const { return m_shells; }
    /// Once it has ended: the exit code, or the error that kept or cut it.
    [[nodiscard]] const std::optional<base::Result<kube::CommandEnd>>& end() const { return m_end; }
    /// Whether it ended without its program having ended.
    [[nodiscard]] bool wasCut() const { return m_end && !*m_end && m_hasRun && !m_foundNoShell; }
    /// Whether it ended because the image has no shell.
    [[nodiscard]] bool foundNoShell() const { return m_foundNoShell; }

    void start();
    void stop();
    /// Cuts what runs, as the cluster has become read-only.
    void forbid();
    /// For the next start.
    void setContainer(const std::string& container) { m_subject.container = container; }
    void write(const QByteArray& bytes);
    void resize(int rows, int columns);

signals:
    void stateChanged();
    void output(const std::string& bytes);

private:
    void setState(State state);
    void podRead(const std::string& json);
    void askNode();
    void enter();
    void run();
    void leave();
    void ended(base::Result<kube::CommandEnd> end);
    [[nodiscard]] bool isNoShell(const base::Result<kube::CommandEnd>& end) const;
    void feed();
    void show(const std::string& bytes);
    [[nodiscard]] bool isPlain() const;

    fleet::Fleet& m_fleet;
    change::Door& m_door;
    TerminalSubject m_subject;
    State m_state = State::Idle;
    kube::PodShells m_shells;
    kube::ContainerInput m_input; ///< Of the container's main process.
    LineInput m_lines;            ///< In place of the terminal that it has none of.
    std::size_t m_shell = 0;      ///< Of shellCommands().
    bool m_hasRun = false;
    bool m_foundNoShell = false;
    bool m_hasOutput = false;
    kube::TerminalSize m_size;
    std::string m_pending; ///< Typed and not taken yet.
    std::optional<base::Result<kube::CommandEnd>> m_end;
    base::Cancel m_asked;
    std::unique_ptr<change::PodVisit> m_visit;
    std::shared_ptr<kube::Transport> m_transport;
    std::unique_ptr<kube::RemoteCommand> m_command;
};

} // namespace ui
