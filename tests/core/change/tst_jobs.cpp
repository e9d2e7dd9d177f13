// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/jobs.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace change;
using Json = nlohmann::json;

namespace {

const Target kNightly{{"north", ""}, {"batch/v1", "CronJob", "shop", "nightly"}};
const Target kImport{{"north", ""}, {"batch/v1", "Job", "shop", "import"}};

} // namespace

class TestJobs : public QObject {
    Q_OBJECT

private slots:
    void namesRuns() {
        QCOMPARE(runSuffix(1'700'000'000'123).size(), std::size_t(6));
        QVERIFY(runSuffix(1'700'000'000'123) != runSuffix(1'700'000'000'124));
        QVERIFY(runName("nightly", "k3x9z") == "nightly-k3x9z");
        const std::string cut = runName(std::string(56, 'a') + "-bbbbbbbbbb", "k3x9z");
        QCOMPARE(QByteArray::fromStdString(cut), QByteArray(56, 'a') + "-k3x9z");
        QVERIFY(runName(std::string(200, 'a'), "k3x9z").size() == 63);
    }

    void runsACronJobNow() {
        const std::string cronJob = R"({"metadata":{"name":"nightly","uid":"u1"},"spec":{"schedule":"@daily",
            "jobTemplate":{"metadata":{"labels":{"a":"b"},"annotations":{"c":"d"}},"spec":{"template":{"x":1}}}}})";
        const Operation now = runNow(kNightly, cronJob, "nightly-1");
        QVERIFY(now.verb == Verb::Create);
        QVERIFY((now.object == ObjectRef{"batch/v1", "Job", "shop", "nightly-1"}));
        QVERIFY(Json::parse(now.body) == Json::parse(R"({"apiVersion":"batch/v1","kind":"Job","metadata":{
            "name":"nightly-1","namespace":"shop","labels":{"a":"b"},
            "annotations":{"c":"d","cronjob.kubernetes.io/instantiate":"manual"},
            "ownerReferences":[{"apiVersion":"batch/v1","kind":"CronJob","name":"nightly","uid":"u1","controller":true}]},
            "spec":{"template":{"x":1}}})"));
    }

    void runsAJobAgain() {
        const std::string job = R"({"metadata":{"name":"import","uid":"u1","resourceVersion":"7",
            "labels":{"a":"b","controller-uid":"u1","job-name":"import"},
            "annotations":{"batch.kubernetes.io/job-tracking":""},
            "ownerReferences":[{"kind":"CronJob","name":"n","uid":"u2","controller":true}]},
            "spec":{"suspend":true,"backoffLimit":2,"selector":{"matchLabels":{"batch.kubernetes.io/controller-uid":"u1"}},
            "template":{"metadata":{"labels":{"batch.kubernetes.io/controller-uid":"u1","batch.kubernetes.io/job-name":"import"}},
            "spec":{"containers":[]}}},"status":{"succeeded":1}})";
        const Operation again = runAgain(kImport, job, "import-2");
        QVERIFY(Json::parse(again.body) == Json::parse(R"({"apiVersion":"batch/v1","kind":"Job","metadata":{
            "name":"import-2","namespace":"shop","labels":{"a":"b"}},
            "spec":{"backoffLimit":2,"template":{"metadata":{},"spec":{"containers":[]}}}})"));
    }

    void suspends() {
        QVERIFY(setRunning(kNightly, Running::Suspended).body == R"({"spec":{"suspend":true}})");
        QVERIFY(setRunning(kImport, Running::Allowed).body == R"({"spec":{"suspend":false}})");
    }
};

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
