// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/openapi/schema.h"

#include <simdjson.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace kube::openapi {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// Schemas that hold others this deep do not exist; a hostile server's end here.
constexpr int kMostNested = 200;
constexpr std::string_view kSchemas = "#/components/schemas/";

std::string_view textOf(const object& from, std::string_view key) {
    std::string_view value;
    return from[key].get(value) == simdjson::SUCCESS ? value : std::string_view();
}

bool isTrue(const object& from, std::string_view key) {
    bool value = false;
    return from[key].get(value) == simdjson::SUCCESS && value;
}

std::vector<std::string> textsOf(const object& from, std::string_view key) {
    std::vector<std::string> result;
    array values;
    if (from[key].get(values) != simdjson::SUCCESS)
        return result;
    for (const element value : values) {
        std::string_view item;
        if (value.get(item) == simdjson::SUCCESS)
            result.emplace_back(item);
    }
    return result;
}

std::uint8_t typeBit(std::string_view type) {
    if (type == "object")
        return IsObject;
    if (type == "array")
        return IsList;
    if (type == "string")
        return IsText;
    if (type == "integer")
        return IsInteger;
    if (type == "number")
        return IsNumber;
    return type == "boolean" ? IsBoolean : 0;
}

/// Of servers themselves, whose schemas are made from Go's types; those of custom kinds are named after their group.
bool isBuiltInName(std::string_view name) {
    return name.starts_with("io.k8s.api.") || name.starts_with("io.k8s.apimachinery.") ||
           name.find(".pkg.") != std::string_view::npos;
}

bool isZero(std::string_view json) {
    return json == "\"\"" || json == "{}" || json == "0" || json == "false" || json == "[]" || json == "null";
}

void sortUnique(std::vector<std::string>& texts) {
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

} // namespace

/// Turns the document's schemas into ours: each named one once, so that those which hold themselves end.
class Document::Reader {
public:
    explicit Reader(Document& document)
        : m_document(document) {}

    base::Result<void> run(std::string_view json) {
        element root;
        object schemas;
        if (const auto problem = m_parser.parse(json.data(), json.size()).get(root); problem != simdjson::SUCCESS)
            return base::fail(base::ErrorCode::BadResponse,
                              std::string("the schemas are broken: ") + simdjson::error_message(problem));
        if (root.at_pointer("/components/schemas").get(schemas) != simdjson::SUCCESS)
            return base::fail(base::ErrorCode::BadResponse, "the answer holds no schemas");
        for (const auto [name, value] : schemas) {
            object schema;
            if (value.get(schema) == simdjson::SUCCESS)
                m_named.emplace(std::string(name), Entry{schema});
        }
        for (auto& [name, entry] : m_named)
            addKinds(name, entry);
        for (const auto& [schema, other] : m_later) {
            merge(*schema, *other);
            finish(*schema);
        }
        return {};
    }

private:
    struct Entry {
        object source;
        const Schema* schema = nullptr;
    };

    void addKinds(const std::string& name, Entry& entry) {
        array kinds;
        if (entry.source["x-kubernetes-group-version-kind"].get(kinds) != simdjson::SUCCESS)
            return;
        for (const element value : kinds) {
            object kind;
            if (value.get(kind) != simdjson::SUCCESS)
                continue;
            const std::string group(textOf(kind, "group"));
            std::string version(textOf(kind, "version"));
            if (const Schema* schema = named(name, 0))
                m_document.m_kinds.push_back({group.empty() ? std::move(version) : group + '/' + version,
                                              std::string(textOf(kind, "kind")), schema});
        }
    }

    static std::string nameIn(const object& source) {
        const std::string_view reference = textOf(source, "$ref");
        return reference.starts_with(kSchemas) ? std::string(reference.substr(kSchemas.size())) : std::string();
    }

    // Null if there is no such schema.
    const Schema* named(const std::string& name, int depth) {
        const auto at = m_named.find(name);
        if (at == m_named.end())
            return nullptr;
        Entry& entry = at->second;
        if (entry.schema == nullptr) {
            Schema& schema = m_document.m_schemas.emplace_back();
            entry.schema = &schema;
            schema.isBuiltIn = isBuiltInName(name);
            schema.isQuantity = name.ends_with(".api.resource.Quantity");
            m_unfinished.insert(&schema);
            fill(schema, entry.source, depth);
            m_unfinished.erase(&schema);
        }
        return entry.schema;
    }

    const Schema* read(const object& source, bool isBuiltIn, int depth) {
        if (depth > kMostNested)
            return nullptr;
        // What only names another is that other.
        if (const std::string name = nameIn(source); !name.empty() && source.size() == 1)
            return named(name, depth + 1);
        Schema& schema = m_document.m_schemas.emplace_back();
        schema.isBuiltIn = isBuiltIn;
        fill(schema, source, depth);
        return &schema;
    }

    void fill(Schema& schema, const object& source, int depth) {
        schema.description = textOf(source, "description");
        schema.format = textOf(source, "format");
        schema.types = typeBit(textOf(source, "type"));
        schema.required = textsOf(source, "required");
        schema.enumTexts = textsOf(source, "enum");
        schema.listKeys = textsOf(source, "x-kubernetes-list-map-keys");
        const std::string_view list = textOf(source, "x-kubernetes-list-type");
        schema.listType = list == "map"      ? ListType::Map
                          : list == "set"    ? ListType::Set
                          : list == "atomic" ? ListType::Atomic
                                             : ListType::Unknown;
        schema.isAtomic = textOf(source, "x-kubernetes-map-type") == "atomic";
        schema.isOpen = isTrue(source, "x-kubernetes-preserve-unknown-fields");
        schema.isEmbedded = isTrue(source, "x-kubernetes-embedded-resource");
        if (isTrue(source, "x-kubernetes-int-or-string"))
            schema.format = "int-or-string";
        element standard;
        if (source["default"].get(standard) == simdjson::SUCCESS)
            schema.defaultJson = simdjson::minify(standard);
        readParts(schema, source, depth);
        if (followAll(schema, source, depth))
            finish(schema);
    }

    static void finish(Schema& schema) {
        if (schema.format == "int-or-string")
            schema.types = IsText | IsInteger;
        if (schema.isQuantity)
            schema.types = IsText | IsNumber | IsInteger;
        // Go takes its types for any JSON where the schema says an object without fields, or nothing.
        const bool isBare = schema.fields.empty() && schema.values == nullptr;
        schema.isOpen = schema.isOpen || (isBare && (schema.isBuiltIn || schema.types == 0));
        schema.isDefaultZero = schema.isBuiltIn && isZero(schema.defaultJson);
        sortUnique(schema.required);
    }

    void readParts(Schema& schema, const object& source, int depth) {
        object parts;
        if (source["properties"].get(parts) == simdjson::SUCCESS) {
            for (const auto [name, value] : parts) {
                object part;
                const Schema* read =
                    value.get(part) == simdjson::SUCCESS ? this->read(part, schema.isBuiltIn, depth + 1) : nullptr;
                if (read != nullptr)
                    schema.fields.push_back({std::string(name), read});
            }
            std::sort(schema.fields.begin(), schema.fields.end(),
                      [](const Schema::Field& a, const Schema::Field& b) { return a.name < b.name; });
        }
        object inner;
        if (source["items"].get(inner) == simdjson::SUCCESS)
            schema.items = read(inner, schema.isBuiltIn, depth + 1);
        bool isAny = false;
        if (source["additionalProperties"].get(inner) == simdjson::SUCCESS)
            schema.values = read(inner, schema.isBuiltIn, depth + 1);
        else if (source["additionalProperties"].get(isAny) == simdjson::SUCCESS && isAny)
            schema.isOpen = true;
    }

    // allOf adds what it names; oneOf and anyOf widen the types, and what they demand beside is left to the server.
    // False where something is named that is being read itself: it is added in the end.
    bool followAll(Schema& schema, const object& source, int depth) {
        std::vector<const Schema*> others;
        if (const std::string name = nameIn(source); !name.empty())
            others.push_back(named(name, depth + 1));
        array parts;
        if (source["allOf"].get(parts) == simdjson::SUCCESS) {
            for (const element value : parts) {
                object part;
                if (value.get(part) == simdjson::SUCCESS)
                    others.push_back(read(part, schema.isBuiltIn, depth + 1));
            }
        }
        widen(schema, source);
        bool isWhole = true;
        for (const Schema* other : others) {
            if (other == nullptr || other == &schema)
                continue;
            if (m_unfinished.contains(other)) {
                m_later.emplace_back(&schema, other);
                isWhole = false;
            } else {
                merge(schema, *other);
            }
        }
        return isWhole;
    }

    static void widen(Schema& schema, const object& source) {
        for (const char* key : {"oneOf", "anyOf"}) {
            array parts;
            if (schema.types != 0 || source[key].get(parts) != simdjson::SUCCESS)
                continue;
            for (const element value : parts) {
                object part;
                if (value.get(part) == simdjson::SUCCESS)
                    schema.types = static_cast<std::uint8_t>(schema.types | typeBit(textOf(part, "type")));
            }
        }
    }

    static void merge(Schema& schema, const Schema& from) {
        if (schema.description.empty())
            schema.description = from.description;
        if (schema.format.empty())
            schema.format = from.format;
        schema.types = schema.types == 0 ? from.types : schema.types;
        schema.isOpen = schema.isOpen || from.isOpen;
        schema.isAtomic = schema.isAtomic || from.isAtomic;
        schema.isEmbedded = schema.isEmbedded || from.isEmbedded;
        schema.isQuantity = schema.isQuantity || from.isQuantity;
        schema.isBuiltIn = schema.isBuiltIn || from.isBuiltIn;
        if (schema.fields.empty())
            schema.fields = from.fields;
        if (schema.enumTexts.empty())
            schema.enumTexts = from.enumTexts;
        if (schema.items == nullptr)
            schema.items = from.items;
        if (schema.values == nullptr)
            schema.values = from.values;
        if (schema.listType == ListType::Unknown) {
            schema.listType = from.listType;
            schema.listKeys = from.listKeys;
        }
        schema.required.insert(schema.required.end(), from.required.begin(), from.required.end());
    }

    Document& m_document;
    simdjson::dom::parser m_parser;
    std::map<std::string, Entry> m_named;
    std::set<const Schema*> m_unfinished;
    std::vector<std::pair<Schema*, const Schema*>> m_later;
};

base::Result<std::shared_ptr<const Document>> Document::parse(std::string_view json) {
    const std::shared_ptr<Document> document(new Document);
    if (auto read = Reader(*document).run(json); !read)
        return base::fail(std::move(read.error()));
    return std::shared_ptr<const Document>(document);
}

} // namespace kube::openapi
