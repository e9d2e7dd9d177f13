// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/remarks_panel.h"

#include "ui/base/marks.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

constexpr std::size_t kMost = 6;

} // namespace

RemarksPanel::RemarksPanel(QWidget* parent)
    : QFrame(parent)
    , m_layout(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("remarksPanel"));
    setProperty("panel", true);
    m_layout->setContentsMargins(12, 6, 12, 6);
    m_layout->setSpacing(4);
    hide();
}

void RemarksPanel::setRemarks(std::vector<Remark> remarks) {
    setVisible(!remarks.empty());
    if (remarks == m_remarks)
        return;
    m_remarks = std::move(remarks);
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto add = [this](const Remark& remark) {
        auto* row = new QWidget(this);
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        auto* mark = new QLabel(row);
        mark->setPixmap(markPixmap(*this, remark.mark));
        auto* text = new QLabel(remark.text, row);
        text->setObjectName(QStringLiteral("remark"));
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        layout->addWidget(mark, 0, Qt::AlignTop);
        layout->addWidget(text, 1);
        m_layout->addWidget(row);
    };
    for (std::size_t i = 0; i < m_remarks.size() && i < kMost; ++i)
        add(m_remarks[i]);
    if (m_remarks.size() > kMost)
        add({Mark::None, tr("and %Ln more", nullptr, static_cast<int>(m_remarks.size() - kMost))});
}

} // namespace ui
