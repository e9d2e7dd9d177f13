// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/table_decoder.h"

#include "core/kube/decode/go_number.h"
#include "core/kube/decode/json_list.h"

#include <algorithm>

namespace kube::decode {

TableDecoder::TableDecoder(Spec spec)
    : StreamDecoder(std::move(spec.kind), spec.wholeObjects)
    , m_columns(std::move(spec.columns))
    , m_datePaths(std::move(spec.datePaths)) {
    if (m_columns.empty())
        m_columns = nameAndAge();
    m_shape = makeTableShape(kind(), m_columns, m_datePaths);
}

std::string_view TableDecoder::query() const {
    return m_shape.dates.empty() || keepsObjects() ? std::string_view() : "includeObject=Object";
}

void TableDecoder::learn(ServerColumns columns, RowBatch& batch) {
    if (columns.empty() || columns == m_columns)
        return;
    m_columns = std::move(columns);
    m_shape = makeTableShape(kind(), m_columns, m_datePaths);
    batch = RowBatch(m_shape.layout);
}

void TableDecoder::readCell(JsonValue& cell) {
    Cell& out = m_cells.emplace_back();
    out.number = kNoNumber;
    cell.scalar([&](std::string_view text) { out.text = text; },
                [&](std::string_view token) {
                    out.text = token;
                    if (const auto whole = base::parseNumber(token))
                        out.number = *whole;
                    else
                        out.text = m_printedNumbers.emplace_back(goNumber(token));
                });
}

void TableDecoder::readRowObject(JsonValue& object) {
    if (!m_shape.dates.empty()) {
        const std::string_view raw = object.rawObject();
        simdjson::dom::element root;
        // A number too large for this parser costs the row its true times, no more.
        const bool isRead = m_dom.parse(raw.data(), raw.size(), true).get(root) == simdjson::SUCCESS;
        for (std::size_t i = 0; isRead && i < m_shape.dates.size(); ++i) {
            if (const auto text = m_shape.dates[i].path.firstText(root))
                m_dates[i] = base::parseTime(*text).value_or(0);
        }
    }
    object.fields([this](JsonField& field) {
        if (field.is("metadata", 1))
            readMeta(field, m_meta);
    });
}

// Cells come before the object that they belong to.
void TableDecoder::readRow(JsonValue& row) {
    m_meta.clear();
    m_cells.clear();
    m_printedNumbers.clear();
    m_printedNumbers.reserve(m_shape.cells.size());
    m_dates.assign(m_shape.dates.size(), 0);
    row.fields([this](JsonField& field) {
        if (field.is("cells", 0)) {
            field.each([this](JsonValue& cell) {
                if (m_cells.size() < m_shape.cells.size())
                    readCell(cell);
            });
        } else if (field.is("object", 0)) {
            readRowObject(field);
        }
    });
    if (m_meta.name.empty()) {
        // An API that gives no metadata: the name column is all we have.
        for (std::size_t i = 0; i < m_cells.size(); ++i) {
            if (m_columns[i].format == "name")
                m_meta.name = m_cells[i].text;
        }
    }
}

Uid TableDecoder::uidOfRow() const {
    return m_meta.rowUid();
}

void TableDecoder::putRow(RowBatch& batch) {
    batch.beginRow();
    writeHead(m_meta, batch, m_scratch);
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const TableCell& target = m_shape.cells[i];
        if (target.use == TableCell::Use::Text)
            batch.setText(target.field, m_cells[i].text);
        else if (target.use == TableCell::Use::Number)
            batch.setNumber(target.field, m_cells[i].number);
    }
    for (std::size_t i = 0; i < m_dates.size(); ++i)
        batch.setTime(m_shape.dates[i].field, m_dates[i]);
    batch.endRow();
}

RowBatch TableDecoder::readList(std::string_view body, bool isProtobuf, ListMeta& meta) {
    if (isProtobuf)
        refuse("protobuf where a table was asked for");
    RowBatch batch(m_shape.layout);
    bool isTable = false;
    readJsonList(
        json(), body, "rows", [&meta](JsonValue& metadata) { readListMeta(metadata, meta); },
        [&](JsonValue& row) {
            isTable = true;
            readRow(row);
            putRow(batch);
        },
        [&](std::string_view key, JsonValue& value) {
            if (key == "columnDefinitions") {
                isTable = true;
                learn(readColumns(value), batch);
            } else if (key == "items") {
                learn(nameAndAge(), batch);
                value.each([&](JsonValue& item) {
                    m_cells.clear();
                    m_meta.clear();
                    m_dates.clear();
                    readRowObject(item);
                    m_cells.push_back({m_meta.name, kNoNumber});
                    putRow(batch);
                });
            }
        });
    return batch;
}

std::string_view TableDecoder::event(JsonValue& object, WatchFrames& frames, Act act) {
    m_version.clear();
    bool isRow = false;
    // A server without tables sends the object itself: its metadata is the row's.
    m_meta.clear();
    m_cells.clear();
    m_dates.assign(m_shape.dates.size(), 0);
    object.fields([&](JsonField& field) {
        if (field.is("metadata", 1)) {
            readMeta(field, m_meta);
            m_version = m_meta.resourceVersion;
        } else if (field.is("columnDefinitions", 0)) {
            learn(readColumns(field), frames.batch);
        } else if (field.is("rows", 0)) {
            field.each([&](JsonValue& row) {
                isRow = true;
                readRow(row);
                if (!m_meta.resourceVersion.empty())
                    m_version = m_meta.resourceVersion;
                if (act == Act::Upsert)
                    putRow(frames.batch);
                else if (act == Act::Remove)
                    frames.batch.remove(uidOfRow());
                else
                    frames.initialEventsEnd = frames.initialEventsEnd || m_meta.initialEventsEnd;
            });
        }
    });
    if (!isRow) {
        frames.initialEventsEnd = frames.initialEventsEnd || m_meta.initialEventsEnd;
        if (act == Act::Upsert && !m_meta.name.empty()) {
            learn(nameAndAge(), frames.batch);
            m_cells.push_back({m_meta.name, kNoNumber});
            m_dates.clear();
            putRow(frames.batch);
        } else if (act == Act::Remove) {
            frames.batch.remove(uidOfRow());
        }
    }
    return m_version;
}

std::string_view TableDecoder::upsert(JsonValue& object, WatchFrames& frames) {
    return event(object, frames, Act::Upsert);
}

std::string_view TableDecoder::remove(JsonValue& object, WatchFrames& frames) {
    return event(object, frames, Act::Remove);
}

std::string_view TableDecoder::bookmark(JsonValue& object, WatchFrames& frames) {
    return event(object, frames, Act::Bookmark);
}

} // namespace kube::decode
