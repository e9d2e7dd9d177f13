// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/scheduling_section.h"

#include <QGridLayout>
#include <QPushButton>

namespace ui {

TolerationRow::TolerationRow(FormText& text, QWidget* parent)
    : FormRow(text, parent)
    , m_key(makeLine(FormLine::Kind::Text, tr("Key of the taint"), "formTolerationKey"))
    , m_operator(makeChoice(tr("How the taint is compared"), "formTolerationOperator"))
    , m_value(makeLine(FormLine::Kind::Text, tr("Value of the taint"), "formTolerationValue"))
    , m_effect(makeChoice(tr("Effect of the taint"), "formTolerationEffect"))
    , m_seconds(makeLine(FormLine::Kind::Number, tr("Seconds until eviction"), "formTolerationSeconds")) {
    m_key->setPlaceholderText(tr("any taint"));
    m_value->setPlaceholderText(tr("value"));
    m_seconds->setPlaceholderText(tr("for good", "a taint is borne"));
    m_operator->setUsual("Equal");
    m_operator->add(QStringLiteral("="), "Equal");
    m_operator->add(tr("exists", "a taint"), "Exists");
    m_effect->add(tr("any effect"), "");
    m_effect->setMinimumContentsLength(10);
    for (const char* effect : {"NoSchedule", "PreferNoSchedule", "NoExecute"})
        m_effect->add(QLatin1String(effect), effect);
    grid().addWidget(m_key, 0, 0);
    grid().addWidget(m_operator, 0, 1);
    grid().addWidget(m_value, 0, 2);
    grid().addWidget(m_effect, 1, 0);
    grid().addWidget(m_seconds, 1, 1, 1, 2);
    grid().setColumnStretch(0, 4);
    grid().setColumnStretch(1, 2);
    grid().setColumnStretch(2, 3);
}

void TolerationRow::setItem(const kube::FieldSteps& item) {
    if (item == m_item)
        return;
    m_item = item;
    m_key->setField(item / "key", item.size());
    m_operator->setField(item / "operator", item.size());
    m_value->setField(item / "value", item.size());
    m_effect->setField(item / "effect", item.size());
    m_seconds->setField(item / "tolerationSeconds", item.size());
}

void TolerationRow::read() {
    FormRow::read();
    const kube::YamlObject& object = text().object();
    // Only what is evicted can be evicted later.
    m_seconds->setVisible(object.textAt(m_item / "effect") == "NoExecute" || object.has(m_item / "tolerationSeconds"));
    m_value->setVisible(object.textAt(m_item / "operator") != "Exists" || object.has(m_item / "value"));
}

SchedulingSection::SchedulingSection(FormText& text, QWidget* parent)
    : FormSection(text, tr("Scheduling"), parent)
    , m_tolerations(new FormRows(text,
                                 {tr("Add toleration"), tr("Take this toleration away"),
                                  R"({"key":"","operator":"Exists","effect":"NoSchedule"})",
                                  [&text](QWidget* row) { return new TolerationRow(text, row); }},
                                 this))
    , m_affinity(new AffinitySection(text, this)) {
    const kube::FieldSteps pods = text.podSpec();
    FormLine* selector = addLine(FormLine::Kind::Pairs, tr("Node selector"), "formNodeSelector");
    selector->setPlaceholderText(QStringLiteral("disk=ssd zone=a"));
    selector->setField(pods / "nodeSelector", pods.size());
    addLine(FormLine::Kind::Text, tr("Service account"), "formServiceAccount")
        ->setField(pods / "serviceAccountName", pods.size());
    addLine(FormLine::Kind::Text, tr("Priority class"), "formPriority")
        ->setField(pods / "priorityClassName", pods.size());
    m_tolerations->addButton().setObjectName(QStringLiteral("formAddToleration"));
    m_tolerations->setList(pods / "tolerations", pods.size());
    addRow(tr("Tolerations"), m_tolerations);
    addWide(m_affinity);
}

void SchedulingSection::read() {
    FormSection::read();
    m_tolerations->read();
    m_affinity->read();
}

} // namespace ui
