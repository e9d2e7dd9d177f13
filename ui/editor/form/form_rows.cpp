// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/form_rows.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

FormRow::FormRow(FormText& text, QWidget* parent)
    : FormSection(text, {}, parent) {
    grid().setColumnMinimumWidth(0, 0);
    grid().setColumnStretch(1, 0);
}

void FormRow::tellOthers(const std::vector<Shown>& places) {
    QStringList others;
    for (const Shown& place : places) {
        for (const std::string& key : text().object().keysAt(place.at)) {
            if (std::find(place.fields.begin(), place.fields.end(), key) == place.fields.end())
                others.append(QString::fromStdString(key));
        }
    }
    if (m_others == nullptr && !others.isEmpty()) {
        m_others = new QLabel(this);
        m_others->setObjectName(QStringLiteral("formOthers"));
        m_others->setProperty("ink", QStringLiteral("muted"));
        m_others->setTextFormat(Qt::PlainText);
        m_others->setWordWrap(true);
        grid().addWidget(m_others, grid().rowCount(), 0, 1, -1);
    }
    if (m_others == nullptr)
        return;
    m_others->setText(tr("In the YAML alone: %1", "names of fields").arg(others.join(QLatin1String(", "))));
    m_others->setVisible(!others.isEmpty());
}

FormRows::FormRows(FormText& text, Shape shape, QWidget* parent)
    : QWidget(parent)
    , m_text(text)
    , m_shape(std::move(shape))
    , m_layout(new QVBoxLayout(this))
    , m_add(new QPushButton(m_shape.add, this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    m_layout->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, &FormRows::addItem);
}

void FormRows::setList(kube::FieldSteps list, std::size_t kept) {
    m_list = std::move(list);
    m_kept = kept;
}

void FormRows::read() {
    const auto count = static_cast<std::size_t>(m_text.object().countAt(m_list));
    while (m_lines.size() > count) {
        // A row may be what sent the signal that led here.
        m_lines.back().holder->hide();
        m_lines.back().holder->deleteLater();
        m_lines.pop_back();
    }
    while (m_lines.size() < count)
        addLine();
    for (std::size_t i = 0; i < count; ++i) {
        m_lines[i].row->setItem(m_list / static_cast<int>(i));
        m_lines[i].row->read();
    }
}

void FormRows::addLine() {
    auto* holder = new QWidget(this);
    FormRow* row = m_shape.make(holder);
    auto* remove = new QToolButton(holder);
    remove->setText(QStringLiteral("✕"));
    remove->setAccessibleName(m_shape.remove);
    remove->setToolTip(m_shape.remove);
    remove->setObjectName(QStringLiteral("formRemove"));
    auto* layout = new QHBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(row, 1);
    layout->addWidget(remove, 0, Qt::AlignTop);
    connect(remove, &QToolButton::clicked, this, [this, holder] {
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if (m_lines[i].holder == holder) {
                removeItem(static_cast<int>(i));
                return;
            }
        }
    });
    m_layout->insertWidget(static_cast<int>(m_lines.size()), holder);
    m_lines.push_back({holder, row});
    holder->show();
}

void FormRows::removeItem(int index) {
    m_text.edit([&](kube::YamlObject& object) { return object.removeEmptied(m_list / index, m_kept); });
}

void FormRows::addItem() {
    const int count = m_text.object().countAt(m_list);
    const bool isDone = m_text.edit([&](kube::YamlObject& object) {
        const auto made = object.setJson(m_list / count, m_shape.blank);
        return made && m_shape.fill ? m_shape.fill(object, m_list / count) : made;
    });
    if (!isDone)
        return;
    if (auto* first = m_lines.empty() ? nullptr : m_lines.back().row->findChild<QLineEdit*>())
        first->setFocus(Qt::OtherFocusReason);
}

} // namespace ui
