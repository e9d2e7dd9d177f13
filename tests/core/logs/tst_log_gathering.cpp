// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_gathering.h"
#include "core/logs/log_store.h"
#include "tests/core/fleet/servers.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <memory>

using namespace std::chrono_literals;

namespace {

std::string podRest(const std::string& container, const std::string& state, const std::string& id,
                    const std::string& last = {}, const std::string& phase = "Running");

} // namespace

// All on the test's thread: home is the pool, too.
class TestLogGathering : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void readsOnePodAndGoesOn();
    void followsAnOwnersPodsAlsoLaterOnes();
    void readsTheNextRunOfAContainer();
    void previousRunsWhereWished();
    void mergesOverClusters();
    void waitsForAContainerToStart();
    void saysWhatItMayNotRead();
    void saysWhatIsMissing();
    void goesOnAfterACut();
    void asksANodeThatFailsLessAndLess();
    void goesOnAfterARefusal();
    void goesOnWhereARunningContainersStreamEnds();
    void readsTheRestOfARunThatIsOver();
    void anotherPodOfTheNameIsReadOnce();
    void problemsGoWithTheirCause();
    void asksForAnOwnerAgain();
    void readsTheContainerThatIsMeant_data();
    void readsTheContainerThatIsMeant();
    void saysWhereAPodLacksTheContainer();
    void isOverWhenAllPodsAre();
    void aRefusedLogOfAPodThatIsOverIsOver();
    void passesOnWhatWaits();
    void asksSinceATime();
    void endsQuietly();

private:
    using Stream = std::shared_ptr<kube::MemoryStream>;
    void gather(logs::GatherSpec spec) {
        m_gathering = std::make_unique<logs::LogGathering>(logs::GatherEnvironment{m_bench->fleet.get(), &m_bench->home,
                                                                                   &m_bench->home, &m_bench->time,
                                                                                   &m_bench->time},
                                                           std::move(spec), m_store);
        pass();
    }
    void pass() {
        for (int i = 0; i < 20; ++i)
            m_bench->pass(100ms);
    }
    [[nodiscard]] std::string texts() const {
        std::string all;
        for (const logs::LogRow& row : m_store->read(0, 1000))
            all += (all.empty() ? "" : " ") + row.text;
        return all;
    }
    [[nodiscard]] Stream stream(const std::string& part) const {
        for (auto at = m_streams.rbegin(); at != m_streams.rend(); ++at) {
            if ((*at)->request().target.find(part) != std::string::npos)
                return *at;
        }
        return nullptr;
    }
    [[nodiscard]] logs::GatherSubject subject(const std::string& name, const std::string& resource = "pods",
                                              const std::string& cluster = "paris") const {
        return {m_bench->id(cluster), "shop", resource, name};
    }

    std::unique_ptr<Servers> m_bench;
    std::shared_ptr<logs::LogStore> m_store;
    std::unique_ptr<logs::LogGathering> m_gathering;
    std::vector<Stream> m_streams;
    int m_refusal = 0; ///< The status with which streams are refused.
};

void TestLogGathering::init() {
    m_streams.clear();
    m_refusal = 0;
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris", "oslo"});
    for (const char* name : {"paris", "oslo"}) {
        m_bench->api(name).serve("apps/v1", "Deployment", "deployments", true);
        m_bench->api(name).onLog([this](Stream stream) {
            m_streams.push_back(stream);
            if (m_refusal)
                stream->refuse({.status = m_refusal, .body = {}});
        });
        m_bench->api(name).put("pods", "shop", "web", podRest("main", "running", "c1"), R"(,"labels":{"app":"web"})");
        m_bench->connect(name);
    }
    m_store = std::make_shared<logs::LogStore>(logs::StoreOptions{});
}

void TestLogGathering::cleanup() {
    m_gathering.reset();
    m_bench->home.runPending();
    m_streams.clear();
    m_bench.reset();
}

void TestLogGathering::readsOnePodAndGoesOn() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    spec.tailLines = 7;
    gather(std::move(spec));
    QCOMPARE(m_streams.size(), std::size_t(1));
    const std::string target = m_streams[0]->request().target;
    QVERIFY2(target.find("tailLines=7") != std::string::npos && target.find("follow=true") != std::string::npos,
             target.c_str());
    QVERIFY(!m_gathering->isSettled());
    m_streams[0]->send("2026-01-31T06:00:00Z one\n");
    pass();
    QVERIFY(m_gathering->isSettled());
    m_streams[0]->send("2026-01-31T06:00:01Z two\n2026-01-31T06:00:02Z three\n");
    pass();
    QCOMPARE(texts(), std::string("one two three"));
    const logs::SourceInfo source = m_store->source(0);
    QCOMPARE(source.cluster + source.ns + source.pod + source.container, std::string("parisshopwebmain"));
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Reading), std::size_t(1));
}

void TestLogGathering::followsAnOwnersPodsAlsoLaterOnes() {
    m_bench->api("paris").put("deployments", "shop", "web", R"(,"spec":{"selector":{"matchLabels":{"app":"web"}}})");
    m_bench->api("paris").put("pods", "shop", "other", podRest("main", "running", "o1"),
                              R"(,"labels":{"app":"other"})");
    logs::GatherSpec spec;
    spec.subjects = {subject("web", "deployments.apps")};
    spec.tailLines = 7;
    gather(std::move(spec));
    QCOMPARE(m_streams.size(), std::size_t(1));
    m_bench->api("paris").put("pods", "shop", "web-2", podRest("main", "running", "c2"), R"(,"labels":{"app":"web"})");
    pass();
    QCOMPARE(m_streams.size(), std::size_t(2));
    const std::string target = stream("web-2")->request().target;
    QVERIFY2(target.find("tailLines") == std::string::npos, target.c_str()); // all of what came later
}

void TestLogGathering::readsTheNextRunOfAContainer() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    m_streams[0]->send("2026-01-31T06:00:00Z one\n");
    m_bench->api("paris").put("pods", "shop", "web", podRest("main", "terminated", "c1"), R"(,"labels":{"app":"web"})");
    m_streams[0]->end();
    pass();
    QCOMPARE(m_streams.size(), std::size_t(1));
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Ended), std::size_t(1));
    // Two restarts, of which one was not seen.
    m_bench->api("paris").put("pods", "shop", "web", podRest("main", "running", "c3", "c2"),
                              R"(,"labels":{"app":"web"})");
    pass();
    QCOMPARE(m_streams.size(), std::size_t(3));
    QVERIFY(m_streams[1]->request().target.find("previous=true") != std::string::npos);
    m_streams[1]->send("2026-01-31T06:00:01Z two\n");
    m_streams[1]->end();
    m_streams[2]->send("2026-01-31T06:00:02Z three\n");
    pass();
    QCOMPARE(texts(), std::string("one two three"));
    QVERIFY(m_store->source(1).isPrevious);
}

void TestLogGathering::previousRunsWhereWished() {
    m_bench->api("paris").put("pods", "shop", "web", podRest("main", "running", "c2", "c1"));
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(spec);
    QCOMPARE(m_streams.size(), std::size_t(1));
    spec.previous = logs::GatherSpec::Previous::With;
    m_gathering.reset();
    m_streams.clear();
    gather(spec);
    QCOMPARE(m_streams.size(), std::size_t(2));
}

void TestLogGathering::mergesOverClusters() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web"), subject("web", "pods", "oslo")};
    gather(std::move(spec));
    QCOMPARE(m_streams.size(), std::size_t(2));
    m_streams[0]->send("2026-01-31T06:00:00Z a\n2026-01-31T06:00:02Z c\n");
    m_streams[1]->send("2026-01-31T06:00:01Z b\n2026-01-31T06:00:03Z d\n");
    pass();
    QCOMPARE(texts(), std::string("a b c d"));
}

void TestLogGathering::waitsForAContainerToStart() {
    m_bench->api("paris").put("pods", "shop", "new",
                              R"(,"spec":{"containers":[{"name":"main"}]},"status":{"phase":"Pending"})");
    logs::GatherSpec spec;
    spec.subjects = {subject("new")};
    gather(std::move(spec));
    QCOMPARE(m_streams.size(), std::size_t(0));
    QVERIFY(m_gathering->isSettled());
    m_bench->api("paris").put("pods", "shop", "new", podRest("main", "running", "n1"));
    pass();
    QCOMPARE(m_streams.size(), std::size_t(1));
    // The node is slower than its word.
    m_streams[0]->refuse(
        {.status = 400, .body = R"({"kind":"Status","status":"Failure","reason":"BadRequest","code":400,
        "message":"container \"main\" in pod \"new\" is waiting to start"})"});
    for (int i = 0; i < 20; ++i)
        pass();
    QVERIFY(m_streams.size() >= 2);
    m_streams.back()->send("2026-01-31T06:00:00Z one\n");
    pass();
    QCOMPARE(texts(), std::string("one"));
}

void TestLogGathering::saysWhatItMayNotRead() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    m_streams[0]->refuse(
        {.status = 403,
         .body = R"({"kind":"Status","status":"Failure","reason":"Forbidden","code":403,"message":"no"})"});
    pass();
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Forbidden), std::size_t(1));
    QVERIFY(m_gathering->isSettled());
    QCOMPARE(m_streams.size(), std::size_t(1));
}

void TestLogGathering::saysWhatIsMissing() {
    logs::GatherSpec spec;
    spec.subjects = {subject("gone", "deployments.apps"), subject("x", "nonsense.example.com"), subject("web")};
    gather(std::move(spec));
    QCOMPARE(m_gathering->problems().size(), std::size_t(2));
    QCOMPARE(m_streams.size(), std::size_t(1));
}

void TestLogGathering::goesOnAfterACut() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    m_streams[0]->send("2026-01-31T06:00:00Z one\n2026-01-31T06:00:01Z two\n");
    base::Error cut;
    cut.code = base::ErrorCode::Unreachable;
    m_streams[0]->end(tl::unexpected<base::Error>(cut));
    m_bench->home.runPending();
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Interrupted), std::size_t(1));
    pass();
    QCOMPARE(m_streams.size(), std::size_t(2));
    m_streams[1]->send("2026-01-31T06:00:01Z two\n2026-01-31T06:00:02Z three\n");
    pass();
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Reading), std::size_t(1));
    QCOMPARE(texts(), std::string("one two three"));
}

void TestLogGathering::asksANodeThatFailsLessAndLess() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    spec.tailLines = 7;
    m_refusal = 503;
    gather(std::move(spec));
    for (int i = 0; i < 150; ++i) // five minutes
        pass();
    QVERIFY2(m_streams.size() > 5 && m_streams.size() < 60, std::to_string(m_streams.size()).c_str());
    QCOMPARE(m_store->sources().size(), std::size_t(1));
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Failed), std::size_t(1));
    for (const Stream& stream : m_streams)
        QVERIFY(stream->request().target.find("tailLines=7") != std::string::npos);
    m_refusal = 0;
    for (int i = 0; i < 16; ++i)
        pass();
    m_streams.back()->send("2026-01-31T06:00:00Z one\n");
    pass();
    QCOMPARE(texts(), std::string("one"));
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Reading), std::size_t(1));
}

void TestLogGathering::goesOnAfterARefusal() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    spec.tailLines = 7;
    gather(std::move(spec));
    m_streams[0]->send("2026-01-31T06:00:00Z one\n2026-01-31T06:00:01Z two\n");
    m_bench->home.runPending();
    m_refusal = 400;
    m_streams[0]->end(base::fail(base::ErrorCode::Unreachable, "cut"));
    pass();
    QVERIFY(m_streams.size() > 1);
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Failed), std::size_t(1));
    m_refusal = 0;
    for (int i = 0; i < 5; ++i)
        pass();
    const std::string target = m_streams.back()->request().target;
    QVERIFY2(target.find("sinceTime=2026-01-31T06%3A00%3A01Z") != std::string::npos, target.c_str());
    m_streams.back()->send("2026-01-31T06:00:01Z two\n2026-01-31T06:00:02Z three\n");
    pass();
    QCOMPARE(texts(), std::string("one two three"));
    QCOMPARE(m_store->sources().size(), std::size_t(1));
}

void TestLogGathering::goesOnWhereARunningContainersStreamEnds() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    m_streams[0]->send("2026-01-31T06:00:00Z one\n2026-01-31T06:00:01Z two\n2026-01-31T06:00:01Z thr");
    m_streams[0]->end();
    pass();
    QCOMPARE(m_streams.size(), std::size_t(2));
    const std::string target = m_streams[1]->request().target;
    QVERIFY2(target.find("sinceTime=2026-01-31T06%3A00%3A01Z") != std::string::npos, target.c_str());
    m_streams[1]->send("2026-01-31T06:00:01Z two\n2026-01-31T06:00:01Z three\n2026-01-31T06:00:02Z prompt>");
    pass();
    m_bench->api("paris").put("pods", "shop", "web", podRest("main", "terminated", "c1"));
    m_streams[1]->end();
    pass();
    QCOMPARE(texts(), std::string("one two three prompt>"));
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Ended), std::size_t(1));
    QCOMPARE(m_streams.size(), std::size_t(2));
}

void TestLogGathering::readsTheRestOfARunThatIsOver() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    m_streams[0]->send("2026-01-31T06:00:00Z one\n2026-01-31T06:00:01Z two\n");
    m_bench->home.runPending();
    m_streams[0]->end(base::fail(base::ErrorCode::Unreachable, "cut"));
    m_bench->home.runPending();
    m_bench->api("paris").put("pods", "shop", "web", podRest("main", "running", "c2", "c1"));
    pass();
    QCOMPARE(m_streams.size(), std::size_t(3));
    const Stream rest = stream("previous=true");
    QVERIFY(rest);
    QVERIFY(rest->request().target.find("sinceTime=2026-01-31T06%3A00%3A01Z") != std::string::npos);
    QVERIFY(rest->request().target.find("follow=true") == std::string::npos);
    rest->send("2026-01-31T06:00:01Z two\n2026-01-31T06:00:02Z three\n");
    rest->end();
    const Stream next = stream("follow=true");
    QVERIFY(next != m_streams[0] && next->request().target.find("sinceTime") == std::string::npos);
    next->send("2026-01-31T06:00:03Z four\n");
    pass();
    QCOMPARE(texts(), std::string("one two three four"));
    QCOMPARE(m_store->sources().size(), std::size_t(2));
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Ended), std::size_t(1));
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Reading), std::size_t(1));
}

void TestLogGathering::anotherPodOfTheNameIsReadOnce() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    m_streams[0]->send("2026-01-31T06:00:00Z one\n");
    m_bench->home.runPending();
    m_bench->api("paris").remove("pods", "shop", "web");
    m_bench->api("paris").put("pods", "shop", "web", podRest("main", "running", "d1"));
    m_streams[0]->end();
    pass();
    QCOMPARE(m_streams.size(), std::size_t(2));
    QCOMPARE(m_store->sources().size(), std::size_t(2));
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Ended), std::size_t(1));
}

void TestLogGathering::problemsGoWithTheirCause() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    QVERIFY(m_gathering->problems().empty());
    base::Error away;
    away.code = base::ErrorCode::Unreachable;
    m_bench->api("paris").setFailure(away);
    for (int i = 0; i < 30; ++i)
        pass();
    QCOMPARE(m_gathering->problems().size(), std::size_t(1));
    m_bench->api("paris").setFailure(std::nullopt);
    for (int i = 0; i < 30; ++i)
        pass();
    QVERIFY(m_gathering->problems().empty());
}

void TestLogGathering::asksForAnOwnerAgain() {
    m_bench->api("paris").put("deployments", "shop", "web", R"(,"spec":{"selector":{"matchLabels":{"app":"web"}}})");
    m_bench->api("paris").setStatus(500);
    logs::GatherSpec spec;
    spec.subjects = {subject("web", "deployments.apps")};
    gather(std::move(spec));
    QCOMPARE(m_gathering->problems().size(), std::size_t(1));
    m_bench->api("paris").setStatus(0);
    for (int i = 0; i < 30; ++i)
        pass();
    QVERIFY(m_gathering->problems().empty());
    QCOMPARE(m_streams.size(), std::size_t(1));
}

void TestLogGathering::readsTheContainerThatIsMeant_data() {
    QTest::addColumn<QString>("container");
    QTest::addColumn<QString>("preset");
    QTest::addColumn<QString>("read");
    QTest::newRow("the first") << QString() << QString() << QStringLiteral("one");
    QTest::newRow("the pod's own choice") << QString() << QStringLiteral("two") << QStringLiteral("two");
    QTest::newRow("by name") << QStringLiteral("two") << QString() << QStringLiteral("two");
    QTest::newRow("an init container") << QStringLiteral("setup") << QString() << QStringLiteral("setup");
}

void TestLogGathering::readsTheContainerThatIsMeant() {
    QFETCH(QString, container);
    QFETCH(QString, preset);
    QFETCH(QString, read);
    const std::string annotation =
        R"("annotations":{"kubectl.kubernetes.io/default-container":")" + preset.toStdString() + R"("})";
    for (const char* name : {"many", "later"}) {
        m_bench->api("paris").put("pods", "shop", name, R"(,"spec":{"initContainers":[{"name":"setup"}],
            "containers":[{"name":"one"},{"name":"two"}]},"status":{"phase":"Running","initContainerStatuses":[
            {"name":"setup","containerID":"s","state":{"terminated":{}}}],"containerStatuses":[
            {"name":"one","containerID":"a","state":{"running":{}}},
            {"name":"two","containerID":"b","state":{"running":{}}}]})",
                                  R"(,"labels":{"app":"many"})" + (preset.isEmpty() ? "" : "," + annotation));
        if (m_gathering) {
            pass();
            break;
        }
        logs::GatherSpec spec;
        spec.subjects = {{m_bench->id("paris"), "shop", "pods", {}, "app=many"}};
        spec.containers = kube::ContainerChoice::One;
        spec.container = container.toStdString();
        gather(std::move(spec));
    }
    QCOMPARE(m_streams.size(), std::size_t(2));
    for (const char* pod : {"/many/", "/later/"}) {
        const Stream one = stream(pod);
        QVERIFY(one);
        QVERIFY2(one->request().target.find("container=" + read.toStdString()) != std::string::npos,
                 one->request().target.c_str());
    }
    QVERIFY(m_gathering->problems().empty());
}

void TestLogGathering::saysWhereAPodLacksTheContainer() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    spec.containers = kube::ContainerChoice::One;
    spec.container = "side";
    gather(std::move(spec));
    QCOMPARE(m_streams.size(), std::size_t(0));
    QCOMPARE(m_gathering->problems().size(), std::size_t(1));
    QVERIFY(m_gathering->isSettled());
}

void TestLogGathering::isOverWhenAllPodsAre() {
    const std::string labels = R"(,"labels":{"app":"job"})";
    const auto put = [&](const char* name, const char* state, const std::string& phase) {
        m_bench->api("paris").put("pods", "shop", name, podRest("main", state, name, {}, phase), labels);
    };
    logs::GatherSpec spec;
    spec.subjects = {{m_bench->id("paris"), "shop", "pods", {}, "app=job"}};
    gather(std::move(spec));
    QVERIFY(m_gathering->isSettled() && !m_gathering->isOver()); // none is there
    put("job-1", "running", "Running");
    put("job-2", "terminated", "Succeeded");
    pass();
    stream("job-2")->send("2026-01-31T06:00:00Z one\n");
    stream("job-2")->end();
    stream("job-1")->send("2026-01-31T06:00:01Z two\n");
    pass();
    QVERIFY(!m_gathering->isOver());
    put("job-1", "terminated", "Failed");
    pass();
    QVERIFY(!m_gathering->isOver()); // its log is being read
    stream("job-1")->end();
    pass();
    QVERIFY(m_gathering->isOver());
    put("job-3", "running", "Running");
    pass();
    QVERIFY(!m_gathering->isOver());
    m_bench->api("paris").remove("pods", "shop", "job-3");
    stream("job-3")->end();
    pass();
    QVERIFY(m_gathering->isOver());
    for (const char* name : {"job-1", "job-2"})
        m_bench->api("paris").remove("pods", "shop", name);
    pass();
    QVERIFY(!m_gathering->isOver()); // again none is there
}

void TestLogGathering::aRefusedLogOfAPodThatIsOverIsOver() {
    m_bench->api("paris").put("pods", "shop", "web", podRest("main", "terminated", "c1", {}, "Failed"));
    m_refusal = 503;
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    QVERIFY(!m_gathering->isOver()); // the node may answer later
    m_refusal = 400;
    for (int i = 0; i < 10; ++i)
        pass();
    QVERIFY(m_gathering->isOver());
    QCOMPARE(m_gathering->count(logs::SourceState::Phase::Failed), std::size_t(1));
}

void TestLogGathering::passesOnWhatWaits() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    m_streams[0]->send("2026-01-31T06:00:00Z one\n");
    m_bench->home.runPending();
    QCOMPARE(texts(), std::string());
    bool isDone = false;
    m_gathering->passOn([&] {
        QCOMPARE(texts(), std::string("one"));
        isDone = true;
    });
    m_bench->home.runPending();
    QVERIFY(isDone);
}

void TestLogGathering::asksSinceATime() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    spec.sinceTime = "2026-01-31T06:00:00Z";
    gather(std::move(spec));
    QCOMPARE(m_streams.size(), std::size_t(1));
    QVERIFY(m_streams[0]->request().target.find("sinceTime=2026-01-31T06%3A00%3A00Z") != std::string::npos);
}

void TestLogGathering::endsQuietly() {
    logs::GatherSpec spec;
    spec.subjects = {subject("web")};
    gather(std::move(spec));
    m_streams[0]->send("2026-01-31T06:00:00Z one\n");
    m_gathering.reset();
    QVERIFY(m_streams[0]->isCancelled());
    pass();
    QCOMPARE(texts(), std::string());
}

namespace {

std::string podRest(const std::string& container, const std::string& state, const std::string& id,
                    const std::string& last, const std::string& phase) {
    return R"(,"spec":{"containers":[{"name":")" + container + R"("}]},"status":{"phase":")" + phase +
           R"(","containerStatuses":[{"name":")" + container + R"(","containerID":")" + id +
           R"(","restartCount":0,"state":{")" + state + R"(":{}})" +
           (last.empty() ? "" : R"(,"lastState":{"terminated":{"containerID":")" + last + R"("}})") + "}]}";
}

} // namespace

QTEST_GUILESS_MAIN(TestLogGathering)
#include "tst_log_gathering.moc"
