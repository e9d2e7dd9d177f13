// SPDX-License-Identifier: GPL-3.0-or-later
// The editor through the window, on two real clusters: an object of both is edited by the keyboard with the help of
// the servers' schemas, lands in one sheet and is stored; new objects are made; with kubectl as the judge.
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"
#include "ui/change/change_runs.h"
#include "ui/editor/yaml_editor.h"

#include <QAction>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>

namespace {

constexpr int kPatience = 60000;

const char* const kDeployment = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":
"team-a"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"cart"}},"template":{"metadata":{"labels":{"app":"cart"}},
"spec":{"containers":[{"name":"app","image":"cart:1"}]}}}})";

testbed::Cluster& cluster(const char* name) {
    return testbed::Testbed::instance().cluster(name);
}

QByteArray field(const char* name, const char* path) {
    return QByteArray::fromStdString(
        cluster(name)
            .kubectl({"-n", "team-a", "get", "deployment", "cart", "-o", std::string("jsonpath=") + path})
            .out);
}

} // namespace

class TestEditorByHand : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_hand.program.reset(); }
    void editsInTwoClusters();
    void makesNewObjects();
    void keepsWhatIsNotApplied();

private:
    [[nodiscard]] ui::YamlEditor* editor() const { return m_hand.visible<ui::YamlEditor>("yamlEditor"); }
    /// To look at: PICTURES names a folder.
    void keepPicture(const char* name) const {
        if (qEnvironmentVariableIsSet("PICTURES"))
            m_hand.window()->grab().save(qEnvironmentVariable("PICTURES") +
                                         QStringLiteral("/%1.png").arg(QString::fromLatin1(name)));
    }

    WindowHand m_hand;
};

void TestEditorByHand::initTestCase() {
    TESTBED_UP({"north", "south"});
    for (const char* name : {"north", "south"})
        QVERIFY(cluster(name).api("POST", "/apis/apps/v1/namespaces/team-a/deployments", kDeployment).isOk());
    app::Options options;
    options.kubeconfig = QString::fromStdString(testbed::Testbed::instance().kubeconfig().string());
    options.contexts = {QStringLiteral("north-admin"), QStringLiteral("south-admin")};
    options.page = QStringLiteral("fleet");
    options.theme = QStringLiteral("light");
    options.language = QStringLiteral("en");
    options.size = QSize(1440, 900);
    QVERIFY(m_hand.start(options));
    QVERIFY(m_hand.settles());
}

void TestEditorByHand::editsInTwoClusters() {
    m_hand.press(Qt::Key_Colon);
    m_hand.type("deployments");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Deployments"), kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("cart");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 2, kPatience);
    for (int row = 0; row < 2; ++row) {
        m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(row, 0));
        m_hand.press(Qt::Key_Space);
    }
    m_hand.press(Qt::Key_E);
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Edit Deployment team-a/cart"));
    QVERIFY(m_hand.settles());
    QTRY_COMPARE(QApplication::focusWidget(), editor());
    QVERIFY(!editor()->text().contains(QLatin1String("managedFields")));

    // The schema helps to write a field.
    const QStringList lines = editor()->text().split(u'\n');
    const auto spec = static_cast<int>(lines.indexOf(QStringLiteral("spec:")));
    QVERIFY(spec > 0);
    editor()->goTo(spec + 1, 6);
    m_hand.press(Qt::Key_Return);
    m_hand.press(Qt::Key_Space);
    m_hand.press(Qt::Key_Space);
    m_hand.type("minR");
    QTRY_COMPARE_WITH_TIMEOUT(editor()->proposed().size(), 1, kPatience);
    keepPicture("editor-proposal");
    m_hand.press(Qt::Key_Return);
    m_hand.type("x");
    QTRY_VERIFY(m_hand.visible<QListWidget>("editorMessages"));
    keepPicture("editor-message");
    m_hand.press(Qt::Key_Backspace);
    m_hand.type("7");
    QVERIFY(editor()->text().contains(QLatin1String("\n  minReadySeconds: 7\n")));
    QVERIFY(m_hand.settles());
    QVERIFY2(!m_hand.visible<QListWidget>("editorMessages"), qPrintable(editor()->text()));
    QVERIFY(m_hand.label("editorStatement").contains(QLatin1String("Minimum number of seconds")));
    keepPicture("editor-light");

    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.settles());
    QTRY_COMPARE(m_hand.label("pageSubtitle"), QStringLiteral("2 objects in 2 clusters. Dry run passed everywhere"));
    keepPicture("editor-sheet");
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    for (const char* name : {"north", "south"}) {
        QCOMPARE(field(name, "{.spec.minReadySeconds}"), QByteArray("7"));
        QCOMPARE(field(name, "{.spec.template.spec.containers[0].image}"), QByteArray("cart:1"));
    }
}

void TestEditorByHand::makesNewObjects() {
    m_hand.window()->actions().find(QStringLiteral("shell.create"))->trigger();
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Create from YAML"));
    editor()->setText(QStringLiteral("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: made\n  namespace: team-a\n"
                                     "data:\n  sky: blue\n"));
    // Both clusters are what one looks at; it is for one of them.
    QCOMPARE(m_hand.visible<QPushButton>("editorClusters")->text(), QStringLiteral("2 clusters"));
    m_hand.visible<QPushButton>("editorClusters")->click();
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("pickerSearch"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("south"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(m_hand.wake());
    QTRY_COMPARE(m_hand.visible<QPushButton>("editorClusters")->text(), QStringLiteral("south-admin"));
    m_hand.visible<QPushButton>("editorGo")->click();
    QVERIFY(m_hand.settles());
    QTRY_VERIFY(m_hand.label("pageSubtitle").contains(QLatin1String("Dry run passed")));
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    QVERIFY(cluster("south").kubectl({"-n", "team-a", "get", "configmap", "made"}).exitCode == 0);
    QVERIFY(cluster("north").kubectl({"-n", "team-a", "get", "configmap", "made"}).exitCode != 0);
}

void TestEditorByHand::keepsWhatIsNotApplied() {
    m_hand.window()->actions().find(QStringLiteral("shell.create"))->trigger();
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Create from YAML"));
    QTRY_VERIFY(editor());
    QTRY_COMPARE(QApplication::focusWidget(), editor());
    m_hand.type("kind: Pod");
    const auto question = [this] { return m_hand.window()->findChild<QMessageBox*>(QStringLiteral("askBeforeLoss")); };
    m_hand.window()->actions().find(QStringLiteral("shell.tab-close"))->trigger();
    QTRY_VERIFY(question());
    QVERIFY(question()->text().contains(QLatin1String("Create from YAML")));
    QTest::keyClick(question(), Qt::Key_Return); // keeps it
    QTRY_VERIFY(!question());
    QVERIFY(m_hand.wake());
    QCOMPARE(editor()->text(), QStringLiteral("kind: Pod"));
    QVERIFY(!m_hand.window()->close());
    QTRY_VERIFY(question());
    question()->reject();
    QTRY_VERIFY(!question());
    m_hand.window()->actions().find(QStringLiteral("shell.tab-close"))->trigger();
    QTRY_VERIFY(question());
    for (QAbstractButton* button : question()->buttons()) {
        if (question()->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();
    }
    QTRY_VERIFY(!editor() || editor()->text() != QStringLiteral("kind: Pod"));
}

QTEST_MAIN(TestEditorByHand)
#include "tst_editor_by_hand.moc"
