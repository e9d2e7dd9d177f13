// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/form_choice.h"

#include <QWheelEvent>

#include <utility>

namespace ui {

FormChoice::FormChoice(FormText& text, const QString& name, QWidget* parent)
    : QComboBox(parent)
    , m_text(text) {
    setAccessibleName(name);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(6);
    connect(this, &QComboBox::activated, this, [this](int index) {
        if (m_field.empty())
            return;
        const std::string word = itemData(index).toString().toStdString();
        m_text.edit([&](kube::YamlObject& object) {
            return word.empty() ? object.removeEmptied(m_field, m_kept) : object.setText(m_field, word);
        });
    });
}

void FormChoice::setField(kube::FieldSteps field, std::size_t kept) {
    m_field = std::move(field);
    m_kept = kept;
}

void FormChoice::readField() {
    const QString written = QString::fromStdString(m_text.object().textAt(m_field));
    const QString word = written.isEmpty() ? m_usual : written;
    int index = findData(word);
    if (index < 0) {
        addItem(word, word);
        index = count() - 1;
    }
    setCurrentIndex(index);
}

void FormChoice::wheelEvent(QWheelEvent* event) {
    event->ignore();
}

} // namespace ui
