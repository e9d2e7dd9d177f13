// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browser/kind_groups.h"

#include <QAbstractListModel>

#include <map>
#include <vector>

namespace ui {

/// The kinds as one list with headings between them: favourites first, then group by group.
class KindModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role {
        HeadingRole = Qt::UserRole + 1, ///< bool: a heading, not a kind.
        ResourceRole,                   ///< "deployments.apps"
        CountRole,                      ///< qlonglong, -1 unknown.
        FavouriteRole,                  ///< bool: stands under Favourites.
    };

    using QAbstractListModel::QAbstractListModel;

    void setKinds(std::vector<kube::Kind> kinds);
    void setFavourites(std::vector<std::string> resources);
    /// Only kinds whose title, resource or short name has the text; empty: all.
    void setSearch(const QString& text);
    /// How many objects of a kind there are; -1 for unknown.
    void setCount(const std::string& resource, qlonglong count);

    [[nodiscard]] const std::vector<kube::Kind>& kinds() const { return m_kinds; }
    [[nodiscard]] const std::vector<std::string>& favourites() const { return m_favourites; }
    [[nodiscard]] bool isFavourite(const std::string& resource) const;
    /// Null if no cluster in view serves it.
    [[nodiscard]] const kube::Kind* find(const std::string& resource) const;
    /// The first row of a kind, -1 if it is not shown.
    [[nodiscard]] int rowOf(const std::string& resource) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Item {
        KindGroup group = KindGroup::Favourites;
        int kind = -1; // -1: the group's heading.
        friend bool operator==(const Item&, const Item&) = default;
    };
    void arrange();
    [[nodiscard]] bool fits(const kube::Kind& kind) const;

    std::vector<kube::Kind> m_kinds;
    std::vector<std::string> m_favourites;
    std::map<std::string, qlonglong> m_counts;
    QString m_search;
    std::vector<Item> m_items;
};

} // namespace ui
