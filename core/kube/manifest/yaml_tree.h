// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/tree.h"

#include <optional>
#include <string_view>

namespace kube::manifest {

struct YamlDocument {
    Tree tree;
    std::optional<Position> unread; ///< Where something follows the document that Go's reader does not look at.
};

/// The first document of `text`, whose first line is line `firstLine` of its file. Fails where libyaml does, and where
/// libyaml reads what Go's port of it refuses.
[[nodiscard]] Read<YamlDocument> readYamlTree(std::string_view text, int firstLine);

} // namespace kube::manifest
