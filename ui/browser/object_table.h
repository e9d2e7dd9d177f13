// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/table_view.h"
#include "ui/browser/object_table_model.h"

#include <QPersistentModelIndex>
#include <QStringList>

#include <string>
#include <vector>

namespace fleet {
class Settings;
}

namespace ui {

/// The table of objects: columns chosen, ordered and sized by the operator and remembered for each kind; marks by
/// Space; the row under the cursor keeps its place on the screen through every change; printed ages tick.
class ObjectTable : public TableView {
    Q_OBJECT
public:
    explicit ObjectTable(ObjectTableModel& model, QWidget* parent = nullptr);

    /// Whose columns are shown from the next columns on. `settings` may be null.
    void setKind(fleet::Settings* settings, const std::string& resource);

    /// Ids in the order shown.
    [[nodiscard]] std::vector<std::string> shownColumns() const;
    void setShownColumns(const std::vector<std::string>& ids);
    /// As the server has them.
    void resetColumns();

    void sortBy(const std::string& id, Qt::SortOrder order);
    /// The next state of a column: ascending, descending, natural.
    void cycleSort(int column);
    /// Sorts by the next or former column that is shown.
    void moveSort(int step);
    void reverseSort();

    /// Rows that an action is about: the marked ones, else the selected ones, from top to bottom.
    [[nodiscard]] std::vector<int> actionRows() const;
    /// Null if there is none.
    [[nodiscard]] ObjectKey currentKey() const;
    /// Moves the cursor to a row and shows it.
    void goTo(int row);
    /// The cursor moves because the model changes, not because somebody moves it.
    [[nodiscard]] bool isFollowing() const { return m_following; }
    /// Repaints ages that read differently now.
    void tick();

signals:
    /// The operator moved the cursor to another object.
    void cursorMoved();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void keyboardSearch(const QString& search) override;

private:
    void connectModel();
    void applyColumns();
    void sizeColumns();
    void giveNameTheRest();
    void saveColumns();
    void holdPlace();
    void restorePlace();
    void holdObjects();
    void restoreObjects();
    void toggleMark(bool range);

    ObjectTableModel& m_model;
    fleet::Settings* m_settings = nullptr;
    std::string m_resource;
    bool m_sized = false;     // Widths fit what stands in the columns.
    bool m_ownWidths = false; // The operator drew them.
    bool m_applying = false;
    bool m_following = false;
    /// Cursor and selection by object, from a reset until the rows are there again.
    struct HeldObjects {
        ObjectKey cursor;
        int cursorY = 0;
        std::vector<ObjectKey> selected;
    };
    HeldObjects m_held;
    QPersistentModelIndex m_anchor;
    int m_anchorY = 0;
    int m_cursorRow = -1;
    int m_markFrom = -1;
    std::vector<std::string> m_printed; // Ticking cells as last painted.
};

} // namespace ui
