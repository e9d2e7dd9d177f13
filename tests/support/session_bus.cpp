// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/session_bus.h"

#include <chrono>
#include <fstream>
#include <thread>
#include <utility>
#include <vector>

namespace testbed {

namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr const char* kSecrets = "org.freedesktop.secrets";

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

} // namespace

SessionBus::SessionBus(std::filesystem::path folder)
    : m_folder(std::move(folder)) {
    std::filesystem::create_directories(m_folder / "data");
    std::filesystem::create_directories(m_folder / "run");
    std::filesystem::permissions(m_folder / "run", std::filesystem::perms::owner_all);
}

SessionBus::~SessionBus() {
    m_keyring.terminate();
    m_bus.terminate();
}

std::map<std::string, std::string> SessionBus::environment() const {
    return {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (m_folder / "bus").string()},
            {"XDG_DATA_HOME", (m_folder / "data").string()},
            {"XDG_RUNTIME_DIR", (m_folder / "run").string()},
            {"GNOME_KEYRING_CONTROL", ""},
            {"DISPLAY", ""},
            {"WAYLAND_DISPLAY", ""}};
}

bool SessionBus::launch(ChildProcess& process, const std::string& command) {
    std::vector<std::string> words{"env"};
    for (const auto& [name, value] : environment()) {
        if (value.empty()) {
            words.insert(words.begin() + 1, {"-u", name});
            continue;
        }
        words.push_back(name + "=" + value);
    }
    words.insert(words.end(), {"sh", "-c", "exec " + command});
    return process.start(words, m_folder / "log");
}

Ran SessionBus::call(const std::string& destination, const std::string& path, const std::string& method,
                     const std::string& argument) const {
    return run({"dbus-send", "--session", "--print-reply", "--dest=" + destination, path, method, argument},
               {.input = {}, .environment = environment(), .folder = {}, .timeoutMs = 10000});
}

// Asked again and again: neither of the two says when it is ready.
bool SessionBus::comes(const std::string& name) const {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
        const Ran ran = call("org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", "string:" + name);
        if (ran.out.find("boolean true") != std::string::npos)
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

std::string SessionBus::start() {
    write(m_folder / "bus.conf",
          "<busconfig><type>session</type><listen>unix:path=" + (m_folder / "bus").string() +
              "</listen><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
              "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>\n");
    if (!launch(m_bus, "dbus-daemon --nofork --nopidfile --config-file='" + (m_folder / "bus.conf").string() + "'") ||
        !comes("org.freedesktop.DBus"))
        return "no session bus: is the package dbus there? See " + (m_folder / "log").string();
    return {};
}

std::string SessionBus::startKeyring(const std::string& password) {
    write(m_folder / "password", password);
    if (!launch(m_keyring, "gnome-keyring-daemon --foreground --components=secrets --unlock <'" +
                               (m_folder / "password").string() + "'") ||
        !comes(kSecrets))
        return "no keyring: is the package gnome-keyring there? See " + (m_folder / "log").string();
    return {};
}

bool SessionBus::lockKeyring() const {
    return call(kSecrets, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
                "array:objpath:/org/freedesktop/secrets/collection/login")
               .exitCode == 0;
}

void SessionBus::emptyKeyring() const {
    std::filesystem::remove_all(m_folder / "data" / "keyrings");
}

} // namespace testbed
