// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_rows.h"

namespace ui {

/// A volume of a pod, and what is in it.
class VolumeRow : public FormRow {
    Q_OBJECT
public:
    VolumeRow(FormText& text, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    /// Which of the sources in the box is there; -1: none of them.
    [[nodiscard]] int source() const;
    void take(int source);

    kube::FieldSteps m_item;
    FormLine* m_name;
    QComboBox* m_source;
    FormLine* m_object;
};

class VolumesSection : public FormSection {
    Q_OBJECT
public:
    VolumesSection(FormText& text, QWidget* parent);

    void read() override;

private:
    FormRows* m_volumes;
};

} // namespace ui
