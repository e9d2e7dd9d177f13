// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/object_acts.h"

#include "core/change/acts/autoscaler.h"
#include "core/change/acts/jobs.h"
#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/fleet/permissions.h"
#include "ui/browser/act_dialogs.h"
#include "ui/browser/workload_acts.h"
#include "ui/editor/open_editor.h"
#include "ui/files/files_subject.h"
#include "ui/logs/label_wish.h"
#include "ui/logs/logs_label_dialog.h"
#include "ui/logs/logs_subject.h"
#include "ui/ports/ports_page.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/page.h"

#include <QAction>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace ui {

namespace {

/// Whether each is asked about by itself; of more the first ones speak for all.
constexpr std::size_t kMostAsked = 20;

bool isOf(const kube::Kind& kind, std::string_view group, std::initializer_list<std::string_view> kinds) {
    return kind.group == group && std::find(kinds.begin(), kinds.end(), kind.kind) != kinds.end();
}

bool isScalable(const kube::Kind& kind) {
    return isOf(kind, "apps", {"Deployment", "StatefulSet", "ReplicaSet"}) || isOf(kind, "", {"ReplicationController"});
}

bool rollsOut(const kube::Kind& kind) {
    return isOf(kind, "apps", {"Deployment", "StatefulSet", "DaemonSet"});
}

bool isDeployment(const kube::Kind& kind) {
    return isOf(kind, "apps", {"Deployment"});
}

bool isCronJob(const kube::Kind& kind) {
    return isOf(kind, "batch", {"CronJob"});
}

bool isJob(const kube::Kind& kind) {
    return isOf(kind, "batch", {"Job"});
}

bool isBatch(const kube::Kind& kind) {
    return isJob(kind) || isCronJob(kind);
}

bool isAutoscaled(const kube::Kind& kind) {
    return change::canAutoscale({kind.apiVersion(), kind.kind, {}, {}});
}

bool hasForm(const kube::Kind& kind) {
    return isOf(kind, "apps", {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"}) || isBatch(kind) ||
           isOf(kind, "", {"Pod"}) || (isOf(kind, "autoscaling", {"HorizontalPodAutoscaler"}) && kind.version == "v2");
}

bool isPod(const kube::Kind& kind) {
    return isOf(kind, "", {"Pod"});
}

bool isNode(const kube::Kind& kind) {
    return isOf(kind, "", {"Node"});
}

} // namespace

ObjectActs::ObjectActs(const PageContext& context, Page* page, Chosen chosen, Shown shown)
    : QObject(page)
    , m_context(std::make_unique<PageContext>(context))
    , m_page(page)
    , m_chosen(std::move(chosen))
    , m_shown(std::move(shown))
    , m_workloads(new WorkloadActs(*m_context, page, this)) {
    build();
    m_known = m_context->fleet.permissions().onKnown([this](fleet::ClusterId) {
        if (m_menu && m_menu->isVisible())
            readRights();
    });
    refresh();
}

ObjectActs::~ObjectActs() = default;

void ObjectActs::build() {
    const auto patches = [](const kube::Kind& kind) { return kind.allows("patch"); };
    add("logs", tr("Lo&gs"), tr("The lines of all containers, as they come"), "l", {"get", "log", Of::ItsPods}, hasLogs,
        [this] { m_context->navigator.open(logsTarget(m_context->fleet, all())); });
    add("logs-by-label", tr("Logs b&y label…"), tr("The lines of all pods that have the labels you choose"), "Shift+L",
        {"get", "log", Of::ItsPods, Choice::Optional}, hasLogs, [this] { askLogs(); });
    add("edit", tr("&Edit…"), tr("Change the object as YAML, in all clusters where it is chosen"), "e", {"patch", ""},
        patches, [this] { openEditor(EditorSubject::Purpose::Edit); });
    add("edit-form", tr("Edit in a for&m…"), tr("Change image, resources, probes and the like in a form"), "Shift+E",
        {"patch", ""}, hasForm, [this] { openEditor(EditorSubject::Purpose::Edit, EditorSubject::View::Form); });
    add("keys", tr("Edit &keys…"), tr("The keys of a ConfigMap or Secret, with certificates and bytes"), "x",
        {"get", ""}, hasKeys, [this] { openKeys(); });
    add(
        "clone", tr("Clone t&o…"), tr("Make a copy of the object in other clusters"), "", {"get", ""},
        [](const kube::Kind& kind) { return kind.allows("create"); },
        [this] { openEditor(EditorSubject::Purpose::Clone); });
    add(
        "forward", tr("&Forward port…"), tr("Lead a port of this machine to it, or to the pods behind it"), "Shift+F",
        {"create", "portforward", Of::ItsPods},
        [](const kube::Kind& kind) { return kube::forwardableKind(kind.resource()) != nullptr; },
        [this] { askForwarding(); });
    add("shell", tr("S&hell"), tr("A shell in the pod's container, in a terminal"), "s", {"create", "exec"}, isPod,
        [this] { openTerminal(TerminalSubject::Kind::Shell); });
    add("attach", tr("Attach"), tr("Joins the main process of the pod's container, in a terminal"), "",
        {"create", "attach"}, isPod, [this] { openTerminal(TerminalSubject::Kind::Attach); });
    add("debug", tr("De&bug container…"), tr("Puts a container with tools into the pod, and joins it"), "Shift+B",
        {"patch", "ephemeralcontainers"}, isPod, [this] { askDebug(); });
    add("files", tr("Files"), tr("The files of the pod's containers, copied both ways"), "f", {"create", "exec"}, isPod,
        [this] { openFiles(); });
    add("scale", tr("S&cale…"), tr("Sets the number of replicas"), "Ctrl+Shift+S", {"patch", "scale"}, isScalable,
        [this] { askScale(); });
    add("restart", tr("&Restart"), tr("Makes new pods, one after the other, as kubectl rollout restart does"), "r",
        {"patch", ""}, rollsOut, [this] {
            const std::int64_t now = m_context->door.clock().nowMs();
            openAll(tr("Restart %1", "%1 is an object or several"),
                    [now](const change::Target& target) { return change::restart(target, now); });
        });
    add("revisions", tr("Re&visions…"), tr("What it has rolled out, how that differs, and the way back"), "Shift+V",
        {"get", ""}, rollsOut, [this] { m_workloads->showRevisions(all()); });
    add("pause", tr("&Pause rollout"), tr("Changes of the template wait until it is resumed"), "", {"patch", ""},
        isDeployment, [this] {
            openAll(tr("Pause %1", "%1 is an object or several"),
                    [](const change::Target& target) { return change::setRolling(target, change::Rolling::Paused); });
        });
    add("resume", tr("Resume rollou&t"), {}, "", {"patch", ""}, isDeployment, [this] {
        openAll(tr("Resume %1", "%1 is an object or several"),
                [](const change::Target& target) { return change::setRolling(target, change::Rolling::Resumed); });
    });
    addWorkloadActs();
    addNodeActs();
    add("label", tr("&Label…"), tr("Sets labels or takes them away"), "Ctrl+Shift+L", {"patch", ""}, patches,
        [this] { askKeys(change::KeysOf::Labels); });
    add("annotate", tr("&Annotate…"), tr("Sets annotations or takes them away"), "Ctrl+Shift+A", {"patch", ""}, patches,
        [this] { askKeys(change::KeysOf::Annotations); });
    add(
        "delete", tr("&Delete…"), {}, "Ctrl+D", {"delete", ""},
        [](const kube::Kind& kind) { return kind.allows("delete"); }, [this] { askDelete(); });
}

void ObjectActs::addNodeActs() {
    add("cordon", tr("&Cordon"), tr("The node takes no new pods"), "", {"patch", ""}, isNode, [this] {
        openAll(tr("Cordon %1", "%1 is an object or several"), [](const change::Target& target) {
            return change::setScheduling(target, change::Scheduling::Stopped);
        });
    });
    add("uncordon", tr("&Uncordon"), tr("The node takes new pods again"), "u", {"patch", ""}, isNode, [this] {
        openAll(tr("Uncordon %1", "%1 is an object or several"), [](const change::Target& target) {
            return change::setScheduling(target, change::Scheduling::Allowed);
        });
    });
    add("drain", tr("Dra&in…"), tr("Moves the pods elsewhere, as disruption budgets allow"), "Ctrl+Shift+D",
        {"patch", ""}, isNode, [this] { m_workloads->askDrain(all()); });
    add("taints", tr("Tai&nts…"), tr("Puts taints on nodes or takes them away"), "", {"patch", ""}, isNode,
        [this] { m_workloads->askTaints(all()); });
}

void ObjectActs::addWorkloadActs() {
    add("autoscale", tr("Autoscale…"), tr("Its autoscaler, or a new one, in a form"), "", {"get", ""}, isAutoscaled,
        [this] { m_workloads->autoscale(all()); });
    add("run-now", tr("Run no&w"), tr("Makes a Job of the CronJob at once"), "", {"get", ""}, isCronJob,
        [this] { m_workloads->runNow(all()); });
    add("run-again", tr("Run a&gain"), tr("Makes a new Job that does the same"), "", {"get", ""}, isJob,
        [this] { m_workloads->runAgain(all()); });
    add("suspend", tr("&Suspend"), tr("A Job's pods end, a CronJob makes no Jobs"), "", {"patch", ""}, isBatch, [this] {
        openAll(tr("Suspend %1", "%1 is an object or several"),
                [](const change::Target& target) { return change::setRunning(target, change::Running::Suspended); });
    });
    add("unsuspend", tr("Let run again"), tr("Takes the suspension away"), "", {"patch", ""}, isBatch, [this] {
        openAll(tr("Let %1 run again", "%1 is an object or several"),
                [](const change::Target& target) { return change::setRunning(target, change::Running::Allowed); });
    });
}

void ObjectActs::add(const char* id, const QString& text, const QString& help, const char* key, Need need,
                     std::function<bool(const kube::Kind&)> fits, std::function<void()> run) {
    ActionSpec spec;
    spec.id = QLatin1String("browser.act-") + QLatin1String(id);
    spec.text = text;
    spec.help = help;
    if (*key != '\0')
        spec.shortcuts = {QKeySequence(QString::fromLatin1(key))};
    QAction* action = m_context->actions.add(m_page, spec, [this, need, fits, run = std::move(run)] {
        const std::vector<ActTarget> targets = m_chosen(kMostAsked);
        const bool isAboutThem = !targets.empty() && fits(targets.front().kind);
        QString why;
        if (isAboutThem)
            why = denial(targets, need);
        else if (need.choice == Choice::Needed)
            why = m_page->isSettled() ? tr("Choose an object first") : tr("The objects are still being read");
        if (why.isEmpty())
            run();
        else
            m_context->navigator.say(why);
    });
    m_acts.push_back({action, std::move(fits), need, action->toolTip()});
}

fleet::Permission ObjectActs::may(const ActTarget& target, const Need& need) const {
    fleet::Permissions& permissions = m_context->fleet.permissions();
    if (need.of == Of::Object || isPod(target.kind))
        return permissions.may(target.cluster, need.verb, target.kind, need.subresource, target.ns, target.name);
    const kube::KindCatalogPtr kinds = m_context->fleet.kinds(target.cluster);
    const kube::Kind* pods = kinds ? kinds->findResource("pods") : nullptr;
    return pods ? permissions.may(target.cluster, need.verb, *pods, need.subresource, target.ns) : fleet::Permission();
}

QString ObjectActs::denial(const std::vector<ActTarget>& targets, const Need& need) const {
    QString why;
    for (const ActTarget& target : targets) {
        const fleet::Permission permission = may(target, need);
        if (!permission.isDenied())
            return {};
        if (why.isEmpty()) {
            const QString what = QString::fromStdString(permission.asked.what());
            const QString where = target.ns.empty() ? QString::fromStdString(permission.clusterName)
                                                    : tr("%1, namespace %2", "a cluster, and a namespace in it")
                                                          .arg(QString::fromStdString(permission.clusterName),
                                                               QString::fromStdString(target.ns));
            why = tr("%1 may not %2 %3 in %4", "user, verb, resource, cluster")
                      .arg(QString::fromStdString(permission.user), QLatin1String(need.verb), what, where);
        }
    }
    return why;
}

void ObjectActs::refresh() {
    const std::vector<ActTarget> targets = m_chosen(1);
    // Keys that come before the rows do are answered, too.
    const kube::Kind* kind = targets.empty() ? m_shown() : &targets.front().kind;
    for (const ActSpec& act : m_acts) {
        const bool fits = act.need.choice == Choice::Optional || (kind != nullptr && act.fits(*kind));
        act.action->setEnabled(fits);
        act.action->setVisible(kind == nullptr || fits);
        act.action->setToolTip(act.tip);
    }
}

void ObjectActs::readRights() {
    const std::vector<ActTarget> targets = m_chosen(kMostAsked);
    for (const ActSpec& act : m_acts) {
        if (targets.empty() && act.need.choice == Choice::Needed)
            act.action->setEnabled(false);
        if (targets.empty() || !act.fits(targets.front().kind))
            continue;
        const QString why = denial(targets, act.need);
        act.action->setEnabled(why.isEmpty());
        act.action->setToolTip(why.isEmpty() ? act.tip : why);
    }
}

std::vector<ActTarget> ObjectActs::all() const {
    return m_chosen(SIZE_MAX);
}

void ObjectActs::addTo(QMenu& menu) {
    refresh();
    readRights();
    m_menu = &menu;
    // The keys of an act that is forbidden say why, too.
    QObject::connect(&menu, &QMenu::aboutToHide, this, &ObjectActs::refresh, Qt::QueuedConnection);
    menu.setToolTipsVisible(true);
    const std::vector<ActTarget> targets = m_chosen(1);
    for (const ActSpec& act : m_acts) {
        if (act.action->isVisible() && (targets.empty() || act.fits(targets.front().kind)))
            menu.addAction(act.action);
    }
}

void ObjectActs::askLogs() {
    const std::vector<ActTarget> targets = all();
    if (!targets.empty() && hasLogs(targets.front().kind))
        askLogsByLabel(*m_context, targets, m_page->window());
    else
        askLogsByLabel(*m_context, labelWish(m_context->scope), m_page->window());
}

void ObjectActs::askForwarding() {
    const std::vector<ActTarget> targets = m_chosen(2);
    if (targets.size() != 1) {
        if (!targets.empty())
            m_context->navigator.say(tr("Choose one object to forward a port to"));
        return;
    }
    fleet::ForwardWish wish;
    wish.cluster = targets.front().cluster;
    wish.resource = targets.front().kind.resource();
    wish.ns = targets.front().ns;
    wish.name = targets.front().name;
    askForward(*m_context, std::move(wish), m_page);
}

std::optional<EditorSubject> ObjectActs::subjectOf(EditorSubject::Purpose purpose) const {
    const std::vector<ActTarget> targets = all();
    if (targets.empty())
        return std::nullopt;
    const ActTarget& first = targets.front();
    EditorSubject subject;
    subject.purpose = purpose;
    subject.kind = first.kind;
    subject.ns = first.kind.namespaced ? first.ns : std::string();
    subject.name = first.name;
    for (const ActTarget& target : targets) {
        if (target.ns == first.ns && target.name == first.name)
            subject.clusters.push_back(target.cluster);
    }
    if (subject.clusters.size() != targets.size()) {
        m_context->navigator.say(tr("One object is edited at a time, in as many clusters as you like."));
        return std::nullopt;
    }
    return subject;
}

void ObjectActs::openEditor(EditorSubject::Purpose purpose, EditorSubject::View view) {
    if (std::optional<EditorSubject> subject = subjectOf(purpose)) {
        subject->view = view;
        m_context->navigator.open(editorTarget(*std::move(subject)), Navigator::Tab::New);
    }
}

void ObjectActs::openKeys() {
    if (std::optional<EditorSubject> subject = subjectOf(EditorSubject::Purpose::Edit))
        m_context->navigator.open(keysTarget(*std::move(subject)), Navigator::Tab::New);
}

void ObjectActs::openTerminal(TerminalSubject::Kind kind) {
    constexpr std::size_t kMostAtOnce = 4;
    const std::vector<ActTarget> targets = all();
    if (targets.size() > kMostAtOnce) {
        m_context->navigator.say(tr("At most %n terminals are opened at once.", nullptr, int(kMostAtOnce)));
        return;
    }
    for (const ActTarget& pod : targets) {
        PageTarget target;
        target.page = QStringLiteral("terminal");
        target.terminal =
            std::make_shared<const TerminalSubject>(TerminalSubject{kind, pod.cluster, pod.ns, pod.name, {}});
        m_context->navigator.open(target, Navigator::Tab::New);
    }
}

void ObjectActs::askDebug() {
    const std::vector<ActTarget> targets = all();
    if (targets.size() == 1)
        m_workloads->askDebug(targets.front());
    else
        m_context->navigator.say(tr("Choose one pod to debug"));
}

void ObjectActs::openFiles() {
    const std::vector<ActTarget> targets = all();
    if (targets.size() != 1) {
        m_context->navigator.say(tr("Choose one pod to see its files"));
        return;
    }
    const ActTarget& pod = targets.front();
    PageTarget target;
    target.page = QStringLiteral("files");
    target.files = std::make_shared<const FilesSubject>(FilesSubject{pod.cluster, pod.ns, pod.name, {}});
    m_context->navigator.open(target, Navigator::Tab::New);
}

void ObjectActs::askScale() {
    const std::vector<ActTarget> targets = all();
    auto* dialog = new ScaleDialog(aboutText(m_context->fleet, targets), m_page->window());
    connect(dialog, &ScaleDialog::chosen, this, [this, targets](int replicas) {
        open(targets, tr("Scale %1 to %L2", "%1 is an object or several").arg(targetsText(targets)).arg(replicas),
             [replicas](const change::Target& target) { return change::scale(target, replicas); });
    });
    dialog->open();
}

void ObjectActs::askKeys(change::KeysOf of) {
    const std::vector<ActTarget> targets = all();
    auto* dialog = new KeysDialog(aboutText(m_context->fleet, targets), of, m_page->window());
    connect(dialog, &KeysDialog::chosen, this, [this, targets, of](const std::vector<change::KeyChange>& changes) {
        const bool labels = of == change::KeysOf::Labels;
        open(targets,
             (labels ? tr("Label %1", "%1 is an object or several") : tr("Annotate %1", "%1 is an object or several"))
                 .arg(targetsText(targets)),
             [labels, changes](const change::Target& target) {
                 return labels ? change::label(target, changes) : change::annotate(target, changes);
             });
    });
    dialog->open();
}

void ObjectActs::askDelete() {
    const std::vector<ActTarget> targets = all();
    QStringList names;
    for (const ActTarget& target : targets) {
        const QString object = QString::fromStdString(target.ns.empty() ? target.name : target.ns + "/" + target.name);
        names.append(tr("%1 in %2", "an object, a cluster")
                         .arg(object, QString::fromStdString(m_context->fleet.cluster(target.cluster).name)));
    }
    auto* dialog = new DeleteDialog(aboutText(m_context->fleet, targets), names, m_page->window());
    connect(dialog, &DeleteDialog::chosen, this, [this, targets](change::Propagation propagation) {
        open(targets, tr("Delete %1", "%1 is an object or several").arg(targetsText(targets)),
             [propagation](const change::Target& target) { return change::erase(target, propagation); });
    });
    dialog->open();
}

void ObjectActs::openAll(const QString& pattern, const Make& make) {
    const std::vector<ActTarget> targets = all();
    open(targets, pattern.arg(targetsText(targets)), make);
}

void ObjectActs::open(const std::vector<ActTarget>& targets, const QString& title, const Make& make) {
    std::vector<change::Operation> operations;
    for (const ActTarget& target : targets)
        operations.push_back(make(changeTarget(m_context->fleet, target)));
    openSheet(*m_context, title, std::move(operations));
}

} // namespace ui
