// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

class Page;

/// Title, count in words, and the page's actions on the right.
class PageHead : public QWidget {
    Q_OBJECT
public:
    explicit PageHead(QWidget* parent = nullptr);
    void showPage(Page* page);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void readHeading();
    void readActions();

    Page* m_page = nullptr;
    QLabel* m_title;
    QLabel* m_subtitle;
    QHBoxLayout* m_buttons;
};

} // namespace ui
