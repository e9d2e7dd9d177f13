// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/change_commands.h"
#include "core/change/acts/manifests.h"
#include "core/change/change_set_file.h"
#include "core/change/line_diff.h"
#include "core/kube/manifest/manifest.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <utility>

namespace qdctl {

namespace {

/// All that was read from files. Only manifests, or one change set, can be gone on with.
struct Input {
    std::vector<kube::Manifest> manifests;
    std::vector<change::ChangeSet> sets;
    std::vector<std::string> setFiles; ///< Of each set.
    bool good = true;
};

std::vector<std::string> filesIn(const std::string& name) {
    std::error_code problem;
    if (name == "-" || !std::filesystem::is_directory(name, problem))
        return {name};
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(name, problem)) {
        const std::string extension = entry.path().extension();
        if (extension == ".yaml" || extension == ".yml" || extension == ".json")
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::optional<std::string> contentOf(const std::string& name) {
    if (name == "-")
        return std::string(std::istreambuf_iterator<char>(std::cin), {});
    std::ifstream file(name, std::ios::binary);
    if (!file)
        return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), {});
}

void readInto(Input& input, const std::string& name) {
    const std::optional<std::string> text = contentOf(name);
    if (!text) {
        complain("cannot read " + name);
        input.good = false;
        return;
    }
    const std::string shown = name == "-" ? "standard input" : name;
    if (const base::Result<std::string> json = kube::yamlToJson(*text, shown); json && change::isChangeSet(*json)) {
        base::Result<change::ChangeSet> set = change::changeSetFrom(*json);
        if (!set) {
            complain(shown + ": " + set.error().message);
            input.good = false;
        } else {
            input.sets.push_back(*std::move(set));
            input.setFiles.push_back(shown);
        }
        return;
    }
    kube::Manifests read = kube::readManifests(*text, shown);
    for (const kube::ManifestNote& note : read.warnings)
        std::fprintf(stderr, "Warning: %s: %s\n", toString(note.place).c_str(), note.message.c_str());
    for (const kube::ManifestNote& note : read.errors)
        complain(toString(note.place) + ": " + note.message);
    input.good = input.good && read.errors.empty();
    std::move(read.objects.begin(), read.objects.end(), std::back_inserter(input.manifests));
}

std::string titleOf(const Input& input, const ApplyOptions& what) {
    if (input.manifests.size() == 1)
        return "Apply " + input.manifests.front().kind + " " + input.manifests.front().name;
    std::string title = "Apply " + std::to_string(input.manifests.size()) + " objects of";
    for (const std::string& file : what.files)
        title += " " + (file == "-" ? std::string("standard input") : std::filesystem::path(file).filename().string());
    return title;
}

/// The manifests for each cluster, where what names no namespace goes to that of the option or of the context.
base::Result<change::ChangeSet> setOf(ChangeSession& changes, const Input& input, const ApplyOptions& what,
                                      const ChangeOptions& options, const std::vector<std::string>& contexts) {
    change::ChangeSet set;
    set.title = titleOf(input, what);
    for (const std::string& context : contexts) {
        const change::ClusterRef cluster = changes.clusters().ref(context);
        const base::Result<change::ClusterWay> way = changes.clusters().find(cluster);
        base::Result<std::vector<change::Operation>> operations =
            change::applyManifests(input.manifests, cluster, way ? &*way : nullptr, options.ns);
        if (!operations)
            return base::fail(std::move(operations.error()));
        std::move(operations->begin(), operations->end(), std::back_inserter(set.operations));
    }
    return set;
}

/// Empty where there is at most one set, and nothing beside it.
std::string whatIsTooMuch(const Input& input) {
    if (input.sets.size() > 1) {
        std::string files;
        for (std::size_t i = 0; i < input.setFiles.size(); ++i)
            files += (i == 0 ? "" : i + 1 < input.setFiles.size() ? ", " : " and ") + input.setFiles[i];
        return "apply one change set at a time: " + files + " hold one each";
    }
    if (!input.sets.empty() && !input.manifests.empty())
        return input.setFiles.front() + " is a change set, which comes alone, without manifests";
    return {};
}

std::vector<change::ClusterRef> clustersOf(const change::ChangeSet& set) {
    std::vector<change::ClusterRef> clusters;
    for (const change::Operation& operation : set.operations) {
        if (std::find(clusters.begin(), clusters.end(), operation.cluster) == clusters.end())
            clusters.push_back(operation.cluster);
    }
    return clusters;
}

/// Reads everything and opens the clusters; an exit code where that fails.
tl::expected<change::ChangeSet, int> prepare(ChangeSession& changes, const ApplyOptions& what,
                                             const ChangeOptions& options) {
    Input input;
    for (const std::string& name : what.files) {
        for (const std::string& file : filesIn(name))
            readInto(input, file);
    }
    if (!input.good) {
        complain("nothing was changed");
        return tl::unexpected(int(Failed));
    }
    if (const std::string problem = whatIsTooMuch(input); !problem.empty()) {
        complain(problem + "; nothing was changed");
        return tl::unexpected(int(Usage));
    }
    if (!input.sets.empty()) {
        // Else it would be written elsewhere than the operator believes.
        if (!options.clusters.empty() || !options.ns.empty()) {
            complain(std::string(options.clusters.empty() ? "-n" : "--clusters") + " says where manifests go; " +
                     input.setFiles.front() + " is a change set, which names its own; nothing was changed");
            return tl::unexpected(int(Usage));
        }
        changes.clusters().openFor(clustersOf(input.sets.front()));
        return std::move(input.sets.front());
    }
    if (input.manifests.empty()) {
        complain("no objects passed to apply");
        return tl::unexpected(int(Failed));
    }
    const base::Result<std::vector<std::string>> contexts = changes.session().chosen(options.clusters);
    if (!contexts) {
        complain(contexts.error().message);
        return tl::unexpected(int(options.clusters.empty() ? Failed : Usage));
    }
    changes.clusters().open(*contexts);
    base::Result<change::ChangeSet> set = setOf(changes, input, what, options, *contexts);
    if (!set) {
        complain(set.error().message + "; nothing was changed");
        return tl::unexpected(int(Failed));
    }
    return *std::move(set);
}

int save(const change::ChangeSet& set, const std::string& file) {
    if (const base::Result<void> saved = change::saveChangeSet(set, file); !saved) {
        complain(saved.error().message);
        return Failed;
    }
    if (const std::size_t secrets = change::secretsIn(set); secrets > 0)
        complain(file + " holds the values of " + std::to_string(secrets) + (secrets == 1 ? " secret" : " secrets") +
                 " in clear; keep it from others");
    return Complete;
}

} // namespace

int runApply(Session& session, const ApplyOptions& what, const ChangeOptions& options) {
    ChangeSession changes(session);
    tl::expected<change::ChangeSet, int> set = prepare(changes, what, options);
    if (!set)
        return set.error();
    if (!options.intent.empty())
        set->intent = change::intentLine(options.intent);
    if (!what.save.empty())
        return save(*set, what.save);
    return changes.carryOut(*std::move(set), options);
}

int runDiff(Session& session, const ApplyOptions& what, const ChangeOptions& options) {
    ChangeSession changes(session);
    tl::expected<change::ChangeSet, int> set = prepare(changes, what, options);
    if (!set)
        return set.error();
    for (change::Operation& operation : set->operations) {
        if (options.takeOver && operation.verb == change::Verb::Apply)
            operation.ownership = change::Ownership::TakeOver;
    }
    const auto planner = changes.plan(*std::move(set));
    if (!planner)
        return Failed;
    const change::Plan& plan = planner->plan();
    int code = Complete;
    bool differs = false;
    for (std::size_t i = 0; i < plan.operations.size(); ++i) {
        const change::PlannedOperation& planned = plan.operations[i];
        const change::Operation& operation = plan.set.operations[i];
        const std::string name = operation.cluster.context + "/" +
                                 (operation.object.ns.empty() ? "" : operation.object.ns + "/") +
                                 objectName(operation.object);
        if (planned.verdict == change::Verdict::Refused || planned.verdict == change::Verdict::Unreached) {
            complain(name + ": " + (planned.error ? explain(*planned.error) : "refused"));
            code = Failed;
            continue;
        }
        if (planned.verdict == change::Verdict::Conflict) {
            complain(name + ": fields of it belong to other managers; --take-over shows what taking them would do");
            code = code == Complete ? int(Conflicted) : code;
            continue;
        }
        const bool gone = operation.verb == change::Verb::Delete || operation.verb == change::Verb::Evict;
        const std::string after = planned.verdict == change::Verdict::Deferred ? operation.body
                                  : gone                                       ? ""
                                                                               : planned.would;
        const std::string text =
            change::unifiedDiff(change::diffText(planned.before, operation.object.kind),
                                change::diffText(after, operation.object.kind), "live/" + name, "merged/" + name);
        differs = differs || !text.empty();
        std::fwrite(text.data(), 1, text.size(), stdout);
    }
    if (code == Complete && differs && what.exitCode)
        return 1;
    return code;
}

} // namespace qdctl
