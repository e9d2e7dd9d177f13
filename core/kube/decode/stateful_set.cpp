// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum StatefulSetField : std::uint16_t { Ready, Containers, Images, Desired, ReadyCount };

struct StatefulSetFacts {
    MetaFacts meta;
    ReplicatedSpec spec;
    std::int64_t ready = 0;
    std::int64_t replicas = 0;

    void clear() {
        meta.clear();
        spec.clear();
        ready = replicas = 0;
    }
};

template <typename Value>
void readObject(Value& object, StatefulSetFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readReplicatedSpec(spec, facts.spec); },
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("replicas", 2))
                    facts.replicas = field.integer();
                else if (field.is("readyReplicas", 3))
                    facts.ready = field.integer();
            });
        });
}

ObjectState stateOf(const StatefulSetFacts& facts) {
    if (facts.ready >= facts.spec.replicas)
        return ObjectState::Good;
    return facts.replicas == 0 ? ObjectState::Pending : ObjectState::Attention;
}

void printRow(StatefulSetFacts& facts, const Printer& out) {
    out.setState(stateOf(facts));
    out.batch.setText(Ready, out.ratio(facts.ready, facts.spec.replicas));
    out.batch.setText(Containers, facts.spec.podTemplate.names);
    out.batch.setText(Images, facts.spec.podTemplate.images);
    out.batch.setNumber(Desired, facts.spec.replicas);
    out.batch.setNumber(ReadyCount, facts.ready);
}

} // namespace

TypedKind statefulSetKind() {
    return {
        "apps",
        "v1",
        "statefulsets",
        {{"ready", FieldType::Text},
         {"containers", FieldType::Text},
         {"images", FieldType::Text},
         {"desired", FieldType::Number},
         {"ready-count", FieldType::Number}},
        {{kNameColumn,
          {"Ready", CellFormat::Text, SortKind::Ratio, Ready},
          kAgeColumn,
          wideColumn("Containers", Containers),
          wideColumn("Images", Images)}},
        ReaderOf<StatefulSetFacts>::make,
    };
}

} // namespace kube::decode
