// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/row_batch.h"
#include "core/kube/row_store.h"

#include <string>
#include <string_view>

namespace fleet {

/// The rows of a store with their layout and the texts they use, as one text that means the same in a later run of the
/// program on the same kind of machine. Not compressed. Pure; takes about 0.1 us a text of a row.
[[nodiscard]] std::string packRows(const kube::RowStore& store);

/// The rows of such a text. Fails with BadResponse on anything packRows() did not write: every length and index is
/// checked, so that a damaged file does no harm. Pure.
[[nodiscard]] base::Result<kube::RowBatch> unpackRows(std::string_view packed);

/// zstd with a checksum. Pure.
[[nodiscard]] std::string compressed(std::string_view plain);
/// Fails with BadResponse on damage, or if more than 2 GiB would come of it.
[[nodiscard]] base::Result<std::string> decompressed(std::string_view packed);

} // namespace fleet
