// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/openapi/schema.h"

#include <algorithm>

namespace kube::openapi {

namespace {

/// Of each value of `list` in brackets.
std::string itemsText(const Schema& list) {
    return list.items == nullptr ? "list" : "list of " + list.items->typeName();
}

} // namespace

const Schema* Schema::field(std::string_view name) const {
    const auto at = std::lower_bound(fields.begin(), fields.end(), name,
                                     [](const Field& field, std::string_view wanted) { return field.name < wanted; });
    return at != fields.end() && at->name == name ? at->schema : nullptr;
}

bool Schema::needs(std::string_view name) const {
    return std::binary_search(required.begin(), required.end(), name);
}

std::string Schema::typeName() const {
    if (isQuantity)
        return "quantity";
    if (format == "int-or-string")
        return format;
    if (types == IsText)
        return format == "date-time" ? "time" : format == "byte" ? "base64" : "string";
    if (types == IsInteger)
        return "integer";
    if (types == IsNumber)
        return "number";
    if (types == IsBoolean)
        return "boolean";
    if (types == IsList)
        return itemsText(*this);
    if (types == IsObject)
        return values == nullptr ? "object" : "map of " + values->typeName();
    return "any";
}

std::vector<std::pair<std::string, std::string>> Document::kinds() const {
    std::vector<std::pair<std::string, std::string>> found;
    for (const Named& named : m_kinds) {
        // Lists and options of calls have no fields of an object of their own.
        if (named.schema->field("metadata") != nullptr && !named.kind.ends_with("List"))
            found.emplace_back(named.apiVersion, named.kind);
    }
    return found;
}

const Schema* Document::find(std::string_view group, std::string_view version, std::string_view kind) const {
    const std::string apiVersion =
        group.empty() ? std::string(version) : std::string(group) + '/' + std::string(version);
    const auto at = std::find_if(m_kinds.begin(), m_kinds.end(), [&](const Named& named) {
        return named.kind == kind && named.apiVersion == apiVersion;
    });
    return at == m_kinds.end() ? nullptr : at->schema;
}

} // namespace kube::openapi
