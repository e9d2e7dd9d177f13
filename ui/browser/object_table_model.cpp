// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/object_table_model.h"

#include "ui/base/cluster_text.h"
#include "ui/browser/object_cell.h"
#include "ui/browser/row_sort.h"
#include "ui/browser/sort_value.h"

#include <algorithm>

namespace ui {

namespace {

constexpr OrderedTableModel::Entry kNoEntry = UINT32_MAX;
constexpr unsigned kChunkBits = 10;
constexpr std::uint32_t kChunkMask = (1U << kChunkBits) - 1;

SortDirection direction(Qt::SortOrder order) {
    return order == Qt::AscendingOrder ? SortDirection::Ascending : SortDirection::Descending;
}

// Stands for a row that went before its delta came.
const kube::RowRef& goneRow() {
    static const kube::RowLayout layout("", {}, {});
    static const kube::StringPool strings;
    static const std::vector<std::byte> bytes(layout.stride());
    static const kube::RowRef row(layout, strings, bytes.data());
    return row;
}

} // namespace

ObjectTableModel::ObjectTableModel(QObject* parent)
    : OrderedTableModel(parent) {}

void ObjectTableModel::setView(fleet::View* view) {
    m_viewGuard = std::make_shared<char>();
    beginResetEntries();
    m_view = view;
    m_marked.clear();
    m_entries.clear();
    m_free.clear();
    m_byHandle.clear();
    m_columns.clear();
    std::vector<Entry> entries;
    if (m_view != nullptr) {
        m_view->onDelta([this, guard = std::weak_ptr<char>(m_viewGuard)](const fleet::ViewDelta& delta) {
            if (!guard.expired())
                apply(delta);
        });
        readColumns();
        for (const fleet::RowId id : m_view->allRows())
            entries.push_back(addEntry(id));
    }
    endResetEntries(std::move(entries));
    emit columnsChanged();
    emit partsChanged();
    emit marksChanged();
}

void ObjectTableModel::reload() {
    beginResetEntries();
    m_entries.clear();
    m_free.clear();
    m_byHandle.clear();
    readColumns();
    std::vector<Entry> entries;
    for (const fleet::RowId id : m_view->allRows())
        entries.push_back(addEntry(id));
    endResetEntries(std::move(entries));
    emit columnsChanged();
    emit partsChanged();
}

void ObjectTableModel::readColumns() {
    m_columns.clear();
    m_columns.push_back({Column::Source::Cluster, 0, "cluster", tr("Cluster", "column title"), {}, false});
    if (m_view->isNamespaced())
        m_columns.push_back({Column::Source::Namespace, 0, "namespace", tr("Namespace", "column title"), {}, false});
    for (std::size_t i = 0; i < m_view->columns().size(); ++i) {
        const kube::Column& column = m_view->columns()[i];
        m_columns.push_back({Column::Source::View, i, column.id, QString::fromStdString(column.title),
                             QString::fromStdString(column.description), column.priority > 0});
    }
    m_stateColumn = stateColumn(m_view->columns());
}

void ObjectTableModel::setClusters(std::vector<ClusterFace> clusters) {
    m_clusters = std::move(clusters);
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

const ClusterFace& ObjectTableModel::face(fleet::ClusterId cluster) const {
    static const ClusterFace kUnknown;
    return cluster.value < m_clusters.size() ? m_clusters[cluster.value] : kUnknown;
}

void ObjectTableModel::setFilter(fleet::Filter filter) {
    m_filter = std::move(filter);
    if (m_view != nullptr)
        refilter();
}

void ObjectTableModel::tick() {
    if (m_view != nullptr && m_filter.dependsOnTime())
        refilter();
}

void ObjectTableModel::setAsleep(bool asleep) {
    if (m_view != nullptr)
        m_view->setActive(!asleep);
}

void ObjectTableModel::apply(const fleet::ViewDelta& delta) {
    if (delta.reset || delta.columnsChanged)
        reload();
    else
        changeRows(delta);
    if (delta.partsChanged && !delta.reset && !delta.columnsChanged)
        emit partsChanged();
    forgetGoneMarks();
}

// What was marked before a reset may come back late: until all is read nobody knows that it went.
void ObjectTableModel::forgetGoneMarks() {
    const auto isReading = [](const fleet::ViewPart& part) { return part.phase == kube::WatchPhase::Listing; };
    if (m_marked.empty() || std::any_of(m_view->parts().begin(), m_view->parts().end(), isReading))
        return;
    std::set<MarkKey> there;
    for (const Held& held : m_entries) {
        if (const MarkKey key = markKey(held); m_marked.contains(key))
            there.insert(key);
    }
    if (there.size() == m_marked.size())
        return;
    m_marked = std::move(there);
    emit marksChanged();
}

void ObjectTableModel::changeRows(const fleet::ViewDelta& delta) {
    Change change;
    // Places of removed rows are given again only when the change is through.
    std::vector<Entry> leaving;
    const auto remove = [&](Entry entry) {
        change.removed.push_back(entry);
        leaving.push_back(entry);
        place(m_entries[entry].id) = kNoEntry;
    };
    for (const fleet::RowId id : delta.removed) {
        if (const Entry entry = entryOf(id); entry != kNoEntry)
            remove(entry);
    }
    const auto put = [&](fleet::RowId id) {
        const kube::RowRef row = m_view->row(id);
        if (row.isNull())
            return;
        const Entry entry = entryOf(id);
        if (entry != kNoEntry && m_entries[entry].uid == row.uid()) {
            change.changed.push_back(entry);
            return;
        }
        if (entry != kNoEntry)
            remove(entry);
        change.added.push_back(addEntry(id));
    };
    std::for_each(delta.changed.begin(), delta.changed.end(), put);
    std::for_each(delta.added.begin(), delta.added.end(), put);
    applyChange(change);
    const std::size_t marked = m_marked.size();
    std::for_each(leaving.begin(), leaving.end(), [this](Entry entry) { forget(entry); });
    if (m_marked.size() != marked)
        emit marksChanged();
}

ObjectTableModel::Entry ObjectTableModel::entryOf(fleet::RowId id) const {
    const std::size_t chunk = id.handle >> kChunkBits;
    if (id.cluster.value >= m_byHandle.size() || chunk >= m_byHandle[id.cluster.value].size())
        return kNoEntry;
    const std::vector<Entry>& entries = m_byHandle[id.cluster.value][chunk];
    return entries.empty() ? kNoEntry : entries[id.handle & kChunkMask];
}

// Handles are dense, but a view over several namespaces may use several ranges of them.
ObjectTableModel::Entry& ObjectTableModel::place(fleet::RowId id) {
    if (id.cluster.value >= m_byHandle.size())
        m_byHandle.resize(std::size_t(id.cluster.value) + 1);
    std::vector<std::vector<Entry>>& chunks = m_byHandle[id.cluster.value];
    const std::size_t chunk = id.handle >> kChunkBits;
    if (chunk >= chunks.size())
        chunks.resize(chunk + 1);
    if (chunks[chunk].empty())
        chunks[chunk].resize(kChunkMask + 1, kNoEntry);
    return chunks[chunk][id.handle & kChunkMask];
}

ObjectTableModel::Entry ObjectTableModel::addEntry(fleet::RowId id) {
    const kube::RowRef row = m_view->row(id);
    const Held held{id, row.isNull() ? kube::Uid() : row.uid()};
    auto entry = static_cast<Entry>(m_entries.size());
    if (m_free.empty()) {
        m_entries.push_back(held);
    } else {
        entry = m_free.back();
        m_free.pop_back();
        m_entries[entry] = held;
    }
    place(id) = entry;
    return entry;
}

void ObjectTableModel::forget(Entry entry) {
    m_marked.erase(markKey(m_entries[entry]));
    m_entries[entry] = {};
    m_free.push_back(entry);
}

int ObjectTableModel::columnIndex(std::string_view id) const {
    const auto found =
        std::find_if(m_columns.begin(), m_columns.end(), [id](const Column& column) { return column.id == id; });
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

bool ObjectTableModel::ticks(int column) const {
    const Column& shown = m_columns[static_cast<std::size_t>(column)];
    if (shown.source != Column::Source::View)
        return false;
    const kube::CellFormat format = m_view->columns()[shown.viewColumn].format;
    return format == kube::CellFormat::Age || format == kube::CellFormat::CountAgo ||
           format == kube::CellFormat::Elapsed;
}

kube::RowRef ObjectTableModel::rowRef(int row) const {
    return refOf(entryAt(row));
}

ObjectKey ObjectTableModel::keyAt(int row) const {
    const Held& held = m_entries[entryAt(row)];
    const kube::RowRef ref = m_view->row(held.id);
    if (ref.isNull())
        return {held.id.cluster, held.uid, {}, {}};
    return {held.id.cluster, held.uid, std::string(ref.ns()), std::string(ref.name())};
}

int ObjectTableModel::rowOfKey(const ObjectKey& key) const {
    for (Entry entry = 0; entry < m_entries.size() && !key.isNull(); ++entry) {
        if (m_entries[entry].id.cluster == key.cluster && m_entries[entry].uid == key.uid)
            return rowOf(entry);
    }
    return -1;
}

std::vector<int> ObjectTableModel::rowsOfKeys(const std::vector<ObjectKey>& keys) const {
    std::set<MarkKey> wanted;
    for (const ObjectKey& key : keys)
        wanted.insert({key.cluster.value, key.uid.bits});
    std::vector<int> rows;
    for (int row = 0; row < rowCount() && rows.size() < wanted.size(); ++row) {
        if (wanted.contains(markKey(m_entries[entryAt(row)])))
            rows.push_back(row);
    }
    return rows;
}

int ObjectTableModel::rowOfName(fleet::ClusterId cluster, std::string_view ns, std::string_view name) const {
    for (Entry entry = 0; entry < m_entries.size() && !cluster.isNull(); ++entry) {
        if (m_entries[entry].id.cluster != cluster)
            continue;
        const kube::RowRef ref = refOf(entry);
        if (!ref.isNull() && ref.name() == name && ref.ns() == ns)
            return rowOf(entry);
    }
    return -1;
}

std::string ObjectTableModel::text(int row, int column) const {
    const kube::RowRef ref = rowRef(row);
    if (ref.isNull())
        return {};
    const Column& shown = m_columns[static_cast<std::size_t>(column)];
    switch (shown.source) {
    case Column::Source::Cluster:
        return face(clusterAt(row)).name;
    case Column::Source::Namespace:
        return std::string(ref.ns());
    case Column::Source::View:
        break;
    }
    const kube::Column* own = m_view->columnOf(ref, shown.viewColumn);
    return own != nullptr ? ref.cell(*own, m_view->nowMs(clusterAt(row))) : std::string();
}

void ObjectTableModel::setMarked(int row, bool marked) {
    const MarkKey key = markKey(m_entries[entryAt(row)]);
    if (marked)
        m_marked.insert(key);
    else
        m_marked.erase(key);
    emit dataChanged(index(row, 0), index(row, columnCount() - 1), {MarkedRole});
    emit marksChanged();
}

bool ObjectTableModel::isMarked(int row) const {
    return !m_marked.empty() && m_marked.contains(markKey(m_entries[entryAt(row)]));
}

void ObjectTableModel::markAllShown() {
    for (const Entry entry : visibleEntries())
        m_marked.insert(markKey(m_entries[entry]));
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {MarkedRole});
    emit marksChanged();
}

void ObjectTableModel::clearMarks() {
    if (m_marked.empty())
        return;
    m_marked.clear();
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {MarkedRole});
    emit marksChanged();
}

std::vector<int> ObjectTableModel::markedRows() const {
    std::vector<int> rows;
    for (int row = 0; row < rowCount() && !m_marked.empty(); ++row) {
        if (isMarked(row))
            rows.push_back(row);
    }
    return rows;
}

int ObjectTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

Cell ObjectTableModel::cell(int row, int column) const {
    const kube::RowRef ref = rowRef(row);
    if (ref.isNull())
        return {};
    const fleet::ClusterId cluster = clusterAt(row);
    const Column& shown = m_columns[static_cast<std::size_t>(column)];
    Cell out;
    switch (shown.source) {
    case Column::Source::Cluster:
        out.text = QString::fromStdString(face(cluster).name);
        break;
    case Column::Source::Namespace:
        out.text = fromUtf8(ref.ns());
        break;
    case Column::Source::View:
        if (const kube::Column* own = m_view->columnOf(ref, shown.viewColumn))
            out = objectCell(ref, *own, m_view->nowMs(cluster));
        if (static_cast<int>(shown.viewColumn) == m_stateColumn)
            out.mark = stateMark(ref.state());
        break;
    }
    if (column == 0)
        out.hue = static_cast<std::int8_t>(face(cluster).hue);
    out.dimmed = face(cluster).dimmed;
    return out;
}

QVariant ObjectTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || m_view == nullptr)
        return {};
    switch (role) {
    case CellRole:
        return QVariant::fromValue(cell(index.row(), index.column()));
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QString::fromStdString(text(index.row(), index.column()));
    case MarkedRole:
        return isMarked(index.row());
    default:
        return {};
    }
}

QVariant ObjectTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column& column = m_columns[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return column.title;
    case Qt::ToolTipRole:
        return column.help;
    case Qt::TextAlignmentRole: {
        const bool right =
            column.source == Column::Source::View && alignOf(m_view->columns()[column.viewColumn]) == CellAlign::Right;
        return static_cast<int>(Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft));
    }
    default:
        return {};
    }
}

kube::RowRef ObjectTableModel::comparable(Entry entry) const {
    const kube::RowRef row = refOf(entry);
    return row.isNull() ? goneRow() : row;
}

const kube::Column* ObjectTableModel::viewColumnOf(const kube::RowRef& row, std::size_t column) const {
    return row.data() == goneRow().data() ? nullptr : m_view->columnOf(row, column);
}

int ObjectTableModel::compare(Entry a, Entry b, int column, Qt::SortOrder order) const {
    const Column& by = m_columns[static_cast<std::size_t>(column)];
    const int sign = order == Qt::AscendingOrder ? 1 : -1;
    const fleet::RowId idA = m_entries[a].id;
    const fleet::RowId idB = m_entries[b].id;
    if (by.source == Column::Source::Cluster)
        return sign * face(idA.cluster).name.compare(face(idB.cluster).name);
    const kube::RowRef rowA = comparable(a);
    const kube::RowRef rowB = comparable(b);
    if (by.source == Column::Source::Namespace)
        return sign * rowA.ns().compare(rowB.ns());
    const auto value = [&](const kube::RowRef& row, fleet::ClusterId cluster) {
        const kube::Column* own = viewColumnOf(row, by.viewColumn);
        return own != nullptr ? sortValue(row, *own, m_view->nowMs(cluster)) : SortValue();
    };
    const SortValue valueA = value(rowA, idA.cluster);
    const SortValue valueB = value(rowB, idB.cluster);
    const int c = compareSortValues(valueA, valueB);
    return valueA.isAbsent || valueB.isAbsent ? c : sign * c;
}

bool ObjectTableModel::naturallyBefore(Entry a, Entry b) const {
    const fleet::RowId idA = m_entries[a].id;
    const fleet::RowId idB = m_entries[b].id;
    if (idA.cluster != idB.cluster)
        return idA.cluster < idB.cluster;
    const kube::RowRef rowA = comparable(a);
    const kube::RowRef rowB = comparable(b);
    const int c = kube::compareServerOrder(rowA.ns(), rowA.name(), rowB.ns(), rowB.name());
    return c != 0 ? c < 0 : idA.handle < idB.handle;
}

void ObjectTableModel::sortEntries(std::vector<Entry>& entries, int column, Qt::SortOrder order) const {
    const Column& by = m_columns[static_cast<std::size_t>(column)];
    std::vector<std::uint32_t> positions;
    if (by.source == Column::Source::Cluster) {
        std::vector<std::uint64_t> ranks(m_byHandle.size(), 0);
        for (std::size_t i = 0; i < ranks.size(); ++i) {
            const std::string& name = face({static_cast<std::uint16_t>(i)}).name;
            for (std::size_t other = 0; other < ranks.size(); ++other)
                ranks[i] += face({static_cast<std::uint16_t>(other)}).name < name ? 1U : 0U;
        }
        std::vector<std::uint64_t> keys(entries.size());
        std::transform(entries.begin(), entries.end(), keys.begin(),
                       [&](Entry entry) { return ranks[m_entries[entry].id.cluster.value]; });
        positions = sortedByKey(std::move(keys), direction(order));
    } else {
        std::vector<kube::RowRef> rows(entries.size());
        std::transform(entries.begin(), entries.end(), rows.begin(), [this](Entry entry) { return comparable(entry); });
        static const kube::Column kNamespace{
            "namespace", {}, {}, kube::CellFormat::Text, kube::SortKind::Text, kube::kNamespaceField, 0, 0};
        const SortColumnOf columnOf = [&](const kube::RowRef& row) {
            return by.source == Column::Source::Namespace ? &kNamespace : viewColumnOf(row, by.viewColumn);
        };
        const std::int64_t now = entries.empty() ? 0 : m_view->nowMs(m_entries[entries.front()].id.cluster);
        positions = sortedPositions(rows, columnOf, direction(order), now);
    }
    for (std::uint32_t& position : positions)
        position = entries[position];
    entries = std::move(positions);
}

void ObjectTableModel::sortNaturally(std::vector<Entry>& entries) const {
    const auto before = [this](Entry a, Entry b) { return naturallyBefore(a, b); };
    // Rows mostly arrive in the server's order, cluster by cluster: put runs that ascend together.
    std::vector<std::size_t> starts{0};
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (!before(entries[i - 1], entries[i]))
            starts.push_back(i);
    }
    if (starts.size() > 64) {
        std::sort(entries.begin(), entries.end(), before);
        return;
    }
    starts.push_back(entries.size());
    const auto at = [&](std::size_t start) { return entries.begin() + static_cast<std::ptrdiff_t>(start); };
    while (starts.size() > 2) {
        std::vector<std::size_t> merged{0};
        for (std::size_t i = 0; i + 2 < starts.size(); i += 2) {
            std::inplace_merge(at(starts[i]), at(starts[i + 1]), at(starts[i + 2]), before);
            merged.push_back(starts[i + 2]);
        }
        if (merged.back() != entries.size())
            merged.push_back(entries.size());
        starts = std::move(merged);
    }
}

void ObjectTableModel::filterEntries(const std::vector<Entry>& entries, std::vector<std::uint8_t>& accepted) const {
    if (m_filter.isEmpty()) {
        for (const Entry entry : entries)
            accepted[entry] = 1;
        return;
    }
    fleet::ClusterId cluster;
    fleet::FilterSubject subject;
    for (const Entry entry : entries) {
        const fleet::RowId id = m_entries[entry].id;
        if (id.cluster != cluster) {
            cluster = id.cluster;
            subject.cluster = face(cluster).name;
            subject.nowMs = m_view->nowMs(cluster);
        }
        subject.row = m_view->row(id);
        accepted[entry] = !subject.row.isNull() && m_filter.matches(subject) ? 1 : 0;
    }
}

} // namespace ui
