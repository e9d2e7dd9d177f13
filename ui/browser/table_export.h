// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace fleet {
class Fleet;
}

namespace ui {

class ObjectTableModel;

/// What of a table is written: rows from top to bottom, columns by id in the order shown.
struct TableExtract {
    const ObjectTableModel& model;
    std::vector<int> rows;
    std::vector<std::string> columns;
};

/// Columns side by side, padded with blanks, titles in capitals: as kubectl prints tables.
[[nodiscard]] QString toText(const TableExtract& extract);
/// RFC 4180, UTF-8, titles in the first line. Texts that a spreadsheet would take for a formula begin with an
/// apostrophe.
[[nodiscard]] QByteArray toCsv(const TableExtract& extract);
/// An array of objects, by column id.
[[nodiscard]] QByteArray toJson(const TableExtract& extract);
/// One "kubectl get" for each cluster and namespace, quoted for a POSIX shell.
[[nodiscard]] QString toKubectl(const TableExtract& extract, const fleet::Fleet& fleet, const std::string& resource);

} // namespace ui
