// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/object_reads.h"
#include "core/kube/memory_transport.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <vector>

using namespace change;

namespace {

const std::string kMaps = "/api/v1/namespaces/shop/configmaps";
const std::string kScalers = "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers";

kube::Kind kindNamed(const char* group, const char* kind, const char* plural) {
    kube::Kind made;
    made.group = group;
    made.version = made.group.empty() ? "v1" : "v2";
    made.kind = kind;
    made.plural = plural;
    made.verbs = {"get", "list"};
    return made;
}

std::string nameOf(int number) {
    return "m-" + std::to_string(number);
}

Operation apply(int number, const char* kind = "ConfigMap") {
    Operation made;
    made.cluster = {"north", "uid"};
    made.object = {"v1", kind, "shop", nameOf(number)};
    return made;
}

std::string item(const std::string& name) {
    return R"({"metadata":{"name":")" + name + R"(","namespace":"shop"},"data":{"big":"12345678901234567890.0"}})";
}

std::string page(const std::vector<std::string>& names, const std::string& next = {}, int remaining = 0) {
    std::string text = R"({"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"7")";
    if (!next.empty())
        text += R"(,"continue":")" + next + R"(","remainingItemCount":)" + std::to_string(remaining);
    text += R"(},"items":[)";
    for (const std::string& name : names)
        text += (text.ends_with('[') ? "" : ",") + item(name);
    return text + "]}";
}

std::vector<std::string> names(int from, int to) {
    std::vector<std::string> all;
    for (int i = from; i < to; ++i)
        all.push_back(nameOf(i));
    return all;
}

} // namespace

class TestObjectReads : public QObject {
    Q_OBJECT

private:
    struct Bench {
        base::ManualExecutor home;
        std::shared_ptr<kube::MemoryTransport> transport = std::make_shared<kube::MemoryTransport>();
        kube::Kind kind = kindNamed("", "ConfigMap", "configmaps");
        ClusterWay way;
        std::map<int, base::Result<std::optional<std::string>>> found;
        ObjectReads reads{home};
        std::vector<base::Cancel> cancels;

        Bench() {
            way.transport = transport;
            way.kinds = std::make_shared<const kube::KindCatalog>(
                std::vector{kind, kindNamed("autoscaling", "HorizontalPodAutoscaler", "horizontalpodautoscalers")});
        }
        void announce(int from, int to) {
            for (int i = from; i < to; ++i)
                reads.announce(apply(i, kind.kind.c_str()));
        }
        void read(int number) {
            found.erase(number);
            cancels.push_back(reads.read(apply(number, kind.kind.c_str()), kind, way,
                                         [this, number](base::Result<std::optional<std::string>> text) {
                                             found.emplace(number, std::move(text));
                                         }));
        }
        void read(int from, int to) {
            for (int i = from; i < to; ++i)
                read(i);
            home.runPending();
        }
        void put(int number) { transport->put(kMaps + "/" + nameOf(number), item(nameOf(number))); }
        [[nodiscard]] std::string text(int number) const {
            const auto at = found.find(number);
            if (at == found.end())
                return "no answer";
            return !at->second ? "error" : *at->second ? **at->second : "not there";
        }
        [[nodiscard]] int asked(const std::string& part) const {
            const auto requests = transport->requests();
            return static_cast<int>(std::count_if(requests.begin(), requests.end(), [&part](const auto& request) {
                return request.target.find(part) != std::string::npos;
            }));
        }
    };

private slots:
    void asksOnceForMany() {
        Bench bench;
        bench.transport->put(kMaps, page(names(3, 40)));
        bench.announce(0, 20);
        bench.read(0, 10);
        bench.read(10, 20); // the list is there already
        QCOMPARE(bench.transport->requests().size(), std::size_t(1));
        QCOMPARE(bench.text(0), std::string("not there"));
        QCOMPARE(bench.text(2), std::string("not there"));
        for (const int i : {3, 19})
            QCOMPARE(bench.text(i),
                     R"({"apiVersion":"v1","kind":"ConfigMap",)" + item(nameOf(i)).substr(1)); // as it is alone
        // What is asked about once more may have changed; and nobody announced the last.
        bench.put(5);
        bench.read(5, 6);
        QCOMPARE(bench.text(5), item(nameOf(5)));
        bench.put(30);
        bench.read(30, 31);
        QCOMPARE(bench.text(30), item(nameOf(30)));
        QCOMPARE(bench.transport->requests().size(), std::size_t(3));
    }

    void readsAnewWhatItForgot() {
        Bench bench;
        bench.transport->put(kMaps, page(names(0, 10)));
        bench.announce(0, 10);
        bench.read(0, 5);
        bench.read(5); // under way
        bench.reads.forget();
        bench.announce(0, 10);
        bench.read(0, 10);
        QCOMPARE(bench.transport->requests().size(), std::size_t(2));
        for (int i = 0; i < 10; ++i)
            QVERIFY(bench.text(i).find(nameOf(i)) != std::string::npos);
    }

    void readsPagesUntilAllIsFound() {
        Bench bench;
        bench.transport->put(kMaps + "?limit=500", page(names(0, 6), "two", 30));
        bench.transport->put(kMaps + "?limit=500&continue=two", page(names(6, 20), "three", 16));
        bench.announce(0, 10);
        bench.read(0, 10);
        QCOMPARE(bench.asked("continue=two"), 1);
        QCOMPARE(bench.asked("continue=three"), 0);
        QVERIFY(bench.text(9).find("m-9") != std::string::npos);
    }

    void asksForEachWhereAListIsNoHelp_data() {
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<int>("lists");
        QTest::newRow("forbidden") << QByteArray("403") << 1;
        QTest::newRow("garbage") << QByteArray("garbage") << 1;
        QTest::newRow("far more than wanted, counted") << QByteArray("counted") << 1;
        QTest::newRow("far more than wanted, seen") << QByteArray("seen") << 2;
        QTest::newRow("the second page has expired") << QByteArray("410") << 2;
        QTest::newRow("few") << QByteArray("few") << 0;
        QTest::newRow("no list of the kind") << QByteArray("no list") << 0;
        QTest::newRow("secrets") << QByteArray("secrets") << 0;
    }
    void asksForEachWhereAListIsNoHelp() {
        QFETCH(QByteArray, why);
        Bench bench;
        int count = 10;
        if (why == "403")
            bench.transport->put(kMaps, {.status = 403, .body = "{}"});
        else if (why == "garbage")
            bench.transport->put(kMaps, R"({"items":[{"metadata":)");
        else if (why == "counted")
            bench.transport->put(kMaps + "?limit=500", page(names(0, 3), "two", 100));
        else if (why == "seen")
            bench.transport->put(kMaps + "?limit=500", page(names(100, 150), "two"));
        else
            bench.transport->put(kMaps + "?limit=500", page(names(0, 3), "two", 10));
        if (why == "seen")
            bench.transport->put(kMaps + "?limit=500&continue=two", page(names(150, 200), "three"));
        if (why == "410")
            bench.transport->put(kMaps + "?limit=500&continue=two", {.status = 410, .body = "{}"});
        if (why == "few")
            count = 7;
        if (why == "no list")
            bench.kind.verbs = {"get"};
        if (why == "secrets")
            bench.kind.kind = "Secret"; // the path does not matter here
        for (int i = 1; i < count; ++i)
            bench.put(i);
        bench.announce(0, count);
        bench.read(0, count);
        QTEST(bench.asked("limit="), "lists");
        QCOMPARE(bench.text(0).find("m-0") == std::string::npos,
                 why != "counted" && why != "410"); // of the page that came
        for (int i = 1; i < count; ++i)
            QVERIFY2(bench.text(i).find(nameOf(i)) != std::string::npos, bench.text(i).c_str());
        QVERIFY(bench.text(0) != "error" && bench.text(0) != "no answer");
    }

    void tellsErrors() {
        Bench bench;
        bench.transport->put(kMaps, {.status = 503, .body = "{}"});
        bench.transport->put(kMaps + "/m-0", {.status = 403, .body = "{}"});
        bench.announce(0, 10);
        bench.read(0, 10);
        QCOMPARE(bench.text(0), std::string("error"));
        QCOMPARE(bench.text(1), std::string("not there"));
    }

    void answersNobodyWhoGaveUp() {
        Bench bench;
        bench.transport->put(kMaps, page(names(0, 10)));
        bench.announce(0, 10);
        bench.read(0);
        bench.read(1);
        bench.cancels[0].cancel();
        bench.home.runPending();
        bench.read(2);
        bench.cancels[2].cancel();
        bench.home.runPending();
        QCOMPARE(bench.text(0), std::string("no answer"));
        QVERIFY(bench.text(1).find("m-1") != std::string::npos);
        QCOMPARE(bench.text(2), std::string("no answer"));
    }

    void asksOnceForAutoscalers() {
        Bench bench;
        bench.transport->put(kScalers, R"({"items":[{}]})");
        std::vector<ObjectReads::Autoscalers> lists;
        const auto ask = [&] {
            bench.cancels.push_back(bench.reads.readAutoscalers(
                apply(0), bench.way, [&lists](ObjectReads::Autoscalers list) { lists.push_back(std::move(list)); }));
        };
        ask();
        ask();
        QVERIFY(lists.empty());
        bench.home.runPending();
        ask();
        QCOMPARE(lists.size(), std::size_t(2));
        bench.home.runPending();
        QCOMPARE(lists.size(), std::size_t(3));
        QCOMPARE(lists[2]->at("items").size(), std::size_t(1));
        QCOMPARE(bench.transport->requests().size(), std::size_t(1));
        bench.transport->put(kScalers, {.status = 403, .body = "{}"});
        bench.reads.forget();
        ask();
        bench.home.runPending();
        QVERIFY(lists.size() == 4 && !lists[3]);
        bench.reads.forget();
        bench.way.kinds = std::make_shared<const kube::KindCatalog>(std::vector<kube::Kind>());
        ask();
        bench.home.runPending();
        QVERIFY(lists.size() == 5 && !lists[4]);
        QCOMPARE(bench.transport->requests().size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestObjectReads)
#include "tst_object_reads.moc"
