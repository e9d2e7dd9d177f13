// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/grants_view.h"

#include "core/fleet/fleet.h"
#include "core/fleet/permissions.h"
#include "ui/access/access_filter.h"
#include "ui/base/elided_label.h"
#include "ui/base/table_view.h"

#include <QSet>

#include <array>

namespace ui {

namespace {

QLatin1String privilegedGroup() {
    return {kube::kPrivilegedGroup.data(), static_cast<qsizetype>(kube::kPrivilegedGroup.size())};
}

} // namespace

QString GrantsView::Question::text() const {
    return name.isEmpty() ? verb + u' ' + resource : verb + u' ' + resource + u' ' + name;
}

GrantsView::GrantsView(const PageContext& context, const AccessFilter& filter, QWidget* parent)
    : AccessView(context, filter, parent)
    , m_model(makeGrantsModel(this)) {
    setObjectName(QStringLiteral("grantsView"));
    TableView& view = table();
    view.setObjectName(QStringLiteral("grantsTable"));
    view.setAccessibleName(tr("Who can"));
    view.setModel(m_model);
    const std::array<int, 7> shares = {1, 0, 4, 1, 5, 5, 2};
    std::vector<TableView::Room> rooms;
    for (std::size_t i = 0; i < m_model->columns().size(); ++i)
        rooms.push_back({m_model->columns()[i].width, shares[i]});
    view.setRooms(std::move(rooms));
    view.horizontalHeader()->setSortIndicatorClearable(true);
    view.horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    view.setSortingEnabled(true);
    auto* masters = new ElidedLabel(this);
    masters->setObjectName(QStringLiteral("privilegedNote"));
    masters->setProperty("ink", QStringLiteral("muted"));
    masters->setText(tr("Members of the group %1 may do everything, whatever the roles say.", "%1 is a group's name")
                         .arg(privilegedGroup()));
    addFoot(masters);
}

void GrantsView::setQuestion(const Question& question) {
    if (question == m_question)
        return;
    m_question = question;
    refresh();
}

void GrantsView::ask(fleet::ClusterId cluster) {
    const kube::RbacScope scope = ns().isEmpty() ? kube::RbacScope::All : kube::RbacScope::Namespace;
    // The roles before are shown until the new ones came.
    m_readings[cluster].call = context().fleet.permissions().roles(
        cluster, scope, ns().toStdString(), [this, cluster](base::Result<kube::RbacReading> reading) {
            if (!reading) {
                failed(cluster, reading.error());
                return;
            }
            m_readings[cluster].roles = *std::move(reading);
            answered(cluster);
        });
}

std::optional<kube::AccessAttributes> GrantsView::attributes(const kube::KindCatalog* kinds) const {
    kube::AccessAttributes asked;
    asked.verb = m_question.verb.toStdString();
    if (m_question.resource.startsWith(u'/')) {
        asked.path = m_question.resource.toStdString();
        return asked;
    }
    const QString type = m_question.resource.section(u'/', 0, 0);
    const std::string subresource = m_question.resource.section(u'/', 1).toStdString();
    const std::string name = m_question.name.toStdString();
    if (type == QLatin1String("*")) {
        asked.resource = "*";
        asked.subresource = subresource;
        asked.ns = ns().toStdString();
        asked.name = name;
        return asked;
    }
    const kube::Kind* kind = kinds ? kinds->find(type.toLower().toStdString()) : nullptr;
    if (!kind)
        return std::nullopt;
    return kube::accessTo(asked.verb, *kind, subresource, ns().toStdString(), name);
}

void GrantsView::readPart(AccessPart& each, const kube::RbacReading& reading, std::vector<GrantRow>& rows) const {
    const kube::KindCatalogPtr kinds = context().fleet.kinds(each.cluster);
    const std::optional<kube::AccessAttributes> asked = attributes(kinds.get());
    each.isServed = asked.has_value();
    each.missing = reading.problems;
    each.isBlind = reading.isEmpty();
    each.dangling.clear();
    if (!asked)
        return;
    // Without a namespace: in whichever, unless it lies in none.
    const std::string type = asked->resource + (asked->group.empty() ? "" : "." + asked->group);
    const kube::Kind* kind = kinds ? kinds->findResource(type) : nullptr;
    const bool isAnywhere = ns().isEmpty() && asked->isResource() && (!kind || kind->namespaced);
    const kube::WhoCan who =
        kube::whoCan(reading.policy, *asked, isAnywhere ? kube::WhoCanReach::AnyNamespace : kube::WhoCanReach::AsAsked);
    for (const kube::Grant& grant : who.grants) {
        rows.push_back(grantRow(context().fleet.cluster(each.cluster), grant, *asked));
        rows.back().dimmed = each.error.has_value();
    }
    for (const kube::RoleBinding& binding : who.dangling)
        each.dangling.append(
            tr("%1 names %2, which does not exist", "%1 is a role binding, %2 a role")
                .arg(QString::fromStdString(binding.title()), QString::fromStdString(binding.roleTitle())));
}

void GrantsView::readRows() {
    std::vector<GrantRow> rows;
    for (AccessPart& each : mutableParts()) {
        const auto reading = m_readings.find(each.cluster);
        if (reading != m_readings.end() && reading->second.roles)
            readPart(each, *reading->second.roles, rows);
    }
    QSet<QString> subjects;
    for (const GrantRow& row : rows)
        subjects.insert(row.kind + u' ' + row.subject);
    m_subjects = static_cast<int>(subjects.size());
    m_model->setRows(std::move(rows));
}

void GrantsView::describe(AccessFacts& facts) const {
    facts.resource = m_question.resource;
    facts.nothing = tr("No role lets anybody %1", "%1 is a verb and a resource").arg(m_question.text());
    facts.nothingAdvice =
        tr("Members of the group %1 may all the same.", "%1 is a group's name").arg(privilegedGroup());
}

void GrantsView::refilter() {
    if (accessFilter().isEmpty())
        m_model->setFilter({});
    else
        m_model->setFilter([this](const GrantRow& row) { return accessFilter().accepts(row); });
    refresh();
}

} // namespace ui
