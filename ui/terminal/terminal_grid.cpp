// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_grid.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace ui {

namespace {

TerminalCell blankCell(TerminalColor background) {
    TerminalCell cell;
    cell.pen.background = background;
    return cell;
}

} // namespace

TerminalGrid::TerminalGrid(int rows, int columns)
    : m_columns(columns) {
    addBottom(rows);
}

TerminalLine TerminalGrid::blank(TerminalColor background) const {
    TerminalLine line;
    line.cells.assign(static_cast<std::size_t>(m_columns), blankCell(background));
    return line;
}

GridArea TerminalGrid::cut(GridArea area) const {
    area.firstRow = std::clamp(area.firstRow, 0, rows());
    area.lastRow = std::clamp(area.lastRow, area.firstRow, rows());
    area.firstColumn = std::clamp(area.firstColumn, 0, m_columns);
    area.lastColumn = std::clamp(area.lastColumn, area.firstColumn, m_columns);
    return area;
}

// Whoever writes into one half of a wide character takes the other half away.
void TerminalGrid::splitAt(TerminalLine& line, int column) {
    const auto at = static_cast<std::size_t>(column);
    if (column <= 0 || at >= line.cells.size() || line.cells[at].width != 0)
        return;
    for (const std::size_t half : {at - 1, at}) {
        line.cells[half].glyph = 0;
        line.cells[half].width = 1;
    }
}

void TerminalGrid::put(int row, int column, const TerminalCell& cell) {
    if (row < 0 || row >= rows() || column < 0 || column >= m_columns)
        return;
    TerminalLine& to = line(row);
    const int width = column + cell.width <= m_columns ? cell.width : 1;
    const auto at = static_cast<std::size_t>(column);
    // The common case: nothing wide is near.
    if (width != 1 || to.cells[at].width != 1) {
        splitAt(to, column);
        splitAt(to, column + width);
    }
    to.cells[at] = cell;
    to.cells[at].width = static_cast<std::uint8_t>(width);
    if (width == 2) {
        to.cells[at + 1] = cell;
        to.cells[at + 1].glyph = 0;
        to.cells[at + 1].width = 0;
    }
    if (column + width >= m_columns)
        to.wraps = false;
}

void TerminalGrid::erase(GridArea area, TerminalColor background, Erase what) {
    area = cut(area);
    for (int row = area.firstRow; row < area.lastRow; ++row) {
        TerminalLine& in = line(row);
        splitAt(in, area.firstColumn);
        splitAt(in, area.lastColumn);
        for (int column = area.firstColumn; column < area.lastColumn; ++column) {
            TerminalCell& cell = in.cells[static_cast<std::size_t>(column)];
            if (what == Erase::All || !cell.pen.has(TerminalPen::Protected))
                cell = blankCell(background);
        }
        if (area.lastColumn == m_columns && area.firstColumn < m_columns)
            in.wraps = false;
    }
    if (what == Erase::Unprotected) { // halves of wide characters may be left
        for (int row = area.firstRow; row < area.lastRow; ++row) {
            for (TerminalCell& cell : line(row).cells)
                cell.width = cell.width == 2 ? cell.width : 1;
            for (int column = 0; column + 1 < m_columns; ++column) {
                if (line(row).cells[static_cast<std::size_t>(column)].width == 2)
                    line(row).cells[static_cast<std::size_t>(column) + 1].width = 0;
            }
        }
    }
}

void TerminalGrid::scroll(GridArea area, int up, int left, TerminalColor background,
                          const std::function<void(const TerminalLine&)>& leaves) {
    area = cut(area);
    const int height = area.lastRow - area.firstRow;
    const int width = area.lastColumn - area.firstColumn;
    up = std::clamp(up, -height, height);
    left = std::clamp(left, -width, width);
    const bool isWhole = area.firstColumn == 0 && area.lastColumn == m_columns;
    if (height == 0 || width == 0)
        return;
    if (isWhole && up > 0 && area.firstRow == 0 && leaves) {
        for (int row = 0; row < up; ++row)
            leaves(line(row));
    }
    if (isWhole && left == 0) {
        const auto begin = m_lines.begin() + area.firstRow;
        const auto end = m_lines.begin() + area.lastRow;
        std::rotate(begin, up > 0 ? begin + up : end + up, end);
        const auto freed = up > 0 ? end - up : begin;
        for (auto it = freed; it != freed + std::abs(up); ++it) {
            std::fill(it->cells.begin(), it->cells.end(), blankCell(background));
            it->wraps = false;
        }
        return;
    }
    for (int row = area.firstRow; row < area.lastRow; ++row) {
        splitAt(line(row), area.firstColumn);
        splitAt(line(row), area.lastColumn);
        line(row).wraps = false;
    }
    const std::vector<TerminalLine> before(m_lines.begin() + area.firstRow, m_lines.begin() + area.lastRow);
    erase(area, background, Erase::All);
    for (int row = std::max(0, -up); row < height - std::max(0, up); ++row) {
        const auto& from = before[static_cast<std::size_t>(row + up)].cells;
        auto& to = line(area.firstRow + row).cells;
        const auto begin = from.begin() + area.firstColumn + std::max(0, left);
        const auto end = from.begin() + area.lastColumn + std::min(0, left);
        std::copy(begin, end, to.begin() + area.firstColumn + std::max(0, -left));
        // What was moved over the edges of the area is cut in the middle.
        for (const int column : {area.firstColumn, area.lastColumn - 1}) {
            TerminalCell& cell = to[static_cast<std::size_t>(column)];
            const bool isFirst = column == area.firstColumn;
            if ((isFirst && cell.width == 0) || (!isFirst && cell.width == 2))
                cell = blankCell(cell.pen.background);
        }
        const int cutAt = left > 0 ? area.lastColumn - left - 1 : -1;
        if (cutAt >= area.firstColumn && to[static_cast<std::size_t>(cutAt)].width == 2)
            to[static_cast<std::size_t>(cutAt)] = blankCell(background);
    }
}

void TerminalGrid::fit(TerminalLine& line) const {
    if (line.cells.size() != static_cast<std::size_t>(m_columns))
        line.wraps = false;
    line.cells.resize(static_cast<std::size_t>(m_columns));
    if (!line.cells.empty() && line.cells.back().width == 2)
        line.cells.back() = blankCell(line.cells.back().pen.background);
}

void TerminalGrid::setColumns(int columns) {
    m_columns = columns;
    for (TerminalLine& line : m_lines)
        fit(line);
}

int TerminalGrid::blankAfter(int row) const {
    int count = 0;
    for (int at = rows() - 1; at > row; --at, ++count) {
        const auto& cells = line(at).cells;
        if (!std::all_of(cells.begin(), cells.end(), [](const TerminalCell& cell) { return cell.glyph == 0; }))
            break;
    }
    return count;
}

void TerminalGrid::removeTop(int count) {
    m_lines.erase(m_lines.begin(), m_lines.begin() + count);
}

void TerminalGrid::removeBottom(int count) {
    m_lines.erase(m_lines.end() - count, m_lines.end());
}

void TerminalGrid::insertTop(TerminalLine line) {
    const bool wraps = line.wraps;
    fit(line);
    line.wraps = wraps;
    m_lines.insert(m_lines.begin(), std::move(line));
}

void TerminalGrid::addBottom(int count) {
    for (int i = 0; i < count; ++i)
        m_lines.push_back(blank());
}

} // namespace ui
