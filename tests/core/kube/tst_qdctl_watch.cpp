// SPDX-License-Identifier: GPL-3.0-or-later
//
// qdctl get --watch beside kubectl get --watch, over the same creates, updates and deletes on a real server; over two
// clusters; and how it ends.
#include "tests/support/testbed.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <memory>
#include <string>

namespace {

constexpr int kPatienceMs = 30000;

/// A program beside us, with what it has said so far.
class Running {
public:
    Running(const std::string& program, const QStringList& arguments) {
        m_process.start(QString::fromStdString(program), arguments, QIODevice::ReadOnly);
    }
    ~Running() {
        m_process.kill();
        m_process.waitForFinished();
    }
    QProcess& process() { return m_process; }
    const QByteArray& out() { return m_out += m_process.readAllStandardOutput(); }
    const QByteArray& err() { return m_err += m_process.readAllStandardError(); }
    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }

private:
    QProcess m_process;
    QByteArray m_out;
    QByteArray m_err;
};

/// Ages tick between two programs; everything else has to be the same, blanks too.
QString withoutAges(const QByteArray& out) {
    static const QRegularExpression age(QStringLiteral(R"(\b(\d+[dhms])+( +|$))"), QRegularExpression::MultilineOption);
    return QString::fromUtf8(out).replace(age, QStringLiteral("#"));
}

} // namespace

class TestQdctlWatch : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void asKubectl_data();
    void asKubectl();
    void severalClusters();
    void filtered();
    void serverRestarted();
    void nothingToWatch_data();
    void nothingToWatch();
    void ends_data();
    void ends();
    void endsWithItsReader();

private:
    static testbed::Cluster& cluster(const char* name) { return testbed::Testbed::instance().cluster(name); }
    static QStringList watching(const QStringList& arguments) {
        QStringList all{QStringLiteral("--kubeconfig"),
                        QString::fromStdString(testbed::Testbed::instance().kubeconfig().string()),
                        QStringLiteral("get"), QStringLiteral("--watch")};
        return all + arguments;
    }
    static std::unique_ptr<Running> qdctl(const QStringList& arguments) {
        return std::make_unique<Running>(TESTS_BIN_DIR "/qdctl", watching(arguments));
    }
    static void makeChanges(const std::string& path, const std::string& body);

    std::string m_kubectl;
};

void TestQdctlWatch::initTestCase() {
    TESTBED_UP({"north", "south"});
    const std::string where = testbed::run({"bash", TESTS_TESTBED_DIR "/build.sh", "--where"}).out;
    m_kubectl = where.substr(0, where.find('\n')) + "/kubectl";
    for (const char* name : {"north", "south"}) {
        testbed::Cluster& here = cluster(name);
        QCOMPARE(here.kubectl({"create", "configmap", "compass", "-n", "team-a"}).exitCode, 0);
        QCOMPARE(here.kubectl({"label", "configmap", "compass", "-n", "team-a", "kept=yes"}).exitCode, 0);
    }
    QCOMPARE(
        cluster("north").kubectl({"create", "service", "clusterip", "compass", "--tcp=80", "-n", "team-a"}).exitCode,
        0);
    const testbed::Ran kind = cluster("north").kubectl({"create", "-f", TESTS_DATA_DIR "/qdctl/buoys_crd.yaml"});
    QVERIFY2(kind.exitCode == 0, kind.err.c_str());
    QCOMPARE(cluster("north").kubectl({"wait", "--for=condition=Established", "crd/buoys.sea.example.com"}).exitCode,
             0);
    const testbed::Ran buoys = cluster("north").kubectl({"create", "-f", TESTS_DATA_DIR "/qdctl/buoys.yaml"});
    QVERIFY2(buoys.exitCode == 0, buoys.err.c_str());
}

void TestQdctlWatch::asKubectl_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("body");
    const auto row = [](const char* name, const char* arguments, const char* path, const char* body) {
        QTest::newRow(name) << QString::fromUtf8(arguments).split(QLatin1Char(' ')) << QString::fromUtf8(path)
                            << QString::fromUtf8(body);
    };
    const auto maps = [&row](const char* name, const char* arguments) {
        row(name, arguments, "/api/v1/namespaces/team-a/configmaps", R"("data":{"a":"<1>"})");
    };
    maps("plain", "cm -n team-a");
    maps("events", "cm -n team-a --output-watch-events");
    maps("wide", "cm -n team-a -o wide --output-watch-events --show-labels");
    maps("all namespaces", "cm -A --output-watch-events -L kept");
    maps("no headers", "cm -n team-a --no-headers");
    maps("selector", "cm -n team-a -l kept=yes --output-watch-events");
    maps("one object", "cm/compass -n team-a --output-watch-events");
    maps("names", "cm -n team-a -o name");
    maps("names of events", "cm -n team-a -o name --output-watch-events");
    maps("json", "cm -n team-a -o json");
    maps("json events", "cm -n team-a -o json --output-watch-events");
    maps("yaml", "cm -n team-a -o yaml");
    maps("yaml events", "cm -n team-a -o yaml --output-watch-events");
    row("typed kind", "svc -n team-a --output-watch-events", "/api/v1/namespaces/team-a/services",
        R"("spec":{"ports":[{"port":80}]})");
    const auto buoys = [&row](const char* name, const char* arguments) {
        row(name, arguments, "/apis/sea.example.com/v1/buoys",
            R"("apiVersion":"sea.example.com/v1","kind":"Buoy","spec":{"colour":"green","weights":[1e-8,1.0,1e21,2.5e-6]})");
    };
    buoys("cluster-scoped kind", "buoys --output-watch-events");
    buoys("cluster-scoped kind, all namespaces", "buoys -A -o wide --output-watch-events");
    buoys("custom kind as json", "buoys -o json --output-watch-events");
}

// In quick succession, so that several events arrive together. The last one to change is the object that is there all
// the time: whoever has seen that has seen all.
void TestQdctlWatch::makeChanges(const std::string& path, const std::string& body) {
    const testbed::Cluster& north = cluster("north");
    const auto ask = [&](const char* method, const std::string& name, const std::string& text) {
        const testbed::Answer answer =
            north.api(method, name.empty() ? path : path + "/" + name, text,
                      std::string_view(method) == "PATCH" ? "application/merge-patch+json" : "application/json");
        QVERIFY2(answer.isOk(), answer.body.c_str());
    };
    const auto create = [&](const std::string& name) {
        ask("POST", {}, R"({"metadata":{"name":")" + name + "\"}," + body + "}");
    };
    create("a-rather-long-name-that-widens-its-column");
    create("brief");
    ask("PATCH", "brief", R"({"metadata":{"labels":{"kept":"yes"}}})");
    ask("PATCH", "brief", R"({"metadata":{"annotations":{"seen":"once"}}})");
    ask("PATCH", "brief", R"({"metadata":{"labels":{"kept":"no"}}})");
    ask("DELETE", "a-rather-long-name-that-widens-its-column", {});
    ask("PATCH", "compass", R"({"metadata":{"annotations":{"points":"32"}}})");
    ask("DELETE", "brief", {});
    ask("PATCH", "compass", R"({"metadata":{"annotations":{"points":null}}})");
}

void TestQdctlWatch::asKubectl() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, path);
    QFETCH(QString, body);
    const auto ours = qdctl(arguments);
    const auto theirs = std::make_unique<Running>(m_kubectl, watching(arguments));
    // Both have listed: every change from here on is an event to both.
    QTRY_VERIFY_WITH_TIMEOUT(ours->out().count("compass") == 1 && theirs->out().count("compass") == 1, kPatienceMs);
    makeChanges(path.toStdString(), body.toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(ours->out().count("compass") == 3 && theirs->out().count("compass") == 3, kPatienceMs);
    QCOMPARE(withoutAges(ours->out()), withoutAges(theirs->out()));
    QCOMPARE(ours->err(), QByteArray());
}

void TestQdctlWatch::severalClusters() {
    const auto ours =
        qdctl({QStringLiteral("cm"), QStringLiteral("-n"), QStringLiteral("team-a"), QStringLiteral("--clusters"),
               QStringLiteral("north-admin,south-admin"), QStringLiteral("--output-watch-events"),
               QStringLiteral("--field-selector"), QStringLiteral("metadata.name!=kube-root-ca.crt")});
    QTRY_COMPARE_WITH_TIMEOUT(ours->out().count("compass"), 2, kPatienceMs);
    QVERIFY2(ours->out().startsWith("CLUSTER       EVENT      NAME      DATA   AGE\n"), ours->out().constData());
    QVERIFY(ours->out().contains("\nsouth-admin   ADDED      compass   0      "));
    QVERIFY(ours->out().contains("\nnorth-admin   ADDED      compass   0      "));
    QCOMPARE(cluster("south").kubectl({"create", "configmap", "lead", "-n", "team-a"}).exitCode, 0);
    QTRY_VERIFY_WITH_TIMEOUT(ours->out().contains("\nsouth-admin   ADDED      lead      0      "), kPatienceMs);
    QCOMPARE(cluster("south").kubectl({"delete", "configmap", "lead", "-n", "team-a"}).exitCode, 0);
    QTRY_VERIFY_WITH_TIMEOUT(ours->out().contains("\nsouth-admin   DELETED    lead      0      "), kPatienceMs);
    QCOMPARE(ours->out().count('\n'), 5);
}

// An object that enters or leaves the filter comes and goes.
void TestQdctlWatch::filtered() {
    const auto ours = qdctl({QStringLiteral("cm"), QStringLiteral("-n"), QStringLiteral("team-a"),
                             QStringLiteral("--filter"), QStringLiteral("name:compass OR data>1"),
                             QStringLiteral("--output-watch-events"), QStringLiteral("--no-headers")});
    QTRY_COMPARE_WITH_TIMEOUT(ours->out().count('\n'), 1, kPatienceMs);
    testbed::Cluster& north = cluster("north");
    const auto patch = [&north](const char* data) {
        return north.kubectl({"patch", "configmap", "lead", "-n", "team-a", "--type=merge", "-p", data}).exitCode;
    };
    QCOMPARE(north.kubectl({"create", "configmap", "lead", "-n", "team-a"}).exitCode, 0);
    QCOMPARE(patch(R"({"data":{"a":"1","b":"2"}})"), 0);
    QCOMPARE(patch(R"({"data":{"c":"3"}})"), 0);
    QCOMPARE(patch(R"({"data":{"a":null,"b":null}})"), 0);
    QCOMPARE(north.kubectl({"delete", "configmap", "lead", "-n", "team-a"}).exitCode, 0);
    QCOMPARE(north.kubectl({"annotate", "configmap", "compass", "-n", "team-a", "points=8"}).exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(ours->out().count("compass"), 2, kPatienceMs);
    QCOMPARE(withoutAges(ours->out()), QStringLiteral("ADDED      compass   0     #\n"
                                                      "ADDED      lead      2     #\n"
                                                      "MODIFIED   lead      3     #\n"
                                                      "DELETED    lead      3     #\n"
                                                      "MODIFIED   compass   0     #\n"));
    QCOMPARE(north.kubectl({"annotate", "configmap", "compass", "-n", "team-a", "points-"}).exitCode, 0);
}

// What goes on while nobody listens is told afterwards, and what was told is not told again.
void TestQdctlWatch::serverRestarted() {
    testbed::Cluster& north = cluster("north");
    QCOMPARE(north.kubectl({"create", "configmap", "lead", "-n", "team-a"}).exitCode, 0);
    const auto ours = qdctl({QStringLiteral("cm"), QStringLiteral("-n"), QStringLiteral("team-a"),
                             QStringLiteral("--output-watch-events"), QStringLiteral("--no-headers"),
                             QStringLiteral("--field-selector"), QStringLiteral("metadata.name!=kube-root-ca.crt")});
    QTRY_COMPARE_WITH_TIMEOUT(ours->out().count('\n'), 2, kPatienceMs);
    north.kill(testbed::Server::ApiServer);
    QVERIFY(north.start(testbed::Server::ApiServer));
    QCOMPARE(north.kubectl({"delete", "configmap", "lead", "-n", "team-a"}).exitCode, 0);
    QTRY_VERIFY_WITH_TIMEOUT(ours->out().contains("\nDELETED    lead"), kPatienceMs);
    QCOMPARE(ours->out().count('\n'), 3);
    QVERIFY(!ours->hasEnded());
}

void TestQdctlWatch::nothingToWatch_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const char* arguments, int code) {
        QTest::newRow(name) << QString::fromUtf8(arguments).split(QLatin1Char(' ')) << code;
    };
    row("no such object", "cm/nothing -n team-a", 1);
    row("no such kind", "nothings", 1);
    row("forbidden", "nodes --clusters north-alice", 1);
    row("filter and whole objects", "cm -o json --filter a", 2);
}

void TestQdctlWatch::nothingToWatch() {
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    const auto ours = qdctl(arguments);
    QTRY_VERIFY_WITH_TIMEOUT(ours->hasEnded(), kPatienceMs);
    QCOMPARE(ours->process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(ours->process().exitCode(), code);
    QCOMPARE(ours->out(), QByteArray());
    QVERIFY(!ours->err().isEmpty());
}

void TestQdctlWatch::ends_data() {
    QTest::addColumn<int>("signal");
    QTest::addColumn<QString>("clusters");
    QTest::addColumn<int>("code");
    QTest::newRow("interrupted") << SIGINT << QStringLiteral("north-admin") << 0;
    QTest::newRow("terminated") << SIGTERM << QStringLiteral("north-admin,south-admin") << 0;
    QTest::newRow("one cluster missing") << SIGINT << QStringLiteral("north-admin,north-alice") << 3;
}

void TestQdctlWatch::ends() {
    QFETCH(int, signal);
    QFETCH(QString, clusters);
    QFETCH(int, code);
    const auto ours = qdctl({QStringLiteral("cm"), QStringLiteral("-A"), QStringLiteral("--clusters"), clusters});
    QTRY_VERIFY_WITH_TIMEOUT(ours->out().contains("compass"), kPatienceMs);
    if (code == 3)
        QTRY_VERIFY_WITH_TIMEOUT(ours->err().contains("north-alice: "), kPatienceMs);
    QCOMPARE(::kill(static_cast<pid_t>(ours->process().processId()), signal), 0);
    QTRY_VERIFY_WITH_TIMEOUT(ours->hasEnded(), kPatienceMs);
    QCOMPARE(ours->process().exitStatus(), QProcess::NormalExit);
    QCOMPARE(ours->process().exitCode(), code);
    QVERIFY(ours->out().endsWith('\n'));
}

// Without an event that it would have to print.
void TestQdctlWatch::endsWithItsReader() {
    const std::string kubeconfig = testbed::Testbed::instance().kubeconfig().string();
    const testbed::Ran ran = testbed::run({"bash", "-c",
                                           "'" TESTS_BIN_DIR "/qdctl' --kubeconfig '" + kubeconfig +
                                               "' get --watch cm -n team-a | head -n 1; echo ${PIPESTATUS[0]}"});
    QCOMPARE(ran.err, std::string());
    QVERIFY2(ran.out.starts_with("NAME ") && ran.out.ends_with("\n0\n"), ran.out.c_str());
}

QTEST_GUILESS_MAIN(TestQdctlWatch)
#include "tst_qdctl_watch.moc"
