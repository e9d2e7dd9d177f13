// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// The field manager under which everything is written.
inline constexpr std::string_view kFieldManager = "quarterdeck";

/// What is done to an object (https://kubernetes.io/docs/reference/using-api/api-concepts).
enum class Verb {
    Create,         ///< body: the object. With a subresource: what is posted to it.
    Apply,          ///< Server-side apply; body: the fields wanted, with apiVersion, kind and name.
    MergePatch,     ///< RFC 7386; body: the patch.
    JsonPatch,      ///< RFC 6902; body: the list of steps.
    StrategicPatch, ///< Built-in kinds only; body: the patch.
    Replace,        ///< body: the whole object, or the whole subresource.
    Scale,          ///< body: {"replicas": N}
    Evict,          ///< A pod, through the eviction API, which honours disruption budgets; no body.
    Delete,         ///< No body.
    // What is done in a pod: in the journal alone (pod_visit.h), in no change set.
    Exec,        ///< A command, or a shell.
    Attach,      ///< To what runs in a container.
    PortForward, ///< Local ports led to it.
    Copy,        ///< Files written into a container.
};

/// Whether it is done in a pod, so that it is noted, but neither planned, read back nor undone.
[[nodiscard]] constexpr bool isInPod(Verb verb) {
    return verb >= Verb::Exec;
}

/// "apply", "merge-patch": in files, in the journal, in what qdctl prints.
[[nodiscard]] std::string_view toString(Verb verb);
[[nodiscard]] std::optional<Verb> verbFrom(std::string_view text);

/// A cluster as a set names it, also on another machine: by its uid (of kube-system) where that is known, else by the
/// context that leads to it.
struct ClusterRef {
    std::string context;
    std::string uid = {};

    bool operator==(const ClusterRef&) const = default;
};

struct ObjectRef {
    std::string apiVersion;
    std::string kind;
    std::string ns; ///< Empty for what belongs to no namespace.
    std::string name;

    bool operator==(const ObjectRef&) const = default;
};

/// Whether fields that another manager owns are taken from it by an apply.
enum class Ownership { Respect, TakeOver };

/// What becomes of an object's dependents when it is deleted.
enum class Propagation { Default, Background, Foreground, Orphan };
[[nodiscard]] std::string_view toString(Propagation propagation); ///< "Background"; empty for Default.
[[nodiscard]] std::optional<Propagation> propagationFrom(std::string_view text);

/// What must have come true after the write for the operation to count as done.
enum class Await {
    Nothing,
    Rollout, ///< A Deployment, StatefulSet or DaemonSet has rolled out, as `kubectl rollout status` decides.
    Gone,    ///< The object is there no more.
};
[[nodiscard]] std::string_view toString(Await await); ///< "rollout"; empty for Nothing.
[[nodiscard]] std::optional<Await> awaitFrom(std::string_view text);

/// One write to one object of one cluster. JSON is kept as text.
struct Operation {
    ClusterRef cluster;
    Verb verb = Verb::Apply;
    ObjectRef object;
    std::string subresource = {};
    std::string body = {};
    Ownership ownership = Ownership::Respect;
    Propagation propagation = Propagation::Default;
    std::optional<std::int64_t> gracePeriodSeconds = {};
    /// The object as it was when the change was thought of; "null": it was not there; empty: not read yet.
    std::string before = {};
    Await await = Await::Nothing;
    std::chrono::seconds awaitDeadline{600};
    /// Indices of earlier operations that must have been done before this one is sent.
    std::vector<std::size_t> after = {};
};

/// What somebody wants to change, in the order in which it is to happen: plain data, kept in a file or sent anywhere.
struct ChangeSet {
    std::string id;          ///< "20260102-150405-042k3x": sorts by time, unique among programs. newSetId() makes one.
    std::string title;       ///< "Scale shop/payments to 5", for people.
    std::string intent = {}; ///< Why, in the operator's own words; see intentLine().
    std::string undoes = {}; ///< The id of the set this one takes back.
    std::vector<Operation> operations = {};
};

[[nodiscard]] std::string newSetId(std::int64_t nowMs);

/// In characters of Unicode.
inline constexpr std::size_t kLongestIntent = 500;
/// An intent as it is applied and kept: one line without blanks around it. What is longer than kLongestIntent ends with
/// an ellipsis there. Pure.
[[nodiscard]] std::string intentLine(std::string_view text);

/// Completes `after`: what lies in a namespace, is of a kind or names an object (referencesOf) that the set itself
/// makes waits for that; operations on one object keep their order. Pure.
void addDependencies(ChangeSet& set);

/// "Deployment shop/payments", "Node hou-w-05".
[[nodiscard]] std::string toString(const ObjectRef& object);

} // namespace change
