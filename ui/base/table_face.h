// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"
#include "ui/base/cell.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace ui {

/// What stands where a page has its table.
enum class TableFace : std::uint8_t {
    Rows,
    NoCluster,   ///< Nothing is connected, or the scope holds nothing.
    Loading,     ///< Nothing has arrived yet.
    Empty,       ///< There are no such objects.
    FilteredOut, ///< There are, but the filter hides them all.
    Forbidden,   ///< No cluster lets us see them.
    Failed,      ///< No cluster answered.
    Unserved,    ///< No cluster has this kind.
};

/// What one cluster has to say beside its rows.
struct TableNotice {
    enum class Action : std::uint8_t { None, Retry, Request };
    fleet::ClusterId cluster;
    Mark mark = Mark::None;
    QString sentence;
    QString advice; ///< For the tooltip.
    Action action = Action::None;
};

struct TableState {
    TableFace face = TableFace::Rows;
    QString title;         ///< One sentence, where face is not Rows.
    QString advice;        ///< What to do about it.
    bool canWiden = false; ///< Empty: other namespaces may have some.
    QString count;         ///< In words, for the page's head.
    QString request;       ///< Forbidden: a text to send to whoever may grant it.
    std::vector<TableNotice> notices;
};

} // namespace ui
