// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/debug_container.h"

#include "core/kube/go_json.h"

#include <algorithm>
#include <array>
#include <random>

namespace change {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<DebugProfile, std::string_view>, 5> kProfiles{{
    {DebugProfile::General, "general"},
    {DebugProfile::Baseline, "baseline"},
    {DebugProfile::Restricted, "restricted"},
    {DebugProfile::NetAdmin, "netadmin"},
    {DebugProfile::SysAdmin, "sysadmin"},
}};

bool hasContainer(const Json& pod, std::initializer_list<const char*> lists, const std::string& name) {
    return std::any_of(lists.begin(), lists.end(), [&](const char* list) {
        const Json containers = pod.value(Json::json_pointer(std::string("/spec/") + list), Json::array());
        return containers.is_array() && std::any_of(containers.begin(), containers.end(), [&name](const Json& one) {
                   return one.is_object() && one.value("name", Json()) == name;
               });
    });
}

Json securityOf(DebugProfile profile) {
    switch (profile) {
    case DebugProfile::General:
        return {{"capabilities", {{"add", {"SYS_PTRACE"}}}}};
    case DebugProfile::Baseline:
        return nullptr;
    case DebugProfile::Restricted:
        return {{"runAsNonRoot", true},
                {"allowPrivilegeEscalation", false},
                {"capabilities", {{"drop", {"ALL"}}}},
                {"seccompProfile", {{"type", "RuntimeDefault"}}}};
    case DebugProfile::NetAdmin:
        return {{"capabilities", {{"add", {"NET_ADMIN", "NET_RAW"}}}}};
    case DebugProfile::SysAdmin:
        return {{"privileged", true}};
    }
    return nullptr;
}

Json written(const DebugContainer& container) {
    Json json{{"name", container.name}, {"image", container.image}, {"terminationMessagePolicy", "File"}};
    if (!container.pullPolicy.empty())
        json["imagePullPolicy"] = container.pullPolicy;
    if (!container.target.empty())
        json["targetContainerName"] = container.target;
    if (!container.words.empty())
        json[container.as == DebugContainer::Words::Command ? "command" : "args"] = container.words;
    for (const auto& [name, value] : container.environment)
        json["env"].push_back({{"name", name}, {"value", value}});
    if (container.hasInput)
        json["stdin"] = true;
    if (container.hasTerminal)
        json["tty"] = true;
    if (Json security = securityOf(container.profile); !security.is_null())
        json["securityContext"] = std::move(security);
    return json;
}

base::Result<Operation> bad(std::string why) {
    return base::fail(base::ErrorCode::BadInput, std::move(why));
}

} // namespace

std::string_view toString(DebugProfile profile) {
    const auto at = std::find_if(kProfiles.begin(), kProfiles.end(),
                                 [profile](const auto& entry) { return entry.first == profile; });
    return at == kProfiles.end() ? std::string_view() : at->second;
}

std::optional<DebugProfile> debugProfileFrom(std::string_view text) {
    const auto at =
        std::find_if(kProfiles.begin(), kProfiles.end(), [text](const auto& entry) { return entry.second == text; });
    return at == kProfiles.end() ? std::nullopt : std::optional(at->first);
}

std::string newDebuggerName() {
    static constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
    std::random_device random;
    std::uniform_int_distribution<std::size_t> letter(0, kLetters.size() - 1);
    std::string name = "debugger-";
    for (int i = 0; i < 5; ++i)
        name += kLetters[letter(random)];
    return name;
}

base::Result<Operation> addDebugContainer(const Target& target, std::string_view live,
                                          const DebugContainer& container) {
    const base::Result<Json> pod = kube::parseGoJson(live);
    if (!pod)
        return base::fail(pod.error());
    if (!pod->is_object() || target.object.kind != "Pod")
        return bad(toString(target.object) + " is no Pod");
    if (container.image.empty())
        return bad("a debug container needs an image");
    if (hasContainer(*pod, {"containers", "initContainers", "ephemeralContainers"}, container.name))
        return bad(toString(target.object) + " has a container " + container.name + " already");
    if (!container.target.empty() && !hasContainer(*pod, {"containers", "initContainers"}, container.target))
        return bad(toString(target.object) + " has no container " + container.target);
    Operation operation;
    operation.cluster = target.cluster;
    operation.verb = Verb::StrategicPatch;
    operation.object = target.object;
    operation.subresource = "ephemeralcontainers";
    // Unless the order is named, the server puts what is new in front.
    Json order = Json::array();
    const Json known = pod->value(Json::json_pointer("/spec/ephemeralContainers"), Json());
    for (const Json& one : known.is_array() ? known : Json::array())
        order.push_back({{"name", one.is_object() ? one.value("name", Json()) : Json()}});
    order.push_back({{"name", container.name}});
    const Json patch{{"spec",
                      {{"$setElementOrder/ephemeralContainers", std::move(order)},
                       {"ephemeralContainers", Json::array({written(container)})}}}};
    operation.body = kube::toGoJson(patch, kube::JsonLayout::Compact);
    return operation;
}

} // namespace change
