// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/yaml_highlighter.h"

#include "ui/base/theme.h"

namespace ui {

namespace {

qsizetype indentOf(const QString& line) {
    qsizetype indent = 0;
    while (indent < line.size() && line[indent] == u' ')
        ++indent;
    return indent;
}

// The end of a plain or quoted key that starts at `at`, the place of its colon; -1 if there is no key.
qsizetype keyEnd(const QString& line, qsizetype at) {
    if (at < line.size() && line[at] == u'"') {
        for (qsizetype i = at + 1; i < line.size(); ++i) {
            if (line[i] == u'\\')
                ++i;
            else if (line[i] == u'"')
                return i + 1 < line.size() && line[i + 1] == u':' ? i + 1 : -1;
        }
        return -1;
    }
    for (qsizetype i = at; i < line.size(); ++i) {
        if (line[i] == u':' && (i + 1 == line.size() || line[i + 1] == u' '))
            return i;
        if (line[i] == u'\'' || line[i] == u'{' || line[i] == u'[')
            return -1;
    }
    return -1;
}

bool isFigure(const QString& value) {
    bool isNumber = false;
    value.toDouble(&isNumber);
    return isNumber || value == QLatin1String("true") || value == QLatin1String("false") ||
           value == QLatin1String("null");
}

} // namespace

// The state of a line is the indent of the key whose block text ("|", ">") goes on, plus 1; 0 outside.
void YamlHighlighter::highlightBlock(const QString& line) {
    const Tokens& colours = tokens();
    const qsizetype indent = indentOf(line);
    const int block = previousBlockState();
    if (block > 0 && (indent == line.size() || indent >= block)) {
        setCurrentBlockState(block);
        return;
    }
    setCurrentBlockState(0);
    qsizetype at = indent;
    while (at + 1 < line.size() && line[at] == u'-' && line[at + 1] == u' ')
        at += 2;
    if (at < line.size() && line[at] == u'#') {
        setFormat(static_cast<int>(at), static_cast<int>(line.size() - at), colours.muted);
        return;
    }
    if (const qsizetype end = keyEnd(line, at); end >= 0) {
        setFormat(static_cast<int>(at), static_cast<int>(end - at), colours.accent);
        setFormat(static_cast<int>(end), 1, colours.muted);
        const qsizetype parent = at;
        at = end + 1;
        while (at < line.size() && line[at] == u' ')
            ++at;
        if (at < line.size() && (line[at] == u'|' || line[at] == u'>')) {
            setCurrentBlockState(static_cast<int>(parent) + 1);
            setFormat(static_cast<int>(at), static_cast<int>(line.size() - at), colours.muted);
            return;
        }
    }
    if (at >= line.size())
        return;
    const QString value = line.mid(at);
    if (isFigure(value))
        setFormat(static_cast<int>(at), static_cast<int>(value.size()), colours.info);
    else if (value.startsWith(u'"') || value.startsWith(u'\''))
        setFormat(static_cast<int>(at), static_cast<int>(value.size()), colours.good);
}

} // namespace ui
