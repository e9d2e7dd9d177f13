// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_text.h"

#include <QComboBox>

namespace ui {

/// One field of the text that takes one of some words. A word that is not among them is shown as well.
class FormChoice : public QComboBox {
    Q_OBJECT
public:
    FormChoice(FormText& text, const QString& name, QWidget* parent);

    /// An empty word takes the field away.
    void add(const QString& shown, const char* word) { addItem(shown, QString::fromLatin1(word)); }
    /// What a field means that is not there; without it an empty word has to be among them.
    void setUsual(const char* word) { m_usual = QString::fromLatin1(word); }
    void setField(kube::FieldSteps field, std::size_t kept);
    void readField();

protected:
    // The wheel scrolls the form.
    void wheelEvent(QWheelEvent* event) override;

private:
    FormText& m_text;
    kube::FieldSteps m_field;
    std::size_t m_kept = 0;
    QString m_usual;
};

} // namespace ui
