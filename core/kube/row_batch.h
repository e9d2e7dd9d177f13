// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row.h"
#include "core/kube/row_layout.h"
#include "core/kube/string_pool.h"
#include "core/kube/uid_index.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace kube {

/// Decoded changes of one kind on one server: a self-contained value that travels between threads and to disk. Holds at
/// most one entry for a uid: the newest.
class RowBatch {
public:
    explicit RowBatch(RowLayoutPtr layout);

    [[nodiscard]] const RowLayoutPtr& layout() const { return m_layout; }
    [[nodiscard]] std::size_t size() const { return m_rows.size() / m_layout->stride(); }
    [[nodiscard]] RowRef row(std::size_t index) const;
    [[nodiscard]] const std::vector<Uid>& removed() const { return m_removed; }
    [[nodiscard]] bool isEmpty() const { return m_rows.empty() && m_removed.empty(); }
    [[nodiscard]] const StringPool& strings() const { return m_strings; }

    /// Writing, for decoders: beginRow() appends a zeroed row (Numbers kNoNumber) and makes it current; endRow() ends
    /// it, replacing an earlier row of the same uid; dropRow() takes the current one back.
    void beginRow();
    RowHead& head();
    std::uint32_t intern(std::string_view text) { return m_strings.intern(text); }
    void setText(std::uint16_t field, std::string_view text);
    void setNumber(std::uint16_t field, std::int64_t number);
    void setTime(std::uint16_t field, std::int64_t ms);
    void endRow();
    void dropRow();
    void remove(const Uid& uid);

private:
    RowLayoutPtr m_layout;
    StringPool m_strings;
    std::vector<std::byte> m_rows;
    std::vector<Uid> m_removed;
    UidIndex m_rowIndex;
    UidIndex m_removedIndex;
    std::size_t m_current = 0; // Offset of the row being written.

    [[nodiscard]] RowHead headAt(std::size_t index) const;
    void takeRowOut(std::uint32_t index);
    void putField(std::uint16_t field, const void* value, std::size_t size);
};

} // namespace kube
