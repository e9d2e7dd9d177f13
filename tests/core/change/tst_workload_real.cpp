// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_object.h"
#include "tests/core/change/qdctl_bench.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using Json = nlohmann::json;
using testbed::Cluster;

namespace {

Cluster& cluster(const char* name) {
    return testbed::Testbed::instance().cluster(name);
}

Json seen(const std::string& what, const char* name = "north") {
    return Json::parse(cluster(name).kubectl({"get", what, "-n", "default", "-o", "json"}).out, nullptr, false);
}

bool create(const char* name, const std::string& object) {
    return cluster(name).kubectl({"create", "-n", "default", "-f", "-"}, object).exitCode == 0;
}

std::string deployment(const std::string& name) {
    return R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":")" + name +
           R"("},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"x"}},"template":{"metadata":{"labels":{"app":"x"}},
           "spec":{"initContainers":[{"name":"init","image":"i:1"}],
           "containers":[{"name":"web","image":"w:1"},{"name":"side","image":"s:1"}]}}}})";
}

std::string job(const std::string& kind, const std::string& name) {
    const std::string spec =
        R"({"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}})";
    return R"({"apiVersion":"batch/v1","kind":")" + kind + R"(","metadata":{"name":")" + name + R"("},"spec":)" +
           (kind == "Job"
                ? spec
                : R"({"schedule":"0 0 1 1 *","jobTemplate":{"metadata":{"labels":{"a":"b"}},"spec":)" + spec + "}}") +
           "}";
}

std::string node(const std::string& name) {
    return R"({"apiVersion":"v1","kind":"Node","metadata":{"name":")" + name + R"("}})";
}

} // namespace

/// What operators do to workloads and nodes, held against kubectl on real servers.
class TestWorkloadReal : public QObject {
    Q_OBJECT

private:
    QdctlBench m_qdctl;

    /// kubectl on one object, qdctl on its twin: the same words but for the name, the same output.
    void agree(std::vector<std::string> words) {
        std::vector<std::string> theirs = words;
        for (std::string& word : theirs) {
            if (const auto at = word.find("ours"); at != std::string::npos)
                word.replace(at, 4, "theirs");
        }
        const auto kubectl = cluster("north").kubectl(theirs);
        const auto qdctl = m_qdctl.run(words);
        QByteArray expected = QByteArray::fromStdString(kubectl.out);
        QCOMPARE(QByteArray::fromStdString(qdctl.out), expected.replace("theirs", "ours"));
        QVERIFY2((qdctl.exitCode == 0) == (kubectl.exitCode == 0), (qdctl.err + kubectl.err).c_str());
        if (kubectl.exitCode == 0)
            return;
        QByteArray why = QByteArray::fromStdString(kubectl.err).trimmed().replace("theirs", "ours");
        why.remove(0, why.startsWith("error: ") ? 7 : 0);
        QVERIFY2(qdctl.err.find(why.toStdString()) != std::string::npos, (qdctl.err + why.toStdString()).c_str());
    }

private slots:
    void initTestCase() { TESTBED_UP({"north", "south"}); }

    void setsImages() {
        for (const char* name : {"ours", "theirs"})
            QVERIFY(create("north", deployment(name)));
        QVERIFY(create("south", deployment("ours")));
        for (const std::vector<std::string>& images :
             {std::vector<std::string>{"web=w:2"}, {"init=i:2", "side=s:2"}, {"*=all:3"}, {"*=all:3"}, {"no=x"}}) {
            std::vector<std::string> words{"set", "image", "deployment/ours"};
            words.insert(words.end(), images.begin(), images.end());
            words.insert(words.end(), {"-n", "default"});
            agree(words);
            Json ours = seen("deployment/ours")["spec"];
            QCOMPARE(QByteArray::fromStdString(ours.dump()),
                     QByteArray::fromStdString(seen("deployment/theirs")["spec"].dump()));
        }
        const auto both = m_qdctl.run(
            {"set", "image", "deployment/ours", "web=w:9", "-n", "default", "--clusters", "north-admin,south-admin"});
        QVERIFY2(both.exitCode == 0, both.err.c_str());
        for (const char* name : {"north", "south"})
            QVERIFY(seen("deployment/ours", name)["spec"]["template"]["spec"]["containers"][0]["image"] == "w:9");
    }

    void taintsNodes() {
        for (const char* name : {"ours", "theirs"})
            QVERIFY(create("north", node(name)));
        const auto ownTaints = [](const char* name) {
            Json all = Json::array();
            const Json node = Json::parse(cluster("north").kubectl({"get", "node", name, "-o", "json"}).out);
            for (const Json& taint : node["spec"].value("taints", Json::array())) {
                // Controllers add taints of their own to nodes without a kubelet, when they come to it.
                if (!taint["key"].get<std::string>().starts_with("node."))
                    all.push_back(taint);
            }
            return QByteArray::fromStdString(all.dump());
        };
        for (const std::vector<std::string>& taints : {std::vector<std::string>{"gpu=a:NoSchedule"},
                                                       {"disk:PreferNoSchedule", "gpu=b:NoExecute"},
                                                       {"gpu=c:NoSchedule"},
                                                       {"gpu=c:NoSchedule", "--overwrite"},
                                                       {"disk:PreferNoSchedule-", "new=x:NoSchedule"},
                                                       {"gpu-"},
                                                       {"gpu-"}}) {
            std::vector<std::string> words{"taint", "nodes", "ours"};
            words.insert(words.end(), taints.begin(), taints.end());
            agree(words);
            QCOMPARE(ownTaints("ours"), ownTaints("theirs"));
        }
    }

    void runsJobs() {
        QVERIFY(create("north", job("CronJob", "nightly")));
        const auto now = m_qdctl.run({"run-now", "cronjob/nightly", "--name", "ours", "-n", "default"});
        QVERIFY2(now.exitCode == 0, now.err.c_str());
        QCOMPARE(QByteArray::fromStdString(now.out), QByteArray("job.batch/ours created\n"));
        QCOMPARE(
            cluster("north").kubectl({"create", "job", "theirs", "--from=cronjob/nightly", "-n", "default"}).exitCode,
            0);
        const auto bare = [](Json made) {
            Json kept{{"spec", made["spec"]},
                      {"annotations", made["metadata"]["annotations"]},
                      {"owner", made["metadata"]["ownerReferences"]}};
            kept["spec"].erase("selector");
            kept["spec"]["template"]["metadata"].erase("labels");
            return QByteArray::fromStdString(kept.dump());
        };
        QCOMPARE(bare(seen("job/ours")), bare(seen("job/theirs")));
        const auto again = m_qdctl.run({"run-again", "job/ours", "-n", "default"});
        QVERIFY2(again.exitCode == 0, again.err.c_str());
        QVERIFY2(QByteArray::fromStdString(again.out).startsWith("job.batch/ours-"), again.out.c_str());
        QCOMPARE(m_qdctl.run({"run-now", "job/ours", "-n", "default"}).exitCode, 1);
    }

    void suspends() {
        QVERIFY(create("north", job("CronJob", "hourly")));
        QVERIFY(m_qdctl.run({"suspend", "cronjob/hourly", "-n", "default"}).out == "cronjob.batch/hourly suspended\n");
        QVERIFY(seen("cronjob/hourly")["spec"]["suspend"] == true);
        QVERIFY(m_qdctl.run({"unsuspend", "cronjob/hourly", "-n", "default"}).exitCode == 0);
        QVERIFY(seen("cronjob/hourly")["spec"]["suspend"] == false);
        QCOMPARE(m_qdctl.run({"suspend", "deployment/ours", "-n", "default"}).exitCode, 1);
    }

    /// What a text edited in place says is what kubectl stores.
    void kubectlReadsWhatWasEdited() {
        auto object = kube::YamlObject::read("# mine\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: edited}\n"
                                             "data:\n  a: one # 1\n  b: two\n");
        QVERIFY(object);
        const kube::FieldSteps data{{"data"}};
        const std::vector<std::string> values{"yes", "1", "two\nlines\n", "- : # {}", "", "größe", " \t", "1e3", "~"};
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY(object->setText(data / ("k" + std::to_string(i)), values[i]));
        QVERIFY(object->remove(data / "b"));
        QVERIFY(create("north", object->text()));
        const Json stored = seen("configmap/edited")["data"];
        QCOMPARE(stored.size(), values.size() + 1);
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(QByteArray::fromStdString(stored["k" + std::to_string(i)].get<std::string>()),
                     QByteArray::fromStdString(values[i]));
        QVERIFY(object->text().find("a: one # 1") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestWorkloadReal)
#include "tst_workload_real.moc"
