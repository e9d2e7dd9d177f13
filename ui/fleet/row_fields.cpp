// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/row_fields.h"

namespace ui {

std::string_view textField(const kube::RowRef& row, std::string_view id) {
    const int field = row.layout().fieldIndex(id);
    if (field < 0 || row.layout().fields()[static_cast<std::size_t>(field)].type != kube::FieldType::Text)
        return {};
    return row.text(static_cast<std::uint16_t>(field));
}

std::optional<std::int64_t> numberField(const kube::RowRef& row, std::string_view id) {
    const int field = row.layout().fieldIndex(id);
    if (field < 0 || row.layout().fields()[static_cast<std::size_t>(field)].type != kube::FieldType::Number)
        return std::nullopt;
    const std::int64_t number = row.number(static_cast<std::uint16_t>(field));
    return number == kube::kNoNumber ? std::nullopt : std::optional(number);
}

} // namespace ui
