// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/access_question.h"
#include "app/qdctl/commands.h"
#include "app/qdctl/json_text.h"
#include "app/qdctl/session.h"
#include "core/kube/access/rbac_policy.h"
#include "core/kube/access/rbac_reader.h"
#include "core/kube/table_text.h"

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace qdctl {

namespace {

struct Answer : AskedCluster {
    kube::RbacReading reading;
    kube::WhoCan who;
};

std::vector<Answer> askAll(Session& session, const std::vector<std::string>& contexts, const AuthOptions& options) {
    std::vector<Answer> answers(contexts.size());
    std::vector<AskedCluster*> clusters;
    for (std::size_t i = 0; i < contexts.size(); ++i) {
        answers[i].context = contexts[i];
        clusters.push_back(&answers[i]);
    }
    askEachCluster(session, clusters, options, [&](std::size_t i, const Way& way, std::function<void()> done) {
        Answer& answer = answers[i];
        AccessQuestion& question = answer.question;
        // What lies in no namespace no role binding decides about, wherever one stands.
        const bool isClusterWide = !question.namespaced;
        if (isClusterWide)
            question.asked.ns.clear();
        const kube::RbacScope scope = isClusterWide           ? kube::RbacScope::Cluster
                                      : options.allNamespaces ? kube::RbacScope::All
                                                              : kube::RbacScope::Namespace;
        return kube::readRbac(way.environment.transport, scope, question.asked.ns, session.home(),
                              [&answer, scope, done = std::move(done)](kube::RbacReading reading) {
                                  answer.reading = std::move(reading);
                                  answer.who =
                                      kube::whoCan(answer.reading.policy, answer.question.asked,
                                                   scope == kube::RbacScope::All ? kube::WhoCanReach::AnyNamespace
                                                                                 : kube::WhoCanReach::AsAsked);
                                  done();
                              });
    });
    return answers;
}

// Of the lists that were asked for.
bool hasNothing(const Answer& answer) {
    return answer.error || (!answer.reading.problems.empty() && answer.reading.policy.bindings.empty());
}

std::string subjectText(const kube::Subject& subject) {
    return subject.ns.empty() ? subject.name : subject.ns + "/" + subject.name;
}

void printTable(const std::vector<Answer>& answers, bool withHeaders) {
    const bool withClusters = answers.size() > 1;
    kube::TabAligner aligner;
    const auto add = [&](std::string_view cluster, std::vector<std::string_view> cells) {
        if (withClusters)
            cells.insert(cells.begin(), cluster);
        aligner.addLine(cells);
    };
    bool hasHeader = !withHeaders;
    for (const Answer& answer : answers) {
        for (const kube::Grant& grant : answer.who.grants) {
            if (!std::exchange(hasHeader, true))
                add("CLUSTER", {"KIND", "SUBJECT", "BINDING", "ROLE", "RULE"});
            const std::string subject = subjectText(grant.subject);
            const std::string binding = grant.binding.title();
            const std::string role = grant.binding.roleTitle();
            const std::string rule = kube::narrowed(grant.rule, answer.question.asked).text();
            add(answer.context, {grant.subject.kind, subject, binding, role, rule});
        }
    }
    std::string text;
    aligner.flush(text);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

std::string jsonList(const std::vector<std::string>& list) {
    std::string text = "[";
    for (std::size_t i = 0; i < list.size(); ++i)
        text += (i ? ", " : "") + jsonText(list[i]);
    return text + "]";
}

std::string jsonObject(const std::string& kind, const std::string& ns, const std::string& name) {
    std::string text = "{\"kind\": " + jsonText(kind);
    if (!ns.empty())
        text += ", \"namespace\": " + jsonText(ns);
    return text + ", \"name\": " + jsonText(name) + "}";
}

std::string jsonBinding(const kube::RoleBinding& binding) {
    const bool isRole = binding.role.kind == "Role";
    return "\"binding\": " +
           jsonObject(binding.ns.empty() ? "ClusterRoleBinding" : "RoleBinding", binding.ns, binding.name) +
           ", \"role\": " + jsonObject(binding.role.kind, isRole ? binding.ns : std::string(), binding.role.name);
}

std::string jsonRule(const kube::PolicyRule& rule) {
    return "{\"verbs\": " + jsonList(rule.verbs) + ", \"apiGroups\": " + jsonList(rule.apiGroups) +
           ", \"resources\": " + jsonList(rule.resources) + ", \"resourceNames\": " + jsonList(rule.resourceNames) +
           ", \"nonResourceURLs\": " + jsonList(rule.nonResourceUrls) + "}";
}

template <typename List, typename Text>
std::string jsonLines(const List& list, const Text& textOf) {
    std::string text = "[";
    for (std::size_t i = 0; i < list.size(); ++i)
        text += (i ? ",\n      " : "\n      ") + textOf(list[i]);
    return text + (list.empty() ? "]" : "\n    ]");
}

void printJson(const std::vector<Answer>& answers) {
    std::string text = "[";
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const Answer& answer = answers[i];
        std::vector<std::string> problems;
        if (answer.error)
            problems.push_back(explain(*answer.error));
        for (const base::Error& problem : answer.reading.problems)
            problems.push_back(explain(problem));
        text += i ? ",\n  {" : "\n  {";
        text += "\"cluster\": " + jsonText(answer.context) + ", \"verb\": " + jsonText(answer.question.asked.verb) +
                ", \"resource\": " + jsonText(answer.question.asked.what()) +
                ", \"namespace\": " + jsonText(answer.question.asked.ns) +
                ", \"name\": " + jsonText(answer.question.asked.name) +
                ", \"complete\": " + (problems.empty() ? "true" : "false") + ",\n    \"unrestrictedGroups\": [" +
                jsonText(kube::kPrivilegedGroup) + "],\n    \"grants\": ";
        text += jsonLines(answer.who.grants, [](const kube::Grant& grant) {
            return "{\"subject\": " + jsonObject(grant.subject.kind, grant.subject.ns, grant.subject.name) + ", " +
                   jsonBinding(grant.binding) + ", \"rule\": " + jsonRule(grant.rule) + "}";
        });
        text += ",\n    \"dangling\": " + jsonLines(answer.who.dangling, [](const kube::RoleBinding& binding) {
                    return "{" + jsonBinding(binding) + "}";
                });
        text += ",\n    \"problems\": " + jsonList(problems) + "}";
    }
    text += answers.empty() ? "]\n" : "\n]\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
}

// What a table cannot hold.
void say(const Answer& answer, bool withClusters) {
    const std::string prefix = withClusters ? answer.context + ": " : std::string();
    const auto line = [&prefix](const std::string& text) {
        std::fprintf(stderr, "%s%s\n", prefix.c_str(), text.c_str());
    };
    const kube::AccessAttributes& asked = answer.question.asked;
    if (answer.who.grants.empty())
        line("No role lets anybody " + asked.verb + " " + asked.what());
    for (const kube::RoleBinding& binding : answer.who.dangling)
        line(binding.title() + " names " + binding.roleTitle() + ", which does not exist");
    line("Members of the group " + std::string(kube::kPrivilegedGroup) + " may do everything, whatever the roles say");
}

} // namespace

int runWhoCan(Session& session, const AuthOptions& options) {
    if (const auto wrong = whatIsWrong(options)) {
        std::fprintf(stderr, "qdctl: %s\n", wrong->c_str());
        return Usage;
    }
    const base::Result<std::vector<std::string>> contexts = session.chosen(options.clusters);
    if (!contexts) {
        std::fprintf(stderr, "qdctl: %s\n", contexts.error().message.c_str());
        return options.clusters.empty() ? Failed : Usage;
    }
    const std::vector<Answer> answers = askAll(session, *contexts, options);
    const bool withClusters = answers.size() > 1;
    if (options.output == "json")
        printJson(answers);
    else
        printTable(answers, !options.noHeaders);
    std::size_t failed = 0;
    bool isPartial = false;
    for (const Answer& answer : answers) {
        for (const std::string& warning : answer.question.warnings) {
            // That a namespace means nothing here is no news where all bindings are looked at.
            if (answer.question.namespaced)
                std::fprintf(stderr, "Warning: %s%s", withClusters ? (answer.context + ": ").c_str() : "",
                             warning.c_str());
        }
        std::vector<base::Error> problems = answer.reading.problems;
        if (answer.error)
            problems.push_back(*answer.error);
        for (const base::Error& problem : problems)
            std::fprintf(stderr, "qdctl: %s: %s\n", answer.context.c_str(), explain(problem).c_str());
        failed += hasNothing(answer) ? 1U : 0U;
        isPartial = isPartial || !problems.empty();
        if (!hasNothing(answer) && options.output != "json")
            say(answer, withClusters);
    }
    if (failed == answers.size())
        return Failed;
    return isPartial ? Partial : Complete;
}

} // namespace qdctl
