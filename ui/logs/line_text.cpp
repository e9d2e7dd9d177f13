// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/line_text.h"

#include "core/logs/recognition.h"
#include "ui/base/theme.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <array>
#include <string_view>

namespace ui {

class LogWords {
    Q_DECLARE_TR_FUNCTIONS(ui::LogWords)
};

namespace {

constexpr int kTab = 8;
constexpr char16_t kControlPictures = 0x2400;
constexpr int kMsPerNs = 1'000'000;

/// Text in UTF-16 and where each byte of it went.
class Painted {
public:
    void append(std::string_view bytes) {
        std::size_t i = 0;
        while (i < bytes.size()) {
            const auto lead = static_cast<unsigned char>(bytes[i]);
            std::size_t length = lead < 0x80 ? 1U : lead >= 0xF0 ? 4U : lead >= 0xE0 ? 3U : lead >= 0xC0 ? 2U : 1U;
            length = std::min(length, bytes.size() - i);
            m_at.insert(m_at.end(), length, static_cast<int>(m_text.size()));
            if (lead == '\t')
                m_text += QString(kTab - m_text.size() % kTab, u' ');
            else if (lead < 0x20)
                m_text += QChar(static_cast<char16_t>(kControlPictures + lead));
            else if (lead == 0x7F)
                m_text += QChar(static_cast<char16_t>(kControlPictures + 0x21));
            else if (lead < 0x80)
                m_text += QLatin1Char(static_cast<char>(lead));
            else
                m_text += QString::fromUtf8(bytes.data() + i, static_cast<qsizetype>(length));
            i += length;
        }
    }
    [[nodiscard]] int at(std::size_t byte) const {
        return byte < m_at.size() ? m_at[byte] : static_cast<int>(m_text.size());
    }
    QString m_text;

private:
    std::vector<int> m_at;
};

QColor terminalColour(std::uint32_t colour) {
    if ((colour & logs::ColourRun::kTrueColour) != 0)
        return QColor::fromRgb(colour & 0xFFFFFFU);
    const unsigned index = colour - 1;
    if (index < 16) {
        // The usual sixteen are words more than colours: told in ours, they stay readable on either ground.
        const Tokens& ink = tokens();
        const std::array<QColor, 8> plain{ink.muted,  ink.broken,  ink.good, ink.attention,
                                          ink.accent, ink.hues[3], ink.info, ink.text};
        return plain[index % 8];
    }
    if (index < 232) {
        const auto part = [](unsigned value) { return value == 0 ? 0 : static_cast<int>(55 + value * 40); };
        const unsigned cube = index - 16;
        return {part(cube / 36), part(cube / 6 % 6), part(cube % 6)};
    }
    const int grey = static_cast<int>(8 + (index - 232) * 10);
    return {grey, grey, grey};
}

QTextCharFormat formatOf(const logs::ColourRun& run) {
    QTextCharFormat format;
    std::uint32_t ink = run.ink;
    std::uint32_t ground = run.ground;
    if ((run.style & logs::ColourRun::Reversed) != 0)
        std::swap(ink, ground);
    if (ink != 0)
        format.setForeground(terminalColour(ink));
    if (ground != 0) {
        QColor colour = terminalColour(ground);
        colour.setAlpha(70);
        format.setBackground(colour);
    }
    if ((run.style & logs::ColourRun::Bold) != 0)
        format.setFontWeight(QFont::Bold);
    if ((run.style & logs::ColourRun::Faint) != 0)
        format.setForeground(tokens().muted);
    format.setFontItalic((run.style & logs::ColourRun::Italic) != 0);
    format.setFontUnderline((run.style & logs::ColourRun::Underlined) != 0);
    format.setFontStrikeOut((run.style & logs::ColourRun::Struck) != 0);
    return format;
}

bool isTold(std::string_view name, const std::string& value, const logs::Recognized& line) {
    for (const std::string_view told : {"level", "severity", "lvl", "time", "ts", "timestamp", "@timestamp"}) {
        if (name == told)
            return true;
    }
    return value == line.message &&
           (name == "msg" || name == "message" || name == "@message" || name == "event" || name == "log");
}

// The message and, in muted ink, the fields that say more; empty where the line is better shown as it is.
std::string recognizedText(std::string_view line, std::size_t& mutedFrom) {
    const logs::Recognized recognized = logs::recognize(line);
    if (recognized.form != logs::Recognized::Form::Json || recognized.message.empty())
        return {};
    std::string text = recognized.message;
    std::replace(text.begin(), text.end(), '\n', ' ');
    mutedFrom = text.size();
    for (const logs::Field& field : recognized.fields) {
        if (isTold(field.name, field.value, recognized))
            continue;
        text += (text.size() == mutedFrom ? "   " : "  ") + field.name + '=' + field.value;
    }
    return text;
}

} // namespace

LineText lineText(const logs::LogRow& row, LineForm form, const logs::LogFilter& filter, std::size_t most) {
    std::size_t mutedFrom = std::string::npos;
    std::string text = form == LineForm::Recognized ? recognizedText(row.text, mutedFrom) : std::string();
    const bool isRecognized = !text.empty();
    if (!isRecognized)
        text = row.text.substr(0, most);
    text.resize(std::min(text.size(), most));
    Painted painted;
    painted.append(text);
    LineText result;
    const auto add = [&](int from, int to, const QTextCharFormat& format) {
        if (to > from)
            result.formats.append({from, to - from, format});
    };
    if (mutedFrom < text.size()) {
        QTextCharFormat muted;
        muted.setForeground(tokens().muted);
        add(painted.at(mutedFrom), static_cast<int>(painted.m_text.size()), muted);
    }
    if (!isRecognized) {
        for (std::size_t i = 0; i < row.colours.size(); ++i)
            add(painted.at(row.colours[i].at),
                i + 1 < row.colours.size() ? painted.at(row.colours[i + 1].at)
                                           : static_cast<int>(painted.m_text.size()),
                formatOf(row.colours[i]));
    }
    QTextCharFormat marked;
    marked.setBackground(tokens().selection);
    marked.setFontWeight(QFont::Bold);
    for (const auto& [at, length] : filter.marks(text))
        add(painted.at(at), painted.at(at + length), marked);
    result.text = std::move(painted.m_text);
    return result;
}

QString lineTime(std::int64_t timeNs) {
    return QDateTime::fromMSecsSinceEpoch(timeNs / kMsPerNs).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString levelText(logs::Level level) {
    const std::string_view name = logs::levelName(level);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())).toUpper();
}

QString levelWord(logs::Level level) {
    switch (level) {
    case logs::Level::None:
        return LogWords::tr("no level", "of a line in a log");
    case logs::Level::Trace:
        return LogWords::tr("trace", "level of a line in a log");
    case logs::Level::Debug:
        return LogWords::tr("debug", "level of a line in a log");
    case logs::Level::Info:
        return LogWords::tr("info", "level of a line in a log");
    case logs::Level::Warn:
        return LogWords::tr("warning", "level of a line in a log");
    case logs::Level::Error:
        return LogWords::tr("error", "level of a line in a log");
    case logs::Level::Fatal:
        return LogWords::tr("fatal", "level of a line in a log");
    }
    return {};
}

QColor levelColour(logs::Level level) {
    switch (level) {
    case logs::Level::Warn:
        return tokens().attention;
    case logs::Level::Error:
    case logs::Level::Fatal:
        return tokens().broken;
    case logs::Level::Info:
        return tokens().info;
    default:
        return tokens().away;
    }
}

QString sourceText(const logs::SourceInfo& source) {
    const QString name = QString::fromStdString(source.pod + '/' + source.container);
    if (source.isPrevious)
        return LogWords::tr("%1 (previous run)", "%1 is pod/container").arg(name);
    if (source.kind == logs::SourceInfo::Kind::Init)
        return LogWords::tr("%1 (init)", "%1 is pod/container").arg(name);
    return name;
}

} // namespace ui
