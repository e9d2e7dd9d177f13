// SPDX-License-Identifier: GPL-3.0-or-later
//
// qdctl auth as scripts see it: can-i prints and exits as kubectl's, who-can names subjects and why.
#include "tests/support/testbed.h"

#include <QTest>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using nlohmann::json;
using testbed::Ran;

class TestQdctlAuth : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void asKubectl_data();
    void asKubectl();
    void exitCodes_data();
    void exitCodes();
    void severalClusters();
    void whoCanAsTable();
    void whoCanAsJson();
    void oneClusterAway();

private:
    static Ran qdctl(std::vector<std::string> arguments) {
        std::vector<std::string> command{TESTS_BIN_DIR "/qdctl", "--kubeconfig",
                                         testbed::Testbed::instance().kubeconfig().string(), "auth"};
        command.insert(command.end(), arguments.begin(), arguments.end());
        return testbed::run(command);
    }
    static testbed::Cluster& north() { return testbed::Testbed::instance().cluster("north"); }
    static QStringList lines(const std::string& text) {
        return QString::fromStdString(text).split(u'\n', Qt::SkipEmptyParts);
    }
};

namespace {

std::vector<std::string> words(const QString& text) {
    std::vector<std::string> result;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts))
        result.push_back(word.toStdString());
    return result;
}

} // namespace

void TestQdctlAuth::initTestCase() {
    TESTBED_UP({"north", "south"});
    for (const char* name : {"north", "south"}) {
        testbed::Cluster& cluster = testbed::Testbed::instance().cluster(name);
        const Ran ran = cluster.kubectl({"create", "-f", TESTS_DATA_DIR "/access/roles.yaml"});
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
    }
    // Authorizers hear of roles a moment later.
    for (const char* name : {"north", "south"}) {
        testbed::Cluster& cluster = testbed::Testbed::instance().cluster(name);
        QTRY_COMPARE_WITH_TIMEOUT(
            cluster.kubectl({"auth", "can-i", "create", "jobs.batch", "-n", "shop", "--as", "dave"}).exitCode, 0,
            30000);
    }
}

void TestQdctlAuth::asKubectl_data() {
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("arguments");
    for (const char* user : {"admin", "alice", "exec"}) {
        for (const char* arguments : {"get pods",
                                      "get nodes",
                                      "list secrets -n shop",
                                      "get secrets/payments-key -n shop",
                                      "frob pods",
                                      "get nothings",
                                      "get nothings.foo",
                                      "get /metrics",
                                      "put /x",
                                      "frob /x",
                                      "* *",
                                      "get pods -A",
                                      "get deploy/web --subresource scale -n team-a",
                                      "create po --subresource=exec -n team-a",
                                      "impersonate users",
                                      "get Deployments.v1.apps -n team-a",
                                      "delete rolebindings -n bank",
                                      "list cj -n shop",
                                      "get pods -q",
                                      "--list",
                                      "--list -n shop",
                                      "--list -n bank",
                                      "--list --no-headers -n team-a",
                                      "--list -n nowhere"})
            QTest::addRow("%s: %s", user, arguments) << QString::fromLatin1(user) << QString::fromLatin1(arguments);
    }
}

void TestQdctlAuth::asKubectl() {
    QFETCH(QString, user);
    QFETCH(QString, arguments);
    const std::string context = north().context(user.toStdString());
    std::vector<std::string> ours = words(arguments);
    std::vector<std::string> theirs = ours;
    ours.insert(ours.begin(), {"can-i", "--clusters", context});
    theirs.insert(theirs.begin(), {"auth", "can-i", "--context", context});
    const Ran mine = qdctl(ours);
    const Ran kubectl = north().kubectl(theirs);
    QCOMPARE(QString::fromStdString(mine.out), QString::fromStdString(kubectl.out));
    QCOMPARE(QString::fromStdString(mine.err), QString::fromStdString(kubectl.err));
    QCOMPARE(mine.exitCode, kubectl.exitCode);
}

void TestQdctlAuth::exitCodes_data() {
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    const auto row = [](const char* arguments, int code) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments) << code;
    };
    row("can-i", 2);
    row("can-i get", 2);
    row("can-i get pods too many", 2);
    row("can-i --list get pods", 2);
    row("can-i --list -A", 2);
    row("can-i get pods --no-headers", 2);
    row("can-i get /x --subresource y", 2);
    row("can-i get pods --clusters nowhere", 2);
    row("who-can get", 2);
    row("who-can get pods -o xml", 2);
    row("who-can get pods --clusters north-admin", 0);
    row("who-can get pods --clusters north-alice", 1);
    row("who-can get pods --clusters north-alice,south-admin", 3);
    row("can-i get pods --clusters north-admin,south-admin", 0);
    row("can-i get pods -n default --clusters north-admin,south-alice", 1);
    row("what-else", 2);
}

void TestQdctlAuth::exitCodes() {
    QFETCH(QString, arguments);
    QFETCH(int, code);
    const Ran ran = qdctl(words(arguments));
    QVERIFY2(ran.exitCode == code, (std::to_string(ran.exitCode) + "\n" + ran.out + ran.err).c_str());
}

void TestQdctlAuth::severalClusters() {
    const Ran ran = qdctl({"can-i", "get", "nodes", "--clusters", "north-admin,south-alice"});
    QCOMPARE(lines(ran.out),
             QStringList({QStringLiteral("CLUSTER       ALLOWED   REASON"), QStringLiteral("north-admin   yes       "),
                          QStringLiteral("south-alice   no        ")}));
    QCOMPARE(lines(ran.err).size(), 2);
    const Ran list = qdctl({"can-i", "--list", "--clusters", "north-alice,south-alice", "-n", "shop"});
    QVERIFY(list.out.starts_with("Cluster       Resources "));
    const QStringList rules = lines(list.out);
    QCOMPARE(rules.filter(QStringLiteral("north-alice")).size(), rules.filter(QStringLiteral("south-alice")).size());
}

void TestQdctlAuth::whoCanAsTable() {
    Ran ran = qdctl({"who-can", "get", "secrets/mail-key", "-n", "shop", "--clusters", "north-admin"});
    QCOMPARE(ran.exitCode, 0);
    const QStringList table = lines(ran.out);
    QVERIFY(table[0].startsWith(QStringLiteral("KIND             SUBJECT ")));
    const QStringList alice = table.filter(QStringLiteral("alice"));
    QCOMPARE(alice.size(), 1);
    QCOMPARE(alice[0].simplified(), QStringLiteral("User alice RoleBinding/shop/aw-secrets Role/shop/aw-one-secret "
                                                   "get secrets [mail-key]"));
    QVERIFY(QString::fromStdString(ran.err).contains(
        QStringLiteral("ClusterRoleBinding/aw-dangling names ClusterRole/aw-nowhere")));
    QVERIFY(QString::fromStdString(ran.err).contains(QStringLiteral("system:masters")));
    // A role binding decides nothing about what lies in no namespace.
    ran = qdctl({"who-can", "delete", "nodes", "-n", "bank", "--clusters", "north-admin", "--no-headers"});
    QVERIFY(!ran.out.empty() && !QString::fromStdString(ran.out).contains(QStringLiteral("alice")));
    QVERIFY(!ran.out.starts_with("KIND"));
    ran = qdctl({"who-can", "frob", "pods", "-A", "--clusters", "north-admin,south-admin"});
    QVERIFY(ran.out.starts_with("CLUSTER "));
    QCOMPARE(lines(ran.out).filter(QStringLiteral("bank/robot")).size(), 2);
}

void TestQdctlAuth::whoCanAsJson() {
    const Ran ran = qdctl({"who-can", "update", "deploy", "--subresource", "scale", "-n", "shop", "-o", "json",
                           "--clusters", "north-admin,south-alice"});
    QCOMPARE(ran.exitCode, 3);
    const json all = json::parse(ran.out, nullptr, false);
    QVERIFY(all.is_array() && all.size() == 2);
    QCOMPARE(all[0]["resource"].get<std::string>(), std::string("deployments.apps/scale"));
    QVERIFY(all[0]["complete"].get<bool>() && !all[1]["complete"].get<bool>());
    QCOMPARE(all[0]["dangling"].size(), std::size_t(1));
    QVERIFY(all[1]["problems"].size() >= 2);
    std::vector<std::string> names;
    for (const json& grant : all[0]["grants"]) {
        if (grant["binding"]["kind"] == "RoleBinding")
            names.push_back(grant["subject"]["name"]);
    }
    QCOMPARE(names, (std::vector<std::string>{"bob", "carol"}));
}

void TestQdctlAuth::oneClusterAway() {
    testbed::Cluster& south = testbed::Testbed::instance().cluster("south");
    south.kill(testbed::Server::ApiServer);
    Ran ran = qdctl({"can-i", "get", "pods", "--clusters", "north-admin,south-admin"});
    QCOMPARE(ran.exitCode, 3);
    QVERIFY(ran.err.starts_with("qdctl: south-admin: "));
    ran = qdctl({"can-i", "get", "pods", "--clusters", "south-admin"});
    QCOMPARE(ran.exitCode, 1);
    ran = qdctl({"who-can", "get", "pods", "--clusters", "north-admin,south-admin"});
    QCOMPARE(ran.exitCode, 3);
}

QTEST_MAIN(TestQdctlAuth)
#include "tst_qdctl_auth.moc"
