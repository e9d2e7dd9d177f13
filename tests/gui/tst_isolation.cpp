// SPDX-License-Identifier: GPL-3.0-or-later
// Nine real clusters in the whole program, and a tenth that is broken in every way there is: what happens in the nine
// is seen as soon as ever, the window stays awake, and the tenth says what is wrong with it.
#include "app/quarterdeck/application.h"
#include "core/fleet/fleet.h"
#include "tests/gui/event_meter.h"
#include "tests/support/faulty_api.h"
#include "tests/support/silent_name_server.h"
#include "tests/support/testbed.h"
#include "ui/browser/object_table_model.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

using base::ErrorCode;
using fleet::Health;
using testbed::Cluster;
using testbed::Server;
using testsupport::Befallen;
using testsupport::LyingServer;
using Greeting = LyingServer::Greeting;

namespace fault = testsupport::fault;

namespace {

constexpr int kPatience = 60000;
constexpr std::size_t kReal = 9;
constexpr std::size_t kWave = 3; // Servers that start side by side on two cores.
constexpr int kPodsEach = 40;
constexpr std::chrono::milliseconds kSpan(4000);

// What is promised; with sanitizers everything takes several times as long.
#ifdef QUARTERDECK_SANITIZED
constexpr double kMostMs = 1500;
constexpr double kMostGapMs = 400;
#else
constexpr double kMostMs = 300;
constexpr double kMostGapMs = 50;
#endif
constexpr int kRounds = 3;

/// What the tenth cluster is like.
struct Tenth {
    std::string name; ///< Its context's, too.
    std::string url;
    std::optional<ErrorCode> code; ///< What is wrong with it; nothing for a cluster that is well.
    std::string words;             ///< In what it says of that.
    const char* sentence = "";     ///< In its row of the Fleet page.
    Health health = Health::Away;
    std::string plugin; ///< How its user signs in; empty: with a token.
    std::shared_ptr<void> server;
};

std::int64_t cpuTicks(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string skipped;
    std::int64_t user = 0;
    std::int64_t system = 0;
    for (int i = 0; i < 11; ++i)
        fields >> skipped;
    fields >> user >> system;
    return user + system;
}

long residentMb(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    long total = 0;
    long resident = 0;
    file >> total >> resident;
    return resident * ::sysconf(_SC_PAGESIZE) >> 20;
}

std::string realName(std::size_t index) {
    return "real-" + std::to_string(index + 1);
}

} // namespace

class TestIsolation : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void nineGoOn_data();
    void nineGoOn();

private:
    void bringUpNine();
    void makeTenths();
    void add(Tenth tenth) { m_tenths.push_back(std::move(tenth)); }
    void addGreeting(const char* name, Greeting greeting, ErrorCode code, const char* words, const char* sentence);
    void addApi(const char* name, Befallen what, testsupport::Script script, ErrorCode code, const char* words,
                const char* sentence, Health health = Health::Away);
    void addPlugin();
    void writeKubeconfig() const;
    void startProgram();
    void sayCosts() const;
    EventMeter::Figures measureBeside(fleet::ClusterId tenth);
    [[nodiscard]] bool says(const Tenth& tenth) const;
    [[nodiscard]] QString toldOf(const Tenth& tenth) const;
    [[nodiscard]] QString rowOfFleetPage(const std::string& context) const;
    [[nodiscard]] std::string file(const char* name) const {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    [[nodiscard]] const fleet::ClusterInfo& info(const std::string& context) const {
        return m_program->fleet()->cluster(m_program->fleet()->byContext(context));
    }
    [[nodiscard]] const ui::ObjectTableModel* model() const;
    void open(const char* page) {
        ui::PageTarget target;
        target.page = QString::fromLatin1(page);
        m_program->window()->open(target);
    }

    QTemporaryDir m_folder;
    std::vector<Tenth> m_tenths;
    std::unique_ptr<app::Application> m_program;
    std::unique_ptr<EventMeter> m_meter;
};

void TestIsolation::bringUpNine() {
    QElapsedTimer timer;
    timer.start();
    testbed::ClusterOptions options;
    options.beside = testbed::Beside::Nothing;
    for (std::size_t first = 0; first < kReal; first += kWave) {
        std::vector<std::string> names;
        for (std::size_t i = first; i < std::min(first + kWave, kReal); ++i)
            names.push_back(realName(i));
        const std::string failed = testbed::Testbed::instance().up(names, options);
        QVERIFY2(failed.empty(), failed.c_str());
        for (const std::string& name : names)
            QCOMPARE(testbed::Testbed::instance().cluster(name).fillWithPods(kPodsEach), std::string());
    }
    qInfo("%zu API servers came up in %.1f s", kReal, static_cast<double>(timer.elapsed()) / 1000);
}

void TestIsolation::addGreeting(const char* name, Greeting greeting, ErrorCode code, const char* words,
                                const char* sentence) {
    LyingServer::Options options;
    options.greeting = greeting;
    auto server = std::make_shared<LyingServer>(options, testsupport::Script());
    Tenth tenth;
    tenth.name = name;
    tenth.url = server->url();
    tenth.code = code;
    tenth.words = words;
    tenth.sentence = sentence;
    tenth.server = std::move(server);
    add(std::move(tenth));
}

void TestIsolation::addApi(const char* name, Befallen what, testsupport::Script script, ErrorCode code,
                           const char* words, const char* sentence, Health health) {
    std::shared_ptr<LyingServer> server = testsupport::faultyApi(what, std::move(script));
    Tenth tenth;
    tenth.name = name;
    tenth.url = server->url();
    tenth.code = code;
    tenth.words = words;
    tenth.sentence = sentence;
    tenth.health = health;
    tenth.server = std::move(server);
    add(std::move(tenth));
}

// A program that waits for a pipe into which nobody writes.
void TestIsolation::addPlugin() {
    QCOMPARE(::mkfifo(file("pipe").c_str(), 0600), 0);
    std::ofstream(file("sign-in-slowly"))
        << "#!/bin/sh\necho $$ > '" << file("plugin-pid") << "'\nread -r answer < '" << file("pipe") << "'\n";
    std::filesystem::permissions(file("sign-in-slowly"), std::filesystem::perms::owner_all);
    std::shared_ptr<LyingServer> server = testsupport::faultyApi(Befallen::Nothing);
    Tenth tenth;
    tenth.name = "hanging plugin";
    tenth.url = server->url();
    tenth.words = tenth.sentence = "sign-in-slowly";
    tenth.health = Health::Connecting;
    tenth.plugin = file("sign-in-slowly");
    tenth.server = std::move(server);
    add(std::move(tenth));
}

void TestIsolation::makeTenths() {
    addApi("well", Befallen::Nothing, {}, {}, "", "Live", Health::Live);
    m_tenths.back().code.reset();
    addApi("tarpit", Befallen::Everything, fault::tarpit, ErrorCode::TimedOut, "no complete answer", "No answer");
    const auto refusing = std::make_shared<testsupport::RefusingPort>();
    const auto silent = std::make_shared<testsupport::SilentPort>();
    const auto at = [](int port) { return "https://127.0.0.1:" + std::to_string(port); };
    add({"refusing", at(refusing->port()), ErrorCode::Refused, "refused", "refused", Health::Away, {}, refusing});
    addGreeting("resetting", Greeting::Reset, ErrorCode::Unreachable, "reset", "cut");
    add({"dropping", at(silent->port()), ErrorCode::TimedOut, "no connection", "No answer", Health::Away, {}, silent});
    add({"silent name server",
         "https://silent-name-server.test:6443",
         ErrorCode::NameResolution,
         "name server",
         "Host name",
         Health::Away,
         {},
         {}});
    addPlugin();
    addGreeting("half a TLS record", Greeting::HalfRecord, ErrorCode::Tls, "TLS handshake", "TLS");
    addGreeting("half a TLS record, then silence", Greeting::HalfSilent, ErrorCode::TimedOut, "TLS handshake",
                "No answer");
    addApi("401", Befallen::Everything, fault::status(401, "Unauthorized"), ErrorCode::Unauthorized, "as told",
           "Credentials", Health::SignIn);
    addApi("403", Befallen::Everything, fault::status(403, "Forbidden"), ErrorCode::Forbidden, "as told", "Not allowed",
           Health::SignIn);
    addApi("410", Befallen::Everything, fault::status(410, "Gone"), ErrorCode::Gone, "as told", "no longer");
    addApi("429 with Retry-After", Befallen::Everything, fault::status(429, "TooManyRequests", 3), ErrorCode::Throttled,
           "", "slow down");
    addApi("500", Befallen::Everything, fault::status(500, "InternalError"), ErrorCode::ServerFailure, "as told",
           "HTTP 500");
    addApi("truncated JSON", Befallen::Everything, fault::truncatedJson, ErrorCode::BadResponse, "", "not Kubernetes");
    addApi("garbage", Befallen::Everything, fault::garbage, ErrorCode::BadResponse, "", "not Kubernetes");
    addGreeting("garbage instead of TLS", Greeting::Garbage, ErrorCode::Tls, "does not speak TLS", "TLS");
    addApi("a line of 1 GB", Befallen::Everything, fault::endlessLine, ErrorCode::BadResponse, "allowed",
           "not Kubernetes");
    // The same below a surface that is well: what is watched says so.
    addApi("403 for lists", Befallen::Lists, fault::status(403, "Forbidden"), ErrorCode::Forbidden, "as told",
           "may not list", Health::Degraded);
    addApi("429 for lists", Befallen::Lists, fault::status(429, "TooManyRequests", 2), ErrorCode::Throttled, "",
           "slow down", Health::Degraded);
    addApi("500 for lists", Befallen::Lists, fault::status(500, "InternalError"), ErrorCode::ServerFailure, "as told",
           "HTTP 500", Health::Degraded);
    addApi("truncated JSON in lists", Befallen::Lists, fault::truncatedJson, ErrorCode::BadResponse, "",
           "not Kubernetes", Health::Degraded);
    addApi("a line of 1 GB in lists", Befallen::Lists, fault::endlessLine, ErrorCode::BadResponse, "", "not Kubernetes",
           Health::Degraded);
    addApi("410 for watches", Befallen::Watches, fault::status(410, "Expired"), ErrorCode::Gone, "as told", "no longer",
           Health::Degraded);
    addApi("garbage in watches", Befallen::Watches, fault::garbage, ErrorCode::BadResponse, "", "not Kubernetes",
           Health::Degraded);
    addApi("a line of 1 GB in watches", Befallen::Watches, fault::endlessLine, ErrorCode::BadResponse, "MiB",
           "not Kubernetes", Health::Degraded);
}

void TestIsolation::writeKubeconfig() const {
    std::ofstream out(file("tenths"));
    out << "apiVersion: v1\nkind: Config\nclusters:\n";
    for (const Tenth& tenth : m_tenths)
        out << "- {name: '" << tenth.name << "', cluster: {server: '" << tenth.url
            << "', insecure-skip-tls-verify: true}}\n";
    out << "users:\n- {name: somebody, user: {token: t}}\n";
    for (const Tenth& tenth : m_tenths) {
        if (!tenth.plugin.empty())
            out << "- {name: '" << tenth.name
                << "', user: {exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '"
                << tenth.plugin << "'}}}\n";
    }
    out << "contexts:\n";
    for (const Tenth& tenth : m_tenths)
        out << "- {name: '" << tenth.name << "', context: {cluster: '" << tenth.name << "', user: '"
            << (tenth.plugin.empty() ? "somebody" : tenth.name) << "'}}\n";
}

void TestIsolation::startProgram() {
    qputenv("QUARTERDECK_HOME", m_folder.filePath(QStringLiteral("home")).toLocal8Bit());
    qputenv("KUBECONFIG",
            QByteArray::fromStdString(testbed::Testbed::instance().kubeconfig().string() + ":" + file("tenths")));
    app::Options options;
    for (std::size_t i = 0; i < kReal; ++i)
        options.contexts.append(QString::fromStdString(realName(i) + "-admin"));
    options.page = QStringLiteral("fleet");
    options.kind = QStringLiteral("pods");
    options.theme = QStringLiteral("dark");
    options.language = QStringLiteral("en");
    options.size = QSize(1440, 900);
    m_program = std::make_unique<app::Application>(options);
    m_program->start();
    QVERIFY(m_program->window());
    QVERIFY(QTest::qWaitForWindowExposed(m_program->window()));
    m_program->window()->scope().setClusters({}); // All that are connected: the tenth, too.
    ui::PageTarget pods;
    pods.page = QStringLiteral("browser");
    pods.kind = QStringLiteral("pods");
    m_program->window()->open(pods);
    QTRY_COMPARE_WITH_TIMEOUT(model() != nullptr ? model()->rowCount() : 0, int(kReal) * kPodsEach, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_program->window()->isSettled(), kPatience);
}

const ui::ObjectTableModel* TestIsolation::model() const {
    for (auto* table : m_program->window()->findChildren<QTableView*>(QStringLiteral("objectTable"))) {
        if (table->isVisible())
            return qobject_cast<const ui::ObjectTableModel*>(table->model());
    }
    return nullptr;
}

// What nine servers cost that nobody asks anything, and the program that watches them.
void TestIsolation::sayCosts() const {
    std::int64_t before = 0;
    std::int64_t after = 0;
    long memory = 0;
    const auto sum = [](std::int64_t& ticks) {
        for (std::size_t i = 0; i < kReal; ++i) {
            Cluster& cluster = testbed::Testbed::instance().cluster(realName(i));
            ticks += cpuTicks(cluster.pid(Server::Etcd)) + cpuTicks(cluster.pid(Server::ApiServer));
        }
    };
    for (std::size_t i = 0; i < kReal; ++i) {
        Cluster& cluster = testbed::Testbed::instance().cluster(realName(i));
        memory += residentMb(cluster.pid(Server::Etcd)) + residentMb(cluster.pid(Server::ApiServer));
    }
    const std::int64_t ours = cpuTicks(::getpid());
    sum(before);
    QEventLoop loop;
    constexpr int spanMs = 4000;
    QTimer::singleShot(spanMs, &loop, &QEventLoop::quit);
    loop.exec();
    sum(after);
    const double ticks = static_cast<double>(::sysconf(_SC_CLK_TCK)) * spanMs / 1000;
    qInfo("idle: %zu servers %.0f %% of a core and %ld MB; the program with their pods open %.1f %% and %ld MB", kReal,
          100 * static_cast<double>(after - before) / ticks, memory,
          100 * static_cast<double>(cpuTicks(::getpid()) - ours) / ticks, residentMb(::getpid()));
}

void TestIsolation::initTestCase() {
    if (const std::string why = testbed::Testbed::whyNot(); !why.empty())
        QSKIP(("no test bed: " + why).c_str());
    bringUpNine();
    if (QTest::currentTestFailed())
        return;
    makeTenths();
    writeKubeconfig();
    startProgram();
    if (QTest::currentTestFailed())
        return;
    std::vector<EventMeter::Target> targets;
    for (std::size_t i = 0; i < kReal; ++i)
        targets.push_back({&testbed::Testbed::instance().cluster(realName(i)),
                           m_program->fleet()->byContext(realName(i) + "-admin")});
    m_meter = std::make_unique<EventMeter>(targets, *model());
    sayCosts();
    m_meter->measure(kSpan / 4); // Connections and caches of all who take part.
}

void TestIsolation::cleanupTestCase() {
    m_meter.reset();
    m_program.reset();
    testsupport::SilentNameServer::answer();
    QTRY_COMPARE(testsupport::SilentNameServer::hanging(), 0);
}

QString TestIsolation::rowOfFleetPage(const std::string& context) const {
    const auto* table = m_program->window()->findChild<QTableView*>(QStringLiteral("clusterTable"));
    for (int row = 0; table != nullptr && row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == QString::fromStdString(context))
            return table->model()->index(row, 1).data().toString();
    }
    return {};
}

// Of the cluster itself, or of what it brings to the table.
bool TestIsolation::says(const Tenth& tenth) const {
    const fleet::ClusterInfo& cluster = info(tenth.name);
    if (cluster.health != tenth.health)
        return false;
    if (!tenth.code)
        return cluster.why.find(tenth.words) != std::string::npos;
    const auto holds = [&](const std::optional<base::Error>& error) {
        return error && error->code == *tenth.code && error->message.find(tenth.words) != std::string::npos;
    };
    if (holds(cluster.error))
        return true;
    const std::vector<fleet::ViewPart>& parts = model()->view()->parts();
    const auto part =
        std::find_if(parts.begin(), parts.end(), [&](const auto& one) { return one.cluster == cluster.id; });
    return part != parts.end() && holds(part->error);
}

QString TestIsolation::toldOf(const Tenth& tenth) const {
    const fleet::ClusterInfo& cluster = info(tenth.name);
    QString text = QStringLiteral("health %1, %2").arg(int(cluster.health)).arg(QString::fromStdString(cluster.why));
    for (const fleet::ViewPart& part : model()->view()->parts()) {
        if (part.cluster == cluster.id)
            text += QStringLiteral("; part in phase %1, %2")
                        .arg(int(part.phase))
                        .arg(QString::fromStdString(part.error ? part.error->message : "no error"));
    }
    return text;
}

// While the tenth is asked for. Others who use the machine may spoil a round; what is the program's own shows in each.
EventMeter::Figures TestIsolation::measureBeside(fleet::ClusterId tenth) {
    EventMeter::Figures figures;
    for (int round = 0; round < kRounds; ++round) {
        if (round > 0)
            m_program->fleet()->disconnect(tenth);
        m_program->fleet()->connect(tenth);
        figures = m_meter->measure(kSpan);
        qInfo("%zu events: p50 %.0f, p99 %.0f, longest %.0f ms (%s); longest gap %.1f ms, %.1f of them waiting for a "
              "processor, the machine's own %.1f ms; longest but for such waiting %.1f ms",
              figures.events, figures.p50, figures.p99, figures.longest, figures.slowest.c_str(), figures.gap,
              figures.gapWaited, figures.machineGap, figures.ownGap);
        if (figures.p99 < kMostMs && figures.ownGap < kMostGapMs)
            break;
    }
    return figures;
}

void TestIsolation::nineGoOn_data() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < m_tenths.size(); ++i)
        QTest::newRow(m_tenths[i].name.c_str()) << int(i);
}

void TestIsolation::nineGoOn() {
    QFETCH(int, index);
    const Tenth& tenth = m_tenths[std::size_t(index)];
    const fleet::ClusterId id = m_program->fleet()->byContext(tenth.name);
    const long memoryMb = residentMb(::getpid());
    const EventMeter::Figures figures = measureBeside(id);
    QTRY_VERIFY2_WITH_TIMEOUT(says(tenth), qPrintable(toldOf(tenth)), 15000);
    const QString told = toldOf(tenth);
    const long grownMb = residentMb(::getpid()) - memoryMb;
    open("fleet");
    QTRY_VERIFY2_WITH_TIMEOUT(rowOfFleetPage(tenth.name).contains(QLatin1String(tenth.sentence)),
                              qPrintable(rowOfFleetPage(tenth.name)), 5000);
    qInfo("it says: %s; and why: %s", qPrintable(rowOfFleetPage(tenth.name)), qPrintable(told));
    m_program->fleet()->disconnect(id);
    open("browser");
    if (!tenth.plugin.empty()) {
        // Nobody waits for the plugin any more, so it is ended.
        pid_t pid = 0;
        std::ifstream(file("plugin-pid")) >> pid;
        QVERIFY(pid > 0);
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0 && errno == ESRCH, 5000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(model() != nullptr && model()->rowCount() >= int(kReal) * kPodsEach, true, kPatience);
    for (std::size_t i = 0; i < kReal; ++i) {
        const fleet::ClusterInfo& real = info(realName(i) + "-admin");
        QVERIFY2(real.health == Health::Live || real.health == Health::Degraded, real.why.c_str());
    }
    QCOMPARE(figures.refused, std::size_t(0));
    QCOMPARE(figures.lost, std::size_t(0));
    QVERIFY2(figures.events > 60, std::to_string(figures.events).c_str());
    QVERIFY2(figures.p99 < kMostMs, std::to_string(figures.p99).c_str());
    QVERIFY2(figures.ownGap < kMostGapMs, std::to_string(figures.ownGap).c_str());
    QVERIFY2(grownMb < 300, std::to_string(grownMb).c_str());
}

QTEST_MAIN(TestIsolation)
#include "tst_isolation.moc"
