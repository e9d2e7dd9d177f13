// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_request.h"
#include "core/kube/streams/log_sources.h"

#include <QtTest>

#include <string>
#include <vector>

using kube::ContainerChoice;

namespace {

std::string pod(const std::string& annotations = "{}") {
    return QStringLiteral(R"({"metadata":{"name":"web","namespace":"shop","annotations":%1},"spec":{"containers":[)"
                          R"({"name":"a"},{"name":"b"}],"initContainers":[{"name":"i"}],"ephemeralContainers":[)"
                          R"({"name":"e"}]}})")
        .arg(QString::fromStdString(annotations))
        .toStdString();
}

std::string names(const kube::LogSources& found) {
    std::string all;
    for (const kube::LogSource& source : found.sources)
        all += source.ns + "/" + source.pod + "/" + source.container + " ";
    return all;
}

} // namespace

class TestLogSources : public QObject {
    Q_OBJECT

private slots:
    void containerIsChosenAsKubectlDoes() {
        const auto first = kube::logSourcesOf(pod(), {}, ContainerChoice::One);
        QCOMPARE(names(*first), std::string("shop/web/a "));
        QCOMPARE(first->notes,
                 std::vector<std::string>{R"(Defaulted container "a" out of: a, b, e (ephem), i (init))"});
        const auto preset =
            kube::logSourcesOf(pod(R"({"kubectl.kubernetes.io/default-container":"b"})"), {}, ContainerChoice::One);
        QCOMPARE(names(*preset), std::string("shop/web/b "));
        QVERIFY(preset->notes.empty());
        const auto wrong =
            kube::logSourcesOf(pod(R"({"kubectl.kubernetes.io/default-container":"x"})"), {}, ContainerChoice::One);
        QCOMPARE(names(*wrong), std::string("shop/web/a "));
        QCOMPARE(wrong->notes.size(), std::size_t(2));
        QCOMPARE(names(*kube::logSourcesOf(pod(), "e", ContainerChoice::One)), std::string("shop/web/e "));
        QCOMPARE(names(*kube::logSourcesOf(pod(), {}, ContainerChoice::All)),
                 std::string("shop/web/i shop/web/a shop/web/b shop/web/e "));
        QVERIFY(!kube::logSourcesOf(pod(), "none", ContainerChoice::One));
        QVERIFY(!kube::logSourcesOf("{", {}, ContainerChoice::One));
    }

    void ownersSelectPods_data() {
        QTest::addColumn<QString>("owner");
        QTest::addColumn<QString>("selector");
        QTest::newRow("Deployment") << R"({"kind":"Deployment","spec":{"selector":{"matchLabels":{"a":"b"}}}})"
                                    << "a=b";
        QTest::newRow("expressions")
            << R"({"kind":"Job","spec":{"selector":{"matchExpressions":[{"key":"a","operator":"Exists"}]}}})" << "a";
        QTest::newRow("Service") << R"({"kind":"Service","spec":{"selector":{"a":"b","c":"d"}}})" << "a=b,c=d";
        QTest::newRow("Service without") << R"({"kind":"Service","spec":{}})" << QString();
        QTest::newRow("all of a namespace") << R"({"kind":"Deployment","spec":{"selector":{}}})" << QString();
        QTest::newRow("CronJob") << R"({"kind":"CronJob","spec":{}})" << QString();
    }
    void ownersSelectPods() {
        QFETCH(QString, owner);
        QFETCH(QString, selector);
        const auto found = kube::podSelectorOf(owner.toStdString());
        QCOMPARE(found.has_value(), !selector.isEmpty());
        QCOMPARE(QString::fromStdString(found.value_or("")), selector);
    }

    void bestPodComesFirst() {
        const std::string pending = R"({"spec":{"nodeName":"n"},"status":{"phase":"Pending"}})";
        const std::string unassigned = R"({"spec":{},"status":{"phase":"Pending"}})";
        const auto running = [](const char* ready, const std::string& since, int restarts) {
            return QStringLiteral(
                       R"({"spec":{"nodeName":"n"},"status":{"phase":"Running","conditions":[{"type":"Ready",)"
                       R"("status":"%1","lastTransitionTime":"%2"}],"containerStatuses":[)"
                       R"({"restartCount":%3}]}})")
                .arg(QString::fromLatin1(ready), QString::fromStdString(since))
                .arg(restarts)
                .toStdString();
        };
        const std::string early = "2026-01-01T00:00:00Z";
        const std::string late = "2026-01-02T00:00:00Z";
        const std::vector<std::string> pods{unassigned,
                                            pending,
                                            running("False", early, 9),
                                            running("True", late, 5),
                                            running("True", early, 0),
                                            running("True", early, 3)};
        QCOMPARE(kube::loggingOrder(pods), (std::vector<std::size_t>{5, 4, 3, 2, 1, 0}));
    }

    void requestSaysWhatIsWanted() {
        kube::LogSpec spec;
        spec.ns = "shop";
        spec.pod = "web";
        spec.run = kube::LogSpec::Run::Previous;
        spec.tailLines = 0;
        spec.limitBytes = 5;
        QCOMPARE(kube::logRequest(spec).target,
                 std::string("/api/v1/namespaces/shop/pods/web/log?previous=true&tailLines=0&limitBytes=5"));
    }
};

QTEST_GUILESS_MAIN(TestLogSources)
#include "tst_log_sources.moc"
