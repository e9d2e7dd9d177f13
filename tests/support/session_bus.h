// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/child_process.h"

#include <filesystem>
#include <map>
#include <string>

namespace testbed {

/// A session bus of the test's own, on which nothing is started by itself, and gnome-keyring on it where that is asked
/// for. Main thread only; all of it ends with the test.
class SessionBus {
public:
    /// Everything lies in `folder`. start() returns what failed, or nothing.
    explicit SessionBus(std::filesystem::path folder);
    SessionBus(const SessionBus&) = delete;
    SessionBus& operator=(const SessionBus&) = delete;
    ~SessionBus();

    std::string start();
    /// With this password, not an empty one, a default collection is made, or opened where there is one.
    std::string startKeyring(const std::string& password);
    void stopKeyring() { m_keyring.terminate(); }
    /// It keeps its name on the bus and answers nobody.
    void pauseKeyring() { m_keyring.pause(); }
    void resumeKeyring() { m_keyring.resume(); }
    /// As after some time away from the desk.
    [[nodiscard]] bool lockKeyring() const;
    /// Forgets all that the keyring has; while it is stopped.
    void emptyKeyring() const;

    /// What a program needs to find this bus and no other.
    [[nodiscard]] std::map<std::string, std::string> environment() const;

private:
    [[nodiscard]] Ran call(const std::string& destination, const std::string& path, const std::string& method,
                           const std::string& argument) const;
    [[nodiscard]] bool comes(const std::string& name) const;
    bool launch(ChildProcess& process, const std::string& command);

    const std::filesystem::path m_folder;
    ChildProcess m_bus;
    ChildProcess m_keyring;
};

} // namespace testbed
