// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_session.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/fleet/write_rules.h"
#include "core/kube/kind.h"
#include "ui/base/cluster_ref.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr std::size_t kMostPending = std::size_t(1) << 20;
/// A line's end goes to the first column, too (LNM of ECMA-48), and back.
constexpr const char* kLinesAlone = "\x1b[20h";
constexpr const char* kLinesAsTerminals = "\x1b[20l";

} // namespace

TerminalSession::TerminalSession(fleet::Fleet& fleet, change::Door& door, TerminalSubject subject, QObject* parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_door(door)
    , m_subject(std::move(subject)) {}

TerminalSession::~TerminalSession() = default;

void TerminalSession::setState(State state) {
    m_state = state;
    emit stateChanged();
}

void TerminalSession::start() {
    m_command.reset();
    m_visit.reset();
    m_end.reset();
    m_pending.clear();
    m_shell = 0;
    m_hasRun = false;
    m_foundNoShell = false;
    setState(State::Looking);
    const kube::KindCatalogPtr kinds = m_fleet.kinds(m_subject.cluster);
    const kube::Kind* pods = kinds ? kinds->findResource("pods") : nullptr;
    m_transport = m_fleet.transport(m_subject.cluster);
    if (pods == nullptr || !m_transport)
        return ended(base::fail(base::ErrorCode::Unreachable, "the cluster is not connected"));
    m_asked = m_fleet.fetch(m_subject.cluster, *pods, m_subject.ns, m_subject.pod,
                            [this](base::Result<fleet::FullObject> pod) {
                                if (!pod)
                                    return ended(base::fail(std::move(pod.error())));
                                podRead(pod->json);
                            });
}

void TerminalSession::podRead(const std::string& json) {
    auto shells = kube::podShellsOf(json);
    if (!shells)
        return ended(base::fail(std::move(shells.error())));
    m_shells = *std::move(shells);
    const auto& all = m_shells.containers;
    if (std::find(all.begin(), all.end(), m_subject.container) == all.end())
        m_subject.container = m_shells.preset;
    m_input = kube::containerInputOf(json, m_subject.container);
    if (m_subject.kind == TerminalSubject::Kind::Shell && !m_shells.node.empty())
        askNode();
    else
        enter();
}

// Who may not read nodes hardly has other ones than Linux.
void TerminalSession::askNode() {
    const kube::KindCatalogPtr kinds = m_fleet.kinds(m_subject.cluster);
    const kube::Kind* nodes = kinds ? kinds->findResource("nodes") : nullptr;
    if (nodes == nullptr)
        return enter();
    m_asked = m_fleet.fetch(m_subject.cluster, *nodes, {}, m_shells.node, [this](base::Result<fleet::FullObject> node) {
        if (node)
            m_shells.system = kube::systemOf(node->json);
        enter();
    });
}

void TerminalSession::enter() {
    change::PodAct act;
    act.cluster = clusterRef(m_fleet, m_subject.cluster);
    act.verb = m_subject.kind == TerminalSubject::Kind::Attach ? change::Verb::Attach : change::Verb::Exec;
    act.object = {"v1", "Pod", m_subject.ns, m_subject.pod};
    act.container = m_subject.container;
    act.what = "a shell";
    m_asked = m_door.enter(act, {}, [this](base::Result<std::unique_ptr<change::PodVisit>> visit) {
        if (!visit)
            return ended(base::fail(std::move(visit.error())));
        m_visit = *std::move(visit);
        run();
    });
}

void TerminalSession::run() {
    kube::RemoteCommandSpec spec;
    spec.ns = m_subject.ns;
    spec.pod = m_subject.pod;
    spec.container = m_subject.container;
    spec.hasInput = true;
    spec.terminal = isPlain() ? kube::RemoteCommandSpec::Terminal::None : kube::RemoteCommandSpec::Terminal::Wanted;
    if (m_subject.kind == TerminalSubject::Kind::Attach) {
        spec.kind = kube::RemoteCommandSpec::Kind::Attach;
        spec.hasInput = m_input.isOpen;
    } else {
        spec.command = kube::shellCommands(m_shells.system)[m_shell];
    }
    m_hasOutput = false;
    m_lines = {};
    kube::RemoteCommandSink sink;
    // Whoever hears of it may take the session down.
    sink.opened = [self = QPointer(this)] {
        if (self) {
            self->m_hasRun = true;
            self->setState(State::Running);
        }
        if (self)
            emit self->output(self->isPlain() ? kLinesAlone : kLinesAsTerminals);
        if (self && self->isPlain() && !self->m_input.isOpen)
            emit self->output(
                "\x1b[2m" + tr("The container takes no input; what it says from now on is shown here.").toStdString() +
                "\x1b[0m\n");
        if (self)
            self->feed();
    };
    sink.output = [self = QPointer(this)](const std::string& bytes) {
        if (self)
            self->show(bytes);
    };
    sink.errorOutput = [self = QPointer(this)](const std::string& bytes) {
        if (self)
            self->show(bytes);
    };
    sink.drained = [self = QPointer(this)] {
        if (self)
            self->feed();
    };
    sink.ended = [self = QPointer(this)](base::Result<kube::CommandEnd> end) {
        if (self)
            self->ended(std::move(end));
    };
    setState(State::Connecting);
    m_command = kube::RemoteCommand::start(*m_transport, spec, m_door.home(), std::move(sink));
    m_command->resize(m_size);
}

// Runtimes say it in words of their own, or by a shell's exit codes for what cannot be run.
bool TerminalSession::isNoShell(const base::Result<kube::CommandEnd>& end) const {
    if (m_hasOutput && (!end || (end->exitCode != 126 && end->exitCode != 127)))
        return false;
    const std::string& message = end ? end->message : end.error().message;
    const auto says = [&message](const char* words) { return message.find(words) != std::string::npos; };
    const bool isMissing = says("executable file not found") || says("no such file or directory") ||
                           says("cannot find the file") || says("OCI runtime exec failed");
    return end ? end->exitCode == 126 || end->exitCode == 127 || (end->exitCode != 0 && isMissing) : isMissing;
}

void TerminalSession::ended(base::Result<kube::CommandEnd> end) {
    if (m_state == State::Ended)
        return;
    const auto& shells = kube::shellCommands(m_shells.system);
    m_foundNoShell = m_subject.kind == TerminalSubject::Kind::Shell && m_command && !m_hasOutput && isNoShell(end);
    if (m_foundNoShell && m_shell + 1 < shells.size()) {
        ++m_shell;
        return run();
    }
    m_end = std::move(end);
    leave();
    setState(State::Ended);
}

void TerminalSession::leave() {
    const std::unique_ptr<change::PodVisit> visit = std::move(m_visit);
    if (!visit)
        return;
    if (*m_end)
        visit->end(change::Outcome::Done, "exit code " + std::to_string((*m_end)->exitCode));
    else if (wasCut())
        visit->end(change::Outcome::Done, "cut: " + m_end->error().message);
    else
        visit->end(change::Outcome::Failed, m_end->error().message);
}

void TerminalSession::stop() {
    m_asked.cancel();
    m_command.reset();
    m_visit.reset();
    if (m_state != State::Ended && m_state != State::Idle)
        setState(State::Idle);
}

void TerminalSession::forbid() {
    if (m_state != State::Connecting && m_state != State::Running)
        return;
    m_command.reset();
    const fleet::ClusterInfo& cluster = m_fleet.cluster(m_subject.cluster);
    const auto may = fleet::mayEnter({cluster.isProtected, cluster.isReadOnly}, cluster.name);
    ended(base::fail(may ? base::Error() : may.error()));
}

void TerminalSession::show(const std::string& bytes) {
    m_hasOutput = true;
    emit output(bytes);
}

// A main process that has no terminal gets none by being joined.
bool TerminalSession::isPlain() const {
    return m_subject.kind == TerminalSubject::Kind::Attach && !m_input.isTerminal;
}

void TerminalSession::write(const QByteArray& bytes) {
    if (m_state == State::Ended || m_pending.size() > kMostPending)
        return;
    const std::string_view keys(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (!isPlain()) {
        m_pending += keys;
        feed();
        return;
    }
    if (!m_input.isOpen || m_state != State::Running)
        return;
    const LineInput::Step step = m_lines.take(keys);
    m_pending += step.sent;
    feed();
    if (step.isOver && m_command && m_pending.empty())
        m_command->closeInput();
    emit output(step.shown);
}

void TerminalSession::feed() {
    if (m_command && m_state == State::Running && !m_pending.empty())
        m_pending.erase(0, m_command->write(m_pending));
}

void TerminalSession::resize(int rows, int columns) {
    m_size = {static_cast<std::uint16_t>(columns), static_cast<std::uint16_t>(rows)};
    if (m_command)
        m_command->resize(m_size);
}

} // namespace ui
