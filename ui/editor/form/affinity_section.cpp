// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/affinity_section.h"

#include "ui/editor/form/affinity_rows.h"
#include "ui/editor/form/spread_row.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

constexpr const char* kRequired = "requiredDuringSchedulingIgnoredDuringExecution";
constexpr const char* kPreferred = "preferredDuringSchedulingIgnoredDuringExecution";

/// Rules mostly are about the pods themselves, so a new one selects these.
base::Result<void> selectOwnPods(const FormText& text, kube::YamlObject& object, const kube::FieldSteps& selector) {
    kube::FieldSteps labels = text.podSpec();
    labels.pop_back();
    labels = labels / "metadata" / "labels";
    const kube::FieldSteps owner = kube::FieldSteps{{"spec"}} / "selector" / "matchLabels";
    if (text.kind() != "Pod" && object.countAt(owner) > 0)
        labels = owner;
    for (const std::string& key : object.keysAt(labels)) {
        if (auto done = object.setText(selector / "matchLabels" / key, object.textAt(labels / key)); !done)
            return done;
    }
    return {};
}

} // namespace

AffinitySection::AffinitySection(FormText& text, QWidget* parent)
    : FormSection(text, {}, parent) {
    addAffinity(Among::Nodes, tr("Node affinity"));
    addAffinity(Among::NearPods, tr("Pod affinity"));
    addAffinity(Among::AwayFromPods, tr("Pod anti-affinity"));
    addSpread();
}

FormRows* AffinitySection::makeRows(FormRows::Shape shape, const kube::FieldSteps& list, const char* addName) {
    auto* rows = new FormRows(text(), std::move(shape), this);
    rows->setList(list, text().podSpec().size());
    rows->addButton().setObjectName(QLatin1String(addName));
    m_rows.push_back(rows);
    return rows;
}

void AffinitySection::addAffinity(Among among, const QString& name) {
    const bool isNodes = among == Among::Nodes;
    const char* field = isNodes ? "nodeAffinity" : among == Among::NearPods ? "podAffinity" : "podAntiAffinity";
    const kube::FieldSteps at = text().podSpec() / "affinity" / field;
    FormText& shown = text();
    const auto shape = [&](RuleForce force, const QString& add, const char* blank, const char* selector) {
        FormRows::Shape made{add, tr("Take this rule away"), blank, [&shown, force, isNodes](QWidget* row) -> FormRow* {
                                 if (isNodes)
                                     return new NodeRuleRow(shown, force, row);
                                 return new PodRuleRow(shown, force, row);
                             }};
        if (!isNodes)
            made.fill = [&shown, selector](kube::YamlObject& object, const kube::FieldSteps& item) {
                const bool isWrapped = *selector != '\0';
                return selectOwnPods(shown, object, (isWrapped ? item / selector : item) / "labelSelector");
            };
        return made;
    };
    FormRows* required = makeRows(shape(RuleForce::Required, tr("Add required", "a rule of scheduling"),
                                        isNodes ? "{}" : R"({"topologyKey":"kubernetes.io/hostname"})", ""),
                                  isNodes ? at / kRequired / "nodeSelectorTerms" : at / kRequired, "formAddRequired");
    FormRows* preferred =
        makeRows(shape(RuleForce::Preferred, tr("Add preferred", "a rule of scheduling"),
                       isNodes ? R"({"weight":50,"preference":{}})"
                               : R"({"weight":50,"podAffinityTerm":{"topologyKey":"kubernetes.io/hostname"}})",
                       "podAffinityTerm"),
                 at / kPreferred, "formAddPreferred");
    auto* rules = new QWidget(this);
    rules->setObjectName(QLatin1String("form-") + QLatin1String(field));
    auto* layout = new QVBoxLayout(rules);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(required);
    layout->addWidget(preferred);
    required->hide();
    preferred->hide();
    // One line for the buttons of both.
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(&required->addButton());
    buttons->addWidget(&preferred->addButton());
    buttons->addStretch(1);
    layout->addLayout(buttons);
    addRow(name, rules);
}

void AffinitySection::addSpread() {
    FormText& shown = text();
    FormRows* rows =
        makeRows({tr("Add spread"), tr("Take this rule away"),
                  R"({"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"ScheduleAnyway"})",
                  [&shown](QWidget* row) { return new SpreadRow(shown, row); },
                  [&shown](kube::YamlObject& object, const kube::FieldSteps& item) {
                      return selectOwnPods(shown, object, item / "labelSelector");
                  }},
                 text().podSpec() / "topologySpreadConstraints", "formAddSpread");
    addRow(tr("Spread"), rows);
}

void AffinitySection::read() {
    FormSection::read();
    for (FormRows* rows : m_rows) {
        rows->read();
        // Without rows it is nothing but space, if its button stands elsewhere.
        rows->setVisible(!rows->isEmpty() || rows->isAncestorOf(&rows->addButton()));
    }
}

} // namespace ui
