// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row_layout.h"
#include "core/kube/string_pool.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace kube {

/// 128 bits that name an object on its server: its metadata.uid, or a hash of namespace and name where the server gives
/// none (some aggregated APIs).
struct Uid {
    std::array<std::uint64_t, 2> bits{};

    static Uid fromText(std::string_view uuid, std::string_view ns, std::string_view name);
    [[nodiscard]] std::string toText() const;
    friend bool operator==(const Uid&, const Uid&) = default;
};

/// How an object is doing, told from its own status; each has its glyph and colour in the window.
enum class ObjectState : std::uint8_t {
    None,      ///< The kind has no notion of health.
    Good,      ///< Works as wanted.
    Attention, ///< Works, but something is off: restarting, pressure, not all replicas.
    Broken,    ///< Does not work.
    Pending,   ///< On its way.
    Done,      ///< Ended in order.
    Leaving,   ///< Being deleted.
};

/// The start of every row. Trivially copyable; text is an index into the StringPool that belongs to the row.
struct RowHead {
    Uid uid;
    std::uint64_t resourceVersion = 0; ///< For "is this newer", within one server only.
    std::int64_t createdMs = 0;
    std::uint32_t name = 0;
    std::uint32_t ns = 0;     ///< Index of the empty text for cluster-scoped kinds.
    std::uint32_t labels = 0; ///< "a=b,c=d", keys in byte order.
    std::uint32_t owner =
        0; ///< Controlling owner as "apiVersion/Kind/name/uid" with '\t' for the slashes between; empty for none.
    ObjectState state = ObjectState::None;
    std::uint8_t flags = 0;
    std::uint16_t mark = 0; ///< The store's own; 0 in batches.
    std::uint32_t reserved32 = 0;
};

/// A row somewhere in a RowStore or RowBatch, with what is needed to read it. Three pointers, by value; valid until the
/// store is next changed or the batch goes away.
class RowRef {
public:
    RowRef() = default;
    RowRef(const RowLayout& layout, const StringPool& strings, const std::byte* data)
        : m_layout(&layout)
        , m_strings(&strings)
        , m_data(data) {}

    [[nodiscard]] bool isNull() const { return m_data == nullptr; }
    [[nodiscard]] const RowLayout& layout() const { return *m_layout; }
    [[nodiscard]] RowHead head() const;
    [[nodiscard]] Uid uid() const;
    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] std::string_view ns() const;
    [[nodiscard]] std::string_view labels() const;
    [[nodiscard]] std::string_view owner() const;
    [[nodiscard]] std::int64_t createdMs() const;
    [[nodiscard]] ObjectState state() const;

    [[nodiscard]] std::string_view text(std::uint16_t field) const;
    /// Index of text(field) in strings(): within one pool equal texts have equal indexes.
    [[nodiscard]] std::uint32_t textIndex(std::uint16_t field) const;
    [[nodiscard]] std::int64_t number(std::uint16_t field) const;
    [[nodiscard]] std::int64_t timeMs(std::uint16_t field) const;

    /// Whether another row of the same layout, maybe in another pool, stands before this one in the server's order:
    /// etcd's keys, "namespace/name" by bytes, so that namespace "a-b" stands before "a".
    [[nodiscard]] bool serverOrderLess(const RowRef& other) const;

    /// The cell as kubectl prints it at `nowMs` (the server's clock as far as known).
    [[nodiscard]] std::string cell(const Column& column, std::int64_t nowMs) const;

    [[nodiscard]] const StringPool& strings() const { return *m_strings; }
    [[nodiscard]] const std::byte* data() const { return m_data; }

private:
    const RowLayout* m_layout = nullptr;
    const StringPool* m_strings = nullptr;
    const std::byte* m_data = nullptr;
};

/// Order of etcd's keys: negative, 0 or positive as ns1/name1 stands before, at or after ns2/name2.
[[nodiscard]] int compareServerOrder(std::string_view ns1, std::string_view name1, std::string_view ns2,
                                     std::string_view name2);

} // namespace kube
