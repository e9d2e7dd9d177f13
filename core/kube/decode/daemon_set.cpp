// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum DaemonSetField : std::uint16_t {
    Desired,
    Current,
    Ready,
    UpToDate,
    Available,
    NodeSelector,
    Containers,
    Images,
    Selector,
};

struct DaemonSetFacts {
    MetaFacts meta;
    std::int64_t desired = 0;
    std::int64_t current = 0;
    std::int64_t ready = 0;
    std::int64_t updated = 0;
    std::int64_t available = 0;
    std::int64_t misscheduled = 0;
    SelectorFacts selector;
    TemplateFacts podTemplate;

    void clear() {
        meta.clear();
        desired = current = ready = updated = available = misscheduled = 0;
        selector.clear();
        podTemplate.clear();
    }
};

template <typename Value>
void readObject(Value& object, DaemonSetFacts& facts) {
    readUsual(
        object, facts,
        [&facts](auto& spec) {
            spec.fields([&facts](auto& field) {
                if (field.is("selector", 1))
                    readSelector(field, facts.selector);
                else if (field.is("template", 2))
                    readTemplate(field, facts.podTemplate);
            });
        },
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("currentNumberScheduled", 1))
                    facts.current = field.integer();
                else if (field.is("numberMisscheduled", 2))
                    facts.misscheduled = field.integer();
                else if (field.is("desiredNumberScheduled", 3))
                    facts.desired = field.integer();
                else if (field.is("numberReady", 4))
                    facts.ready = field.integer();
                else if (field.is("updatedNumberScheduled", 6))
                    facts.updated = field.integer();
                else if (field.is("numberAvailable", 7))
                    facts.available = field.integer();
            });
        });
}

ObjectState stateOf(const DaemonSetFacts& facts) {
    const bool complete = facts.ready >= facts.desired && facts.current >= facts.desired;
    return complete && facts.misscheduled == 0 ? ObjectState::Good : ObjectState::Attention;
}

void printRow(DaemonSetFacts& facts, const Printer& out) {
    out.setState(stateOf(facts));
    out.batch.setNumber(Desired, facts.desired);
    out.batch.setNumber(Current, facts.current);
    out.batch.setNumber(Ready, facts.ready);
    out.batch.setNumber(UpToDate, facts.updated);
    out.batch.setNumber(Available, facts.available);
    out.scratch.clear();
    appendJoined(out.scratch, facts.podTemplate.nodeSelector);
    out.batch.setText(NodeSelector, orElse(out.scratch, "<none>"));
    out.batch.setText(Containers, facts.podTemplate.names);
    out.batch.setText(Images, facts.podTemplate.images);
    facts.selector.print(out.scratch, "<none>", "<error>");
    out.batch.setText(Selector, out.scratch);
}

} // namespace

TypedKind daemonSetKind() {
    return {
        "apps",
        "v1",
        "daemonsets",
        {{"desired", FieldType::Number},
         {"current", FieldType::Number},
         {"ready", FieldType::Number},
         {"up-to-date", FieldType::Number},
         {"available", FieldType::Number},
         {"node-selector", FieldType::Text},
         {"containers", FieldType::Text},
         {"images", FieldType::Text},
         {"selector", FieldType::Text}},
        {{kNameColumn, numberColumn("Desired", Desired), numberColumn("Current", Current), numberColumn("Ready", Ready),
          numberColumn("Up-to-date", UpToDate), numberColumn("Available", Available),
          textColumn("Node Selector", NodeSelector), kAgeColumn, wideColumn("Containers", Containers),
          wideColumn("Images", Images), wideColumn("Selector", Selector)}},
        ReaderOf<DaemonSetFacts>::make,
    };
}

} // namespace kube::decode
