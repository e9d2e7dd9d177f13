// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/change_set.h"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>

namespace change {

/// Operations that wait, in order for each cluster, and how many of each are under way: a slow cluster holds up its own
/// alone. Confined to one thread.
class ClusterQueue {
public:
    /// Half of what one server is asked at a time, so that what is on the screen still gets through.
    static constexpr std::size_t kAtOnce = 32;

    void add(const ClusterRef& cluster, std::size_t operation) { m_lanes[key(cluster)].waiting.push_back(operation); }

    /// The next operation of a cluster of which fewer than `atOnce` are under way; who takes it must leave() once. Many
    /// that rest count as some that are under way.
    [[nodiscard]] std::optional<std::size_t> next(std::size_t atOnce = kAtOnce) {
        for (auto& [name, lane] : m_lanes) {
            if (lane.waiting.empty() || lane.underWay + lane.resting / kRestingForOne >= atOnce)
                continue;
            const std::size_t operation = lane.waiting.front();
            lane.waiting.pop_front();
            ++lane.underWay;
            return operation;
        }
        return std::nullopt;
    }

    void leave(const ClusterRef& cluster) { --m_lanes[key(cluster)].underWay; }
    /// An operation that only looks now and then makes room for the next; who calls it must leaveResting() once.
    void rest(const ClusterRef& cluster) {
        --m_lanes[key(cluster)].underWay;
        ++m_lanes[key(cluster)].resting;
    }
    void leaveResting(const ClusterRef& cluster) { --m_lanes[key(cluster)].resting; }

    [[nodiscard]] bool isIdle() const {
        for (const auto& [name, lane] : m_lanes) {
            if (!lane.waiting.empty() || lane.underWay > 0 || lane.resting > 0)
                return false;
        }
        return true;
    }

private:
    struct Lane {
        std::deque<std::size_t> waiting;
        std::size_t underWay = 0;
        std::size_t resting = 0;
    };
    static constexpr std::size_t kRestingForOne = 16;

    static std::string key(const ClusterRef& cluster) {
        return cluster.uid.empty() ? "context " + cluster.context : cluster.uid;
    }

    std::map<std::string, Lane> m_lanes;
};

} // namespace change
