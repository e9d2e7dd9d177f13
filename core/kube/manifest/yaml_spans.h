// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kube::manifest {

/// Where in a text a value stands. Offsets count bytes.
struct Span {
    enum class Type { Scalar, Sequence, Mapping, Alias };

    Type type = Type::Scalar;
    bool isFlow = false;  ///< Within brackets, or brackets itself.
    bool isEmpty = false; ///< A scalar of which nothing is written.
    bool isNull = false;  ///< A scalar that says null, or nothing.
    std::size_t start = 0;
    std::size_t end = 0; ///< Behind the last letter of it and of all that is in it, comments and blank lines left out.
    std::string text;    ///< Of a scalar.
    std::vector<Span*> children; ///< Of a mapping: key, value, key, value.
};

/// The one document of a text, as it is spelt.
struct SpanDocument {
    std::deque<Span> spans;
    Span* root = nullptr; ///< None where nothing is written.
    std::vector<std::size_t> dashes;
    std::vector<std::size_t> colons;

    /// The dash of an item of a block sequence.
    [[nodiscard]] std::optional<std::size_t> dashOf(const Span& item) const;
    /// The colon behind a key, if there is one before `limit`.
    [[nodiscard]] std::optional<std::size_t> colonOf(const Span& key, std::size_t limit) const;
};

/// Fails with BadInput where the text is no YAML, or more than one document. Pure.
[[nodiscard]] base::Result<SpanDocument> readSpans(std::string_view text);

} // namespace kube::manifest
