// SPDX-License-Identifier: GPL-3.0-or-later
//
// The lines of a Deployment in the real window, by the keyboard, over a real server: its pods are replaced while they
// are followed, the API server goes away and comes back, and nothing is lost or doubled. Then by its label.
#include "core/fleet/fleet.h"
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"
#include "ui/logs/log_view.h"

#include <QDateTime>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace {

constexpr int kPatience = 60000;

constexpr const char* kDeployment = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop",
"namespace":"team-a"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"shop"}},"template":{"metadata":{
"labels":{"app":"shop"}},"spec":{"terminationGracePeriodSeconds":0,"containers":[{"name":"main","image":"i"}]}}}})";

testbed::Cluster& cluster() {
    return testbed::Testbed::instance().cluster("north");
}

std::set<std::string> pods() {
    const testbed::Ran ran =
        cluster().kubectl({"-n", "team-a", "get", "pods", "-l", "app=shop", "-o",
                           R"(jsonpath={range .items[?(@.status.phase=="Running")]}{.metadata.name} {end})"});
    std::set<std::string> names;
    for (const QString& name : QString::fromStdString(ran.out).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        names.insert(name.toStdString());
    return names;
}

} // namespace

class TestLogsByHand : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_hand.program.reset(); }
    void followsADeploymentWhileItsPodsAreReplaced();
    void goesOnWhenTheServerIsBack();
    void filters();
    void readsByLabel();

private:
    /// Numbered lines of each pod.
    void write(const std::set<std::string>& names, int count) {
        for (const std::string& pod : names) {
            const std::filesystem::path path = cluster().logFolder() / "team-a" / pod / "main.log";
            std::filesystem::create_directories(path.parent_path());
            std::ofstream out(path, std::ios::binary | std::ios::app);
            const std::string stamp =
                QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")).toStdString();
            for (int i = 0; i < count; ++i) {
                const int number = m_written[pod]++;
                out << stamp << "000000Z stdout F level=" << (number % 10 == 0 ? "error" : "info")
                    << " msg=\"served\" n=" << number << '\n';
            }
        }
    }
    [[nodiscard]] int written() const {
        int sum = 0;
        for (const auto& [pod, count] : m_written)
            sum += count;
        return sum;
    }
    [[nodiscard]] bool showsAll() const {
        const QString count = QLocale().toString(written()) + QStringLiteral(" lines");
        return QTest::qWaitFor([&] { return m_hand.label("pageSubtitle").startsWith(count); }, kPatience);
    }
    [[nodiscard]] QString subtitle() const { return m_hand.label("pageSubtitle"); }
    [[nodiscard]] ui::LogView* view() const { return m_hand.visible<ui::LogView>("logView"); }
    /// To look at: PICTURES names a folder.
    void keepPicture(const char* name) const {
        if (qEnvironmentVariableIsSet("PICTURES"))
            m_hand.window()->grab().save(qEnvironmentVariable("PICTURES") +
                                         QStringLiteral("/%1.png").arg(QString::fromLatin1(name)));
    }

    WindowHand m_hand;
    std::map<std::string, int> m_written; ///< By pod.
};

void TestLogsByHand::initTestCase() {
    TESTBED_UP({"north"});
    const testbed::Ran made = cluster().kubectl({"apply", "-f", "-"}, kDeployment);
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    QTRY_COMPARE_WITH_TIMEOUT(pods().size(), std::size_t(3), kPatience);
    app::Options options;
    options.kubeconfig = QString::fromStdString(testbed::Testbed::instance().kubeconfig().string());
    options.contexts = {QStringLiteral("north-admin")};
    options.page = QStringLiteral("fleet");
    options.theme = qEnvironmentVariable("PICTURES_THEME", QStringLiteral("light"));
    options.language = QStringLiteral("en");
    options.size = QSize(1280, 800);
    QVERIFY(m_hand.start(options));
    QVERIFY(m_hand.settles());
}

void TestLogsByHand::followsADeploymentWhileItsPodsAreReplaced() {
    write(pods(), 100);
    m_hand.press(Qt::Key_Colon);
    m_hand.type("deploy");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Deployments"), kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("shop");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 1, kPatience);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(0, 0));
    m_hand.press(Qt::Key_L);
    QTRY_VERIFY_WITH_TIMEOUT(view(), kPatience);
    QVERIFY2(showsAll(), qPrintable(subtitle()));
    QVERIFY2(subtitle().endsWith(QLatin1String("3 of 3 sources open")), qPrintable(subtitle()));
    for (int round = 0; round < 3; ++round) {
        const std::set<std::string> before = pods();
        write(before, 200);
        QVERIFY2(showsAll(), qPrintable(subtitle()));
        for (const std::string& pod : before)
            QCOMPARE(cluster().kubectl({"-n", "team-a", "delete", "pod", pod, "--wait=false"}).exitCode, 0);
        QVERIFY(QTest::qWaitFor(
            [&before] {
                const std::set<std::string> now = pods();
                return now.size() == 3 && std::none_of(now.begin(), now.end(),
                                                       [&before](const auto& pod) { return before.contains(pod); });
            },
            kPatience));
        write(pods(), 200);
        QVERIFY2(showsAll(), qPrintable(subtitle()));
    }
    QVERIFY(view()->isFollowing());
    QVERIFY2(subtitle().contains(QLatin1String(" of 12 sources open")), qPrintable(subtitle()));
    QVERIFY(m_hand.wake());
    keepPicture("logs-following");
}

void TestLogsByHand::goesOnWhenTheServerIsBack() {
    cluster().kill(testbed::Server::ApiServer);
    QVERIFY(cluster().start(testbed::Server::ApiServer));
    write(pods(), 500);
    QVERIFY2(showsAll(), qPrintable(subtitle()));
}

void TestLogsByHand::filters() {
    m_hand.press(Qt::Key_Slash);
    m_hand.type("level>=error");
    m_hand.press(Qt::Key_Return);
    const QString match = QLocale().toString(written() / 10) + QStringLiteral(" of ");
    QTRY_VERIFY2_WITH_TIMEOUT(subtitle().startsWith(match), qPrintable(subtitle()), kPatience);
    keepPicture("logs-filtered");
    // And without it all of them again.
    m_hand.press(Qt::Key_Slash);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
    m_hand.press(Qt::Key_Delete);
    m_hand.press(Qt::Key_Return);
    QVERIFY2(showsAll(), qPrintable(subtitle()));
}

// Of the pods that there are, and of one that comes later.
void TestLogsByHand::readsByLabel() {
    write(pods(), 50);
    m_hand.press(Qt::Key_Colon);
    m_hand.type("deploy");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Deployments"), kPatience);
    // The page was away for long: its rows are read anew.
    QVERIFY(m_hand.settles());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 1, kPatience);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(0, 0));
    m_hand.press(Qt::Key_L, Qt::ShiftModifier);
    const auto dialog = [this] { return m_hand.window()->findChild<QDialog*>(QStringLiteral("logsLabelDialog")); };
    QTRY_VERIFY_WITH_TIMEOUT(dialog(), kPatience);
    auto* line = dialog()->findChild<QLineEdit*>(QStringLiteral("logsLabelSelector"));
    QTRY_COMPARE_WITH_TIMEOUT(line->text(), QStringLiteral("app=shop"), kPatience);
    const auto* count = dialog()->findChild<QLabel*>(QStringLiteral("logsLabelCount"));
    QTRY_VERIFY_WITH_TIMEOUT(count->text().startsWith(QLatin1String("3 pods")), kPatience);
    QTest::keyClick(line, Qt::Key_Return);
    QTRY_VERIFY(!dialog());
    QVERIFY(m_hand.wake());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Logs of app=shop in team-a, north-admin"), kPatience);
    // The pods before them are gone, and their lines with them.
    const std::set<std::string> first = pods();
    std::erase_if(m_written, [&first](const auto& pod) { return !first.contains(pod.first); });
    QVERIFY2(showsAll(), qPrintable(subtitle()));
    QCOMPARE(cluster().kubectl({"-n", "team-a", "scale", "deployment", "shop", "--replicas=4"}).exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(pods().size(), std::size_t(4), kPatience);
    write(pods(), 100);
    QVERIFY2(showsAll(), qPrintable(subtitle()));
    QVERIFY2(subtitle().endsWith(QLatin1String("4 of 4 sources open")), qPrintable(subtitle()));
    keepPicture("logs-by-label");
}

QTEST_MAIN(TestLogsByHand)
#include "tst_logs_by_hand.moc"
