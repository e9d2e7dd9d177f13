// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/rights_row.h"

#include <QStringList>

#include <algorithm>

namespace ui {

namespace {

void judge(RightsRow& row, std::size_t verb, const kube::Kind& kind, const char* subresource,
           const kube::RulesReview& review) {
    const kube::NamedAccess access =
        kube::namedAccess(review.rules, kube::accessTo(kRightVerbs[verb], kind, subresource));
    if (access.all) {
        row.rights[verb] = Right::Allowed;
    } else if (!access.names.empty()) {
        row.rights[verb] = Right::Named;
        QStringList names;
        for (const std::string& name : access.names)
            names.append(QString::fromStdString(name));
        row.names[verb] = names.join(QStringLiteral(", "));
    } else {
        row.rights[verb] = review.incomplete ? Right::Unknown : Right::Denied;
    }
}

template <typename Serves>
RightsRow makeRow(const fleet::ClusterInfo& cluster, const kube::Kind& kind, const char* subresource,
                  const kube::RulesReview& review, const Serves& serves) {
    RightsRow row;
    row.cluster = cluster.id;
    row.clusterName = QString::fromStdString(cluster.name);
    if (cluster.wayIn < cluster.waysIn.size())
        row.user = QString::fromStdString(cluster.waysIn[cluster.wayIn].user);
    row.hue = cluster.hue;
    row.resource = QString::fromStdString(kind.plural);
    if (*subresource != 0)
        row.resource += u'/' + QString::fromLatin1(subresource);
    row.group = QString::fromStdString(kind.group);
    row.namespaced = kind.namespaced;
    for (std::size_t verb = 0; verb < kRightVerbs.size(); ++verb) {
        if (serves(kRightVerbs[verb]))
            judge(row, verb, kind, subresource, review);
    }
    return row;
}

} // namespace

QString RightsRow::typed() const {
    if (group.isEmpty())
        return resource;
    const qsizetype slash = resource.indexOf(u'/');
    return slash < 0 ? resource + u'.' + group : resource.left(slash) + u'.' + group + resource.mid(slash);
}

QString RightsRow::key() const {
    return QString::number(cluster.value) + u' ' + typed();
}

bool RightsRow::allowsAnything() const {
    return std::ranges::any_of(rights, [](Right right) { return right == Right::Allowed || right == Right::Named; });
}

const std::vector<Subresource>& knownSubresources() {
    static const std::vector<Subresource> known = {
        {"pods", "log", {"get"}},
        {"pods", "exec", {"get", "create"}},
        {"pods", "attach", {"get", "create"}},
        {"pods", "portforward", {"get", "create"}},
        {"pods", "eviction", {"create"}},
        {"pods", "ephemeralcontainers", {"get", "update", "patch"}},
        {"deployments.apps", "scale", {"get", "update", "patch"}},
        {"statefulsets.apps", "scale", {"get", "update", "patch"}},
        {"replicasets.apps", "scale", {"get", "update", "patch"}},
        {"serviceaccounts", "token", {"create"}},
        {"nodes", "proxy", {"get", "create", "update", "patch", "delete"}},
    };
    return known;
}

std::vector<RightsRow> rightsRows(const fleet::ClusterInfo& cluster, const kube::KindCatalog& kinds,
                                  const kube::RulesReview& here, const kube::RulesReview& everywhere) {
    std::vector<const kube::Kind*> sorted;
    for (const kube::Kind& kind : kinds.kinds()) {
        if (!kind.verbs.empty())
            sorted.push_back(&kind);
    }
    // As kubectl lists them: by group, then by name.
    std::ranges::stable_sort(sorted, [](const kube::Kind* a, const kube::Kind* b) {
        return a->group != b->group ? a->group < b->group : a->plural < b->plural;
    });
    std::vector<RightsRow> rows;
    for (const kube::Kind* kind : sorted) {
        const kube::RulesReview& review = kind->namespaced ? here : everywhere;
        rows.push_back(makeRow(cluster, *kind, "", review, [kind](const char* verb) { return kind->allows(verb); }));
        for (const Subresource& sub : knownSubresources()) {
            if (kind->resource() == sub.resource)
                rows.push_back(makeRow(cluster, *kind, sub.name, review, [&sub](std::string_view verb) {
                    return std::ranges::find(sub.verbs, verb) != sub.verbs.end();
                }));
        }
    }
    return rows;
}

} // namespace ui
