// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/fleet/ids.h"
#include "core/kube/forward/port_forward.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fleet {

class Fleet;
class Settings;

enum class AtStart { No, Yes };

/// What a port of this machine shall lead to.
struct ForwardWish {
    ClusterId cluster;
    std::string resource; ///< As kube::forwardableKind() knows it.
    std::string ns;
    std::string name;
    kube::ForwardPort port;
    AtStart atStart = AtStart::No; ///< Remembered, and started again by the next run once its cluster is connected.
};

/// One port-forward, as a value for display.
struct ForwardInfo {
    std::uint64_t id = 0;
    ForwardWish wish;
    std::string clusterName; ///< Its context, also while no kubeconfig has it.
    bool isStopped = false;  ///< By the operator.
    /// How it is; nothing while it is stopped or its cluster was not connected yet.
    std::optional<kube::PortForwardStatus> status;
};

/// The port-forwards of a fleet. Nothing is contacted for a cluster that is not connected. Confined to home; goes with
/// the fleet.
class PortForwards {
public:
    /// All of it must outlive it.
    PortForwards(Fleet& fleet, Settings& settings, base::Executor& home, const base::Clock& clock,
                 base::Timers& timers);
    ~PortForwards();
    PortForwards(const PortForwards&) = delete;
    PortForwards& operator=(const PortForwards&) = delete;

    /// Asked before one begins, on home, with its cluster: whether it may, and for something to be held for as long as
    /// it goes on. It answers on home, once, never before it has returned. For those that begin from then on.
    using Pass = std::shared_ptr<void>;
    using Gate = std::function<base::Cancel(const ForwardWish&, base::UniqueFunction<void(base::Result<Pass>)>)>;
    void setGate(Gate gate);

    /// Its id. Fails with BadInput where nothing can be forwarded to.
    base::Result<std::uint64_t> start(ForwardWish wish);
    /// Closes its port and its connections; it stays in the list.
    void stop(std::uint64_t id);
    void startAgain(std::uint64_t id);
    /// Stops it, and forgets it.
    void remove(std::uint64_t id);
    void setAtStart(std::uint64_t id, AtStart atStart);

    /// In the order in which they were started.
    [[nodiscard]] std::vector<ForwardInfo> list() const;
    /// `listener` runs on home when one of them is otherwise than before; bytes alone are no change.
    [[nodiscard]] base::Cancel onChange(std::function<void()> listener);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace fleet
