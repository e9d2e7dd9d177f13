// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace base {

/// A duration as kubectl prints ages: "119s", "2m1s", "3h5m", "47h", "7d23h", "729d", "3y40d"; "<invalid>" from two
/// seconds in the future on. Rule: HumanDuration of k8s.io/apimachinery/pkg/util/duration. Any thread.
std::string humanDuration(std::int64_t milliseconds);

/// In one unit only: "59s", "59m", "23h", "364d", "3y". Rule: ShortHumanDuration there.
std::string shortHumanDuration(std::int64_t milliseconds);

} // namespace base
