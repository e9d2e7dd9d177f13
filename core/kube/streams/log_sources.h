// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/streams/pod_order.h"

#include <string>
#include <string_view>
#include <vector>

// Which logs are meant by a pod or by the owner of pods, by kubectl's rules
// (k8s.io/kubectl/pkg/polymorphichelpers). Pure; objects are JSON as the server gives them.
namespace kube {

/// One container's log.
struct LogSource {
    std::string ns;
    std::string pod;
    std::string container;

    bool operator==(const LogSource&) const = default;
};

struct LogSources {
    std::vector<LogSource> sources;
    std::vector<std::string> notes; ///< What the reader is told of a choice that was made.
};

enum class ContainerChoice { One, All };

/// `container`: the one asked for. Without it the pod's annotation kubectl.kubernetes.io/default-container decides, or
/// the first. All: init containers first, ephemeral ones last.
[[nodiscard]] base::Result<LogSources> logSourcesOf(std::string_view pod, const std::string& container,
                                                    ContainerChoice choice);

/// The label selector of the pods of a workload or a service. Unsupported for kinds that have none.
[[nodiscard]] base::Result<std::string> podSelectorOf(std::string_view owner);

} // namespace kube
