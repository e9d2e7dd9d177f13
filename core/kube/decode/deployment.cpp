// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum DeploymentField : std::uint16_t { Ready, UpToDate, Available, Containers, Images, Selector, Desired, ReadyCount };

struct DeploymentFacts {
    MetaFacts meta;
    ReplicatedSpec spec;
    std::int64_t replicas = 0;
    std::int64_t updated = 0;
    std::int64_t ready = 0;
    std::int64_t available = 0;
    std::vector<ConditionFacts> conditions;

    void clear() {
        meta.clear();
        spec.clear();
        replicas = updated = ready = available = 0;
        conditions.clear();
    }
};

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
        object, facts, [&facts](auto& spec) { readReplicatedSpec(spec, facts.spec); },
        [&facts](auto& status) { readStatus(status, facts); });
}

ObjectState stateOf(const DeploymentFacts& facts) {
    const ConditionFacts* progressing = findCondition(facts.conditions, "Progressing");
    if (isTrue(facts.conditions, "ReplicaFailure") || (progressing != nullptr && progressing->status == "False"))
        return ObjectState::Broken;
    if (facts.ready >= facts.spec.replicas && facts.updated >= facts.spec.replicas)
        return ObjectState::Good;
    if (facts.spec.replicas > 0 && facts.available == 0)
        return facts.replicas == 0 ? ObjectState::Pending : ObjectState::Broken;
    return ObjectState::Attention;
}

void printRow(DeploymentFacts& facts, const Printer& out) {
    out.setState(stateOf(facts));
    out.batch.setText(Ready, out.ratio(facts.ready, facts.spec.replicas));
    out.batch.setNumber(UpToDate, facts.updated);
    out.batch.setNumber(Available, facts.available);
    out.batch.setText(Containers, facts.spec.podTemplate.names);
    out.batch.setText(Images, facts.spec.podTemplate.images);
    facts.spec.selector.print(out.scratch, "", "<invalid>");
    out.batch.setText(Selector, out.scratch);
    out.batch.setNumber(Desired, facts.spec.replicas);
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
        {{kNameColumn,
          {"Ready", CellFormat::Text, SortKind::Ratio, Ready},
          numberColumn("Up-to-date", UpToDate),
          numberColumn("Available", Available),
          kAgeColumn,
          wideColumn("Containers", Containers),
          wideColumn("Images", Images),
          wideColumn("Selector", Selector)}},
        ReaderOf<DeploymentFacts>::make,
    };
}

} // namespace kube::decode
