// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/probe.h"
#include "tests/core/net/engine_fixture.h"

#include <QtTest>

#include <string>

using namespace enginetest;
using Greeting = LyingServer::Greeting;
using net::ProbeStep;

namespace answer = testsupport::answer;

namespace {

std::optional<net::Diagnosis> diagnosed(net::Request request) {
    net::Engine engine;
    base::ManualExecutor executor;
    std::optional<net::Diagnosis> result;
    const base::Cancel cancel = net::diagnose(engine, std::move(request), executor, [&](net::Diagnosis diagnosis) {
        result = std::move(diagnosis);
        executor.stop();
    });
    executor.runFor(30000);
    return result;
}

} // namespace

class TestProbe : public QObject {
    Q_OBJECT

private slots:
    void wholeWay() {
        LyingServer server(tls(), [](const Exchange&, Wire& wire) {
            wire.write(answer::plain("{}", 401, {{"Date", "Sun, 06 Nov 1994 08:49:37 GMT"}}));
        });
        const auto found = diagnosed(get(trusting(server.url()), "/version"));
        QVERIFY(found && !found->error());
        QCOMPARE(found->steps.size(), std::size_t(4));
        for (const ProbeStep& step : found->steps)
            qInfo("step %d took %lld us", static_cast<int>(step.kind), static_cast<long long>(step.tookUs));
        QVERIFY(found->steps.at(2).tookUs > 0);
        QCOMPARE(found->address, "127.0.0.1:" + std::to_string(server.port()));
        QVERIFY(found->response && found->response->status == 401);
        QVERIFY(found->clockSkewMs && *found->clockSkewMs < -1000LL * 3600 * 24 * 365 * 20);
        QVERIFY(!found->certificates.empty());
        const net::Certificate& own = found->certificates.front();
        QCOMPARE(own.subject, std::string("CN=server"));
        QCOMPARE(own.issuer, std::string("CN=test authority"));
        QCOMPARE(own.names, (std::vector<std::string>{"localhost", "127.0.0.1"}));
        QVERIFY(own.notAfterMs - own.notBeforeMs > 86400000);
    }

    void failures_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("step");
        QTest::newRow("name") << "name" << 0;
        QTest::newRow("refused") << "refused" << 1;
        QTest::newRow("half") << "half" << 2;
        QTest::newRow("expired") << "expired" << 2;
        QTest::newRow("silent") << "silent" << 3;
    }
    void failures() {
        QFETCH(QString, kind);
        QFETCH(int, step);
        LyingServer::Options options = tls();
        if (kind == "half")
            options.greeting = Greeting::HalfRecord;
        testsupport::CertificateWish wish;
        wish.commonName = "old";
        wish.validFromS = -7200;
        wish.validForS = -3600;
        if (kind == "expired")
            options.identity = authority().issue(wish);
        LyingServer server(options, [](const Exchange&, Wire& wire) { wire.hold(); });
        const testsupport::RefusingPort refusing;
        net::Request request = get(trusting(kind == "name"      ? "https://does-not-exist.invalid"
                                            : kind == "refused" ? "https://127.0.0.1:" + std::to_string(refusing.port())
                                                                : server.url()));
        request.headers = {{"Authorization", "Bearer secret"}};
        request.deadline = std::chrono::milliseconds(kind == "name" ? 20000 : 500);
        const auto found = diagnosed(request);
        QVERIFY(found && found->error());
        qInfo("%s", found->error()->message.c_str());
        QCOMPARE(found->steps.size(), static_cast<std::size_t>(step) + 1);
        if (kind == "expired") {
            QVERIFY(!found->certificates.empty());
            QCOMPARE(found->certificates.front().subject, std::string("CN=old"));
            for (const Exchange& seen : server.seen())
                QCOMPARE(seen.header("Authorization"), std::string());
        }
    }

    void cancelled() {
        LyingServer server(tls(), [](const Exchange&, Wire& wire) { wire.hold(); });
        net::Engine engine;
        base::ManualExecutor executor;
        bool ran = false;
        {
            const base::Cancel cancel = net::diagnose(engine, get(trusting(server.url())), executor,
                                                      [&](const net::Diagnosis&) { ran = true; });
            QTRY_COMPARE(server.seen().size(), std::size_t(1));
        }
        QTRY_COMPARE(server.openConnections(), 0);
        executor.runPending();
        QVERIFY(!ran);
    }
};

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
