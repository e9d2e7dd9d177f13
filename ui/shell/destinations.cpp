// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/destinations.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"
#include "ui/shell/command.h"
#include "ui/shell/page_list.h"
#include "ui/shell/scope.h"

#include <QCoreApplication>
#include <QSet>

namespace ui {

namespace {

constexpr auto kBrowser = "browser";
constexpr auto kFleet = "fleet";

PageTarget pageTarget(const char* page) {
    PageTarget target;
    target.page = QString::fromLatin1(page);
    return target;
}

PageTarget kindTarget(const std::string& resource) {
    PageTarget target = pageTarget(kBrowser);
    target.kind = QString::fromStdString(resource);
    return target;
}

void addPages(std::vector<Destination>& list) {
    for (const PageSpec& spec : pageList()) {
        Destination page;
        page.sort = Destination::Sort::Page;
        page.text = pageTitle(spec);
        page.typed = QString::fromLatin1(spec.id);
        page.target = pageTarget(spec.id);
        list.push_back(std::move(page));
    }
}

void addKinds(const PageContext& context, std::vector<Destination>& list) {
    if (!findPage(QString::fromLatin1(kBrowser)))
        return;
    QSet<QString> known;
    for (const fleet::ClusterInfo& cluster : context.fleet.clusters()) {
        const kube::KindCatalogPtr catalog = context.fleet.kinds(cluster.id);
        if (!catalog || !context.scope.contains(cluster.id))
            continue;
        for (const kube::Kind& kind : catalog->kinds()) {
            const QString resource = QString::fromStdString(kind.resource());
            if (!kind.allows("list") || known.contains(resource))
                continue;
            known.insert(resource);
            Destination entry;
            entry.sort = Destination::Sort::Kind;
            entry.text = kindTitle(kind.kind, kind.plural);
            entry.typed = resource;
            QStringList hints;
            for (const std::string& name : kind.shortNames)
                hints.append(QString::fromStdString(name));
            if (!kind.group.empty())
                hints.append(QString::fromStdString(kind.group));
            entry.hint = hints.join(QStringLiteral(", "));
            entry.target = kindTarget(kind.resource());
            list.push_back(std::move(entry));
        }
    }
}

void addClusters(const PageContext& context, std::vector<Destination>& list) {
    for (const fleet::ClusterInfo& cluster : context.fleet.clusters()) {
        Destination entry;
        entry.sort = Destination::Sort::Cluster;
        entry.text = QString::fromStdString(cluster.name);
        entry.typed = QStringLiteral("ctx ") + entry.text;
        entry.hint = ruleMark(cluster);
        entry.hue = cluster.hue;
        entry.target = pageTarget(kFleet);
        entry.target.cluster = cluster.id;
        if (isOpen(cluster.health)) {
            entry.target.page.clear();
            entry.target.scope = {cluster.id};
        }
        list.push_back(std::move(entry));
    }
}

void addNamespaces(const PageContext& context, std::vector<Destination>& list) {
    for (const std::string& ns : context.fleet.namespaces(context.scope.clusters())) {
        Destination entry;
        entry.sort = Destination::Sort::Namespace;
        entry.text = QString::fromStdString(ns);
        entry.typed = QStringLiteral("ns ") + entry.text;
        entry.target.namespaces = {entry.text};
        list.push_back(std::move(entry));
    }
}

const kube::Kind* findKind(const PageContext& context, const QString& typed) {
    const std::string name = typed.toStdString();
    for (const fleet::ClusterInfo& cluster : context.fleet.clusters()) {
        const kube::KindCatalogPtr catalog = context.fleet.kinds(cluster.id);
        if (!catalog || !context.scope.contains(cluster.id))
            continue;
        if (const kube::Kind* kind = catalog->find(name))
            return kind;
    }
    return nullptr;
}

} // namespace

std::vector<Destination> collectDestinations(const PageContext& context) {
    std::vector<Destination> list;
    addPages(list);
    addKinds(context, list);
    addClusters(context, list);
    addNamespaces(context, list);
    return list;
}

std::optional<PageTarget> resolveCommand(const PageContext& context, const Command& command) {
    switch (command.verb) {
    case Command::Verb::Context: {
        if (command.subject.isEmpty())
            return pageTarget(kFleet);
        const fleet::ClusterId id = context.fleet.byContext(command.subject.toStdString());
        if (id.isNull())
            return std::nullopt;
        PageTarget target = pageTarget(kFleet);
        target.cluster = id;
        if (isOpen(context.fleet.cluster(id).health)) {
            target.page.clear();
            target.scope = {id};
        }
        return target;
    }
    case Command::Verb::Namespace: {
        PageTarget target;
        target.namespaces = QStringList();
        if (!command.subject.isEmpty() && command.subject != QLatin1String("all"))
            target.namespaces = {command.subject};
        return target;
    }
    case Command::Verb::Subject:
        break;
    case Command::Verb::Nothing:
    case Command::Verb::Settings:
    case Command::Verb::Help:
    case Command::Verb::Quit:
        return std::nullopt;
    }
    std::optional<PageTarget> target;
    if (const PageSpec* spec = findPage(command.subject.toLower()))
        target = pageTarget(spec->id);
    else if (const kube::Kind* kind = findKind(context, command.subject))
        target = kindTarget(kind->resource());
    if (!target)
        return std::nullopt;
    if (!command.ns.isEmpty())
        target->namespaces = command.ns == QLatin1String("all") ? QStringList() : QStringList(command.ns);
    if (!command.filter.isEmpty())
        target->filter = command.filter;
    if (!command.context.isEmpty()) {
        const fleet::ClusterId id = context.fleet.byContext(command.context.toStdString());
        if (id.isNull())
            return std::nullopt;
        target->scope = {id};
    }
    return target;
}

QString kindTitle(const std::string& kind, const std::string& plural) {
    const QString name = QString::fromStdString(kind);
    const QString many = QString::fromStdString(plural);
    // The plural has no inner capitals, the kind no plural: "NetworkPolicy" and "networkpolicies".
    qsizetype same = 0;
    while (same < name.size() && same < many.size() && name.at(same).toLower() == many.at(same))
        ++same;
    return name.left(same) + many.mid(same);
}

} // namespace ui
