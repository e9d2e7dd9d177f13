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

int runAct(Session& session, const TargetOptions& targets, const ChangeOptions& options, const std::string& title,
           const std::function<change::Operation(const change::Target&)>& act) {
    const base::Result<std::vector<GetOptions>> questions = questionsOf(targets, options);
    if (!questions) {
        complain(questions.error().message);
        return Usage;
    }
    const base::Result<std::vector<std::string>> contexts = session.chosen(options.clusters);
    if (!contexts) {
        complain(contexts.error().message);
        return options.clusters.empty() ? Failed : Usage;
    }
    ChangeSession changes(session);
    changes.clusters().open(*contexts);
    change::ChangeSet set;
    set.title = title;
    std::string first;
    for (const GetOptions& question : *questions) {
        const base::Result<Wanted> wanted = wantedOf(question);
        if (!wanted) {
            complain(wanted.error().message);
            return Usage;
        }
        const std::vector<ClusterAnswer> answers = askClusters(session, *contexts, question, *wanted, Depth::Objects);
        if (const int code = report(answers); code != Complete) {
            complain("nothing was changed");
            return Failed;
        }
        for (const ClusterAnswer& answer : answers) {
            for (const KindAnswer& part : answer.kinds) {
                for (const kube::ObjectText& object : part.objects) {
                    change::Target target{changes.clusters().ref(answer.context),
                                          {part.kind.apiVersion(), part.kind.kind, object.ns, object.name}};
                    set.operations.push_back(act(target));
                    first = change::toString(set.operations.front().object);
                }
            }
        }
    }
    if (set.operations.empty()) {
        complain("no object fits; nothing was changed");
        return targets.words.size() > 1 ? Failed : Complete;
    }
    set.title += " " + (set.operations.size() == 1 ? first : std::to_string(set.operations.size()) + " objects");
    return changes.carryOut(std::move(set), options);
}

} // namespace qdctl
