// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_object.h"

#include "core/kube/go_json.h"
#include "core/kube/manifest/manifest.h"
#include "core/kube/manifest/yaml_edit.h"
#include "core/kube/manifest/yaml_spans.h"

#include <utility>

namespace kube {

namespace {

using Json = nlohmann::json;

const Json* valueAt(const Json& object, const FieldSteps& path) {
    const Json* at = &object;
    for (const FieldStep& step : path) {
        const auto index = static_cast<std::size_t>(step.index);
        if (step.isIndex() ? !at->is_array() || index >= at->size() : !at->is_object() || !at->contains(step.key))
            return nullptr;
        at = step.isIndex() ? &at->at(index) : &at->at(step.key);
    }
    return at;
}

std::string compact(const Json& value) {
    return toGoJson(value, JsonLayout::Compact);
}

} // namespace

struct YamlObject::Content {
    Json json;
};

base::Result<YamlObject> YamlObject::read(std::string text) {
    const base::Result<std::string> json = yamlToJson(text, "YAML");
    if (!json)
        return base::fail(json.error());
    base::Result<Json> value = parseGoJson(*json);
    if (!value)
        return base::fail(std::move(value.error()));
    if (!value->is_object())
        return base::fail(base::ErrorCode::BadInput, "the text is no object");
    // Go's reader looks at the first document alone.
    if (auto spans = manifest::readSpans(text); !spans)
        return base::fail(std::move(spans.error()));
    YamlObject object;
    object.m_text = std::move(text);
    object.m_content = std::make_shared<const Content>(Content{*std::move(value)});
    return object;
}

YamlObject::Form YamlObject::formAt(const FieldSteps& path) const {
    const Json* value = valueAt(m_content->json, path);
    if (value == nullptr)
        return Form::None;
    if (value->is_null())
        return Form::Null;
    if (value->is_string())
        return Form::Text;
    if (value->is_boolean())
        return Form::Boolean;
    return value->is_array() ? Form::List : value->is_object() ? Form::Object : Form::Number;
}

std::string YamlObject::textAt(const FieldSteps& path) const {
    const Json* value = valueAt(m_content->json, path);
    if (value == nullptr || value->is_null() || value->is_structured())
        return {};
    return value->is_string() ? value->get<std::string>() : compact(*value);
}

int YamlObject::countAt(const FieldSteps& path) const {
    const Json* value = valueAt(m_content->json, path);
    return value == nullptr || !value->is_structured() ? 0 : static_cast<int>(value->size());
}

std::vector<std::string> YamlObject::keysAt(const FieldSteps& path) const {
    std::vector<std::string> keys;
    const Json* value = valueAt(m_content->json, path);
    if (value == nullptr || !value->is_object())
        return keys;
    for (const auto& [key, inner] : value->items())
        keys.push_back(key);
    return keys;
}

base::Result<void> YamlObject::setText(const FieldSteps& path, const std::string& value) {
    return setJson(path, compact(Json(value)));
}

base::Result<void> YamlObject::setNumber(const FieldSteps& path, std::int64_t value) {
    return setJson(path, compact(Json(value)));
}

base::Result<void> YamlObject::setFlag(const FieldSteps& path, bool value) {
    return setJson(path, compact(Json(value)));
}

base::Result<void> YamlObject::setTexts(const FieldSteps& path, const std::vector<std::string>& values) {
    return setJson(path, compact(Json(values)));
}

base::Result<void> YamlObject::setJson(const FieldSteps& path, const std::string& json) {
    return take(setYamlValue(m_text, path, json));
}

base::Result<void> YamlObject::remove(const FieldSteps& path) {
    return take(removeYamlValue(m_text, path));
}

base::Result<void> YamlObject::removeEmptied(const FieldSteps& path, std::size_t kept) {
    FieldSteps at = path;
    if (formAt(at) == Form::None)
        return {};
    while (at.size() > kept + 1) {
        FieldSteps holder = at;
        holder.pop_back();
        if (countAt(holder) != 1)
            break;
        at = std::move(holder);
    }
    return remove(at);
}

base::Result<void> YamlObject::take(base::Result<std::string> text) {
    if (!text)
        return base::fail(std::move(text.error()));
    base::Result<YamlObject> object = read(*std::move(text));
    if (!object)
        return base::fail(std::move(object.error()));
    *this = *std::move(object);
    return {};
}

} // namespace kube
