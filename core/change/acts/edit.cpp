// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/edit.h"

#include "core/change/acts/field_changes.h"
#include "core/change/object_difference.h"
#include "core/kube/go_json.h"
#include "core/kube/manifest/manifest_values.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

/// kubectl apply keeps the whole manifest here, a secret's values too.
constexpr const char* kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/// What makes the object this one.
constexpr std::array<const char*, 5> kIdentity{"/apiVersion", "/kind", "/metadata/name", "/metadata/namespace",
                                               "/metadata/uid"};
/// What servers set; whatever a text says of it.
constexpr std::array<const char*, 9> kServerSet{
    "/status",
    "/metadata/managedFields",
    "/metadata/resourceVersion",
    "/metadata/generation",
    "/metadata/uid",
    "/metadata/creationTimestamp",
    "/metadata/selfLink",
    "/metadata/deletionTimestamp",
    "/metadata/deletionGracePeriodSeconds",
};

std::string nameOf(const char* pointer) {
    std::string name(pointer + 1);
    std::replace(name.begin(), name.end(), '/', '.');
    return name;
}

Json parsed(std::string_view json) {
    base::Result<Json> value = kube::parseGoJson(json);
    return value ? *std::move(value) : Json();
}

void drop(Json& object, const char* pointer) {
    const Pointer path(pointer);
    const auto parent = path.parent_pointer();
    if (object.contains(parent) && object.at(parent).is_object())
        object.at(parent).erase(path.back());
}

/// What an edit is about.
Json editedPart(Json object) {
    for (const char* pointer : kServerSet)
        drop(object, pointer);
    return object;
}

/// The place of a field, or else of the object.
kube::manifest::Position placeOf(const kube::manifest::Value& object, const Pointer& pointer) {
    if (pointer.empty())
        return object.at;
    const kube::manifest::Value* at = &object;
    Pointer rest = pointer;
    std::vector<std::string> steps;
    for (; !rest.empty(); rest.pop_back())
        steps.push_back(rest.back());
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        const kube::manifest::Value* next = at->find(*step);
        if (next == nullptr)
            return at == &object ? object.at : at->keyAt;
        at = next;
    }
    return at->keyAt;
}

bool usesHidden(const Json& shown, const Json& edited) {
    if (edited.is_string())
        return edited == kHiddenValue && shown != kHiddenValue;
    if (!edited.is_structured())
        return false;
    for (const auto& [key, value] : edited.items()) {
        const bool isKnown = edited.is_object() ? shown.is_object() && shown.contains(key) : false;
        if (usesHidden(isKnown ? shown.at(key) : Json(), value))
            return true;
    }
    return false;
}

} // namespace

std::string editableJson(std::string_view object, Secrets secrets) {
    Json value = parsed(object);
    drop(value, "/metadata/managedFields");
    if (secrets == Secrets::Hidden && value.is_object() && value.value("kind", Json()) == "Secret") {
        for (const char* part : {"data", "stringData"}) {
            if (!value.contains(part) || !value.at(part).is_object())
                continue;
            for (auto& [key, text] : value.at(part).items())
                text = kHiddenValue;
        }
        const Pointer annotations("/metadata/annotations");
        if (value.contains(annotations) && value.at(annotations).contains(kLastApplied))
            value.at(annotations)[kLastApplied] = kHiddenValue;
    }
    return kube::toGoJson(value, kube::JsonLayout::Compact);
}

struct Edit::Content {
    std::vector<kube::ManifestNote> errors;
    std::vector<kube::ManifestNote> notes;
    std::vector<FieldChange> changes;

    void compare(const Json& shown, const Json& edited, const kube::manifest::Value& value, std::string_view file) {
        const auto note = [&](const char* pointer, std::string message) {
            const auto at = placeOf(value, Pointer(pointer));
            return kube::ManifestNote{{std::string(file), at.line, at.column}, std::move(message)};
        };
        for (const char* pointer : kIdentity) {
            const auto was = valueAt(shown, Pointer(pointer));
            const auto is = valueAt(edited, Pointer(pointer));
            if (is && !is->is_null() && is != was)
                errors.push_back(note(pointer, nameOf(pointer) +
                                                   " says which object this is and cannot be changed: set it back, or "
                                                   "make a new object of the text"));
        }
        for (const char* pointer : kServerSet) {
            const auto was = valueAt(shown, Pointer(pointer));
            const auto is = valueAt(edited, Pointer(pointer));
            const bool isIdentity = std::find_if(kIdentity.begin(), kIdentity.end(), [pointer](const char* other) {
                                        return std::string_view(other) == pointer;
                                    }) != kIdentity.end();
            if (is && is != was && !isIdentity)
                notes.push_back(note(pointer, nameOf(pointer) + " is written by the cluster: what was changed there is "
                                                                "left out"));
        }
        if (usesHidden(shown, edited))
            errors.push_back(note("", "a hidden value stands where none was: show the values first, then copy them"));
    }
};

Edit Edit::read(const Source& source) {
    const auto content = std::make_shared<Content>();
    const Json shown = parsed(source.shown);
    Json edited;
    kube::Manifests read = kube::readManifests(source.yaml, source.file,
                                               [&](const kube::Manifest& manifest, const kube::manifest::Value& value) {
                                                   if (edited.is_null()) {
                                                       edited = parsed(manifest.json);
                                                       content->compare(shown, edited, value, source.file);
                                                   }
                                               });
    content->errors.insert(content->errors.begin(), read.errors.begin(), read.errors.end());
    content->notes.insert(content->notes.begin(), read.warnings.begin(), read.warnings.end());
    if (read.objects.size() > 1)
        content->errors.push_back({read.objects[1].place, "a second object starts here: one is edited at a time"});
    if (read.objects.empty() && content->errors.empty())
        content->errors.push_back({{std::string(source.file), 1, 1},
                                   "nothing stands here: to delete the object, use "
                                   "Delete"});
    if (content->errors.empty())
        content->changes = fieldChanges(editedPart(shown), editedPart(edited),
                                        {source.schema, managedFieldsOf(parsed(source.opened))});
    Edit edit;
    edit.m_content = content;
    return edit;
}

Edit Edit::of(const std::vector<FieldChange>& changes) {
    const auto content = std::make_shared<Content>();
    content->changes = changes;
    Edit edit;
    edit.m_content = content;
    return edit;
}

const std::vector<kube::ManifestNote>& Edit::errors() const {
    return m_content->errors;
}

const std::vector<kube::ManifestNote>& Edit::notes() const {
    return m_content->notes;
}

std::size_t Edit::changeCount() const {
    return m_content->changes.size();
}

bool Edit::removes() const {
    return std::any_of(m_content->changes.begin(), m_content->changes.end(),
                       [](const FieldChange& change) { return !change.to || change.isReplacement; });
}

namespace {

/// All that our applies own in the object, and so have to say again.
void addOurs(Json& body, const Json& object) {
    const Json entries = object.value(Pointer("/metadata/managedFields"), Json());
    for (const Json& entry : entries.is_array() ? entries : Json::array()) {
        if (entry.is_object() && entry.value("manager", "") == kFieldManager &&
            entry.value("operation", "") == "Apply" && entry.value("subresource", "").empty())
            addOwned(body, entry.value("fieldsV1", Json::object()), object);
    }
}

} // namespace

std::optional<Operation> Edit::operationFor(const Target& target, std::string_view opened) const {
    const Json before = parsed(opened);
    if (!before.is_object())
        return std::nullopt;
    Json wanted = before;
    Json steps = Json::array();
    for (const FieldChange& change : m_content->changes)
        addPatchSteps(wanted, change, steps);
    if (steps.empty())
        return std::nullopt;
    Operation operation;
    operation.cluster = target.cluster;
    operation.object = target.object;
    operation.before = opened;
    if (removes()) {
        operation.verb = Verb::JsonPatch;
        operation.body = kube::toGoJson(steps, kube::JsonLayout::Compact);
    } else {
        Json body = Json::object();
        addOurs(body, wanted);
        for (const FieldChange& change : m_content->changes)
            writeChange(body, change);
        body["apiVersion"] = target.object.apiVersion;
        body["kind"] = target.object.kind;
        body["metadata"]["name"] = target.object.name;
        if (!target.object.ns.empty())
            body["metadata"]["namespace"] = target.object.ns;
        operation.verb = Verb::Apply;
        operation.body = kube::toGoJson(body, kube::JsonLayout::Compact);
    }
    const bool rolls = hasRollout(target.object) &&
                       std::any_of(m_content->changes.begin(), m_content->changes.end(), [](const FieldChange& change) {
                           return !change.path.empty() && change.path.front().key == "spec";
                       });
    operation.await = rolls ? Await::Rollout : Await::Nothing;
    return operation;
}

} // namespace change
