// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/revisions.h"

#include "core/base/cancel.h"
#include "core/change/acts/selector_text.h"
#include "core/change/line_diff.h"
#include "core/kube/go_json.h"
#include "core/kube/object_list.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

constexpr const char* kHash = "pod-template-hash";
constexpr std::string_view kRevision = "deployment.kubernetes.io/revision";
constexpr std::string_view kChangeCause = "kubernetes.io/change-cause";

/// A Deployment keeps its own of these; all others come back with the ReplicaSet.
constexpr std::array<std::string_view, 6> kDeploymentsOwn{
    "kubectl.kubernetes.io/last-applied-configuration",
    kRevision,
    "deployment.kubernetes.io/revision-history",
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
    "deprecated.deployment.rollback.to",
};

Json at(const Json& object, const char* path) {
    return object.is_object() ? object.value(Pointer(path), Json()) : Json();
}

std::string text(const Json& value) {
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string annotation(const Json& object, std::string_view key) {
    const Json annotations = at(object, "/metadata/annotations");
    return annotations.is_object() && annotations.contains(key) ? text(annotations.at(key)) : std::string();
}

bool isControlledBy(const Json& object, const std::string& uid) {
    const Json owners = at(object, "/metadata/ownerReferences");
    return owners.is_array() && std::any_of(owners.begin(), owners.end(), [&uid](const Json& owner) {
               return owner.is_object() && owner.value("controller", Json()) == true && text(at(owner, "/uid")) == uid;
           });
}

Json withoutHash(Json podTemplate) {
    if (at(podTemplate, "/metadata/labels").is_object())
        podTemplate["metadata"]["labels"].erase(kHash);
    return podTemplate;
}

std::optional<Revision> ofReplicaSet(const Json& object) {
    Revision revision;
    const std::string number = annotation(object, kRevision);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), revision.number);
    if (!number.empty() && (error != std::errc() || end != number.data() + number.size()))
        return std::nullopt;
    revision.podTemplate = withoutHash(at(object, "/spec/template"));
    revision.changeCause = annotation(object, kChangeCause);
    if (revision.changeCause.empty())
        revision.changeCause = annotation(revision.podTemplate, kChangeCause);
    return revision;
}

std::optional<Revision> ofControllerRevision(const Json& object) {
    Revision revision;
    const Json number = at(object, "/revision");
    revision.number = number.is_number_integer() ? number.get<std::int64_t>() : 0;
    revision.podTemplate = at(object, "/data/spec/template");
    if (revision.podTemplate.is_object())
        revision.podTemplate.erase("$patch");
    revision.changeCause = annotation(object, kChangeCause);
    return revision;
}

std::string notFound(std::int64_t number) {
    return "unable to find specified revision " + std::to_string(number) + " in history";
}

Json annotationsAfter(const Json& deployment, const Json& replicaSet) {
    Json annotations = Json::object();
    const auto isOwn = [](const std::string& key) {
        return std::find(kDeploymentsOwn.begin(), kDeploymentsOwn.end(), key) != kDeploymentsOwn.end();
    };
    const Json ofDeployment = at(deployment, "/metadata/annotations");
    const Json kept = at(replicaSet, "/metadata/annotations");
    for (const auto& [key, value] : ofDeployment.items()) {
        if (isOwn(key))
            annotations[key] = value;
    }
    for (const auto& [key, value] : kept.items()) {
        if (!isOwn(key))
            annotations[key] = value;
    }
    return annotations;
}

base::Result<const Revision*> chosen(const Target& target, const std::vector<Revision>& revisions,
                                     std::int64_t number) {
    if (number == 0) {
        if (revisions.size() >= 2)
            return &revisions[revisions.size() - 2];
        return base::fail(base::ErrorCode::NotFound,
                          target.object.kind == "Deployment"
                              ? "no rollout history found for deployment \"" + target.object.name + "\""
                              : "no last revision to roll back to");
    }
    const auto found = std::find_if(revisions.begin(), revisions.end(),
                                    [number](const Revision& revision) { return revision.number == number; });
    if (found == revisions.end() || number < 0)
        return base::fail(base::ErrorCode::NotFound, notFound(number));
    return &*found;
}

} // namespace

std::vector<Revision> revisionsOf(const nlohmann::json& workload, const std::vector<nlohmann::json>& candidates) {
    const std::string uid = text(at(workload, "/metadata/uid"));
    const bool isDeployment = text(at(workload, "/kind")) == "Deployment";
    const Json current = withoutHash(at(workload, "/spec/template"));
    std::vector<Revision> revisions;
    for (const Json& candidate : candidates) {
        if (!isControlledBy(candidate, uid))
            continue;
        std::optional<Revision> revision = isDeployment ? ofReplicaSet(candidate) : ofControllerRevision(candidate);
        if (!revision)
            continue;
        revision->keptBy = text(at(candidate, "/metadata/name"));
        revision->isCurrent = revision->podTemplate == current;
        revision->kept = candidate;
        revisions.push_back(*std::move(revision));
    }
    std::stable_sort(revisions.begin(), revisions.end(),
                     [](const Revision& a, const Revision& b) { return a.number < b.number; });
    return revisions;
}

base::Result<std::optional<Operation>> rollBack(const Target& target, const nlohmann::json& workload,
                                                const std::vector<Revision>& revisions, std::int64_t number) {
    const base::Result<const Revision*> revision = chosen(target, revisions, number);
    if (!revision)
        return base::fail(revision.error());
    const bool isDeployment = target.object.kind == "Deployment";
    if (isDeployment && at(workload, "/spec/paused") == true)
        return base::fail(base::ErrorCode::BadInput, "you cannot rollback a paused deployment; resume it first with "
                                                     "'rollout resume' and try again");
    if ((*revision)->isCurrent)
        return std::nullopt;
    Operation operation;
    operation.cluster = target.cluster;
    operation.object = target.object;
    operation.await = Await::Rollout;
    if (isDeployment) {
        operation.verb = Verb::JsonPatch;
        const Json steps =
            Json::array({{{"op", "replace"}, {"path", "/spec/template"}, {"value", (*revision)->podTemplate}},
                         {{"op", "replace"},
                          {"path", "/metadata/annotations"},
                          {"value", annotationsAfter(workload, (*revision)->kept)}}});
        operation.body = kube::toGoJson(steps, kube::JsonLayout::Compact);
    } else {
        operation.verb = Verb::StrategicPatch;
        operation.body = kube::toGoJson(at((*revision)->kept, "/data"), kube::JsonLayout::Compact);
    }
    return operation;
}

std::string revisionText(const Revision& revision) {
    return diffText(kube::toGoJson(revision.podTemplate, kube::JsonLayout::Compact), "PodTemplate");
}

class RevisionReader::Impl : public std::enable_shared_from_this<RevisionReader::Impl> {
public:
    Impl(base::Executor& home, Clusters& clusters, std::vector<Workload> workloads, std::function<void(Answers)> done)
        : m_home(home)
        , m_clusters(clusters)
        , m_workloads(std::move(workloads))
        , m_done(std::move(done))
        , m_answers(m_workloads.size(), std::vector<Revision>()) {}

    void start() {
        m_open = m_workloads.size() + 1;
        for (std::size_t i = 0; i < m_workloads.size(); ++i)
            read(i);
        closeLater();
    }

    void stop() {
        m_stopped = true;
        m_asking.clear();
    }

private:
    // Never inside a call from outside.
    void closeLater() {
        m_home.post([self = weak_from_this()] {
            if (const auto running = self.lock(); running && !running->m_stopped)
                running->close();
        });
    }

    void close() {
        if (--m_open > 0)
            return;
        const auto done = std::move(m_done);
        done(std::move(m_answers));
    }

    void read(std::size_t number) {
        const Target& target = m_workloads[number].target;
        const base::Result<ClusterWay> way = m_clusters.find(target.cluster);
        const kube::Kind* kind =
            way ? way->kinds->findKind("apps/v1",
                                       target.object.kind == "Deployment" ? "ReplicaSet" : "ControllerRevision")
                : nullptr;
        if (!kind || !hasRollout(target.object)) {
            m_answers[number] =
                way ? base::fail(base::ErrorCode::Unsupported, "no revisions are kept of a " + target.object.kind)
                    : base::fail(way.error());
            return closeLater();
        }
        kube::WatchSpec spec;
        spec.kind = *kind;
        spec.ns = target.object.ns;
        spec.labelSelector = selectorText(at(m_workloads[number].object, "/spec/selector"));
        m_asking.push_back(
            kube::fetchObjects(way->transport, std::move(spec), m_home,
                               [self = weak_from_this(), number](base::Result<std::vector<kube::ObjectText>> objects) {
                                   const auto running = self.lock();
                                   if (!running || running->m_stopped)
                                       return;
                                   running->take(number, std::move(objects));
                                   running->close();
                               }));
    }

    void take(std::size_t number, base::Result<std::vector<kube::ObjectText>> objects) {
        if (!objects) {
            m_answers[number] = base::fail(std::move(objects.error()));
            return;
        }
        std::vector<Json> candidates;
        for (const kube::ObjectText& object : *objects)
            candidates.push_back(kube::parseGoJson(object.json).value_or(Json()));
        m_answers[number] = revisionsOf(m_workloads[number].object, candidates);
    }

    base::Executor& m_home;
    Clusters& m_clusters;
    const std::vector<Workload> m_workloads;
    std::function<void(Answers)> m_done;
    Answers m_answers;
    std::vector<base::Cancel> m_asking;
    std::size_t m_open = 0;
    bool m_stopped = false;
};

RevisionReader::RevisionReader(base::Executor& home, Clusters& clusters, std::vector<Workload> workloads,
                               std::function<void(Answers)> done)
    : m_impl(std::make_shared<Impl>(home, clusters, std::move(workloads), std::move(done))) {
    m_impl->start();
}

RevisionReader::~RevisionReader() {
    m_impl->stop();
}

} // namespace change
