// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/debug_follow_up.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/kube/streams/container_state.h"
#include "ui/base/error_text.h"
#include "ui/shell/page.h"
#include "ui/terminal/terminal_subject.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <memory>

namespace ui {

namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenLooks = 500ms;
constexpr auto kPatience = 120s;

/// Lives with the run.
class DebugFollowUp : public QObject {
    Q_OBJECT
public:
    DebugFollowUp(const PageContext& context, ActTarget pod, std::string container, ChangeRun& run)
        : QObject(&run)
        , m_context(context)
        , m_pod(std::move(pod))
        , m_container(std::move(container))
        , m_run(run)
        , m_until(kPatience) {
        m_timer.setSingleShot(true);
        m_timer.setInterval(kBetweenLooks);
        connect(&m_timer, &QTimer::timeout, this, &DebugFollowUp::look);
        look();
    }

private:
    void look() {
        m_asked = m_context.fleet.fetch(m_pod.cluster, m_pod.kind, m_pod.ns, m_pod.name,
                                        [this](const base::Result<fleet::FullObject>& pod) {
                                            if (pod)
                                                read(kube::containerStateOf(pod->json, m_container));
                                            else
                                                end(false, errorSentence(pod.error()));
                                        });
    }

    void read(const kube::ContainerState& state) {
        using Phase = kube::ContainerState::Phase;
        const QString name = QString::fromStdString(m_container);
        const QString why = QString::fromStdString(state.why());
        if (state.phase == Phase::Running) {
            end(true, tr("%1 runs, and a terminal has joined it.", "a container").arg(name));
            join();
        } else if (state.phase == Phase::Ended) {
            end(false, tr("%1 has ended with exit code %2: %3", "a container, a number, why")
                           .arg(name)
                           .arg(state.exitCode)
                           .arg(why));
        } else if (m_until.hasExpired()) {
            end(false, tr("%1 has not started yet (%2). Attach to it once it runs.", "a container, why")
                           .arg(name, why.isEmpty() ? tr("the node says nothing of it") : why));
        } else {
            m_timer.start();
        }
    }

    void end(bool isWell, const QString& text) { m_run.conclude({{isWell, text}}); }

    void join() {
        PageTarget target;
        target.page = QStringLiteral("terminal");
        target.terminal = std::make_shared<const TerminalSubject>(
            TerminalSubject{TerminalSubject::Kind::Attach, m_pod.cluster, m_pod.ns, m_pod.name, m_container});
        m_context.navigator.open(target, Navigator::Tab::New);
    }

    const PageContext m_context;
    const ActTarget m_pod;
    const std::string m_container;
    ChangeRun& m_run;
    QDeadlineTimer m_until;
    QTimer m_timer;
    base::Cancel m_asked;
};

} // namespace

ChangeRun::FollowUp debugFollowUp(const PageContext& context, const ActTarget& pod, const std::string& container) {
    return [context, pod, container](ChangeRun& run) { new DebugFollowUp(context, pod, container, run); };
}

} // namespace ui

#include "debug_follow_up.moc"
