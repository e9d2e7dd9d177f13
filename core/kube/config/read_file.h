// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string>

namespace kube {

/// The whole of a small regular file or pipe, on the calling thread. NotFound where it does not exist, Io otherwise; a
/// file larger than `limit` is refused. The message names the path.
base::Result<std::string> readFile(const std::string& path, std::size_t limit = std::size_t(64) << 20);

} // namespace kube
