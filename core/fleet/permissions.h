// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/fleet/cluster_info.h"
#include "core/fleet/ids.h"
#include "core/kube/access/policy_rule.h"
#include "core/kube/access/rbac_reader.h"
#include "core/kube/access/reviews.h"
#include "core/kube/kind.h"
#include "core/kube/transport.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fleet {

/// Whether we may do something on a cluster, as far as it is known.
struct Permission {
    enum class State : std::uint8_t {
        Unknown, ///< Not asked yet, or the cluster does not answer. Blocks nothing: the server has the last word.
        Allowed,
        Denied,
    };
    State state = State::Unknown;
    ClusterId cluster;
    kube::AccessAttributes asked;
    std::string user;        ///< For whom: the kubeconfig's user of the way in.
    std::string clusterName; ///< Where.
    std::string reason;      ///< The server's words, often none.

    [[nodiscard]] bool isDenied() const { return state == State::Denied; }
    /// Denied: which verb on which resource is missing, for whom and where, in English, for logs and qdctl; empty
    /// otherwise.
    [[nodiscard]] std::string sentence() const;
};

/// What permissions stand on; all of it outlives them. The functions are called on home.
struct PermissionsEnvironment {
    base::Executor& home;
    base::Executor* decodePool; ///< Reads roles, of which there may be thousands; null: home does.
    const base::Clock& clock;
    std::function<std::shared_ptr<kube::Transport>(ClusterId)> transport;
    std::function<const ClusterInfo&(ClusterId)> info;
};

/// What we ourselves may do on each cluster, by the way in that is used. The servers are asked: the rules of a
/// namespace in one request, which allows most; what they do not allow, what lies in no namespace and what such rules
/// cannot say by a question of its own. Answers hold for a minute and for one connection. Confined to the home
/// executor; the destructor cancels everything and calls nobody.
class Permissions {
public:
    using Rules = std::shared_ptr<const kube::RulesReview>;

    explicit Permissions(PermissionsEnvironment environment);
    ~Permissions();
    Permissions(const Permissions&) = delete;
    Permissions& operator=(const Permissions&) = delete;

    /// What is known; asks for what is not, together with everything else that was asked in this turn, and tells
    /// onKnown() then.
    [[nodiscard]] Permission may(ClusterId cluster, const kube::AccessAttributes& asked);
    [[nodiscard]] Permission may(ClusterId cluster, std::string_view verb, const kube::Kind& kind,
                                 std::string_view subresource = {}, std::string_view ns = {},
                                 std::string_view name = {});
    /// All of them at once; `handler` runs once on home, when each is known or cannot be.
    [[nodiscard]] base::Cancel ask(std::vector<std::pair<ClusterId, kube::AccessAttributes>> questions,
                                   base::UniqueFunction<void(std::vector<Permission>)> handler);
    /// Everything we may do in a namespace, or, for an empty one, in every namespace and to what lies in none.
    /// `handler` runs once on home.
    [[nodiscard]] base::Cancel rules(ClusterId cluster, const std::string& ns,
                                     base::UniqueFunction<void(base::Result<Rules>)> handler);

    /// Roles and bindings as far as we may list them, anew each time. `handler` runs once on home.
    [[nodiscard]] base::Cancel roles(ClusterId cluster, kube::RbacScope scope, const std::string& ns,
                                     net::Handler<base::Result<kube::RbacReading>> handler);

    /// After answers came, at most once a turn; never inside a call of this class.
    [[nodiscard]] base::Cancel onKnown(std::function<void(ClusterId)> listener);
    /// What is known may be void: somebody granted something.
    void forget(ClusterId cluster);
    /// To be told whenever a cluster's state may have changed: what is known ends with the connection.
    void clusterChanged(ClusterId cluster);

private:
    enum class Progress : std::uint8_t { Asking, Known, Failed };
    template <typename Answer>
    struct Slot {
        Progress progress = Progress::Asking;
        std::int64_t atMs = 0;
        Answer answer{};
        std::optional<base::Error> error;
        base::Cancel call;
    };
    using RulesSlot = Slot<Rules>;
    using AccessSlot = Slot<kube::AccessReview>;
    struct RulesWaiter;
    struct Batch;
    struct Known;

    Known* knownOf(ClusterId cluster);
    [[nodiscard]] base::Error whyAway(ClusterId cluster) const;
    [[nodiscard]] bool isFresh(Progress progress, std::int64_t atMs) const;
    /// The answer if it is known or cannot be known; nothing while it is being asked, which this begins.
    std::optional<Permission> resolve(ClusterId cluster, const kube::AccessAttributes& asked);
    [[nodiscard]] Permission blank(ClusterId cluster, const kube::AccessAttributes& asked) const;
    RulesSlot& rulesSlot(ClusterId cluster, Known& known, const std::string& ns);
    AccessSlot& accessSlot(ClusterId cluster, Known& known, const kube::AccessAttributes& asked);
    void answered(ClusterId cluster);
    void turn();
    void turnSoon();
    void serveRules();

    PermissionsEnvironment m_environment;
    std::map<ClusterId, std::unique_ptr<Known>> m_known;
    std::vector<std::pair<ClusterId, kube::AccessAttributes>> m_wanted;
    std::vector<std::shared_ptr<Batch>> m_batches;
    std::vector<std::shared_ptr<RulesWaiter>> m_rulesWaiters;
    std::vector<ClusterId> m_answered;
    std::vector<std::pair<base::CancelToken, std::shared_ptr<std::function<void(ClusterId)>>>> m_listeners;
    bool m_turnPosted = false;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
};

} // namespace fleet
