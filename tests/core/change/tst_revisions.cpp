// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/revisions.h"

#include <QtTest>

using namespace change;
using Json = nlohmann::json;

namespace {

const Target kWeb{{"north", ""}, {"apps/v1", "Deployment", "shop", "web"}};
const Target kDb{{"north", ""}, {"apps/v1", "StatefulSet", "shop", "db"}};

Json podTemplate(const char* image, const char* hash = nullptr) {
    Json made{{"metadata", {{"labels", {{"app", "web"}}}}},
              {"spec", {{"containers", {{{"name", "c"}, {"image", image}}}}}}};
    if (hash)
        made["metadata"]["labels"]["pod-template-hash"] = hash;
    return made;
}

Json owned(const char* name, const char* uid) {
    return {{"metadata", {{"name", name}, {"ownerReferences", {{{"kind", "X"}, {"uid", uid}, {"controller", true}}}}}}};
}

Json replicaSet(const char* name, const char* revision, const char* image, const char* uid = "u1") {
    Json made = owned(name, uid);
    made["metadata"]["annotations"] = {{"deployment.kubernetes.io/revision", revision},
                                       {"kubernetes.io/change-cause", std::string("to ") + image},
                                       {"deployment.kubernetes.io/desired-replicas", "2"}};
    made["spec"]["template"] = podTemplate(image, name);
    return made;
}

Json deployment() {
    return {{"kind", "Deployment"},
            {"metadata",
             {{"uid", "u1"},
              {"annotations", {{"deployment.kubernetes.io/revision", "3"}, {"kubernetes.io/change-cause", "to c"}}}}},
            {"spec", {{"template", podTemplate("c")}}}};
}

Json controllerRevision(const char* name, int number, const char* image) {
    Json made = owned(name, "u2");
    made["revision"] = number;
    made["data"]["spec"]["template"] = podTemplate(image);
    made["data"]["spec"]["template"]["$patch"] = "replace";
    return made;
}

} // namespace

class TestRevisions : public QObject {
    Q_OBJECT

private slots:
    void ofDeployment() {
        const auto revisions =
            revisionsOf(deployment(), {replicaSet("w-3", "3", "c"), replicaSet("w-1", "1", "a"),
                                       replicaSet("w-2", "2", "b"), replicaSet("foreign", "4", "d", "u9")});
        QCOMPARE(revisions.size(), std::size_t(3));
        QCOMPARE(revisions[0].number, std::int64_t(1));
        QVERIFY(revisions[1].changeCause == "to b");
        QVERIFY(revisions[2].isCurrent && !revisions[1].isCurrent);

        const auto back = rollBack(kWeb, deployment(), revisions, 0);
        QVERIFY(back && *back);
        QVERIFY((*back)->verb == Verb::JsonPatch);
        const Json steps = Json::parse((*back)->body);
        QVERIFY(steps[0]["path"] == "/spec/template" && steps[0]["value"] == podTemplate("b"));
        const Json annotations{{"deployment.kubernetes.io/revision", "3"}, {"kubernetes.io/change-cause", "to b"}};
        QVERIFY(steps[1]["value"] == annotations);

        QVERIFY(rollBack(kWeb, deployment(), revisions, 3) == std::nullopt);
        const auto missing = rollBack(kWeb, deployment(), revisions, 7);
        QVERIFY(!missing && missing.error().message == "unable to find specified revision 7 in history");
        Json paused = deployment();
        paused["spec"]["paused"] = true;
        QVERIFY(!rollBack(kWeb, paused, revisions, 1));
        QVERIFY(revisionText(revisions[0]).find("  - image: a\n") != std::string::npos);
        QVERIFY(revisionText(revisions[1]).find("  - image: b\n") != std::string::npos);
    }

    void ofStatefulSet() {
        Json set{{"kind", "StatefulSet"}, {"metadata", {{"uid", "u2"}}}, {"spec", {{"template", podTemplate("b")}}}};
        const Json first = controllerRevision("db-1", 1, "a");
        const auto one = revisionsOf(set, {first});
        QVERIFY(!rollBack(kDb, set, one, 0));
        const auto two = revisionsOf(set, {controllerRevision("db-2", 2, "b"), first});
        QVERIFY(two[1].isCurrent);
        const auto back = rollBack(kDb, set, two, 0);
        QVERIFY(back && *back);
        QVERIFY((*back)->verb == Verb::StrategicPatch);
        QVERIFY(Json::parse((*back)->body) == first["data"]);
    }
};

QTEST_GUILESS_MAIN(TestRevisions)
#include "tst_revisions.moc"
