// SPDX-License-Identifier: GPL-3.0-or-later
//
// What qdctl says of a journal, and of one that cannot be read; no servers are asked.
#include "core/change/journal_store.h"
#include "tests/support/child_process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <string>
#include <vector>

class TestQdctlJournal : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] testbed::Ran qdctl(const std::vector<std::string>& arguments) const {
        std::vector<std::string> command{TESTS_BIN_DIR "/qdctl", "--kubeconfig",
                                         m_folder.filePath("kubeconfig").toStdString()};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return testbed::run(
            command, {.input = {}, .environment = {{"QUARTERDECK_HOME", m_folder.path().toStdString()}}, .folder = {}});
    }
    [[nodiscard]] QString journal() const { return m_folder.filePath("state/journal/journal.sqlite"); }

private slots:
    void initTestCase() {
        QFile file(m_folder.filePath("kubeconfig"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("apiVersion: v1\nkind: Config\nclusters: []\ncontexts: []\nusers: []\n");
    }

    void isEmptyAtFirst() {
        const testbed::Ran ran = qdctl({"journal", "--offline"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QCOMPARE(ran.err, std::string());
        QVERIFY2(ran.out.starts_with("TIME") && ran.out.find('\n') == ran.out.size() - 1, ran.out.c_str());
    }

    void tellsWhy() {
        {
            const auto store = change::JournalStore::open(m_folder.filePath("state/journal").toStdString());
            QVERIFY(store && (*store)->beginBatch());
            change::JournalRecord record;
            record.entry.set = "20260102-150405-aaaaa";
            record.entry.title = "Scale the shop";
            record.entry.object = {"apps/v1", "Deployment", "shop", "web"};
            (*store)->add({record}, "Ticket 7, as agreed");
            record.entry.set = "20260102-150406-bbbbb";
            (*store)->add({record}, {});
            (*store)->finish("20260102-150405-aaaaa", 7000);
            (*store)->finish("20260102-150406-bbbbb", 7000);
            QVERIFY((*store)->commitBatch());
        }
        testbed::Ran ran = qdctl({"journal", "--offline", "-o", "csv", "ticket"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        const QList<QByteArray> lines = QByteArray::fromStdString(ran.out).split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[0].endsWith(",intent\r"), ran.out.c_str());
        QVERIFY2(lines[1].startsWith("20260102-150405-aaaaa,") && lines[1].endsWith(",\"Ticket 7, as agreed\"\r"),
                 ran.out.c_str());
        ran = qdctl({"journal", "--offline", "-o", "json"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QVERIFY2(ran.out.find("\"intent\": \"Ticket 7, as agreed\"") != std::string::npos, ran.out.c_str());
        QVERIFY2(ran.out.find("\"intent\": \"\"") != std::string::npos, ran.out.c_str());
    }

    void saysWhyItCannotBeRead_data() {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::newRow("table") << QByteArrayList{"journal"};
        QTest::newRow("offline") << QByteArrayList{"journal", "--offline", "-o", "json"};
        QTest::newRow("undo") << QByteArrayList{"undo", "20260102-150405-aaaaa"};
        QTest::newRow("resume") << QByteArrayList{"resume", "20260102-150405-aaaaa"};
    }
    void saysWhyItCannotBeRead() {
        QFETCH(QByteArrayList, arguments);
        QDir(m_folder.filePath("state/journal")).removeRecursively();
        QVERIFY(QDir().mkpath(m_folder.filePath("state/journal")));
        QFile file(journal());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        std::vector<std::string> words;
        for (const QByteArray& word : arguments)
            words.push_back(word.toStdString());
        const testbed::Ran ran = qdctl(words);
        QCOMPARE(ran.exitCode, 1);
        QCOMPARE(ran.out, std::string());
        QVERIFY2(ran.err.find(journal().toStdString()) != std::string::npos, ran.err.c_str());
        QVERIFY2(ran.err.find(".recover") != std::string::npos, ran.err.c_str());
        QCOMPARE(QByteArray::fromStdString(ran.err).count('\n'), 1);
    }
};

QTEST_GUILESS_MAIN(TestQdctlJournal)
#include "tst_qdctl_journal.moc"
