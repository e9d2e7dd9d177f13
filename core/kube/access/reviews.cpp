// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/access/reviews.h"

#include "core/kube/access/json_reading.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace kube {

namespace {

using simdjson::dom::object;
using Json = nlohmann::ordered_json;

constexpr const char* kApiVersion = "authorization.k8s.io/v1";

// Names come from people and need not be UTF-8.
std::string written(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ApiRequest post(const char* kind, const char* resource, Json spec) {
    ApiRequest request;
    request.method = "POST";
    request.target = std::string("/apis/") + kApiVersion + "/" + resource;
    request.contentType = "application/json";
    request.body = written({{"apiVersion", kApiVersion}, {"kind", kind}, {"spec", std::move(spec)}});
    request.verb = "create";
    request.resource = std::string(resource) + ".authorization.k8s.io";
    return request;
}

Json specOf(const AccessAttributes& asked) {
    if (!asked.isResource())
        return {{"nonResourceAttributes", {{"path", asked.path}, {"verb", asked.verb}}}};
    Json attributes = Json::object();
    const auto add = [&attributes](const char* key, const std::string& value) {
        if (!value.empty())
            attributes[key] = value;
    };
    add("namespace", asked.ns);
    add("verb", asked.verb);
    add("group", asked.group);
    add("resource", asked.resource);
    add("subresource", asked.subresource);
    add("name", asked.name);
    return {{"resourceAttributes", std::move(attributes)}};
}

base::Result<object> parseStatusOf(simdjson::dom::parser& parser, std::string_view json) {
    const auto root = access::parseObject(parser, json, "the review");
    if (!root)
        return base::fail(root.error());
    object status;
    if ((*root)["status"].get(status) != simdjson::SUCCESS)
        return base::fail(base::ErrorCode::BadResponse, "the review has no status");
    return status;
}

} // namespace

std::string accessReviewSpec(const AccessAttributes& asked) {
    return written(specOf(asked));
}

base::Result<AccessReview> parseAccessReview(std::string_view json) {
    simdjson::dom::parser parser;
    const auto status = parseStatusOf(parser, json);
    if (!status)
        return base::fail(status.error());
    AccessReview review;
    review.allowed = access::flag(*status, "allowed");
    review.denied = access::flag(*status, "denied");
    review.reason = access::text(*status, "reason");
    review.evaluationError = access::text(*status, "evaluationError");
    return review;
}

base::Result<RulesReview> parseRulesReview(std::string_view json) {
    simdjson::dom::parser parser;
    const auto status = parseStatusOf(parser, json);
    if (!status)
        return base::fail(status.error());
    RulesReview review;
    for (const char* list : {"resourceRules", "nonResourceRules"}) {
        for (const object& each : access::objects(*status, list))
            review.rules.push_back(access::rule(each));
    }
    review.incomplete = access::flag(*status, "incomplete");
    review.evaluationError = access::text(*status, "evaluationError");
    return review;
}

base::Cancel askAccess(Transport& transport, const AccessAttributes& asked, base::Executor& executor,
                       net::Handler<base::Result<AccessReview>> handler) {
    return transport.send(post("SelfSubjectAccessReview", "selfsubjectaccessreviews", specOf(asked)), executor,
                          [handler = std::move(handler)](base::Result<net::Response> answer) {
                              handler(answer ? parseAccessReview(answer->body)
                                             : base::Result<AccessReview>(base::fail(std::move(answer.error()))));
                          });
}

base::Cancel askRules(Transport& transport, const std::string& ns, base::Executor& executor,
                      net::Handler<base::Result<RulesReview>> handler) {
    return transport.send(post("SelfSubjectRulesReview", "selfsubjectrulesreviews", {{"namespace", ns}}), executor,
                          [handler = std::move(handler)](base::Result<net::Response> answer) {
                              handler(answer ? parseRulesReview(answer->body)
                                             : base::Result<RulesReview>(base::fail(std::move(answer.error()))));
                          });
}

} // namespace kube
