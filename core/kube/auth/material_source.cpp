// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/material_source.h"

#include <algorithm>
#include <atomic>
#include <utility>

namespace kube {

namespace {

/// So long a failure answers for those who ask again, so that twenty watches of one cluster do not run a broken plugin
/// twenty times.
constexpr std::int64_t failureHoldMs = 2000;
/// Fresh material that is refused within this time of its coming will not get better by being fetched again.
constexpr std::int64_t refusalHoldMs = 60000;

std::uint64_t nextGeneration() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

} // namespace

struct MaterialSource::Waiter {
    std::uint64_t id = 0;
    base::CancelToken token;
    base::Executor* executor = nullptr;
    net::Handler<base::Result<Material>> handler;

    void answer(base::Result<Material> result) {
        executor->post([answerToken = token, answerHandler = std::move(handler), answer = std::move(result)]() mutable {
            if (!answerToken.isCancelled())
                answerHandler(std::move(answer));
        });
    }
};

MaterialSource::MaterialSource(const base::Clock& clock)
    : m_clock(clock) {}

MaterialSource::~MaterialSource() = default;

bool MaterialSource::isUsable() const {
    return m_material && !m_refused && (!m_material->useUntilMs || m_clock.nowMs() <= *m_material->useUntilMs);
}

base::Cancel MaterialSource::get(base::Executor& executor, net::Handler<base::Result<Material>> handler) {
    base::Cancel cancel = base::Cancel::create();
    Waiter waiter;
    waiter.token = cancel.token();
    waiter.executor = &executor;
    waiter.handler = std::move(handler);

    std::optional<base::Result<Material>> answer;
    std::optional<Attempt> attempt;
    std::uint64_t id = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (isUsable()) {
            answer = *m_material;
        } else if (!m_running && m_failure && m_clock.steadyMs() - m_failedAt < failureHoldMs) {
            answer = base::fail(*m_failure);
        } else {
            id = waiter.id = ++m_lastWaiter;
            m_waiters.push_back(std::move(waiter));
            if (!m_running) {
                m_running = true;
                m_runningSinceMs = m_clock.nowMs();
                attempt.emplace();
                attempt->m_source = weak_from_this();
                attempt->m_number = ++m_attempt;
            }
        }
    }
    if (answer) {
        waiter.answer(std::move(*answer));
        return cancel;
    }
    cancel.token().onCancel([weak = weak_from_this(), id] {
        if (const auto self = weak.lock())
            self->forget(id);
    });
    if (attempt)
        begin(std::move(*attempt));
    return cancel;
}

void MaterialSource::forget(std::uint64_t id) {
    std::vector<Waiter> forgotten; // destroyed outside the lock
    bool last = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto found =
            std::find_if(m_waiters.begin(), m_waiters.end(), [&](const Waiter& w) { return w.id == id; });
        if (found == m_waiters.end())
            return;
        forgotten.push_back(std::move(*found));
        m_waiters.erase(found);
        last = m_waiters.empty() && m_running;
        if (last) {
            m_running = false;
            ++m_attempt;
        }
    }
    if (last)
        giveUp();
}

bool MaterialSource::invalidate(std::uint64_t generation) {
    const std::lock_guard lock(m_mutex);
    // A burst: somebody was quicker, the next get() brings or waits for other material.
    if (!m_material || m_material->generation != generation || m_refused)
        return true;
    if (m_refreshedAfterRefusal != 0 && m_clock.steadyMs() - m_refreshedAfterRefusal < refusalHoldMs)
        return false;
    m_refused = true;
    return true;
}

void MaterialSource::finish(std::uint64_t number, base::Result<Material> result) {
    std::vector<Waiter> waiters;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_running || number != m_attempt)
            return;
        m_running = false;
        if (result) {
            const bool same = m_material && m_material->token == result->token &&
                              m_material->clientCertPem == result->clientCertPem &&
                              m_material->clientKeyPem == result->clientKeyPem;
            result->generation = same ? m_material->generation : nextGeneration();
            m_refreshedAfterRefusal = m_refused ? std::max<std::int64_t>(1, m_clock.steadyMs()) : 0;
            m_refused = false;
            m_material = *result;
            m_failure = result->warning;
            m_failedAt = m_clock.steadyMs() - failureHoldMs;
        } else {
            m_failure = result.error();
            m_failedAt = m_clock.steadyMs();
        }
        waiters.swap(m_waiters);
    }
    for (Waiter& waiter : waiters)
        waiter.answer(result);
}

MaterialSource::Status MaterialSource::status() const {
    const std::lock_guard lock(m_mutex);
    Status status;
    if (m_material)
        status.expiresAtMs = m_material->expiresAtMs;
    status.busySinceMs = m_running ? m_runningSinceMs : 0;
    status.problem = m_failure;
    return status;
}

std::optional<Material> MaterialSource::last() const {
    const std::lock_guard lock(m_mutex);
    return m_material;
}

bool MaterialSource::wasRefused() const {
    const std::lock_guard lock(m_mutex);
    return m_refused;
}

void MaterialSource::Attempt::finish(base::Result<Material> result) const {
    if (const auto self = m_source.lock())
        self->finish(m_number, std::move(result));
}

bool MaterialSource::Attempt::isWanted() const {
    const auto self = m_source.lock();
    if (!self)
        return false;
    const std::lock_guard lock(self->m_mutex);
    return self->m_running && self->m_attempt == m_number;
}

} // namespace kube
