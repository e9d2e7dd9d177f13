// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/journal.h"

#include <QObject>
#include <QSaveFile>
#include <QString>

#include <cstddef>

namespace ui {

/// Writes lines of the journal into a file, page by page, so that neither the window nor the memory feels how many
/// there are. Deletes itself after done().
class JournalExport : public QObject {
    Q_OBJECT
public:
    enum class Format { Csv, Json };
    /// What comes in from `nowMs` on is left out.
    JournalExport(change::Journal& journal, change::JournalQuery query, std::int64_t nowMs, const QString& file,
                  Format format, QObject* parent);
    void start();

signals:
    /// `problem` is empty where all went well.
    void done(int lines, const QString& problem);

private:
    void read();
    void take(const std::vector<change::JournalEntry>& page);
    void end();
    void fail(const QString& problem);

    change::Journal& m_journal;
    change::JournalQuery m_query;
    QSaveFile m_file;
    Format m_format;
    int m_lines = 0;
};

} // namespace ui
