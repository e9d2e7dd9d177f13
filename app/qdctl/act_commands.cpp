// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/change_commands.h"
#include "app/qdctl/commands.h"
#include "app/qdctl/fleet_get.h"
#include "app/qdctl/watch_command.h"

#include <algorithm>
#include <utility>

namespace qdctl {

namespace {

/// "deployment/web deployment/api" and "deployment web api" name the same; several kinds stand in several groups.
base::Result<std::vector<GetOptions>> questionsOf(const TargetOptions& targets, const ChangeOptions& options) {
    if (targets.words.empty())
        return base::fail(base::ErrorCode::BadInput, "name a TYPE/NAME, or a TYPE with names, -l or --all");
    GetOptions base;
    base.ns = options.ns;
    base.allNamespaces = targets.allNamespaces;
    base.selector = targets.selector;
    std::vector<GetOptions> questions;
    const bool withSlashes = targets.words.front().find('/') != std::string::npos;
    for (const std::string& word : targets.words) {
        const std::size_t slash = word.find('/');
        if (withSlashes != (slash != std::string::npos))
            return base::fail(base::ErrorCode::BadInput, "either TYPE/NAME for all, or one TYPE and names");
        if (withSlashes) {
            GetOptions question = base;
            question.kinds = word.substr(0, slash);
            question.names = {word.substr(slash + 1)};
            questions.push_back(std::move(question));
        } else if (questions.empty()) {
            base.kinds = word;
            questions.push_back(base);
        } else {
            questions.front().names.push_back(word);
        }
    }
    const bool isNamed = !questions.front().names.empty();
    if (isNamed && (targets.all || !targets.selector.empty()))
        return base::fail(base::ErrorCode::BadInput, "names, -l and --all exclude each other");
    if (!isNamed && !targets.all && targets.selector.empty())
        return base::fail(base::ErrorCode::BadInput, "name objects, or choose them by -l or --all");
    return questions;
}

} // namespace

tl::expected<std::vector<FoundTarget>, int> findTargets(ChangeSession& changes, const TargetOptions& targets,
                                                        const ChangeOptions& options) {
    const base::Result<std::vector<GetOptions>> questions = questionsOf(targets, options);
    if (!questions) {
        complain(questions.error().message);
        return tl::unexpected(int(Usage));
    }
    const base::Result<std::vector<std::string>> contexts = changes.session().chosen(options.clusters);
    if (!contexts) {
        complain(contexts.error().message);
        return tl::unexpected(int(options.clusters.empty() ? Failed : Usage));
    }
    changes.clusters().open(*contexts);
    std::vector<FoundTarget> found;
    for (const GetOptions& question : *questions) {
        const base::Result<Wanted> wanted = wantedOf(question);
        if (!wanted) {
            complain(wanted.error().message);
            return tl::unexpected(int(Usage));
        }
        std::vector<ClusterAnswer> answers =
            askClusters(changes.session(), *contexts, question, *wanted, Depth::Objects);
        if (report(answers) != Complete) {
            if (targets.writes)
                complain("nothing was changed");
            return tl::unexpected(int(Failed));
        }
        for (ClusterAnswer& answer : answers) {
            for (KindAnswer& part : answer.kinds) {
                for (kube::ObjectText& object : part.objects) {
                    const kube::Kind& kind = part.kind;
                    change::Target target{changes.clusters().ref(answer.context),
                                          {kind.apiVersion(), kind.kind, object.ns, object.name}};
                    found.push_back({std::move(target), std::move(object.json)});
                }
            }
        }
    }
    if (found.empty()) {
        complain(targets.writes ? "no object fits; nothing was changed" : "no object fits");
        return tl::unexpected(int(targets.words.size() > 1 ? Failed : Complete));
    }
    return found;
}

std::string titleOf(const std::string& act, const change::ChangeSet& set) {
    return act + " " +
           (set.operations.size() == 1 ? change::toString(set.operations.front().object)
                                       : std::to_string(set.operations.size()) + " objects");
}

int runAct(Session& session, const TargetOptions& targets, const ChangeOptions& options, const std::string& title,
           const std::function<change::Operation(const change::Target&)>& act) {
    ChangeSession changes(session);
    const auto found = findTargets(changes, targets, options);
    if (!found)
        return found.error();
    change::ChangeSet set;
    for (const FoundTarget& object : *found)
        set.operations.push_back(act(object.target));
    set.title = titleOf(title, set);
    return changes.carryOut(std::move(set), options);
}

int runActOn(Session& session, const TargetOptions& targets, const ChangeOptions& options, const std::string& title,
             const ActOnFound& act) {
    ChangeSession changes(session);
    const auto found = findTargets(changes, targets, options);
    if (!found)
        return found.error();
    change::ChangeSet set;
    bool isGood = true;
    for (const FoundTarget& object : *found) {
        base::Result<std::optional<change::Operation>> operation = act(object);
        if (!operation)
            complain(object.target.cluster.context + ": " + objectName(object.target.object) + ": " +
                     operation.error().message);
        else if (*operation)
            set.operations.push_back(**std::move(operation));
        isGood = isGood && operation.has_value();
    }
    if (!isGood) {
        complain("nothing was changed");
        return Failed;
    }
    if (set.operations.empty())
        return Complete;
    set.title = titleOf(title, set);
    return changes.carryOut(std::move(set), options);
}

} // namespace qdctl
