// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/storage_facts.h"
#include "core/kube/decode/typed_kind.h"

namespace kube::decode {

namespace {

enum VolumeField : std::uint16_t {
    Capacity,
    Modes,
    ReclaimPolicy,
    Status,
    Claim,
    StorageClass,
    AttributesClass,
    Reason,
    VolumeMode,
};

struct VolumeFacts {
    MetaFacts meta;
    std::string_view capacity;
    AccessModes modes;
    std::string_view reclaimPolicy;
    std::string_view claimNs;
    std::string_view claimName;
    bool hasClaim = false;
    std::string_view storageClass;
    std::string_view attributesClass = "<unset>";
    std::string_view volumeMode = "<unset>";
    std::string_view phase;
    std::string_view reason;

    void clear() {
        meta.clear();
        capacity = reclaimPolicy = claimNs = claimName = storageClass = phase = reason = {};
        attributesClass = volumeMode = "<unset>";
        modes = {};
        hasClaim = false;
    }
};

template <typename Value>
void readSpec(Value& spec, VolumeFacts& facts) {
    spec.fields([&facts](auto& field) {
        if (field.is("capacity", 1)) {
            readStorage(field, facts.capacity);
        } else if (field.is("accessModes", 3)) {
            field.each([&facts](auto& item) { facts.modes.add(item.text()); });
        } else if (field.is("claimRef", 4)) {
            facts.hasClaim = true;
            field.fields([&facts](auto& part) {
                if (part.is("namespace", 2))
                    facts.claimNs = part.text();
                else if (part.is("name", 3))
                    facts.claimName = part.text();
            });
        } else if (field.is("persistentVolumeReclaimPolicy", 5)) {
            facts.reclaimPolicy = field.text();
        } else if (field.is("storageClassName", 6)) {
            facts.storageClass = field.text();
        } else if (field.is("volumeMode", 8)) {
            facts.volumeMode = field.text();
        } else if (field.is("volumeAttributesClassName", 10)) {
            facts.attributesClass = field.text();
        }
    });
}

template <typename Value>
void readObject(Value& object, VolumeFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readSpec(spec, facts); },
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("phase", 1))
                    facts.phase = field.text();
                else if (field.is("reason", 3))
                    facts.reason = field.text();
            });
        });
}

ObjectState stateOf(std::string_view phase) {
    if (phase == "Bound" || phase == "Available")
        return ObjectState::Good;
    if (phase == "Failed")
        return ObjectState::Broken;
    return phase == "Released" ? ObjectState::Attention : ObjectState::Pending;
}

void printRow(VolumeFacts& facts, const Printer& out) {
    out.setState(stateOf(facts.phase));
    out.batch.setText(Capacity, orElse(facts.capacity, "0"));
    facts.modes.print(out.scratch);
    out.batch.setText(Modes, out.scratch);
    out.batch.setText(ReclaimPolicy, facts.reclaimPolicy);
    out.batch.setText(Status, facts.meta.isLeaving() ? "Terminating" : facts.phase);
    out.scratch.clear();
    if (facts.hasClaim)
        out.scratch.append(facts.claimNs).append("/").append(facts.claimName);
    out.batch.setText(Claim, out.scratch);
    out.batch.setText(StorageClass, facts.meta.hasBetaStorageClass ? facts.meta.betaStorageClass : facts.storageClass);
    out.batch.setText(AttributesClass, facts.attributesClass);
    out.batch.setText(Reason, facts.reason);
    out.batch.setText(VolumeMode, facts.volumeMode);
}

} // namespace

TypedKind persistentVolumeKind() {
    return {
        "",
        "v1",
        "persistentvolumes",
        {{"capacity", FieldType::Text},
         {"access-modes", FieldType::Text},
         {"reclaim-policy", FieldType::Text},
         {"status", FieldType::Text},
         {"claim", FieldType::Text},
         {"storageclass", FieldType::Text},
         {"volumeattributesclass", FieldType::Text},
         {"reason", FieldType::Text},
         {"volumemode", FieldType::Text}},
        {{kNameColumn,
          {"Capacity", CellFormat::Text, SortKind::Quantity, Capacity},
          textColumn("Access Modes", Modes),
          textColumn("Reclaim Policy", ReclaimPolicy),
          textColumn("Status", Status),
          textColumn("Claim", Claim),
          textColumn("StorageClass", StorageClass),
          textColumn("VolumeAttributesClass", AttributesClass),
          textColumn("Reason", Reason),
          kAgeColumn,
          wideColumn("VolumeMode", VolumeMode)}},
        ReaderOf<VolumeFacts>::make,
    };
}

} // namespace kube::decode
