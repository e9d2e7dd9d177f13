// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/edit.h"
#include "core/change/acts/manifests.h"
#include "core/kube/yaml_text.h"

#include <QFile>
#include <QtTest>

#include <nlohmann/json.hpp>

using namespace change;
using Json = nlohmann::json;

namespace {

const Target kTarget{{"north", "uid-1"}, {"test/v1", "Widget", "shop", "w"}};

const kube::openapi::Schema* schema() {
    static const auto document = [] {
        QFile file(QStringLiteral(TESTS_DATA_DIR "/openapi/widgets.json"));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        return kube::openapi::Document::parse(isOpen ? file.readAll().toStdString() : "").value_or(nullptr);
    }();
    return document ? document->find("test", "v1", "Widget") : nullptr;
}

/// JSON where @ stands for a quote within a text: moc stumbles over \\" in raw strings.
Json quoted(QByteArray json) {
    return Json::parse(json.replace('@', "\\\"").toStdString());
}

Json widget() {
    return Json::parse(R"({"apiVersion":"test/v1","kind":"Widget",
        "metadata":{"name":"w","namespace":"shop","uid":"u-1","resourceVersion":"7","labels":{"app":"w"}},
        "spec":{"size":1,"chosen":{"a":"1","b":"2"},"words":["p","q"],"rules":["r1","r2"],
            "parts":[{"name":"one","protocol":"TCP","image":"i:1"},{"name":"two","protocol":"TCP","image":"j:1"}]},
        "status":{"phase":"Ready"}})");
}

QByteArray yamlOf(const Json& object) {
    return QByteArray::fromStdString(
        kube::toYaml(editableJson(object.dump(), Secrets::Hidden), kube::ManagedFields::Shown).value_or(""));
}

struct Made {
    Edit edit;
    std::optional<Operation> operation;
    [[nodiscard]] Json body() const { return operation ? Json::parse(operation->body, nullptr, false) : Json(); }
};

Made edited(const Json& object, const QByteArray& yaml, const kube::openapi::Schema* kind = schema()) {
    const std::string opened = object.dump();
    const std::string shown = editableJson(opened, Secrets::Hidden);
    Edit edit = Edit::read({opened, shown, yaml.toStdString(), "w.yaml", kind});
    auto operation = edit.operationFor(kTarget, opened);
    return {std::move(edit), std::move(operation)};
}

Made replaced(const Json& object, const char* from, const char* to, const kube::openapi::Schema* kind = schema()) {
    QByteArray yaml = yamlOf(object);
    if (!yaml.contains(from))
        return {};
    return edited(object, yaml.replace(from, to), kind);
}

/// A body as a manifest has it, without what every apply says.
Json fields(Json body) {
    for (const char* key : {"apiVersion", "kind"})
        body.erase(key);
    body["metadata"].erase("name");
    body["metadata"].erase("namespace");
    if (body["metadata"].empty())
        body.erase("metadata");
    return body;
}

} // namespace

class TestEdit : public QObject {
    Q_OBJECT

private slots:
    void changesNothing() {
        const Made made = edited(widget(), yamlOf(widget()));
        QVERIFY(made.edit.errors().empty());
        QVERIFY(made.edit.notes().empty());
        QCOMPARE(made.edit.changeCount(), std::size_t(0));
        QVERIFY(!made.operation);
    }

    void appliesWhatIsSet_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char* name, const char* from, const char* to, const char* body) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(body);
        };
        row("field", "size: 1", "size: 2", R"({"spec":{"size":2}})");
        row("label", "app: w", "app: w\n    tier: web", R"({"metadata":{"labels":{"tier":"web"}}})");
        row("new maps", "  labels:", "  annotations: {a: b}\n  labels:", R"({"metadata":{"annotations":{"a":"b"}}})");
        row("item by its keys", "image: i:1", "image: i:2",
            R"({"spec":{"parts":[{"name":"one","protocol":"TCP","image":"i:2"}]}})");
        row("new item, key filled in", "  - image: j:1", "  - {name: three, image: k}\n  - image: j:1",
            R"({"spec":{"parts":[{"name":"three","protocol":"TCP","image":"k"}]}})");
        row("same name, other key", "  - image: j:1", "  - {name: one, protocol: UDP}\n  - image: j:1",
            R"({"spec":{"parts":[{"name":"one","protocol":"UDP"}]}})");
        row("set", "  - q\n", "  - q\n  - z\n", R"({"spec":{"words":["z"]}})");
        row("atomic list whole", "  - r1\n", "", R"({"spec":{"rules":["r2"]}})");
        row("atomic map whole", "    a: \"1\"\n", "", R"({"spec":{"chosen":{"b":"2"}}})");
    }

    void appliesWhatIsSet() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, body);
        const Made made = replaced(widget(), from, to);
        QVERIFY(made.operation);
        QVERIFY(made.operation->verb == Verb::Apply);
        QVERIFY(made.operation->ownership == Ownership::Respect);
        QCOMPARE(made.body()["metadata"]["name"], "w");
        QCOMPARE(made.body()["metadata"]["namespace"], "shop");
        QCOMPARE(QByteArray::fromStdString(fields(made.body()).dump()),
                 QByteArray::fromStdString(Json::parse(body.toStdString()).dump()));
        QCOMPARE(made.operation->before, widget().dump());
    }

    void patchesWhatIsTakenAway_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("steps");
        const auto row = [](const char* name, const char* from, const char* to, const char* steps) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(steps);
        };
        row("field", "  size: 1\n", "",
            R"([{"op":"test","path":"/spec/size","value":1},{"op":"remove","path":"/spec/size"}])");
        row("null", "size: 1", "size: null",
            R"([{"op":"test","path":"/spec/size","value":1},{"op":"remove","path":"/spec/size"}])");
        row("item", "  - image: i:1\n    name: one\n    protocol: TCP\n", "",
            R"([{"op":"test","path":"/spec/parts/0","value":{"image":"i:1","name":"one","protocol":"TCP"}},)"
            R"({"op":"remove","path":"/spec/parts/0"}])");
        row("item, and the next one changed", "  - image: i:1\n    name: one\n    protocol: TCP\n  - image: j:1",
            "  - image: j:2",
            R"([{"op":"test","path":"/spec/parts/0","value":{"image":"i:1","name":"one","protocol":"TCP"}},)"
            R"({"op":"remove","path":"/spec/parts/0"},{"op":"test","path":"/spec/parts/0/image","value":"j:1"},)"
            R"({"op":"replace","path":"/spec/parts/0/image","value":"j:2"}])");
        row("of a set", "  - p\n", "",
            R"([{"op":"test","path":"/spec/words/0","value":"p"},{"op":"remove","path":"/spec/words/0"}])");
        row("another order", "  - p\n  - q\n", "  - q\n  - p\n",
            R"([{"op":"test","path":"/spec/words","value":["p","q"]},{"op":"replace","path":"/spec/words","value":["q","p"]}])");
    }

    void patchesWhatIsTakenAway() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, steps);
        const Made made = replaced(widget(), from, to);
        QVERIFY(made.operation);
        QVERIFY(made.operation->verb == Verb::JsonPatch);
        QCOMPARE(QByteArray::fromStdString(made.body().dump()),
                 QByteArray::fromStdString(Json::parse(steps.toStdString()).dump()));
    }

    void learnsKeysFromManagers() {
        Json object = widget();
        object["metadata"]["managedFields"] = quoted(R"([{"manager":"m","operation":"Update","fieldsType":"FieldsV1",
            "fieldsV1":{"f:spec":{"f:rules":{},"f:words":{"v:@x@":{}},"f:chosen":{},"f:parts":{
                "k:{@name@:@one@,@protocol@:@TCP@}":{".":{},"f:image":{}}}}}}])");
        const Made item = replaced(object, "image: i:1", "image: i:2", nullptr);
        QCOMPARE(fields(item.body()),
                 Json::parse(R"({"spec":{"parts":[{"name":"one","protocol":"TCP","image":"i:2"}]}})"));
        QCOMPARE(fields(replaced(object, "  - r1\n", "", nullptr).body()), Json::parse(R"({"spec":{"rules":["r2"]}})"));
        QCOMPARE(fields(replaced(object, "    a: \"1\"\n", "", nullptr).body()),
                 Json::parse(R"({"spec":{"chosen":{"b":"2"}}})"));
        // Of a list of which nobody says anything nothing is risked.
        QVERIFY(replaced(widget(), "image: i:1", "image: i:2", nullptr).operation->verb == Verb::JsonPatch);
    }

    // The server would take what an apply does not say again for given up.
    void saysAgainWhatWeApplied() {
        Json object = widget();
        object["metadata"]["managedFields"] = quoted(
            R"([{"manager":"quarterdeck","operation":"Apply","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":
            {"f:app":{}}},"f:spec":{"f:rules":{},"f:gone":{},"f:words":{"v:@q@":{}},"f:parts":{
            "k:{@name@:@one@,@protocol@:@TCP@}":{".":{},"f:name":{},"f:image":{}}}}}},
            {"manager":"quarterdeck","operation":"Update","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:size":{}}}},
            {"manager":"kubectl","operation":"Apply","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:size":{}}}}])");
        const Made made = replaced(object, "image: j:1", "image: j:2");
        QCOMPARE(fields(made.body()), Json::parse(R"({"metadata":{"labels":{"app":"w"}},"spec":{"rules":["r1","r2"],
            "words":["q"],"parts":[{"name":"one","protocol":"TCP","image":"i:1"},
            {"name":"two","protocol":"TCP","image":"j:2"}]}})"));
        // With the value that it gets now.
        QCOMPARE(fields(replaced(object, "image: i:1", "image: i:9").body())["spec"]["parts"][0]["image"], "i:9");
    }

    void fitsOtherClusters() {
        const Made made = replaced(widget(), "image: j:1", "image: j:2");
        Json other = widget();
        std::swap(other["spec"]["parts"][0], other["spec"]["parts"][1]);
        other["spec"]["parts"][0]["image"] = "j:0";
        const auto there = made.edit.operationFor(kTarget, other.dump());
        QVERIFY(there && there->verb == Verb::Apply);
        QCOMPARE(fields(Json::parse(there->body)),
                 Json::parse(R"({"spec":{"parts":[{"name":"two","protocol":"TCP","image":"j:2"}]}})"));
        const Made removal = replaced(widget(), "  - image: j:1\n    name: two\n    protocol: TCP\n", "");
        const auto patch = removal.edit.operationFor(kTarget, other.dump());
        QCOMPARE(Json::parse(patch->body)[1], Json::parse(R"({"op":"remove","path":"/spec/parts/0"})"));
        // Where it is so already there is nothing to do.
        other["spec"]["parts"].erase(0);
        QVERIFY(!removal.edit.operationFor(kTarget, other.dump()));
    }

    void keepsWhoItIs_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<int>("line");
        QTest::newRow("apiVersion") << QByteArray("test/v1") << QByteArray("test/v2") << 1;
        QTest::newRow("kind") << QByteArray("kind: Widget") << QByteArray("kind: Gadget") << 2;
        QTest::newRow("name") << QByteArray("name: w\n") << QByteArray("name: v\n") << 6;
        QTest::newRow("namespace") << QByteArray("namespace: shop") << QByteArray("namespace: ship") << 7;
        QTest::newRow("uid") << QByteArray("uid: u-1") << QByteArray("uid: u-2") << 9;
    }

    void keepsWhoItIs() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(int, line);
        const Made made = replaced(widget(), from, to);
        QVERIFY(!made.operation);
        QCOMPARE(made.edit.errors().size(), std::size_t(1));
        QCOMPARE(made.edit.errors().front().place.line, line);
    }

    void leavesOutWhatServersWrite() {
        const Made status = replaced(widget(), "phase: Ready", "phase: Broken");
        QVERIFY(!status.operation);
        QVERIFY(status.edit.errors().empty());
        QCOMPARE(status.edit.notes().size(), std::size_t(1));
        const Made version = replaced(widget(), "resourceVersion: \"7\"", "resourceVersion: \"8\"");
        QVERIFY(!version.operation);
        QCOMPARE(version.edit.notes().front().place.line, 8);
        // Taken out of the text, as people do, it is no change at all.
        QVERIFY(replaced(widget(), "  resourceVersion: \"7\"\n", "").edit.notes().empty());
    }

    void refusesWhatIsNoObject() {
        QVERIFY(!edited(widget(), "").edit.errors().empty());
        QVERIFY(!edited(widget(), "a: [").edit.errors().empty());
        QVERIFY(!edited(widget(), yamlOf(widget()) + "---\n" + yamlOf(widget())).edit.errors().empty());
        QVERIFY(!edited(widget(), "[]").operation);
    }

    void hidesSecrets() {
        const Json secret = quoted(R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"w","annotations":{
            "kubectl.kubernetes.io/last-applied-configuration":"{@data@:@cGFzcw==@}"}},
            "data":{"user":"YWRtaW4=","pass":"cGFzcw=="}})");
        const QByteArray yaml = yamlOf(secret);
        QVERIFY(!yaml.contains("cGFzcw"));
        QVERIFY(!yaml.contains("YWRtaW4="));
        QVERIFY(!edited(secret, yaml, nullptr).operation);
        const Made made = edited(secret, QByteArray(yaml).replace("user: <hidden>", "user: cm9vdA=="), nullptr);
        QVERIFY(made.operation);
        QCOMPARE(made.body()["data"], Json::parse(R"({"user":"cm9vdA=="})"));
        const Made removal = edited(secret, QByteArray(yaml).replace("  user: <hidden>\n", ""), nullptr);
        QCOMPARE(removal.body()[0]["value"], "YWRtaW4=");
        const Made copied =
            edited(secret, QByteArray(yaml).replace("user: <hidden>", "user: a\n  more: <hidden>"), nullptr);
        QVERIFY(!copied.edit.errors().empty());
        QVERIFY(editableJson(secret.dump(), Secrets::Shown).find("cGFzcw==") != std::string::npos);
    }

    void waitsForRollouts() {
        const Json web = Json::parse(R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web",
            "namespace":"shop"},"spec":{"replicas":2}})");
        const Target target{{"north"}, {"apps/v1", "Deployment", "shop", "web"}};
        const std::string opened = web.dump();
        const auto made = [&](const QByteArray& yaml) {
            return Edit::read({opened, opened, yaml.toStdString(), "f", nullptr}).operationFor(target, opened);
        };
        QVERIFY(made(yamlOf(web).replace("replicas: 2", "replicas: 3"))->await == Await::Rollout);
        QVERIFY(made(yamlOf(web).replace("  name: web", "  labels: {a: b}\n  name: web"))->await == Await::Nothing);
    }

    void makesApplies() {
        const auto read =
            kube::readManifests("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\n"
                                "apiVersion: v1\nkind: Namespace\nmetadata: {name: b, namespace: x}\n---\n"
                                "apiVersion: e.com/v1\nkind: New\nmetadata: {name: c}\n",
                                "f");
        kube::Kind maps;
        maps.version = "v1";
        maps.kind = "ConfigMap";
        maps.plural = "configmaps";
        kube::Kind spaces = maps;
        spaces.kind = "Namespace";
        spaces.plural = "namespaces";
        spaces.namespaced = false;
        ClusterWay way;
        way.kinds = std::make_shared<const kube::KindCatalog>(std::vector<kube::Kind>{maps, spaces});
        way.ns = "home";
        const auto plain = applyManifests(read.objects, {"north"}, &way, "");
        QVERIFY(plain);
        QCOMPARE(plain->size(), std::size_t(3));
        QCOMPARE((*plain)[0].object.ns, std::string("home"));
        QCOMPARE((*plain)[1].object.ns, std::string());
        QCOMPARE((*plain)[2].object.ns, std::string());
        const auto chosen = applyManifests(read.objects, {"north"}, &way, "shop");
        QVERIFY(chosen);
        QCOMPARE((*chosen)[0].object.ns, std::string("shop"));
        QCOMPARE((*chosen)[2].object.ns, std::string("shop"));
        const auto other =
            kube::readManifests("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: elsewhere}\n", "f");
        QVERIFY(!applyManifests(other.objects, {"north"}, &way, "shop"));
        const auto unnamed = kube::readManifests("apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a}\n", "f");
        QVERIFY(!applyManifests(unnamed.objects, {"north"}, &way, ""));
    }

    void cleansCopies() {
        const CleanCopy service = cleanCopy(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"s","uid":"u",
            "resourceVersion":"1","ownerReferences":[{"uid":"x"}],"managedFields":[]},"spec":{"clusterIP":"10.0.0.1",
            "clusterIPs":["10.0.0.1"],"ports":[{"port":80,"nodePort":30000}]},"status":{"loadBalancer":{}}})");
        QCOMPARE(Json::parse(service.json), Json::parse(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"s"},
            "spec":{"ports":[{"port":80}]}})"));
        QCOMPARE(service.dropped, (std::vector<std::string>{"metadata.ownerReferences", "spec.clusterIP",
                                                            "spec.clusterIPs", "spec.ports.0.nodePort"}));
        const CleanCopy headless = cleanCopy(R"({"kind":"Service","spec":{"clusterIP":"None","clusterIPs":["None"]}})");
        QVERIFY(headless.dropped.empty());
        const CleanCopy claim =
            cleanCopy(R"({"kind":"PersistentVolumeClaim","metadata":{"annotations":{"pv.kubernetes.io/bind-completed":
            "yes"}},"spec":{"volumeName":"pv-1","storageClassName":"fast"}})");
        QCOMPARE(Json::parse(claim.json)["spec"], Json::parse(R"({"storageClassName":"fast"})"));
        QVERIFY(!Json::parse(claim.json)["metadata"].contains("annotations"));
        const CleanCopy set =
            cleanCopy(R"({"kind":"ReplicaSet","metadata":{"labels":{"app":"a","pod-template-hash":"h"}},
            "spec":{"selector":{"matchLabels":{"app":"a","pod-template-hash":"h"}},"template":{"metadata":{"labels":
            {"app":"a","pod-template-hash":"h"}}}}})");
        QVERIFY(set.json.find("pod-template-hash") == std::string::npos);
        QCOMPARE(set.dropped.size(), std::size_t(3));
        const CleanCopy pod =
            cleanCopy(R"({"kind":"Pod","spec":{"nodeName":"n","volumes":[{"name":"kube-api-access-x"}],
            "containers":[{"name":"c","volumeMounts":[{"name":"kube-api-access-x"},{"name":"d"}]}]}})");
        QCOMPARE(Json::parse(pod.json)["spec"],
                 Json::parse(R"({"containers":[{"name":"c","volumeMounts":[{"name":"d"}]}]})"));
        QVERIFY(cleanCopy("garbage").json.empty());
    }
};

QTEST_APPLESS_MAIN(TestEdit)
#include "tst_edit.moc"
