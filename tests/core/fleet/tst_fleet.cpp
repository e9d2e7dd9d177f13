// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/fleet/fleet_bench.h"

#include <QtTest>

using namespace std::chrono_literals;
using fleet::Health;

class TestFleet : public QObject {
    Q_OBJECT

private slots:
    void contextsOfAFileAreClusters() {
        FleetBench bench;
        bench.write("config", FleetBench::kubeconfig({"paris", "lyon"}) + "current-context: lyon\n");
        bench.open();
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(2));
        const fleet::ClusterInfo& first = bench.fleet->clusters()[0];
        QCOMPARE(first.name, std::string("paris"));
        QCOMPARE(first.server, std::string("https://paris.test:6443"));
        QCOMPARE(first.health, Health::NotConnected);
        QCOMPARE(first.waysIn.size(), std::size_t(1));
        QCOMPARE(first.waysIn[0].ns, std::string("default"));
        QVERIFY(first.hue >= 0 && first.hue < 8);
        QCOMPARE(bench.fleet->currentContext(), std::string("lyon"));
        QCOMPARE(bench.fleet->cluster(bench.fleet->byContext("lyon")).name, std::string("lyon"));
        QVERIFY(bench.fleet->byContext("nice").isNull());
        QVERIFY(bench.fleet->problems().empty());
    }

    void twoContextsToOneServerAreOneCluster() {
        FleetBench bench;
        bench.write("config", "apiVersion: v1\nkind: Config\ncurrent-context: b\n"
                              "clusters:\n- {name: x, cluster: {server: 'https://one.test:6443'}}\n"
                              "- {name: z, cluster: {server: 'https://ONE.test:6443/'}}\n"
                              "users:\n- {name: u, user: {token: t}}\n- {name: v, user: {token: s}}\n"
                              "contexts:\n- {name: a, context: {cluster: x, user: u, namespace: team}}\n"
                              "- {name: b, context: {cluster: z, user: v}}\n");
        bench.open();
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(1));
        const fleet::ClusterInfo& info = bench.fleet->clusters()[0];
        QCOMPARE(info.waysIn.size(), std::size_t(2));
        QCOMPARE(info.name, std::string("b"));
        QCOMPARE(info.wayIn, std::size_t(1));
        QVERIFY(bench.fleet->byContext("a") == bench.fleet->byContext("b"));
    }

    void brokenContextIsInvalidAndHidesNobody() {
        FleetBench bench;
        bench.write("config",
                    FleetBench::kubeconfig({"good"}) + "- {name: lost, context: {cluster: nowhere, user: somebody}}\n");
        bench.open();
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(2));
        QCOMPARE(bench.fleet->clusters()[0].health, Health::NotConnected);
        QCOMPARE(bench.fleet->clusters()[1].health, Health::Invalid);
        QVERIFY(!bench.fleet->clusters()[1].why.empty());
    }

    void threeHundredContextsContactNobody() {
        FleetBench bench;
        std::vector<std::string> names;
        for (int i = 0; i < 300; ++i)
            names.push_back("cluster-" + std::to_string(i));
        bench.write("config", FleetBench::kubeconfig(names));
        int opened = 0;
        bench.makeTransport = [&opened](const std::string&) {
            ++opened;
            return nullptr;
        };
        bench.open();
        bench.fleet->reopen();
        const auto view = bench.fleet->openView({"pods", {}, {}});
        bench.pass(5s);
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(300));
        QCOMPARE(opened, 0);
        QVERIFY(view->parts().empty());
    }

    void kubeconfigIsReadAgainWhenItChanges() {
        FleetBench bench;
        bench.write("config", FleetBench::kubeconfig({"paris", "lyon"}));
        bench.open();
        const fleet::ClusterId lyon = bench.fleet->byContext("lyon");
        int listChanges = 0;
        const base::Cancel listening =
            bench.fleet->onNotice([&](const fleet::FleetNotice& notice) { listChanges += notice.listChanged; });
        bench.pass(300ms);
        listChanges = 0;
        bench.write("config", FleetBench::kubeconfig({"lyon", "marseille", "nice"}));
        QTRY_COMPARE((bench.home.runPending(), bench.fleet->clusters().size()), std::size_t(3));
        bench.pass(300ms);
        QVERIFY(listChanges > 0);
        QVERIFY(bench.fleet->byContext("paris").isNull());
        QVERIFY(bench.fleet->byContext("lyon") == lyon);
        bench.write("config", FleetBench::kubeconfig({"paris"}));
        QTRY_COMPARE((bench.home.runPending(), bench.fleet->clusters().size()), std::size_t(1));
        QCOMPARE(bench.fleet->cluster(lyon).health, Health::Invalid);
    }

    void marksHangOnTheClusterAndAreRemembered() {
        FleetBench bench;
        bench.write("config", FleetBench::kubeconfig({"paris"}));
        bench.open();
        const fleet::ClusterId paris = bench.fleet->byContext("paris");
        bench.fleet->setProtected(paris, true);
        bench.fleet->setHue(paris, 5);
        bench.fleet->setGroups(paris, {"europe", "production"});
        QVERIFY(bench.fleet->cluster(paris).isProtected);
        bench.close();
        bench.open();
        const fleet::ClusterInfo& info = bench.fleet->clusters()[0];
        QVERIFY(info.isProtected);
        QCOMPARE(info.hue, 5);
        QCOMPARE(info.groups, (std::vector<std::string>{"europe", "production"}));
    }
};

QTEST_GUILESS_MAIN(TestFleet)
#include "tst_fleet.moc"
