// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/executor.h"
#include "core/change/journal.h"
#include "core/change/journal_search.h"
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

constexpr std::int32_t kJournalId = 0x51444a4c;

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

std::unique_ptr<fleet::Database> database(const QTemporaryDir& folder) {
    std::string trouble;
    auto opened = fleet::Database::open(folder.filePath("journal.sqlite").toStdString(),
                                        {kJournalId, {"", "", "", "", ""}}, fleet::Database::Broken::Fail, trouble);
    return opened ? *std::move(opened) : nullptr;
}

void execute(const QString& file, const char* sql) {
    std::string trouble;
    const auto opened = fleet::Database::open(file.toStdString(), {kJournalId, {"", "", "", "", ""}},
                                              fleet::Database::Broken::Fail, trouble);
    QVERIFY(opened);
    QVERIFY2((*opened)->execute(sql), (*opened)->message().c_str());
}

/// Takes lines into the index up to `last`, as it happens to many at once.
void takeIntoIndex(const QTemporaryDir& folder, int last) {
    const std::string upTo = std::to_string(last);
    const std::string sql = change::indexing("line > (SELECT line FROM indexed) AND line <= " + upTo) +
                            "; UPDATE indexed SET line = max(line, " + upTo + ")";
    execute(folder.filePath("journal.sqlite"), sql.c_str());
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

/// What a word of a query means, without any index.
bool matches(const JournalEntry& entry, const QByteArray& words) {
    const std::string text = entry.title + ' ' + entry.cluster + ' ' + std::string(toString(entry.verb)) + ' ' +
                             entry.object.kind + ' ' + entry.resource + ' ' + entry.object.ns + '/' +
                             entry.object.name + ' ' + entry.message + ' ' + entry.set + ' ' + entry.person + ' ' +
                             entry.intent;
    // Only ASCII has no case.
    const QByteArray lower = QByteArray::fromStdString(text).toLower();
    for (QByteArray word : words.toLower().split(' ')) {
        const bool isNot = word.size() > 1 && word.startsWith('-');
        if (lower.contains(isNot ? word.mid(1) : word) == isNot)
            return false;
    }
    return true;
}

std::vector<std::int64_t> linesOf(const std::vector<JournalEntry>& entries) {
    std::vector<std::int64_t> lines;
    for (const JournalEntry& entry : entries)
        lines.push_back(entry.line);
    return lines;
}

/// Two sets of two lines: one that is over, and one whose program died while it sent.
void makeFirstVersion(const QTemporaryDir& folder) {
    std::string trouble;
    const auto made = fleet::Database::open(
        folder.filePath("journal.sqlite").toStdString(),
        {kJournalId,
         {"CREATE TABLE sets(id TEXT PRIMARY KEY, intent TEXT NOT NULL, runner TEXT NOT NULL,"
          " closed_ms INTEGER NOT NULL) WITHOUT ROWID;"
          "CREATE INDEX open_sets ON sets(id) WHERE closed_ms = 0;"
          "CREATE TABLE entries(set_id TEXT NOT NULL, number INTEGER NOT NULL, title TEXT NOT NULL,"
          " undoes TEXT NOT NULL, cluster TEXT NOT NULL, cluster_uid TEXT NOT NULL, cluster_user TEXT NOT NULL,"
          " verb TEXT NOT NULL, api_version TEXT NOT NULL, kind TEXT NOT NULL, resource TEXT NOT NULL,"
          " subresource TEXT NOT NULL, ns TEXT NOT NULL, name TEXT NOT NULL, outcome INTEGER NOT NULL,"
          " message TEXT NOT NULL, began_ms INTEGER NOT NULL, closed_ms INTEGER NOT NULL, server_ms INTEGER NOT NULL,"
          " set_ms INTEGER NOT NULL, person TEXT NOT NULL, program TEXT NOT NULL,"
          " PRIMARY KEY(set_id, number)) WITHOUT ROWID;"
          "CREATE INDEX unknown_entries ON entries(set_id) WHERE outcome IN (1, 4);"
          "CREATE TABLE images(set_id TEXT NOT NULL, number INTEGER NOT NULL, options TEXT NOT NULL,"
          " body BLOB NOT NULL, before BLOB NOT NULL, after BLOB NOT NULL, PRIMARY KEY(set_id, number)) WITHOUT "
          "ROWID;"}},
        fleet::Database::Broken::Fail, trouble);
    QVERIFY(made);
    for (const char* set : {"20260102-150405-bbbbb", "20260102-150405-aaaaa"}) {
        const bool isOver = std::string_view(set).ends_with("aaaaa");
        for (const char* number : {"0", "1"}) {
            const bool isSending = !isOver && *number == '0';
            const std::string key = std::string("'") + set + "', " + number;
            const std::string entry = "INSERT INTO entries VALUES(" + key +
                                      ", 'Old', '', 'north', 'u', 'ada', 'scale', 'apps/v1', 'Deployment',"
                                      " 'deployments.apps', '', 'shop', 'web-" +
                                      number + "', " +
                                      (isOver      ? "2"
                                       : isSending ? "1"
                                                   : "0") +
                                      ", '', 5, 6, 7, 8, 'ada@ship', 'qdctl')";
            const std::string image = "INSERT INTO images VALUES(" + key + ", '{}', '', '', '')";
            QVERIFY((*made)->execute(entry.c_str()) && (*made)->execute(image.c_str()));
        }
        const std::string row = std::string("INSERT INTO sets VALUES('") + set + "', " +
                                (isOver ? "'Ticket 7', 'nobody-any-more', 9)" : "'', 'nobody-any-more', 0)");
        QVERIFY((*made)->execute(row.c_str()));
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
bool inAProgramThatDies(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFSIGNALED(status);
}

template <typename Work>
bool inAProgramThatDies(const QTemporaryDir& folder, Work work) {
    return inAProgramThatDies([&] {
        const auto store = open(folder);
        work(*store);
        ::kill(::getpid(), SIGKILL);
    });
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
        QCOMPARE(records[0].entry.intent, std::string("because"));
        QCOMPARE(store->entries({}).value()[0].intent, std::string("because"));
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
        query.before = store->entries({}).value()[2].line;
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

    void findsWhatALikeWouldFind_data() {
        QTest::addColumn<QByteArray>("words");
        for (const char* words : {"web",
                                  "WEB-1",
                                  "web-17",
                                  "-web",
                                  "web -1",
                                  "a",
                                  "7",
                                  "zz",
                                  "支付",
                                  "支",
                                  "付服",
                                  "É",
                                  "é",
                                  "team/web-1",
                                  "quota",
                                  "quota web",
                                  "no such",
                                  "\"",
                                  "'",
                                  "%",
                                  "_",
                                  "a_b",
                                  "a%b",
                                  "*",
                                  "\\",
                                  "NOT",
                                  "web\" OR",
                                  "ada@ship",
                                  "20260102-150405-00",
                                  "0002",
                                  "eta",
                                  "ts",
                                  "ticket",
                                  "TICKET-1 web",
                                  "-ticket",
                                  "付-3",
                                  "-5",
                                  "5",
                                  "adaTicket"})
            QTest::newRow(words) << QByteArray(words);
    }
    void findsWhatALikeWouldFind() {
        QFETCH(QByteArray, words);
        const QTemporaryDir folder;
        const auto store = open(folder);
        QVERIFY(store->beginBatch());
        int i = 0;
        for (const char* name : {"web", "支付-服务", "É", "a%b", "a_b", "a\"b*", "back\\slash", "zeta"}) {
            auto records = recordsOf("20260102-150405-0000" + std::to_string(i++), 20);
            for (JournalRecord& record : records)
                record.entry.object.name = name + std::string("-") + std::to_string(record.entry.number);
            store->add(records,
                       i % 2 == 0 ? std::string() : "Ticket-" + std::to_string(i) + " 支付-" + std::to_string(i));
            store->note(records[0].entry.set,
                        change::JournalClose{0, Outcome::Failed, "Quota exceeded: it's full", {}, 1, 1});
        }
        QVERIFY(store->commitBatch());
        JournalQuery query;
        query.limit = 0;
        const std::vector<JournalEntry> all = store->entries(query).value();
        std::vector<std::int64_t> expected;
        for (const JournalEntry& entry : all) {
            if (matches(entry, words))
                expected.push_back(entry.line);
        }
        query.words = words.toStdString();
        for (const int indexed : {0, 1, 90, 160}) {
            takeIntoIndex(folder, indexed);
            query.limit = 0;
            query.before = 0;
            QCOMPARE(linesOf(store->entries(query).value()), expected);
            // Page by page it is the same.
            query.limit = 3;
            std::vector<std::int64_t> paged;
            for (;;) {
                const auto page = linesOf(store->entries(query).value());
                paged.insert(paged.end(), page.begin(), page.end());
                if (page.size() < query.limit)
                    break;
                query.before = page.back();
            }
            QCOMPARE(paged, expected);
        }
    }

    // Far behind the newest lines, short words are found by the trigrams that they begin.
    void findsShortWordsInOldLines() {
        const QTemporaryDir folder;
        const auto store = open(folder);
        QVERIFY(store->beginBatch());
        auto old = recordsOf("20260101-000000-aaaaa", 3);
        old[1].entry.object.name = "qx";
        old[2].entry.title = "Deploy 支付";
        store->add(old, {});
        store->add(recordsOf("20260102-150405-aaaaa", 21'000), {});
        QVERIFY(store->commitBatch());
        const auto count = [&store](const char* words, std::size_t limit = 500) {
            JournalQuery query;
            query.words = words;
            query.limit = limit;
            return store->entries(query).value().size();
        };
        for (const int indexed : {0, 2, 21'000, 21'003}) {
            takeIntoIndex(folder, indexed);
            QCOMPARE(count("qx"), std::size_t(1));
            QCOMPARE(count("QX"), std::size_t(1));
            QCOMPARE(count("支付"), std::size_t(1));
            QCOMPARE(count("付"), std::size_t(1));
            QCOMPARE(count("deploy 付"), std::size_t(1));
            QCOMPARE(count("qx web"), std::size_t(0));
            QCOMPARE(count("zy"), std::size_t(0));
            QCOMPARE(count("we"), std::size_t(500));
            QCOMPARE(count("we", 0), std::size_t(21'002));
            JournalQuery query;
            query.words = "we";
            query.after = 21'000;
            QCOMPARE(store->entries(query).value().size(), std::size_t(3));
        }
    }

    void narrowsByFields_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("count");
        QTest::newRow("cluster") << QByteArray("cluster") << QByteArray("north") << 4;
        QTest::newRow("cluster by uid") << QByteArray("cluster") << QByteArray("u-south") << 3;
        QTest::newRow("part of a cluster") << QByteArray("cluster") << QByteArray("nort") << 0;
        QTest::newRow("name") << QByteArray("name") << QByteArray("web-1") << 2;
        QTest::newRow("part of a name") << QByteArray("name") << QByteArray("web") << 0;
        QTest::newRow("namespace") << QByteArray("ns") << QByteArray("shop") << 7;
        QTest::newRow("case") << QByteArray("ns") << QByteArray("Shop") << 0;
        QTest::newRow("resource") << QByteArray("resource") << QByteArray("deployments.apps") << 7;
        QTest::newRow("verb") << QByteArray("verb") << QByteArray("scale") << 7;
        QTest::newRow("other verb") << QByteArray("verb") << QByteArray("apply") << 0;
        QTest::newRow("failed") << QByteArray("outcome") << QByteArray("failed") << 1;
        QTest::newRow("done") << QByteArray("outcome") << QByteArray("done") << 2;
        QTest::newRow("not sent") << QByteArray("outcome") << QByteArray("not-sent") << 4;
        QTest::newRow("set") << QByteArray("set") << QByteArray("20260102-150406-bbbbb") << 3;
    }
    void narrowsByFields() {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, value);
        QFETCH(int, count);
        const QTemporaryDir folder;
        const auto store = open(folder);
        QVERIFY(store->beginBatch());
        store->add(recordsOf("20260102-150405-aaaaa", 4, "north"), {});
        auto south = recordsOf("20260102-150406-bbbbb", 3, "south");
        for (JournalRecord& record : south)
            record.entry.clusterUid = "u-south";
        store->add(south, {});
        for (const std::size_t number : {std::size_t(0), std::size_t(1)})
            store->note("20260102-150406-bbbbb", change::JournalClose{number, Outcome::Done, {}, {}, 2, 2});
        store->note("20260102-150405-aaaaa", change::JournalClose{3, Outcome::Failed, "no", {}, 2, 2});
        QVERIFY(store->commitBatch());
        JournalQuery query;
        const std::string text = value.toStdString();
        if (field == "cluster")
            query.cluster = text;
        else if (field == "name")
            query.name = text;
        else if (field == "ns")
            query.ns = text;
        else if (field == "resource")
            query.resource = text;
        else if (field == "verb")
            query.verb = change::verbFrom(text);
        else if (field == "set")
            query.set = text;
        else
            query.outcome = change::outcomeFrom(text);
        for (const int indexed : {0, 5, 7}) {
            takeIntoIndex(folder, indexed);
            for (const char* words : {"", "shop", "o"}) {
                query.words = words;
                QCOMPARE(int(store->entries(query).value().size()), count);
            }
            query.words = "nothing-of-it";
            QCOMPARE(int(store->entries(query).value().size()), 0);
        }
    }

    void findsTheMessageThatALineHasNow_data() {
        QTest::addColumn<int>("indexed");
        QTest::newRow("in the index") << 3;
        QTest::newRow("in no index yet") << 0;
        QTest::newRow("the line before is") << 1;
    }
    void findsTheMessageThatALineHasNow() {
        QFETCH(int, indexed);
        const QTemporaryDir folder;
        const auto store = open(folder);
        const auto count = [&store](const char* words) {
            JournalQuery query;
            query.words = words;
            return int(store->entries(query).value().size());
        };
        const auto close = [&store](const char* message) {
            QVERIFY(store->beginBatch());
            store->note("20260102-150405-aaaaa", change::JournalClose{1, Outcome::Failed, message, {}, 2, 2});
            QVERIFY(store->commitBatch());
        };
        QVERIFY(store->beginBatch());
        store->add(recordsOf("20260102-150405-aaaaa", 3), {});
        QVERIFY(store->commitBatch());
        takeIntoIndex(folder, indexed);
        close("quota exceeded");
        QCOMPARE(count("quota"), 1);
        close("the webhook said no");
        QCOMPARE(count("quota"), 0);
        QCOMPARE(count("webhook"), 1);
        QVERIFY(store->beginBatch());
        store->note("20260102-150405-aaaaa", change::JournalBegin{1, 5000, "null", {}});
        QVERIFY(store->commitBatch());
        QCOMPARE(count("webhook"), 0);
        QCOMPARE(count("web-1"), 1);
        takeIntoIndex(folder, 3);
        QCOMPARE(count("webhook"), 0);
        QCOMPARE(count("web-1"), 1);
        execute(folder.filePath("journal.sqlite"), "INSERT INTO words(words) VALUES('integrity-check')");
    }

    // By a program that has had the journal open all along.
    void findsWhatAnotherProgramJustWrote() {
        const QTemporaryDir folder;
        const auto writer = open(folder);
        const auto reader = open(folder);
        const auto count = [&reader](const char* words) {
            JournalQuery query;
            query.words = words;
            return int(reader->entries(query).value().size());
        };
        const auto write = [&writer](const auto& work) {
            QVERIFY(writer->beginBatch());
            work();
            QVERIFY(writer->commitBatch());
        };
        QCOMPARE(count("web-2"), 0);
        for (const char* set : {"20260102-150405-aaaaa", "20260102-150405-bbbbb"}) {
            write([&] { writer->add(recordsOf(set, 3), {}); });
            QCOMPARE(count(set + 12), 3);
            write([&] { writer->note(set, change::JournalBegin{2, 5000, "null", {}}); });
            write([&] { writer->note(set, change::JournalClose{2, Outcome::Failed, "quota exceeded", {}, 2, 2}); });
            QCOMPARE(count("quota web-2"), set[16] == 'a' ? 1 : 2);
        }
        // Once there are many, they are taken into the index.
        const auto terms = [&folder] {
            const auto file = database(folder);
            fleet::Statement found(file->handle(), "SELECT count(*) FROM words WHERE words MATCH '\"web\"'");
            return found.step() ? found.number(0) : -1;
        };
        write([&] {
            writer->add(recordsOf("20260102-150405-ccccc", 1'993), {});
            writer->finish("20260102-150405-ccccc", 7000);
        });
        QCOMPARE(terms(), std::int64_t(0));
        write([&] {
            writer->add(recordsOf("20260102-150405-ddddd", 1), {});
            writer->finish("20260102-150405-ddddd", 7000);
        });
        QCOMPARE(terms(), std::int64_t(2'000));
        QCOMPARE(count("quota web-2"), 2);
        write([&] { writer->note("20260102-150405-aaaaa", change::JournalBegin{2, 5000, "null", {}}); });
        write([&] { writer->add(recordsOf("20260102-150405-eeeee", 3), {}); });
        QCOMPARE(count("quota"), 1);
        QCOMPARE(count("web-1992"), 1);
        QCOMPARE(count("150405-eeeee"), 3);
        execute(folder.filePath("journal.sqlite"), "INSERT INTO words(words) VALUES('integrity-check')");
    }

    // Objects are in no index: what they hold is found by nobody.
    void indexesNoObjects() {
        const QTemporaryDir folder;
        auto records = recordsOf("20260102-150405-aaaaa", 2);
        records[0].operation.body = R"({"data":{"password":"correct-horse"}})";
        records[0].operation.before = records[0].operation.body;
        records[0].after = records[0].operation.body;
        const auto store = open(folder);
        QVERIFY(store->beginBatch());
        store->add(records, {});
        QVERIFY(store->commitBatch());
        takeIntoIndex(folder, 2);
        for (const char* words : {"correct-horse", "password", "hors"}) {
            JournalQuery query;
            query.words = words;
            QVERIFY(store->entries(query).value().empty());
        }
        const auto file = database(folder);
        fleet::Statement terms(file->handle(), "SELECT count(*) FROM words WHERE words MATCH '\"hor\"'");
        QVERIFY(terms.step());
        QCOMPARE(terms.number(0), std::int64_t(0));
    }

    // As the version before wrote it: nothing is lost, and its lines are found.
    void takesOverAJournalOfTheVersionBefore() {
        const QTemporaryDir folder;
        makeFirstVersion(folder);
        const auto store = open(folder);
        QVERIFY(store);
        const auto entries = store->entries({}).value();
        QCOMPARE(entries.size(), std::size_t(4));
        QCOMPARE(entries[0].set, std::string("20260102-150405-bbbbb"));
        QCOMPARE(entries[0].object.name, std::string("web-1"));
        QCOMPARE(entries[3].set, std::string("20260102-150405-aaaaa"));
        QCOMPARE(entries[3].title, std::string("Old"));
        QCOMPARE(int(entries[3].outcome), int(Outcome::Done));
        QCOMPARE(int(entries[1].outcome), int(Outcome::Unknown)); // its program is gone
        QCOMPARE(entries[3].intent, std::string("Ticket 7"));
        QCOMPARE(entries[0].intent, std::string());
        JournalQuery query;
        query.words = "ticket";
        QCOMPARE(store->entries(query).value().size(), std::size_t(2));
        query.words = "web-1 bbbbb";
        QCOMPARE(store->entries(query).value().size(), std::size_t(1));
        query.words = "program ended";
        QCOMPARE(store->entries(query).value().size(), std::size_t(1));
        QCOMPARE(store->records("20260102-150405-aaaaa").value().size(), std::size_t(2));
        QVERIFY(store->beginBatch());
        store->add(recordsOf("20260102-150405-ccccc", 1), {});
        QVERIFY(store->commitBatch());
        QCOMPARE(store->entries({}).value()[0].set, std::string("20260102-150405-ccccc"));
        execute(folder.filePath("journal.sqlite"), "INSERT INTO words(words) VALUES('integrity-check')");
    }

    // As the version before wrote it: of secrets nothing is sealed.
    void takesOverAJournalWithoutSeals() {
        const QTemporaryDir folder;
        auto old = recordsOf("20260102-150405-aaaaa", 2);
        for (JournalRecord& record : old) {
            record.hidesSecrets = true;
            record.operation.before = R"({"kind":"Secret","data":{"p":"hidden 4 bytes, a1b2c3d4"}})";
        }
        {
            const auto store = open(folder);
            QVERIFY(store->beginBatch());
            store->add(old, {});
            store->finish("20260102-150405-aaaaa", 7000);
            QVERIFY(store->commitBatch());
        }
        execute(folder.filePath("journal.sqlite"),
                "DROP TABLE sealed; ALTER TABLE entries DROP COLUMN intent;"
                "ALTER TABLE sets ADD COLUMN intent TEXT NOT NULL DEFAULT ''; PRAGMA user_version = 3");
        const auto store = open(folder);
        QVERIFY(store);
        const auto records = store->records("20260102-150405-aaaaa").value();
        QCOMPARE(records.size(), std::size_t(2));
        QVERIFY(records[0].hidesSecrets && !records[0].sealed);
        QCOMPARE(records[0].operation.before, old[0].operation.before);
        // What is noted from now on has them.
        QVERIFY(store->beginBatch());
        store->note("20260102-150405-aaaaa",
                    change::JournalBegin{1, 8000, "{}", "{}", change::SealedImages{.before = "b", .after = "e"}});
        QVERIFY(store->commitBatch());
        QCOMPARE(store->records("20260102-150405-aaaaa").value()[1].sealed->before, std::string("b"));
    }

    // As the version before wrote it: the intent lay with the set, and no index had it.
    void takesOverIntents() {
        const QTemporaryDir folder;
        {
            const auto store = open(folder);
            QVERIFY(store->beginBatch());
            for (const char* set : {"20260102-150405-aaaaa", "20260102-150405-bbbbb", "20260102-150405-ccccc"}) {
                store->add(recordsOf(set, 2), {});
                store->finish(set, 7000);
            }
            QVERIFY(store->commitBatch());
        }
        takeIntoIndex(folder, 4);
        execute(folder.filePath("journal.sqlite"),
                "ALTER TABLE entries DROP COLUMN intent; ALTER TABLE sets ADD COLUMN intent TEXT NOT NULL DEFAULT '';"
                "UPDATE sets SET intent = 'Ticket 7' WHERE id LIKE '%aaaaa';"
                "UPDATE sets SET intent = 'Ticket 8' WHERE id LIKE '%ccccc'; PRAGMA user_version = 4");
        const auto store = open(folder);
        QVERIFY(store);
        const auto count = [&store](const char* words) {
            JournalQuery query;
            query.words = words;
            return int(store->entries(query).value().size());
        };
        QCOMPARE(store->records("20260102-150405-ccccc").value()[1].entry.intent, std::string("Ticket 8"));
        for (const int indexed : {4, 6}) {
            takeIntoIndex(folder, indexed);
            QCOMPARE(count("ticket"), 4);
            QCOMPARE(count("ticket aaaaa"), 2);
            QCOMPARE(count("ticket bbbbb"), 0);
            QCOMPARE(count("web-1"), 3);
        }
        // A line leaves the index with the text that it has there.
        QVERIFY(store->beginBatch());
        store->note("20260102-150405-aaaaa", change::JournalClose{1, Outcome::Failed, "quota exceeded", {}, 2, 2});
        QVERIFY(store->commitBatch());
        QCOMPARE(count("quota ticket"), 1);
        QCOMPARE(count("ticket"), 4);
        execute(folder.filePath("journal.sqlite"), "INSERT INTO words(words) VALUES('integrity-check')");
    }

    void keepsSealedImagesBesideTheOthers() {
        const QTemporaryDir folder;
        const std::string set = "20260102-150405-aaaaa";
        const auto store = open(folder);
        auto records = recordsOf(set, 2);
        const std::string bytes("\0\x01'\xff", 4);
        records[1].sealed = change::SealedImages{.body = bytes, .before = "before"};
        QVERIFY(store->beginBatch());
        store->add(records, {});
        QVERIFY(store->commitBatch());
        const auto sealed = [&] { return *store->records(set).value()[1].sealed; };
        QVERIFY(!store->records(set).value()[0].sealed);
        QCOMPARE(sealed().body, bytes);
        QCOMPARE(sealed().before, std::string("before"));
        const auto note = [&](const auto& what) {
            QVERIFY(store->beginBatch());
            store->note(set, what);
            QVERIFY(store->commitBatch());
        };
        note(change::JournalBegin{1, 1, "{}", "{}", change::SealedImages{.before = "later", .after = "expected"}});
        QCOMPARE(sealed().body, bytes);
        QCOMPARE(sealed().before, std::string("later"));
        QCOMPARE(sealed().after, std::string("expected"));
        // An image without a seal has not the seal of the one before it.
        note(change::JournalClose{1, Outcome::Done, {}, "{}", 2, 2, change::SealedImages{.whyNot = "locked"}});
        QCOMPARE(sealed().after, std::string());
        QCOMPARE(sealed().whyNot, std::string("locked"));
        QCOMPARE(sealed().before, std::string("later"));
        // What is no secret's is left alone.
        note(change::JournalBegin{1, 1, "{}", "{}"});
        note(change::JournalClose{1, Outcome::Done, {}, {}, 2, 2});
        QCOMPARE(sealed().before, std::string("later"));
        const std::string exported = change::journalJson(store->entries({}).value());
        QVERIFY(exported.find("later") == std::string::npos && exported.find("locked") == std::string::npos);
    }

    void bringsUpAllOrNothing() {
        const QTemporaryDir folder;
        makeFirstVersion(folder);
        QVERIFY(inAProgramThatDies([&folder] {
            // Dies in the middle of it: what it began counts for nothing.
            std::string trouble;
            const std::string file = folder.filePath("journal.sqlite").toStdString();
            const auto old = fleet::Database::open(file, {kJournalId, {""}}, fleet::Database::Broken::Fail, trouble);
            (void)(*old)->execute("BEGIN IMMEDIATE; ALTER TABLE entries RENAME TO entries_of_version_1;"
                                  "DROP INDEX unknown_entries; PRAGMA user_version = 2");
        }));
        QCOMPARE(open(folder)->entries({}).value().size(), std::size_t(4));
    }

    void exportsLines() {
        auto records = recordsOf("20260102-150405-aaaaa", 1);
        records[0].entry.message = "a \"quoted\", thing\nand more";
        records[0].entry.outcome = Outcome::Failed;
        records[0].entry.intent = "Ticket 7, as \"agreed\"";
        const std::string csv = change::journalCsv({records[0].entry});
        QVERIFY(csv.starts_with("set,number,time,cluster,"));
        QVERIFY(csv.find(",program,intent\r\n") != std::string::npos);
        QVERIFY(csv.ends_with(",\"Ticket 7, as \"\"agreed\"\"\"\r\n"));
        QVERIFY(csv.find("\"a \"\"quoted\"\", thing\nand more\"") != std::string::npos);
        const std::string json = change::journalJson({records[0].entry});
        for (const char* field : {"\"set\"", "\"time\"", "\"cluster\"", "\"verb\"", "\"resource\"", "\"namespace\"",
                                  "\"name\"", "\"result\": \"failed\"", "\"intent\": \"Ticket 7, as \\\"agreed\\\"\""})
            QVERIFY2(json.find(field) != std::string::npos, field);
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
