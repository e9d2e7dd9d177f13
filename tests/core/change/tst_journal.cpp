// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/executor.h"
#include "core/change/journal.h"
#include "core/change/journal_text.h"
#include "core/fleet/database.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <utility>

using change::Journal;
using change::JournalEntry;
using change::JournalQuery;
using change::JournalRecord;
using change::JournalStore;
using change::Outcome;

namespace {

std::vector<JournalRecord> recordsOf(const std::string& set, std::size_t count, const std::string& cluster = "north") {
    std::vector<JournalRecord> records;
    for (std::size_t i = 0; i < count; ++i) {
        JournalRecord record;
        record.entry.set = set;
        record.entry.number = i;
        record.entry.title = "Scale the shop";
        record.entry.cluster = cluster;
        record.entry.verb = change::Verb::Scale;
        record.entry.resource = "deployments.apps";
        record.entry.object = {"apps/v1", "Deployment", "shop", "web-" + std::to_string(i)};
        record.entry.setMs = 1767366245000;
        record.entry.person = "ada@ship";
        record.entry.program = "test";
        record.operation.cluster = {cluster, "u"};
        record.operation.body = R"({"replicas":5})";
        record.operation.before = R"({"spec":{"replicas":3}})";
        record.operation.after = i > 0 ? std::vector<std::size_t>{0} : std::vector<std::size_t>{};
        record.operation.await = change::Await::Rollout;
        records.push_back(std::move(record));
    }
    return records;
}

std::unique_ptr<JournalStore> open(const QTemporaryDir& folder) {
    auto store = JournalStore::open(folder.path().toStdString());
    return store ? *std::move(store) : nullptr;
}

/// A journal of one set that no program has open any more.
void fill(const QTemporaryDir& folder, std::size_t count) {
    const auto store = open(folder);
    QVERIFY(store && store->beginBatch());
    store->add(recordsOf("20260102-150405-aaaaa", count), {});
    store->finish("20260102-150405-aaaaa", 7000);
    QVERIFY(store->commitBatch());
}

QByteArray contentOf(const QString& name) {
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void execute(const QString& file, const char* sql) {
    std::string trouble;
    const auto database =
        fleet::Database::open(file.toStdString(), 0x51444a4c, "", fleet::Database::Broken::Fail, trouble);
    QVERIFY(database && (*database)->execute(sql));
}

void overwrite(const QString& name, qint64 from, const QByteArray& bytes) {
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(from));
    QCOMPARE(file.write(bytes), bytes.size());
}

void spoil(const QByteArray& how, const QString& file) {
    if (how == "no file") {
        QVERIFY(QFile::remove(file) && QDir().mkpath(file));
    } else if (how == "no database") {
        overwrite(file, 0, QByteArray(100, 'x'));
    } else if (how == "damaged in the middle") {
        overwrite(file, 4096, QByteArray(QFileInfo(file).size() - 4096, 'x'));
    } else if (how == "newer") {
        execute(file, "PRAGMA user_version = 99");
    } else {
        execute(file, "PRAGMA application_id = 7");
    }
}

/// Nothing where no answer comes.
template <typename T, typename Ask>
std::optional<base::Result<T>> ask(base::ManualExecutor& home, Ask start) {
    std::optional<base::Result<T>> answer;
    start([&](base::Result<T> found) {
        answer.emplace(std::move(found));
        home.stop();
    });
    (void)home.runFor(60000);
    return answer;
}

/// In a child that dies by SIGKILL behind `work`.
template <typename Work>
bool inAProgramThatDies(const QTemporaryDir& folder, Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        const auto store = open(folder);
        work(*store);
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFSIGNALED(status);
}

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

private slots:
    void keepsASetAndItsWay() {
        const QTemporaryDir folder;
        const auto store = open(folder);
        QVERIFY(store && store->beginBatch());
        store->add(recordsOf("20260102-150405-aaaaa", 3), "because");
        QVERIFY(store->commitBatch());
        QVERIFY(store->beginBatch());
        store->note("20260102-150405-aaaaa", change::JournalBegin{1, 5000, R"({"spec":{"replicas":4}})", R"({"x":1})"});
        QVERIFY(store->commitBatch());
        QCOMPARE(int(store->entries({}).value()[1].outcome), int(Outcome::Sending));
        QVERIFY(store->beginBatch());
        store->note("20260102-150405-aaaaa", change::JournalClose{1, Outcome::Done, "fine", R"({"y":2})", 6000, 6001});
        store->finish("20260102-150405-aaaaa", 7000);
        QVERIFY(store->commitBatch());
        const auto records = store->records("20260102-150405-aaaaa").value();
        QCOMPARE(records.size(), std::size_t(3));
        QCOMPARE(int(records[0].entry.outcome), int(Outcome::NotSent));
        QCOMPARE(int(records[1].entry.outcome), int(Outcome::Done));
        QCOMPARE(records[1].operation.before, std::string(R"({"spec":{"replicas":4}})"));
        QCOMPARE(records[1].after, std::string(R"({"y":2})"));
        QCOMPARE(records[2].operation.after, std::vector<std::size_t>{0});
        QCOMPARE(int(records[2].operation.await), int(change::Await::Rollout));
        QCOMPARE(records[2].operation.cluster.context, std::string("north"));
        QCOMPARE(store->intent("20260102-150405-aaaaa").value(), std::string("because"));
    }

    void filters_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<int>("count");
        QTest::newRow("all") << QByteArray() << 8;
        QTest::newRow("word") << QByteArray("north") << 5;
        QTest::newRow("two words") << QByteArray("north web-1") << 1;
        QTest::newRow("not") << QByteArray("-north") << 3;
        QTest::newRow("case") << QByteArray("SHOP/WEB-2") << 2;
        QTest::newRow("no pattern") << QByteArray("web_1") << 0;
        QTest::newRow("percent") << QByteArray("%") << 0;
        QTest::newRow("quote") << QByteArray("'; DROP TABLE entries; --") << 0;
    }
    void filters() {
        QFETCH(QByteArray, words);
        QFETCH(int, count);
        const QTemporaryDir folder;
        const auto store = open(folder);
        QVERIFY(store->beginBatch());
        store->add(recordsOf("20260102-150405-aaaaa", 5, "north"), {});
        store->add(recordsOf("20260102-150406-bbbbb", 3, "south"), {});
        QVERIFY(store->commitBatch());
        JournalQuery query;
        query.words = words.toStdString();
        QCOMPARE(int(store->entries(query).value().size()), count);
    }

    void tellsNewestFirstAndByPages() {
        const QTemporaryDir folder;
        const auto store = open(folder);
        QVERIFY(store->beginBatch());
        store->add(recordsOf("20260102-150405-aaaaa", 5), {});
        store->add(recordsOf("20260102-150406-bbbbb", 5), {});
        QVERIFY(store->commitBatch());
        JournalQuery query;
        query.limit = 4;
        query.offset = 3;
        const auto page = store->entries(query).value();
        QCOMPARE(page.size(), std::size_t(4));
        QCOMPARE(page.front().set + "/" + std::to_string(page.front().number), std::string("20260102-150406-bbbbb/1"));
        QCOMPARE(page.back().set + "/" + std::to_string(page.back().number), std::string("20260102-150405-aaaaa/3"));
    }

    void saysWhatNobodyKnowsWhenAProgramDied() {
        const QTemporaryDir folder;
        QVERIFY(inAProgramThatDies(folder, [](JournalStore& store) {
            (void)store.beginBatch();
            store.add(recordsOf("20260102-150405-aaaaa", 3), {});
            (void)store.commitBatch();
            (void)store.beginBatch();
            store.note("20260102-150405-aaaaa", change::JournalBegin{0, 1, "null", {}});
            store.note("20260102-150405-aaaaa", change::JournalClose{0, Outcome::Done, {}, {}, 2, 2});
            store.note("20260102-150405-aaaaa", change::JournalBegin{1, 3, "null", {}});
            (void)store.commitBatch();
        }));
        const auto store = open(folder);
        const auto records = store->records("20260102-150405-aaaaa").value();
        QCOMPARE(records.size(), std::size_t(3));
        QCOMPARE(int(records[0].entry.outcome), int(Outcome::Done));
        QCOMPARE(int(records[1].entry.outcome), int(Outcome::Unknown));
        QCOMPARE(int(records[2].entry.outcome), int(Outcome::NotSent));
        QCOMPARE(store->setsWithUnknown().value(), std::vector<std::string>{"20260102-150405-aaaaa"});
        QVERIFY(store->adopt("20260102-150405-aaaaa").value());
        QVERIFY(!store->adopt("20260102-150405-aaaaa").value()); // it is ours already
    }

    void leavesAloneWhatALivingProgramDoes() {
        const QTemporaryDir folder;
        const auto first = open(folder);
        QVERIFY(first->beginBatch());
        first->add(recordsOf("20260102-150405-aaaaa", 1), {});
        first->note("20260102-150405-aaaaa", change::JournalBegin{0, 1, "null", {}});
        QVERIFY(first->commitBatch());
        const auto second = open(folder);
        QCOMPARE(int(second->entries({}).value()[0].outcome), int(Outcome::Sending));
        QVERIFY(!second->adopt("20260102-150405-aaaaa").value());
    }

    void forgetsABatchThatDidNotEnd() {
        const QTemporaryDir folder;
        QVERIFY(inAProgramThatDies(folder, [](JournalStore& store) {
            (void)store.beginBatch();
            store.add(recordsOf("20260102-150405-aaaaa", 3), {});
        }));
        QVERIFY(open(folder)->entries({}).value().empty());
    }

    void writesInOrderAndTellsAfterwards() {
        const QTemporaryDir folder;
        base::ManualExecutor home;
        int changes = 0;
        std::optional<std::vector<JournalEntry>> entries;
        {
            Journal journal(folder.path().toStdString(), home);
            const base::Cancel cancel = journal.onChange([&changes] { ++changes; });
            int written = 0;
            journal.add(recordsOf("20260102-150405-aaaaa", 2), {}, [&](const base::Result<void>& result) {
                QVERIFY(result);
                QCOMPARE(written++, 0);
            });
            journal.begin("20260102-150405-aaaaa", {{0, 1, "null", {}}},
                          [&](const base::Result<void>&) { QCOMPARE(written++, 1); });
            journal.read({}, [&](base::Result<std::vector<JournalEntry>> found) {
                entries = std::move(found).value();
                home.stop();
            });
            home.run();
            QVERIFY(entries && entries->size() == 2);
            QCOMPARE(written, 2);
            QVERIFY(changes >= 1);
            journal.finish("20260102-150405-aaaaa", 9, {});
        }
        // What was asked for last is on the disk.
        QVERIFY(open(folder)->adopt("20260102-150405-aaaaa").value());
    }

    void failsAloudWhereItCannotWrite() {
        base::ManualExecutor home;
        Journal journal("/proc/nowhere", home);
        std::optional<base::Result<void>> result;
        journal.add(recordsOf("20260102-150405-aaaaa", 1), {}, [&](base::Result<void> written) {
            result = std::move(written);
            home.stop();
        });
        home.run();
        QVERIFY(result && !*result);
        QVERIFY(result->error().message.find("journal") != std::string::npos);
    }

    void saysWhyItCannotBeRead_data() {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("no file") << QByteArray("read and write");
        QTest::newRow("no database") << QByteArray(".recover");
        QTest::newRow("damaged in the middle") << QByteArray(".recover");
        QTest::newRow("newer") << QByteArray("newer version");
        QTest::newRow("of another program") << QByteArray("belongs to another program");
    }
    // A journal that cannot be read is not an empty one, and it is never put aside.
    void saysWhyItCannotBeRead() {
        QFETCH(QByteArray, said);
        const QByteArray what = QTest::currentDataTag();
        const QTemporaryDir folder;
        const QString file = folder.filePath("journal.sqlite");
        fill(folder, 40);
        spoil(what, file);
        const QByteArray before = contentOf(file);
        base::ManualExecutor home;
        Journal journal(folder.path().toStdString(), home);
        const auto answer =
            ask<std::vector<JournalEntry>>(home, [&](auto found) { journal.read({}, std::move(found)); });
        QVERIFY(answer && !*answer);
        const std::string message = answer->error().message;
        QVERIFY2(message.find(file.toStdString()) != std::string::npos, message.c_str());
        QVERIFY2(message.find(said.toStdString()) != std::string::npos, message.c_str());
        QCOMPARE(contentOf(file), before);
        const auto records = ask<std::vector<JournalRecord>>(
            home, [&](auto found) { journal.records("20260102-150405-aaaaa", std::move(found)); });
        QVERIFY(records && !*records);
        const auto sets =
            ask<std::vector<std::string>>(home, [&](auto found) { journal.setsWithUnknown(std::move(found)); });
        QVERIFY(sets && !*sets);
        const auto adopted =
            ask<void>(home, [&](auto found) { journal.adopt("20260102-150405-aaaaa", std::move(found)); });
        QVERIFY(adopted && !*adopted && adopted->error().code != base::ErrorCode::NotFound);
    }

    void isThereOnceWhatWasInTheWayIsGone() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("journal.sqlite");
        QVERIFY(QDir().mkpath(file));
        base::ManualExecutor home;
        Journal journal(folder.path().toStdString(), home);
        const auto read = [&](auto found) { journal.read({}, std::move(found)); };
        auto answer = ask<std::vector<JournalEntry>>(home, read);
        QVERIFY(answer && !*answer);
        QVERIFY(QDir().rmdir(file));
        answer = ask<std::vector<JournalEntry>>(home, read);
        QVERIFY(answer && *answer && (*answer)->empty());
    }

    // An undo from half of an image would write half an object.
    void takesNoDamagedImageForNone() {
        const QTemporaryDir folder;
        fill(folder, 3);
        execute(folder.filePath("journal.sqlite"), "UPDATE images SET before = x'0102' WHERE number = 1");
        const auto store = open(folder);
        QVERIFY(store->entries({}));
        const auto records = store->records("20260102-150405-aaaaa");
        QVERIFY(!records);
        QVERIFY2(records.error().message.find("20260102-150405-aaaaa/1") != std::string::npos,
                 records.error().message.c_str());
        QVERIFY(!store->images("20260102-150405-aaaaa", 1));
        QVERIFY(store->images("20260102-150405-aaaaa", 0));
        execute(folder.filePath("journal.sqlite"), "DELETE FROM images WHERE number = 2");
        QVERIFY(!store->records("20260102-150405-aaaaa"));
    }

    void exportsLines() {
        auto records = recordsOf("20260102-150405-aaaaa", 1);
        records[0].entry.message = "a \"quoted\", thing\nand more";
        records[0].entry.outcome = Outcome::Failed;
        const std::string csv = change::journalCsv({records[0].entry});
        QVERIFY(csv.starts_with("set,number,time,cluster,"));
        QVERIFY(csv.find("\"a \"\"quoted\"\", thing\nand more\"") != std::string::npos);
        const std::string json = change::journalJson({records[0].entry});
        for (const char* field : {"\"set\"", "\"time\"", "\"cluster\"", "\"verb\"", "\"resource\"", "\"namespace\"",
                                  "\"name\"", "\"result\": \"failed\""})
            QVERIFY2(json.find(field) != std::string::npos, field);
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
