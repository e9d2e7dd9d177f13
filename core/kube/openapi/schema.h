// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kube::openapi {

/// How the items of a list are told apart when several managers write it (x-kubernetes-list-type).
enum class ListType : std::uint8_t {
    Unknown, ///< The schema does not say: for the server the list is one value.
    Atomic,
    Set, ///< By themselves.
    Map, ///< By the values of some of their fields.
};

/// Types that a value may have, as bits; none: any.
enum TypeBit : std::uint8_t {
    IsObject = 1,
    IsList = 2,
    IsText = 4,
    IsInteger = 8,
    IsNumber = 16,
    IsBoolean = 32,
};

/// What a server says of one value (https://spec.openapis.org/oas/v3.0.3#schema-object), with what Kubernetes adds.
/// Other schemas that it names are followed already. Lives as long as its Document.
struct Schema {
    struct Field {
        std::string name;
        const Schema* schema = nullptr;
    };

    std::string description;
    std::string format;                 ///< "int32", "int-or-string", "date-time", "byte"
    std::uint8_t types = 0;             ///< TypeBits
    std::vector<Field> fields;          ///< By name.
    std::vector<std::string> required;  ///< By name.
    const Schema* items = nullptr;      ///< Of a list; null: any.
    const Schema* values = nullptr;     ///< Of an object whose keys anybody chooses.
    std::vector<std::string> enumTexts; ///< All texts that there are; empty: any.
    std::string defaultJson;            ///< Empty: none.
    ListType listType = ListType::Unknown;
    std::vector<std::string> listKeys; ///< Of ListType::Map.
    bool isAtomic = false;             ///< An object that is one value for its managers (x-kubernetes-map-type).
    bool isOpen = false;               ///< Fields that are not named here are kept, too.
    bool isEmbedded = false;           ///< A whole object, with apiVersion, kind and metadata.
    bool isQuantity = false;           ///< "500m", "2Gi"
    bool isBuiltIn = false;            ///< Go's own type behind it, which takes null for absent and empty for unset.
    bool isDefaultZero = false;        ///< The default is what Go calls the type's zero value: it fills in nothing.

    [[nodiscard]] const Schema* field(std::string_view name) const;
    [[nodiscard]] bool needs(std::string_view name) const;
    /// "Object", "list of string", "int-or-string": for people.
    [[nodiscard]] std::string typeName() const;
};

/// The schemas of one group and version as a server publishes them. Immutable; any thread.
class Document {
public:
    /// Reads what /openapi/v3/... answers. Fails with BadResponse where that is no such document. Takes as long as some
    /// megabytes of JSON take: not for the home thread.
    [[nodiscard]] static base::Result<std::shared_ptr<const Document>> parse(std::string_view json);

    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;

    /// The schema of a kind, null if the document has none. `group` empty for the core group.
    [[nodiscard]] const Schema* find(std::string_view group, std::string_view version, std::string_view kind) const;
    /// "apps/v1", "Deployment" for each kind, without lists and options.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> kinds() const;

private:
    class Reader;
    Document() = default;

    struct Named {
        std::string apiVersion;
        std::string kind;
        const Schema* schema;
    };
    std::deque<Schema> m_schemas; ///< Stay where they are.
    std::vector<Named> m_kinds;
};

using DocumentPtr = std::shared_ptr<const Document>;

} // namespace kube::openapi
