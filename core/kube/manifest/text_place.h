// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace kube {

/// A place in a text, as editors count: lines and columns (of characters, not bytes) from 1 on.
struct TextPlace {
    std::string file; ///< As the caller named it; "-" is standard input.
    int line = 0;
    int column = 0;
};

/// "web.yaml:12:3", the form that terminals and editors make a link of.
[[nodiscard]] std::string toString(const TextPlace& place);

} // namespace kube
