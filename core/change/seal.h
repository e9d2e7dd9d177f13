// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_key.h"
#include "core/change/change_set.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// Which of an operation's images.
enum class Image : unsigned char { Body = 1, Before = 2, After = 3 };

/// The place in the journal that a sealed text belongs to, and to no other.
struct SealSeat {
    std::string set;
    std::size_t number = 0; ///< Of the operation in its set.
    ClusterRef cluster;     ///< By its uid; by the context only where there is none.
    ObjectRef object;
    std::string subresource = {};
};

/// AES-256-GCM over `text`, bound to its place: version, the key's id, nonce, text, tag. Another nonce each time. Pure
/// but for that; any thread.
[[nodiscard]] base::Result<std::string> sealed(std::string_view text, const base::SecretKey& key, const SealSeat& seat,
                                               Image image);

/// The text again. Fails with NotFound where none of the keys sealed it, with Unsupported where a newer version did,
/// and with BadInput where the bytes are damaged or come from another place.
[[nodiscard]] base::Result<std::string> unsealed(std::string_view blob, const std::vector<base::SecretKey>& keys,
                                                 const SealSeat& seat, Image image);

/// The id of the key that sealed it; nothing where that cannot be told.
[[nodiscard]] std::optional<std::string> sealingKeyOf(std::string_view blob);

} // namespace change
