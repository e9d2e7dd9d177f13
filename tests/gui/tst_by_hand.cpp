// SPDX-License-Identifier: GPL-3.0-or-later
// By keyboard alone, on two real clusters: from the start to the owner's YAML of a crashing pod in the second one, and
// to a custom kind sorted by a date column.
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"

#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTest>
#include <QTextBrowser>

namespace {

constexpr int kPatience = 60000;

const char* const kDeployment = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":
"team-a"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"cart"}},"template":{"metadata":{"labels":{"app":"cart"}},
"spec":{"nodeName":"bare","containers":[{"name":"app","image":"cart:1"}]}}}})";

const char* const kCrash =
    R"({"status":{"phase":"Running","containerStatuses":[{"name":"app","ready":false,"restartCount":
14,"image":"cart:1","imageID":"","state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}})";

const char* const kDefinition = R"({"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":
{"name":"voyages.example.com"},"spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"voyages","singular":
"voyage","kind":"Voyage"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":
"object","properties":{"spec":{"type":"object","properties":{"sails":{"type":"string","format":"date-time"}}}}}},
"additionalPrinterColumns":[{"name":"Sails","type":"date","jsonPath":".spec.sails"}]}]}})";

QByteArray voyage(const char* name, const char* sails) {
    return QByteArray(R"({"apiVersion":"example.com/v1","kind":"Voyage","metadata":{"name":")") + name +
           R"(","namespace":"team-a"},"spec":{"sails":")" + sails + R"("}})";
}

} // namespace

class TestByHand : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void fromTheStartToTheOwnersYaml();
    void toACustomKindSortedByDate();

private:
    WindowHand m_hand;
};

void TestByHand::initTestCase() {
    TESTBED_UP({"north", "south"});
    testbed::Cluster& south = testbed::Testbed::instance().cluster("south");
    // A node that nobody plays, so that the pod keeps the status it is given.
    QVERIFY(
        south.api("POST", "/api/v1/nodes", R"({"apiVersion":"v1","kind":"Node","metadata":{"name":"bare"}})").isOk());
    QVERIFY(south.api("POST", "/apis/apps/v1/namespaces/team-a/deployments", kDeployment).isOk());
    QVERIFY(south.api("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", kDefinition).isOk());
    std::string pod;
    QTRY_VERIFY_WITH_TIMEOUT(!(pod = south
                                         .kubectl({"-n", "team-a", "get", "pods", "-l", "app=cart", "-o",
                                                   "jsonpath={.items[0].metadata.name}"})
                                         .out)
                                  .empty(),
                             kPatience);
    QVERIFY(south
                .api("PATCH", "/api/v1/namespaces/team-a/pods/" + pod + "/status", kCrash,
                     "application/strategic-merge-patch+json")
                .isOk());
    QVERIFY(
        south.kubectl({"wait", "--for=condition=Established", "--timeout=120s", "crd/voyages.example.com"}).exitCode ==
        0);
    for (const auto& [name, sails] : {std::pair("late", "2031-05-01T00:00:00Z"),
                                      {"early", "2020-01-01T00:00:00Z"},
                                      {"middle", "2024-06-01T00:00:00Z"}}) {
        testbed::Answer answer;
        const std::string body = voyage(name, sails).toStdString();
        const auto isThere = [&] {
            answer = south.api("POST", "/apis/example.com/v1/namespaces/team-a/voyages", body);
            return answer.isOk() || answer.status == 409;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isThere(), answer.body.c_str(), kPatience);
    }
}

void TestByHand::init() {
    app::Options options;
    options.kubeconfig = QString::fromStdString(testbed::Testbed::instance().kubeconfig().string());
    options.contexts = {QStringLiteral("north-admin"), QStringLiteral("south-admin")};
    options.page = QStringLiteral("fleet");
    options.theme = QStringLiteral("dark");
    options.language = QStringLiteral("en");
    options.size = QSize(1440, 900);
    QVERIFY(m_hand.start(options));
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.window()->isSettled(), kPatience);
}

void TestByHand::cleanup() {
    m_hand.program.reset();
}

void TestByHand::fromTheStartToTheOwnersYaml() {
    m_hand.press(Qt::Key_Colon);
    m_hand.type("pods");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Pods"), kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("crash cluster:south");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.cell(0, "Status"), QStringLiteral("CrashLoopBackOff"), kPatience);
    QCOMPARE(m_hand.cell(0, "Restarts"), QStringLiteral("14"));
    QCOMPARE(m_hand.table()->model()->rowCount(), 1);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    m_hand.press(Qt::Key_Home);
    m_hand.press(Qt::Key_D);
    auto* summary = m_hand.window()->findChild<QTextBrowser*>(QStringLiteral("summary"));
    QTRY_VERIFY_WITH_TIMEOUT(summary->isVisible() && summary->toPlainText().contains(QLatin1String("CrashLoopBackOff")),
                             kPatience);
    m_hand.press(Qt::Key_O);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("ReplicaSets"), kPatience);
    auto* heading = m_hand.window()->findChild<QLabel*>(QStringLiteral("detailsTitle"));
    QTRY_VERIFY_WITH_TIMEOUT(heading->isVisible() && heading->text().startsWith(QLatin1String("team-a/cart-")),
                             kPatience);
    m_hand.press(Qt::Key_Y);
    auto* yaml = m_hand.window()->findChild<QPlainTextEdit*>(QStringLiteral("yamlText"));
    QTRY_VERIFY_WITH_TIMEOUT(yaml->isVisible() && yaml->toPlainText().contains(QLatin1String("kind: ReplicaSet")),
                             kPatience);
    QVERIFY(!yaml->toPlainText().contains(QLatin1String("managedFields")));
    m_hand.press(Qt::Key_Escape);
    QVERIFY(!yaml->isVisible());
}

void TestByHand::toACustomKindSortedByDate() {
    m_hand.press(Qt::Key_Colon);
    m_hand.type("voyages");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Voyages"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.table() != nullptr ? m_hand.table()->model()->rowCount() : 0, 3, kPatience);
    const QHeaderView* header = m_hand.table()->horizontalHeader();
    const auto sortedBy = [&] {
        return header->sortIndicatorSection() < 0
                   ? QString()
                   : m_hand.table()->model()->headerData(header->sortIndicatorSection(), Qt::Horizontal).toString();
    };
    for (int presses = 0; presses < 8 && sortedBy() != QLatin1String("Sails"); ++presses)
        m_hand.press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(sortedBy(), QStringLiteral("Sails"));
    // As ages grow: what lies ahead, what was a while ago, what was long ago.
    QTRY_COMPARE_WITH_TIMEOUT(
        (QStringList{m_hand.cell(0, "Name"), m_hand.cell(1, "Name"), m_hand.cell(2, "Name")}).join(u' '),
        QStringLiteral("late middle early"), kPatience);
    m_hand.press(Qt::Key_R, Qt::ShiftModifier);
    QCOMPARE((QStringList{m_hand.cell(0, "Name"), m_hand.cell(1, "Name"), m_hand.cell(2, "Name")}).join(u' '),
             QStringLiteral("early middle late"));
}

QTEST_MAIN(TestByHand)
#include "tst_by_hand.moc"
