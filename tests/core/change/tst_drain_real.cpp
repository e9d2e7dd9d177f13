// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/drain_reader.h"
#include "tests/core/change/change_bench.h"
#include "tests/core/change/qdctl_bench.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using change::NodeDrain;
using change::PodFate;
using Json = nlohmann::json;
using testbed::Cluster;

namespace {

Cluster& north() {
    return testbed::Testbed::instance().cluster("north");
}

/// A pod that is bound already: no scheduler has a word in it.
std::string podOn(const std::string& node, const std::string& name, const char* extra = "{}") {
    Json pod{{"apiVersion", "v1"},
             {"kind", "Pod"},
             {"metadata", {{"name", name}, {"labels", {{"app", name}}}}},
             {"spec", {{"nodeName", node}, {"containers", {{{"name", "c"}, {"image", "i"}}}}}}};
    pod.merge_patch(Json::parse(extra));
    return pod.dump();
}

std::string deploymentOn(const std::string& node, const std::string& name, int replicas) {
    return Json{{"apiVersion", "apps/v1"},
                {"kind", "Deployment"},
                {"metadata", {{"name", name}}},
                {"spec",
                 {{"replicas", replicas},
                  {"selector", {{"matchLabels", {{"app", name}}}}},
                  {"template",
                   {{"metadata", {{"labels", {{"app", name}}}}},
                    {"spec",
                     {{"nodeSelector", {{"kubernetes.io/hostname", node}}},
                      {"containers", {{{"name", "c"}, {"image", "i"}}}}}}}}}}}
        .dump();
}

const char* const kDaemonSet = R"({"apiVersion":"apps/v1","kind":"DaemonSet","metadata":{"name":"agent"},"spec":{
 "selector":{"matchLabels":{"app":"agent"}},"template":{"metadata":{"labels":{"app":"agent"}},
 "spec":{"containers":[{"name":"c","image":"i"}]}}}})";

bool create(const std::string& json) {
    return north().kubectl({"create", "-n", "default", "-f", "-"}, json).exitCode == 0;
}

/// Names of pods on a node, sorted; of DaemonSets' no one.
QByteArray podsOn(const std::string& node) {
    return QByteArray::fromStdString(
        north()
            .kubectl({"get", "pods", "-n", "default", "-l", "app!=agent", "-o", "jsonpath={.items[*].metadata.name}",
                      "--field-selector", "spec.nodeName=" + node})
            .out);
}

bool isReady(const std::string& name, int replicas) {
    const auto ran =
        north().kubectl({"get", "deployment", name, "-n", "default", "-o", "jsonpath={.status.readyReplicas}"});
    return ran.out == std::to_string(replicas);
}

bool makeBudget(const std::string& name, const std::string& minAvailable) {
    if (north()
            .kubectl(
                {"create", "pdb", name, "-n", "default", "--selector=app=" + name, "--min-available=" + minAvailable})
            .exitCode != 0)
        return false;
    // Only once its controller has counted is an answer certain.
    return QdctlBench::until([&] {
        return !north()
                    .kubectl({"get", "pdb", name, "-n", "default", "-o", "jsonpath={.status.currentHealthy}"})
                    .out.empty();
    });
}

void scrub() {
    north().kubectl({"delete", "deployment,pod,pdb", "--all", "-n", "default", "--force", "--grace-period=0"});
    for (const char* node : {"node-0", "node-1", "node-2"})
        north().kubectl({"uncordon", node});
}

} // namespace

/// Drains of kwok's nodes by real servers, held against kubectl's.
class TestDrainReal : public QObject {
    Q_OBJECT

private:
    QdctlBench m_qdctl;

    testbed::Ran drain(std::vector<std::string> words) {
        words.insert(words.begin(), {"drain", "--ignore-daemonsets"});
        return m_qdctl.run(words);
    }

private slots:
    void initTestCase() {
        TESTBED_UP({"north"});
        QVERIFY(create(kDaemonSet));
        QVERIFY(QdctlBench::until([] {
            return north()
                       .kubectl({"get", "ds", "agent", "-n", "default", "-o", "jsonpath={.status.numberReady}"})
                       .out == "3";
        }));
    }
    void cleanup() {
        if (testbed::Testbed::whyNot().empty())
            scrub();
    }

    void agreesWithKubectl_data() {
        QTest::addColumn<QByteArray>("flags");
        QTest::newRow("nothing allowed") << QByteArray("");
        QTest::newRow("daemon sets") << QByteArray("--ignore-daemonsets");
        QTest::newRow("local data") << QByteArray("--ignore-daemonsets --delete-emptydir-data");
        QTest::newRow("force") << QByteArray("--ignore-daemonsets --force");
        QTest::newRow("all") << QByteArray("--ignore-daemonsets --delete-emptydir-data --force");
        QTest::newRow("selected") << QByteArray("--pod-selector=app=web");
        QTest::newRow("selected by a set") << QByteArray("--pod-selector=app_in_(web,done),app!=x");
    }
    void agreesWithKubectl() {
        QFETCH(QByteArray, flags);
        QVERIFY(create(podOn("node-0", "bare")));
        QVERIFY(create(podOn("node-0", "data", R"({"spec":{"volumes":[{"name":"d","emptyDir":{}}]}})")));
        QVERIFY(create(podOn("node-0", "done", R"({"spec":{"volumes":[{"name":"d","emptyDir":{}}]}})")));
        QVERIFY(
            create(podOn("node-0", "static", R"({"metadata":{"annotations":{"kubernetes.io/config.mirror":"x"}}})")));
        QVERIFY(create(deploymentOn("node-0", "web", 2)));
        QVERIFY(QdctlBench::until([] { return isReady("web", 2); }));
        QVERIFY(QdctlBench::until([] {
            return north().kubectl({"patch", "pod", "done", "-n", "default", "--subresource=status", "--type=merge",
                                    "-p", R"({"status":{"phase":"Succeeded"}})"})
                           .exitCode == 0 &&
                   north().kubectl({"get", "pod", "done", "-n", "default", "-o", "jsonpath={.status.phase}"}).out ==
                       "Succeeded";
        }));

        change::DrainOptions options;
        options.ignoreDaemonSets = flags.contains("--ignore-daemonsets");
        options.deleteEmptyDirData = flags.contains("--delete-emptydir-data");
        options.force = flags.contains("--force");
        std::vector<std::string> words{"drain", "node-0", "--dry-run=client"};
        for (QByteArray flag : flags.split(' ')) {
            flag.replace('_', ' ');
            if (flag.startsWith("--pod-selector="))
                options.podSelector = flag.mid(15).toStdString();
            if (!flag.isEmpty())
                words.push_back(flag.toStdString());
        }
        ChangeBench bench;
        bench.open();
        QVERIFY(bench.connect("north-admin"));
        std::optional<std::vector<NodeDrain>> found;
        const change::DrainReader reader(bench.home, *bench.clusters,
                                         {{bench.ref("north-admin"), {"v1", "Node", "", "node-0"}}}, options,
                                         [&](std::vector<NodeDrain> drains) { found = std::move(drains); });
        QVERIFY(bench.until([&] { return found.has_value(); }));
        const NodeDrain& node = found->front();
        QVERIFY2(!node.error, node.error ? node.error->message.c_str() : "");

        const testbed::Ran theirs = north().kubectl(words);
        QByteArray evicted;
        std::map<std::string, std::string> refused;
        for (const change::PodOnNode& pod : node.pods) {
            const std::string path = pod.object.ns + "/" + pod.object.name;
            if (pod.fate == PodFate::Evict)
                evicted += QByteArray::fromStdString("evicting pod " + path + " (dry run)\n");
            if (pod.fate == PodFate::Refuse) {
                std::string& names = refused[change::refusalText(pod.remark)];
                names += (names.empty() ? "" : ", ") + path;
            }
        }
        QByteArray evictions;
        for (const QByteArray& line : QByteArray::fromStdString(theirs.out).split('\n')) {
            if (line.startsWith("evicting"))
                evictions += line + "\n";
        }
        if (refused.empty())
            QCOMPARE(evicted, evictions);
        // It says all twice, of the node and at its end.
        QCOMPARE(QByteArray::fromStdString(theirs.err).count("cannot delete "), 2 * int(refused.size()));
        for (const auto& [reason, names] : refused)
            QVERIFY2(theirs.err.find("cannot delete " + reason + ": " + names) != std::string::npos,
                     (reason + ": " + names + "\n" + theirs.err).c_str());
        QCOMPARE(theirs.exitCode == 0, refused.empty());

        // qdctl says the same, and changes nothing.
        words[2] = "--dry-run";
        const testbed::Ran ours = m_qdctl.run(words);
        QVERIFY2(ours.exitCode == (refused.empty() ? 0 : 1), ours.err.c_str());
        QCOMPARE(QByteArray::fromStdString(ours.out).count("evicted (server dry run)"),
                 refused.empty() ? evictions.count('\n') : 0);
        QVERIFY(north().kubectl({"get", "node", "node-0", "-o", "jsonpath={.spec.unschedulable}"}).out.empty());
    }

    void drainsOneNodeAfterTheOther() {
        QVERIFY(create(deploymentOn("node-0", "web", 5)));
        QVERIFY(create(deploymentOn("node-1", "api", 3)));
        QVERIFY(QdctlBench::until([] { return isReady("web", 5) && isReady("api", 3); }));
        QVERIFY(makeBudget("web", "0"));
        const testbed::Ran ran = drain({"node-0", "node-1"});
        QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).c_str());
        QVERIFY2(ran.out.find("node/node-0 drained\nnode/node-1 drained\n") != std::string::npos, ran.out.c_str());
        QCOMPARE(podsOn("node-0"), QByteArray());
        QCOMPARE(podsOn("node-1"), QByteArray());
        const QByteArray out = QByteArray::fromStdString(ran.out);
        QVERIFY(out.lastIndexOf("pod/web-") < out.indexOf("pod/api-"));
        QCOMPARE(out.count("pod/web-"), 5);
        QCOMPARE(out.count("cordoned"), 2);

        // Of the whole only the cordon is taken back.
        const std::string set = m_qdctl.newestSet();
        const testbed::Ran undone = m_qdctl.run({"undo", set});
        QVERIFY2(undone.exitCode == 0, undone.err.c_str());
        for (const char* node : {"node-0", "node-1"})
            QVERIFY(north().kubectl({"get", "node", node, "-o", "jsonpath={.spec.unschedulable}"}).out.empty());
    }

    void endsWhereABudgetNeverAllows() {
        QVERIFY(create(deploymentOn("node-0", "web", 2)));
        QVERIFY(create(deploymentOn("node-1", "api", 1)));
        QVERIFY(QdctlBench::until([] { return isReady("web", 2) && isReady("api", 1); }));
        QVERIFY(makeBudget("web", "100%"));
        const testbed::Ran ran = drain({"node-0", "node-1", "--timeout", "3s"});
        QCOMPARE(ran.exitCode, 1);
        const std::string words = "The disruption budget web needs 2 healthy pods and has 2 currently";
        QVERIFY2(ran.err.find("disruption budget default/web allows no disruption now") != std::string::npos,
                 ran.err.c_str());
        QVERIFY2(ran.err.find(words) != std::string::npos, ran.err.c_str());
        QVERIFY(ran.out.find("drained") == std::string::npos);
        int failed = 0;
        int notSent = 0;
        for (const QByteArray& line : m_qdctl.journal({"--set", m_qdctl.newestSet()})) {
            if (line.contains("evict") && line.contains("failed")) {
                ++failed;
                QVERIFY2(line.contains(QByteArray::fromStdString(words)), line);
            }
            notSent += line.contains("api-") && line.contains("not-sent") ? 1 : 0;
        }
        QCOMPARE(failed, 2);
        QCOMPARE(notSent, 1);
        QCOMPARE(podsOn("node-0").count("web-"), 2);
        QCOMPARE(podsOn("node-1").count("api-"), 1);
    }

    void saysWhatHoldsAPod() {
        QVERIFY(create(podOn("node-0", "stuck", R"({"metadata":{"finalizers":["sea.test/anchor"]}})")));
        const testbed::Ran ran = drain({"node-0", "--force", "--timeout", "2s"});
        north().kubectl(
            {"patch", "pod", "stuck", "-n", "default", "--type=merge", "-p", R"({"metadata":{"finalizers":null}})"});
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.err.find("sea.test/anchor") != std::string::npos, ran.err.c_str());
        QVERIFY(ran.out.find("drained") == std::string::npos);
        const QList<QByteArray> lines = m_qdctl.journal({"--set", m_qdctl.newestSet(), "evict"});
        QCOMPARE(lines.size(), 1);
        QVERIFY2(lines.front().contains("done") && lines.front().contains("sea.test/anchor"), lines.front());
    }

    void goesOnOnceTheBudgetIsLifted() {
        QVERIFY(create(deploymentOn("node-0", "web", 1)));
        QVERIFY(QdctlBench::until([] { return isReady("web", 1); }));
        QVERIFY(makeBudget("web", "100%"));
        testbed::ChildProcess running;
        QVERIFY(m_qdctl.start(running, {"drain", "node-0", "--ignore-daemonsets"}));
        QVERIFY(QdctlBench::until([this] { return m_qdctl.log().contains("pod/web-"); }));
        QCOMPARE(north().kubectl({"delete", "pdb", "web", "-n", "default"}).exitCode, 0);
        QVERIFY(QdctlBench::until([&] { return !running.isRunning(); }));
        QVERIFY2(m_qdctl.log().contains("node/node-0 drained"), m_qdctl.log());
    }

    void goesOnAfterACrash() {
        QVERIFY(create(deploymentOn("node-0", "web", 2)));
        QVERIFY(create(deploymentOn("node-1", "api", 1)));
        QVERIFY(QdctlBench::until([] { return isReady("web", 2) && isReady("api", 1); }));
        QVERIFY(makeBudget("web", "1"));
        testbed::ChildProcess running;
        // The second of web's pods has to wait, as the next one finds no node to run on.
        QVERIFY(m_qdctl.start(running, {"drain", "node-0", "node-1", "--ignore-daemonsets"}));
        QVERIFY(QdctlBench::until(
            [this] { return m_qdctl.log().contains("evicted") && m_qdctl.log().contains("budget web"); }));
        running.kill();
        const std::string set = m_qdctl.newestSet();
        QVERIFY(north().kubectl({"delete", "pdb", "web", "-n", "default"}).exitCode == 0);
        const testbed::Ran rest = m_qdctl.run({"resume", set});
        QVERIFY2(rest.exitCode == 0, (rest.out + rest.err).c_str());
        QCOMPARE(podsOn("node-0"), QByteArray());
        QCOMPARE(podsOn("node-1"), QByteArray());
        for (const QByteArray& line : m_qdctl.journal({"--set", set}))
            QVERIFY2(line.contains(" done"), line);
    }

    void outlivesItsNode() {
        const std::string node = north().kubectl({"get", "node", "node-2", "-o", "json"}).out;
        QVERIFY(create(deploymentOn("node-2", "web", 1)));
        QVERIFY(QdctlBench::until([] { return isReady("web", 1); }));
        QVERIFY(makeBudget("web", "100%"));
        testbed::ChildProcess running;
        QVERIFY(m_qdctl.start(running, {"drain", "node-2", "--ignore-daemonsets"}));
        QVERIFY(QdctlBench::until([this] { return m_qdctl.log().contains("pod/web-"); }));
        QCOMPARE(north().kubectl({"delete", "node", "node-2"}).exitCode, 0);
        // As the garbage collector does with pods of nodes that are gone, only sooner.
        north().kubectl({"delete", "pods", "-n", "default", "--field-selector", "spec.nodeName=node-2", "--force",
                         "--grace-period=0"});
        QVERIFY(QdctlBench::until([&] { return !running.isRunning(); }));
        QVERIFY2(m_qdctl.log().contains("node/node-2 drained"), m_qdctl.log());
        Json again = Json::parse(node);
        for (const char* key : {"uid", "resourceVersion", "creationTimestamp", "managedFields"})
            again["metadata"].erase(key);
        again["spec"].erase("unschedulable");
        again["spec"].erase("taints");
        QVERIFY(create(again.dump()));
    }

    void doesNotEvictTheNextOfItsName() {
        QVERIFY(create(podOn("node-0", "db-0")));
        ChangeBench bench;
        bench.open();
        QVERIFY(bench.connect("north-admin"));
        change::Operation eviction;
        eviction.cluster = bench.ref("north-admin");
        eviction.verb = change::Verb::Evict;
        eviction.object = {"v1", "Pod", "default", "db-0"};
        eviction.before = R"({"metadata":{"uid":"of the one before it"}})";
        change::ChangeSet set;
        set.title = "Late";
        set.operations.push_back(eviction);
        const auto applier = bench.carryOut(set);
        QVERIFY(applier);
        QCOMPARE(applier->plan().operations[0].verdict, change::Verdict::NoChange);
        QVERIFY(applier->progress()[0].outcome == change::Outcome::Done);
        QCOMPARE(podsOn("node-0"), QByteArray("db-0"));
    }
};

QTEST_GUILESS_MAIN(TestDrainReal)
#include "tst_drain_real.moc"
