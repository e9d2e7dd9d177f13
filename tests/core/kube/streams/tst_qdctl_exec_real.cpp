// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/settings.h"
#include "core/fleet/write_rules.h"
#include "tests/core/change/qdctl_bench.h"
#include "tests/support/pty_process.h"
#include "tests/support/testbed.h"

#include <QRegularExpression>
#include <QtTest>

#include <csignal>
#include <fstream>
#include <string>
#include <vector>

using testbed::Cluster;
using testbed::PtyProcess;
using testbed::Ran;

namespace {

constexpr const char* kPods = R"({"apiVersion":"v1","kind":"List","items":[
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"team-a","labels":{"app":"web"}},"spec":
    {"nodeName":"node-0","containers":[{"name":"main","image":"shell","stdin":true,"tty":true},
    {"name":"side","image":"shell","stdin":true}]}},
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"preset","namespace":"team-a","annotations":
    {"kubectl.kubernetes.io/default-container":"side"}},"spec":
    {"nodeName":"node-0","containers":[{"name":"main","image":"shell"},{"name":"side","image":"shell","stdin":true}]}},
    {"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"team-a"},"spec":
    {"selector":{"app":"web"},"ports":[{"port":80}]}}]})";

/// What stands behind "error: " or "qdctl: ".
QStringList sortedLines(const std::string& text) {
    QString told = QString::fromStdString(text);
    told.remove(QRegularExpression(QStringLiteral("^(error|qdctl): "), QRegularExpression::MultilineOption));
    QStringList lines = told.split(QLatin1Char('\n'));
    lines.sort();
    return lines;
}

} // namespace

class TestQdctlExecReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        TESTBED_UP({"north"});
        const Ran made = north().kubectl({"apply", "-f", "-"}, kPods);
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        const Ran ready = north().kubectl({"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/web",
                                           "pod/preset", "--timeout=60s"});
        QVERIFY2(ready.exitCode == 0, ready.err.c_str());
    }

    void saysWhatKubectlSays_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("exit code") << QStringList{QStringLiteral("exec"), QStringLiteral("web"),
                                                  QStringLiteral("-c"),   QStringLiteral("main"),
                                                  QStringLiteral("--"),   QStringLiteral("sh"),
                                                  QStringLiteral("-c"),   QStringLiteral("echo a; echo b >&2; exit 7")};
        QTest::newRow("default container")
            << QStringList{QStringLiteral("exec"), QStringLiteral("web"), QStringLiteral("--"), QStringLiteral("echo"),
                           QStringLiteral("a")};
        QTest::newRow("quiet") << QStringList{QStringLiteral("exec"), QStringLiteral("web"),  QStringLiteral("-q"),
                                              QStringLiteral("--"),   QStringLiteral("echo"), QStringLiteral("-n"),
                                              QStringLiteral("a")};
        QTest::newRow("annotation") << QStringList{QStringLiteral("exec"), QStringLiteral("preset"),
                                                   QStringLiteral("--"), QStringLiteral("echo"), QStringLiteral("a")};
        QTest::newRow("type and name") << QStringList{QStringLiteral("exec"), QStringLiteral("pod/web"),
                                                      QStringLiteral("-q"),   QStringLiteral("--"),
                                                      QStringLiteral("echo"), QStringLiteral("a")};
        QTest::newRow("service") << QStringList{QStringLiteral("exec"), QStringLiteral("svc/web"), QStringLiteral("-q"),
                                                QStringLiteral("--"),   QStringLiteral("echo"),    QStringLiteral("a")};
        QTest::newRow("no terminal") << QStringList{QStringLiteral("exec"), QStringLiteral("web"),
                                                    QStringLiteral("-it"),  QStringLiteral("--"),
                                                    QStringLiteral("echo"), QStringLiteral("a")};
        QTest::newRow("wrong container") << QStringList{QStringLiteral("exec"), QStringLiteral("web"),
                                                        QStringLiteral("-c"),   QStringLiteral("none"),
                                                        QStringLiteral("--"),   QStringLiteral("echo")};
        QTest::newRow("input's end") << QStringList{QStringLiteral("exec"), QStringLiteral("web"),
                                                    QStringLiteral("-qi"),  QStringLiteral("--"),
                                                    QStringLiteral("wc"),   QStringLiteral("-c")};
    }
    void saysWhatKubectlSays() {
        QFETCH(QStringList, words);
        std::vector<std::string> arguments{words.front().toStdString(), "-n", "team-a"};
        for (const QString& word : words.mid(1))
            arguments.push_back(word.toStdString());
        const Ran theirs = north().kubectl(arguments);
        const Ran ours = m_qdctl.run(arguments);
        QCOMPARE(ours.exitCode, theirs.exitCode);
        QCOMPARE(ours.out, theirs.out);
        QCOMPARE(sortedLines(ours.err), sortedLines(theirs.err));
    }

    // The node knows no exit code then.
    void aSignalIsNoExitCode() {
        const std::vector<std::string> words{"exec", "-n", "team-a", "web", "-q", "--", "sh", "-c", "kill -9 $$"};
        const Ran theirs = north().kubectl(words);
        const Ran ours = m_qdctl.run(words);
        QCOMPARE(ours.exitCode, theirs.exitCode);
        QVERIFY2(ours.err.find("without an exit code") != std::string::npos, ours.err.c_str());
    }

    void terminalsAreKubectls_data() {
        QTest::addColumn<bool>("ours");
        QTest::newRow("kubectl") << false;
        QTest::newRow("qdctl") << true;
    }
    void terminalsAreKubectls() {
        QFETCH(bool, ours);
        PtyProcess process(command(ours, {"exec", "-n", "team-a", "web", "-c", "main", "-it", "--", "sh"}),
                           m_qdctl.environment(), 100, 40);
        QVERIFY2(process.waitFor("# "), process.output().c_str());
        QVERIFY(process.isRaw());
        // The node takes sizes and input on ways of their own.
        process.type("until [ \"$(stty size)\" = '40 100' ]; do sleep 0.1; done; echo it\"\"is\n");
        QVERIFY2(process.waitFor("itis\r\n"), process.output().c_str());
        process.resize(101, 41);
        process.type("until [ \"$(stty size)\" = '41 101' ]; do sleep 0.1; done; echo is\"\"so\n");
        QVERIFY2(process.waitFor("isso\r\n"), process.output().c_str());
        // Ctrl+C is the container's, and there the program's that is in front when it has said so.
        process.type("sh -c 'echo sle\"\"eps; exec sleep 600'\n");
        QVERIFY2(process.waitFor("sleeps\r\n"), process.output().c_str());
        process.type("\x03");
        QVERIFY2(process.waitFor("# "), process.output().c_str());
        process.type("exit 5\n");
        QCOMPARE(process.waitForEnd(), 5);
        QVERIFY(process.output().ends_with("command terminated with exit code 5\r\n"));
        QVERIFY(!process.isRaw());
    }

    void signalsLeaveTheTerminalAsItWas_data() {
        QTest::addColumn<int>("number");
        QTest::newRow("TERM") << SIGTERM;
        QTest::newRow("HUP") << SIGHUP;
        QTest::newRow("INT") << SIGINT;
        QTest::newRow("QUIT") << SIGQUIT;
        QTest::newRow("ABRT") << SIGABRT;
    }
    void signalsLeaveTheTerminalAsItWas() {
        QFETCH(int, number);
        PtyProcess process(command(true, {"exec", "-n", "team-a", "web", "-c", "main", "-it", "--", "sh"}),
                           m_qdctl.environment(), 80, 24);
        QVERIFY2(process.waitFor("# "), process.output().c_str());
        QVERIFY(process.isRaw());
        process.signal(number);
        QCOMPARE(process.waitForEnd(), 128 + number);
        QVERIFY(!process.isRaw());
    }

    void interruptEndsItWithoutATerminal() {
        PtyProcess process(command(true, {"exec", "-n", "team-a", "web", "-q", "--", "sh", "-c", "echo up; sleep 600"}),
                           m_qdctl.environment(), 80, 24);
        QVERIFY2(process.waitFor("up\r\n"), process.output().c_str());
        process.type("\x03");
        QCOMPARE(process.waitForEnd(), 128 + SIGINT);
    }

    void attachJoinsTheShell() {
        PtyProcess process(command(true, {"attach", "-n", "team-a", "web", "-c", "main", "-it"}), m_qdctl.environment(),
                           80, 24);
        QVERIFY2(process.waitFor("# "), process.output().c_str());
        process.type("echo jo\"\"ined; exit\n");
        QVERIFY2(process.waitFor("joined\r\n"), process.output().c_str());
        QCOMPARE(process.waitForEnd(), 0);
        QVERIFY2(
            process.output().find("Session ended, resume using 'qdctl attach web -c main -n team-a -i -t' command") !=
                std::string::npos,
            process.output().c_str());
    }

    void theJournalHasWhatIsDoneInProtected() {
        const QdctlBench qdctl;
        fleet::Settings settings(qdctl.folder.filePath("quarterdeck/settings.json").toStdString());
        const std::string uid =
            north().kubectl({"get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}"}).out;
        const std::vector<std::string> exec{"exec", "-n", "team-a", "web", "-qc", "main", "--", "sh", "-c", "exit 3"};
        QCOMPARE(qdctl.run(exec).exitCode, 3);
        QVERIFY(qdctl.journal().isEmpty());

        settings.set(fleet::Setting::Protected, true, fleet::uidKey(uid));
        QCOMPARE(qdctl.run(exec).exitCode, 3);
        QByteArray line = qdctl.journal().value(0).simplified();
        QVERIFY2(line.contains(" exec team-a/pod/web done exit code 3"), line.constData());
        const std::string set = qdctl.newestSet();
        const Ran undone = qdctl.run({"undo", set});
        QCOMPARE(undone.exitCode, 4);
        QVERIFY2(undone.err.find("done in a pod") != std::string::npos, undone.err.c_str());
        const Ran resumed = qdctl.run({"resume", set});
        QCOMPARE(resumed.exitCode, 1);
        QVERIFY2(resumed.err.find("done in a pod") != std::string::npos, resumed.err.c_str());
        QVERIFY(qdctl.run({"journal", "--set", set, "-o", "json"}).out.find("exit 3") == std::string::npos);

        // In the journal before it ends.
        {
            PtyProcess process(
                command(true, {"exec", "-n", "team-a", "web", "-q", "--", "sh", "-c", "echo up; sleep 600"}),
                qdctl.environment(), 80, 24);
            QVERIFY2(process.waitFor("up\r\n"), process.output().c_str());
            line = qdctl.journal().value(0).simplified();
            QVERIFY2(line.contains(" exec team-a/pod/web sending"), line.constData());
            process.signal(SIGKILL);
            QCOMPARE(process.waitForEnd(), 128 + SIGKILL);
        }
        line = qdctl.journal().value(0).simplified();
        QVERIFY2(line.contains(" exec team-a/pod/web unknown"), line.constData());
        QCOMPARE(qdctl.run({"journal"}).exitCode, 0);

        settings.set(fleet::Setting::ReadOnly, true, fleet::uidKey(uid));
        const Ran refused = qdctl.run(exec);
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.find("is read-only here") != std::string::npos, refused.err.c_str());
        QCOMPARE(qdctl.journal().size(), 2);
    }

    void theJournalHasFilesWritten() {
        const QdctlBench qdctl;
        fleet::Settings settings(qdctl.folder.filePath("quarterdeck/settings.json").toStdString());
        const std::string file = qdctl.folder.filePath("note.txt").toStdString();
        std::ofstream(file) << "hello";
        const std::string remote = qdctl.folder.filePath("copied").toStdString();
        const std::string there = "web:" + remote;
        QCOMPARE(qdctl.run({"cp", "-n", "team-a", "-c", "main", file, there}).exitCode, 0);
        QByteArray line = qdctl.journal().value(0).simplified();
        QVERIFY2(line.contains(" copy team-a/pod/web done 1 file, 5 bytes"), line.constData());
        QCOMPARE(qdctl.run({"cp", "-n", "team-a", "-c", "main", there, file + ".back"}).exitCode, 0);
        QCOMPARE(qdctl.journal().size(), 1);
        const Ran failed = qdctl.run({"cp", "-n", "team-a", "-c", "main", file, "web:/dev/null/x"});
        QCOMPARE(failed.exitCode, 1);
        line = qdctl.journal().value(0).simplified();
        QVERIFY2(line.contains(" copy team-a/pod/web failed"), line.constData());

        const std::string uid =
            north().kubectl({"get", "namespace", "kube-system", "-o", "jsonpath={.metadata.uid}"}).out;
        settings.set(fleet::Setting::Protected, true, fleet::uidKey(uid));
        std::vector<std::string> words{"cp", "-n", "team-a", "-c", "main", file, there};
        const Ran kept = qdctl.run(words);
        QCOMPARE(kept.exitCode, 1);
        QVERIFY2(kept.err.find("Say --confirm north-admin") != std::string::npos, kept.err.c_str());
        QCOMPARE(qdctl.journal().size(), 2);
        words.insert(words.end(), {"--confirm", "north-admin"});
        QCOMPARE(qdctl.run(words).exitCode, 0);
        QCOMPARE(qdctl.journal().size(), 3);
        QVERIFY(qdctl.run({"exec", "-n", "team-a", "web", "-qc", "main", "--", "rm", remote}).exitCode == 0);
    }

private:
    static Cluster& north() { return testbed::Testbed::instance().cluster("north"); }
    static std::vector<std::string> command(bool ours, const std::vector<std::string>& words) {
        if (ours)
            return QdctlBench::command(words);
        std::vector<std::string> all{(testbed::Testbed::programFolder() / "kubectl").string(), "--kubeconfig",
                                     testbed::Testbed::instance().kubeconfig().string()};
        all.insert(all.end(), words.begin(), words.end());
        return all;
    }

    QdctlBench m_qdctl;
};

QTEST_GUILESS_MAIN(TestQdctlExecReal)
#include "tst_qdctl_exec_real.moc"
