// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/logs/log_store.h"

#include <cstddef>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace logs {

/// Writes lines of a store as text or as JSON lines, those that lie there in pieces as the one line that they are.
/// Holds no more than a piece at a time, and the numbers of the rows that are pieces. One thread; the store may go on
/// being filled.
class LineWriter {
public:
    enum class Form { Text, Json };
    using Out = std::function<void(std::string_view bytes)>;

    /// `out` is called inside write(). The first piece has all blocks of the store looked at, unless `token` is
    /// cancelled.
    LineWriter(const LogStore& store, Form form, Out out, base::CancelToken token = {});

    /// The whole line that the row is of; nothing where another of its pieces had it written, or nothing is left of it.
    void write(Row row);
    /// Lines written, not rows.
    [[nodiscard]] std::size_t written() const { return m_written; }

private:
    void findPieces();
    void writePieces(const std::vector<Row>& rows);

    const LogStore& m_store;
    const Form m_form;
    const Out m_out;
    const base::CancelToken m_token;
    std::size_t m_written = 0;
    bool m_knowsPieces = false;
    std::vector<std::vector<Row>> m_lines; ///< The pieces of each line, in order; none once they were written.
    std::unordered_map<Row, std::size_t> m_lineOf;
};

} // namespace logs
