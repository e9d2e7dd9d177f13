// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace simdjson::dom {
class element; // NOLINT(readability-identifier-naming): the library's name
}

namespace kube::decode {

/// The part of JSONPath that columns of custom kinds are written in: fields (".a.b", "['a.b']", ".a\.b"), indices
/// ("[0]",
/// "[-1]"), wildcards ("[*]") and filters ("[?(@.type==\"Ready\")]", == and !=, or the mere presence of a field).
class JsonPath {
public:
    /// Nothing for what is beyond that part.
    static std::optional<JsonPath> parse(std::string_view text);

    /// The first text the path leads to, nothing where it leads nowhere or to something else. Valid as long as the
    /// document.
    [[nodiscard]] std::optional<std::string_view> firstText(const simdjson::dom::element& root) const;

private:
    struct Step {
        enum class Kind { Field, Index, All, Equals, Differs, Has };
        Kind kind = Kind::Field;
        std::string name;              ///< Field.
        int index = 0;                 ///< Index.
        std::vector<std::string> path; ///< Of the filter.
        std::string value;             ///< That the filter compares with.
    };

    static bool parseBracket(std::string_view inside, Step& step);
    static bool parseFilter(std::string_view condition, Step& step);
    [[nodiscard]] std::optional<std::string_view> follow(const simdjson::dom::element& at, std::size_t step) const;
    static bool holds(const simdjson::dom::element& item, const Step& filter);

    std::vector<Step> m_steps;
};

} // namespace kube::decode
