// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/settings.h"

#include "core/fleet/paths.h"
#include "core/fleet/settings_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace fleet {

namespace {

using Json = nlohmann::ordered_json;
using List = std::vector<std::string>;

std::span<const SettingInfo> theTable() {
    using enum Setting;
    using enum SettingScope;
    static const std::array kTable{
        SettingInfo{Theme, "theme", Global, std::string("auto")},
        SettingInfo{Language, "language", Global, std::string()},
        SettingInfo{Density, "density", Global, std::string("comfortable")},
        SettingInfo{ReopenAtStart, "reopenAtStart", Global, true},
        SettingInfo{FavouriteKinds, "favouriteKinds", Global, List{}},
        SettingInfo{OpenClusters, "openClusters", Global, List{}},
        SettingInfo{PortForwards, "portForwards", Global, List{}},
        SettingInfo{DebugImage, "debugImage", Global, std::string("busybox")},
        SettingInfo{LogTextSize, "logTextSize", Global, std::int64_t(0)},
        SettingInfo{LastPage, "lastPage", Global, std::string()},
        SettingInfo{ReadOnlyEverywhere, "readOnly", Global, false},
        SettingInfo{ClusterName, "name", Cluster, std::string()},
        SettingInfo{Protected, "protected", Cluster, false},
        SettingInfo{ReadOnly, "readOnly", Cluster, false},
        SettingInfo{Hue, "hue", Cluster, std::int64_t(-1)},
        SettingInfo{Groups, "groups", Cluster, List{}},
        SettingInfo{ReconnectAtStart, "reconnectAtStart", Cluster, false},
        SettingInfo{TypedNamespaces, "typedNamespaces", Cluster, List{}},
        SettingInfo{WayIn, "context", Cluster, std::string()},
        SettingInfo{Columns, "columns", Kind, List{}},
        SettingInfo{ColumnWidths, "columnWidths", Kind, List{}},
        SettingInfo{SortColumn, "sortColumn", Kind, std::string()},
        SettingInfo{SortDescending, "sortDescending", Kind, false},
        SettingInfo{WindowGeometry, "geometry", Window, std::string()},
        SettingInfo{WindowState, "state", Window, std::string()},
    };
    return kTable;
}

const SettingInfo& infoOf(Setting setting) {
    return *std::ranges::find(theTable(), setting, &SettingInfo::setting);
}

const char* sectionOf(SettingScope scope) {
    switch (scope) {
    case SettingScope::Cluster:
        return "clusters";
    case SettingScope::Kind:
        return "kinds";
    case SettingScope::Window:
        return "windows";
    case SettingScope::Global:
        break;
    }
    return nullptr;
}

std::optional<SettingValue> fromJson(const Json& json, const SettingValue& like) {
    if (std::holds_alternative<bool>(like) && json.is_boolean())
        return json.get<bool>();
    if (std::holds_alternative<std::int64_t>(like) && json.is_number_integer())
        return json.get<std::int64_t>();
    if (std::holds_alternative<std::string>(like) && json.is_string())
        return json.get<std::string>();
    if (std::holds_alternative<List>(like) && json.is_array()) {
        List list;
        for (const Json& item : json) {
            if (item.is_string())
                list.push_back(item.get<std::string>());
        }
        return list;
    }
    return std::nullopt;
}

Json toJson(const SettingValue& value) {
    return std::visit([](const auto& plain) { return Json(plain); }, value);
}

void put(Json& root, const SettingInfo& info, const std::string& subject, const SettingValue& value) {
    const char* section = sectionOf(info.scope);
    const std::string name(info.name);
    if (value == info.fallback) {
        if (!section) {
            root.erase(name);
        } else if (root.contains(section) && root[section].is_object() && root[section].contains(subject) &&
                   root[section][subject].is_object()) {
            root[section][subject].erase(name);
            if (root[section][subject].empty())
                root[section].erase(subject);
        }
        return;
    }
    Json* place = &root;
    if (section) {
        for (const std::string& step : {std::string(section), subject}) {
            Json& next = (*place)[step];
            if (!next.is_object())
                next = Json::object();
            place = &next;
        }
    }
    (*place)[name] = toJson(value);
}

} // namespace

struct Settings::State {
    std::string file;
    FileStamp stamp;
    Json root = Json::object();
    bool isBroken = false; // What is on disk is no JSON.
    std::optional<base::Error> problem;
    std::map<int, std::pair<base::CancelToken, std::function<void()>>> listeners;
    int nextListener = 0;

    // Takes over what the file says; false if that is what we know already or nothing one can use.
    bool read() {
        if (file.empty())
            return false;
        const FileStamp now = stampOf(file);
        if (now == stamp)
            return false;
        stamp = now;
        isBroken = false;
        problem.reset();
        const std::optional<std::string> content = readWhole(file);
        if (!content || content->find_first_not_of(" \t\r\n") == std::string::npos) {
            root = Json::object();
            return true;
        }
        Json parsed = Json::parse(*content, nullptr, false);
        if (!parsed.is_object()) {
            isBroken = true;
            problem = base::fail(base::ErrorCode::BadInput, file + " is no JSON object; settings are not read").value();
            return false;
        }
        root = std::move(parsed);
        return true;
    }

    void change(const SettingInfo& info, const std::string& subject, const SettingValue& value) {
        if (file.empty()) {
            put(root, info, subject, value);
            return;
        }
        const std::string folder = file.substr(0, file.rfind('/'));
        makePrivateFolder(folder);
        const FileLock lock(file + ".lock");
        if (!lock.isHeld()) {
            put(root, info, subject, value);
            problem = base::fail(base::ErrorCode::Io, "another program holds " + file + ".lock; not written").value();
            return;
        }
        read();
        put(root, info, subject, value);
        if (isBroken) {
            const std::string aside = file + ".broken";
            if (std::rename(file.c_str(), aside.c_str()) == 0)
                problem = base::fail(base::ErrorCode::BadInput, file + " was no JSON and is now " + aside).value();
            isBroken = false;
        } else {
            problem.reset();
        }
        const auto written = replaceFile(file, root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
        if (!written)
            problem = written.error();
        else
            stamp = stampOf(file);
    }

    void tell() {
        const auto all = listeners;
        for (const auto& [id, listener] : all) {
            if (listener.first.isCancelled())
                listeners.erase(id);
            else
                listener.second();
        }
    }

    [[nodiscard]] SettingValue value(Setting setting, std::string_view subject) const {
        const SettingInfo& info = infoOf(setting);
        const Json* place = &root;
        if (const char* section = sectionOf(info.scope)) {
            for (const std::string& step : {std::string(section), std::string(subject)}) {
                const auto found = place->find(step);
                if (found == place->end() || !found->is_object())
                    return info.fallback;
                place = &*found;
            }
        }
        const auto found = place->find(std::string(info.name));
        if (found == place->end())
            return info.fallback;
        return fromJson(*found, info.fallback).value_or(info.fallback);
    }

    template <typename T>
    [[nodiscard]] T get(Setting setting, std::string_view subject) const {
        SettingValue found = value(setting, subject);
        T* typed = std::get_if<T>(&found);
        return typed ? std::move(*typed) : T();
    }
};

Settings::Settings(std::string file)
    : m_state(std::make_unique<State>()) {
    m_state->file = std::move(file);
    m_state->read();
}

Settings::~Settings() = default;

std::span<const SettingInfo> Settings::table() {
    return theTable();
}

bool Settings::flag(Setting setting, std::string_view subject) const {
    return m_state->get<bool>(setting, subject);
}

std::int64_t Settings::number(Setting setting, std::string_view subject) const {
    return m_state->get<std::int64_t>(setting, subject);
}

std::string Settings::text(Setting setting, std::string_view subject) const {
    return m_state->get<std::string>(setting, subject);
}

std::vector<std::string> Settings::list(Setting setting, std::string_view subject) const {
    return m_state->get<List>(setting, subject);
}

void Settings::set(Setting setting, SettingValue value, std::string_view subject) {
    const SettingInfo& info = infoOf(setting);
    if (value.index() != info.fallback.index() || m_state->value(setting, subject) == value)
        return;
    m_state->change(info, std::string(subject), value);
    m_state->tell();
}

bool Settings::refresh() {
    if (!m_state->read())
        return false;
    m_state->tell();
    return true;
}

base::Cancel Settings::onChange(std::function<void()> listener) {
    base::Cancel cancel = base::Cancel::create();
    m_state->listeners.emplace(m_state->nextListener++, std::pair(cancel.token(), std::move(listener)));
    return cancel;
}

const std::optional<base::Error>& Settings::problem() const {
    return m_state->problem;
}

} // namespace fleet
