// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/pod_visit.h"

#include "core/change/rehearsal.h"
#include "core/fleet/write_rules.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace change {

namespace {

constexpr std::size_t kLongestProgram = 64;

} // namespace

Author Author::ofThisProcess(std::string program) {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    const passwd* user = ::getpwuid(::getuid());
    return {(user ? std::string(user->pw_name) : std::to_string(::getuid())) + "@" + host.data(), std::move(program)};
}

std::string programOf(const std::vector<std::string>& command) {
    if (command.empty())
        return "nothing";
    std::string name = command.front().substr(command.front().rfind('/') + 1);
    if (name.size() > kLongestProgram)
        name = name.substr(0, kLongestProgram) + "…";
    const std::size_t arguments = command.size() - 1;
    if (arguments == 0)
        return name;
    return name + " with " + std::to_string(arguments) + (arguments == 1 ? " argument" : " arguments");
}

std::string titleOf(const PodAct& act) {
    std::string where = toString(act.object);
    if (act.object.kind == "Pod")
        where.erase(0, std::string_view("Pod ").size());
    if (!act.container.empty())
        where += ", container " + act.container;
    switch (act.verb) {
    case Verb::Attach:
        return "Attach to " + where;
    case Verb::PortForward:
        return "Forward " + act.what + " to " + where;
    case Verb::Copy:
        return "Copy " + act.what + " in " + where;
    default:
        return "Run " + act.what + " in " + where;
    }
}

base::Result<void> mayEnter(const PodAct& act, const ClusterWay& way, const Confirmation& confirmation) {
    if (!isInPod(act.verb))
        return base::fail(base::ErrorCode::Internal, std::string(toString(act.verb)) + " is not done in a pod");
    // What may be asked of a port is for those behind it to say.
    if (act.verb != Verb::PortForward) {
        if (base::Result<void> may = fleet::mayEnter({way.isProtected, way.isReadOnly}, way.name); !may)
            return may;
    }
    const auto& typed = confirmation.clusterNames;
    if (act.verb == Verb::Copy && way.isProtected && std::find(typed.begin(), typed.end(), way.name) == typed.end())
        return base::fail(base::ErrorCode::BadInput, way.name + " is protected, and its name was not typed");
    return {};
}

JournalRecord recordOf(const PodAct& act, const ClusterWay& way, const Author& author) {
    JournalRecord record;
    record.operation.cluster = act.cluster;
    record.operation.verb = act.verb;
    record.operation.object = act.object;
    JournalEntry& entry = record.entry;
    entry.title = titleOf(act);
    entry.cluster = way.name;
    entry.clusterUid = way.uid;
    entry.clusterUser = way.user;
    entry.verb = act.verb;
    entry.object = act.object;
    entry.person = author.person;
    entry.program = author.program;
    const kube::Kind* kind = way.kinds ? kindOf(record.operation, *way.kinds) : nullptr;
    entry.resource = kind ? kind->resource() : std::string();
    return record;
}

PodVisit::PodVisit(Journal& journal, const base::Clock& clock, std::string set)
    : m_journal(&journal)
    , m_clock(&clock)
    , m_set(std::move(set)) {}

PodVisit::~PodVisit() {
    end(Outcome::Done, "left while it went on");
}

void PodVisit::end(Outcome outcome, std::string message) {
    Journal* journal = std::exchange(m_journal, nullptr);
    if (!journal)
        return;
    JournalClose close;
    close.outcome = outcome;
    close.message = std::move(message);
    close.closedMs = m_clock->nowMs();
    journal->close(m_set, {std::move(close)}, {});
    journal->finish(m_set, m_clock->nowMs(), {});
}

} // namespace change
