// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/act.h"
#include "core/change/acts/acts.h"

#include <QtTest>

using namespace change;

namespace {

const Target kWeb{{"north", "uid-1"}, {"apps/v1", "Deployment", "shop", "web"}};
const Target kNode{{"north", "uid-1"}, {"v1", "Node", "", "hou-w-05"}};

QByteArray body(const Operation& operation) {
    return QByteArray::fromStdString(operation.body);
}

std::vector<std::string> split(const QByteArray& words) {
    std::vector<std::string> list;
    for (const QByteArray& word : words.split(' ')) {
        if (!word.isEmpty())
            list.push_back(word.toStdString());
    }
    return list;
}

} // namespace

class TestActs : public QObject {
    Q_OBJECT

private slots:
    void makesOperations() {
        const Operation five = scale(kWeb, 5);
        QVERIFY(five.verb == Verb::Scale);
        QCOMPARE(body(five), QByteArray(R"({"replicas":5})"));
        QVERIFY(five.await == Await::Rollout);
        QVERIFY(five.cluster == kWeb.cluster);
        QVERIFY(five.object == kWeb.object);
        QVERIFY(scale({kWeb.cluster, {"v1", "ReplicationController", "shop", "old"}}, 1).await == Await::Nothing);

        const Operation again = restart(kWeb, 1'767'366'245'000);
        QVERIFY(again.verb == Verb::MergePatch);
        QCOMPARE(body(again), QByteArray(R"({"spec":{"template":{"metadata":{"annotations":)"
                                         R"({"kubectl.kubernetes.io/restartedAt":"2026-01-02T15:04:05Z"}}}}})"));
        QVERIFY(again.await == Await::Rollout);

        QCOMPARE(body(setRolling(kWeb, Rolling::Paused)), QByteArray(R"({"spec":{"paused":true}})"));
        QCOMPARE(body(setRolling(kWeb, Rolling::Resumed)), QByteArray(R"({"spec":{"paused":null}})"));
        QCOMPARE(body(setScheduling(kNode, Scheduling::Stopped)), QByteArray(R"({"spec":{"unschedulable":true}})"));
        QCOMPARE(body(setScheduling(kNode, Scheduling::Allowed)), QByteArray(R"({"spec":{"unschedulable":null}})"));
        QCOMPARE(body(label(kWeb, {{"tier", "web"}, {"old", std::nullopt}})),
                 QByteArray(R"({"metadata":{"labels":{"old":null,"tier":"web"}}})"));
        QCOMPARE(body(annotate(kWeb, {{"a/b", ""}})), QByteArray(R"({"metadata":{"annotations":{"a/b":""}}})"));

        const Operation gone = erase(kWeb, Propagation::Foreground);
        QVERIFY(gone.verb == Verb::Delete);
        QVERIFY(gone.propagation == Propagation::Foreground);
        QVERIFY(gone.await == Await::Gone);
        QVERIFY(gone.body.empty());
    }

    void readsThemBack_data() {
        QTest::addColumn<QByteArray>("act");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("fields");
        const auto row = [](const char* act, ActKind kind, int fields) {
            QTest::addRow("%s", act) << QByteArray(act) << int(kind) << fields;
        };
        row("scale", ActKind::Scale, 1);
        row("restart", ActKind::Restart, 1);
        row("pause", ActKind::Pause, 1);
        row("resume", ActKind::Resume, 1);
        row("label", ActKind::Label, 2);
        row("annotate", ActKind::Annotate, 1);
        row("cordon", ActKind::Cordon, 1);
        row("uncordon", ActKind::Uncordon, 1);
        row("delete", ActKind::Delete, 0);
        row("apply", ActKind::Apply, 2);
        row("patch", ActKind::Patch, 2);
        row("broken", ActKind::Patch, 0);
    }
    void readsThemBack() {
        QFETCH(QByteArray, act);
        QFETCH(int, kind);
        QFETCH(int, fields);
        Operation apply = erase(kWeb, Propagation::Default);
        apply.verb = Verb::Apply;
        apply.body = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"},)"
                     R"("spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}}}})";
        Operation patch = apply;
        patch.verb = Verb::JsonPatch;
        patch.body = R"([{"op":"test","path":"/a","value":1},{"op":"remove","path":"/a"},{"op":"remove","path":"/b"}])";
        Operation broken = patch;
        broken.body = "{";
        const std::map<QByteArray, Operation> operations{
            {"scale", scale(kWeb, 5)},
            {"restart", restart(kWeb, 0)},
            {"pause", setRolling(kWeb, Rolling::Paused)},
            {"resume", setRolling(kWeb, Rolling::Resumed)},
            {"label", label(kWeb, {{"a", "b"}, {"c", std::nullopt}})},
            {"annotate", annotate(kWeb, {{"a", "b"}})},
            {"cordon", setScheduling(kNode, Scheduling::Stopped)},
            {"uncordon", setScheduling(kNode, Scheduling::Allowed)},
            {"delete", erase(kWeb, Propagation::Default)},
            {"apply", apply},
            {"patch", patch},
            {"broken", broken},
        };
        const Act found = actOf(operations.at(act));
        QCOMPARE(int(found.kind), kind);
        QCOMPARE(int(found.fields), fields);
        QCOMPARE(found.replicas, act == "scale" ? 5 : 0);
    }

    void takesKeyChanges_data() {
        QTest::addColumn<QByteArray>("words");
        QTest::addColumn<bool>("asLabel");
        QTest::addColumn<bool>("asAnnotation");
        const auto row = [](const char* words, bool asLabel, bool asAnnotation) {
            QTest::addRow("%s", words) << QByteArray(words) << asLabel << asAnnotation;
        };
        row("tier=web", true, true);
        row("tier-", true, true);
        row("tier=", true, true);
        row("example.com/tier=web old-", true, true);
        row("a=b=c", false, true);
        row("a=two/words", false, true);
        row("tier", false, false);
        row("-a=b", false, false);
        row("Example.com/a=b", false, false);
        row("a/b/c=d", false, false);
        row("=b", false, false);
        row("-", false, false);
        row("a=b a-", false, false);
        row("", false, false);
        row("a=-", false, true);
        const std::string key(64, 'k');
        row((key + "=v").c_str(), false, false);
        row((key.substr(1) + "=v").c_str(), true, true);
    }
    void takesKeyChanges() {
        QFETCH(QByteArray, words);
        QFETCH(bool, asLabel);
        QFETCH(bool, asAnnotation);
        QCOMPARE(parseKeyChanges(split(words), KeysOf::Labels).has_value(), asLabel);
        QCOMPARE(parseKeyChanges(split(words), KeysOf::Annotations).has_value(), asAnnotation);
    }
    void knowsSetFromTakenAway() {
        const std::vector<KeyChange> expected{{"a", "b=c"}, {"d", std::nullopt}, {"e", ""}};
        QCOMPARE(*parseKeyChanges({"a=b=c", "d-", "e="}, KeysOf::Annotations), expected);
    }

    void knowsWhatUndoDoesNotBringBack_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("loss");
        QTest::newRow("namespace") << "Namespace" << int(Loss::Contents);
        QTest::newRow("definition") << "CustomResourceDefinition" << int(Loss::Instances);
        QTest::newRow("claim") << "PersistentVolumeClaim" << int(Loss::Data);
        QTest::newRow("volume") << "PersistentVolume" << int(Loss::Data);
        QTest::newRow("other") << "ConfigMap" << int(Loss::Nothing);
    }
    void knowsWhatUndoDoesNotBringBack() {
        QFETCH(QString, kind);
        QFETCH(int, loss);
        Operation operation;
        operation.verb = Verb::Delete;
        operation.object.kind = kind.toStdString();
        QCOMPARE(int(lossOf(operation)), loss);
        QVERIFY(canBeUndone(operation));
        operation.verb = Verb::Apply;
        QCOMPARE(int(lossOf(operation)), int(Loss::Nothing));
    }

    void knowsWhatIsIrreversible_data() {
        QTest::addColumn<int>("verb");
        QTest::addColumn<QByteArray>("subresource");
        QTest::addColumn<bool>("irreversible");
        const auto row = [](const char* name, Verb verb, const char* subresource, bool irreversible) {
            QTest::newRow(name) << int(verb) << QByteArray(subresource) << irreversible;
        };
        row("evict", Verb::Evict, "", true);
        row("shell", Verb::Exec, "", true);
        row("debug container", Verb::StrategicPatch, "ephemeralcontainers", true);
        row("status", Verb::MergePatch, "status", true);
        row("scale", Verb::Scale, "", false);
        row("delete", Verb::Delete, "", false);
    }
    void knowsWhatIsIrreversible() {
        QFETCH(int, verb);
        QFETCH(QByteArray, subresource);
        QFETCH(bool, irreversible);
        Operation operation;
        operation.verb = Verb(verb);
        operation.subresource = subresource.toStdString();
        QCOMPARE(!whyIrreversible(operation).empty(), irreversible);
        QCOMPARE(canBeUndone(operation), !irreversible);
    }

    void explainsWhatHolds() {
        const std::vector<Finalizer> expected{{"foregroundDeletion", Holds::Dependents},
                                              {"example.com/cleanup", Holds::Controller}};
        QCOMPARE(finalizersOf(R"({"metadata":{"finalizers":["foregroundDeletion","example.com/cleanup"]}})"), expected);
        const std::vector<Finalizer> contents{{"kubernetes", Holds::Contents}};
        QCOMPARE(finalizersOf(R"({"kind":"Namespace","metadata":{},"spec":{"finalizers":["kubernetes"]}})"), contents);
        QVERIFY(finalizersOf("").empty());
        QVERIFY(finalizersOf(R"({"metadata":{"finalizers":7}})").empty());
        QCOMPARE(resourceVersionOf(R"({"metadata":{"resourceVersion":"88121"}})"), std::string("88121"));
        QCOMPARE(resourceVersionOf("null"), std::string());
    }
};

QTEST_GUILESS_MAIN(TestActs)
#include "tst_acts.moc"
