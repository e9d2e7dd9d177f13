// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/journal_entry.h"

#include <string>
#include <string_view>
#include <vector>

namespace change {

/// How lines of the journal are found. An index of trigrams (SQLite's FTS5) over the text of each line leads to
/// candidates, newest first; conditions on the line itself then decide. Pure functions.

/// The text of a line as the index has it: SQL over the columns of `row` ("new"). In lower case as LIKE has it, with
/// blanks around each field, so that its ends are found, too. Whatever a query's words are looked for in is part of it.
[[nodiscard]] std::string indexedText(std::string_view row);
/// As it was before lines had an intent. It is the same for one that has none.
[[nodiscard]] std::string indexedTextWithoutIntent(std::string_view row);

/// SQL that takes the lines for which `condition` holds into the index, and that takes them out of it again while they
/// still have the text with which they are in it.
[[nodiscard]] std::string indexing(std::string_view condition);
[[nodiscard]] std::string forgetting(std::string_view condition);

/// One SELECT's conditions and the texts for their parameters, the first of which is ?1.
struct JournalConditions {
    std::vector<std::string> all; ///< To be joined by AND; empty: every line.
    std::vector<std::string> texts;

    /// The name of a new parameter.
    std::string bind(std::string text);
};
[[nodiscard]] JournalConditions conditionsOf(const JournalQuery& query);

/// What the index is asked for: all trigrams of what a query looks for, or nothing where it looks for none so long.
[[nodiscard]] std::string indexQuery(const JournalQuery& query);
/// Words that are too short for a trigram, in lower case.
[[nodiscard]] std::vector<std::string> shortWords(const JournalQuery& query);
/// Any of some trigrams.
[[nodiscard]] std::string anyOf(const std::vector<std::string>& trigrams);

} // namespace change
