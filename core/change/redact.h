// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace change {

/// An object or a patch of one without what a secret keeps: values of `data` and `stringData` of a Secret, also inside
/// the annotation that kubectl's client-side apply leaves, give way to marks ("hidden 12 bytes, a1b2c3d4") that are
/// equal for equal values while this program runs and tell nothing else. Other kinds come back as they are. `kind` is
/// the object's, as a patch does not say it. Pure; any thread.
[[nodiscard]] std::string redacted(std::string_view json, std::string_view kind);

/// Whether redacted() would take something out.
[[nodiscard]] bool holdsSecrets(std::string_view json, std::string_view kind);

/// Whether a mark of redacted() stands in place of a value.
[[nodiscard]] bool holdsMarks(std::string_view json, std::string_view kind);

} // namespace change
