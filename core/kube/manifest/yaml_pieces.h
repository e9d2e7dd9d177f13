// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

namespace kube::manifest {

/// Pieces of YAML to put into a text that is there. Pure functions.

/// How a text indents what it says.
struct YamlLayout {
    std::size_t dash = 0; ///< How far a list's dash stands to the right of the list's key.
    std::string lineBreak = "\n";
    /// Text of several lines in quotes, on one line: a comment below would become a part of a block.
    bool quotesLines = false;
};

/// Whether the value takes lines of its own below its key.
[[nodiscard]] bool isBlock(const nlohmann::json& value);
/// Within brackets and on one line.
[[nodiscard]] std::string flowText(const nlohmann::json& value);
/// What stands behind a key or a dash at this column. Only for what is no block.
[[nodiscard]] std::string inlineText(const nlohmann::json& value, std::size_t column, const YamlLayout& layout);
/// A key and its value from this column on, the first line without its indent, the last without its break.
[[nodiscard]] std::string entryText(const std::string& key, const nlohmann::json& value, std::size_t column,
                                    const YamlLayout& layout);
/// An item of a list with its dash at this column, as entryText().
[[nodiscard]] std::string itemText(const nlohmann::json& value, std::size_t column, const YamlLayout& layout);
/// All entries or items of a block at this column, as entryText().
[[nodiscard]] std::string blockText(const nlohmann::json& value, std::size_t column, const YamlLayout& layout);

} // namespace kube::manifest
