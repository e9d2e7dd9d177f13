// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/table_text.h"

#include <algorithm>

namespace kube {

namespace {

constexpr std::size_t kLeastWidth = 6;
constexpr std::size_t kPadding = 3;

// Code points; a byte that begins none counts as one, as in Go.
std::size_t widthOf(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size(); ++width) {
        const auto lead = static_cast<unsigned char>(text[at]);
        std::size_t length = 1;
        if (lead >= 0xC2 && lead < 0xE0)
            length = 2;
        else if (lead >= 0xE0 && lead < 0xF0)
            length = 3;
        else if (lead >= 0xF0 && lead < 0xF5)
            length = 4;
        bool whole = at + length <= text.size();
        for (std::size_t i = 1; whole && i < length; ++i)
            whole = (static_cast<unsigned char>(text[at + i]) & 0xC0) == 0x80;
        at += whole ? length : 1;
    }
    return width;
}

std::string upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

// "a=b,c=d" in the order of the entries, as labels.FormatLabels prints; ours are in the order of the keys.
std::string printedLabels(std::string_view labels) {
    if (labels.empty())
        return "<none>";
    std::vector<std::string_view> entries;
    while (!labels.empty()) {
        const std::size_t end = std::min(labels.find(','), labels.size());
        entries.push_back(labels.substr(0, end));
        labels.remove_prefix(std::min(end + 1, labels.size()));
    }
    std::sort(entries.begin(), entries.end());
    std::string out;
    for (const std::string_view entry : entries) {
        if (!out.empty())
            out += ',';
        out += entry;
    }
    return out;
}

} // namespace

void TabAligner::addCells(std::string_view text) {
    while (true) {
        const std::size_t end = text.find_first_of("\t\v");
        const std::string_view cell = text.substr(0, end);
        m_cells.push_back({m_text.size(), cell.size(), widthOf(cell)});
        m_text += cell;
        if (end == std::string_view::npos)
            return;
        text.remove_prefix(end + 1);
    }
}

void TabAligner::addLine(const std::vector<std::string_view>& cells) {
    for (const std::string_view cell : cells)
        addCells(cell);
    m_lines.push_back(m_cells.size());
}

void TabAligner::flush(std::string& out) {
    std::vector<std::size_t> widths;
    format(0, m_lines.size() - 1, widths, out);
    m_text.clear();
    m_cells.clear();
    m_lines.assign(1, 0);
}

// A column is a run of lines that have a cell there which is not their last; its width is that of its widest cell.
// Columns to the right are runs within that run.
void TabAligner::format(std::size_t first, std::size_t last, std::vector<std::size_t>& widths, std::string& out) {
    const std::size_t column = widths.size();
    const auto hasCell = [&](std::size_t line) { return column + 1 < cellCount(line); };
    for (std::size_t line = first; line < last; ++line) {
        if (!hasCell(line))
            continue;
        write(first, line, widths, out);
        first = line;
        std::size_t width = kLeastWidth;
        for (; line < last && hasCell(line); ++line)
            width = std::max(width, m_cells[m_lines[line] + column].width + kPadding);
        if (m_remembered.size() <= column)
            m_remembered.resize(column + 1, 0);
        width = m_remembered[column] = std::max(m_remembered[column], width);
        widths.push_back(width);
        format(first, line, widths, out);
        widths.pop_back();
        first = line;
        --line;
    }
    write(first, last, widths, out);
}

void TabAligner::write(std::size_t first, std::size_t last, const std::vector<std::size_t>& widths,
                       std::string& out) const {
    for (std::size_t line = first; line < last; ++line) {
        for (std::size_t i = 0; i < cellCount(line); ++i) {
            const Cell& cell = m_cells[m_lines[line] + i];
            out.append(m_text, cell.start, cell.size);
            if (i < widths.size() && widths[i] > cell.width)
                out.append(widths[i] - cell.width, ' ');
        }
        out += '\n';
    }
}

TableText::TableText(RowLayoutPtr layout, TableTextOptions options)
    : m_layout(std::move(layout))
    , m_options(std::move(options)) {
    const auto& columns = m_layout->columns();
    const auto name =
        std::find_if(columns.begin(), columns.end(), [](const Column& column) { return column.id == "name"; });
    if (name != columns.end() && !m_options.kindPrefix.empty())
        m_nameColumn = static_cast<std::size_t>(name - columns.begin());
}

void TableText::addHeader() {
    m_texts.clear();
    if (!m_options.clusterTitle.empty())
        m_texts.push_back(upper(m_options.clusterTitle));
    if (!m_options.eventTitle.empty())
        m_texts.push_back(upper(m_options.eventTitle));
    if (m_options.withNamespace)
        m_texts.emplace_back("NAMESPACE");
    for (const Column& column : m_layout->columns()) {
        if (shows(column))
            m_texts.push_back(upper(column.title));
    }
    for (const std::string& label : m_options.labelColumns)
        m_texts.push_back(upper(std::string_view(label).substr(label.rfind('/') + 1)));
    if (m_options.showLabels)
        m_texts.emplace_back("LABELS");
    m_cells.assign(m_texts.begin(), m_texts.end());
    m_aligner.addLine(m_cells);
}

void TableText::addRow(RowRef row, std::int64_t nowMs, std::string_view cluster, std::string_view event) {
    if (m_options.headers && !m_headerDone)
        addHeader();
    m_headerDone = true;
    m_texts.clear();
    if (!m_options.clusterTitle.empty())
        m_texts.emplace_back(cluster);
    if (!m_options.eventTitle.empty())
        m_texts.emplace_back(event);
    if (m_options.withNamespace)
        m_texts.emplace_back(row.ns());
    const auto& columns = m_layout->columns();
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!shows(columns[i]))
            continue;
        std::string cell = row.cell(columns[i], nowMs);
        if (i == m_nameColumn)
            cell.insert(0, m_options.kindPrefix + "/");
        m_texts.push_back(std::move(cell));
    }
    for (const std::string& label : m_options.labelColumns)
        m_texts.emplace_back(labelValue(row.labels(), label));
    if (m_options.showLabels)
        m_texts.push_back(printedLabels(row.labels()));
    m_cells.assign(m_texts.begin(), m_texts.end());
    m_aligner.addLine(m_cells);
}

void TableText::flush(std::string& out) {
    m_aligner.flush(out);
}

std::string noResourcesText(std::string_view ns) {
    if (ns.empty())
        return "No resources found\n";
    return "No resources found in " + std::string(ns) + " namespace.\n";
}

std::string_view labelValue(std::string_view labels, std::string_view key) {
    while (!labels.empty()) {
        const std::size_t end = std::min(labels.find(','), labels.size());
        const std::string_view entry = labels.substr(0, end);
        if (entry.starts_with(key) && entry.size() > key.size() && entry[key.size()] == '=')
            return entry.substr(key.size() + 1);
        labels.remove_prefix(std::min(end + 1, labels.size()));
    }
    return {};
}

} // namespace kube
