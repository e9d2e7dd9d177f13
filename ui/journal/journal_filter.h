// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/journal_entry.h"
#include "ui/shell/page.h"

#include <QString>

#include <optional>

namespace ui {

/// The filter line of the journal: words, -words, and cluster:, ns:, name:, resource:, verb:, result:, set: with a
/// value.
struct JournalFilter {
    change::JournalQuery query;
    std::optional<FilterProblem> problem;
};
[[nodiscard]] JournalFilter parseJournalFilter(const QString& text);

} // namespace ui
