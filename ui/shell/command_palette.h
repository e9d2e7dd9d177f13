// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/cell.h"
#include "ui/shell/page.h"

#include <QAbstractTableModel>
#include <QDialog>

#include <functional>
#include <vector>

class QLineEdit;

namespace ui {

class TableView;

/// One thing the palette can do.
struct PaletteEntry {
    QString group; ///< "Kind", muted on the left.
    QString text;
    QString hint; ///< Muted on the right: keys, short names.
    int hue = -1;
    std::function<void()> run;
};

/// What fits the words typed, best first; everything in its own order while nothing is typed.
class PaletteModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Group, Text, Hint, ColumnCount };

    explicit PaletteModel(std::vector<PaletteEntry> entries, QObject* parent = nullptr);
    void setTyped(const QString& typed);
    [[nodiscard]] const PaletteEntry& entry(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<PaletteEntry> m_entries;
    std::vector<std::size_t> m_shown;
};

/// Ctrl+K: pages, kinds, clusters, namespaces and actions by a few letters of their names.
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent);

private:
    void choose(const QModelIndex& index);

    PaletteModel* m_model;
    QLineEdit* m_search;
    TableView* m_view;
};

/// Pages, kinds, clusters, namespaces, and the actions that can be reached now.
std::vector<PaletteEntry> paletteEntries(const PageContext& context);

} // namespace ui
