// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_section.h"

class QCheckBox;

namespace ui {

/// How much of it there is, and when: replicas, completions, a schedule, whether it is suspended.
class WorkloadSection : public FormSection {
    Q_OBJECT
public:
    WorkloadSection(FormText& text, QWidget* parent);

    /// Whether there is anything of that to the kind.
    [[nodiscard]] static bool fits(const std::string& kind);
    void read() override;

private:
    void addNumber(const QString& name, const char* objectName, kube::FieldSteps field);
    QCheckBox* m_suspended = nullptr;
};

} // namespace ui
