// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/change/qdctl_bench.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;
using testbed::Cluster;

namespace {

Cluster& north() {
    return testbed::Testbed::instance().cluster("north");
}

std::string workload(const std::string& kind, const std::string& name) {
    Json made{
        {"apiVersion", "apps/v1"},
        {"kind", kind},
        {"metadata", {{"name", name}}},
        {"spec",
         {{"selector", {{"matchLabels", {{"app", name}}}}},
          {"template",
           {{"metadata", {{"labels", {{"app", name}}}}},
            {"spec", {{"containers", {{{"name", "c"}, {"image", "a:1"}}, {{"name", "side"}, {"image", "s:1"}}}}}}}}}}};
    made["spec"]["template"]["spec"].update(Json::parse(R"({
        "tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":60},{"key":"b","value":"c"}],
        "volumes":[{"name":"v","emptyDir":{}},{"name":"m","configMap":{"name":"settings","optional":true}}]})"));
    made["spec"]["template"]["spec"]["containers"][0].update(Json::parse(R"({
        "ports":[{"containerPort":80,"name":"web"},{"containerPort":81,"protocol":"UDP"}],
        "command":["sh","-c","one\ntwo"],"args":["x"],
        "resources":{"limits":{"cpu":"1"},"requests":{"cpu":"100m","memory":"64Mi"}},
        "livenessProbe":{"httpGet":{"path":"/live","port":"web"},"periodSeconds":5},
        "readinessProbe":{"exec":{"command":["a","b"]}},
        "envFrom":[{"prefix":"P_","configMapRef":{"name":"settings","optional":true}}],
        "env":[{"name":"A","value":"1\n2"},{"name":"B","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},
               {"name":"C","valueFrom":{"secretKeyRef":{"name":"s","key":"k","optional":true}}}],
        "volumeMounts":[{"name":"v","mountPath":"/v"},{"name":"m","mountPath":"/m","readOnly":true,"subPath":"s"}]})"));
    if (kind != "DaemonSet")
        made["spec"]["replicas"] = 2;
    if (kind == "StatefulSet")
        made["spec"]["serviceName"] = name;
    return made.dump();
}

QByteArray kubectl(const std::vector<std::string>& words) {
    const auto ran = north().kubectl(words);
    return QByteArray::fromStdString(ran.out + ran.err);
}

Json seen(const std::string& what) {
    return Json::parse(north().kubectl({"get", what, "-n", "default", "-o", "json"}).out, nullptr, false);
}

} // namespace

/// Rollouts of the real controllers, held against kubectl's rollout.
class TestRolloutReal : public QObject {
    Q_OBJECT

private:
    QdctlBench m_qdctl;

    /// Three revisions, each rolled out, the second with a cause.
    bool make(const std::string& kind, const std::string& resource, const std::string& name) {
        const std::string what = resource + "/" + name;
        if (north().kubectl({"create", "-n", "default", "-f", "-"}, workload(kind, name)).exitCode != 0)
            return false;
        for (const char* image : {"a:1", "a:2", "a:3"}) {
            if (image != std::string("a:1"))
                north().kubectl({"set", "image", what, std::string("c=") + image, "-n", "default"});
            if (image == std::string("a:2"))
                north().kubectl({"annotate", what, "kubernetes.io/change-cause=second <one>", "-n", "default"});
            if (north().kubectl({"rollout", "status", what, "-n", "default", "--timeout=60s"}).exitCode != 0)
                return false;
        }
        return true;
    }

private slots:
    void initTestCase() { TESTBED_UP({"north"}); }

    void agreesWithKubectl_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("resource");
        QTest::newRow("deployment") << QByteArray("Deployment") << QByteArray("deployment");
        QTest::newRow("stateful set") << QByteArray("StatefulSet") << QByteArray("statefulset");
        QTest::newRow("daemon set") << QByteArray("DaemonSet") << QByteArray("daemonset");
    }
    void agreesWithKubectl() {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, resource);
        const std::string type = resource.toStdString();
        for (const char* name : {"ours", "theirs"})
            QVERIFY(make(kind.toStdString(), type, name));
        const auto ours = [this](const std::vector<std::string>& words) {
            const auto ran = m_qdctl.run(words);
            return QByteArray::fromStdString(ran.out + ran.err);
        };
        const auto both = [&](std::vector<std::string> words) {
            words.insert(words.begin(), "rollout");
            words.insert(words.end(), {type + "/ours", "-n", "default"});
            const QByteArray expected = kubectl(words);
            QVERIFY(!expected.isEmpty());
            QCOMPARE(ours(words).split('\n'), expected.split('\n'));
        };
        both({"history"});
        both({"history", "--revision=1"});
        both({"history", "--revision=2"});
        both({"status"});
        both({"status", "--watch=false"});

        // Back to the one before the last, back to a named one, back to where it is.
        for (const char* revision : {"0", "1", "9"}) {
            const std::string to = std::string("--to-revision=") + revision;
            QByteArray theirs = kubectl({"rollout", "undo", type + "/theirs", to, "-n", "default"});
            const auto ran = m_qdctl.run({"rollout", "undo", type + "/ours", to, "-n", "default", "--wait"});
            if (theirs.startsWith("error:")) {
                QCOMPARE(ran.exitCode, 1);
                QVERIFY2(ran.err.find(theirs.mid(7).trimmed().toStdString()) != std::string::npos, ran.err.c_str());
                continue;
            }
            QCOMPARE(QByteArray::fromStdString(ran.out), theirs.replace("theirs", "ours"));
            QVERIFY2(ran.exitCode == 0, ran.err.c_str());
            kubectl({"rollout", "status", type + "/theirs", "-n", "default", "--timeout=60s"});
            Json a = seen(type + "/ours");
            Json b = seen(type + "/theirs");
            a["spec"]["template"]["metadata"]["labels"].erase("app");
            b["spec"]["template"]["metadata"]["labels"].erase("app");
            QCOMPARE(QByteArray::fromStdString(a["spec"]["template"].dump()),
                     QByteArray::fromStdString(b["spec"]["template"].dump()));
            QCOMPARE(QByteArray::fromStdString(a["metadata"].value("annotations", Json()).dump()),
                     QByteArray::fromStdString(b["metadata"].value("annotations", Json()).dump()));
            both({"history"});
        }
        kubectl({"delete", type, "ours", "theirs", "-n", "default"});
    }

    void waitsAndTimesOut() {
        QVERIFY(make("Deployment", "deployment", "slow"));
        // No node fits, so the new pods never start.
        QCOMPARE(north()
                     .kubectl({"patch", "deployment/slow", "-n", "default", "-p",
                               R"({"spec":{"template":{"spec":{"nodeSelector":{"no":"where"}}}}})"})
                     .exitCode,
                 0);
        const auto ran = m_qdctl.run({"rollout", "status", "deployment/slow", "-n", "default", "--timeout=2s"});
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.err.find("timed out waiting for the condition") != std::string::npos, ran.err.c_str());
        QVERIFY2(ran.out.find("Waiting for deployment \"slow\" rollout to finish: 1 out of 2 new replicas have been "
                              "updated...") != std::string::npos,
                 ran.out.c_str());
        QCOMPARE(north().kubectl({"rollout", "pause", "deployment/slow", "-n", "default"}).exitCode, 0);
        const auto paused = m_qdctl.run({"rollout", "undo", "deployment/slow", "-n", "default"});
        QCOMPARE(paused.exitCode, 1);
        QVERIFY2(paused.err.find("you cannot rollback a paused deployment") != std::string::npos, paused.err.c_str());
    }
};

QTEST_GUILESS_MAIN(TestRolloutReal)
#include "tst_rollout_real.moc"
