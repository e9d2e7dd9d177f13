// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/autoscaler.h"
#include "core/change/acts/images.h"
#include "core/change/acts/taints.h"
#include "core/kube/manifest/manifest.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace change;
using Json = nlohmann::json;

namespace {

const Target kNode{{"north", ""}, {"v1", "Node", "", "n1"}};
const Target kWeb{{"north", ""}, {"apps/v1", "Deployment", "shop", "web"}};

std::string nodeWith(const char* taints) {
    return std::string(R"({"metadata":{"name":"n1"},"spec":{"taints":)") + taints + "}}";
}

/// The taints that come of it, or why not.
std::string tainted(const char* before, const std::vector<std::string>& words, TaintValues values) {
    const auto changes = parseTaintChanges(words);
    if (!changes)
        return changes.error().message;
    const auto operation = taint(kNode, nodeWith(before), *changes, values);
    if (!operation)
        return operation.error().message;
    if (!*operation)
        return "nothing";
    return Json::parse(nodeWith(before)).patch(Json::parse((*operation)->body))["spec"].value("taints", Json()).dump();
}

} // namespace

class TestWorkloadActs : public QObject {
    Q_OBJECT
private slots:
    void taints_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<bool>("overwrites");
        QTest::addColumn<QByteArray>("after");
        const char* gpu = R"([{"effect":"NoSchedule","key":"gpu","value":"a"}])";
        QTest::newRow("first") << QByteArray("null") << QStringList{"gpu=a:NoSchedule"} << false << QByteArray(gpu);
        QTest::newRow("without a value") << QByteArray("[]") << QStringList{"gpu:NoExecute"} << false
                                         << QByteArray(R"([{"effect":"NoExecute","key":"gpu"}])");
        QTest::newRow("beside") << QByteArray(gpu) << QStringList{"gpu=b:NoExecute"} << false
                                << QByteArray(R"([{"effect":"NoExecute","key":"gpu","value":"b"},)") +
                                       QByteArray(gpu).mid(1);
        QTest::newRow("other value") << QByteArray(gpu) << QStringList{"gpu=b:NoSchedule"} << false
                                     << QByteArray("node n1 already has gpu taint(s) with same effect(s) "
                                                   "and --overwrite is false");
        QTest::newRow("overwritten") << QByteArray(gpu) << QStringList{"gpu=b:NoSchedule"} << true
                                     << QByteArray(R"([{"effect":"NoSchedule","key":"gpu","value":"b"}])");
        QTest::newRow("so already") << QByteArray(gpu) << QStringList{"gpu=a:NoSchedule"} << true
                                    << QByteArray("nothing");
        QTest::newRow("away") << QByteArray(gpu) << QStringList{"gpu:NoSchedule-"} << false << QByteArray("null");
        QTest::newRow("away by key") << QByteArray(gpu) << QStringList{"gpu-"} << false << QByteArray("null");
        QTest::newRow("not there") << QByteArray(gpu) << QStringList{"disk-"} << false
                                   << QByteArray("taint \"disk\" not found");
        QTest::newRow("not with this effect") << QByteArray(gpu) << QStringList{"gpu:NoExecute-"} << false
                                              << QByteArray("taint \"gpu:NoExecute\" not found");
        QTest::newRow("no effect") << QByteArray(gpu) << QStringList{"gpu=b"} << false
                                   << QByteArray("\"gpu=b\" says no effect: write key=value:NoSchedule, or key- to "
                                                 "take it away");
        QTest::newRow("wrong effect") << QByteArray(gpu) << QStringList{"gpu=b:Never"} << false
                                      << QByteArray("\"Never\" is no effect: NoSchedule, PreferNoSchedule and "
                                                    "NoExecute are");
        QTest::newRow("twice") << QByteArray(gpu) << QStringList{"a:NoSchedule", "a-"} << false
                               << QByteArray("\"a\" is named twice");
    }
    void taints() {
        QFETCH(QByteArray, before);
        QFETCH(QStringList, words);
        QFETCH(bool, overwrites);
        QFETCH(QByteArray, after);
        std::vector<std::string> changes;
        for (const QString& word : words)
            changes.push_back(word.toStdString());
        QCOMPARE(QByteArray::fromStdString(
                     tainted(before.constData(), changes, overwrites ? TaintValues::Overwritten : TaintValues::Kept)),
                 after);
    }

    void tellsTaints() {
        QVERIFY((
            taintsOf(nodeWith(R"([{"key":"a","effect":"NoExecute"},{"key":"b","value":"c","effect":"NoSchedule"}])")) ==
            std::vector<std::string>{"a:NoExecute", "b=c:NoSchedule"}));
        QVERIFY(taintsOf("{}").empty());
    }

    void setsImages() {
        const std::string live = R"({"spec":{"template":{"spec":{"initContainers":[{"name":"init","image":"i:1"}],
            "containers":[{"name":"web","image":"w:1"},{"name":"side","image":"s:1"}]}}}})";
        const auto set = [&](const std::vector<std::string>& words) -> std::string {
            const auto changes = parseImageChanges(words);
            if (!changes)
                return changes.error().message;
            const auto operation = setImages(kWeb, live, *changes);
            if (!operation)
                return operation.error().message;
            if (!*operation)
                return "nothing";
            const Json after = Json::parse(live).patch(Json::parse((*operation)->body));
            std::string images;
            for (const char* list : {"initContainers", "containers"}) {
                for (const Json& container : after["spec"]["template"]["spec"][list])
                    images += container["image"].get<std::string>() + " ";
            }
            return images;
        };
        QCOMPARE(QByteArray::fromStdString(set({"web=w:2"})), QByteArray("i:1 w:2 s:1 "));
        QCOMPARE(QByteArray::fromStdString(set({"init=i:2", "side=s:2"})), QByteArray("i:2 w:1 s:2 "));
        QCOMPARE(QByteArray::fromStdString(set({"*=x"})), QByteArray("x x x "));
        QCOMPARE(QByteArray::fromStdString(set({"web=w:1"})), QByteArray("nothing"));
        QCOMPARE(QByteArray::fromStdString(set({"no=w:1"})), QByteArray("unable to find container named \"no\""));
        QVERIFY(!parseImageChanges({"web="}) && !parseImageChanges({"=w"}) && !parseImageChanges({}));
    }

    void makesAnAutoscaler() {
        QVERIFY(canAutoscale(kWeb.object));
        QVERIFY(!canAutoscale({"apps/v1", "DaemonSet", "shop", "web"}));
        const kube::Manifests read = kube::readManifests(newAutoscaler(kWeb.object), "new");
        QVERIFY(read.errors.empty());
        QCOMPARE(read.objects.size(), std::size_t(1));
        QVERIFY(read.objects[0].kind == "HorizontalPodAutoscaler" && read.objects[0].ns == "shop");
        const std::string list = R"({"items":[)" + read.objects[0].json + "]}";
        QVERIFY(autoscalerOf(list, kWeb.object) == std::string("web"));
        QVERIFY(autoscalerOf(list, {"apps/v1", "StatefulSet", "shop", "web"}) == std::string());
        QVERIFY(autoscalerOf(list, {"apps/v1", "Deployment", "other", "web"}) == std::string());
        QVERIFY(!autoscalerOf("[", kWeb.object));
    }
};

QTEST_GUILESS_MAIN(TestWorkloadActs)
#include "tst_workload_acts.moc"
