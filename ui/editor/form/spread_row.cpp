// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/spread_row.h"

#include "ui/editor/form/key_suggestions.h"

#include <QGridLayout>

#include <limits>

namespace ui {

SpreadRow::SpreadRow(FormText& text, QWidget* parent)
    : RuleRow(text, parent)
    , m_selector(makeLine(FormLine::Kind::Labels, tr("Labels of the pods"), "formSpreadPods"))
    , m_topology(makeLine(FormLine::Kind::Text, tr("Topology key"), "formSpreadTopology"))
    , m_skew(makeLine(FormLine::Kind::Number, tr("Max skew"), "formSpreadSkew"))
    , m_otherwise(makeChoice(tr("When it cannot be satisfied"), "formSpreadOtherwise"))
    , m_domains(makeLine(FormLine::Kind::Number, tr("Min domains"), "formSpreadDomains")) {
    m_skew->setRange(1, std::numeric_limits<int>::max());
    m_skew->setPlaceholderText(tr("max skew"));
    m_topology->setPlaceholderText(tr("topology key"));
    for (const char* word : {"DoNotSchedule", "ScheduleAnyway"})
        m_otherwise->add(QLatin1String(word), word);
    m_otherwise->setMinimumContentsLength(10);
    m_domains->setRange(1, std::numeric_limits<int>::max());
    m_domains->setPlaceholderText(tr("min domains"));
    setFirst(m_skew);
    setFirst(m_domains, 1);
    grid().addWidget(m_selector, 0, 1, 1, 2);
    grid().addWidget(new TopologyBox(*m_topology, this), 1, 1);
    grid().addWidget(m_otherwise, 1, 2);
    grid().setColumnStretch(1, 1);
}

void SpreadRow::setItem(const kube::FieldSteps& item) {
    if (item == m_item)
        return;
    m_item = item;
    m_selector->setField(item / "labelSelector", item.size());
    m_topology->setField(item / "topologyKey", item.size());
    m_skew->setField(item / "maxSkew", item.size());
    m_otherwise->setField(item / "whenUnsatisfiable", item.size());
    m_domains->setField(item / "minDomains", item.size());
}

void SpreadRow::read() {
    RuleRow::read();
    const kube::YamlObject& object = text().object();
    hintPods(*m_selector, object);
    // Servers take it with this alone.
    m_domains->setVisible(object.textAt(m_item / "whenUnsatisfiable") == "DoNotSchedule" ||
                          object.has(m_item / "minDomains"));
    tellOthers({{m_item, {"labelSelector", "topologyKey", "maxSkew", "whenUnsatisfiable", "minDomains"}}});
}

} // namespace ui
