// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace change {

enum class DiffKind {
    Same,
    Changed, ///< A line in the place of another.
    Removed, ///< Left only.
    Added,   ///< Right only.
};

/// One row of two texts side by side.
struct DiffRow {
    DiffKind kind = DiffKind::Same;
    std::size_t left = 0; ///< Line number from 1; 0: none on this side.
    std::size_t right = 0;
    std::string leftText;
    std::string rightText;

    bool operator==(const DiffRow&) const = default;
};

/// Two texts line by line, with as few changed lines as can be found in reasonable time: texts that have little in
/// common are not searched to the end (10,000 lines that all differ take some milliseconds). Pure; any thread.
[[nodiscard]] std::vector<DiffRow> sideBySide(std::string_view before, std::string_view after);

/// The same as `diff -u` prints it, three lines around; empty where the texts are equal. Pure; any thread.
[[nodiscard]] std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view beforeName,
                                      std::string_view afterName);

/// How an object is shown in a diff: YAML without managed fields and without what the server counts by itself
/// (resourceVersion, generation), values of secrets hidden (redact.h). Empty for an empty text. Pure; any thread.
[[nodiscard]] std::string diffText(std::string_view json, std::string_view kind);

} // namespace change
