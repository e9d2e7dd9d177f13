// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/table_state.h"

#include "ui/base/error_text.h"
#include "ui/base/format.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace ui {

class TableStateText {
    Q_DECLARE_TR_FUNCTIONS(ui::TableState)
};

namespace {

QString userOf(const fleet::ClusterInfo& cluster) {
    if (cluster.wayIn >= cluster.waysIn.size())
        return {};
    return QString::fromStdString(cluster.waysIn[cluster.wayIn].user);
}

QString nameOf(const fleet::ClusterInfo& cluster) {
    return QString::fromStdString(cluster.name);
}

TableNotice notice(const fleet::ViewPart& part, const TableFacts& facts) {
    const fleet::ClusterInfo& cluster = facts.cluster(part.cluster);
    const QString name = nameOf(cluster);
    const QString why = part.error ? errorSentence(*part.error) : QString();
    TableNotice out;
    out.cluster = part.cluster;
    if (part.error)
        out.advice = errorAdvice(*part.error);
    switch (part.phase) {
    case kube::WatchPhase::Forbidden:
        out.mark = Mark::Broken;
        out.action = TableNotice::Action::Request;
        out.sentence = TableStateText::tr("%1: %2 may not list %3", "%1 is a cluster, %2 a user, %3 a resource")
                           .arg(name, userOf(cluster), QString::fromStdString(facts.resource));
        return out;
    case kube::WatchPhase::Unserved:
        out.mark = Mark::NotConnected;
        out.sentence = TableStateText::tr("%1 does not have this kind", "%1 is a cluster").arg(name);
        return out;
    case kube::WatchPhase::Waiting:
        out.mark = Mark::Away;
        out.action = TableNotice::Action::Retry;
        if (part.rows > 0 && part.asOfMs != 0)
            out.sentence =
                TableStateText::tr("%1 is away (%2): its state of %3 is shown", "%1 is a cluster, %2 why, %3 a moment")
                    .arg(name, why, momentText(part.asOfMs, facts.nowMs));
        else
            out.sentence = TableStateText::tr("%1 did not answer (%2, %3)", "%1 is a cluster, %2 why, %3 a moment")
                               .arg(name, why, momentText(facts.cluster(part.cluster).sinceMs, facts.nowMs));
        return out;
    case kube::WatchPhase::Listing:
        if (part.isCached && part.asOfMs != 0 && part.rows > 0) {
            out.mark = Mark::Pending;
            out.sentence =
                TableStateText::tr("%1 has not answered yet: its state of %2 is shown", "%1 is a cluster, %2 a moment")
                    .arg(name, momentText(part.asOfMs, facts.nowMs));
        } else if (part.error) {
            out.mark = Mark::Pending;
            out.action = TableNotice::Action::Retry;
            out.sentence = TableStateText::tr("%1 has not answered yet (%2)", "%1 is a cluster, %2 why").arg(name, why);
        }
        return out;
    case kube::WatchPhase::Live:
        break;
    }
    if (!part.onlyNamespaces.empty()) {
        QStringList names;
        for (const std::string& ns : part.onlyNamespaces)
            names += QString::fromStdString(ns);
        out.mark = Mark::Info;
        out.action = TableNotice::Action::Request;
        out.sentence = TableStateText::tr("%1: only the namespaces %2 may be read", "%1 is a cluster, %2 a list",
                                          int(names.size()))
                           .arg(name, names.join(QStringLiteral(", ")));
    }
    return out;
}

QString requestText(const TableFacts& facts, const std::vector<fleet::ViewPart>& parts) {
    QString out;
    const QString resource = QString::fromStdString(facts.resource);
    const qsizetype dot = resource.indexOf(u'.');
    const QString plural = dot < 0 ? resource : resource.left(dot);
    const QString group = dot < 0 ? QString() : resource.mid(dot + 1);
    for (const fleet::ViewPart& part : parts) {
        if (part.phase != kube::WatchPhase::Forbidden && part.onlyNamespaces.empty())
            continue;
        const fleet::ClusterInfo& cluster = facts.cluster(part.cluster);
        out += TableStateText::tr("Please allow user %1 to list and watch %2 in cluster %3.",
                                  "a request to an administrator; %1 user, %2 resource, %3 cluster")
                   .arg(userOf(cluster), resource, nameOf(cluster));
        out += QStringLiteral("\n  - apiGroups: [\"%1\"]\n    resources: [\"%2\"]\n    verbs: [\"get\", \"list\", "
                              "\"watch\"]\n")
                   .arg(group, plural);
    }
    return out;
}

QString countWords(const TableFacts& facts, bool loading) {
    QString words;
    if (!facts.filter.isEmpty() && loading)
        words = TableStateText::tr("%1 of %2 so far match", "counts of objects while loading")
                    .arg(countText(facts.shown), countText(facts.total));
    else if (!facts.filter.isEmpty())
        words = TableStateText::tr("%1 of %2 match", "counts of objects")
                    .arg(countText(facts.shown), countText(facts.total));
    else if (loading)
        words = TableStateText::tr("%1 so far", "a count of objects while loading").arg(countText(facts.total));
    else
        words = countText(facts.total);
    if (facts.marked > 0)
        words = TableStateText::tr("%1, %2 marked", "%1 is a count in words, %2 how many rows are marked")
                    .arg(words, countText(facts.marked));
    return words;
}

// Those that were looked into, where nobody may look into all.
QStringList onlyNamespaces(const std::vector<fleet::ViewPart>& parts) {
    QStringList names;
    for (const fleet::ViewPart& part : parts) {
        if (part.onlyNamespaces.empty())
            return {};
        for (const std::string& ns : part.onlyNamespaces)
            names.append(QString::fromStdString(ns));
    }
    names.removeDuplicates();
    return names;
}

void describeNothing(TableState& state, const TableFacts& facts, bool loading) {
    const std::vector<fleet::ViewPart>& parts = facts.view->parts();
    const auto all = [&](kube::WatchPhase phase) {
        return std::all_of(parts.begin(), parts.end(), [phase](const auto& part) { return part.phase == phase; });
    };
    const QString resource = QString::fromStdString(facts.resource);
    if (parts.empty()) {
        state.face = TableFace::NoCluster;
        state.title = TableStateText::tr("No cluster is connected");
        state.advice = TableStateText::tr("Connect clusters on the Fleet page, or widen the scope at the top.");
    } else if (loading) {
        state.face = TableFace::Loading;
        state.title = TableStateText::tr("Reading %1…", "%1 is a kind in the plural").arg(facts.kindTitle);
    } else if (all(kube::WatchPhase::Forbidden)) {
        const fleet::ClusterInfo& cluster = facts.cluster(parts.front().cluster);
        state.face = TableFace::Forbidden;
        state.title =
            TableStateText::tr("%1 may not list %2", "%1 is a user, %2 a resource").arg(userOf(cluster), resource);
        state.advice =
            (facts.view->isNamespaced()
                 ? TableStateText::tr("Missing in %1: the verbs list and watch on %2. Ask the cluster's administrator "
                                      "for a role with them, or name a namespace that you may read at the top.",
                                      "%1 is a cluster, %2 a resource")
                 : TableStateText::tr("Missing in %1: the verbs list and watch on %2. Ask the cluster's administrator "
                                      "for a cluster role with them.",
                                      "%1 is a cluster, %2 a resource"))
                .arg(nameOf(cluster), resource);
    } else if (all(kube::WatchPhase::Unserved)) {
        state.face = TableFace::Unserved;
        state.title =
            TableStateText::tr("No cluster in view has %1", "%1 is a kind in the plural").arg(facts.kindTitle);
        state.advice = TableStateText::tr("Choose another kind on the left, or widen the scope at the top.");
    } else if (std::none_of(parts.begin(), parts.end(),
                            [](const auto& part) { return part.phase == kube::WatchPhase::Live; })) {
        state.face = TableFace::Failed;
        const bool isOne = state.notices.size() == 1;
        state.title = isOne ? state.notices.front().sentence : TableStateText::tr("No cluster in view has answered");
        state.advice = state.notices.empty() ? QString() : state.notices.front().advice;
    } else if (!facts.namespaces.isEmpty() && facts.view->isNamespaced()) {
        state.face = TableFace::Empty;
        state.title = TableStateText::tr("No %1 in %2", "%1 is a kind in the plural, %2 namespaces")
                          .arg(facts.kindTitle, facts.namespaces.join(QStringLiteral(", ")));
        state.canWiden = true;
        state.advice = TableStateText::tr("Look into all namespaces to see whether there are any elsewhere.");
    } else if (const QStringList only = onlyNamespaces(parts); !only.isEmpty()) {
        state.face = TableFace::Empty;
        state.title = TableStateText::tr("No %1 in %2", "%1 is a kind in the plural, %2 namespaces")
                          .arg(facts.kindTitle, only.join(QStringLiteral(", ")));
        state.advice = TableStateText::tr("They appear here by themselves as soon as somebody makes one.");
    } else {
        state.face = TableFace::Empty;
        state.title = TableStateText::tr("There are no %1", "%1 is a kind in the plural").arg(facts.kindTitle);
        state.advice = TableStateText::tr("They appear here by themselves as soon as somebody makes one.");
    }
}

} // namespace

TableState tableState(const TableFacts& facts) {
    TableState state;
    if (facts.view == nullptr) {
        state.face = TableFace::NoCluster;
        state.title = TableStateText::tr("No cluster is connected");
        state.advice = TableStateText::tr("Connect clusters on the Fleet page, or widen the scope at the top.");
        return state;
    }
    const std::vector<fleet::ViewPart>& parts = facts.view->parts();
    bool loading = false;
    for (const fleet::ViewPart& part : parts) {
        loading = loading || (part.phase == kube::WatchPhase::Listing && !part.error);
        TableNotice said = notice(part, facts);
        if (!said.sentence.isEmpty())
            state.notices.push_back(std::move(said));
    }
    state.count = countWords(facts, loading);
    state.request = requestText(facts, parts);
    if (facts.shown > 0)
        return state;
    if (facts.total > 0) {
        state.face = TableFace::FilteredOut;
        state.title = TableStateText::tr("Nothing matches “%1”", "%1 is the filter as typed").arg(facts.filter);
        state.advice =
            TableStateText::tr("The filter hides all %1.", "%1 is a count of objects").arg(countText(facts.total));
        return state;
    }
    describeNothing(state, facts, loading);
    // None is a count only where somebody counted.
    if (state.face != TableFace::Empty)
        state.count.clear();
    // What stands large in the middle does not stand in a line above, too.
    const bool says =
        state.face == TableFace::Failed || state.face == TableFace::Forbidden || state.face == TableFace::Unserved;
    if (says && state.notices.size() == 1)
        state.notices.clear();
    return state;
}

} // namespace ui
