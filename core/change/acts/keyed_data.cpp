// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/keyed_data.h"

#include "core/change/acts/edit.h"
#include "core/change/acts/field_changes.h"
#include "core/kube/config/base64.h"
#include "core/kube/go_json.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

constexpr const char* kData = "data";
constexpr const char* kBinaryData = "binaryData";

/// Keys of one type of Secret, of which one at least has to be there, or all.
struct TypeRule {
    std::string_view type;
    enum class Of { All, Any } of;
    std::array<std::string_view, 2> keys;
};

// https://kubernetes.io/docs/concepts/configuration/secret/#secret-types
constexpr std::array<TypeRule, 5> kTypeRules{{
    {"kubernetes.io/tls", TypeRule::Of::All, {"tls.crt", "tls.key"}},
    {"kubernetes.io/ssh-auth", TypeRule::Of::All, {"ssh-privatekey", ""}},
    {"kubernetes.io/dockerconfigjson", TypeRule::Of::All, {".dockerconfigjson", ""}},
    {"kubernetes.io/dockercfg", TypeRule::Of::All, {".dockercfg", ""}},
    {"kubernetes.io/basic-auth", TypeRule::Of::Any, {"username", "password"}},
}};

/// How many bytes the character at the start has; 0 where it is none. Overlong forms and surrogates are none, as in Go.
std::size_t characterSize(std::string_view bytes) {
    const auto at = [&bytes](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const unsigned first = at(0);
    if (first < 0x80)
        return 1;
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || bytes.size() < size)
        return 0;
    const unsigned least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (at(1) < least || at(1) > most)
        return 0;
    for (std::size_t i = 2; i < size; ++i) {
        if (at(i) < 0x80 || at(i) > 0xBF)
            return 0;
    }
    return size;
}

Json section(const Json& object, const char* name) {
    const auto at = object.find(name);
    return at != object.end() && at->is_object() ? *at : Json::object();
}

base::Result<void> readSection(const Json& object, const char* name, bool isBase64,
                               std::map<std::string, std::string>& values) {
    const Json entries = section(object, name);
    for (const auto& [key, value] : entries.items()) {
        // Servers write an empty value as null where it was one.
        const std::string text = value.is_string() ? value.get<std::string>() : std::string();
        std::optional<std::string> bytes = isBase64 ? kube::decodeBase64(text) : std::optional(text);
        if (!bytes)
            return base::fail(base::ErrorCode::BadResponse, "the value of " + key + " is no base64");
        values[key] = *std::move(bytes);
    }
    return {};
}

const KeyEdit* editOf(std::string_view key, const std::vector<KeyEdit>& edits) {
    const auto at = std::find_if(edits.begin(), edits.end(), [key](const KeyEdit& edit) { return edit.was == key; });
    return at == edits.end() || key.empty() ? nullptr : &*at;
}

/// Whether the edit leaves something under its key.
bool isKept(const KeyEdit& edit, const KeyedData& data) {
    return !edit.key.empty() && (edit.bytes || data.find(edit.was) != nullptr);
}

void addMissing(const KeyedData& before, const KeyedData& after, std::vector<KeyFault>& faults) {
    for (const TypeRule& rule : kTypeRules) {
        if (rule.type != after.type)
            continue;
        std::vector<std::string_view> missing;
        std::size_t asked = 0;
        for (const std::string_view key : rule.keys) {
            asked += key.empty() ? 0U : 1U;
            if (!key.empty() && after.find(key) == nullptr)
                missing.push_back(key);
        }
        if (rule.of == TypeRule::Of::Any && missing.size() < asked)
            continue;
        for (const std::string_view key : missing) {
            // What was not there before is not this edit's doing.
            if (before.find(key) != nullptr)
                faults.push_back({KeyFault::Why::Needed, std::string(key)});
        }
    }
}

} // namespace

base::Result<KeyedData> KeyedData::read(std::string_view object) {
    const base::Result<Json> json = kube::parseGoJson(object);
    if (!json)
        return base::fail(json.error());
    const std::string kind = json->is_object() ? json->value("kind", std::string()) : std::string();
    if (kind != "ConfigMap" && kind != "Secret")
        return base::fail(base::ErrorCode::BadInput, "keys are edited of ConfigMaps and Secrets alone");
    KeyedData data;
    data.isSecret = kind == "Secret";
    data.isImmutable = json->value("immutable", Json()) == true;
    if (data.isSecret)
        data.type = json->value("type", std::string("Opaque"));
    std::map<std::string, std::string> values;
    if (auto read = readSection(*json, kData, data.isSecret, values); !read)
        return base::fail(std::move(read.error()));
    if (!data.isSecret) {
        if (auto read = readSection(*json, kBinaryData, true, values); !read)
            return base::fail(std::move(read.error()));
    }
    for (auto& [key, bytes] : values)
        data.values.push_back({key, std::move(bytes)});
    return data;
}

const KeyedValue* KeyedData::find(std::string_view key) const {
    const auto at =
        std::lower_bound(values.begin(), values.end(), key,
                         [](const KeyedValue& value, std::string_view wanted) { return value.key < wanted; });
    return at != values.end() && at->key == key ? &*at : nullptr;
}

std::size_t KeyedData::size() const {
    std::size_t sum = 0;
    for (const KeyedValue& value : values)
        sum += value.bytes.size();
    return sum;
}

bool isDataKey(std::string_view key) {
    if (key.empty() || key.size() > kLongestDataKey || key == "." || key.starts_with(".."))
        return false;
    return std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    });
}

bool isUtf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t size = characterSize(bytes);
        if (size == 0)
            return false;
        bytes.remove_prefix(size);
    }
    return true;
}

bool isReadable(std::string_view bytes) {
    const bool hasControls = std::any_of(bytes.begin(), bytes.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
    });
    return !hasControls && isUtf8(bytes);
}

KeyedData edited(const KeyedData& data, const std::vector<KeyEdit>& edits) {
    KeyedData result = data;
    std::map<std::string, std::string> values;
    for (const KeyedValue& value : data.values) {
        if (editOf(value.key, edits) == nullptr)
            values[value.key] = value.bytes;
    }
    for (const KeyEdit& edit : edits) {
        if (isKept(edit, data))
            values[edit.key] = edit.bytes ? *edit.bytes : data.find(edit.was)->bytes;
    }
    result.values.clear();
    for (auto& [key, bytes] : values)
        result.values.push_back({key, std::move(bytes)});
    return result;
}

std::vector<KeyFault> faultsOf(const KeyedData& data, const std::vector<KeyEdit>& edits) {
    std::vector<KeyFault> faults;
    if (data.isImmutable && !edits.empty())
        faults.push_back({KeyFault::Why::Immutable});
    std::map<std::string, int> uses;
    for (const KeyedValue& value : data.values)
        uses[value.key] = editOf(value.key, edits) == nullptr ? 1 : 0;
    for (const KeyEdit& edit : edits) {
        if (!isKept(edit, data))
            continue;
        if (!isDataKey(edit.key) && edit.key != edit.was)
            faults.push_back({KeyFault::Why::BadKey, edit.key});
        if (++uses[edit.key] == 2)
            faults.push_back({KeyFault::Why::Taken, edit.key});
    }
    const KeyedData after = edited(data, edits);
    if (after.size() > kMostKeyedBytes && after.size() > data.size())
        faults.push_back({KeyFault::Why::TooLarge, {}, after.size()});
    addMissing(data, after, faults);
    return faults;
}

std::optional<Operation> keysOperation(const Target& target, std::string_view opened,
                                       const std::vector<KeyEdit>& edits) {
    const base::Result<KeyedData> data = KeyedData::read(opened);
    const base::Result<Json> object = kube::parseGoJson(opened);
    if (!data || !object)
        return std::nullopt;
    const Json binary = section(*object, kBinaryData);
    std::vector<FieldChange> changes;
    const auto set = [&](const char* part, const std::string& key, std::optional<Json> to) {
        changes.push_back({{ChangeStep{part}, ChangeStep{key}}, std::move(to)});
    };
    const KeyedData after = edited(*data, edits);
    for (const KeyEdit& edit : edits) {
        if (data->find(edit.was) != nullptr && after.find(edit.was) == nullptr)
            set(!data->isSecret && binary.contains(edit.was) ? kBinaryData : kData, edit.was, std::nullopt);
    }
    for (const KeyEdit& edit : edits) {
        if (!isKept(edit, *data))
            continue;
        const std::string& bytes = after.find(edit.key)->bytes;
        const KeyedValue* there = data->find(edit.key);
        if (there != nullptr && there->bytes == bytes)
            continue;
        const bool wasBinary = binary.contains(edit.was);
        const bool toBinary = !data->isSecret && (edit.bytes ? !isUtf8(bytes) : wasBinary);
        // One key may not stand in both parts.
        if (!data->isSecret && there != nullptr && binary.contains(edit.key) != toBinary)
            set(toBinary ? kData : kBinaryData, edit.key, std::nullopt);
        set(toBinary ? kBinaryData : kData, edit.key, data->isSecret || toBinary ? kube::encodeBase64(bytes) : bytes);
    }
    return Edit::of(changes).operationFor(target, opened);
}

KeySpread spreadOf(std::string_view key, const std::vector<const KeyedData*>& clusters) {
    const KeyedValue* first = nullptr;
    bool isSame = true;
    for (const KeyedData* data : clusters) {
        const KeyedValue* value = data->find(key);
        if (value == nullptr)
            return KeySpread::Partial;
        if (first == nullptr)
            first = value;
        isSame = isSame && value->bytes == first->bytes;
    }
    return isSame ? KeySpread::Same : KeySpread::Differs;
}

} // namespace change
