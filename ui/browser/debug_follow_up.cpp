// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/debug_follow_up.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/kube/streams/container_wait.h"
#include "ui/base/error_text.h"
#include "ui/shell/page.h"
#include "ui/terminal/terminal_subject.h"

#include <QObject>
#include <QPointer>

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 120s;

/// The navigator, as long as there is a window.
struct WayToWindow {
    QPointer<const QWidget> window;
    Navigator& navigator;
};

/// Lives with the run.
class DebugFollowUp : public QObject {
    Q_OBJECT
public:
    DebugFollowUp(const fleet::Fleet& fleet, const change::Door& door, WayToWindow way, ActTarget pod,
                  std::string container, ChangeRun& run)
        : QObject(&run)
        , m_way(std::move(way))
        , m_pod(std::move(pod))
        , m_container(std::move(container))
        , m_run(run) {
        const auto transport = fleet.transport(m_pod.cluster);
        if (!transport) {
            end(false, tr("The cluster is not connected."));
            return;
        }
        kube::ContainerWait::Sink sink;
        sink.waiting = [this](const kube::ContainerState& state) { m_why = QString::fromStdString(state.why()); };
        sink.done = [this](const base::Result<kube::ContainerState>& state, const std::string&) { onDone(state); };
        m_wait.emplace(kube::ContainerWait::Environment{transport, door.home(), door.timers(), door.clock()},
                       kube::ContainerWait::Subject{m_pod.ns, m_pod.name, m_container}, kPatience, std::move(sink));
    }

private:
    void onDone(const base::Result<kube::ContainerState>& state) {
        const QString name = QString::fromStdString(m_container);
        if (!state && state.error().code != base::ErrorCode::TimedOut) {
            end(false, errorSentence(state.error()));
        } else if (!state) {
            end(false, tr("%1 has not started yet (%2). Attach to it once it runs.", "a container, why")
                           .arg(name, m_why.isEmpty() ? tr("the node says nothing of it") : m_why));
        } else if (state->phase == kube::ContainerState::Phase::Ended) {
            end(false, tr("%1 has ended with exit code %2: %3", "a container, a number, why")
                           .arg(name)
                           .arg(state->exitCode)
                           .arg(QString::fromStdString(state->why())));
        } else if (!m_way.window) {
            end(true, tr("%1 runs. The window that asked for it is closed, so that no terminal has joined it: attach "
                         "to it.",
                         "a container")
                          .arg(name));
        } else {
            end(true, tr("%1 runs, and a terminal has joined it.", "a container").arg(name));
            join();
        }
    }

    void end(bool isWell, const QString& text) { m_run.conclude({{isWell, text}}); }

    void join() {
        PageTarget target;
        target.page = QStringLiteral("terminal");
        target.terminal = std::make_shared<const TerminalSubject>(
            TerminalSubject{TerminalSubject::Kind::Attach, m_pod.cluster, m_pod.ns, m_pod.name, m_container});
        m_way.navigator.open(target, Navigator::Tab::New);
    }

    const WayToWindow m_way;
    const ActTarget m_pod;
    const std::string m_container;
    ChangeRun& m_run;
    QString m_why; ///< It does not run yet.
    std::optional<kube::ContainerWait> m_wait;
};

} // namespace

ChangeRun::FollowUp debugFollowUp(const PageContext& context, const QWidget& page, const ActTarget& pod,
                                  const std::string& container) {
    return [&fleet = context.fleet, &door = context.door, way = WayToWindow{page.window(), context.navigator}, pod,
            container](ChangeRun& run) { new DebugFollowUp(fleet, door, way, pod, container, run); };
}

} // namespace ui

#include "debug_follow_up.moc"
