// SPDX-License-Identifier: GPL-3.0-or-later
// kubectl and qdctl at work on the demo federation. It is for newcomers and pictures: nothing else is proved on it.
#include "tests/support/child_process.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

namespace {

std::string contentOf(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

} // namespace

class TestDemo : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        const testbed::Ran where = testbed::run({"bash", TESTS_TESTBED_DIR "/build.sh", "--where"});
        if (where.exitCode != 0)
            QSKIP("no kubectl: neither KUBEBUILDER_ASSETS nor built servers");
        m_kubectl = where.out.substr(0, where.out.find('\n')) + "/kubectl";
        QVERIFY(m_folder.isValid());
        m_kubeconfig = m_folder.filePath(QStringLiteral("kubeconfig")).toStdString();
        const std::filesystem::path log = m_folder.filePath(QStringLiteral("log")).toStdString();
        QVERIFY(m_demo.start({TESTS_BIN_DIR "/quarterdeck-demo", "--kubeconfig", m_kubeconfig.string()}, log));
        QTRY_VERIFY_WITH_TIMEOUT(contentOf(log).find("ready") != std::string::npos, 30000);
    }

    void servesThreeClustersTheStoryTells() {
        for (const char* context : {"new-york", "houston", "los-angeles"}) {
            const testbed::Ran nodes = kubectl(context, {"get", "nodes"});
            QVERIFY2(nodes.exitCode == 0, nodes.err.c_str());
            QVERIFY(nodes.out.find("Ready") != std::string::npos);
        }
        QVERIFY(kubectl("houston", {"get", "pods", "-n", "shop"}).out.find("CrashLoopBackOff") != std::string::npos);
        QVERIFY(kubectl("houston", {"describe", "node", "hou-w-05"}).out.find("KubeletHasInsufficientMemory") !=
                std::string::npos);
        QVERIFY(kubectl("los-angeles", {"get", "pods", "-n", "shop"}).out.find("Pending") != std::string::npos);
        QVERIFY(kubectl("new-york", {"get", "certificates,backups", "-A"}).out.find("RENEWAL") != std::string::npos);
    }

    void appliesServerSide() {
        const std::string wanted =
            R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"grafana","namespace":"monitoring"},)"
            R"("spec":{"replicas":3}})";
        const auto apply = [&](std::vector<std::string> more) {
            std::vector<std::string> arguments{
                "--kubeconfig",  m_kubeconfig.string(),  "--context",        "houston", "apply",
                "--server-side", "--field-manager=test", "--validate=false", "-f",      "-"};
            arguments.insert(arguments.begin(), m_kubectl);
            arguments.insert(arguments.end(), more.begin(), more.end());
            testbed::RunOptions options;
            options.input = wanted;
            return testbed::run(arguments, options);
        };
        const testbed::Ran refused = apply({});
        QVERIFY(refused.exitCode != 0);
        QVERIFY2(refused.err.find("conflict with \"shop-delivery\"") != std::string::npos, refused.err.c_str());
        QVERIFY2(refused.err.find(".spec.replicas") != std::string::npos, refused.err.c_str());
        const testbed::Ran tried = apply({"--force-conflicts", "--dry-run=server"});
        QVERIFY2(tried.exitCode == 0, tried.err.c_str());
        const auto replicas = [this] {
            return kubectl("houston",
                           {"get", "-n", "monitoring", "deployment/grafana", "-o", "jsonpath={.spec.replicas}"})
                .out;
        };
        QCOMPARE(replicas(), std::string("1"));
        const testbed::Ran forced = apply({"--force-conflicts"});
        QVERIFY2(forced.exitCode == 0, forced.err.c_str());
        QCOMPARE(replicas(), std::string("3"));
        QVERIFY(apply({}).exitCode == 0); // it is ours now
        const auto dry = kubectl("houston", {"delete", "-n", "monitoring", "deployment/grafana", "--dry-run=server"});
        QVERIFY2(dry.exitCode == 0, dry.err.c_str());
        QCOMPARE(replicas(), std::string("3"));
    }

    void refusesWhatRolesDoNotAllow() {
        const auto qdctl = [this](std::vector<std::string> arguments) {
            arguments.insert(arguments.begin(),
                             {TESTS_BIN_DIR "/qdctl", "--kubeconfig", m_kubeconfig.string(), "auth"});
            return testbed::run(arguments).out;
        };
        QCOMPARE(qdctl({"can-i", "delete", "nodes", "--clusters", "new-york"}), std::string("yes\n"));
        QCOMPARE(qdctl({"can-i", "delete", "nodes", "--clusters", "los-angeles"}), std::string("no\n"));
        QCOMPARE(qdctl({"can-i", "get", "secrets/payments-key", "-n", "shop", "--clusters", "los-angeles"}),
                 std::string("yes\n"));
        QVERIFY(qdctl({"can-i", "--list", "-n", "shop", "--clusters", "los-angeles"}).find("[payments-key]") !=
                std::string::npos);
        QVERIFY(qdctl({"who-can", "get", "secrets/payments-key", "-n", "shop", "--clusters", "los-angeles"})
                    .find("maria@example.com") != std::string::npos);
        const testbed::Ran refused = kubectl("los-angeles", {"delete", "service", "coredns", "-n", "kube-system"});
        QVERIFY2(refused.err.find("cannot delete resource \"services\"") != std::string::npos, refused.err.c_str());
        QCOMPARE(kubectl("los-angeles", {"get", "rolebindings", "-n", "shop"}).exitCode, 0);
    }

    void printsAsQdctl_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"nodes", "pods", "deployments", "replicasets", "statefulsets", "daemonsets", "jobs",
                                 "cronjobs", "services", "ingresses", "persistentvolumeclaims", "persistentvolumes",
                                 "configmaps", "secrets", "certificates", "backups", "storageclasses"})
            QTest::newRow(kind) << QString::fromUtf8(kind);
    }
    void printsAsQdctl() {
        QFETCH(QString, kind);
        // Ages tick and the story goes on: what stands between two looks of kubectl counts.
        for (int attempt = 0; attempt < 10; ++attempt) {
            const std::string before = kubectl("new-york", {"get", kind.toStdString(), "-n", "shop"}).out;
            const testbed::Ran ours = testbed::run(
                {TESTS_BIN_DIR "/qdctl", "get", kind.toStdString(), "-n", "shop", "--clusters", "new-york"},
                environment());
            QVERIFY2(ours.exitCode == 0, ours.err.c_str());
            const std::string after = kubectl("new-york", {"get", kind.toStdString(), "-n", "shop"}).out;
            if (ours.out == before || ours.out == after)
                return;
        }
        QFAIL("qdctl and kubectl print different tables");
    }

    void takesWritesOfKubectl() {
        QCOMPARE(kubectl("new-york", {"-n", "shop", "scale", "deployment/cart-v1", "--replicas=5"}).exitCode, 0);
        QCOMPARE(
            kubectl("new-york", {"-n", "shop", "rollout", "status", "deployment/cart-v1", "--timeout=60s"}).exitCode,
            0);
        QTRY_VERIFY_WITH_TIMEOUT(kubectl("new-york", {"-n", "shop", "get", "deployment", "cart-v1"}).out.find("5/5") !=
                                     std::string::npos,
                                 30000);
        QCOMPARE(kubectl("new-york", {"label", "node", "ny-w-01", "tier=front"}).exitCode, 0);
        QCOMPARE(kubectl("new-york", {"cordon", "ny-w-01"}).exitCode, 0);
        const std::string nodes = kubectl("new-york", {"get", "nodes", "-l", "tier=front"}).out;
        QVERIFY(nodes.find("SchedulingDisabled") != std::string::npos);
        QCOMPARE(kubectl("new-york", {"-n", "shop", "patch", "configmap", "cart-settings", "--type=json", "-p",
                                      R"([{"op":"add","path":"/data/new","value":"1"}])"})
                     .exitCode,
                 0);
        QCOMPARE(kubectl("new-york", {"-n", "shop", "patch", "configmap", "cart-settings", "--type=merge", "-p",
                                      R"({"data":{"new":null}})"})
                     .exitCode,
                 0);
        QCOMPARE(kubectl("new-york", {"-n", "shop", "delete", "configmap", "cart-settings"}).exitCode, 0);
        QVERIFY(kubectl("new-york", {"-n", "shop", "get", "configmap", "cart-settings"}).err.find("NotFound") !=
                std::string::npos);
        QVERIFY(kubectl("new-york", {"-n", "shop", "logs", "deployment/cart-v1", "--tail=3"}).out.find("level=info") !=
                std::string::npos);
    }

    void refusesStrangers() {
        std::string url = contentOf(m_kubeconfig);
        url = url.substr(url.find("https://127.0.0.1"));
        url = url.substr(0, url.find('\n'));
        const testbed::Ran stranger =
            testbed::run({m_kubectl, "--server", url, "--insecure-skip-tls-verify", "--token", "x", "get", "nodes"});
        QVERIFY(stranger.exitCode != 0);
        QVERIFY2(stranger.err.find("Unauthorized") != std::string::npos ||
                     stranger.err.find("logged in") != std::string::npos,
                 stranger.err.c_str());
    }

    void endsWithItsInput() {
        int pipeEnds[2];
        QCOMPARE(pipe(pipeEnds), 0);
        const std::string kubeconfig = m_folder.filePath(QStringLiteral("second")).toStdString();
        const pid_t child = fork();
        if (child == 0) {
            dup2(pipeEnds[0], STDIN_FILENO);
            close(pipeEnds[1]);
            freopen("/dev/null", "w", stdout);
            execl(TESTS_BIN_DIR "/quarterdeck-demo", "quarterdeck-demo", "--kubeconfig", kubeconfig.c_str(),
                  "--clusters", "1", nullptr);
            _exit(127);
        }
        close(pipeEnds[0]);
        QTRY_VERIFY_WITH_TIMEOUT(std::filesystem::exists(kubeconfig), 30000);
        close(pipeEnds[1]);
        int status = -1;
        bool ended = false; // the macro asks again after it was true
        QTRY_VERIFY_WITH_TIMEOUT((ended = ended || waitpid(child, &status, WNOHANG) == child), 30000);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }

    void cleanupTestCase() { m_demo.terminate(); }

private:
    [[nodiscard]] testbed::RunOptions environment() const {
        testbed::RunOptions options;
        options.environment["KUBECONFIG"] = m_kubeconfig;
        options.environment["QUARTERDECK_HOME"] = m_folder.path().toStdString();
        return options;
    }

    testbed::Ran kubectl(const std::string& context, std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {m_kubectl, "--context", context});
        return testbed::run(arguments, environment());
    }

    QTemporaryDir m_folder;
    std::filesystem::path m_kubeconfig;
    std::string m_kubectl;
    testbed::ChildProcess m_demo;
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
