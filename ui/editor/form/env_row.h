// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_rows.h"

class QComboBox;
class QLabel;

namespace ui {

/// A variable of a container: a value, or where it comes from.
class EnvRow : public FormRow {
    Q_OBJECT
public:
    EnvRow(FormText& text, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    enum class Source { Value, ConfigMap, Secret, Field, Other };
    [[nodiscard]] Source source() const;
    void take(Source source);
    void place();

    kube::FieldSteps m_item;
    Source m_shown = Source::Value;
    FormLine* m_name;
    QComboBox* m_source;
    FormLine* m_value;
    FormLine* m_object;
    FormLine* m_key;
    QWidget* m_ref;
    QLabel* m_other;
};

} // namespace ui
