// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_line.h"

#include <string>
#include <string_view>
#include <vector>

namespace logs {

[[nodiscard]] bool hasEscapes(std::string_view text);

/// Appends the text to `plain` without the escape sequences of terminals; what they say of colour and style goes to
/// `runs` (in bytes from where `plain` ended before), whatever else they ask for (titles, cursor, clipboard, answers)
/// is dropped. Any bytes; a sequence that is not finished is dropped, too. Other control characters stay. Pure.
void appendPlain(std::string_view text, std::string& plain, std::vector<ColourRun>& runs);

} // namespace logs
