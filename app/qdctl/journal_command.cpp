// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/await.h"
#include "app/qdctl/change_commands.h"
#include "core/base/text.h"
#include "core/change/journal_text.h"
#include "core/change/line_diff.h"
#include "core/kube/table_text.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

namespace qdctl {

namespace {

using change::JournalEntry;

/// Nothing where it was interrupted, or where the journal cannot be read, which it says.
std::optional<std::vector<JournalEntry>> entriesOf(ChangeSession& changes, const change::JournalQuery& query) {
    auto found = await<base::Result<std::vector<JournalEntry>>>(changes.session(), [&](auto answer) {
        changes.door().journal().read(query, std::move(answer));
        return base::Cancel();
    });
    if (!found)
        return std::nullopt;
    if (!*found) {
        complain(found->error().message);
        return std::nullopt;
    }
    return **std::move(found);
}

void openClustersOf(ChangeSession& changes, const std::vector<JournalEntry>& entries) {
    std::vector<change::ClusterRef> clusters;
    for (const JournalEntry& entry : entries) {
        change::ClusterRef cluster{entry.cluster, entry.clusterUid};
        if (std::find(clusters.begin(), clusters.end(), cluster) == clusters.end())
            clusters.push_back(std::move(cluster));
    }
    changes.clusters().openFor(clusters);
}

/// False where the journal cannot be read or written, which it says, or where it was interrupted.
bool readBack(ChangeSession& changes) {
    change::JournalQuery query;
    query.outcome = change::Outcome::Unknown;
    query.limit = 0;
    auto unknown = entriesOf(changes, query);
    if (unknown)
        std::erase_if(*unknown, [](const JournalEntry& entry) { return change::isInPod(entry.verb); });
    if (!unknown || unknown->empty())
        return unknown.has_value();
    openClustersOf(changes, *unknown);
    const auto settled = await<base::Result<void>>(
        changes.session(), [&](auto done) { return changes.door().settleUnknown(std::move(done)); });
    if (settled && !*settled)
        complain(settled->error().message);
    return settled && *settled;
}

void printTable(const std::vector<JournalEntry>& entries) {
    kube::TabAligner aligner;
    aligner.addLine({"TIME", "SET", "CLUSTER", "VERB", "OBJECT", "RESULT", "MESSAGE"});
    for (const JournalEntry& entry : entries) {
        const std::string time = base::formatTime(entry.beganMs > 0 ? entry.beganMs : entry.setMs);
        const std::string object = (entry.object.ns.empty() ? "" : entry.object.ns + "/") + objectName(entry.object);
        aligner.addLine(
            {time, entry.set, entry.cluster, toString(entry.verb), object, toString(entry.outcome), entry.message});
    }
    std::string text;
    aligner.flush(text);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

/// All lines of a set; says so where there are none.
std::optional<std::vector<JournalEntry>> entriesOfSet(ChangeSession& changes, const std::string& set) {
    change::JournalQuery query;
    query.set = set;
    query.limit = 0;
    auto entries = entriesOf(changes, query);
    if (entries && !entries->empty())
        return entries;
    if (entries)
        complain("the journal has no set " + set);
    return std::nullopt;
}

} // namespace

int runJournal(Session& session, const JournalOptions& options) {
    ChangeSession changes(session);
    change::JournalQuery query;
    for (const std::string& word : options.words)
        query.words += word + " ";
    query.set = options.set;
    query.cluster = options.cluster;
    query.limit = options.limit;
    if (!options.result.empty()) {
        query.outcome = change::outcomeFrom(options.result);
        if (!query.outcome) {
            complain("no result is called " + options.result +
                     "; there are done, failed, not-sent, sending and unknown");
            return Usage;
        }
    }
    if (!options.offline && !readBack(changes))
        return Failed;
    const auto entries = entriesOf(changes, query);
    if (!entries)
        return Failed;
    if (options.output == "table")
        printTable(*entries);
    else
        std::fputs((options.output == "csv" ? change::journalCsv(*entries) : change::journalJson(*entries)).c_str(),
                   stdout);
    return Complete;
}

int runUndo(Session& session, const std::string& set, const ChangeOptions& options) {
    ChangeSession changes(session);
    const auto entries = entriesOfSet(changes, set);
    if (!entries)
        return Failed;
    openClustersOf(changes, *entries);
    auto undo = await<base::Result<change::Undo>>(
        session, [&](auto built) { return changes.door().undo(set, std::move(built)); });
    if (!undo)
        return Failed;
    if (!*undo) {
        complain(undo->error().message);
        return Failed;
    }
    for (const change::UndoRefusal& refusal : (*undo)->refused) {
        const auto entry = std::find_if(entries->begin(), entries->end(), [&](const JournalEntry& candidate) {
            return candidate.number == refusal.number;
        });
        if (entry == entries->end())
            continue;
        complain(entry->cluster + ": " + objectName(entry->object) + " cannot be taken back: " + refusal.why);
        const std::string text =
            change::unifiedDiff(change::diffText(refusal.after, entry->object.kind),
                                change::diffText(refusal.live, entry->object.kind), "as written", "now");
        if (!refusal.after.empty() && !refusal.live.empty())
            std::fputs(text.c_str(), stderr);
    }
    if ((*undo)->isBlocked()) {
        complain("nothing was changed");
        return Conflicted;
    }
    if ((*undo)->set.operations.empty()) {
        complain("there is nothing to take back");
        return Complete;
    }
    return changes.carryOut((*undo)->set, options);
}

int runResume(Session& session, const std::string& set, const ChangeOptions& options) {
    ChangeSession changes(session);
    const auto entries = entriesOfSet(changes, set);
    if (!entries)
        return Failed;
    openClustersOf(changes, *entries);
    auto rest = await<base::Result<change::Unfinished>>(
        session, [&](auto found) { return changes.door().resume(set, std::move(found)); });
    if (!rest)
        return Failed;
    if (!*rest) {
        complain(rest->error().message);
        return rest->error().code == base::ErrorCode::Conflict ? Conflicted : Failed;
    }
    const change::Unfinished& unfinished = **rest;
    if (!options.intent.empty())
        complain("the journal keeps the intent with which " + set + " was begun");
    const auto tell = [&](const std::vector<std::size_t>& numbers, const std::string& what) {
        for (const std::size_t number : numbers)
            complain(unfinished.set.operations[number].cluster.context + ": " +
                     objectName(unfinished.set.operations[number].object) + ": " + what);
    };
    for (const std::size_t number : unfinished.unknown) {
        const auto way = changes.clusters().find(unfinished.set.operations[number].cluster);
        tell({number}, "nobody knows whether it was done, and it cannot be read back now" +
                           (way ? std::string() : ": " + way.error().message));
    }
    for (const change::HiddenOperation& hidden : unfinished.hidden)
        tell({hidden.number}, hidden.why + "; apply it anew");
    if (!unfinished.unknown.empty() || !unfinished.hidden.empty()) {
        complain("nothing was changed");
        return Failed;
    }
    if (unfinished.over.size() == unfinished.set.operations.size()) {
        complain("everything of " + set + " is done");
        return Complete;
    }
    return changes.goOn(unfinished, options);
}

} // namespace qdctl
