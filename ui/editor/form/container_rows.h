// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_rows.h"

class QCheckBox;

namespace ui {

/// A port that a container says it listens on.
class PortRow : public FormRow {
    Q_OBJECT
public:
    PortRow(FormText& text, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    kube::FieldSteps m_item;
    FormLine* m_number;
    FormChoice* m_protocol;
    FormLine* m_name;
};

/// A ConfigMap or Secret whose keys all become variables.
class EnvFromRow : public FormRow {
    Q_OBJECT
public:
    EnvFromRow(FormText& text, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    [[nodiscard]] const char* ref() const;
    void take(const std::string& ref);

    kube::FieldSteps m_item;
    QComboBox* m_source;
    FormLine* m_name;
    FormLine* m_prefix;
};

/// Where a volume of the pod is in a container.
class MountRow : public FormRow {
    Q_OBJECT
public:
    MountRow(FormText& text, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    void take(bool isReadOnly);

    kube::FieldSteps m_item;
    FormLine* m_volume;
    FormLine* m_path;
    FormLine* m_within;
    QCheckBox* m_readOnly;
};

} // namespace ui
