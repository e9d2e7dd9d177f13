// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/table.h"

#include "core/base/age.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/kube/decode/decoder.h"

namespace demo {

namespace {

Json definition(const std::string& name, const std::string& type, int priority) {
    return {{"name", name},
            {"type", type},
            {"format", name == "Name" ? "name" : ""},
            {"description", ""},
            {"priority", priority}};
}

std::string ageOf(const Json& time, std::int64_t nowMs) {
    const auto ms = base::parseTime(time.is_string() ? time.get<std::string>() : std::string());
    return ms ? base::humanDuration(nowMs - *ms) : "<unknown>";
}

Json ownCell(const Json& object, const PrinterColumn& column, std::int64_t nowMs) {
    if (column.pointer.starts_with('#')) {
        const Json::json_pointer at(column.pointer.substr(1));
        return object.contains(at) ? object[at].size() : 0;
    }
    const Json::json_pointer at(column.pointer);
    if (!object.contains(at))
        return nullptr;
    return column.type == "date" ? Json(ageOf(object[at], nowMs)) : object[at];
}

struct Printed {
    Json definitions = Json::array();
    std::vector<Json> cells; // an array an object
};

Printed printOwn(const ServedKind& kind, const std::vector<ObjectPtr>& objects, std::int64_t nowMs) {
    Printed printed;
    printed.definitions.push_back(definition("Name", "string", 0));
    for (const PrinterColumn& column : kind.columns)
        printed.definitions.push_back(definition(column.name, column.type, column.priority));
    const bool hasAge = kind.kind.plural != "customresourcedefinitions";
    if (hasAge)
        printed.definitions.push_back(definition("Age", kind.custom ? "date" : "string", 0));
    for (const ObjectPtr& object : objects) {
        Json cells = Json::array({(*object)["metadata"]["name"]});
        for (const PrinterColumn& column : kind.columns)
            cells.push_back(kind.kind.plural == "customresourcedefinitions" && column.type == "date"
                                ? object->at(Json::json_pointer(column.pointer))
                                : ownCell(*object, column, nowMs));
        if (hasAge)
            cells.push_back(ageOf((*object)["metadata"]["creationTimestamp"], nowMs));
        printed.cells.push_back(std::move(cells));
    }
    return printed;
}

Printed printTyped(const ServedKind& kind, const kube::RowLayout& layout, const std::vector<ObjectPtr>& objects,
                   std::int64_t nowMs) {
    Printed printed;
    for (const kube::Column& column : layout.columns())
        printed.definitions.push_back(definition(
            column.title, column.format == kube::CellFormat::Number ? "integer" : "string", column.priority));
    std::string body = R"({"kind":"List","apiVersion":"v1","metadata":{},"items":[)";
    for (const ObjectPtr& object : objects) {
        if (object != objects.front())
            body += ',';
        body += object->dump();
    }
    body += "]}";
    kube::Decoder::Spec spec;
    spec.kind = kind.kind;
    const auto decoder = kube::Decoder::create(std::move(spec));
    kube::ListMeta meta;
    const auto batch = decoder->list("application/json", body, meta);
    printed.cells.resize(objects.size(), Json::array());
    for (std::size_t i = 0; batch && i < batch->size() && i < objects.size(); ++i) {
        const kube::RowRef row = batch->row(i);
        for (const kube::Column& column : batch->layout()->columns()) {
            if (column.format == kube::CellFormat::Number)
                printed.cells[i].push_back(row.number(column.field));
            else
                printed.cells[i].push_back(row.cell(column, nowMs));
        }
    }
    return printed;
}

Json embedded(const Json& object, IncludeObject include) {
    if (include == IncludeObject::Object)
        return object;
    return {{"kind", "PartialObjectMetadata"}, {"apiVersion", "meta.k8s.io/v1"}, {"metadata", object["metadata"]}};
}

} // namespace

Json makeTable(const ServedKind& kind, const std::vector<ObjectPtr>& objects, IncludeObject include,
               const std::string& resourceVersion) {
    const std::int64_t nowMs = base::SystemClock().nowMs();
    const kube::RowLayoutPtr layout = kind.columns.empty() ? kube::matchTypedKind(kind.kind, {}) : nullptr;
    Printed printed = layout ? printTyped(kind, *layout, objects, nowMs) : printOwn(kind, objects, nowMs);
    Json table = {{"kind", "Table"},
                  {"apiVersion", "meta.k8s.io/v1"},
                  {"metadata", {{"resourceVersion", resourceVersion}}},
                  {"columnDefinitions", std::move(printed.definitions)},
                  {"rows", Json::array()}};
    for (std::size_t i = 0; i < objects.size(); ++i) {
        Json row = {{"cells", std::move(printed.cells[i])}};
        if (include != IncludeObject::None)
            row["object"] = embedded(*objects[i], include);
        table["rows"].push_back(std::move(row));
    }
    return table;
}

} // namespace demo
