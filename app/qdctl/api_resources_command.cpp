// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/commands.h"
#include "app/qdctl/session.h"
#include "core/kube/discovery.h"
#include "core/kube/table_text.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace qdctl {

namespace {

struct Answer {
    std::string context;
    kube::KindCatalogPtr kinds;
    std::optional<base::Error> error;
};

std::string joined(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& text : texts)
        result += (result.empty() ? "" : ",") + text;
    return result;
}

std::vector<Answer> ask(Session& session, const std::vector<std::string>& contexts) {
    std::vector<Answer> answers(contexts.size());
    std::vector<base::Cancel> cancels;
    std::size_t open = 1;
    const auto done = [&] {
        if (--open == 0)
            session.home().stop();
    };
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        Answer& answer = answers[i];
        answer.context = contexts[i];
        base::Result<Way> way = session.open(contexts[i]);
        if (!way) {
            answer.error = std::move(way.error());
            continue;
        }
        ++open;
        cancels.push_back(kube::discover(way->environment.transport, session.home(),
                                         [&answer, done](base::Result<kube::KindCatalogPtr> kinds) {
                                             if (kinds)
                                                 answer.kinds = std::move(*kinds);
                                             else
                                                 answer.error = std::move(kinds.error());
                                             done();
                                         }));
    }
    session.home().post(done);
    session.home().run();
    return answers;
}

} // namespace

int runApiResources(Session& session, const ApiResourcesOptions& options) {
    const base::Result<std::vector<std::string>> contexts = session.chosen(options.clusters);
    if (!contexts) {
        std::fprintf(stderr, "qdctl: %s\n", contexts.error().message.c_str());
        return options.clusters.empty() ? Failed : Usage;
    }
    const std::vector<Answer> answers = ask(session, *contexts);
    const bool withClusters = answers.size() > 1;
    const bool isWide = options.output == "wide";
    kube::TabAligner aligner;
    std::string text;
    if (options.output != "name") {
        std::vector<std::string_view> header;
        if (withClusters)
            header.push_back("CLUSTER");
        for (const char* title : {"NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"})
            header.push_back(title);
        if (isWide) {
            header.push_back("VERBS");
            header.push_back("CATEGORIES");
        }
        aligner.addLine(header);
    }
    std::size_t failed = 0;
    bool hasProblems = false;
    for (const Answer& answer : answers) {
        if (answer.error) {
            ++failed;
            std::fprintf(stderr, "qdctl: %s: %s\n", answer.context.c_str(), explain(*answer.error).c_str());
            continue;
        }
        for (const base::Error& problem : answer.kinds->problems()) {
            hasProblems = true;
            std::fprintf(stderr, "qdctl: %s: %s\n", answer.context.c_str(), explain(problem).c_str());
        }
        // kubectl's order: by group, then by name.
        std::vector<const kube::Kind*> kinds;
        for (const kube::Kind& kind : answer.kinds->kinds()) {
            if (!kind.verbs.empty())
                kinds.push_back(&kind);
        }
        std::stable_sort(kinds.begin(), kinds.end(), [](const kube::Kind* a, const kube::Kind* b) {
            return a->group != b->group ? a->group < b->group : a->plural < b->plural;
        });
        for (const kube::Kind* kind : kinds) {
            if (options.output == "name") {
                text += kind->resource() + "\n";
                continue;
            }
            const std::string shortNames = joined(kind->shortNames);
            const std::string apiVersion = kind->apiVersion();
            const std::string verbs = joined(kind->verbs);
            const std::string categories = joined(kind->categories);
            std::vector<std::string_view> cells;
            if (withClusters)
                cells.push_back(answer.context);
            cells.insert(cells.end(), {kind->plural, shortNames, apiVersion, kind->namespaced ? "true" : "false",
                                       std::string_view(kind->kind)});
            if (isWide) {
                cells.push_back(verbs);
                cells.push_back(categories);
            }
            aligner.addLine(cells);
        }
    }
    aligner.flush(text);
    std::fwrite(text.data(), 1, text.size(), stdout);
    if (failed == answers.size())
        return Failed;
    return failed > 0 || hasProblems ? Partial : Complete;
}

} // namespace qdctl
