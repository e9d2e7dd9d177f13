// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// What a field of a row stores. Text is an index into the row's StringPool (4 bytes), Number an int64 with
/// kNoNumber for "absent", Time milliseconds since 1970 with 0 for "absent".
enum class FieldType : std::uint8_t { Text, Number, Time };

inline constexpr std::int64_t kNoNumber = INT64_MIN;

/// How a cell is printed from its field or fields. The results are kubectl's, byte for byte.
enum class CellFormat : std::uint8_t {
    Text,      ///< The field's text.
    Number,    ///< The field's number in decimal.
    Age,       ///< Time since the field (a Time); ticks. Absent: "<unknown>".
    CountAgo,  ///< Number, then " (age ago)" of the second field where that is present: RESTARTS of pods.
    AgeOrText, ///< Like Age; where the time is absent the text of the second field.
    Elapsed,   ///< From the field to the second field, or to now while that is absent: DURATION of jobs.
};

/// By what a column sorts and compares in filters; all are "true value", never the printed text of something else.
enum class SortKind : std::uint8_t {
    Text,     ///< Bytes of the text.
    Number,   ///< The number; for Text fields the leading integer.
    Quantity, ///< Kubernetes quantity in the text ("500m", "2Gi").
    Ratio,    ///< "1/3": by the share, then by the first number.
    Time,     ///< The moment; older sorts after newer for ages, as the printed age grows.
    Address,  ///< IP addresses by value.
    Version,  ///< "v1.9.0" before "v1.10.0".
};

struct Field {
    std::string id; ///< "phase", "cpu-requests"; unique in the layout.
    FieldType type = FieldType::Text;
};

struct Column {
    std::string id;    ///< Lower-case title with '-' for blanks: "nominated-node". Key for filters and settings.
    std::string title; ///< As the server calls it: "Nominated Node".
    std::string description;
    CellFormat format = CellFormat::Text;
    SortKind sort = SortKind::Text;
    std::uint16_t field = 0;   ///< Index into RowLayout::fields(), or kNameField / kNamespaceField / kCreatedField.
    std::uint16_t field2 = 0;  ///< For AgeOrText, CountAgo and Elapsed.
    std::uint8_t priority = 0; ///< > 0: wide output only.
};

/// Field numbers of what stands in every row's head.
inline constexpr std::uint16_t kNameField = 0xFFF0;
inline constexpr std::uint16_t kNamespaceField = 0xFFF1;
inline constexpr std::uint16_t kCreatedField = 0xFFF2;

/// The shape of the rows of one kind on one server: which fields they store and which columns are shown. Immutable,
/// shared by every batch and store of that kind.
class RowLayout {
public:
    RowLayout(std::string resource, std::vector<Field> fields, std::vector<Column> columns);

    [[nodiscard]] const std::string& resource() const { return m_resource; }
    [[nodiscard]] const std::vector<Field>& fields() const { return m_fields; }
    [[nodiscard]] const std::vector<Column>& columns() const { return m_columns; }
    /// Bytes of a row, head included; a multiple of 8.
    [[nodiscard]] std::uint32_t stride() const { return m_stride; }
    /// Byte offset of a field in the row.
    [[nodiscard]] std::uint32_t offset(std::uint16_t field) const { return m_offsets[field]; }
    /// Index of the field or column with that id, -1 if there is none.
    [[nodiscard]] int fieldIndex(std::string_view id) const;
    [[nodiscard]] int columnIndex(std::string_view id) const;
    /// Not 0 and different for every layout of this run, so that what was looked up in one may be remembered.
    [[nodiscard]] std::uint64_t serial() const { return m_serial; }

private:
    std::string m_resource;
    std::vector<Field> m_fields;
    std::vector<Column> m_columns;
    std::vector<std::uint32_t> m_offsets;
    std::uint32_t m_stride = 0;
    std::uint64_t m_serial = 0;
};

using RowLayoutPtr = std::shared_ptr<const RowLayout>;

} // namespace kube
