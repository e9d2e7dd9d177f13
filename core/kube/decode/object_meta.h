// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"
#include "core/kube/row_batch.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kube::decode {

/// A map of texts, in the order it came; sorted by sortByKey().
using Texts = std::vector<std::pair<std::string_view, std::string_view>>;

void sortByKey(Texts& texts);
/// "a=b,c=d" in the order of the whole entries, as labels.Set prints.
void appendJoined(std::string& out, Texts& texts);

/// What every object's metadata tells. Texts point into the input.
struct MetaFacts {
    std::string_view name;
    std::string_view ns;
    std::string_view uid;
    std::string_view resourceVersion;
    std::int64_t createdMs = 0;
    std::int64_t deletedMs = 0; ///< deletionTimestamp; not 0: being deleted.
    Texts labels;
    std::string_view ownerApiVersion;
    std::string_view ownerKind;
    std::string_view ownerName;
    std::string_view ownerUid;
    bool hasOwner = false;
    std::string_view betaStorageClass; ///< The annotation that old volumes and claims carry instead of a field.
    bool hasBetaStorageClass = false;
    bool initialEventsEnd = false; ///< The annotation of the bookmark that ends a watch's first state.

    void clear();
    [[nodiscard]] bool isLeaving() const { return deletedMs != 0; }
    [[nodiscard]] Uid rowUid() const { return Uid::fromText(uid, ns, name); }
};

/// Fills the current row's head: identity, time, labels, owner, and Leaving where it is being deleted.
void writeHead(MetaFacts& meta, RowBatch& batch, std::string& scratch);

template <typename Value>
void readMeta(Value& metadata, MetaFacts& meta) {
    metadata.fields([&meta](auto& field) {
        if (field.is("name", 1)) {
            meta.name = field.text();
        } else if (field.is("namespace", 3)) {
            meta.ns = field.text();
        } else if (field.is("uid", 5)) {
            meta.uid = field.text();
        } else if (field.is("resourceVersion", 6)) {
            meta.resourceVersion = field.text();
        } else if (field.is("creationTimestamp", 8)) {
            meta.createdMs = field.timeMs();
        } else if (field.is("deletionTimestamp", 9)) {
            meta.deletedMs = field.timeMs();
        } else if (field.is("labels", 11)) {
            field.texts(
                [&meta](std::string_view key, std::string_view value) { meta.labels.emplace_back(key, value); });
        } else if (field.is("annotations", 12)) {
            field.texts([&meta](std::string_view key, std::string_view value) {
                if (key == "volume.beta.kubernetes.io/storage-class") {
                    meta.betaStorageClass = value;
                    meta.hasBetaStorageClass = true;
                } else if (key == "k8s.io/initial-events-end") {
                    meta.initialEventsEnd = value == "true";
                }
            });
        } else if (field.is("ownerReferences", 13)) {
            field.each([&meta](auto& reference) {
                MetaFacts owner;
                bool controller = false;
                reference.fields([&](auto& part) {
                    if (part.is("kind", 1))
                        owner.ownerKind = part.text();
                    else if (part.is("name", 3))
                        owner.ownerName = part.text();
                    else if (part.is("uid", 4))
                        owner.ownerUid = part.text();
                    else if (part.is("apiVersion", 5))
                        owner.ownerApiVersion = part.text();
                    else if (part.is("controller", 6))
                        controller = part.boolean();
                });
                if (controller && !meta.hasOwner) {
                    meta.hasOwner = true;
                    meta.ownerKind = owner.ownerKind;
                    meta.ownerName = owner.ownerName;
                    meta.ownerUid = owner.ownerUid;
                    meta.ownerApiVersion = owner.ownerApiVersion;
                }
            });
        }
    });
}

} // namespace kube::decode
