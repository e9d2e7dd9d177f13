// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"

namespace kube::decode {

namespace {

enum NamespaceField : std::uint16_t { Status };

struct NamespaceFacts {
    MetaFacts meta;
    std::string_view phase;

    void clear() {
        meta.clear();
        phase = {};
    }
};

template <typename Value>
void readObject(Value& object, NamespaceFacts& facts) {
    readUsual(
        object, facts, [](auto&) {},
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("phase", 1))
                    facts.phase = field.text();
            });
        });
}

void printRow(NamespaceFacts& facts, const Printer& out) {
    out.setState(facts.phase == "Terminating" ? ObjectState::Leaving : ObjectState::Good);
    out.batch.setText(Status, facts.phase);
}

} // namespace

TypedKind namespaceKind() {
    return {
        "",
        "v1",
        "namespaces",
        {{"status", FieldType::Text}},
        {{kNameColumn, textColumn("Status", Status), kAgeColumn}},
        ReaderOf<NamespaceFacts>::make,
    };
}

} // namespace kube::decode
