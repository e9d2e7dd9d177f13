// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row.h"
#include "core/kube/row_layout.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// Aligns cells in columns as kubectl's tab writer does (k8s.io/cli-runtime GetNewTabWriter: at least 6 wide with 3
/// blanks between, widths in code points, the last cell of a line never padded). Widths seen once stay the least for
/// later lines, so that a watch's lines stand below each other. A tab within a cell begins another cell, as there.
class TabAligner {
public:
    void addLine(const std::vector<std::string_view>& cells);
    /// Appends what was added since the last time, each line with its end.
    void flush(std::string& out);

private:
    struct Cell {
        std::size_t start = 0;
        std::size_t size = 0;
        std::size_t width = 0;
    };
    void addCells(std::string_view text);
    void format(std::size_t first, std::size_t last, std::vector<std::size_t>& widths, std::string& out);
    void write(std::size_t first, std::size_t last, const std::vector<std::size_t>& widths, std::string& out) const;
    [[nodiscard]] std::size_t cellCount(std::size_t line) const { return m_lines[line + 1] - m_lines[line]; }

    std::string m_text;
    std::vector<Cell> m_cells;
    std::vector<std::size_t> m_lines{0}; // Index of each line's first cell, and the end.
    std::vector<std::size_t> m_remembered;
};

/// What of rows is printed, as kubectl get's flags say.
struct TableTextOptions {
    bool wide = false;
    bool headers = true;
    bool withNamespace = false; ///< A NAMESPACE column first: -A.
    std::string kindPrefix;     ///< "deployment.apps": names become "deployment.apps/web"; for several kinds.
    std::vector<std::string> labelColumns; ///< -L
    bool showLabels = false;
    std::string clusterTitle; ///< Not empty: such a column before all others, filled with addRow's `cluster`.
    std::string eventTitle;   ///< Not empty: such a column before the rest: --output-watch-events.
};

/// Prints rows of one layout as `kubectl get` does, byte for byte. Header first, once, and only if there is a row.
class TableText {
public:
    TableText(RowLayoutPtr layout, TableTextOptions options);

    void addRow(RowRef row, std::int64_t nowMs, std::string_view cluster = {}, std::string_view event = {});
    /// Appends what came since the last time.
    void flush(std::string& out);

private:
    void addHeader();
    [[nodiscard]] bool shows(const Column& column) const { return m_options.wide || column.priority == 0; }

    RowLayoutPtr m_layout;
    TableTextOptions m_options;
    TabAligner m_aligner;
    bool m_headerDone = false;
    std::size_t m_nameColumn = SIZE_MAX; // That takes the kind's prefix.
    std::vector<std::string> m_texts;
    std::vector<std::string_view> m_cells;
};

/// "No resources found in shop namespace." or, for an empty `ns`, "No resources found", with the line's end; goes to
/// stderr.
[[nodiscard]] std::string noResourcesText(std::string_view ns);

/// The value of one label in RowRef::labels(), empty if there is none.
[[nodiscard]] std::string_view labelValue(std::string_view labels, std::string_view key);

} // namespace kube
