// SPDX-License-Identifier: GPL-3.0-or-later
//
// qdctl debug beside kubectl debug on a real API server: the same containers in two pods alike. What the nodes of the
// test bed do not say of an ephemeral container, that it waits and runs, the test says in their place.
#include "core/kube/go_json.h"
#include "core/kube/streams/container_state.h"
#include "tests/core/change/qdctl_bench.h"
#include "tests/support/pty_process.h"
#include "tests/support/testbed.h"

#include <QtTest>

#include <string>
#include <vector>

using testbed::Cluster;
using testbed::PtyProcess;
using testbed::Ran;
using Json = nlohmann::json;

namespace {

std::string podNamed(const std::string& name) {
    const Json pod{
        {"apiVersion", "v1"},
        {"kind", "Pod"},
        {"metadata", {{"name", name}, {"namespace", "team-a"}}},
        {"spec", {{"nodeName", "node-0"}, {"containers", Json::array({{{"name", "main"}, {"image", "bare"}}})}}}};
    return pod.dump();
}

} // namespace

class TestQdctlDebugReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        TESTBED_UP({"north"});
        for (const char* name : {"ours", "theirs", "joined", "broken"}) {
            const Ran made = north().kubectl({"apply", "-f", "-"}, podNamed(name));
            QVERIFY2(made.exitCode == 0, made.err.c_str());
        }
        const Ran ready = north().kubectl(
            {"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod", "--all", "--timeout=60s"});
        QVERIFY2(ready.exitCode == 0, ready.err.c_str());
    }

    void containersAreKubectls_data() {
        QTest::addColumn<QString>("words");
        for (const char* profile : {"general", "baseline", "restricted", "netadmin", "sysadmin"})
            QTest::newRow(profile) << QStringLiteral("--profile %1").arg(QLatin1String(profile));
        QTest::newRow("defaults") << QString();
        QTest::newRow("input") << QStringLiteral("-it --attach=false");
        QTest::newRow("target") << QStringLiteral("--target main");
        QTest::newRow("environment") << QStringLiteral("--env A=1 --env B=x=y --image-pull-policy Always");
        QTest::newRow("command") << QStringLiteral("-- sleep 60");
        QTest::newRow("arguments") << QStringLiteral("--arguments-only -- sleep 60");
    }
    void containersAreKubectls() {
        QFETCH(QString, words);
        const std::string name = "d-" + std::to_string(++m_count);
        std::vector<std::string> arguments{"-n", "team-a", "-q", "--image=busybox", "-c", name};
        for (const QString& word : words.split(u' ', Qt::SkipEmptyParts))
            arguments.push_back(word.toStdString());
        const auto with = [&arguments](const char* what) {
            std::vector<std::string> all{"debug", what};
            all.insert(all.end(), arguments.begin(), arguments.end());
            return all;
        };
        const Ran theirs = north().kubectl(with("theirs"));
        QVERIFY2(theirs.exitCode == 0, theirs.err.c_str());
        const Ran ours = m_qdctl.run(with("ours"));
        QVERIFY2(ours.exitCode == 0, ours.err.c_str());
        QCOMPARE(ours.out, theirs.out);
        QCOMPARE(QString::fromStdString(container("ours", name)), QString::fromStdString(container("theirs", name)));
        QVERIFY(container("ours", name).size() > 2);
        QCOMPARE(newestOf("ours"), name);
        QCOMPARE(newestOf("ours"), newestOf("theirs"));
    }

    void theJournalHasIt() {
        const QByteArray line = m_qdctl.journal().value(0).simplified();
        QVERIFY2(line.contains("strategic-patch team-a/pod/ours done"), line.constData());
        const Ran undone = m_qdctl.run({"undo", m_qdctl.newestSet()});
        QCOMPARE(undone.exitCode, 4);
        QVERIFY2(undone.err.find("stays in its pod until the pod ends") != std::string::npos, undone.err.c_str());
    }

    void wrongIsSaid_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("said");
        QTest::newRow("no image") << QStringList{"ours"} << "you must specify --image";
        QTest::newRow("profile") << QStringList{"ours", "--image", "x", "--profile", "root"} << "and not root";
        QTest::newRow("environment") << QStringList{"ours", "--image", "x", "--env", "=1"} << "NAME=VALUE";
        QTest::newRow("terminal alone") << QStringList{"ours", "--image", "x", "-t"} << "-i/--stdin is required";
        QTest::newRow("name taken") << QStringList{"ours", "--image", "x", "-c", "main"} << "has a container main";
        QTest::newRow("no such target") << QStringList{"ours", "--image", "x", "--target", "side"} << "side";
        QTest::newRow("node") << QStringList{"node/node-0", "--image", "x"} << "sysadmin";
        QTest::newRow("no such pod") << QStringList{"gone", "--image", "x"} << "not found";
    }
    void wrongIsSaid() {
        QFETCH(QStringList, words);
        QFETCH(QString, said);
        std::vector<std::string> arguments{"debug", "-n", "team-a"};
        for (const QString& word : words)
            arguments.push_back(word.toStdString());
        const Ran ran = m_qdctl.run(arguments);
        QVERIFY(ran.exitCode != 0);
        QVERIFY2(QString::fromStdString(ran.err).contains(said), ran.err.c_str());
    }

    void joinsOnceItRuns() {
        PtyProcess process(QdctlBench::command({"debug", "-n", "team-a", "joined", "--image=busybox", "-it"}),
                           m_qdctl.environment(), 80, 24);
        QVERIFY2(process.waitFor("Defaulting debug container name to debugger-"), process.output().c_str());
        std::string name;
        QVERIFY(QdctlBench::until([&] { return !(name = newestOf("joined")).empty(); }));
        QVERIFY(say("joined", name, R"({"waiting":{"reason":"ImagePullBackOff","message":"no such host"}})"));
        QVERIFY2(process.waitFor(": ImagePullBackOff: no such host"), process.output().c_str());
        QVERIFY(say("joined", name, R"({"running":{"startedAt":"2026-01-02T15:04:05Z"}})"));
        QVERIFY2(process.waitFor("# "), process.output().c_str());
        process.type("echo jo\"\"ined; exit\n");
        QVERIFY2(process.waitFor("joined\r\n"), process.output().c_str());
        QCOMPARE(process.waitForEnd(), 0);
        QVERIFY2(process.output().find("the ephemeral container will not be restarted") != std::string::npos,
                 process.output().c_str());
    }

    void saysWhatEndedIt() {
        testbed::ChildProcess process;
        QVERIFY(m_qdctl.start(process, {"debug", "-n", "team-a", "broken", "--image=busybox", "-i"}));
        std::string name;
        QVERIFY(QdctlBench::until([&] { return !(name = newestOf("broken")).empty(); }));
        QVERIFY(say("broken", name, R"({"terminated":{"exitCode":127,"reason":"StartError"}})"));
        QVERIFY(QdctlBench::until([&] { return !process.isRunning(); }));
        QVERIFY2(m_qdctl.log().contains("ended with exit code 127 (StartError); qdctl logs broken"),
                 m_qdctl.log().constData());
        testbed::ChildProcess impatient;
        QVERIFY(m_qdctl.start(
            impatient, {"debug", "-n", "team-a", "broken", "--image=busybox", "-i", "--pod-running-timeout", "1s"}));
        QVERIFY(QdctlBench::until([&] { return !impatient.isRunning(); }));
        QVERIFY2(m_qdctl.log().contains("did not start in time"), m_qdctl.log().constData());
    }

    void statesAreRead() {
        using Phase = kube::ContainerState::Phase;
        const char* pod = R"({"status":{"containerStatuses":[{"name":"a","state":{"running":{}}},
            {"name":"b","state":{"terminated":{"exitCode":3,"reason":"Error"}}},{"name":"c","state":{}}],
            "ephemeralContainerStatuses":[{"name":"d","state":{"waiting":{"message":"m"}}}]}})";
        QVERIFY(kube::containerStateOf(pod, "a").phase == Phase::Running);
        QVERIFY(kube::containerStateOf(pod, "b").phase == Phase::Ended);
        QCOMPARE(kube::containerStateOf(pod, "b").exitCode, 3);
        QCOMPARE(kube::containerStateOf(pod, "b").why(), std::string("Error"));
        QVERIFY(kube::containerStateOf(pod, "c").phase == Phase::Unknown);
        QCOMPARE(kube::containerStateOf(pod, "d").why(), std::string("m"));
        QVERIFY(kube::containerStateOf(pod, "e").phase == Phase::Unknown);
        QVERIFY(kube::containerStateOf("nonsense", "a").phase == Phase::Unknown);
    }

private:
    static Cluster& north() { return testbed::Testbed::instance().cluster("north"); }
    static Json containersOf(const std::string& pod) {
        const Ran ran = north().kubectl({"-n", "team-a", "get", "pod", pod, "-o", "json"});
        const auto json = kube::parseGoJson(ran.out);
        return json ? json->value(Json::json_pointer("/spec/ephemeralContainers"), Json::array()) : Json::array();
    }
    static std::string container(const std::string& pod, const std::string& name) {
        for (Json one : containersOf(pod)) {
            // kubectl keeps variables in a map, so that their order is by chance.
            if (one.contains("env"))
                std::sort(one["env"].begin(), one["env"].end());
            if (one.value("name", std::string()) == name)
                return one.dump(1);
        }
        return {};
    }
    static std::string newestOf(const std::string& pod) {
        const Json all = containersOf(pod);
        return all.empty() ? std::string() : all.back().value("name", std::string());
    }
    static bool say(const std::string& pod, const std::string& container, const std::string& state) {
        const Json one{{"name", container}, {"image", "busybox"}, {"imageID", ""},
                       {"ready", false},    {"restartCount", 0},  {"state", Json::parse(state)}};
        const std::string status = Json{{"status", {{"ephemeralContainerStatuses", Json::array({one})}}}}.dump();
        return north()
                   .kubectl({"-n", "team-a", "patch", "pod", pod, "--subresource=status", "--type=merge", "-p", status})
                   .exitCode == 0;
    }

    QdctlBench m_qdctl;
    int m_count = 0;
};

QTEST_GUILESS_MAIN(TestQdctlDebugReal)
#include "tst_qdctl_debug_real.moc"
