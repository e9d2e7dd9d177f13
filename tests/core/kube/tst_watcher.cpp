// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/kube/watch_fixture.h"

#include <QTest>

#include <string>

using base::ErrorCode;
using kube::WatchPhase;
using namespace std::chrono_literals;
using F = WatchFixture;

namespace {

bool asks(const kube::ApiRequest& request, const char* text) {
    return request.target.find(text) != std::string::npos;
}

} // namespace

class TestWatcher : public QObject {
    Q_OBJECT
private slots:
    void initialEventsThenChanges();
    void bookmarkOnly();
    void deliversInBatches();
    void fallsBackToPages();
    void remembersTheRefusal();
    void serverThatIgnoresInitialEvents();
    void resumesWithoutList();
    void cutInMidFrame();
    void orderlyEndIsNoFailure();
    void goneInStream();
    void goneOnResume();
    void goneInMidList();
    void goneAfterEachList();
    void expiredContinueToken();
    void pageFailsAndIsAskedAgain();
    void forbiddenList();
    void forbiddenWatch();
    void unserved();
    void throttled();
    void garbage();
    void garbageForColumns();
    void backOffGrowsAndResets();
    void wakesTheOthers();
    void columnsChange();
    void slowLink();
    void kindThatCannotBeWatched();
    void homeThatCannotKeepUp();
    void cancelAtEveryStep();
    void serverTime();
    void listOfOnePage();
    void listByInitialEvents();
    void listOutOfOrder();
    void listFails();
    void listWaitsWhereAsked();
    void asksForTheVersionOnce();
};

void TestWatcher::initialEventsThenChanges() {
    F f;
    f.start();
    QVERIFY(asks(f.stream().request(), "/apis/shop.example.com/v1/wheels?watch=1&sendInitialEvents=true"));
    QVERIFY(asks(f.stream().request(), "allowWatchBookmarks=true"));
    QVERIFY(!f.stream().request().compressed);
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")));
    f.pump();
    QCOMPARE(f.rowsText(), QByteArray("a=1")); // First rows at once.
    QVERIFY(f.phase == WatchPhase::Listing);
    QCOMPARE(f.resyncs, std::size_t(0));
    f.stream().send(F::event("ADDED", F::row("b", 2, "6")) + F::bookmark("10", true));
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1 b=2"));
    QVERIFY(f.phase == WatchPhase::Live);
    QCOMPARE(f.resyncs, std::size_t(1));
    f.pass(1s);
    f.stream().send(F::event("MODIFIED", F::row("a", 7, "11")));
    f.pump(); // Live, and nothing was delivered lately: without delay.
    QCOMPARE(f.rowsText(), QByteArray("a=7 b=2"));
    f.stream().send(F::event("DELETED", F::row("b", 2, "12")));
    f.pass(50ms);
    QCOMPARE(f.rowsText(), QByteArray("a=7"));
    QCOMPARE(f.streams.size(), std::size_t(1));
}

void TestWatcher::bookmarkOnly() {
    F f;
    f.start();
    f.stream().send(F::bookmark("10", true));
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Live);
    QCOMPARE(f.resyncs, std::size_t(1));
    f.stream().send(F::bookmark("20"));
    f.pass(2s);
    f.stream().end();
    f.pump();
    QVERIFY(asks(f.stream().request(), "resourceVersion=20&"));
}

void TestWatcher::deliversInBatches() {
    F f;
    f.start();
    f.stream().send(F::event("ADDED", F::row("a", 1, "1")));
    f.pump();
    const std::size_t before = f.deliveries;
    for (int i = 0; i < 100; ++i) {
        f.stream().send(F::event("ADDED", F::row("x" + std::to_string(i), i, "2")));
        f.pass(1ms);
    }
    QVERIFY(f.deliveries - before <= 2);
    f.stream().send(F::bookmark("10", true));
    f.pass(100ms);
    QCOMPARE(f.store->size(), std::size_t(101));
}

void TestWatcher::fallsBackToPages() {
    F f;
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10", "next"));
    f.answers.push_back(F::table({F::row("b", 2, "6")}, "10"));
    f.start();
    f.stream().refuse(F::refusal(422, "Invalid", "sendInitialEvents is forbidden"));
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1 b=2"));
    QCOMPARE(f.resyncs, std::size_t(1));
    QVERIFY(f.phase == WatchPhase::Live);
    QVERIFY(asks(f.stream().request(), "watch=1&resourceVersion=10&"));
    const auto requests = f.transport->requests();
    QVERIFY(asks(requests[2], "limit=500"));
    QVERIFY(requests[2].compressed);
    QVERIFY(asks(requests[3], "continue=next"));
}

void TestWatcher::remembersTheRefusal() {
    F f;
    f.start();
    f.answers.push_back(F::table({}, "10"));
    f.stream().refuse(F::refusal(400, "BadRequest", "unknown parameter"));
    f.pump();
    QVERIFY(!f.environment.traits->offersInitialEvents(F::wheels().kind));
    kube::Kind pods;
    pods.version = "v1";
    pods.plural = "pods";
    QVERIFY(f.environment.traits->offersInitialEvents(pods));
    f.environment.traits->setInitialEventsRefused(pods);
    kube::Kind nodes;
    nodes.version = "v1";
    nodes.plural = "nodes";
    QVERIFY(!f.environment.traits->offersInitialEvents(nodes));
}

void TestWatcher::serverThatIgnoresInitialEvents() {
    F f;
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10"));
    f.start();
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")));
    f.pass(1s);
    f.pass(10s);
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Live);
    QCOMPARE(f.streams.size(), std::size_t(2));
    QVERIFY(f.streams[0]->isCancelled());
}

void TestWatcher::resumesWithoutList() {
    F f;
    f.start();
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")) + F::bookmark("10", true));
    f.pass(100ms);
    f.stream().send(F::event("MODIFIED", F::row("a", 2, "11")));
    f.pass(50ms);
    f.stream().end(base::fail(ErrorCode::Unreachable, "reset by peer"));
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Waiting);
    QVERIFY(f.error->code == ErrorCode::Unreachable);
    QVERIFY(f.retryAtMs > 0);
    QCOMPARE(f.rowsText(), QByteArray("a=2"));
    f.pass(1s);
    QCOMPARE(f.streams.size(), std::size_t(2));
    QVERIFY(asks(f.stream().request(), "resourceVersion=11&"));
    f.stream().head();
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Live);
    QVERIFY(!f.error);
    QCOMPARE(f.resyncs, std::size_t(1));
}

void TestWatcher::cutInMidFrame() {
    F f;
    f.start();
    f.stream().send(F::bookmark("10", true));
    f.pass(100ms);
    const std::string frame = F::event("ADDED", F::row("b", 2, "12"));
    f.stream().send(F::event("ADDED", F::row("a", 1, "11")) + frame.substr(0, frame.size() / 2));
    f.pass(100ms);
    f.stream().end();
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
    QVERIFY(f.phase == WatchPhase::Waiting);
    f.pass(1s);
    QVERIFY(asks(f.stream().request(), "resourceVersion=11&"));
    f.stream().send(frame);
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1 b=2"));
}

void TestWatcher::orderlyEndIsNoFailure() {
    F f;
    f.start();
    f.stream().send(F::bookmark("10", true));
    f.pass(5min);
    f.stream().end();
    f.pump();
    QCOMPARE(f.streams.size(), std::size_t(2));
    QVERIFY(f.phase == WatchPhase::Live);
    f.stream().head();
    f.stream().end(); // A server that ends each watch at once is not asked without pause.
    f.pass(10ms);
    QVERIFY(f.phase == WatchPhase::Waiting);
    QCOMPARE(f.streams.size(), std::size_t(2));
}

void TestWatcher::goneInStream() {
    F f;
    f.start();
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")) + F::event("ADDED", F::row("b", 1, "6")) +
                    F::bookmark("10", true));
    f.pass(100ms);
    f.stream().send(F::expired());
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1 b=1")); // Nothing is lost meanwhile.
    QVERIFY(asks(f.stream().request(), "sendInitialEvents=true"));
    f.stream().send(F::event("ADDED", F::row("b", 3, "20")) + F::event("ADDED", F::row("c", 1, "21")));
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1 b=3 c=1"));
    f.stream().send(F::bookmark("30", true));
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("b=3 c=1"));
    QVERIFY(f.phase == WatchPhase::Live);
}

void TestWatcher::goneOnResume() {
    F f;
    f.start();
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")) + F::bookmark("10", true));
    f.pass(2s);
    f.stream().end();
    f.pump();
    f.stream().refuse(F::refusal(410, "Expired", "too old"));
    f.pump();
    QVERIFY(asks(f.stream().request(), "sendInitialEvents=true"));
    // And again and again: with pauses.
    for (int i = 0; i < 3; ++i) {
        f.stream().refuse(F::refusal(410, "Expired", "too old"));
        f.pump();
    }
    QVERIFY(f.phase == WatchPhase::Waiting);
    QVERIFY2(f.error->code == ErrorCode::Gone, f.error->message.c_str());
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
}

void TestWatcher::goneInMidList() {
    F f;
    f.start();
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")) + F::expired());
    f.pass(100ms);
    QCOMPARE(f.streams.size(), std::size_t(2));
    f.stream().send(F::event("ADDED", F::row("b", 1, "6")) + F::bookmark("10", true));
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("b=1"));
}

void TestWatcher::goneAfterEachList() {
    F f;
    f.start();
    for (int i = 0; i < 6000; ++i) {
        const auto stream = f.streams.back();
        if (!stream->isCancelled()) {
            stream->send(F::event("ADDED", F::row("a", 1, "5")) + F::bookmark("10", true) + F::expired());
            f.pump();
        }
        f.pass(10ms);
    }
    QVERIFY2(f.streams.size() < 40, std::to_string(f.streams.size()).c_str());
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
}

void TestWatcher::expiredContinueToken() {
    F f;
    f.environment.traits->setInitialEventsRefused(F::wheels().kind);
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10", "next"));
    f.answers.push_back(F::refusal(410, "Expired", "the token is too old"));
    f.answers.push_back(F::table({F::row("b", 2, "16"), F::row("c", 3, "17")}, "20"));
    f.start();
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("b=2 c=3"));
    QVERIFY(asks(f.stream().request(), "resourceVersion=20&"));
    const auto requests = f.transport->requests();
    QVERIFY(!asks(requests[3], "limit="));
}

void TestWatcher::pageFailsAndIsAskedAgain() {
    F f;
    f.environment.traits->setInitialEventsRefused(F::wheels().kind);
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10", "next"));
    f.answers.push_back(F::refusal(500, "InternalError", "oops"));
    f.answers.push_back(F::table({F::row("b", 2, "6")}, "10"));
    f.start();
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Waiting || f.phase == WatchPhase::Live);
    f.pass(1s);
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1 b=2"));
    QVERIFY(f.phase == WatchPhase::Live);
    QCOMPARE(f.transport->requests().size(), std::size_t(5)); // Columns, three pages, the watch.
}

void TestWatcher::forbiddenList() {
    F f;
    f.environment.traits->setKind(F::wheels().kind, {});
    f.answers.push_back(F::refusal(403, "Forbidden", "wheels is forbidden"));
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10"));
    f.start();
    f.stream().refuse(F::refusal(403, "Forbidden", "wheels is forbidden"));
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Forbidden);
    QCOMPARE(f.error->verb, std::string("list"));
    QCOMPARE(f.error->resource, std::string("wheels.shop.example.com"));
    f.pass(50s);
    QCOMPARE(f.transport->requests().size(), std::size_t(2));
    f.pass(70s);
    QVERIFY(f.transport->requests().size() > 2);
}

void TestWatcher::forbiddenWatch() {
    F f;
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10"));
    f.start();
    f.stream().refuse(F::refusal(403, "Forbidden", "you may not watch"));
    f.pump();
    f.stream().refuse(F::refusal(403, "Forbidden", "you may not watch"));
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Forbidden);
    QCOMPARE(f.error->verb, std::string("watch"));
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
    QCOMPARE(f.resyncs, std::size_t(1));
}

void TestWatcher::unserved() {
    F f;
    f.environment.traits->setKind(F::wheels().kind, {});
    f.start();
    f.stream().refuse(kube::MemoryAnswer{.status = 404, .body = "404 page not found"});
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Unserved);
}

void TestWatcher::throttled() {
    F f;
    f.start();
    kube::MemoryAnswer answer = F::refusal(429, "TooManyRequests", "slow down");
    answer.headers.emplace_back("Retry-After", "9");
    f.stream().refuse(answer);
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Waiting);
    QVERIFY(f.error->code == ErrorCode::Throttled);
    f.pass(8s);
    QCOMPARE(f.streams.size(), std::size_t(1));
    f.pass(2s);
    QCOMPARE(f.streams.size(), std::size_t(2));
}

void TestWatcher::garbage() {
    F f;
    f.start();
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")) + F::bookmark("10", true));
    f.pass(100ms);
    f.stream().send("{\"type\":\"ADDED\",\"object\":[}\n");
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Waiting);
    QVERIFY(f.error->code == ErrorCode::BadResponse);
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
    f.pass(1s);
    QVERIFY(asks(f.stream().request(), "sendInitialEvents=true"));
    f.stream().send(F::event("ADDED", F::row("b", 1, "6")) + F::bookmark("12", true));
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("b=1"));
}

void TestWatcher::garbageForColumns() {
    F f;
    bool isPortal = true;
    f.transport->onSend([&](const kube::ApiRequest&) {
        return isPortal ? kube::MemoryAnswer{.body = "<html>Sign in to the guest network</html>"}
                        : F::table({}, "1", {}, "Size");
    });
    f.start(); // Nothing passes: it asks again after a random 50 to 800 ms.
    QVERIFY(f.phase == WatchPhase::Waiting);
    QVERIFY(f.error->code == ErrorCode::BadResponse);
    isPortal = false;
    f.pass(1s);
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")) + F::bookmark("10", true));
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
}

void TestWatcher::backOffGrowsAndResets() {
    F f;
    f.start();
    std::chrono::milliseconds longest(0);
    for (int i = 0; i < 30; ++i) {
        f.stream().end(base::fail(ErrorCode::Refused, "nobody there"));
        f.pump();
        const std::int64_t wait = f.retryAtMs - f.time.nowMs();
        longest = std::max(longest, std::chrono::milliseconds(wait));
        QVERIFY2(wait >= 0 && wait <= (i == 0 ? 800 : 30000), std::to_string(wait).c_str());
        while (f.phase == WatchPhase::Waiting && f.streams.back()->isCancelled())
            f.pass(f.time.untilNext());
    }
    QVERIFY(longest > 8s); // 25 draws out of 0..30 s that are all short would be a wonder.
    f.stream().send(F::bookmark("10", true));
    f.pass(3min);
    f.stream().end(base::fail(ErrorCode::Unreachable, "reset"));
    f.pump();
    QVERIFY(f.retryAtMs - f.time.nowMs() <= 800);
}

void TestWatcher::wakesTheOthers() {
    F f;
    f.start();
    f.stream().refuse(F::refusal(429, "TooManyRequests", "slow down"));
    f.pass(10ms);
    QVERIFY(f.phase == WatchPhase::Waiting);
    f.environment.traits->retries().retryNow();
    f.pump();
    QCOMPARE(f.streams.size(), std::size_t(2));
    QCOMPARE(f.transport->requests().size(), std::size_t(3));
}

void TestWatcher::columnsChange() {
    F f;
    f.start();
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")) + F::event("ADDED", F::row("b", 2, "6")) +
                    F::bookmark("10", true));
    f.pass(100ms);
    QCOMPARE(f.store->layout()->columns()[1].title, std::string("Size"));
    f.column = "Width";
    f.stream().send(F::event("MODIFIED", F::row("a", 3, "11"), "Width"));
    f.pass(100ms);
    QCOMPARE(f.streams.size(), std::size_t(2));
    QCOMPARE(f.rowsText(), QByteArray("a=1 b=2"));
    f.stream().send(F::event("ADDED", F::row("a", 3, "11"), "Width") + F::event("ADDED", F::row("b", 4, "6"), "Width") +
                    F::bookmark("12", true, "Width"));
    f.pass(100ms);
    f.pass(100ms);
    QCOMPARE(f.store->layout()->columns()[1].title, std::string("Width"));
    QCOMPARE(f.rowsText(), QByteArray("a=3 b=4"));
}

void TestWatcher::slowLink() {
    F f;
    kube::KindTraits many;
    many.count = 100000;
    f.environment.traits->setKind(F::wheels().kind, many);
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10"));
    f.start();
    for (int i = 0; i < 10; ++i) {
        f.stream().send(F::event("ADDED", F::row("x" + std::to_string(i), 1, "5")));
        f.pass(100ms);
    }
    f.pass(100ms);
    QVERIFY(f.streams[0]->isCancelled());
    QVERIFY(f.phase == WatchPhase::Live);
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
    QVERIFY(f.environment.traits->streamRate() > 0);
}

void TestWatcher::kindThatCannotBeWatched() {
    F f;
    kube::WatchSpec spec = F::wheels();
    spec.kind.verbs = {"list"};
    f.answers.push_back(F::table({F::row("a", 1, "5")}, ""));
    f.answers.push_back(F::table({F::row("b", 1, "5")}, ""));
    f.start(spec);
    f.pass(100ms);
    QVERIFY(f.phase == WatchPhase::Live);
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
    f.pass(30s);
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("b=1"));
    QVERIFY(f.streams.empty());
}

void TestWatcher::homeThatCannotKeepUp() {
    F f;
    f.environment.maxPendingBytes = 20000;
    f.start();
    f.stream().send(F::bookmark("10", true));
    f.pass(100ms);
    f.isHomeStuck = true;
    for (int i = 0; i < 1000 && !f.stream().isCancelled(); ++i) {
        f.stream().send(F::event("ADDED", F::row("x" + std::to_string(i), 1, "11")));
        f.pass(50ms);
    }
    QVERIFY(f.stream().isCancelled());
    f.isHomeStuck = false;
    f.pass(1s);
    f.pass(100ms);
    QVERIFY(asks(f.stream().request(), "sendInitialEvents=true"));
    f.stream().send(F::event("ADDED", F::row("a", 1, "12")) + F::bookmark("20", true));
    f.pass(100ms);
    QCOMPARE(f.rowsText(), QByteArray("a=1"));
}

void TestWatcher::cancelAtEveryStep() {
    for (int steps = 0; steps < 12; ++steps) {
        F f;
        f.answers.push_back(F::table({F::row("a", 1, "5")}, "10", "next"));
        f.cancel = kube::watch(f.environment, F::wheels(), f.home, [&f](const kube::WatchUpdate&) { ++f.deliveries; });
        int left = steps;
        const auto step = [&](const std::function<void()>& act) {
            if (left-- > 0)
                act();
        };
        step([&] { f.pump(); });
        step([&] { f.stream().send(F::event("ADDED", F::row("a", 1, "5"))); });
        step([&] { f.pool.runPending(); });
        step([&] { f.pump(); });
        step([&] { f.stream().send(F::bookmark("10", true)); });
        step([&] { f.pass(100ms); });
        step([&] { f.stream().end(base::fail(ErrorCode::Unreachable, "reset")); });
        step([&] { f.pump(); });
        step([&] { f.pass(1s); });
        step([&] { f.stream().refuse(F::refusal(410, "Expired", "old")); });
        step([&] { f.pump(); });
        f.cancel.cancel();
        const std::size_t before = f.deliveries;
        for (const auto& stream : f.streams) {
            stream->send(F::bookmark("10", true));
            stream->end();
        }
        f.pump();
        f.pass(10min);
        QCOMPARE(f.deliveries, before);
        QCOMPARE(f.time.pending(), std::size_t(0));
        f.streams.clear();
        QCOMPARE(f.transport.use_count(), 2L); // The fixture's own two.
    }
}

void TestWatcher::serverTime() {
    F f;
    std::int64_t told = -1;
    f.cancel = kube::watch(f.environment, F::wheels(), f.home,
                           [&](const kube::WatchUpdate& update) { told = update.serverTimeMs; });
    f.pump();
    net::Response head;
    head.status = 200;
    head.headers.emplace_back("Date", "Mon, 01 Jan 2024 01:00:00 GMT"); // An hour ahead of the manual clock.
    f.stream().head(head);
    f.stream().send(F::bookmark("10", true));
    f.pass(10s);
    f.stream().send(F::event("ADDED", F::row("a", 1, "11")));
    f.pass(50ms);
    QVERIFY2(told > 0, std::to_string(told - f.time.nowMs()).c_str());
    QVERIFY(told - f.time.nowMs() > 3590000 && told - f.time.nowMs() < 3610000);
}

void TestWatcher::listOfOnePage() {
    F f;
    f.answers.push_back(F::table({F::row("a", 1, "5"), F::row("b", 1, "6")}, "10"));
    std::optional<base::Result<kube::ListResult>> result;
    f.cancel = kube::list(f.environment, F::wheels(), f.home,
                          [&](base::Result<kube::ListResult> got) { result = std::move(got); });
    f.pump();
    QVERIFY(result && *result);
    QCOMPARE((*result)->batches.size(), std::size_t(1));
    QCOMPARE((*result)->batches[0].size(), std::size_t(2));
    QCOMPARE((*result)->resourceVersion, std::string("10"));
    QVERIFY(f.streams.empty());
}

void TestWatcher::listByInitialEvents() {
    F f;
    kube::KindTraits many;
    many.count = 5000;
    f.environment.traits->setKind(F::wheels().kind, many);
    std::optional<base::Result<kube::ListResult>> result;
    f.cancel = kube::list(f.environment, F::wheels(), f.home,
                          [&](base::Result<kube::ListResult> got) { result = std::move(got); });
    f.pump();
    f.stream().send(F::event("ADDED", F::row("a", 1, "5")) + F::event("ADDED", F::row("b", 1, "6")));
    const std::string end = F::bookmark("10", true);
    const std::size_t cut = end.find("events-end") + 3;
    f.stream().send(end.substr(0, cut));
    f.stream().send(end.substr(cut));
    f.pump();
    QVERIFY(result && *result);
    QCOMPARE((*result)->batches[0].size(), std::size_t(2));
    QCOMPARE((*result)->resourceVersion, std::string("10"));
    QVERIFY(f.streams[0]->isCancelled());
}

void TestWatcher::listOutOfOrder() {
    F f;
    kube::KindTraits many;
    many.count = 5000;
    f.environment.traits->setKind(F::wheels().kind, many);
    f.answers.push_back(F::table({F::row("a", 1, "5"), F::row("b", 1, "6")}, "10"));
    std::optional<base::Result<kube::ListResult>> result;
    f.cancel = kube::list(f.environment, F::wheels(), f.home,
                          [&](base::Result<kube::ListResult> got) { result = std::move(got); });
    f.pump();
    f.stream().send(F::event("ADDED", F::row("b", 1, "5")) + F::event("ADDED", F::row("a", 1, "6")) +
                    F::bookmark("10", true));
    f.pump();
    QVERIFY(result && *result);
    QCOMPARE((*result)->batches[0].size(), std::size_t(2));
    QCOMPARE(f.transport->requests().size(), std::size_t(2));
}

void TestWatcher::listFails() {
    F f;
    f.answers.push_back(F::refusal(403, "Forbidden", "wheels is forbidden"));
    std::optional<base::Result<kube::ListResult>> result;
    f.cancel = kube::list(f.environment, F::wheels(), f.home,
                          [&](base::Result<kube::ListResult> got) { result = std::move(got); });
    f.pump();
    QVERIFY(result && !*result);
    QVERIFY(result->error().code == ErrorCode::Forbidden);
    QCOMPARE(result->error().verb, std::string("list"));
}

void TestWatcher::listWaitsWhereAsked() {
    F f;
    kube::MemoryAnswer busy = F::refusal(429, "TooManyRequests", "slow down");
    busy.headers.emplace_back("Retry-After", "2");
    f.answers.push_back(busy);
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10"));
    std::optional<base::Result<kube::ListResult>> result;
    f.cancel = kube::list(f.environment, F::wheels(), f.home,
                          [&](base::Result<kube::ListResult> got) { result = std::move(got); });
    f.pump();
    f.pass(1s);
    QVERIFY(!result);
    f.pass(1s);
    QVERIFY(result && *result);
    // Not for ever.
    for (int i = 0; i < 20; ++i)
        f.answers.push_back(busy);
    result.reset();
    f.cancel = kube::list(f.environment, F::wheels(), f.home,
                          [&](base::Result<kube::ListResult> got) { result = std::move(got); });
    for (int i = 0; i < 15; ++i)
        f.pass(2s);
    QVERIFY(result && !*result);
    QVERIFY(result->error().code == ErrorCode::Throttled);
}

void TestWatcher::asksForTheVersionOnce() {
    F f;
    f.environment.traits = std::make_shared<kube::ServerTraits>();
    QCOMPARE(f.environment.traits->serverMinor(), 0);
    f.answers.push_back(kube::MemoryAnswer{.body = R"({"major":"1","gitVersion":"v1.34.4"})"});
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10"));
    f.answers.push_back(F::table({F::row("a", 1, "5")}, "10"));
    for (int i = 0; i < 2; ++i) {
        base::Cancel cancel =
            kube::list(f.environment, F::wheels(), f.home, [](const base::Result<kube::ListResult>&) {});
        f.pump();
    }
    QCOMPARE(f.environment.traits->serverMinor(), 34);
    const auto requests = f.transport->requests();
    QCOMPARE(requests.size(), std::size_t(4)); // Version, columns, two lists.
    QCOMPARE(requests[0].target, std::string("/version"));
    f.environment.traits->setServerVersion("v1.35.0");
    QVERIFY(!f.environment.traits->kind(F::wheels().kind));
}

QTEST_GUILESS_MAIN(TestWatcher)
#include "tst_watcher.moc"
