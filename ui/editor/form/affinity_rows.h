// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_rows.h"

namespace ui {

/// Whether a rule has to hold, or one node is better than another by its weight.
enum class RuleForce { Required, Preferred };

/// What rows with rules of scheduling have in common: a first column of one width.
class RuleRow : public FormRow {
    Q_OBJECT
public:
    RuleRow(FormText& text, QWidget* parent);

protected:
    void setFirst(QWidget* widget, int row = 0);
    /// A weight to be typed, or nothing: the word that the rule must hold then stands there.
    [[nodiscard]] FormLine* makeForce(RuleForce force);
};

/// A term of node affinity: which labels a node has.
class NodeRuleRow : public RuleRow {
    Q_OBJECT
public:
    NodeRuleRow(FormText& text, RuleForce force, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    kube::FieldSteps m_item;
    kube::FieldSteps m_term;
    FormLine* m_weight; ///< None where the rule must hold.
    FormLine* m_selector;
};

/// A term of pod affinity or anti-affinity: near which pods, or away from which.
class PodRuleRow : public RuleRow {
    Q_OBJECT
public:
    PodRuleRow(FormText& text, RuleForce force, QWidget* parent);

    void setItem(const kube::FieldSteps& item) override;
    void read() override;

private:
    kube::FieldSteps m_item;
    kube::FieldSteps m_term;
    FormLine* m_weight; ///< None where the rule must hold.
    FormLine* m_selector;
    FormLine* m_topology;
    FormLine* m_namespaces;
};

/// The placeholder of a label selector over pods: an empty one means all, none at all means none.
void hintPods(FormLine& line, const kube::YamlObject& object);

} // namespace ui
