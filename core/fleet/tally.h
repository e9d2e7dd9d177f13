// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/feed.h"
#include "core/fleet/place.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fleet {

/// What the pods of a cluster add up to. Requests are those of pods that are on a node and have not ended, as in
/// "Allocated resources" of kubectl describe node.
struct PodSums {
    int pods = 0;
    int running = 0;
    int pending = 0;
    int succeeded = 0;
    int failed = 0;
    int broken = 0;
    std::int64_t cpuMilli = 0;
    std::int64_t memory = 0;
    friend bool operator==(const PodSums&, const PodSums&) = default;
};

/// Keeps PodSums up to date from the deltas of a feed of pods: what each row added is remembered and taken back when it
/// changes. Confined to the home executor.
class PodTally final : public FeedSink {
public:
    explicit PodTally(std::function<void()> changed)
        : m_changed(std::move(changed)) {}

    [[nodiscard]] const PodSums& sums() const { return m_sums; }

    void feedChanged(Feed& feed, std::uint32_t slot, const kube::RowDelta& delta) override;
    void feedReset(Feed& feed) override;
    void feedStateChanged(Feed&) override { m_changed(); }

private:
    enum class Phase : std::uint8_t { None, Running, Pending, Succeeded, Failed, Other };
    struct Share {
        std::int64_t memory = 0;
        std::int32_t cpuMilli = 0;
        Phase phase = Phase::None;
        bool broken = false;
    };
    static Share shareOf(const kube::RowRef& row);
    void add(const Share& share, int sign);
    void put(std::uint32_t slot, kube::RowHandle handle, const Share& share);

    std::function<void()> m_changed;
    std::vector<std::vector<Share>> m_shares; // By slot, by handle.
    PodSums m_sums;
};

/// What the nodes of a cluster add up to.
struct NodeSums {
    int nodes = 0;
    int ready = 0;
    std::int64_t cpuMilli = 0;
    std::int64_t memory = 0;
};

/// Keeps NodeSums, and what is wrong with which node, up to date from the deltas of a feed of nodes.
class NodeTally final : public FeedSink {
public:
    explicit NodeTally(std::function<void()> changed)
        : m_changed(std::move(changed)) {}

    [[nodiscard]] const NodeSums& sums() const { return m_sums; }
    /// "hou-w-05 MemoryPressure", by name.
    [[nodiscard]] std::vector<std::string> problems() const;
    /// What most nodes say.
    [[nodiscard]] NodePlace place() const;

    void feedChanged(Feed& feed, std::uint32_t slot, const kube::RowDelta& delta) override;
    void feedReset(Feed& feed) override;
    void feedStateChanged(Feed&) override { m_changed(); }

private:
    struct Share {
        bool known = false;
        bool ready = false;
        std::int64_t cpuMilli = 0;
        std::int64_t memory = 0;
        std::string problem; ///< With the name in front.
        NodePlace place;
    };
    static Share shareOf(const kube::RowRef& row);
    void put(kube::RowHandle handle, Share share);
    void add(const Share& share, int sign);

    std::function<void()> m_changed;
    std::vector<Share> m_shares; // By handle; nodes have one slot.
    std::map<NodePlace, int> m_places;
    std::map<std::string, int> m_problems;
    NodeSums m_sums;
};

} // namespace fleet
