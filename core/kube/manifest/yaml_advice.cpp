// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_advice.h"

#include <algorithm>
#include <array>

namespace kube::manifest {

namespace {

struct Advice {
    std::string_view problem;
    std::string_view advice;
};

constexpr std::string_view kNoUtf8 = "save the file as UTF-8";

constexpr auto kAdvice = std::to_array<Advice>({
    {"mapping values are not allowed in this context",
     "put a text that holds ': ' in quotes, or mend the indentation of this line"},
    {"did not find expected key", "mend the indentation of this line, or put the text above it in quotes"},
    {"could not find expected ':'", "write \"key: value\", or indent the line if it belongs to the text above it"},
    {"did not find expected '-' indicator", "let all items of a list start in the same column"},
    {"block sequence entries are not allowed in this context", "start the list on a line of its own"},
    {"mapping keys are not allowed in this context", "put a text that starts with '? ' in quotes"},
    {"did not find expected ',' or '}'", "separate the fields with ',', close the mapping with '}'"},
    {"did not find expected ',' or ']'", "separate the items with ',', close the list with ']'"},
    {"did not find expected node content", "write a value here, or put a text with special characters in quotes"},
    {"did not find expected <document start>", "put '---' above it, and remove what starts with '%'"},
    {"found unexpected end of stream", "close the quote"},
    {"found unexpected document indicator", "close the quote before '---' or '...'"},
    {"found unknown escape character", "write a backslash as \\\\ or put the text in single quotes"},
    {"did not find expected hexdecimal number", "write a backslash as \\\\ or put the text in single quotes"},
    {"found invalid Unicode character escape code", "write the character itself"},
    {"did not find expected alphabetic or numeric character", "put a text that starts with '*' or '&' in quotes"},
    {"did not find expected tag URI", "put a text that starts with '!' in quotes"},
    {"found undefined tag handle", "put a text that starts with '!' in quotes"},
    {"did not find expected whitespace or line break", "put a text that starts with '!' in quotes"},
    {"did not find expected comment or line break", "put a text that starts with '|' or '>' in quotes"},
    {"found a tab character that violates indentation", "indent with blanks, not with tabs"},
    {"found a tab character where an indentation space is expected", "indent with blanks, not with tabs"},
    {"found unexpected ':'", "put a blank behind the ':', or the text in quotes"},
    {"invalid leading UTF-8 octet", kNoUtf8},
    {"invalid trailing UTF-8 octet", kNoUtf8},
    {"incomplete UTF-8 octet sequence", kNoUtf8},
    {"invalid length of a UTF-8 sequence", kNoUtf8},
    {"invalid Unicode character", kNoUtf8},
    {"control characters are not allowed",
     "remove the character, or write its escape in double quotes; a file of UTF-16 needs a byte order mark"},
});

} // namespace

std::string_view yamlAdvice(std::string_view problem, std::string_view culprit) {
    if (problem == "found character that cannot start any token")
        return culprit.starts_with('\t') ? "indent with blanks, not with tabs"
                                         : "put a text that starts with this character in quotes";
    if (problem == "found unknown escape character" && culprit.starts_with("\\'"))
        return "a ' needs no backslash within double quotes";
    const auto* known =
        std::find_if(kAdvice.begin(), kAdvice.end(), [&](const Advice& a) { return a.problem == problem; });
    return known != kAdvice.end() ? known->advice : "mend the line, or put its text in quotes";
}

} // namespace kube::manifest
