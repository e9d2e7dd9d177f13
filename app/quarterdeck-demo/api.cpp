// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/api.h"

#include "app/quarterdeck-demo/discovery.h"
#include "app/quarterdeck-demo/reply.h"
#include "app/quarterdeck-demo/selection.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace demo {

namespace {

bool asksForTable(const ApiCall& call) {
    return call.accept.find("as=Table") != std::string::npos;
}

IncludeObject includeObject(const ApiCall& call) {
    const std::string value = queryValue(call, "includeObject");
    return value == "None" ? IncludeObject::None : value == "Object" ? IncludeObject::Object : IncludeObject::Metadata;
}

std::vector<std::string> split(const std::string& path) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    while (at < path.size()) {
        const std::size_t slash = path.find('/', at);
        const std::size_t end = slash == std::string::npos ? path.size() : slash;
        if (end > at)
            parts.push_back(path.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::string logLine(const std::string& pod, std::size_t number) {
    static const std::vector<std::string> kLines{"GET /healthz 200 1ms", "GET /api/items 200 12ms",
                                                 "POST /api/orders 201 34ms", "cache hit ratio 0.93",
                                                 "GET /api/items?page=2 200 9ms"};
    return timestamp() + " level=info pod=" + pod + " msg=\"" + kLines[number % kLines.size()] + "\"\n";
}

} // namespace

// One open watch: hears of the store's changes until the peer goes or its time is up.
struct Api::Watch {
    Watch(ObjectStore& watched, const ServedKind& watchedKind, Selection wanted)
        : store(watched)
        , kind(watchedKind)
        , selection(std::move(wanted)) {}

    ObjectStore& store;
    const ServedKind& kind;
    Selection selection;
    bool table = false;
    bool bookmarks = false;
    IncludeObject include = IncludeObject::Metadata;
    std::int64_t secondsLeft = 0;
    std::int64_t age = 0;
    std::shared_ptr<StreamPeer> peer;
    int listener = 0;
    bool sentDefinitions = false;

    void send(const char* type, const ObjectPtr& object) {
        if (!table) {
            peer->write(R"({"type":")" + std::string(type) + R"(","object":)" + object->dump() + "}\n");
            return;
        }
        Json body = makeTable(kind, {object}, include, (*object)["metadata"].value("resourceVersion", ""));
        if (sentDefinitions)
            body.erase("columnDefinitions");
        sentDefinitions = true;
        peer->write(Json{{"type", type}, {"object", std::move(body)}}.dump() + "\n");
    }

    void sendBookmark(bool initialEventsEnd) {
        Json object = {{"kind", kind.kind.kind},
                       {"apiVersion", kind.kind.apiVersion()},
                       {"metadata", {{"resourceVersion", std::to_string(store.version())}}}};
        if (initialEventsEnd)
            object["metadata"]["annotations"] = {{"k8s.io/initial-events-end", "true"}};
        if (table) {
            Json row = {{"cells", nullptr},
                        {"object",
                         {{"kind", "PartialObjectMetadata"},
                          {"apiVersion", "meta.k8s.io/v1"},
                          {"metadata", object["metadata"]}}}};
            object = {{"kind", "Table"},
                      {"apiVersion", "meta.k8s.io/v1"},
                      {"metadata", {{"resourceVersion", std::to_string(store.version())}}},
                      {"rows", Json::array({std::move(row)})}};
        }
        peer->write(Json{{"type", "BOOKMARK"}, {"object", std::move(object)}}.dump() + "\n");
    }

    void on(const StoreEvent& event) {
        if (event.kind != &kind || !selection.matches(*event.object))
            return;
        send(event.change == Change::Added      ? "ADDED"
             : event.change == Change::Modified ? "MODIFIED"
                                                : "DELETED",
             event.object);
    }

    void close() {
        store.unlisten(listener);
        peer->finish();
    }
};

struct Api::Follow {
    std::string pod;
    std::size_t lines = 0;
    std::shared_ptr<StreamPeer> peer;
};

Api::Api(ObjectStore& store, std::string gitVersion)
    : m_store(store)
    , m_rights(store)
    , m_gitVersion(std::move(gitVersion)) {}

bool Api::parse(const std::string& path, Target& target) const {
    std::vector<std::string> parts = split(path);
    std::string group;
    std::string version;
    if (parts.size() >= 3 && parts[0] == "api") {
        version = parts[1];
        parts.erase(parts.begin(), parts.begin() + 2);
    } else if (parts.size() >= 4 && parts[0] == "apis") {
        group = parts[1];
        version = parts[2];
        parts.erase(parts.begin(), parts.begin() + 3);
    } else {
        return false;
    }
    if (parts.size() >= 3 && parts[0] == "namespaces" && findKind(group, version, parts[2]) != nullptr) {
        target.ns = parts[1];
        parts.erase(parts.begin(), parts.begin() + 2);
    }
    target.kind = findKind(group, version, parts[0]);
    if (parts.size() > 1)
        target.name = parts[1];
    if (parts.size() > 2)
        target.subresource = parts[2];
    return target.kind != nullptr;
}

Reply Api::handle(const ApiCall& call) {
    Target target;
    if (call.path.starts_with("/apis/authorization.k8s.io/v1/") && call.method == "POST")
        return review(call);
    if (!parse(call.path, target))
        return discovery(call);
    if (const kube::AccessAttributes wanted = asked(call, target); !m_rights.allows(wanted))
        return failure(403, "Forbidden", Rights::refusal(wanted));
    if (target.subresource == "scale" && target.kind->scalable)
        return scale(call, target);
    if (target.subresource == "log" && target.kind->kind.plural == "pods")
        return logs(call, target);
    if (target.subresource == "eviction" && call.method == "POST")
        return remove(call, target);
    if (!target.subresource.empty() && target.subresource != "status")
        return failure(404, "NotFound", "the server could not find the requested resource");
    if (call.method == "GET")
        return get(call, target);
    if (call.method == "POST")
        return create(call, target);
    if (call.method == "PUT")
        return replace(call, target);
    if (call.method == "PATCH")
        return patch(call, target);
    if (call.method == "DELETE")
        return remove(call, target);
    return failure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
}

kube::AccessAttributes Api::asked(const ApiCall& call, const Target& target) {
    const bool isOne = !target.name.empty();
    const char* verb = call.method == "POST"     ? "create"
                       : call.method == "PUT"    ? "update"
                       : call.method == "PATCH"  ? "patch"
                       : call.method == "DELETE" ? (isOne ? "delete" : "deletecollection")
                       : isTrue(call, "watch")   ? "watch"
                                                 : (isOne ? "get" : "list");
    return kube::accessTo(verb, target.kind->kind, target.subresource, target.ns, target.name);
}

Reply Api::review(const ApiCall& call) {
    if (call.contentType.find("json") == std::string::npos)
        return failure(415, "UnsupportedMediaType", "the demo reads reviews in JSON alone");
    const std::optional<Json> answer = m_rights.review(call.body);
    return answer ? json(*answer, 201) : failure(400, "BadRequest", "the body is no review that the demo knows");
}

Reply Api::discovery(const ApiCall& call) const {
    const bool aggregated = call.accept.find("as=APIGroupDiscoveryList") != std::string::npos &&
                            call.accept.find("v=v2") != std::string::npos;
    if (call.path == "/version") {
        const std::size_t dot = m_gitVersion.find('.');
        return json({{"major", "1"},
                     {"minor", m_gitVersion.substr(dot + 1, m_gitVersion.rfind('.') - dot - 1)},
                     {"gitVersion", m_gitVersion},
                     {"platform", "linux/amd64"}});
    }
    if (call.path == "/readyz" || call.path == "/livez" || call.path == "/healthz") {
        Reply reply;
        reply.contentType = "text/plain";
        reply.body = "ok";
        return reply;
    }
    if ((call.path == "/api" || call.path == "/apis") && aggregated) {
        Reply reply = json(aggregatedDiscovery(call.path == "/api" ? DiscoveryRoot::Core : DiscoveryRoot::Groups));
        reply.contentType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        return reply;
    }
    if (call.path == "/api")
        return json({{"kind", "APIVersions"}, {"versions", {"v1"}}});
    if (call.path == "/apis")
        return json(groupList());
    const std::vector<std::string> parts = split(call.path);
    if (parts.size() == 2 && parts[0] == "api")
        return json(resourceList("", parts[1]));
    if (parts.size() == 3 && parts[0] == "apis")
        return json(resourceList(parts[1], parts[2]));
    return failure(404, "NotFound", "the server could not find the requested resource");
}

Reply Api::get(const ApiCall& call, const Target& target) {
    if (isTrue(call, "watch"))
        return watch(call, target);
    if (target.name.empty())
        return list(call, target);
    const ObjectPtr object = m_store.find(*target.kind, target.ns, target.name);
    if (!object)
        return notFound(*target.kind, target.name);
    if (asksForTable(call))
        return json(makeTable(*target.kind, {object}, includeObject(call), std::to_string(m_store.version())));
    return json(*object);
}

Reply Api::list(const ApiCall& call, const Target& target) const {
    const auto selection = Selection::of(call, target.ns, {});
    if (!selection)
        return failure(400, "BadRequest", selection.error().message);
    const std::string limitText = queryValue(call, "limit");
    const std::size_t limit =
        limitText.empty() ? 0 : static_cast<std::size_t>(std::strtoul(limitText.c_str(), nullptr, 10));
    const std::string after = queryValue(call, "continue");
    const ObjectStore::Objects& all = m_store.objects(*target.kind);
    std::vector<ObjectPtr> page;
    std::string next;
    for (auto it = after.empty() ? all.begin() : all.upper_bound(after); it != all.end(); ++it) {
        if (!selection->matches(*it->second))
            continue;
        if (limit != 0 && page.size() == limit) {
            next = std::prev(it)->first;
            break;
        }
        page.push_back(it->second);
    }
    const std::string version = std::to_string(m_store.version());
    if (asksForTable(call)) {
        Json table = makeTable(*target.kind, page, includeObject(call), version);
        if (!next.empty())
            table["metadata"]["continue"] = next;
        return json(table);
    }
    Reply reply;
    Json metadata = {{"resourceVersion", version}};
    if (!next.empty())
        metadata["continue"] = next;
    reply.body = R"({"kind":")" + target.kind->kind.kind + R"(List","apiVersion":")" + target.kind->kind.apiVersion() +
                 R"(","metadata":)" + metadata.dump() + R"(,"items":[)";
    for (std::size_t i = 0; i < page.size(); ++i)
        reply.body += (i == 0 ? "" : ",") + page[i]->dump();
    reply.body += "]}\n";
    return reply;
}

Reply Api::watch(const ApiCall& call, const Target& target) {
    auto selection = Selection::of(call, target.ns, target.name);
    if (!selection)
        return failure(400, "BadRequest", selection.error().message);
    const std::string version = queryValue(call, "resourceVersion");
    const bool initial = isTrue(call, "sendInitialEvents");
    const bool everything = initial || version.empty() || version == "0";
    if (!everything && !m_store.eventsSince(std::strtoull(version.c_str(), nullptr, 10), [](const StoreEvent&) {}))
        return failure(410, "Expired", "too old resource version: " + version);
    auto watch = std::make_shared<Watch>(m_store, *target.kind, std::move(*selection));
    watch->table = asksForTable(call);
    watch->bookmarks = isTrue(call, "allowWatchBookmarks");
    watch->include = includeObject(call);
    const std::string timeout = queryValue(call, "timeoutSeconds");
    watch->secondsLeft = timeout.empty() ? 1800 : std::strtoll(timeout.c_str(), nullptr, 10);
    Reply reply;
    reply.stream = [this, watch, everything, initial, version](std::shared_ptr<StreamPeer> peer) {
        watch->peer = std::move(peer);
        if (everything) {
            for (const auto& [key, object] : m_store.objects(watch->kind)) {
                if (watch->selection.matches(*object))
                    watch->send("ADDED", object);
            }
        } else {
            m_store.eventsSince(std::strtoull(version.c_str(), nullptr, 10),
                                [&watch](const StoreEvent& event) { watch->on(event); });
        }
        if (initial)
            watch->sendBookmark(true);
        watch->listener = m_store.listen([watch](const StoreEvent& event) { watch->on(event); });
        m_watches.push_back(watch);
    };
    return reply;
}

Reply Api::logs(const ApiCall& call, const Target& target) {
    if (!m_store.find(*target.kind, target.ns, target.name))
        return notFound(*target.kind, target.name);
    const std::string tail = queryValue(call, "tailLines");
    const std::size_t lines = tail.empty() ? 20 : std::min<std::size_t>(1000, std::strtoul(tail.c_str(), nullptr, 10));
    Reply reply;
    reply.contentType = "text/plain";
    for (std::size_t i = 0; i < lines; ++i)
        reply.body += logLine(target.name, i);
    if (!isTrue(call, "follow"))
        return reply;
    auto follow = std::make_shared<Follow>();
    follow->pod = target.name;
    follow->lines = lines;
    reply.stream = [this, follow, first = std::move(reply.body)](std::shared_ptr<StreamPeer> peer) {
        follow->peer = std::move(peer);
        follow->peer->write(first);
        m_follows.push_back(follow);
    };
    return reply;
}

void Api::tick() {
    std::erase_if(m_watches, [](const std::shared_ptr<Watch>& watch) {
        ++watch->age;
        if (watch->peer->isGone() || --watch->secondsLeft <= 0) {
            watch->close();
            return true;
        }
        if (watch->bookmarks && watch->age % 30 == 0)
            watch->sendBookmark(false);
        return false;
    });
    std::erase_if(m_follows, [](const std::shared_ptr<Follow>& follow) {
        follow->peer->write(logLine(follow->pod, follow->lines++));
        return follow->peer->isGone();
    });
}

} // namespace demo
