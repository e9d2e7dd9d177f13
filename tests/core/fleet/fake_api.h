// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer.h"
#include "core/kube/memory_transport.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// A Kubernetes API of a few kinds in memory, behind a MemoryTransport: lists as JSON, watches from a
/// resourceVersion, no Tables and no initial events, so that clients take the plainest way. Of writes it takes merge
/// patches and JSON patches of objects that are there.
class FakeApi {
public:
    explicit FakeApi(base::Timers& timers, std::string uid = "uid-of-kube-system");

    [[nodiscard]] std::shared_ptr<kube::Transport> transport() const { return m_transport; }

    /// Adds a kind to discovery: "apps/v1", "Deployment", "deployments".
    void serve(const std::string& apiVersion, const std::string& kind, const std::string& plural, bool namespaced);
    /// Creates or replaces an object and tells the watches. `rest` are the members beside kind and metadata, with a
    /// comma in front: `,"status":{"phase":"Running"}`. `meta` likewise for members of metadata.
    void put(const std::string& plural, const std::string& ns, const std::string& name, const std::string& rest = {},
             const std::string& meta = {});
    void remove(const std::string& plural, const std::string& ns, const std::string& name);
    void putPod(const std::string& ns, const std::string& name, const std::string& phase = "Running",
                const std::string& node = "node-0");
    void putNode(const std::string& name, bool ready = true, const std::string& pressure = {},
                 const std::string& providerId = {});

    /// Lists and watches of this plural in all namespaces, or in one, are answered 403.
    void forbid(const std::string& plural, const std::string& ns = {}) { m_forbidden.insert({plural, ns}); }
    void allow(const std::string& plural, const std::string& ns = {}) { m_forbidden.erase({plural, ns}); }
    /// What is said to a review of permissions: the status, by "selfsubjectrulesreviews" and the review's body.
    void onReview(std::function<std::string(const std::string& resource, const std::string& body)> review) {
        m_review = std::move(review);
    }
    /// Gets every stream of a container's log; without it each stays open and silent. Runs on the asking thread.
    void onLog(std::function<void(std::shared_ptr<kube::MemoryStream>)> log) { m_log = std::move(log); }
    /// From now on nothing is answered but this failure, and open watches break; nothing: all is well again.
    void setFailure(std::optional<base::Error> failure);
    /// From now on every answer has this status and a Status object; 0: all is well again.
    void setStatus(int status) { m_status = status; }
    /// Answers come that much later.
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }
    void setVersion(std::string version) { m_version = std::move(version); }
    /// Date of answers, relative to the timers' clock.
    void setSkew(std::int64_t ms) { m_skewMs = ms; }
    void setClock(const base::Clock& clock) { m_clock = &clock; }

    /// Watches open now on a path below "/api/v1" and the like.
    [[nodiscard]] std::size_t watches(std::string_view path = {}) const;
    [[nodiscard]] std::size_t requests() const { return m_requests; }
    [[nodiscard]] std::size_t listsOf(const std::string& path) const;

private:
    struct KindEntry {
        std::string apiVersion;
        std::string kind;
        std::string plural;
        bool namespaced = true;
        [[nodiscard]] std::string path(const std::string& ns) const;
    };
    struct Object {
        std::string ns;
        std::string json;
    };
    struct Place {
        const KindEntry* kind = nullptr;
        std::string ns;
        std::string name;
    };
    struct Event {
        std::uint64_t version = 0;
        const KindEntry* kind = nullptr;
        std::string ns;
        std::string line;
    };
    struct Watch {
        Place place;
        std::shared_ptr<kube::MemoryStream> stream;
    };

    [[nodiscard]] Place placeOf(std::string_view path) const;
    std::optional<kube::MemoryAnswer> answer(const kube::ApiRequest& request);
    std::optional<kube::MemoryAnswer> trouble(const Place& place) const;
    [[nodiscard]] kube::MemoryAnswer list(const Place& place) const;
    kube::MemoryAnswer patch(const kube::ApiRequest& request, const Place& place);
    [[nodiscard]] std::string discovery(std::string_view path) const;
    void openWatch(std::shared_ptr<kube::MemoryStream> stream);
    void tell(const char* type, const KindEntry& kind, const Object& object);
    [[nodiscard]] const KindEntry& kindOf(const std::string& plural) const;

    std::shared_ptr<kube::MemoryTransport> m_transport;
    std::string m_uid;
    std::string m_version = "v1.36.3";
    std::vector<std::unique_ptr<KindEntry>> m_kinds;
    std::map<std::string, std::map<std::string, Object>> m_objects; // By plural, by "namespace/name".
    std::vector<Watch> m_watches;
    std::vector<Event> m_events; // For watches that resume.
    std::set<std::pair<std::string, std::string>> m_forbidden;
    std::function<std::string(const std::string&, const std::string&)> m_review;
    std::function<void(std::shared_ptr<kube::MemoryStream>)> m_log;
    std::optional<base::Error> m_failure;
    int m_status = 0;
    std::chrono::milliseconds m_delay{0};
    std::int64_t m_skewMs = 0;
    const base::Clock* m_clock = nullptr;
    std::uint64_t m_versionCounter = 100;
    std::uint64_t m_uidCounter = 0;
    std::map<std::string, std::string> m_uids;
    std::size_t m_requests = 0;
    std::map<std::string, std::size_t> m_lists;
};
