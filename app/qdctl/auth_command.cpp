// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/access_question.h"
#include "app/qdctl/commands.h"
#include "app/qdctl/session.h"
#include "core/kube/access/reviews.h"
#include "core/kube/access/rule_table.h"
#include "core/kube/table_text.h"

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace qdctl {

namespace {

struct Answer : AskedCluster {
    kube::AccessReview access;
    kube::RulesReview rules; ///< With --list.
};

// One cluster's as kubectl prints them, blank line and all.
void warn(const Answer& answer, std::string warning, bool withClusters) {
    if (withClusters && warning.ends_with('\n'))
        warning.pop_back();
    std::fprintf(stderr, "Warning: %s%s\n", withClusters ? (answer.context + ": ").c_str() : "", warning.c_str());
}

std::string whyNot(const kube::AccessReview& review) {
    std::string text = review.reason;
    if (!review.evaluationError.empty())
        text += (text.empty() ? "" : " - ") + review.evaluationError;
    return text;
}

void print(kube::TabAligner& aligner) {
    std::string text;
    aligner.flush(text);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void printAnswers(const std::vector<Answer>& answers) {
    if (answers.size() == 1) {
        const kube::AccessReview& review = answers.front().access;
        const std::string why = review.allowed ? std::string() : whyNot(review);
        std::fprintf(stdout, "%s%s%s\n", review.allowed ? "yes" : "no", why.empty() ? "" : " - ", why.c_str());
        return;
    }
    kube::TabAligner aligner;
    aligner.addLine({"CLUSTER", "ALLOWED", "REASON"});
    for (const Answer& answer : answers) {
        if (answer.error)
            continue;
        const std::string why = whyNot(answer.access);
        aligner.addLine({answer.context, answer.access.allowed ? "yes" : "no", why});
    }
    print(aligner);
}

void printRules(const std::vector<Answer>& answers, bool withHeaders) {
    const bool withClusters = answers.size() > 1;
    kube::TabAligner aligner;
    const auto add = [&](std::string_view cluster, const auto& line) {
        std::vector<std::string_view> cells(line.begin(), line.end());
        if (withClusters)
            cells.insert(cells.begin(), cluster);
        aligner.addLine(cells);
    };
    if (withHeaders)
        add("Cluster", kube::kRuleTableTitles);
    for (const Answer& answer : answers) {
        if (answer.error)
            continue;
        if (answer.rules.incomplete)
            warn(answer, "the list may be incomplete: " + answer.rules.evaluationError, withClusters);
        for (const auto& line : kube::ruleTable(answer.rules.rules))
            add(answer.context, line);
    }
    print(aligner);
}

std::vector<Answer> askAll(Session& session, const std::vector<std::string>& contexts, const AuthOptions& options) {
    std::vector<Answer> answers(contexts.size());
    std::vector<AskedCluster*> clusters;
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        answers[i].context = contexts[i];
        clusters.push_back(&answers[i]);
    }
    const auto take = [](Answer& answer, auto& into, auto&& review, const std::function<void()>& done) {
        if (review)
            into = *std::move(review);
        else
            answer.error = std::move(review.error());
        done();
    };
    askEachCluster(session, clusters, options, [&](std::size_t i, const Way& way, std::function<void()> done) {
        Answer& answer = answers[i];
        kube::Transport& transport = *way.environment.transport;
        if (options.list)
            return kube::askRules(transport, options.ns.empty() ? way.ns : options.ns, session.home(),
                                  [&answer, take, done](base::Result<kube::RulesReview> review) {
                                      take(answer, answer.rules, std::move(review), done);
                                  });
        return kube::askAccess(transport, answer.question.asked, session.home(),
                               [&answer, take, done](base::Result<kube::AccessReview> review) {
                                   take(answer, answer.access, std::move(review), done);
                               });
    });
    return answers;
}

} // namespace

int runCanI(Session& session, const AuthOptions& options) {
    std::optional<std::string> wrong = whatIsWrong(options);
    if (!wrong && options.noHeaders && !options.list)
        wrong = "--no-headers cannot be set without --list specified";
    if (wrong) {
        std::fprintf(stderr, "qdctl: %s\n", wrong->c_str());
        return Usage;
    }
    const base::Result<std::vector<std::string>> contexts = session.chosen(options.clusters);
    if (!contexts) {
        std::fprintf(stderr, "qdctl: %s\n", contexts.error().message.c_str());
        return options.clusters.empty() ? Failed : Usage;
    }
    const std::vector<Answer> answers = askAll(session, *contexts, options);
    std::size_t failed = 0;
    bool isDenied = false;
    for (const Answer& answer : answers) {
        for (const std::string& warning : answer.question.warnings)
            warn(answer, warning, answers.size() > 1);
        if (answer.error) {
            ++failed;
            std::fprintf(stderr, "qdctl: %s: %s\n", answer.context.c_str(), explain(*answer.error).c_str());
        }
        isDenied = isDenied || (!answer.error && !options.list && !answer.access.allowed);
    }
    if (failed == answers.size())
        return Failed;
    if (options.list)
        printRules(answers, !options.noHeaders);
    else if (!options.quiet)
        printAnswers(answers);
    // As kubectl: no is 1. A cluster that did not answer makes nothing of a no that another said.
    if (isDenied)
        return Failed;
    return failed > 0 ? Partial : Complete;
}

} // namespace qdctl
