// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// The DER bytes of each CERTIFICATE block. Fails if there is none or one cannot be parsed; the message has no
/// location.
base::Result<std::vector<std::string>> certificatesOf(std::string_view pem);

/// Success if `keyPem` holds an unencrypted private key that belongs to the first certificate of `certPem`.
base::Result<void> checkKeyPair(std::string_view certPem, std::string_view keyPem);

/// When the first certificate ends, milliseconds since 1970; nothing if it cannot be parsed.
std::optional<std::int64_t> certificateEnd(std::string_view pem);

/// Hexadecimal SHA-256.
std::string sha256(std::string_view bytes);

} // namespace kube
