// SPDX-License-Identifier: GPL-3.0-or-later
//
// Edits of YAML on real servers, by the schemas that these publish, with kubectl as the judge.
#include "core/change/acts/edit.h"
#include "core/change/acts/manifests.h"
#include "core/kube/openapi/schema_store.h"
#include "core/kube/yaml_text.h"
#include "tests/core/change/change_bench.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace change;
using Json = nlohmann::json;
using testbed::Cluster;

namespace {

Cluster& cluster(const std::string& name) {
    return testbed::Testbed::instance().cluster(name);
}

const char* const kWeb =
    R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"default"},"spec":{
 "replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
 "spec":{"containers":[{"name":"web","image":"nginx:1","ports":[{"containerPort":80}],"env":[{"name":"A","value":"1"},
 {"name":"B","value":"2"}]},{"name":"side","image":"side:1"}]}}}})";

constexpr const char* kPath = "/apis/apps/v1/namespaces/default/deployments";

Json live(const std::string& name) {
    return Json::parse(cluster(name).api("GET", std::string(kPath) + "/web").body, nullptr, false);
}

bool hasManager(const Json& object, const char* manager, const char* operation) {
    for (const Json& entry : object.value(Json::json_pointer("/metadata/managedFields"), Json::array())) {
        if (entry.value("manager", "") == manager && entry.value("operation", "") == operation)
            return true;
    }
    return false;
}

} // namespace

class TestEditReal : public QObject {
    Q_OBJECT

    std::unique_ptr<ChangeBench> m_bench;
    kube::openapi::DocumentPtr m_apps;

    [[nodiscard]] Target target(const std::string& context) const {
        return {m_bench->ref(context), {"apps/v1", "Deployment", "default", "web"}};
    }

    /// The text of an object in north, changed by pairs of texts.
    Edit edit(const std::string& opened, std::initializer_list<std::pair<const char*, const char*>> changes) {
        const std::string shown = editableJson(opened, Secrets::Hidden);
        QByteArray yaml = QByteArray::fromStdString(kube::toYaml(shown, kube::ManagedFields::Shown).value_or(""));
        for (const auto& [from, to] : changes) {
            if (!yaml.contains(from))
                qFatal("the text has no %s", from);
            yaml.replace(from, to);
        }
        return Edit::read({opened, shown, yaml.toStdString(), "web.yaml", m_apps->find("apps", "v1", "Deployment")});
    }

    bool carryOut(std::vector<Operation> operations) {
        ChangeSet set;
        set.title = "Edit";
        for (Operation& operation : operations)
            operation.await = Await::Nothing;
        set.operations = std::move(operations);
        return m_bench->carryOut(set) != nullptr;
    }

private slots:
    void initTestCase() {
        TESTBED_UP({"north", "south"});
        m_bench = std::make_unique<ChangeBench>();
        m_bench->open();
        QVERIFY(m_bench->connect("north-admin"));
        QVERIFY(m_bench->connect("south-admin"));
        bool isDone = false;
        const fleet::ClusterId north = m_bench->fleet->byContext("north-admin");
        const base::Cancel asked =
            m_bench->fleet->schemas().find(m_bench->fleet->transport(north), "apps/v1", [&](auto document) {
                m_apps = document.value_or(nullptr);
                isDone = true;
            });
        QVERIFY(m_bench->until([&] { return isDone; }));
        QVERIFY(m_apps);
    }

    void init() {
        for (const char* name : {"north", "south"})
            QVERIFY(cluster(name).kubectl({"apply", "-f", "-"}, kWeb).exitCode == 0);
        // The controller writes an annotation once, and nobody shall take that for somebody else's change.
        const auto isSeen = [](const char* name) {
            return live(name).contains(Json::json_pointer("/metadata/annotations/deployment.kubernetes.io~1revision"));
        };
        for (const char* name : {"north", "south"})
            QTRY_VERIFY_WITH_TIMEOUT(isSeen(name), 30000);
    }

    void cleanup() {
        for (const char* name : {"north", "south"})
            (void)cluster(name).api("DELETE", std::string(kPath) + "/web");
        for (const char* name : {"north", "south"})
            QTRY_COMPARE_WITH_TIMEOUT(live(name).value("code", 0), 404, 30000);
    }

    void cleanupTestCase() { m_bench.reset(); }

    void appliesChangedFieldsToTwoClusters() {
        const std::string north = live("north").dump();
        const std::string south = live("south").dump();
        const Edit made =
            edit(north, {{"image: side:1", "image: side:2"},
                         {"  labels:\n        app: web", "  labels:\n        app: web\n        tier: x"}});
        QVERIFY(made.errors().empty());
        QCOMPARE(made.changeCount(), std::size_t(2));
        std::vector<Operation> operations{*made.operationFor(target("north-admin"), north),
                                          *made.operationFor(target("south-admin"), south)};
        QVERIFY(operations[0].verb == Verb::Apply);
        ChangeSet set;
        set.title = "Edit";
        set.operations = operations;
        // kubectl apply owns the image.
        const auto planner = m_bench->plan(set);
        QVERIFY(planner);
        for (const PlannedOperation& planned : planner->plan().operations) {
            QVERIFY(planned.verdict == Verdict::Conflict);
            QCOMPARE(planned.conflicts.size(), std::size_t(1));
            QCOMPARE(planned.conflicts[0].manager, std::string("kubectl-client-side-apply"));
            QVERIFY(!planned.movedOn);
        }
        for (Operation& operation : operations)
            operation.ownership = Ownership::TakeOver;
        QVERIFY(carryOut(operations));
        for (const char* name : {"north", "south"}) {
            const Json object = live(name);
            const Json& pod = object.at("spec").at("template");
            QCOMPARE(pod.at("spec").at("containers").size(), std::size_t(2));
            QCOMPARE(pod.at("spec").at("containers")[1].at("image"), "side:2");
            QCOMPARE(pod.at("spec").at("containers")[0].at("image"), "nginx:1");
            QCOMPARE(pod.at("metadata").at("labels").at("tier"), "x");
            QVERIFY(hasManager(object, "quarterdeck", "Apply"));
        }
    }

    // A second edit must not give up what the first one set.
    void keepsWhatWasEditedBefore() {
        const std::string first = live("north").dump();
        const Edit one = edit(first, {{"image: side:1", "image: side:1\n        workingDir: /tmp"}});
        QVERIFY(carryOut({*one.operationFor(target("north-admin"), first)}));
        const std::string second = live("north").dump();
        const Edit two =
            edit(second, {{"  progressDeadlineSeconds: 600", "  minReadySeconds: 5\n  progressDeadlineSeconds: 600"}});
        QVERIFY(carryOut({*two.operationFor(target("north-admin"), second)}));
        const Json object = live("north");
        QCOMPARE(object["spec"]["minReadySeconds"], 5);
        QCOMPARE(object["spec"]["template"]["spec"]["containers"][1]["workingDir"], "/tmp");
    }

    void takesFieldsAway() {
        const std::string north = live("north").dump();
        const Edit made =
            edit(north, {{"        - name: A\n          value: \"1\"\n", ""}, {"replicas: 2", "replicas: 3"}});
        QVERIFY(made.removes());
        QVERIFY(carryOut({*made.operationFor(target("north-admin"), north)}));
        const Json object = live("north");
        QCOMPARE(object["spec"]["replicas"], 3);
        QCOMPARE(object["spec"]["template"]["spec"]["containers"][0]["env"],
                 Json::parse(R"([{"name":"B","value":"2"}])"));
    }

    void seesThatItMovedOn() {
        const std::string north = live("north").dump();
        QVERIFY(cluster("north").kubectl({"scale", "deployment/web", "--replicas=5"}).exitCode == 0);
        const Edit made = edit(north, {{"image: side:1", "image: side:1\n        workingDir: /tmp"}});
        ChangeSet set;
        set.title = "Edit";
        set.operations = {*made.operationFor(target("north-admin"), north)};
        const auto planner = m_bench->plan(set);
        QVERIFY(planner && planner->plan().operations[0].movedOn);
    }

    void clonesToAnotherCluster() {
        const std::string service =
            R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"type":"NodePort",
            "selector":{"app":"web"},"ports":[{"port":80}]}})";
        const std::string path = "/api/v1/namespaces/default/services";
        QVERIFY(cluster("north").api("POST", path, service).isOk());
        const CleanCopy copy = cleanCopy(cluster("north").api("GET", path + "/web").body);
        const auto read = kube::readManifests(copy.json, "copy");
        const auto way = m_bench->clusters->find({"south-admin"});
        QVERIFY(way);
        const auto operations = applyManifests(read.objects, m_bench->ref("south-admin"), &*way, "");
        QVERIFY(operations && carryOut(*operations));
        const Json there = Json::parse(cluster("south").api("GET", path + "/web").body);
        QCOMPARE(there["spec"]["type"], "NodePort");
        QVERIFY(std::find(copy.dropped.begin(), copy.dropped.end(), "spec.clusterIP") != copy.dropped.end());
    }
};

QTEST_GUILESS_MAIN(TestEditReal)
#include "tst_edit_real.moc"
