// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/format.h"
#include "ui/files/file_copies.h"
#include "ui/files/file_error_text.h"
#include "ui/files/file_tree_model.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstddef>

namespace ui {

class FileCopyTable {
    Q_DECLARE_TR_FUNCTIONS(ui::FileCopyTable)
};

namespace {

using State = FileCopyRow::State;

constexpr std::size_t kMostNotesInTip = 15;

bool isUpload(const FileCopyRow& row) {
    return row.spec.direction == kube::files::Direction::ToContainer;
}

/// Not all that was asked for is there.
bool isDoneInPart(const FileCopyRow& row) {
    return row.state == State::Done && row.unread > 0;
}

Mark markOf(const FileCopyRow& row) {
    switch (row.state) {
    case State::Waiting:
    case State::Running:
        return Mark::Pending;
    case State::Done:
        return isDoneInPart(row) ? Mark::Attention : Mark::Good;
    case State::Failed:
        return Mark::Broken;
    case State::Cancelled:
        return Mark::Away;
    }
    return Mark::None;
}

Cell whatCell(const FileCopyRow& row) {
    Cell cell;
    cell.mark = markOf(row);
    const std::string& path = isUpload(row) ? row.spec.local : row.spec.remote;
    cell.text = fileNameText(path.substr(path.rfind('/') + 1));
    cell.face = CellFace::Strong;
    return cell;
}

Cell targetCell(const FileCopyRow& row) {
    const QString to = fileNameText(isUpload(row) ? row.spec.remote : row.spec.local);
    Cell cell;
    cell.text = isUpload(row) ? FileCopyTable::tr("container: %1", "%1 is a folder in a container").arg(to)
                              : FileCopyTable::tr("this machine: %1", "%1 is a file or folder").arg(to);
    return cell;
}

Cell progressCell(const FileCopyRow& row) {
    Cell cell;
    const auto& progress = row.progress;
    if (row.state == State::Done && (!isDoneInPart(row) || progress.totalBytes == 0))
        cell.share = 1;
    else if (row.state != State::Waiting && progress.totalBytes > 0)
        cell.share = double(progress.bytes) / double(progress.totalBytes);
    else if (row.state == State::Running)
        cell.share = 0;
    cell.dimmed = row.state == State::Cancelled;
    if (row.state == State::Done)
        cell.barInk = isDoneInPart(row) ? Ink::Attention : Ink::Good;
    if (row.state == State::Failed)
        cell.barInk = Ink::Broken;
    return cell;
}

Cell bytesCell(const FileCopyRow& row) {
    Cell cell;
    cell.align = CellAlign::Right;
    const auto& progress = row.progress;
    if (row.state == State::Waiting || (row.state != State::Done && progress.totalFiles == 0))
        return cell;
    const Measured done = bytesText(static_cast<std::int64_t>(progress.bytes));
    const Measured all = bytesText(static_cast<std::int64_t>(progress.totalBytes));
    if (row.state == State::Done && !isDoneInPart(row)) {
        cell.text = all.number;
        cell.unit = all.unit;
    } else {
        cell.text = FileCopyTable::tr("%1 of %2", "bytes copied, bytes in all")
                        .arg(done.number + QChar(u' ') + done.unit, all.number + QChar(u' ') + all.unit);
    }
    return cell;
}

Cell filesCell(const FileCopyRow& row) {
    Cell cell;
    cell.align = CellAlign::Right;
    if (row.progress.totalFiles > 0)
        cell.text = FileCopyTable::tr("%1 of %2", "files copied, files in all")
                        .arg(countText(static_cast<std::int64_t>(row.progress.files)),
                             countText(static_cast<std::int64_t>(row.progress.totalFiles)));
    return cell;
}

QString doneText(const FileCopyRow& row) {
    const auto files = static_cast<int>(row.progress.files);
    const auto same = static_cast<std::int64_t>(row.progress.sameFiles);
    if (isDoneInPart(row))
        return FileCopyTable::tr("%Ln files copied, some could not be read", nullptr, files);
    // Without sums nothing is known to be equal before.
    if (row.isComparedBySizeAlone)
        return FileCopyTable::tr("%Ln files copied, compared by size alone", nullptr, files);
    if (same == 0)
        return FileCopyTable::tr("%Ln files copied", nullptr, files);
    if (files == 0)
        return FileCopyTable::tr("Nothing to copy: all %1 are equal on both sides", "%1 counts files")
            .arg(countText(same));
    return FileCopyTable::tr("%Ln files copied, %1 skipped as equal", "%1 counts files", files).arg(countText(same));
}

Cell stateCell(const FileCopyRow& row) {
    Cell cell;
    cell.elide = CellElide::End;
    switch (row.state) {
    case State::Waiting:
        cell.text = FileCopyTable::tr("Waits for the ones before");
        cell.ink = Ink::Muted;
        break;
    case State::Running:
        cell.text = row.progress.file.empty() ? FileCopyTable::tr("Compares both sides")
                                              : FileCopyTable::tr("Copies %1").arg(fileNameText(row.progress.file));
        cell.ink = Ink::Muted;
        break;
    case State::Done:
        cell.text = doneText(row);
        if (isDoneInPart(row))
            cell.ink = Ink::Attention;
        if (row.leftOut > 0)
            cell.chip = FileCopyTable::tr("%Ln left out", "files", static_cast<int>(row.leftOut));
        break;
    case State::Failed:
        cell.text = row.error ? fileErrorSentence(*row.error) : QString();
        cell.ink = Ink::Broken;
        break;
    case State::Cancelled:
        cell.text = FileCopyTable::tr("Cancelled; what has arrived whole stays");
        cell.ink = Ink::Muted;
        break;
    }
    return cell;
}

QString whatTip(const FileCopyRow& row) {
    return fileNameText(isUpload(row) ? row.spec.local : row.spec.remote);
}

QString stateTip(const FileCopyRow& row) {
    QStringList lines{stateCell(row).text};
    if (row.error && row.state == State::Failed)
        lines.append(fileErrorAdvice(*row.error));
    if (row.state == State::Done && row.isComparedBySizeAlone)
        lines.append(
            FileCopyTable::tr("The container has no program that takes checksums (sha256sum, md5sum, cksum)."));
    const std::size_t told = std::min(row.notes.size(), kMostNotesInTip);
    for (std::size_t i = 0; i < told; ++i)
        lines.append(QString::fromStdString(row.notes[i]));
    if (row.leftOut > told)
        lines.append(FileCopyTable::tr("and %Ln more", "files left out", static_cast<int>(row.leftOut - told)));
    lines.removeAll(QString());
    return lines.join(u'\n');
}

} // namespace

FileCopyModel* makeFileCopyModel(QObject* parent) {
    using Column = TableColumn<FileCopyRow>;
    std::vector<Column> columns;
    columns.push_back({QStringLiteral("what"),
                       FileCopyTable::tr("Copied", "the file or folder that is"),
                       150,
                       CellAlign::Left,
                       whatCell,
                       {},
                       whatTip});
    columns.push_back({QStringLiteral("target"),
                       FileCopyTable::tr("To", "where it is copied to"),
                       150,
                       CellAlign::Left,
                       targetCell,
                       {},
                       {}});
    columns.push_back({QStringLiteral("progress"),
                       FileCopyTable::tr("Progress"),
                       120,
                       CellAlign::Left,
                       progressCell,
                       {},
                       [](const FileCopyRow&) { return QString(); }});
    columns.push_back({QStringLiteral("bytes"), FileCopyTable::tr("Bytes"), 120, CellAlign::Right, bytesCell, {}, {}});
    columns.push_back({QStringLiteral("files"), FileCopyTable::tr("Files"), 90, CellAlign::Right, filesCell, {}, {}});
    columns.push_back(
        {QStringLiteral("state"), FileCopyTable::tr("State"), 220, CellAlign::Left, stateCell, {}, stateTip});
    return new FileCopyModel([](const FileCopyRow& row) { return row.id; }, std::move(columns), parent);
}

} // namespace ui
