// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/filter.h"
#include "core/fleet/view.h"
#include "ui/base/cell.h"
#include "ui/base/ordered_table_model.h"

#include <QString>

#include <array>
#include <compare>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ui {

/// How a cluster looks in a table.
struct ClusterFace {
    std::string name;
    int hue = 0;
    bool dimmed = false; ///< What is shown of it is a past state.
};

/// One object, wherever its row is and also after it has gone.
struct ObjectKey {
    fleet::ClusterId cluster;
    kube::Uid uid;
    std::string ns;
    std::string name;
    [[nodiscard]] bool isNull() const { return cluster.isNull(); }
    friend bool operator==(const ObjectKey& a, const ObjectKey& b) { return a.cluster == b.cluster && a.uid == b.uid; }
};

/// The rows of a fleet::View as a table: Cluster, Namespace (for kinds that have it), then the view's columns. Sorted
/// by true value or, at first, by cluster and the server's order; filtered by a fleet::Filter; marked rows are kept by
/// uid. Objects keep their rows through every delta; a reset comes with another view or other columns only.
class ObjectTableModel : public OrderedTableModel {
    Q_OBJECT
public:
    /// Whether the row is marked (bool).
    static constexpr int MarkedRole = 0x0100 + 40;

    /// What a column shows.
    struct Column {
        enum class Source { Cluster, Namespace, View };
        Source source = Source::View;
        std::size_t viewColumn = 0;
        std::string id;
        QString title;
        QString help;
        bool isWide = false; ///< Shown on demand.
    };

    explicit ObjectTableModel(QObject* parent = nullptr);

    /// The view must live until another (or null) is set. Takes its deltas.
    void setView(fleet::View* view);
    [[nodiscard]] fleet::View* view() const { return m_view; }
    /// By ClusterId::value.
    void setClusters(std::vector<ClusterFace> clusters);
    void setFilter(fleet::Filter filter);
    /// Filters again where the filter looks at ages. Rows whose printed ages changed are the view's to repaint.
    void tick();
    /// Gives the view's watches back. What is shown stays until the view, active again, brings its rows by a reset.
    void setAsleep(bool asleep);

    [[nodiscard]] const std::vector<Column>& columns() const { return m_columns; }
    /// -1 if there is none.
    [[nodiscard]] int columnIndex(std::string_view id) const;
    /// Whether what the column prints changes by time alone.
    [[nodiscard]] bool ticks(int column) const;

    [[nodiscard]] kube::RowRef rowRef(int row) const;
    [[nodiscard]] fleet::ClusterId clusterAt(int row) const { return m_entries[entryAt(row)].id.cluster; }
    /// Without the names where the row is gone already.
    [[nodiscard]] ObjectKey keyAt(int row) const;
    /// -1 if there is none or it is filtered out.
    [[nodiscard]] int rowOfKey(const ObjectKey& key) const;
    /// Those of the objects that are shown, from top to bottom.
    [[nodiscard]] std::vector<int> rowsOfKeys(const std::vector<ObjectKey>& keys) const;
    /// By cluster, namespace and name; -1 if there is none or it is filtered out.
    [[nodiscard]] int rowOfName(fleet::ClusterId cluster, std::string_view ns, std::string_view name) const;
    /// The cell as kubectl prints it.
    [[nodiscard]] std::string text(int row, int column) const;

    void setMarked(int row, bool marked);
    [[nodiscard]] bool isMarked(int row) const;
    void markAllShown();
    void clearMarks();
    [[nodiscard]] std::size_t markedCount() const { return m_marked.size(); }
    /// Those that are shown, from top to bottom.
    [[nodiscard]] std::vector<int> markedRows() const;

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

signals:
    /// The view's parts say something else: loading, errors, ages of what is shown.
    void partsChanged();
    void columnsChanged();
    void marksChanged();

protected:
    [[nodiscard]] int compare(Entry a, Entry b, int column, Qt::SortOrder order) const override;
    [[nodiscard]] bool naturallyBefore(Entry a, Entry b) const override;
    void sortEntries(std::vector<Entry>& entries, int column, Qt::SortOrder order) const override;
    void sortNaturally(std::vector<Entry>& entries) const override;
    void filterEntries(const std::vector<Entry>& entries, std::vector<std::uint8_t>& accepted) const override;

private:
    struct Held {
        fleet::RowId id;
        kube::Uid uid;
    };
    /// A marked object: cluster and uid.
    struct MarkKey {
        std::uint16_t cluster = 0;
        std::array<std::uint64_t, 2> uid{};
        friend auto operator<=>(const MarkKey&, const MarkKey&) = default;
    };

    void reload();
    void apply(const fleet::ViewDelta& delta);
    void readColumns();
    void forgetGoneMarks();
    void changeRows(const fleet::ViewDelta& delta);
    [[nodiscard]] Entry entryOf(fleet::RowId id) const;
    Entry& place(fleet::RowId id);
    Entry addEntry(fleet::RowId id);
    void forget(Entry entry);
    [[nodiscard]] kube::RowRef refOf(Entry entry) const { return m_view->row(m_entries[entry].id); }
    /// Never null.
    [[nodiscard]] kube::RowRef comparable(Entry entry) const;
    [[nodiscard]] const kube::Column* viewColumnOf(const kube::RowRef& row, std::size_t column) const;
    [[nodiscard]] Cell cell(int row, int column) const;
    [[nodiscard]] const ClusterFace& face(fleet::ClusterId cluster) const;
    [[nodiscard]] static MarkKey markKey(const Held& held) { return {held.id.cluster.value, held.uid.bits}; }

    fleet::View* m_view = nullptr;
    std::shared_ptr<char> m_viewGuard; // Deltas of a former view do not count.
    std::vector<Column> m_columns;
    int m_stateColumn = -1; // Where the mark of the row's state stands.
    std::vector<ClusterFace> m_clusters;
    std::vector<Held> m_entries; // By Entry.
    std::vector<Entry> m_free;
    std::vector<std::vector<std::vector<Entry>>> m_byHandle; // By cluster and handle, in chunks.
    fleet::Filter m_filter;
    std::set<MarkKey> m_marked;
};

} // namespace ui
