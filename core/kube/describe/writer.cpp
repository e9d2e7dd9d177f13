// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/writer.h"

#include "core/base/age.h"
#include "core/base/clock.h"
#include "core/base/text.h"

#include <algorithm>
#include <set>
#include <utility>

namespace kube::describe {

const Json& at(const Json& object, std::initializer_list<const char*> path) {
    static const Json kNull;
    const Json* value = &object;
    for (const char* key : path) {
        if (!value->is_object())
            return kNull;
        const auto found = value->find(key);
        if (found == value->end())
            return kNull;
        value = &*found;
    }
    return *value;
}

std::string text(const Json& value) {
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "true" : "false";
    if (value.is_number())
        return value.dump();
    return {};
}

std::string textOr(const Json& value, std::string_view fallback) {
    std::string result = text(value);
    return result.empty() ? std::string(fallback) : result;
}

bool isSet(const Json& value) {
    return !value.is_null() && !(value.is_string() && value.get_ref<const std::string&>().empty()) &&
           !(value.is_structured() && value.empty());
}

bool isTrue(const Json& value) {
    return value.is_boolean() && value.get<bool>();
}

std::string joined(const Json& array, std::string_view separator) {
    std::string result;
    for (const Json& element : array) {
        if (!result.empty())
            result += separator;
        result += text(element);
    }
    return result;
}

std::string goList(const Json& array) {
    return "[" + joined(array, " ") + "]";
}

SummaryItem& Writer::add(std::string label, std::string value) {
    SummaryItem& item = m_items->emplace_back();
    item.label = std::move(label);
    item.value = std::move(value);
    return item;
}

SummaryItem& Writer::addTime(std::string label, const Json& time) {
    SummaryItem& item = add(std::move(label), text(time));
    item.timeMs = base::parseTime(item.value).value_or(0);
    return item;
}

Writer Writer::heading(std::string label, std::string value) {
    return Writer(add(std::move(label), std::move(value)).children);
}

SummaryItem& Writer::link(std::string label, std::string value, std::string kind, std::string ns, std::string name) {
    SummaryItem& item = add(std::move(label), std::move(value));
    item.linkKind = std::move(kind);
    item.linkNamespace = std::move(ns);
    item.linkName = std::move(name);
    return item;
}

SummaryItem cell(std::string value) {
    SummaryItem item;
    item.value = std::move(value);
    return item;
}

SummaryItem timeCell(const Json& time) {
    SummaryItem item = cell(text(time));
    item.timeMs = base::parseTime(item.value).value_or(0);
    return item;
}

void writeLabels(Writer writer, const char* title, const Json& labels) {
    std::string lines;
    for (const auto& [key, value] : labels.items()) {
        if (!lines.empty())
            lines += '\n';
        lines += key + "=" + text(value);
    }
    writer.add(title, lines.empty() ? "<none>" : std::move(lines));
}

void writeAnnotations(Writer writer, const char* title, const Json& annotations) {
    // What kubectl apply keeps for itself is in the YAML.
    static const std::string kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";
    std::string lines;
    for (const auto& [key, value] : annotations.items()) {
        if (key == kLastApplied)
            continue;
        if (!lines.empty())
            lines += '\n';
        std::string content = text(value);
        if (content.ends_with('\n'))
            content.pop_back();
        lines += key + (content.find('\n') == std::string::npos ? ": " : ":\n") + content;
    }
    writer.add(title, lines.empty() ? "<none>" : std::move(lines));
}

void writeNameAndNamespace(Page& page) {
    page.top().add("Name", text(at(page.object, {"metadata", "name"})));
    page.top().add("Namespace", text(at(page.object, {"metadata", "namespace"})));
}

void writeController(Page& page) {
    for (const OwnerLink& owner : page.summary.owners) {
        if (owner.controller) {
            page.top().link("Controlled By", owner.kind + "/" + owner.name, owner.kind,
                            text(at(page.object, {"metadata", "namespace"})), owner.name);
            return;
        }
    }
}

namespace {

// Conditions that are good news when False; all others are when True.
bool isBadNews(const std::string& type) {
    static const std::set<std::string> kBad{"MemoryPressure", "DiskPressure",  "PIDPressure",    "NetworkUnavailable",
                                            "Failed",         "FailureTarget", "ReplicaFailure", "DisruptionTarget",
                                            "Suspended",      "Stalled",       "Degraded",       "Terminating"};
    return kBad.contains(type) || type.ends_with("Pressure") || type.ends_with("Failure");
}

std::string titleOf(std::string field) {
    if (!field.empty() && field.front() >= 'a' && field.front() <= 'z')
        field.front() = static_cast<char>(field.front() - ('a' - 'A'));
    return field;
}

} // namespace

void writeConditions(Page& page, const Json& conditions, std::initializer_list<const char*> fields) {
    if (!conditions.is_array() || conditions.empty())
        return;
    SummaryTable table;
    table.title = "Conditions";
    for (const char* field : fields)
        table.columns.push_back(titleOf(field));
    for (const Json& condition : conditions) {
        std::vector<SummaryItem> row;
        for (const char* field : fields) {
            const bool isTime = std::string_view(field).ends_with("Time");
            row.push_back(isTime ? timeCell(at(condition, field)) : cell(text(at(condition, field))));
        }
        const std::string status = text(at(condition, "status"));
        const bool good = status == (isBadNews(text(at(condition, "type"))) ? "False" : "True");
        row.front().state = good ? ObjectState::Good : ObjectState::Attention;
        table.rows.push_back(std::move(row));
    }
    page.summary.tables.push_back(std::move(table));
}

std::string selectorText(const Json& labelSelector, std::string_view whenEmpty) {
    std::vector<std::pair<std::string, std::string>> parts; // key, text
    for (const auto& [key, value] : at(labelSelector, "matchLabels").items())
        parts.emplace_back(key, key + "=" + text(value));
    for (const Json& expression : at(labelSelector, "matchExpressions")) {
        const std::string key = text(at(expression, "key"));
        const std::string op = text(at(expression, "operator"));
        if (op == "Exists" || op == "DoesNotExist") {
            parts.emplace_back(key, op == "Exists" ? key : "!" + key);
            continue;
        }
        std::set<std::string> values;
        for (const Json& value : at(expression, "values"))
            values.insert(text(value));
        std::string list;
        for (const std::string& value : values)
            list += (list.empty() ? "" : ",") + value;
        parts.emplace_back(key, key + (op == "In" ? " in (" : " notin (") + list + ")");
    }
    std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string result;
    for (const auto& [key, part] : parts)
        result += (result.empty() ? "" : ",") + part;
    return result.empty() ? std::string(whenEmpty) : result;
}

std::string mapText(const Json& map) {
    std::string result;
    for (const auto& [key, value] : map.items())
        result += (result.empty() ? "" : ",") + key + "=" + text(value);
    return result.empty() ? "<none>" : result;
}

std::string terminatingText(const Json& deletionTimestamp) {
    const std::int64_t since = base::parseTime(text(deletionTimestamp)).value_or(0);
    return "Terminating (lasts " + base::humanDuration(base::SystemClock().nowMs() - since) + ")";
}

} // namespace kube::describe
