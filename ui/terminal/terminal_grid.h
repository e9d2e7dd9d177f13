// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terminal/terminal_cell.h"

#include <functional>
#include <vector>

namespace ui {

/// Cells from the first to before the last row and column.
struct GridArea {
    int firstRow = 0;
    int lastRow = 0;
    int firstColumn = 0;
    int lastColumn = 0;
};

/// The cells of a screen. A wide character stands in two cells, the second of which has width 0; halves are never left
/// over. Areas are cut to the grid.
class TerminalGrid {
public:
    TerminalGrid(int rows, int columns);

    [[nodiscard]] int rows() const { return static_cast<int>(m_lines.size()); }
    [[nodiscard]] int columns() const { return m_columns; }
    [[nodiscard]] TerminalLine& line(int row) { return m_lines[static_cast<std::size_t>(row)]; }
    [[nodiscard]] const TerminalLine& line(int row) const { return m_lines[static_cast<std::size_t>(row)]; }

    void put(int row, int column, const TerminalCell& cell);
    enum class Erase { All, Unprotected };
    void erase(GridArea area, TerminalColor background, Erase what);
    /// What lies in the area moves up and left; negative: down and right. Lines that leave at the top of the whole grid
    /// are given to `leaves` first, if there is one.
    void scroll(GridArea area, int up, int left, TerminalColor background,
                const std::function<void(const TerminalLine&)>& leaves);
    void setColumns(int columns);
    /// Rows without anything in them at the end, at most those after `row`.
    [[nodiscard]] int blankAfter(int row) const;
    void removeTop(int count);
    void removeBottom(int count);
    void insertTop(TerminalLine line);
    void addBottom(int count);

private:
    [[nodiscard]] GridArea cut(GridArea area) const;
    [[nodiscard]] TerminalLine blank(TerminalColor background = {}) const;
    void splitAt(TerminalLine& line, int column);
    void fit(TerminalLine& line) const;

    int m_columns;
    std::vector<TerminalLine> m_lines;
};

} // namespace ui
