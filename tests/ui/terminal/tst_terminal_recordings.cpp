// SPDX-License-Identifier: GPL-3.0-or-later
// What vi, less, top, htop, tmux and mc wrote to a terminal of 80 x 24 (tests/data/terminal/record.py), painted by our
// screen and compared with what tmux made of the same bytes.
#include "ui/terminal/terminal_screen.h"

#include <QDir>
#include <QFile>
#include <QTest>

using ui::TerminalScreen;

class TestTerminalRecordings : public QObject {
    Q_OBJECT
private slots:
    void gridIsTmuxs_data();
    void gridIsTmuxs();
};

void TestTerminalRecordings::gridIsTmuxs_data() {
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(TESTS_DATA_DIR "/terminal"));
    const QStringList files = folder.entryList({QStringLiteral("*.bytes")}, QDir::Files, QDir::Name);
    QVERIFY(files.size() >= 6);
    for (const QString& file : files)
        QTest::addRow("%s", qPrintable(file.chopped(6))) << folder.filePath(file.chopped(6));
}

void TestTerminalRecordings::gridIsTmuxs() {
    QFETCH(QString, file);
    QFile bytes(file + QStringLiteral(".bytes"));
    QFile grid(file + QStringLiteral(".grid"));
    QVERIFY(bytes.open(QIODevice::ReadOnly) && grid.open(QIODevice::ReadOnly));
    const QByteArray written = bytes.readAll();
    const QStringList expected = QString::fromUtf8(grid.readAll()).split(u'\n');
    // However it comes.
    for (const qsizetype step : {qsizetype(1), qsizetype(7), written.size()}) {
        TerminalScreen screen(24, 80);
        for (qsizetype at = 0; at < written.size(); at += step)
            screen.write(written.mid(at, step).toStdString());
        for (int row = 0; row < 24; ++row) {
            const std::int64_t line = screen.screenLine() + row;
            QString got = QString::fromStdString(screen.text({{line, 0}, {line, 80}}));
            while (got.endsWith(u' '))
                got.chop(1);
            QCOMPARE(QStringLiteral("%1: %2").arg(row).arg(got),
                     QStringLiteral("%1: %2").arg(row).arg(expected.value(row)));
        }
    }
}

QTEST_GUILESS_MAIN(TestTerminalRecordings)
#include "tst_terminal_recordings.moc"
