// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/timer.h"
#include "core/fleet/cluster_info.h"
#include "core/fleet/ids.h"
#include "core/fleet/view.h"
#include "core/kube/auth/credential_store.h"
#include "core/kube/discovery.h"
#include "core/kube/transport.h"
#include "core/net/engine.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace kube::openapi {
class SchemaStore;
} // namespace kube::openapi

namespace fleet {

class Permissions;
class PortForwards;
class Settings;

/// Whether a program's connections are those that the next start of the window opens again.
enum class RememberOpen { Yes, No };

/// What a fleet stands on; all of it must outlive the fleet.
struct FleetEnvironment {
    net::Engine* engine = nullptr;
    base::Executor* home = nullptr; ///< The one thread on which everything of fleet is called and calls back.
    base::Executor* decodePool = nullptr;
    const base::Clock* clock = nullptr;
    base::Timers* timers = nullptr;       ///< Null: the fleet has its own.
    Settings* settings = nullptr;         ///< Null: nothing is remembered.
    std::string stateFolder;              ///< Where last known state is kept; empty: nowhere.
    std::vector<std::string> kubeconfigs; ///< Empty: as kubectl finds them.
    RememberOpen rememberOpen = RememberOpen::Yes;
    kube::CredentialOptions credentials; ///< How programs that sign in are run.
    /// What answers for a context, for tests, bundles and states shown by hand; null (the function or its result): the
    /// live server. Called when a cluster is connected.
    std::function<std::shared_ptr<kube::Transport>(const std::string& context)> makeTransport;
};

/// Which clusters changed since the last notice, and whether some came or went.
struct FleetNotice {
    std::vector<ClusterId> changed;
    bool listChanged = false;
};

/// A full object, or a list of them, as the server gives it, for details and YAML.
struct FullObject {
    std::string json;
    std::int64_t asOfMs = 0; ///< When it was read.
};

/// All clusters of all kubeconfigs, in the order in which their contexts stand there, and what is known of them.
/// Contacts nothing and runs no plugin until asked, but for reopen(). Confined to the home executor; the destructor
/// cancels everything and calls nobody.
class Fleet {
public:
    explicit Fleet(FleetEnvironment environment);
    ~Fleet();
    Fleet(const Fleet&) = delete;
    Fleet& operator=(const Fleet&) = delete;

    /// The vector may be another after the next call of any function here.
    [[nodiscard]] const std::vector<ClusterInfo>& clusters() const;
    /// One that is gone is Invalid and says so; one that turned out to be another is that other.
    [[nodiscard]] const ClusterInfo& cluster(ClusterId id) const;
    /// The cluster that a context leads to; null id if there is none of that name.
    [[nodiscard]] ClusterId byContext(const std::string& context) const;
    /// kubeconfig files that could not be read and the like.
    [[nodiscard]] const std::vector<base::Error>& problems() const;
    [[nodiscard]] std::string currentContext() const;

    void connect(ClusterId id);
    void connect(ClusterId id, const std::string& context);
    void disconnect(ClusterId id);
    /// Asks again now, instead of at the next back-off.
    void retry(ClusterId id);
    /// Connects what was connected when the last run ended, where signing in needs no program or the operator allowed
    /// it.
    void reopen();
    void setProtected(ClusterId id, bool on);
    void setReadOnly(ClusterId id, bool on);
    void setHue(ClusterId id, int hue);
    void setGroups(ClusterId id, std::vector<std::string> groups);
    void setReconnectAtStart(ClusterId id, bool on);
    /// Namespaces the operator typed, tried where RBAC forbids to list all.
    void setTypedNamespaces(ClusterId id, std::vector<std::string> namespaces);

    /// Kinds of one cluster; null until discovery has answered.
    [[nodiscard]] kube::KindCatalogPtr kinds(ClusterId id) const;
    [[nodiscard]] std::shared_ptr<kube::Transport> transport(ClusterId id) const;
    /// Namespaces known in the clusters given (all connected if empty), sorted.
    [[nodiscard]] std::vector<std::string> namespaces(const std::vector<ClusterId>& clusters) const;

    /// Views should go before the fleet; one that does not is empty from then on.
    [[nodiscard]] std::unique_ptr<View> openView(ViewSpec spec);
    /// One object whole; `handler` runs once on home.
    [[nodiscard]] base::Cancel fetch(ClusterId id, const kube::Kind& kind, const std::string& ns,
                                     const std::string& name, net::Handler<base::Result<FullObject>> handler);
    /// The answer to one read of the API, JSON; `handler` runs once on home.
    [[nodiscard]] base::Cancel fetch(ClusterId id, kube::ApiRequest request,
                                     net::Handler<base::Result<FullObject>> handler);

    /// What we may do on the clusters; goes with the fleet.
    [[nodiscard]] Permissions& permissions() const;
    /// What kinds look like on the clusters; goes with the fleet.
    [[nodiscard]] kube::openapi::SchemaStore& schemas() const;

    /// Local ports that lead to pods; goes with the fleet. Those remembered are taken up by the first call.
    [[nodiscard]] PortForwards& forwards();

    /// Counters for the foot of the window.
    struct Traffic {
        std::size_t objects = 0;
        std::uint64_t events = 0; ///< Since the start.
        std::int64_t lastChangeMs = 0;
    };
    [[nodiscard]] Traffic traffic() const;

    /// At most four notices a second, on home, never inside a call of this class. The returned Cancel ends them.
    [[nodiscard]] base::Cancel onNotice(std::function<void(const FleetNotice&)> listener);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace fleet
