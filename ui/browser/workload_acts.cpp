// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/workload_acts.h"

#include "core/change/acts/autoscaler.h"
#include "core/change/acts/debug_container.h"
#include "core/change/acts/jobs.h"
#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "core/kube/go_json.h"
#include "core/kube/streams/pod_shells.h"
#include "ui/base/error_text.h"
#include "ui/browser/debug_dialog.h"
#include "ui/browser/debug_follow_up.h"
#include "ui/browser/drain_dialog.h"
#include "ui/browser/drain_follow_up.h"
#include "ui/browser/history_dialog.h"
#include "ui/browser/taint_dialog.h"
#include "ui/editor/open_editor.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace ui {

namespace {

const kube::Kind* autoscalerKind(const kube::KindCatalogPtr& catalog) {
    return catalog ? catalog->findKind("autoscaling/v2", "HorizontalPodAutoscaler") : nullptr;
}

} // namespace

WorkloadActs::WorkloadActs(const PageContext& context, QWidget* page, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_page(page) {}

void WorkloadActs::gather(std::size_t count, const Ask& ask, std::function<void(Texts)> done) {
    struct Gathered {
        Texts texts;
        std::size_t missing = 0;
    };
    m_turn.renew();
    m_asked.clear();
    auto gathered = std::make_shared<Gathered>(Gathered{Texts(count), count});
    for (std::size_t i = 0; i < count; ++i) {
        m_asked.push_back(call(
            this, m_turn, [&](auto answer) { return ask(i, std::move(answer)); },
            [this, gathered, i, done](base::Result<std::string> text) {
                if (!text) {
                    m_turn.renew();
                    m_context.navigator.say(errorSentence(text.error()));
                    return;
                }
                gathered->texts[i] = *std::move(text);
                if (--gathered->missing == 0)
                    done(std::move(gathered->texts));
            }));
    }
}

void WorkloadActs::readObjects(const std::vector<ActTarget>& targets, std::function<void(Texts)> done) {
    gather(
        targets.size(),
        [&](std::size_t number, std::function<void(base::Result<std::string>)> answer) {
            const ActTarget& target = targets[number];
            return m_context.fleet.fetch(
                target.cluster, target.kind, target.ns, target.name,
                [answer = std::move(answer)](base::Result<fleet::FullObject> object) {
                    answer(std::move(object).map([](fleet::FullObject&& read) { return std::move(read.json); }));
                });
        },
        std::move(done));
}

void WorkloadActs::runNow(const std::vector<ActTarget>& cronJobs) {
    readObjects(cronJobs, [this, cronJobs](const Texts& live) {
        const std::string suffix = change::runSuffix(m_context.door.clock().nowMs());
        std::vector<change::Operation> operations;
        for (std::size_t i = 0; i < cronJobs.size(); ++i)
            operations.push_back(change::runNow(changeTarget(m_context.fleet, cronJobs[i]), live[i],
                                                change::runName(cronJobs[i].name, suffix)));
        openSheet(m_context, tr("Run %1 now", "%1 is an object or several").arg(targetsText(cronJobs)),
                  std::move(operations));
    });
}

void WorkloadActs::runAgain(const std::vector<ActTarget>& jobs) {
    readObjects(jobs, [this, jobs](const Texts& live) {
        const std::string suffix = change::runSuffix(m_context.door.clock().nowMs());
        std::vector<change::Operation> operations;
        for (std::size_t i = 0; i < jobs.size(); ++i)
            operations.push_back(change::runAgain(changeTarget(m_context.fleet, jobs[i]), live[i],
                                                  change::runName(jobs[i].name, suffix)));
        openSheet(m_context, tr("Run %1 again", "%1 is an object or several").arg(targetsText(jobs)),
                  std::move(operations));
    });
}

void WorkloadActs::askTaints(const std::vector<ActTarget>& nodes) {
    readObjects(nodes, [this, nodes](const Texts& live) {
        std::map<std::string, int> counts;
        for (const std::string& node : live) {
            for (const std::string& taint : change::taintsOf(node))
                ++counts[taint];
        }
        std::vector<TaintDialog::Taint> taints;
        for (const auto& [taint, count] : counts)
            taints.push_back({QString::fromStdString(taint), count});
        auto* dialog = new TaintDialog(aboutText(m_context.fleet, nodes), static_cast<int>(nodes.size()), taints,
                                       m_page->window());
        connect(dialog, &TaintDialog::chosen, this,
                [this, nodes, live](const std::vector<change::TaintChange>& changes) { taint(nodes, live, changes); });
        dialog->open();
    });
}

void WorkloadActs::showRevisions(const std::vector<ActTarget>& workloads) {
    readObjects(workloads, [this, workloads](const Texts& live) {
        std::vector<change::Workload> read;
        for (std::size_t i = 0; i < workloads.size(); ++i)
            read.push_back(
                {changeTarget(m_context.fleet, workloads[i]), kube::parseGoJson(live[i]).value_or(nlohmann::json())});
        auto* dialog = new HistoryDialog(aboutText(m_context.fleet, workloads), m_context.fleet, m_context.door,
                                         std::move(read), m_page->window());
        connect(dialog, &HistoryDialog::chosen, this,
                [this, workloads](const std::vector<change::Operation>& operations) {
                    openSheet(m_context, tr("Roll back %1", "%1 is an object or several").arg(targetsText(workloads)),
                              operations);
                });
        dialog->open();
    });
}

void WorkloadActs::askDrain(const std::vector<ActTarget>& nodes) {
    std::vector<change::Target> targets;
    for (const ActTarget& node : nodes)
        targets.push_back(changeTarget(m_context.fleet, node));
    auto* dialog = new DrainDialog(aboutText(m_context.fleet, nodes), m_context.door, targets, m_page->window());
    const auto open = [this, nodes, targets](const std::vector<change::Operation>& operations,
                                             const change::DrainOptions& options) {
        ChangeRun* run =
            openSheet(m_context, tr("Drain %1", "%1 is an object or several").arg(targetsText(nodes)), operations);
        if (run)
            run->setFollowUp(drainFollowUp(m_context.door, targets, options));
    };
    connect(dialog, &DrainDialog::chosen, this, open);
    dialog->open();
}

void WorkloadActs::askDebug(const ActTarget& pod) {
    readObjects({pod}, [this, pod](const Texts& live) {
        QStringList containers;
        if (const auto shells = kube::podShellsOf(live.front())) {
            for (const std::string& container : shells->containers)
                containers.append(QString::fromStdString(container));
        }
        auto* dialog = new DebugDialog(aboutText(m_context.fleet, {pod}), containers,
                                       QString::fromStdString(m_context.settings.text(fleet::Setting::DebugImage)),
                                       m_page->window());
        connect(dialog, &DebugDialog::chosen, this, [this, pod, live](const change::DebugContainer& container) {
            const auto operation =
                change::addDebugContainer(changeTarget(m_context.fleet, pod), live.front(), container);
            if (!operation)
                return m_context.navigator.say(QString::fromStdString(operation.error().message));
            m_context.settings.set(fleet::Setting::DebugImage, container.image);
            ChangeRun* run = openSheet(m_context,
                                       tr("Debug %1 with %2", "%1 is a pod, %2 an image")
                                           .arg(targetsText({pod}), QString::fromStdString(container.image)),
                                       {*operation});
            if (run)
                run->setFollowUp(debugFollowUp(m_context, *m_page, pod, container.name));
        });
        dialog->open();
    });
}

void WorkloadActs::taint(const std::vector<ActTarget>& nodes, const Texts& live,
                         const std::vector<change::TaintChange>& changes) {
    std::vector<change::Operation> operations;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        // A taint that some nodes have is taken away from these.
        const std::vector<std::string> there = change::taintsOf(live[i]);
        std::vector<change::TaintChange> fitting;
        for (const change::TaintChange& change : changes) {
            const bool isThere = std::any_of(there.begin(), there.end(), [&change](const std::string& spelt) {
                const auto parsed = change::parseTaintChanges({spelt});
                return parsed && parsed->front().key == change.key && parsed->front().effect == change.effect;
            });
            if (!change.removes || isThere)
                fitting.push_back(change);
        }
        const auto operation =
            change::taint(changeTarget(m_context.fleet, nodes[i]), live[i], fitting, change::TaintValues::Overwritten);
        if (!operation) {
            m_context.navigator.say(QString::fromStdString(operation.error().message));
            return;
        }
        if (*operation)
            operations.push_back(**operation);
    }
    if (operations.empty())
        m_context.navigator.say(tr("The taints are so already."));
    openSheet(m_context, tr("Taint %1", "%1 is an object or several").arg(targetsText(nodes)), std::move(operations));
}

void WorkloadActs::autoscale(const std::vector<ActTarget>& targets) {
    const bool isOne = std::all_of(targets.begin(), targets.end(), [&](const ActTarget& target) {
        return target.ns == targets.front().ns && target.name == targets.front().name;
    });
    if (!isOne) {
        m_context.navigator.say(tr("One workload is autoscaled at a time, in as many clusters as you like."));
        return;
    }
    for (const ActTarget& target : targets) {
        if (autoscalerKind(m_context.fleet.kinds(target.cluster)) == nullptr) {
            m_context.navigator.say(tr("%1 serves no autoscalers (autoscaling/v2)", "%1 is a cluster")
                                        .arg(QString::fromStdString(m_context.fleet.cluster(target.cluster).name)));
            return;
        }
    }
    gather(
        targets.size(),
        [&](std::size_t number, std::function<void(base::Result<std::string>)> answer) {
            const ActTarget& target = targets[number];
            kube::ApiRequest request;
            request.target = autoscalerKind(m_context.fleet.kinds(target.cluster))->path(target.ns);
            request.verb = "list";
            request.resource = "horizontalpodautoscalers";
            return m_context.fleet.fetch(
                target.cluster, std::move(request), [answer = std::move(answer)](base::Result<fleet::FullObject> list) {
                    answer(std::move(list).map([](fleet::FullObject&& read) { return std::move(read.json); }));
                });
        },
        [this, targets](const Texts& lists) { openAutoscalers(targets, lists); });
}

void WorkloadActs::openAutoscalers(const std::vector<ActTarget>& targets, const Texts& lists) {
    std::map<std::string, std::vector<fleet::ClusterId>> byName;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const change::ObjectRef workload = changeTarget(m_context.fleet, targets[i]).object;
        const base::Result<std::string> name = change::autoscalerOf(lists[i], workload);
        if (!name) {
            m_context.navigator.say(errorSentence(name.error()));
            return;
        }
        byName[*name].push_back(targets[i].cluster);
    }
    for (const auto& [name, clusters] : byName) {
        EditorSubject subject;
        subject.view = EditorSubject::View::Form;
        subject.clusters = clusters;
        if (name.empty()) {
            subject.purpose = EditorSubject::Purpose::Create;
            subject.draft = change::newAutoscaler(changeTarget(m_context.fleet, targets.front()).object);
        } else {
            subject.purpose = EditorSubject::Purpose::Edit;
            subject.kind = *autoscalerKind(m_context.fleet.kinds(clusters.front()));
            subject.ns = targets.front().ns;
            subject.name = name;
        }
        m_context.navigator.open(editorTarget(std::move(subject)), Navigator::Tab::New);
    }
}

} // namespace ui
