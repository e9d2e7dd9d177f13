// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/summary.h"

#include <QtTest>

namespace {

const kube::SummaryItem* find(const std::vector<kube::SummaryItem>& items, std::string_view label) {
    for (const kube::SummaryItem& item : items) {
        if (item.label == label)
            return &item;
    }
    return nullptr;
}

} // namespace

class TestSummary : public QObject {
    Q_OBJECT

private slots:
    void podShowsStatesAndLinks() {
        const auto summary = kube::summarize(R"({"apiVersion":"v1","kind":"Pod",
            "metadata":{"name":"a","namespace":"n","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet",
                "name":"r","uid":"u","controller":true}]},
            "spec":{"nodeName":"w","containers":[{"name":"c","image":"i"}]},
            "status":{"phase":"Running","startTime":"2026-01-02T03:04:05Z","conditions":[{"type":"Ready","status":"False"}],
                "containerStatuses":[{"name":"c","state":{"waiting":{"reason":"CrashLoopBackOff"}},"restartCount":3}]}})");
        QVERIFY(summary.has_value());
        const kube::SummaryItem* node = find(summary->items, "Node");
        QVERIFY(node != nullptr);
        QCOMPARE(node->linkKind, std::string("Node"));
        QCOMPARE(node->linkName, std::string("w"));
        const kube::SummaryItem* start = find(summary->items, "Start Time");
        QCOMPARE(start->timeMs, std::int64_t(1767323045000));
        QCOMPARE(find(summary->items, "Controlled By")->value, std::string("ReplicaSet/r"));
        QCOMPARE(summary->owners.size(), std::size_t(1));
        const kube::SummaryItem* container = find(find(summary->items, "Containers")->children, "c");
        const kube::SummaryItem* state = find(container->children, "State");
        QCOMPARE(state->value, std::string("Waiting"));
        QVERIFY(state->state == kube::ObjectState::Broken);
        QCOMPARE(summary->tables.front().title, std::string("Conditions"));
        QVERIFY(summary->tables.front().rows.front().front().state == kube::ObjectState::Attention);
    }

    void secretShowsNoValue() {
        const auto summary = kube::summarize(
            R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"type":"kubernetes.io/service-account-token","data":{"token":"c2VjcmV0"}})");
        const kube::SummaryItem* token = find(find(summary->items, "Data")->children, "token");
        QCOMPARE(token->value, std::string("6 bytes"));
    }

    void genericNamesFieldsAsKubectl() {
        const auto summary = kube::summarize(
            R"({"apiVersion":"example.org/v1","kind":"Thing","metadata":{"name":"a","uid":"x"},"spec":{"podCIDRs":["a","b"],"myURL":"u","http2Port":1}})");
        QVERIFY(find(summary->items, "API Version") != nullptr);
        const kube::SummaryItem* spec = find(summary->items, "Spec");
        QCOMPARE(find(spec->children, "Pod CIDRs")->value, std::string("a\nb"));
        QVERIFY(find(spec->children, "My URL") != nullptr);
        QVERIFY(find(spec->children, "http2Port") != nullptr);
    }

    void asksForWhatStandsInOtherObjects_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("asked");
        QTest::newRow("deployment") << QByteArray("apps/v1 Deployment") << QByteArray("list replicasets.apps");
        QTest::newRow("stateful set") << QByteArray("apps/v1 StatefulSet") << QByteArray("list pods");
        QTest::newRow("revision") << QByteArray("apps/v1 ControllerRevision") << QByteArray();
        QTest::newRow("service") << QByteArray("v1 Service") << QByteArray("list endpointslices.discovery.k8s.io");
        QTest::newRow("ingress") << QByteArray("networking.k8s.io/v1 Ingress")
                                 << QByteArray("list services, list endpointslices.discovery.k8s.io");
        QTest::newRow("another ingress") << QByteArray("example.com/v1 Ingress") << QByteArray();
        QTest::newRow("node") << QByteArray("v1 Node") << QByteArray("get leases.coordination.k8s.io, list pods");
        QTest::newRow("namespace") << QByteArray("v1 Namespace") << QByteArray("list resourcequotas, list limitranges");
        QTest::newRow("pod") << QByteArray("v1 Pod") << QByteArray();
    }
    void asksForWhatStandsInOtherObjects() {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, asked);
        const QList<QByteArray> parts = kind.split(' ');
        QByteArray object = R"({"apiVersion":"VERSION","kind":"KIND","metadata":{"name":"a","namespace":"b"}})";
        object.replace("VERSION", parts[0]).replace("KIND", parts[1]);
        QByteArray queries;
        const std::vector<kube::RelatedQuery> all = kube::relatedQueries(object.toStdString()).value();
        for (const kube::RelatedQuery& query : all)
            queries += (queries.isEmpty() ? "" : ", ") + QByteArray::fromStdString(query.verb + " " + query.resource);
        QCOMPARE(queries, asked);
    }

    // Endpoints that could not be read are not "none".
    void leavesOutWhatWasNotRead() {
        const std::string ingress =
            R"({"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"a","namespace":"b"},
            "spec":{"defaultBackend":{"service":{"name":"cart","port":{"number":80}}}}})";
        const std::string services =
            R"({"items":[{"metadata":{"name":"cart"},"spec":{"ports":[{"name":"http","port":80}]}}]})";
        const auto fallback = [&](const kube::Related& related) {
            const kube::Summary summary = kube::summarize(ingress, related).value();
            return find(summary.items, "Default backend")->value;
        };
        QCOMPARE(fallback({}), std::string("cart:80"));
        QCOMPARE(fallback({{"services", services}}), std::string("cart:80"));
        QCOMPARE(fallback({{"services", services}, {"endpointslices", R"({"items":[]})"}}),
                 std::string("cart:80 (<none>)"));
    }

    void oddShapesDoNoHarm_data() {
        QTest::addColumn<QByteArray>("json");
        for (const char* kind : {"Pod", "Node", "Service", "Namespace", "ConfigMap", "Secret", "PersistentVolume",
                                 "PersistentVolumeClaim"}) {
            for (const char* rest : {"", R"(,"spec":7,"status":[])", R"(,"spec":{"containers":{},"volumes":"x"})",
                                     R"(,"metadata":{"labels":[1],"ownerReferences":3})", R"(,"data":"x","spec":null)"})
                QTest::newRow((std::string(kind) + rest).c_str())
                    << QByteArray(R"({"apiVersion":"v1","kind":")") + kind + "\"" + rest + "}";
        }
    }
    void oddShapesDoNoHarm() {
        QFETCH(QByteArray, json);
        QVERIFY(kube::summarize(json.toStdString()).has_value());
        QVERIFY(kube::relatedQueries(json.toStdString()).has_value());
    }

    void refusesWhatIsNoObject() {
        for (const char* json : {"", "[]", "{", "{}", "7"}) {
            QVERIFY(!kube::summarize(json).has_value());
            QVERIFY(kube::summarize(json).error().code == base::ErrorCode::BadInput);
        }
    }
};

QTEST_GUILESS_MAIN(TestSummary)
#include "tst_summary.moc"
