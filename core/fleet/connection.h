// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/base/timer.h"
#include "core/fleet/connect_gate.h"
#include "core/kube/auth/credentials.h"
#include "core/kube/discovery.h"
#include "core/kube/transport.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>

namespace fleet {

/// A way to a server, opened but not yet asked anything.
struct ClusterAccess {
    std::shared_ptr<kube::Transport> transport;
    std::shared_ptr<kube::Credentials> credentials; ///< Null where nobody has to sign in.
};

/// The way from "asked for" to "answers" and back, for one server: sign in, then version, discovery and the uid of
/// kube-system side by side. What does not answer is tried again with jittered back-off from 1 to 30 s. Confined to the
/// home executor.
class Connection {
public:
    enum class State {
        Idle,        ///< Nobody asked.
        Queued,      ///< Others are connecting.
        Authorising, ///< Credentials are being got; a plugin may run.
        Asking,      ///< Version, discovery and uid are asked.
        Up,          ///< Answers.
        Probing,     ///< Was up; something broke, and it is asked whether it is still there.
        Waiting,     ///< Does not answer; tried again at retryAtMs.
        Refused,     ///< Credentials are missing, expired or refused: somebody has to do something.
        Unusable,    ///< The kubeconfig entry does not work.
    };

    struct Environment {
        base::Executor& home;
        const base::Clock& clock;
        base::Timers& timers;
        ConnectGate& gate;
        /// Opens the way anew; called before each sign-in where `isStale`, on home.
        std::function<base::Result<ClusterAccess>()> open;
        /// The way that is open may not be what the kubeconfig says any more.
        std::function<bool()> isStale;
        std::function<void()> changed; ///< State, error, version or expiry changed.
        std::function<void()> catalogChanged;
        std::function<void(const std::string& uid)> uidLearned;
    };

    /// Credentials or rights are missing, rather than a way.
    [[nodiscard]] static bool isRefusal(const base::Error& error);

    explicit Connection(Environment environment);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void start();
    void stop();
    /// Asks again now instead of at the next back-off.
    void retry();
    /// Something broke on an open connection: is the server still there?
    void probe();
    /// Reads discovery again, if up.
    void rediscover();

    [[nodiscard]] State state() const { return m_state; }
    /// Why it is Waiting, Refused or Unusable; while it is asked again, why it was.
    [[nodiscard]] const std::optional<base::Error>& error() const { return m_error; }
    [[nodiscard]] std::int64_t retryAtMs() const { return m_retryAtMs; }
    [[nodiscard]] const std::shared_ptr<kube::Transport>& transport() const { return m_access.transport; }
    [[nodiscard]] const kube::KindCatalogPtr& catalog() const { return m_catalog; }
    [[nodiscard]] const std::string& version() const { return m_version; }
    /// Server's clock minus ours, to about half a second; 0 if unknown.
    [[nodiscard]] std::int64_t skewMs() const { return m_skewMs; }
    [[nodiscard]] std::int64_t credentialExpiryMs() const;
    /// The program that signs in, by its name alone, while it is being waited for; empty otherwise.
    [[nodiscard]] std::string signInProgram() const;
    /// When it last answered.
    [[nodiscard]] std::int64_t lastAnswerMs() const { return m_lastAnswerMs; }
    /// It was up since start(), and what it answered then is still of use.
    [[nodiscard]] bool wasUp() const { return m_wasUp; }

private:
    void enter(State state);
    void onQueued();
    void onAuthorising();
    void onAsking();
    void onUp();
    void onProbing();
    void onWaiting();
    void onRefused();
    void leavePlace();
    void askVersion(std::function<void(base::Result<void>)> then);
    void askCatalog();
    void askUid();
    base::Result<void> readVersion(const net::Response& response, std::int64_t sentMs);
    void finishAsking();
    void fail(base::Error error);

    Environment m_environment;
    State m_state = State::Idle;
    ClusterAccess m_access;
    std::optional<base::Error> m_error;
    std::string m_version;
    kube::KindCatalogPtr m_catalog;
    std::int64_t m_skewMs = 0;
    std::int64_t m_retryAtMs = 0;
    std::int64_t m_lastAnswerMs = 0;
    int m_failures = 0;
    bool m_holdsPlace = false;
    bool m_wasUp = false;
    bool m_versionKnown = false;
    bool m_catalogFresh = false;
    std::minstd_rand m_random;
    base::Cancel m_place;
    base::Cancel m_placeTimer;
    base::Cancel m_timer;
    base::Cancel m_signIn;
    base::Cancel m_versionCall;
    base::Cancel m_catalogCall;
    base::Cancel m_uidCall;
};

} // namespace fleet
