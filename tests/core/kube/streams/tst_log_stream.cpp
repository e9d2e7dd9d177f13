// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer.h"
#include "core/kube/memory_transport.h"
#include "core/kube/streams/log_stream.h"

#include <QtTest>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using base::ErrorCode;
using kube::LogLine;

namespace {

/// Follows one container: opens the next stream where one was cut.
struct Bench {
    base::ManualExecutor home;
    base::ManualTimers timers;
    std::shared_ptr<kube::MemoryTransport> transport = std::make_shared<kube::MemoryTransport>();
    std::vector<std::shared_ptr<kube::MemoryStream>> streams;
    std::shared_ptr<kube::LogStream> log;
    std::string text;
    int interruptions = 0;
    std::optional<base::Result<void>> ended;

    Bench() {
        transport->onStream(
            [this](std::shared_ptr<kube::MemoryStream> stream) { streams.push_back(std::move(stream)); });
    }
    void start(kube::LogSpec spec) {
        spec.ns = "team-a";
        spec.pod = "web";
        spec.container = "main";
        spec.follows = true;
        log = std::make_shared<kube::LogStream>(home, timers, std::move(spec));
        open();
    }
    void open() {
        kube::LogStream::Sink sink;
        sink.opened = [] {};
        sink.lines = [this](const std::vector<LogLine>& lines) { take(lines); };
        sink.ended = [this](base::Result<void> result) {
            if (!result && log->wasCut(result.error())) {
                ++interruptions;
                return;
            }
            if (result)
                take(log->finish());
            ended = std::move(result);
        };
        log->open(transport, kube::LogSpec::Run::Current, std::move(sink));
        home.runPending();
    }
    void take(const std::vector<LogLine>& lines) {
        for (const LogLine& line : lines)
            text += line.text + (line.endsLine ? "\n" : "");
    }
    void cut() {
        streams.back()->end(base::fail(ErrorCode::Unreachable, "cut"));
        home.runPending();
    }
    void waitAndOpen() {
        timers.advance(std::chrono::milliseconds(31000));
        if (!ended)
            open();
    }
    std::string target() const { return streams.back()->request().target; }
};

const std::string kSecond = "2026-01-01T10:00:00.";

} // namespace

class TestLogStream : public QObject {
    Q_OBJECT

private slots:
    void goesOnAfterACut() {
        Bench bench;
        kube::LogSpec spec;
        spec.tailLines = 5;
        bench.start(spec);
        QCOMPARE(QString::fromStdString(bench.target()),
                 QStringLiteral("/api/v1/namespaces/team-a/pods/web/log?container=main&follow=true&timestamps=true&"
                                "tailLines=5"));
        bench.streams.back()->send(kSecond + "1Z one\n" + kSecond + "2Z two\n" + kSecond + "3Z thr");
        bench.cut();
        QCOMPARE(bench.interruptions, 1);
        QVERIFY(!bench.ended);
        bench.waitAndOpen();
        QCOMPARE(bench.streams.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(bench.target()),
                 QStringLiteral("/api/v1/namespaces/team-a/pods/web/log?container=main&follow=true&timestamps=true&"
                                "sinceTime=2026-01-01T10%3A00%3A00Z"));
        bench.streams.back()->send(kSecond + "1Z one\n" + kSecond + "2Z two\n" + kSecond + "3Z three\n");
        bench.streams.back()->end();
        bench.home.runPending();
        QCOMPARE(bench.text, std::string("one\ntwo\nthree\n"));
        QVERIFY(bench.ended && bench.ended->has_value());
    }

    void cutBeforeTheFirstLineAsksTheSame() {
        Bench bench;
        kube::LogSpec spec;
        spec.sinceSeconds = 60;
        bench.start(spec);
        const std::string first = bench.target();
        bench.streams.back()->head();
        bench.cut();
        bench.waitAndOpen();
        QCOMPARE(bench.streams.size(), std::size_t(2));
        QCOMPARE(bench.target(), first);
    }

    void cutBeforeTheFirstOfNewLinesAsksSinceTheBeginning() {
        Bench bench;
        kube::LogSpec spec;
        spec.tailLines = 0;
        bench.start(spec);
        bench.streams.back()->head();
        bench.home.runPending();
        bench.timers.advance(std::chrono::minutes(1));
        bench.cut();
        bench.waitAndOpen();
        QCOMPARE(bench.streams.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(bench.target()),
                 QStringLiteral("/api/v1/namespaces/team-a/pods/web/log?container=main&follow=true&timestamps=true&"
                                "sinceTime=2024-01-01T00%3A00%3A00Z"));
        bench.streams.back()->head();
        bench.cut();
        bench.waitAndOpen();
        QVERIFY(bench.target().ends_with("sinceTime=2024-01-01T00%3A00%3A00Z"));
    }

    void theBeginningIsByTheServersClock() {
        Bench bench;
        kube::LogSpec spec;
        spec.tailLines = 0;
        bench.start(spec);
        bench.streams.back()->head({.status = 200,
                                    .httpVersion = 0,
                                    .headers = {{"Date", "Mon, 01 Jan 2024 00:05:07 GMT"}},
                                    .body = {},
                                    .timings = {}});
        bench.cut();
        bench.waitAndOpen();
        QVERIFY2(bench.target().ends_with("sinceTime=2024-01-01T00%3A05%3A07Z"), bench.target().c_str());
    }

    void endsWithoutATransport() {
        Bench bench;
        bench.transport = nullptr;
        bench.start({});
        QVERIFY(bench.ended && !bench.ended->has_value());
        QVERIFY(bench.ended->error().code == ErrorCode::Unreachable);
    }

    void refusalEndsIt() {
        Bench bench;
        bench.start({});
        bench.streams.back()->refuse({.status = 403, .body = R"({"kind":"Status","reason":"Forbidden","code":403})"});
        bench.home.runPending();
        QVERIFY(bench.ended && !bench.ended->has_value());
        QVERIFY(bench.ended->error().code == ErrorCode::Forbidden);
    }

    void goneWhileAwayEndsIt() {
        Bench bench;
        bench.start({});
        bench.streams.back()->send(kSecond + "1Z one\n");
        bench.cut();
        bench.waitAndOpen();
        bench.streams.back()->refuse(
            {.status = 404,
             .body = R"({"kind":"Status","reason":"NotFound","details":{"name":"web","kind":"pods"},"code":404})"});
        bench.home.runPending();
        QVERIFY(bench.ended && !bench.ended->has_value());
        QVERIFY(bench.ended->error().code == ErrorCode::NotFound);
        QCOMPARE(bench.text, std::string("one\n"));
    }

    void outageIsWaitedOut() {
        Bench bench;
        bench.start({});
        bench.streams.back()->send(kSecond + "1Z one\n");
        for (int i = 0; i < 5; ++i) {
            bench.cut();
            bench.waitAndOpen();
        }
        QCOMPARE(bench.interruptions, 5);
        bench.streams.back()->send(kSecond + "1Z one\n" + kSecond + "2Z two\n");
        bench.home.runPending();
        QCOMPARE(bench.text, std::string("one\ntwo\n"));
    }

    void cancelSilences() {
        Bench bench;
        bench.start({});
        bench.streams.back()->send(kSecond + "1Z one\n");
        bench.log->giveUp();
        bench.home.runPending();
        QCOMPARE(bench.text, std::string());
        QVERIFY(bench.streams.back()->isCancelled());
    }

    void lastLineMayLackItsEnd() {
        Bench bench;
        bench.start({});
        bench.streams.back()->send(kSecond + "1Z one\n" + kSecond + "2Z prompt> ");
        bench.home.runPending();
        QCOMPARE(bench.text, std::string("one\n"));
        bench.streams.back()->end();
        bench.home.runPending();
        QCOMPARE(bench.text, std::string("one\nprompt> "));
    }
};

QTEST_GUILESS_MAIN(TestLogStream)
#include "tst_log_stream.moc"
