// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace ui {

/// "3,120" in the language's grouping.
QString countText(std::int64_t count);
/// A moment the near past or future knows by its hour, the rest by its day: "14:02", "Mon 14:02", "2026-03-01".
QString momentText(std::int64_t ms, std::int64_t nowMs);
/// kubectl's short age of something then: "6m", "41d".
QString ageText(std::int64_t thenMs, std::int64_t nowMs);
/// "2 s ago", "6 min ago", "3 h ago", "12 d ago"; "now" below one second.
QString agoText(std::int64_t thenMs, std::int64_t nowMs);
/// Bytes in the unit that leaves at most four digits, as number and unit: {"412", "Mi"}.
struct Measured {
    QString number;
    QString unit;
};
Measured bytesText(std::int64_t bytes);
/// CPU in millicores: {"450", "m"} below ten cores, {"12.5", "cores"} above.
Measured cpuText(std::int64_t milli);

} // namespace ui
