// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/decoder.h"
#include "core/kube/decode/json_path.h"
#include "core/kube/decode/stream_decoder.h"
#include "core/kube/row_layout.h"

#include <cstdint>
#include <vector>

namespace kube::decode {

/// Where a cell of the server's row goes.
struct TableCell {
    enum class Use : std::uint8_t { Skip, Text, Number };
    Use use = Use::Text;
    std::uint16_t field = 0;
};

/// A Time field that is filled from the whole object.
struct TableDate {
    std::uint16_t field = 0;
    JsonPath path;
};

/// How rows of a server's Table become ours.
struct TableShape {
    RowLayoutPtr layout;
    std::vector<TableCell> cells; ///< One for each of the server's columns.
    std::vector<TableDate> dates;
};

/// Ages come from creationTimestamp, so that they tick; integers are numbers; dates of custom kinds with a known path
/// get a true time beside the text; everything else is the server's text.
TableShape makeTableShape(const Kind& kind, const ServerColumns& columns, const std::vector<DatePath>& datePaths);

std::vector<ServerColumn> readColumns(JsonValue& definitions);

/// What kubectl prints of objects that come without a Table.
std::vector<ServerColumn> nameAndAge();

} // namespace kube::decode
