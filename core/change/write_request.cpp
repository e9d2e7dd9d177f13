// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/write_request.h"

#include "core/kube/go_json.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

/// A write may wait for admission webhooks, which have up to 30 s each.
constexpr std::chrono::seconds kDeadline{60};

std::string_view apiVerb(Verb verb) {
    switch (verb) {
    case Verb::Create:
    case Verb::Evict:
        return "create";
    case Verb::Delete:
        return "delete";
    case Verb::Replace:
        return "update";
    default:
        return "patch";
    }
}

std::string subresourceOf(const Operation& operation) {
    if (operation.verb == Verb::Scale)
        return "scale";
    return operation.verb == Verb::Evict ? "eviction" : operation.subresource;
}

void require(Json& body, const Precondition& precondition) {
    if (!precondition.resourceVersion.empty())
        body["metadata"]["resourceVersion"] = precondition.resourceVersion;
}

Json deleteOptions(const Operation& operation, Mode mode, const Precondition& precondition) {
    Json options{{"apiVersion", "v1"}, {"kind", "DeleteOptions"}};
    if (operation.propagation != Propagation::Default)
        options["propagationPolicy"] = toString(operation.propagation);
    if (operation.gracePeriodSeconds)
        options["gracePeriodSeconds"] = *operation.gracePeriodSeconds;
    if (mode == Mode::Pretend)
        options["dryRun"] = Json::array({"All"});
    if (!precondition.uid.empty())
        options["preconditions"]["uid"] = precondition.uid;
    // A pod's status moves all the time; whether it may go is the budget's question.
    if (!precondition.resourceVersion.empty() && operation.verb == Verb::Delete)
        options["preconditions"]["resourceVersion"] = precondition.resourceVersion;
    return options;
}

base::Result<Json> bodyOf(const Operation& operation) {
    base::Result<Json> body = kube::parseGoJson(operation.body);
    const bool list = operation.verb == Verb::JsonPatch;
    if (body && (list ? body->is_array() : body->is_object()))
        return body;
    return base::fail(base::ErrorCode::BadInput, "the body of the " + std::string(toString(operation.verb)) + " of " +
                                                     toString(operation.object) + " is no JSON " +
                                                     (list ? "list" : "object"));
}

/// No server takes such a name, and in a path it would mean another object.
bool isPathSafe(std::string_view name) {
    constexpr std::string_view kForbidden = "/%?#\\";
    return name != "." && name != ".." && std::none_of(name.begin(), name.end(), [kForbidden](char c) {
               return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F ||
                      kForbidden.find(c) != std::string_view::npos;
           });
}

base::Result<void> check(const Operation& operation, const kube::Kind& kind) {
    const std::string what = toString(operation.object);
    if (isInPod(operation.verb))
        return base::fail(base::ErrorCode::BadInput,
                          std::string(toString(operation.verb)) + " of " + what + " is no write");
    if (kind.namespaced && operation.object.ns.empty())
        return base::fail(base::ErrorCode::BadInput, what + " needs a namespace");
    if (operation.object.name.empty())
        return base::fail(base::ErrorCode::BadInput, "a " + operation.object.kind + " needs a name");
    if (!isPathSafe(operation.object.ns) || !isPathSafe(operation.object.name) || !isPathSafe(operation.subresource))
        return base::fail(base::ErrorCode::BadInput, what + ": no name may hold / % ? # or blanks");
    return {};
}

struct Shape {
    std::string method;
    std::string contentType;
    Json body;
};

base::Result<Shape> shapeOf(const Operation& operation, Mode mode, const Precondition& precondition) {
    if (operation.verb == Verb::Delete)
        return Shape{"DELETE", "application/json", deleteOptions(operation, mode, precondition)};
    if (operation.verb == Verb::Evict) {
        Json eviction{{"apiVersion", "policy/v1"},
                      {"kind", "Eviction"},
                      {"metadata", {{"name", operation.object.name}, {"namespace", operation.object.ns}}},
                      {"deleteOptions", deleteOptions(operation, mode, precondition)}};
        return Shape{"POST", "application/json", std::move(eviction)};
    }
    base::Result<Json> body = bodyOf(operation);
    if (!body)
        return base::fail(std::move(body.error()));
    switch (operation.verb) {
    case Verb::Create:
        return Shape{"POST", "application/json", *std::move(body)};
    case Verb::Apply:
        require(*body, precondition);
        return Shape{"PATCH", "application/apply-patch+yaml", *std::move(body)};
    case Verb::MergePatch:
        require(*body, precondition);
        return Shape{"PATCH", "application/merge-patch+json", *std::move(body)};
    case Verb::StrategicPatch:
        require(*body, precondition);
        return Shape{"PATCH", "application/strategic-merge-patch+json", *std::move(body)};
    case Verb::JsonPatch:
        if (!precondition.resourceVersion.empty())
            body->push_back(
                {{"op", "replace"}, {"path", "/metadata/resourceVersion"}, {"value", precondition.resourceVersion}});
        return Shape{"PATCH", "application/json-patch+json", *std::move(body)};
    case Verb::Replace:
        require(*body, precondition);
        return Shape{"PUT", "application/json", *std::move(body)};
    default: {
        Json patch{{"spec", {{"replicas", body->value("replicas", Json())}}}};
        if (!patch["spec"]["replicas"].is_number_integer())
            return base::fail(base::ErrorCode::BadInput, "replicas of " + toString(operation.object) + " is no number");
        require(patch, precondition);
        return Shape{"PATCH", "application/merge-patch+json", std::move(patch)};
    }
    }
}

} // namespace

base::Result<kube::ApiRequest> writeRequest(const Operation& operation, const kube::Kind& kind, Mode mode,
                                            const Precondition& precondition) {
    if (base::Result<void> sound = check(operation, kind); !sound)
        return base::fail(std::move(sound.error()));
    base::Result<Shape> shape = shapeOf(operation, mode, precondition);
    if (!shape)
        return base::fail(std::move(shape.error()));
    const std::string subresource = subresourceOf(operation);
    const bool onCollection = operation.verb == Verb::Create && subresource.empty();
    kube::ApiRequest request;
    request.method = std::move(shape->method);
    request.target = kind.path(kind.namespaced ? operation.object.ns : "", onCollection ? "" : operation.object.name);
    if (!subresource.empty())
        request.target += "/" + subresource;
    if (operation.verb != Verb::Delete) {
        request.target += "?fieldManager=" + std::string(kFieldManager);
        if (operation.verb != Verb::Evict)
            request.target += "&fieldValidation=Strict";
        if (mode == Mode::Pretend)
            request.target += "&dryRun=All";
        if (operation.verb == Verb::Apply && operation.ownership == Ownership::TakeOver)
            request.target += "&force=true";
    }
    request.contentType = std::move(shape->contentType);
    request.body = kube::toGoJson(shape->body, kube::JsonLayout::Compact);
    request.verb = apiVerb(operation.verb);
    request.resource = kind.resource() + (subresource.empty() ? "" : "/" + subresource);
    request.deadline = kDeadline;
    return request;
}

kube::ApiRequest readRequest(const Operation& operation, const kube::Kind& kind) {
    kube::ApiRequest request;
    request.target = kind.path(kind.namespaced ? operation.object.ns : "", operation.object.name);
    if (operation.verb == Verb::Scale)
        request.target += "/scale";
    request.verb = "get";
    request.resource = kind.resource() + (operation.verb == Verb::Scale ? "/scale" : "");
    return request;
}

} // namespace change
