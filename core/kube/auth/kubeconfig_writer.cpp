// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/kubeconfig_writer.h"

#include "core/kube/config/kubeconfig.h"
#include "core/kube/config/read_file.h"
#include "core/kube/config/yaml_fields.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>

namespace kube {

namespace {

using base::ErrorCode;
using base::Result;

constexpr std::chrono::milliseconds lockPatience{3000};

tl::unexpected<base::Error> failed(const std::string& path) {
    return base::fail(ErrorCode::Io, path + ": " + std::generic_category().message(errno));
}

YAML::Node valueOf(const YAML::Node& map, std::string_view key) {
    YAML::Node found;
    if (map.IsMap())
        for (const auto& field : map)
            if (field.first.IsScalar() && field.first.Scalar() == key)
                found.reset(field.second);
    return found;
}

YAML::Node userNode(const YAML::Node& document, const std::string& name) {
    const YAML::Node users = valueOf(document, "users");
    if (users.IsSequence())
        for (const YAML::Node& entry : users)
            if (const YAML::Node found = valueOf(entry, "name"); found.IsScalar() && found.Scalar() == name)
                return valueOf(entry, "user");
    return {};
}

/// Where the scalar that starts at `start` ends, if it stands on one line; npos if it cannot be told.
std::size_t scalarEnd(std::string_view text, std::size_t start, bool inFlow) {
    if (start >= text.size())
        return std::string_view::npos;
    const char quote = text[start];
    if (quote == '"' || quote == '\'') {
        for (std::size_t at = start + 1; at < text.size() && text[at] != '\n'; ++at) {
            if (quote == '"' && text[at] == '\\')
                ++at;
            else if (text[at] == quote && quote == '\'' && at + 1 < text.size() && text[at + 1] == '\'')
                ++at;
            else if (text[at] == quote)
                return at + 1;
        }
        return std::string_view::npos;
    }
    if (quote == '|' || quote == '>' || quote == '&' || quote == '*' || quote == '!')
        return std::string_view::npos;
    std::size_t end = start;
    while (end < text.size() && text[end] != '\n' && text[end] != '\r') {
        if (text[end] == '#' && end > start && (text[end - 1] == ' ' || text[end - 1] == '\t'))
            break;
        if (inFlow && (text[end] == ',' || text[end] == '}' || text[end] == ']'))
            break;
        ++end;
    }
    while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        --end;
    return end;
}

std::string asJson(const std::string& value) {
    return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Result<std::string> withValue(std::string text, const std::string& file, const std::string& user,
                              const std::string& key, const std::string& value) {
    const auto cannot = [&](const char* why) {
        return base::fail(ErrorCode::BadInput,
                          file + ": user \"" + user + "\": auth-provider.config." + key + ": " + why);
    };
    const auto document = parseYaml(text, file);
    if (!document)
        return base::fail(document.error());
    const YAML::Node config = valueOf(valueOf(userNode(*document, user), "auth-provider"), "config");
    if (!config.IsMap() || config.size() == 0)
        return cannot("there is no such place");
    const bool inFlow = config.Style() == YAML::EmitterStyle::Flow;
    const YAML::Node old = valueOf(config, key);
    if (old.IsScalar()) {
        if (old.Scalar() == value)
            return text;
        const auto start = std::size_t(old.Mark().pos);
        const auto end = scalarEnd(text, start, inFlow);
        if (end == std::string_view::npos)
            return cannot("written in a way that cannot be changed in place");
        text.replace(start, end - start, asJson(value));
        return text;
    }
    if (old.IsDefined() && !old.IsNull())
        return cannot("not text");
    // Before the first key: its column is known.
    const auto first = config.begin()->first;
    const auto start = std::size_t(first.Mark().pos);
    const std::string entry = (inFlow ? asJson(key) : key) + ": " + asJson(value);
    text.insert(start, inFlow ? entry + ", " : entry + "\n" + std::string(std::size_t(first.Mark().column), ' '));
    return text;
}

/// Both texts must mean the same but for the values that were to change.
bool differsOnlyIn(const std::string& before, const std::string& after, const std::string& user,
                   const std::map<std::string, std::string>& values) {
    const auto toJson = [](const std::string& text) -> nlohmann::json {
        const auto document = parseYaml(text, "");
        const auto json = document ? yamlToJson(*document) : base::fail(document.error());
        return json ? nlohmann::json::parse(*json, nullptr, false) : nlohmann::json();
    };
    nlohmann::json expected = toJson(before);
    for (nlohmann::json& entry : expected["users"])
        if (entry.value("name", "") == user)
            for (const auto& [key, value] : values)
                entry["user"]["auth-provider"]["config"][key] = value;
    return expected == toJson(after);
}

class Locks {
public:
    Locks() = default;
    Locks(const Locks&) = delete;
    Locks& operator=(const Locks&) = delete;
    ~Locks() {
        for (const std::string& lock : m_held)
            ::unlink(lock.c_str());
    }

    Result<void> take(std::vector<std::string> files) {
        std::sort(files.begin(), files.end());
        files.erase(std::unique(files.begin(), files.end()), files.end());
        const auto end = std::chrono::steady_clock::now() + lockPatience;
        for (const std::string& file : files)
            if (const auto taken = takeOne(file + ".lock", end); !taken)
                return taken;
        return {};
    }

private:
    Result<void> takeOne(const std::string& lock, std::chrono::steady_clock::time_point end) {
        for (;;) {
            const int fd = ::open(lock.c_str(), O_CREAT | O_EXCL | O_RDONLY | O_CLOEXEC, 0);
            if (fd >= 0) {
                ::close(fd);
                m_held.push_back(lock);
                return {};
            }
            // A file of the list that is not there, in a folder that is not there, has no writers.
            if (errno == ENOENT)
                return {};
            if (errno != EEXIST)
                return failed(lock);
            if (std::chrono::steady_clock::now() >= end)
                return base::fail(ErrorCode::Io, lock + " exists: another program is changing the kubeconfig, or was "
                                                        "ended while it did; then the lock has to be removed by hand");
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }

    std::vector<std::string> m_held;
};

Result<void> replaceFile(const std::string& file, const std::string& content) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(file.c_str(), nullptr), std::free);
    if (!real)
        return failed(file);
    const std::string target = real.get();
    struct stat info{};
    if (::stat(target.c_str(), &info) != 0)
        return failed(target);
    std::string temporary = target + ".XXXXXX";
    const int fd = ::mkostemp(temporary.data(), O_CLOEXEC);
    if (fd < 0)
        return failed(temporary);
    std::size_t written = 0;
    bool good = ::fchmod(fd, info.st_mode & 07777) == 0;
    // As another user than the owner this fails, and then the file must not change hands.
    good = good && ::fchown(fd, info.st_uid, info.st_gid) == 0;
    while (good && written < content.size()) {
        const ssize_t count = ::write(fd, content.data() + written, content.size() - written);
        if (count < 0 && errno != EINTR)
            good = false;
        else if (count > 0)
            written += std::size_t(count);
    }
    good = good && ::fsync(fd) == 0;
    good = ::close(fd) == 0 && good;
    if (good && ::rename(temporary.c_str(), target.c_str()) == 0)
        return {};
    const auto error = failed(target);
    ::unlink(temporary.c_str());
    return error;
}

} // namespace

Result<std::string> withProviderTokens(std::string_view text, const std::string& file, const std::string& user,
                                       const std::map<std::string, std::string>& values) {
    std::string changed(text);
    try {
        for (const auto& [key, value] : values) {
            auto next = withValue(changed, file, user, key, value);
            if (!next)
                return next;
            changed = std::move(*next);
        }
        if (!differsOnlyIn(std::string(text), changed, user, values))
            return base::fail(ErrorCode::BadInput,
                              file + ": user \"" + user + "\": the tokens cannot be changed without touching the rest");
    } catch (const std::exception&) {
        return base::fail(ErrorCode::BadInput, file + ": cannot be understood");
    }
    return changed;
}

Result<void> saveProviderTokens(const std::vector<std::string>& searchList, const std::string& file,
                                const std::string& user, const std::map<std::string, std::string>& values) {
    Locks locks;
    if (auto taken = locks.take(searchList); !taken)
        return taken;
    const auto before = readFile(file);
    if (!before)
        return base::fail(before.error());
    const auto after = withProviderTokens(*before, file, user, values);
    if (!after)
        return base::fail(after.error());
    return *after == *before ? Result<void>() : replaceFile(file, *after);
}

} // namespace kube
