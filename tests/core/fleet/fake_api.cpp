// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/fleet/fake_api.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

namespace {

std::string jsonText(const std::string& text) {
    return '"' + text + '"';
}

kube::MemoryAnswer status(int code, const char* reason, const std::string& message) {
    kube::MemoryAnswer answer;
    answer.status = code;
    answer.body = R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":")" + std::string(reason) +
                  R"(","message":")" + message + R"(","details":{"name":"x","kind":"y"},"code":)" +
                  std::to_string(code) + "}";
    return answer;
}

std::string uuid(std::uint64_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "00000000-0000-4000-8000-%012llx", static_cast<unsigned long long>(number));
    return text;
}

std::string httpDate(std::int64_t ms) {
    const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text;
}

} // namespace

std::string FakeApi::KindEntry::path(const std::string& ns) const {
    const std::string root = apiVersion.find('/') == std::string::npos ? "/api/" : "/apis/";
    return root + apiVersion + (ns.empty() ? "" : "/namespaces/" + ns) + "/" + plural;
}

FakeApi::FakeApi(base::Timers& timers, std::string uid)
    : m_transport(std::make_shared<kube::MemoryTransport>(&timers))
    , m_uid(std::move(uid)) {
    m_transport->onSend([this](const kube::ApiRequest& request) { return answer(request); });
    m_transport->onStream([this](std::shared_ptr<kube::MemoryStream> stream) {
        const std::string& target = stream->request().target;
        const bool isLog = target.substr(0, target.find('?')).ends_with("/log");
        if (isLog && m_log)
            m_log(std::move(stream));
        else if (!isLog)
            openWatch(std::move(stream));
    });
    serve("v1", "Pod", "pods", true);
    serve("v1", "Node", "nodes", false);
    serve("v1", "Namespace", "namespaces", false);
    serve("v1", "Service", "services", true);
    serve("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", false);
    put("namespaces", {}, "kube-system");
}

void FakeApi::serve(const std::string& apiVersion, const std::string& kind, const std::string& plural,
                    bool namespaced) {
    m_kinds.push_back(std::make_unique<KindEntry>(KindEntry{apiVersion, kind, plural, namespaced}));
}

const FakeApi::KindEntry& FakeApi::kindOf(const std::string& plural) const {
    return **std::ranges::find_if(m_kinds, [&](const auto& kind) { return kind->plural == plural; });
}

void FakeApi::put(const std::string& plural, const std::string& ns, const std::string& name, const std::string& rest,
                  const std::string& meta) {
    const KindEntry& kind = kindOf(plural);
    const std::string key = ns + "/" + name;
    std::string& uid = m_uids[plural + " " + key];
    if (plural == "namespaces" && name == "kube-system")
        uid = m_uid;
    else if (uid.empty())
        uid = uuid(++m_uidCounter);
    const bool isNew = !m_objects[plural].contains(key);
    Object& object = m_objects[plural][key];
    object.ns = ns;
    object.json = R"({"apiVersion":)" + jsonText(kind.apiVersion) + R"(,"kind":)" + jsonText(kind.kind) +
                  R"(,"metadata":{"name":)" + jsonText(name) + (ns.empty() ? "" : R"(,"namespace":)" + jsonText(ns)) +
                  R"(,"uid":)" + jsonText(uid) + R"(,"resourceVersion":)" +
                  jsonText(std::to_string(++m_versionCounter)) + R"(,"creationTimestamp":"2024-01-01T00:00:00Z")" +
                  meta + "}" + rest + "}";
    tell(isNew ? "ADDED" : "MODIFIED", kind, object);
}

void FakeApi::remove(const std::string& plural, const std::string& ns, const std::string& name) {
    const std::string key = ns + "/" + name;
    ++m_versionCounter;
    tell("DELETED", kindOf(plural), m_objects[plural].at(key));
    m_objects[plural].erase(key);
    m_uids.erase(plural + " " + key);
}

void FakeApi::putPod(const std::string& ns, const std::string& name, const std::string& phase,
                     const std::string& node) {
    put("pods", ns, name,
        R"(,"spec":{"nodeName":)" + jsonText(node) +
            R"(,"containers":[{"name":"a","resources":{"requests":{"cpu":"100m","memory":"64Mi"}}}]})" +
            R"(,"status":{"phase":)" + jsonText(phase) + "}");
}

void FakeApi::putNode(const std::string& name, bool ready, const std::string& pressure, const std::string& providerId) {
    std::string conditions = R"({"type":"Ready","status":")" + std::string(ready ? "True" : "False") + R"("})";
    if (!pressure.empty())
        conditions += R"(,{"type":)" + jsonText(pressure) + R"(,"status":"True"})";
    put("nodes", {}, name,
        R"(,"spec":{"providerID":)" + jsonText(providerId) +
            R"(},"status":{"allocatable":{"cpu":"4","memory":"8Gi"},)" + R"("conditions":[)" + conditions + "]}");
}

void FakeApi::setFailure(std::optional<base::Error> failure) {
    m_failure = std::move(failure);
    if (!m_failure)
        return;
    for (const Watch& watch : std::exchange(m_watches, {}))
        watch.stream->end(base::fail(*m_failure));
}

std::size_t FakeApi::watches(std::string_view path) const {
    return static_cast<std::size_t>(std::ranges::count_if(m_watches, [&](const Watch& watch) {
        const std::string& target = watch.stream->request().target;
        return !watch.stream->isCancelled() && target.substr(0, target.find('?')).ends_with(path);
    }));
}

std::size_t FakeApi::listsOf(const std::string& path) const {
    const auto found = m_lists.find(path);
    return found == m_lists.end() ? 0 : found->second;
}

FakeApi::Place FakeApi::placeOf(std::string_view path) const {
    for (const auto& kind : m_kinds) {
        const std::string all = kind->path({});
        if (path == all)
            return {kind.get(), {}, {}};
        if (path.starts_with(all + "/") && path.find('/', all.size() + 1) == std::string_view::npos)
            return {kind.get(), {}, std::string(path.substr(all.size() + 1))};
        const std::string root = all.substr(0, all.size() - kind->plural.size()) + "namespaces/";
        if (!path.starts_with(root))
            continue;
        const std::string_view rest = path.substr(root.size());
        const std::size_t slash = rest.find('/');
        if (slash == std::string_view::npos)
            continue;
        const std::string_view tail = rest.substr(slash + 1);
        if (tail == kind->plural)
            return {kind.get(), std::string(rest.substr(0, slash)), {}};
        if (tail.starts_with(kind->plural + "/"))
            return {kind.get(), std::string(rest.substr(0, slash)), std::string(tail.substr(kind->plural.size() + 1))};
    }
    return {};
}

std::optional<kube::MemoryAnswer> FakeApi::trouble(const Place& place) const {
    if (m_failure)
        return kube::MemoryAnswer{.failure = m_failure, .delay = m_delay};
    if (m_status == 401)
        return status(401, "Unauthorized", "Unauthorized");
    if (m_status != 0)
        return status(m_status, "InternalError", "out of order");
    if (place.kind && place.name.empty() && m_forbidden.contains({place.kind->plural, place.ns}))
        return status(403, "Forbidden", place.kind->plural + " is forbidden");
    return std::nullopt;
}

std::optional<kube::MemoryAnswer> FakeApi::answer(const kube::ApiRequest& request) {
    ++m_requests;
    const std::string path = request.target.substr(0, request.target.find('?'));
    // What a test has put there itself.
    if (path.starts_with("/openapi/"))
        return std::nullopt;
    const Place place = placeOf(path);
    std::optional<kube::MemoryAnswer> result = trouble(place);
    if (result)
        return result;
    const bool wantsTable = request.target.find("limit=1&") != std::string::npos;
    if (m_review && request.method == "POST")
        result = kube::MemoryAnswer{
            .status = 201, .body = R"({"status":)" + m_review(path.substr(path.rfind('/') + 1), request.body) + "}"};
    else if (path == "/version")
        result = kube::MemoryAnswer{.body = R"({"gitVersion":")" + m_version + R"("})"};
    else if (path == "/api" || path == "/apis" || (!place.kind && path.starts_with("/api")))
        result = kube::MemoryAnswer{.body = discovery(path)};
    else if (place.kind && place.name.empty() && wantsTable)
        result = status(406, "NotAcceptable", "no tables here");
    else if (place.kind && place.name.empty())
        result = list(place);
    else if (place.kind && request.method == "PATCH")
        result = patch(request, place);
    else if (place.kind) {
        const auto& objects = m_objects[place.kind->plural];
        const auto found = objects.find(place.ns + "/" + place.name);
        result = found == objects.end() ? status(404, "NotFound", "not found")
                                        : kube::MemoryAnswer{.body = found->second.json};
    }
    if (!result)
        result = status(404, "NotFound", "not found");
    if (place.kind && place.name.empty() && !wantsTable)
        ++m_lists[path];
    result->delay = m_delay;
    if (m_clock)
        result->headers.emplace_back("Date", httpDate(m_clock->nowMs() + m_skewMs));
    return result;
}

kube::MemoryAnswer FakeApi::patch(const kube::ApiRequest& request, const Place& place) {
    auto& objects = m_objects[place.kind->plural];
    const auto found = objects.find(place.ns + "/" + place.name);
    if (found == objects.end())
        return status(404, "NotFound", "not found");
    nlohmann::json object = nlohmann::json::parse(found->second.json);
    nlohmann::json change = nlohmann::json::parse(request.body);
    if (request.contentType == "application/json-patch+json") {
        try {
            object.patch_inplace(change);
        } catch (const nlohmann::json::exception&) {
            return status(422, "Invalid", "a test of the patch failed");
        }
    } else if (request.contentType == "application/merge-patch+json") {
        const auto expected = change["metadata"].value("resourceVersion", std::string());
        if (!expected.empty() && nlohmann::json(expected) != object["metadata"]["resourceVersion"])
            return status(409, "Conflict", "the object has been modified");
        object.merge_patch(change);
    } else {
        return status(415, "UnsupportedMediaType", "merge patches and JSON patches only");
    }
    if (request.target.find("dryRun=All") != std::string::npos)
        return {.body = object.dump()};
    object["metadata"]["resourceVersion"] = std::to_string(++m_versionCounter);
    found->second.json = object.dump();
    tell("MODIFIED", *place.kind, found->second);
    return {.body = found->second.json};
}

kube::MemoryAnswer FakeApi::list(const Place& place) const {
    std::string items;
    const auto found = m_objects.find(place.kind->plural);
    if (found != m_objects.end()) {
        for (const auto& [key, object] : found->second) {
            if (place.ns.empty() || object.ns == place.ns)
                items += (items.empty() ? "" : ",") + object.json;
        }
    }
    return {.body = R"({"apiVersion":)" + jsonText(place.kind->apiVersion) + R"(,"kind":)" +
                    jsonText(place.kind->kind + "List") + R"(,"metadata":{"resourceVersion":)" +
                    jsonText(std::to_string(m_versionCounter)) + R"(},"items":[)" + items + "]}"};
}

// The old way: group by group.
std::string FakeApi::discovery(std::string_view path) const {
    if (path == "/api")
        return R"({"kind":"APIVersions","versions":["v1"]})";
    std::set<std::string> groupVersions;
    for (const auto& kind : m_kinds) {
        if (kind->apiVersion != "v1")
            groupVersions.insert(kind->apiVersion);
    }
    if (path == "/apis") {
        std::string groups;
        for (const std::string& each : groupVersions) {
            const std::size_t slash = each.find('/');
            const std::string version =
                R"({"groupVersion":)" + jsonText(each) + R"(,"version":)" + jsonText(each.substr(slash + 1)) + "}";
            groups += (groups.empty() ? "" : ",") + (R"({"name":)" + jsonText(each.substr(0, slash))) +
                      R"(,"versions":[)" + version + R"(],"preferredVersion":)" + version + "}";
        }
        return R"({"kind":"APIGroupList","apiVersion":"v1","groups":[)" + groups + "]}";
    }
    const std::string wanted(path.substr(path.starts_with("/apis/") ? 6 : 5));
    std::string resources;
    for (const auto& kind : m_kinds) {
        if (kind->apiVersion != wanted)
            continue;
        resources += (resources.empty() ? "" : ",") + (R"({"name":)" + jsonText(kind->plural)) +
                     R"(,"singularName":"","namespaced":)" + (kind->namespaced ? "true" : "false") + R"(,"kind":)" +
                     jsonText(kind->kind) + R"(,"verbs":["get","list","watch"]})";
    }
    return R"({"kind":"APIResourceList","apiVersion":"v1","groupVersion":)" + jsonText(wanted) + R"(,"resources":[)" +
           resources + "]}";
}

void FakeApi::openWatch(std::shared_ptr<kube::MemoryStream> stream) {
    ++m_requests;
    const std::string& target = stream->request().target;
    const Place place = placeOf(target.substr(0, target.find('?')));
    if (const auto refusal = trouble(place)) {
        if (refusal->failure)
            stream->end(base::fail(*refusal->failure));
        else
            stream->refuse(*refusal);
        return;
    }
    if (target.find("sendInitialEvents") != std::string::npos) {
        stream->refuse(status(422, "Invalid", "sendInitialEvents is not known"));
        return;
    }
    stream->head();
    const std::size_t from = target.find("resourceVersion=");
    const std::uint64_t seen = from == std::string::npos ? 0 : std::stoull(target.substr(from + 16));
    for (const Event& event : m_events) {
        if (event.version > seen && event.kind == place.kind && (place.ns.empty() || place.ns == event.ns))
            stream->send(event.line);
    }
    m_watches.push_back({place, std::move(stream)});
}

void FakeApi::tell(const char* type, const KindEntry& kind, const Object& object) {
    std::erase_if(m_watches, [](const Watch& watch) { return watch.stream->isCancelled(); });
    const std::string line = R"({"type":")" + std::string(type) + R"(","object":)" + object.json + "}\n";
    m_events.push_back({m_versionCounter, &kind, object.ns, line});
    for (const Watch& watch : m_watches) {
        if (watch.place.kind == &kind && (watch.place.ns.empty() || watch.place.ns == object.ns))
            watch.stream->send(line);
    }
}
