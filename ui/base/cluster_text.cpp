// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/cluster_text.h"

#include "ui/base/error_text.h"
#include "ui/base/format.h"

#include <QCoreApplication>

namespace ui {

class ClusterText {
    Q_DECLARE_TR_FUNCTIONS(ui::ClusterText)
};

namespace {

QString refusalSentence(const fleet::ClusterInfo& cluster) {
    const base::Error& error = *cluster.error;
    const std::string user = cluster.wayIn < cluster.waysIn.size() ? cluster.waysIn[cluster.wayIn].user : std::string();
    if (user.empty() || error.verb.empty() || error.resource.empty())
        return errorSentence(error);
    return ClusterText::tr("%1 may not %2 %3", "%1 is a user, %2 a verb such as list, %3 resources such as pods, nodes")
        .arg(QString::fromStdString(user), QString::fromStdString(error.verb), QString::fromStdString(error.resource));
}

QString degradedSentence(const fleet::ClusterInfo& cluster) {
    if (cluster.nodeProblems.size() == 1)
        return ClusterText::tr("Node %1", "%1 is a node and its condition")
            .arg(QString::fromStdString(cluster.nodeProblems.front()));
    if (!cluster.nodeProblems.empty())
        return ClusterText::tr("%Ln nodes need attention", nullptr, static_cast<int>(cluster.nodeProblems.size()));
    if (cluster.error && cluster.error->code == base::ErrorCode::Forbidden)
        return refusalSentence(cluster);
    if (cluster.error)
        return errorSentence(*cluster.error);
    if (!cluster.why.empty())
        return QString::fromStdString(cluster.why);
    return ClusterText::tr("Needs attention");
}

QString problemSentence(const fleet::ClusterInfo& cluster) {
    if (cluster.error)
        return errorSentence(*cluster.error);
    if (cluster.wayIn < cluster.waysIn.size() && !cluster.waysIn[cluster.wayIn].problems.empty())
        return errorSentence(cluster.waysIn[cluster.wayIn].problems.front());
    return QString::fromStdString(cluster.why);
}

} // namespace

Mark healthMark(fleet::Health health) {
    switch (health) {
    case fleet::Health::NotConnected:
        return Mark::NotConnected;
    case fleet::Health::Connecting:
        return Mark::Pending;
    case fleet::Health::Live:
        return Mark::Good;
    case fleet::Health::Degraded:
        return Mark::Attention;
    case fleet::Health::SignIn:
    case fleet::Health::Invalid:
        return Mark::Broken;
    case fleet::Health::Away:
        return Mark::Away;
    }
    return Mark::None;
}

Mark stateMark(kube::ObjectState state) {
    switch (state) {
    case kube::ObjectState::None:
        return Mark::None;
    case kube::ObjectState::Good:
        return Mark::Good;
    case kube::ObjectState::Attention:
        return Mark::Attention;
    case kube::ObjectState::Broken:
        return Mark::Broken;
    case kube::ObjectState::Pending:
        return Mark::Pending;
    case kube::ObjectState::Done:
        return Mark::Done;
    case kube::ObjectState::Leaving:
        return Mark::Away;
    }
    return Mark::None;
}

QString healthSentence(const fleet::ClusterInfo& cluster, std::int64_t nowMs) {
    switch (cluster.health) {
    case fleet::Health::NotConnected:
        return ClusterText::tr("Not connected");
    case fleet::Health::Connecting:
        if (!cluster.signInProgram.empty())
            return ClusterText::tr("Waiting for %1…", "%1 is the program that signs in")
                .arg(QString::fromStdString(cluster.signInProgram));
        return ClusterText::tr("Connecting…");
    case fleet::Health::Live:
        return cluster.insecure ? ClusterText::tr("Live, TLS not verified") : ClusterText::tr("Live");
    case fleet::Health::Degraded:
        return degradedSentence(cluster);
    case fleet::Health::SignIn:
        return problemSentence(cluster);
    case fleet::Health::Away: {
        const QString since = momentText(cluster.sinceMs, nowMs);
        const QString why = cluster.error ? errorSentence(*cluster.error) : QString();
        if (cluster.asOfMs == 0 && why.isEmpty())
            return ClusterText::tr("Away since %1").arg(since);
        if (cluster.asOfMs == 0)
            return ClusterText::tr("Away since %1: %2", "%2 is the reason").arg(since, why);
        return ClusterText::tr("Away since %1, last state shown").arg(since);
    }
    case fleet::Health::Invalid:
        return problemSentence(cluster);
    }
    return {};
}

bool isOpen(fleet::Health health) {
    return health != fleet::Health::NotConnected && health != fleet::Health::Invalid;
}

bool isPast(const fleet::ClusterInfo& cluster) {
    return cluster.health == fleet::Health::Away ||
           (cluster.health != fleet::Health::Live && cluster.health != fleet::Health::Degraded && cluster.asOfMs != 0);
}

QString clusterName(const fleet::ClusterInfo& cluster) {
    const QString name = QString::fromStdString(cluster.name);
    if (cluster.isProtected && cluster.isReadOnly)
        return ClusterText::tr("%1, protected, read-only", "%1 is a cluster").arg(name);
    if (cluster.isReadOnly)
        return ClusterText::tr("%1, read-only", "%1 is a cluster").arg(name);
    return cluster.isProtected ? ClusterText::tr("%1, protected", "%1 is a cluster").arg(name) : name;
}

QString ruleMark(const fleet::ClusterInfo& cluster) {
    if (cluster.isReadOnly)
        return ClusterText::tr("read-only", "a cluster");
    return cluster.isProtected ? ClusterText::tr("protected", "a cluster") : QString();
}

} // namespace ui
