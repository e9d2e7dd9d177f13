// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/field_steps.h"
#include "core/kube/openapi/schema.h"

#include <string>
#include <vector>

namespace kube::openapi {

/// The schema of a field, null where nothing is known of it. Pure; any thread.
[[nodiscard]] const Schema* schemaAt(const Schema& root, const FieldSteps& path);

/// Something to write at a place.
struct Completion {
    enum class Form {
        Value,  ///< All that there is to write.
        Field,  ///< A key, with a value behind it.
        Object, ///< A key, with fields below it.
        List,   ///< A key, with items below it.
    };
    std::string text;
    Form form = Form::Value;
    std::string type;        ///< "list of string"
    std::string description; ///< The field's documentation, may have several paragraphs.
    bool isRequired = false;
};

/// The fields that an object at `path` may have, the required ones first; nothing where it is no object, or one of
/// which nothing is known.
[[nodiscard]] std::vector<Completion> fieldsAt(const Schema& root, const FieldSteps& path);
/// What the field at `path` may be, where that can be listed.
[[nodiscard]] std::vector<Completion> valuesAt(const Schema& root, const FieldSteps& path);

} // namespace kube::openapi
