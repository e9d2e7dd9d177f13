// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/journal_store.h"
#include "tests/support/child_process.h"
#include "tests/support/testbed.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

using change::JournalEntry;
using change::Outcome;
using Json = nlohmann::json;
using testbed::ChildProcess;
using testbed::Cluster;
using testbed::Testbed;

namespace {

const std::vector<std::string> kClusters{"north", "south", "west"};

} // namespace

/// qdctl is killed somewhere inside a change set over three clusters, again and again; the journal has to say what is
/// true of the API servers, and the set has to come to its end, each write once. CRASH_ROUNDS says how often.
class TestCrash : public QObject {
    Q_OBJECT

private:
    static constexpr int kObjects = 24; // of each cluster

    QTemporaryDir m_folder;
    std::string m_home;
    std::string m_set;

    [[nodiscard]] static testbed::Ran qdctl(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), TESTS_BIN_DIR "/qdctl");
        return testbed::run(arguments);
    }

    /// A set that makes, changes, scales and deletes: nothing of it may happen twice without a trace.
    void writeSet(int round) {
        Json set{{"apiVersion", "quarterdeck/v1"}, {"kind", "ChangeSet"}, {"title", "Round " + std::to_string(round)}};
        for (const std::string& cluster : kClusters) {
            for (int i = 0; i < kObjects; ++i) {
                const std::string name = "crash-" + std::to_string(i);
                Json operation{
                    {"cluster", {{"context", cluster + "-admin"}}},
                    {"object",
                     {{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"namespace", "default"}, {"name", name}}}};
                if (i % 4 == 3) {
                    operation["verb"] = "delete";
                } else if (i % 4 == 2) {
                    // Not to be repeated: it grows by each.
                    operation["verb"] = "json-patch";
                    operation["body"] =
                        Json::parse(R"([{"op":"add","path":"/metadata/finalizers/-","value":"crash.test/r)" +
                                    std::to_string(round) + R"("}])");
                } else {
                    operation["verb"] = "apply";
                    operation["body"] = {{"apiVersion", "v1"},
                                         {"kind", "ConfigMap"},
                                         {"metadata", {{"name", name}}},
                                         {"data", {{"round", std::to_string(round)}}}};
                }
                set["operations"].push_back(std::move(operation));
            }
        }
        QFile file(m_folder.filePath("set.json"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray::fromStdString(set.dump()));
        m_set = m_folder.filePath("set.json").toStdString();
    }

    /// What the objects of a round have to be like before it.
    void reset(int round) {
        for (const std::string& name : kClusters) {
            const Cluster& cluster = Testbed::instance().cluster(name);
            for (int i = 0; i < kObjects; ++i) {
                const std::string path = "/api/v1/namespaces/default/configmaps/crash-" + std::to_string(i);
                if (i % 4 == 3 || i % 4 == 2) {
                    (void)cluster.api("PATCH", path, R"({"metadata":{"finalizers":null}})",
                                      "application/merge-patch+json");
                    (void)cluster.api("DELETE", path);
                    Json object{{"apiVersion", "v1"},
                                {"kind", "ConfigMap"},
                                {"metadata", {{"name", "crash-" + std::to_string(i)}}},
                                {"data", {{"round", "before " + std::to_string(round)}}}};
                    if (i % 4 == 2)
                        object["metadata"]["finalizers"] = Json::array({"crash.test/first"});
                    QVERIFY(cluster.api("POST", "/api/v1/namespaces/default/configmaps", object.dump()).isOk());
                } else if (i % 8 == 1) {
                    (void)cluster.api("DELETE", path); // made by the set
                }
            }
        }
    }

    /// All objects that the API servers have, by cluster and name.
    using Stored = std::map<std::pair<std::string, std::string>, Json>;
    [[nodiscard]] static Stored stored() {
        Stored objects;
        for (const std::string& name : kClusters) {
            const testbed::Answer answer =
                Testbed::instance().cluster(name).api("GET", "/api/v1/namespaces/default/configmaps");
            const Json list = Json::parse(answer.body);
            for (const Json& item : list["items"])
                objects[{name + "-admin", item["metadata"]["name"]}] = item;
        }
        return objects;
    }

    /// Whether the API server has what an operation was to bring.
    static bool isStored(const Stored& objects, const JournalEntry& entry, int round) {
        const auto found = objects.find({entry.cluster, entry.object.name});
        if (entry.verb == change::Verb::Delete)
            return found == objects.end();
        if (found == objects.end())
            return false;
        const Json& object = found->second;
        if (entry.verb == change::Verb::JsonPatch) {
            const Json finalizers = object.value(Json::json_pointer("/metadata/finalizers"), Json::array());
            const auto count = std::count(finalizers.begin(), finalizers.end(), "crash.test/r" + std::to_string(round));
            if (count > 1)
                qFatal("applied twice");
            return count == 1;
        }
        return object.value(Json::json_pointer("/data/round"), std::string()) == std::to_string(round);
    }

    [[nodiscard]] std::vector<JournalEntry> entries() const {
        const auto store = change::JournalStore::open(m_home + "/state/journal");
        change::JournalQuery query;
        query.limit = std::size_t(kObjects) * kClusters.size();
        return store ? (*store)->entries(query).value() : std::vector<JournalEntry>();
    }

    [[nodiscard]] QByteArray log() const {
        QFile file(m_folder.filePath("log"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().right(2000) : QByteArray();
    }

    /// How long a set takes that nobody kills, from its first line in the journal until all of it is done.
    void measure(change::JournalStore& journal, qint64* us) {
        writeSet(0);
        reset(0);
        ChildProcess child;
        QVERIFY(child.start({TESTS_BIN_DIR "/qdctl", "apply", "-f", m_set}, m_folder.filePath("log").toStdString()));
        QVERIFY2(isBegun(journal, "Round 0"), log().constData());
        QElapsedTimer timer;
        timer.start();
        change::JournalQuery query;
        query.limit = std::size_t(kObjects) * kClusters.size();
        const auto isDone = [](const JournalEntry& entry) { return entry.outcome == Outcome::Done; };
        for (bool isOver = false; !isOver;) {
            QVERIFY2(timer.elapsed() < 60000, log().constData());
            const std::vector<JournalEntry> found = journal.entries(query).value();
            isOver = !found.empty() && std::all_of(found.begin(), found.end(), isDone);
        }
        *us = timer.nsecsElapsed() / 1000;
    }

    [[nodiscard]] static bool isBegun(change::JournalStore& journal, const std::string& title) {
        change::JournalQuery query;
        query.limit = 1;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 30000) {
            const auto entries = journal.entries(query).value();
            if (!entries.empty() && entries.front().title == title)
                return true;
        }
        const auto entries = journal.entries(query).value();
        qWarning("the newest set is %s", entries.empty() ? "none" : entries.front().title.c_str());
        return false;
    }

private slots:
    void initTestCase() {
        TESTBED_UP({"north", "south", "west"}, {.version = testbed::ApiVersion::Newest,
                                                .beside = testbed::Beside::Nothing,
                                                .nodes = 0,
                                                .apiServerFlags = {}});
        m_home = m_folder.filePath("home").toStdString();
        qputenv("KUBECONFIG", Testbed::instance().kubeconfig().c_str());
        qputenv("QUARTERDECK_HOME", m_home.c_str());
    }

    void tellsTheTruthWhereverItIsKilled() {
        bool isNumber = false;
        int rounds = qEnvironmentVariableIntValue("CRASH_ROUNDS", &isNumber);
        rounds = isNumber ? rounds : 25;
        std::minstd_rand random(static_cast<unsigned>(rounds));
        // Kills fall between the moment in which the journal knows the set and about that in which it is over.
        qint64 spanUs = 0;
        const auto opened = change::JournalStore::open(m_home + "/state/journal");
        QVERIFY(opened);
        change::JournalStore* journal = opened->get();
        measure(*journal, &spanUs);
        QVERIFY(spanUs > 0);
        std::map<std::string, int> seen;
        int inside = 0;
        for (int round = 1; round <= rounds; ++round) {
            writeSet(round);
            reset(round);
            ChildProcess child;
            QVERIFY(
                child.start({TESTS_BIN_DIR "/qdctl", "apply", "-f", m_set}, m_folder.filePath("log").toStdString()));
            const std::string title = "Round " + std::to_string(round);
            QVERIFY2(isBegun(*journal, title), (log() + (child.isRunning() ? " running" : " over")).constData());
            // Nothing is waited for here: it falls where it falls.
            const qint64 us = qint64(random() % quint64(spanUs));
            const timespec pause{us / 1000000, (us % 1000000) * 1000};
            ::nanosleep(&pause, nullptr);
            child.kill();
            const std::vector<JournalEntry> after = entries();
            QVERIFY(!after.empty() && after.front().title == title);
            int open = 0;
            int there = 0;
            Stored objects = stored();
            for (const JournalEntry& entry : after) {
                ++seen[std::string(toString(entry.outcome))];
                const bool isThere = isStored(objects, entry, round);
                QVERIFY2(entry.outcome != Outcome::Sending, "nobody sends any more");
                QVERIFY2(entry.outcome != Outcome::Done || isThere,
                         (entry.object.name + " is said to be done").c_str());
                QVERIFY2(entry.outcome != Outcome::NotSent || !isThere,
                         (entry.object.name + " is said not to be sent").c_str());
                QVERIFY2(entry.outcome != Outcome::Failed, entry.message.c_str());
                open += entry.outcome == Outcome::Done ? 0 : 1;
                there += isThere ? 1 : 0;
            }
            // Amid the writing: of the servers, or of what the journal closes behind them.
            const auto isPart = [](int count) { return count > 0 && count < kObjects * int(kClusters.size()); };
            inside += isPart(there) || isPart(open) ? 1 : 0;
            spanUs = open == 0 ? spanUs * 9 / 10 : spanUs * 21 / 20;
            // Reading back leaves nothing unknown, and says what is so.
            const auto read = qdctl({"journal", "--set", after.front().set, "-o", "json"});
            QVERIFY2(read.exitCode == 0, read.err.c_str());
            objects = stored();
            for (const JournalEntry& entry : entries()) {
                const bool isThere = isStored(objects, entry, round);
                QVERIFY2(
                    entry.outcome == (isThere ? Outcome::Done : Outcome::NotSent),
                    (entry.object.name + " " + std::string(toString(entry.outcome)) + " " + entry.message).c_str());
            }
            // And it can be brought to its end, or taken back.
            if (round % 2 == 0) {
                const auto resumed = qdctl({"resume", after.front().set});
                QVERIFY2(resumed.exitCode == 0, resumed.err.c_str());
                objects = stored();
                for (const JournalEntry& entry : entries()) {
                    QVERIFY(isStored(objects, entry, round));
                    QVERIFY2(entry.outcome == Outcome::Done, entry.message.c_str());
                }
            } else {
                const auto undone = qdctl({"undo", after.front().set});
                QVERIFY2(undone.exitCode == 0, undone.err.c_str());
                objects = stored();
                for (const JournalEntry& entry : after) {
                    if (entry.outcome == Outcome::Done)
                        QVERIFY2(!isStored(objects, entry, round), entry.object.name.c_str());
                }
            }
        }
        std::string summary = std::to_string(rounds) + " kills, " + std::to_string(inside) + " with a part done:";
        for (const auto& [outcome, count] : seen)
            summary += " " + std::to_string(count) + " " + outcome;
        qInfo("%s", summary.c_str());
        QVERIFY2(inside * 10 >= rounds, "too few kills fell into the writing");
    }
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
