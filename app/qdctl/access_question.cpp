// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/access_question.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <utility>

namespace qdctl {

namespace {

// kubectl's, from k8s.io/kubectl pkg/cmd/auth/cani.go.
constexpr std::array<std::string_view, 16> kResourceVerbs = {
    "get", "list", "watch",       "create", "update",  "patch", "delete",   "deletecollection",
    "use", "bind", "impersonate", "*",      "approve", "sign",  "escalate", "attest"};
constexpr std::array<std::string_view, 8> kPathVerbs = {"get",     "put",    "post",  "head",
                                                        "options", "delete", "patch", "*"};
/// Served, but told by no discovery: what may be impersonated.
constexpr std::array<std::string_view, 2> kUntoldResources = {"users", "groups"};

template <std::size_t N>
bool has(const std::array<std::string_view, N>& list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool isPath(const AuthOptions& options) {
    return options.resource.starts_with('/');
}

std::string typedType(const AuthOptions& options) {
    return options.resource.substr(0, options.resource.find('/'));
}

void warnOfUnknownType(AccessQuestion& question, const std::string& type) {
    const std::string typed = lower(type);
    if (has(kUntoldResources, typed))
        return;
    const std::size_t dot = typed.find('.');
    std::string warning = "the server doesn't have a resource type '" + typed.substr(0, dot) + "'";
    if (dot != std::string::npos)
        warning += " in group '" + typed.substr(dot + 1) + "'";
    question.warnings.push_back(warning + "\n");
}

} // namespace

bool needsKinds(const AuthOptions& options) {
    return !options.list && !isPath(options) && typedType(options) != "*";
}

AccessQuestion questionOf(const AuthOptions& options, const std::string& ns, const kube::KindCatalog* kinds) {
    AccessQuestion question;
    if (options.list)
        return question;
    question.asked.verb = options.verb;
    if (isPath(options)) {
        question.asked.path = options.resource;
        question.namespaced = false;
        if (!has(kPathVerbs, options.verb))
            question.warnings.push_back("verb '" + options.verb + "' is not a known verb\n");
        return question;
    }
    const std::string type = typedType(options);
    const kube::Kind* kind = kinds && type != "*" ? kinds->find(lower(type)) : nullptr;
    question.asked.resource = kind ? kind->plural : type;
    question.asked.group = kind ? kind->group : std::string();
    question.asked.subresource = options.subresource;
    if (const std::size_t slash = options.resource.find('/'); slash != std::string::npos)
        question.asked.name = options.resource.substr(slash + 1);
    question.asked.ns = options.allNamespaces ? std::string() : ns;
    question.namespaced = !kind || kind->namespaced;
    if (!kind && type != "*")
        warnOfUnknownType(question, type);
    if (options.allNamespaces)
        return question;
    if (!question.namespaced) {
        std::string warning = "resource '" + kind->plural + "' is not namespace scoped";
        if (!kind->group.empty())
            warning += " in group '" + kind->group + "'";
        question.warnings.push_back(warning + "\n");
    }
    if (!has(kResourceVerbs, options.verb))
        question.warnings.push_back("verb '" + options.verb + "' is not a known verb\n");
    return question;
}

std::optional<std::string> whatIsWrong(const AuthOptions& options) {
    if (options.list) {
        if (!options.verb.empty())
            return "list option must be specified with no arguments";
        if (options.quiet || options.allNamespaces || !options.subresource.empty())
            return "list option can't be specified with neither quiet, all-namespaces nor subresource options";
        return std::nullopt;
    }
    if (options.verb.empty() || options.resource.empty())
        return "you must specify two arguments: verb resource or verb resource/resourceName.";
    if (isPath(options) && !options.subresource.empty())
        return "--subresource can not be used with NonResourceURL";
    return std::nullopt;
}

void askEachCluster(
    Session& session, std::vector<AskedCluster*> clusters, const AuthOptions& options,
    const std::function<base::Cancel(std::size_t index, const Way& way, std::function<void()> done)>& ask) {
    std::vector<base::Cancel> cancels(clusters.size());
    std::vector<Way> ways(clusters.size());
    std::size_t open = 1;
    const std::function<void()> done = [&] {
        if (--open == 0)
            session.home().stop();
    };
    for (std::size_t i = 0; i < clusters.size(); ++i) {
        AskedCluster& cluster = *clusters[i];
        base::Result<Way> opened = session.open(cluster.context);
        if (!opened) {
            cluster.error = std::move(opened.error());
            continue;
        }
        ++open;
        ways[i] = *std::move(opened);
        const std::string ns = options.ns.empty() ? ways[i].ns : options.ns;
        const auto goOn = [&, i, ns](const kube::KindCatalog* kinds) {
            clusters[i]->question = questionOf(options, ns, kinds);
            cancels[i] = ask(i, ways[i], done);
        };
        if (!needsKinds(options)) {
            goOn(nullptr);
            continue;
        }
        cancels[i] = kube::discover(ways[i].environment.transport, session.home(),
                                    [&, i, goOn](base::Result<kube::KindCatalogPtr> kinds) {
                                        if (kinds)
                                            return goOn(kinds->get());
                                        clusters[i]->error = std::move(kinds.error());
                                        done();
                                    });
    }
    session.home().post(done);
    session.home().run();
}

} // namespace qdctl
