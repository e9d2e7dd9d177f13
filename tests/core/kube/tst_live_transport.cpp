// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/live_transport.h"
#include "tests/support/lying_server.h"

#include <QTest>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using base::ErrorCode;
using testsupport::Exchange;
using testsupport::LyingServer;
using testsupport::Wire;

namespace {

/// A user whose token is "token-N", N growing with each refresh.
class CountedCredentials final : public kube::Credentials {
public:
    base::Cancel authorize(base::Executor& executor, net::Handler<base::Result<kube::AuthMaterial>> handler) override {
        base::Cancel cancel = base::Cancel::create();
        base::Result<kube::AuthMaterial> result = base::fail(ErrorCode::PluginFailed, "the plugin said no");
        if (!fails) {
            kube::AuthMaterial material;
            material.headers.emplace_back("Authorization", "Bearer token-" + std::to_string(generation));
            material.generation = generation;
            result = std::move(material);
        }
        executor.post([token = cancel.token(), handler = std::move(handler), result = std::move(result)]() mutable {
            if (!token.isCancelled())
                handler(std::move(result));
        });
        return cancel;
    }
    bool invalidate(std::uint64_t refused) override {
        invalidated.push_back(refused);
        if (!isRefreshable)
            return false;
        ++generation;
        return true;
    }
    [[nodiscard]] kube::AuthStatus status() const override { return {}; }

    std::uint64_t generation = 1;
    bool fails = false;
    bool isRefreshable = true;
    std::vector<std::uint64_t> invalidated;
};

constexpr std::string_view kForbidden =
    R"({"kind":"Status","apiVersion":"v1","message":"pods is forbidden","reason":"Forbidden","code":403})";

struct Fixture {
    explicit Fixture(testsupport::Script script)
        : server(std::move(script))
        , credentials(std::make_shared<CountedCredentials>()) {
        auto endpoint = std::make_shared<net::Endpoint>();
        endpoint->url = server.url();
        transport = std::make_unique<kube::LiveTransport>(engine, endpoint, credentials);
    }

    static kube::ApiRequest list() {
        kube::ApiRequest request;
        request.target = "/api/v1/pods";
        request.verb = "list";
        request.resource = "pods";
        return request;
    }

    base::Result<net::Response> send(kube::ApiRequest request = list()) {
        std::optional<base::Result<net::Response>> result;
        const base::Cancel cancel = transport->send(std::move(request), home, [&](base::Result<net::Response> answer) {
            result = std::move(answer);
            home.stop();
        });
        if (!home.runFor(10000))
            return base::fail(ErrorCode::Internal, "no answer");
        return *result;
    }

    struct Streamed {
        int heads = 0;
        std::string data;
        base::Result<void> end;
    };
    Streamed stream(kube::ApiRequest request = list()) {
        Streamed streamed;
        const base::Cancel cancel =
            transport->stream(std::move(request), home,
                              {.head = [&](const net::Response&) { ++streamed.heads; },
                               .data = [&](const std::string& bytes) { streamed.data += bytes; },
                               .end =
                                   [&](base::Result<void> result) {
                                       streamed.end = std::move(result);
                                       home.stop();
                                   }});
        if (!home.runFor(10000))
            streamed.end = base::fail(ErrorCode::Internal, "no end");
        return streamed;
    }

    base::ManualExecutor home;
    LyingServer server;
    std::shared_ptr<CountedCredentials> credentials;
    net::Engine engine;
    std::unique_ptr<kube::LiveTransport> transport;
};

// Takes only the second token.
void wantsFreshToken(const Exchange& exchange, Wire& wire) {
    const bool isFresh = exchange.header("Authorization") == "Bearer token-2";
    wire.write(testsupport::answer::plain(isFresh ? "welcome" : "who are you", isFresh ? 200 : 401));
}

} // namespace

class TestLiveTransport : public QObject {
    Q_OBJECT
private slots:
    void carriesWhatTheServerNeeds();
    void refreshesOnceAfter401();
    void streamRefreshesOnceAfter401();
    void givesUpWhereNothingIsFresh();
    void mapsRefusals();
    void streamRefusalSkipsHead();
    void credentialsFail();
    void cancelled();
    void answerIsBounded();
    void refusalWithoutEnd_data();
    void refusalWithoutEnd();
};

void TestLiveTransport::carriesWhatTheServerNeeds() {
    Fixture f([](const Exchange&, Wire& wire) { wire.write(testsupport::answer::plain("ok")); });
    kube::ApiRequest request = Fixture::list();
    request.method = "PATCH";
    request.accept = "application/vnd.kubernetes.protobuf";
    request.contentType = "application/merge-patch+json";
    request.body = "{}";
    request.compressed = false;
    const auto answer = f.send(request);
    QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
    const Exchange seen = f.server.seen().at(0);
    QCOMPARE(seen.method, std::string("PATCH"));
    QCOMPARE(seen.header("Accept"), std::string("application/vnd.kubernetes.protobuf"));
    QCOMPARE(seen.header("Content-Type"), std::string("application/merge-patch+json"));
    QCOMPARE(seen.header("User-Agent"), kube::userAgent());
    QCOMPARE(seen.header("Authorization"), std::string("Bearer token-1"));
    QVERIFY(seen.header("Accept-Encoding").find("gzip") == std::string::npos);
    QVERIFY(kube::userAgent().starts_with("quarterdeck/"));
}

void TestLiveTransport::refreshesOnceAfter401() {
    Fixture f(wantsFreshToken);
    const auto answer = f.send();
    QVERIFY2(answer.has_value(), answer ? "" : answer.error().message.c_str());
    QCOMPARE(answer->body, std::string("welcome"));
    QCOMPARE(f.credentials->invalidated, (std::vector<std::uint64_t>{1}));
    QCOMPARE(f.server.seen().size(), std::size_t(2));
}

void TestLiveTransport::streamRefreshesOnceAfter401() {
    Fixture f(wantsFreshToken);
    const Fixture::Streamed streamed = f.stream();
    QVERIFY2(streamed.end.has_value(), streamed.end ? "" : streamed.end.error().message.c_str());
    QCOMPARE(streamed.heads, 1);
    QCOMPARE(streamed.data, std::string("welcome"));
}

void TestLiveTransport::givesUpWhereNothingIsFresh() {
    Fixture stubborn([](const Exchange&, Wire& wire) { wire.write(testsupport::answer::plain("who are you", 401)); });
    QVERIFY(stubborn.send().error().code == ErrorCode::Unauthorized);
    QCOMPARE(stubborn.server.seen().size(), std::size_t(2)); // Once more, and not again.
    stubborn.credentials->isRefreshable = false;
    QVERIFY(stubborn.send().error().code == ErrorCode::Unauthorized);
    QCOMPARE(stubborn.server.seen().size(), std::size_t(3));
}

void TestLiveTransport::mapsRefusals() {
    Fixture f([](const Exchange&, Wire& wire) {
        wire.write(testsupport::answer::plain(kForbidden, 403, {{"Content-Type", "application/json"}}));
    });
    const auto answer = f.send();
    QVERIFY(!answer);
    QVERIFY(answer.error().code == ErrorCode::Forbidden);
    QCOMPARE(answer.error().message, std::string("pods is forbidden"));
    QCOMPARE(answer.error().verb, std::string("list"));
    QCOMPARE(answer.error().resource, std::string("pods"));
    QCOMPARE(answer.error().httpStatus, 403);
}

void TestLiveTransport::streamRefusalSkipsHead() {
    Fixture f([](const Exchange&, Wire& wire) { wire.write(testsupport::answer::plain(kForbidden, 403)); });
    const Fixture::Streamed streamed = f.stream();
    QCOMPARE(streamed.heads, 0);
    QVERIFY(streamed.data.empty());
    QVERIFY(!streamed.end);
    QVERIFY(streamed.end.error().code == ErrorCode::Forbidden);
}

void TestLiveTransport::credentialsFail() {
    Fixture f([](const Exchange&, Wire& wire) { wire.write(testsupport::answer::plain("ok")); });
    f.credentials->fails = true;
    const auto answer = f.send();
    QVERIFY(!answer);
    QVERIFY(answer.error().code == ErrorCode::PluginFailed);
    QVERIFY(f.server.seen().empty());
}

void TestLiveTransport::cancelled() {
    Fixture f([](const Exchange&, Wire& wire) { wire.write(testsupport::answer::plain("ok")); });
    for (int tasks = 0; tasks < 3; ++tasks) {
        auto owned = std::make_shared<int>(1);
        base::Cancel cancel = f.transport->send(Fixture::list(), f.home,
                                                [owned](const base::Result<net::Response>&) { QFAIL("cancelled"); });
        if (tasks > 0)
            f.home.runPending();
        cancel.cancel();
        f.home.runPending();
        QCOMPARE(owned.use_count(), 1L);
    }
    QVERIFY(f.send().has_value()); // The transport goes on.
}

void TestLiveTransport::answerIsBounded() {
    Fixture f([](const Exchange&, Wire& wire) { wire.write(testsupport::answer::plain(std::string(5000, 'x'))); });
    kube::ApiRequest request = Fixture::list();
    request.maxBody = 5000;
    QVERIFY(f.send(request).has_value());
    request.maxBody = 4999;
    const auto result = f.send(request);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::BadResponse);
    QVERIFY2(result.error().message.find("4999") != std::string::npos, result.error().message.c_str());
}

// A refusal has been understood before the server is done with it.
void TestLiveTransport::refusalWithoutEnd_data() {
    QTest::addColumn<bool>("silent");
    QTest::newRow("then silence") << true;
    QTest::newRow("then a flood") << false;
}

void TestLiveTransport::refusalWithoutEnd() {
    QFETCH(bool, silent);
    Fixture f([silent](const Exchange&, Wire& wire) {
        wire.write("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 1073741824\r\n\r\n");
        wire.write(kForbidden);
        if (silent)
            wire.hold();
        while (!silent && wire.write(std::string(65536, ' '))) {
        }
    });
    kube::ApiRequest request = Fixture::list();
    request.deadline = std::chrono::milliseconds(silent ? 300 : 60000);
    const Fixture::Streamed streamed = f.stream(request);
    QCOMPARE(streamed.heads, 0);
    QVERIFY(!streamed.end);
    QVERIFY2(streamed.end.error().code == ErrorCode::Forbidden, streamed.end.error().message.c_str());
    QCOMPARE(f.server.seen().size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestLiveTransport)
#include "tst_live_transport.moc"
