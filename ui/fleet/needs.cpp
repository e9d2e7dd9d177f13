// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/needs.h"

#include "ui/base/cluster_text.h"
#include "ui/base/error_text.h"
#include "ui/base/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace ui {

class Needs {
    Q_DECLARE_TR_FUNCTIONS(ui::Needs)
};

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kExpirySoonMs = 14 * kDayMs;
constexpr std::size_t kMostPodsOfACluster = 5;

enum Rank { SignInRank, InvalidRank, PodRank, NodeRank, ExpiryRank, AwayRank };

Need needOf(const fleet::ClusterInfo& cluster, Mark mark, int rank, const QString& text, std::int64_t sinceMs) {
    Need need;
    need.mark = mark;
    need.rank = rank;
    need.cluster = cluster.id;
    need.sinceMs = sinceMs;
    need.text =
        Needs::tr("%1: %2", "%1 is a cluster, %2 what is wrong").arg(QString::fromStdString(cluster.name), text);
    return need;
}

QString reasonOf(const fleet::ClusterInfo& cluster, std::int64_t nowMs) {
    return cluster.error ? errorSentence(*cluster.error) : healthSentence(cluster, nowMs);
}

void addClusterNeeds(const fleet::ClusterInfo& cluster, std::int64_t nowMs, std::vector<Need>& needs) {
    switch (cluster.health) {
    case fleet::Health::SignIn:
        needs.push_back(needOf(cluster, Mark::Broken, SignInRank, reasonOf(cluster, nowMs), cluster.sinceMs));
        break;
    case fleet::Health::Away:
        needs.push_back(needOf(cluster, Mark::Away, AwayRank,
                               Needs::tr("no answer (%1)", "%1 is the reason").arg(reasonOf(cluster, nowMs)),
                               cluster.sinceMs));
        break;
    case fleet::Health::Degraded:
        for (const std::string& problem : cluster.nodeProblems)
            needs.push_back(
                needOf(cluster, Mark::Attention, NodeRank,
                       Needs::tr("node %1", "%1 is a node and its condition").arg(QString::fromStdString(problem)),
                       cluster.sinceMs));
        if (cluster.nodeProblems.empty())
            needs.push_back(
                needOf(cluster, Mark::Attention, NodeRank, healthSentence(cluster, nowMs), cluster.sinceMs));
        break;
    case fleet::Health::Live:
    case fleet::Health::Connecting:
    case fleet::Health::NotConnected:
    case fleet::Health::Invalid:
        break;
    }
    if (!isOpen(cluster.health) || cluster.health == fleet::Health::SignIn || cluster.credentialExpiryMs == 0 ||
        cluster.credentialExpiryMs - nowMs > kExpirySoonMs)
        return;
    const std::int64_t days = std::max<std::int64_t>(0, (cluster.credentialExpiryMs - nowMs) / kDayMs);
    const QString text = cluster.credentialExpiryMs <= nowMs
                             ? Needs::tr("credentials expired")
                             : Needs::tr("credentials end in %Ln days", nullptr, static_cast<int>(days));
    needs.push_back(needOf(cluster, Mark::Attention, ExpiryRank, text, 0));
}

void addPodNeeds(const fleet::ClusterInfo& cluster, std::vector<const BrokenPod*>& pods, std::vector<Need>& needs) {
    std::sort(pods.begin(), pods.end(), [](const BrokenPod* a, const BrokenPod* b) { return a->sinceMs > b->sinceMs; });
    const std::size_t shown = pods.size() > kMostPodsOfACluster ? kMostPodsOfACluster - 1 : pods.size();
    for (std::size_t i = 0; i < shown; ++i) {
        const BrokenPod& pod = *pods[i];
        Need need;
        need.mark = Mark::Attention;
        need.rank = PodRank;
        need.cluster = pod.cluster;
        need.ns = QString::fromStdString(pod.ns);
        need.name = QString::fromStdString(pod.name);
        need.sinceMs = pod.sinceMs;
        const QString path = QStringLiteral("%1/%2/%3").arg(QString::fromStdString(cluster.name), need.ns, need.name);
        need.text = QStringLiteral("%1: %2").arg(path, QString::fromStdString(pod.status));
        if (pod.restarts > 0)
            need.text = Needs::tr("%1, %Ln restarts", "%1 is a pod and its state", static_cast<int>(pod.restarts))
                            .arg(need.text);
        needs.push_back(std::move(need));
    }
    if (shown < pods.size())
        needs.push_back(needOf(cluster, Mark::Attention, PodRank,
                               Needs::tr("%Ln more pods do not work", nullptr, static_cast<int>(pods.size() - shown)),
                               0));
}

} // namespace

QString Need::key() const {
    return QStringLiteral("%1/%2/%3/%4/%5")
        .arg(cluster.value)
        .arg(rank)
        .arg(ns, name, name.isEmpty() ? text : QString());
}

std::vector<Need> findNeeds(const std::vector<fleet::ClusterInfo>& clusters, const std::vector<BrokenPod>& pods,
                            std::int64_t nowMs) {
    std::map<fleet::ClusterId, std::vector<const BrokenPod*>> byCluster;
    for (const BrokenPod& pod : pods)
        byCluster[pod.cluster].push_back(&pod);
    std::vector<Need> needs;
    for (const fleet::ClusterInfo& cluster : clusters) {
        addClusterNeeds(cluster, nowMs, needs);
        const auto broken = byCluster.find(cluster.id);
        if (broken != byCluster.end())
            addPodNeeds(cluster, broken->second, needs);
    }
    std::stable_sort(needs.begin(), needs.end(), [](const Need& a, const Need& b) { return a.rank < b.rank; });
    return needs;
}

NeedModel* makeNeedModel(QObject* parent) {
    std::vector<TableColumn<NeedRow>> columns;
    columns.push_back({QStringLiteral("what"),
                       Needs::tr("What"),
                       320,
                       CellAlign::Left,
                       [](const NeedRow& row) {
                           Cell cell;
                           cell.mark = row.need.mark;
                           cell.text = row.need.text;
                           return cell;
                       },
                       {},
                       {}});
    columns.push_back({QStringLiteral("since"),
                       Needs::tr("Since"),
                       76,
                       CellAlign::Right,
                       [](const NeedRow& row) {
                           Cell cell;
                           cell.align = CellAlign::Right;
                           cell.ink = Ink::Muted;
                           if (row.need.sinceMs > 0)
                               cell.text = ageText(row.need.sinceMs, row.nowMs);
                           return cell;
                       },
                       {},
                       {}});
    return new NeedModel([](const NeedRow& row) { return row.need.key().toStdString(); }, std::move(columns), parent);
}

} // namespace ui
