// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/table_export.h"

#include "core/fleet/fleet.h"
#include "ui/browser/object_table_model.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <utility>

namespace ui {

namespace {

std::vector<int> sections(const TableExtract& extract) {
    std::vector<int> out;
    for (const std::string& id : extract.columns) {
        if (const int column = extract.model.columnIndex(id); column >= 0)
            out.push_back(column);
    }
    return out;
}

QString cellText(const TableExtract& extract, int row, int column) {
    return QString::fromStdString(extract.model.text(row, column));
}

QString title(const TableExtract& extract, int column) {
    return extract.model.columns()[static_cast<std::size_t>(column)].title;
}

QByteArray csvField(const QString& text) {
    QString out = text;
    if (!out.isEmpty() && (out[0] == u'=' || out[0] == u'+' || out[0] == u'@' || out[0] == u'\t'))
        out.prepend(u'\'');
    if (out.contains(u',') || out.contains(u'"') || out.contains(u'\n') || out.contains(u'\r'))
        out = u'"' + out.replace(u'"', QLatin1String("\"\"")) + u'"';
    return out.toUtf8();
}

QString shellQuoted(const std::string& text) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:@%+=-]+$"));
    QString out = QString::fromStdString(text);
    if (plain.match(out).hasMatch())
        return out;
    return u'\'' + out.replace(u'\'', QLatin1String("'\\''")) + u'\'';
}

} // namespace

QString toText(const TableExtract& extract) {
    const std::vector<int> columns = sections(extract);
    std::vector<QStringList> lines;
    std::vector<qsizetype> widths(columns.size(), 0);
    const auto add = [&](const auto& textOf) {
        QStringList line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            line += textOf(columns[i]);
            widths[i] = std::max(widths[i], line.back().size());
        }
        lines.push_back(std::move(line));
    };
    add([&](int column) { return title(extract, column).toUpper(); });
    for (const int row : extract.rows)
        add([&](int column) { return cellText(extract, row, column); });
    QString out;
    for (const QStringList& line : lines) {
        for (qsizetype i = 0; i < line.size(); ++i)
            out += i + 1 < line.size() ? line[i].leftJustified(widths[static_cast<std::size_t>(i)] + 3) : line[i];
        out += u'\n';
    }
    return out;
}

QByteArray toCsv(const TableExtract& extract) {
    const std::vector<int> columns = sections(extract);
    QByteArray out;
    const auto add = [&](const auto& textOf) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i > 0)
                out += ',';
            out += csvField(textOf(columns[i]));
        }
        out += "\r\n";
    };
    add([&](int column) { return title(extract, column); });
    for (const int row : extract.rows)
        add([&](int column) { return cellText(extract, row, column); });
    return out;
}

QByteArray toJson(const TableExtract& extract) {
    const std::vector<int> columns = sections(extract);
    QJsonArray rows;
    for (const int row : extract.rows) {
        QJsonObject object;
        for (const int column : columns)
            object.insert(QString::fromStdString(extract.model.columns()[static_cast<std::size_t>(column)].id),
                          cellText(extract, row, column));
        rows.append(object);
    }
    return QJsonDocument(rows).toJson(QJsonDocument::Indented);
}

QString toKubectl(const TableExtract& extract, const fleet::Fleet& fleet, const std::string& resource) {
    std::map<std::pair<fleet::ClusterId, std::string>, QString> names;
    for (const int row : extract.rows) {
        const ObjectKey key = extract.model.keyAt(row);
        if (!key.isNull())
            names[{key.cluster, key.ns}] += u' ' + shellQuoted(key.name);
    }
    QString out;
    for (const auto& [place, list] : names) {
        const fleet::ClusterInfo& cluster = fleet.cluster(place.first);
        const std::string context =
            cluster.wayIn < cluster.waysIn.size() ? cluster.waysIn[cluster.wayIn].context : cluster.name;
        out += QLatin1String("kubectl --context ") + shellQuoted(context);
        if (!place.second.empty())
            out += QLatin1String(" -n ") + shellQuoted(place.second);
        out += QLatin1String(" get ") + shellQuoted(resource) + list + u'\n';
    }
    return out;
}

} // namespace ui
