// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// A label or annotation set, or taken away where there is no value.
struct KeyChange {
    std::string key;
    std::optional<std::string> value;

    bool operator==(const KeyChange&) const = default;
};

/// Which rules hold for values: those of labels are short words.
enum class KeysOf { Labels, Annotations };

/// "tier=web" and "tier-", as kubectl takes them. Fails with BadInput and a sentence that names the part which no
/// server would take (https://kubernetes.io/docs/concepts/overview/working-with-objects/labels), or which says two
/// things of one key. Pure.
[[nodiscard]] base::Result<std::vector<KeyChange>> parseKeyChanges(const std::vector<std::string>& words, KeysOf of);

} // namespace change
