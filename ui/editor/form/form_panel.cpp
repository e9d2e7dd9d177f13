// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/form_panel.h"

#include "ui/editor/form/autoscaler_section.h"
#include "ui/editor/form/containers_section.h"
#include "ui/editor/form/scheduling_section.h"
#include "ui/editor/form/volumes_section.h"
#include "ui/editor/form/workload_section.h"

#include <QFrame>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ui {

FormPanel::FormPanel(QWidget* parent)
    : QWidget(parent)
    , m_scroll(new QScrollArea(this))
    , m_problem(new QLabel(this)) {
    setObjectName(QStringLiteral("editorForm"));
    m_problem->setObjectName(QStringLiteral("formProblem"));
    m_problem->setProperty("ink", QStringLiteral("attention"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(12, 0, 12, 0);
    m_problem->hide();
    m_scroll->setAccessibleName(tr("Form"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_problem);
    layout->addWidget(m_scroll, 1);
    setMinimumWidth(420);
    connect(&m_text, &FormText::changed, this, &FormPanel::readText);
    connect(&m_text, &FormText::edited, this, &FormPanel::edited);
    connect(&m_text, &FormText::refused, this, &FormPanel::say);
}

void FormPanel::setText(const QString& text) {
    // Another object comes: what was typed for the former and not written is gone.
    if (text.isEmpty())
        m_builtFor.clear();
    m_text.setText(text);
}

void FormPanel::say(const QString& text) {
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

void FormPanel::readText() {
    const bool isReadable = m_text.problem().isEmpty();
    if (isReadable && m_builtFor != m_text.kind())
        build();
    m_scroll->setEnabled(isReadable);
    say(m_text.problem());
    if (!isReadable)
        return;
    for (FormSection* section : m_sections)
        section->read();
}

void FormPanel::build() {
    m_builtFor = m_text.kind();
    m_sections.clear();
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(12, 0, 12, 12);
    layout->setSpacing(16);
    const auto add = [&](FormSection* section) {
        layout->addWidget(section);
        m_sections.push_back(section);
    };
    if (m_text.isAutoscaler()) {
        add(new AutoscalerSection(m_text, body));
    } else {
        if (WorkloadSection::fits(m_builtFor))
            add(new WorkloadSection(m_text, body));
        add(new ContainersSection(m_text, body));
        add(new VolumesSection(m_text, body));
        add(new SchedulingSection(m_text, body));
    }
    layout->addStretch(1);
    // Deletes what was there; its senders are no longer at work, as the kind is changed in the text alone.
    m_scroll->setWidget(body);
    body->setAutoFillBackground(false);
}

} // namespace ui
