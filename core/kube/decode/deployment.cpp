// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum DeploymentField : std::uint16_t { Ready, UpToDate, Available, Containers, Images, Selector, Desired, ReadyCount };

struct DeploymentFacts {
    MetaFacts meta;
    std::int64_t desired = 1;
    std::int64_t replicas = 0;
    std::int64_t updated = 0;
    std::int64_t ready = 0;
    std::int64_t available = 0;
    SelectorFacts selector;
    TemplateFacts podTemplate;
    std::vector<ConditionFacts> conditions;

    void clear() {
        meta.clear();
        desired = 1;
        replicas = updated = ready = available = 0;
        selector.clear();
        podTemplate.clear();
        conditions.clear();
    }
};

template <typename Value>
void readSpec(Value& spec, DeploymentFacts& facts) {
    spec.fields([&facts](auto& field) {
        if (field.is("replicas", 1))
            facts.desired = field.integer();
        else if (field.is("selector", 2))
            readSelector(field, facts.selector);
        else if (field.is("template", 3))
            readTemplate(field, facts.podTemplate);
    });
}

template <typename Value>
void readStatus(Value& status, DeploymentFacts& facts) {
    status.fields([&facts](auto& field) {
        if (field.is("replicas", 2))
            facts.replicas = field.integer();
        else if (field.is("updatedReplicas", 3))
            facts.updated = field.integer();
        else if (field.is("availableReplicas", 4))
            facts.available = field.integer();
        else if (field.is("readyReplicas", 7))
            facts.ready = field.integer();
        else if (field.is("conditions", 6))
            field.each([&facts](auto& item) { readCondition(item, 4, facts.conditions); });
    });
}

template <typename Value>
void readObject(Value& object, DeploymentFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readSpec(spec, facts); },
        [&facts](auto& status) { readStatus(status, facts); });
}

ObjectState stateOf(const DeploymentFacts& facts) {
    const ConditionFacts* progressing = findCondition(facts.conditions, "Progressing");
    if (isTrue(facts.conditions, "ReplicaFailure") || (progressing != nullptr && progressing->status == "False"))
        return ObjectState::Broken;
    if (facts.ready >= facts.desired && facts.updated >= facts.desired)
        return ObjectState::Good;
    if (facts.desired > 0 && facts.available == 0)
        return facts.replicas == 0 ? ObjectState::Pending : ObjectState::Broken;
    return ObjectState::Attention;
}

void printRow(DeploymentFacts& facts, const Printer& out) {
    out.setState(stateOf(facts));
    out.batch.setText(Ready, out.ratio(facts.ready, facts.desired));
    out.batch.setNumber(UpToDate, facts.updated);
    out.batch.setNumber(Available, facts.available);
    out.batch.setText(Containers, facts.podTemplate.names);
    out.batch.setText(Images, facts.podTemplate.images);
    facts.selector.print(out.scratch, "", "<invalid>");
    out.batch.setText(Selector, out.scratch);
    out.batch.setNumber(Desired, facts.desired);
    out.batch.setNumber(ReadyCount, facts.ready);
}

} // namespace

TypedKind deploymentKind() {
    return {
        "apps",
        "v1",
        "deployments",
        {{"ready", FieldType::Text},
         {"up-to-date", FieldType::Number},
         {"available", FieldType::Number},
         {"containers", FieldType::Text},
         {"images", FieldType::Text},
         {"selector", FieldType::Text},
         {"desired", FieldType::Number},
         {"ready-count", FieldType::Number}},
        {{{"Name", CellFormat::Text, SortKind::Text, kNameField},
          {"Ready", CellFormat::Text, SortKind::Ratio, Ready},
          {"Up-to-date", CellFormat::Number, SortKind::Number, UpToDate},
          {"Available", CellFormat::Number, SortKind::Number, Available},
          {"Age", CellFormat::Age, SortKind::Time, kCreatedField},
          {"Containers", CellFormat::Text, SortKind::Text, Containers, 0, 1},
          {"Images", CellFormat::Text, SortKind::Text, Images, 0, 1},
          {"Selector", CellFormat::Text, SortKind::Text, Selector, 0, 1}}},
        ReaderOf<DeploymentFacts>::make,
    };
}

} // namespace kube::decode
