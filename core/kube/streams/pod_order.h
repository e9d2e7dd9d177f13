// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

// Which of an owner's pods is meant where one is enough, by kubectl's rules (k8s.io/kubectl/pkg/util/podutils). Pure;
// the result is indices, best first.
namespace kube {

/// To read the logs of: those that run, are ready longest, have restarted most. Pods as JSON texts.
[[nodiscard]] std::vector<std::size_t> loggingOrder(const std::vector<std::string>& pods);

/// To connect to: those that run, are ready, are not being deleted, ready longest, have restarted least. An array.
[[nodiscard]] std::vector<std::size_t> attachingOrder(const nlohmann::json& pods);

} // namespace kube
