// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket_handshake.h"
#include "tests/core/net/engine_fixture.h"
#include "tests/core/net/socket_fixture.h"
#include "tests/support/ws_script.h"

#include <QtTest>

#include <atomic>
#include <functional>
#include <string>
#include <vector>

using namespace enginetest;
using net::SocketClose;
using net::SocketMessage;
using net::WebSocket;
using std::chrono::milliseconds;

namespace answer = testsupport::answer;
namespace ws = testsupport::ws;
using ws::Opcode;

namespace {

using Talk = std::function<void(Wire&, ws::Reader&)>;

/// Accepts every handshake, talks, and ends the connection.
auto talking(Talk talk, std::string protocol = {}) {
    return [talk = std::move(talk), protocol = std::move(protocol)](const Exchange& exchange, Wire& wire) {
        wire.write(ws::accept(exchange, protocol));
        ws::Reader reader(wire);
        talk(wire, reader);
        wire.close();
    };
}

// What comes goes back, until the client says farewell.
void echo(Wire& wire, ws::Reader& reader) {
    while (const auto frame = reader.next()) {
        if (frame->opcode == Opcode::Close) {
            wire.write(ws::frame(Opcode::Close, frame->payload));
            return;
        }
        if (frame->opcode != Opcode::Pong)
            wire.write(ws::frame(frame->opcode, frame->payload, frame->isLast));
    }
}

std::string patterned(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 2654435761U >> 13U);
    return bytes;
}

} // namespace

class TestWebSocket : public QObject {
    Q_OBJECT

private slots:
    void keyIsAnsweredAsTheStandardSays() {
        QCOMPARE(net::socketAcceptFor("dGhlIHNhbXBsZSBub25jZQ=="), std::string("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        QCOMPARE(net::makeSocketKey().size(), std::size_t(24));
        QVERIFY(net::makeSocketKey() != net::makeSocketKey());
    }

    void messagesGoBothWays_data() {
        QTest::addColumn<bool>("secured");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }
    void messagesGoBothWays() {
        QFETCH(bool, secured);
        const LyingServer server(secured ? tls() : LyingServer::Options{}, talking(&echo, "b.example"));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        net::SocketOptions options;
        options.protocols = {"a.example", "b.example"};
        net::Request request = get(trusting(server.url()), "/chat?room=1");
        request.headers = {{"Authorization", "Bearer hidden"}};
        WebSocket socket = engine.connect(request, options, executor, into(heard));
        QVERIFY(socket.send({SocketMessage::Kind::Text, "first"}));
        QVERIFY(runUntil(executor, [&] { return heard.messages.size() == 1; }));
        QCOMPARE(heard.opened->status, 101);
        QCOMPARE(std::string(net::header(heard.opened->headers, "Sec-WebSocket-Protocol")), std::string("b.example"));
        QVERIFY(heard.messages[0] == (SocketMessage{SocketMessage::Kind::Text, "first"}));
        const Exchange asked = server.seen().at(0);
        QCOMPARE(asked.method, std::string("GET"));
        QCOMPARE(asked.target, std::string("/chat?room=1"));
        QCOMPARE(asked.header("Authorization"), std::string("Bearer hidden"));
        QCOMPARE(asked.header("Sec-WebSocket-Protocol"), std::string("a.example, b.example"));
        QCOMPARE(asked.header("Transfer-Encoding"), std::string());
        QCOMPARE(asked.header("Expect"), std::string());
        for (const std::size_t size : {std::size_t(0), std::size_t(125), std::size_t(126), std::size_t(65535),
                                       std::size_t(65536), std::size_t(300000)})
            QVERIFY(socket.send(binary(patterned(size))));
        QVERIFY(runUntil(executor, [&] { return heard.messages.size() == 7; }));
        QVERIFY(heard.messages.back() == binary(patterned(300000)));
        socket.close(1000, "done");
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QVERIFY2(heard.closed->has_value(), heard.closed->has_value() ? "" : heard.closed->error().message.c_str());
        QVERIFY(**heard.closed == (SocketClose{1000, "done"}));
        QCOMPARE(heard.order, std::string("omc"));
    }

    void framesAreMasked() {
        std::atomic<bool> allMasked = true;
        std::atomic<int> frames = 0;
        const LyingServer server(talking([&](Wire& wire, ws::Reader& reader) {
            while (const auto frame = reader.next()) {
                ++frames;
                allMasked = allMasked && frame->isMasked;
                if (frame->opcode == Opcode::Close) {
                    wire.write(ws::frame(Opcode::Close, frame->payload));
                    return;
                }
            }
        }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        WebSocket socket = engine.connect(get(trusting(server.url())), {}, executor, into(heard));
        QVERIFY(socket.send(binary("abc")));
        socket.close();
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QCOMPARE(frames.load(), 2);
        QVERIFY(allMasked.load());
    }

    void splitFramesBecomeOneMessage() {
        const std::string payload = patterned(5000);
        const LyingServer server(talking([&](Wire& wire, ws::Reader&) {
            const std::string bytes = ws::frame(Opcode::Binary, payload.substr(0, 10), false) +
                                      ws::frame(Opcode::Ping, "in between") +
                                      ws::frame(Opcode::More, payload.substr(10, 200), false) +
                                      ws::frame(Opcode::More, payload.substr(210)) + ws::closeFrame(1001, "bye");
            wire.dribble(bytes, 211, 1);
        }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        const WebSocket socket = engine.connect(get(trusting(server.url())), {}, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QCOMPARE(heard.messages.size(), std::size_t(1));
        QVERIFY(heard.messages[0] == binary(payload));
        QVERIFY(**heard.closed == (SocketClose{1001, "bye"}));
    }

    void pingsAreAnswered() {
        std::string answered;
        std::string farewell;
        const LyingServer server(talking([&](Wire& wire, ws::Reader& reader) {
            wire.write(ws::frame(Opcode::Ping, "there?"));
            if (const auto frame = reader.next(); frame && frame->opcode == Opcode::Pong)
                answered = frame->payload;
            wire.write(ws::closeFrame(1000));
            if (const auto frame = reader.next(); frame && frame->opcode == Opcode::Close)
                farewell = frame->payload;
        }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        const WebSocket socket = engine.connect(get(trusting(server.url())), {}, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver() && server.openConnections() == 0; }));
        QCOMPARE(answered, std::string("there?"));
        QCOMPARE(farewell, std::string("\x03\xe8", 2));
    }

    // Another answer than 101 arrives with its body, as from send().
    void refusalsArriveWhole_data() {
        QTest::addColumn<int>("status");
        QTest::newRow("forbidden") << 403;
        QTest::newRow("not found") << 404;
        QTest::newRow("no switch at all") << 200;
        QTest::newRow("server failure") << 500;
    }
    void refusalsArriveWhole() {
        QFETCH(int, status);
        const LyingServer server([&](const Exchange&, Wire& wire) {
            wire.write(answer::plain(R"({"kind":"Status"})", status, {{"Content-Type", "application/json"}}));
            wire.hold();
        });
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        const WebSocket socket = engine.connect(get(trusting(server.url())), {}, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QCOMPARE(heard.order, std::string("r"));
        QCOMPARE(heard.refused->status, status);
        QCOMPARE(heard.refused->body, std::string(R"({"kind":"Status"})"));
    }

    void liesAreNoticed_data() {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("frames");
        QTest::addColumn<QString>("word");
        const auto row = [](const char* name, const std::string& head, const std::string& frames, const char* word) {
            QTest::newRow(name) << QByteArray::fromStdString(head) << QByteArray::fromStdString(frames)
                                << QString::fromLatin1(word);
        };
        const std::string switching = "HTTP/1.1 101 Switching Protocols\r\n";
        row("wrong key", switching + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n",
            {}, "wrong key");
        row("another protocol", switching + "Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n", {}, "another protocol");
        row("masked", {}, ws::maskedFrame(Opcode::Binary, "abc"), "protocol");
        row("text that is no UTF-8", {}, ws::frame(Opcode::Text, "\xff\xfe"), "protocol");
        row("unknown opcode", {}, std::string("\x83\x00", 2), "protocol");
        row("reserved bits", {}, std::string("\xc2\x00", 2), "protocol");
        row("long ping", {}, ws::frame(Opcode::Ping, std::string(126, 'x')), "protocol");
        row("continues nothing", {}, ws::frame(Opcode::More, "abc"), "protocol");
        row("too large", {}, ws::frame(Opcode::Binary, std::string(2000, 'x')), "more than the 1000 bytes");
        row("claims to be huge", {}, std::string("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff...", 13), "more than");
    }
    void liesAreNoticed() {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, frames);
        QFETCH(QString, word);
        const LyingServer server([&](const Exchange& exchange, Wire& wire) {
            wire.write(head.isEmpty() ? ws::accept(exchange) : head.toStdString());
            wire.write(frames.toStdString());
            wire.hold();
        });
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        net::SocketOptions options;
        options.maxMessage = 1000;
        const WebSocket socket = engine.connect(get(trusting(server.url())), options, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QVERIFY(heard.closed && !heard.closed->has_value());
        QCOMPARE(nameOf(heard.closed->error().code), nameOf(ErrorCode::BadResponse));
        QVERIFY2(heard.closed->error().message.find(word.toStdString()) != std::string::npos,
                 heard.closed->error().message.c_str());
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void unofferedProtocolIsRefused() {
        const LyingServer server(talking([](Wire& wire, ws::Reader&) { wire.hold(); }, "c.example"));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        net::SocketOptions options;
        options.protocols = {"a.example", "b.example"};
        const WebSocket socket = engine.connect(get(trusting(server.url())), options, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QVERIFY(heard.closed->error().message.find("subprotocol") != std::string::npos);
    }

    void cutConnectionIsAnError_data() {
        QTest::addColumn<bool>("reset");
        QTest::newRow("closed without a farewell") << false;
        QTest::newRow("reset") << true;
    }
    void cutConnectionIsAnError() {
        QFETCH(bool, reset);
        const LyingServer server(talking([&](Wire& wire, ws::Reader&) {
            wire.write(ws::frame(Opcode::Binary, "last words"));
            if (reset)
                wire.reset();
        }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        const WebSocket socket = engine.connect(get(trusting(server.url())), {}, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QVERIFY(!heard.closed->has_value());
        QCOMPARE(nameOf(heard.closed->error().code), nameOf(ErrorCode::Unreachable));
    }

    // A reader who does not keep up makes the sender wait, and loses nothing.
    void slowReaderHoldsTheSenderBack() {
        constexpr int messages = 400;
        const std::string payload = patterned(100000);
        std::atomic<int> written = 0;
        const LyingServer server(talking([&](Wire& wire, ws::Reader& reader) {
            for (int i = 0; i < messages; ++i) {
                if (!wire.write(ws::frame(Opcode::Binary, payload)))
                    return;
                ++written;
            }
            wire.write(ws::closeFrame(1000));
            while (reader.next()) {
            }
        }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        const WebSocket socket = engine.connect(get(trusting(server.url())), {}, executor, into(heard));
        // Nothing is handled: what is under way is bounded by our buffer and the kernel's.
        int before = -1;
        QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, written.load()) == written.load() && before > 0, 20000);
        QVERIFY2(written < messages, "forty megabytes were taken in without a reader");
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QCOMPARE(int(heard.messages.size()), messages);
        QVERIFY(heard.messages.back().data == payload);
        QVERIFY(heard.closed->has_value());
    }

    // A peer who does not read makes send() say no, and drained say when it goes on.
    void slowPeerHoldsUsBack() {
        constexpr std::size_t total = 20'000'000;
        Gate gate;
        std::atomic<std::size_t> read = 0;
        const LyingServer server(talking([&](Wire& wire, ws::Reader& reader) {
            wire.wait(gate);
            while (const auto frame = reader.next()) {
                read += frame->payload.size();
                if (frame->opcode == Opcode::Close) {
                    read -= frame->payload.size();
                    wire.write(ws::frame(Opcode::Close, frame->payload));
                    return;
                }
            }
        }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        WebSocket socket;
        std::size_t sent = 0;
        const std::string piece = patterned(50000);
        const auto sendMore = [&] {
            while (sent < total && socket.send(binary(piece)))
                sent += piece.size();
            if (sent == total)
                socket.close();
        };
        net::SocketSink sink = into(heard);
        sink.opened = [&](net::Response) { sendMore(); };
        sink.drained = [&] {
            ++heard.drained;
            sendMore();
        };
        socket = engine.connect(get(trusting(server.url())), {}, executor, std::move(sink));
        std::size_t before = 0;
        QVERIFY(runUntil(executor, [&] { return sent > 0 && std::exchange(before, sent) == sent; }));
        QVERIFY(sent < total);
        gate.open();
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QVERIFY(heard.drained > 0);
        QCOMPARE(read.load(), total);
        QVERIFY(heard.closed->has_value());
    }

    void cancelCutsTheConnection() {
        const LyingServer server(talking([](Wire& wire, ws::Reader&) { wire.hold(); }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        WebSocket socket = engine.connect(get(trusting(server.url())), {}, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.opened.has_value(); }));
        socket.cancel();
        QTRY_COMPARE(server.openConnections(), 0);
        executor.runPending();
        QCOMPARE(heard.order, std::string("o"));
        QVERIFY(socket.send(binary("into the void")));
    }

    void engineMayGoFirst() {
        const LyingServer server(talking([](Wire& wire, ws::Reader&) { wire.hold(); }));
        base::ManualExecutor executor;
        Heard heard;
        WebSocket socket;
        {
            net::Engine engine;
            socket = engine.connect(get(trusting(server.url())), {}, executor, into(heard));
            QVERIFY(runUntil(executor, [&] { return heard.opened.has_value(); }));
        }
        QVERIFY(socket.send(binary("nobody")));
        socket.close();
        executor.runPending();
        QCOMPARE(heard.order, std::string("o"));
    }

    void handshakeHasADeadline() {
        const LyingServer server([](const Exchange&, Wire& wire) { wire.hold(); });
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        net::Request request = get(trusting(server.url()));
        request.deadline = milliseconds(200);
        const WebSocket socket = engine.connect(request, {}, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QCOMPARE(nameOf(heard.closed->error().code), nameOf(ErrorCode::TimedOut));
    }

    void deafPeerIsLeftAfterOurFarewell() {
        const LyingServer server(talking([](Wire& wire, ws::Reader&) { wire.hold(); }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        net::SocketOptions options;
        options.closePatience = milliseconds(200);
        WebSocket socket = engine.connect(get(trusting(server.url())), options, executor, into(heard));
        socket.close();
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QCOMPARE((*heard.closed)->code, 1006);
    }

    void silenceIsAskedAbout() {
        std::atomic<int> pings = 0;
        const LyingServer server(talking([&](Wire& wire, ws::Reader& reader) {
            while (const auto frame = reader.next()) {
                if (frame->opcode != Opcode::Ping)
                    continue;
                if (++pings == 3)
                    wire.hold();
                wire.write(ws::frame(Opcode::Pong, frame->payload));
            }
        }));
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        net::Request request = get(trusting(server.url()));
        request.silence = milliseconds(2400);
        const WebSocket socket = engine.connect(request, {}, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QCOMPARE(pings.load(), 3);
        QCOMPARE(nameOf(heard.closed->error().code), nameOf(ErrorCode::Unreachable));
        QVERIFY(heard.closed->error().message.find("ping") != std::string::npos);
    }

    // It has not read what we sent, so it cannot have read our ping: the server is asked instead.
    void busyPeerIsNotTakenForDead() {
        std::atomic<int> probes = 0;
        Gate gate;
        const LyingServer server([&](const Exchange& exchange, Wire& wire) {
            if (exchange.target == "/livez") {
                ++probes;
                wire.write(answer::plain("ok"));
                return;
            }
            wire.write(ws::accept(exchange));
            wire.wait(gate);
            wire.write(ws::closeFrame(1000));
            wire.hold();
        });
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        net::Request request = get(trusting(server.url()));
        request.silence = milliseconds(2400);
        WebSocket socket = engine.connect(request, {}, executor, into(heard));
        QVERIFY(socket.send(binary("not read")));
        QVERIFY(runUntil(executor, [&] { return probes >= 2 || heard.isOver(); }));
        QVERIFY(!heard.isOver());
        gate.open();
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QVERIFY(heard.closed->has_value());
    }

    void goesThroughAProxyLikeEverythingElse_data() {
        QTest::addColumn<bool>("secured");
        QTest::newRow("plain") << false;
        QTest::newRow("TLS") << true;
    }
    void goesThroughAProxyLikeEverythingElse() {
        QFETCH(bool, secured);
        LyingServer server(secured ? tls() : LyingServer::Options{}, talking(&echo));
        const LyingServer proxy([&](const Exchange& exchange, Wire& wire) {
            if (exchange.method == "CONNECT") {
                wire.write("HTTP/1.1 200 Connected\r\n\r\n");
                wire.relay(server.port());
            }
        });
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        net::Endpoint endpoint = trusting(server.url());
        endpoint.proxyUrl = proxy.url();
        WebSocket socket = engine.connect(get(endpoint), {}, executor, into(heard));
        QVERIFY(socket.send(binary("through")));
        QVERIFY(runUntil(executor, [&] { return heard.isOver() || !heard.messages.empty(); }));
        QCOMPARE(heard.whole(), std::string("through"));
        QCOMPARE(proxy.seen().at(0).method, std::string("CONNECT"));
    }

    void refusedConnectionSaysSo() {
        const testsupport::RefusingPort port;
        net::Engine engine;
        base::ManualExecutor executor;
        Heard heard;
        const WebSocket socket =
            engine.connect(get(trusting("http://127.0.0.1:" + std::to_string(port.port()))), {}, executor, into(heard));
        QVERIFY(runUntil(executor, [&] { return heard.isOver(); }));
        QCOMPARE(nameOf(heard.closed->error().code), nameOf(ErrorCode::Refused));
    }
};

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_web_socket.moc"
