// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace ui {

class TerminalView;

/// Searches in a terminal and its history: Enter goes to older hits, Shift+Enter to newer ones, Escape closes.
class TerminalFindBar : public QWidget {
    Q_OBJECT
public:
    explicit TerminalFindBar(TerminalView& view, QWidget* parent = nullptr);

    void open();
    void closeBar();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showCount();

    TerminalView& m_view;
    QLineEdit* m_line;
    QLabel* m_count;
};

} // namespace ui
