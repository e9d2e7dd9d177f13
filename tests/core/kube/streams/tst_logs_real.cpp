// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/change/qdctl_bench.h"

#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using testbed::Cluster;

namespace {

constexpr const char* kObjects = R"({"apiVersion":"v1","kind":"List","items":[
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"team-a","labels":{"app":"solo"}},"spec":{"nodeName":"node-0",
  "initContainers":[{"name":"setup","image":"i"}],"containers":[{"name":"main","image":"i"},{"name":"side","image":"i"}]}},
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"chosen","namespace":"team-a","annotations":
  {"kubectl.kubernetes.io/default-container":"second"}},"spec":{"nodeName":"node-0",
  "containers":[{"name":"first","image":"i"},{"name":"second","image":"i"}]}},
{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop","namespace":"team-a"},"spec":{"replicas":3,
  "selector":{"matchLabels":{"app":"shop"}},"template":{"metadata":{"labels":{"app":"shop"}},
  "spec":{"containers":[{"name":"main","image":"i"}]}}}},
{"apiVersion":"v1","kind":"Service","metadata":{"name":"door","namespace":"team-a"},"spec":{"selector":{"app":"solo"},
  "ports":[{"port":80}]}}]})";

using Words = std::vector<std::string>;

std::string stamp(qint64 ms) {
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC)
               .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz"))
               .toStdString() +
           "000000Z";
}

} // namespace

class TestLogsReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        TESTBED_UP({"north"});
        const testbed::Ran made = north().kubectl({"apply", "-f", "-"}, kObjects);
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        QVERIFY(QdctlBench::until([&] { return pods("app=shop").size() == 3; }));
        for (const std::string& pod : pods("app=shop"))
            write(pod, "main", lines(pod, 30));
        write("web", "setup", lines("setup", 3));
        write("web", "main", lines("main", 200));
        write("web", "side", lines("side", 20));
        write("web", "main.previous", lines("before", 15));
        write("chosen", "first", lines("first", 4));
        write("chosen", "second", lines("second", 4));
        const testbed::Ran ready =
            north().kubectl({"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod", "--all"});
        QVERIFY2(ready.exitCode == 0, ready.err.c_str());
    }

    void equalsKubectl_data() {
        QTest::addColumn<QByteArrayList>("arguments");
        const auto row = [](const char* arguments) { QTest::newRow(arguments) << QByteArray(arguments).split(' '); };
        row("web -c main");
        row("web main");
        row("pod/web -c side");
        row("web");
        row("chosen");
        row("web -c main --tail 7");
        row("web -c main --tail 0");
        row("web -c main --tail=-1");
        row("web -c main --timestamps");
        row("web -c main --timestamps --tail=3");
        row("web -c main --previous");
        row("web -c main -p --tail=2");
        row("web -c main --since 3600s");
        row("web -c main --since=3h");
        row("web -c main --limit-bytes=333");
        row("web -c main --prefix --tail=5");
        row("web -c main --prefix --timestamps --tail=5");
        row("service/door -c main");
        row("deploy/shop");
        row("deployment.apps/shop --tail=2 --prefix");
        row("deploy/shop --all-pods --tail=3");
        row("-l app=solo -c main");
        row("-l app=solo -c main --tail=-1");
        row("-l app=shop --prefix");
        row("web --all-containers");
        row("web --all-containers --prefix --tail=4");
        row("-l app=solo --all-containers=true --prefix");
    }
    void equalsKubectl() {
        QFETCH(QByteArrayList, arguments);
        Words words{"-n", "team-a", "logs"};
        for (const QByteArray& argument : arguments)
            words.push_back(argument.toStdString());
        const testbed::Ran theirs = north().kubectl(words);
        QVERIFY2(theirs.exitCode == 0, theirs.err.c_str());
        Words ours{"logs", "-n", "team-a"};
        ours.insert(ours.end(), words.begin() + 3, words.end());
        const testbed::Ran mine = m_bench.run(ours);
        QVERIFY2(mine.exitCode == 0, mine.err.c_str());
        QCOMPARE(mine.err, theirs.err);
        // kubectl reads several logs in no order at all.
        const bool several = arguments.contains("--all-containers") || arguments.contains("--all-containers=true") ||
                             arguments.contains("--all-pods") || arguments.contains("app=shop");
        if (several)
            QVERIFY2(sorted(mine.out) == sorted(theirs.out), (mine.out + "\n---\n" + theirs.out).c_str());
        else
            QVERIFY2(mine.out == theirs.out, (mine.out + "\n---\n" + theirs.out).c_str());
        QVERIFY(!mine.out.empty() || arguments.contains("0"));
    }

    void sinceTimeEqualsKubectl() {
        const std::string since = stamp(m_start + kGapMs + 200'000).substr(0, 19) + "Z";
        const Words words{"logs", "-n", "team-a", "web", "-c", "main", "--since-time", since};
        const testbed::Ran theirs = north().kubectl(words);
        const testbed::Ran mine = m_bench.run(words);
        QVERIFY2(mine.exitCode == 0, mine.err.c_str());
        QVERIFY(!mine.out.empty());
        QVERIFY(mine.out == theirs.out);
    }

    void failuresAreFailures_data() {
        QTest::addColumn<QByteArrayList>("arguments");
        const auto row = [](const char* arguments) { QTest::newRow(arguments) << QByteArray(arguments).split(' '); };
        row("missing");
        row("web -c none");
        row("deploy/missing");
        row("chosen -c first --previous");
        row("configmap/kube-root-ca.crt");
    }
    void failuresAreFailures() {
        QFETCH(QByteArrayList, arguments);
        Words words{"logs", "-n", "team-a"};
        for (const QByteArray& argument : arguments)
            words.push_back(argument.toStdString());
        const testbed::Ran mine = m_bench.run(words);
        QCOMPARE(mine.exitCode, 1);
        QVERIFY(!mine.err.empty());
        QCOMPARE(mine.out, std::string());
    }

    // Lines that come while it is followed, until the container ends.
    void followEndsWithTheContainer() {
        write("web", "side", lines("side", 20));
        testbed::ChildProcess ours;
        QVERIFY(m_bench.start(ours, {"logs", "-n", "team-a", "web", "-c", "side", "-f", "--tail=2"}));
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("side line 19\n"); }));
        append("web", "side", "late\n");
        QVERIFY(QdctlBench::until([&] { return m_bench.log().endsWith("late\n"); }));
        append("web", "side", "last\n");
        touch("web", "side.done");
        QVERIFY(QdctlBench::until([&] { return !ours.isRunning(); }));
        QCOMPARE(m_bench.log(), QByteArray("side line 18\nside line 19\nlate\nlast\n"));
        std::filesystem::remove(file("web", "side.done"));
    }

    // The API server goes away in the midst of it and comes back: no line is lost and none comes twice.
    void followGoesOnAfterACut() {
        write("web", "side", lines("side", 48));
        testbed::ChildProcess ours;
        QVERIFY(m_bench.start(ours, {"logs", "-n", "team-a", "web", "-c", "side", "-f"}));
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("side line 47\n"); }));
        append("web", "side", "before\n");
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("before\n"); }));
        north().kill(testbed::Server::ApiServer);
        append("web", "side", "while away\n");
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("reading on"); }));
        QVERIFY(north().start(testbed::Server::ApiServer));
        append("web", "side", "after\n");
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("after\n"); }));
        touch("web", "side.done");
        QVERIFY(QdctlBench::until([&] { return !ours.isRunning(); }));
        QByteArray printed;
        for (const QByteArray& line : m_bench.log().split('\n')) {
            if (!line.isEmpty() && !line.startsWith("qdctl:"))
                printed += line + '\n';
        }
        QByteArray expected;
        for (int i = 0; i < 48; ++i)
            expected += i % 11 == 5 ? QByteArray("side in two parts \xff\xe4\xbd\xa0\n")
                                    : "side line " + QByteArray::number(i) + '\n';
        QCOMPARE(printed, expected + "before\nwhile away\nafter\n");
        std::filesystem::remove(file("web", "side.done"));
    }

private:
    static Cluster& north() { return testbed::Testbed::instance().cluster("north"); }

    static std::filesystem::path file(const std::string& pod, const std::string& name) {
        return north().logFolder() / "team-a" / pod / name;
    }
    static void write(const std::string& pod, const std::string& container, const std::string& text) {
        const std::filesystem::path path = file(pod, container + ".log");
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
    }
    static void append(const std::string& pod, const std::string& container, const std::string& line) {
        std::ofstream(file(pod, container + ".log"), std::ios::binary | std::ios::app)
            << stamp(QDateTime::currentMSecsSinceEpoch()) + " stdout F " + line;
    }
    static void touch(const std::string& pod, const std::string& name) { std::ofstream(file(pod, name)) << "ended"; }

    /// The first half two hours ago, the second less than half an hour ago, nothing near what --since asks for: the
    /// two programs count back from moments of their own. A partial line and odd bytes among them.
    [[nodiscard]] std::string lines(const std::string& word, int count) const {
        std::string text;
        for (int i = 0; i < count; ++i) {
            const qint64 at = m_start + (i < count / 2 ? 0 : kGapMs) + (i * 300'000 / count);
            const std::string head = stamp(at) + (i % 7 == 3 ? " stderr " : " stdout ");
            if (i % 11 == 5)
                text += head + "P " + word + " in \n" + head + "F two parts \xff\xe4\xbd\xa0\n";
            else
                text += head + "F " + word + " line " + std::to_string(i) + "\n";
        }
        return text;
    }
    static Words pods(const std::string& selector) {
        const testbed::Ran ran = north().kubectl(
            {"-n", "team-a", "get", "pods", "-l", selector, "-o", "jsonpath={.items[*].metadata.name}"});
        Words names;
        for (const QByteArray& name : QByteArray::fromStdString(ran.out).split(' ')) {
            if (!name.isEmpty())
                names.push_back(name.toStdString());
        }
        return names;
    }
    static QByteArrayList sorted(const std::string& text) {
        QByteArrayList all = QByteArray::fromStdString(text).split('\n');
        std::sort(all.begin(), all.end());
        return all;
    }

    QdctlBench m_bench;
    static constexpr qint64 kGapMs = 5'400'000;
    const qint64 m_start = QDateTime::currentMSecsSinceEpoch() - 7'200'000;
};

QTEST_GUILESS_MAIN(TestLogsReal)
#include "tst_logs_real.moc"
