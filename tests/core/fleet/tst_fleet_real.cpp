// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "tests/support/lying_server.h"
#include "tests/support/testbed.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

using fleet::Health;
using testbed::Cluster;
using testbed::Server;
using testsupport::LyingServer;

namespace {

/// A fleet over real servers, with the test's thread as its home.
struct Bench {
    QTemporaryDir folder;
    base::SystemClock clock;
    base::ManualExecutor home;
    base::ThreadPool pool{2};
    net::Engine engine;
    std::unique_ptr<fleet::Settings> settings;
    std::unique_ptr<fleet::Fleet> fleet;
    std::vector<std::string> kubeconfigs{testbed::Testbed::instance().kubeconfig().string()};

    void open() {
        settings = std::make_unique<fleet::Settings>(folder.filePath("settings.json").toStdString());
        fleet::FleetEnvironment environment;
        environment.engine = &engine;
        environment.home = &home;
        environment.decodePool = &pool;
        environment.clock = &clock;
        environment.settings = settings.get();
        environment.stateFolder = folder.filePath("state").toStdString();
        environment.kubeconfigs = kubeconfigs;
        fleet = std::make_unique<fleet::Fleet>(std::move(environment));
    }
    void close() {
        fleet.reset();
        settings.reset();
    }
    ~Bench() { close(); }

    bool until(const std::function<bool()>& done, int ms = 30000) {
        QElapsedTimer timer;
        timer.start();
        while (!done()) {
            if (timer.elapsed() > ms)
                return false;
            home.runFor(5);
        }
        return true;
    }
    void pass(int ms) {
        (void)until([] { return false; }, ms);
    }

    [[nodiscard]] const fleet::ClusterInfo& info(const std::string& context) const {
        return fleet->cluster(fleet->byContext(context));
    }
    /// Nodes that are not ready yet are no reason to wait.
    [[nodiscard]] bool isThere(const std::string& context) const {
        return info(context).health == Health::Live || info(context).health == Health::Degraded;
    }
    bool connect(const std::string& context) {
        const fleet::ClusterId id = fleet->byContext(context);
        fleet->connect(id, context);
        const bool isLive = until([&] { return isThere(context) && info(context).pods >= 0; }, 60000);
        if (!isLive)
            qWarning("%s: health %d, %s", context.c_str(), int(info(context).health), info(context).why.c_str());
        return isLive;
    }
};

/// Adds a context that leads to `url` to a kubeconfig beside the bed's.
std::string strangersKubeconfig(const Bench& bench, const std::string& name, const std::string& url) {
    const std::string path = bench.folder.filePath("strangers").toStdString();
    std::ofstream(path) << "apiVersion: v1\nkind: Config\nclusters:\n- {name: " << name << ", cluster: {server: '"
                        << url << "', insecure-skip-tls-verify: true}}\nusers:\n- {name: " << name
                        << ", user: {token: t}}\ncontexts:\n- {name: " << name << ", context: {cluster: " << name
                        << ", user: " << name << "}}\n";
    return path;
}

std::string podText(const std::string& name) {
    return R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":")" + name +
           R"("},"spec":{"containers":[{"name":"c","image":"registry.example/c:1"}]}})";
}

} // namespace

class TestFleetReal : public QObject {
    Q_OBJECT

    static Cluster& north() { return testbed::Testbed::instance().cluster("north"); }
    static Cluster& south() { return testbed::Testbed::instance().cluster("south"); }

    static std::set<std::string> namesIn(const fleet::View& view, fleet::ClusterId cluster) {
        std::set<std::string> names;
        for (const fleet::RowId row : view.allRows()) {
            if (row.cluster == cluster)
                names.insert(std::string(view.row(row).ns()) + "/" + std::string(view.row(row).name()));
        }
        return names;
    }

    static std::set<std::string> kubectlNames(Cluster& cluster) {
        const testbed::Ran ran =
            cluster.kubectl({"get", "pods", "-A", "-o",
                             R"(jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{"\n"}{end})"});
        std::set<std::string> names;
        std::istringstream lines(ran.out);
        for (std::string line; std::getline(lines, line);)
            names.insert(line);
        return names;
    }

    /// Creates a pod and takes it away again, a few times; the longest time from the answer to the row, in ms.
    static qint64 slowestEvent(Bench& bench, Cluster& cluster, const fleet::View& view, int times) {
        qint64 slowest = 0;
        for (int i = 0; i < times; ++i) {
            const std::string name = "event-" + std::to_string(i) + "-" + std::to_string(bench.clock.nowMs());
            if (!cluster.api("POST", "/api/v1/namespaces/team-a/pods", podText(name)).isOk())
                return -1;
            QElapsedTimer timer;
            timer.start();
            const fleet::ClusterId id = bench.fleet->byContext(cluster.context());
            if (!bench.until([&] { return namesIn(view, id).contains("team-a/" + name); }, 20000))
                return -1;
            slowest = std::max(slowest, timer.elapsed());
        }
        return slowest;
    }

private slots:
    void initTestCase() {
        TESTBED_UP({"north", "south"});
        QCOMPARE(north().fillWithPods(300), std::string());
        QCOMPARE(south().fillWithPods(200), std::string());
    }

    void twoClustersInOneView() {
        Bench bench;
        bench.open();
        // Three users a cluster, one cluster a server.
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(2));
        QVERIFY(bench.connect("north-admin"));
        QVERIFY(bench.connect("south-admin"));
        const auto view = bench.fleet->openView({"pods", {}, {}});
        const fleet::ClusterId id = bench.fleet->byContext("north-admin");
        QVERIFY(bench.until([&] {
            return namesIn(*view, id) == kubectlNames(north()) &&
                   namesIn(*view, bench.fleet->byContext("south-admin")) == kubectlNames(south());
        }));
        const fleet::ClusterInfo& info = bench.info("north-admin");
        QCOMPARE(info.nodes, 3);
        QVERIFY(bench.until([&] { return bench.info("north-admin").nodesReady == 3; }));
        QCOMPARE(std::size_t(info.pods), namesIn(*view, id).size());
        QVERIFY(info.version.starts_with("v1."));
        QCOMPARE(info.uid.size(), std::size_t(36));
        QCOMPARE(info.provider, std::string("Bare metal"));
        QVERIFY(info.cpuAllocatableMilli > 0);
        QVERIFY(info.cpuRequestedMilli > 0);
        QVERIFY(info.credentialExpiryMs > bench.clock.nowMs());
        QVERIFY(std::abs(info.clockSkewMs) < 2000);
        QVERIFY(!bench.fleet->namespaces({}).empty());
        QVERIFY(bench.fleet->kinds(id)->findResource("deployments.apps") != nullptr);
    }

    void eventsArriveSoon() {
        Bench bench;
        bench.open();
        QVERIFY(bench.connect("north-admin"));
        const auto view = bench.fleet->openView({"pods", {}, {}});
        const qint64 slowest = slowestEvent(bench, north(), *view, 20);
        qInfo("slowest of 20 events: %lld ms from the answer to the row in the view", static_cast<long long>(slowest));
        QVERIFY(slowest >= 0 && slowest < 1500);
    }

    void killedServerIsAwayAndHeals() {
        Bench bench;
        bench.open();
        QVERIFY(bench.connect("north-admin"));
        QVERIFY(bench.connect("south-admin"));
        const auto view = bench.fleet->openView({"pods", {}, {}});
        const fleet::ClusterId southId = bench.fleet->byContext("south-admin");
        QVERIFY(bench.until([&] { return namesIn(*view, southId) == kubectlNames(south()); }));
        const auto before = namesIn(*view, southId);
        south().kill(Server::ApiServer);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(bench.until([&] { return bench.info("south-admin").health == Health::Away; }, 20000));
        qInfo("away after %lld ms: %s", static_cast<long long>(timer.elapsed()), bench.info("south-admin").why.c_str());
        QVERIFY(bench.until([&] {
            const auto part = std::ranges::find(view->parts(), southId, &fleet::ViewPart::cluster);
            return part->isCached && part->error;
        }));
        const auto part = *std::ranges::find(view->parts(), southId, &fleet::ViewPart::cluster);
        QVERIFY(bench.clock.nowMs() - part.asOfMs < 20000);
        QCOMPARE(part.error->cluster, std::string("south-admin"));
        QCOMPARE(namesIn(*view, southId), before);
        QVERIFY(bench.isThere("north-admin"));
        const qint64 slowest = slowestEvent(bench, north(), *view, 5);
        QVERIFY(slowest >= 0 && slowest < 1500);
        QVERIFY(south().start(Server::ApiServer));
        timer.restart();
        QVERIFY(bench.until([&] { return bench.isThere("south-admin"); }, 60000));
        qInfo("healed %lld ms after the server was ready", static_cast<long long>(timer.elapsed()));
        QVERIFY(bench.until(
            [&] { return !std::ranges::find(view->parts(), southId, &fleet::ViewPart::cluster)->isCached; }));
        const qint64 after = slowestEvent(bench, south(), *view, 2);
        QVERIFY(after >= 0 && after < 1500);
    }

    void frozenServerIsAwayToo() {
        Bench bench;
        bench.open();
        QVERIFY(bench.connect("south-admin"));
        south().pause(Server::ApiServer);
        QElapsedTimer timer;
        timer.start();
        const bool isAway = bench.until([&] { return bench.info("south-admin").health == Health::Away; }, 75000);
        const qint64 took = timer.elapsed();
        south().resume(Server::ApiServer);
        QVERIFY(isAway);
        qInfo("a frozen server is away after %lld ms", static_cast<long long>(took));
        QVERIFY(bench.until([&] { return bench.isThere("south-admin"); }, 60000));
    }

    void lastKnownStateOutlivesTheProgram() {
        Bench bench;
        bench.open();
        QVERIFY(bench.connect("south-admin"));
        std::set<std::string> before;
        {
            const auto view = bench.fleet->openView({"pods", {}, {}});
            const fleet::ClusterId id = bench.fleet->byContext("south-admin");
            QVERIFY(bench.until([&] { return !(before = namesIn(*view, id)).empty(); }));
        }
        bench.close();
        south().kill(Server::ApiServer);
        bench.open();
        const fleet::ClusterId id = bench.fleet->byContext("south-admin");
        QCOMPARE(std::size_t(bench.info("south-admin").pods), before.size());
        const auto view = bench.fleet->openView({"pods", {}, {}});
        bench.fleet->reopen();
        QVERIFY(bench.until([&] { return namesIn(*view, id) == before; }));
        QVERIFY(bench.until([&] { return bench.info("south-admin").health == Health::Away; }));
        QVERIFY(bench.until([&] { return view->parts()[0].isCached && view->parts()[0].error.has_value(); }));
        QVERIFY(south().start(Server::ApiServer));
        QVERIFY(bench.until([&] { return !view->parts()[0].isCached; }, 60000));
        QVERIFY(bench.until([&] { return namesIn(*view, id) == kubectlNames(south()); }));
    }

    void aliceSeesHerNamespaceOnly_data() {
        QTest::addColumn<std::string>("context");
        QTest::newRow("token") << std::string("north-alice");
        QTest::newRow("exec plugin") << std::string("north-exec");
    }

    void aliceSeesHerNamespaceOnly() {
        QFETCH(std::string, context);
        Bench bench;
        bench.open();
        QVERIFY(bench.connect(context));
        QCOMPARE(bench.info(context).name, context);
        const auto view = bench.fleet->openView({"pods", {}, {}});
        QVERIFY(bench.until([&] { return !view->allRows().empty() && !view->parts()[0].onlyNamespaces.empty(); }));
        for (const fleet::RowId row : view->allRows())
            QVERIFY(view->row(row).ns() == "team-a");
        QCOMPARE(view->parts()[0].onlyNamespaces, (std::vector<std::string>{"team-a"}));
        QVERIFY(view->parts()[0].error->code == base::ErrorCode::Forbidden);
        QCOMPARE(view->parts()[0].error->resource, std::string("pods"));
        QCOMPARE(bench.info(context).onlyNamespaces, (std::vector<std::string>{"team-a"}));
        QCOMPARE(bench.info(context).nodes, -1);
        const auto nodes = bench.fleet->openView({"nodes", {}, {}});
        QVERIFY(bench.until([&] { return nodes->parts()[0].phase == kube::WatchPhase::Forbidden; }));
    }

    void aliceTypesHerNamespace() {
        Bench bench;
        const std::string path = bench.folder.filePath("alone").toStdString();
        std::ofstream(path) << "apiVersion: v1\nkind: Config\nclusters:\n- {name: north, cluster: {server: '"
                            << north().url() << "', certificate-authority: '" << north().authorityFile().string()
                            << "'}}\nusers:\n- {name: alice, user: {token: " << north().token()
                            << "}}\ncontexts:\n- {name: alone, context: {cluster: north, user: alice}}\n";
        bench.kubeconfigs = {path};
        bench.open();
        QCOMPARE(kubectlNames(north()).contains("team-a/typed"), false);
        QVERIFY(north().api("POST", "/api/v1/namespaces/team-a/pods", podText("typed")).isOk());
        const fleet::ClusterId id = bench.fleet->byContext("alone");
        bench.fleet->connect(id);
        const auto view = bench.fleet->openView({"pods", {}, {}});
        QVERIFY(bench.until([&] { return view->parts()[0].phase == kube::WatchPhase::Forbidden; }));
        QVERIFY(view->allRows().empty());
        bench.fleet->setTypedNamespaces(id, {"team-a"});
        QVERIFY(bench.until([&] { return namesIn(*view, id).contains("team-a/typed"); }));
        QCOMPARE(view->parts()[0].onlyNamespaces, (std::vector<std::string>{"team-a"}));
        QVERIFY(bench.until([&] { return bench.info("alone").pods == int(namesIn(*view, id).size()); }));
    }

    void customKindAppearsWithItsDefinition() {
        Bench bench;
        bench.open();
        QVERIFY(bench.connect("north-admin"));
        const auto view = bench.fleet->openView({"gadgets.example.org", {}, {}});
        QVERIFY(bench.until(
            [&] { return !view->parts().empty() && view->parts()[0].phase == kube::WatchPhase::Unserved; }));
        const std::string definition = R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",)"
                                       R"("metadata":{"name":"gadgets.example.org"},"spec":{"group":"example.org",)"
                                       R"("scope":"Namespaced","names":{"plural":"gadgets","singular":"gadget",)"
                                       R"("kind":"Gadget"},"versions":[{"name":"v1","served":true,"storage":true,)"
                                       R"("schema":{"openAPIV3Schema":{"type":"object",)"
                                       R"("x-kubernetes-preserve-unknown-fields":true}}}]}})";
        QVERIFY(north().api("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition).isOk());
        QVERIFY(bench.until([&] { return view->parts()[0].phase == kube::WatchPhase::Live; }, 20000));
        const std::string gadget = R"({"apiVersion":"example.org/v1","kind":"Gadget","metadata":{"name":"g"}})";
        QVERIFY(north().api("POST", "/apis/example.org/v1/namespaces/team-a/gadgets", gadget).isOk());
        QVERIFY(bench.until([&] { return view->allRows().size() == 1; }));
        QVERIFY(north()
                    .api("DELETE", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gadgets.example.org")
                    .isOk());
    }

    void faultyThirdCostsTheOthersNothing_data() {
        using Greeting = LyingServer::Greeting;
        QTest::addColumn<int>("greeting");
        QTest::newRow("silent") << int(Greeting::Silent);
        QTest::newRow("half a TLS record, then silence") << int(Greeting::HalfSilent);
        QTest::newRow("half a TLS record") << int(Greeting::HalfRecord);
        QTest::newRow("reset") << int(Greeting::Reset);
        QTest::newRow("garbage") << int(Greeting::Garbage);
    }

    void faultyThirdCostsTheOthersNothing() {
        QFETCH(int, greeting);
        LyingServer::Options options;
        options.greeting = LyingServer::Greeting(greeting);
        const LyingServer liar(options, [](const testsupport::Exchange&, testsupport::Wire&) {});
        Bench bench;
        std::string url = liar.url();
        if (url.starts_with("http:"))
            url.replace(0, 5, "https:");
        bench.kubeconfigs.push_back(strangersKubeconfig(bench, "liar", url));
        bench.open();
        QVERIFY(bench.connect("north-admin"));
        QVERIFY(bench.connect("south-admin"));
        bench.fleet->connect(bench.fleet->byContext("liar"));
        const auto view = bench.fleet->openView({"pods", {}, {}});
        qint64 slowest = std::max(slowestEvent(bench, north(), *view, 5), slowestEvent(bench, south(), *view, 5));
        QVERIFY(bench.until([&] { return bench.info("liar").health == Health::Away; }, 20000));
        slowest = std::max(slowest, slowestEvent(bench, north(), *view, 5));
        qInfo("slowest event beside it: %lld ms; it: %s", static_cast<long long>(slowest),
              bench.info("liar").why.c_str());
        QVERIFY(slowest >= 0 && slowest < 1500);
        QVERIFY(!bench.info("liar").why.empty());
        QVERIFY(bench.info("liar").error.has_value());
        QVERIFY(bench.isThere("north-admin"));
        QVERIFY(bench.isThere("south-admin"));
    }

    void startContactsNobody() {
        const LyingServer counting([](const testsupport::Exchange&, testsupport::Wire& wire) { wire.close(); });
        Bench bench;
        const std::string path = bench.folder.filePath("many").toStdString();
        std::ofstream file(path);
        file << "apiVersion: v1\nkind: Config\nclusters:\n";
        for (int i = 0; i < 300; ++i)
            file << "- {name: c" << i << ", cluster: {server: '" << counting.url() << "/" << i << "'}}\n";
        file << "users:\n- {name: u, user: {token: t}}\ncontexts:\n";
        for (int i = 0; i < 300; ++i)
            file << "- {name: c" << i << ", context: {cluster: c" << i << ", user: u}}\n";
        file.close();
        bench.kubeconfigs = {path};
        QElapsedTimer timer;
        timer.start();
        bench.open();
        bench.fleet->reopen();
        const auto view = bench.fleet->openView({"pods", {}, {}});
        qInfo("300 contexts are there after %lld ms", static_cast<long long>(timer.elapsed()));
        QCOMPARE(bench.fleet->clusters().size(), std::size_t(300));
        bench.pass(1500);
        QCOMPARE(counting.connections(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFleetReal)
#include "tst_fleet_real.moc"
