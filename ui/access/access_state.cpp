// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/access_state.h"

#include "ui/base/cluster_text.h"
#include "ui/base/error_text.h"
#include "ui/base/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace ui {

class AccessState {
    Q_DECLARE_TR_FUNCTIONS(ui::AccessState)
};

namespace {

QString nameOf(const fleet::ClusterInfo& cluster) {
    return QString::fromStdString(cluster.name);
}

QString userOf(const fleet::ClusterInfo& cluster) {
    return cluster.wayIn < cluster.waysIn.size() ? QString::fromStdString(cluster.waysIn[cluster.wayIn].user)
                                                 : QString();
}

// "rolebindings.rbac.authorization.k8s.io" is long, and all of them are of that group.
QString pluralOf(const base::Error& missing) {
    return QString::fromStdString(missing.resource).section(u'.', 0, 0);
}

QString missingLists(const AccessPart& part) {
    QStringList lists;
    for (const base::Error& missing : part.missing)
        lists.append(pluralOf(missing));
    lists.sort();
    return lists.join(QStringLiteral(", "));
}

bool isForbidden(const AccessPart& part) {
    return !part.missing.empty() && std::ranges::all_of(part.missing, [](const base::Error& error) {
        return error.code == base::ErrorCode::Forbidden;
    });
}

void addMissing(TableState& state, const AccessPart& part, const fleet::ClusterInfo& cluster) {
    TableNotice notice;
    notice.cluster = part.cluster;
    notice.mark = Mark::Broken;
    if (isForbidden(part)) {
        notice.action = TableNotice::Action::Request;
        notice.sentence = AccessState::tr("%1: %2 may not list %3, so that who can is not known completely",
                                          "%1 is a cluster, %2 a user, %3 one or more resources")
                              .arg(nameOf(cluster), userOf(cluster), missingLists(part));
    } else {
        notice.action = TableNotice::Action::Retry;
        notice.sentence = AccessState::tr("%1: %2 could not be read (%3)", "%1 is a cluster, %2 resources, %3 why")
                              .arg(nameOf(cluster), missingLists(part), errorSentence(part.missing.front()));
    }
    notice.advice = errorAdvice(part.missing.front());
    state.notices.push_back(std::move(notice));
}

void addNotices(TableState& state, const AccessPart& part, const AccessFacts& facts) {
    const fleet::ClusterInfo& cluster = facts.cluster(part.cluster);
    const auto add = [&](Mark mark, const QString& sentence, TableNotice::Action action = TableNotice::Action::None) {
        TableNotice notice;
        notice.cluster = part.cluster;
        notice.mark = mark;
        notice.sentence = sentence;
        notice.action = action;
        state.notices.push_back(std::move(notice));
    };
    if (part.error) {
        const QString why = errorSentence(*part.error);
        add(Mark::Away,
            part.isAnswered
                ? AccessState::tr("%1 is away (%2): what held at %3 is shown", "%1 is a cluster, %2 why, %3 a moment")
                      .arg(nameOf(cluster), why, momentText(part.answeredMs, facts.nowMs))
                : AccessState::tr("%1 did not answer (%2)", "%1 is a cluster, %2 why").arg(nameOf(cluster), why),
            TableNotice::Action::Retry);
        state.notices.back().advice = errorAdvice(*part.error);
    }
    if (!part.isAnswered)
        return;
    if (!part.isServed)
        add(Mark::NotConnected, AccessState::tr("%1 does not have %2", "%1 is a cluster, %2 a resource as typed")
                                    .arg(nameOf(cluster), facts.resource));
    if (!part.missing.empty())
        addMissing(state, part, cluster);
    if (!part.incomplete.isEmpty())
        add(Mark::Info,
            AccessState::tr("%1 does not list all that is allowed: %2", "%1 is a cluster, %2 the server's words")
                .arg(nameOf(cluster), part.incomplete));
    if (part.dangling.size() == 1) {
        add(Mark::Attention,
            AccessState::tr("%1: %2", "%1 is a cluster, %2 a sentence").arg(nameOf(cluster), part.dangling.front()));
    } else if (!part.dangling.isEmpty()) {
        add(Mark::Attention, AccessState::tr("%1: %Ln role bindings name roles that do not exist", "%1 is a cluster",
                                             static_cast<int>(part.dangling.size()))
                                 .arg(nameOf(cluster)));
        state.notices.back().advice = part.dangling.join(u'\n');
    }
}

QString requestText(const AccessFacts& facts) {
    QString text;
    for (const AccessPart& part : facts.parts) {
        if (!isForbidden(part))
            continue;
        const fleet::ClusterInfo& cluster = facts.cluster(part.cluster);
        QStringList quoted;
        for (const base::Error& missing : part.missing)
            quoted.append(u'"' + pluralOf(missing) + u'"');
        quoted.sort();
        text += AccessState::tr("Please allow user %1 to list %2 in cluster %3.",
                                "a request to an administrator; %1 user, %2 resources, %3 cluster")
                    .arg(userOf(cluster), missingLists(part), nameOf(cluster));
        text += QStringLiteral("\n  - apiGroups: [\"rbac.authorization.k8s.io\"]\n    resources: [%1]\n    verbs: "
                               "[\"get\", \"list\", \"watch\"]\n")
                    .arg(quoted.join(QStringLiteral(", ")));
    }
    return text;
}

template <typename Predicate>
bool all(const AccessFacts& facts, Predicate predicate) {
    return std::ranges::all_of(facts.parts, predicate);
}

void describeNothing(TableState& state, const AccessFacts& facts) {
    if (facts.parts.empty()) {
        state.face = TableFace::NoCluster;
        state.title = AccessState::tr("No cluster is connected");
        state.advice = AccessState::tr("Connect clusters on the Fleet page, or widen the scope at the top.");
    } else if (std::ranges::any_of(facts.parts, &AccessPart::isAsking)) {
        state.face = TableFace::Loading;
        state.title = AccessState::tr("Asking %Ln clusters…", nullptr, static_cast<int>(facts.parts.size()));
    } else if (all(facts, [](const AccessPart& part) { return part.isBlind && isForbidden(part); })) {
        const AccessPart& first = facts.parts.front();
        const fleet::ClusterInfo& cluster = facts.cluster(first.cluster);
        state.face = TableFace::Forbidden;
        state.title = AccessState::tr("%1 may not read roles and bindings", "%1 is a user").arg(userOf(cluster));
        state.advice = AccessState::tr("Missing in %1: the verb list on %2. Ask the cluster's administrator for a role "
                                       "with it, or choose a namespace whose roles you may read.",
                                       "%1 is a cluster, %2 resources")
                           .arg(nameOf(cluster), missingLists(first));
    } else if (all(facts, [](const AccessPart& part) { return part.error.has_value() || part.isBlind; })) {
        state.face = TableFace::Failed;
        const bool isOne = state.notices.size() == 1;
        state.title = isOne ? state.notices.front().sentence : AccessState::tr("No cluster in view has answered");
        state.advice = isOne ? state.notices.front().advice : QString();
    } else if (all(facts, [](const AccessPart& part) { return !part.isServed || part.error.has_value(); })) {
        state.face = TableFace::Unserved;
        state.title = AccessState::tr("No cluster in view has %1", "%1 is a resource as typed").arg(facts.resource);
        state.advice = AccessState::tr("Choose another resource, or widen the scope at the top.");
    } else {
        state.face = TableFace::Empty;
        state.title = facts.nothing;
        state.advice = facts.nothingAdvice;
    }
}

} // namespace

TableState accessState(const AccessFacts& facts) {
    TableState state;
    for (const AccessPart& part : facts.parts)
        addNotices(state, part, facts);
    state.request = requestText(facts);
    if (facts.shown > 0)
        return state;
    if (facts.total > 0) {
        state.face = TableFace::FilteredOut;
        state.title = AccessState::tr("Nothing matches “%1”", "%1 is the filter as typed").arg(facts.filter);
        state.advice = AccessState::tr("The filter hides all %1.", "%1 is a count of rows").arg(countText(facts.total));
        return state;
    }
    describeNothing(state, facts);
    // What stands large in the middle does not stand in a line above, too.
    const bool says =
        state.face == TableFace::Failed || state.face == TableFace::Forbidden || state.face == TableFace::Unserved;
    if (says && state.notices.size() == 1)
        state.notices.clear();
    return state;
}

} // namespace ui
