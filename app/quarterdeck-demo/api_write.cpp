// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/api.h"
#include "app/quarterdeck-demo/managers.h"
#include "app/quarterdeck-demo/patch.h"
#include "app/quarterdeck-demo/reply.h"
#include "app/quarterdeck-demo/selection.h"

#include <utility>
#include <vector>

namespace demo {

namespace {

std::string managerOf(const ApiCall& call) {
    const std::string manager = queryValue(call, "fieldManager");
    return manager.empty() ? "unknown" : manager;
}

Reply conflict(const std::vector<base::ErrorCause>& conflicts) {
    std::string message = "Apply failed with " + std::to_string(conflicts.size()) +
                          (conflicts.size() == 1 ? " conflict:" : " conflicts:");
    Json causes = Json::array();
    for (const base::ErrorCause& cause : conflicts) {
        message += (conflicts.size() == 1 ? " " : "\n- ") + cause.message + ": " + cause.field;
        causes.push_back({{"reason", cause.reason}, {"message", cause.message}, {"field", cause.field}});
    }
    Reply reply = failure(409, "Conflict", message);
    Json status = Json::parse(reply.body);
    status["details"]["causes"] = std::move(causes);
    return json(status, 409);
}

/// Whether an object is the one that a deletion means.
bool fits(const Json& options, const Json& object) {
    const Json wanted = options.is_object() ? options.value("preconditions", Json::object()) : Json::object();
    for (const char* key : {"uid", "resourceVersion"}) {
        if (wanted.contains(key) && wanted[key] != object["metadata"][key])
            return false;
    }
    return true;
}

} // namespace

Reply Api::store(const ApiCall& call, const Target& target, Json object, int status) {
    const ObjectPtr before = m_store.find(*target.kind, target.ns, object["metadata"].value("name", std::string()));
    claimChanges(before ? *before : Json(), object, managerOf(call));
    if (queryValue(call, "dryRun") == "All")
        return json(object, status);
    return json(*m_store.put(*target.kind, std::move(object)), status);
}

Reply Api::create(const ApiCall& call, const Target& target) {
    Json object = Json::parse(call.body, nullptr, false);
    if (!object.is_object() || !object.contains("metadata"))
        return failure(400, "BadRequest", "the body is no object in JSON");
    if (!target.ns.empty())
        object["metadata"]["namespace"] = target.ns;
    if (!object["metadata"].contains("name") && object["metadata"].contains("generateName"))
        object["metadata"]["name"] =
            object["metadata"]["generateName"].get<std::string>() + m_store.nextUid().substr(0, 5);
    const std::string name = object["metadata"].value("name", "");
    if (name.empty())
        return failure(422, "Invalid", "metadata.name: Required value");
    if (m_store.find(*target.kind, target.ns, name))
        return failure(409, "AlreadyExists", target.kind->kind.resource() + " \"" + name + "\" already exists");
    return store(call, target, std::move(object), 201);
}

Reply Api::replace(const ApiCall& call, const Target& target) {
    Json object = Json::parse(call.body, nullptr, false);
    const ObjectPtr before = m_store.find(*target.kind, target.ns, target.name);
    if (!before)
        return notFound(*target.kind, target.name);
    if (!object.is_object() || !object.contains("metadata"))
        return failure(400, "BadRequest", "the body is no object in JSON");
    const std::string version = object["metadata"].value("resourceVersion", "");
    if (!version.empty() && Json(version) != (*before)["metadata"]["resourceVersion"])
        return movedOn(target);
    return store(call, target, std::move(object), 200);
}

Reply Api::apply(const ApiCall& call, const Target& target) {
    Json wanted = Json::parse(call.body, nullptr, false);
    if (!wanted.is_object())
        return failure(415, "UnsupportedMediaType", "the demo reads what is applied in JSON alone");
    const ObjectPtr before = m_store.find(*target.kind, target.ns, target.name);
    const Json version = wanted.value("/metadata/resourceVersion"_json_pointer, Json());
    if (version.is_string() && (!before || version != (*before)["metadata"]["resourceVersion"]))
        return movedOn(target);
    Applied result = applied(before ? *before : Json(), wanted, managerOf(call), isTrue(call, "force"));
    if (!result.conflicts.empty())
        return conflict(result.conflicts);
    result.object["metadata"]["name"] = target.name;
    if (!target.ns.empty())
        result.object["metadata"]["namespace"] = target.ns;
    const int status = before ? 200 : 201;
    if (queryValue(call, "dryRun") == "All")
        return json(result.object, status);
    return json(*m_store.put(*target.kind, std::move(result.object)), status);
}

Reply Api::patch(const ApiCall& call, const Target& target) {
    if (call.contentType.starts_with("application/apply-patch+yaml"))
        return apply(call, target);
    const ObjectPtr before = m_store.find(*target.kind, target.ns, target.name);
    if (!before)
        return notFound(*target.kind, target.name);
    auto object = patched(*before, call.contentType, call.body);
    if (!object && object.error().code == base::ErrorCode::Unsupported)
        return failure(415, "UnsupportedMediaType", object.error().message);
    if (!object)
        return failure(422, "Invalid", object.error().message);
    if ((*object)["metadata"]["resourceVersion"] != (*before)["metadata"]["resourceVersion"])
        return movedOn(target);
    return store(call, target, std::move(*object), 200);
}

Reply Api::remove(const ApiCall& call, const Target& target) {
    // Options come in the body, those of an eviction within it.
    Json options = Json::parse(call.body, nullptr, false);
    if (options.is_object() && options.contains("deleteOptions"))
        options = options["deleteOptions"];
    const bool dryRun = queryValue(call, "dryRun") == "All" || (options.is_object() && options.contains("dryRun"));
    if (!target.name.empty()) {
        const ObjectPtr object = m_store.find(*target.kind, target.ns, target.name);
        if (!object)
            return notFound(*target.kind, target.name);
        if (!fits(options, *object))
            return movedOn(target);
        if (!dryRun)
            m_store.remove(*target.kind, target.ns, target.name);
        return json(
            {{"kind", "Status"},
             {"apiVersion", "v1"},
             {"metadata", Json::object()},
             {"status", "Success"},
             {"details",
              {{"name", target.name}, {"kind", target.kind->kind.plural}, {"uid", (*object)["metadata"]["uid"]}}}});
    }
    const auto selection = Selection::of(call, target.ns, {});
    if (!selection)
        return failure(400, "BadRequest", selection.error().message);
    std::vector<ObjectPtr> gone;
    for (const auto& [key, object] : m_store.objects(*target.kind)) {
        if (selection->matches(*object))
            gone.push_back(object);
    }
    for (const ObjectPtr& object : gone) {
        if (!dryRun)
            m_store.remove(*target.kind, (*object)["metadata"].value("namespace", ""), (*object)["metadata"]["name"]);
    }
    return json({{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", Json::object()}, {"status", "Success"}});
}

Reply Api::scale(const ApiCall& call, const Target& target) {
    const ObjectPtr object = m_store.find(*target.kind, target.ns, target.name);
    if (!object)
        return notFound(*target.kind, target.name);
    const auto scaleOf = [&target](const Json& owner) {
        return Json{{"kind", "Scale"},
                    {"apiVersion", "autoscaling/v1"},
                    {"metadata",
                     {{"name", target.name},
                      {"namespace", target.ns},
                      {"uid", owner["metadata"]["uid"]},
                      {"resourceVersion", owner["metadata"]["resourceVersion"]},
                      {"creationTimestamp", owner["metadata"]["creationTimestamp"]}}},
                    {"spec", {{"replicas", owner["spec"].value("replicas", 1)}}},
                    {"status", {{"replicas", owner.value("/status/replicas"_json_pointer, 0)}}}};
    };
    if (call.method == "GET")
        return json(scaleOf(*object));
    Json wanted = scaleOf(*object);
    if (call.method == "PATCH") {
        auto result = patched(wanted, call.contentType, call.body);
        if (!result)
            return failure(422, "Invalid", result.error().message);
        wanted = std::move(*result);
        if (wanted["metadata"]["resourceVersion"] != (*object)["metadata"]["resourceVersion"])
            return movedOn(target);
    } else {
        wanted = Json::parse(call.body, nullptr, false);
    }
    const Json replicas = wanted.is_object() ? wanted.value("/spec/replicas"_json_pointer, Json()) : Json();
    if (!replicas.is_number_unsigned())
        return failure(422, "Invalid", "spec.replicas: expected a number that is not negative");
    Json changed = *object;
    changed["spec"]["replicas"] = replicas;
    claimChanges(*object, changed, managerOf(call));
    if (queryValue(call, "dryRun") == "All")
        return json(scaleOf(changed));
    return json(scaleOf(*m_store.put(*target.kind, std::move(changed))));
}

Reply Api::movedOn(const Target& target) {
    return failure(
        409, "Conflict",
        "Operation cannot be fulfilled on " + target.kind->kind.resource() + " \"" + target.name +
            "\": the object has been modified; please apply your changes to the latest version and try again");
}

} // namespace demo
