// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/forward_target.h"

#include <algorithm>
#include <array>

namespace kube {

namespace {

Kind kindOf(const char* group, const char* name, const char* plural) {
    Kind kind;
    kind.group = group;
    kind.version = "v1";
    kind.kind = name;
    kind.plural = plural;
    return kind;
}

} // namespace

const Kind* forwardableKind(std::string_view resource) {
    static const std::array kKinds{
        kindOf("", "Pod", "pods"),
        kindOf("", "Service", "services"),
        kindOf("apps", "Deployment", "deployments"),
        kindOf("apps", "StatefulSet", "statefulsets"),
        kindOf("apps", "DaemonSet", "daemonsets"),
        kindOf("apps", "ReplicaSet", "replicasets"),
        kindOf("batch", "Job", "jobs"),
        kindOf("", "ReplicationController", "replicationcontrollers"),
    };
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [resource](const Kind& kind) { return kind.resource() == resource; });
    return found == kKinds.end() ? nullptr : &*found;
}

} // namespace kube
