// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/change_set.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace change {

/// A set as a file for review, for git, or for another site: YAML of apiVersion quarterdeck/v1, kind ChangeSet, with
/// bodies and before-images as objects. Without its id, as each applying of a file is a set of its own. Before-images
/// of secrets are left out; bodies are what the operator wrote, and stay. Pure; any thread.
[[nodiscard]] std::string toYaml(const ChangeSet& set);

/// Of how many secrets toYaml() writes values. Pure; any thread.
[[nodiscard]] std::size_t secretsIn(const ChangeSet& set);

/// Writes toYaml() beside `file`, or beside what that links to, and puts it in its place; straight into what is no
/// regular file. Where it holds values of secrets only its owner may read it (mode 0600). Blocks on the disk; fails
/// with Io, and then a file of that name is as it was.
[[nodiscard]] base::Result<void> saveChangeSet(const ChangeSet& set, const std::string& file);

/// Reads such a file, made JSON of before (kube::readManifests). Fails with BadInput that names the operation (from 1)
/// and the field. What it does not know is an error, too: half a set is none. The set has no id. Pure; any thread.
[[nodiscard]] base::Result<ChangeSet> changeSetFrom(std::string_view json);

/// Whether a JSON object is a set, by apiVersion and kind. Pure.
[[nodiscard]] bool isChangeSet(std::string_view json);

} // namespace change
