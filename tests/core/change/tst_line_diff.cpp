// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/line_diff.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <random>
#include <string>

using change::DiffKind;
using change::DiffRow;

class TestLineDiff : public QObject {
    Q_OBJECT

private:
    static std::string randomText(std::minstd_rand& random, int lines) {
        std::string text;
        for (int i = 0; i < lines; ++i)
            text += "line " + std::to_string(random() % 7) + "\n";
        return text;
    }
    /// The two texts that rows stand for.
    static std::pair<std::string, std::string> textsOf(const std::vector<DiffRow>& rows) {
        std::pair<std::string, std::string> texts;
        for (const DiffRow& row : rows) {
            if (row.left > 0)
                texts.first += row.leftText + "\n";
            if (row.right > 0)
                texts.second += row.rightText + "\n";
        }
        return texts;
    }
    static QByteArray write(const QTemporaryDir& folder, const char* name, const std::string& text) {
        QFile file(folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), qint64(text.size())) < 0)
            qFatal("cannot write");
        return file.fileName().toUtf8();
    }

private slots:
    void placesLinesSideBySide() {
        const auto rows = change::sideBySide("a\nb\nc\nd\n", "a\nB\nc\nd\ne\n");
        const std::vector<DiffRow> expected{
            {DiffKind::Same, 1, 1, "a", "a"}, {DiffKind::Changed, 2, 2, "b", "B"}, {DiffKind::Same, 3, 3, "c", "c"},
            {DiffKind::Same, 4, 4, "d", "d"}, {DiffKind::Added, 0, 5, {}, "e"},
        };
        QVERIFY(rows == expected);
        QVERIFY(change::sideBySide("", "").empty());
        QCOMPARE(change::sideBySide("", "a\nb\n").size(), std::size_t(2));
        QCOMPARE(change::sideBySide("a\nb\n", "").front().kind, DiffKind::Removed);
    }

    void losesNoLine() {
        std::minstd_rand random(7);
        for (int round = 0; round < 300; ++round) {
            const std::string before = randomText(random, int(random() % 40));
            const std::string after = randomText(random, int(random() % 40));
            const auto texts = textsOf(change::sideBySide(before, after));
            QCOMPARE(texts.first, before);
            QCOMPARE(texts.second, after);
        }
    }

    // patch(1) is not everywhere, diff(1) is: as many changed lines as it finds, and no line lost.
    void findsAsFewChangesAsDiff() {
        const QTemporaryDir folder;
        std::minstd_rand random(11);
        for (int round = 0; round < 30; ++round) {
            const std::string before = randomText(random, 30);
            const std::string after = randomText(random, 30);
            QProcess diff;
            diff.start(QStringLiteral("diff"),
                       {QStringLiteral("--minimal"), QString::fromUtf8(write(folder, "a", before)),
                        QString::fromUtf8(write(folder, "b", after))});
            QVERIFY(diff.waitForFinished());
            const QList<QByteArray> lines = diff.readAllStandardOutput().split('\n');
            const auto theirs = std::count_if(lines.begin(), lines.end(), [](const QByteArray& line) {
                return line.startsWith('<') || line.startsWith('>');
            });
            qsizetype ours = 0;
            for (const DiffRow& row : change::sideBySide(before, after))
                ours += row.kind == DiffKind::Same ? 0 : (row.left > 0 ? 1 : 0) + (row.right > 0 ? 1 : 0);
            QCOMPARE(ours, theirs);
        }
    }

    void printsAsDiffDoes() {
        std::string before;
        std::string after;
        for (int i = 0; i < 40; ++i) {
            before += "line " + std::to_string(i) + "\n";
            after += (i == 5 ? "five" : i == 30 ? "thirty" : "line " + std::to_string(i)) + std::string("\n");
        }
        const QTemporaryDir folder;
        QProcess diff;
        diff.start(QStringLiteral("diff"),
                   {QStringLiteral("-u"), QStringLiteral("--label"), QStringLiteral("a"), QStringLiteral("--label"),
                    QStringLiteral("b"), QString::fromUtf8(write(folder, "a", before)),
                    QString::fromUtf8(write(folder, "b", after))});
        QVERIFY(diff.waitForFinished());
        QCOMPARE(QByteArray::fromStdString(change::unifiedDiff(before, after, "a", "b")), diff.readAllStandardOutput());
        QVERIFY(change::unifiedDiff(before, before, "a", "b").empty());
    }

    void endsInTimeWhereNothingIsAlike() {
        std::string before;
        std::string after;
        for (int i = 0; i < 20000; ++i) {
            before += "b" + std::to_string(i) + "\n";
            after += "a" + std::to_string(i) + "\n";
        }
        const auto rows = change::sideBySide(before, after);
        QCOMPARE(rows.size(), std::size_t(20000));
        const auto texts = textsOf(rows);
        QVERIFY(texts.first == before && texts.second == after);
    }

    void hidesSecretsAndWhatTheServerCounts() {
        const std::string text = change::diffText(
            R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","resourceVersion":"7","managedFields":[]},"data":{"a":"aGlkZGVu"}})",
            "Secret");
        QVERIFY(text.find("aGlkZGVu") == std::string::npos);
        QVERIFY(text.find("resourceVersion") == std::string::npos);
        QVERIFY(text.find("hidden 8 bytes") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestLineDiff)
#include "tst_line_diff.moc"
