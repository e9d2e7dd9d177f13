// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/affinity_section.h"
#include "ui/editor/form/form_rows.h"

namespace ui {

/// A taint that pods bear.
class TolerationRow : public FormRow {
    Q_OBJECT
public:
    TolerationRow(FormText& text, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    kube::FieldSteps m_item;
    FormLine* m_key;
    FormChoice* m_operator;
    FormLine* m_value;
    FormChoice* m_effect;
    FormLine* m_seconds;
};

/// On which nodes pods may run.
class SchedulingSection : public FormSection {
    Q_OBJECT
public:
    SchedulingSection(FormText& text, QWidget* parent);

    void read() override;

private:
    FormRows* m_tolerations;
    AffinitySection* m_affinity;
};

} // namespace ui
