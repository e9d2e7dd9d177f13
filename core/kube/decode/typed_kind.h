// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/json_value.h"
#include "core/kube/decode/object_meta.h"
#include "core/kube/decode/protobuf_value.h"
#include "core/kube/row_batch.h"
#include "core/kube/row_layout.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kube::decode {

/// Turns one object into a row of a batch. Keeps buffers; one thread at a time. Returns the object's resourceVersion,
/// which is valid until the next call or as long as the input.
class ObjectReader {
public:
    virtual ~ObjectReader() = default;
    virtual std::string_view read(JsonValue& object, RowBatch& batch) = 0;
    virtual std::string_view read(ProtobufValue& object, RowBatch& batch) = 0;
};

/// What printing a row needs beside its facts.
struct Printer {
    RowBatch& batch;      ///< Its current row is to be filled; the head is done.
    std::string& scratch; ///< Free for use.
    int serverMinor = 0;  ///< Of Kubernetes 1.x, whose printing rules count; 0 for the newest.
    /// Being deleted outweighs every other state.
    void setState(ObjectState state) const {
        if (batch.head().state != ObjectState::Leaving)
            batch.head().state = state;
    }
    /// "first/second".
    [[nodiscard]] std::string_view ratio(std::int64_t first, std::int64_t second) const {
        scratch.clear();
        base::appendNumber(scratch, first);
        scratch += '/';
        base::appendNumber(scratch, second);
        return scratch;
    }
};

/// A column as our rows print it. The id is made from the title.
struct TypedColumn {
    const char* title;
    CellFormat format = CellFormat::Text;
    SortKind sort = SortKind::Text;
    std::uint16_t field = 0;
    std::uint16_t field2 = 0;
    std::uint8_t priority = 0;
};

constexpr TypedColumn kNameColumn{"Name", CellFormat::Text, SortKind::Text, kNameField};
constexpr TypedColumn kAgeColumn{"Age", CellFormat::Age, SortKind::Time, kCreatedField};
constexpr TypedColumn numberColumn(const char* title, std::uint16_t field) {
    return {title, CellFormat::Number, SortKind::Number, field};
}
constexpr TypedColumn textColumn(const char* title, std::uint16_t field) {
    return {title, CellFormat::Text, SortKind::Text, field};
}
/// Shown on demand.
constexpr TypedColumn wideColumn(const char* title, std::uint16_t field) {
    return {title, CellFormat::Text, SortKind::Text, field, 0, 1};
}

/// What a kind that we print ourselves is: the names it answers to, the fields of its rows, and each list of columns
/// that some server defines for it, newest first.
struct TypedKind {
    std::string_view group;
    std::string_view version;
    std::string_view plural;
    std::vector<Field> fields;
    std::vector<std::vector<TypedColumn>> variants;
    std::unique_ptr<ObjectReader> (*makeReader)(int serverMinor);
};

/// The registered kind, null if there is none.
const TypedKind* typedKind(std::string_view group, std::string_view version, std::string_view plural);

/// ObjectReader from two functions that are found by the Facts type: readObject(value, facts), once for both wires, and
/// printRow(facts, printer). Facts has a `meta` and clear().
template <typename Facts>
class ReaderOf final : public ObjectReader {
public:
    static std::unique_ptr<ObjectReader> make(int serverMinor) { return std::make_unique<ReaderOf>(serverMinor); }
    explicit ReaderOf(int serverMinor)
        : m_serverMinor(serverMinor) {}
    std::string_view read(JsonValue& object, RowBatch& batch) override { return readAny(object, batch); }
    std::string_view read(ProtobufValue& object, RowBatch& batch) override { return readAny(object, batch); }

private:
    template <typename Value>
    std::string_view readAny(Value& object, RowBatch& batch) {
        m_facts.clear();
        readObject(object, m_facts);
        batch.beginRow();
        writeHead(m_facts.meta, batch, m_scratch);
        printRow(m_facts, Printer{batch, m_scratch, m_serverMinor});
        batch.endRow();
        return m_facts.meta.resourceVersion;
    }

    Facts m_facts;
    std::string m_scratch;
    int m_serverMinor;
};

/// Reads an object of the usual shape: metadata here, spec(value) and status(value) by the caller.
template <typename Value, typename Facts, typename Spec, typename Status>
void readUsual(Value& object, Facts& facts, Spec&& spec, Status&& status) {
    object.fields([&](auto& field) {
        if (field.is("metadata", 1))
            readMeta(field, facts.meta);
        else if (field.is("spec", 2))
            spec(field);
        else if (field.is("status", 3))
            status(field);
    });
}

inline std::string_view orElse(std::string_view text, std::string_view otherwise) {
    return text.empty() ? otherwise : text;
}

} // namespace kube::decode
