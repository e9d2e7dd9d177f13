// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/kube/streams/session.h"
#include "tests/support/ws_script.h"

#include <QtTest>

#include <functional>
#include <memory>
#include <string>

using base::ErrorCode;
using kube::Channel;
using kube::RemoteCommandSpec;
using testsupport::Exchange;
using testsupport::LyingServer;
using testsupport::Wire;

namespace answer = testsupport::answer;
namespace ws = testsupport::ws;

namespace {

constexpr std::string_view kSuccess = R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success"})";

std::string failure(int code) {
    return R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"command terminated with )"
           R"(non-zero exit code","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":")" +
           std::to_string(code) + "\"}]}}";
}

std::string on(Channel channel, std::string_view bytes) {
    return ws::frame(ws::Opcode::Binary, kube::channelMessage(channel, bytes));
}

RemoteCommandSpec shell(bool hasInput = false) {
    RemoteCommandSpec spec;
    spec.ns = "team-a";
    spec.pod = "web";
    spec.container = "main";
    spec.command = {"sh", "-c", "echo a b & true"};
    spec.hasInput = hasInput;
    return spec;
}

/// A server that speaks one of the protocols.
struct Bench {
    using Talk = std::function<void(Wire&, ws::Reader&)>;
    explicit Bench(Talk talk, std::string protocol = "v5.channel.k8s.io")
        : Bench(LyingServer::Options{}, [talk = std::move(talk), protocol](const Exchange& exchange, Wire& wire) {
            wire.write(ws::accept(exchange, protocol));
            ws::Reader reader(wire);
            talk(wire, reader);
            wire.close();
        }) {}
    Bench(const LyingServer::Options& options, testsupport::Script script)
        : server(options, std::move(script)) {
        auto endpoint = std::make_shared<net::Endpoint>();
        endpoint->url = server.url();
        transport = std::make_unique<kube::LiveTransport>(engine, endpoint, nullptr);
    }

    LyingServer server;
    net::Engine engine;
    base::ManualExecutor home;
    std::unique_ptr<kube::LiveTransport> transport;
};

} // namespace

class TestRemoteCommand : public QObject {
    Q_OBJECT

private slots:
    void requestNamesWhatIsWanted_data() {
        QTest::addColumn<bool>("attach");
        QTest::addColumn<bool>("terminal");
        QTest::addColumn<QString>("target");
        QTest::newRow("exec") << false << false
                              << "/api/v1/namespaces/team-a/pods/web/exec?stdout=true&container=main&stdin=true"
                                 "&stderr=true&command=sh&command=-c&command=echo%20a%20b%20%26%20true";
        QTest::newRow("exec, terminal")
            << false << true
            << "/api/v1/namespaces/team-a/pods/web/exec?stdout=true&container=main&stdin=true"
               "&tty=true&command=sh&command=-c&command=echo%20a%20b%20%26%20true";
        QTest::newRow("attach") << true << false
                                << "/api/v1/namespaces/team-a/pods/web/attach?stdout=true&container=main&stdin=true"
                                   "&stderr=true";
    }
    void requestNamesWhatIsWanted() {
        QFETCH(bool, attach);
        QFETCH(bool, terminal);
        RemoteCommandSpec spec = shell(true);
        if (attach) {
            spec.kind = RemoteCommandSpec::Kind::Attach;
            spec.command.clear();
        }
        if (terminal)
            spec.terminal = RemoteCommandSpec::Terminal::Wanted;
        const std::string target = kube::remoteCommandRequest(spec).target;
        QTEST(QString::fromStdString(target), "target");
    }

    void channelsAreToldApart() {
        Bench bench([](Wire& wire, ws::Reader& reader) {
            wire.dribble(on(Channel::Output, "") + on(Channel::Output, "out 1\n") +
                             on(Channel::ErrorOutput, "err 1\n") + on(Channel::Output, "out 2\n") +
                             on(Channel::Error, failure(3)),
                         7, 1);
            while (reader.next()) {
            }
        });
        Session session(*bench.transport, shell(), bench.home);
        QVERIFY(session.untilEnded());
        QCOMPARE(session.output, std::string("out 1\nout 2\n"));
        QCOMPARE(session.errorOutput, std::string("err 1\n"));
        QCOMPARE(session.how(), QStringLiteral("exit code 3"));
    }

    void endsAreUnderstood_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QString>("how");
        const auto row = [](const char* name, std::string_view status, const char* how) {
            QTest::newRow(name) << QByteArray(status.data(), int(status.size())) << QString::fromLatin1(how);
        };
        row("success", kSuccess, "exit code 0");
        row("137", failure(137), "exit code 137");
        row("never ran",
            R"({"kind":"Status","status":"Failure","message":"no such file","reason":"InternalError",)"
            R"("code":500})",
            "ServerFailure: no such file");
        row("no code", R"({"kind":"Status","status":"Failure","reason":"NonZeroExitCode"})",
            "BadResponse: the command failed, but its exit code cannot be read");
        row("no status", "oops", "BadResponse: the server's word on how the command ended is no Status");
        row("nothing", "", "Unreachable: the session was closed before the command's end was known: bye");
    }
    void endsAreUnderstood() {
        QFETCH(QByteArray, status);
        QFETCH(QString, how);
        Bench bench([&](Wire& wire, ws::Reader&) {
            wire.write(on(Channel::Error, status.toStdString()) + ws::closeFrame(1000, "bye"));
            wire.hold();
        });
        Session session(*bench.transport, shell(), bench.home);
        QVERIFY(session.untilEnded());
        QCOMPARE(session.how(), how);
    }

    void cutAfterTheStatusIsNoFailure() {
        Bench bench([&](Wire& wire, ws::Reader&) { wire.write(on(Channel::Error, kSuccess)); });
        Session session(*bench.transport, shell(), bench.home);
        QVERIFY(session.untilEnded());
        QCOMPARE(session.how(), QStringLiteral("exit code 0"));
    }

    void cutBeforeItIsOne() {
        Bench bench([&](Wire& wire, ws::Reader&) { wire.write(on(Channel::Output, "half")); });
        Session session(*bench.transport, shell(), bench.home);
        QVERIFY(session.untilEnded());
        QVERIFY2(session.how().startsWith(QLatin1String("Unreachable")), qPrintable(session.how()));
        QCOMPARE(session.output, std::string("half"));
    }

    void inputIsEndedWhereTheServerCan_data() {
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<bool>("closes");
        QTest::newRow("v5") << "v5.channel.k8s.io" << true;
        QTest::newRow("v4") << "v4.channel.k8s.io" << false;
    }
    void inputIsEndedWhereTheServerCan() {
        QFETCH(QString, protocol);
        QFETCH(bool, closes);
        std::string input;
        std::string last;
        Bench bench(
            [&](Wire& wire, ws::Reader& reader) {
                while (last.empty() && (closes || input.size() < 100000)) {
                    const auto frame = reader.next();
                    if (!frame)
                        return;
                    if (frame->payload[0] == 0)
                        input += frame->payload.substr(1);
                    else
                        last = frame->payload;
                }
                wire.write(on(Channel::Error, kSuccess));
                while (reader.next()) {
                }
            },
            protocol.toStdString());
        Session session(*bench.transport, shell(true), bench.home, std::string(100000, 'i'));
        QVERIFY(session.untilEnded());
        QCOMPARE(session.how(), QStringLiteral("exit code 0"));
        QCOMPARE(session.inputCouldBeClosed, closes);
        QCOMPARE(input, std::string(100000, 'i'));
        QCOMPARE(last, closes ? std::string("\xff\0", 2) : std::string());
    }

    void sizeBeforeTheOpeningIsKept() {
        std::string first;
        Bench bench([&](Wire& wire, ws::Reader& reader) {
            if (const auto frame = reader.next())
                first = frame->payload;
            wire.write(on(Channel::Error, kSuccess));
            while (reader.next()) {
            }
        });
        Session session(*bench.transport, shell(), bench.home);
        session.command->resize({132, 43});
        QVERIFY(session.untilEnded());
        QCOMPARE(first, std::string(R"({"Width":132,"Height":43})").insert(0, 1, '\x04'));
    }

    void refusalIsTheServersWord() {
        Bench bench(LyingServer::Options{}, [](const Exchange&, Wire& wire) {
            wire.write(answer::plain(R"({"kind":"Status","status":"Failure","message":"pods is forbidden",)"
                                     R"("reason":"Forbidden","code":403})",
                                     403, {{"Content-Type", "application/json"}}));
        });
        Session session(*bench.transport, shell(), bench.home);
        QVERIFY(session.untilEnded());
        QCOMPARE(session.how(), QStringLiteral("Forbidden: pods is forbidden"));
        QCOMPARE(session.end->error().resource, std::string("pods/exec"));
    }

    void nothingIsHeardAfterItWasLeft() {
        Bench bench([&](Wire& wire, ws::Reader& reader) {
            wire.write(on(Channel::Output, "first"));
            while (reader.next()) {
            }
        });
        Session session(*bench.transport, shell(), bench.home);
        QVERIFY(session.until([&] { return session.output == "first"; }));
        session.command.reset();
        QTRY_COMPARE(bench.server.openConnections(), 0);
        bench.home.runPending();
        QVERIFY(!session.end);
    }

    // A Status or a message of a lying server may be anything.
    void oddMessagesDoNoHarm() {
        Bench bench([&](Wire& wire, ws::Reader& reader) {
            wire.write(ws::frame(ws::Opcode::Binary, "") + ws::frame(ws::Opcode::Text, "1text") +
                       ws::frame(ws::Opcode::Binary, "\x07huh") + ws::frame(ws::Opcode::Binary, "\xff\xff") +
                       on(Channel::Error, std::string(200000, '{')) + ws::closeFrame(1000));
            while (reader.next()) {
            }
        });
        Session session(*bench.transport, shell(), bench.home);
        QVERIFY(session.untilEnded());
        QVERIFY2(session.how().startsWith(QLatin1String("BadResponse")), qPrintable(session.how()));
        QCOMPARE(session.output, std::string());
    }
};

QTEST_GUILESS_MAIN(TestRemoteCommand)
#include "tst_remote_command.moc"
