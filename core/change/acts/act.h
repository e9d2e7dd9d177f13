// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/change_set.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// Reading operations and objects for people. Pure functions.

/// What an operation comes down to.
enum class ActKind {
    Create,
    Apply,
    Patch,
    Replace,
    Scale,
    Restart,
    Pause,
    Resume,
    Label,
    Annotate,
    Cordon,
    Uncordon,
    Evict,
    Delete,
};

struct Act {
    ActKind kind = ActKind::Patch;
    std::size_t fields = 0;    ///< How many fields are written: labels, annotations, leaves of an apply or a patch.
    std::int64_t replicas = 0; ///< Of Scale.

    bool operator==(const Act&) const = default;
};

[[nodiscard]] Act actOf(const Operation& operation);

/// Why it can never be taken back, once done: what is evicted does not come back, and what is sent to a subresource
/// other than scale leaves no object to go back to. Empty: it can be, as long as nobody changes the object.
[[nodiscard]] std::string whyIrreversible(const Operation& operation);
[[nodiscard]] inline bool canBeUndone(const Operation& operation) {
    return whyIrreversible(operation).empty();
}

/// What goes with a deleted object, and does not come back with it where the deletion is undone.
enum class Loss {
    Nothing,
    Contents,  ///< Of a Namespace: every object in it.
    Instances, ///< Of a CustomResourceDefinition: every object of its kind.
    Data,      ///< Of a claim or a volume: what it holds, where its storage is reclaimed.
};
[[nodiscard]] Loss lossOf(const Operation& operation);

/// What keeps a deleted object there until it has done its work.
enum class Holds {
    Dependents,       ///< foregroundDeletion: the garbage collector deletes what it owns first.
    OrphanDependents, ///< orphan: the garbage collector lets go of what it owns first.
    PodsUsingClaim,   ///< A PersistentVolumeClaim stays as long as pods use it.
    ClaimBound,       ///< A PersistentVolume stays as long as it is bound.
    Contents,         ///< A Namespace goes once everything in it is gone.
    LoadBalancer,     ///< The cloud's load balancer is given back first.
    Controller,       ///< Some controller; its name tells which.
};

struct Finalizer {
    std::string name;
    Holds holds = Holds::Controller;

    bool operator==(const Finalizer&) const = default;
};

/// What would hold an object (JSON) that is deleted; also a namespace's own finalizers.
[[nodiscard]] std::vector<Finalizer> finalizersOf(std::string_view json);
/// Empty where there is none.
[[nodiscard]] std::string resourceVersionOf(std::string_view json);

} // namespace change
