// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/kube/auth/credentials.h"
#include "core/kube/config/kubeconfig.h"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace net {
class Engine;
}

namespace kube {

/// Whether plugins may read from the terminal on standard input.
enum class Terminal {
    None,  ///< The desktop: plugins get no input, and one that insists on it fails saying so.
    Stdin, ///< A command-line program: given where standard input is a terminal and the plugin wants it.
};

/// Whether the login shell is asked for its environment, once, before the first plugin runs.
enum class LoginShell {
    Never,
    WhenMissing, ///< Only if the plugin is not found in our own PATH.
    Always,
};

/// What is the same for all sign-ins of a program.
struct CredentialOptions {
    Terminal terminal = Terminal::None;
    LoginShell loginShell = LoginShell::WhenMissing;
    /// How long a plugin may run: people sign in with browsers meanwhile.
    std::chrono::milliseconds pluginDeadline{std::chrono::minutes(4)};
    std::chrono::milliseconds shellDeadline{std::chrono::seconds(10)};
    /// What a plugin writes to its standard error, as it comes, without escape sequences: a code to type in, an address
    /// to open. Called on a thread of the store; must not block. May be empty.
    std::function<void(const std::string& command, const std::string& text)> pluginOutput;

    /// Always when the program was started by a desktop, WhenMissing when from a terminal.
    static LoginShell loginShellByEnvironment();
};

/// Makes and shares Credentials, and owns the thread that watches over running plugins. Any thread may call. The
/// engine, the clock and all executors that were handed to authorize() outlive the store. Credentials may outlive it:
/// they answer then with an error. The destructor ends running plugins; handlers that have not run by then never run.
class CredentialStore {
public:
    /// `background` runs short file work; it, the engine, the clock and all executors handed to authorize() outlive the
    /// store. `options` with default values fit the desktop.
    CredentialStore(net::Engine& engine, base::Executor& background, const base::Clock& clock,
                    CredentialOptions options = {});
    ~CredentialStore();
    CredentialStore(const CredentialStore&) = delete;
    CredentialStore& operator=(const CredentialStore&) = delete;

    /// The credentials of a context of `config`; the same object for the same user and cluster as long as neither has
    /// changed and somebody holds it. Plugins with equal exec and cluster are shared even between users. Fails for a
    /// context with problems or without a cluster.
    base::Result<std::shared_ptr<Credentials>> credentialsFor(const Kubeconfig& config, const ContextEntry& context);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace kube
