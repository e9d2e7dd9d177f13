// SPDX-License-Identifier: GPL-3.0-or-later
// The form beside the editor's text; see form/form_panel.h for the form itself.
#include "ui/editor/editor_page.h"
#include "ui/editor/form/form_panel.h"
#include "ui/editor/yaml_editor.h"

#include <QPushButton>
#include <QSignalBlocker>

namespace ui {

void EditorPage::setUpForm() {
    m_form->hide();
    m_formToggle->setObjectName(QStringLiteral("editorFormToggle"));
    m_formToggle->setCheckable(true);
    m_formToggle->setToolTip(tr("A form beside the YAML, for workloads and autoscalers"));
    connect(m_formToggle, &QPushButton::toggled, this, &EditorPage::setFormShown);
    connect(m_form, &FormPanel::edited, this, [this](const QString& text) {
        if (!m_editor->isReadOnly())
            m_editor->changeTo(text);
    });
}

void EditorPage::setFormShown(bool isShown) {
    const QSignalBlocker quiet(m_formToggle);
    m_formToggle->setChecked(isShown);
    m_form->setVisible(isShown);
    readForm();
}

void EditorPage::readForm() {
    // What is not looked at costs nothing.
    if (!m_form->isHidden() && !m_editor->isReadOnly())
        m_form->setText(m_editor->text());
}

} // namespace ui
