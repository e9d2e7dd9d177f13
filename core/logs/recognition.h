// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_line.h"

#include <string>
#include <string_view>
#include <vector>

namespace logs {

/// The level that a line (without escape sequences) states: a "level" or "severity" of JSON or logfmt, klog's first
/// letter, or a level's word near the front. Cheap enough for every line that arrives; looks at the front only. Pure.
[[nodiscard]] Level levelOf(std::string_view line);

/// What a logger calls a level ("WARNING", "err", "30" as pino counts); None for anything else.
[[nodiscard]] Level levelNamed(std::string_view word);

struct Field {
    std::string name; ///< "http.status" where objects lie in each other.
    std::string value;

    bool operator==(const Field&) const = default;
};

/// A line taken apart. For what is shown or asked for, not for every line that comes.
struct Recognized {
    enum class Form { Plain, Json, Logfmt, Klog };
    Form form = Form::Plain;
    std::vector<Field> fields; ///< In the line's order.
    std::string message;       ///< The part for people; empty where there is none of its own.
};

/// Any bytes; what is not whole JSON is no JSON. Pure.
[[nodiscard]] Recognized recognize(std::string_view line);

/// The value of a field by its name, case ignored, or by what stands behind its last dot; null if there is none.
[[nodiscard]] const std::string* findField(const Recognized& line, std::string_view name);

} // namespace logs
