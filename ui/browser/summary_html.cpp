// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/summary_html.h"

#include "core/base/age.h"
#include "ui/base/cluster_text.h"
#include "ui/base/theme.h"

#include <QUrlQuery>

namespace ui {

namespace {

QString escaped(const std::string& text) {
    return QString::fromStdString(text).toHtmlEscaped().replace(u'\n', QLatin1String("<br>"));
}

QString coloured(const QString& html, const QColor& colour) {
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colour.name(), html);
}

// The glyph of a state, in text.
QString glyph(kube::ObjectState state) {
    const Mark mark = stateMark(state);
    QString shape;
    switch (mark) {
    case Mark::None:
        return {};
    case Mark::Good:
    case Mark::Info:
    case Mark::Done:
        shape = QStringLiteral("\u25CF");
        break;
    case Mark::Attention:
        shape = QStringLiteral("\u25B2");
        break;
    case Mark::Broken:
        shape = QStringLiteral("\u2715");
        break;
    case Mark::Pending:
    case Mark::Away:
        shape = QStringLiteral("\u25CC");
        break;
    case Mark::NotConnected:
        shape = QStringLiteral("\u25CB");
        break;
    }
    return coloured(shape, tokens().mark(mark)) + QStringLiteral("&nbsp;");
}

QString valueHtml(const kube::SummaryItem& item, std::int64_t nowMs) {
    QString text = escaped(item.value);
    if (item.timeMs != 0)
        text = QString::fromStdString(base::humanDuration(nowMs - item.timeMs)) + u' ' + coloured(text, tokens().muted);
    else if (!item.linkName.empty())
        text = QStringLiteral("<a style=\"color:%1; text-decoration:none\" href=\"%2\">%3</a>")
                   .arg(tokens().accent.name(),
                        linkUrl({QString::fromStdString(item.linkKind), QString::fromStdString(item.linkNamespace),
                                 QString::fromStdString(item.linkName)})
                            .toString(QUrl::FullyEncoded)
                            .toHtmlEscaped(),
                        text);
    else if (item.value == "<none>" || item.value == "<unset>")
        text = coloured(text, tokens().muted);
    return glyph(item.state) + text;
}

QString cellStyle() {
    return QStringLiteral("border-bottom:1px solid %1; padding:4px 8px 4px 0px;").arg(tokens().line.name());
}

void appendItems(QString& html, const std::vector<kube::SummaryItem>& items, int depth, std::int64_t nowMs) {
    for (const kube::SummaryItem& item : items) {
        const QString label = coloured(escaped(item.label), tokens().muted);
        const QString indent = QStringLiteral("padding-left:%1px;").arg(depth * 14);
        if (item.value.empty() && !item.children.empty()) {
            html += QStringLiteral("<tr><td colspan=\"2\" style=\"%1%2\"><b>%3</b></td></tr>")
                        .arg(cellStyle(), indent, escaped(item.label));
        } else {
            html += QStringLiteral("<tr><td style=\"%1%2\">%3</td><td style=\"%1\">%4</td></tr>")
                        .arg(cellStyle(), indent, label, valueHtml(item, nowMs));
        }
        appendItems(html, item.children, depth + 1, nowMs);
    }
}

void appendTable(QString& html, const kube::SummaryTable& table, std::int64_t nowMs) {
    html += QStringLiteral("<p style=\"margin-top:14px; margin-bottom:4px\"><b>%1</b></p>").arg(escaped(table.title));
    html += QStringLiteral("<table width=\"100%\" cellspacing=\"0\" style=\"border-collapse:collapse\"><tr>");
    for (const std::string& column : table.columns)
        html += QStringLiteral("<td style=\"%1\">%2</td>").arg(cellStyle(), coloured(escaped(column), tokens().muted));
    html += QStringLiteral("</tr>");
    for (const std::vector<kube::SummaryItem>& row : table.rows) {
        html += QStringLiteral("<tr>");
        for (const kube::SummaryItem& item : row)
            html += QStringLiteral("<td style=\"%1\">%2</td>").arg(cellStyle(), valueHtml(item, nowMs));
        html += QStringLiteral("</tr>");
    }
    html += QStringLiteral("</table>");
}

} // namespace

QUrl linkUrl(const ObjectLink& link) {
    QUrl url;
    url.setScheme(QStringLiteral("object"));
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("kind"), link.kind);
    query.addQueryItem(QStringLiteral("ns"), link.ns);
    query.addQueryItem(QStringLiteral("name"), QString::fromLatin1(QUrl::toPercentEncoding(link.name)));
    url.setQuery(query);
    return url;
}

std::optional<ObjectLink> linkOf(const QUrl& url) {
    if (url.scheme() != QLatin1String("object"))
        return std::nullopt;
    const QUrlQuery query(url);
    const QString name = query.queryItemValue(QStringLiteral("name"), QUrl::FullyDecoded);
    return ObjectLink{query.queryItemValue(QStringLiteral("kind"), QUrl::FullyDecoded),
                      query.queryItemValue(QStringLiteral("ns"), QUrl::FullyDecoded),
                      QUrl::fromPercentEncoding(name.toLatin1())};
}

QString summaryHtml(const kube::Summary& summary, std::int64_t nowMs) {
    QString html = QStringLiteral("<table width=\"100%\" cellspacing=\"0\" style=\"border-collapse:collapse\">");
    appendItems(html, summary.items, 0, nowMs);
    html += QStringLiteral("</table>");
    for (const kube::SummaryTable& table : summary.tables)
        appendTable(html, table, nowMs);
    return html;
}

} // namespace ui
