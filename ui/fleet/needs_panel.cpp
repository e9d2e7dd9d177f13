// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/needs_panel.h"

#include "ui/base/table_view.h"
#include "ui/base/theme.h"

#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

NeedsPanel::NeedsPanel(QWidget* parent)
    : QFrame(parent)
    , m_model(makeNeedModel(this))
    , m_content(new QStackedWidget(this))
    , m_view(new TableView(this))
    , m_nothing(new QLabel(this)) {
    setProperty("panel", true);
    setObjectName(QStringLiteral("needs"));
    auto* title = new QLabel(tr("What needs you"), this);
    title->setFont(strongFont());
    setAccessibleName(title->text());
    m_view->setObjectName(QStringLiteral("needsTable"));
    m_view->setAccessibleName(title->text());
    m_view->setModel(m_model);
    m_view->horizontalHeader()->hide();
    m_view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_view->setColumnWidth(1, m_model->columns()[1].width);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_nothing->setProperty("ink", QStringLiteral("muted"));
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_content->addWidget(m_view);
    m_content->addWidget(m_nothing);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_content, 1);
    connect(m_view, &TableView::opened, this,
            [this](const QModelIndex& index) { emit opened(m_model->rowAt(index.row()).need); });
}

void NeedsPanel::setNeeds(const std::vector<Need>& needs, bool anyConnected, std::int64_t nowMs) {
    std::vector<NeedRow> rows;
    rows.reserve(needs.size());
    for (const Need& need : needs)
        rows.push_back({need, std::max(need.sinceMs, nowMs / 60'000 * 60'000)});
    m_model->setRows(std::move(rows));
    m_nothing->setText(anyConnected ? tr("Nothing right now.") : tr("Connect a cluster to see what needs you there."));
    m_content->setCurrentWidget(needs.empty() ? static_cast<QWidget*>(m_nothing) : m_view);
}

} // namespace ui
