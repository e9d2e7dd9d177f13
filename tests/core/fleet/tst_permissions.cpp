// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer.h"
#include "core/fleet/permissions.h"
#include "core/kube/memory_transport.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

using fleet::ClusterId;
using fleet::Permission;
using State = fleet::Permission::State;

namespace {

constexpr const char* kRules = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
constexpr const char* kAccess = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const ClusterId kNorth{1};
const ClusterId kSouth{2};

kube::AccessAttributes asked(const char* verb, const char* resource, const char* ns = "", const char* name = "") {
    kube::AccessAttributes result;
    result.verb = verb;
    result.resource = resource;
    result.ns = ns;
    result.name = name;
    return result;
}

/// Two clusters in memory; pods may be read in every namespace, everything else only where `more` says so.
struct Bench {
    base::ManualExecutor home;
    base::ManualTimers time;
    std::map<ClusterId, std::shared_ptr<kube::MemoryTransport>> transports;
    std::map<ClusterId, fleet::ClusterInfo> infos;
    std::unique_ptr<fleet::Permissions> permissions;
    bool incomplete = false;
    int status = 200;

    Bench() {
        for (const ClusterId id : {kNorth, kSouth}) {
            connect(id);
            fleet::ClusterInfo& info = infos[id];
            info.id = id;
            info.name = id == kNorth ? "north" : "south";
            info.health = fleet::Health::Live;
            info.waysIn = {{info.name, "alice", "shop", {}, false, {}}};
        }
        permissions = std::make_unique<fleet::Permissions>(
            fleet::PermissionsEnvironment{home, nullptr, time, [this](ClusterId id) { return transports[id]; },
                                          [this](ClusterId id) -> const fleet::ClusterInfo& { return infos[id]; }});
    }

    void connect(ClusterId id) {
        transports[id] = std::make_shared<kube::MemoryTransport>();
        transports[id]->onSend([this](const kube::ApiRequest& request) { return answer(request); });
    }

    std::optional<kube::MemoryAnswer> answer(const kube::ApiRequest& request) const {
        if (status != 200)
            return kube::MemoryAnswer{.status = status};
        if (request.target == kRules)
            return kube::MemoryAnswer{
                .body =
                    R"({"status":{"resourceRules":[{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]}],)"
                    R"("nonResourceRules":[],"incomplete":)" +
                    std::string(incomplete ? "true" : "false") + "}}"};
        const bool allowed = request.body.find(R"("resource":"pods")") != std::string::npos &&
                             request.body.find("delete") == std::string::npos;
        return kube::MemoryAnswer{.body = std::string(R"({"status":{"allowed":)") +
                                          (allowed ? "true" : R"(false,"reason":"because")") + "}}"};
    }

    [[nodiscard]] int asks(const char* target, ClusterId id = kNorth) {
        int count = 0;
        for (const kube::ApiRequest& request : transports[id]->requests())
            count += request.target == target ? 1 : 0;
        return count;
    }
    State may(const kube::AccessAttributes& question, ClusterId id = kNorth) {
        return permissions->may(id, question).state;
    }
    /// After it was asked and answered.
    Permission settled(const kube::AccessAttributes& question, ClusterId id = kNorth) {
        (void)permissions->may(id, question);
        home.runPending();
        return permissions->may(id, question);
    }
};

} // namespace

class TestPermissions : public QObject {
    Q_OBJECT
private slots:
    void oneReviewAnswersMost();
    void noIsSaidByTheServer();
    void incompleteRulesAreNotEnough();
    void clusterScopedIsAskedByItself();
    void answersHoldForAMinute();
    void endWithTheConnection();
    void endWithTheWayIn();
    void awayIsUnknown();
    void failureIsUnknown();
    void forgets();
    void batch();
    void batchOfMany();
    void rules();
    void roles();
    void listeners();
    void mayGoInAHandler();
    void cancelledIsSilent();
};

void TestPermissions::oneReviewAnswersMost() {
    Bench bench;
    QVERIFY(bench.may(asked("get", "pods", "shop")) == State::Unknown);
    QVERIFY(bench.may(asked("list", "pods", "shop")) == State::Unknown);
    QVERIFY(bench.may(asked("get", "pods", "shop", "web")) == State::Unknown);
    bench.home.runPending();
    QVERIFY(bench.may(asked("get", "pods", "shop")) == State::Allowed);
    QVERIFY(bench.may(asked("list", "pods", "shop")) == State::Allowed);
    QVERIFY(bench.may(asked("get", "pods", "shop", "web")) == State::Allowed);
    QCOMPARE(bench.asks(kRules), 1);
    QCOMPARE(bench.asks(kAccess), 0);
}

void TestPermissions::noIsSaidByTheServer() {
    Bench bench;
    const Permission no = bench.settled(asked("delete", "pods", "shop", "web"));
    QVERIFY(no.isDenied());
    QCOMPARE(bench.asks(kAccess), 1);
    QCOMPARE(no.reason, std::string("because"));
    QCOMPARE(no.sentence(),
             std::string("alice may not delete pods \"web\" in namespace shop of north: the verb delete on "
                         "pods is missing (because)"));
    QVERIFY(bench.settled(asked("get", "pods", "shop")).sentence().empty());
}

void TestPermissions::incompleteRulesAreNotEnough() {
    Bench bench;
    bench.incomplete = true;
    QVERIFY(bench.settled(asked("get", "pods", "shop")).state == State::Allowed);
    QCOMPARE(bench.asks(kAccess), 1);
}

void TestPermissions::clusterScopedIsAskedByItself() {
    Bench bench;
    kube::Kind node;
    node.plural = "nodes";
    node.namespaced = false;
    (void)bench.permissions->may(kNorth, "get", node, {}, "shop", "node-0");
    bench.home.runPending();
    const Permission no = bench.permissions->may(kNorth, "get", node, {}, "shop", "node-0");
    QVERIFY(no.isDenied());
    QVERIFY(no.asked.ns.empty());
    QCOMPARE(bench.asks(kRules), 0);
    QCOMPARE(bench.asks(kAccess), 1);
}

void TestPermissions::answersHoldForAMinute() {
    Bench bench;
    QVERIFY(bench.settled(asked("delete", "pods", "shop")).isDenied());
    bench.time.advance(std::chrono::seconds(59));
    QVERIFY(bench.may(asked("delete", "pods", "shop")) == State::Denied);
    QCOMPARE(bench.asks(kAccess), 1);
    bench.time.advance(std::chrono::seconds(1));
    QVERIFY(bench.may(asked("delete", "pods", "shop")) == State::Unknown);
    bench.home.runPending();
    QVERIFY(bench.may(asked("delete", "pods", "shop")) == State::Denied);
    QCOMPARE(bench.asks(kRules), 2);
    QCOMPARE(bench.asks(kAccess), 2);
}

void TestPermissions::endWithTheConnection() {
    Bench bench;
    QVERIFY(bench.settled(asked("get", "pods", "shop")).state == State::Allowed);
    bench.infos[kNorth].health = fleet::Health::Away;
    bench.permissions->clusterChanged(kNorth);
    bench.infos[kNorth].health = fleet::Health::Live;
    bench.permissions->clusterChanged(kNorth);
    QVERIFY(bench.may(asked("get", "pods", "shop")) == State::Unknown);
    bench.home.runPending();
    QCOMPARE(bench.asks(kRules), 2);
}

void TestPermissions::endWithTheWayIn() {
    Bench bench;
    QVERIFY(bench.settled(asked("get", "pods", "shop")).state == State::Allowed);
    bench.infos[kNorth].name = "north-admin";
    QVERIFY(bench.may(asked("get", "pods", "shop")) == State::Unknown);
    bench.connect(kNorth);
    QVERIFY(bench.settled(asked("get", "pods", "shop")).state == State::Allowed);
    QCOMPARE(bench.asks(kRules), 1);
}

void TestPermissions::awayIsUnknown() {
    Bench bench;
    bench.infos[kNorth].health = fleet::Health::Away;
    QVERIFY(bench.settled(asked("delete", "pods", "shop")).state == State::Unknown);
    QCOMPARE(bench.transports[kNorth]->requests().size(), std::size_t(0));
    bench.infos[kNorth].health = fleet::Health::Live;
    bench.transports[kNorth].reset();
    QVERIFY(bench.settled(asked("delete", "pods", "shop")).state == State::Unknown);
}

void TestPermissions::failureIsUnknown() {
    Bench bench;
    bench.status = 500;
    QVERIFY(bench.settled(asked("delete", "pods", "shop")).state == State::Unknown);
    QVERIFY(bench.settled(asked("delete", "pods", "shop")).state == State::Unknown);
    QCOMPARE(bench.asks(kAccess), 1);
    bench.status = 200;
    bench.time.advance(std::chrono::seconds(10));
    QVERIFY(bench.settled(asked("delete", "pods", "shop")).isDenied());
}

void TestPermissions::forgets() {
    Bench bench;
    QVERIFY(bench.settled(asked("get", "pods", "shop")).state == State::Allowed);
    bench.permissions->forget(kNorth);
    QVERIFY(bench.may(asked("get", "pods", "shop")) == State::Unknown);
}

void TestPermissions::batch() {
    Bench bench;
    bench.infos[kSouth].health = fleet::Health::Away;
    std::vector<Permission> answers;
    base::Cancel cancel = bench.permissions->ask({{kNorth, asked("get", "pods", "shop")},
                                                  {kNorth, asked("delete", "pods", "shop")},
                                                  {kSouth, asked("get", "pods", "shop")}},
                                                 [&](std::vector<Permission> all) { answers = std::move(all); });
    bench.home.runPending();
    QCOMPARE(answers.size(), std::size_t(3));
    QVERIFY(answers[0].state == State::Allowed);
    QVERIFY(answers[1].isDenied());
    QVERIFY(answers[2].state == State::Unknown);
    QCOMPARE(answers[2].clusterName, std::string("south"));
    QCOMPARE(bench.asks(kRules), 1);
}

void TestPermissions::batchOfMany() {
    Bench bench;
    std::vector<std::pair<ClusterId, kube::AccessAttributes>> questions;
    for (int i = 0; i < 500; ++i)
        questions.emplace_back(kNorth, asked("delete", "pods", "shop", std::to_string(i).c_str()));
    std::vector<Permission> answers;
    base::Cancel cancel =
        bench.permissions->ask(std::move(questions), [&](std::vector<Permission> all) { answers = std::move(all); });
    bench.home.runPending();
    QCOMPARE(answers.size(), std::size_t(500));
    for (const Permission& answer : answers)
        QVERIFY(answer.isDenied());
    QCOMPARE(bench.asks(kAccess), 500);
}

void TestPermissions::rules() {
    Bench bench;
    std::vector<base::Result<fleet::Permissions::Rules>> answers;
    const auto take = [&](base::Result<fleet::Permissions::Rules> rules) { answers.push_back(std::move(rules)); };
    base::Cancel first = bench.permissions->rules(kNorth, "shop", take);
    base::Cancel second = bench.permissions->rules(kNorth, {}, take);
    bench.infos[kSouth].health = fleet::Health::Away;
    base::Cancel third = bench.permissions->rules(kSouth, "shop", take);
    bench.home.runPending();
    QCOMPARE(answers.size(), std::size_t(3));
    QVERIFY(!answers[0]);
    QCOMPARE(answers[0].error().cluster, std::string("south"));
    QVERIFY(answers[1] && (*answers[1])->rules.size() == 1);
    QVERIFY(answers[2]);
    QVERIFY(bench.transports[kNorth]->requests()[1].body.find(std::string(kube::kNoNamespace)) != std::string::npos);
    bench.status = 403;
    bench.permissions->forget(kNorth);
    base::Cancel fourth = bench.permissions->rules(kNorth, "shop", take);
    bench.home.runPending();
    QVERIFY(!answers[3] && answers[3].error().code == base::ErrorCode::Forbidden);
}

// Read by a pool, told on home, and never after it was given up.
void TestPermissions::roles() {
    base::ThreadPool pool(2);
    Bench bench;
    for (const char* plural : {"clusterroles", "clusterrolebindings", "roles", "rolebindings"})
        bench.transports[kNorth]->put(std::string("/apis/rbac.authorization.k8s.io/v1/") + plural,
                                      R"({"kind":"List","metadata":{},"items":[{"metadata":{"name":"a"}}]})");
    bench.transports[kNorth]->onSend({});
    bench.permissions = std::make_unique<fleet::Permissions>(fleet::PermissionsEnvironment{
        bench.home, &pool, bench.time, [&bench](ClusterId id) { return bench.transports[id]; },
        [&bench](ClusterId id) -> const fleet::ClusterInfo& { return bench.infos[id]; }});
    bench.infos[kSouth].health = fleet::Health::Away;
    std::vector<base::Result<kube::RbacReading>> answers;
    const auto take = [&](base::Result<kube::RbacReading> reading) {
        answers.push_back(std::move(reading));
        bench.home.stop();
    };
    base::Cancel north = bench.permissions->roles(kNorth, kube::RbacScope::All, {}, take);
    QVERIFY(bench.home.runFor(10000));
    QCOMPARE(answers[0]->policy.roles.size(), std::size_t(2));
    QVERIFY(answers[0]->problems.empty());
    base::Cancel south = bench.permissions->roles(kSouth, kube::RbacScope::All, {}, take);
    QVERIFY(bench.home.runFor(10000));
    QVERIFY(!answers[1]);
    for (int i = 0; i < 200; ++i)
        bench.permissions->roles(kNorth, kube::RbacScope::All, {}, take).cancel();
    base::Cancel last = bench.permissions->roles(kNorth, kube::RbacScope::All, {}, take);
    QVERIFY(bench.home.runFor(10000));
    QCOMPARE(answers.size(), std::size_t(3));
}

void TestPermissions::listeners() {
    Bench bench;
    int calls = 0;
    base::Cancel listening = bench.permissions->onKnown([&](ClusterId id) { calls += id == kNorth ? 1 : 100; });
    (void)bench.may(asked("get", "pods", "shop"));
    QCOMPARE(calls, 0);
    bench.home.runPending();
    QCOMPARE(calls, 1);
    listening.cancel();
    (void)bench.may(asked("delete", "pods", "shop"));
    bench.home.runPending();
    QCOMPARE(calls, 1);
}

void TestPermissions::mayGoInAHandler() {
    Bench bench;
    bool called = false;
    base::Cancel listening = bench.permissions->onKnown([&](ClusterId) {
        called = true;
        bench.permissions.reset();
    });
    (void)bench.may(asked("get", "pods", "shop"));
    bench.home.runPending();
    QVERIFY(called);
    Bench other;
    base::Cancel cancel = other.permissions->ask({{kNorth, asked("get", "pods", "shop")}},
                                                 [&](const std::vector<Permission>&) { other.permissions.reset(); });
    other.home.runPending();
    QVERIFY(!other.permissions);
}

void TestPermissions::cancelledIsSilent() {
    Bench bench;
    bool called = false;
    base::Cancel cancel = bench.permissions->ask({{kNorth, asked("get", "pods", "shop")}},
                                                 [&](const std::vector<Permission>&) { called = true; });
    base::Cancel rules = bench.permissions->rules(kNorth, "shop", [&](const auto&) { called = true; });
    bench.home.runPending();
    QVERIFY(called);
    called = false;
    cancel = bench.permissions->ask({{kNorth, asked("get", "pods", "bank")}},
                                    [&](const std::vector<Permission>&) { called = true; });
    rules = bench.permissions->rules(kNorth, "bank", [&](const auto&) { called = true; });
    cancel.cancel();
    rules.cancel();
    bench.home.runPending();
    QVERIFY(!called);
}

QTEST_MAIN(TestPermissions)
#include "tst_permissions.moc"
