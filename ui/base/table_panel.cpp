// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/table_panel.h"

#include "ui/base/elided_label.h"
#include "ui/base/marks.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

TablePanel::TablePanel(TableView& table, QWidget* parent)
    : QWidget(parent)
    , m_table(&table)
    , m_notices(new QWidget(this))
    , m_noticeRows(new QVBoxLayout(m_notices))
    , m_blank(new QWidget(m_table))
    , m_title(new QLabel(m_blank))
    , m_advice(new QLabel(m_blank))
    , m_action(new QPushButton(m_blank)) {
    m_notices->setObjectName(QStringLiteral("notices"));
    m_noticeRows->setContentsMargins(Measure::cellPadding, Measure::step, Measure::cellPadding, Measure::step);
    m_noticeRows->setSpacing(2);
    m_notices->hide();

    m_title->setObjectName(QStringLiteral("blankTitle"));
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    m_title->setFont(titleFont());
    m_advice->setObjectName(QStringLiteral("blankAdvice"));
    m_advice->setAlignment(Qt::AlignCenter);
    m_advice->setWordWrap(true);
    m_action->setObjectName(QStringLiteral("blankAction"));
    connect(m_action, &QPushButton::clicked, this, &TablePanel::act);
    auto* blankLayout = new QVBoxLayout(m_blank);
    blankLayout->setContentsMargins(24, 24, 24, 24);
    blankLayout->addStretch(2);
    blankLayout->addWidget(m_title);
    blankLayout->addWidget(m_advice);
    blankLayout->addSpacing(Measure::step * 2);
    blankLayout->addWidget(m_action, 0, Qt::AlignHCenter);
    blankLayout->addStretch(3);
    m_blank->hide();

    // Beside the viewport, not in it, which moves its children when it scrolls.
    m_table->viewport()->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_notices);
    layout->addWidget(m_table);
    setFocusProxy(m_table);
}

void TablePanel::setState(const TableState& state) {
    m_face = state.face;
    showNotices(state.notices);
    m_blank->setVisible(state.face != TableFace::Rows);
    m_title->setText(state.title);
    m_advice->setText(state.advice);
    QPalette muted = m_advice->palette();
    muted.setColor(QPalette::WindowText, tokens().muted);
    m_advice->setPalette(muted);
    m_advice->setVisible(!state.advice.isEmpty());
    QString action;
    switch (state.face) {
    case TableFace::FilteredOut:
        action = tr("Clear the filter");
        break;
    case TableFace::Forbidden:
        action = tr("Copy a request for it", "button: copies a text that asks an administrator for a right");
        break;
    case TableFace::NoCluster:
        action = tr("Open the Fleet page");
        break;
    case TableFace::Failed:
        action = tr("Try again now");
        break;
    case TableFace::Empty:
        action = state.canWiden ? tr("Look into all namespaces") : QString();
        break;
    case TableFace::Rows:
    case TableFace::Loading:
    case TableFace::Unserved:
        break;
    }
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

bool TablePanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move)
        m_blank->setGeometry(m_table->viewport()->geometry());
    return QWidget::eventFilter(watched, event);
}

void TablePanel::act() {
    switch (m_face) {
    case TableFace::FilteredOut:
        emit clearFilterWanted();
        break;
    case TableFace::Forbidden:
        emit requestWanted();
        break;
    case TableFace::NoCluster:
        emit fleetWanted();
        break;
    case TableFace::Failed:
        emit retryWanted({});
        break;
    case TableFace::Empty:
        emit allNamespacesWanted();
        break;
    case TableFace::Rows:
    case TableFace::Loading:
    case TableFace::Unserved:
        break;
    }
    m_table->setFocus(Qt::OtherFocusReason);
}

void TablePanel::showNotices(const std::vector<TableNotice>& notices) {
    // Beyond a handful a sum says more.
    constexpr std::size_t kLines = 4;
    QString shown;
    for (const TableNotice& notice : notices)
        shown += notice.sentence + u'\n';
    if (shown == m_shownNotices)
        return;
    m_shownNotices = shown;
    qDeleteAll(m_notices->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    for (std::size_t i = 0; i < notices.size() && i < kLines; ++i) {
        const TableNotice& notice = notices[i];
        auto* line = new QWidget(m_notices);
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(Measure::step * 2);
        auto* mark = new QLabel(line);
        mark->setPixmap(markPixmap(*this, notice.mark));
        auto* text = new ElidedLabel(line);
        text->setText(notice.sentence);
        text->setObjectName(QStringLiteral("notice"));
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        text->setToolTip(notice.advice);
        layout->addWidget(mark);
        layout->addWidget(text, 1);
        if (notice.action != TableNotice::Action::None) {
            const bool retry = notice.action == TableNotice::Action::Retry;
            auto* button = new QPushButton(retry ? tr("Try again now") : tr("Copy a request"), line);
            button->setFlat(true);
            button->setProperty("link", true);
            button->setAccessibleDescription(notice.sentence);
            connect(button, &QPushButton::clicked, this, [this, retry, cluster = notice.cluster] {
                if (retry)
                    emit retryWanted(cluster);
                else
                    emit requestWanted();
            });
            layout->addWidget(button);
        }
        m_noticeRows->addWidget(line);
    }
    if (notices.size() > kLines) {
        auto* more =
            new QLabel(tr("%n more clusters have something to say", nullptr, int(notices.size() - kLines)), m_notices);
        m_noticeRows->addWidget(more);
    }
    m_notices->setVisible(!notices.empty());
}

} // namespace ui
