// SPDX-License-Identifier: GPL-3.0-or-later
//
// qdctl as scripts see it: exit codes, what stands on which stream, several clusters, one of them away.
#include "tests/support/testbed.h"

#include <QRegularExpression>
#include <QTest>

#include <string>

class TestQdctl : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void exitCodes_data();
    void exitCodes();
    void asKubectl_data();
    void asKubectl();
    void severalClusters();
    void brokenFile();
    void oneClusterAway();
    void doctor();

private:
    static testbed::Ran qdctl(std::vector<std::string> arguments) {
        std::vector<std::string> command{TESTS_BIN_DIR "/qdctl", "--kubeconfig",
                                         testbed::Testbed::instance().kubeconfig().string()};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return testbed::run(command);
    }
};

void TestQdctl::initTestCase() {
    TESTBED_UP({"north", "south"});
    for (const char* name : {"north", "south"}) {
        testbed::Cluster& cluster = testbed::Testbed::instance().cluster(name);
        QCOMPARE(cluster.kubectl({"create", "configmap", "compass", "-n", "team-a"}).exitCode, 0);
        QCOMPARE(cluster.kubectl({"create", "-f", TESTS_DATA_DIR "/qdctl/buoys_crd.yaml"}).exitCode, 0);
        QCOMPARE(cluster.kubectl({"wait", "--for=condition=Established", "crd/buoys.sea.example.com"}).exitCode, 0);
        const testbed::Ran ran = cluster.kubectl({"create", "-f", TESTS_DATA_DIR "/qdctl/buoys.yaml"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
    }
}

void TestQdctl::exitCodes_data() {
    QTest::addColumn<QByteArrayList>("arguments");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, QByteArrayList arguments, int code) {
        QTest::newRow(name) << std::move(arguments) << code;
    };
    row("complete", {"get", "cm", "-n", "team-a"}, 0);
    row("nothing there", {"get", "pods"}, 0);
    row("no such object", {"get", "cm", "nothing"}, 1);
    row("no such kind", {"get", "nothings"}, 1);
    row("no kind", {"get"}, 2);
    row("no such option", {"get", "cm", "--what"}, 2);
    row("no such output", {"get", "cm", "-o", "xml"}, 2);
    row("no such context", {"get", "cm", "--clusters", "nowhere"}, 2);
    row("bad filter", {"get", "cm", "--filter", "a AND ("}, 2);
    row("no command", {}, 2);
    row("help", {"--help"}, 0);
    row("forbidden", {"get", "nodes", "--clusters", "north-alice"}, 1);
    row("one may, one may not", {"get", "nodes", "--clusters", "north-admin,north-alice"}, 3);
    row("by plugin", {"get", "cm", "--clusters", "north-exec"}, 0);
    row("clusters", {"clusters"}, 0);
    row("clusters checked", {"clusters", "--check", "-o", "json"}, 0);
    row("kinds", {"api-resources"}, 0);
    row("events without a watch", {"get", "cm", "--output-watch-events"}, 2);
}

void TestQdctl::exitCodes() {
    QFETCH(QByteArrayList, arguments);
    QFETCH(int, code);
    std::vector<std::string> words;
    for (const QByteArray& word : arguments)
        words.push_back(word.toStdString());
    const testbed::Ran ran = qdctl(words);
    QVERIFY2(ran.exitCode == code, (std::to_string(ran.exitCode) + "\n" + ran.out + ran.err).c_str());
    if (code != 0)
        QVERIFY(!ran.err.empty());
}

void TestQdctl::asKubectl_data() {
    QTest::addColumn<QString>("arguments");
    for (const char* arguments : {
             "get cm -n team-a -o json",
             "get cm -n team-a -o yaml",
             "get cm -n team-a -o name",
             "get cm compass -n team-a -o json",
             "get cm/compass -n team-a -o yaml",
             "get cm compass nothing -n team-a",
             "get cm compass nothing -n team-a -o json",
             "get cm nothing -n team-a -o json",
             "get cm nothing other -n team-a -o yaml",
             "get cm,secrets compass -n team-a -o yaml",
             "get cm,buoys -n team-a -o json",
             "get pods -n team-a -o json",
             "get buoys -o json",
             "get buoys -o yaml",
             "get buoys numbers -o json",
             "get buoys numbers -o yaml",
             "get cm,sa -n team-a -L none --show-labels --no-headers",
             "api-resources",
             "api-resources -o wide",
             "api-resources -o name",
         })
        QTest::newRow(arguments) << QString::fromUtf8(arguments);
}

// Byte for byte, and the same exit code.
void TestQdctl::asKubectl() {
    QFETCH(QString, arguments);
    std::vector<std::string> words;
    for (const QString& word : arguments.split(QLatin1Char(' ')))
        words.push_back(word.toStdString());
    const testbed::Ran ours = qdctl(words);
    const testbed::Ran theirs = testbed::Testbed::instance().cluster("north").kubectl(words);
    static const QRegularExpression age(QStringLiteral(R"(\b(\d+[dhms])+( +|$))"), QRegularExpression::MultilineOption);
    const auto withoutAges = [](const std::string& text) {
        return QString::fromStdString(text).replace(age, QStringLiteral("#"));
    };
    QCOMPARE(withoutAges(ours.out), withoutAges(theirs.out));
    QCOMPARE(ours.exitCode, theirs.exitCode);
    QCOMPARE(ours.err.empty(), theirs.err.empty());
}

// Why a context is missing.
void TestQdctl::brokenFile() {
    const testbed::Ran ran = testbed::run({TESTS_BIN_DIR "/qdctl", "--kubeconfig", "/nowhere/config", "get", "cm"});
    QCOMPARE(ran.exitCode, 1);
    QVERIFY2(ran.err.find("/nowhere/config") != std::string::npos, ran.err.c_str());
    const testbed::Ran full = testbed::run({"bash", "-c",
                                            "exec '" TESTS_BIN_DIR "/qdctl' clusters --kubeconfig '" +
                                                testbed::Testbed::instance().kubeconfig().string() + "' > /dev/full"});
    QCOMPARE(full.exitCode, 1);
    QVERIFY2(full.err.find("cannot write") != std::string::npos, full.err.c_str());
}

void TestQdctl::severalClusters() {
    const testbed::Ran ran =
        qdctl({"get", "cm", "compass", "-n", "team-a", "--clusters", "north-admin,south-admin", "--no-headers"});
    QCOMPARE(ran.exitCode, 0);
    const std::size_t second = ran.out.find('\n') + 1;
    QVERIFY2(ran.out.starts_with("north-admin   compass"), ran.out.c_str());
    QVERIFY2(ran.out.compare(second, 21, "south-admin   compass") == 0, ran.out.c_str());
    QCOMPARE(ran.err, std::string());
}

void TestQdctl::oneClusterAway() {
    testbed::Cluster& south = testbed::Testbed::instance().cluster("south");
    south.kill(testbed::Server::ApiServer);
    const testbed::Ran ran = qdctl({"get", "cm", "-n", "team-a", "--clusters", "north-admin,south-admin"});
    QCOMPARE(ran.exitCode, 3);
    QVERIFY2(ran.out.starts_with("CLUSTER       NAME"), ran.out.c_str());
    QVERIFY2(ran.out.find("compass") != std::string::npos, ran.out.c_str());
    QVERIFY2(ran.err.find("south-admin") != std::string::npos, ran.err.c_str());
    QCOMPARE(qdctl({"get", "cm", "--clusters", "south-admin"}).exitCode, 1);
    const testbed::Ran sick = qdctl({"doctor", "south-admin"});
    QCOMPARE(sick.exitCode, 1);
    QVERIFY2(sick.out.find("FAIL  TCP") != std::string::npos, sick.out.c_str());
    QVERIFY(south.start(testbed::Server::ApiServer));
}

void TestQdctl::doctor() {
    const testbed::Ran ran = qdctl({"doctor", "north-admin"});
    QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).c_str());
    for (const char* step : {"kubeconfig", "credentials", "TCP", "TLS", "HTTP", "version", "clock", "authorisation"})
        QVERIFY2(ran.out.find(step) != std::string::npos, step);
    const testbed::Ran alice = qdctl({"doctor", "north-alice"});
    QVERIFY2(alice.exitCode == 0, (alice.out + alice.err).c_str());
    QCOMPARE(qdctl({"doctor", "nowhere"}).exitCode, 1);
}

QTEST_GUILESS_MAIN(TestQdctl)
#include "tst_qdctl.moc"
