// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/field_changes.h"
#include "core/change/change_set.h"
#include "core/change/change_set_file.h"
#include "core/change/field_path.h"
#include "core/change/object_difference.h"
#include "core/change/plan.h"
#include "core/change/read_back.h"
#include "core/change/redact.h"
#include "core/change/write_request.h"

#include <QtTest>

#include <memory>
#include <nlohmann/json.hpp>

using change::ChangeSet;
using change::Operation;
using change::ReadBack;
using change::Verb;
using Json = nlohmann::json;

namespace {

Operation operation(const std::string& cluster, Verb verb, change::ObjectRef object, std::string body = "{}") {
    Operation made;
    made.cluster = {cluster};
    made.verb = verb;
    made.object = std::move(object);
    made.body = std::move(body);
    return made;
}

} // namespace

namespace {

/// `from` after the changes that lead to `to`.
std::string written(Json from, const Json& to, const kube::openapi::Schema& schema) {
    for (const change::FieldChange& change : change::fieldChanges(from, to, {&schema, Json()}))
        change::writeChange(from, change);
    return from.dump();
}

} // namespace

class TestChangeSet : public QObject {
    Q_OBJECT

private slots:
    void ordersByWhatIsNeeded() {
        ChangeSet set;
        set.operations.push_back(operation("a", Verb::Apply, {"sea.test/v1", "Boat", "port", "x"}));
        set.operations.push_back(operation("b", Verb::Apply, {"sea.test/v1", "Boat", "port", "x"}));
        set.operations.push_back(operation("a", Verb::Create, {"v1", "Namespace", "", "port"}));
        set.operations.push_back(operation("a", Verb::Apply,
                                           {"apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "boats"},
                                           R"({"spec":{"group":"sea.test","names":{"kind":"Boat"}}})"));
        set.operations.push_back(operation("a", Verb::MergePatch, {"sea.test/v1", "Boat", "port", "x"}));
        change::addDependencies(set);
        QVERIFY(set.operations[0].after == (std::vector<std::size_t>{2, 3}));
        QVERIFY(set.operations[1].after.empty()); // another cluster
        QVERIFY(set.operations[2].after.empty());
        QVERIFY(set.operations[4].after == (std::vector<std::size_t>{0, 2, 3}));
        const ChangeSet once = set;
        change::addDependencies(set);
        for (std::size_t i = 0; i < set.operations.size(); ++i)
            QVERIFY(set.operations[i].after == once.operations[i].after);
    }

    void ordersByWhatIsNamed_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("spec");
        QTest::addColumn<bool>("waits");
        const auto row = [](const char* name, const char* kind, const char* spec, bool waits = true) {
            QTest::newRow(name) << QByteArray(kind) << QByteArray(spec) << waits;
        };
        row("volume", "Deployment", R"({"template":{"spec":{"volumes":[{"configMap":{"name":"app"}}]}}})");
        row("optional", "Deployment",
            R"({"template":{"spec":{"volumes":[{"configMap":{"name":"app","optional":true}}]}}})", false);
        row("another", "Deployment", R"({"template":{"spec":{"volumes":[{"configMap":{"name":"other"}}]}}})", false);
        row("projected", "DaemonSet",
            R"({"template":{"spec":{"volumes":[{"projected":{"sources":[{"configMap":{"name":"app"}}]}}]}}})");
        row("all variables", "CronJob",
            R"({"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"envFrom":[{"configMapRef":{"name":"app"}}]}]}}}}})");
        row("a variable of an init container", "Pod",
            R"({"initContainers":[{"env":[{"valueFrom":{"configMapKeyRef":{"name":"app","key":"k"}}}]}]})");
        row("no pod", "Service", R"({"selector":{"app":"app"}})", false);
        row("no object", "Pod", R"([7])", false);
    }
    void ordersByWhatIsNamed() {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, spec);
        QFETCH(bool, waits);
        const std::string body = R"({"spec":)" + spec.toStdString() + "}";
        ChangeSet set;
        set.operations.push_back(operation("a", Verb::Apply, {"x/v1", kind.toStdString(), "port", "app"}, body));
        set.operations.push_back(operation("a", Verb::Apply, {"v1", "ConfigMap", "port", "app"}));
        set.operations.push_back(operation("b", Verb::Apply, {"v1", "ConfigMap", "port", "app"}));
        set.operations.push_back(operation("a", Verb::Apply, {"v1", "ConfigMap", "sea", "app"}));
        change::addDependencies(set);
        QVERIFY(set.operations[0].after == (waits ? std::vector<std::size_t>{1} : std::vector<std::size_t>{}));
        for (std::size_t i = 1; i < set.operations.size(); ++i)
            QVERIFY(set.operations[i].after.empty());
    }
    void waitsForWhatAdmissionAsksFor() {
        ChangeSet set;
        const auto add = [&set](const char* version, const char* kind, const char* ns, const char* name,
                                const char* body = "{}") {
            set.operations.push_back(operation("a", Verb::Apply, {version, kind, ns, name}, body));
        };
        add("v1", "Pod", "port", "web",
            R"({"spec":{"serviceAccountName":"web","priorityClassName":"high","imagePullSecrets":[{"name":"pull"}]}})");
        add("rbac.authorization.k8s.io/v1", "RoleBinding", "port", "web",
            R"({"roleRef":{"kind":"Role","name":"web"}})");
        add("apps/v1", "StatefulSet", "port", "db", R"({"spec":{"serviceName":"db"}})");
        add("v1", "ServiceAccount", "port", "web");
        add("scheduling.k8s.io/v1", "PriorityClass", "", "high");
        add("v1", "Secret", "port", "pull");
        add("rbac.authorization.k8s.io/v1", "Role", "port", "web");
        add("v1", "Service", "port", "db");
        change::addDependencies(set);
        QVERIFY(set.operations[0].after == (std::vector<std::size_t>{3, 4, 5}));
        QVERIFY(set.operations[1].after == (std::vector<std::size_t>{6}));
        QVERIFY(set.operations[2].after == (std::vector<std::size_t>{7}));
    }

    void makesIdsThatSortByTime() {
        const std::string first = change::newSetId(1767366245000);
        const std::string second = change::newSetId(1767366245001);
        QCOMPARE(first.size(), std::size_t(22));
        QVERIFY(first.starts_with("20260102-150405-000"));
        QVERIFY(first < second);
        QVERIFY(change::newSetId(0) != change::newSetId(0));
    }

    void keepsAnIntentInOneLine_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("line");
        const QString longest(500, QChar(u'支'));
        QTest::newRow("none") << QString() << QString();
        QTest::newRow("blanks alone") << QStringLiteral(" \n\t ") << QString();
        QTest::newRow("as it is") << QStringLiteral("Ticket 7: größer") << QStringLiteral("Ticket 7: größer");
        QTest::newRow("lines") << QStringLiteral("\n Ticket 7\r\n\tas  agreed\n")
                               << QStringLiteral("Ticket 7 as agreed");
        QTest::newRow("as long as may be") << longest << longest;
        QTest::newRow("too long") << longest + QStringLiteral("付") << longest.left(499) + QChar(u'…');
        QTest::newRow("much too long") << QString(9000, QChar(u'x')) << QString(499, QChar(u'x')) + QChar(u'…');
    }
    void keepsAnIntentInOneLine() {
        QFETCH(QString, text);
        QFETCH(QString, line);
        const std::string kept = change::intentLine(text.toStdString());
        QCOMPARE(QString::fromStdString(kept), line);
        QCOMPARE(change::intentLine(kept), kept);
    }

    void comesBackFromItsFile() {
        ChangeSet set;
        set.id = "20260102-150405-k3x9z";
        set.title = "Title: with \"quotes\"";
        set.intent = "because";
        Operation scale =
            operation("north", Verb::Scale, {"apps/v1", "Deployment", "shop", "web"}, R"({"replicas":5})");
        scale.cluster.uid = "u-1";
        scale.await = change::Await::Rollout;
        scale.awaitDeadline = std::chrono::seconds(60);
        scale.before = R"({"spec":{"replicas":9007199254740993}})";
        Operation gone = operation("south", Verb::Delete, {"v1", "Pod", "shop", "p"}, "");
        gone.propagation = change::Propagation::Orphan;
        gone.gracePeriodSeconds = 0;
        gone.after = {0};
        set.operations = {scale, gone};
        // YAML is JSON to whoever reads it; the reader proper has tests of its own.
        Json json{{"apiVersion", "quarterdeck/v1"},
                  {"kind", "ChangeSet"},
                  {"id", set.id},
                  {"title", set.title},
                  {"intent", set.intent}};
        json["operations"] = Json::parse(R"([
            {"cluster":{"context":"north","uid":"u-1"},"verb":"scale","object":{"apiVersion":"apps/v1","kind":"Deployment",
             "namespace":"shop","name":"web"},"body":{"replicas":5},"await":{"for":"rollout","seconds":60},
             "before":{"spec":{"replicas":9007199254740993}}},
            {"cluster":{"context":"south"},"verb":"delete","object":{"apiVersion":"v1","kind":"Pod","namespace":"shop","name":"p"},
             "propagation":"Orphan","gracePeriodSeconds":0,"after":[0]}])");
        const auto read = change::changeSetFrom(json.dump());
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QCOMPARE(change::toYaml(*read), change::toYaml(set));
        QVERIFY(change::toYaml(set).find("9007199254740993") != std::string::npos);
        // The journal knows each applying of a file by another id.
        QVERIFY(change::toYaml(set).find(set.id) == std::string::npos);
        QCOMPARE(read->id, std::string());
    }

    void saysWhatIsWrongWithAFile_data() {
        QTest::addColumn<QByteArray>("operation");
        QTest::addColumn<QByteArray>("message");
        const QByteArray object = R"("object":{"apiVersion":"v1","kind":"Pod","name":"p"})";
        QTest::newRow("no cluster") << "{\"verb\":\"delete\"," + object + "}"
                                    << QByteArray("operation 2: cluster has neither");
        QTest::newRow("verb") << R"({"cluster":{"context":"a"},"verb":"drop",)" + object + "}"
                              << QByteArray("operation 2 verb drop is not known");
        QTest::newRow("no body") << R"({"cluster":{"context":"a"},"verb":"apply",)" + object + "}"
                                 << QByteArray("operation 2 has no body");
        QTest::newRow("unknown field") << R"({"cluster":{"context":"a"},"verb":"delete","force":true,)" + object + "}"
                                       << QByteArray("operation 2 has a field force");
        QTest::newRow("no name")
            << QByteArray(R"({"cluster":{"context":"a"},"verb":"delete","object":{"apiVersion":"v1","kind":"Pod"}})")
            << QByteArray("operation 2: object has no name");
        QTest::newRow("circle") << R"({"cluster":{"context":"a"},"verb":"delete","after":[0],)" + object + "}"
                                << QByteArray("wait for each other");
        QTest::newRow("beyond") << R"({"cluster":{"context":"a"},"verb":"delete","after":[7],)" + object + "}"
                                << QByteArray("operation 2 waits for one that");
        QTest::newRow("no mapping") << QByteArray("[]") << QByteArray("operation 2 is no mapping");
    }
    void saysWhatIsWrongWithAFile() {
        QFETCH(QByteArray, operation);
        QFETCH(QByteArray, message);
        const QByteArray text =
            R"({"apiVersion":"quarterdeck/v1","kind":"ChangeSet","operations":[{"cluster":{"context":"a"},"verb":"delete","object":{"apiVersion":"v1","kind":"Pod","name":"p"},"after":[)" +
            QByteArray(message.contains("each other") ? "1" : "") + "]}," + operation + "]}";
        const auto read = change::changeSetFrom(text.toStdString());
        QVERIFY(!read);
        QVERIFY2(QByteArray::fromStdString(read.error().message).contains(message), read.error().message.c_str());
    }

    void findsFields_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("pointer");
        QTest::newRow("plain") << QByteArray(".spec.replicas") << QByteArray("/spec/replicas");
        QTest::newRow("list key") << QByteArray(".spec.containers[name=\"b]\\\"\"].image")
                                  << QByteArray("/spec/containers/1/image");
        QTest::newRow("two keys") << QByteArray(".spec.ports[port=80,protocol=\"TCP\"]") << QByteArray("/spec/ports/1");
        QTest::newRow("set") << QByteArray(".metadata.finalizers[=\"x/y\"]") << QByteArray("/metadata/finalizers/0");
        QTest::newRow("index") << QByteArray(".spec.ports[0].port") << QByteArray("/spec/ports/0/port");
        QTest::newRow("dots in names") << QByteArray(".metadata.annotations.a.b/c.d")
                                       << QByteArray("/metadata/annotations/a.b~1c.d");
        QTest::newRow("missing") << QByteArray(".spec.nothing") << QByteArray();
        QTest::newRow("no item") << QByteArray(".spec.containers[name=\"z\"]") << QByteArray();
        QTest::newRow("torn") << QByteArray(".spec.containers[name=\"z") << QByteArray();
    }
    void findsFields() {
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, pointer);
        Json object;
        object["metadata"]["annotations"] = {{"a", "x"}, {"a.b/c.d", "y"}};
        object["metadata"]["finalizers"] = Json::array({"x/y"});
        object["spec"]["replicas"] = 3;
        object["spec"]["containers"] = Json::array({{{"name", "a"}}, {{"name", "b]\""}, {"image", "i"}}});
        object["spec"]["ports"] =
            Json::array({{{"port", 80}, {"protocol", "UDP"}}, {{"port", 80}, {"protocol", "TCP"}}});
        const auto path = change::findField(object, field.toStdString());
        QCOMPARE(path ? QByteArray::fromStdString(path->to_string()) : QByteArray(), pointer);
    }

    void goesBackStepByStep() {
        const Json from = Json::parse(R"({"a":1,"b":{"c":[1,2],"d":"x"},"list":[{"n":1},{"n":2}],"gone":{"x":1}})");
        const Json to = Json::parse(R"({"a":2,"b":{"c":[1,2,3],"e":null},"list":[{"n":1},{"n":5}],"new":[]})");
        QVERIFY(to.patch(change::stepsBack(change::differences(from, to))) == from);
        QVERIFY(change::differences(from, from).empty());
    }

    // As the ports of a name server: 53 of TCP, which need not be said, and 53 of UDP.
    void tellsItemsApartByDefaults() {
        const auto text = [] { return std::make_unique<kube::openapi::Schema>(); };
        const auto protocol = text();
        protocol->defaultJson = "\"TCP\"";
        const auto any = text();
        kube::openapi::Schema port;
        port.fields = {{"name", any.get()}, {"port", any.get()}, {"protocol", protocol.get()}};
        kube::openapi::Schema ports;
        ports.items = &port;
        ports.listType = kube::openapi::ListType::Map;
        ports.listKeys = {"port", "protocol"};
        kube::openapi::Schema service;
        service.fields = {{"ports", &ports}};
        const Json from = Json::parse(R"({"ports":[{"port":53},{"port":53,"protocol":"UDP","name":"a"}]})");
        Json to = from;
        to["ports"][1]["name"] = "b";
        QCOMPARE(written(from, to, service), to.dump());
        // The one that is new is not the one that is there.
        const Json one = Json::parse(R"({"ports":[{"port":53}]})");
        QCOMPARE(written(one, from, service), from.dump());
        // What is there and empty is something: a volume, say.
        const Json empty = Json::parse(R"({"volume":{"emptyDir":{"medium":null}}})");
        QCOMPARE(written(Json::object(), empty, service), empty.dump());
    }

    void tellsWhetherAWriteArrived_data() {
        QTest::addColumn<int>("verb");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("expected");
        QTest::addColumn<QByteArray>("live");
        QTest::addColumn<int>("found");
        const auto row = [](const char* name, Verb verb, const char* before, const char* expected,
                            const QByteArray& live, ReadBack found) {
            QTest::newRow(name) << int(verb) << QByteArray("{}") << QByteArray(before) << QByteArray(expected) << live
                                << int(found);
        };
        const char* b = R"({"metadata":{"uid":"one","resourceVersion":"1"},"spec":{"x":1,"y":1}})";
        const char* e = R"({"metadata":{"uid":"one","resourceVersion":"1"},"spec":{"x":2,"y":1}})";
        row("same version", Verb::Apply, b, e, b, ReadBack::NotStored);
        row("as expected", Verb::Apply, b, e,
            R"({"metadata":{"uid":"one","resourceVersion":"2"},"spec":{"x":2,"y":7}})", ReadBack::Stored);
        row("others only", Verb::Apply, b, e,
            R"({"metadata":{"uid":"one","resourceVersion":"2"},"spec":{"x":1,"y":7}})", ReadBack::NotStored);
        row("the same, otherwise", Verb::Apply, b, e,
            R"({"metadata":{"uid":"one","resourceVersion":"2"},"spec":{"x":9,"y":1}})", ReadBack::Unclear);
        const auto byOurName = [](const char* spec) {
            return QByteArray(R"({"metadata":{"uid":"one","resourceVersion":"3","managedFields":[{"manager":)"
                              R"("quarterdeck","operation":"Apply","time":"2026-01-01T00:00:00Z"}]},"spec":)") +
                   spec + "}";
        };
        row("ours by managers and content", Verb::Apply, b, e, byOurName(R"({"x":2,"y":7})"), ReadBack::Stored);
        row("a colleague's other value", Verb::Apply, b, e, byOurName(R"({"x":9,"y":1})"), ReadBack::Unclear);
        row("a colleague's other field", Verb::Apply, b, e, byOurName(R"({"x":1,"y":7})"), ReadBack::NotStored);
        row("a colleague, not foreseen", Verb::Apply, b, "null", byOurName(R"({"x":2,"y":1})"), ReadBack::Unclear);
        row("ownership alone, ours", Verb::Apply, b, b, byOurName(R"({"x":1,"y":1})"), ReadBack::Stored);
        row("ownership alone, not ours", Verb::Apply, b, b,
            R"({"metadata":{"uid":"one","resourceVersion":"3"},"spec":{"x":1,"y":1}})", ReadBack::NotStored);
        row("another object", Verb::Apply, b, e, R"({"metadata":{"uid":"two","resourceVersion":"2"},"spec":{"x":2}})",
            ReadBack::Unclear);
        row("gone", Verb::Apply, b, e, "null", ReadBack::Unclear);
        row("not made", Verb::Create, "null", e, "null", ReadBack::NotStored);
        row("made by others", Verb::Create, "null", e, b, ReadBack::NotStored);
        row("deleted", Verb::Delete, b, "null", "null", ReadBack::Stored);
        row("being deleted", Verb::Delete, b, "null",
            R"({"metadata":{"uid":"one","resourceVersion":"2","deletionTimestamp":"2026-01-01T00:00:00Z"}})",
            ReadBack::Stored);
        row("not deleted", Verb::Delete, b, "null", R"({"metadata":{"uid":"one","resourceVersion":"2"}})",
            ReadBack::NotStored);
        row("made anew", Verb::Delete, b, "null", R"({"metadata":{"uid":"two","resourceVersion":"2"}})",
            ReadBack::Stored);

        const auto made = [&](const char* name, const char* body, const QByteArray& expected, const QByteArray& live,
                              ReadBack found) {
            QTest::newRow(name) << int(Verb::Create) << QByteArray(body) << QByteArray("null") << expected << live
                                << int(found);
        };
        const char* service = R"({"metadata":{"name":"web"},"spec":{"type":"NodePort","ports":[{"port":80}]}})";
        const QByteArray ours =
            byOurName(R"({"type":"NodePort","clusterIP":"10.0.0.1","ports":[{"port":80,"nodePort":30001}]})");
        made("made, all else chosen anew", service, ours,
             byOurName(R"({"type":"NodePort","clusterIP":"10.0.0.2","ports":[{"port":80,"nodePort":30002}]})"),
             ReadBack::Stored);
        made("made, items added", service, ours,
             byOurName(R"({"type":"NodePort","ports":[{"port":80,"nodePort":30002},{"port":81}]})"), ReadBack::Unclear);
        made("made by a colleague", service, ours, byOurName(R"({"type":"NodePort","ports":[{"port":8080}]})"),
             ReadBack::Unclear);
        made("made, not foreseen", service, "null", ours, ReadBack::Unclear);
        const auto secret = [&](const char* value) {
            return byOurName("{}").replace("\"spec\":{}", QByteArray(R"("data":{"pass":")") + value + "\"}");
        };
        const char* asText = R"({"metadata":{"name":"db"},"stringData":{"pass":"new-one"}})";
        made("a secret made", asText, secret("bmV3LW9uZQ=="), secret("bmV3LW9uZQ=="), ReadBack::Stored);
        made("a colleague's secret", asText, secret("bmV3LW9uZQ=="), secret("b2xkLW9uZQ=="), ReadBack::Unclear);
    }
    void tellsWhetherAWriteArrived() {
        QFETCH(int, verb);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, expected);
        QFETCH(QByteArray, live);
        QFETCH(int, found);
        Operation operation;
        operation.verb = Verb(verb);
        operation.body = body.toStdString();
        QCOMPARE(int(change::readBack(operation, Json::parse(before), Json::parse(expected), Json::parse(live))),
                 found);
    }

    void makesNoPathOutOfNames() {
        const kube::Kind kind{.group = {},
                              .version = "v1",
                              .kind = "ConfigMap",
                              .plural = "configmaps",
                              .singular = {},
                              .shortNames = {},
                              .categories = {},
                              .verbs = {},
                              .namespaced = true};
        for (const char* name : {"../secrets/x", "a?dryRun=", "a/b", "a b", "", "..", "a%2f", "a#"}) {
            const auto request = change::writeRequest(operation("a", Verb::Delete, {"v1", "ConfigMap", "ns", name}),
                                                      kind, change::Mode::Store, {});
            QVERIFY2(!request, name);
        }
        const auto request = change::writeRequest(operation("a", Verb::Apply, {"v1", "ConfigMap", "ns", "a.b:c"}), kind,
                                                  change::Mode::Pretend, {.resourceVersion = "9"});
        QVERIFY(request);
        QCOMPARE(
            request->target,
            std::string(
                "/api/v1/namespaces/ns/configmaps/a.b:c?fieldManager=quarterdeck&fieldValidation=Strict&dryRun=All"));
        QVERIFY(request->body.find(R"("resourceVersion":"9")") != std::string::npos);
    }

    void decidesByFieldAndManager_data() {
        using Fields = QVector<QPair<QString, QString>>;
        QTest::addColumn<Fields>("other");
        QTest::addColumn<QList<int>>("ends");
        const auto ends = [](std::initializer_list<change::Resolution> list) {
            QList<int> numbers;
            for (const change::Resolution each : list)
                numbers.append(static_cast<int>(each));
            return numbers;
        };
        using enum change::Resolution;
        QTest::newRow("the same") << Fields{{".spec.image", "kubectl"}, {".spec.replicas", "hpa"}}
                                  << ends({TakeOver, DropMine});
        QTest::newRow("in another order")
            << Fields{{".spec.replicas", "hpa"}, {".spec.image", "kubectl"}} << ends({DropMine, TakeOver});
        QTest::newRow("one of them") << Fields{{".spec.replicas", "hpa"}} << ends({DropMine});
        QTest::newRow("another field") << Fields{{".spec.image", "kubectl"}, {".spec.paused", "kubectl"}} << ends({});
        QTest::newRow("another manager") << Fields{{".spec.image", "argocd"}} << ends({});
    }
    // What was said of one object is never taken for an answer about another field.
    void decidesByFieldAndManager() {
        using Fields = QVector<QPair<QString, QString>>;
        QFETCH(Fields, other);
        QFETCH(QList<int>, ends);
        const auto conflictsOf = [](const Fields& fields) {
            std::vector<change::FieldConflict> conflicts;
            for (const auto& [field, manager] : fields) {
                change::FieldConflict conflict;
                conflict.field = field.toStdString();
                conflict.manager = manager.toStdString();
                conflicts.push_back(conflict);
            }
            return conflicts;
        };
        const auto own =
            change::resolutionsAlike(conflictsOf({{".spec.image", "kubectl"}, {".spec.replicas", "hpa"}}),
                                     {change::Resolution::TakeOver, change::Resolution::DropMine}, conflictsOf(other));
        QCOMPARE(own.has_value(), !ends.isEmpty());
        for (qsizetype i = 0; i < ends.size(); ++i)
            QCOMPARE(static_cast<int>(own->at(static_cast<std::size_t>(i))), ends[i]);
    }

    void hidesWhatSecretsKeep_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("data") << QByteArray(R"({"data":{"p":"U0VDUkVU"}})");
        QTest::newRow("stringData") << QByteArray(R"({"stringData":{"p":"U0VDUkVU"}})");
        QTest::newRow("last applied") << QByteArray(
            "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":"
            "\"{\\\"data\\\":{\\\"p\\\":\\\"U0VDUkVU\\\"}}\"}}}");
        QTest::newRow("last applied, torn")
            << QByteArray("{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":"
                          "\"{\\\"data\\\":{\\\"p\\\":\\\"U0VDUkVU\"}}}");
        QTest::newRow("step") << QByteArray(R"([{"op":"add","path":"/data/p","value":"U0VDUkVU"}])");
        QTest::newRow("step over all") << QByteArray(
            R"([{"op":"replace","path":"","value":{"data":{"p":"U0VDUkVU"}}}])");
        QTest::newRow("step over data") << QByteArray(
            R"([{"op":"add","path":"/stringData","value":{"p":"U0VDUkVU"}}])");
        QTest::newRow("number") << QByteArray(R"({"data":{"p":"U0VDUkVU","q":7}})");
        QTest::newRow("no JSON") << QByteArray("{\"data\":{\"p\":\"U0VDUkVU");
    }
    void hidesWhatSecretsKeep() {
        QFETCH(QByteArray, json);
        const std::string hidden = change::redacted(json.toStdString(), "Secret");
        QVERIFY2(hidden.find("U0VDUkVU") == std::string::npos, hidden.c_str());
        QCOMPARE(change::redacted(json.toStdString(), "ConfigMap"), json.toStdString());
        QCOMPARE(change::redacted(hidden, "Secret"), hidden);
        QVERIFY(change::holdsSecrets(json.toStdString(), "Secret"));
    }
};

QTEST_GUILESS_MAIN(TestChangeSet)
#include "tst_change_set.moc"
