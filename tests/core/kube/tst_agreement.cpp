// SPDX-License-Identifier: GPL-3.0-or-later
//
// qdctl get against kubectl get, plain and wide, for every listable kind that a real API server serves, the newest and
// the oldest, over nasty objects and over objects of every age. Ages tick on the server: kubectl is asked before and
// after, and a line agrees when it is the same but for durations that lie between the two.
#include "tests/support/testbed.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <regex>
#include <string>
#include <vector>

namespace {

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

/// A line with its durations taken out, and blanks squeezed, since a shorter duration moves the columns.
struct Line {
    std::string rest;
    std::vector<std::int64_t> seconds;
};

Line taken(const std::string& text) {
    static const std::regex duration(R"((\d+[ydhms])+(?![A-Za-z0-9]))");
    static const std::map<char, std::int64_t> units{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'y', 365 * 86400}};
    Line line;
    std::size_t from = 0;
    for (std::sregex_iterator found(text.begin(), text.end(), duration), none; found != none; ++found) {
        const auto at = static_cast<std::size_t>(found->position());
        line.rest += text.substr(from, at - from) + "#";
        from = at + static_cast<std::size_t>(found->length());
        std::int64_t total = 0;
        std::int64_t number = 0;
        for (const char c : found->str()) {
            if (c >= '0' && c <= '9') {
                number = number * 10 + (c - '0');
            } else {
                total += number * units.at(c);
                number = 0;
            }
        }
        line.seconds.push_back(total);
    }
    line.rest += text.substr(from);
    line.rest.erase(
        std::unique(line.rest.begin(), line.rest.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
        line.rest.end());
    return line;
}

bool agrees(const std::string& before, const std::string& ours, const std::string& after) {
    if (ours == before || ours == after)
        return true;
    const Line first = taken(before);
    const Line second = taken(ours);
    const Line third = taken(after);
    if (second.seconds.empty() || (second.rest != first.rest && second.rest != third.rest) ||
        first.seconds.size() != second.seconds.size() || second.seconds.size() != third.seconds.size())
        return false;
    for (std::size_t i = 0; i < second.seconds.size(); ++i) {
        if (second.seconds[i] < first.seconds[i] || second.seconds[i] > third.seconds[i])
            return false;
    }
    return true;
}

std::string rfc3339(std::time_t time) {
    char text[32];
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

} // namespace

class TestAgreement : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void everyKind_data();
    void everyKind();

private:
    void fill(const std::string& name);
    std::vector<std::string> kindsOf(const std::string& name);
    testbed::Ran kubectl(const std::string& cluster, const std::string& kind, bool isWide);
    testbed::Ran qdctl(const std::string& cluster, const std::string& kind, bool isWide);

    QTemporaryDir m_folder;
    std::vector<std::string> m_clusters;
};

// Objects that the API would not take: older than the server, and from the future.
void TestAgreement::fill(const std::string& name) {
    testbed::Testbed& bed = testbed::Testbed::instance();
    testbed::Cluster& cluster = bed.cluster(name);
    testbed::RunOptions recording;
    recording.timeoutMs = 300000;
    const std::string where = testbed::run({"bash", TESTS_TESTBED_DIR "/build.sh", "--where"}).out;
    recording.environment["KUBECTL"] = where.substr(0, where.find('\n')) + "/kubectl";
    const testbed::Ran recorded =
        testbed::run({"python3", TESTS_DATA_DIR "/decode/record.py", bed.kubeconfig().string(), cluster.context(),
                      (m_folder.path().toStdString() + "/" + name)},
                     recording);
    QVERIFY2(recorded.exitCode == 0, (recorded.out + recorded.err).c_str());

    const std::string csr =
        testbed::run({"bash", "-c",
                      "openssl req -newkey rsa:2048 -nodes -keyout /dev/null -subj /CN=x 2>/dev/null | base64 -w0"})
            .out;
    QFile file(QStringLiteral(TESTS_DATA_DIR "/agreement/objects.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray objects = file.readAll().replace("REQUEST", QByteArray::fromStdString(csr));
    // Kinds that the older server does not serve are refused; everyKind() counts what is there.
    (void)cluster.kubectl({"create", "-f", "-"}, objects.toStdString());
    QCOMPARE(cluster.kubectl({"wait", "--for=condition=Established", "crd/voyages.sea.example.com"}).exitCode, 0);
    const testbed::Ran voyages = cluster.kubectl({"create", "-f", TESTS_DATA_DIR "/agreement/voyages.yaml"});
    QVERIFY2(voyages.exitCode == 0, voyages.err.c_str());

    std::vector<std::pair<std::string, std::string>> old;
    const std::time_t now = std::time(nullptr);
    constexpr std::int64_t hour = 3600;
    constexpr std::int64_t day = 24 * hour;
    const std::int64_t ages[] = {-100,
                                 -1,
                                 0,
                                 60,
                                 118,
                                 125,
                                 595,
                                 605,
                                 3 * hour - 10,
                                 3 * hour + 10,
                                 8 * hour - 10,
                                 8 * hour + 10,
                                 48 * hour - 10,
                                 48 * hour + 10,
                                 8 * day - 10,
                                 8 * day + 10,
                                 2 * 365 * day - 10,
                                 2 * 365 * day + 10,
                                 8 * 365 * day - 10,
                                 8 * 365 * day + 10,
                                 30 * 365 * day};
    int index = 0;
    for (const std::int64_t age : ages) {
        const std::string id = std::to_string(100 + index++);
        const std::string meta = R"("namespace":"nasty","uid":"00000000-0000-0000-0000-000000000)" + id +
                                 R"(","creationTimestamp":")" + rfc3339(now - age) + "\"}";
        old.emplace_back("/registry/configmaps/nasty/old-" + id,
                         R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"old-)" + id + "\"," + meta +
                             R"(,"data":{"a":"b"}})");
        old.emplace_back("/registry/pods/nasty/old-" + id,
                         R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"old-)" + id + "\"," + meta +
                             R"(,"spec":{"nodeName":"bare","containers":[{"name":"c","image":"c"}]},"status":)"
                             R"({"phase":"Running","containerStatuses":[{"name":"c","ready":true,"restartCount":3,)"
                             R"("image":"c","imageID":"","lastState":{"terminated":{"exitCode":1,"finishedAt":")" +
                             rfc3339(now - age) + R"("}},"state":{"running":{}}}]}})");
    }
    QVERIFY(cluster.putInEtcd(old));
}

void TestAgreement::initTestCase() {
    TESTBED_UP({"newest"});
    m_clusters = {"newest"};
    testbed::ClusterOptions options;
    options.version = testbed::ApiVersion::Oldest;
    const std::string failed = testbed::Testbed::instance().up({"oldest"}, options);
    if (failed.empty())
        m_clusters.emplace_back("oldest");
    else if (qEnvironmentVariableIsEmpty("KUBEBUILDER_ASSETS"))
        QFAIL(failed.c_str());
    for (const std::string& name : m_clusters)
        fill(name);
}

std::vector<std::string> TestAgreement::kindsOf(const std::string& name) {
    return linesOf(
        testbed::Testbed::instance().cluster(name).kubectl({"api-resources", "--verbs=list", "-o", "name"}).out);
}

testbed::Ran TestAgreement::kubectl(const std::string& cluster, const std::string& kind, bool isWide) {
    std::vector<std::string> arguments{"get", kind, "-A"};
    if (isWide)
        arguments.insert(arguments.end(), {"-o", "wide"});
    return testbed::Testbed::instance().cluster(cluster).kubectl(arguments);
}

testbed::Ran TestAgreement::qdctl(const std::string& cluster, const std::string& kind, bool isWide) {
    testbed::Testbed& bed = testbed::Testbed::instance();
    return testbed::run({TESTS_BIN_DIR "/qdctl", "--kubeconfig", bed.kubeconfig().string(), "get", kind, "-A", "-o",
                         isWide ? "wide" : "table", "--clusters", bed.cluster(cluster).context()});
}

void TestAgreement::everyKind_data() {
    QTest::addColumn<QString>("cluster");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("isWide");
    for (const std::string& cluster : m_clusters) {
        const std::vector<std::string> kinds = kindsOf(cluster);
        QVERIFY2(kinds.size() > 50, "kubectl lists the kinds");
        for (const std::string& kind : kinds) {
            for (const bool isWide : {false, true}) {
                const std::string row = cluster + " " + kind + (isWide ? " wide" : "");
                QTest::newRow(row.c_str()) << QString::fromStdString(cluster) << QString::fromStdString(kind) << isWide;
            }
        }
    }
}

void TestAgreement::everyKind() {
    QFETCH(QString, cluster);
    QFETCH(QString, kind);
    QFETCH(bool, isWide);
    std::string difference;
    // Objects come and go by themselves (events, leases): a try counts when kubectl saw as many before as after, and of
    // four that count one has to fit wholly.
    constexpr int kMostTries = 30;
    for (int tries = 0, counted = 0; tries < kMostTries && counted < 4; ++tries) {
        const testbed::Ran before = kubectl(cluster.toStdString(), kind.toStdString(), isWide);
        const testbed::Ran ours = qdctl(cluster.toStdString(), kind.toStdString(), isWide);
        const testbed::Ran after = kubectl(cluster.toStdString(), kind.toStdString(), isWide);
        QVERIFY2(before.exitCode == 0 && ours.exitCode == 0, (before.err + ours.err).c_str());
        const std::vector<std::string> first = linesOf(before.out);
        const std::vector<std::string> second = linesOf(ours.out);
        const std::vector<std::string> third = linesOf(after.out);
        QVERIFY2(first.size() >= 3, "fewer than two objects of this kind");
        if (first.size() != third.size()) {
            if (difference.empty())
                difference = "the objects never kept still";
            continue;
        }
        ++counted;
        difference.clear();
        if (first.size() != second.size()) {
            difference = std::to_string(second.size()) + " lines instead of " + std::to_string(first.size());
            continue;
        }
        for (std::size_t i = 0; i < second.size(); ++i) {
            if (!agrees(first[i], second[i], third[i]))
                difference += "\nkubectl: " + first[i] + "\nqdctl:   " + second[i];
        }
        if (difference.empty())
            return;
    }
    QFAIL(difference.substr(0, 4000).c_str());
}

QTEST_GUILESS_MAIN(TestAgreement)
#include "tst_agreement.moc"
