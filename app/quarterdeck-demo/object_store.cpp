// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/object_store.h"

#include "core/base/clock.h"
#include "core/base/text.h"

#include <utility>
#include <vector>

namespace demo {

namespace {

constexpr std::size_t kHistory = 20000;

std::string keyOf(const std::string& ns, const std::string& name) {
    return ns + "/" + name;
}

} // namespace

std::string timestamp(std::int64_t secondsFromNow) {
    return base::formatTime(base::SystemClock().nowMs() + secondsFromNow * 1000);
}

ObjectStore::ObjectStore(std::uint64_t seed)
    : m_random(seed * 0x9E3779B97F4A7C15ULL + 1) {}

const ObjectStore::Objects& ObjectStore::objects(const ServedKind& kind) const {
    static const Objects kNone;
    const auto found = m_objects.find(&kind);
    return found == m_objects.end() ? kNone : found->second;
}

ObjectPtr ObjectStore::find(const ServedKind& kind, const std::string& ns, const std::string& name) const {
    const Objects& all = objects(kind);
    const auto found = all.find(keyOf(ns, name));
    return found == all.end() ? nullptr : found->second;
}

ObjectPtr ObjectStore::put(const ServedKind& kind, Json object) {
    Json& metadata = object["metadata"];
    const std::string key = keyOf(metadata.value("namespace", ""), metadata.value("name", ""));
    Objects& all = m_objects[&kind];
    const auto known = all.find(key);
    object["apiVersion"] = kind.kind.apiVersion();
    object["kind"] = kind.kind.kind;
    if (known == all.end()) {
        if (!metadata.contains("uid"))
            metadata["uid"] = nextUid();
        if (!metadata.contains("creationTimestamp"))
            metadata["creationTimestamp"] = timestamp();
        if (object.contains("spec"))
            metadata["generation"] = 1;
    } else {
        const Json& before = *known->second;
        metadata["uid"] = before["metadata"]["uid"];
        metadata["creationTimestamp"] = before["metadata"]["creationTimestamp"];
        if (object.contains("spec"))
            metadata["generation"] =
                before["metadata"].value("generation", 1) + (before.value("spec", Json()) != object["spec"] ? 1 : 0);
    }
    metadata["resourceVersion"] = std::to_string(++m_version);
    auto stored = std::make_shared<const Json>(std::move(object));
    const Change change = known == all.end() ? Change::Added : Change::Modified;
    all[key] = stored;
    publish(change, kind, stored);
    return stored;
}

void ObjectStore::remove(const ServedKind& kind, const std::string& ns, const std::string& name) {
    Objects& all = m_objects[&kind];
    const auto known = all.find(keyOf(ns, name));
    if (known == all.end())
        return;
    Json last = *known->second;
    last["metadata"]["resourceVersion"] = std::to_string(++m_version);
    all.erase(known);
    publish(Change::Deleted, kind, std::make_shared<const Json>(std::move(last)));
}

void ObjectStore::update(const ServedKind& kind, const std::string& ns, const std::string& name,
                         const std::function<void(Json&)>& change) {
    if (const ObjectPtr known = find(kind, ns, name)) {
        Json object = *known;
        change(object);
        if (object != *known)
            put(kind, std::move(object));
    }
}

bool ObjectStore::eventsSince(std::uint64_t version, const std::function<void(const StoreEvent&)>& visit) const {
    if (!m_history.empty() && version + 1 < m_history.front().version)
        return false;
    for (const StoreEvent& event : m_history) {
        if (event.version > version)
            visit(event);
    }
    return true;
}

int ObjectStore::listen(std::function<void(const StoreEvent&)> listener) {
    m_listeners.emplace(++m_nextListener, std::move(listener));
    return m_nextListener;
}

void ObjectStore::unlisten(int id) {
    m_listeners.erase(id);
}

std::string ObjectStore::nextUid() {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string uid;
    for (int i = 0; i < 36; ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            uid += '-';
            continue;
        }
        m_random ^= m_random << 13U;
        m_random ^= m_random >> 7U;
        m_random ^= m_random << 17U;
        uid += kHex[(m_random >> 20U) & 0xFU];
    }
    uid[14] = '4';
    uid[19] = '8';
    return uid;
}

void ObjectStore::publish(Change change, const ServedKind& kind, ObjectPtr object) {
    m_history.push_back({m_version, change, &kind, std::move(object)});
    if (m_history.size() > kHistory)
        m_history.pop_front();
    const StoreEvent event = m_history.back();
    std::vector<int> ids;
    for (const auto& [id, listener] : m_listeners)
        ids.push_back(id);
    for (const int id : ids) {
        // A listener may take itself or another away.
        if (const auto found = m_listeners.find(id); found != m_listeners.end())
            found->second(event);
    }
}

} // namespace demo
