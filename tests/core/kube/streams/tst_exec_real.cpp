// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/kube/auth/credential_store.h"
#include "core/kube/config/endpoint.h"
#include "tests/core/kube/streams/session.h"
#include "tests/support/testbed.h"

#include <QtTest>

#include <signal.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

using kube::RemoteCommandSpec;
using testbed::Cluster;
using testbed::Server;

namespace {

constexpr const char* kPod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"team-a"},"spec":
    {"nodeName":"node-0","containers":[{"name":"main","image":"shell","stdin":true,"tty":true},
    {"name":"side","image":"shell","stdin":true}]}})";

RemoteCommandSpec running(std::vector<std::string> command, bool hasInput = false) {
    RemoteCommandSpec spec;
    spec.ns = "team-a";
    spec.pod = "web";
    spec.container = "main";
    spec.command = std::move(command);
    spec.hasInput = hasInput;
    return spec;
}

std::string patterned(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t state = 1;
    for (char& byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

} // namespace

class TestExecReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        TESTBED_UP({"north"});
        testbed::ClusterOptions old;
        old.version = testbed::ApiVersion::Oldest;
        const std::string failed = testbed::Testbed::instance().up({"south"}, old);
        QVERIFY2(failed.empty(), failed.c_str());
        for (const char* name : {"north", "south"}) {
            Cluster& cluster = testbed::Testbed::instance().cluster(name);
            const testbed::Ran made = cluster.kubectl({"apply", "-f", "-"}, kPod);
            QVERIFY2(made.exitCode == 0, made.err.c_str());
            const testbed::Ran ready = cluster.kubectl(
                {"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/web", "--timeout=60s"});
            QVERIFY2(ready.exitCode == 0, ready.err.c_str());
        }
    }

    void exitCodesAreKubectls_data() {
        QTest::addColumn<QString>("cluster");
        QTest::addColumn<QString>("script");
        for (const char* name : {"north", "south"}) {
            for (const char* script : {"true", "exit 1", "exit 3", "exit 255", "echo out; echo err >&2; exit 7",
                                       "sh -c 'kill -9 $$'", "nonsense-that-is-not-there"})
                QTest::addRow("%s: %s", name, script) << QString::fromLatin1(name) << QString::fromLatin1(script);
        }
    }
    void exitCodesAreKubectls() {
        QFETCH(QString, cluster);
        QFETCH(QString, script);
        Cluster& server = testbed::Testbed::instance().cluster(cluster.toStdString());
        const testbed::Ran theirs =
            server.kubectl({"-n", "team-a", "exec", "web", "-c", "main", "--", "sh", "-c", script.toStdString()});
        Session session(transport(server), running({"sh", "-c", script.toStdString()}), m_home);
        QVERIFY(session.untilEnded());
        QVERIFY2(*session.end, qPrintable(session.how()));
        // A process has eight bits of it.
        QCOMPARE((*session.end)->exitCode & 0xFF, theirs.exitCode);
        QCOMPARE(session.output, theirs.out);
        QVERIFY2(theirs.err.starts_with(session.errorOutput), theirs.err.c_str());
    }

    void inputGoesThroughToItsEnd_data() {
        QTest::addColumn<QString>("cluster");
        QTest::newRow("newest") << "north";
        QTest::newRow("oldest") << "south";
    }
    void inputGoesThroughToItsEnd() {
        QFETCH(QString, cluster);
        const std::string bytes = patterned(10'000'000);
        Session session(transport(testbed::Testbed::instance().cluster(cluster.toStdString())), running({"cat"}, true),
                        m_home, bytes);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(session.untilEnded());
        qInfo("10 MB there and back in %lld ms", timer.elapsed());
        QCOMPARE(session.how(), QStringLiteral("exit code 0"));
        QVERIFY(session.inputCouldBeClosed);
        QCOMPARE(session.output.size(), bytes.size());
        QVERIFY(session.output == bytes);
    }

    void terminalHasTheSizeGiven() {
        RemoteCommandSpec spec = running({"sh"}, true);
        spec.terminal = RemoteCommandSpec::Terminal::Wanted;
        Session session(transport(), spec, m_home);
        session.command->resize({132, 43});
        const auto sizeIs = [&](const std::string& size) {
            std::size_t answered = session.output.size();
            session.type("stty size\n");
            return session.until([&] {
                if (session.output.find(size + "\r\n", answered) != std::string::npos)
                    return true;
                const std::size_t prompt = session.output.find("\r\n", session.output.find("stty size", answered) + 11);
                if (prompt != std::string::npos && prompt > answered) {
                    answered = session.output.size();
                    session.type("stty size\n");
                }
                return false;
            });
        };
        QVERIFY(session.until([&] { return session.isOpen; }));
        QVERIFY2(sizeIs("43 132"), session.output.c_str());
        session.command->resize({80, 24});
        QVERIFY2(sizeIs("24 80"), session.output.c_str());
        session.type("exit 5\n");
        QVERIFY(session.untilEnded());
        QCOMPARE(session.how(), QStringLiteral("exit code 5"));
        QCOMPARE(session.errorOutput, std::string());
    }

    // An exit code is nothing that attaching tells of.
    void attachJoinsTheShell() {
        RemoteCommandSpec spec = running({}, true);
        spec.kind = RemoteCommandSpec::Kind::Attach;
        spec.container = "side";
        Session session(transport(), spec, m_home, "echo joined; echo loud >&2; exit\n");
        QVERIFY(session.untilEnded());
        QCOMPARE(session.how(), QStringLiteral("exit code 0"));
        QCOMPARE(session.output, std::string("joined\n"));
        QCOMPARE(session.errorOutput, std::string("loud\n"));
    }

    void forbiddenIsSaid() {
        RemoteCommandSpec spec = running({"true"});
        spec.ns = "default";
        const auto alice = transportOf("north", "alice");
        Session session(*alice, spec, m_home);
        QVERIFY(session.untilEnded());
        QVERIFY(!*session.end);
        QCOMPARE(session.end->error().httpStatus, 403);
        QVERIFY2(session.how().startsWith(QLatin1String("Forbidden")), qPrintable(session.how()));
    }

    void missingThingsAreSaid_data() {
        QTest::addColumn<QString>("pod");
        QTest::addColumn<QString>("container");
        QTest::newRow("container") << "web" << "none";
        QTest::newRow("pod") << "none" << "main";
    }
    void missingThingsAreSaid() {
        QFETCH(QString, pod);
        QFETCH(QString, container);
        RemoteCommandSpec spec = running({"true"});
        spec.pod = pod.toStdString();
        spec.container = container.toStdString();
        Session session(transport(), spec, m_home);
        QVERIFY(session.untilEnded());
        QVERIFY(!*session.end);
        QVERIFY2(session.end->error().message.find("none") != std::string::npos, qPrintable(session.how()));
    }

    // The container is ended from outside.
    void endFromOutsideIsTold() {
        Session session(transport(),
                        running({"sh", "-c", "trap 'kill $!; exit 143' TERM; sleep 600 >&- 2>&- & echo $$; wait"}),
                        m_home);
        QVERIFY(session.until([&] { return session.output.ends_with("\n"); }));
        QVERIFY(::kill(std::stoi(session.output), SIGTERM) == 0);
        QVERIFY(session.untilEnded());
        QCOMPARE(session.how(), QStringLiteral("exit code 143"));
    }

    // The server goes away, and with it all that is known of the command.
    void endInTheMiddleIsNoticed() {
        Cluster& cluster = testbed::Testbed::instance().cluster("south");
        Session session(transport(cluster), running({"sh", "-c", "echo up; sleep 600"}), m_home);
        QVERIFY(session.until([&] { return session.output == "up\n"; }));
        cluster.kill(Server::ApiServer);
        QVERIFY(session.untilEnded());
        QVERIFY2(!*session.end, qPrintable(session.how()));
        QVERIFY2(session.how().startsWith(QLatin1String("Unreachable")), qPrintable(session.how()));
        QVERIFY(cluster.start(Server::ApiServer));
    }

private:
    std::shared_ptr<kube::Transport> transportOf(const std::string& cluster, const std::string& user) {
        const Cluster& server = testbed::Testbed::instance().cluster(cluster);
        const auto config = kube::Kubeconfig::load(
            kube::KubeconfigSources::explicitFile(testbed::Testbed::instance().kubeconfig().string()));
        const auto endpoint = kube::endpointOf(config, *config.context(server.context(user)));
        std::shared_ptr<kube::Credentials> credentials;
        if (const auto made = m_credentials.credentialsFor(config, *config.context(server.context(user))))
            credentials = *made;
        return std::make_shared<kube::LiveTransport>(m_engine, std::make_shared<const net::Endpoint>(*endpoint),
                                                     credentials);
    }
    kube::Transport& transport(const Cluster& cluster) {
        auto& made = m_transports[cluster.name()];
        if (!made)
            made = transportOf(cluster.name(), "admin");
        return *made;
    }
    kube::Transport& transport() { return transport(testbed::Testbed::instance().cluster("north")); }

    base::SystemClock m_clock;
    base::ThreadPool m_pool{2};
    base::ManualExecutor m_home;
    net::Engine m_engine;
    kube::CredentialStore m_credentials{m_engine, m_pool, m_clock, {}};
    std::map<std::string, std::shared_ptr<kube::Transport>> m_transports;
};

QTEST_GUILESS_MAIN(TestExecReal)
#include "tst_exec_real.moc"
