// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_gathering.h"

#include "core/fleet/fleet.h"
#include "core/kube/discovery.h"
#include "core/kube/kind.h"
#include "core/kube/streams/log_sources.h"

#include <algorithm>
#include <utility>

namespace logs {

namespace {

std::string podKey(fleet::ClusterId cluster, const kube::Uid& uid) {
    return std::to_string(cluster.value) + '/' + uid.toText();
}

kube::Kind podKind() {
    kube::Kind kind;
    kind.version = "v1";
    kind.kind = "Pod";
    kind.plural = "pods";
    return kind;
}

} // namespace

LogGathering::LogGathering(GatherEnvironment environment, GatherSpec spec, std::shared_ptr<LineSink> sink)
    : m_environment(environment)
    , m_spec(std::move(spec))
    , m_sink(std::move(sink))
    , m_intake(std::make_shared<LogIntake>(
          m_sink, *environment.pool, *environment.home, *environment.clock, *environment.timers,
          LogIntake::Hooks{[this] {
                               if (m_stored)
                                   m_stored();
                           },
                           [this](SourceId source, LogIntake::News news, std::optional<base::Error> error) {
                               readNews(source, news, std::move(error));
                           }})) {
    for (const GatherSubject& subject : m_spec.subjects)
        m_meant.push_back({subject, std::nullopt, false, std::nullopt, base::Cancel(), base::Cancel(),
                           base::Backoff(*m_environment.clock)});
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
                meant.error = selector.error();
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
    Meant& meant = m_meant[index];
    const GatherSubject& subject = meant.subject;
    const kube::KindCatalogPtr kinds = m_environment.fleet->kinds(subject.cluster);
    const kube::Kind* kind = kinds ? kinds->findResource(subject.resource) : nullptr;
    if (!kind) {
        base::Error error;
        error.code = kinds ? base::ErrorCode::Unsupported : base::ErrorCode::Unreachable;
        error.message = kinds ? "the cluster has no " + subject.resource : "not connected";
        error.cluster = m_environment.fleet->cluster(subject.cluster).name;
        readOwner(index, tl::unexpected<base::Error>(std::move(error)));
        return;
    }
    meant.isAsked = true;
    meant.asking = m_environment.fleet->fetch(
        subject.cluster, *kind, subject.ns, subject.name,
        [this, index, alive = std::weak_ptr(m_alive)](const base::Result<fleet::FullObject>& object) {
            if (!alive.expired())
                readOwner(index, object);
        });
}

void LogGathering::readOwner(std::size_t index, const base::Result<fleet::FullObject>& object) {
    Meant& meant = m_meant[index];
    meant.isAsked = false;
    meant.error.reset();
    const auto text = object ? kube::podSelectorOf(object->json)
                             : base::Result<std::string>(tl::unexpected<base::Error>(object.error()));
    auto selector = text ? kube::LabelSelector::parse(*text)
                         : base::Result<kube::LabelSelector>(tl::unexpected<base::Error>(text.error()));
    if (selector) {
        meant.selector = std::move(*selector);
        watch(meant.subject.cluster, meant.subject.ns);
    } else {
        meant.error = selector.error();
        if (kube::isPassing(selector.error().code))
            meant.again = m_environment.timers->after(meant.backoff.next(), *m_environment.home,
                                                      [this, index] { askOwner(index); });
    }
    tell();
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
    watched.error.reset();
    for (const fleet::ViewPart& part : watched.view->parts()) {
        if (part.error)
            watched.error = part.error;
        watched.isKnown = watched.isKnown || (part.phase != kube::WatchPhase::Listing && !part.isCached);
        watched.wasListed = watched.wasListed || part.error || watched.isKnown;
    }
    tell();
}

bool LogGathering::isMeant(fleet::ClusterId cluster, const kube::RowRef& row) const {
    return !row.isNull() && std::any_of(m_meant.begin(), m_meant.end(), [&](const Meant& meant) {
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
    if (!isMeant(watched.cluster, row))
        return;
    const std::string key = podKey(watched.cluster, row.uid());
    const auto [entry, isNew] = m_pods.try_emplace(key, *m_environment.clock);
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
    Pod& pod = m_pods.at(key);
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
            Pod& asked = m_pods.at(key);
            asked.isAsked = false;
            asked.error.reset();
            if (object) {
                readPod(key, object->json);
            } else if (object.error().code == base::ErrorCode::Forbidden) {
                asked.error = object.error();
                endLooks(asked, SourceState::Phase::Forbidden, object.error());
            } else if (object.error().code == base::ErrorCode::NotFound) {
                endLooks(asked, SourceState::Phase::Ended, object.error());
            } else {
                asked.again =
                    m_environment.timers->after(asked.backoff.next(), *m_environment.home, [this, key, alive] {
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
    Pod& pod = m_pods.at(key);
    const PodRuns found = podRuns(json);
    // Another of the same name has taken its place, and is read by its own key.
    if (podKey(pod.cluster, found.uid) != key)
        return endLooks(pod, SourceState::Phase::Ended, std::nullopt);
    pod.isOver = found.isOver;
    std::string one;
    if (m_spec.containers == kube::ContainerChoice::One) {
        if (const auto chosen = kube::logSourcesOf(json, m_spec.container, kube::ContainerChoice::One))
            one = chosen->sources.front().container;
        else
            pod.error = chosen.error();
    }
    for (const ContainerRun& run : found.runs) {
        if (m_spec.containers == kube::ContainerChoice::One && run.container != one)
            continue;
        const auto keyOf = [&](const std::string& id) { return run.container + '\n' + id; };
        const auto wasRead = [&](const std::string& id) { return pod.runs.contains(keyOf(id)); };
        for (const auto& [known, source] : pod.runs) {
            if (known.starts_with(keyOf({})))
                m_readings.at(source).readRun(run);
        }
        // The run before: where it is wished for, and where it came and went unseen.
        if (!pod.wasSeen && pod.isOld && m_spec.previous == GatherSpec::Previous::Without)
            pod.passedOver.insert(keyOf(run.previousId));
        if (!run.previousId.empty() && !wasRead(run.previousId) && !pod.passedOver.contains(keyOf(run.previousId)))
            read(key, run, kube::LogSpec::Run::Previous);
        if (!run.id.empty() && !wasRead(run.id))
            read(key, run, kube::LogSpec::Run::Current);
    }
    pod.wasSeen = true;
}

void LogGathering::read(const std::string& key, const ContainerRun& run, kube::LogSpec::Run which) {
    Pod& pod = m_pods.at(key);
    const bool isPrevious = which == kube::LogSpec::Run::Previous;
    const std::string& id = isPrevious ? run.previousId : run.id;
    SourceInfo info;
    info.clusterId = pod.cluster;
    info.cluster = m_environment.fleet->cluster(pod.cluster).name;
    info.ns = pod.ns;
    info.pod = pod.name;
    info.container = run.container;
    info.kind = run.kind;
    info.isPrevious = isPrevious;
    const SourceId source = m_sink->addSource(std::move(info));
    pod.runs[run.container + '\n' + id] = source;
    kube::LogSpec spec;
    spec.ns = pod.ns;
    spec.pod = pod.name;
    spec.container = run.container;
    spec.run = which;
    spec.follows = !isPrevious;
    if (pod.isOld && !pod.wasSeen) {
        spec.tailLines = m_spec.tailLines;
        spec.sinceSeconds = m_spec.sinceSeconds;
        spec.sinceTime = m_spec.sinceTime;
    }
    RunReading::Environment environment;
    environment.intake = m_intake;
    environment.home = m_environment.home;
    environment.clock = m_environment.clock;
    environment.timers = m_environment.timers;
    environment.transport = [this, cluster = pod.cluster] { return m_environment.fleet->transport(cluster); };
    environment.look = [this, key] { ask(key); };
    m_readings.try_emplace(source, std::move(environment), source, id, spec);
}

void LogGathering::endLooks(const Pod& pod, SourceState::Phase phase, const std::optional<base::Error>& error) {
    for (const auto& [run, source] : pod.runs)
        m_readings.at(source).end(phase, error);
}

void LogGathering::readNews(SourceId source, LogIntake::News news, std::optional<base::Error> error) {
    if (const auto reading = m_readings.find(source); reading != m_readings.end())
        reading->second.readNews(news, std::move(error));
    tell();
}

std::vector<SourceState> LogGathering::states() const {
    std::vector<SourceState> states(m_readings.empty() ? 0 : m_readings.rbegin()->first + std::size_t(1));
    for (const auto& [source, reading] : m_readings)
        states[source] = reading.state();
    return states;
}

std::size_t LogGathering::count(SourceState::Phase phase) const {
    return static_cast<std::size_t>(std::count_if(m_readings.begin(), m_readings.end(), [phase](const auto& reading) {
        return reading.second.state().phase == phase;
    }));
}

bool LogGathering::isSettled() const {
    const bool isListed = std::all_of(m_watched.begin(), m_watched.end(), [](const auto& w) { return w->wasListed; });
    const bool isAsked = std::any_of(m_pods.begin(), m_pods.end(), [](const auto& pod) { return pod.second.isAsked; });
    const bool isMet = std::none_of(m_meant.begin(), m_meant.end(), [](const Meant& meant) { return meant.isAsked; });
    return isListed && !isAsked && isMet && count(SourceState::Phase::Asked) == 0;
}

bool LogGathering::isOver() const {
    const bool isMet = std::all_of(m_meant.begin(), m_meant.end(), [](const Meant& meant) { return !meant.error; });
    const bool isAny = std::any_of(m_watched.begin(), m_watched.end(), [this](const auto& watched) {
        const auto rows = watched->view->allRows();
        return std::any_of(rows.begin(), rows.end(),
                           [&](fleet::RowId id) { return isMeant(watched->cluster, watched->view->row(id)); });
    });
    return isMet && isAny && isSettled() &&
           std::all_of(m_watched.begin(), m_watched.end(), [this](const auto& watched) { return isOver(*watched); }) &&
           std::all_of(m_pods.begin(), m_pods.end(), [this](const auto& pod) { return isReadUp(pod.second); });
}

bool LogGathering::isOver(const Watched& watched) const {
    const std::vector<fleet::RowId> rows = watched.view->allRows();
    return watched.isKnown && std::all_of(rows.begin(), rows.end(), [&](fleet::RowId id) {
               const kube::RowRef row = watched.view->row(id);
               if (!isMeant(watched.cluster, row))
                   return true;
               const auto pod = m_pods.find(podKey(watched.cluster, row.uid()));
               return pod != m_pods.end() && pod->second.isOver;
           });
}

bool LogGathering::isReadUp(const Pod& pod) const {
    return std::all_of(pod.runs.begin(), pod.runs.end(), [&](const auto& run) {
        const SourceState& state = m_readings.at(run.second).state();
        // What a server refuses of a run that is over it refuses for good.
        const bool isRefused = pod.isOver && state.phase == SourceState::Phase::Failed && state.error &&
                               !kube::isPassing(state.error->code);
        return isRefused || state.phase == SourceState::Phase::Ended || state.phase == SourceState::Phase::Forbidden;
    });
}

std::vector<base::Error> LogGathering::problems() const {
    std::vector<base::Error> problems;
    const auto add = [&problems](const std::optional<base::Error>& error) {
        const auto isSame = [&error](const base::Error& known) {
            return known.code == error->code && known.cluster == error->cluster && known.message == error->message;
        };
        if (error && std::none_of(problems.begin(), problems.end(), isSame))
            problems.push_back(*error);
    };
    for (const Meant& meant : m_meant)
        add(meant.error);
    for (const auto& watched : m_watched)
        add(watched->error);
    for (const auto& [key, pod] : m_pods)
        add(pod.error);
    return problems;
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
