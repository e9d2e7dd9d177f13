// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/login_shell.h"

#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

extern char** environ;

namespace kube {

namespace {

constexpr std::string_view aboutTheShell[] = {"_", "SHLVL", "PWD", "OLDPWD", "TERM", "PS1", "PS2", "PROMPT_COMMAND"};

std::string mergedPath(std::string_view first, std::string_view second) {
    std::vector<std::string_view> folders;
    for (std::string_view list : {first, second}) {
        while (!list.empty()) {
            const auto colon = list.find(':');
            const std::string_view folder = list.substr(0, colon);
            list.remove_prefix(colon == std::string_view::npos ? list.size() : colon + 1);
            if (!folder.empty() && std::find(folders.begin(), folders.end(), folder) == folders.end())
                folders.push_back(folder);
        }
    }
    std::string path;
    for (const std::string_view folder : folders)
        path += (path.empty() ? "" : ":") + std::string(folder);
    return path;
}

} // namespace

Environment ownEnvironment() {
    Environment variables;
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text = *entry;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos && equals > 0)
            variables[std::string(text.substr(0, equals))] = text.substr(equals + 1);
    }
    return variables;
}

Environment withShellEnvironment(Environment own, const Environment& shell) {
    for (const auto& [name, value] : shell)
        if (std::find(std::begin(aboutTheShell), std::end(aboutTheShell), name) == std::end(aboutTheShell))
            own.emplace(name, value);
    if (const auto path = shell.find("PATH"); path != shell.end())
        own["PATH"] = mergedPath(path->second, own["PATH"]);
    return own;
}

Environment parseShellOutput(std::string_view output, std::string_view marker) {
    Environment variables;
    const auto start = output.find(marker);
    if (start == std::string_view::npos)
        return variables;
    output.remove_prefix(start + marker.size());
    const auto end = output.find(marker);
    if (end == std::string_view::npos)
        return variables;
    output = output.substr(0, end);
    while (!output.empty()) {
        const auto zero = output.find('\0');
        const std::string_view entry = output.substr(0, zero);
        output.remove_prefix(zero == std::string_view::npos ? output.size() : zero + 1);
        const auto equals = entry.find('=');
        if (equals != std::string_view::npos && equals > 0)
            variables[std::string(entry.substr(0, equals))] = entry.substr(equals + 1);
    }
    return variables;
}

struct LoginShellEnvironment::State {
    std::string shell;
    std::chrono::milliseconds deadline;
    std::mutex mutex;
    bool running = false;
    std::optional<Environment> found;
    std::vector<base::UniqueFunction<void(const Environment&)>> waiting;
};

LoginShellEnvironment::LoginShellEnvironment(std::string shell, std::chrono::milliseconds deadline)
    : m_state(std::make_shared<State>()) {
    m_state->shell = std::move(shell);
    m_state->deadline = deadline;
}

LoginShellEnvironment::~LoginShellEnvironment() = default;

void LoginShellEnvironment::get(ProcessRunner& runner, base::UniqueFunction<void(const Environment&)> done) {
    bool start = false;
    bool known = false;
    {
        const std::lock_guard lock(m_state->mutex);
        if (!m_state->found && m_state->shell.empty())
            m_state->found.emplace();
        known = m_state->found.has_value();
        if (!known) {
            m_state->waiting.push_back(std::move(done));
            start = !m_state->running;
            m_state->running = true;
        }
    }
    // Once found it never changes.
    if (known)
        return done(*m_state->found);
    if (!start)
        return;
    // Start-up files may print anything before and after.
    const std::string marker = "__quarterdeck_environment_" + std::to_string(::getpid()) + "__";
    ProcessSpec spec;
    spec.path = m_state->shell;
    spec.arguments = {"-lic", "printf '%s' '" + marker + "'; env -0; printf '%s' '" + marker + "'"};
    for (const auto& [name, value] : ownEnvironment())
        spec.environment.push_back(name + "=" + value);
    spec.deadline = m_state->deadline;
    runner.start(std::move(spec), [state = m_state, marker](ProcessResult result) {
        std::vector<base::UniqueFunction<void(const Environment&)>> waiting;
        {
            const std::lock_guard lock(state->mutex);
            state->found = parseShellOutput(result.output, marker);
            waiting.swap(state->waiting);
        }
        for (const auto& each : waiting)
            each(*state->found);
    });
}

} // namespace kube
