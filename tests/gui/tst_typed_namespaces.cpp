// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody who may see one namespace only, and whose context does not name it: types it, finds it again at the next
// start, takes it out.
#include "core/fleet/fleet.h"
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"

#include <QFile>
#include <QListWidget>

namespace {

constexpr int kPatience = 60000;

const char* const kPod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"mine","namespace":"team-a"},
"spec":{"nodeName":"node-0","containers":[{"name":"app","image":"app:1"}]}})";

} // namespace

class TestTypedNamespaces : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void typesFindsAgainAndTakesOut();

private:
    [[nodiscard]] bool start();
    [[nodiscard]] QListWidget* dropList();
    [[nodiscard]] const fleet::ClusterInfo& cluster() const { return m_hand.program->fleet()->clusters().front(); }

    WindowHand m_hand;
};

void TestTypedNamespaces::initTestCase() {
    TESTBED_UP({"north"});
    QVERIFY(testbed::Testbed::instance().cluster("north").api("POST", "/api/v1/namespaces/team-a/pods", kPod).isOk());
}

bool TestTypedNamespaces::start() {
    QFile bed(QString::fromStdString(testbed::Testbed::instance().kubeconfig().string()));
    QFile own(m_hand.home.filePath(QStringLiteral("kubeconfig")));
    if (!bed.open(QIODevice::ReadOnly) || !own.open(QIODevice::WriteOnly))
        return false;
    own.write(bed.readAll().replace("namespace: team-a", ""));
    own.close();
    app::Options options;
    options.kubeconfig = own.fileName();
    options.contexts = {QStringLiteral("north-alice")};
    options.page = QStringLiteral("browser");
    options.kind = QStringLiteral("pods");
    options.language = QStringLiteral("en");
    return m_hand.start(options);
}

// The list that drops down from the namespaces' chip.
QListWidget* TestTypedNamespaces::dropList() {
    m_hand.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    return m_hand.window()->findChild<QListWidget*>(QStringLiteral("pickerList"));
}

void TestTypedNamespaces::typesFindsAgainAndTakesOut() {
    QVERIFY(start());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.label("blankTitle"), QStringLiteral("north-alice may not list pods"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!cluster().listsNamespaces, kPatience);

    QListWidget* list = dropList();
    QVERIFY(list);
    QVERIFY(m_hand.label("pickerHint").contains(QStringLiteral("north")));
    m_hand.type("team-a");
    QCOMPARE(list->currentItem()->text(), QStringLiteral("Use “team-a”"));
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.cell(0, "Name"), QStringLiteral("mine"), kPatience);
    QCOMPARE(cluster().typedNamespaces, std::vector<std::string>{"team-a"});
    // What was typed belongs to the cluster from now on: everything that may be read is there without choosing it.
    m_hand.press(Qt::Key_0);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.label("notice"),
                              QStringLiteral("north-alice: only the namespace team-a may be read"), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 1, kPatience);

    m_hand.program.reset();
    QVERIFY(start());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.cell(0, "Name"), QStringLiteral("mine"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!cluster().listsNamespaces, kPatience);
    list = dropList();
    QVERIFY(list);
    const QList<QListWidgetItem*> found = list->findItems(QStringLiteral("team-a"), Qt::MatchExactly);
    QCOMPARE(found.size(), 1);
    while (list->currentItem() != found.first())
        m_hand.press(Qt::Key_Down);
    m_hand.press(Qt::Key_Delete);
    QVERIFY(list->findItems(QStringLiteral("team-a"), Qt::MatchExactly).isEmpty());
    m_hand.press(Qt::Key_Escape);
    QTRY_VERIFY(cluster().typedNamespaces.empty());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.label("blankTitle"), QStringLiteral("north-alice may not list pods"), kPatience);
}

QTEST_MAIN(TestTypedNamespaces)
#include "tst_typed_namespaces.moc"
