// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/connection.h"

#include "core/fleet/server_answers.h"
#include "core/kube/status.h"

#include <algorithm>
#include <utility>

namespace fleet {

namespace {

using namespace std::chrono_literals;
using base::ErrorCode;

constexpr std::chrono::milliseconds kDeadline = 10s;
/// Who has not answered by then lets others connect meanwhile.
constexpr std::chrono::milliseconds kPlaceFor = 2s;
constexpr std::chrono::milliseconds kRefusedAgain = 60s;
constexpr std::int64_t kLongestWaitMs = 30000;
constexpr std::size_t kMostFacts = std::size_t(1) << 20;

} // namespace

bool Connection::isRefusal(const base::Error& error) {
    return error.code == ErrorCode::Unauthorized || error.code == ErrorCode::Expired ||
           error.code == ErrorCode::PluginFailed || error.code == ErrorCode::Forbidden;
}

Connection::Connection(Environment environment)
    : m_environment(std::move(environment))
    , m_random(static_cast<unsigned>(m_environment.clock.steadyMs()) + 1) {}

Connection::~Connection() {
    leavePlace();
}

void Connection::enter(State state) {
    m_state = state;
    m_retryAtMs = 0;
    switch (state) {
    case State::Idle:
    case State::Unusable:
        leavePlace();
        break;
    case State::Queued:
        onQueued();
        break;
    case State::Authorising:
        onAuthorising();
        break;
    case State::Asking:
        onAsking();
        break;
    case State::Up:
        onUp();
        break;
    case State::Probing:
        onProbing();
        break;
    case State::Waiting:
        onWaiting();
        break;
    case State::Refused:
        onRefused();
        break;
    }
    m_environment.changed();
}

void Connection::start() {
    if (m_state == State::Idle)
        enter(State::Queued);
}

void Connection::stop() {
    for (base::Cancel* call : {&m_place, &m_timer, &m_signIn, &m_versionCall, &m_catalogCall, &m_uidCall})
        call->cancel();
    m_access = {};
    m_catalog.reset();
    m_error.reset();
    m_failures = 0;
    m_wasUp = false;
    m_skewMs = 0;
    if (m_state != State::Idle)
        enter(State::Idle);
}

void Connection::retry() {
    if (m_state == State::Waiting || m_state == State::Refused || m_state == State::Unusable) {
        m_timer.cancel();
        enter(State::Queued);
    } else if (m_state == State::Up) {
        enter(State::Probing);
    }
}

void Connection::probe() {
    if (m_state == State::Up)
        enter(State::Probing);
}

void Connection::rediscover() {
    if (m_state == State::Up)
        askCatalog();
}

void Connection::onQueued() {
    leavePlace();
    m_place = m_environment.gate.enter([this] {
        m_holdsPlace = true;
        m_placeTimer = m_environment.timers.after(kPlaceFor, m_environment.home, [this] { leavePlace(); });
        // Not inside the call of whoever left a place.
        m_timer = m_environment.timers.after(0ms, m_environment.home, [this] { enter(State::Authorising); });
    });
}

void Connection::leavePlace() {
    m_placeTimer.cancel();
    m_place.cancel();
    if (std::exchange(m_holdsPlace, false))
        m_environment.gate.leave();
}

void Connection::onAuthorising() {
    const bool isRefused = m_error && isRefusal(*m_error);
    if (!m_access.transport || isRefused || m_environment.isStale()) {
        base::Result<ClusterAccess> access = m_environment.open();
        if (!access) {
            m_error = access.error();
            m_state = State::Unusable;
            leavePlace();
            return;
        }
        m_access = *std::move(access);
    }
    if (!m_access.credentials) {
        m_timer = m_environment.timers.after(0ms, m_environment.home, [this] { enter(State::Asking); });
        return;
    }
    m_signIn = m_access.credentials->authorize(m_environment.home, [this](base::Result<kube::AuthMaterial> material) {
        if (material)
            enter(State::Asking);
        else
            fail(material.error());
    });
}

void Connection::onAsking() {
    m_versionKnown = false;
    m_catalogFresh = false;
    askVersion([this](const base::Result<void>& answer) {
        if (!answer)
            return fail(answer.error());
        m_versionKnown = true;
        finishAsking();
    });
    askCatalog();
    askUid();
}

void Connection::finishAsking() {
    if (m_state == State::Asking && m_versionKnown && m_catalogFresh)
        enter(State::Up);
}

void Connection::onUp() {
    leavePlace();
    m_error.reset();
    m_failures = 0;
    m_wasUp = true;
}

void Connection::onProbing() {
    const std::string before = m_version;
    askVersion([this, before](const base::Result<void>& answer) {
        // A server that asks for patience is there.
        if (!answer && answer.error().code != ErrorCode::Throttled)
            return fail(answer.error());
        enter(State::Up);
        if (m_version != before)
            askCatalog();
    });
}

void Connection::onWaiting() {
    leavePlace();
    const std::int64_t longest = std::min<std::int64_t>(kLongestWaitMs, std::int64_t(1000) << std::min(m_failures, 5));
    std::uniform_int_distribution<std::int64_t> jitter(longest * 8 / 10, longest);
    std::int64_t wait = jitter(m_random);
    if (m_error && m_error->retryAfter)
        wait = std::max<std::int64_t>(wait, m_error->retryAfter->count());
    ++m_failures;
    m_retryAtMs = m_environment.clock.nowMs() + wait;
    m_timer = m_environment.timers.after(std::chrono::milliseconds(wait), m_environment.home,
                                         [this] { enter(State::Queued); });
}

void Connection::onRefused() {
    leavePlace();
    // A token file may have been renewed, a role granted. Never for a plugin: it may open a browser.
    const bool runsProgram = m_access.credentials && m_access.credentials->status().login.needsPlugin();
    if (runsProgram)
        return;
    m_retryAtMs = m_environment.clock.nowMs() + kRefusedAgain.count();
    m_timer = m_environment.timers.after(kRefusedAgain, m_environment.home, [this] { enter(State::Queued); });
}

void Connection::fail(base::Error error) {
    for (base::Cancel* call : {&m_signIn, &m_versionCall, &m_catalogCall, &m_uidCall})
        call->cancel();
    m_error = std::move(error);
    enter(isRefusal(*m_error) ? State::Refused : State::Waiting);
}

void Connection::askVersion(std::function<void(base::Result<void>)> then) {
    kube::ApiRequest request;
    request.target = "/version";
    request.verb = "get";
    request.resource = "/version";
    request.deadline = kDeadline;
    request.maxBody = kMostFacts;
    const std::int64_t sentMs = m_environment.clock.nowMs();
    m_versionCall =
        m_access.transport->send(std::move(request), m_environment.home,
                                 [this, sentMs, then = std::move(then)](const base::Result<net::Response>& response) {
                                     if (response)
                                         return then(readVersion(*response, sentMs));
                                     // Some gateways hide this path; that the server answers is enough.
                                     const ErrorCode code = response.error().code;
                                     const bool hidden = code == ErrorCode::Forbidden || code == ErrorCode::NotFound ||
                                                         code == ErrorCode::Unsupported;
                                     if (!hidden)
                                         return then(base::fail(response.error()));
                                     m_lastAnswerMs = m_environment.clock.nowMs();
                                     then({});
                                 });
}

base::Result<void> Connection::readVersion(const net::Response& response, std::int64_t sentMs) {
    base::Result<std::string> version = gitVersionOf(response.body);
    if (!version)
        return base::fail(std::move(version.error()));
    const std::int64_t nowMs = m_environment.clock.nowMs();
    m_lastAnswerMs = nowMs;
    m_version = *std::move(version);
    const std::int64_t dateMs = kube::httpDateMs(net::header(response.headers, "date"));
    // The header has whole seconds, cut off; the answer was written about half way.
    m_skewMs = dateMs == 0 ? 0 : dateMs + 500 - (sentMs + (nowMs - sentMs) / 2);
    return {};
}

void Connection::askCatalog() {
    m_catalogCall =
        kube::discover(m_access.transport, m_environment.home, [this](base::Result<kube::KindCatalogPtr> catalog) {
            if (!catalog) {
                if (m_state == State::Asking)
                    fail(catalog.error());
                return;
            }
            m_catalog = *std::move(catalog);
            m_catalogFresh = true;
            m_environment.catalogChanged();
            finishAsking();
        });
}

void Connection::askUid() {
    kube::ApiRequest request;
    request.target = "/api/v1/namespaces/kube-system";
    request.accept = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json";
    request.verb = "get";
    request.resource = "namespaces";
    request.deadline = kDeadline;
    request.maxBody = kMostFacts;
    m_uidCall = m_access.transport->send(std::move(request), m_environment.home,
                                         [this](const base::Result<net::Response>& response) {
                                             // Who may not read it goes on without.
                                             const std::string uid = response ? uidOf(response->body) : std::string();
                                             if (!uid.empty())
                                                 m_environment.uidLearned(uid);
                                         });
}

std::string Connection::signInProgram() const {
    if (m_state != State::Authorising || !m_access.credentials)
        return {};
    const kube::AuthStatus status = m_access.credentials->status();
    if (!status.login.needsPlugin() || status.busySinceMs == 0)
        return {};
    return status.login.plugin.substr(status.login.plugin.rfind('/') + 1);
}

std::int64_t Connection::credentialExpiryMs() const {
    return m_access.credentials ? m_access.credentials->status().expiresAtMs.value_or(0) : 0;
}

} // namespace fleet
