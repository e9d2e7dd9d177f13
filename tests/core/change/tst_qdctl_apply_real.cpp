// SPDX-License-Identifier: GPL-3.0-or-later
//
// qdctl apply with files of change sets, over real servers.
#include "core/change/journal_store.h"
#include "core/fleet/cluster_info.h"
#include "core/fleet/known_text.h"
#include "core/fleet/last_known.h"
#include "core/kube/config/cluster_key.h"
#include "core/kube/config/kubeconfig.h"
#include "tests/core/change/qdctl_bench.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using change::JournalStore;
using Json = nlohmann::json;
using testbed::Ran;
using testbed::Testbed;

class TestQdctlApplyReal : public QObject {
    Q_OBJECT

    QdctlBench m_qdctl;

    [[nodiscard]] std::string path(const char* name) const { return m_qdctl.folder.filePath(name).toStdString(); }
    std::string write(const char* name, const std::string& text) const {
        QFile file(m_qdctl.folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(text.data(), qint64(text.size())) < 0)
            qFatal("cannot write %s", name);
        return file.fileName().toStdString();
    }
    static Json mapSet(const std::string& name, const std::string& value) {
        const Json body{
            {"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", name}}}, {"data", {{"key", value}}}};
        return {{"apiVersion", "quarterdeck/v1"},
                {"kind", "ChangeSet"},
                {"title", "Set " + name},
                {"operations",
                 {{{"cluster", {{"context", "north-admin"}}},
                   {"verb", "apply"},
                   {"object", {{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"namespace", "default"}, {"name", name}}},
                   {"body", body}}}}};
    }
    [[nodiscard]] std::string newestIntent() const {
        const auto store = JournalStore::open(path("quarterdeck/journal"));
        return store ? (*store)->entries({.set = m_qdctl.newestSet(), .outcome = {}}).value().at(0).intent
                     : std::string("no journal");
    }

private slots:
    void initTestCase() {
        TESTBED_UP({"north", "south"}, {.version = testbed::ApiVersion::Newest,
                                        .beside = testbed::Beside::Nothing,
                                        .nodes = 0,
                                        .apiServerFlags = {}});
    }

    void keepsTheIntentOfAFile() {
        Json set = mapSet("intent", "1");
        set["intent"] = "as the ticket says";
        const std::string file = write("intent.json", set.dump());
        Ran ran = m_qdctl.run({"apply", "-f", file});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QCOMPARE(newestIntent(), std::string("as the ticket says"));
        ran = m_qdctl.run({"apply", "-f", file, "-m", "once more"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QCOMPARE(newestIntent(), std::string("once more"));
        ran =
            m_qdctl.run({"label", "configmap/intent", "tier=web", "--context", "north-admin", "--intent", "Ticket 7"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QCOMPARE(newestIntent(), std::string("Ticket 7"));
        const std::string labelled = m_qdctl.newestSet();
        ran = m_qdctl.run({"undo", labelled});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QCOMPARE(newestIntent(), "undo of " + labelled + ": Ticket 7");
    }

    // Saved by an older version, too, which wrote the id.
    void appliesAFileTwice() {
        Json set = mapSet("twice", "1");
        set["id"] = "20260102-150405-000k3x";
        const std::string saved = path("saved.yaml");
        Ran ran = m_qdctl.run({"apply", "-f", write("twice.json", set.dump()), "--save", saved});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        const qsizetype lines = m_qdctl.journal().size();
        for (const std::string& file : {path("twice.json"), path("twice.json"), saved, saved}) {
            ran = m_qdctl.run({"apply", "-f", file});
            QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        }
        QCOMPARE(m_qdctl.journal().size(), lines + 4);
    }
    // The object loses its managers on the way, so that its fields are somebody else's only when it comes to them.
    void tellsOfAConflictThatShowsLate_data() {
        QTest::addColumn<bool>("spans");
        QTest::newRow("one cluster") << false;
        QTest::newRow("beside another that works") << true;
    }
    void tellsOfAConflictThatShowsLate() {
        QFETCH(bool, spans);
        const std::string name = spans ? "late-two" : "late-one";
        Ran ran = m_qdctl.run({"apply", "-f", write("late.json", mapSet(name, "1").dump())});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        Json set = mapSet(name, "2");
        Json strip = set["operations"][0];
        strip["verb"] = "merge-patch";
        strip["body"] = {{"metadata", {{"managedFields", Json::array({Json::object()})}}}};
        set["operations"].insert(set["operations"].begin(), strip);
        // It waits for what is not done, and fails for nothing of its own.
        Json waits = mapSet(name + "-waits", "1")["operations"][0];
        waits["after"] = {1};
        set["operations"].push_back(waits);
        if (spans) {
            set["operations"].push_back(mapSet(name, "1")["operations"][0]);
            set["operations"].back()["cluster"]["context"] = "south-admin";
        }
        ran = m_qdctl.run({"apply", "-f", write("late.json", set.dump())});
        QVERIFY2(ran.exitCode == 4, (std::to_string(ran.exitCode) + "\n" + ran.out + ran.err).c_str());
        QVERIFY2(ran.err.find("belong to other managers: .data.key (before-first-apply)") != std::string::npos,
                 ran.err.c_str());
        QCOMPARE(ran.out.find("south-admin: configmap/") != std::string::npos, spans);
    }
    // The kubeconfig calls it otherwise now; which cluster it is, the window remembers.
    void findsAClusterWhoseContextWasRenamed_data() {
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("renamed") << false;
        QTest::newRow("name taken by another") << true;
    }
    void findsAClusterWhoseContextWasRenamed() {
        QFETCH(bool, isTaken);
        QFile::remove(QString::fromStdString(path("quarterdeck/last-known.sqlite")));
        Ran ran = m_qdctl.run({"apply", "-f", write("gone.json", mapSet("gone", "1").dump())});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        const std::string set = m_qdctl.newestSet();
        QFile original(QString::fromStdString(Testbed::instance().kubeconfig().string()));
        QVERIFY(original.open(QIODevice::ReadOnly));
        QByteArray text = original.readAll();
        text.replace("name: north-admin\n  context", "name: renamed\n  context");
        if (isTaken)
            text.replace("name: south-admin\n  context", "name: north-admin\n  context");
        const std::string config = write("renamed", text.toStdString());
        const auto qdctl = [&](const std::vector<std::string>& words) {
            std::vector<std::string> command{TESTS_BIN_DIR "/qdctl", "--kubeconfig", config};
            command.insert(command.end(), words.begin(), words.end());
            return testbed::run(command, {.input = {}, .environment = m_qdctl.environment(), .folder = {}});
        };
        ran = qdctl({"undo", set});
        QVERIFY(ran.exitCode != 0);
        const char* why = isTaken ? "the context north-admin leads to another cluster than the one that is meant"
                                  : "there is no context 'north-admin'";
        QVERIFY2(ran.err.find(why) != std::string::npos, ran.err.c_str());
        {
            fleet::LastKnown memory(path("quarterdeck"));
            const auto known = kube::Kubeconfig::load(kube::KubeconfigSources::explicitFile(config));
            for (const char* name : {"north", "south"}) {
                const auto answer = Testbed::instance().cluster(name).api("GET", "/api/v1/namespaces/kube-system").body;
                fleet::ClusterInfo info;
                info.uid = Json::parse(answer)["metadata"]["uid"];
                memory.saveSummary(kube::clusterKeyOf(*known.cluster(name)).id(), fleet::summaryText(info));
            }
        }
        ran = qdctl({"undo", set});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QVERIFY2(ran.err.find("the context renamed leads to the cluster that was north-admin") != std::string::npos,
                 ran.err.c_str());
        QVERIFY(!Testbed::instance().cluster("north").api("GET", "/api/v1/namespaces/default/configmaps/gone").isOk());
    }
};

QTEST_GUILESS_MAIN(TestQdctlApplyReal)
#include "tst_qdctl_apply_real.moc"
