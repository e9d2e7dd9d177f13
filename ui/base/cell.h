// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <cstdint>

namespace ui {

/// State, always with a shape of its own. Shapes and colours: desktop tokens.
enum class Mark : std::uint8_t {
    None,
    Good,         ///< ● good
    Info,         ///< ● info
    Done,         ///< ● away: ended in order
    Attention,    ///< ▲
    Broken,       ///< ✕
    Pending,      ///< ◌ info: on its way
    Away,         ///< ◌ away: gone or leaving
    NotConnected, ///< ○
};

/// Which token text is written with.
enum class Ink : std::uint8_t { Text, Muted, Accent, Good, Attention, Broken, Info, Away };

enum class CellAlign : std::uint8_t { Left, Right };
/// Where a text without room is cut: names in the middle, for their ends tell them apart; sentences at the end.
enum class CellElide : std::uint8_t { Middle, End };
enum class CellFace : std::uint8_t { Plain, Strong, Mono };

inline constexpr std::int8_t kBandRoom = -2;

/// What one cell shows: drawn by CellDelegate, given by models under CellRole. Draws, from left to right: band, mark,
/// text, unit, chip; or a bar with its percent.
struct Cell {
    QString text;
    QString unit;      ///< Muted, after the text: "Mi".
    QString chip;      ///< A word on a ground of its own: "protected".
    double share = -1; ///< 0..1 draws a bar with the percent; -1: none.
    Mark mark = Mark::None;
    Ink ink = Ink::Text;
    Ink barInk = Ink::Accent;
    CellAlign align = CellAlign::Left; ///< Right also gives all digits one width.
    CellElide elide = CellElide::Middle;
    CellFace face = CellFace::Plain;
    std::int8_t hue = -1; ///< 0..7: the cluster's band at the cell's left edge; kBandRoom: its room alone, none drawn.
    bool dimmed = false;  ///< Last known state of something that is away.
};

/// Models return QVariant::fromValue(Cell) for it; Qt::DisplayRole gives the plain text for copying and readers.
inline constexpr int CellRole = 0x0100 + 1;
/// The true value to sort by, where a model offers it.
inline constexpr int SortRole = 0x0100 + 2;

} // namespace ui

Q_DECLARE_METATYPE(ui::Cell)
