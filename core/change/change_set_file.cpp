// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/change_set_file.h"

#include "core/change/redact.h"
#include "core/fleet/settings_file.h"
#include "core/kube/go_json.h"
#include "core/kube/yaml_text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <set>
#include <system_error>
#include <tuple>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kApiVersion = "quarterdeck/v1";
constexpr std::string_view kKind = "ChangeSet";

Json written(const Operation& operation) {
    Json json = Json::object();
    json["cluster"]["context"] = operation.cluster.context;
    if (!operation.cluster.uid.empty())
        json["cluster"]["uid"] = operation.cluster.uid;
    json["verb"] = toString(operation.verb);
    Json& object = json["object"];
    object = {
        {"apiVersion", operation.object.apiVersion}, {"kind", operation.object.kind}, {"name", operation.object.name}};
    if (!operation.object.ns.empty())
        object["namespace"] = operation.object.ns;
    if (!operation.subresource.empty())
        json["subresource"] = operation.subresource;
    if (!operation.body.empty())
        json["body"] = kube::parseGoJson(operation.body).value_or(Json());
    if (operation.ownership == Ownership::TakeOver)
        json["takeOver"] = true;
    if (operation.propagation != Propagation::Default)
        json["propagation"] = toString(operation.propagation);
    if (operation.gracePeriodSeconds)
        json["gracePeriodSeconds"] = *operation.gracePeriodSeconds;
    if (operation.await != Await::Nothing)
        json["await"] = {{"for", toString(operation.await)}, {"seconds", operation.awaitDeadline.count()}};
    if (!operation.after.empty())
        json["after"] = operation.after;
    if (!operation.before.empty() && !holdsSecrets(operation.before, operation.object.kind))
        json["before"] = kube::parseGoJson(operation.before).value_or(Json());
    return json;
}

/// Reads one object's fields and remembers the first thing that is wrong.
class Fields {
public:
    Fields(const Json& json, std::string where)
        : m_json(json)
        , m_where(std::move(where)) {
        if (!json.is_object())
            complain("is no mapping");
    }

    std::string text(const char* key, bool required = false) {
        const Json* value = find(key);
        if (!value) {
            if (required)
                complain(std::string("has no ") + key);
            return {};
        }
        if (!value->is_string()) {
            complain(std::string(key) + " is no text");
            return {};
        }
        return value->get<std::string>();
    }

    bool flag(const char* key) {
        const Json* value = find(key);
        if (value && !value->is_boolean())
            complain(std::string(key) + " is neither true nor false");
        return value && value->is_boolean() && value->get<bool>();
    }

    std::optional<std::int64_t> number(const char* key) {
        const Json* value = find(key);
        if (!value)
            return std::nullopt;
        if (!value->is_number_integer() || value->get<std::int64_t>() < 0) {
            complain(std::string(key) + " is no whole number from 0");
            return std::nullopt;
        }
        return value->get<std::int64_t>();
    }

    /// Null where there is none; counts as known.
    const Json* find(const char* key) {
        m_known.emplace_back(key);
        if (!m_json.is_object())
            return nullptr;
        const auto at = m_json.find(key);
        return at == m_json.end() ? nullptr : &*at;
    }

    void complain(const std::string& what) {
        if (m_error.empty())
            m_error = m_where + " " + what;
    }

    /// Call last: whatever was not asked for is unknown.
    const std::string& error() {
        if (m_json.is_object()) {
            for (const auto& [key, value] : m_json.items()) {
                if (std::find(m_known.begin(), m_known.end(), key) == m_known.end())
                    complain("has a field " + key + " that no change set has");
            }
        }
        return m_error;
    }

private:
    const Json& m_json;
    const std::string m_where;
    std::vector<std::string> m_known;
    std::string m_error;
};

template <typename Value>
Value chosen(Fields& fields, const char* key, const std::string& text, std::optional<Value> value, Value fallback) {
    if (!value && !text.empty())
        fields.complain(std::string(key) + " " + text + " is not known");
    return value.value_or(fallback);
}

void readAwait(Fields& fields, Operation& operation, const std::string& where, std::string& error) {
    const Json* await = fields.find("await");
    if (!await)
        return;
    Fields inner(*await, where + ": await");
    const std::string what = inner.text("for", true);
    operation.await = chosen(inner, "for", what, awaitFrom(what), Await::Nothing);
    operation.awaitDeadline =
        std::chrono::seconds(std::min<std::int64_t>(inner.number("seconds").value_or(600), 86400));
    if (error.empty())
        error = inner.error();
}

void readAfter(Fields& fields, Operation& operation, std::size_t number) {
    const Json* after = fields.find("after");
    if (!after)
        return;
    if (!after->is_array())
        return fields.complain("after is no list");
    for (const Json& earlier : *after) {
        if (!earlier.is_number_unsigned() || earlier.get<std::size_t>() == number)
            return fields.complain("after does not name another operation by its number, counted from 0");
        operation.after.push_back(earlier.get<std::size_t>());
    }
}

std::string readOperation(const Json& json, std::size_t number, Operation& operation) {
    const std::string where = "operation " + std::to_string(number + 1);
    Fields fields(json, where);
    if (!json.is_object())
        return fields.error();
    std::string error;
    const Json none = Json::object();
    const Json* cluster = fields.find("cluster");
    Fields clusterFields(cluster ? *cluster : none, where + ": cluster");
    operation.cluster = {clusterFields.text("context"), clusterFields.text("uid")};
    if (operation.cluster.context.empty() && operation.cluster.uid.empty())
        clusterFields.complain("has neither context nor uid");
    error = clusterFields.error();
    const Json* object = fields.find("object");
    Fields objectFields(object ? *object : none, where + ": object");
    operation.object = {objectFields.text("apiVersion", true), objectFields.text("kind", true),
                        objectFields.text("namespace"), objectFields.text("name", true)};
    if (error.empty())
        error = objectFields.error();
    const std::string verb = fields.text("verb", true);
    operation.verb = chosen(fields, "verb", verb, verbFrom(verb), Verb::Apply);
    if (isInPod(operation.verb))
        fields.complain("is done in a pod (" + verb + "), which no change set does");
    operation.subresource = fields.text("subresource");
    operation.ownership = fields.flag("takeOver") ? Ownership::TakeOver : Ownership::Respect;
    const std::string propagation = fields.text("propagation");
    operation.propagation =
        chosen(fields, "propagation", propagation, propagationFrom(propagation), Propagation::Default);
    operation.gracePeriodSeconds = fields.number("gracePeriodSeconds");
    readAwait(fields, operation, where, error);
    readAfter(fields, operation, number);
    if (const Json* body = fields.find("body"))
        operation.body = kube::toGoJson(*body, kube::JsonLayout::Compact);
    else if (operation.verb != Verb::Delete && operation.verb != Verb::Evict)
        fields.complain("has no body");
    if (const Json* before = fields.find("before"))
        operation.before = kube::toGoJson(*before, kube::JsonLayout::Compact);
    return error.empty() ? fields.error() : error;
}

/// Whether following `after` from one operation leads back to it.
bool goesInCircles(const ChangeSet& set) {
    std::vector<std::size_t> waitsFor(set.operations.size());
    std::vector<std::vector<std::size_t>> frees(set.operations.size());
    for (std::size_t i = 0; i < set.operations.size(); ++i) {
        for (const std::size_t earlier : set.operations[i].after) {
            ++waitsFor[i];
            frees[earlier].push_back(i);
        }
    }
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < waitsFor.size(); ++i) {
        if (waitsFor[i] == 0)
            ready.push_back(i);
    }
    std::size_t done = 0;
    for (; !ready.empty(); ++done) {
        const std::size_t next = ready.back();
        ready.pop_back();
        for (const std::size_t freed : frees[next]) {
            if (--waitsFor[freed] == 0)
                ready.push_back(freed);
        }
    }
    return done < set.operations.size();
}

base::Result<ChangeSet> bad(std::string what) {
    return base::fail(base::ErrorCode::BadInput, std::move(what));
}

} // namespace

std::string toYaml(const ChangeSet& set) {
    Json json{{"apiVersion", kApiVersion}, {"kind", kKind}, {"title", set.title}, {"operations", Json::array()}};
    if (!set.intent.empty())
        json["intent"] = set.intent;
    if (!set.undoes.empty())
        json["undoes"] = set.undoes;
    for (const Operation& operation : set.operations)
        json["operations"].push_back(written(operation));
    return kube::toYaml(kube::toGoJson(json, kube::JsonLayout::Compact), kube::ManagedFields::Shown)
        .value_or(std::string());
}

std::size_t secretsIn(const ChangeSet& set) {
    std::set<std::tuple<std::string, std::string, std::string, std::string>> secrets;
    for (const Operation& operation : set.operations) {
        if (holdsSecrets(operation.body, operation.object.kind))
            secrets.emplace(operation.cluster.uid, operation.cluster.context, operation.object.ns,
                            operation.object.name);
    }
    return secrets.size();
}

base::Result<void> saveChangeSet(const ChangeSet& set, const std::string& file) {
    namespace fs = std::filesystem;
    std::error_code none;
    const fs::file_status status = fs::status(file, none);
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        errno = 0;
        std::ofstream out(file, std::ios::binary);
        out << toYaml(set);
        out.flush();
        if (out)
            return {};
        return base::fail(base::ErrorCode::Io, "cannot write " + file + ": " + std::strerror(errno));
    }
    const fs::path target = fs::canonical(file, none);
    return fleet::replaceFile(target.empty() ? file : target.string(), toYaml(set),
                              secretsIn(set) > 0 ? fleet::Readers::OwnerOnly : fleet::Readers::AsUsual);
}

base::Result<ChangeSet> changeSetFrom(std::string_view text) {
    const base::Result<Json> json = kube::parseGoJson(text);
    if (!json)
        return base::fail(json.error());
    Fields fields(*json, "the change set");
    if (fields.text("apiVersion") != kApiVersion || fields.text("kind") != kKind)
        return bad("this is no ChangeSet of " + std::string(kApiVersion));
    ChangeSet set;
    // Older versions wrote one. The journal has each applying of a file as a set of its own.
    static_cast<void>(fields.text("id"));
    set.title = fields.text("title");
    set.intent = fields.text("intent");
    set.undoes = fields.text("undoes");
    const Json* operations = fields.find("operations");
    if (!operations || !operations->is_array())
        return bad("the change set has no list of operations");
    if (const std::string& error = fields.error(); !error.empty())
        return bad(error);
    for (const Json& item : *operations) {
        Operation operation;
        if (const std::string error = readOperation(item, set.operations.size(), operation); !error.empty())
            return bad(error);
        set.operations.push_back(std::move(operation));
    }
    for (std::size_t i = 0; i < set.operations.size(); ++i) {
        for (const std::size_t earlier : set.operations[i].after) {
            if (earlier >= set.operations.size())
                return bad("operation " + std::to_string(i + 1) + " waits for one that the set does not have");
        }
    }
    if (goesInCircles(set))
        return bad("operations of the change set wait for each other");
    return set;
}

bool isChangeSet(std::string_view text) {
    const base::Result<Json> json = kube::parseGoJson(text);
    return json && json->is_object() && json->value("apiVersion", Json()) == kApiVersion &&
           json->value("kind", Json()) == kKind;
}

} // namespace change
