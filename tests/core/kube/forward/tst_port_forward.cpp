// SPDX-License-Identifier: GPL-3.0-or-later
// Port-forwards against a double of an API server that cuts, stalls, splits frames and lies.
#include "core/base/clock.h"
#include "core/base/timer.h"
#include "core/kube/forward/port_forward.h"
#include "core/kube/forward/spdy.h"
#include "core/kube/live_transport.h"
#include "tests/support/local_client.h"
#include "tests/support/lying_server.h"
#include "tests/support/ws_script.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

using kube::PortForward;
using kube::PortForwardStatus;
using testsupport::Exchange;
using testsupport::LocalClient;
using testsupport::LyingServer;
using testsupport::Wire;
namespace ws = testsupport::ws;

namespace {

constexpr const char* kTunnel = "SPDY/3.1+portforward.k8s.io";

std::string control(int type, const std::string& payload) {
    return std::string("\x80\x03\x00", 3) + static_cast<char>(type) + std::string(3, '\0') +
           static_cast<char>(payload.size()) + payload;
}

std::string number(unsigned value) {
    return {static_cast<char>(value >> 24U), static_cast<char>(value >> 16U & 0xFFU),
            static_cast<char>(value >> 8U & 0xFFU), static_cast<char>(value & 0xFFU)};
}

std::string reply(unsigned stream) {
    return control(2, number(stream));
}

std::string data(unsigned stream, std::string_view bytes, bool isLast = false) {
    return kube::SpdyWriter::data(stream, bytes, isLast ? kube::SpdyWriter::Last::Yes : kube::SpdyWriter::Last::No);
}

/// The server's end of one tunnel, after its handshake.
class TunnelEnd {
public:
    TunnelEnd(const Exchange& exchange, Wire& wire)
        : m_wire(wire)
        , m_reader(wire) {
        m_wire.write(ws::accept(exchange, kTunnel));
    }
    bool say(const std::string& bytes) { return m_wire.write(ws::frame(ws::Opcode::Binary, bytes)); }
    void accept() { say(reply(1) + reply(3)); }
    /// The next bytes of the data stream; empty: its end, or that of all.
    std::string hear() {
        m_heard.clear();
        while (m_heard.empty() && !m_ended) {
            const auto frame = m_reader.next();
            if (!frame || frame->opcode == ws::Opcode::Close)
                return {};
            // What the client opens has headers, which are passed over here as there.
            static_cast<void>(m_spdy.feed(frame->payload));
        }
        return m_heard;
    }
    void end() { say(data(3, {}, true) + data(1, {}, true)); }
    void fail(std::string_view why) {
        say(data(1, why) + control(3, number(3) + number(5)) + control(3, number(1) + number(5)));
    }
    [[nodiscard]] bool clientEnded() const { return m_ended; }

private:
    Wire& m_wire;
    ws::Reader m_reader;
    std::string m_heard;
    bool m_ended = false;
    kube::SpdyReader m_spdy{[this](const kube::SpdyEvent& event) {
        if (event.stream == 3 && event.kind == kube::SpdyEvent::Kind::Data)
            m_heard += event.data;
        if (event.stream == 3 && event.kind == kube::SpdyEvent::Kind::End)
            m_ended = true;
    }};
};

void echo(TunnelEnd& tunnel) {
    tunnel.accept();
    for (std::string more = tunnel.hear(); !more.empty(); more = tunnel.hear())
        tunnel.say(data(3, more));
    tunnel.end();
}

std::string pod(const std::string& name, const char* phase = "Running") {
    return R"({"kind":"Pod","metadata":{"name":")" + name +
           R"(","namespace":"n"},"spec":{"nodeName":"a"},"status":{"phase":")" + phase +
           R"(","conditions":[{"type":"Ready","status":"True"}]}})";
}

/// An API server with the Deployment "shop" and its pods; what a tunnel does is a script.
class Double {
public:
    using Script = std::function<void(const std::string& pod, const Exchange&, Wire&)>;

    explicit Double(Script script)
        : m_script(std::move(script)) {}

    void setPods(std::vector<std::string> pods) {
        const std::lock_guard lock(m_mutex);
        m_pods = std::move(pods);
    }
    [[nodiscard]] std::string url() const { return m_server.url(); }

private:
    void serve(const Exchange& exchange, Wire& wire) {
        const std::string& target = exchange.target;
        if (const std::size_t end = target.find("/portforward"); end != std::string::npos) {
            const std::size_t start = target.rfind('/', end - 1) + 1;
            const std::string name = target.substr(start, end - start);
            if (has(name))
                m_script(name, exchange, wire);
            else
                wire.write(testsupport::answer::plain(notFound(name), 404));
            return;
        }
        wire.write(answerTo(target));
    }
    bool has(const std::string& name) {
        const std::lock_guard lock(m_mutex);
        return std::find(m_pods.begin(), m_pods.end(), name) != m_pods.end();
    }
    static std::string notFound(const std::string& name) {
        return R"({"kind":"Status","status":"Failure","reason":"NotFound","code":404,"details":{"kind":"pods","name":"x"},"message":"no pod )" +
               name + R"("})";
    }
    std::string answerTo(const std::string& target) {
        if (target.find("/deployments/shop") != std::string::npos)
            return testsupport::answer::plain(
                R"({"kind":"Deployment","metadata":{"name":"shop"},"spec":{"selector":{"matchLabels":{"a":"b"}}}})");
        const std::lock_guard lock(m_mutex);
        std::string items;
        for (const std::string& name : m_pods) {
            if (target.ends_with("/pods/" + name))
                return testsupport::answer::plain(pod(name));
            items += (items.empty() ? "" : ",") + pod(name);
        }
        if (target.find("/pods?") != std::string::npos)
            return testsupport::answer::plain(R"({"kind":"PodList","items":[)" + items + "]}");
        return testsupport::answer::plain(notFound("x"), 404);
    }

    Script m_script;
    std::mutex m_mutex;
    std::vector<std::string> m_pods{"one"};
    LyingServer m_server{[this](const Exchange& exchange, Wire& wire) { serve(exchange, wire); }};
};

} // namespace

class TestPortForward : public QObject {
    Q_OBJECT

private slots:
    void init() { m_troubles.clear(); }
    void cleanup() { m_forward.reset(); }

    void bytesGoThroughWhateverTheFrames() {
        // Each byte a WebSocket frame of its own, or a fragment of one.
        Double server([](const std::string&, const Exchange& exchange, Wire& wire) {
            TunnelEnd tunnel(exchange, wire);
            const std::string bytes = reply(1) + reply(3) + data(3, "in small pieces");
            for (std::size_t i = 0; i < bytes.size(); ++i) {
                const bool startsOne = i % 3 == 0;
                wire.write(ws::frame(startsOne ? ws::Opcode::Binary : ws::Opcode::More, bytes.substr(i, 1),
                                     i % 3 == 2 || i + 1 == bytes.size()));
            }
            const std::string heard = tunnel.hear();
            tunnel.say(data(3, heard));
            tunnel.end();
        });
        start(server);
        LocalClient client(port());
        QVERIFY(client.write("hello"));
        QCOMPARE(client.readToEnd(), std::string("in small pieceshello"));
        QVERIFY(!client.wasReset());
        QTRY_COMPARE(look().open, 0);
        QCOMPARE(look().sent, std::uint64_t(5));
        QCOMPARE(look().received, std::uint64_t(20));
        QVERIFY(!look().lastError);
    }

    void failuresAreTheConnectionsAlone_data() {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("said");
        QTest::newRow("refused in the pod") << "fail" << "dial tcp4 127.0.0.1:80: connect: connection refused";
        QTest::newRow("cut") << "cut" << "lost connection to pod";
        QTest::newRow("farewell in between") << "farewell" << "lost connection to pod";
        QTest::newRow("another protocol's bytes") << "garbage" << "broke the port-forward's protocol";
        QTest::newRow("reset") << "reset" << "broke the connection off";
    }
    void failuresAreTheConnectionsAlone() {
        QFETCH(QString, how);
        QFETCH(QString, said);
        std::atomic<bool> fails = true;
        Double server([&](const std::string&, const Exchange& exchange, Wire& wire) {
            TunnelEnd tunnel(exchange, wire);
            if (!fails.exchange(false)) {
                echo(tunnel);
                return;
            }
            tunnel.accept();
            tunnel.say(data(3, "some"));
            tunnel.hear();
            if (how == "fail")
                tunnel.fail("dial tcp4 127.0.0.1:80: connect: connection refused");
            else if (how == "cut")
                return wire.reset();
            else if (how == "farewell")
                wire.write(ws::closeFrame(1000));
            else if (how == "garbage")
                tunnel.say("\x80\x09 no such version");
            else
                tunnel.say(control(3, number(3) + number(5)) + control(3, number(1) + number(5)));
            while (!tunnel.hear().empty()) {
            }
        });
        start(server);
        LocalClient broken(port());
        QCOMPARE(broken.read(4), std::string("some"));
        QVERIFY(broken.write("x"));
        broken.readToEnd();
        QVERIFY(broken.wasReset()); // no client takes this for an end
        QTRY_VERIFY_WITH_TIMEOUT(look().lastError.has_value(), 20000);
        const std::string text = look().lastError->message;
        QVERIFY2(text.starts_with("an error occurred forwarding " + std::to_string(port()) + " -> 80: "), text.c_str());
        QVERIFY2(text.find(said.toStdString()) != std::string::npos, text.c_str());
        LocalClient next(port());
        QVERIFY(next.write("goes on"));
        QCOMPARE(next.read(7), std::string("goes on"));
        QVERIFY(look().state == PortForwardStatus::State::Active);
    }

    void oldServersHaveChannels() {
        const auto two = [](std::uint16_t value) {
            return std::string{static_cast<char>(value & 0xFFU), static_cast<char>(value >> 8U)};
        };
        std::atomic<std::uint16_t> lie = 80;
        Double server([&](const std::string&, const Exchange& exchange, Wire& wire) {
            wire.write(ws::accept(exchange, "v4.channel.k8s.io"));
            ws::Reader reader(wire);
            const auto say = [&wire](char channel, const std::string& bytes) {
                wire.write(ws::frame(ws::Opcode::Binary, channel + bytes));
            };
            // A port may be cut in two as anything else.
            say('\0', two(lie).substr(0, 1));
            say('\0', two(lie).substr(1) + "at once ");
            say('\1', two(lie));
            if (const auto frame = reader.next(); frame && frame->opcode == ws::Opcode::Binary)
                say('\0', frame->payload.substr(1));
            wire.write(ws::closeFrame(1000));
            while (reader.next()) {
            }
        });
        start(server);
        LocalClient client(port());
        QVERIFY(client.write("old"));
        QCOMPARE(client.readToEnd(), std::string("at once old"));
        lie = 81;
        LocalClient cheated(port());
        cheated.readToEnd();
        QVERIFY(cheated.wasReset());
        QTRY_VERIFY_WITH_TIMEOUT(look().lastError.has_value(), 20000);
        QVERIFY(look().lastError->message.find("another port") != std::string::npos);
    }

    void goesToTheNextLivingPod() {
        Double server([](const std::string& name, const Exchange& exchange, Wire& wire) {
            TunnelEnd tunnel(exchange, wire);
            tunnel.accept();
            tunnel.hear();
            tunnel.say(data(3, name));
            tunnel.end();
        });
        start(server);
        const auto whoAnswers = [this] {
            LocalClient client(port());
            client.write("?");
            return client.readToEnd();
        };
        QCOMPARE(whoAnswers(), std::string("one"));
        server.setPods({"two", "three"}); // the one known last answers 404 now
        QCOMPARE(whoAnswers(), std::string("two"));
        server.setPods({});
        LocalClient patient(port());
        patient.write("?");
        QTRY_VERIFY_WITH_TIMEOUT(look().state == PortForwardStatus::State::Waiting, 20000);
        QCOMPARE(look().lastError->message, std::string("no pod of deployments.apps/shop is running"));
        server.setPods({"four"});
        QCOMPARE(patient.readToEnd(), std::string("four"));
        QCOMPARE(look().pod, std::string("four"));
        QVERIFY(look().state == PortForwardStatus::State::Active);
        QCOMPARE(m_troubles.size(), std::size_t(1)); // a wait is told once
    }

    // A client that does not read holds its pod back, and nobody else.
    void slowReaderHoldsItsPodBack() {
        std::atomic<std::size_t> written = 0;
        constexpr std::size_t total = std::size_t(40) << 20;
        Double server([&](const std::string&, const Exchange& exchange, Wire& wire) {
            TunnelEnd tunnel(exchange, wire);
            tunnel.accept();
            if (tunnel.hear() != "all") {
                tunnel.end();
                return;
            }
            const std::string piece(std::size_t(64) << 10, 'x');
            while (written < total && tunnel.say(data(3, piece)))
                written += piece.size();
            tunnel.end();
        });
        start(server);
        LocalClient client(port());
        QVERIFY(client.write("all"));
        std::size_t before = 0;
        QTRY_VERIFY_WITH_TIMEOUT(std::exchange(before, written.load()) == written.load() && before > 0, 20000);
        QVERIFY(written < total / 2);
        LocalClient other(port());
        QVERIFY(other.write("none"));
        QCOMPARE(other.readToEnd(), std::string());
        QVERIFY(!other.wasReset());
        QCOMPARE(client.readToEnd().size(), total);
    }

    void slowPodHoldsItsClientBack() {
        testsupport::Gate gate;
        std::atomic<std::size_t> heard = 0;
        Double server([&](const std::string&, const Exchange& exchange, Wire& wire) {
            TunnelEnd tunnel(exchange, wire);
            tunnel.accept();
            wire.wait(gate);
            for (std::string more = tunnel.hear(); !more.empty(); more = tunnel.hear())
                heard += more.size();
            tunnel.say(data(3, "thanks"));
            tunnel.end();
        });
        start(server);
        LocalClient client(port());
        constexpr std::size_t most = std::size_t(64) << 20;
        const std::size_t sent = client.writeUntilStuck(most, 700);
        QVERIFY2(sent > 0 && sent < most, std::to_string(sent).c_str());
        gate.open();
        client.closeWriting();
        QCOMPARE(client.readToEnd(), std::string("thanks"));
        QCOMPARE(heard.load(), sent);
    }

    // The pod says all and goes, while its client is still writing.
    void whatThePodSaidArrivesThoughTheClientWrites() {
        Double server([](const std::string&, const Exchange& exchange, Wire& wire) {
            TunnelEnd tunnel(exchange, wire);
            tunnel.accept();
            tunnel.hear();
            tunnel.say(data(3, "too much"));
            tunnel.end();
            while (!tunnel.hear().empty()) {
            }
        });
        start(server);
        LocalClient client(port());
        client.write(std::string(std::size_t(1) << 20, 'x'));
        QCOMPARE(client.readToEnd(), std::string("too much"));
        QVERIFY(!client.wasReset());
    }

    void takenPortFails() {
        Double server([](const std::string&, const Exchange&, Wire&) {});
        const testsupport::LyingServer other(testsupport::Script([](const Exchange&, Wire&) {}));
        start(server, {{static_cast<std::uint16_t>(other.port()), "80"}}, {"127.0.0.1"});
        QTRY_VERIFY_WITH_TIMEOUT(look().state == PortForwardStatus::State::Failed, 20000);
        QCOMPARE(look().lastError->message,
                 "unable to listen on any of the requested ports: [{" + std::to_string(other.port()) + " 80}]");
        QVERIFY(m_troubles.front().find("bind: address already in use") != std::string::npos);
    }

    void manyAtOnce() {
        Double server([](const std::string&, const Exchange& exchange, Wire& wire) {
            TunnelEnd tunnel(exchange, wire);
            echo(tunnel);
        });
        start(server);
        std::vector<std::unique_ptr<LocalClient>> clients;
        for (int i = 0; i < 150; ++i)
            clients.push_back(std::make_unique<LocalClient>(port()));
        for (std::size_t i = 0; i < clients.size(); ++i)
            QVERIFY(clients[i]->write("client " + std::to_string(i + 1000)));
        for (std::size_t i = 0; i < clients.size(); ++i)
            QCOMPARE(clients[i]->read(11), "client " + std::to_string(i + 1000));
        QCOMPARE(look().open, 150);
        m_forward.reset(); // ends them all
        for (const auto& client : clients) {
            client->readToEnd();
            QVERIFY(client->hasEnded());
        }
    }

    void clusterWithoutAWayIsWaitedFor() {
        Double server([](const std::string&, const Exchange& exchange, Wire& wire) {
            TunnelEnd tunnel(exchange, wire);
            echo(tunnel);
        });
        start(server);
        QVERIFY(port() != 0);
        m_forward->setTransport(nullptr);
        LocalClient client(port());
        QVERIFY(client.write("later"));
        QTRY_VERIFY_WITH_TIMEOUT(look().state == PortForwardStatus::State::Waiting, 20000);
        m_forward->setTransport(m_transport);
        QCOMPARE(client.read(5), std::string("later"));
    }

private:
    void start(Double& server, std::vector<kube::ForwardPort> ports = {{std::uint16_t(0), "80"}},
               std::vector<std::string> addresses = {"localhost"}) {
        auto endpoint = std::make_shared<net::Endpoint>();
        endpoint->url = server.url();
        m_transport = std::make_shared<kube::LiveTransport>(m_engine, std::move(endpoint), nullptr);
        kube::PortForwardSpec spec;
        spec.target = {*kube::forwardableKind("deployments.apps"), "n", "shop"};
        spec.ports = std::move(ports);
        spec.addresses = std::move(addresses);
        kube::PortForwardSink sink;
        sink.trouble = [this](const base::Error& error) { m_troubles.push_back(error.message); };
        m_forward =
            PortForward::start({&m_loop, &m_home, &m_clock, &m_timers}, m_transport, std::move(spec), std::move(sink));
    }
    PortForwardStatus look() {
        m_home.runPending();
        return m_forward->status();
    }
    int port() {
        static_cast<void>(QTest::qWaitFor([this] { return !look().listening.empty(); }, 20000));
        const PortForwardStatus status = look();
        return status.listening.empty() ? 0 : status.listening.front().local;
    }

    base::ManualExecutor m_home;
    base::SystemClock m_clock;
    base::SystemTimers m_timers;
    net::SocketLoop m_loop;
    net::Engine m_engine;
    std::shared_ptr<kube::Transport> m_transport;
    std::unique_ptr<PortForward> m_forward;
    std::vector<std::string> m_troubles;
};

QTEST_GUILESS_MAIN(TestPortForward)
#include "tst_port_forward.moc"
