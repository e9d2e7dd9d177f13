// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/columns_dialog.h"

#include "ui/browser/object_table.h"
#include "ui/browser/object_table_model.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

ColumnsDialog::ColumnsDialog(const ObjectTableModel& model, ObjectTable& table, QWidget* parent)
    : QDialog(parent)
    , m_model(model)
    , m_table(table)
    , m_list(new QListWidget(this)) {
    setObjectName(QStringLiteral("columnsDialog"));
    setWindowTitle(tr("Columns"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setObjectName(QStringLiteral("columnsList"));
    m_list->setAccessibleName(tr("Columns"));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    fill(m_table.shownColumns());

    auto* up = new QPushButton(tr("Move up"), this);
    auto* down = new QPushButton(tr("Move down"), this);
    up->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Up));
    down->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Down));
    connect(up, &QPushButton::clicked, this, [this] { move(-1); });
    connect(down, &QPushButton::clicked, this, [this] { move(1); });
    auto* buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::Reset, this);
    connect(buttons, &QDialogButtonBox::accepted, this, &ColumnsDialog::apply);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::Reset), &QPushButton::clicked, this, [this] {
        m_table.resetColumns();
        accept();
    });
    auto* moves = new QHBoxLayout;
    moves->addWidget(up);
    moves->addWidget(down);
    moves->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(new QLabel(tr("Space shows or hides a column; drag or move to order."), this));
    layout->addWidget(m_list, 1);
    layout->addLayout(moves);
    layout->addWidget(buttons);
    resize(380, 460);
}

// Those shown first, in their order; then the others as the server has them.
void ColumnsDialog::fill(const std::vector<std::string>& shown) {
    const auto add = [this](const std::string& id, Qt::CheckState state) {
        const auto& column = m_model.columns()[static_cast<std::size_t>(m_model.columnIndex(id))];
        auto* item = new QListWidgetItem(column.title, m_list);
        item->setData(Qt::UserRole, QString::fromStdString(id));
        item->setToolTip(column.help);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsDragEnabled);
        item->setCheckState(state);
    };
    for (const std::string& id : shown)
        add(id, Qt::Checked);
    for (const ObjectTableModel::Column& column : m_model.columns()) {
        if (std::find(shown.begin(), shown.end(), column.id) == shown.end())
            add(column.id, Qt::Unchecked);
    }
    m_list->setCurrentRow(0);
}

void ColumnsDialog::move(int step) {
    const int from = m_list->currentRow();
    const int to = from + step;
    if (from < 0 || to < 0 || to >= m_list->count())
        return;
    m_list->insertItem(to, m_list->takeItem(from));
    m_list->setCurrentRow(to);
}

void ColumnsDialog::apply() {
    std::vector<std::string> ids;
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->checkState() == Qt::Checked)
            ids.push_back(m_list->item(row)->data(Qt::UserRole).toString().toStdString());
    }
    m_table.setShownColumns(ids);
    accept();
}

} // namespace ui
