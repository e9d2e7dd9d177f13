// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What is meant by the ports of a port-forward, by kubectl's rules (k8s.io/kubectl/pkg/cmd/portforward) and in its
// words. Pure.
namespace kube {

/// One port as it was asked for.
struct ForwardPort {
    std::optional<std::uint16_t> local; ///< 0: the kernel chooses; nothing: the same as the remote one.
    std::string remote;                 ///< A number, or the name of a port of the service or the pod.

    bool operator==(const ForwardPort&) const = default;
};

/// "8080:80", ":80", "80", "8080:https". Fails with BadInput.
[[nodiscard]] base::Result<ForwardPort> parseForwardPort(std::string_view text);
[[nodiscard]] std::string toString(const ForwardPort& port);

/// One port as it is in a pod.
struct PodPort {
    std::uint16_t local = 0; ///< 0: the kernel chooses.
    std::uint16_t remote = 0;

    bool operator==(const PodPort&) const = default;
};

/// What `port` of the object `target` (a Service, a Pod or an owner of pods) is in `pod`.
[[nodiscard]] base::Result<PodPort> podPortOf(const ForwardPort& port, const nlohmann::json& target,
                                              const nlohmann::json& pod);

/// A port that an object says it has, to choose from.
struct DeclaredPort {
    std::uint16_t number = 0;
    std::string name;

    bool operator==(const DeclaredPort&) const = default;
};

/// The TCP ports of a Service, of a Pod's containers or of an owner's pod template. JSON as the server gives it.
[[nodiscard]] std::vector<DeclaredPort> declaredPorts(std::string_view object);

/// The addresses that `--address` means: "localhost" is 127.0.0.1 and ::1, of which one is enough.
struct ListenAddress {
    std::string host;
    bool isOptional = false; ///< It is enough that another one of these can be listened on.
};
[[nodiscard]] base::Result<std::vector<ListenAddress>> listenAddresses(const std::vector<std::string>& told);

} // namespace kube
