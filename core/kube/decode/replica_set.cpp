// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum ReplicaSetField : std::uint16_t { Desired, Current, Ready, Containers, Images, Selector };

struct ReplicaSetFacts {
    MetaFacts meta;
    ReplicatedSpec spec;
    std::int64_t current = 0;
    std::int64_t ready = 0;
    std::vector<ConditionFacts> conditions;

    void clear() {
        meta.clear();
        spec.clear();
        current = ready = 0;
        conditions.clear();
    }
};

template <typename Value>
void readObject(Value& object, ReplicaSetFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readReplicatedSpec(spec, facts.spec); },
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
    if (facts.spec.replicas == 0 && facts.current == 0)
        return ObjectState::None; // An old revision, kept for rollbacks.
    return facts.ready == facts.spec.replicas ? ObjectState::Good : ObjectState::Attention;
}

void printRow(ReplicaSetFacts& facts, const Printer& out) {
    out.setState(stateOf(facts));
    out.batch.setNumber(Desired, facts.spec.replicas);
    out.batch.setNumber(Current, facts.current);
    out.batch.setNumber(Ready, facts.ready);
    out.batch.setText(Containers, facts.spec.podTemplate.names);
    out.batch.setText(Images, facts.spec.podTemplate.images);
    facts.spec.selector.print(out.scratch, "<none>", "<error>");
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
        {{kNameColumn, numberColumn("Desired", Desired), numberColumn("Current", Current), numberColumn("Ready", Ready),
          kAgeColumn, wideColumn("Containers", Containers), wideColumn("Images", Images),
          wideColumn("Selector", Selector)}},
        ReaderOf<ReplicaSetFacts>::make,
    };
}

} // namespace kube::decode
