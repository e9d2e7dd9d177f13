// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace qdctl {

/// `text` as a JSON string, quotes included.
[[nodiscard]] std::string jsonText(std::string_view text);

/// The text of a member of a small JSON object, such as the gitVersion of /version, empty if it has none. Members are
/// told by their name alone, escapes are not resolved.
[[nodiscard]] std::string jsonMember(std::string_view json, std::string_view name);

} // namespace qdctl
