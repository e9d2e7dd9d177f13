// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kube {

/// Standard base64 with padding.
std::string encodeBase64(std::string_view bytes);
/// Standard base64 with padding; line breaks are skipped, anything else is refused, as Go does.
std::optional<std::string> decodeBase64(std::string_view text);
/// Base64url without padding, as in JSON Web Tokens.
std::optional<std::string> decodeBase64Url(std::string_view text);

} // namespace kube
