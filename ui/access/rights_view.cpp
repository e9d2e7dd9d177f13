// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/rights_view.h"

#include "core/fleet/fleet.h"
#include "ui/access/access_filter.h"
#include "ui/base/table_view.h"

#include <algorithm>

namespace ui {

RightsView::RightsView(const PageContext& context, const AccessFilter& filter, QWidget* parent)
    : AccessView(context, filter, parent)
    , m_model(makeRightsModel(this)) {
    setObjectName(QStringLiteral("rightsView"));
    TableView& view = table();
    view.setObjectName(QStringLiteral("rightsTable"));
    view.setAccessibleName(tr("What I may do"));
    view.setModel(m_model);
    std::vector<TableView::Room> rooms;
    for (std::size_t i = 0; i < m_model->columns().size(); ++i)
        rooms.push_back({m_model->columns()[i].width, i == 1 ? 3 : i == 2 ? 2 : i == 0 ? 1 : 0});
    view.setRooms(std::move(rooms));
    view.horizontalHeader()->setSortIndicatorClearable(true);
    view.horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    view.setSortingEnabled(true);
}

void RightsView::ask(fleet::ClusterId cluster) {
    Answer& answer = m_asked[cluster] = {};
    fleet::Permissions& permissions = context().fleet.permissions();
    answer.callEverywhere =
        permissions.rules(cluster, {}, [this, cluster](base::Result<fleet::Permissions::Rules> rules) {
            take(cluster, &Answer::everywhere, std::move(rules));
        });
    if (!ns().isEmpty())
        answer.callHere = permissions.rules(cluster, ns().toStdString(),
                                            [this, cluster](base::Result<fleet::Permissions::Rules> rules) {
                                                take(cluster, &Answer::here, std::move(rules));
                                            });
}

void RightsView::take(fleet::ClusterId cluster, fleet::Permissions::Rules Answer::* into,
                      base::Result<fleet::Permissions::Rules> rules) {
    const auto asked = m_asked.find(cluster);
    if (asked == m_asked.end())
        return;
    if (!rules) {
        m_asked.erase(asked);
        failed(cluster, rules.error());
        return;
    }
    asked->second.*into = *rules;
    if (ns().isEmpty())
        asked->second.here = asked->second.everywhere;
    if (!asked->second.here || !asked->second.everywhere)
        return;
    m_answers[cluster] = {asked->second.here, asked->second.everywhere, {}, {}};
    m_asked.erase(asked);
    answered(cluster);
}

void RightsView::drop(fleet::ClusterId cluster) {
    m_asked.erase(cluster);
    m_answers.erase(cluster);
}

void RightsView::readRows() {
    std::vector<RightsRow> rows;
    for (AccessPart& each : mutableParts()) {
        const auto answer = m_answers.find(each.cluster);
        const kube::KindCatalogPtr kinds = context().fleet.kinds(each.cluster);
        if (answer == m_answers.end() || !kinds)
            continue;
        const kube::RulesReview& here = *answer->second.here;
        each.incomplete = here.incomplete ? QString::fromStdString(here.evaluationError) : QString();
        for (RightsRow& row :
             rightsRows(context().fleet.cluster(each.cluster), *kinds, here, *answer->second.everywhere)) {
            row.dimmed = each.error.has_value();
            rows.push_back(std::move(row));
        }
    }
    m_allowed = static_cast<int>(std::ranges::count_if(rows, &RightsRow::allowsAnything));
    m_model->setRows(std::move(rows));
}

void RightsView::describe(AccessFacts& facts) const {
    facts.nothing = tr("The clusters in view serve nothing");
}

void RightsView::refilter() {
    if (accessFilter().isEmpty())
        m_model->setFilter({});
    else
        m_model->setFilter([this](const RightsRow& row) { return accessFilter().accepts(row); });
    refresh();
}

RightsView::Question RightsView::currentQuestion() const {
    const QModelIndex index = table().currentIndex();
    if (!index.isValid())
        return {};
    const char* verb = verbOfColumn(index.column());
    return {m_model->rowAt(index.row()).typed(), QLatin1String(verb ? verb : "")};
}

} // namespace ui
