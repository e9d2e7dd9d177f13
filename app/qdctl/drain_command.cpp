// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/change_commands.h"
#include "app/qdctl/command_line.h"
#include "app/qdctl/interruption.h"
#include "core/change/acts/drain_reader.h"
#include "core/fleet/filter/value.h"
#include "core/kube/label_selector.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace qdctl {

namespace {

using change::NodeDrain;
using change::PodFate;
using change::PodOnNode;
using change::PodRemark;

struct DrainTold {
    TargetOptions nodes;
    ChangeOptions change;
    change::DrainOptions drain;
    std::int64_t gracePeriod = -1;
    std::string timeout = "0s";
};

std::optional<std::vector<NodeDrain>> read(ChangeSession& changes, const std::vector<change::Target>& nodes,
                                           const change::DrainOptions& options) {
    std::optional<std::vector<NodeDrain>> found;
    base::ManualExecutor& home = changes.session().home();
    const Interruption interruption(home);
    const change::DrainReader reader(home, changes.clusters(), nodes, options, [&](std::vector<NodeDrain> drains) {
        found = std::move(drains);
        home.stop();
    });
    home.run();
    return found;
}

/// "a, b": what kubectl puts behind a reason.
std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string warningText(PodRemark remark) {
    switch (remark) {
    case PodRemark::DaemonSet:
        return "ignoring DaemonSet-managed Pods";
    case PodRemark::LocalData:
        return "deleting Pods with local storage";
    case PodRemark::Unmanaged:
        return "deleting Pods that declare no controller";
    case PodRemark::DaemonSetGone:
        return "deleting Pods of a DaemonSet that is gone";
    case PodRemark::DaemonSetUnread:
    case PodRemark::Mirror:
    case PodRemark::None:
        break;
    }
    return {};
}

/// Says what there is to know before a node is drained. False: something stands in the way.
bool tell(const NodeDrain& node) {
    const std::string name = "node/" + node.node.object.name;
    if (node.error) {
        complain(name + ": " + explain(*node.error));
        return false;
    }
    std::map<std::string, std::vector<std::string>> refusals;
    std::map<std::string, std::vector<std::string>> warnings;
    std::map<std::string, std::vector<std::string>> budgets;
    for (const PodOnNode& pod : node.pods) {
        const std::string path = pod.object.ns + "/" + pod.object.name;
        if (pod.fate == PodFate::Refuse)
            refusals[change::refusalText(pod.remark) + (pod.detail.empty() ? "" : " (" + pod.detail + ")")].push_back(
                path);
        else if (const std::string warning = warningText(pod.remark); !warning.empty())
            warnings[warning].push_back(path);
        for (const change::PodBudget& budget : pod.budgets) {
            if (pod.budgets.size() > 1)
                budgets["each of these pods falls under several disruption budgets, so none may be evicted"].push_back(
                    path + " (" + budget.name + ")");
            else if (budget.allowed <= 0)
                budgets["the disruption budget " + pod.object.ns + "/" + budget.name + " allows no disruption now"]
                    .push_back(path);
        }
    }
    for (const auto& [warning, pods] : warnings)
        std::fprintf(stderr, "Warning: %s: %s: %s\n", name.c_str(), warning.c_str(), joined(pods).c_str());
    for (const auto& [budget, pods] : budgets)
        std::fprintf(stderr, "Warning: %s: %s: %s\n", name.c_str(), budget.c_str(), joined(pods).c_str());
    if (!node.budgetsKnown)
        std::fprintf(stderr, "Warning: %s: not all disruption budgets may be read; some may forbid evictions\n",
                     name.c_str());
    for (const auto& [refusal, pods] : refusals)
        complain(name + ": cannot delete " + refusal + ": " + joined(pods));
    return refusals.empty();
}

/// Looks at the nodes once more: a drain is over when nothing is left, not when what was planned is done.
int lookAgain(ChangeSession& changes, const std::vector<change::Target>& nodes, const change::DrainOptions& options) {
    const auto found = read(changes, nodes, options);
    if (!found)
        return Failed;
    int code = Complete;
    for (const NodeDrain& node : *found) {
        const std::string cluster =
            found->front().node.cluster == found->back().node.cluster ? "" : node.node.cluster.context + ": ";
        const std::string name = cluster + "node/" + node.node.object.name;
        const std::vector<std::string> left = change::podsLeft(node);
        if (left.empty() && !node.error) {
            std::printf("%s drained\n", name.c_str());
            continue;
        }
        code = Failed;
        complain(node.error
                     ? name + ": " + explain(*node.error)
                     : name + " has pods that came since the drain was planned; drain it again: " + joined(left));
    }
    return code;
}

int runDrain(Session& session, DrainTold& told) {
    const std::optional<std::int64_t> timeoutMs =
        told.timeout == "0" ? std::optional<std::int64_t>(0) : fleet::parseDurationMs(told.timeout);
    if (!timeoutMs) {
        complain("\"" + told.timeout + "\" is no time; 30s, 5m or 1h are");
        return Usage;
    }
    told.drain.timeout = std::chrono::seconds((*timeoutMs + 999) / 1000);
    if (told.gracePeriod >= 0)
        told.drain.gracePeriodSeconds = told.gracePeriod;
    if (const auto selector = kube::LabelSelector::parse(told.drain.podSelector); !selector) {
        complain(selector.error().message);
        return Usage;
    }
    told.nodes.words.insert(told.nodes.words.begin(), "nodes");
    ChangeSession changes(session);
    const auto found = findTargets(changes, told.nodes, told.change);
    if (!found)
        return found.error();
    std::vector<change::Target> nodes;
    for (const FoundTarget& node : *found)
        nodes.push_back(node.target);
    const auto drains = read(changes, nodes, told.drain);
    if (!drains)
        return Failed;
    bool mayGo = true;
    for (const NodeDrain& node : *drains)
        mayGo = tell(node) && mayGo;
    if (!mayGo) {
        complain("nothing was changed");
        return Failed;
    }
    const int code = changes.carryOut(change::drain(*drains, told.drain), told.change);
    if (code != Complete || told.change.dryRun)
        return code;
    return lookAgain(changes, nodes, told.drain);
}

} // namespace

void addDrainCommand(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<DrainTold>();
    CLI::App* command = app.add_subcommand("drain", "Empty nodes, one after the other, as disruption budgets allow");
    command->add_option("NODE", told->nodes.words, "Nodes");
    command->add_option("-l,--selector", told->nodes.selector, "Label selector of nodes");
    command->add_flag("--ignore-daemonsets", told->drain.ignoreDaemonSets,
                      "Leave the pods of DaemonSets where they are");
    command->add_flag("--delete-emptydir-data", told->drain.deleteEmptyDirData,
                      "Also pods whose data in emptyDir volumes is lost");
    command->add_flag("--force", told->drain.force, "Also pods that no controller makes again");
    command->add_option("--grace-period", told->gracePeriod, "Seconds that pods get to end; -1: as each pod says");
    command->add_option("--timeout", told->timeout, "How long each pod may take until it is gone; 0s: no end");
    command->add_option("--pod-selector", told->drain.podSelector, "Only pods with these labels");
    addClusters(*command, told->change);
    addChange(*command, told->change);
    told->change.asItEnds = true;
    commands.push_back({command, [told](Session& session) { return runDrain(session, *told); }});
}

} // namespace qdctl
