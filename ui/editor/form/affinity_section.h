// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_rows.h"

#include <vector>

namespace ui {

/// Rules by labels: near which nodes and pods, and how pods are spread.
class AffinitySection : public FormSection {
    Q_OBJECT
public:
    AffinitySection(FormText& text, QWidget* parent);

    void read() override;

private:
    enum class Among { Nodes, NearPods, AwayFromPods };
    void addAffinity(Among among, const QString& name);
    void addSpread();
    FormRows* makeRows(FormRows::Shape shape, const kube::FieldSteps& list, const char* addName);

    std::vector<FormRows*> m_rows;
};

} // namespace ui
