// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/kind_model.h"

#include "ui/base/format.h"

#include <algorithm>

namespace ui {

void KindModel::setKinds(std::vector<kube::Kind> kinds) {
    std::stable_sort(kinds.begin(), kinds.end(), [](const kube::Kind& a, const kube::Kind& b) {
        const auto key = [](const kube::Kind& kind) { return std::pair(groupOf(kind), rankInGroup(kind)); };
        if (key(a) != key(b))
            return key(a) < key(b);
        return kindTitle(a) < kindTitle(b);
    });
    const auto same = [](const kube::Kind& a, const kube::Kind& b) {
        return a.resource() == b.resource() && a.kind == b.kind && a.version == b.version;
    };
    if (std::equal(kinds.begin(), kinds.end(), m_kinds.begin(), m_kinds.end(), same))
        return;
    beginResetModel();
    m_kinds = std::move(kinds);
    arrange();
    endResetModel();
}

void KindModel::setFavourites(std::vector<std::string> resources) {
    beginResetModel();
    m_favourites = std::move(resources);
    arrange();
    endResetModel();
}

void KindModel::setSearch(const QString& text) {
    if (text == m_search)
        return;
    beginResetModel();
    m_search = text;
    arrange();
    endResetModel();
}

void KindModel::setCount(const std::string& resource, qlonglong count) {
    qlonglong& known = m_counts.try_emplace(resource, -1).first->second;
    if (known == count)
        return;
    known = count;
    for (int row = 0; row < rowCount(); ++row) {
        const Item& item = m_items[static_cast<std::size_t>(row)];
        if (item.kind >= 0 && m_kinds[static_cast<std::size_t>(item.kind)].resource() == resource)
            emit dataChanged(index(row), index(row));
    }
}

bool KindModel::isFavourite(const std::string& resource) const {
    return std::find(m_favourites.begin(), m_favourites.end(), resource) != m_favourites.end();
}

const kube::Kind* KindModel::find(const std::string& resource) const {
    const auto found = std::find_if(m_kinds.begin(), m_kinds.end(),
                                    [&](const kube::Kind& kind) { return kind.resource() == resource; });
    return found == m_kinds.end() ? nullptr : &*found;
}

int KindModel::rowOf(const std::string& resource) const {
    for (int row = 0; row < rowCount(); ++row) {
        const Item& item = m_items[static_cast<std::size_t>(row)];
        if (item.kind >= 0 && m_kinds[static_cast<std::size_t>(item.kind)].resource() == resource)
            return row;
    }
    return -1;
}

bool KindModel::fits(const kube::Kind& kind) const {
    if (m_search.isEmpty())
        return true;
    const auto has = [this](const QString& text) { return text.contains(m_search, Qt::CaseInsensitive); };
    return has(kindTitle(kind)) || has(QString::fromStdString(kind.resource())) ||
           std::any_of(kind.shortNames.begin(), kind.shortNames.end(), [&](const std::string& name) {
               return QString::fromStdString(name).compare(m_search, Qt::CaseInsensitive) == 0;
           });
}

// A favourite stands under Favourites alone.
void KindModel::arrange() {
    m_items.clear();
    const auto append = [this](KindGroup group, std::size_t kind) {
        if (m_items.empty() || m_items.back().group != group)
            m_items.push_back({group, -1});
        m_items.push_back({group, static_cast<int>(kind)});
    };
    for (const std::string& favourite : m_favourites) {
        for (std::size_t i = 0; i < m_kinds.size(); ++i) {
            if (m_kinds[i].resource() == favourite && fits(m_kinds[i]))
                append(KindGroup::Favourites, i);
        }
    }
    for (std::size_t i = 0; i < m_kinds.size(); ++i) {
        if (fits(m_kinds[i]) && !isFavourite(m_kinds[i].resource()))
            append(groupOf(m_kinds[i]), i);
    }
}

int KindModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant KindModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    if (role == HeadingRole)
        return item.kind < 0;
    if (item.kind < 0) {
        if (role == Qt::DisplayRole)
            return kindGroupTitle(item.group);
        if (role == Qt::AccessibleTextRole)
            return tr("Group %1", "read aloud; %1 is a heading over kinds").arg(kindGroupTitle(item.group));
        return {};
    }
    const kube::Kind& kind = m_kinds[static_cast<std::size_t>(item.kind)];
    const auto count = m_counts.find(kind.resource());
    const qlonglong known = count == m_counts.end() ? -1 : count->second;
    switch (role) {
    case Qt::DisplayRole:
        return kindTitle(kind);
    case Qt::AccessibleTextRole:
        return known < 0 ? kindTitle(kind)
                         : tr("%1, %2 objects", "read aloud; %1 is a kind").arg(kindTitle(kind), countText(known));
    case Qt::ToolTipRole:
        return QString::fromStdString(kind.resource() + " " + kind.version);
    case ResourceRole:
        return QString::fromStdString(kind.resource());
    case CountRole:
        return known;
    case FavouriteRole:
        return item.group == KindGroup::Favourites;
    default:
        return {};
    }
}

Qt::ItemFlags KindModel::flags(const QModelIndex& index) const {
    if (!index.isValid() || m_items[static_cast<std::size_t>(index.row())].kind < 0)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace ui
