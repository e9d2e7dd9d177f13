// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/affinity_rows.h"

#include "ui/editor/form/key_suggestions.h"

#include <QGridLayout>
#include <QLabel>

namespace ui {

namespace {

// Column 0 is the same width in all rules, so that the selectors stand below each other.
constexpr int kFirstWidth = 96;

} // namespace

RuleRow::RuleRow(FormText& text, QWidget* parent)
    : FormRow(text, parent) {}

void RuleRow::setFirst(QWidget* widget, int row) {
    widget->setFixedWidth(kFirstWidth);
    grid().addWidget(widget, row, 0);
}

FormLine* RuleRow::makeForce(RuleForce force) {
    if (force == RuleForce::Required) {
        auto* must = new QLabel(tr("must", "a rule of scheduling has to hold"), this);
        must->setProperty("ink", QStringLiteral("muted"));
        setFirst(must);
        return nullptr;
    }
    FormLine* weight = makeLine(FormLine::Kind::Number, tr("Weight"), "formRuleWeight");
    weight->setRange(1, 100);
    weight->setPlaceholderText(tr("weight"));
    setFirst(weight);
    return weight;
}

NodeRuleRow::NodeRuleRow(FormText& text, RuleForce force, QWidget* parent)
    : RuleRow(text, parent)
    , m_weight(makeForce(force))
    , m_selector(makeLine(FormLine::Kind::NodeTerm, tr("Labels of the node"), "formNodeRule")) {
    m_selector->setPlaceholderText(QStringLiteral("zone in (a,b), disk=ssd, !old, cores>4"));
    suggestNodeLabels(*m_selector);
    grid().addWidget(m_selector, 0, 1);
    grid().setColumnStretch(1, 1);
}

void NodeRuleRow::setItem(const kube::FieldSteps& item) {
    if (item == m_item)
        return;
    m_item = item;
    m_term = m_weight != nullptr ? item / "preference" : item;
    if (m_weight != nullptr)
        m_weight->setField(item / "weight", item.size());
    m_selector->setField(m_term, m_term.size());
}

void NodeRuleRow::read() {
    RuleRow::read();
    tellOthers({{m_term, {"matchExpressions"}}});
}

PodRuleRow::PodRuleRow(FormText& text, RuleForce force, QWidget* parent)
    : RuleRow(text, parent)
    , m_weight(makeForce(force))
    , m_selector(makeLine(FormLine::Kind::Labels, tr("Labels of the pods"), "formPodRule"))
    , m_topology(makeLine(FormLine::Kind::Text, tr("Topology key"), "formPodRuleTopology"))
    , m_namespaces(makeLine(FormLine::Kind::Words, tr("Namespaces of the other pods"), "formPodRuleNamespaces")) {
    m_topology->setPlaceholderText(tr("topology key"));
    m_namespaces->setPlaceholderText(tr("its own namespace", "of a pod"));
    grid().addWidget(m_selector, 0, 1, 1, 2);
    grid().addWidget(new TopologyBox(*m_topology, this), 1, 1);
    grid().addWidget(m_namespaces, 1, 2);
    grid().setColumnStretch(1, 3);
    grid().setColumnStretch(2, 2);
}

void PodRuleRow::setItem(const kube::FieldSteps& item) {
    if (item == m_item)
        return;
    m_item = item;
    m_term = m_weight != nullptr ? item / "podAffinityTerm" : item;
    if (m_weight != nullptr)
        m_weight->setField(item / "weight", item.size());
    m_selector->setField(m_term / "labelSelector", m_term.size());
    m_topology->setField(m_term / "topologyKey", m_term.size());
    m_namespaces->setField(m_term / "namespaces", m_term.size());
}

void PodRuleRow::read() {
    RuleRow::read();
    hintPods(*m_selector, text().object());
    tellOthers({{m_term, {"labelSelector", "topologyKey", "namespaces"}}});
}

void hintPods(FormLine& line, const kube::YamlObject& object) {
    if (!line.isBeyond())
        line.setPlaceholderText(object.has(line.field()) ? FormLine::tr("all pods")
                                                         : FormLine::tr("no pods: write app=web, tier in (a,b)"));
}

} // namespace ui
