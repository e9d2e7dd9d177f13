// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/fleet/servers.h"

#include <QtTest>

#include <random>
#include <set>

using namespace std::chrono_literals;

namespace {

/// What a table would know: rows by id, kept up to date from deltas alone.
struct Mirror {
    fleet::View& view;
    std::map<fleet::RowId, kube::Uid> rows;
    int deliveries = 0;
    int resets = 0;
    std::string fault;

    explicit Mirror(fleet::View& watched)
        : view(watched) {
        view.onDelta([this](const fleet::ViewDelta& delta) { take(delta); });
    }

    void take(const fleet::ViewDelta& delta) {
        ++deliveries;
        std::set<fleet::RowId> seen;
        for (const auto* list : {&delta.added, &delta.changed, &delta.removed}) {
            for (const fleet::RowId id : *list) {
                if (!seen.insert(id).second)
                    fault = "a row stands twice in one delta";
            }
        }
        if (delta.reset) {
            ++resets;
            rows.clear();
            for (const fleet::RowId id : view.allRows())
                rows[id] = view.row(id).uid();
            return;
        }
        for (const fleet::RowId id : delta.removed) {
            if (rows.erase(id) != 1)
                fault = "removed what was not there";
        }
        for (const fleet::RowId id : delta.added) {
            // A row that was added and is gone again, to be told next time, is read as null.
            const kube::RowRef row = view.row(id);
            if (!rows.emplace(id, row.isNull() ? kube::Uid() : row.uid()).second)
                fault = "added what was there";
        }
        for (const fleet::RowId id : delta.changed) {
            const auto known = rows.find(id);
            if (known == rows.end())
                fault = "changed what was not there";
            else if (!view.row(id).isNull() && !(view.row(id).uid() == known->second))
                fault = "changed into another object";
        }
    }

    [[nodiscard]] std::set<std::string> names() const {
        std::set<std::string> names;
        for (const auto& [id, uid] : rows)
            names.insert(std::to_string(id.cluster.value) + "/" + std::string(view.row(id).ns()) + "/" +
                         std::string(view.row(id).name()));
        return names;
    }
};

} // namespace

class TestView : public QObject {
    Q_OBJECT

private slots:
    void deltasKeepATableEqualToTheServers_data() {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 12; ++seed)
            QTest::addRow("%u", seed) << seed;
    }

    // A random script over two servers: changes, breaks, refusals, restarts of the view.
    void deltasKeepATableEqualToTheServers() {
        QFETCH(unsigned, seed);
        std::mt19937 random(seed);
        Servers bench({"paris", "lyon"});
        const std::vector<std::string> names = {"paris", "lyon"};
        bench.connect("paris");
        bench.connect("lyon");
        const std::vector<std::string> wanted =
            seed % 3 == 0 ? std::vector<std::string>{"ns-0", "ns-1"} : std::vector<std::string>{};
        const auto view = bench.fleet->openView({"pods", {}, wanted});
        Mirror mirror(*view);
        std::map<std::string, std::set<std::string>> pods; // By cluster: "namespace/name".
        std::set<std::string> broken;
        for (int step = 0; step < 150; ++step) {
            const std::string& cluster = names[random() % 2];
            FakeApi& api = bench.api(cluster);
            const auto dice = random() % 100;
            const std::string ns = "ns-" + std::to_string(random() % 3);
            const std::string name = "p" + std::to_string(random() % 12);
            const std::string key = ns + "/" + name;
            if (dice < 50) {
                api.putPod(ns, name, random() % 2 ? "Running" : "Pending");
                pods[cluster].insert(key);
            } else if (dice < 85) {
                if (pods[cluster].erase(key) > 0)
                    api.remove("pods", ns, name);
            } else if (dice < 88) {
                api.setFailure(refused());
                broken.insert(cluster);
            } else if (dice < 92) {
                api.setFailure(std::nullopt);
                broken.erase(cluster);
            } else if (dice < 94) {
                view->setActive(false);
                bench.pass(std::chrono::milliseconds(random() % 12000));
                view->setActive(true);
            } else {
                bench.pass(std::chrono::milliseconds(random() % 700));
            }
            QVERIFY2(mirror.fault.empty(), mirror.fault.c_str());
        }
        for (const std::string& cluster : names)
            bench.api(cluster).setFailure(std::nullopt);
        bench.pass(70s);
        QVERIFY2(mirror.fault.empty(), mirror.fault.c_str());
        std::set<std::string> expected;
        for (const std::string& cluster : names) {
            for (const std::string& key : pods[cluster]) {
                if (wanted.empty() || !key.starts_with("ns-2"))
                    expected.insert(std::to_string(bench.id(cluster).value) + "/" + key);
            }
        }
        QCOMPARE(mirror.names(), expected);
        QCOMPARE(view->allRows().size(), expected.size());
    }

    void handleOfAnotherObjectIsToldAsTwoSteps() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        api.putPod("shop", "old");
        bench.connect("paris");
        const auto view = bench.fleet->openView({"pods", {}, {}});
        std::vector<fleet::ViewDelta> deltas;
        view->onDelta([&](const fleet::ViewDelta& delta) { deltas.push_back(delta); });
        bench.pass(1s);
        deltas.clear();
        // Two changes that come to the store apart, to the view within one delivery.
        api.putPod("shop", "other");
        bench.pass(60ms);
        deltas.clear();
        api.remove("pods", "shop", "old");
        bench.pass(60ms);
        api.putPod("shop", "new");
        bench.pass(500ms);
        std::vector<fleet::RowId> removed;
        for (const fleet::ViewDelta& delta : deltas) {
            QVERIFY(!delta.reset);
            removed.insert(removed.end(), delta.removed.begin(), delta.removed.end());
            for (const fleet::RowId id : delta.changed)
                QVERIFY(view->row(id).name() != "new");
        }
        QCOMPARE(removed.size(), std::size_t(1));
        QCOMPARE(view->allRows().size(), std::size_t(2));
    }

    void firstRowsComeAtOnceThenFourTimesASecond() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        api.putPod("shop", "first");
        bench.connect("paris");
        const auto view = bench.fleet->openView({"pods", {}, {}});
        Mirror mirror(*view);
        bench.pass(20ms);
        QCOMPARE(mirror.rows.size(), std::size_t(1));
        bench.pass(1s);
        const int before = mirror.deliveries;
        for (int i = 0; i < 500; ++i) {
            api.putPod("shop", "p" + std::to_string(i));
            bench.pass(10ms);
        }
        QVERIFY2(mirror.deliveries - before <= 21, std::to_string(mirror.deliveries - before).c_str());
        QVERIFY(mirror.deliveries - before >= 15);
        bench.pass(1s);
        QCOMPARE(mirror.rows.size(), std::size_t(501));
        QCOMPARE(mirror.resets, 1);
        // After silence a single event is there soon.
        api.putPod("shop", "late");
        bench.pass(100ms);
        QCOMPARE(mirror.rows.size(), std::size_t(502));
    }

    void viewsShareOneWatchAndLinger() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        api.put("services", "shop", "web");
        bench.connect("paris");
        const std::string path = "/api/v1/services";
        auto one = bench.fleet->openView({"services", {}, {}});
        bench.pass(500ms);
        auto two = bench.fleet->openView({"services", {}, {}});
        auto narrow = bench.fleet->openView({"services", {}, {"shop"}});
        bench.pass(500ms);
        QCOMPARE(two->allRows().size(), std::size_t(1));
        QCOMPARE(narrow->allRows().size(), std::size_t(1));
        QCOMPARE(api.watches("/services"), std::size_t(1));
        QCOMPARE(api.listsOf(path), std::size_t(1));
        one.reset();
        two.reset();
        narrow.reset();
        bench.pass(5s);
        QCOMPARE(api.watches("/services"), std::size_t(1));
        one = bench.fleet->openView({"services", {}, {}});
        QCOMPARE(one->allRows().size(), std::size_t(1));
        one.reset();
        bench.pass(10s);
        QCOMPARE(api.watches("/services"), std::size_t(0));
        QCOMPARE(api.watches("/pods"), std::size_t(1));
    }

    void idleViewCostsNothing() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        api.put("services", "shop", "web");
        bench.connect("paris");
        const auto view = bench.fleet->openView({"services", {}, {}});
        Mirror mirror(*view);
        bench.pass(1s);
        QCOMPARE(mirror.rows.size(), std::size_t(1));
        view->setActive(false);
        const int before = mirror.deliveries;
        bench.pass(10s);
        QCOMPARE(api.watches("/services"), std::size_t(0));
        api.put("services", "shop", "db");
        bench.pass(10s);
        QCOMPARE(mirror.deliveries, before);
        view->setActive(true);
        bench.pass(1s);
        QCOMPARE(mirror.rows.size(), std::size_t(2));
        QVERIFY(mirror.fault.empty());
    }

    void fewNamespacesAreWatchedEachForItself() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        for (int i = 0; i < 9; ++i)
            api.put("services", "ns-" + std::to_string(i), "web");
        bench.connect("paris");
        const auto two = bench.fleet->openView({"services", {}, {"ns-1", "ns-2"}});
        bench.pass(500ms);
        QCOMPARE(two->allRows().size(), std::size_t(2));
        QCOMPARE(api.watches("/namespaces/ns-1/services"), std::size_t(1));
        QCOMPARE(api.watches("/api/v1/services"), std::size_t(0));
        const auto many = bench.fleet->openView({"services", {}, {"ns-1", "ns-2", "ns-3", "ns-4", "ns-5"}});
        bench.pass(500ms);
        QCOMPARE(many->allRows().size(), std::size_t(5));
        QCOMPARE(api.watches("/api/v1/services"), std::size_t(1));
    }

    void namespacesOfAClusterScopedKindMeanNothing() {
        Servers bench({"paris"});
        bench.connect("paris");
        const auto view = bench.fleet->openView({"nodes", {}, {"shop"}});
        bench.pass(500ms);
        QCOMPARE(view->allRows().size(), std::size_t(1));
        QVERIFY(!view->isNamespaced());
    }

    void clustersComeAndGo() {
        Servers bench({"paris", "lyon"});
        bench.api("paris").putPod("shop", "a");
        bench.api("lyon").putPod("shop", "b");
        const auto view = bench.fleet->openView({"pods", {}, {}});
        Mirror mirror(*view);
        bench.pass(1s);
        QVERIFY(view->parts().empty());
        bench.connect("paris");
        bench.pass(1s);
        QCOMPARE(mirror.rows.size(), std::size_t(1));
        const int resets = mirror.resets;
        bench.connect("lyon");
        bench.pass(1s);
        QCOMPARE(mirror.rows.size(), std::size_t(2));
        QCOMPARE(mirror.resets, resets);
        bench.fleet->disconnect(bench.id("paris"));
        bench.pass(1s);
        QCOMPARE(mirror.names(), (std::set<std::string>{std::to_string(bench.id("lyon").value) + "/shop/b"}));
        QVERIFY2(mirror.fault.empty(), mirror.fault.c_str());
    }

    void partialAnswerNamesWhoIsMissing() {
        Servers bench({"paris", "lyon", "nice"});
        bench.api("lyon").setFailure(refused());
        bench.api("nice").setStatus(401);
        for (const char* name : {"paris", "lyon", "nice"}) {
            bench.api(name).putPod("shop", "a");
            bench.fleet->connect(bench.id(name));
        }
        const auto view = bench.fleet->openView({"pods", {bench.id("paris"), bench.id("lyon"), bench.id("nice")}, {}});
        bench.pass(2s);
        QCOMPARE(view->parts().size(), std::size_t(3));
        QCOMPARE(view->allRows().size(), std::size_t(1));
        for (const fleet::ViewPart& part : view->parts()) {
            if (part.cluster == bench.id("paris")) {
                QCOMPARE(part.phase, kube::WatchPhase::Live);
                QVERIFY(!part.error);
                QCOMPARE(part.rows, std::size_t(1));
                continue;
            }
            const bool isLyon = part.cluster == bench.id("lyon");
            QCOMPARE(part.phase, kube::WatchPhase::Waiting);
            QVERIFY(part.error.has_value());
            QCOMPARE(part.error->cluster, std::string(isLyon ? "lyon" : "nice"));
            QVERIFY(part.error->code == (isLyon ? base::ErrorCode::Refused : base::ErrorCode::Unauthorized));
        }
    }

    void columnsOfAllPartsAreMerged() {
        Servers bench({"paris", "lyon"});
        bench.api("paris").putPod("shop", "a");
        bench.connect("paris");
        bench.connect("lyon");
        const auto view = bench.fleet->openView({"pods", {}, {}});
        bench.pass(1s);
        const auto& columns = view->columns();
        QVERIFY(columns.size() >= 5);
        QCOMPARE(columns[0].id, std::string("name"));
        const kube::RowRef row = view->row(view->allRows()[0]);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const kube::Column* own = view->columnOf(row, i);
            QVERIFY(own != nullptr);
            QCOMPARE(own->id, columns[i].id);
        }
        QVERIFY(view->columnOf(row, columns.size()) == nullptr);
        QVERIFY(view->columnOf({}, 0) == nullptr);
    }

    void viewOutlivesItsFleet() {
        Servers bench({"paris"});
        bench.api("paris").putPod("shop", "a");
        bench.connect("paris");
        const auto view = bench.fleet->openView({"pods", {}, {}});
        bench.pass(1s);
        const fleet::RowId row = view->allRows()[0];
        bench.close();
        bench.pass(1s);
        QVERIFY(view->allRows().empty());
        QVERIFY(view->row(row).isNull());
        view->setActive(false);
    }

private:
    static base::Error refused() { return base::fail(base::ErrorCode::Refused, "connection refused").value(); }
};

QTEST_GUILESS_MAIN(TestView)
#include "tst_view.moc"
