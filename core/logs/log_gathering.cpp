// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_gathering.h"

#include "core/fleet/fleet.h"
#include "core/kube/discovery.h"
#include "core/kube/kind.h"
#include "core/kube/streams/log_sources.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace logs {

namespace {

// A container that is about to start, and a pod whose object did not come, are asked for once more.
constexpr std::chrono::milliseconds kAgain{1000};
constexpr int kMostDoublings = 5;

std::string podKey(fleet::ClusterId cluster, const kube::RowRef& row) {
    return std::to_string(cluster.value) + '/' + row.uid().toText();
}

kube::Kind podKind() {
    kube::Kind kind;
    kind.version = "v1";
    kind.kind = "Pod";
    kind.plural = "pods";
    return kind;
}

} // namespace

LogGathering::LogGathering(GatherEnvironment environment, GatherSpec spec, std::shared_ptr<LogStore> store)
    : m_environment(environment)
    , m_spec(std::move(spec))
    , m_store(std::move(store))
    , m_intake(std::make_shared<LogIntake>(
          m_store, *environment.pool, *environment.home, *environment.clock, *environment.timers,
          LogIntake::Hooks{[this] {
                               if (m_stored)
                                   m_stored();
                           },
                           [this](SourceId source, LogIntake::News news, std::optional<base::Error> error) {
                               readNews(source, news, std::move(error));
                           }})) {
    for (const GatherSubject& subject : m_spec.subjects)
        m_meant.push_back({subject, std::nullopt});
    start();
}

LogGathering::~LogGathering() {
    m_intake->close();
}

void LogGathering::start() {
    for (std::size_t i = 0; i < m_meant.size(); ++i) {
        Meant& meant = m_meant[i];
        const GatherSubject& subject = meant.subject;
        if (!subject.selector.empty()) {
            auto selector = kube::LabelSelector::parse(subject.selector);
            if (!selector) {
                setProblem(selector.error());
                continue;
            }
            meant.selector = std::move(*selector);
        } else if (subject.resource != "pods") {
            askOwner(i);
            continue;
        }
        watch(subject.cluster, subject.ns);
    }
}

void LogGathering::watch(fleet::ClusterId cluster, const std::string& ns) {
    for (const auto& watched : m_watched) {
        if (watched->cluster == cluster && watched->ns == ns) {
            for (const fleet::RowId id : watched->view->allRows())
                consider(*watched, id);
            return;
        }
    }
    auto watched = std::make_unique<Watched>();
    watched->cluster = cluster;
    watched->ns = ns;
    fleet::ViewSpec spec;
    spec.resource = "pods";
    spec.clusters = {cluster};
    if (!ns.empty())
        spec.namespaces = {ns};
    watched->view = m_environment.fleet->openView(std::move(spec));
    watched->view->onDelta([this, w = watched.get()](const fleet::ViewDelta& delta) { readDelta(*w, delta); });
    m_watched.push_back(std::move(watched));
}

void LogGathering::askOwner(std::size_t index) {
    const GatherSubject& subject = m_meant[index].subject;
    const kube::KindCatalogPtr kinds = m_environment.fleet->kinds(subject.cluster);
    const kube::Kind* kind = kinds ? kinds->findResource(subject.resource) : nullptr;
    if (!kind) {
        base::Error error;
        error.code = base::ErrorCode::Unsupported;
        error.message = "the cluster has no " + subject.resource;
        error.cluster = m_environment.fleet->cluster(subject.cluster).name;
        setProblem(error);
        return;
    }
    ++m_ownersAsked;
    m_owners.push_back(m_environment.fleet->fetch(
        subject.cluster, *kind, subject.ns, subject.name,
        [this, index, alive = std::weak_ptr(m_alive)](const base::Result<fleet::FullObject>& object) {
            if (alive.expired())
                return;
            --m_ownersAsked;
            Meant& meant = m_meant[index];
            const auto text = object ? kube::podSelectorOf(object->json)
                                     : base::Result<std::string>(tl::unexpected<base::Error>(object.error()));
            auto selector = text ? kube::LabelSelector::parse(*text)
                                 : base::Result<kube::LabelSelector>(tl::unexpected<base::Error>(text.error()));
            if (!selector) {
                setProblem(selector.error());
                return;
            }
            meant.selector = std::move(*selector);
            watch(meant.subject.cluster, meant.subject.ns);
            tell();
        }));
}

void LogGathering::readDelta(Watched& watched, const fleet::ViewDelta& delta) {
    if (delta.reset) {
        for (const fleet::RowId id : watched.view->allRows())
            consider(watched, id);
    }
    for (const fleet::RowId id : delta.added)
        consider(watched, id);
    for (const fleet::RowId id : delta.changed)
        consider(watched, id);
    readParts(watched);
}

void LogGathering::readParts(Watched& watched) {
    for (const fleet::ViewPart& part : watched.view->parts()) {
        if (part.error)
            setProblem(*part.error);
        watched.wasListed =
            watched.wasListed || part.error || (part.phase != kube::WatchPhase::Listing && !part.isCached);
    }
    tell();
}

bool LogGathering::isMeant(fleet::ClusterId cluster, const kube::RowRef& row) const {
    return std::any_of(m_meant.begin(), m_meant.end(), [&](const Meant& meant) {
        const GatherSubject& subject = meant.subject;
        if (subject.cluster != cluster || (!subject.ns.empty() && subject.ns != row.ns()))
            return false;
        if (meant.selector)
            return meant.selector->matches(row.labels());
        return subject.resource == "pods" && subject.selector.empty() && subject.name == row.name();
    });
}

void LogGathering::consider(Watched& watched, fleet::RowId id) {
    const kube::RowRef row = watched.view->row(id);
    if (row.isNull() || !isMeant(watched.cluster, row))
        return;
    const std::string key = podKey(watched.cluster, row);
    const auto [entry, isNew] = m_pods.try_emplace(key);
    Pod& pod = entry->second;
    if (isNew) {
        pod.cluster = watched.cluster;
        pod.ns = row.ns();
        pod.name = row.name();
        pod.isOld = !watched.wasListed;
    }
    ask(key);
}

void LogGathering::ask(const std::string& key) {
    Pod& pod = m_pods[key];
    if (pod.isAsked) {
        pod.isStale = true;
        return;
    }
    pod.isAsked = true;
    pod.again.cancel();
    pod.asking = m_environment.fleet->fetch(
        pod.cluster, podKind(), pod.ns, pod.name,
        [this, key, alive = std::weak_ptr(m_alive)](const base::Result<fleet::FullObject>& object) {
            if (alive.expired())
                return;
            Pod& asked = m_pods[key];
            asked.isAsked = false;
            if (object) {
                readPod(key, object->json);
            } else if (object.error().code == base::ErrorCode::Forbidden) {
                setProblem(object.error());
            } else if (object.error().code != base::ErrorCode::NotFound) {
                asked.again = m_environment.timers->after(kAgain, *m_environment.home, [this, key, alive] {
                    if (!alive.expired())
                        ask(key);
                });
            }
            if (std::exchange(asked.isStale, false))
                ask(key);
            tell();
        });
}

void LogGathering::readPod(const std::string& key, const std::string& json) {
    Pod& pod = m_pods[key];
    for (const ContainerRun& run : containerRuns(json)) {
        const auto keyOf = [&](const std::string& id) { return run.container + '\n' + id; };
        const auto wasRead = [&](const std::string& id) { return pod.runs.contains(keyOf(id)); };
        // The run before: where it is wished for, and where it came and went unseen.
        if (!pod.wasSeen && pod.isOld && m_spec.previous == GatherSpec::Previous::Without)
            pod.passedOver.insert(keyOf(run.previousId));
        if (!run.previousId.empty() && !wasRead(run.previousId) && !pod.passedOver.contains(keyOf(run.previousId)))
            read(pod, run, Run::Previous);
        if (!run.id.empty() && !wasRead(run.id))
            read(pod, run, Run::Current);
    }
    pod.wasSeen = true;
}

void LogGathering::read(Pod& pod, const ContainerRun& run, Run which) {
    SourceInfo info;
    info.clusterId = pod.cluster;
    info.cluster = m_environment.fleet->cluster(pod.cluster).name;
    info.ns = pod.ns;
    info.pod = pod.name;
    info.container = run.container;
    info.kind = run.kind;
    info.isPrevious = which == Run::Previous;
    const SourceId source = m_store->addSource(std::move(info));
    const std::string key = run.container + '\n' + (which == Run::Previous ? run.previousId : run.id);
    pod.runs[key] = source;
    m_states.resize(source + 1U);
    m_readings.resize(source + 1U);
    const auto podEntry =
        std::find_if(m_pods.begin(), m_pods.end(), [&](const auto& entry) { return &entry.second == &pod; });
    m_readings[source].pod = podEntry->first;
    m_readings[source].run = key;
    kube::LogSpec spec;
    spec.ns = pod.ns;
    spec.pod = pod.name;
    spec.container = run.container;
    spec.run = which == Run::Previous ? kube::LogSpec::Run::Previous : kube::LogSpec::Run::Current;
    spec.follows = which == Run::Current;
    if (pod.isOld && !pod.wasSeen) {
        spec.tailLines = m_spec.tailLines;
        spec.sinceSeconds = m_spec.sinceSeconds;
    }
    m_readings[source].cancel = m_intake->follow(source, m_environment.fleet->transport(pod.cluster), std::move(spec));
}

void LogGathering::readNews(SourceId source, LogIntake::News news, std::optional<base::Error> error) {
    if (source >= m_states.size())
        return;
    SourceState& state = m_states[source];
    state.error = std::move(error);
    switch (news) {
    case LogIntake::News::Reading:
        state.phase = SourceState::Phase::Reading;
        m_readings[source].failures = 0;
        break;
    case LogIntake::News::Interrupted:
        state.phase = SourceState::Phase::Interrupted;
        break;
    case LogIntake::News::Ended:
        state.phase = !state.error                                      ? SourceState::Phase::Ended
                      : state.error->code == base::ErrorCode::Forbidden ? SourceState::Phase::Forbidden
                      : state.error->code == base::ErrorCode::NotFound  ? SourceState::Phase::Ended
                                                                        : SourceState::Phase::Failed;
        if (state.phase == SourceState::Phase::Failed)
            retry(source);
        // The container has ended: perhaps it runs again.
        if (state.phase == SourceState::Phase::Ended && m_pods.contains(m_readings[source].pod))
            ask(m_readings[source].pod);
        break;
    }
    tell();
}

// "container is waiting to start", a server that is away: the run is forgotten and found again with the pod.
void LogGathering::retry(SourceId source) {
    Reading& reading = m_readings[source];
    const auto wait = kAgain * (1 << std::min(reading.failures++, kMostDoublings));
    reading.retrying =
        m_environment.timers->after(wait, *m_environment.home, [this, source, alive = std::weak_ptr(m_alive)] {
            if (alive.expired())
                return;
            const std::string key = m_readings[source].pod;
            if (const auto pod = m_pods.find(key); pod != m_pods.end()) {
                m_readings[source].cancel = {};
                m_states[source] = {SourceState::Phase::Ended, std::nullopt};
                pod->second.runs.erase(m_readings[source].run);
                ask(key);
            }
        });
}

std::size_t LogGathering::count(SourceState::Phase phase) const {
    return static_cast<std::size_t>(std::count_if(m_states.begin(), m_states.end(),
                                                  [phase](const SourceState& state) { return state.phase == phase; }));
}

bool LogGathering::isSettled() const {
    const bool isListed = std::all_of(m_watched.begin(), m_watched.end(), [](const auto& w) { return w->wasListed; });
    const bool isAsked = std::any_of(m_pods.begin(), m_pods.end(), [](const auto& pod) { return pod.second.isAsked; });
    return isListed && !isAsked && m_ownersAsked == 0 && count(SourceState::Phase::Asked) == 0;
}

void LogGathering::setProblem(const base::Error& error) {
    const bool isKnown = std::any_of(m_problems.begin(), m_problems.end(), [&](const base::Error& known) {
        return known.code == error.code && known.cluster == error.cluster && known.message == error.message;
    });
    if (!isKnown)
        m_problems.push_back(error);
    tell();
}

void LogGathering::tell() {
    if (std::exchange(m_isTelling, true))
        return;
    m_environment.home->post([this, alive = std::weak_ptr(m_alive)] {
        if (alive.expired())
            return;
        m_isTelling = false;
        if (m_told)
            m_told();
    });
}

} // namespace logs
