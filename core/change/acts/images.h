// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/acts/acts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

struct ImageChange {
    std::string container; ///< "*": all of them.
    std::string image;
};

/// "web=shop:2" and "*=shop:2", as kubectl set image takes them. Fails with BadInput. Pure.
[[nodiscard]] base::Result<std::vector<ImageChange>> parseImageChanges(const std::vector<std::string>& words);

/// A JSON patch of what has pods, or of a Pod, that tests which container it changes; `live` is the object, JSON.
/// Nothing where all images are so already. Fails with kubectl's sentences where there is no such container, or the
/// kind has none. Kinds that roll out are waited for. Pure.
[[nodiscard]] base::Result<std::optional<Operation>> setImages(const Target& target, std::string_view live,
                                                               const std::vector<ImageChange>& changes);

} // namespace change
