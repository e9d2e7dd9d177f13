// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logs_export.h"

#include "core/logs/line_writer.h"
#include "ui/logs/log_lines.h"

#include <QSaveFile>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ui {

namespace {

struct Outcome {
    std::size_t lines = 0;
    QString problem;
};

Outcome write(const logs::LogStore& store, const std::vector<logs::Row>& rows, const QString& name,
              const base::CancelToken& token) {
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return {0, file.errorString()};
    const bool isJson = name.endsWith(QLatin1String(".json")) || name.endsWith(QLatin1String(".jsonl")) ||
                        name.endsWith(QLatin1String(".ndjson"));
    constexpr std::size_t kFlush = std::size_t(1) << 20;
    std::string text;
    const auto flush = [&] {
        file.write(text.data(), static_cast<qint64>(text.size()));
        text.clear();
    };
    logs::LineWriter writer(
        store, isJson ? logs::LineWriter::Form::Json : logs::LineWriter::Form::Text,
        [&](std::string_view bytes) {
            text += bytes;
            if (text.size() > kFlush)
                flush();
        },
        token);
    for (const logs::Row row : rows) {
        if (token.isCancelled())
            return {};
        writer.write(row);
    }
    flush();
    // Half a line must not stand in for the file that was there.
    if (token.isCancelled())
        return {};
    return {writer.written(), file.commit() ? QString() : file.errorString()};
}

} // namespace

base::Cancel exportLines(LogLines& lines, const QString& file,
                         std::function<void(std::size_t, const QString& problem)> done) {
    std::vector<logs::Row> rows;
    rows.reserve(lines.count());
    for (std::size_t place = 0; place < lines.count(); ++place)
        rows.push_back(lines.rowAt(place));
    base::Cancel cancel = base::Cancel::create();
    lines.pool().post([store = lines.sharedStore(), rows = std::move(rows), file, token = cancel.token(),
                       home = &lines.home(), done = std::move(done)]() mutable {
        home->post([outcome = write(*store, rows, file, token), token, done = std::move(done)] {
            if (!token.isCancelled())
                done(outcome.lines, outcome.problem);
        });
    });
    return cancel;
}

} // namespace ui
