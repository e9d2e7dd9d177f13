// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/manifest/field_steps.h"
#include "core/kube/manifest/manifest.h"
#include "core/kube/manifest/value.h"
#include "core/kube/openapi/schema.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace kube::openapi {

/// What a server would not take.
enum class Fault {
    UnknownField, ///< `name` is no field there; `wanted` is the one that was perhaps meant, or empty.
    WrongType,    ///< `name` is what it is, `wanted` what it should be: "a number", "string".
    Missing,      ///< The field `name`.
    NoChoice,     ///< `name` is none of `wanted`: "Always, IfNotPresent, Never".
    BadForm,      ///< A text that is no `wanted`: "quantity", "time", "base64".
    OutOfRange,   ///< Does not fit into `wanted`: "int32".
};

struct Finding {
    Fault fault = Fault::UnknownField;
    FieldSteps path;       ///< Of the field; of the object that lacks one.
    manifest::Position at; ///< Of the unknown key, of the value that is wrong, of the object that lacks a field.
    std::string name;
    std::string wanted;
};

/// An English sentence: "spec.replica is no field of a Deployment: did you mean replicas?" Never quotes values that the
/// schema does not know.
[[nodiscard]] std::string toString(const Finding& finding);

/// What the schema has against an object, in the order of its fields. Finds what a server's strict field validation
/// finds, types, choices and fields that are missing; what kinds demand beyond their schema the server alone knows.
/// Pure; any thread.
[[nodiscard]] std::vector<Finding> validate(const Schema& schema, const manifest::Value& object);
/// The same for JSON, with places in that. Fails with BadInput where it is none.
[[nodiscard]] base::Result<std::vector<Finding>> validate(const Schema& schema, std::string_view json);

/// Null where nothing is known of the kind.
using SchemaOf = std::function<const Schema*(const std::string& apiVersion, const std::string& kind)>;

/// A text of one or many objects and all that speaks against it. Lines are those of the text.
struct Lint {
    Manifests read;
    std::vector<Finding> findings;
};
[[nodiscard]] Lint lint(std::string_view text, std::string_view file, const SchemaOf& schemaOf);

} // namespace kube::openapi
