// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/field_changes.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using kube::openapi::ListType;
using kube::openapi::Schema;

bool isAbsent(const Json& object, const std::string& key) {
    const auto at = object.find(key);
    return at == object.end() || at->is_null();
}

/// Whether it is there and has no field.
bool saysNothing(const Json& object) {
    return std::all_of(object.begin(), object.end(), [](const Json& field) { return field.is_null(); });
}

/// The managers' part of a field, null where there is none.
Json below(const Json& fields, const std::string& step) {
    return fields.is_object() ? fields.value(step, Json()) : Json();
}

/// Whether managers own it as one value: there, and nothing in it named.
bool isLeaf(const Json& fields) {
    return fields.is_object() && fields.empty();
}

/// How the items of one list are told apart.
struct ListRule {
    enum class Kind { Whole, Items, Values, Unknown };
    Kind kind = Kind::Unknown;
    std::vector<std::string> keys = {};
    Json defaults = {}; ///< Of keys that have one; null: not known.
};

ListRule ruleFromManagers(const Json& fields) {
    if (isLeaf(fields))
        return {ListRule::Kind::Whole};
    if (!fields.is_object())
        return {};
    for (const auto& [name, inner] : fields.items()) {
        if (name.starts_with("v:"))
            return {ListRule::Kind::Values};
        if (!name.starts_with("k:"))
            continue;
        const Json keys = Json::parse(name.substr(2), nullptr, false);
        if (!keys.is_object())
            break;
        ListRule rule{ListRule::Kind::Items};
        for (const auto& [key, value] : keys.items())
            rule.keys.push_back(key);
        return rule;
    }
    return {};
}

ListRule ruleOf(const Sharing& sharing) {
    if (sharing.schema == nullptr)
        return ruleFromManagers(sharing.fields);
    ListRule rule;
    switch (sharing.schema->listType) {
    case ListType::Map:
        rule.kind = ListRule::Kind::Items;
        rule.keys = sharing.schema->listKeys;
        rule.defaults = Json::object();
        for (const std::string& key : rule.keys) {
            const Schema* field = sharing.schema->items != nullptr ? sharing.schema->items->field(key) : nullptr;
            if (field != nullptr && !field->defaultJson.empty() && !field->isDefaultZero)
                rule.defaults[key] = Json::parse(field->defaultJson, nullptr, false);
        }
        break;
    case ListType::Set:
        rule.kind = ListRule::Kind::Values;
        break;
    case ListType::Atomic:
    case ListType::Unknown:
        rule.kind = ListRule::Kind::Whole;
        break;
    }
    return rule;
}

/// What tells an item apart; null where it lacks that and the schema does not fill it in.
Json keysOf(const Json& item, const ListRule& rule) {
    if (!item.is_object() || rule.keys.empty())
        return nullptr;
    Json keys = Json::object();
    for (const std::string& key : rule.keys) {
        if (!isAbsent(item, key)) {
            keys[key] = item.at(key);
            continue;
        }
        if (!rule.defaults.contains(key))
            return nullptr;
        keys[key] = rule.defaults.at(key);
    }
    return keys;
}

/// A value of a set tells itself apart; objects and lists in sets are no values.
Json valueOf(const Json& item) {
    return item.is_structured() ? Json() : item;
}

/// The keys of all items; nothing where one has none, or two have the same.
std::optional<std::vector<Json>> allKeys(const Json& list, const ListRule& rule) {
    std::vector<Json> all;
    for (const Json& item : list) {
        Json keys = rule.kind == ListRule::Kind::Values ? valueOf(item) : keysOf(item, rule);
        if (keys.is_null() || std::find(all.begin(), all.end(), keys) != all.end())
            return std::nullopt;
        all.push_back(std::move(keys));
    }
    return all;
}

/// Whether what both lists have stands in the same order in both.
bool keepsOrder(const std::vector<Json>& from, const std::vector<Json>& to) {
    std::size_t last = 0;
    for (const Json& keys : from) {
        const auto at = std::find(to.begin(), to.end(), keys);
        if (at == to.end())
            continue;
        const auto place = static_cast<std::size_t>(at - to.begin()) + 1;
        if (place < last)
            return false;
        last = place;
    }
    return true;
}

class Comparison {
public:
    std::vector<FieldChange> run(const Json& from, const Json& to, const Sharing& sharing) {
        compareObjects(from, to, sharing);
        return std::move(m_found);
    }

private:
    void compare(const Json& from, const Json& to, const Sharing& sharing) {
        if (from == to)
            return;
        const bool isOneValue = sharing.schema != nullptr ? sharing.schema->isAtomic : isLeaf(sharing.fields);
        if (from.is_object() && to.is_object() && !isOneValue)
            compareObjects(from, to, sharing);
        else if (from.is_array() && to.is_array())
            compareLists(from, to, sharing);
        else
            m_found.push_back({m_path, to});
    }

    void compareObjects(const Json& from, const Json& to, const Sharing& sharing) {
        for (const auto& [key, value] : from.items()) {
            if (value.is_null())
                continue;
            m_path.push_back({.key = key});
            if (isAbsent(to, key))
                m_found.push_back({m_path});
            else
                compare(value, to.at(key), field(sharing, key));
            m_path.pop_back();
        }
        for (const auto& [key, value] : to.items()) {
            if (value.is_null() || !isAbsent(from, key))
                continue;
            m_path.push_back({.key = key});
            addNew(value, field(sharing, key));
            m_path.pop_back();
        }
    }

    // A new object whose fields have managers of their own is its fields.
    void addNew(const Json& value, const Sharing& sharing) {
        const bool isOneValue = sharing.schema != nullptr && sharing.schema->isAtomic;
        if (!value.is_object() || saysNothing(value) || isOneValue)
            m_found.push_back({m_path, value});
        else
            compareObjects(Json::object(), value, sharing);
    }

    void compareLists(const Json& from, const Json& to, const Sharing& sharing) {
        const ListRule rule = ruleOf(sharing);
        if (rule.kind == ListRule::Kind::Whole) {
            m_found.push_back({m_path, to});
            return;
        }
        const auto before = rule.kind == ListRule::Kind::Unknown ? std::nullopt : allKeys(from, rule);
        const auto after = rule.kind == ListRule::Kind::Unknown ? std::nullopt : allKeys(to, rule);
        if (!before || !after || !keepsOrder(*before, *after)) {
            m_found.push_back({.path = m_path, .to = to, .isReplacement = true});
            return;
        }
        for (std::size_t i = 0; i < before->size(); ++i) {
            const auto at = std::find(after->begin(), after->end(), before->at(i));
            m_path.push_back({.item = before->at(i), .defaults = rule.defaults});
            if (at == after->end())
                m_found.push_back({m_path});
            else
                compare(from[i], to[static_cast<std::size_t>(at - after->begin())], item(sharing, before->at(i)));
            m_path.pop_back();
        }
        for (std::size_t i = 0; i < after->size(); ++i) {
            if (std::find(before->begin(), before->end(), after->at(i)) != before->end())
                continue;
            m_path.push_back({.item = after->at(i), .defaults = rule.defaults});
            m_found.push_back({m_path, to[i]});
            m_path.pop_back();
        }
    }

    static Sharing field(const Sharing& sharing, const std::string& key) {
        const Schema* schema = sharing.schema != nullptr ? sharing.schema->field(key) : nullptr;
        if (schema == nullptr && sharing.schema != nullptr)
            schema = sharing.schema->values;
        return {schema, below(sharing.fields, "f:" + key)};
    }

    static Sharing item(const Sharing& sharing, const Json& keys) {
        return {sharing.schema != nullptr ? sharing.schema->items : nullptr,
                below(sharing.fields, "k:" + keys.dump(-1, ' ', false, Json::error_handler_t::replace))};
    }

    std::vector<ChangeStep> m_path;
    std::vector<FieldChange> m_found;
};

enum class Absent { IsNot, IsDefault, IsAnything };

bool fits(const Json& item, const Json& keys, const Json& defaults, Absent absent) {
    if (!keys.is_object())
        return item == keys;
    if (!item.is_object())
        return false;
    const auto items = keys.items();
    return std::all_of(items.begin(), items.end(), [&](const auto& key) {
        if (!isAbsent(item, key.key()))
            return item.at(key.key()) == key.value();
        return absent == Absent::IsAnything ||
               (absent == Absent::IsDefault && defaults.contains(key.key()) && defaults.at(key.key()) == key.value());
    });
}

/// The place of an item; the list's size where there is none.
std::size_t placeOf(const Json& list, const Json& keys, const Json& defaults) {
    // The item that says all its keys comes first: beside port 53 of UDP there may be one that does not say TCP. Where
    // defaults are not known, one that does not say a key may still be it.
    for (const Absent absent : {Absent::IsNot, defaults.is_object() ? Absent::IsDefault : Absent::IsAnything}) {
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (fits(list[i], keys, defaults, absent))
                return i;
        }
    }
    return list.size();
}

/// The value at the end of the rest of a path, wrapped into what the path names.
Json wrapped(const FieldChange& change, std::size_t from) {
    Json value = *change.to;
    for (std::size_t i = change.path.size(); i-- > from;) {
        const ChangeStep& step = change.path[i];
        if (!step.isItem()) {
            value = Json{{step.key, std::move(value)}};
            continue;
        }
        if (value.is_object() && step.item.is_object())
            value.insert(step.item.begin(), step.item.end());
        value = Json::array({std::move(value)});
    }
    return value;
}

/// Where a step leads from here; nothing where there is no such field or item.
std::optional<Json::json_pointer> stepTo(const Json& at, const ChangeStep& step, const Json::json_pointer& path) {
    if (!step.isItem())
        return at.is_object() && !isAbsent(at, step.key) ? std::optional(path / step.key) : std::nullopt;
    const std::size_t place = at.is_array() ? placeOf(at, step.item, step.defaults) : 0;
    return at.is_array() && place < at.size() ? std::optional(path / place) : std::nullopt;
}

/// The way as far as the object has it.
struct Way {
    Json::json_pointer path;
    std::size_t steps = 0;
};

Way follow(const Json& object, const FieldChange& change) {
    Way way;
    while (way.steps < change.path.size()) {
        const auto next = stepTo(object.at(way.path), change.path[way.steps], way.path);
        if (!next)
            break;
        way.path = *next;
        ++way.steps;
    }
    return way;
}

void step(Json& object, Json& steps, Json one) {
    if (one.value("op", "") != "test")
        object = object.patch(Json::array({one}));
    steps.push_back(std::move(one));
}

void addOwnedItems(Json& body, const Json& fields, const Json& list);

} // namespace

nlohmann::json managedFieldsOf(const nlohmann::json& object) {
    Json all;
    const Json entries = object.value(Json::json_pointer("/metadata/managedFields"), Json());
    for (const Json& entry : entries.is_array() ? entries : Json::array()) {
        if (entry.is_object() && entry.contains("fieldsV1") && entry.at("fieldsV1").is_object()) {
            if (all.is_null())
                all = Json::object();
            all.update(entry.at("fieldsV1"), true);
        }
    }
    return all;
}

std::vector<FieldChange> fieldChanges(const nlohmann::json& from, const nlohmann::json& to, const Sharing& sharing) {
    return Comparison().run(from, to, sharing);
}

void writeChange(nlohmann::json& object, const FieldChange& change) {
    Json steps = Json::array();
    addPatchSteps(object, change, steps);
}

void addPatchSteps(nlohmann::json& object, const FieldChange& change, nlohmann::json& steps) {
    const Way way = follow(object, change);
    const std::string path = way.path.to_string();
    if (way.steps == change.path.size()) {
        const Json old = object.at(way.path);
        if (change.to && old == *change.to)
            return;
        step(object, steps, {{"op", "test"}, {"path", path}, {"value", old}});
        if (change.to)
            step(object, steps, {{"op", "replace"}, {"path", path}, {"value", *change.to}});
        else
            step(object, steps, {{"op", "remove"}, {"path", path}});
        return;
    }
    if (!change.to)
        return;
    const ChangeStep& missing = change.path[way.steps];
    const Json rest = wrapped(change, way.steps);
    if (missing.isItem() && object.at(way.path).is_array())
        step(object, steps, {{"op", "add"}, {"path", path + "/-"}, {"value", rest.front()}});
    else if (!missing.isItem() && object.at(way.path).is_object())
        step(object, steps,
             {{"op", "add"}, {"path", (way.path / missing.key).to_string()}, {"value", rest.at(missing.key)}});
}

void addOwned(nlohmann::json& body, const nlohmann::json& fields, const nlohmann::json& object) {
    for (const auto& [name, inner] : fields.items()) {
        if (!name.starts_with("f:") || !object.is_object() || isAbsent(object, name.substr(2)))
            continue;
        const std::string key = name.substr(2);
        const Json& value = object.at(key);
        if (isLeaf(inner) || !value.is_structured()) {
            body[key] = value;
        } else if (value.is_object()) {
            Json& there = body[key];
            if (!there.is_object())
                there = Json::object();
            addOwned(there, inner, value);
        } else {
            Json& there = body[key];
            if (!there.is_array())
                there = Json::array();
            addOwnedItems(there, inner, value);
        }
    }
}

namespace {

void addOwnedItems(Json& body, const Json& fields, const Json& list) {
    for (const auto& [name, inner] : fields.items()) {
        const bool isItem = name.starts_with("k:");
        const Json keys = isItem || name.starts_with("v:") ? Json::parse(name.substr(2), nullptr, false) : Json();
        const std::size_t place = keys.is_null() || keys.is_discarded() ? list.size() : placeOf(list, keys, Json());
        if (place == list.size())
            continue;
        std::size_t at = placeOf(body, keys, Json());
        if (at == body.size())
            body.push_back(keys);
        if (isItem)
            addOwned(body[at], inner, list[place]);
    }
}

} // namespace

} // namespace change
