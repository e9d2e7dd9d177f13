// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journal_export.h"

#include "core/change/journal_text.h"

#include <QPointer>

#include <string>
#include <string_view>
#include <utility>

namespace ui {

namespace {

constexpr std::size_t kPage = 2'000;

/// What stands between the brackets of a list.
std::string_view innerOf(std::string_view list) {
    const std::size_t open = list.find('[');
    const std::size_t close = list.rfind(']');
    std::string_view inner = list.substr(open + 1, close - open - 1);
    while (!inner.empty() && inner.back() == '\n')
        inner.remove_suffix(1);
    return inner;
}

std::string_view withoutHead(std::string_view csv) {
    const std::size_t end = csv.find("\r\n");
    return end == std::string_view::npos ? std::string_view() : csv.substr(end + 2);
}

} // namespace

JournalExport::JournalExport(change::Journal& journal, change::JournalQuery query, std::int64_t nowMs,
                             const QString& file, Format format, QObject* parent)
    : QObject(parent)
    , m_journal(journal)
    , m_query(std::move(query))
    , m_file(file)
    , m_format(format) {
    m_query.toMs = nowMs;
    m_query.limit = kPage;
}

void JournalExport::start() {
    if (!m_file.open(QIODevice::WriteOnly)) {
        end();
        return;
    }
    if (m_format == Format::Json)
        m_file.write("[");
    read();
}

void JournalExport::read() {
    m_journal.read(m_query,
                   [self = QPointer<JournalExport>(this)](const base::Result<std::vector<change::JournalEntry>>& page) {
                       if (!self)
                           return;
                       if (page)
                           self->take(*page);
                       else
                           self->fail(QString::fromStdString(page.error().message));
                   });
}

void JournalExport::take(const std::vector<change::JournalEntry>& page) {
    if (!page.empty() || (m_lines == 0 && m_format == Format::Csv)) {
        const std::string text = m_format == Format::Csv ? change::journalCsv(page) : change::journalJson(page);
        std::string_view part = text;
        if (m_format == Format::Json) {
            part = innerOf(text);
            if (m_lines > 0)
                m_file.write(",");
        } else if (m_lines > 0) {
            part = withoutHead(text);
        }
        m_file.write(part.data(), static_cast<qint64>(part.size()));
    }
    m_lines += static_cast<int>(page.size());
    if (page.size() == kPage && m_file.error() == QFileDevice::NoError) {
        m_query.before = page.back().line;
        read();
        return;
    }
    if (m_format == Format::Json)
        m_file.write("\n]\n");
    end();
}

// Half a journal is none: what was written so far is dropped.
void JournalExport::fail(const QString& problem) {
    m_file.cancelWriting();
    emit done(m_lines, problem);
    deleteLater();
}

void JournalExport::end() {
    const bool written = m_file.isOpen() && m_file.commit();
    emit done(m_lines, written ? QString() : m_file.errorString());
    deleteLater();
}

} // namespace ui
