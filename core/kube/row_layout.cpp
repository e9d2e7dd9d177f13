// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/row_layout.h"

#include "core/kube/row.h"

#include <atomic>

namespace kube {

namespace {

std::uint64_t nextSerial() {
    static std::atomic<std::uint64_t> s_last = 0;
    return ++s_last;
}

} // namespace

RowLayout::RowLayout(std::string resource, std::vector<Field> fields, std::vector<Column> columns)
    : m_resource(std::move(resource))
    , m_fields(std::move(fields))
    , m_columns(std::move(columns))
    , m_offsets(m_fields.size())
    , m_serial(nextSerial()) {
    static_assert(sizeof(RowHead) % 8 == 0);
    // Eight-byte fields first, then the four-byte ones: no holes.
    std::uint32_t at = sizeof(RowHead);
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i].type != FieldType::Text) {
            m_offsets[i] = at;
            at += 8;
        }
    }
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i].type == FieldType::Text) {
            m_offsets[i] = at;
            at += 4;
        }
    }
    m_stride = (at + 7) / 8 * 8;
}

int RowLayout::fieldIndex(std::string_view id) const {
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i].id == id)
            return static_cast<int>(i);
    }
    return -1;
}

int RowLayout::columnIndex(std::string_view id) const {
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i].id == id)
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace kube
