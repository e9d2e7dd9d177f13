// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/affinity_rows.h"

namespace ui {

/// A constraint on how evenly pods are spread.
class SpreadRow : public RuleRow {
    Q_OBJECT
public:
    SpreadRow(FormText& text, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    kube::FieldSteps m_item;
    FormLine* m_selector;
    FormLine* m_topology;
    FormLine* m_skew;
    FormChoice* m_otherwise;
    FormLine* m_domains;
};

} // namespace ui
