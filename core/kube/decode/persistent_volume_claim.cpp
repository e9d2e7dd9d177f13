// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/storage_facts.h"
#include "core/kube/decode/typed_kind.h"

namespace kube::decode {

namespace {

enum ClaimField : std::uint16_t {
    Status,
    Volume,
    Capacity,
    Modes,
    StorageClass,
    AttributesClass,
    VolumeMode,
    Requested,
};

struct ClaimFacts {
    MetaFacts meta;
    std::string_view volume;
    std::string_view requested;
    std::string_view capacity;
    AccessModes modes;
    std::string_view storageClass;
    std::string_view attributesClass = "<unset>";
    std::string_view volumeMode = "<unset>";
    std::string_view phase;

    void clear() {
        meta.clear();
        volume = requested = capacity = storageClass = phase = {};
        attributesClass = volumeMode = "<unset>";
        modes = {};
    }
};

template <typename Value>
void readSpec(Value& spec, ClaimFacts& facts) {
    spec.fields([&facts](auto& field) {
        if (field.is("resources", 2)) {
            field.fields([&facts](auto& part) {
                if (part.is("requests", 2))
                    readStorage(part, facts.requested);
            });
        } else if (field.is("volumeName", 3)) {
            facts.volume = field.text();
        } else if (field.is("storageClassName", 5)) {
            facts.storageClass = field.text();
        } else if (field.is("volumeMode", 6)) {
            facts.volumeMode = field.text();
        } else if (field.is("volumeAttributesClassName", 9)) {
            facts.attributesClass = field.text();
        }
    });
}

template <typename Value>
void readObject(Value& object, ClaimFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readSpec(spec, facts); },
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("phase", 1))
                    facts.phase = field.text();
                else if (field.is("accessModes", 2))
                    field.each([&facts](auto& item) { facts.modes.add(item.text()); });
                else if (field.is("capacity", 3))
                    readStorage(field, facts.capacity);
            });
        });
}

ObjectState stateOf(std::string_view phase) {
    if (phase == "Bound")
        return ObjectState::Good;
    return phase == "Lost" ? ObjectState::Broken : ObjectState::Pending;
}

void printRow(ClaimFacts& facts, const Printer& out) {
    out.setState(stateOf(facts.phase));
    out.batch.setText(Status, facts.meta.isLeaving() ? "Terminating" : facts.phase);
    out.batch.setText(Volume, facts.volume);
    out.scratch.clear();
    if (!facts.volume.empty()) {
        facts.modes.print(out.scratch);
        out.batch.setText(Capacity, orElse(facts.capacity, "0"));
    }
    out.batch.setText(Modes, out.scratch);
    out.batch.setText(StorageClass, facts.meta.hasBetaStorageClass ? facts.meta.betaStorageClass : facts.storageClass);
    out.batch.setText(AttributesClass, facts.attributesClass);
    out.batch.setText(VolumeMode, facts.volumeMode);
    out.batch.setText(Requested, facts.requested);
}

} // namespace

TypedKind persistentVolumeClaimKind() {
    return {
        "",
        "v1",
        "persistentvolumeclaims",
        {{"status", FieldType::Text},
         {"volume", FieldType::Text},
         {"capacity", FieldType::Text},
         {"access-modes", FieldType::Text},
         {"storageclass", FieldType::Text},
         {"volumeattributesclass", FieldType::Text},
         {"volumemode", FieldType::Text},
         {"requested", FieldType::Text}},
        {{kNameColumn,
          textColumn("Status", Status),
          textColumn("Volume", Volume),
          {"Capacity", CellFormat::Text, SortKind::Quantity, Capacity},
          textColumn("Access Modes", Modes),
          textColumn("StorageClass", StorageClass),
          textColumn("VolumeAttributesClass", AttributesClass),
          kAgeColumn,
          wideColumn("VolumeMode", VolumeMode)}},
        ReaderOf<ClaimFacts>::make,
    };
}

} // namespace kube::decode
