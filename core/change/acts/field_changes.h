// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/openapi/schema.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace change {

/// A step to a field that holds in every object of the kind: list items by what tells them apart, not by their place.
struct ChangeStep {
    std::string key = {};     ///< Of an object.
    nlohmann::json item = {}; ///< Of a list: the fields that tell the item apart, with their values; null: a key.
    /// What such fields mean in an item that does not say them; null: not known.
    nlohmann::json defaults = {};

    [[nodiscard]] bool isItem() const { return !item.is_null(); }
    bool operator==(const ChangeStep&) const = default;
};

struct FieldChange {
    std::vector<ChangeStep> path;
    std::optional<nlohmann::json> to = {}; ///< Nothing: the field, or the item, is taken away.
    /// The whole list is replaced, though managers share it or may do so: an apply would only add to it.
    bool isReplacement = false;
};

/// How managers share the parts of a kind: its schema, or else what stands in managedFields of an object.
struct Sharing {
    const kube::openapi::Schema* schema = nullptr;
    nlohmann::json fields = {}; ///< All managers' fieldsV1 in one; null: nobody's.
};

/// All managers' fields of an object.
[[nodiscard]] nlohmann::json managedFieldsOf(const nlohmann::json& object);

/// What leads from one object to the other. A field that is null counts as absent.
[[nodiscard]] std::vector<FieldChange> fieldChanges(const nlohmann::json& from, const nlohmann::json& to,
                                                    const Sharing& sharing);

/// Fields of a manager's apply with the values that they have in `object`, added to `body`.
void addOwned(nlohmann::json& body, const nlohmann::json& fields, const nlohmann::json& object);

/// Writes the change into an object, or a part of one: what is missing on the way is made.
void writeChange(nlohmann::json& object, const FieldChange& change);

/// JSON patch steps of the change for `object`, which is changed along: a test of what is replaced, then the step.
/// None where it is so already.
void addPatchSteps(nlohmann::json& object, const FieldChange& change, nlohmann::json& steps);

} // namespace change
