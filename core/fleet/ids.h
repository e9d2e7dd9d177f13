// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace fleet {

/// Names a cluster inside this program run; never reused, and no index: clusters come and go (Fleet::cluster(id)).
struct ClusterId {
    std::uint16_t value = 0xFFFF;
    friend auto operator<=>(const ClusterId&, const ClusterId&) = default;
    [[nodiscard]] bool isNull() const { return value == 0xFFFF; }
};

/// A row of a view: which cluster, and where in what the view holds of it. Stays the same while the object lives and is
/// the same in no other view.
struct RowId {
    ClusterId cluster;
    std::uint32_t handle = 0;
    friend auto operator<=>(const RowId&, const RowId&) = default;
};

} // namespace fleet
