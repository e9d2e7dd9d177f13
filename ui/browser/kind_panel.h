// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>

class QLabel;
class QLineEdit;
class QListView;

namespace ui {

class KindModel;

/// The kinds on the left of the Browser, with a line to search in them.
class KindPanel : public QWidget {
    Q_OBJECT
public:
    explicit KindPanel(KindModel& model, QWidget* parent = nullptr);

    /// Marks the kind that is shown.
    void setCurrent(const std::string& resource);
    void focusSearch();

signals:
    void chosen(const QString& resource);
    void favouriteToggled(const QString& resource);
    /// Enter or Esc: the keyboard should go back to the table.
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose();
    void tellNone();
    void showMenu(const QPoint& at);

    KindModel& m_model;
    QLineEdit* m_search;
    QListView* m_list;
    QLabel* m_none; // Says why the list is empty.
    std::string m_current;
};

} // namespace ui
