// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace kube {

/// Distinct texts by small integers. Index 0 is the empty text. Append only; views stay valid as long as the pool lives
/// and when it is moved. Not thread-safe: one owner. Holds up to 4 GiB (std::length_error beyond).
class StringPool {
public:
    StringPool();
    ~StringPool();
    StringPool(StringPool&&) noexcept;
    StringPool& operator=(StringPool&&) noexcept;

    std::uint32_t intern(std::string_view text);
    [[nodiscard]] std::string_view text(std::uint32_t index) const;
    /// Index of a text that is already there, UINT32_MAX otherwise.
    [[nodiscard]] std::uint32_t find(std::string_view text) const;
    [[nodiscard]] std::uint32_t size() const;
    /// Bytes of the texts themselves with their lengths.
    [[nodiscard]] std::size_t textBytes() const;
    /// Heap bytes held.
    [[nodiscard]] std::size_t bytes() const;
    void clear();
    /// Not 0, stays when the pool is moved, another one after clear(): with it what was found out about an index may be
    /// remembered.
    [[nodiscard]] std::uint64_t serial() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kube
