// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/fleet/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fleet {

/// How a cluster is, in the order of what happens to it.
enum class Health : std::uint8_t {
    NotConnected, ///< Nobody asked for it.
    Connecting,   ///< Asked, no answer yet.
    Live,         ///< Answers, and nothing is wrong.
    Degraded,     ///< Answers, but something needs attention: a node not ready, part of the API down.
    SignIn,       ///< Reachable, but our credentials are missing, expired or refused.
    Away,         ///< Was or should be there and does not answer; last known state is shown.
    Invalid,      ///< Its kubeconfig entry cannot be used.
};

/// One way into a cluster: a context of a kubeconfig.
struct WayIn {
    std::string context;
    std::string user;
    std::string ns;           ///< The context's namespace, "default" where it names none.
    std::string file;         ///< Where it is defined.
    bool needsPlugin = false; ///< Signing in runs a program.
    std::vector<base::Error> problems;
};

/// What is known of one cluster, as a value for display. Counts are -1 where unknown.
struct ClusterInfo {
    ClusterId id;
    std::string name; ///< The context's name (of the way in that is used).
    std::string server;
    std::vector<WayIn> waysIn;
    std::size_t wayIn = 0; ///< The one used.
    int hue = 0;           ///< 0..7, stable by name, settable.
    bool isProtected = false;
    bool isReadOnly = false; ///< By the operator's settings: nothing is written to it.
    bool insecure = false;   ///< TLS is not verified because the kubeconfig says so.
    bool reconnectAtStart = false;
    std::vector<std::string> groups;          ///< From settings.
    std::vector<std::string> typedNamespaces; ///< From settings: tried where RBAC forbids to see all.
    /// False once the server refused to list namespaces: those of contexts and typed ones are all that can be known.
    bool listsNamespaces = true;

    Health health = Health::NotConnected;
    std::string why;           ///< One English sentence for logs and qdctl; error has the code for a translated one.
    std::string signInProgram; ///< Not empty: it is being waited for.
    std::optional<base::Error> error;
    std::int64_t sinceMs = 0; ///< When health became what it is.
    std::int64_t asOfMs = 0;  ///< The counts below are as of then; equal to "now" while live.

    std::string version;  ///< "v1.36.3"
    std::string provider; ///< "AWS", "Bare metal", ... told from the nodes.
    std::string region;
    std::string uid; ///< kube-system's uid, once known.
    /// Not empty: RBAC allows to see pods in these namespaces only, and the pods below are theirs.
    std::vector<std::string> onlyNamespaces;
    int nodes = -1;
    int nodesReady = -1;
    std::vector<std::string> nodeProblems; ///< "hou-w-05 MemoryPressure"
    int pods = -1;
    int podsRunning = -1;
    int podsPending = -1;
    int podsSucceeded = -1;
    int podsFailed = -1;
    int podsBroken = -1; ///< Crash loops, image errors and the like, whatever their phase.
    std::int64_t cpuAllocatableMilli = -1;
    std::int64_t cpuRequestedMilli = -1;
    std::int64_t memoryAllocatable = -1; ///< Bytes.
    std::int64_t memoryRequested = -1;
    std::int64_t credentialExpiryMs = 0; ///< Of the certificate or token we sign in with; 0: none known.
    std::int64_t clockSkewMs = 0;        ///< Server's clock minus ours.
};

} // namespace fleet
