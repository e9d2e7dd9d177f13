// SPDX-License-Identifier: GPL-3.0-or-later
// A change from its first key to its undo, through the window on two real clusters: an edit that kubectl's fields are
// in the way of, and a drain that a disruption budget holds up. kubectl is the judge.
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"
#include "ui/change/change_runs.h"
#include "ui/change/diff_pane.h"
#include "ui/editor/yaml_editor.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

namespace {

constexpr int kPatience = 60000;

const char* const kDeployment = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":
"team-a"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"cart"}},"template":{"metadata":{"labels":{"app":"cart"}},
"spec":{"containers":[{"name":"app","image":"cart:1"}]}}}})";

const char* const kReleased = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":
"team-a"},"spec":{"template":{"spec":{"containers":[{"name":"app","image":"cart:2"}]}}}})";

const char* const kOnOneNode = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":
"team-a"},"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
"spec":{"nodeSelector":{"kubernetes.io/hostname":"node-0"},"containers":[{"name":"app","image":"web:1"}]}}}})";

const char* const kBare = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"bare","namespace":"team-a"},"spec":{
"nodeName":"node-0","containers":[{"name":"app","image":"bare:1"}]}})";

/// Nobody asks the scheduler, so it may come to a cordoned node.
const char* const kLate = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"late","namespace":"team-a"},"spec":{
"nodeName":"node-0","containers":[{"name":"app","image":"bare:1"}]}})";

const char* const kBudget = R"({"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"web",
"namespace":"team-a"},"spec":{"minAvailable":2,"selector":{"matchLabels":{"app":"web"}}}})";

testbed::Cluster& cluster(const char* name) {
    return testbed::Testbed::instance().cluster(name);
}

QByteArray asked(const char* name, std::vector<std::string> words) {
    words.insert(words.begin(), {"-n", "team-a"});
    return QByteArray::fromStdString(cluster(name).kubectl(words).out);
}

QByteArray image(const char* name) {
    return asked(name, {"get", "deployment", "cart", "-o", "jsonpath={.spec.template.spec.containers[0].image}"});
}

/// Names of the pods that are bound to the node.
QByteArray podsOn(const char* name, const std::string& node) {
    return asked(
        name, {"get", "pods", "-o", "jsonpath={.items[*].metadata.name}", "--field-selector", "spec.nodeName=" + node});
}

} // namespace

class TestChangeWalk : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanup();
    void editsInTwoClusters_data() { themes(); }
    void editsInTwoClusters();
    void goesBackToARevision_data() { themes(); }
    void goesBackToARevision();
    void drainsANode_data() { themes(); }
    void drainsANode();

private:
    static void themes();
    [[nodiscard]] bool start(const QString& theme);
    void markBoth() const;
    void openKind(const char* kind, const QString& title, const char* filter);
    [[nodiscard]] QString cell(const char* table, int row, const char* column) const;
    /// To look at: PICTURES names a folder.
    void keepPicture(const char* name, QWidget* of = nullptr) const {
        if (!qEnvironmentVariableIsSet("PICTURES"))
            return;
        QCoreApplication::processEvents();
        (of ? of : m_hand.window())
            ->grab()
            .save(qEnvironmentVariable("PICTURES") +
                  QStringLiteral("/walk-%1-%2.png")
                      .arg(QString::fromLatin1(name), QString::fromLatin1(QTest::currentDataTag())));
    }

    WindowHand m_hand;
};

void TestChangeWalk::themes() {
    QTest::addColumn<QString>("theme");
    QTest::newRow("light") << QStringLiteral("light");
    QTest::newRow("dark") << QStringLiteral("dark");
}

void TestChangeWalk::initTestCase() {
    TESTBED_UP({"north", "south"});
    for (const char* name : {"north", "south"})
        QVERIFY(cluster(name).api("POST", "/apis/apps/v1/namespaces/team-a/deployments", kDeployment).isOk());
}

void TestChangeWalk::cleanup() {
    m_hand.program.reset();
    for (const char* kind : {"pdb/web", "deployment/web", "pod/bare"})
        asked("north", {"delete", kind, "--ignore-not-found", "--cascade=foreground", "--grace-period=0", "--force"});
    asked("north", {"uncordon", "node-0"});
}

bool TestChangeWalk::start(const QString& theme) {
    app::Options options;
    options.kubeconfig = QString::fromStdString(testbed::Testbed::instance().kubeconfig().string());
    options.contexts = {QStringLiteral("north-admin"), QStringLiteral("south-admin")};
    options.page = QStringLiteral("fleet");
    options.theme = theme;
    options.language = QStringLiteral("en");
    options.size = QSize(1440, 900);
    return m_hand.start(options) && m_hand.settles();
}

void TestChangeWalk::openKind(const char* kind, const QString& title, const char* filter) {
    m_hand.press(Qt::Key_Colon);
    m_hand.type(kind);
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), title, kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type(filter);
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 2, kPatience);
}

void TestChangeWalk::markBoth() const {
    for (int row = 0; row < 2; ++row) {
        m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(row, 0));
        m_hand.press(Qt::Key_Space);
    }
}

QString TestChangeWalk::cell(const char* table, int row, const char* column) const {
    const auto* view = m_hand.visible<QTableView>(table);
    for (int i = 0; view && row < view->model()->rowCount() && i < view->model()->columnCount(); ++i) {
        if (view->model()->headerData(i, Qt::Horizontal).toString() == QLatin1String(column))
            return view->model()->index(row, i).data().toString();
    }
    return {};
}

void TestChangeWalk::editsInTwoClusters() {
    QFETCH(QString, theme);
    for (const char* name : {"north", "south"})
        QVERIFY(cluster(name)
                    .kubectl({"apply", "--server-side", "--force-conflicts", "--field-manager=release-tool", "-f", "-"},
                             kReleased)
                    .exitCode == 0);
    QVERIFY(start(theme));
    openKind("deployments", QStringLiteral("Deployments"), "cart");
    markBoth();
    m_hand.press(Qt::Key_E);
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Edit Deployment team-a/cart"));
    QVERIFY(m_hand.settles());
    auto* editor = m_hand.visible<ui::YamlEditor>("yamlEditor");
    QTRY_COMPARE(QApplication::focusWidget(), editor);
    const QStringList lines = editor->text().split(u'\n');
    const auto at = static_cast<int>(lines.indexOf(QRegularExpression(QStringLiteral("^ +-? ?image: cart:2$"))));
    QVERIFY(at > 0);
    editor->goTo(at + 1, static_cast<int>(lines[at].size()) + 1);
    m_hand.press(Qt::Key_Backspace);
    m_hand.type("3");
    QTRY_VERIFY(editor->text().contains(QLatin1String("image: cart:3\n")));
    QVERIFY(m_hand.settles());
    keepPicture("editor");
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.settles());

    // Another tool set these fields; nobody has written over them unasked.
    QTRY_COMPARE(m_hand.label("pageSubtitle"), QStringLiteral("2 objects in 2 clusters. 2 conflicts to decide"));
    QVERIFY(cell("operationTable", 0, "Fields owned by others").contains(QLatin1String("release-tool")));
    QTRY_VERIFY(m_hand.visible<QComboBox>("conflictChoice"));
    QVERIFY(m_hand.visible<ui::DiffPane>("diffLeft")->toPlainText().contains(QLatin1String("image: cart:2")));
    QVERIFY(m_hand.visible<ui::DiffPane>("diffRight")->toPlainText().contains(QLatin1String("image: cart:3")));
    keepPicture("conflict");
    m_hand.visible<QComboBox>("conflictChoice")->setCurrentIndex(0);
    m_hand.visible<QAbstractButton>("conflictForAll")->click();
    m_hand.visible<QPushButton>("conflictDecide")->click();
    QVERIFY(m_hand.settles());
    QTRY_COMPARE(m_hand.label("pageSubtitle"), QStringLiteral("2 objects in 2 clusters. Dry run passed everywhere"));
    QVERIFY(m_hand.visible<ui::DiffPane>("diffLeft")->toPlainText().contains(QLatin1String("image: cart:2")));
    QVERIFY(m_hand.visible<ui::DiffPane>("diffRight")->toPlainText().contains(QLatin1String("image: cart:3")));
    keepPicture("dry-run");
    for (const char* name : {"north", "south"})
        QCOMPARE(image(name), QByteArray("cart:2"));

    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    QCOMPARE(m_hand.label("pageSubtitle"), QStringLiteral("2 objects in 2 clusters. Done everywhere"));
    keepPicture("done");
    for (const char* name : {"north", "south"})
        QCOMPARE(image(name), QByteArray("cart:3"));

    m_hand.press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Undo: Edit Deployment team-a/cart"));
    QVERIFY(m_hand.settles());
    keepPicture("undo");
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    for (const char* name : {"north", "south"})
        QCOMPARE(image(name), QByteArray("cart:2"));

    m_hand.window()->actions().find(QStringLiteral("shell.page-journal"))->trigger();
    QVERIFY(m_hand.settles());
    QTRY_VERIFY(m_hand.visible<QTableView>("journalTable")->model()->rowCount() >= 4);
    for (int row = 0; row < 4; ++row)
        QVERIFY(cell("journalTable", row, "Result").startsWith(QLatin1String("done")));
    QTRY_VERIFY(m_hand.visible<ui::DiffPane>("diffRight")->toPlainText().contains(QLatin1String("image: cart:2")));
    keepPicture("journal");
}

void TestChangeWalk::goesBackToARevision() {
    QFETCH(QString, theme);
    const QByteArray before = image("north");
    QVERIFY(start(theme));
    openKind("deployments", QStringLiteral("Deployments"), "cart");
    markBoth();
    m_hand.press(Qt::Key_V, Qt::ShiftModifier);
    QPointer<QDialog> dialog;
    const auto isOpen = [&] {
        dialog = m_hand.window()->findChild<QDialog*>(QStringLiteral("historyDialog"));
        return !dialog.isNull();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOpen(), kPatience);
    auto* go = dialog->findChild<QPushButton*>(QStringLiteral("actGo"));
    QTRY_VERIFY_WITH_TIMEOUT(go->isEnabled(), kPatience);
    QCOMPARE(dialog->findChild<QLabel*>(QStringLiteral("historySummary"))->text(),
             QStringLiteral("2 workloads go back."));
    keepPicture("revisions", dialog);
    go->click();
    QVERIFY(m_hand.wake());
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Roll back Deployment team-a/cart"));
    QVERIFY(m_hand.settles());
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    for (const char* name : {"north", "south"})
        QCOMPARE(image(name), before == "cart:2" ? QByteArray("cart:3") : QByteArray("cart:2"));
}

void TestChangeWalk::drainsANode() {
    QFETCH(QString, theme);
    testbed::Cluster& north = cluster("north");
    QVERIFY(north.api("POST", "/apis/apps/v1/namespaces/team-a/deployments", kOnOneNode).isOk());
    QVERIFY(north.api("POST", "/api/v1/namespaces/team-a/pods", kBare).isOk());
    QVERIFY(north.api("POST", "/apis/policy/v1/namespaces/team-a/poddisruptionbudgets", kBudget).isOk());
    const auto isCounted = [] {
        return asked("north", {"get", "pdb", "web", "-o", "jsonpath={.status.currentHealthy}"}) == "2";
    };
    QTRY_VERIFY_WITH_TIMEOUT(isCounted(), kPatience);
    QVERIFY(start(theme));
    openKind("nodes", QStringLiteral("Nodes"), "node-0");
    for (int row = 0; row < 2; ++row) {
        if (m_hand.cell(row, "Cluster").startsWith(QLatin1String("north")))
            m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(row, 0));
    }
    m_hand.press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = m_hand.window()->findChild<QDialog*>(QStringLiteral("drainDialog"));
    QVERIFY(dialog);
    auto* go = dialog->findChild<QPushButton*>(QStringLiteral("actGo"));
    const auto* pods = dialog->findChild<QTableView*>(QStringLiteral("drainPods"));
    QTRY_VERIFY_WITH_TIMEOUT(pods->model()->rowCount() >= 3, kPatience);
    QCOMPARE(pods->model()->index(0, 0).data().toString(), QStringLiteral("team-a/bare"));
    QVERIFY(!go->isEnabled());
    keepPicture("drain-refused", dialog);
    dialog->findChild<QCheckBox*>(QStringLiteral("drainUnmanaged"))->click();
    QTRY_VERIFY_WITH_TIMEOUT(go->isEnabled(), kPatience);
    QVERIFY(pods->model()->index(0, 3).data().toString().contains(QLatin1String("budget web allows no disruption")));
    keepPicture("drain-dialog", dialog);
    go->click();
    QVERIFY(m_hand.wake());
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Drain Node node-0"));
    QVERIFY(m_hand.settles());
    keepPicture("drain-sheet");
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);

    // It waits for the budget, says so, and may be stopped.
    const auto waits = [this] {
        for (int row = 0; row < m_hand.visible<QTableView>("operationTable")->model()->rowCount(); ++row) {
            if (cell("operationTable", row, "Result").contains(QLatin1String("budget")))
                return true;
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(waits(), kPatience);
    auto* operations = m_hand.visible<QTableView>("operationTable");
    operations->selectRow(operations->model()->rowCount() - 1);
    keepPicture("drain-waits");
    m_hand.visible<QPushButton>("changeCancel")->click();
    QVERIFY(m_hand.isOver());
    QVERIFY(!asked("north", {"get", "node", "node-0", "-o", "jsonpath={.spec.unschedulable}"}).isEmpty());
    QVERIFY(podsOn("north", "node-0").contains("web-"));
    keepPicture("drain-stopped");

    asked("north", {"delete", "pdb", "web"});
    m_hand.visible<QPushButton>("changeResume")->click();
    QTRY_VERIFY(m_hand.visible<QPushButton>("changeApply"));
    QVERIFY(m_hand.settles());
    keepPicture("drain-resumed");
    QVERIFY(north.api("POST", "/api/v1/namespaces/team-a/pods", kLate).isOk());
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    QVERIFY2(!podsOn("north", "node-0").contains("web-"), podsOn("north", "node-0").constData());
    // What came meanwhile is told, since the node is not empty.
    const auto tellsOf = [this](const char* pod) {
        const auto* panel = m_hand.visible<QWidget>("remarksPanel");
        const auto labels = panel ? panel->findChildren<QLabel*>() : QList<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [pod](const QLabel* label) { return label->text().contains(QLatin1String(pod)); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(tellsOf("team-a/late"), kPatience);
    keepPicture("drain-done");
    QVERIFY(north.api("DELETE", "/api/v1/namespaces/team-a/pods/late?gracePeriodSeconds=0").isOk());
}

QTEST_MAIN(TestChangeWalk)
#include "tst_change_walk.moc"
