// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "core/logs/log_gathering.h"
#include "core/logs/log_search.h"
#include "core/logs/log_store.h"
#include "tests/support/testbed.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

using testbed::Cluster;

namespace {

using Words = std::vector<std::string>;

std::string stamp() {
    return QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")).toStdString() +
           "000000Z";
}

std::string deployment() {
    return R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop","namespace":"team-a"},"spec":{
"replicas":3,"selector":{"matchLabels":{"app":"shop"}},"template":{"metadata":{"labels":{"app":"shop"}},
"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"main","image":"i"}]}}}})";
}

std::string burstPod() {
    return R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"burst","namespace":"team-a"},"spec":{"nodeName":"node-0",
"containers":[{"name":"one","image":"i"},{"name":"two","image":"i"}]}})";
}

} // namespace

// A fleet over two real clusters, whose node agents serve log files.
class TestGatheringReal : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void followsADeploymentWhileItsPodsAreReplaced();
    void aBurstArrivesWholeAndInOrder();

private:
    static Cluster& cluster(const std::string& name) { return testbed::Testbed::instance().cluster(name); }
    template <typename Condition>
    bool until(Condition condition, int ms = 90000) {
        QElapsedTimer timer;
        timer.start();
        while (!condition()) {
            if (timer.elapsed() > ms)
                return false;
            (void)m_home.runFor(20);
        }
        return true;
    }
    static std::set<std::string> pods(const std::string& where) {
        const testbed::Ran ran =
            cluster(where).kubectl({"-n", "team-a", "get", "pods", "-l", "app=shop", "-o",
                                    "jsonpath={range .items[?(@.status.phase==\"Running\")]}{.metadata.name} {end}"});
        std::set<std::string> names;
        for (const QByteArray& name : QByteArray::fromStdString(ran.out).split(' ')) {
            if (!name.isEmpty())
                names.insert(name.toStdString());
        }
        return names;
    }
    static std::ofstream file(const std::string& where, const std::string& pod, const std::string& container) {
        const std::filesystem::path path = cluster(where).logFolder() / "team-a" / pod / (container + ".log");
        std::filesystem::create_directories(path.parent_path());
        return std::ofstream(path, std::ios::binary | std::ios::app);
    }
    /// Numbered lines of one pod; what was written is remembered.
    void write(const std::string& where, const std::string& pod, int count) {
        std::ofstream out = file(where, pod, "main");
        int& next = m_written[where + '/' + pod];
        for (int i = 0; i < count; ++i)
            out << stamp() << " stdout F " << where << '/' << pod << ' ' << next++ << '\n';
    }
    [[nodiscard]] std::map<std::string, int> arrived() const;

    QTemporaryDir m_folder;
    base::ManualExecutor m_home;
    base::ThreadPool m_pool{2};
    base::SystemClock m_clock;
    base::SystemTimers m_timers;
    net::Engine m_engine;
    std::unique_ptr<fleet::Settings> m_settings;
    std::unique_ptr<fleet::Fleet> m_fleet;
    std::map<std::string, int> m_written;
    std::shared_ptr<logs::LogStore> m_store;
};

void TestGatheringReal::initTestCase() {
    TESTBED_UP({"north", "south"});
    m_settings = std::make_unique<fleet::Settings>(m_folder.filePath("settings.json").toStdString());
    fleet::FleetEnvironment environment;
    environment.engine = &m_engine;
    environment.home = &m_home;
    environment.decodePool = &m_pool;
    environment.clock = &m_clock;
    environment.timers = &m_timers;
    environment.settings = m_settings.get();
    environment.kubeconfigs = {testbed::Testbed::instance().kubeconfig().string()};
    m_fleet = std::make_unique<fleet::Fleet>(std::move(environment));
    for (const char* name : {"north", "south"}) {
        const testbed::Ran made = cluster(name).kubectl({"apply", "-f", "-"}, deployment());
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        const fleet::ClusterId id = m_fleet->byContext(std::string(name) + "-admin");
        m_fleet->connect(id, std::string(name) + "-admin");
    }
    for (const char* name : {"north", "south"}) {
        QVERIFY(until([&] { return m_fleet->kinds(m_fleet->byContext(std::string(name) + "-admin")) != nullptr; }));
        QVERIFY(until([&] { return pods(name).size() == 3; }));
    }
}

void TestGatheringReal::cleanupTestCase() {
    m_fleet.reset();
}

/// The lines of each pod, of which each is the next one; -1 where one is not.
std::map<std::string, int> TestGatheringReal::arrived() const {
    std::map<std::string, int> next;
    for (const logs::LogRow& row : m_store->read(m_store->firstRow(), m_store->endRow())) {
        const std::size_t blank = row.text.find(' ');
        int& number = next[row.text.substr(0, blank)];
        if (number >= 0 && row.text.substr(blank + 1) != std::to_string(number))
            number = -1;
        else
            ++number;
    }
    return next;
}

void TestGatheringReal::followsADeploymentWhileItsPodsAreReplaced() {
    logs::StoreOptions options;
    options.folder = m_folder.filePath("store").toStdString();
    m_store = std::make_shared<logs::LogStore>(options);
    logs::GatherSpec spec;
    for (const char* name : {"north", "south"}) {
        for (const std::string& pod : pods(name))
            write(name, pod, 50);
        spec.subjects.push_back(
            {m_fleet->byContext(std::string(name) + "-admin"), "team-a", "deployments.apps", "shop"});
    }
    logs::LogGathering gathering({m_fleet.get(), &m_home, &m_pool, &m_clock, &m_timers}, std::move(spec), m_store);
    QVERIFY(until([&] { return gathering.isSettled() && m_store->endRow() == 300; }));
    for (int round = 0; round < 3; ++round) {
        for (const char* name : {"north", "south"}) {
            const std::set<std::string> before = pods(name);
            for (const std::string& pod : before)
                write(name, pod, 20);
            QVERIFY(until([&] { return arrived() == m_written; }));
            const std::string gone = *before.begin();
            const testbed::Ran ran = cluster(name).kubectl({"-n", "team-a", "delete", "pod", gone, "--wait=false"});
            QVERIFY2(ran.exitCode == 0, ran.err.c_str());
            QVERIFY(until([&] { return pods(name).size() == 3 && !pods(name).contains(gone); }));
            for (const std::string& pod : pods(name))
                write(name, pod, 30);
        }
    }
    const bool all = until([&] { return arrived() == m_written; });
    QString difference;
    const auto came = arrived();
    for (const auto& [pod, count] : m_written) {
        if (const auto found = came.find(pod); found == came.end() || found->second != count)
            difference += QString::fromStdString(pod) + QStringLiteral(" wrote ") + QString::number(count) +
                          QStringLiteral(", came ") + QString::number(found == came.end() ? 0 : found->second) + u'\n';
    }
    QVERIFY2(all, qPrintable(difference));
    QCOMPARE(came.size(), std::size_t(12)); // three of each, and three that came later
}

void TestGatheringReal::aBurstArrivesWholeAndInOrder() {
    constexpr int kLines = 500'000; // of each container
    const testbed::Ran made = cluster("north").kubectl({"apply", "-f", "-"}, burstPod());
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    for (const char* container : {"one", "two"}) {
        std::ofstream out = file("north", "burst", container);
        for (int i = 0; i < kLines; ++i) {
            if (i % 1000 == 0)
                out.flush();
            out << "2026-01-31T06:00:" << 10 + i / (kLines / 40) << '.' << 100'000'000 + i << "Z stdout F " << container
                << ' ' << i << " handled an order of a customer somewhere in the shop\n";
        }
    }
    const testbed::Ran ready = cluster("north").kubectl(
        {"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/burst", "--timeout=60s"});
    QVERIFY2(ready.exitCode == 0, ready.err.c_str());
    logs::StoreOptions options;
    options.folder = m_folder.filePath("store").toStdString();
    m_store = std::make_shared<logs::LogStore>(options);
    logs::GatherSpec spec;
    spec.subjects = {{m_fleet->byContext("north-admin"), "team-a", "pods", "burst"}};
    QElapsedTimer timer;
    timer.start();
    logs::LogGathering gathering({m_fleet.get(), &m_home, &m_pool, &m_clock, &m_timers}, std::move(spec), m_store);
    QVERIFY(until([&] { return m_store->endRow() == 2 * kLines; }));
    qInfo() << "a burst of" << 2 * kLines << "lines came in" << timer.elapsed() << "ms";
    std::map<logs::SourceId, int> next;
    for (logs::Row at = 0; at < m_store->endRow();) {
        for (const logs::LogRow& row : m_store->read(at, 10'000)) {
            const std::string expected =
                m_store->source(row.source).container + ' ' + std::to_string(next[row.source]++) + ' ';
            QVERIFY2(row.text.starts_with(expected), (row.text + " is not " + expected).c_str());
            at = row.row + 1;
        }
    }
    QCOMPARE(next.size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(TestGatheringReal)
#include "tst_gathering_real.moc"
