// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/act.h"
#include "core/change/object_difference.h"
#include "core/change/object_reads.h"
#include "tests/core/change/change_bench.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

using change::ChangeSet;
using change::Operation;
using change::Outcome;
using change::Resolution;
using change::Verb;
using change::Verdict;
using Json = nlohmann::json;
using testbed::Cluster;

namespace {

Cluster& cluster(const std::string& name) {
    return testbed::Testbed::instance().cluster(name);
}

Json seen(const std::string& clusterName, const std::string& what, const std::string& ns = "default") {
    const auto ran = cluster(clusterName).kubectl({"get", what, "-n", ns, "-o", "json", "--show-managed-fields"});
    return Json::parse(ran.out, nullptr, false);
}

std::string managersOf(const Json& object) {
    std::string text;
    for (const Json& entry : object.value(Json::json_pointer("/metadata/managedFields"), Json::array()))
        text += entry.value("manager", "") + "/" + entry.value("operation", "") + " ";
    return text;
}

const char* const kDeployment = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{
 "replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
 "spec":{"containers":[{"name":"web","image":"nginx:1","ports":[{"containerPort":80}]},{"name":"side","image":"side:1"}]}}}})";

const char* const kManyKind = R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
 "metadata":{"name":"kites.many.test"},"spec":{"group":"many.test","scope":"Namespaced","names":{"kind":"Kite",
 "plural":"kites","singular":"kite"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":
 {"type":"object","properties":{"spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}})";

} // namespace

/// The whole way of change sets on real API servers, with kubectl as the judge.
class TestChangeReal : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ChangeBench> m_bench;

    Operation operation(const std::string& context, Verb verb, change::ObjectRef object, std::string body = {}) {
        Operation made;
        made.cluster = m_bench->ref(context);
        made.verb = verb;
        made.object = std::move(object);
        made.body = std::move(body);
        return made;
    }
    static change::ObjectRef configMap(const std::string& name) { return {"v1", "ConfigMap", "default", name}; }
    static change::ObjectRef web() { return {"apps/v1", "Deployment", "default", "web"}; }
    static std::string configMapBody(const std::string& name, const Json& data) {
        return Json{{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", name}}}, {"data", data}}.dump();
    }

private slots:
    void initTestCase() {
        TESTBED_UP({"north", "south"});
        m_bench = std::make_unique<ChangeBench>();
        m_bench->open();
        QVERIFY(m_bench->connect("north-admin"));
        QVERIFY(m_bench->connect("south-admin"));
    }
    void cleanupTestCase() { m_bench.reset(); }

    void appliesToTwoClusters() {
        ChangeSet set;
        set.title = "Apply colours";
        set.intent = "Ticket 7\nas agreed ";
        for (const char* context : {"north-admin", "south-admin"})
            set.operations.push_back(
                operation(context, Verb::Apply, configMap("colours"), configMapBody("colours", {{"sky", "blue"}})));
        const auto planner = m_bench->plan(set);
        QVERIFY(planner);
        for (const auto& planned : planner->plan().operations) {
            QCOMPARE(planned.verdict, Verdict::Accepted);
            QVERIFY(planned.before.empty());
            QCOMPARE(Json::parse(planned.would)["data"]["sky"], "blue");
        }
        QVERIFY(seen("north", "configmap/colours").is_discarded()); // a dry run stores nothing
        const auto applier = m_bench->apply(planner->plan());
        QVERIFY(applier);
        for (const char* name : {"north", "south"}) {
            const Json object = seen(name, "configmap/colours");
            QCOMPARE(object["data"]["sky"], "blue");
            QCOMPARE(managersOf(object), std::string("quarterdeck/Apply "));
        }
        change::JournalQuery query;
        query.set = planner->plan().set.id;
        const auto entries = m_bench->entries(query);
        QCOMPARE(entries.size(), std::size_t(2));
        for (const auto& entry : entries) {
            QVERIFY2(entry.outcome == Outcome::Done, entry.message.c_str());
            QCOMPARE(entry.resource, std::string("configmaps"));
            QVERIFY(entry.beganMs > 0 && entry.closedMs >= entry.beganMs && entry.serverMs > 0);
            QCOMPARE(entry.intent, std::string("Ticket 7 as agreed"));
        }
        const auto undo = m_bench->undo(query.set);
        QVERIFY(undo && *undo);
        QCOMPARE((*undo)->set.intent, "undo of " + query.set + ": Ticket 7 as agreed");
        QVERIFY((*undo)->refused.empty());
        QVERIFY(m_bench->carryOut((*undo)->set));
        QVERIFY(seen("north", "configmap/colours").is_discarded());
        QVERIFY(seen("south", "configmap/colours").is_discarded());
    }

    void ordersWhatNeedsOther() {
        ChangeSet set;
        set.title = "A kind, a namespace and an object";
        set.operations.push_back(
            operation("north-admin", Verb::Apply, {"sea.test/v1", "Boat", "harbour", "one"},
                      R"({"apiVersion":"sea.test/v1","kind":"Boat","metadata":{"name":"one"},"spec":{"masts":2}})"));
        set.operations.push_back(operation("north-admin", Verb::Apply, {"v1", "ConfigMap", "harbour", "log"},
                                           configMapBody("log", {{"a", "b"}})));
        set.operations.push_back(operation("north-admin", Verb::Apply, {"v1", "Namespace", "", "harbour"},
                                           R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"harbour"}})"));
        set.operations.push_back(operation(
            "north-admin", Verb::Apply, {"apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "boats.sea.test"},
            R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
            "metadata":{"name":"boats.sea.test"},"spec":{"group":"sea.test","scope":"Namespaced","names":{"kind":"Boat",
            "plural":"boats","singular":"boat"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{
            "openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"masts":{"type":"integer"}}}}}}}]}})"));
        const auto planner = m_bench->plan(set);
        QVERIFY(planner);
        QCOMPARE(planner->plan().operations[0].verdict, Verdict::Deferred);
        QCOMPARE(planner->plan().operations[1].verdict, Verdict::Deferred);
        QCOMPARE(planner->plan().operations[2].verdict, Verdict::Accepted);
        QCOMPARE(planner->plan().operations[3].verdict, Verdict::Accepted);
        QVERIFY(planner->plan().mayApply());
        const auto applier = m_bench->apply(planner->plan());
        QVERIFY(applier);
        for (const auto& progress : applier->progress())
            QVERIFY2(progress.outcome == Outcome::Done, progress.message.c_str());
        QCOMPARE(seen("north", "boats/one", "harbour")["spec"]["masts"], 2);
    }

    void arguesWithKubectlOverFields() {
        QVERIFY(
            cluster("north").kubectl({"apply", "--server-side", "-n", "default", "-f", "-"}, kDeployment).exitCode ==
            0);
        Json wanted{{"apiVersion", "apps/v1"}, {"kind", "Deployment"}, {"metadata", {{"name", "web"}}}};
        wanted["spec"]["replicas"] = 5;
        wanted["spec"]["template"]["spec"]["containers"] = Json::array({{{"name", "web"}, {"image", "nginx:2"}}});
        ChangeSet set;
        set.title = "Argue";
        set.operations.push_back(operation("north-admin", Verb::Apply, web(), wanted.dump()));
        const auto planner = m_bench->plan(set);
        QVERIFY(planner);
        const auto& planned = planner->plan().operations[0];
        QCOMPARE(planned.verdict, Verdict::Conflict);
        QVERIFY(!planner->plan().mayApply());
        QCOMPARE(Json::parse(planned.would)["spec"]["replicas"], 5); // if it were taken over
        QCOMPARE(seen("north", "deployment/web")["spec"]["replicas"], 2);
        QCOMPARE(planned.conflicts.size(), std::size_t(2));
        std::map<std::string, change::FieldConflict> conflicts;
        for (const auto& conflict : planned.conflicts)
            conflicts[conflict.field] = conflict;
        const auto& replicas = conflicts.at(".spec.replicas");
        QCOMPARE(replicas.manager, std::string("kubectl"));
        QCOMPARE(replicas.live, std::string("2"));
        QCOMPARE(replicas.wanted, std::string("5"));
        QVERIFY(replicas.sinceMs > 0);
        const auto& image = conflicts.at(R"(.spec.template.spec.containers[name="web"].image)");
        QCOMPARE(image.live, std::string("\"nginx:1\""));
        // Share the image, leave replicas to kubectl.
        std::vector<Resolution> resolutions;
        for (const auto& conflict : planned.conflicts)
            resolutions.push_back(conflict.field == ".spec.replicas" ? Resolution::DropMine : Resolution::Share);
        QVERIFY(m_bench->resolve(*planner, 0, resolutions));
        QVERIFY(planner->plan().mayApply());
        QVERIFY(m_bench->apply(planner->plan()));
        Json object = seen("north", "deployment/web");
        QCOMPARE(object["spec"]["replicas"], 2);
        QCOMPARE(object["spec"]["template"]["spec"]["containers"][0]["image"], "nginx:1");
        QVERIFY(managersOf(object).find("quarterdeck/Apply") != std::string::npos);
        // Take it over: kubectl then meets us.
        set.id.clear();
        const auto second = m_bench->plan(set);
        QVERIFY(second);
        QCOMPARE(second->plan().operations[0].verdict, Verdict::Conflict);
        QVERIFY(m_bench->resolve(*second, 0, {Resolution::TakeOver, Resolution::TakeOver}));
        QVERIFY(second->plan().mayApply());
        const auto applied = m_bench->apply(second->plan());
        QVERIFY(applied);
        object = seen("north", "deployment/web");
        QCOMPARE(object["spec"]["replicas"], 5);
        const auto argued =
            cluster("north").kubectl({"apply", "--server-side", "-n", "default", "-f", "-"}, kDeployment);
        QVERIFY(argued.exitCode != 0);
        QVERIFY2(argued.err.find("with \"quarterdeck\"") != std::string::npos, argued.err.c_str());
        QVERIFY2(argued.err.find(".spec.replicas") != std::string::npos, argued.err.c_str());
        // And back.
        const auto undo = m_bench->undo(second->plan().set.id);
        QVERIFY(undo && *undo && (*undo)->refused.empty());
        QVERIFY(m_bench->carryOut((*undo)->set));
        object = seen("north", "deployment/web");
        QCOMPARE(object["spec"]["replicas"], 2);
        QCOMPARE(object["spec"]["template"]["spec"]["containers"][0]["image"], "nginx:1");
        QCOMPARE(object["spec"]["template"]["spec"]["containers"].size(), std::size_t(2));
    }

    void refusesUndoWhereItMovedOn() {
        ChangeSet set;
        set.title = "Scale web";
        set.operations.push_back(operation("north-admin", Verb::Scale, web(), R"({"replicas":4})"));
        const auto applier = m_bench->carryOut(set);
        QVERIFY(applier);
        QCOMPARE(seen("north", "deployment/web")["spec"]["replicas"], 4);
        QVERIFY(cluster("north").kubectl({"scale", "-n", "default", "deployment/web", "--replicas=7"}).exitCode == 0);
        const auto undo = m_bench->undo(applier->plan().set.id);
        QVERIFY(undo && *undo);
        QVERIFY((*undo)->set.operations.empty());
        QCOMPARE((*undo)->refused.size(), std::size_t(1));
        QVERIFY2((*undo)->refused[0].why.find("scaled to 7") != std::string::npos, (*undo)->refused[0].why.c_str());
        QVERIFY(cluster("north").kubectl({"scale", "-n", "default", "deployment/web", "--replicas=4"}).exitCode == 0);
        const auto again = m_bench->undo(applier->plan().set.id);
        QVERIFY(again && *again && (*again)->refused.empty());
        QVERIFY(m_bench->carryOut((*again)->set));
        QCOMPARE(seen("north", "deployment/web")["spec"]["replicas"], 2);
    }

    void patchesAsKubectlDoes_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("patch");
        QTest::newRow("merge") << QByteArray("merge")
                               << QByteArray(
                                      R"({"metadata":{"labels":{"a":"b","app":null}},"spec":{"minReadySeconds":3}})");
        QTest::newRow("merge list")
            << QByteArray("merge")
            << QByteArray(R"({"spec":{"template":{"spec":{"containers":[{"name":"web","image":"x:9"}]}}}})");
        QTest::newRow("strategic list")
            << QByteArray("strategic")
            << QByteArray(R"({"spec":{"template":{"spec":{"containers":[{"name":"web","image":"x:9"}]}}}})");
        QTest::newRow("strategic delete")
            << QByteArray("strategic")
            << QByteArray(R"({"spec":{"template":{"spec":{"containers":[{"name":"side","$patch":"delete"}]}}}})");
        QTest::newRow("strategic order")
            << QByteArray("strategic")
            << QByteArray(
                   R"({"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"side"},{"name":"web"}],"containers":[{"name":"web","command":["a"]}]}}}})");
        QTest::newRow("json")
            << QByteArray("json")
            << QByteArray(
                   R"([{"op":"test","path":"/spec/replicas","value":2},{"op":"replace","path":"/spec/replicas","value":3},{"op":"add","path":"/spec/template/spec/containers/-","value":{"name":"third","image":"t:1"}}])");
        QTest::newRow("json remove") << QByteArray("json")
                                     << QByteArray(R"([{"op":"remove","path":"/spec/template/spec/containers/0"}])");
    }
    void patchesAsKubectlDoes() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, patch);
        Json twin = Json::parse(kDeployment);
        for (const char* name : {"ours", "theirs"}) {
            twin["metadata"]["name"] = name;
            cluster("south").kubectl({"delete", "-n", "default", "deployment", name, "--ignore-not-found"});
            QVERIFY(cluster("south").kubectl({"create", "-n", "default", "-f", "-"}, twin.dump()).exitCode == 0);
        }
        QVERIFY(cluster("south")
                    .kubectl({"patch", "-n", "default", "deployment/theirs", "--type", type.toStdString(), "-p",
                              patch.toStdString()})
                    .exitCode == 0);
        ChangeSet set;
        set.title = "Patch";
        const Verb verb = type == "merge" ? Verb::MergePatch : type == "json" ? Verb::JsonPatch : Verb::StrategicPatch;
        set.operations.push_back(
            operation("south-admin", verb, {"apps/v1", "Deployment", "default", "ours"}, patch.toStdString()));
        const auto applier = m_bench->carryOut(set);
        QVERIFY(applier);
        QVERIFY2(applier->progress()[0].outcome == Outcome::Done, applier->progress()[0].message.c_str());
        const Json ours = seen("south", "deployment/ours");
        const Json theirs = seen("south", "deployment/theirs");
        QCOMPARE(QByteArray::fromStdString(ours["spec"].dump()), QByteArray::fromStdString(theirs["spec"].dump()));
        QCOMPARE(ours["metadata"].value("labels", Json()).dump(), theirs["metadata"].value("labels", Json()).dump());
        // Back to what it was, field for field.
        const auto undo = m_bench->undo(applier->plan().set.id);
        QVERIFY(undo && *undo);
        QVERIFY2((*undo)->refused.empty(), (*undo)->refused.empty() ? "" : (*undo)->refused[0].why.c_str());
        const auto back = m_bench->carryOut((*undo)->set);
        QVERIFY(back);
        QVERIFY2(back->progress()[0].outcome == Outcome::Done, back->progress()[0].message.c_str());
        Json before = Json::parse(applier->plan().operations[0].before);
        QCOMPARE(QByteArray::fromStdString(seen("south", "deployment/ours")["spec"].dump()),
                 QByteArray::fromStdString(before["spec"].dump()));
    }

    // What a list brings is what each object alone is answered with.
    void readsManyAsEachAlone() {
        Cluster& north = cluster("north");
        QVERIFY(north.kubectl({"create", "namespace", "many"}).exitCode == 0);
        QVERIFY(north.kubectl({"apply", "--server-side", "-f", "-"}, kManyKind).exitCode == 0);
        QVERIFY(north.kubectl({"wait", "--for=condition=Established", "crd/kites.many.test"}).exitCode == 0);
        std::string manifests;
        for (int i = 0; i < 12; ++i) {
            Json map = Json::parse(configMapBody("m-" + std::to_string(i), {{"text", "<&>\n\"\xC3\xA9\xE2\x80\xA8"}}));
            Json kite{{"apiVersion", "many.test/v1"}, {"kind", "Kite"}, {"metadata", map["metadata"]}};
            kite["spec"] = {{"long", 9007199254740993}, {"part", 0.1}, {"text", map["data"]["text"]}};
            Json deployment = Json::parse(kDeployment);
            deployment["metadata"] = map["metadata"];
            for (const Json& object : {map, kite, deployment})
                manifests += object.dump() + "\n---\n";
        }
        QVERIFY(north.kubectl({"apply", "--server-side", "-n", "many", "-f", "-"}, manifests).exitCode == 0);

        const base::Result<change::ClusterWay> way = m_bench->clusters->find(m_bench->ref("north-admin"));
        QVERIFY(way.has_value());
        kube::Kind kite = *way->kinds->findKind("v1", "ConfigMap");
        kite.group = "many.test";
        kite.kind = "Kite";
        kite.plural = "kites";
        for (const kube::Kind& kind :
             {*way->kinds->findKind("v1", "ConfigMap"), *way->kinds->findKind("apps/v1", "Deployment"), kite,
              *way->kinds->findKind("apiregistration.k8s.io/v1", "APIService")}) {
            std::vector<Operation> operations;
            for (int i = 0; i < 13; ++i) // the last is not there
                operations.push_back(
                    operation("north-admin", Verb::MergePatch,
                              {kind.apiVersion(), kind.kind, kind.namespaced ? "many" : "", "m-" + std::to_string(i)}));
            if (!kind.namespaced) {
                const auto names = QString::fromStdString(north.kubectl({"get", "apiservices", "-o", "name"}).out)
                                       .split('\n', Qt::SkipEmptyParts);
                for (std::size_t i = 0; i < 12; ++i)
                    operations[i].object.name = names.at(static_cast<int>(i)).section('/', 1).toStdString();
            }
            const auto read = [&](change::ObjectReads& reads, std::vector<std::optional<std::string>>& found) {
                std::vector<base::Cancel> cancels;
                for (const Operation& wanted : operations)
                    cancels.push_back(
                        reads.read(wanted, kind, *way, [&found](base::Result<std::optional<std::string>> text) {
                            found.push_back(text ? *std::move(text) : std::string("error"));
                        }));
                return m_bench->until([&] { return found.size() == operations.size(); });
            };
            const auto sorted = [](const std::vector<std::optional<std::string>>& all) {
                std::vector<Json> objects;
                for (const auto& text : all)
                    objects.push_back(text ? Json::parse(*text, nullptr, false) : Json());
                std::sort(objects.begin(), objects.end());
                return objects;
            };
            const auto versions = [](const std::vector<std::optional<std::string>>& all) {
                std::multiset<std::string> found;
                for (const auto& text : all)
                    found.insert(text ? change::resourceVersionOf(*text) : std::string());
                return found;
            };
            // Controllers write what is new to them; what moved in between is read anew.
            std::vector<std::optional<std::string>> texts[2];
            do {
                texts[0].clear();
                texts[1].clear();
                change::ObjectReads together(m_bench->home);
                change::ObjectReads alone(m_bench->home);
                for (const Operation& wanted : operations)
                    together.announce(wanted);
                QVERIFY(read(together, texts[0]));
                QVERIFY(read(alone, texts[1]));
            } while (versions(texts[0]) != versions(texts[1]));
            QVERIFY(sorted(texts[0]) == sorted(texts[1]));
            const auto there = std::count_if(texts[0].begin(), texts[0].end(), [](const auto& text) {
                return text && Json::parse(*text, nullptr, false).is_object();
            });
            QCOMPARE(int(there), 12);
        }
    }

    // What others store while it is being planned is neither shown as ours nor in our way.
    void looksAtWhatItPretendsOn() {
        Json body = Json::parse(configMapBody("busy", {{"a", "1"}}));
        QVERIFY(cluster("south").kubectl({"create", "-n", "default", "-f", "-"}, body.dump()).exitCode == 0);
        for (int round = 0; round < 10; ++round) {
            ChangeSet set;
            set.title = "Ours";
            const std::string value = std::to_string(round + 2);
            set.operations.push_back(
                operation("south-admin", Verb::MergePatch, configMap("busy"), Json{{"data", {{"a", value}}}}.dump()));
            bool isPlanned = false;
            const auto planner = m_bench->door->plan(std::move(set), {}, [&isPlanned] { isPlanned = true; });
            m_bench->home.runPending(); // the question is on its way
            const Json theirs{{"data", {{"theirs", value}}}};
            QVERIFY(cluster("south")
                        .kubectl({"patch", "-n", "default", "configmap/busy", "--type", "merge", "-p", theirs.dump()})
                        .exitCode == 0);
            QVERIFY(m_bench->until([&isPlanned] { return isPlanned; }));
            const change::PlannedOperation& planned = planner->plan().operations[0];
            const auto ours = change::differences(change::contentOf(Json::parse(planned.before)),
                                                  change::contentOf(Json::parse(planned.would)));
            QCOMPARE(ours.size(), std::size_t(1));
            QCOMPARE(ours[0].path.to_string(), std::string("/data/a"));
            const auto applier = m_bench->apply(planner->plan());
            QVERIFY(applier && applier->progress()[0].outcome == Outcome::Done);
        }
    }

    // The server tells our applies from our patches; nobody is to be asked about a quarrel with oneself.
    void doesNotArgueWithItself() {
        const auto store = [this](Verb verb, const Json& body) {
            ChangeSet set;
            set.title = "Mine";
            set.operations.push_back(operation("south-admin", verb, configMap("mine"), body.dump()));
            return m_bench->carryOut(set);
        };
        const Json first = Json::parse(configMapBody("mine", {{"a", "1"}}));
        QVERIFY(store(Verb::Apply, first));
        QVERIFY(store(Verb::MergePatch, Json{{"data", {{"a", "2"}}}}));
        const auto again = store(Verb::Apply, first);
        QVERIFY(again);
        QVERIFY(again->plan().operations[0].takesFromOurselves);
        QVERIFY2(again->progress()[0].outcome == Outcome::Done, again->progress()[0].message.c_str());
        QCOMPARE(seen("south", "configmap/mine")["data"]["a"].get<std::string>(), std::string("1"));
    }

    void refusesWhatTheServerRefuses() {
        ChangeSet set;
        set.title = "Two bad, one good";
        set.operations.push_back(
            operation("north-admin", Verb::Apply, configMap("good"), configMapBody("good", {{"a", "b"}})));
        set.operations.push_back(
            operation("north-admin", Verb::Apply, configMap("typo"),
                      R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"typo"},"dta":{"a":"b"}})"));
        set.operations.push_back(operation("north-admin", Verb::Apply, {"v1", "Unheard", "default", "x"}, "{}"));
        const auto planner = m_bench->plan(set);
        QVERIFY(planner);
        QCOMPARE(planner->plan().operations[0].verdict, Verdict::Accepted);
        QCOMPARE(planner->plan().operations[1].verdict, Verdict::Refused);
        QVERIFY2(planner->plan().operations[1].error->message.find("dta") != std::string::npos,
                 planner->plan().operations[1].error->message.c_str());
        QCOMPARE(planner->plan().operations[2].verdict, Verdict::Refused);
        QVERIFY(!planner->plan().mayApply());
    }

    void keepsOutOfProtectedAndReadOnly() {
        const fleet::ClusterId north = m_bench->fleet->byContext("north-admin");
        ChangeSet set;
        set.title = "Kept out";
        set.operations.push_back(
            operation("north-admin", Verb::Apply, configMap("kept-out"), configMapBody("kept-out", {{"a", "b"}})));
        m_bench->fleet->setProtected(north, true);
        const auto planner = m_bench->plan(set);
        QVERIFY(planner && planner->plan().mayApply());
        const auto kept = m_bench->apply(planner->plan());
        QVERIFY(kept);
        QVERIFY2(kept->progress()[0].outcome == Outcome::NotSent, kept->progress()[0].message.c_str());
        QVERIFY(seen("north", "configmap/kept-out").is_discarded());
        m_bench->fleet->setReadOnly(north, true);
        change::Plan again = planner->plan();
        again.set.id = change::newSetId(m_bench->clock.nowMs());
        const auto readOnly = m_bench->apply(again, {{"north-admin"}});
        QVERIFY(readOnly);
        QVERIFY2(readOnly->progress()[0].outcome == Outcome::NotSent, readOnly->progress()[0].message.c_str());
        m_bench->fleet->setReadOnly(north, false);
        again.set.id = change::newSetId(m_bench->clock.nowMs());
        const auto typed = m_bench->apply(again, {{"north-admin"}});
        QVERIFY(typed);
        QVERIFY2(typed->progress()[0].outcome == Outcome::Done, typed->progress()[0].message.c_str());
        m_bench->fleet->setProtected(north, false);
    }

    void doesNotOverwriteWhatMovedOn() {
        ChangeSet set;
        set.title = "Late";
        set.operations.push_back(
            operation("north-admin", Verb::MergePatch, configMap("kept-out"), R"({"data":{"a":"ours"}})"));
        const auto planner = m_bench->plan(set);
        QVERIFY(planner && planner->plan().mayApply());
        QVERIFY(cluster("north")
                    .kubectl({"patch", "-n", "default", "configmap/kept-out", "--type=merge", "-p",
                              R"({"data":{"a":"theirs"}})"})
                    .exitCode == 0);
        const auto late = m_bench->apply(planner->plan());
        QVERIFY(late);
        QVERIFY2(late->progress()[0].outcome == Outcome::Failed, late->progress()[0].message.c_str());
        QVERIFY2(late->progress()[0].message.find("somebody else") != std::string::npos,
                 late->progress()[0].message.c_str());
        QCOMPARE(seen("north", "configmap/kept-out")["data"]["a"], "theirs");
        // Where only the status moved, it goes through.
        ChangeSet scaled;
        scaled.title = "Status moves";
        scaled.operations.push_back(
            operation("north-admin", Verb::MergePatch, web(), R"({"metadata":{"labels":{"x":"y"}}})"));
        const auto plan = m_bench->plan(scaled);
        QVERIFY(plan && plan->plan().mayApply());
        QVERIFY(cluster("north")
                    .kubectl({"patch", "-n", "default", "deployment/web", "--subresource=status", "--type=merge", "-p",
                              R"({"status":{"collisionCount":3}})"})
                    .exitCode == 0);
        const auto through = m_bench->apply(plan->plan());
        QVERIFY(through);
        QVERIFY2(through->progress()[0].outcome == Outcome::Done, through->progress()[0].message.c_str());
    }

    void tellsOfAnAutoscaler() {
        const Cluster& north = cluster("north");
        QVERIFY(
            north
                .api("POST", "/apis/apps/v1/namespaces/team-a/deployments",
                     R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"scaled"},"spec":{"replicas":2,
            "selector":{"matchLabels":{"app":"s"}},"template":{"metadata":{"labels":{"app":"s"}},"spec":{"containers":[
            {"name":"c","image":"c:1"}]}}}})")
                .isOk());
        for (const char* target : {"scaled", "another"}) {
            const std::string name(target);
            QVERIFY(
                north
                    .api("POST", "/apis/autoscaling/v2/namespaces/team-a/horizontalpodautoscalers",
                         R"({"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"hpa-)" +
                             name +
                             R"("},"spec":{"minReplicas":2,"maxReplicas":5,"scaleTargetRef":{"apiVersion":"apps/v1",
                "kind":"Deployment","name":")" +
                             name + R"("}}})")
                    .isOk());
        }
        const change::ObjectRef scaled{"apps/v1", "Deployment", "team-a", "scaled"};
        ChangeSet set;
        set.operations = {operation("north-admin", Verb::Scale, scaled, R"({"replicas":3})"),
                          operation("north-admin", Verb::MergePatch, scaled, R"({"metadata":{"labels":{"a":"b"}}})")};
        const auto planner = m_bench->plan(set);
        QVERIFY(planner);
        const auto& undoers = planner->plan().operations[0].undoers;
        QCOMPARE(undoers.size(), std::size_t(1));
        QCOMPARE(undoers[0].who, std::string("HorizontalPodAutoscaler team-a/hpa-scaled"));
        QCOMPARE(undoers[0].field, std::string("/spec/replicas"));
        QVERIFY(planner->plan().operations[1].undoers.empty());
    }

    void deletesAndBringsBack() {
        ChangeSet set;
        set.title = "Delete two";
        Operation gone = operation("north-admin", Verb::Delete, configMap("kept-out"));
        gone.await = change::Await::Gone;
        set.operations.push_back(gone);
        set.operations.push_back(operation("north-admin", Verb::Delete, web()));
        const auto applier = m_bench->carryOut(set);
        QVERIFY(applier);
        QCOMPARE(applier->progress()[0].verified, change::Verified::Yes);
        QVERIFY(seen("north", "configmap/kept-out").is_discarded());
        const auto undo = m_bench->undo(applier->plan().set.id);
        QVERIFY(undo && *undo);
        QCOMPARE((*undo)->set.operations.size() + (*undo)->refused.size(), std::size_t(2));
        QVERIFY(m_bench->until([&] { return seen("north", "deployment/web").is_discarded(); }));
        const auto later = m_bench->undo(applier->plan().set.id);
        QVERIFY(later && *later && (*later)->refused.empty());
        const auto back = m_bench->carryOut((*later)->set);
        QVERIFY(back);
        for (const auto& progress : back->progress())
            QVERIFY2(progress.outcome == Outcome::Done, progress.message.c_str());
        QCOMPARE(seen("north", "configmap/kept-out")["data"]["a"], "theirs");
        QCOMPARE(seen("north", "deployment/web")["spec"]["replicas"], 2);
    }

    void keepsNoSecretInTheJournal() {
        ChangeSet set;
        set.title = "A secret";
        set.operations.push_back(operation(
            "north-admin", Verb::Apply, {"v1", "Secret", "default", "keys"},
            R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"keys"},"stringData":{"password":"Correct-Horse-7731"}})"));
        const auto applier = m_bench->carryOut(set);
        QVERIFY(applier);
        QVERIFY2(applier->progress()[0].outcome == Outcome::Done, applier->progress()[0].message.c_str());
        QCOMPARE(seen("north", "secret/keys")["data"]["password"], "Q29ycmVjdC1Ib3JzZS03NzMx");
        std::optional<change::JournalImages> images;
        m_bench->door->journal().images(applier->plan().set.id, 0, [&](base::Result<change::JournalImages> found) {
            images = std::move(found).value();
        });
        QVERIFY(m_bench->until([&] { return images.has_value(); }));
        for (const std::string& text : {images->body, images->before, images->after}) {
            QVERIFY(text.find("Correct-Horse") == std::string::npos);
            QVERIFY(text.find("Q29ycmVjdC1") == std::string::npos);
        }
        QVERIFY(images->body.find("hidden 18 bytes") != std::string::npos);
        const auto undo = m_bench->undo(applier->plan().set.id);
        QVERIFY(undo && *undo && (*undo)->refused.empty());
        QVERIFY(m_bench->carryOut((*undo)->set));
        QVERIFY(seen("north", "secret/keys").is_discarded());
    }
};

QTEST_GUILESS_MAIN(TestChangeReal)
#include "tst_change_real.moc"
