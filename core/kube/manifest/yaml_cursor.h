// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/field_steps.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// What stands at a place of a YAML text that may be half typed.
struct YamlCursor {
    enum class Where {
        Key,     ///< In a key, in what may become one, or where one may be typed.
        Value,   ///< Behind a key's colon.
        Nothing, ///< In a comment, in a text block, between documents.
    };

    Where where = Where::Nothing;
    FieldSteps parent;             ///< The object, or the item of a list, that the key is of.
    FieldSteps field;              ///< The field at the place; the parent where no key is complete there.
    std::string typed;             ///< Of the key or value, what stands before the place.
    std::size_t typedFrom = 0;     ///< The offset where that starts.
    std::vector<std::string> keys; ///< What the object has already, the key at the place left out.
    std::string apiVersion;        ///< Of the document, as far as its first lines' indent tells.
    std::string kind;
    int indent = 0; ///< The column, from 0 on, at which the key stands or would.
};

/// Reads lines and their indents alone, so that it answers where the text is no YAML yet. What is written within
/// brackets counts as a value. Pure; any thread.
[[nodiscard]] YamlCursor yamlCursorAt(std::string_view text, std::size_t offset);

} // namespace kube
