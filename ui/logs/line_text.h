// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_filter.h"
#include "core/logs/log_line.h"

#include <QString>
#include <QTextLayout>

#include <vector>

namespace ui {

enum class LineForm { AsWritten, Recognized };

/// A line as it is painted: control characters as symbols, colours as formats, what the filter looks for marked. Of a
/// recognized line the message first, then its fields in muted ink.
struct LineText {
    QString text;
    QList<QTextLayout::FormatRange> formats;
};

/// Looks at `most` bytes of it at most.
LineText lineText(const logs::LogRow& row, LineForm form, const logs::LogFilter& filter, std::size_t most);
/// "14:02:07.123", in local time.
QString lineTime(std::int64_t timeNs);
/// "ERROR"; empty where the line states none.
QString levelText(logs::Level level);
/// "error", as a word in the window's language.
QString levelWord(logs::Level level);
QColor levelColour(logs::Level level);
/// "web-7d9f/main", "setup (init)".
QString sourceText(const logs::SourceInfo& source);

} // namespace ui
