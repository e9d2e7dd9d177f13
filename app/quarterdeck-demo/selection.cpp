// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/selection.h"

#include <algorithm>
#include <utility>

namespace demo {

namespace {

std::string valueAt(const Json& object, const std::string& path) {
    std::string pointer = "/" + path;
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    const Json::json_pointer at(pointer);
    if (!object.contains(at))
        return {};
    const Json& value = object[at];
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string labelsOf(const Json& object) {
    std::string labels;
    const Json::json_pointer at("/metadata/labels");
    if (!object.contains(at))
        return labels;
    for (const auto& [key, value] : object[at].items())
        labels += (labels.empty() ? "" : ",") + key + "=" + value.get<std::string>();
    return labels;
}

} // namespace

base::Result<Selection> Selection::of(const ApiCall& call, std::string ns, std::string name) {
    Selection selection;
    selection.m_ns = std::move(ns);
    selection.m_name = std::move(name);
    if (const auto labels = call.query.find("labelSelector"); labels != call.query.end()) {
        auto parsed = kube::LabelSelector::parse(labels->second);
        if (!parsed)
            return base::fail(parsed.error());
        selection.m_labels = std::move(*parsed);
    }
    const auto fields = call.query.find("fieldSelector");
    std::string rest = fields == call.query.end() ? std::string() : fields->second;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        const std::string part = rest.substr(0, comma);
        rest = comma == std::string::npos ? std::string() : rest.substr(comma + 1);
        const std::size_t equals = part.find('=');
        if (equals == std::string::npos || equals == 0)
            return base::fail(base::ErrorCode::BadInput, "field selector \"" + part + "\": expected field=value");
        const bool negated = part[equals - 1] == '!';
        const std::size_t valueAtIndex = part.compare(equals, 2, "==") == 0 ? equals + 2 : equals + 1;
        selection.m_fields.push_back(
            {part.substr(0, equals - (negated ? 1U : 0U)), part.substr(valueAtIndex), !negated});
    }
    return selection;
}

bool Selection::matches(const Json& object) const {
    const Json& metadata = object["metadata"];
    if (!m_ns.empty() && metadata.value("namespace", "") != m_ns)
        return false;
    if (!m_name.empty() && metadata.value("name", "") != m_name)
        return false;
    if (!m_labels.requirements().empty() && !m_labels.matches(labelsOf(object)))
        return false;
    return std::all_of(m_fields.begin(), m_fields.end(),
                       [&](const Field& field) { return (valueAt(object, field.path) == field.value) == field.equal; });
}

} // namespace demo
