// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/discovery.h"
#include "core/kube/memory_transport.h"

#include <QTest>

#include <memory>
#include <optional>

using base::ErrorCode;
using kube::KindCatalogPtr;

namespace {

const char* const kCore =
    R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[
 {"metadata":{"creationTimestamp":null},"versions":[{"version":"v1","freshness":"Current","resources":[
  {"resource":"componentstatuses","responseKind":{"group":"","version":"","kind":"ComponentStatus"},"scope":"Cluster",
   "singularResource":"componentstatus","verbs":["get","list"],"shortNames":["cs"]},
  {"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","singularResource":"event",
   "verbs":["list","watch"],"shortNames":["ev"]},
  {"resource":"pods","responseKind":{"kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get","list",
   "watch"],"shortNames":["po"],"categories":["all"],"subresources":[{"subresource":"log","verbs":["get"]}]}]}]}]})";

const char* const kGroups =
    R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
 {"metadata":{"name":"apps"},"versions":[{"version":"v1","resources":[
  {"resource":"deployments","responseKind":{"kind":"Deployment"},"scope":"Namespaced","singularResource":"deployment",
   "verbs":["list"],"shortNames":["deploy"],"categories":["all"]}]}]},
 {"metadata":{"name":"events.k8s.io"},"versions":[{"version":"v1","resources":[
  {"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","singularResource":"event","verbs":["list"],
   "shortNames":["ev"]}]}]},
 {"metadata":{"name":"autoscaling"},"versions":[{"version":"v2","resources":[
  {"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced",
   "singularResource":"horizontalpodautoscaler","verbs":["list"],"shortNames":["hpa"]}]},
  {"version":"v1","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},
   "scope":"Namespaced","singularResource":"horizontalpodautoscaler","verbs":["list"],"shortNames":["hpa"]},
   {"resource":"relics","responseKind":{"kind":"Relic"},"scope":"Cluster","verbs":["list"]}]}]},
 {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]},
 {"metadata":{"name":"shop.example.com"},"versions":[{"version":"v1alpha1","resources":[
  {"resource":"pods","responseKind":{"kind":"ShopPod"},"scope":"Namespaced","singularResource":"shoppod",
   "verbs":["list"]},
  {"resource":"wheels","responseKind":{"kind":"Wheel"},"scope":"Namespaced","singularResource":"wheel",
   "verbs":["list"],"shortNames":["wh"]}]}]}]})";

class Fixture {
public:
    Fixture()
        : transport(std::make_shared<kube::MemoryTransport>()) {}

    base::Result<KindCatalogPtr> run() {
        std::optional<base::Result<KindCatalogPtr>> result;
        const base::Cancel cancel =
            kube::discover(transport, home, [&](base::Result<KindCatalogPtr> found) { result = std::move(found); });
        home.runPending();
        return result ? *result : base::fail(ErrorCode::Internal, "no answer");
    }

    base::ManualExecutor home;
    std::shared_ptr<kube::MemoryTransport> transport;
};

kube::MemoryAnswer aggregated(const char* body, const char* version) {
    kube::MemoryAnswer answer;
    answer.body = body;
    answer.contentType =
        "application/json;g=apidiscovery.k8s.io;v=" + std::string(version) + ";as=APIGroupDiscoveryList";
    return answer;
}

} // namespace

class TestDiscovery : public QObject {
    Q_OBJECT
private slots:
    void aggregatedDiscovery();
    void resolvesAsKubectl_data();
    void resolvesAsKubectl();
    void findsKinds();
    void olderAggregatedForm();
    void groupByGroup();
    void brokenGroupHidesNothing();
    void failures();
    void cancelled();
    void paths();

private:
    static KindCatalogPtr catalog() {
        Fixture fixture;
        fixture.transport->put("/api", aggregated(kCore, "v2"));
        fixture.transport->put("/apis", aggregated(kGroups, "v2"));
        return fixture.run().value();
    }
};

void TestDiscovery::aggregatedDiscovery() {
    const KindCatalogPtr kinds = catalog();
    QCOMPARE(kinds->kinds().size(), std::size_t(9));
    QCOMPARE(kinds->problems().size(), std::size_t(1));
    QCOMPARE(kinds->problems()[0].resource, std::string("/apis/metrics.k8s.io/v1beta1"));
    const kube::Kind& pods = kinds->kinds()[2];
    QCOMPARE(pods.resource(), std::string("pods"));
    QCOMPARE(pods.apiVersion(), std::string("v1"));
    QVERIFY(pods.namespaced && pods.allows("watch") && !pods.allows("delete"));
    QCOMPARE(kinds->inCategory("all").size(), std::size_t(2));
}

void TestDiscovery::resolvesAsKubectl_data() {
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("found");
    const auto row = [](const char* typed, const char* found) {
        QTest::newRow(typed) << QByteArray(typed) << QByteArray(found);
    };
    row("pods", "v1 pods");
    row("pod", "v1 pods");
    row("po", "v1 pods");
    row("Pod", "v1 pods");
    row("PODS", "v1 pods");
    row("pods.v1.", "v1 pods");
    row("events", "v1 events");
    row("ev", "v1 events");
    row("events.events.k8s.io", "events.k8s.io/v1 events");
    row("events.events", "events.k8s.io/v1 events");
    row("ev.events.k8s.io", "events.k8s.io/v1 events");
    row("deploy", "apps/v1 deployments");
    row("deployment.apps", "apps/v1 deployments");
    row("Deployment.apps", "apps/v1 deployments");
    row("deployments.v1.apps", "apps/v1 deployments");
    row("deployments.v2.apps", "");
    row("hpa", "autoscaling/v2 horizontalpodautoscalers");
    row("hpa.autoscal", "autoscaling/v2 horizontalpodautoscalers");
    row("horizontalpodautoscalers.v1.autoscaling", "autoscaling/v1 horizontalpodautoscalers");
    row("relics", "autoscaling/v1 relics");
    row("relic", "autoscaling/v1 relics");
    row("pods.shop.example.com", "shop.example.com/v1alpha1 pods");
    row("wheels.shop", "shop.example.com/v1alpha1 wheels");
    row("wh", "shop.example.com/v1alpha1 wheels");
    row("wheel.v1alpha1.shop.example.com", "shop.example.com/v1alpha1 wheels");
    row("nothing", "");
    row("pods.apps", "");
    row("", "");
    row(".", "");
}

void TestDiscovery::resolvesAsKubectl() {
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, found);
    const KindCatalogPtr kinds = catalog();
    const kube::Kind* kind = kinds->find(typed.toStdString());
    QCOMPARE(QByteArray::fromStdString(kind ? kind->apiVersion() + " " + kind->plural : std::string()), found);
}

void TestDiscovery::findsKinds() {
    const KindCatalogPtr kinds = catalog();
    QCOMPARE(kinds->findKind("apps/v1", "Deployment")->plural, std::string("deployments"));
    QCOMPARE(kinds->findKind("autoscaling/v1", "HorizontalPodAutoscaler")->version, std::string("v1"));
    QCOMPARE(kinds->findKind("apps/v1beta1", "Deployment")->version, std::string("v1"));
    QVERIFY(!kinds->findKind("extensions/v1beta1", "Deployment"));
    QCOMPARE(kinds->findResource("deployments.apps")->kind, std::string("Deployment"));
    QCOMPARE(kinds->findResource("pods")->group, std::string());
    QVERIFY(!kinds->findResource("deployments"));
}

void TestDiscovery::olderAggregatedForm() {
    Fixture fixture;
    fixture.transport->put("/api", aggregated(kCore, "v2beta1"));
    fixture.transport->put("/apis", aggregated(kGroups, "v2beta1"));
    QCOMPARE(fixture.run().value()->kinds().size(), std::size_t(9));
    QCOMPARE(fixture.transport->requests().size(), std::size_t(2));
}

void TestDiscovery::groupByGroup() {
    Fixture fixture;
    fixture.transport->put("/api", R"({"kind":"APIVersions","versions":["v1"]})");
    fixture.transport->put("/apis", R"({"kind":"APIGroupList","groups":[{"name":"apps","versions":[
        {"groupVersion":"apps/v1beta1","version":"v1beta1"},{"groupVersion":"apps/v1","version":"v1"}],
        "preferredVersion":{"groupVersion":"apps/v1","version":"v1"}}]})");
    fixture.transport->put("/api/v1", R"({"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["list"],"shortNames":["po"]},
        {"name":"pods/log","singularName":"","namespaced":true,"kind":"Pod","verbs":["get"]},
        {"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","verbs":["list"],"shortNames":null}]})");
    const char* apps = R"({"kind":"APIResourceList","resources":[{"name":"deployments","namespaced":true,
        "kind":"Deployment","verbs":["list"]}]})";
    fixture.transport->put("/apis/apps/v1", apps);
    fixture.transport->put("/apis/apps/v1beta1", apps);
    const KindCatalogPtr kinds = fixture.run().value();
    QCOMPARE(kinds->kinds().size(), std::size_t(3));
    QVERIFY(kinds->problems().empty());
    QCOMPARE(kinds->find("pod")->plural, std::string("pods"));
    QVERIFY(!kinds->find("node")->namespaced);
    QCOMPARE(kinds->find("deployments")->version, std::string("v1"));
}

void TestDiscovery::brokenGroupHidesNothing() {
    Fixture fixture;
    fixture.transport->put("/api", aggregated(kCore, "v2"));
    fixture.transport->put("/apis", R"({"kind":"APIGroupList","groups":[
        {"name":"apps","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}},
        {"name":"down.example.com","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}},
        {"name":"lies.example.com","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}}]})");
    fixture.transport->put("/apis/apps/v1", R"({"kind":"APIResourceList","resources":[{"name":"deployments",
        "namespaced":true,"kind":"Deployment","verbs":["list"]}]})");
    fixture.transport->put("/apis/down.example.com/v1", kube::MemoryAnswer{.status = 503, .body = "no backend"});
    fixture.transport->put("/apis/lies.example.com/v1", "<html>");
    const KindCatalogPtr kinds = fixture.run().value();
    QVERIFY(kinds->find("pods") && kinds->find("deployments"));
    QCOMPARE(kinds->problems().size(), std::size_t(2));
    QVERIFY(kinds->problems()[0].code == ErrorCode::ServerFailure);
    QVERIFY(kinds->problems()[1].code == ErrorCode::BadResponse);
}

void TestDiscovery::failures() {
    Fixture fixture;
    fixture.transport->put("/api", kube::MemoryAnswer{.status = 401, .body = "who are you"});
    fixture.transport->put("/apis", kube::MemoryAnswer{.status = 401, .body = "who are you"});
    QVERIFY(fixture.run().error().code == ErrorCode::Unauthorized);
    // An API server of its own, without a core group.
    Fixture own;
    own.transport->put("/apis", aggregated(kGroups, "v2"));
    const KindCatalogPtr kinds = own.run().value();
    QVERIFY(kinds->find("deploy"));
    QCOMPARE(kinds->problems().size(), std::size_t(1));
    // Something else that speaks HTTP.
    Fixture other;
    other.transport->put("/api", kube::MemoryAnswer{.status = 404, .body = "<html>"});
    other.transport->put("/apis", kube::MemoryAnswer{.status = 404, .body = "<html>"});
    QVERIFY(other.run().error().code == ErrorCode::BadResponse);
}

void TestDiscovery::cancelled() {
    Fixture fixture;
    base::Cancel cancel = kube::discover(fixture.transport, fixture.home,
                                         [](const base::Result<KindCatalogPtr>&) { QFAIL("cancelled"); });
    cancel.cancel();
    fixture.home.runPending();
    cancel = kube::discover(fixture.transport, fixture.home,
                            [](const base::Result<KindCatalogPtr>&) { QFAIL("cancelled"); });
    fixture.home.post([&] { cancel.cancel(); });
    fixture.home.runPending();
    QCOMPARE(fixture.transport.use_count(), 1L);
}

void TestDiscovery::paths() {
    kube::Kind deployment;
    deployment.group = "apps";
    deployment.version = "v1";
    deployment.plural = "deployments";
    QCOMPARE(deployment.path(), std::string("/apis/apps/v1/deployments"));
    QCOMPARE(deployment.path("shop"), std::string("/apis/apps/v1/namespaces/shop/deployments"));
    QCOMPARE(deployment.path("shop", "web"), std::string("/apis/apps/v1/namespaces/shop/deployments/web"));
    kube::Kind node;
    node.version = "v1";
    node.plural = "nodes";
    node.namespaced = false;
    QCOMPARE(node.path({}, "n1"), std::string("/api/v1/nodes/n1"));
    QCOMPARE(node.path("shop"), std::string("/api/v1/nodes"));
}

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
