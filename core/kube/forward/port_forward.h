// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/base/unique_function.h"
#include "core/kube/forward/forward_ports.h"
#include "core/kube/forward/forward_target.h"
#include "core/kube/transport.h"
#include "core/net/socket_loop.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kube {

struct PortForwardSpec {
    ForwardTarget target;
    std::vector<ForwardPort> ports;
    std::vector<std::string> addresses = {"localhost"}; ///< See listenAddresses().
    /// How long a start, or a local connection, waits for a pod that runs. Zero: a start waits for ever, a connection a
    /// minute.
    std::chrono::milliseconds podPatience{0};
};

/// What port-forwards stand on; all of it must outlive them.
struct ForwardEnvironment {
    net::SocketLoop* loop = nullptr; ///< Everything happens there.
    base::Executor* home = nullptr;  ///< Sinks run there.
    const base::Clock* clock = nullptr;
    base::Timers* timers = nullptr;
};

/// A port of this machine that is listened on.
struct Listening {
    std::string address;      ///< "127.0.0.1:8080"
    std::uint16_t local = 0;  ///< 8080
    std::uint16_t remote = 0; ///< In the pod.

    bool operator==(const Listening&) const = default;
};

/// How a port-forward is, as a value.
struct PortForwardStatus {
    enum class State {
        Starting, ///< Its pod is looked for; nothing is listened on.
        Active,   ///< A pod stands behind it.
        Waiting,  ///< No pod runs, or the cluster does not answer: connections wait, and it is tried again.
        Failed    ///< Over: lastError says why.
    };
    State state = State::Starting;
    std::string pod; ///< That connections went to last.
    std::vector<Listening> listening;
    int open = 0; ///< Connections.
    std::uint64_t connections = 0;
    std::uint64_t sent = 0; ///< Bytes to the pod.
    std::uint64_t received = 0;
    std::optional<base::Error> lastError;
    std::int64_t lastErrorMs = 0;
};

/// Hears of a PortForward, on home.
struct PortForwardSink {
    /// Its status is another one; told once for many changes. Bytes alone are no change.
    base::UniqueFunction<void()> changed;
    base::UniqueFunction<void(const Listening&)> listening;
    /// A connection to the local port came.
    base::UniqueFunction<void(std::uint16_t)> accepted;
    /// Something went wrong with a connection, or with all.
    base::UniqueFunction<void(const base::Error&)> trouble;
};

/// Ports of this machine that lead to ports of a pod: of the pod that stands behind the target when a connection comes,
/// so that it outlives pods. Confined to home; destroying it ends it, its connections, and calls nobody.
class PortForward {
public:
    /// Never fails at once: what is wrong comes as State::Failed.
    [[nodiscard]] static std::unique_ptr<PortForward> start(ForwardEnvironment environment,
                                                            std::shared_ptr<Transport> transport, PortForwardSpec spec,
                                                            PortForwardSink sink);
    ~PortForward();
    PortForward(const PortForward&) = delete;
    PortForward& operator=(const PortForward&) = delete;

    [[nodiscard]] PortForwardStatus status() const;
    /// The cluster has another way now; null: it has none, and connections wait.
    void setTransport(std::shared_ptr<Transport> transport);

private:
    class State;
    explicit PortForward(std::shared_ptr<State> state);

    std::shared_ptr<State> m_state;
};

} // namespace kube
