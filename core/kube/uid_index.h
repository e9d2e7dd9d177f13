// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kube {

/// Finds numbers by uid: an open-addressing table of 4-byte entries, which asks its owner for the uid behind a number.
/// Not thread-safe. `uidOf` is a callable std::uint32_t -> Uid and must know every number that is in.
class UidIndex {
public:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    template <typename UidOf>
    [[nodiscard]] std::uint32_t find(const Uid& uid, const UidOf& uidOf) const {
        if (m_count == 0)
            return kNone;
        const std::uint32_t entry = m_table[slotOf(uid, uidOf)];
        return entry == 0 ? kNone : entry - 1;
    }

    /// The uid must not be in.
    template <typename UidOf>
    void insert(const Uid& uid, std::uint32_t number, const UidOf& uidOf) {
        if ((m_count + 1) * 4 > m_table.size() * 3)
            grow(uidOf);
        m_table[slotOf(uid, uidOf)] = number + 1;
        ++m_count;
    }

    /// Points the uid, which must be in, at another number that holds the same uid.
    template <typename UidOf>
    void renumber(const Uid& uid, std::uint32_t number, const UidOf& uidOf) {
        m_table[slotOf(uid, uidOf)] = number + 1;
    }

    /// The uid must be in, and its number still known to uidOf.
    template <typename UidOf>
    void erase(const Uid& uid, const UidOf& uidOf) {
        const std::size_t mask = m_table.size() - 1;
        std::size_t hole = slotOf(uid, uidOf);
        for (std::size_t at = (hole + 1) & mask; m_table[at] != 0; at = (at + 1) & mask) {
            const std::size_t home = hash(uidOf(m_table[at] - 1)) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                m_table[hole] = m_table[at];
                hole = at;
            }
        }
        m_table[hole] = 0;
        --m_count;
    }

    [[nodiscard]] std::size_t size() const { return m_count; }
    [[nodiscard]] std::size_t bytes() const { return m_table.capacity() * sizeof(std::uint32_t); }

private:
    static std::size_t hash(const Uid& uid) {
        const std::uint64_t mixed = (uid.bits[0] ^ (uid.bits[1] << 1)) * 0x9E3779B97F4A7C15ULL;
        return static_cast<std::size_t>(mixed ^ (mixed >> 32));
    }

    template <typename UidOf>
    [[nodiscard]] std::size_t slotOf(const Uid& uid, const UidOf& uidOf) const {
        const std::size_t mask = m_table.size() - 1;
        std::size_t at = hash(uid) & mask;
        while (m_table[at] != 0 && !(uidOf(m_table[at] - 1) == uid))
            at = (at + 1) & mask;
        return at;
    }

    template <typename UidOf>
    void grow(const UidOf& uidOf) {
        const std::vector<std::uint32_t> old = std::move(m_table);
        m_table.assign(old.empty() ? 16 : old.size() * 2, 0);
        const std::size_t mask = m_table.size() - 1;
        for (const std::uint32_t entry : old) {
            if (entry == 0)
                continue;
            std::size_t at = hash(uidOf(entry - 1)) & mask;
            while (m_table[at] != 0)
                at = (at + 1) & mask;
            m_table[at] = entry;
        }
    }

    std::vector<std::uint32_t> m_table;
    std::size_t m_count = 0;
};

} // namespace kube
