// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/journal_entry.h"
#include "ui/base/cell.h"

#include <QString>

namespace ui {

/// Lines of the journal in words of the operator's language.
QString verbText(const change::JournalEntry& entry);
Cell outcomeCell(const change::JournalEntry& entry);
/// When it was sent, by our clock: "14:02:11" of today, "2026-03-01 14:02" before.
QString entryTimeText(const change::JournalEntry& entry);
/// Both clocks, who and by what program, for a tooltip or a head.
QString entryStory(const change::JournalEntry& entry);
/// Why it was done; empty where nobody said.
QString entryIntentText(const change::JournalEntry& entry);

} // namespace ui
