// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/drain.h"
#include "core/change/acts/selector_text.h"
#include "core/change/cluster_queue.h"
#include "core/change/eviction.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace change;
using Json = nlohmann::json;

namespace {

Target node(const std::string& name, const std::string& context = "north") {
    return {{context, ""}, {"v1", "Node", "", name}};
}

Json podOf(const std::string& name, const char* extra = "{}") {
    Json pod{{"metadata", {{"name", name}, {"namespace", "shop"}, {"uid", "uid-" + name}}},
             {"status", {{"phase", "Running"}}}};
    pod.merge_patch(Json::parse(extra));
    return pod;
}

PodOnNode onNode(const Json& pod) {
    return {{"v1", "Pod", "shop", pod["metadata"]["name"].get<std::string>()}, pod.dump()};
}

const char* const kOwned = R"({"metadata":{"ownerReferences":[
    {"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","controller":true}]}})";
const char* const kOfDaemonSet = R"({"metadata":{"ownerReferences":[
    {"apiVersion":"apps/v1","kind":"DaemonSet","name":"agent","controller":true}]}})";

} // namespace

class TestDrain : public QObject {
    Q_OBJECT

private slots:
    void decides_data() {
        QTest::addColumn<QByteArray>("pod");
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<int>("fate");
        QTest::addColumn<int>("remark");
        const auto row = [](const char* name, const QByteArray& pod, const char* options, PodFate fate,
                            PodRemark remark) {
            QTest::newRow(name) << pod << QByteArray(options) << int(fate) << int(remark);
        };
        const QByteArray local = R"({"spec":{"volumes":[{"name":"c","configMap":{}},{"name":"d","emptyDir":{}}]}})";
        const QByteArray ownedLocal = QByteArray(kOwned).chopped(1) + R"(,"spec":{"volumes":[{"emptyDir":{}}]}})";
        const QByteArray mirror = R"({"metadata":{"annotations":{"kubernetes.io/config.mirror":"x"}}})";
        row("owned", kOwned, "", PodFate::Evict, PodRemark::None);
        row("bare", "{}", "", PodFate::Refuse, PodRemark::Unmanaged);
        row("bare, forced", "{}", "force", PodFate::Evict, PodRemark::Unmanaged);
        row("owner that does not control", R"({"metadata":{"ownerReferences":[{"kind":"X","name":"x"}]}})", "",
            PodFate::Refuse, PodRemark::Unmanaged);
        row("local data", ownedLocal, "", PodFate::Refuse, PodRemark::LocalData);
        row("local data, allowed", ownedLocal, "data", PodFate::Evict, PodRemark::LocalData);
        row("bare with local data, only forced", local, "force", PodFate::Refuse, PodRemark::LocalData);
        row("bare with local data, both", local, "force data", PodFate::Evict, PodRemark::Unmanaged);
        row("finished", R"({"status":{"phase":"Succeeded"},"spec":{"volumes":[{"emptyDir":{}}]}})", "", PodFate::Evict,
            PodRemark::None);
        row("mirror", mirror, "", PodFate::Stay, PodRemark::Mirror);
        row("daemon set", kOfDaemonSet, "force data", PodFate::Refuse, PodRemark::DaemonSet);
        row("daemon set, ignored", kOfDaemonSet, "daemons", PodFate::Stay, PodRemark::DaemonSet);
        row("daemon set, gone", kOfDaemonSet, "daemons gone", PodFate::Refuse, PodRemark::DaemonSetGone);
        row("daemon set, gone, forced", kOfDaemonSet, "gone force", PodFate::Evict, PodRemark::DaemonSetGone);
        row("daemon set, forbidden", kOfDaemonSet, "forbidden force daemons", PodFate::Refuse,
            PodRemark::DaemonSetUnread);
        row("daemon set of another group", QByteArray(kOfDaemonSet).replace("apps/v1", "apps.x/v1"), "", PodFate::Evict,
            PodRemark::None);
        row("daemon set's, finished", QByteArray(kOfDaemonSet).chopped(1) + R"(,"status":{"phase":"Failed"}})", "",
            PodFate::Evict, PodRemark::None);
    }
    void decides() {
        QFETCH(QByteArray, pod);
        QFETCH(QByteArray, options);
        DrainOptions wanted;
        wanted.force = options.contains("force");
        wanted.deleteEmptyDirData = options.contains("data");
        wanted.ignoreDaemonSets = options.contains("daemons");
        DaemonSetErrors daemonSets{{"shop/agent", std::nullopt}};
        if (options.contains("gone") || options.contains("forbidden")) {
            base::Error error;
            error.httpStatus = options.contains("gone") ? 404 : 403;
            daemonSets["shop/agent"] = error;
        }
        const Json object = podOf("a", pod.constData());
        PodOnNode decided = onNode(object);
        decide(decided, object, wanted, daemonSets);
        QTEST(int(decided.fate), "fate");
        QTEST(int(decided.remark), "remark");
    }

    void findsBudgets() {
        const auto budget = [](const char* name, const char* ns, const char* selector, int allowed) {
            return Json{{"metadata", {{"name", name}, {"namespace", ns}}},
                        {"spec", {{"selector", Json::parse(selector)}}},
                        {"status", {{"disruptionsAllowed", allowed}}}};
        };
        const std::vector<Json> budgets{
            budget("web", "shop", R"({"matchLabels":{"app":"web"}})", 0),
            budget("elsewhere", "bank", R"({"matchLabels":{"app":"web"}})", 0),
            budget("api", "shop", R"({"matchExpressions":[{"key":"app","operator":"In","values":["api"]}]})", 0),
            budget("none", "shop", "null", 0),
            budget("all", "shop", "{}", 2),
        };
        const Json pod = podOf("a", R"({"metadata":{"labels":{"app":"web","tier":"1"}}})");
        const std::vector<PodBudget> expected{{"web", 0}, {"all", 2}};
        QVERIFY(budgetsOf(pod, budgets) == expected);
    }

    void writesSelectors() {
        const Json selector = Json::parse(R"({"matchLabels":{"b":"","a":"x"},"matchExpressions":[
            {"key":"c","operator":"In","values":["1","2"]},{"key":"d","operator":"NotIn","values":["3"]},
            {"key":"e","operator":"Exists"},{"key":"f","operator":"DoesNotExist"}]})");
        QCOMPARE(QByteArray::fromStdString(selectorText(selector)), QByteArray("a=x,b=,c in (1,2),d notin (3),e,!f"));
        QVERIFY(selectorText(Json::object()).empty());
    }

    void ordersNodes() {
        NodeDrain first{node("n1"), {onNode(podOf("a")), onNode(podOf("b"))}};
        first.pods[1].fate = PodFate::Stay;
        NodeDrain empty{node("n2"), {}};
        NodeDrain third{node("n3"), {onNode(podOf("c"))}};
        NodeDrain other{node("n1", "south"), {onNode(podOf("d"))}};
        DrainOptions options;
        options.gracePeriodSeconds = 3;
        options.timeout = std::chrono::seconds(20);
        const ChangeSet set = drain({first, empty, third, other}, options);
        QCOMPARE(QByteArray::fromStdString(set.title), QByteArray("Drain 4 nodes"));
        QCOMPARE(set.operations.size(), std::size_t(7));
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(set.operations[i].verb == Verb::MergePatch && set.operations[i].after.empty());
        for (std::size_t i = 4; i < 7; ++i) {
            const Operation& operation = set.operations[i];
            QVERIFY(operation.verb == Verb::Evict && operation.await == Await::Gone);
            QVERIFY(operation.gracePeriodSeconds == 3 && operation.awaitDeadline == options.timeout);
            QVERIFY(!operation.before.empty());
        }
        QVERIFY(set.operations[4].after == std::vector<std::size_t>{0});
        QVERIFY((set.operations[5].after == std::vector<std::size_t>{4, 2})); // n2 had nothing to wait for
        QVERIFY(set.operations[6].after == std::vector<std::size_t>{3});      // another cluster waits for nobody
    }

    void saysWhatIsLeft() {
        QVERIFY(change::podsLeft({node("n1"), {}}).empty());
        NodeDrain some{node("n1"), {onNode(podOf("agent")), onNode(podOf("web")), onNode(podOf("bare"))}};
        some.pods[0].fate = PodFate::Stay;
        some.pods[2].fate = PodFate::Refuse;
        const auto path = [&some](std::size_t i) { return some.pods[i].object.ns + "/" + some.pods[i].object.name; };
        QVERIFY(change::podsLeft(some) == (std::vector<std::string>{path(1), path(2)}));
    }

    void knowsWhichPodIsMeant() {
        Operation eviction;
        eviction.verb = Verb::Evict;
        QVERIFY(!hasGone(eviction, podOf("a")));
        eviction.before = podOf("a").dump();
        QVERIFY(!hasGone(eviction, podOf("a")));
        QVERIFY(hasGone(eviction, Json()));
        QVERIFY(hasGone(eviction, podOf("a", R"({"metadata":{"uid":"next"}})")));
        eviction.before = "null";
        QVERIFY(hasGone(eviction, podOf("a")));
        eviction.verb = Verb::Delete;
        QVERIFY(!hasGone(eviction, Json()));
    }

    void namesTheBudget() {
        base::Error error;
        error.code = base::ErrorCode::Throttled;
        error.message = "Cannot evict pod as it would violate the pod's disruption budget.";
        error.causes = {{"DisruptionBudget", "", "The disruption budget web needs 2 healthy pods and has 2 currently"}};
        QVERIFY(isEvictedLater(error));
        QVERIFY(evictionSentence(error).ends_with(
            "budget. The disruption budget web needs 2 healthy pods and has 2 currently"));
        error.code = base::ErrorCode::Forbidden;
        QVERIFY(!isEvictedLater(error));
        error.causes.front().reason = "NamespaceTerminating";
        QVERIFY(isEvictedLater(error));
    }

    void makesRoomForWhatWaits() {
        ClusterQueue queue;
        const ClusterRef north{"north", ""};
        for (std::size_t i = 0; i < 100; ++i)
            queue.add(north, i);
        QCOMPARE(*queue.next(2), std::size_t(0));
        QCOMPARE(*queue.next(2), std::size_t(1));
        QVERIFY(!queue.next(2));
        std::size_t next = 2;
        // Sixteen that wait cost the place of one, so that there is an end.
        for (; next < 17; ++next) {
            queue.rest(north);
            QCOMPARE(queue.next(2), std::optional(next));
        }
        queue.rest(north);
        QVERIFY(!queue.next(2));
        queue.leaveResting(north);
        QCOMPARE(queue.next(2), std::optional(next));
        QVERIFY(!queue.isIdle());
    }
};

QTEST_GUILESS_MAIN(TestDrain)
#include "tst_drain.moc"
