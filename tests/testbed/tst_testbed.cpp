// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testbed.h"

#include <QtTest>

#include <signal.h>

using testbed::Cluster;
using testbed::Ran;
using testbed::Server;

class TestTestbed : public QObject {
    Q_OBJECT

private:
    static Cluster& north() { return testbed::Testbed::instance().cluster("north"); }
    static Cluster& south() { return testbed::Testbed::instance().cluster("south"); }

private slots:
    void initTestCase() {
        QElapsedTimer timer;
        timer.start();
        TESTBED_UP({"north", "south"});
        qInfo("two clusters in %lld ms", static_cast<long long>(timer.elapsed()));
    }

    void kubectlSeesBoth() {
        for (Cluster* cluster : {&north(), &south()}) {
            const Ran ran = cluster->kubectl({"get", "nodes", "-o", "name"});
            QCOMPARE(ran.err, std::string());
            QCOMPARE(ran.exitCode, 0);
            QCOMPARE(ran.out, std::string("node/node-0\nnode/node-1\nnode/node-2\n"));
        }
        QVERIFY(north().url() != south().url());
    }

    void nodesGetReadyAndPodsRun() {
        const std::string pod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"one","namespace":"team-a"},)"
                                R"("spec":{"containers":[{"name":"c","image":"registry.example/c:1"}]}})";
        const Ran made = north().kubectl({"create", "-f", "-"}, pod);
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        const Ran ran = north().kubectl({"-n", "team-a", "wait", "--for=condition=Ready", "--timeout=60s", "pod/one"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
    }

    void aliceMayUseOneNamespaceOnly_data() {
        QTest::addColumn<std::string>("user");
        QTest::newRow("by token") << std::string("alice");
        QTest::newRow("by exec plugin") << std::string("exec");
    }

    void aliceMayUseOneNamespaceOnly() {
        QFETCH(std::string, user);
        const std::string context = north().context(user);
        const Ran own = north().kubectl({"--context", context, "get", "pods", "-o", "name"});
        QVERIFY2(own.exitCode == 0, own.err.c_str());
        const Ran all = north().kubectl({"--context", context, "get", "pods", "-A"});
        QCOMPARE(all.exitCode, 1);
        QVERIFY2(all.err.find("(Forbidden)") != std::string::npos, all.err.c_str());
        QVERIFY2(all.err.find("User \"alice\" cannot list resource \"pods\"") != std::string::npos, all.err.c_str());
    }

    void apiServerComesBackOnItsPort() {
        const std::string url = south().url();
        south().kill(Server::ApiServer);
        QVERIFY(!south().isRunning(Server::ApiServer));
        QCOMPARE(south().api("GET", "/readyz").status, 0L);
        QVERIFY(north().api("GET", "/readyz").isOk());
        QVERIFY(south().start(Server::ApiServer));
        QCOMPARE(south().url(), url);
        const Ran ran = south().kubectl({"get", "namespace", "team-a", "-o", "name"});
        QCOMPARE(ran.out, std::string("namespace/team-a\n"));
    }

    void etcdKeepsItsDataOverARestart() {
        south().stop(Server::Etcd);
        QVERIFY(south().start(Server::Etcd));
        QVERIFY(south().waitUntilReady());
        QVERIFY(south().kubectl({"get", "namespace", "team-a"}).exitCode == 0);
    }

    void pausedServerKeepsItsProcess() {
        const pid_t pid = south().pid(Server::ApiServer);
        south().pause(Server::ApiServer);
        QVERIFY(south().isRunning(Server::ApiServer));
        south().resume(Server::ApiServer);
        QVERIFY(south().waitUntilReady());
        QCOMPARE(south().pid(Server::ApiServer), pid);
    }

    void objectsInEtcdMayBeOld() {
        const std::string map =
            R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"ancient","namespace":"team-a",)"
            R"("uid":"00000000-0000-4000-8000-000000000001","creationTimestamp":"2019-03-01T12:00:00Z"},"data":{"a":"b"}})";
        QVERIFY(north().putInEtcd({{"/registry/configmaps/team-a/ancient", map}}));
        const Ran ran = north().kubectl(
            {"-n", "team-a", "get", "configmap", "ancient", "-o", "jsonpath={.metadata.creationTimestamp}{.data.a}"});
        QCOMPARE(ran.out, std::string("2019-03-01T12:00:00Zb"));
        QVERIFY(north().deleteFromEtcd("/registry/configmaps/team-a/ancient"));
    }

    void bulkPodsAreThereAndStay() {
        QElapsedTimer timer;
        timer.start();
        const std::string failed = north().fillWithPods(1000, {"bulk", "more"});
        QVERIFY2(failed.empty(), failed.c_str());
        const testbed::Answer first = north().api("GET", "/api/v1/namespaces/bulk/pods?limit=1");
        QVERIFY(first.isOk());
        const QByteArray body = QByteArray::fromStdString(first.body);
        QVERIFY2(body.contains("\"remainingItemCount\":499"), body.left(300).constData());
        QVERIFY2(body.size() > 8000 && body.size() < 12000, QByteArray::number(body.size()).constData());
        qInfo("1000 pods in %lld ms, %lld bytes each", static_cast<long long>(timer.elapsed()),
              static_cast<long long>(body.size()));
        const Ran ran = north().kubectl({"-n", "bulk", "get", "pods", "bulk-0-00000", "--no-headers"});
        QVERIFY2(QByteArray::fromStdString(ran.out).simplified().contains("2/2 Running 0"), ran.out.c_str());
    }

    void olderServerTellsItsVersion() {
        testbed::ClusterOptions options;
        options.version = testbed::ApiVersion::Oldest;
        options.beside = testbed::Beside::Nothing;
        testbed::Testbed& bed = testbed::Testbed::instance();
        const std::string failed = bed.up({"elder"}, options);
        if (!failed.empty() && !qEnvironmentVariableIsEmpty("KUBEBUILDER_ASSETS"))
            QSKIP("KUBEBUILDER_ASSETS holds no older API server");
        QVERIFY2(failed.empty(), failed.c_str());
        const QByteArray version = QByteArray::fromStdString(bed.cluster("elder").api("GET", "/version").body);
        QVERIFY2(version.contains("\"v1.34.4\""), version.constData());
        bed.down("elder");
        QVERIFY(!bed.has("elder"));
    }

    void runGathersOutputAndCode() {
        testbed::RunOptions options;
        options.input = std::string(1 << 20, 'x');
        options.environment = {{"BED_VARIABLE", "7"}};
        const Ran ran = testbed::run({"sh", "-c", "wc -c; echo no >&2; exit $BED_VARIABLE"}, options);
        QCOMPARE(ran.exitCode, 7);
        QCOMPARE(ran.out, std::string("1048576\n"));
        QCOMPARE(ran.err, std::string("no\n"));
        options.timeoutMs = 100;
        QCOMPARE(testbed::run({"tail", "-f", "/dev/null"}, options).exitCode, 128 + SIGKILL);
        QCOMPARE(testbed::run({"no-such-program-anywhere"}).exitCode, 127);
    }
};

QTEST_GUILESS_MAIN(TestTestbed)
#include "tst_testbed.moc"
