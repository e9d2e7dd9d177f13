// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;
class QPushButton;

namespace ui {

class CommandLine;
class ScopeBar;
struct PageContext;

/// The top of the window: the program's menu behind its name, the scope, the filter or command line, Ctrl+K.
class TopBar : public QWidget {
    Q_OBJECT
public:
    TopBar(const PageContext& context, QWidget* parent = nullptr);

    [[nodiscard]] ScopeBar& scopeBar() const { return *m_scope; }
    [[nodiscard]] CommandLine& commandLine() const { return *m_line; }
    void setMenu(QMenu* menu);
    void dropMenu();

signals:
    void paletteAsked();

private:
    QPushButton* m_name;
    ScopeBar* m_scope;
    CommandLine* m_line;
};

} // namespace ui
