// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// Text of a program made fit for a message: no escape sequences, no control characters but line breaks and tabs, valid
/// UTF-8 (what is not becomes '?').
std::string plainText(std::string_view raw);

/// Hides what looks like a token, and every one of `secrets` that is at least six characters long.
std::string withoutSecrets(std::string text, const std::vector<std::string>& secrets);

} // namespace kube
