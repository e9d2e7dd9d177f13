// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/manifest/field_steps.h"

#include <string>
#include <string_view>

namespace kube {

/// Changes in the text of one YAML document that touch the lines of one value alone: comments, order and spelling of
/// all else stay. What the new text means is compared with what was wanted before it is given out, so an edit that the
/// text's form does not allow (the value is an alias of another place, or within a merge) fails with BadInput and a
/// sentence that says why. Pure; any thread.

/// Sets what is at `path` to the value that `json` is. Objects that are missing on the way are made; an index that is
/// the list's length adds an item.
[[nodiscard]] base::Result<std::string> setYamlValue(std::string_view text, const FieldSteps& path,
                                                     std::string_view json);

/// Takes the field or the item of a list away; what held it stays, if need be empty. Nothing there: nothing changes.
[[nodiscard]] base::Result<std::string> removeYamlValue(std::string_view text, const FieldSteps& path);

} // namespace kube
