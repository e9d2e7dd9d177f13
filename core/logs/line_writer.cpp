// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/line_writer.h"

#include "core/logs/log_text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace logs {

LineWriter::LineWriter(const LogStore& store, Form form, Out out, base::CancelToken token)
    : m_store(store)
    , m_form(form)
    , m_out(std::move(out))
    , m_token(std::move(token)) {}

void LineWriter::write(Row row) {
    if (!m_lineOf.contains(row)) {
        const std::optional<LogRow> line = m_store.read(row);
        if (!line)
            return;
        if (line->startsLine && line->endsLine) {
            const SourceInfo source = m_store.source(line->source);
            m_out(m_form == Form::Json ? jsonLine(*line, source) : textLine(*line, source));
            ++m_written;
            return;
        }
        if (!m_knowsPieces)
            findPieces();
    }
    const auto known = m_lineOf.find(row);
    if (known == m_lineOf.end())
        writePieces({row});
    else
        writePieces(std::exchange(m_lines[known->second], {}));
}

// Lines of other sources may stand between two pieces, and a source may fall silent within a line: looking ahead for
// each line's end would read the store again and again.
void LineWriter::findPieces() {
    m_knowsPieces = true;
    std::unordered_map<SourceId, std::size_t> open;
    const Row end = m_store.endRow();
    for (Row next = m_store.firstRow(); next < end && !m_token.isCancelled();) {
        const LogBlockPtr block = m_store.blockFrom(next);
        if (!block)
            return;
        for (auto i = static_cast<std::size_t>(std::max(next, block->firstRow) - block->firstRow); i < block->lines();
             ++i) {
            const SourceId source = block->sources[i];
            const bool startsLine = (block->flags[i] & LogBlock::Continues) == 0;
            const bool endsLine = (block->flags[i] & LogBlock::Unended) == 0;
            if (startsLine)
                open.erase(source);
            if (startsLine && endsLine)
                continue;
            const auto [line, isNew] = open.try_emplace(source, m_lines.size());
            if (isNew)
                m_lines.emplace_back();
            m_lines[line->second].push_back(block->firstRow + i);
            m_lineOf.emplace(block->firstRow + i, line->second);
            if (endsLine)
                open.erase(line);
        }
        next = std::max(next, block->firstRow + block->lines());
    }
}

void LineWriter::writePieces(const std::vector<Row>& rows) {
    JsonPieces json;
    bool isFirst = true;
    for (const Row row : rows) {
        if (m_token.isCancelled())
            return;
        std::optional<LogRow> piece = m_store.read(row);
        if (!piece)
            continue;
        // Where the store gave up the beginning, the rest tells whence.
        piece->startsLine = isFirst;
        piece->endsLine = false;
        if (m_form == Form::Text) {
            m_out(textLine(*piece, m_store.source(piece->source)));
        } else {
            if (isFirst)
                m_out(JsonPieces::begin(*piece, m_store.source(piece->source)));
            m_out(json.text(piece->text));
        }
        isFirst = false;
    }
    if (isFirst)
        return;
    m_out(m_form == Form::Json ? json.end() : "\n");
    ++m_written;
}

} // namespace logs
