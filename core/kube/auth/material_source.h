// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/net/engine.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kube {

/// Credentials as a source gives them. Holds secrets.
struct Material {
    std::string token; ///< Of a bearer; empty for none.
    std::string clientCertPem;
    std::string clientKeyPem;
    /// From when on it must not be used any more, milliseconds since 1970; nothing for "until the server refuses it".
    std::optional<std::int64_t> useUntilMs;
    /// When it ends, for display.
    std::optional<std::int64_t> expiresAtMs;
    std::optional<base::Error> warning;
    std::uint64_t generation = 0; ///< Given by MaterialSource.
};

/// Something that has to be done to get credentials, done once for all who ask meanwhile, and its result, kept until it
/// expires or is refused. Any thread may call. Held by shared_ptr.
class MaterialSource : public std::enable_shared_from_this<MaterialSource> {
public:
    explicit MaterialSource(const base::Clock& clock);
    virtual ~MaterialSource();

    base::Cancel get(base::Executor& executor, net::Handler<base::Result<Material>> handler);
    /// See Credentials::invalidate().
    bool invalidate(std::uint64_t generation);

    struct Status {
        std::optional<std::int64_t> expiresAtMs;
        std::int64_t busySinceMs = 0;
        std::optional<base::Error> problem;
    };
    [[nodiscard]] Status status() const;

protected:
    /// Says when an attempt is over. Any thread; calls of attempts that were given up are ignored.
    class Attempt {
    public:
        void finish(base::Result<Material> result) const;
        /// False once nobody waits for it any more.
        [[nodiscard]] bool isWanted() const;

    private:
        friend class MaterialSource;
        std::weak_ptr<MaterialSource> m_source;
        std::uint64_t m_number = 0;
    };

    /// Starts an attempt. Never runs twice at a time, but for attempts that were given up. Must not block.
    virtual void begin(Attempt attempt) = 0;
    /// Nobody waits any more for the attempt under way.
    virtual void giveUp() {}

    /// The last material, whether or not it can still be used.
    [[nodiscard]] std::optional<Material> last() const;
    /// Whether the last material was refused by the server.
    [[nodiscard]] bool wasRefused() const;

    const base::Clock& clock() const { return m_clock; }

private:
    struct Waiter;

    void finish(std::uint64_t number, base::Result<Material> result);
    void forget(std::uint64_t waiter);
    [[nodiscard]] bool isUsable() const;

    const base::Clock& m_clock;
    mutable std::mutex m_mutex;
    std::optional<Material> m_material;
    bool m_refused = false;
    std::int64_t m_refreshedAfterRefusal =
        0; ///< When m_material came after a refusal, steady milliseconds; 0 if not so.
    std::optional<base::Error> m_failure;
    std::int64_t m_failedAt = 0;
    std::uint64_t m_attempt = 0;
    bool m_running = false;
    std::int64_t m_runningSinceMs = 0;
    std::uint64_t m_lastWaiter = 0;
    std::vector<Waiter> m_waiters;
};

} // namespace kube
