// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/describe/summary.h"

#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace kube::describe {

using Json = nlohmann::json;

/// The value below the keys given, a null value where one of them is missing.
const Json& at(const Json& object, std::initializer_list<const char*> path);
inline const Json& at(const Json& object, const char* key) {
    return at(object, {key});
}
/// A scalar as Go's %v prints it; empty for null and everything else.
std::string text(const Json& value);
std::string textOr(const Json& value, std::string_view fallback);
bool isSet(const Json& value);
bool isTrue(const Json& value);
/// Elements of an array as text, joined.
std::string joined(const Json& array, std::string_view separator);
/// "[a b]", as Go prints a slice.
std::string goList(const Json& array);

/// Adds lines to a list of summary items.
class Writer {
public:
    explicit Writer(std::vector<SummaryItem>& items)
        : m_items(&items) {}

    SummaryItem& add(std::string label, std::string value);
    SummaryItem& addTime(std::string label, const Json& time);
    /// A heading; what is written through the result stands below it.
    Writer heading(std::string label, std::string value = {});
    SummaryItem& link(std::string label, std::string value, std::string kind, std::string ns, std::string name);

private:
    std::vector<SummaryItem>* m_items;
};

/// What a describer writes to and reads from.
struct Page {
    Summary& summary;
    const Json& object;
    /// An answer of Related by its id; null where it was not fetched.
    std::function<Json(std::string_view)> related;

    Writer top() { return Writer(summary.items); }
};

// Parts that several kinds share.
void writeLabels(Writer writer, const char* title, const Json& labels);
void writeAnnotations(Writer writer, const char* title, const Json& annotations);
void writeNameAndNamespace(Page& page);
void writeController(Page& page);
/// Name, status and the rest of .status.conditions; one column for each of `fields` (their JSON names).
void writeConditions(Page& page, const Json& conditions, std::initializer_list<const char*> fields);
std::string selectorText(const Json& labelSelector, std::string_view whenEmpty);
/// "a=b,c=d" of a plain map, "<none>" if empty.
std::string mapText(const Json& map);
std::string terminatingText(const Json& deletionTimestamp);
/// Containers, volumes, scheduling of a pod template.
void writePodTemplate(Page& page, const Json& podTemplate);
/// "2 Running / 0 Waiting / 0 Succeeded / 0 Failed" of the related pods that the object controls.
void writePodsStatus(Page& page);
void writeContainers(Writer writer, const char* title, const Json& containers, const Json& statuses, const Json* pod);
void writeResources(Writer writer, const Json& resources);
/// SeccompProfile of a pod's or container's security context.
void writeSecurityProfile(Writer writer, const Json& securityContext);
/// A quantity in multiples of another, rounded up: what a resource field reference gives a container.
std::string wholeUnits(const std::string& quantity, const std::string& divisor);
void writeVolumes(Writer writer, const Json& volumes);
void writeVolumeSource(Writer writer, const Json& source);
void writeScheduling(Writer writer, const Json& podSpec);
void writeClaim(Writer writer, const Json& claim, bool whole);
/// "10.0.0.1:80,10.0.0.2:80 + 1 more..." of an EndpointSliceList, for ports of that name.
std::string endpointsText(const Json& slices, const std::string& portName);
SummaryItem cell(std::string value);
SummaryItem timeCell(const Json& time);

// One function a kind.
void describePod(Page& page);
void describeDeployment(Page& page);
void describeReplicaSet(Page& page);
void describeStatefulSet(Page& page);
void describeDaemonSet(Page& page);
void describeJob(Page& page);
void describeCronJob(Page& page);
void describeService(Page& page);
void describeIngress(Page& page);
void describeEndpointSlice(Page& page);
void describeClaim(Page& page);
void describeVolume(Page& page);
void describeNode(Page& page);
void describeNamespace(Page& page);
void describeConfigMap(Page& page);
void describeSecret(Page& page);
void describeGeneric(Page& page);

} // namespace kube::describe
