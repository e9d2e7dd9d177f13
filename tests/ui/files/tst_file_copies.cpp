// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_copies.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <memory>
#include <string>

using ui::Cell;
using ui::FileCopyRow;
using ui::Ink;
using ui::Mark;

class TestFileCopies : public QObject {
    Q_OBJECT
private slots:
    void showsWhatIsDoneInPart();
};

void TestFileCopies::showsWhatIsDoneInPart() {
    constexpr int kWhat = 0;
    constexpr int kProgress = 2;
    constexpr int kState = 5;
    const std::unique_ptr<ui::FileCopyModel> model(ui::makeFileCopyModel(nullptr));
    const QAbstractItemModelTester tester(model.get());
    const auto cell = [&model](int column) { return model->index(0, column).data(ui::CellRole).value<Cell>(); };
    FileCopyRow row;
    row.state = FileCopyRow::State::Done;
    row.progress.files = 2;
    row.progress.totalFiles = 4;
    row.progress.bytes = 25;
    row.progress.totalBytes = 100;
    row.leftOut = row.unread = 40;
    for (int i = 0; i < 40; ++i)
        row.notes.push_back("/home/me/file" + std::to_string(i) + ": cannot be read, and is left out");
    model->setRows({row});
    QCOMPARE(cell(kWhat).mark, Mark::Attention);
    QCOMPARE(cell(kProgress).share, 0.25);
    QCOMPARE(cell(kProgress).barInk, Ink::Attention);
    QCOMPARE(cell(kState).text, QStringLiteral("2 files copied, some could not be read"));
    QCOMPARE(cell(kState).chip, QStringLiteral("40 left out"));
    const QStringList tip = model->index(0, kState).data(Qt::ToolTipRole).toString().split(u'\n');
    QCOMPARE(tip.value(1), QStringLiteral("/home/me/file0: cannot be read, and is left out"));
    QCOMPARE(tip.size(), qsizetype(17));
    QCOMPARE(tip.last(), QStringLiteral("and 25 more"));
    // A socket that was left out takes nothing from a copy.
    row.leftOut = 1;
    row.unread = 0;
    row.notes = {"\"socket\" is neither file, folder nor link, and is left out"};
    row.progress.files = row.progress.totalFiles;
    row.progress.bytes = row.progress.totalBytes;
    model->setRows({row});
    QCOMPARE(cell(kWhat).mark, Mark::Good);
    QCOMPARE(cell(kProgress).share, 1.0);
    QCOMPARE(cell(kState).text, QStringLiteral("4 files copied"));
    QCOMPARE(cell(kState).chip, QStringLiteral("1 left out"));
}

QTEST_MAIN(TestFileCopies)
#include "tst_file_copies.moc"
