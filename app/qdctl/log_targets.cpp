// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/log_targets.h"

#include "app/qdctl/duration.h"
#include "app/qdctl/options.h"
#include "app/qdctl/session.h"
#include "core/logs/pod_runs.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <utility>

namespace qdctl {

namespace {

constexpr std::int64_t kSelectorTail = 10; // lines of each, where a selector may mean many

std::size_t bestOf(const std::vector<kube::ObjectText>& pods) {
    std::vector<std::string> texts;
    for (const kube::ObjectText& pod : pods)
        texts.push_back(pod.json);
    return kube::loggingOrder(texts).front();
}

} // namespace

bool LogsTold::hasSeveralTargets() const {
    return words.size() > 1 && std::all_of(words.begin(), words.end(),
                                           [](const auto& word) { return word.find('/') != std::string::npos; });
}

std::string LogsTold::containerName() const {
    return words.size() == 2 && !hasSeveralTargets() ? words[1] : container;
}

std::vector<ClusterAnswer> LogTargets::ask(const std::vector<std::string>& contexts, const Wanted& wanted,
                                           const std::string& selector, const std::string& ns) {
    GetOptions options;
    options.ns = ns;
    options.selector = selector;
    return askClusters(m_session, contexts, options, wanted, Depth::Objects);
}

bool LogTargets::find(const std::vector<std::string>& contexts) {
    if (!m_told.selector.empty())
        return takePods(contexts, m_told.selector, m_told.ns, PodChoice::All);
    bool good = true;
    const std::size_t targets = m_told.hasSeveralTargets() ? m_told.words.size() : 1;
    for (std::size_t i = 0; i < targets; ++i)
        good = findTarget(contexts, m_told.words[i]) && good;
    return good;
}

bool LogTargets::findTarget(const std::vector<std::string>& contexts, const std::string& target) {
    GetOptions options;
    options.kinds = target;
    Wanted wanted;
    if (target.find('/') == std::string::npos) {
        wanted.kinds = {"pods"};
        wanted.names = {target};
    } else if (const auto parsed = wantedOf(options)) {
        wanted = *parsed;
    } else {
        complain(parsed.error().message);
        return false;
    }
    bool good = true;
    for (const ClusterAnswer& answer : ask(contexts, wanted, {}, m_told.ns))
        good = takeNamed(answer) && good;
    return good;
}

bool LogTargets::takeNamed(const ClusterAnswer& answer) {
    if (!isFine(answer))
        return false;
    for (const KindAnswer& part : answer.kinds) {
        for (const std::string& name : part.missing)
            complain(where(answer) + part.kind.plural + " \"" + name + "\" not found in namespace \"" + answer.ns +
                     "\"");
        for (const kube::ObjectText& object : part.objects) {
            if (part.kind.group.empty() && part.kind.plural == "pods")
                return takeOne(answer, object);
            const auto selector = kube::podSelectorOf(object.json);
            if (!selector) {
                complain(where(answer) + selector.error().message);
                return false;
            }
            return takePods({answer.context}, *selector, object.ns, m_told.allPods ? PodChoice::All : PodChoice::Best);
        }
    }
    return false;
}

bool LogTargets::takePods(const std::vector<std::string>& contexts, const std::string& selector, const std::string& ns,
                          PodChoice choice) {
    bool good = true;
    for (const ClusterAnswer& answer : ask(contexts, {{"pods"}, {}}, selector, ns)) {
        if (!isFine(answer)) {
            good = false;
            continue;
        }
        if (choice == PodChoice::All) {
            m_meansLaterOnes = true;
            m_meant.push_back({answer.context, answer.ns, {}, selector});
        }
        const std::vector<kube::ObjectText>& pods = answer.kinds.front().objects;
        if (pods.empty()) {
            std::fprintf(stderr, "%sNo resources found in %s namespace.\n", where(answer).c_str(), answer.ns.c_str());
            good = good && choice == PodChoice::All;
            continue;
        }
        if (choice == PodChoice::Best) {
            const kube::ObjectText& best = pods[bestOf(pods)];
            if (pods.size() > 1)
                std::fprintf(stderr, "%sFound %zu pods, using pod/%s\n", where(answer).c_str(), pods.size(),
                             best.name.c_str());
            good = takeOne(answer, best) && good;
            continue;
        }
        for (const kube::ObjectText& pod : pods)
            good = takePod(answer, pod.json) && good;
    }
    return good;
}

bool LogTargets::takeOne(const ClusterAnswer& answer, const kube::ObjectText& pod) {
    m_meant.push_back({answer.context, pod.ns, pod.name, {}});
    return takePod(answer, pod.json);
}

bool LogTargets::takePod(const ClusterAnswer& answer, const std::string& json) {
    const auto found = kube::logSourcesOf(
        json, m_told.containerName(), m_told.allContainers ? kube::ContainerChoice::All : kube::ContainerChoice::One);
    if (!found) {
        complain(where(answer) + found.error().message);
        return false;
    }
    for (const std::string& note : found->notes) {
        if (!m_told.allPods || !note.starts_with("Defaulted"))
            std::fprintf(stderr, "%s%s\n", where(answer).c_str(), note.c_str());
    }
    const logs::PodRuns runs = logs::podRuns(json);
    for (const kube::LogSource& source : found->sources) {
        FoundLog log{answer.context, answer.environment.transport, runs.uid, {}, specOf(source)};
        for (const logs::ContainerRun& run : runs.runs) {
            if (run.container == source.container)
                log.run = m_told.previous ? run.previousId : run.id;
        }
        // Two targets may mean the same pod.
        const bool isKnown = std::any_of(m_found.begin(), m_found.end(), [&log](const FoundLog& known) {
            return known.context == log.context && known.pod == log.pod && known.spec.container == log.spec.container;
        });
        if (!isKnown)
            m_found.push_back(std::move(log));
    }
    return true;
}

kube::LogSpec LogTargets::specOf(const kube::LogSource& source) const {
    kube::LogSpec spec;
    spec.ns = source.ns;
    spec.pod = source.pod;
    spec.container = source.container;
    spec.follows = m_told.follow;
    spec.run = m_told.previous ? kube::LogSpec::Run::Previous : kube::LogSpec::Run::Current;
    spec.timestamps = m_told.timestamps ? kube::LogSpec::Timestamps::With : kube::LogSpec::Timestamps::Without;
    if (m_told.tail && *m_told.tail >= 0)
        spec.tailLines = m_told.tail;
    else if (!m_told.tail && !m_told.selector.empty())
        spec.tailLines = kSelectorTail;
    if (!m_told.since.empty())
        spec.sinceSeconds = secondsOf(m_told.since);
    spec.sinceTime = m_told.sinceTime;
    if (m_told.limitBytes > 0)
        spec.limitBytes = m_told.limitBytes;
    return spec;
}

logs::GatherSpec LogTargets::gatherSpec() const {
    const kube::LogSpec each = specOf({});
    logs::GatherSpec spec;
    spec.containers = m_told.allContainers ? kube::ContainerChoice::All : kube::ContainerChoice::One;
    spec.container = m_told.containerName();
    spec.tailLines = each.tailLines;
    spec.sinceSeconds = each.sinceSeconds;
    spec.sinceTime = each.sinceTime;
    return spec;
}

bool LogTargets::isFine(const ClusterAnswer& answer) const {
    const base::Error* error = answer.error ? &*answer.error : nullptr;
    for (const KindAnswer& part : answer.kinds)
        error = !error && part.error ? &*part.error : error;
    if (error)
        complain(where(answer) + explain(*error));
    return error == nullptr;
}

} // namespace qdctl
