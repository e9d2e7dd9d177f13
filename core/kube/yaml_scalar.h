// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace kube::yaml {

/// In which styles a text can be written in block context.
struct ScalarShape {
    bool plain = true;
    bool singleQuoted = true;
    bool block = true;
    bool multiline = false;
};

/// libyaml's analysis of a scalar for block context, as Go's writer carries it. Pure.
ScalarShape analyze(std::string_view text);
/// Whether Go's YAML reader takes the plain text for a time.
bool isTime(std::string_view text);
/// Whether a YAML 1.1 reader takes the plain text for something else than a string: a number, a date, a truth value.
bool readsAsOther(std::string_view text);

/// Of the character that starts at `at`: whether Go's writer leaves it as it is, and whether it breaks a line (U+0085,
/// U+2028 and U+2029 do, too).
bool isPrintable(std::string_view text, std::size_t at);
bool isBreak(std::string_view text, std::size_t at);
/// Bytes of the UTF-8 character that this one starts.
std::size_t characterLength(char c);

} // namespace kube::yaml
