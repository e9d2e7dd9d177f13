// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/journal_store.h"

#include <string>
#include <vector>

namespace change {

/// How the journal's parts are written as text. Pure functions.

/// What of an operation has no column of its own.
[[nodiscard]] std::string optionsText(const JournalRecord& record);
/// Fills in record.operation from such a text and from record.entry; false where the text is none.
[[nodiscard]] bool readOptions(const std::string& text, JournalRecord& record);

/// One JSON object a line would have; the same fields as the columns of the CSV.
[[nodiscard]] std::string journalJson(const std::vector<JournalEntry>& entries);
/// RFC 4180, with a head line.
[[nodiscard]] std::string journalCsv(const std::vector<JournalEntry>& entries);

} // namespace change
