// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

/// Asks for the name of a key. Deletes itself.
class KeyDialog : public QDialog {
    Q_OBJECT
public:
    /// What is wrong with a name; empty: nothing.
    using Problem = std::function<QString(const QString& key)>;
    KeyDialog(const QString& title, const QString& key, Problem problem, QWidget* parent);

signals:
    void chosen(const QString& key);

private:
    void read();

    Problem m_problem;
    QLineEdit* m_line;
    QLabel* m_note;
    QPushButton* m_go;
};

} // namespace ui
