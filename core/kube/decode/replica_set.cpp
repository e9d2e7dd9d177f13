// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum ReplicaSetField : std::uint16_t { Desired, Current, Ready, Containers, Images, Selector };

struct ReplicaSetFacts {
    MetaFacts meta;
    std::int64_t desired = 1;
    std::int64_t current = 0;
    std::int64_t ready = 0;
    SelectorFacts selector;
    TemplateFacts podTemplate;
    std::vector<ConditionFacts> conditions;

    void clear() {
        meta.clear();
        desired = 1;
        current = ready = 0;
        selector.clear();
        podTemplate.clear();
        conditions.clear();
    }
};

template <typename Value>
void readObject(Value& object, ReplicaSetFacts& facts) {
    readUsual(
        object, facts,
        [&facts](auto& spec) {
            spec.fields([&facts](auto& field) {
                if (field.is("replicas", 1))
                    facts.desired = field.integer();
                else if (field.is("selector", 2))
                    readSelector(field, facts.selector);
                else if (field.is("template", 3))
                    readTemplate(field, facts.podTemplate);
            });
        },
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("replicas", 1))
                    facts.current = field.integer();
                else if (field.is("readyReplicas", 4))
                    facts.ready = field.integer();
                else if (field.is("conditions", 6))
                    field.each([&facts](auto& item) { readCondition(item, 4, facts.conditions); });
            });
        });
}

ObjectState stateOf(const ReplicaSetFacts& facts) {
    if (isTrue(facts.conditions, "ReplicaFailure"))
        return ObjectState::Broken;
    if (facts.desired == 0 && facts.current == 0)
        return ObjectState::None; // An old revision, kept for rollbacks.
    return facts.ready == facts.desired ? ObjectState::Good : ObjectState::Attention;
}

void printRow(ReplicaSetFacts& facts, const Printer& out) {
    out.setState(stateOf(facts));
    out.batch.setNumber(Desired, facts.desired);
    out.batch.setNumber(Current, facts.current);
    out.batch.setNumber(Ready, facts.ready);
    out.batch.setText(Containers, facts.podTemplate.names);
    out.batch.setText(Images, facts.podTemplate.images);
    facts.selector.print(out.scratch, "<none>", "<error>");
    out.batch.setText(Selector, out.scratch);
}

} // namespace

TypedKind replicaSetKind() {
    return {
        "apps",
        "v1",
        "replicasets",
        {{"desired", FieldType::Number},
         {"current", FieldType::Number},
         {"ready", FieldType::Number},
         {"containers", FieldType::Text},
         {"images", FieldType::Text},
         {"selector", FieldType::Text}},
        {{{"Name", CellFormat::Text, SortKind::Text, kNameField},
          {"Desired", CellFormat::Number, SortKind::Number, Desired},
          {"Current", CellFormat::Number, SortKind::Number, Current},
          {"Ready", CellFormat::Number, SortKind::Number, Ready},
          {"Age", CellFormat::Age, SortKind::Time, kCreatedField},
          {"Containers", CellFormat::Text, SortKind::Text, Containers, 0, 1},
          {"Images", CellFormat::Text, SortKind::Text, Images, 0, 1},
          {"Selector", CellFormat::Text, SortKind::Text, Selector, 0, 1}}},
        ReaderOf<ReplicaSetFacts>::make,
    };
}

} // namespace kube::decode
