// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum StatefulSetField : std::uint16_t { Ready, Containers, Images, Desired, ReadyCount };

struct StatefulSetFacts {
    MetaFacts meta;
    std::int64_t desired = 1;
    std::int64_t ready = 0;
    std::int64_t replicas = 0;
    TemplateFacts podTemplate;

    void clear() {
        meta.clear();
        desired = 1;
        ready = replicas = 0;
        podTemplate.clear();
    }
};

template <typename Value>
void readObject(Value& object, StatefulSetFacts& facts) {
    readUsual(
        object, facts,
        [&facts](auto& spec) {
            spec.fields([&facts](auto& field) {
                if (field.is("replicas", 1))
                    facts.desired = field.integer();
                else if (field.is("template", 3))
                    readTemplate(field, facts.podTemplate);
            });
        },
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
    if (facts.ready >= facts.desired)
        return ObjectState::Good;
    return facts.replicas == 0 ? ObjectState::Pending : ObjectState::Attention;
}

void printRow(StatefulSetFacts& facts, const Printer& out) {
    out.setState(stateOf(facts));
    out.batch.setText(Ready, out.ratio(facts.ready, facts.desired));
    out.batch.setText(Containers, facts.podTemplate.names);
    out.batch.setText(Images, facts.podTemplate.images);
    out.batch.setNumber(Desired, facts.desired);
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
        {{{"Name", CellFormat::Text, SortKind::Text, kNameField},
          {"Ready", CellFormat::Text, SortKind::Ratio, Ready},
          {"Age", CellFormat::Age, SortKind::Time, kCreatedField},
          {"Containers", CellFormat::Text, SortKind::Text, Containers, 0, 1},
          {"Images", CellFormat::Text, SortKind::Text, Images, 0, 1}}},
        ReaderOf<StatefulSetFacts>::make,
    };
}

} // namespace kube::decode
