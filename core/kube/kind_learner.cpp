// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/kind_learner.h"

#include "core/kube/watch_requests.h"

#include <simdjson.h>

#include <algorithm>
#include <string>
#include <utility>

namespace kube {

namespace {

// How many objects there are, by the first page of one.
std::int64_t countOf(const std::string& body) {
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    if (parser.parse(body).get(root) != simdjson::SUCCESS)
        return -1;
    std::int64_t remaining = 0;
    if (root.at_pointer("/metadata/remainingItemCount").get(remaining) == simdjson::SUCCESS)
        return remaining + 1;
    std::string_view more;
    if (root.at_pointer("/metadata/continue").get(more) == simdjson::SUCCESS && !more.empty())
        return -1;
    simdjson::dom::array rows;
    return root["rows"].get(rows) == simdjson::SUCCESS ? static_cast<std::int64_t>(rows.size()) : -1;
}

// Only the tables of custom kinds have columns of type date; the age is known without the object.
bool hasDates(const ServerColumns& columns) {
    return std::any_of(columns.begin(), columns.end(),
                       [](const ServerColumn& column) { return column.type == "date" && column.name != "Age"; });
}

ApiRequest crdRequest(const Kind& kind) {
    ApiRequest request;
    request.target = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + kind.plural + "." + kind.group;
    request.verb = "get";
    request.resource = "customresourcedefinitions.apiextensions.k8s.io";
    return request;
}

struct Learning {
    WatchEnvironment environment;
    WatchSpec spec;
    base::Executor& executor;
    base::CancelSlot& step;
    net::Handler<base::Result<LearnedKind>> handler;
    KindTraits traits;
};

void finish(Learning& learning) {
    learning.environment.traits->setKind(learning.spec.kind, learning.traits);
    const auto handler = std::move(learning.handler);
    handler(std::make_shared<const KindTraits>(std::move(learning.traits)));
}

void askDates(const std::shared_ptr<Learning>& learning) {
    learning->step.set(learning->environment.transport->send(
        crdRequest(learning->spec.kind), learning->executor, [learning](base::Result<net::Response> answer) {
            // Without leave to read the definition the dates sort by their printed ages.
            if (answer) {
                if (auto paths = datePathsOfCrd(answer->body, learning->spec.kind.version))
                    learning->traits.datePaths = std::move(*paths);
            }
            finish(*learning);
        }));
}

void takeColumns(const std::shared_ptr<Learning>& learning, base::Result<net::Response> answer) {
    if (!answer && answer.error().httpStatus != 406) {
        const auto handler = std::move(learning->handler);
        handler(base::fail(std::move(answer.error())));
        return;
    }
    if (answer) {
        auto columns = tableColumns(answer->body);
        // What cannot be read at all is no word of the server on its columns.
        if (!columns && columns.error().code == base::ErrorCode::BadResponse) {
            const auto handler = std::move(learning->handler);
            handler(base::fail(std::move(columns.error())));
            return;
        }
        if (columns)
            learning->traits.columns = std::move(*columns);
        learning->traits.count = countOf(answer->body);
    }
    if (hasDates(learning->traits.columns))
        askDates(learning);
    else
        finish(*learning);
}

void askColumns(const std::shared_ptr<Learning>& learning) {
    learning->step.set(learning->environment.transport->send(
        columnsRequest(learning->spec), learning->executor,
        [learning](base::Result<net::Response> answer) { takeColumns(learning, std::move(answer)); }));
}

void takeVersion(const Learning& learning, const base::Result<net::Response>& answer) {
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    std::string_view version;
    if (answer && parser.parse(answer->body).get(root) == simdjson::SUCCESS &&
        root["gitVersion"].get(version) == simdjson::SUCCESS)
        learning.environment.traits->setServerVersion(version);
}

} // namespace

void learnKind(const WatchEnvironment& environment, const WatchSpec& spec, base::Executor& executor,
               base::CancelSlot& step, net::Handler<base::Result<LearnedKind>> handler) {
    auto learning = std::make_shared<Learning>(Learning{environment, spec, executor, step, std::move(handler), {}});
    if (environment.traits->serverMinor() != 0) {
        askColumns(learning);
        return;
    }
    // Some rules of printing changed between versions while the columns stayed. Who may not read it gets the newest.
    ApiRequest version;
    version.target = "/version";
    version.verb = "get";
    version.resource = "/version";
    step.set(environment.transport->send(std::move(version), executor,
                                         [learning](const base::Result<net::Response>& answer) {
                                             takeVersion(*learning, answer);
                                             askColumns(learning);
                                         }));
}

} // namespace kube
