// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/change/qdctl_bench.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"left","namespace":"team-a","labels":{"pair":"yes"}},"spec":{
  "nodeName":"node-0","containers":[{"name":"main","image":"i"}]}},
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"right","namespace":"team-a","labels":{"pair":"yes"}},"spec":{
  "nodeName":"node-0","containers":[{"name":"main","image":"i"}]}},
{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop","namespace":"team-a"},"spec":{"replicas":3,
  "selector":{"matchLabels":{"app":"shop"}},"template":{"metadata":{"labels":{"app":"shop"}},
  "spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"main","image":"i"}]}}}},
{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"count","namespace":"team-a"},"spec":{"parallelism":2,
  "completions":2,"suspend":true,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"main","image":"i"}]}}}},
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
        write("left", "main", lines("left", 2));
        write("right", "main", lines("right", 2));
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

    void severalTargetsAreReadOneAfterTheOther() {
        std::string expected;
        for (const char* target : {"pod/web", "deploy/shop", "pod/left"})
            expected += north().kubectl({"logs", "-n", "team-a", target, "-c", "main", "--prefix", "--tail=3"}).out;
        const testbed::Ran mine =
            m_bench.run({"logs", "-n", "team-a", "pod/web", "deploy/shop", "pod/left", "-c", "main", "--tail=3"});
        QVERIFY2(mine.exitCode == 0, mine.err.c_str());
        QVERIFY2(!expected.empty() && mine.out == expected, (mine.out + "\n---\n" + expected).c_str());
        QCOMPARE(m_bench.run({"logs", "-n", "team-a", "pod/left", "pod/missing"}).exitCode, 1);
        QCOMPARE(m_bench.run({"logs", "-n", "team-a", "left", "main", "pod/web"}).exitCode, 2);
    }

    void failuresAreFailures_data() {
        QTest::addColumn<QByteArrayList>("arguments");
        const auto row = [](const char* arguments) { QTest::newRow(arguments) << QByteArray(arguments).split(' '); };
        row("missing");
        row("web -c none");
        row("deploy/missing");
        row("chosen -c first --previous");
        row("configmap/kube-root-ca.crt");
        row("missing -f");
        row("web -c none -f");
        row("pod/web pod/missing -f");
        row("-l app=shop -c none -f");
        row("-l app=shop -f --max-log-requests=2");
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
        setState("web", "side", kTerminated);
        touch("web", "side.done");
        QVERIFY(QdctlBench::until([&] { return !ours.isRunning(); }));
        QCOMPARE(m_bench.log(), QByteArray("side line 18\nside line 19\nlate\nlast\n"));
        std::filesystem::remove(file("web", "side.done"));
        setState("web", "side", kRunning);
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
        setState("web", "side", kTerminated);
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
        setState("web", "side", kRunning);
    }

    // Servers and proxies that drain end a stream as the container's end does.
    void followGoesOnWhereARunningContainersStreamEnds() {
        write("web", "side", lines("side", 2));
        testbed::ChildProcess ours;
        QVERIFY(m_bench.start(ours, {"logs", "-n", "team-a", "web", "-c", "side", "-f", "--timestamps"}));
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("side line 1\n"); }));
        const double before = logsRead();
        touch("web", "side.done");
        QVERIFY(QdctlBench::until([&] { return logsRead() > before; }));
        QVERIFY(ours.isRunning());
        std::filesystem::remove(file("web", "side.done"));
        append("web", "side", "goes on\n");
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains(" goes on\n"); }));
        setState("web", "side", kTerminated);
        touch("web", "side.done");
        QVERIFY(QdctlBench::until([&] { return !ours.isRunning(); }));
        const testbed::Ran whole = north().kubectl({"logs", "-n", "team-a", "web", "-c", "side", "--timestamps"});
        QCOMPARE(m_bench.log().toStdString(), whole.out);
        std::filesystem::remove(file("web", "side.done"));
        setState("web", "side", kRunning);
    }

    // A log by name needs no right to list or to watch.
    void whoMayOnlyGetFollows() {
        const testbed::Ran made = north().kubectl({"apply", "-f", "-"}, R"({"apiVersion":"v1","kind":"List","items":[
{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"reader","namespace":"team-a"}},
{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"reader","namespace":"team-a"},"rules":[
  {"apiGroups":[""],"resources":["pods","pods/log"],"verbs":["get"]}]},
{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"reader","namespace":"team-a"},
  "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"reader"},
  "subjects":[{"kind":"ServiceAccount","name":"reader","namespace":"team-a"}]}]})");
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        const testbed::Ran token = north().kubectl({"-n", "team-a", "create", "token", "reader"});
        QVERIFY2(token.exitCode == 0, token.err.c_str());
        const std::string word = QByteArray::fromStdString(token.out).trimmed().toStdString();
        QCOMPARE(north().kubectl({"config", "set-credentials", "reader", "--token=" + word}).exitCode, 0);
        QCOMPARE(
            north()
                .kubectl({"config", "set-context", "reader", "--cluster=north", "--user=reader", "--namespace=team-a"})
                .exitCode,
            0);
        write("web", "side", lines("side", 2));
        testbed::ChildProcess ours;
        QVERIFY(m_bench.start(ours, {"logs", "--context", "reader", "pod/web", "-c", "side", "-f"}));
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("side line 1\n"); }));
        setState("web", "side", kTerminated);
        touch("web", "side.done");
        QVERIFY(QdctlBench::until([&] { return !ours.isRunning(); }));
        QCOMPARE(m_bench.log(), QByteArray("side line 0\nside line 1\n"));
        std::filesystem::remove(file("web", "side.done"));
        setState("web", "side", kRunning);
    }

    void followsPodsThatComeLater() {
        testbed::ChildProcess ours;
        QVERIFY(m_bench.start(ours, {"logs", "-n", "team-a", "-l", "app=shop", "-f", "--tail=1", "--prefix"}));
        const Words before = pods("app=shop");
        for (const std::string& pod : before)
            QVERIFY(waitForLine(pod, pod));
        const testbed::Ran gone = north().kubectl({"-n", "team-a", "delete", "pod", before.front(), "--wait=false"});
        QVERIFY2(gone.exitCode == 0, gone.err.c_str());
        std::string later;
        QVERIFY(QdctlBench::until([&] {
            for (const std::string& pod : pods("app=shop")) {
                if (std::find(before.begin(), before.end(), pod) == before.end())
                    later = pod;
            }
            return !later.empty();
        }));
        write(later, "main", lines("later", 30));
        append(later, "main", "of the later one\n");
        append(before.back(), "main", "of the one before\n");
        QVERIFY(QdctlBench::until([&] {
            return m_bench.log().contains(("[pod/" + later + "/main] of the later one\n").c_str()) &&
                   m_bench.log().contains(("[pod/" + before.back() + "/main] of the one before\n").c_str());
        }));
        // All of what came later, of the others the last line.
        QCOMPARE(m_bench.log().count(("[pod/" + later + "/main] ").c_str()), 31);
        QCOMPARE(m_bench.log().count(("[pod/" + before.back() + "/main] ").c_str()), 2);
        QVERIFY(ours.isRunning());
        ours.terminate();
    }

    void followedPodsAreMergedByTime() {
        testbed::ChildProcess ours;
        QVERIFY(m_bench.start(ours, {"logs", "-n", "team-a", "pod/left", "pod/right", "-f", "--tail=1"}));
        QVERIFY(waitForLine("left", "left line 1"));
        QVERIFY(waitForLine("right", "right line 1"));
        const qsizetype begin = m_bench.log().size();
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        QByteArray expected;
        std::string left;
        std::string right;
        for (int i = 0; i < 10; ++i) {
            const std::string number = std::to_string(i) + "\n";
            left += stamp(now + i * 10) + " stdout F l" + number;
            right += stamp(now + i * 10 + 5) + " stdout F r" + number;
            expected += ("[pod/left/main] l" + number + "[pod/right/main] r" + number).c_str();
        }
        std::ofstream(file("left", "main.log"), std::ios::binary | std::ios::app) << left;
        std::ofstream(file("right", "main.log"), std::ios::binary | std::ios::app) << right;
        QVERIFY(QdctlBench::until([&] { return m_bench.log().size() >= begin + expected.size(); }));
        QCOMPARE(m_bench.log().mid(begin), expected);
        ours.terminate();
    }

    void followOfPodsEndsWithTheLast() {
        testbed::ChildProcess ours;
        QVERIFY(m_bench.start(ours, {"logs", "-n", "team-a", "-l", "pair=yes", "-f", "--tail=0", "--prefix"}));
        // Its tail is none: what is printed of it came after it was read.
        QVERIFY(QdctlBench::until([&] {
            append("left", "main", "there\n");
            append("right", "main", "there\n");
            return m_bench.log().contains("[pod/left/main] there\n") &&
                   m_bench.log().contains("[pod/right/main] there\n");
        }));
        touch("left", "main.done");
        setState("left", "main", kTerminated, "Succeeded");
        append("right", "main", "the last\n");
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("[pod/right/main] the last\n"); }));
        QVERIFY(ours.isRunning());
        touch("right", "main.done");
        setState("right", "main", kTerminated, "Failed");
        QVERIFY(QdctlBench::until([&] { return !ours.isRunning(); }));
        QVERIFY2(!m_bench.log().contains("qdctl:"), m_bench.log());
    }

    // As a script waits for it.
    void followOfAJobEndsByItself() {
        const testbed::Ran begun =
            north().kubectl({"-n", "team-a", "patch", "job", "count", "-p", R"({"spec":{"suspend":false}})"});
        QVERIFY2(begun.exitCode == 0, begun.err.c_str());
        QVERIFY(QdctlBench::until([&] { return pods("job-name=count").size() == 2; }));
        for (const std::string& pod : pods("job-name=count")) {
            write(pod, "main", lines("counted", 40));
            touch(pod, "main.done");
        }
        const testbed::Ran mine = m_bench.run({"logs", "-n", "team-a", "-l", "job-name=count", "-f", "--tail=-1"});
        QVERIFY2(mine.exitCode == 0, mine.err.c_str());
        QCOMPARE(QByteArray::fromStdString(mine.out).count('\n'), 80);
        QCOMPARE(mine.err, std::string());
        const testbed::Ran all =
            m_bench.run({"logs", "-n", "team-a", "job/count", "--all-pods", "-f", "--since-time=2020-01-01T00:00:00Z"});
        QVERIFY2(all.exitCode == 0, all.err.c_str());
        QCOMPARE(QByteArray::fromStdString(all.out).count('\n'), 80);
    }

    // As kubectl: the next run is another log. What was not yet read of this one is the previous one's by then.
    void followEndsWithItsRun() {
        testbed::ChildProcess ours;
        QVERIFY(m_bench.start(ours, {"logs", "-n", "team-a", "chosen", "-f", "--tail=1"}));
        QVERIFY(QdctlBench::until([&] { return m_bench.log().contains("second line 3\n"); }));
        write("chosen", "second.previous", lines("second", 4));
        append("chosen", "second.previous", "last words\n");
        setState("chosen", "second", R"({"restartCount":1,"lastState":{"terminated":{"exitCode":1}},
            "state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}})");
        touch("chosen", "second.done");
        QVERIFY(QdctlBench::until([&] { return !ours.isRunning(); }));
        QCOMPARE(m_bench.log(), QByteArray("second line 3\nlast words\n"));
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
    static constexpr const char* kRunning = R"({"state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}})";
    static constexpr const char* kTerminated = R"({"state":{"terminated":{"exitCode":0,"reason":"Completed"}}})";

    /// What the pod says of the container, as its node would.
    static void setState(const std::string& pod, const char* container, const char* state,
                         const char* phase = nullptr) {
        const std::string text = north().kubectl({"-n", "team-a", "get", "pod", pod, "-o", "json"}).out;
        const QJsonObject before =
            QJsonDocument::fromJson(QByteArray::fromStdString(text)).object().value(u"status").toObject();
        const QJsonObject change = QJsonDocument::fromJson(state).object();
        QJsonObject status;
        QJsonArray containers;
        for (const QJsonValue& value : before.value(u"containerStatuses").toArray()) {
            QJsonObject each = value.toObject();
            if (each.value(u"name").toString() == QLatin1String(container))
                for (const QString& key : change.keys())
                    each.insert(key, change.value(key));
            containers.append(each);
        }
        status.insert(QStringLiteral("containerStatuses"), containers);
        if (phase)
            status.insert(QStringLiteral("phase"), QString::fromLatin1(phase));
        const QJsonObject patch{{QStringLiteral("status"), status}};
        const testbed::Ran done =
            north().kubectl({"-n", "team-a", "patch", "pod", pod, "--subresource=status", "--type=merge", "-p",
                             QJsonDocument(patch).toJson(QJsonDocument::Compact).toStdString()});
        QVERIFY2(done.exitCode == 0, done.err.c_str());
    }
    /// How many answers with a log the API server has ended.
    static double logsRead() {
        double count = 0;
        for (const QByteArray& line : QByteArray::fromStdString(north().api("GET", "/metrics").body).split('\n')) {
            if (line.startsWith("apiserver_request_total{") && line.contains("subresource=\"log\""))
                count += line.mid(line.lastIndexOf(' ') + 1).toDouble();
        }
        return count;
    }
    [[nodiscard]] bool waitForLine(const std::string& pod, const std::string& begin) const {
        return QdctlBench::until([&] { return m_bench.log().contains(("[pod/" + pod + "/main] " + begin).c_str()); });
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
