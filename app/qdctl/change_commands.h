// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/change_flow.h"
#include "app/qdctl/options.h"
#include "core/change/acts/acts.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace qdctl {

class Session;

/// Which objects a command is about: "deployment/web", "deploy a b", "pods -l app=x", "nodes --all".
struct TargetOptions {
    std::vector<std::string> words; ///< TYPE/NAME..., or TYPE [NAME...]
    std::string selector;
    bool all = false;
    bool allNamespaces = false;
    bool writes = true; ///< Where nothing is found, it is said that nothing was changed.
};

/// An object that is there, and the whole of it.
struct FoundTarget {
    change::Target target;
    std::string json;
};

struct ApplyOptions {
    std::vector<std::string> files; ///< "-": standard input.
    bool exitCode = false;          ///< Of diff: 1 where something differs.
    std::string save;               ///< Writes the set to this file instead of applying it.
};

struct JournalOptions {
    std::vector<std::string> words;
    std::string set;
    std::string cluster;
    std::string result;
    std::string output = "table";
    std::size_t limit = 100;
    bool offline = false; ///< Reads nothing back.
};

/// What all writing commands take.
void addClusters(CLI::App& command, ChangeOptions& options);
void addChange(CLI::App& command, ChangeOptions& options);

/// Each runs one command to its end and returns the exit code.
int runApply(Session& session, const ApplyOptions& what, const ChangeOptions& options);
int runDiff(Session& session, const ApplyOptions& what, const ChangeOptions& options);
int runJournal(Session& session, const JournalOptions& options);
int runUndo(Session& session, const std::string& set, const ChangeOptions& options);
int runResume(Session& session, const std::string& set, const ChangeOptions& options);

/// Opens the clusters and finds the targets; where one is missing that is told, and there is an exit code.
[[nodiscard]] tl::expected<std::vector<FoundTarget>, int>
findTargets(ChangeSession& changes, const TargetOptions& targets, const ChangeOptions& options);
/// "Scale Deployment shop/web", "Scale 3 objects".
[[nodiscard]] std::string titleOf(const std::string& act, const change::ChangeSet& set);

/// Finds the targets and carries out what `act` makes of each. A target that is missing is told, and nothing is done.
int runAct(Session& session, const TargetOptions& targets, const ChangeOptions& options, const std::string& title,
           const std::function<change::Operation(const change::Target&)>& act);

/// For what depends on the whole object: an operation, nothing where it is so already, or why there is none.
using ActOnFound = std::function<base::Result<std::optional<change::Operation>>(const FoundTarget&)>;
/// As runAct(). Where one object has no operation, that is told, and nothing is done.
int runActOn(Session& session, const TargetOptions& targets, const ChangeOptions& options, const std::string& title,
             const ActOnFound& act);

} // namespace qdctl
