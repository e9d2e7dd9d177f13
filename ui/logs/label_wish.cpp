// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/label_wish.h"

#include "core/fleet/fleet.h"
#include "core/kube/label_selector.h"
#include "ui/browser/object_acts.h"
#include "ui/logs/logs_page.h"
#include "ui/logs/logs_subject.h"
#include "ui/shell/scope.h"
#include "ui/shell/scope_bar.h"

#include <algorithm>
#include <array>
#include <utility>

namespace ui {

namespace {

constexpr std::size_t kMostNamed = 3;
constexpr std::string_view kName = "app.kubernetes.io/name";
constexpr std::string_view kInstance = "app.kubernetes.io/instance";
// What controllers write to tell one pod, one revision or one run from the next.
constexpr std::array<std::string_view, 10> kOfOnePod{
    "pod-template-hash",
    "controller-revision-hash",
    "pod-template-generation",
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "controller-uid",
    "batch.kubernetes.io/controller-uid",
    "job-name",
    "batch.kubernetes.io/job-name",
    "batch.kubernetes.io/job-completion-index",
};

std::vector<std::string_view> entriesOf(std::string_view labels) {
    std::vector<std::string_view> entries;
    while (!labels.empty()) {
        const std::size_t comma = std::min(labels.find(','), labels.size());
        entries.push_back(labels.substr(0, comma));
        labels.remove_prefix(std::min(comma + 1, labels.size()));
    }
    return entries;
}

std::string joined(const std::vector<std::string_view>& entries) {
    std::string text;
    for (const std::string_view entry : entries)
        text.append(text.empty() ? "" : ",").append(entry);
    return text;
}

std::string sharedLabels(const std::vector<ActTarget>& targets) {
    std::vector<std::string_view> shared = entriesOf(targets.front().labels);
    for (const ActTarget& target : targets) {
        const std::vector<std::string_view> own = entriesOf(target.labels);
        std::erase_if(shared,
                      [&own](std::string_view entry) { return std::find(own.begin(), own.end(), entry) == own.end(); });
    }
    return joined(shared);
}

template <typename T>
void addOnce(std::vector<T>& list, const T& value) {
    if (std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

} // namespace

std::string likelySelector(std::string_view labels) {
    const auto entryOf = [labels](std::string_view key) {
        const kube::LabelValue label = kube::findLabel(labels, key);
        return label.found ? std::string(key) + '=' + std::string(label.value) : std::string();
    };
    if (const std::string name = entryOf(kName); !name.empty()) {
        const std::string instance = entryOf(kInstance);
        return instance.empty() ? name : name + ',' + instance;
    }
    for (const std::string_view key : {"app", "k8s-app"}) {
        if (std::string entry = entryOf(key); !entry.empty())
            return entry;
    }
    std::vector<std::string_view> entries = entriesOf(labels);
    std::erase_if(entries, [](std::string_view entry) {
        return std::find(kOfOnePod.begin(), kOfOnePod.end(), entry.substr(0, entry.find('='))) != kOfOnePod.end();
    });
    if (!entries.empty())
        return joined(entries);
    // A Job's pods have no more than this in common.
    for (const std::string_view key : {"batch.kubernetes.io/job-name", "job-name"}) {
        if (std::string entry = entryOf(key); !entry.empty())
            return entry;
    }
    return {};
}

LabelWish labelWish(const std::vector<ActTarget>& targets) {
    LabelWish wish;
    for (const ActTarget& target : targets) {
        addOnce(wish.clusters, target.cluster);
        addOnce(wish.namespaces, target.ns);
    }
    if (!targets.empty() && targets.front().kind.resource() == "pods")
        wish.selector = likelySelector(sharedLabels(targets));
    return wish;
}

LabelWish labelWish(const Scope& scope) {
    return {scope.clusters(), scope.namespaceNames(), {}};
}

LabelWish labelWish(const LogsSubject& subject) {
    LabelWish wish;
    const auto& all = subject.subjects;
    for (const logs::GatherSubject& one : all) {
        addOnce(wish.clusters, one.cluster);
        addOnce(wish.namespaces, one.ns);
    }
    if (std::find(wish.namespaces.begin(), wish.namespaces.end(), std::string()) != wish.namespaces.end())
        wish.namespaces.clear();
    if (!all.empty() && std::all_of(all.begin(), all.end(), [&all](const logs::GatherSubject& one) {
            return one.selector == all.front().selector;
        }))
        wish.selector = all.front().selector;
    return wish;
}

QString labelTitle(const fleet::Fleet& fleet, const LabelWish& wish) {
    QStringList where;
    if (wish.namespaces.empty())
        where += LogsPage::tr("all namespaces");
    else if (wish.namespaces.size() > kMostNamed)
        where += ScopeBar::tr("%Ln namespaces", nullptr, static_cast<int>(wish.namespaces.size()));
    else
        std::transform(wish.namespaces.begin(), wish.namespaces.end(), std::back_inserter(where),
                       [](const std::string& ns) { return QString::fromStdString(ns); });
    if (wish.clusters.size() > kMostNamed)
        where += ObjectActs::tr("%Ln clusters", "where objects are", static_cast<int>(wish.clusters.size()));
    else
        std::transform(wish.clusters.begin(), wish.clusters.end(), std::back_inserter(where),
                       [&fleet](fleet::ClusterId id) { return QString::fromStdString(fleet.cluster(id).name); });
    return LogsPage::tr("%1 in %2", "a label selector; namespaces and clusters")
        .arg(QString::fromStdString(wish.selector), where.join(QStringLiteral(", ")));
}

} // namespace ui
