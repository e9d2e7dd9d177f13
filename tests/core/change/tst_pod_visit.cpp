// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/change_set_file.h"
#include "core/change/journal_store.h"
#include "core/change/pod_visit.h"
#include "core/change/write_request.h"
#include "core/kube/kind.h"

#include <QTemporaryDir>
#include <QtTest>

#include <memory>
#include <string>
#include <vector>

using change::Outcome;
using change::PodAct;
using change::Verb;

namespace {

PodAct actOf(Verb verb, const char* what, const char* container = "app") {
    return {{"north", "u"}, verb, {"v1", "Pod", "shop", "web-1"}, container, what};
}

} // namespace

class TestPodVisit : public QObject {
    Q_OBJECT

private slots:
    // Arguments often are secrets, and what a program is called may be a path of any length.
    void namesAProgramAndNothingElse_data() {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QString>("told");
        QTest::newRow("none") << QStringList() << "nothing";
        QTest::newRow("alone") << QStringList{"bash"} << "bash";
        QTest::newRow("path") << QStringList{"/usr/bin/env", "PASSWORD=abc"} << "env with 1 argument";
        QTest::newRow("arguments") << QStringList{"psql", "-p", "abc"} << "psql with 2 arguments";
        QTest::newRow("long") << QStringList{QString(70, 'x')} << QString(64, 'x') + QStringLiteral("…");
    }
    void namesAProgramAndNothingElse() {
        QFETCH(QStringList, command);
        std::vector<std::string> words;
        for (const QString& word : command)
            words.push_back(word.toStdString());
        QTEST(QString::fromStdString(change::programOf(words)), "told");
    }

    void titles_data() {
        QTest::addColumn<int>("verb");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("title");
        QTest::newRow("run") << int(Verb::Exec) << "bash" << "Run bash in shop/web-1, container app";
        QTest::newRow("attach") << int(Verb::Attach) << "" << "Attach to shop/web-1, container app";
        QTest::newRow("copy") << int(Verb::Copy) << "dist to /srv" << "Copy dist to /srv in shop/web-1, container app";
        QTest::newRow("ports") << int(Verb::PortForward) << "8080:80"
                               << "Forward 8080:80 to shop/web-1, container app";
    }
    void titles() {
        QFETCH(int, verb);
        QFETCH(QString, what);
        QTEST(QString::fromStdString(change::titleOf(actOf(Verb(verb), qPrintable(what)))), "title");
    }

    void mayBeBegun_data() {
        QTest::addColumn<int>("verb");
        QTest::addColumn<bool>("isProtected");
        QTest::addColumn<bool>("isReadOnly");
        QTest::addColumn<bool>("isTyped");
        QTest::addColumn<bool>("may");
        QTest::newRow("open") << int(Verb::Exec) << false << false << false << true;
        QTest::newRow("read-only") << int(Verb::Exec) << false << true << false << false;
        QTest::newRow("attach to read-only") << int(Verb::Attach) << false << true << true << false;
        QTest::newRow("protected") << int(Verb::Exec) << true << false << false << true;
        QTest::newRow("copy") << int(Verb::Copy) << false << false << false << true;
        QTest::newRow("copy to protected") << int(Verb::Copy) << true << false << false << false;
        QTest::newRow("copy to protected, typed") << int(Verb::Copy) << true << false << true << true;
        QTest::newRow("copy to read-only") << int(Verb::Copy) << false << true << true << false;
        QTest::newRow("ports of read-only") << int(Verb::PortForward) << false << true << false << true;
        QTest::newRow("a write") << int(Verb::Delete) << false << false << true << false;
    }
    void mayBeBegun() {
        QFETCH(int, verb);
        QFETCH(bool, isProtected);
        QFETCH(bool, isReadOnly);
        QFETCH(bool, isTyped);
        change::ClusterWay way;
        way.name = "north";
        way.isProtected = isProtected;
        way.isReadOnly = isReadOnly;
        const change::Confirmation typed{isTyped ? std::vector<std::string>{"north"} : std::vector<std::string>()};
        QTEST(change::mayEnter(actOf(Verb(verb), "x"), way, typed).has_value(), "may");
    }

    void areNoWrites() {
        for (const Verb verb : {Verb::Exec, Verb::Attach, Verb::PortForward, Verb::Copy}) {
            change::Operation operation;
            operation.cluster = {"north"};
            operation.verb = verb;
            operation.object = {"v1", "Pod", "shop", "web-1"};
            operation.body = "{}";
            kube::Kind pods;
            pods.version = "v1";
            pods.plural = "pods";
            pods.namespaced = true;
            QVERIFY(!change::writeRequest(operation, pods, change::Mode::Pretend, {}));
            const std::string name(change::toString(verb));
            const auto read = change::changeSetFrom(
                R"({"apiVersion":"quarterdeck/v1","kind":"ChangeSet","operations":[{"cluster":{"context":"north"},"verb":")" +
                name + R"(","object":{"apiVersion":"v1","kind":"Pod","namespace":"shop","name":"web-1"},"body":{}}]})");
            QVERIFY(!read);
            QVERIFY2(read.error().message.find("no change set") != std::string::npos, read.error().message.c_str());
        }
    }

    // A program that was killed leaves a line that says so, and nothing to be found out.
    void deathLeavesNothingToFindOut() {
        const QTemporaryDir folder;
        const change::ClusterWay way;
        {
            auto store = *change::JournalStore::open(folder.path().toStdString());
            change::JournalRecord record =
                change::recordOf(actOf(Verb::Exec, "bash"), way, change::Author::ofThisProcess("test"));
            record.entry.set = "20260102-150405-aaaaa";
            record.entry.setMs = 1767366245000;
            QVERIFY(store->beginBatch());
            store->add({record}, {});
            change::JournalBegin begin;
            begin.beganMs = record.entry.setMs;
            store->note(record.entry.set, begin);
            QVERIFY(store->commitBatch());
        }
        auto store = *change::JournalStore::open(folder.path().toStdString());
        QVERIFY(store->setsWithUnknown()->empty());
        const auto entries = store->entries({});
        QVERIFY(entries && entries->size() == 1);
        const change::JournalEntry& entry = entries->front();
        QVERIFY(entry.outcome == Outcome::Unknown);
        QVERIFY(entry.verb == Verb::Exec);
        QCOMPARE(QString::fromStdString(entry.title), QStringLiteral("Run bash in shop/web-1, container app"));
    }
};

QTEST_GUILESS_MAIN(TestPodVisit)
#include "tst_pod_visit.moc"
