// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/health.h"
#include "core/kube/memory_transport.h"
#include "tests/core/fleet/servers.h"

#include <QtTest>

#include <random>

using namespace std::chrono_literals;
using fleet::Health;

namespace {

base::Error refused() {
    return base::fail(base::ErrorCode::Refused, "connection refused").value();
}

} // namespace

class TestCluster : public QObject {
    Q_OBJECT

private slots:
    void connectedClusterTellsWhatItIs() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        for (const char* node : {"node-0", "node-1", "node-2"})
            api.putNode(node, true, {}, std::string("aws:///eu-west-3a/i-") + node);
        api.putPod("shop", "a");
        api.putPod("shop", "b");
        api.putPod("shop", "c", "Pending", "");
        api.putPod("jobs", "d", "Succeeded");
        QCOMPARE(bench.info("paris").health, Health::NotConnected);
        bench.fleet->connect(bench.id("paris"));
        QCOMPARE(bench.info("paris").health, Health::Connecting);
        bench.pass(1s);
        const fleet::ClusterInfo& info = bench.info("paris");
        QVERIFY2(info.health == Health::Live, info.why.c_str());
        QCOMPARE(info.version, std::string("v1.36.3"));
        QCOMPARE(info.provider, std::string("AWS"));
        QCOMPARE(info.region, std::string("eu-west-3"));
        QCOMPARE(info.uid, std::string("uid-paris"));
        QCOMPARE(info.nodes, 3);
        QCOMPARE(info.nodesReady, 3);
        QCOMPARE(info.pods, 4);
        QCOMPARE(info.podsRunning, 2);
        QCOMPARE(info.podsPending, 1);
        QCOMPARE(info.podsSucceeded, 1);
        QCOMPARE(info.cpuAllocatableMilli, 12000);
        QCOMPARE(info.memoryAllocatable, std::int64_t(24) << 30);
        QCOMPARE(info.cpuRequestedMilli, 200);
        QCOMPARE(info.memoryRequested, std::int64_t(128) << 20);
        QCOMPARE(info.asOfMs, bench.time.nowMs());
        QVERIFY(bench.fleet->kinds(info.id)->findResource("services") != nullptr);
        QCOMPARE(bench.fleet->namespaces({}), (std::vector<std::string>{"kube-system"}));
    }

    void numbersFollowEveryChange() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        bench.connect("paris");
        std::mt19937 random(7);
        std::map<std::string, std::string> phases;
        const std::vector<std::string> all = {"Running", "Pending", "Succeeded", "Failed"};
        for (int round = 0; round < 60; ++round) {
            for (int i = 0; i < 5; ++i) {
                const std::string name = "p" + std::to_string(random() % 30);
                if (random() % 3 == 0 && phases.contains(name)) {
                    api.remove("pods", "shop", name);
                    phases.erase(name);
                } else {
                    phases[name] = all[random() % all.size()];
                    api.putPod("shop", name, phases[name]);
                }
            }
            bench.pass(300ms);
            const auto count = [&](const std::string& phase) {
                return int(std::ranges::count_if(phases, [&](const auto& pod) { return pod.second == phase; }));
            };
            const fleet::ClusterInfo& info = bench.info("paris");
            QCOMPARE(info.pods, int(phases.size()));
            QCOMPARE(info.podsRunning, count("Running"));
            QCOMPARE(info.podsPending, count("Pending"));
            QCOMPARE(info.podsSucceeded, count("Succeeded"));
            QCOMPARE(info.podsFailed, count("Failed"));
            QCOMPARE(info.cpuRequestedMilli, 100 * (count("Running") + count("Pending")));
        }
        QCOMPARE(api.listsOf("/api/v1/pods"), std::size_t(1));
    }

    void nodeInTroubleDegradesAndHeals() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        bench.connect("paris");
        QCOMPARE(bench.info("paris").health, Health::Live);
        api.putNode("node-0", true, "MemoryPressure");
        bench.pass(1s);
        QCOMPARE(bench.info("paris").health, Health::Degraded);
        QCOMPARE(bench.info("paris").nodeProblems, (std::vector<std::string>{"node-0 MemoryPressure"}));
        QVERIFY(bench.info("paris").why.find("node-0 MemoryPressure") != std::string::npos);
        const std::int64_t since = bench.info("paris").sinceMs;
        QVERIFY(bench.time.nowMs() - since <= 1000);
        bench.pass(5s);
        QCOMPARE(bench.info("paris").sinceMs, since);
        api.putNode("node-0", false);
        bench.pass(1s);
        QCOMPARE(bench.info("paris").nodesReady, 0);
        QCOMPARE(bench.info("paris").sinceMs, since);
        api.putNode("node-0");
        bench.pass(1s);
        QCOMPARE(bench.info("paris").health, Health::Live);
    }

    void lostServerIsAwayAndHealsByItself() {
        Servers bench({"paris", "lyon"});
        FakeApi& api = bench.api("paris");
        api.putPod("shop", "a");
        bench.connect("paris");
        bench.connect("lyon");
        const auto view = bench.fleet->openView({"pods", {}, {}});
        bench.pass(1s);
        QCOMPARE(view->allRows().size(), std::size_t(1));
        const std::int64_t lostAt = bench.time.nowMs();
        api.setFailure(refused());
        bench.pass(2s);
        const fleet::ClusterInfo& info = bench.info("paris");
        QCOMPARE(info.health, Health::Away);
        QVERIFY(info.why.find("refused") != std::string::npos);
        QVERIFY(info.error && info.error->code == base::ErrorCode::Refused && info.error->cluster == "paris");
        QVERIFY(info.sinceMs >= lostAt && info.sinceMs <= lostAt + 1000);
        QCOMPARE(info.pods, 1);
        QVERIFY(info.asOfMs >= lostAt && info.asOfMs <= lostAt + 500);
        QCOMPARE(bench.info("lyon").health, Health::Live);
        const auto partOf = [&](const char* name) {
            return *std::ranges::find(view->parts(), bench.id(name), &fleet::ViewPart::cluster);
        };
        QVERIFY(partOf("paris").isCached);
        QVERIFY(partOf("paris").asOfMs >= lostAt - 1000 && partOf("paris").asOfMs <= lostAt + 1000);
        QCOMPARE(partOf("paris").phase, kube::WatchPhase::Waiting);
        QVERIFY(partOf("paris").error && partOf("paris").error->cluster == "paris");
        QVERIFY(!partOf("lyon").isCached);
        QCOMPARE(view->allRows().size(), std::size_t(1));
        bench.pass(120s);
        QCOMPARE(bench.info("paris").health, Health::Away);
        api.putPod("shop", "b");
        api.setFailure(std::nullopt);
        const std::size_t asked = api.requests();
        bench.pass(31s);
        QCOMPARE(bench.info("paris").health, Health::Live);
        QCOMPARE(bench.info("paris").pods, 2);
        QVERIFY(!partOf("paris").isCached);
        QCOMPARE(view->allRows().size(), std::size_t(2));
        QVERIFY2(api.requests() - asked < 40, std::to_string(api.requests() - asked).c_str());
    }

    void firstAnswerMayBeLate() {
        Servers bench({"paris"});
        bench.api("paris").setFailure(refused());
        bench.connect("paris");
        QCOMPARE(bench.info("paris").health, Health::Away);
        bench.pass(60s);
        bench.api("paris").setFailure(std::nullopt);
        bench.fleet->retry(bench.id("paris"));
        bench.pass(1s);
        QCOMPARE(bench.info("paris").health, Health::Live);
        QCOMPARE(bench.info("paris").nodes, 1);
    }

    void refusedCredentialsAskForSignIn() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        api.setStatus(401);
        bench.connect("paris");
        QCOMPARE(bench.info("paris").health, Health::SignIn);
        QVERIFY(bench.info("paris").error->code == base::ErrorCode::Unauthorized);
        const std::size_t before = api.requests();
        bench.pass(300s);
        QCOMPARE(bench.info("paris").health, Health::SignIn);
        // Once a minute, with three questions or so each time.
        QVERIFY2(api.requests() - before <= 25, std::to_string(api.requests() - before).c_str());
        api.setStatus(0);
        bench.fleet->retry(bench.id("paris"));
        bench.pass(1s);
        QCOMPARE(bench.info("paris").health, Health::Live);
    }

    void credentialsThatEndAreNoticed() {
        Servers bench({"paris"});
        bench.connect("paris");
        bench.api("paris").setStatus(401);
        bench.api("paris").setFailure(refused());
        bench.api("paris").setFailure(std::nullopt);
        bench.pass(5s);
        QCOMPARE(bench.info("paris").health, Health::SignIn);
        QCOMPARE(bench.info("paris").nodes, 1);
    }

    void serverOutOfOrderIsAway() {
        Servers bench({"paris"});
        bench.api("paris").setStatus(500);
        bench.connect("paris");
        QCOMPARE(bench.info("paris").health, Health::Away);
        QVERIFY(bench.info("paris").error->code == base::ErrorCode::ServerFailure);
    }

    // Where one has to sign in to the network first, something else answers in everybody's name.
    void guestNetworkIsNoServer() {
        Servers bench({"paris"});
        bench.connect("paris");
        QCOMPARE(bench.info("paris").health, Health::Live);
        const auto portal = std::make_shared<kube::MemoryTransport>(&bench.time);
        portal->onSend([](const kube::ApiRequest&) {
            return kube::MemoryAnswer{.body = "<html>Sign in to the guest network</html>", .contentType = "text/html"};
        });
        bench.fleet->disconnect(bench.id("paris"));
        bench.makeTransport = [portal](const std::string&) { return portal; };
        bench.close();
        bench.open();
        bench.connect("paris");
        const fleet::ClusterInfo& info = bench.info("paris");
        QCOMPARE(info.health, Health::Away);
        QVERIFY2(info.error && info.error->code == base::ErrorCode::BadResponse, info.why.c_str());
        QVERIFY2(info.why.find("no Kubernetes") != std::string::npos, info.why.c_str());
    }

    void programThatSignsInIsNamed() {
        fleet::ClusterInfo info;
        fleet::HealthFacts facts;
        facts.info = &info;
        facts.connection = fleet::Connection::State::Authorising;
        QVERIFY(fleet::judgeHealth(facts).why.empty());
        facts.signInProgram = "aws";
        const fleet::HealthVerdict verdict = fleet::judgeHealth(facts);
        QCOMPARE(verdict.health, Health::Connecting);
        QVERIFY2(verdict.why.find("program aws") != std::string::npos, verdict.why.c_str());
    }

    void disconnectedClusterAsksNothing() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        api.putPod("shop", "a");
        bench.connect("paris");
        bench.fleet->disconnect(bench.id("paris"));
        QCOMPARE(bench.info("paris").health, Health::NotConnected);
        bench.pass(1s);
        QCOMPARE(api.watches(), std::size_t(0));
        const std::size_t before = api.requests();
        bench.pass(1200s);
        QCOMPARE(api.requests(), before);
        QCOMPARE(bench.info("paris").pods, 1);
        bench.connect("paris");
        QCOMPARE(bench.info("paris").health, Health::Live);
    }

    void stormIsQueued() {
        std::vector<std::string> names;
        for (int i = 0; i < 20; ++i)
            names.push_back("c" + std::to_string(100 + i));
        Servers bench(names);
        for (const std::string& name : names)
            bench.api(name).setDelay(500ms);
        for (const std::string& name : names)
            bench.fleet->connect(bench.id(name));
        const auto asked = [&] {
            return std::ranges::count_if(names, [&](const auto& name) { return bench.api(name).requests() > 0; });
        };
        bench.pass(400ms);
        QCOMPARE(asked(), 8);
        bench.pass(20s);
        for (const std::string& name : names)
            QVERIFY2(bench.info(name).health == Health::Live, bench.info(name).why.c_str());
    }

    void slowOnesLetOthersPass() {
        std::vector<std::string> names;
        for (int i = 0; i < 20; ++i)
            names.push_back("c" + std::to_string(100 + i));
        Servers bench(names);
        for (int i = 0; i < 19; ++i)
            bench.api(names[std::size_t(i)]).setDelay(60s);
        for (const std::string& name : names)
            bench.fleet->connect(bench.id(name));
        bench.pass(5s);
        QCOMPARE(bench.info(names.back()).health, Health::Live);
        QCOMPARE(bench.info(names.front()).health, Health::Connecting);
    }

    void whoMayReadOneNamespaceSeesThat() {
        FleetBench plain;
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        bench.write("config", "apiVersion: v1\nkind: Config\nclusters:\n"
                              "- {name: paris, cluster: {server: 'https://paris.test:6443'}}\n"
                              "users:\n- {name: alice, user: {token: t}}\ncontexts:\n"
                              "- {name: paris, context: {cluster: paris, user: alice, namespace: team-a}}\n"
                              "- {name: other, context: {cluster: paris, user: alice, namespace: team-b}}\n");
        QTRY_COMPARE((bench.home.runPending(), bench.info("paris").waysIn.size()), std::size_t(2));
        for (const char* plural : {"pods", "nodes", "namespaces", "customresourcedefinitions"})
            api.forbid(plural);
        api.forbid("pods", "team-b");
        api.putPod("team-a", "mine");
        api.putPod("team-b", "theirs");
        api.putPod("team-c", "typed");
        bench.connect("paris");
        bench.pass(1s);
        QVERIFY2(bench.info("paris").health == Health::Live, bench.info("paris").why.c_str());
        QCOMPARE(bench.info("paris").nodes, -1);
        QCOMPARE(bench.info("paris").pods, 1);
        QCOMPARE(bench.info("paris").onlyNamespaces, (std::vector<std::string>{"team-a"}));
        const auto view = bench.fleet->openView({"pods", {bench.id("paris")}, {}});
        bench.pass(1s);
        QCOMPARE(view->allRows().size(), std::size_t(1));
        QVERIFY(view->row(view->allRows()[0]).name() == "mine");
        const fleet::ViewPart part = view->parts()[0];
        QCOMPARE(part.onlyNamespaces, (std::vector<std::string>{"team-a"}));
        QCOMPARE(part.phase, kube::WatchPhase::Live);
        QVERIFY(part.error && part.error->code == base::ErrorCode::Forbidden);
        bench.fleet->setTypedNamespaces(bench.id("paris"), {"team-c"});
        bench.pass(1s);
        QCOMPARE(view->allRows().size(), std::size_t(2));
        QCOMPARE(view->parts()[0].onlyNamespaces, (std::vector<std::string>{"team-a", "team-c"}));
        QCOMPARE(bench.fleet->namespaces({}), (std::vector<std::string>{"team-a", "team-b", "team-c"}));
        QVERIFY(!bench.info("paris").listsNamespaces);
        QCOMPARE(bench.info("paris").typedNamespaces, (std::vector<std::string>{"team-c"}));
        bench.fleet->setTypedNamespaces(bench.id("paris"), {});
        bench.pass(1s);
        QCOMPARE(view->allRows().size(), std::size_t(1));
        QCOMPARE(bench.fleet->namespaces({}), (std::vector<std::string>{"team-a", "team-b"}));
        bench.fleet->setTypedNamespaces(bench.id("paris"), {"team-c"});
        bench.pass(1s);
        // Granted later: noticed by itself, if seldom.
        api.allow("pods");
        bench.pass(180s);
        QCOMPARE(view->allRows().size(), std::size_t(3));
        QVERIFY(view->parts()[0].onlyNamespaces.empty());
        QVERIFY(!view->parts()[0].error);
    }

    // Refused for all namespaces and not yet asked for the one: that is no refusal, whenever it is judged.
    void whoMayReadOneNamespaceNeverReadsNothing() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        for (const char* plural : {"nodes", "namespaces", "customresourcedefinitions"})
            api.forbid(plural);
        bench.connect("paris");
        QVERIFY(bench.info("paris").onlyNamespaces.empty());
        api.forbid("pods");
        api.setFailure(refused());
        api.setFailure(std::nullopt);
        std::string worst;
        // Between any two tasks; a retry makes the cluster judge itself.
        const std::function<void(int)> look = [&](int times) {
            bench.fleet->retry(bench.id("paris"));
            const fleet::ClusterInfo& info = bench.info("paris");
            if (info.error && info.error->code == base::ErrorCode::Forbidden)
                worst = info.why;
            if (times > 0)
                bench.home.post([&look, times] { look(times - 1); });
        };
        for (int step = 0; step < 100; ++step) {
            look(20);
            bench.pass(10ms);
        }
        QVERIFY2(worst.empty(), worst.c_str());
        QCOMPARE(bench.info("paris").health, Health::Live);
        QCOMPARE(bench.info("paris").onlyNamespaces, (std::vector<std::string>{"default"}));
    }

    // Nothing but what the operator typed tells where this user may look.
    void typedNamespacesOpenWhatIsForbidden() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        for (const char* plural : {"pods", "nodes", "namespaces", "customresourcedefinitions"})
            api.forbid(plural);
        api.forbid("pods", "default");
        api.forbid("pods", "team-b");
        api.putPod("team-a", "mine");
        api.putPod("team-b", "theirs");
        bench.connect("paris");
        const fleet::ClusterId id = bench.id("paris");
        auto view = bench.fleet->openView({"pods", {}, {}});
        auto narrow = bench.fleet->openView({"pods", {}, {"team-a"}});
        bench.pass(1s);
        QCOMPARE(view->parts()[0].phase, kube::WatchPhase::Forbidden);
        QCOMPARE(narrow->allRows().size(), std::size_t(1));
        QCOMPARE(bench.info("paris").pods, -1);
        bench.fleet->setTypedNamespaces(id, {"team-a", "team-b"});
        bench.pass(1s);
        QCOMPARE(view->parts()[0].phase, kube::WatchPhase::Live);
        QCOMPARE(view->parts()[0].onlyNamespaces, (std::vector<std::string>{"team-a"}));
        QCOMPARE(view->allRows().size(), std::size_t(1));
        QCOMPARE(bench.info("paris").pods, 1);
        QCOMPARE(bench.info("paris").onlyNamespaces, (std::vector<std::string>{"team-a"}));
        api.putPod("team-a", "mine-too");
        bench.pass(1s);
        QCOMPARE(view->allRows().size(), std::size_t(2));
        QCOMPARE(narrow->allRows().size(), std::size_t(2));
        QCOMPARE(bench.fleet->namespaces({}), (std::vector<std::string>{"default", "team-a", "team-b"}));
        // It outlives the program,
        view.reset();
        narrow.reset();
        bench.close();
        bench.open();
        bench.connect("paris");
        view = bench.fleet->openView({"pods", {}, {}});
        bench.pass(1s);
        QCOMPARE(view->allRows().size(), std::size_t(2));
        // until it is taken back.
        bench.fleet->setTypedNamespaces(bench.id("paris"), {});
        bench.pass(1s);
        QCOMPARE(view->parts()[0].phase, kube::WatchPhase::Forbidden);
        QVERIFY(view->allRows().empty());
        QCOMPARE(bench.info("paris").pods, -1);
    }

    void whoMayReadNothingIsTold() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        for (const char* plural : {"pods", "nodes", "namespaces", "customresourcedefinitions"})
            api.forbid(plural);
        api.forbid("pods", "default");
        bench.connect("paris");
        const auto view = bench.fleet->openView({"pods", {}, {}});
        bench.pass(1s);
        const fleet::ViewPart part = view->parts()[0];
        QCOMPARE(part.phase, kube::WatchPhase::Forbidden);
        QVERIFY(part.error && part.error->verb == "list" && part.error->resource == "pods");
        QVERIFY(part.onlyNamespaces.empty());
        const fleet::ClusterInfo& info = bench.info("paris");
        QCOMPARE(info.pods, -1);
        QCOMPARE(info.health, Health::Degraded);
        QVERIFY2(info.why.starts_with("somebody may not list pods, nodes, namespaces: pods is forbidden"),
                 info.why.c_str());
        QVERIFY(info.error && info.error->code == base::ErrorCode::Forbidden);
        QVERIFY(info.error->verb == "list" && info.error->resource == "pods, nodes, namespaces");
        // It is asked again now and then, and stays what it is.
        const std::int64_t since = info.sinceMs;
        bench.pass(300s);
        QCOMPARE(info.health, Health::Degraded);
        QCOMPARE(info.sinceMs, since);
        // One of them is enough to see something.
        api.allow("namespaces");
        bench.pass(180s);
        QVERIFY2(info.health == Health::Live, info.why.c_str());
        QCOMPARE(info.pods, -1);
    }

    void kindsThatComeLaterAreFound() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        bench.connect("paris");
        const auto view = bench.fleet->openView({"widgets.example.org", {bench.id("paris")}, {}});
        bench.pass(1s);
        QCOMPARE(view->parts()[0].phase, kube::WatchPhase::Unserved);
        api.serve("example.org/v1", "Widget", "widgets", true);
        api.put("widgets", "shop", "w");
        api.put("customresourcedefinitions", {}, "widgets.example.org");
        bench.pass(5s);
        QVERIFY(bench.fleet->kinds(bench.id("paris"))->findResource("widgets.example.org") != nullptr);
        QCOMPARE(view->parts()[0].phase, kube::WatchPhase::Live);
        QCOMPARE(view->allRows().size(), std::size_t(1));
    }

    void newVersionIsNoticedAfterABreak() {
        Servers bench({"paris"});
        FakeApi& api = bench.api("paris");
        bench.connect("paris");
        api.setFailure(refused());
        bench.pass(10s);
        api.setVersion("v1.37.0");
        api.serve("apps/v1", "Deployment", "deployments", true);
        api.setFailure(std::nullopt);
        bench.pass(31s);
        QCOMPARE(bench.info("paris").version, std::string("v1.37.0"));
        QVERIFY(bench.fleet->kinds(bench.id("paris"))->findResource("deployments.apps") != nullptr);
    }

    void clockSkewMovesTheAges() {
        Servers bench({"paris", "lyon"});
        bench.api("paris").setSkew(3600000);
        bench.connect("paris");
        bench.connect("lyon");
        const auto view = bench.fleet->openView({"pods", {}, {}});
        QVERIFY(std::abs(bench.info("paris").clockSkewMs - 3600000) <= 1000);
        QVERIFY(view->nowMs(bench.id("paris")) - bench.time.nowMs() > 3590000);
        QCOMPARE(view->nowMs(bench.id("lyon")), bench.time.nowMs());
    }

    void twoAddressesOfOneServerBecomeOneCluster() {
        FleetBench bench;
        FakeApi api(bench.time, "uid-one");
        api.putPod("shop", "a");
        bench.write("config", FleetBench::kubeconfig({"inside", "outside"}));
        bench.stateFolder = bench.path("state");
        bench.makeTransport = [&](const std::string&) { return api.transport(); };
        bench.open();
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(2));
        const fleet::ClusterId inside = bench.fleet->byContext("inside");
        const fleet::ClusterId outside = bench.fleet->byContext("outside");
        bench.fleet->setProtected(outside, true);
        const auto view = bench.fleet->openView({"pods", {}, {}});
        bench.fleet->connect(inside);
        bench.fleet->connect(outside);
        bench.pass(2s);
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(1));
        QVERIFY(bench.fleet->byContext("outside") == inside);
        QCOMPARE(bench.fleet->cluster(outside).name, std::string("inside"));
        QCOMPARE(bench.fleet->cluster(inside).waysIn.size(), std::size_t(2));
        QVERIFY(bench.fleet->cluster(inside).isProtected);
        QCOMPARE(bench.fleet->cluster(inside).health, Health::Live);
        QCOMPARE(view->allRows().size(), std::size_t(1));
        bench.close();
        // What was found out is known at the next start.
        bench.open();
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(1));
        QCOMPARE(bench.fleet->clusters()[0].waysIn.size(), std::size_t(2));
        bench.close();
    }

    void connectedClusterOutlivesItsContext() {
        Servers bench({"paris", "lyon"});
        bench.connect("paris");
        const fleet::ClusterId paris = bench.id("paris");
        bench.write("config", FleetBench::kubeconfig({"lyon"}));
        QTRY_VERIFY((bench.home.runPending(), bench.fleet->byContext("paris").isNull()));
        bench.pass(60s);
        QCOMPARE(bench.fleet->cluster(paris).health, Health::Live);
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(2));
        bench.fleet->disconnect(paris);
        bench.pass(1s);
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(1));
    }

    void reopenTakesWhatNeedsNoProgram() {
        FleetBench bench;
        std::map<std::string, int> opened;
        FakeApi api(bench.time);
        bench.makeTransport = [&](const std::string& context) {
            ++opened[context];
            return api.transport();
        };
        bench.write("config",
                    "apiVersion: v1\nkind: Config\nclusters:\n"
                    "- {name: a, cluster: {server: 'https://a.test'}}\n"
                    "- {name: b, cluster: {server: 'https://b.test'}}\n"
                    "- {name: c, cluster: {server: 'https://c.test'}}\n"
                    "users:\n- {name: t, user: {token: t}}\n- name: p\n  user:\n    exec: {apiVersion: "
                    "client.authentication.k8s.io/v1, command: sign-in, interactiveMode: Never}\n"
                    "contexts:\n- {name: a, context: {cluster: a, user: t}}\n"
                    "- {name: b, context: {cluster: b, user: p}}\n- {name: c, context: {cluster: c, user: t}}\n");
        bench.open();
        bench.fleet->connect(bench.fleet->byContext("a"));
        bench.fleet->connect(bench.fleet->byContext("b"));
        bench.close();
        opened.clear();
        bench.open();
        bench.pass(100ms);
        QVERIFY(opened.empty());
        bench.fleet->reopen();
        bench.pass(100ms);
        QCOMPARE(opened, (std::map<std::string, int>{{"a", 1}}));
        bench.fleet->setReconnectAtStart(bench.fleet->byContext("b"), true);
        bench.close();
        opened.clear();
        bench.open();
        bench.fleet->reopen();
        bench.pass(100ms);
        QCOMPARE(opened, (std::map<std::string, int>{{"a", 1}, {"b", 1}}));
        bench.close();
    }

    void lastKnownStateIsShownDated() {
        Servers bench({"paris"});
        bench.close();
        bench.stateFolder = bench.path("state");
        bench.open();
        FakeApi& api = bench.api("paris");
        api.putPod("shop", "a");
        api.putPod("shop", "b");
        bench.connect("paris");
        const std::int64_t seenAt = bench.time.nowMs();
        bench.close();
        api.remove("pods", "shop", "b");
        api.putPod("shop", "c");
        api.setFailure(refused());
        bench.time.advance(1h);
        bench.open();
        QCOMPARE(bench.info("paris").health, Health::NotConnected);
        QCOMPARE(bench.info("paris").pods, 2);
        QCOMPARE(bench.info("paris").provider, std::string("Bare metal"));
        QVERIFY(std::abs(bench.info("paris").asOfMs - seenAt) < 2000);
        bench.fleet->connect(bench.id("paris"));
        const auto view = bench.fleet->openView({"pods", {bench.id("paris")}, {}});
        QTRY_COMPARE((bench.pass(10ms), view->allRows().size()), std::size_t(2));
        QTRY_VERIFY((bench.pass(10ms), bench.fleet->kinds(bench.id("paris")) != nullptr));
        bench.pass(1s);
        QCOMPARE(bench.info("paris").health, Health::Away);
        QVERIFY(view->parts()[0].isCached);
        QVERIFY(std::abs(view->parts()[0].asOfMs - seenAt) < 2000);
        QVERIFY(view->parts()[0].error.has_value());
        QVERIFY(!view->columns().empty());
        api.setFailure(std::nullopt);
        bench.fleet->retry(bench.id("paris"));
        bench.pass(2s);
        QVERIFY(!view->parts()[0].isCached);
        std::set<std::string> names;
        for (const fleet::RowId row : view->allRows())
            names.emplace(view->row(row).name());
        QCOMPARE(names, (std::set<std::string>{"a", "c"}));
        bench.close();
    }

    void noticesComeAtMostFourTimesASecond() {
        Servers bench({"paris"});
        bench.connect("paris");
        int notices = 0;
        const base::Cancel listening = bench.fleet->onNotice([&](const fleet::FleetNotice&) { ++notices; });
        for (int i = 0; i < 1000; ++i) {
            bench.api("paris").putPod("shop", "p" + std::to_string(i));
            bench.pass(10ms);
        }
        QVERIFY2(notices <= 41 && notices >= 20, std::to_string(notices).c_str());
    }

    void fetchGivesTheObjectOrSaysWhyNot() {
        Servers bench({"paris"});
        bench.api("paris").putPod("shop", "a");
        bench.connect("paris");
        const kube::Kind& pods = *bench.fleet->kinds(bench.id("paris"))->findResource("pods");
        std::optional<base::Result<fleet::FullObject>> got;
        base::Cancel fetching =
            bench.fleet->fetch(bench.id("paris"), pods, "shop", "a", [&](auto object) { got = std::move(object); });
        bench.pass(10ms);
        QVERIFY(got && *got && (*got)->json.find("\"name\":\"a\"") != std::string::npos);
        fetching =
            bench.fleet->fetch(bench.id("paris"), pods, "shop", "z", [&](auto object) { got = std::move(object); });
        bench.pass(10ms);
        QVERIFY(got && !*got && got->error().code == base::ErrorCode::NotFound && got->error().cluster == "paris");
        bench.fleet->disconnect(bench.id("paris"));
        got.reset();
        fetching =
            bench.fleet->fetch(bench.id("paris"), pods, "shop", "a", [&](auto object) { got = std::move(object); });
        QVERIFY(!got);
        bench.pass(10ms);
        QVERIFY(got && !*got);
    }
};

QTEST_GUILESS_MAIN(TestCluster)
#include "tst_cluster.moc"
