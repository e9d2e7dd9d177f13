// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/stream_decoder.h"
#include "core/kube/decode/table_columns.h"

#include <string>
#include <string_view>
#include <vector>

namespace kube::decode {

/// Rows of the server's Table (meta.k8s.io/v1), or name and age where the server answers with the objects themselves.
class TableDecoder final : public StreamDecoder {
public:
    explicit TableDecoder(Spec spec);

    [[nodiscard]] const RowLayoutPtr& layout() const override { return m_shape.layout; }
    [[nodiscard]] bool isTyped() const override { return false; }
    [[nodiscard]] std::string_view accept() const override { return keepsObjects() ? kJsonAccept : kTableAccept; }
    [[nodiscard]] std::string_view query() const override;

protected:
    RowBatch readList(std::string_view body, bool isProtobuf, ListMeta& meta) override;
    std::string_view upsert(JsonValue& object, WatchFrames& frames) override;
    std::string_view remove(JsonValue& object, WatchFrames& frames) override;
    std::string_view bookmark(JsonValue& object, WatchFrames& frames) override;

private:
    struct Cell {
        std::string_view text;
        std::int64_t number = 0;
    };
    enum class Act { Upsert, Remove, Bookmark };

    void learn(ServerColumns columns, RowBatch& batch);
    void readRow(JsonValue& row);
    void readCell(JsonValue& cell);
    void readRowObject(JsonValue& object);
    void putRow(RowBatch& batch);
    std::string_view event(JsonValue& object, WatchFrames& frames, Act act);
    Uid uidOfRow() const;

    ServerColumns m_columns;
    std::vector<DatePath> m_datePaths;
    TableShape m_shape;
    // Of the row being read.
    MetaFacts m_meta;
    std::vector<Cell> m_cells;
    std::vector<std::int64_t> m_dates;
    std::string m_scratch;
    std::vector<std::string> m_printedNumbers; // Floats as Go prints them.
    std::string m_version;
    simdjson::dom::parser m_dom;
};

} // namespace kube::decode
