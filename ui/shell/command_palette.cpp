// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include "ui/base/fuzzy.h"
#include "ui/base/popup_keys.h"
#include "ui/base/search_keys.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/destinations.h"

#include <QAction>
#include <QLineEdit>
#include <QPointer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kWidth = 620;
constexpr int kRows = 14;
constexpr std::size_t kMostShown = 200;

} // namespace

PaletteModel::PaletteModel(std::vector<PaletteEntry> entries, QObject* parent)
    : QAbstractTableModel(parent)
    , m_entries(std::move(entries)) {
    setTyped({});
}

void PaletteModel::setTyped(const QString& typed) {
    std::vector<std::pair<int, std::size_t>> fitting;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const PaletteEntry& entry = m_entries[i];
        const auto own = fuzzyScore(typed, entry.text);
        // The group and the short names may be typed as well, but a hit in the name counts more.
        const auto wide =
            fuzzyScore(typed, entry.group + QLatin1Char(' ') + entry.text + QLatin1Char(' ') + entry.hint);
        if (own || wide)
            fitting.emplace_back(std::max(own ? *own + 40 : -100'000, wide.value_or(-100'000)), i);
    }
    if (!typed.trimmed().isEmpty()) {
        std::stable_sort(fitting.begin(), fitting.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
    }
    beginResetModel();
    m_shown.clear();
    for (const auto& [score, index] : fitting) {
        if (m_shown.size() >= kMostShown)
            break;
        m_shown.push_back(index);
    }
    endResetModel();
}

const PaletteEntry& PaletteModel::entry(int row) const {
    return m_entries[m_shown[static_cast<std::size_t>(row)]];
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int PaletteModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || (role != Qt::DisplayRole && role != CellRole))
        return {};
    const PaletteEntry& shown = entry(index.row());
    Cell cell;
    switch (index.column()) {
    case Group:
        cell.text = shown.group;
        cell.ink = Ink::Muted;
        break;
    case Text:
        cell.text = shown.text;
        cell.hue = static_cast<std::int8_t>(shown.hue);
        break;
    case Hint:
        cell.text = shown.hint;
        cell.ink = Ink::Muted;
        cell.align = CellAlign::Right;
        break;
    default:
        break;
    }
    if (role == Qt::DisplayRole)
        return cell.text;
    return QVariant::fromValue(cell);
}

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint)
    , m_model(new PaletteModel(std::move(entries), this))
    , m_search(new QLineEdit(this))
    , m_view(new TableView(this)) {
    setObjectName(QStringLiteral("palette"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Command palette"));
    m_search->setObjectName(QStringLiteral("paletteSearch"));
    m_search->setPlaceholderText(tr("Page, kind, cluster, namespace or action"));
    m_search->setAccessibleName(tr("Page, kind, cluster, namespace or action"));
    m_search->setMinimumHeight(34);
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("What fits"));
    m_view->horizontalHeader()->hide();
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setColumnWidth(PaletteModel::Group, 110);
    m_view->setColumnWidth(PaletteModel::Text, 320);
    m_view->horizontalHeader()->setStretchLastSection(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(m_view, 1);
    resize(kWidth, 60 + kRows * Measure::row());
    if (parent) {
        move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 48)));
        new PopupKeys(this, parent->window());
    }
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& typed) {
        m_model->setTyped(typed);
        m_view->selectRow(0);
    });
    connect(m_view, &QTableView::clicked, this, &CommandPalette::choose);
    connect(new SearchKeys(m_search, m_view), &SearchKeys::entered, this, [this] { choose(m_view->currentIndex()); });
    m_view->selectRow(0);
    m_search->setFocus();
}

// The palette is gone before its choice runs: what runs may open a dialog or delete the window.
void CommandPalette::choose(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const std::function<void()> run = m_model->entry(index.row()).run;
    close();
    run();
}

std::vector<PaletteEntry> paletteEntries(const PageContext& context) {
    std::vector<PaletteEntry> entries;
    for (Destination& destination : collectDestinations(context)) {
        PaletteEntry entry;
        switch (destination.sort) {
        case Destination::Sort::Page:
            entry.group = CommandPalette::tr("Page");
            break;
        case Destination::Sort::Kind:
            entry.group = CommandPalette::tr("Kind");
            break;
        case Destination::Sort::Cluster:
            entry.group = CommandPalette::tr("Cluster");
            break;
        case Destination::Sort::Namespace:
            entry.group = CommandPalette::tr("Namespace");
            break;
        }
        entry.text = destination.text;
        entry.hint = destination.hint;
        entry.hue = destination.hue;
        entry.run = [&navigator = context.navigator, target = std::move(destination.target)] {
            navigator.open(target);
        };
        entries.push_back(std::move(entry));
    }
    for (QAction* action : context.actions.reachable()) {
        if (!action->isEnabled())
            continue;
        PaletteEntry entry;
        entry.group = CommandPalette::tr("Action");
        entry.text = plainText(*action);
        entry.hint = action->shortcut().toString(QKeySequence::NativeText);
        entry.run = [guarded = QPointer<QAction>(action)] {
            if (guarded)
                guarded->trigger();
        };
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace ui
