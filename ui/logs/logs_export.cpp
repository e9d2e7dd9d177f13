// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logs_export.h"

#include "core/logs/log_text.h"
#include "ui/logs/log_lines.h"

#include <QSaveFile>

#include <memory>
#include <utility>
#include <vector>

namespace ui {

namespace {

QString write(const logs::LogStore& store, const std::vector<logs::Row>& rows, const QString& name,
              const base::CancelToken& token) {
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    const bool isJson = name.endsWith(QLatin1String(".json")) || name.endsWith(QLatin1String(".jsonl")) ||
                        name.endsWith(QLatin1String(".ndjson"));
    constexpr std::size_t kFlush = std::size_t(1) << 20;
    std::string text;
    for (const logs::Row row : rows) {
        if (token.isCancelled())
            return {};
        if (const auto line = store.read(row))
            text += isJson ? logs::jsonLine(*line, store.source(line->source))
                           : logs::textLine(*line, store.source(line->source));
        if (text.size() > kFlush) {
            file.write(text.data(), static_cast<qint64>(text.size()));
            text.clear();
        }
    }
    file.write(text.data(), static_cast<qint64>(text.size()));
    return file.commit() ? QString() : file.errorString();
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
        const QString problem = write(*store, rows, file, token);
        home->post([count = rows.size(), problem, token, done = std::move(done)] {
            if (!token.isCancelled())
                done(count, problem);
        });
    });
    return cancel;
}

} // namespace ui
