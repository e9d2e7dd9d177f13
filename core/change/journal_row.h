// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/journal_entry.h"
#include "core/fleet/database.h"

namespace change {

/// The columns of a line, as entryOf() reads them.
inline constexpr const char* kEntryColumns =
    "set_id, number, title, undoes, cluster, cluster_uid, cluster_user, verb, api_version, kind, resource,"
    " subresource, ns, name, outcome, message, began_ms, closed_ms, server_ms, set_ms, person, program, line, intent";

[[nodiscard]] JournalEntry entryOf(const fleet::Statement& row);

} // namespace change
