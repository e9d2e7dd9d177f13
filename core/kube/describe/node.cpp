// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/age.h"
#include "core/base/clock.h"
#include "core/base/quantity.h"
#include "core/base/text.h"
#include "core/kube/describe/writer.h"

#include <algorithm>
#include <map>
#include <set>

namespace kube::describe {

namespace {

using Amounts = std::map<std::string, base::Quantity>;

std::string rolesText(const Json& labels) {
    std::set<std::string> roles;
    static const std::string kPrefix = "node-role.kubernetes.io/";
    for (const auto& [key, value] : labels.items()) {
        if (key.starts_with(kPrefix) && key.size() > kPrefix.size())
            roles.insert(key.substr(kPrefix.size()));
        else if (key == "kubernetes.io/role" && isSet(value))
            roles.insert(text(value));
    }
    std::string result;
    for (const std::string& role : roles)
        result += (result.empty() ? "" : ",") + role;
    return result.empty() ? "<none>" : result;
}

std::string taintsText(const Json& taints) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const Json& taint : taints) {
        const std::string key = text(at(taint, "key"));
        const std::string value = text(at(taint, "value"));
        const std::string effect = text(at(taint, "effect"));
        std::string line = key;
        if (!value.empty())
            line += "=" + value;
        line += (effect.empty() && value.empty() ? "" : ":") + effect;
        lines.emplace_back(effect + "," + key, line);
    }
    std::sort(lines.begin(), lines.end());
    std::string result;
    for (const auto& [sortKey, line] : lines)
        result += (result.empty() ? "" : "\n") + line;
    return result.empty() ? "<none>" : result;
}

void writeLease(Page& page) {
    const Json lease = page.related("lease");
    if (lease.is_null())
        return;
    Writer below = page.top().heading("Lease");
    below.add("HolderIdentity", textOr(at(lease, {"spec", "holderIdentity"}), "<unset>"));
    for (const auto& [field, title] : {std::pair{"acquireTime", "AcquireTime"}, std::pair{"renewTime", "RenewTime"}}) {
        if (isSet(at(lease, {"spec", field})))
            below.addTime(title, at(lease, {"spec", field}));
        else
            below.add(title, "<unset>");
    }
}

void writeList(Page& page, const char* title, const Json& list) {
    if (!isSet(list))
        return;
    Writer below = page.top().heading(title);
    for (const auto& [name, quantity] : list.items())
        below.add(name, text(quantity));
}

void addAll(Amounts& sums, const Json& list) {
    for (const auto& [name, value] : list.items()) {
        if (const auto quantity = base::Quantity::parse(text(value)))
            sums[name] += *quantity;
    }
}

void raiseTo(Amounts& sums, const Amounts& other) {
    for (const auto& [name, quantity] : other) {
        if (const auto found = sums.find(name); found == sums.end() || found->second < quantity)
            sums[name] = quantity;
    }
}

// What the scheduler counts for a pod: containers and sidecars together, or the largest init container with the
// sidecars started before it if that is more; pod-level amounts win; overhead on top.
Amounts podAmounts(const Json& pod, const char* which) {
    Amounts sums;
    for (const Json& container : at(pod, {"spec", "containers"}))
        addAll(sums, at(container, {"resources", which}));
    Amounts sidecars;
    Amounts peak;
    for (const Json& container : at(pod, {"spec", "initContainers"})) {
        Amounts own;
        addAll(own, at(container, {"resources", which}));
        if (text(at(container, "restartPolicy")) == "Always") {
            addAll(sums, at(container, {"resources", which}));
            addAll(sidecars, at(container, {"resources", which}));
            raiseTo(peak, sidecars);
            continue;
        }
        for (const auto& [name, quantity] : sidecars)
            own[name] += quantity;
        raiseTo(peak, own);
    }
    raiseTo(sums, peak);
    for (const auto& [name, value] : at(pod, {"spec", "resources", which}).items()) {
        if (const auto quantity = base::Quantity::parse(text(value)))
            sums[name] = *quantity;
    }
    for (const auto& [name, value] : at(pod, {"spec", "overhead"}).items()) {
        const auto quantity = base::Quantity::parse(text(value));
        if (quantity && (std::string_view(which) == "requests" || sums.contains(name)))
            sums[name] += *quantity;
    }
    return sums;
}

std::string withShare(const base::Quantity& amount, const base::Quantity& whole, bool milli) {
    const std::int64_t total = milli ? whole.milli() : whole.units();
    const double part = static_cast<double>(milli ? amount.milli() : amount.units());
    const double share = total == 0 ? 0 : part / static_cast<double>(total) * 100;
    return amount.toText() + " (" + std::to_string(static_cast<std::int64_t>(share)) + "%)";
}

Amounts allocatableOf(const Json& node) {
    Amounts amounts;
    const Json& allocatable = at(node, {"status", "allocatable"});
    addAll(amounts, isSet(allocatable) ? allocatable : at(node, {"status", "capacity"}));
    return amounts;
}

void writePods(Page& page) {
    const Json pods = page.related("pods");
    if (pods.is_null())
        return;
    Amounts allocatable = allocatableOf(page.object);
    Amounts requests;
    Amounts limits;
    SummaryTable table;
    table.columns = {"Namespace", "Name", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age"};
    for (const Json& pod : at(pods, "items")) {
        Amounts podRequests = podAmounts(pod, "requests");
        Amounts podLimits = podAmounts(pod, "limits");
        const std::string ns = text(at(pod, {"metadata", "namespace"}));
        const std::string name = text(at(pod, {"metadata", "name"}));
        SummaryItem nameCell = cell(name);
        nameCell.linkKind = "Pod";
        nameCell.linkNamespace = ns;
        nameCell.linkName = name;
        table.rows.push_back({cell(ns), std::move(nameCell),
                              cell(withShare(podRequests["cpu"], allocatable["cpu"], true)),
                              cell(withShare(podLimits["cpu"], allocatable["cpu"], true)),
                              cell(withShare(podRequests["memory"], allocatable["memory"], false)),
                              cell(withShare(podLimits["memory"], allocatable["memory"], false)),
                              timeCell(at(pod, {"metadata", "creationTimestamp"}))});
        for (const auto& [resource, amount] : podRequests)
            requests[resource] += amount;
        for (const auto& [resource, amount] : podLimits)
            limits[resource] += amount;
    }
    table.title = "Non-terminated Pods (" + std::to_string(table.rows.size()) + " in total)";
    page.summary.tables.push_back(std::move(table));

    SummaryTable sums;
    sums.title = "Allocated resources";
    sums.columns = {"Resource", "Requests", "Limits"};
    for (const char* resource : {"cpu", "memory", "ephemeral-storage"}) {
        const bool milli = std::string_view(resource) == "cpu";
        sums.rows.push_back({cell(resource), cell(withShare(requests[resource], allocatable[resource], milli)),
                             cell(withShare(limits[resource], allocatable[resource], milli))});
    }
    for (const auto& [resource, whole] : Amounts(allocatable)) {
        if (resource.starts_with("hugepages-"))
            sums.rows.push_back({cell(resource), cell(withShare(requests[resource], whole, false)),
                                 cell(withShare(limits[resource], whole, false))});
        else if (resource != "cpu" && resource != "memory" && resource != "ephemeral-storage" && resource != "pods")
            sums.rows.push_back({cell(resource), cell(requests[resource].toText()), cell(limits[resource].toText())});
    }
    page.summary.tables.push_back(std::move(sums));
}

} // namespace

void describeNode(Page& page) {
    const Json& node = page.object;
    Writer top = page.top();
    top.add("Name", text(at(node, {"metadata", "name"})));
    top.add("Roles", rolesText(at(node, {"metadata", "labels"})));
    writeLabels(top, "Labels", at(node, {"metadata", "labels"}));
    writeAnnotations(top, "Annotations", at(node, {"metadata", "annotations"}));
    top.addTime("CreationTimestamp", at(node, {"metadata", "creationTimestamp"}));
    top.add("Taints", taintsText(at(node, {"spec", "taints"})));
    top.add("Unschedulable", textOr(at(node, {"spec", "unschedulable"}), "false"));
    writeLease(page);
    writeConditions(page, at(node, {"status", "conditions"}),
                    {"type", "status", "lastHeartbeatTime", "lastTransitionTime", "reason", "message"});
    Writer addresses = top.heading("Addresses");
    for (const Json& address : at(node, {"status", "addresses"}))
        addresses.add(text(at(address, "type")), text(at(address, "address")));
    writeList(page, "Capacity", at(node, {"status", "capacity"}));
    writeList(page, "Allocatable", at(node, {"status", "allocatable"}));
    Writer system = page.top().heading("System Info");
    const Json& info = at(node, {"status", "nodeInfo"});
    for (const auto& [field, title] :
         {std::pair{"machineID", "Machine ID"}, std::pair{"systemUUID", "System UUID"}, std::pair{"bootID", "Boot ID"},
          std::pair{"kernelVersion", "Kernel Version"}, std::pair{"osImage", "OS Image"},
          std::pair{"operatingSystem", "Operating System"}, std::pair{"architecture", "Architecture"},
          std::pair{"containerRuntimeVersion", "Container Runtime Version"},
          std::pair{"kubeletVersion", "Kubelet Version"}})
        system.add(title, text(at(info, field)));
    if (isSet(at(node, {"spec", "podCIDR"})))
        page.top().add("PodCIDR", text(at(node, {"spec", "podCIDR"})));
    if (isSet(at(node, {"spec", "podCIDRs"})))
        page.top().add("PodCIDRs", joined(at(node, {"spec", "podCIDRs"}), ","));
    if (isSet(at(node, {"spec", "providerID"})))
        page.top().add("ProviderID", text(at(node, {"spec", "providerID"})));
    writePods(page);
}

} // namespace kube::describe
