// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/writer.h"

#include <algorithm>
#include <set>

namespace kube::describe {

namespace {

std::size_t decodedSize(const std::string& base64) {
    std::size_t digits = base64.size();
    while (digits > 0 && base64[digits - 1] == '=')
        --digits;
    return digits * 3 / 4;
}

void writeQuotas(Page& page) {
    const Json quotas = page.related("quotas");
    if (quotas.is_null())
        return;
    if (!isSet(at(quotas, "items"))) {
        page.top().add("Resource Quotas", "No resource quota.");
        return;
    }
    for (const Json& quota : at(quotas, "items")) {
        SummaryTable table;
        table.title = "Resource Quota " + text(at(quota, {"metadata", "name"}));
        if (isSet(at(quota, {"spec", "scopes"})))
            table.title += " (" + joined(at(quota, {"spec", "scopes"}), ", ") + ")";
        table.columns = {"Resource", "Used", "Hard"};
        for (const auto& [resource, hard] : at(quota, {"status", "hard"}).items())
            table.rows.push_back(
                {cell(resource), cell(textOr(at(quota, {"status", "used", resource.c_str()}), "0")), cell(text(hard))});
        page.summary.tables.push_back(std::move(table));
    }
}

void writeLimitRanges(Page& page) {
    const Json ranges = page.related("limits");
    if (ranges.is_null())
        return;
    if (!isSet(at(ranges, "items"))) {
        page.top().add("Resource Limits", "No LimitRange resource.");
        return;
    }
    SummaryTable table;
    table.title = "Resource Limits";
    table.columns = {"Type", "Resource", "Min", "Max", "Default Request", "Default Limit", "Max Limit/Request Ratio"};
    for (const Json& range : at(ranges, "items")) {
        for (const Json& limit : at(range, {"spec", "limits"})) {
            static constexpr const char* kBounds[] = {"min", "max", "defaultRequest", "default",
                                                      "maxLimitRequestRatio"};
            std::set<std::string> resources;
            for (const char* bound : kBounds) {
                for (const auto& [resource, value] : at(limit, bound).items())
                    resources.insert(resource);
            }
            for (const std::string& resource : resources) {
                std::vector<SummaryItem> row{cell(text(at(limit, "type"))), cell(resource)};
                for (const char* bound : kBounds)
                    row.push_back(cell(textOr(at(limit, {bound, resource.c_str()}), "-")));
                table.rows.push_back(std::move(row));
            }
        }
    }
    page.summary.tables.push_back(std::move(table));
}

} // namespace

void describeNamespace(Page& page) {
    Writer top = page.top();
    top.add("Name", text(at(page.object, {"metadata", "name"})));
    writeLabels(top, "Labels", at(page.object, {"metadata", "labels"}));
    writeAnnotations(top, "Annotations", at(page.object, {"metadata", "annotations"}));
    const std::string phase = text(at(page.object, {"status", "phase"}));
    top.add("Status", phase).state = phase == "Active" ? ObjectState::Good : ObjectState::Leaving;
    writeConditions(page, at(page.object, {"status", "conditions"}),
                    {"type", "status", "lastTransitionTime", "reason", "message"});
    writeQuotas(page);
    writeLimitRanges(page);
}

void describeConfigMap(Page& page) {
    writeNameAndNamespace(page);
    Writer top = page.top();
    writeLabels(top, "Labels", at(page.object, {"metadata", "labels"}));
    writeAnnotations(top, "Annotations", at(page.object, {"metadata", "annotations"}));
    Writer data = top.heading("Data", isSet(at(page.object, "data")) ? "" : "<none>");
    for (const auto& [key, value] : at(page.object, "data").items())
        data.add(key, text(value));
    if (!isSet(at(page.object, "binaryData")))
        return;
    Writer binary = page.top().heading("BinaryData");
    for (const auto& [key, value] : at(page.object, "binaryData").items())
        binary.add(key, std::to_string(decodedSize(text(value))) + " bytes");
}

// Sizes only: what a secret holds is shown nowhere unasked, a service account's token neither.
void describeSecret(Page& page) {
    writeNameAndNamespace(page);
    Writer top = page.top();
    writeLabels(top, "Labels", at(page.object, {"metadata", "labels"}));
    writeAnnotations(top, "Annotations", at(page.object, {"metadata", "annotations"}));
    top.add("Type", text(at(page.object, "type")));
    Writer data = top.heading("Data", isSet(at(page.object, "data")) ? "" : "<none>");
    for (const auto& [key, value] : at(page.object, "data").items())
        data.add(key, std::to_string(decodedSize(text(value))) + " bytes");
}

} // namespace kube::describe
