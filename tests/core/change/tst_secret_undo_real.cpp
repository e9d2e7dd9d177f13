// SPDX-License-Identifier: GPL-3.0-or-later
//
// Secrets that are changed and taken back on real servers, with kubectl as the judge and gnome-keyring on a session bus
// of the test's own. Clear values must be nowhere on the disk.
#include "core/change/acts/keyed_data.h"
#include "tests/core/change/change_bench.h"
#include "tests/core/change/qdctl_bench.h"
#include "tests/support/session_bus.h"

#include <QDirIterator>
#include <QFile>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

using namespace change;
using Json = nlohmann::json;
using testbed::Cluster;
using testbed::SessionBus;

namespace {

const std::vector<std::string> kClusters{"north", "south"};
const QByteArray kOld = "Correct-Horse-7731";
const QByteArray kNew = "Battery-Staple-4408";

Cluster& cluster(const std::string& name) {
    return testbed::Testbed::instance().cluster(name);
}

QByteArray data(const std::string& name, const std::string& secret = "db") {
    return QByteArray::fromStdString(
        cluster(name).kubectl({"get", "secret", secret, "-o", "jsonpath={.type} {.metadata.labels} {.data}"}).out);
}

Json operation(const char* verb, const std::string& name, const std::string& secret, const std::string& body = {}) {
    Json json{{"cluster", {{"context", name + "-admin"}}},
              {"verb", verb},
              {"object", {{"apiVersion", "v1"}, {"kind", "Secret"}, {"namespace", "default"}, {"name", secret}}}};
    if (!body.empty())
        json["body"] = Json::parse(body);
    return json;
}

std::string password(const QByteArray& value) {
    return Json{{"data", {{"password", value.toBase64().toStdString()}}}}.dump();
}

/// Counts how often it is asked.
struct CountingKeyring final : base::MemoryKeyring {
    std::atomic<int> asked = 0;
    base::Result<std::vector<base::SecretKey>> keys(const base::CancelToken& token) override {
        ++asked;
        return MemoryKeyring::keys(token);
    }
};

/// Thinks until nobody waits any more.
struct ThinkingKeyring final : base::MemoryKeyring {
    base::Result<std::vector<base::SecretKey>> keys(const base::CancelToken& token) override {
        std::atomic<bool> isOver = false;
        token.onCancel([&isOver] {
            isOver = true;
            isOver.notify_all();
        });
        isOver.wait(false);
        return base::fail(base::ErrorCode::TimedOut, "nobody waited");
    }
};

} // namespace

class TestSecretUndoReal : public QObject {
    Q_OBJECT

    std::unique_ptr<QdctlBench> m_qdctl;
    std::unique_ptr<SessionBus> m_bus;
    std::unique_ptr<ChangeBench> m_bench;
    std::unique_ptr<JournalStore> m_journal; ///< Keeps the write-ahead log on the disk.

    void useBus() {
        if (!m_bus) {
            m_bus = std::make_unique<SessionBus>(m_qdctl->folder.filePath("bus").toStdString());
            QCOMPARE(m_bus->start(), std::string());
            QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        }
        m_qdctl->further = m_bus->environment();
    }
    void useNoBus() { m_qdctl->further = {{"DBUS_SESSION_BUS_ADDRESS", "disabled:"}}; }

    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
        QFile file(m_qdctl->folder.filePath(QString::fromStdString(name)));
        if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            file.write(QByteArray::fromStdString(text));
        return file.fileName().toStdString();
    }
    /// Has qdctl carry a set out; the set's id.
    [[nodiscard]] std::string carryOut(const std::vector<Json>& operations, std::string* said = nullptr) const {
        const Json set{
            {"apiVersion", "quarterdeck/v1"}, {"kind", "ChangeSet"}, {"title", "Keys"}, {"operations", operations}};
        const testbed::Ran ran = m_qdctl->run({"apply", "-f", write("set.json", set.dump())});
        QFile::remove(m_qdctl->folder.filePath("set.json"));
        if (said)
            *said = ran.err;
        if (ran.exitCode != 0)
            qWarning("%s", ran.err.c_str());
        return ran.exitCode == 0 ? m_qdctl->newestSet() : std::string();
    }
    [[nodiscard]] testbed::Ran undo(const std::string& set) const { return m_qdctl->run({"undo", set}); }

    /// Every file below the folder, the journal's among them, and what the journal exports.
    void findsNoClearValue(const QString& folder) {
        QByteArrayList needles;
        for (const QByteArray& value : {kOld, kNew}) {
            needles << value << value.toBase64(QByteArray::OmitTrailingEquals);
            // Wherever in a longer text it begins.
            for (int shift = 1; shift < 3; ++shift)
                needles << QByteArray(QByteArray(shift, 'x') + value).toBase64().mid(4, 20);
        }
        bool hasJournal = false;
        const auto search = [&needles](const QByteArray& text, const QString& where) {
            for (const QByteArray& needle : needles)
                QVERIFY2(!text.contains(needle), qPrintable(where + " has " + needle));
        };
        for (QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); all.hasNext();) {
            const QString file = all.next();
            if (file.contains("/bus/"))
                continue; // the keyring itself
            // Read by another program: to close a file here would give up the locks that our journal has on it.
            const QByteArray text = QByteArray::fromStdString(testbed::run({"cat", file.toStdString()}).out);
            search(text, file);
            hasJournal = hasJournal || (file.endsWith("journal.sqlite-wal") && !text.isEmpty());
        }
        QVERIFY(hasJournal);
        // Images lie compressed.
        int sealed = 0;
        const std::vector<JournalEntry> entries = m_journal->entries({.limit = 0}).value();
        for (const JournalEntry& entry : entries) {
            const JournalImages images = m_journal->images(entry.set, entry.number).value();
            for (const std::string* image : {&images.body, &images.before, &images.after})
                search(QByteArray::fromStdString(*image), "an image");
            const JournalRecord record = m_journal->records(entry.set).value()[entry.number];
            QVERIFY(record.sealed);
            for (const std::string* blob : {&record.sealed->body, &record.sealed->before, &record.sealed->after}) {
                search(QByteArray::fromStdString(*blob), "a seal");
                sealed += blob->empty() ? 0 : 1;
            }
        }
        QVERIFY(sealed > 0);
        for (const char* format : {"table", "json", "csv"})
            search(QByteArray::fromStdString(m_qdctl->run({"journal", "--limit", "0", "-o", format}).out), format);
    }

private slots:
    void initTestCase() {
        TESTBED_UP(kClusters, {.version = testbed::ApiVersion::Newest,
                               .beside = testbed::Beside::Nothing,
                               .nodes = 0,
                               .apiServerFlags = {}});
        m_qdctl = std::make_unique<QdctlBench>();
        auto journal = JournalStore::open(m_qdctl->folder.filePath("quarterdeck/journal").toStdString());
        QVERIFY(journal);
        m_journal = *std::move(journal);
    }
    void cleanupTestCase() {
        m_bench.reset();
        m_bus.reset();
    }

    void init() {
        for (const std::string& name : kClusters) {
            (void)cluster(name).kubectl({"delete", "secret", "--all"});
            QCOMPARE(cluster(name)
                         .kubectl({"create", "secret", "generic", "db", "--from-literal=password=" + kOld.toStdString(),
                                   "--from-literal=own=" + name})
                         .exitCode,
                     0);
            QCOMPARE(cluster(name).kubectl({"label", "secret", "db", "team=shop"}).exitCode, 0);
        }
    }

    void undoesEditsDeletionsAndCreations() {
        useBus();
        const std::string value = kNew.toBase64().toStdString();
        const std::string created = Json{{"apiVersion", "v1"},
                                         {"kind", "Secret"},
                                         {"metadata", {{"name", "new"}}},
                                         {"stringData", {{"p", kNew.toStdString()}}}}
                                        .dump();
        const std::string edit = Json{{"data", {{"password", value}, {"own", nullptr}}}}.dump();
        const std::string step =
            Json::array({{{"op", "replace"}, {"path", "/data/password"}, {"value", value}}}).dump();
        struct Case {
            const char* verb;
            const char* secret;
            std::string body;
        };
        for (const Case& one :
             {Case{"merge-patch", "db", edit}, Case{"json-patch", "db", step}, Case{"delete", "db", {}},
              Case{"create", "new", created}, Case{"apply", "new", created}}) {
            const std::map<std::string, QByteArray> before{{"north", data("north")}, {"south", data("south")}};
            std::vector<Json> operations;
            for (const std::string& name : kClusters)
                operations.push_back(operation(one.verb, name, one.secret, one.body));
            const std::string set = carryOut(operations);
            QVERIFY2(!set.empty(), one.verb);
            for (const std::string& name : kClusters)
                QVERIFY2(data(name) != before.at(name) || data(name, "new").contains(kNew.toBase64()), one.verb);
            const testbed::Ran undone = undo(set);
            QVERIFY2(undone.exitCode == 0, (one.verb + (": " + undone.err)).c_str());
            for (const std::string& name : kClusters) {
                QCOMPARE(data(name), before.at(name));
                QVERIFY(!data(name, "new").contains(kNew.toBase64()));
            }
            // And the undo can be taken back as well.
            const testbed::Ran again = undo(m_qdctl->newestSet());
            QVERIFY2(again.exitCode == 0, (one.verb + (": " + again.err)).c_str());
            for (const std::string& name : kClusters)
                QVERIFY2(data(name) != before.at(name) || data(name, "new").contains(kNew.toBase64()), one.verb);
            init();
        }
        findsNoClearValue(m_qdctl->folder.path());
    }

    void refusesWhatHasMovedOnWithoutShowingIt() {
        useBus();
        const std::string set = carryOut({operation("merge-patch", "north", "db", password(kNew))});
        QVERIFY(!set.empty());
        QCOMPARE(cluster("north")
                     .kubectl({"patch", "secret", "db", "-p", R"({"stringData":{"password":"somebody-else"}})"})
                     .exitCode,
                 0);
        const testbed::Ran undone = undo(set);
        QCOMPARE(undone.exitCode, 4);
        const QByteArray text = QByteArray::fromStdString(undone.err + undone.out);
        QVERIFY2(text.contains("it has been changed since at /data/password"), text.constData());
        QVERIFY2(text.contains("password: hidden"), text.constData());
        for (const QByteArray& value : {kOld, kNew, QByteArray("somebody-else")})
            QVERIFY(!text.contains(value) && !text.contains(value.toBase64(QByteArray::OmitTrailingEquals)));
    }

    void showsNoValueOfAConflict() {
        useNoBus();
        const QByteArray text = QByteArray::fromStdString(
            "apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: default}\ndata: {password: " +
            kNew.toBase64().toStdString() + "}\n");
        const testbed::Ran ran =
            m_qdctl->run({"apply", "-f", write("db.yaml", text.toStdString()), "--clusters", "north-admin"});
        QFile::remove(m_qdctl->folder.filePath("db.yaml"));
        QCOMPARE(ran.exitCode, 4);
        const QByteArray said = QByteArray::fromStdString(ran.err);
        QVERIFY2(said.contains("hidden -> hidden"), said.constData());
        QVERIFY(!said.contains(kOld.toBase64()) && !said.contains(kNew.toBase64()));
    }

    void saysThatThereWasNoKeyring() {
        useNoBus();
        std::string said;
        const std::string set = carryOut({operation("merge-patch", "north", "db", password(kNew))}, &said);
        QVERIFY2(!set.empty(), said.c_str());
        QVERIFY2(said.find("cannot be taken back") != std::string::npos &&
                     said.find("there is no desktop session here") != std::string::npos,
                 said.c_str());
        useBus();
        const testbed::Ran undone = undo(set);
        QCOMPARE(undone.exitCode, 4);
        QVERIFY2(undone.err.find("no key to seal them with when it was written: there is no desktop session here") !=
                     std::string::npos,
                 undone.err.c_str());
        QVERIFY(data("north").contains(kNew.toBase64()));
        findsNoClearValue(m_qdctl->folder.path());
    }

    void saysThatTheKeyringHasNotTheKey() {
        useBus();
        const std::string set = carryOut({operation("delete", "north", "db")});
        QVERIFY(!set.empty());
        useNoBus();
        testbed::Ran undone = undo(set);
        QCOMPARE(undone.exitCode, 4);
        QVERIFY2(undone.err.find("cannot be opened: there is no desktop session here") != std::string::npos,
                 undone.err.c_str());
        useBus();
        m_bus->stopKeyring();
        m_bus->emptyKeyring();
        QCOMPARE(m_bus->startKeyring("rose bud"), std::string());
        undone = undo(set);
        QCOMPARE(undone.exitCode, 4);
        QVERIFY2(undone.err.find("cannot be opened: another keyring sealed them") != std::string::npos,
                 undone.err.c_str());
        // With a new key it goes on.
        QVERIFY(!carryOut({operation("delete", "south", "db")}).empty());
        QCOMPARE(undo(m_qdctl->newestSet()).exitCode, 0);
        QVERIFY(data("south").contains(kOld.toBase64()));
    }

    // As the window uses it, one after the other; a key is fetched once.
    void undoesEditsByKey() {
        m_bench = std::make_unique<ChangeBench>();
        const auto keyring = std::make_shared<CountingKeyring>();
        m_bench->keyring = keyring;
        m_bench->open();
        for (const std::string& name : kClusters)
            QVERIFY(m_bench->connect(name + "-admin"));
        ChangeSet labels;
        labels.title = "No secret";
        labels.operations.push_back({.cluster = m_bench->ref("north-admin"),
                                     .verb = Verb::Apply,
                                     .object = {"v1", "ConfigMap", "default", "plain"},
                                     .body = R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"plain"}})"});
        QVERIFY(m_bench->carryOut(labels));
        QCOMPARE(int(keyring->asked), 0);
        const QByteArray before = data("north");
        for (int round = 0; round < 3; ++round) {
            ChangeSet set;
            set.title = "Keys";
            for (const std::string& name : kClusters) {
                const Target target{m_bench->ref(name + "-admin"), {"v1", "Secret", "default", "db"}};
                auto operation =
                    keysOperation(target, cluster(name).api("GET", "/api/v1/namespaces/default/secrets/db").body,
                                  {{"password", "password", kNew.toStdString()}, {"own", "mine", {}}});
                QVERIFY(operation);
                operation->ownership = Ownership::TakeOver;
                set.operations.push_back(*std::move(operation));
            }
            const auto applier = m_bench->carryOut(set);
            QVERIFY(applier && !applier->unsealed());
            QVERIFY(data("north").contains(kNew.toBase64()));
            const auto undo = m_bench->undo(applier->plan().set.id);
            QVERIFY(undo && *undo && (*undo)->refused.empty());
            QVERIFY(m_bench->carryOut((*undo)->set));
            QCOMPARE(data("north"), before);
        }
        // Once to see that there is no key, once to see the one that was made.
        QCOMPARE(int(keyring->asked), 2);
    }

    void canBeStoppedWhileTheKeyringThinks() {
        QVERIFY(m_bench);
        m_bench->keyring = std::make_shared<ThinkingKeyring>();
        m_bench->openDoor();
        ChangeSet set;
        set.title = "Keys";
        set.operations.push_back({.cluster = m_bench->ref("north-admin"),
                                  .verb = Verb::MergePatch,
                                  .object = {"v1", "Secret", "default", "db"},
                                  .body = password(kNew)});
        const auto planner = m_bench->plan(set);
        QVERIFY(planner && planner->plan().mayApply());
        bool isDone = false;
        const auto applier = m_bench->door->apply(planner->plan(), {}, {}, [&isDone] { isDone = true; });
        QVERIFY(!m_bench->until([&isDone] { return isDone; }, 100));
        applier->cancel();
        QVERIFY(m_bench->until([&isDone] { return isDone; }));
        QCOMPARE(int(applier->progress()[0].outcome), int(Outcome::NotSent));
        QVERIFY(data("north").contains(kOld.toBase64()));
        m_bench->keyring = std::make_shared<base::MemoryKeyring>();
        m_bench->openDoor();
    }

    // A program that ends while its writes are under way: what became of them is known, the rest is done, and all of it
    // can be taken back.
    void goesOnAfterACrash() {
        QVERIFY(m_bench);
        std::map<std::string, QByteArray> before;
        ChangeSet set;
        set.title = "Many keys";
        for (int i = 0; i < 12; ++i) {
            const std::string secret = "db-" + std::to_string(i);
            const std::string value = (kNew + QByteArray::number(i)).toBase64().toStdString();
            for (const std::string& name : kClusters) {
                QCOMPARE(cluster(name)
                             .kubectl({"create", "secret", "generic", secret, "--from-literal=p=" + kOld.toStdString()})
                             .exitCode,
                         0);
                before[name + secret] = data(name, secret);
                const bool isDeleted = i % 4 == 3;
                set.operations.push_back({.cluster = m_bench->ref(name + "-admin"),
                                          .verb = isDeleted ? Verb::Delete : Verb::MergePatch,
                                          .object = {"v1", "Secret", "default", secret},
                                          .body = isDeleted ? std::string() : Json{{"data", {{"p", value}}}}.dump()});
            }
        }
        set.intent = "because";
        const auto planner = m_bench->plan(set);
        QVERIFY(planner && planner->plan().mayApply());
        std::unique_ptr<Applier> applier;
        bool hasEnded = false;
        applier = m_bench->door->apply(planner->plan(), {},
                                       [&] {
                                           const auto& progress = applier->progress();
                                           hasEnded = std::any_of(
                                               progress.begin(), progress.end(),
                                               [](const OperationProgress& one) { return one.stage == Stage::Ended; });
                                       },
                                       {});
        const std::string id = applier->plan().set.id;
        QVERIFY(m_bench->until([&hasEnded] { return hasEnded; }));
        applier.reset();
        m_bench->door.reset();
        // The journal's lock goes with the last of its answers that nobody takes.
        while (m_bench->home.runPending() > 0) {
        }
        m_bench->openDoor();
        std::optional<base::Result<Unfinished>> rest;
        const base::Cancel cancel =
            m_bench->door->resume(id, [&rest](base::Result<Unfinished> found) { rest = std::move(found); });
        QVERIFY(m_bench->until([&rest] { return rest.has_value(); }));
        QVERIFY2(*rest, *rest ? "" : rest->error().message.c_str());
        QCOMPARE((*rest)->set.intent, std::string("because"));
        QVERIFY((*rest)->unknown.empty());
        QVERIFY((*rest)->hidden.empty());
        QVERIFY(!(*rest)->over.empty());
        const auto again = m_bench->plan((*rest)->set, (*rest)->over);
        QVERIFY(again && again->plan().mayApply());
        const auto resumed = m_bench->apply(again->plan(), {}, Applier::Start::Resumed);
        QVERIFY(resumed);
        for (const OperationProgress& one : resumed->progress())
            QVERIFY2(one.outcome == Outcome::Done, one.message.c_str());
        QVERIFY(data("north", "db-3").isEmpty() && !data("south", "db-2").contains(kOld.toBase64()));
        const auto undo = m_bench->undo(id);
        QVERIFY(undo && *undo);
        for (const UndoRefusal& refusal : (*undo)->refused)
            QFAIL(refusal.why.c_str());
        const auto undone = m_bench->carryOut((*undo)->set);
        QVERIFY(undone);
        for (const OperationProgress& one : undone->progress())
            QVERIFY2(one.outcome == Outcome::Done, one.message.c_str());
        for (int i = 0; i < 12; ++i) {
            for (const std::string& name : kClusters)
                QCOMPARE(data(name, "db-" + std::to_string(i)), before.at(name + "db-" + std::to_string(i)));
        }
    }
};

QTEST_GUILESS_MAIN(TestSecretUndoReal)
#include "tst_secret_undo_real.moc"
