// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster.h"

#include <array>

namespace fleet {

/// The watches behind the numbers of the Fleet page, behind the choice of namespaces, and behind discovery.
struct Cluster::Base {
    /// Wants to hear only that something changed.
    struct Bell final : FeedSink {
        explicit Bell(
            std::function<void()> onRows, std::function<void()> onState = [] {})
            : rows(std::move(onRows))
            , state(std::move(onState)) {}
        void feedChanged(Feed&, std::uint32_t, const kube::RowDelta&) override { rows(); }
        void feedReset(Feed&) override { rows(); }
        void feedStateChanged(Feed&) override { state(); }
        std::function<void()> rows;
        std::function<void()> state;
    };

    Base(Cluster& cluster, base::Executor& home)
        : podTally([&cluster] { cluster.baseStateChanged(); })
        , nodeTally([&cluster] { cluster.baseStateChanged(); })
        , namespacesBell([&cluster] { cluster.baseStateChanged(); }, [&cluster] { cluster.baseStateChanged(); })
        , crdsBell([&cluster, this] {
            if (crds.isComplete())
                cluster.crdsChanged();
        })
        , pods(cluster, home, "pods", {}, podTally)
        , nodes(cluster, home, "nodes", {}, nodeTally)
        , namespaces(cluster, home, "namespaces", {}, namespacesBell)
        , crds(cluster, home, "customresourcedefinitions.apiextensions.k8s.io", {}, crdsBell) {
        podTally.feedReset(pods);
        nodeTally.feedReset(nodes);
    }

    /// Those whose state tells whether the server is there.
    [[nodiscard]] std::array<const Feed*, 3> feeds() const { return {&pods, &nodes, &namespaces}; }

    PodTally podTally;
    NodeTally nodeTally;
    Bell namespacesBell;
    Bell crdsBell;
    Feed pods;
    Feed nodes;
    Feed namespaces;
    Feed crds;
};

} // namespace fleet
