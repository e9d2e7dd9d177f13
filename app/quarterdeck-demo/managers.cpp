// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/managers.h"

#include "app/quarterdeck-demo/object_store.h"

#include <map>
#include <set>
#include <utility>

namespace demo {

namespace {

/// A leaf as its steps in FieldsV1: "f:spec", "f:containers", "k:{\"name\":\"web\"}", "f:image".
using Path = std::vector<std::string>;
using Leaves = std::map<Path, Json>;

bool isNamedList(const Json& value) {
    if (!value.is_array() || value.empty())
        return false;
    for (const Json& item : value) {
        if (!item.is_object() || !item.contains("name"))
            return false;
    }
    return true;
}

std::string keyOf(const Json& item) {
    return "k:" + Json{{"name", item["name"]}}.dump();
}

void addLeaves(const Json& value, Path& path, Leaves& out) {
    if (value.is_object() && !value.empty()) {
        for (const auto& [key, inner] : value.items()) {
            path.push_back("f:" + key);
            addLeaves(inner, path, out);
            path.pop_back();
        }
    } else if (isNamedList(value)) {
        for (const Json& item : value) {
            path.push_back(keyOf(item));
            addLeaves(item, path, out);
            path.pop_back();
        }
    } else {
        out.emplace(path, value);
    }
}

/// What can be managed: neither identity nor status, nor what the server keeps.
Leaves leavesOf(Json object) {
    Leaves leaves;
    if (!object.is_object())
        return leaves;
    for (const char* key : {"apiVersion", "kind", "status"})
        object.erase(key);
    if (object.contains("metadata")) {
        Json kept = Json::object();
        for (const char* key : {"labels", "annotations", "finalizers", "ownerReferences"}) {
            if (object["metadata"].contains(key))
                kept[key] = object["metadata"][key];
        }
        object["metadata"] = std::move(kept);
    }
    Path path;
    for (const auto& [key, value] : object.items()) {
        if (value.is_object() && value.empty())
            continue;
        path.push_back("f:" + key);
        addLeaves(value, path, leaves);
        path.pop_back();
    }
    return leaves;
}

void addPaths(const Json& fields, Path& path, std::set<Path>& out) {
    if (fields.empty() && !path.empty())
        out.insert(path);
    for (const auto& [key, inner] : fields.items()) {
        if (key == ".")
            continue;
        path.push_back(key);
        addPaths(inner, path, out);
        path.pop_back();
    }
}

/// One entry of metadata.managedFields.
struct Manager {
    std::string name;
    std::string operation;
    std::string time;
    std::set<Path> paths;
};

std::vector<Manager> managersOf(const Json& object) {
    std::vector<Manager> managers;
    if (!object.is_object())
        return managers;
    for (const Json& entry : object.value("/metadata/managedFields"_json_pointer, Json::array())) {
        Manager manager{entry.value("manager", ""), entry.value("operation", ""), entry.value("time", ""), {}};
        Path path;
        addPaths(entry.value("fieldsV1", Json::object()), path, manager.paths);
        managers.push_back(std::move(manager));
    }
    return managers;
}

void setManagers(Json& object, const std::vector<Manager>& managers) {
    Json list = Json::array();
    for (const Manager& manager : managers) {
        if (manager.paths.empty())
            continue;
        Json fields = Json::object();
        for (const Path& path : manager.paths) {
            Json* at = &fields;
            for (const std::string& step : path)
                at = &(*at)[step];
            if (at->is_null())
                *at = Json::object();
        }
        list.push_back({{"manager", manager.name},
                        {"operation", manager.operation},
                        {"apiVersion", object.value("apiVersion", "")},
                        {"time", manager.time},
                        {"fieldsType", "FieldsV1"},
                        {"fieldsV1", std::move(fields)}});
    }
    object["metadata"]["managedFields"] = std::move(list);
}

Manager& entryOf(std::vector<Manager>& managers, const std::string& name, const char* operation) {
    for (Manager& manager : managers) {
        if (manager.name == name && manager.operation == operation)
            return manager;
    }
    return managers.emplace_back(Manager{name, operation, {}, {}});
}

std::string fieldText(const Path& path) {
    std::string text;
    for (const std::string& step : path) {
        if (step.starts_with("k:"))
            text += "[name=" + Json::parse(step.substr(2))["name"].dump() + "]";
        else
            text += "." + step.substr(2);
    }
    return text;
}

void merge(Json& target, const Json& wanted) {
    if (wanted.is_object()) {
        if (!target.is_object())
            target = Json::object();
        for (const auto& [key, value] : wanted.items())
            merge(target[key], value);
    } else if (isNamedList(wanted) && (target.is_null() || isNamedList(target))) {
        for (const Json& item : wanted) {
            Json* found = nullptr;
            for (Json& candidate : target) {
                if (candidate["name"] == item["name"])
                    found = &candidate;
            }
            if (!found)
                found = &target.emplace_back(Json::object());
            merge(*found, item);
        }
    } else {
        target = wanted;
    }
}

/// Takes a leaf out, and what is empty after that.
void drop(Json& value, const Path& path, std::size_t at) {
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (!value[i].is_object() || !value[i].contains("name") || keyOf(value[i]) != path[at])
                continue;
            if (at + 1 == path.size() || (at + 2 == path.size() && path[at + 1] == "f:name"))
                value.erase(i);
            else
                drop(value[i], path, at + 1);
            return;
        }
        return;
    }
    const std::string key = path[at].substr(2);
    if (!value.is_object() || !value.contains(key))
        return;
    if (at + 1 == path.size())
        value.erase(key);
    else
        drop(value[key], path, at + 1);
}

} // namespace

void claimChanges(const nlohmann::json& before, nlohmann::json& object, const std::string& manager) {
    const Leaves then = leavesOf(before);
    const Leaves now = leavesOf(object);
    std::vector<Manager> managers = managersOf(before);
    std::set<Path> changed;
    for (const auto& [path, value] : now) {
        const auto old = then.find(path);
        if (old == then.end() || old->second != value)
            changed.insert(path);
    }
    for (Manager& entry : managers)
        std::erase_if(entry.paths, [&](const Path& path) { return changed.contains(path) || !now.contains(path); });
    if (!changed.empty()) {
        Manager& ours = entryOf(managers, manager, "Update");
        ours.time = timestamp();
        ours.paths.insert(changed.begin(), changed.end());
    }
    setManagers(object, managers);
}

void claimApplied(nlohmann::json& object, const nlohmann::json& fields, const std::string& manager) {
    std::vector<Manager> managers = managersOf(object);
    Manager& ours = entryOf(managers, manager, "Apply");
    ours.time = timestamp();
    for (const auto& [path, value] : leavesOf(fields))
        ours.paths.insert(path);
    setManagers(object, managers);
}

Applied applied(const nlohmann::json& before, const nlohmann::json& wanted, const std::string& manager, bool force) {
    const Leaves live = leavesOf(before);
    const Leaves ours = leavesOf(wanted);
    std::vector<Manager> managers = managersOf(before);
    Applied result;
    for (const Manager& other : managers) {
        if (other.name == manager && other.operation == "Apply")
            continue;
        for (const auto& [path, value] : ours) {
            const auto there = live.find(path);
            if (other.paths.contains(path) && there != live.end() && there->second != value)
                result.conflicts.push_back({"FieldManagerConflict", fieldText(path),
                                            "conflict with \"" + other.name + "\" using " +
                                                before.value("apiVersion", "") + " at " + other.time});
        }
    }
    if (!result.conflicts.empty() && !force)
        return result;
    result.conflicts.clear();
    result.object = before.is_null() ? Json::object() : before;
    std::set<Path> left;
    for (Manager& entry : managers) {
        if (entry.name == manager && entry.operation == "Apply") {
            left = std::exchange(entry.paths, {});
            continue;
        }
        std::erase_if(entry.paths, [&](const Path& path) {
            const auto mine = ours.find(path);
            const auto there = live.find(path);
            return mine != ours.end() && there != live.end() && there->second != mine->second;
        });
    }
    for (const Path& path : left) {
        const bool isShared = std::any_of(managers.begin(), managers.end(),
                                          [&path](const Manager& entry) { return entry.paths.contains(path); });
        if (!ours.contains(path) && !isShared)
            drop(result.object, path, 0);
    }
    Json body = wanted;
    if (body.contains("metadata"))
        body["metadata"].erase("managedFields");
    merge(result.object, body);
    Manager& entry = entryOf(managers, manager, "Apply");
    entry.time = timestamp();
    for (const auto& [path, value] : ours)
        entry.paths.insert(path);
    setManagers(result.object, managers);
    return result;
}

} // namespace demo
