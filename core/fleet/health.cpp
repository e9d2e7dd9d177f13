// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/health.h"

#include <algorithm>

namespace fleet {

namespace {

HealthVerdict atRest(const ClusterInfo& info) {
    const auto isUsable = [](const WayIn& way) { return way.problems.empty(); };
    if (info.waysIn.empty() || std::ranges::any_of(info.waysIn, isUsable))
        return {Health::NotConnected, {}, std::nullopt};
    const base::Error& problem = info.waysIn[info.wayIn].problems.front();
    return {Health::Invalid, problem.message, problem};
}

HealthVerdict notThere(Health health, const std::optional<base::Error>& error) {
    return {health, error ? error->message : std::string(), error};
}

std::string counted(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

HealthVerdict mayReadNothing(const HealthFacts& facts) {
    const ClusterInfo& info = *facts.info;
    base::Error error = facts.refusals.front();
    error.resource.clear();
    for (const base::Error& refusal : facts.refusals) {
        error.resource += (error.resource.empty() ? "" : ", ") + refusal.resource;
        // A right that was taken away is missed first by the watch that goes on, and by a list thereafter.
        if (refusal.verb == "list")
            error.verb = refusal.verb;
    }
    const std::string user = info.wayIn < info.waysIn.size() ? info.waysIn[info.wayIn].user : std::string();
    error.message =
        (user.empty() ? "This user" : user) + " may not " + error.verb + " " + error.resource + ": " + error.message;
    return {Health::Degraded, error.message, error};
}

HealthVerdict answers(const HealthFacts& facts) {
    const auto& nodes = facts.info->nodeProblems;
    if (facts.watchError)
        return {Health::Degraded, "Cannot be watched: " + facts.watchError->message, facts.watchError};
    if (!nodes.empty()) {
        std::string why = counted(nodes.size(), "node needs", "nodes need") + " attention: " + nodes.front();
        if (nodes.size() > 1)
            why += " and others";
        return {Health::Degraded, why, std::nullopt};
    }
    if (!facts.refusals.empty())
        return mayReadNothing(facts);
    if (facts.catalog && !facts.catalog->problems().empty()) {
        const base::Error& first = facts.catalog->problems().front();
        return {Health::Degraded, "Part of the API does not answer: " + first.message, first};
    }
    return {Health::Live, {}, std::nullopt};
}

// While it is asked again, a cluster stays what it was found to be: no flicker with every attempt.
HealthVerdict onTheWay(const std::optional<base::Error>& error, const std::string& program) {
    if (!error && program.empty())
        return {Health::Connecting, {}, std::nullopt};
    if (!error)
        return {Health::Connecting, "Waiting for the sign-in program " + program, std::nullopt};
    return notThere(Connection::isRefusal(*error) ? Health::SignIn : Health::Away, error);
}

} // namespace

HealthVerdict judgeHealth(const HealthFacts& facts) {
    using State = Connection::State;
    switch (facts.connection) {
    case State::Idle:
        return atRest(*facts.info);
    case State::Queued:
    case State::Authorising:
    case State::Asking:
        return onTheWay(facts.error, facts.signInProgram);
    case State::Up:
    case State::Probing:
        return answers(facts);
    case State::Waiting:
        return notThere(Health::Away, facts.error);
    case State::Refused:
        return notThere(Health::SignIn, facts.error);
    case State::Unusable:
        return notThere(Health::Invalid, facts.error);
    }
    return {};
}

} // namespace fleet
