// SPDX-License-Identifier: GPL-3.0-or-later
//
// The schemas that real servers publish, and what we say by them against what the servers' strict dry run says.
#include "core/kube/openapi/complete.h"
#include "core/kube/openapi/schema.h"
#include "core/kube/openapi/validate.h"
#include "tests/support/testbed.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <map>

using namespace kube::openapi;

namespace {

testbed::Cluster& cluster(const std::string& name) {
    return testbed::Testbed::instance().cluster(name);
}

QJsonObject json(const testbed::Answer& answer) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer.body)).object();
}

const char* const kCrd = R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
"metadata":{"name":"gadgets.example.com"},"spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"gadgets",
"singular":"gadget","kind":"Gadget","listKind":"GadgetList"},"versions":[{"name":"v1","served":true,"storage":true,
"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","required":["mode","name"],"properties":{
"mode":{"type":"string","default":"slow","enum":["slow","fast"]},"name":{"type":"string"},"free":{"type":"object",
"x-kubernetes-preserve-unknown-fields":true},"bare":{"type":"object"},"limit":{"x-kubernetes-int-or-string":true,
"anyOf":[{"type":"integer"},{"type":"string"}]},"count":{"type":"integer","format":"int32"},"items":{"type":"array","items":{
"type":"object","required":["key"],"properties":{"key":{"type":"string"},"value":{"type":"string"}}},
"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["key"]}}}}}}}]}})";

QByteArray deployment(const QByteArray& spec, const QByteArray& container = {}) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: w\n  namespace: default\nspec:\n" + spec +
           "  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n"
           "      containers:\n      - name: c\n        image: i:1\n" +
           container;
}

QByteArray gadget(const QByteArray& spec) {
    return "apiVersion: example.com/v1\nkind: Gadget\nmetadata:\n  name: g\n  namespace: default\nspec:\n" + spec;
}

} // namespace

class TestOpenapiReal : public QObject {
    Q_OBJECT

    std::map<std::string, std::map<std::string, DocumentPtr>> m_documents;

    DocumentPtr document(const std::string& name, const std::string& version) {
        DocumentPtr& known = m_documents[name][version];
        if (known)
            return known;
        const std::string key = (version.find('/') == std::string::npos ? "api/" : "apis/") + version;
        const QString url = json(cluster(name).api("GET", "/openapi/v3"))
                                .value(QLatin1String("paths"))
                                .toObject()
                                .value(QString::fromStdString(key))
                                .toObject()
                                .value(QLatin1String("serverRelativeURL"))
                                .toString();
        if (url.isEmpty())
            return nullptr;
        known = Document::parse(cluster(name).api("GET", url.toStdString()).body).value_or(nullptr);
        return known;
    }

private slots:
    void initTestCase() {
        testbed::ClusterOptions options;
        options.beside = testbed::Beside::Nothing;
        TESTBED_UP({"north"}, options);
        options.version = testbed::ApiVersion::Oldest;
        TESTBED_UP({"old"}, options);
        for (const char* name : {"north", "old"}) {
            QVERIFY(cluster(name).api("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", kCrd).isOk());
            // Published a moment after it was made.
            QTRY_VERIFY_WITH_TIMEOUT(document(name, "example.com/v1") != nullptr, 30000);
            QVERIFY(document(name, "example.com/v1")->find("example.com", "v1", "Gadget"));
        }
    }

    void knowsEveryKind_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("newest") << "north";
        QTest::newRow("oldest") << "old";
    }

    void knowsEveryKind() {
        QFETCH(QString, name);
        const std::string server = name.toStdString();
        int kinds = 0;
        int fields = 0;
        const auto check = [&](const std::string& path, const std::string& version) {
            for (const QJsonValue& value :
                 json(cluster(server).api("GET", path)).value(QLatin1String("resources")).toArray()) {
                const QJsonObject resource = value.toObject();
                const QString plural = resource.value(QLatin1String("name")).toString();
                if (plural.contains(u'/'))
                    continue;
                const std::string kind = resource.value(QLatin1String("kind")).toString().toStdString();
                const DocumentPtr found = document(server, version);
                QVERIFY2(found, version.c_str());
                const std::size_t slash = version.find('/');
                const Schema* schema =
                    found->find(slash == std::string::npos ? "" : version.substr(0, slash),
                                slash == std::string::npos ? version : version.substr(slash + 1), kind);
                QVERIFY2(schema, (version + " " + kind).c_str());
                QVERIFY2(schema->types == IsObject, kind.c_str());
                QVERIFY2(schemaAt(*schema, {{"metadata"}, {"labels"}, {"any"}}), kind.c_str());
                for (const Schema::Field& field : schema->fields)
                    fields += static_cast<int>(field.schema->fields.size());
                ++kinds;
            }
        };
        check("/api/v1", "v1");
        for (const QJsonValue& group :
             json(cluster(server).api("GET", "/apis")).value(QLatin1String("groups")).toArray()) {
            for (const QJsonValue& version : group.toObject().value(QLatin1String("versions")).toArray()) {
                const std::string served =
                    version.toObject().value(QLatin1String("groupVersion")).toString().toStdString();
                check("/apis/" + served, served);
            }
        }
        QVERIFY2(kinds > 60, std::to_string(kinds).c_str());
        QVERIFY(fields > 300);
    }

    void knowsHowListsAreShared() {
        const Schema* pod = document("north", "v1")->find("", "v1", "Pod");
        QVERIFY(pod);
        const Schema* containers = schemaAt(*pod, {{"spec"}, {"containers"}});
        QVERIFY(containers->listType == ListType::Map);
        QCOMPARE(containers->listKeys, (std::vector<std::string>{"name"}));
        const Schema* ports = schemaAt(*pod, {{"spec"}, {"containers"}, {.index = 0}, {"ports"}});
        QCOMPARE(ports->listKeys, (std::vector<std::string>{"containerPort", "protocol"}));
        QVERIFY(schemaAt(*pod, {{"spec"}, {"nodeSelector"}})->isAtomic);
        QVERIFY(
            schemaAt(*pod, {{"spec"}, {"containers"}, {.index = 0}, {"resources"}, {"limits"}, {"cpu"}})->isQuantity);
        QVERIFY(!schemaAt(*pod, {{"spec"}, {"restartPolicy"}})->description.empty());
    }

    void measures() {
        const std::string url = json(cluster("north").api("GET", "/openapi/v3"))
                                    .value(QLatin1String("paths"))
                                    .toObject()
                                    .value(QLatin1String("api/v1"))
                                    .toObject()
                                    .value(QLatin1String("serverRelativeURL"))
                                    .toString()
                                    .toStdString();
        const std::string body = cluster("north").api("GET", url).body;
        QElapsedTimer timer;
        timer.start();
        const auto parsed = Document::parse(body);
        qInfo("the core group's schemas: %zu KB read in %lld ms", body.size() / 1024, timer.elapsed());
        QVERIFY(parsed);
    }

    void agreesWithTheServer_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<bool>("isGood");
        const auto row = [](const char* name, const char* path, const QByteArray& yaml, bool isGood) {
            QTest::newRow(name) << QString::fromLatin1(path) << yaml << isGood;
        };
        const char* deployments = "/apis/apps/v1/namespaces/default/deployments";
        const auto bad = [&](const char* name, const QByteArray& spec, const QByteArray& container = {}) {
            row(name, deployments, deployment(spec, container), false);
        };
        const auto good = [&](const char* name, const QByteArray& spec, const QByteArray& container = {}) {
            row(name, deployments, deployment(spec, container), true);
        };
        good("plain", "  replicas: 2\n");
        good("null", "  replicas: null\n  strategy: null\n");
        good("percent", "  strategy: {rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}\n");
        good("quantities", "", "        resources: {limits: {cpu: 500m, memory: 1Gi}, requests: {cpu: 0.5}}\n");
        good("port without protocol", "", "        ports: [{containerPort: 80}]\n");
        good("probe by name", "",
             "        livenessProbe: {httpGet: {port: http, path: /}}\n"
             "        ports: [{containerPort: 80, name: http}]\n");
        good("empty choice", "", "        imagePullPolicy: ''\n");
        bad("unknown", "  replica: 2\n");
        bad("unknown, case", "  Replicas: 2\n");
        bad("unknown, deep", "", "        ports: [{containerport: 80}]\n");
        bad("text for number", "  replicas: two\n");
        bad("quoted number", "  replicas: '2'\n");
        bad("fraction", "  replicas: 1.5\n");
        bad("too big", "  replicas: 3000000000\n");
        bad("number for text", "", "        workingDir: 5\n");
        bad("boolean for text", "", "        workingDir: yes\n");
        bad("list for object", "  strategy: []\n");
        bad("object for list", "", "        args: {a: b}\n");
        bad("text for boolean", "  paused: 'true'\n");
        bad("quantity", "", "        resources: {limits: {cpu: lots}}\n");
        bad("choice", "", "        imagePullPolicy: Sometimes\n");
        bad("int-or-string", "  strategy: {rollingUpdate: {maxSurge: true}}\n");
        bad("missing key", "", "        env: [{value: x}]\n");
        bad("number in env", "", "        env: [{name: A, value: 1}]\n");
        row("no selector", deployments,
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w, namespace: default}\nspec: {template: "
            "{metadata: "
            "{labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}\n",
            false);
        const char* maps = "/api/v1/namespaces/default/configmaps";
        const auto map = [](const QByteArray& rest) {
            return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: m\n  namespace: default\n" + rest;
        };
        row("map", maps, map("data: {a: b}\nimmutable: false\n"), true);
        row("map, number", maps, map("data: {a: 1}\n"), false);
        row("map, no base64", maps, map("binaryData: {a: '%'}\n"), false);
        row("map, base64", maps, map("binaryData: {a: YQ==}\n"), true);
        row("map, labels", maps, map("  labels: {a: true}\n"), false);
        row("map, unknown", maps, map("spec: {}\n"), false);
        const char* roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";
        row("role", roles,
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: default}\nrules: "
            "[{apiGroups: [''], resources: [pods], verbs: [get]}]\n",
            true);
        row("role, no verbs", roles,
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: default}\nrules: "
            "[{apiGroups: [''], resources: [pods]}]\n",
            false);
        const char* gadgets = "/apis/example.com/v1/namespaces/default/gadgets";
        const auto custom = [&](const char* name, const QByteArray& spec, bool isGood) {
            row(name, gadgets, gadget(spec), isGood);
        };
        custom("custom", "  name: x\n  limit: 50%\n  count: 3\n  free: {any: [1]}\n  items: [{key: a, value: b}]\n",
               true);
        custom("custom, limit as number", "  name: x\n  limit: 5\n", true);
        custom("custom, missing", "  mode: fast\n", false);
        custom("custom, choice", "  name: x\n  mode: quick\n", false);
        custom("custom, empty choice", "  name: x\n  mode: ''\n", false);
        custom("custom, unknown", "  name: x\n  nam: y\n", false);
        custom("custom, pruned", "  name: x\n  bare: {a: b}\n", false);
        custom("custom, item", "  name: x\n  items: [{value: b}]\n", false);
        custom("custom, type", "  name: 7\n", false);
    }

    void agreesWithTheServer() {
        QFETCH(QString, path);
        QFETCH(QByteArray, yaml);
        QFETCH(bool, isGood);
        for (const char* name : {"north", "old"}) {
            const testbed::Answer answer =
                cluster(name).api("POST", path.toStdString() + "?dryRun=All&fieldValidation=Strict", yaml.toStdString(),
                                  "application/yaml");
            QVERIFY2(answer.isOk() == isGood, (std::string(name) + ": " + answer.body).c_str());
            const Lint found = lint(yaml.toStdString(), "x", [&](const std::string& version, const std::string& kind) {
                const std::size_t slash = version.find('/');
                const DocumentPtr known = document(name, version);
                return known ? known->find(slash == std::string::npos ? "" : version.substr(0, slash),
                                           slash == std::string::npos ? version : version.substr(slash + 1), kind)
                             : nullptr;
            });
            // What kubectl refuses by itself the reader has refused already.
            const std::size_t problems = found.findings.size() + found.read.errors.size();
            QVERIFY2((problems == 0) == isGood,
                     found.findings.empty() ? answer.body.c_str() : toString(found.findings.front()).c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestOpenapiReal)
#include "tst_openapi_real.moc"
