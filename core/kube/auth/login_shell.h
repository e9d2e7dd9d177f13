// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/unique_function.h"
#include "core/kube/auth/process_runner.h"

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace kube {

/// NAME to value.
using Environment = std::map<std::string, std::string>;

/// Of this process.
Environment ownEnvironment();

/// `own` as the user's login shell would have it: its PATH first (then what only `own` has of it), and the variables
/// that `own` lacks. What describes the shell itself is left out.
Environment withShellEnvironment(Environment own, const Environment& shell);

/// The environment that a shell printed between the markers, empty if it did not.
Environment parseShellOutput(std::string_view output, std::string_view marker);

/// Asks the user's login shell for its environment, once, when first wanted: a program started by a desktop does not
/// have the PATH that the user's terminal has. Any thread may call.
class LoginShellEnvironment {
public:
    LoginShellEnvironment(std::string shell, std::chrono::milliseconds deadline);
    ~LoginShellEnvironment();

    /// `done` runs once, on the runner's thread or inside the call; the environment is empty if the shell said nothing
    /// of use in time.
    void get(ProcessRunner& runner, base::UniqueFunction<void(const Environment&)> done);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace kube
