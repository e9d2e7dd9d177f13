// SPDX-License-Identifier: GPL-3.0-or-later
// Port-forwards over real servers: what they speak, and qdctl beside kubectl on the same port.
#include "core/base/clock.h"
#include "core/fleet/settings.h"
#include "core/fleet/write_rules.h"
#include "core/kube/auth/credential_store.h"
#include "core/kube/config/endpoint.h"
#include "core/kube/forward/forward_stream.h"
#include "core/kube/live_transport.h"
#include "tests/core/change/qdctl_bench.h"
#include "tests/support/local_client.h"
#include "tests/support/lying_server.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using testbed::Cluster;
using testsupport::LocalClient;
using testsupport::LyingServer;

namespace {

constexpr const char* kTunnel = "SPDY/3.1+portforward.k8s.io";
constexpr const char* kChannels = "v4.channel.k8s.io";

// Says back what it heard once the client has said all: an end of one way has to come through.
void answerAtTheEnd(const testsupport::Exchange&, testsupport::Wire& wire) {
    std::string all;
    for (std::string more = wire.read(); !more.empty(); more = wire.read())
        all += more;
    wire.write("heard " + std::to_string(all.size()) + " bytes: " + all);
    wire.close();
}

// Says back each piece at once.
void echo(const testsupport::Exchange&, testsupport::Wire& wire) {
    for (std::string more = wire.read(); !more.empty(); more = wire.read())
        wire.write(more);
    wire.close();
}

LyingServer::Options raw() {
    LyingServer::Options options;
    options.speech = LyingServer::Speech::Raw;
    return options;
}

std::string objects(int port) {
    const std::string number = std::to_string(port);
    const std::string container = R"({"name":"main","image":"i","ports":[{"name":"http","containerPort":)" + number +
                                  R"(},{"name":"dns","containerPort":53,"protocol":"UDP"}]})";
    return R"({"apiVersion":"v1","kind":"List","items":[
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"team-a","labels":{"app":"solo"}},"spec":
  {"nodeName":"node-0","containers":[)" +
           container + R"(]}},
{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop","namespace":"team-a"},"spec":{"replicas":3,
  "selector":{"matchLabels":{"app":"shop"}},"template":{"metadata":{"labels":{"app":"shop"}},"spec":{"containers":[)" +
           container + R"(]}}}},
{"apiVersion":"v1","kind":"Service","metadata":{"name":"door","namespace":"team-a"},"spec":{"selector":{"app":"shop"},
  "ports":[{"name":"web","port":80,"targetPort":"http"}]}}]})";
}

/// A program that forwards a port.
class Forwarder {
public:
    Forwarder(std::vector<std::string> command, const QString& log)
        : m_log(log) {
        QFile::remove(m_log);
        m_process.start(command, m_log.toStdString());
    }
    [[nodiscard]] QByteArray output() const {
        QFile file(m_log);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// The first local port that it says; 0: it ended before.
    int port() {
        const QRegularExpression line(QStringLiteral("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> "));
        int found = 0;
        QdctlBench::until([&] {
            found = line.match(QString::fromUtf8(output())).captured(1).toInt();
            return found != 0 || !m_process.isRunning();
        });
        return found;
    }
    bool isRunning() { return m_process.isRunning(); }
    bool says(const QByteArray& text) {
        return QdctlBench::until([&] { return output().contains(text); }, 30000);
    }

private:
    QString m_log;
    testbed::ChildProcess m_process;
};

} // namespace

class TestForwardReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        TESTBED_UP({"north"});
        testbed::ClusterOptions old;
        old.version = testbed::ApiVersion::Oldest;
        const std::string failed = testbed::Testbed::instance().up({"south"}, old);
        QVERIFY2(failed.empty(), failed.c_str());
        for (const char* name : {"north", "south"}) {
            const testbed::Ran made = cluster(name).kubectl({"apply", "-f", "-"}, objects(m_echo.port()));
            QVERIFY2(made.exitCode == 0, made.err.c_str());
            QVERIFY(QdctlBench::until([&] { return readyPods(name).size() == 4; }));
        }
    }

    void serversSpeak_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("offered");
        QTest::addColumn<bool>("endsOneWay");
        for (const char* name : {"north", "south"}) {
            QTest::addRow("%s: tunnel", name) << QString(name) << QStringList{kTunnel} << true;
            QTest::addRow("%s: channels", name) << QString(name) << QStringList{kChannels} << false;
            QTest::addRow("%s: both", name) << QString(name) << QStringList{kTunnel, kChannels} << true;
        }
    }
    void serversSpeak() {
        QFETCH(QString, name);
        QFETCH(QStringList, offered);
        QFETCH(bool, endsOneWay);
        kube::ForwardStreamSpec spec;
        spec.ns = "team-a";
        spec.pod = "web";
        spec.port = static_cast<std::uint16_t>(m_echo.port());
        spec.protocols.clear();
        for (const QString& protocol : offered)
            spec.protocols.push_back(protocol.toStdString());
        base::ManualExecutor home;
        bool isOpen = false;
        bool hasEnded = false;
        std::string got;
        std::unique_ptr<kube::ForwardStream> stream;
        std::optional<base::Result<void>> closed;
        kube::ForwardStreamSink sink;
        sink.opened = [&] { isOpen = true; };
        sink.data = [&](std::string_view bytes) { got += bytes; };
        sink.arrived = [&](std::size_t size) { stream->handled(size); };
        sink.ended = [&] { hasEnded = true; };
        sink.closed = [&](base::Result<void> result) { closed = std::move(result); };
        const auto until = [&](const auto& condition) {
            return QdctlBench::until([&] {
                home.runPending();
                return condition() || closed;
            });
        };
        stream = kube::ForwardStream::open(transport(name), spec, home, std::move(sink));
        QVERIFY(until([&] { return isOpen; }));
        QVERIFY2(isOpen, closed && !*closed ? closed->error().message.c_str() : "closed");
        QCOMPARE(stream->write("hello"), std::size_t(5));
        QVERIFY(until([&] { return got == "hello"; }));
        QCOMPARE(got, std::string("hello"));
        QCOMPARE(stream->closeWriting(), endsOneWay);
        if (!endsOneWay)
            return;
        QVERIFY(until([&] { return closed.has_value(); }));
        QVERIFY(hasEnded);
        QVERIFY2(*closed, closed->error().message.c_str());
    }

    void sameAsKubectl_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("port");
        for (const char* name : {"north", "south"}) {
            QTest::addRow("%s: pod by name", name) << QString(name) << "web" << ":http";
            QTest::addRow("%s: service", name) << QString(name) << "svc/door" << ":80";
            QTest::addRow("%s: service's named port", name) << QString(name) << "service/door" << ":web";
            QTest::addRow("%s: deployment", name) << QString(name) << "deploy/shop" << ":http";
        }
    }
    void sameAsKubectl() {
        QFETCH(QString, name);
        QFETCH(QString, target);
        QFETCH(QString, port);
        const std::vector<std::string> words{
            "port-forward",    "-n", "team-a", "--context", cluster(name).context(), target.toStdString(),
            port.toStdString()};
        Forwarder theirs(kubectl(words), m_folder.filePath("theirs"));
        Forwarder ours(QdctlBench::command(words), m_folder.filePath("ours"));
        std::string bytes = "GET / HTTP/1.1\r\n\r\n" + std::string(300000, '\xff') + std::string(5, '\0') + "end";
        std::vector<QString> texts;
        for (Forwarder* each : {&theirs, &ours}) {
            const int local = each->port();
            QVERIFY2(local != 0, each->output().constData());
            for (int i = 0; i < 3; ++i) {
                LocalClient client(local);
                QVERIFY(client.isConnected());
                QVERIFY(client.write(bytes));
                QVERIFY2(client.read(bytes.size()) == bytes, each->output().constData());
                client.closeWriting();
                QCOMPARE(client.readToEnd(), std::string());
                QVERIFY(!client.wasReset());
            }
            LocalClient six(local, "::1");
            QVERIFY(six.write("over six"));
            QCOMPARE(six.read(8), std::string("over six"));
            QVERIFY(each->says("Handling connection for " + QByteArray::number(local) + "\nHandling"));
            texts.push_back(QString::fromUtf8(each->output()).replace(QString::number(local), QStringLiteral("LOCAL")));
        }
        QCOMPARE(texts[1], texts[0]);
    }

    void endOfOneWayComesThrough() {
        LyingServer late(raw(), answerAtTheEnd);
        Forwarder ours(
            QdctlBench::command({"port-forward", "-n", "team-a", "pod/web", ":" + std::to_string(late.port())}),
            m_folder.filePath("ours"));
        LocalClient client(ours.port());
        QVERIFY(client.write("abc"));
        client.closeWriting();
        QCOMPARE(client.readToEnd(), std::string("heard 3 bytes: abc"));
    }

    void wrongIsSaidAsKubectlSaysIt_data() {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("port");
        QTest::newRow("no such pod") << "pod/none" << "80";
        QTest::newRow("no such port by name") << "pod/web" << ":nope";
        QTest::newRow("no such port of the service") << "svc/door" << ":81";
        QTest::newRow("no such named port of the service") << "svc/door" << ":nope";
        QTest::newRow("datagrams") << "pod/web" << ":dns";
        QTest::newRow("taken") << "pod/web" << QStringLiteral("%1:http").arg(m_echo.port());
    }
    void wrongIsSaidAsKubectlSaysIt() {
        QFETCH(QString, target);
        QFETCH(QString, port);
        const std::vector<std::string> words{
            "port-forward", "-n", "team-a", "--address", "127.0.0.1", target.toStdString(), port.toStdString()};
        const testbed::Ran theirs = testbed::run(kubectl(words));
        const testbed::Ran ours = testbed::run(QdctlBench::command(words));
        QCOMPARE(ours.exitCode, 1);
        QCOMPARE(theirs.exitCode, 1);
        QCOMPARE(ours.out, theirs.out);
        // The same sentences, behind another program's name.
        for (QString line : QString::fromStdString(theirs.err).split('\n', Qt::SkipEmptyParts)) {
            line.remove(QStringLiteral("error: ")).remove(QStringLiteral("Error from server (NotFound): "));
            QVERIFY2(ours.err.find(line.toStdString()) != std::string::npos,
                     ("theirs: " + theirs.err + "ours: " + ours.err).c_str());
        }
    }

    void closedPortIsSaid() {
        const testsupport::RefusingPort closed;
        Forwarder ours(
            QdctlBench::command({"port-forward", "-n", "team-a", "pod/web", ":" + std::to_string(closed.port())}),
            m_folder.filePath("ours"));
        const int local = ours.port();
        LocalClient client(local);
        client.write("hello");
        client.readToEnd();
        QVERIFY(client.hasEnded());
        const QByteArray text = "an error occurred forwarding " + QByteArray::number(local) + " -> " +
                                QByteArray::number(closed.port()) + ": ";
        QVERIFY2(ours.says(text), ours.output().constData());
        QVERIFY2(ours.says("connection refused"), ours.output().constData());
        QVERIFY(ours.isRunning());
    }

    // Each connection is served, whichever pods go meanwhile.
    void goesOnWhenItsPodsAreDeleted() {
        Forwarder ours(QdctlBench::command({"port-forward", "-n", "team-a", "deploy/shop", ":http"}),
                       m_folder.filePath("ours"));
        const int local = ours.port();
        QVERIFY(local != 0);
        std::vector<std::string> before = readyPods("north");
        std::erase(before, "web");
        for (int i = 0; i < 200; ++i) {
            if (i % 50 == 10 && !before.empty()) {
                cluster("north").kubectl(
                    {"-n", "team-a", "delete", "pod", before.back(), "--grace-period=0", "--force"});
                before.pop_back();
            }
            LocalClient client(local);
            const std::string said = "round " + std::to_string(i);
            QVERIFY(client.write(said));
            QVERIFY2(client.read(said.size()) == said, ours.output().constData());
        }
        QVERIFY(before.empty());
    }

    void waitsForAPod() {
        Forwarder ours(QdctlBench::command({"port-forward", "-n", "team-a", "deploy/shop", ":http"}),
                       m_folder.filePath("ours"));
        const int local = ours.port();
        QVERIFY(local != 0);
        cluster("north").kubectl({"-n", "team-a", "scale", "deploy/shop", "--replicas=0"});
        QVERIFY(QdctlBench::until([&] { return readyPods("north").size() == 1; }));
        LocalClient client(local);
        QVERIFY(client.write("patience"));
        QVERIFY2(ours.says("no pod of deployments.apps/shop is running"), ours.output().constData());
        cluster("north").kubectl({"-n", "team-a", "scale", "deploy/shop", "--replicas=1"});
        QCOMPARE(client.read(8), std::string("patience"));
    }

    void theJournalHasThoseOfProtected() {
        const QdctlBench qdctl;
        fleet::Settings settings(qdctl.folder.filePath("quarterdeck/settings.json").toStdString());
        settings.set(fleet::Setting::Protected, true,
                     fleet::uidKey(
                         cluster("north").kubectl({"get", "ns", "kube-system", "-o", "jsonpath={.metadata.uid}"}).out));
        testbed::ChildProcess process;
        QVERIFY(qdctl.start(process, {"port-forward", "-n", "team-a", "svc/door", ":80"}));
        QVERIFY2(QdctlBench::until([&] { return qdctl.log().contains("Forwarding from"); }), qdctl.log().constData());
        QByteArray line = qdctl.journal().value(0).simplified();
        QVERIFY2(line.contains(" port-forward team-a/service/door sending"), line.constData());
        process.terminate();
        line = qdctl.journal().value(0).simplified();
        QVERIFY2(line.contains(" port-forward team-a/service/door done stopped"), line.constData());
    }

private:
    static Cluster& cluster(const QString& name) { return testbed::Testbed::instance().cluster(name.toStdString()); }

    static std::vector<std::string> kubectl(const std::vector<std::string>& words) {
        std::vector<std::string> command{(testbed::Testbed::programFolder() / "kubectl").string(), "--kubeconfig",
                                         testbed::Testbed::instance().kubeconfig().string()};
        command.insert(command.end(), words.begin(), words.end());
        return command;
    }

    static std::vector<std::string> readyPods(const QString& name) {
        const testbed::Ran ran = cluster(name).kubectl(
            {"-n", "team-a", "get", "pods", "-o",
             R"(jsonpath={range .items[?(@.status.phase=="Running")]}{.metadata.name}{"\n"}{end})"});
        std::vector<std::string> pods;
        for (const QString& line : QString::fromStdString(ran.out).split('\n', Qt::SkipEmptyParts))
            pods.push_back(line.toStdString());
        return pods;
    }

    kube::Transport& transport(const QString& name) {
        std::unique_ptr<kube::LiveTransport>& made = m_transports[name.toStdString()];
        if (!made) {
            const auto config = kube::Kubeconfig::load(
                kube::KubeconfigSources::explicitFile(testbed::Testbed::instance().kubeconfig().string()));
            const kube::ContextEntry& entry = *config.context(cluster(name).context());
            const auto endpoint = kube::endpointOf(config, entry);
            const auto credentials = m_credentials.credentialsFor(config, entry);
            made = std::make_unique<kube::LiveTransport>(m_engine, std::make_shared<const net::Endpoint>(*endpoint),
                                                         *credentials);
        }
        return *made;
    }

    QTemporaryDir m_folder;
    LyingServer m_echo{raw(), echo};
    base::SystemClock m_clock;
    base::ThreadPool m_pool{1};
    net::Engine m_engine;
    kube::CredentialStore m_credentials{m_engine, m_pool, m_clock, {}};
    std::map<std::string, std::unique_ptr<kube::LiveTransport>> m_transports;
};

QTEST_GUILESS_MAIN(TestForwardReal)
#include "tst_forward_real.moc"
