// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journal_model.h"

#include "ui/journal/journal_words.h"

#include <QPointer>
#include <QTextDocument>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace ui {

namespace {

constexpr std::size_t kPage = 500;
/// Results change among the newest lines; how many of those known are looked at again.
constexpr std::size_t kMostAgain = 2'000;

std::string keyOf(const change::JournalEntry& entry) {
    return entry.set + '/' + std::to_string(entry.number);
}

bool reads(const change::JournalEntry& a, const change::JournalEntry& b) {
    return a.outcome == b.outcome && a.message == b.message && a.closedMs == b.closedMs && a.beganMs == b.beganMs &&
           a.serverMs == b.serverMs;
}

// As markup, which is wrapped where it is long.
QString tipOf(const change::JournalEntry& entry, int column) {
    if (column == JournalModel::Time || column == JournalModel::Who)
        return entryStory(entry);
    if (column != JournalModel::Title || entry.intent.empty())
        return {};
    return Qt::convertFromPlainText(QString::fromStdString(entry.title) + QLatin1Char('\n') + entryIntentText(entry),
                                    Qt::WhiteSpaceNormal);
}

} // namespace

JournalModel::JournalModel(change::Journal& journal, HueOf hueOf, QObject* parent)
    : QAbstractTableModel(parent)
    , m_journal(journal)
    , m_hueOf(std::move(hueOf)) {}

void JournalModel::setQuery(change::JournalQuery query) {
    m_turn = std::make_shared<int>(0);
    m_query = std::move(query);
    m_wasRead = false;
    refresh();
}

void JournalModel::refresh() {
    m_wantsNewest = true;
    if (!m_isReading)
        read(Want::Newest);
}

bool JournalModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_wasRead && !m_isComplete && !m_problem;
}

void JournalModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent))
        return;
    m_wantsMore = true;
    if (!m_isReading)
        read(Want::More);
}

// One question at a time: a long one must not pile up others behind it that nobody wants any more.
void JournalModel::read(Want want) {
    m_isReading = true;
    change::JournalQuery query = m_query;
    if (want == Want::Newest) {
        m_wantsNewest = false;
        query.limit = m_wasRead ? std::clamp(m_entries.size(), kPage, kMostAgain) : kPage;
    } else {
        m_wantsMore = false;
        query.limit = kPage;
        query.before = m_entries.empty() ? 0 : m_entries.back().line;
    }
    m_journal.read(std::move(query), [self = QPointer<JournalModel>(this), turn = std::weak_ptr<int>(m_turn),
                                      want](base::Result<std::vector<change::JournalEntry>> page) {
        if (!self)
            return;
        if (!turn.expired()) {
            if (page)
                self->take(want, *std::move(page));
            else
                self->takeProblem(std::move(page.error()));
        }
        // Only now: a view that hears of new lines asks for more at once, and must not ask behind the old ones.
        self->m_isReading = false;
        if (self->m_wantsNewest)
            self->read(Want::Newest);
        else if (self->m_wantsMore && self->canFetchMore({}))
            self->read(Want::More);
        emit self->readChanged();
    });
}

void JournalModel::take(Want want, std::vector<change::JournalEntry> page) {
    m_problem.reset();
    const bool isFirst = !std::exchange(m_wasRead, true);
    if (isFirst)
        takeFirst(std::move(page));
    else if (want == Want::Newest)
        takeNewest(std::move(page));
    else
        takeMore(std::move(page));
}

void JournalModel::takeProblem(base::Error problem) {
    m_problem = std::move(problem);
    m_wantsMore = false;
    if (m_wasRead || m_entries.empty())
        return;
    // Lines of the former query are no answer to this one.
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

void JournalModel::takeFirst(std::vector<change::JournalEntry> page) {
    beginResetModel();
    m_isComplete = page.size() < kPage;
    m_entries = std::move(page);
    endResetModel();
}

void JournalModel::takeNewest(std::vector<change::JournalEntry> page) {
    if (m_entries.empty()) {
        m_isComplete = page.size() < kPage;
        if (page.empty())
            return;
        beginInsertRows({}, 0, static_cast<int>(page.size()) - 1);
        m_entries = std::move(page);
        endInsertRows();
        return;
    }
    const auto isNewer = [](const change::JournalEntry& a, const change::JournalEntry& b) { return a.line > b.line; };
    // More came than was read: what lies between is not known, so the rest is read anew, too.
    if (page.size() >= kPage && isNewer(page.back(), m_entries.front())) {
        beginResetModel();
        m_entries = std::move(page);
        m_isComplete = false;
        endResetModel();
        return;
    }
    std::unordered_map<std::string, std::size_t> rows;
    for (std::size_t i = 0; i < m_entries.size() && i < 2 * kMostAgain; ++i)
        rows.emplace(keyOf(m_entries[i]), i);
    std::vector<change::JournalEntry> added;
    for (change::JournalEntry& entry : page) {
        const auto known = rows.find(keyOf(entry));
        if (known == rows.end()) {
            added.push_back(std::move(entry));
        } else if (!reads(m_entries[known->second], entry)) {
            m_entries[known->second] = std::move(entry);
            const int row = static_cast<int>(known->second);
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
    if (added.empty())
        return;
    // A line that matches only now belongs further down; such lines come in where they belong.
    for (std::size_t i = 0; i < added.size();) {
        const auto at = std::lower_bound(m_entries.begin(), m_entries.end(), added[i], isNewer);
        std::size_t end = i + 1;
        while (end < added.size() && (at == m_entries.end() || isNewer(added[end], *at)))
            ++end;
        const int row = static_cast<int>(at - m_entries.begin());
        beginInsertRows({}, row, row + static_cast<int>(end - i) - 1);
        m_entries.insert(at, std::make_move_iterator(added.begin() + static_cast<std::ptrdiff_t>(i)),
                         std::make_move_iterator(added.begin() + static_cast<std::ptrdiff_t>(end)));
        endInsertRows();
        i = end;
    }
}

void JournalModel::takeMore(std::vector<change::JournalEntry> page) {
    m_isComplete = page.size() < kPage;
    if (page.empty())
        return;
    const int first = static_cast<int>(m_entries.size());
    beginInsertRows({}, first, first + static_cast<int>(page.size()) - 1);
    m_entries.insert(m_entries.end(), std::make_move_iterator(page.begin()), std::make_move_iterator(page.end()));
    endInsertRows();
}

std::vector<const change::JournalEntry*> JournalModel::entriesOf(const std::string& set) const {
    std::vector<const change::JournalEntry*> found;
    for (const change::JournalEntry& entry : m_entries) {
        if (entry.set == set)
            found.push_back(&entry);
    }
    return found;
}

int JournalModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int JournalModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

Cell JournalModel::cellAt(const change::JournalEntry& entry, int column) const {
    Cell cell;
    switch (column) {
    case Time:
        cell.text = entryTimeText(entry);
        cell.ink = Ink::Muted;
        cell.hue = static_cast<std::int8_t>(m_hueOf(entry));
        if (cell.hue < 0)
            cell.hue = kBandRoom;
        break;
    case Cluster:
        cell.text = QString::fromStdString(entry.cluster);
        break;
    case Who:
        cell.text = QString::fromStdString(entry.person);
        cell.ink = Ink::Muted;
        break;
    case Act:
        cell.text = verbText(entry);
        break;
    case Object:
        cell.text = QString::fromStdString(change::toString(entry.object));
        break;
    case Result:
        return outcomeCell(entry);
    case Title:
        cell.text = QString::fromStdString(entry.title);
        cell.elide = CellElide::End;
        break;
    default:
        break;
    }
    return cell;
}

QVariant JournalModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const change::JournalEntry& entry = entryAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellAt(entry, index.column()).text;
    case CellRole:
        return QVariant::fromValue(cellAt(entry, index.column()));
    case Qt::ToolTipRole:
        return tipOf(entry, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Cluster:
        return tr("Cluster");
    case Who:
        return tr("Who");
    case Act:
        return tr("Act");
    case Object:
        return tr("Object");
    case Result:
        return tr("Result");
    case Title:
        return tr("Change", "the change that a line of the journal belongs to");
    default:
        return {};
    }
}

} // namespace ui
