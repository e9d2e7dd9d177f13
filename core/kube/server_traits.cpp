// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/server_traits.h"

#include <charconv>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace kube {

namespace {

std::string keyOf(const Kind& kind) {
    return kind.apiVersion() + "/" + kind.plural;
}

} // namespace

struct ServerTraits::State {
    mutable std::mutex mutex;
    std::string version;
    std::map<std::string, std::shared_ptr<const KindTraits>> kinds;
    std::set<std::string> refused;
    bool refusesInitialEvents = false;
    std::int64_t streamRate = 0;
};

ServerTraits::ServerTraits()
    : m_state(std::make_unique<State>()) {}

ServerTraits::~ServerTraits() = default;

void ServerTraits::setServerVersion(std::string_view version) {
    const std::lock_guard lock(m_state->mutex);
    if (m_state->version == version)
        return;
    const bool isFirst = m_state->version.empty();
    m_state->version = version;
    if (isFirst)
        return;
    m_state->kinds.clear();
    m_state->refused.clear();
    m_state->refusesInitialEvents = false;
}

int ServerTraits::serverMinor() const {
    const std::lock_guard lock(m_state->mutex);
    const std::string& version = m_state->version;
    int minor = 0;
    if (const std::size_t dot = version.find('.'); dot != std::string::npos)
        std::from_chars(version.data() + dot + 1, version.data() + version.size(), minor);
    return minor;
}

std::shared_ptr<const KindTraits> ServerTraits::kind(const Kind& kind) const {
    const std::lock_guard lock(m_state->mutex);
    const auto found = m_state->kinds.find(keyOf(kind));
    return found == m_state->kinds.end() ? nullptr : found->second;
}

void ServerTraits::setKind(const Kind& kind, KindTraits traits) {
    const std::lock_guard lock(m_state->mutex);
    m_state->kinds[keyOf(kind)] = std::make_shared<const KindTraits>(std::move(traits));
}

void ServerTraits::setCount(const Kind& kind, std::int64_t count) {
    const std::lock_guard lock(m_state->mutex);
    const auto found = m_state->kinds.find(keyOf(kind));
    if (found == m_state->kinds.end())
        return;
    KindTraits traits = *found->second;
    traits.count = count;
    found->second = std::make_shared<const KindTraits>(std::move(traits));
}

void ServerTraits::forgetKind(const Kind& kind) {
    const std::lock_guard lock(m_state->mutex);
    m_state->kinds.erase(keyOf(kind));
}

bool ServerTraits::offersInitialEvents(const Kind& kind) const {
    const std::lock_guard lock(m_state->mutex);
    return !m_state->refusesInitialEvents && !m_state->refused.contains(keyOf(kind));
}

void ServerTraits::setInitialEventsRefused(const Kind& kind) {
    const std::lock_guard lock(m_state->mutex);
    m_state->refused.insert(keyOf(kind));
    // An aggregated API may be older than the server; the core group is the server's own.
    if (kind.group.empty())
        m_state->refusesInitialEvents = true;
}

std::int64_t ServerTraits::streamRate() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->streamRate;
}

void ServerTraits::setStreamRate(std::int64_t bytesPerSecond) {
    const std::lock_guard lock(m_state->mutex);
    m_state->streamRate = bytesPerSecond;
}

} // namespace kube
