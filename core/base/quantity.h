// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// An exact Kubernetes quantity ("500m", "2Gi", "1e3"): a multiple of 10^-9 up to about 10^29; larger ones saturate
/// there. Never a double. Rules: k8s.io/apimachinery/pkg/api/resource. A value; any thread.
class Quantity {
public:
    enum class Format : std::uint8_t { DecimalSI, BinarySI, DecimalExponent };

    Quantity() = default;
    static Quantity fromUnits(std::int64_t units, Format format = Format::DecimalSI);
    static Quantity fromMilli(std::int64_t milli, Format format = Format::DecimalSI);

    /// Nothing for what the API server refuses. Finer than nano rounds away from zero; binary values end at 2^63-1.
    static std::optional<Quantity> parse(std::string_view text);

    /// The canonical text: no fraction, the largest suffix that loses nothing.
    [[nodiscard]] std::string toText() const;
    /// Whole units, and thousandths, rounded away from zero and saturated.
    [[nodiscard]] std::int64_t units() const;
    [[nodiscard]] std::int64_t milli() const;
    [[nodiscard]] Format format() const { return m_format; }
    [[nodiscard]] bool isZero() const { return m_nano == 0; }

    /// Sums saturate; the format stays that of the left side unless that is zero.
    Quantity& operator+=(const Quantity& other);
    Quantity& operator-=(const Quantity& other);

    /// By value; the format does not count.
    friend std::strong_ordering operator<=>(const Quantity& a, const Quantity& b) { return a.m_nano <=> b.m_nano; }
    friend bool operator==(const Quantity& a, const Quantity& b) { return a.m_nano == b.m_nano; }

private:
    __extension__ using Int128 = __int128;
    Int128 m_nano = 0;
    Format m_format = Format::DecimalSI;
};

/// Quantity::parse(text)'s units and milli for the common case of short whole numbers without the 128-bit detour.
[[nodiscard]] std::optional<std::int64_t> quantityUnits(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> quantityMilli(std::string_view text);

} // namespace base
