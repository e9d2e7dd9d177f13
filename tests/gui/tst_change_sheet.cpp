// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way of a change through the window, on two real clusters: an act on marked rows, the dry run and its
// difference, a conflict with kubectl that is taken over, and the undo from the journal, with kubectl as the judge.
#include "core/change/acts/acts.h"
#include "core/fleet/fleet.h"
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"
#include "ui/base/cell.h"
#include "ui/change/change_runs.h"
#include "ui/change/diff_pane.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QItemSelectionModel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

namespace {

constexpr int kPatience = 60000;

const char* const kDeployment = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":
"team-a"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"cart"}},"template":{"metadata":{"labels":{"app":"cart"}},
"spec":{"containers":[{"name":"app","image":"cart:1"}]}}}})";

const char* const kImage =
    R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"cart","namespace":"team-a"},
"spec":{"template":{"spec":{"containers":[{"name":"app","image":"IMAGE"}]}}}})";

std::string imageBody(const char* image) {
    return QByteArray(kImage).replace("IMAGE", image).toStdString();
}

testbed::Cluster& cluster(const char* name) {
    return testbed::Testbed::instance().cluster(name);
}

QByteArray field(const char* name, const char* path) {
    return QByteArray::fromStdString(
        cluster(name)
            .kubectl({"-n", "team-a", "get", "deployment", "cart", "-o", std::string("jsonpath=") + path})
            .out);
}

QByteArray replicas(const char* name) {
    return field(name, "{.spec.replicas}");
}

QByteArray image(const char* name) {
    return field(name, "{.spec.template.spec.containers[0].image}");
}

} // namespace

class TestChangeSheet : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void cleanup();
    void scalesMarkedRowsAndTakesItBack();
    void takesOverFromKubectl();
    void asksForTheNameOfAProtectedCluster();
    void writesNothingWhereReadOnly();
    void quitsInTheMiddleAndFindsOutLater();
    void forbiddenActSaysWhichVerbIsMissing();

private:
    void openDeployments();
    void mark(int row);
    [[nodiscard]] QTableView* operations() const { return m_hand.visible<QTableView>("operationTable"); }
    [[nodiscard]] QString cell(QTableView* table, int row, const char* column) const;
    [[nodiscard]] change::ClusterRef ref(const char* context) const {
        const fleet::Fleet& fleet = *m_hand.program->fleet();
        return {context, fleet.cluster(fleet.byContext(context)).uid};
    }

    WindowHand m_hand;
};

void TestChangeSheet::initTestCase() {
    TESTBED_UP({"north", "south"});
    for (const char* name : {"north", "south"})
        QVERIFY(cluster(name).api("POST", "/apis/apps/v1/namespaces/team-a/deployments", kDeployment).isOk());
}

void TestChangeSheet::init() {
    app::Options options;
    options.kubeconfig = QString::fromStdString(testbed::Testbed::instance().kubeconfig().string());
    options.contexts = {QStringLiteral("north-admin"), QStringLiteral("south-admin")};
    if (QByteArray(QTest::currentTestFunction()) == "forbiddenActSaysWhichVerbIsMissing")
        options.contexts = {QStringLiteral("north-alice")};
    options.page = QStringLiteral("fleet");
    options.theme = QStringLiteral("light");
    options.language = QStringLiteral("en");
    options.size = QSize(1440, 900);
    QVERIFY(m_hand.start(options));
    QVERIFY(m_hand.settles());
}

void TestChangeSheet::cleanup() {
    m_hand.program.reset();
}

void TestChangeSheet::openDeployments() {
    m_hand.press(Qt::Key_Colon);
    m_hand.type("deployments");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Deployments"), kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("cart");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
}

void TestChangeSheet::mark(int row) {
    m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(row, 0));
    m_hand.press(Qt::Key_Space);
}

QString TestChangeSheet::cell(QTableView* table, int row, const char* column) const {
    for (int i = 0; table && row < table->model()->rowCount() && i < table->model()->columnCount(); ++i) {
        if (table->model()->headerData(i, Qt::Horizontal).toString() == QLatin1String(column))
            return table->model()->index(row, i).data().toString();
    }
    return {};
}

void TestChangeSheet::scalesMarkedRowsAndTakesItBack() {
    openDeployments();
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 2, kPatience);
    mark(0);
    mark(1);
    m_hand.press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = m_hand.window()->findChild<QDialog*>(QStringLiteral("scaleDialog"));
    QVERIFY(dialog);
    dialog->findChild<QSpinBox*>()->setValue(3);
    QTest::keyClick(dialog->findChild<QSpinBox*>(), Qt::Key_Return);
    QVERIFY(m_hand.wake());

    QTRY_COMPARE(m_hand.title(), QStringLiteral("Scale Deployment team-a/cart to 3"));
    QVERIFY(m_hand.settles());
    QCOMPARE(m_hand.label("pageSubtitle"), QStringLiteral("2 objects in 2 clusters. Dry run passed everywhere"));
    QCOMPARE(operations()->model()->rowCount(), 2);
    QCOMPARE(cell(operations(), 0, "Act"), QStringLiteral("Scale to 3"));
    QVERIFY2(cell(operations(), 0, "Dry run").startsWith(QLatin1String("accepted in")),
             qPrintable(cell(operations(), 0, "Dry run")));
    QVERIFY(m_hand.visible<ui::DiffPane>("diffLeft")->toPlainText().contains(QLatin1String("replicas: 1")));
    QVERIFY(m_hand.visible<ui::DiffPane>("diffRight")->toPlainText().contains(QLatin1String("replicas: 3")));
    // Nothing has happened yet.
    QCOMPARE(replicas("north"), QByteArray("1"));

    // Why it is made lies on the way of Tab, and the key that applies it works from there.
    const auto* why = m_hand.visible<QLineEdit>("changeIntent");
    QVERIFY(why);
    for (int i = 0; i < 50 && QApplication::focusWidget() != why; ++i)
        m_hand.press(Qt::Key_Tab);
    QVERIFY(why->hasFocus());
    m_hand.type("Ticket 7");
    QCOMPARE(why->text(), QStringLiteral("Ticket 7"));

    // It goes on while one looks at something else.
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    m_hand.press(Qt::Key_1, Qt::AltModifier);
    QCOMPARE(m_hand.title(), QStringLiteral("Fleet"));
    m_hand.press(Qt::Key_Minus);
    QCOMPARE(m_hand.title(), QStringLiteral("Scale Deployment team-a/cart to 3"));
    QVERIFY(m_hand.isOver());
    QCOMPARE(m_hand.label("pageSubtitle"), QStringLiteral("2 objects in 2 clusters. Done everywhere"));
    for (const char* name : {"north", "south"})
        QCOMPARE(replicas(name), QByteArray("3"));
    QTRY_COMPARE(m_hand.label("footJournal"), QStringLiteral("Journal: 1 act today, all verified"));

    // Put away, and taken back from the journal.
    m_hand.visible<QPushButton>("changeCancel")->click();
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Deployments"));
    m_hand.window()->actions().find(QStringLiteral("shell.page-journal"))->trigger();
    QCOMPARE(m_hand.title(), QStringLiteral("Journal"));
    QVERIFY(m_hand.settles());
    auto* journal = m_hand.visible<QTableView>("journalTable");
    QCOMPARE(journal->model()->rowCount(), 2);
    QCOMPARE(cell(journal, 0, "Object"), QStringLiteral("Deployment team-a/cart"));
    QVERIFY(cell(journal, 0, "Result").startsWith(QLatin1String("done")));
    QTRY_VERIFY(m_hand.visible<ui::DiffPane>("diffRight")->toPlainText().contains(QLatin1String("replicas: 3")));
    QCOMPARE(m_hand.label("journalIntent"), QStringLiteral("Why: Ticket 7"));
    m_hand.window()->actions().find(QStringLiteral("journal.undo"))->trigger();
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Undo: Scale Deployment team-a/cart to 3"));
    QVERIFY(m_hand.settles());
    QVERIFY(m_hand.visible<QLineEdit>("changeIntent")->text().endsWith(QLatin1String(": Ticket 7")));
    QCOMPARE(operations()->model()->rowCount(), 2);
    QVERIFY(m_hand.visible<QPushButton>("changeApply")->isEnabled());
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    for (const char* name : {"north", "south"})
        QCOMPARE(replicas(name), QByteArray("1"));
}

void TestChangeSheet::takesOverFromKubectl() {
    for (const char* name : {"north", "south"}) {
        const auto ran = cluster(name).kubectl(
            {"apply", "--server-side", "--force-conflicts", "--field-manager=release-tool", "-f", "-"},
            imageBody("cart:2"));
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
    }
    change::ChangeSet set;
    set.title = "Deploy cart:3";
    for (const char* context : {"north-admin", "south-admin"}) {
        change::Operation apply;
        apply.cluster = ref(context);
        apply.object = {"apps/v1", "Deployment", "team-a", "cart"};
        apply.body = imageBody("cart:3");
        set.operations.push_back(std::move(apply));
    }
    ui::PageTarget target;
    target.page = QStringLiteral("change");
    target.change = m_hand.program->changes()->begin(std::move(set)).id();
    m_hand.window()->open(target, ui::Navigator::Tab::New);
    QVERIFY(m_hand.settles());
    QCOMPARE(m_hand.label("pageSubtitle"), QStringLiteral("2 objects in 2 clusters. 2 conflicts to decide"));
    QVERIFY2(cell(operations(), 0, "Fields owned by others").contains(QLatin1String("release-tool")),
             qPrintable(cell(operations(), 0, "Fields owned by others")));
    QVERIFY(!m_hand.visible<QPushButton>("changeApply")->isEnabled());
    QTRY_VERIFY(m_hand.visible<QComboBox>("conflictChoice"));
    auto* choice = m_hand.visible<QComboBox>("conflictChoice");
    choice->setCurrentIndex(0);
    QVERIFY(m_hand.visible<QAbstractButton>("conflictForAll"));
    m_hand.visible<QAbstractButton>("conflictForAll")->click();
    m_hand.visible<QPushButton>("conflictDecide")->click();
    QVERIFY(m_hand.settles());
    QCOMPARE(m_hand.label("pageSubtitle"), QStringLiteral("2 objects in 2 clusters. Dry run passed everywhere"));
    QVERIFY(m_hand.visible<ui::DiffPane>("diffRight")->toPlainText().contains(QLatin1String("image: cart:3")));
    QVERIFY(m_hand.visible<QPushButton>("changeApply")->isEnabled());
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    for (const char* name : {"north", "south"}) {
        QCOMPARE(image(name), QByteArray("cart:3"));
        QVERIFY(cluster(name)
                    .kubectl({"-n", "team-a", "get", "deployment", "cart", "-o", "yaml", "--show-managed-fields"})
                    .out.find("manager: quarterdeck") != std::string::npos);
    }

    m_hand.window()->actions().find(QStringLiteral("shell.page-journal"))->trigger();
    QVERIFY(m_hand.settles());
    m_hand.window()->actions().find(QStringLiteral("journal.undo"))->trigger();
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Undo: Deploy cart:3"));
    QVERIFY(m_hand.settles());
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    for (const char* name : {"north", "south"})
        QCOMPARE(image(name), QByteArray("cart:2"));
}

void TestChangeSheet::asksForTheNameOfAProtectedCluster() {
    fleet::Fleet& fleet = *m_hand.program->fleet();
    fleet.setProtected(fleet.byContext("north-admin"), true);
    openDeployments();
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 2, kPatience);
    mark(0);
    mark(1);
    m_hand.press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = m_hand.window()->findChild<QDialog*>(QStringLiteral("labelDialog"));
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("tier=web"));
    QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
    QVERIFY(m_hand.wake());
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Label Deployment team-a/cart"));
    QVERIFY(m_hand.settles());
    QTRY_VERIFY(m_hand.visible<QLineEdit>("confirmName"));
    auto* line = m_hand.visible<QLineEdit>("confirmName");
    auto* apply = m_hand.visible<QPushButton>("changeApply");
    QVERIFY(!apply->isEnabled());
    line->setFocus();
    m_hand.type("south-admin");
    QVERIFY(!apply->isEnabled());
    line->clear();
    m_hand.type("north-admin");
    QVERIFY(apply->isEnabled());
    m_hand.press(Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), apply);
    m_hand.press(Qt::Key_Space);
    QVERIFY(m_hand.isOver());
    for (const char* name : {"north", "south"})
        QCOMPARE(field(name, "{.metadata.labels.tier}"), QByteArray("web"));
    fleet.setReadOnly(fleet.byContext("north-admin"), true);
    m_hand.visible<QPushButton>("changeUndo")->click();
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Undo: Label Deployment team-a/cart"));
    QVERIFY(m_hand.settles());
    QVERIFY(!m_hand.visible<QPushButton>("changeApply")->isEnabled());
    fleet.setReadOnly(fleet.byContext("north-admin"), false);
    fleet.setProtected(fleet.byContext("north-admin"), false);
}

void TestChangeSheet::writesNothingWhereReadOnly() {
    const auto turnNorth = [this] {
        m_hand.window()->actions().find(QStringLiteral("shell.page-fleet"))->trigger();
        auto* clusters = m_hand.visible<QTableView>("clusterTable");
        for (int row = 0; row < clusters->model()->rowCount(); ++row) {
            if (clusters->model()->index(row, 0).data().toString() == QLatin1String("north-admin"))
                clusters->selectionModel()->setCurrentIndex(clusters->model()->index(row, 0),
                                                            QItemSelectionModel::ClearAndSelect |
                                                                QItemSelectionModel::Rows); // whatever key came last
        }
        QTRY_COMPARE(QApplication::focusWidget(), clusters);
        m_hand.press(Qt::Key_R, Qt::ShiftModifier);
    };
    const auto turnAll = [this] {
        m_hand.press(Qt::Key_Comma, Qt::ControlModifier);
        auto* tick = m_hand.visible<QCheckBox>("settings.readOnly");
        QVERIFY(tick);
        tick->click();
        tick->window()->close();
        QVERIFY(m_hand.wake());
    };
    const auto remark = [this](int row) {
        operations()->selectionModel()->setCurrentIndex(
            operations()->model()->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        return m_hand.label("remark");
    };
    const auto chip = [this](int row) {
        return operations()->model()->index(row, 0).data(ui::CellRole).value<ui::Cell>().chip;
    };
    const auto apply = [this] { return m_hand.visible<QPushButton>("changeApply"); };

    turnNorth();
    openDeployments();
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 2, kPatience);
    mark(0);
    mark(1);
    m_hand.press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = m_hand.window()->findChild<QDialog*>(QStringLiteral("labelDialog"));
    QVERIFY(dialog);
    QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("kept=out"));
    QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
    QVERIFY(m_hand.wake());
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Label Deployment team-a/cart"));
    QVERIFY(m_hand.settles());
    const int north = cell(operations(), 0, "Cluster") == QLatin1String("north-admin") ? 0 : 1;
    QTRY_COMPARE(remark(north), QStringLiteral("north-admin is read-only here: nothing is written to it."));
    QTRY_COMPARE(remark(1 - north), QString());
    QCOMPARE(chip(north), QStringLiteral("read-only"));
    QVERIFY(!apply()->isEnabled());
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(int(m_hand.program->changes()->all().back()->state()), int(ui::ChangeRun::State::Planned));

    turnNorth();
    m_hand.press(Qt::Key_Minus);
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Label Deployment team-a/cart"));
    QTRY_VERIFY(apply()->isEnabled());
    QTRY_COMPARE(remark(north), QString());

    turnAll();
    QTRY_VERIFY(!apply()->isEnabled());
    QCOMPARE(chip(1 - north), QStringLiteral("read-only"));
    QTRY_COMPARE(remark(1 - north), QStringLiteral("south-admin is read-only here: nothing is written to it."));
    QCOMPARE(m_hand.label("footReadOnly"), QStringLiteral("Read-only everywhere"));
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(int(m_hand.program->changes()->all().back()->state()), int(ui::ChangeRun::State::Planned));

    turnAll();
    QTRY_VERIFY(apply()->isEnabled());
    QTRY_COMPARE(remark(1 - north), QString());
    QTRY_COMPARE(m_hand.label("footReadOnly"), QString());
    for (const char* name : {"north", "south"})
        QCOMPARE(field(name, "{.metadata.labels.kept}"), QByteArray());
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(m_hand.isOver());
    for (const char* name : {"north", "south"})
        QCOMPARE(field(name, "{.metadata.labels.kept}"), QByteArray("out"));
}

// The server has the write and says nothing: the program ends all the same, and the next one finds out.
void TestChangeSheet::quitsInTheMiddleAndFindsOutLater() {
    change::ChangeSet set;
    set.title = "Label while the server is away";
    for (const char* context : {"north-admin", "south-admin"})
        set.operations.push_back(
            change::label({ref(context), {"apps/v1", "Deployment", "team-a", "cart"}}, {{"quit", "middle"}}));
    ui::ChangeRun& run = m_hand.program->changes()->begin(std::move(set));
    QTRY_COMPARE_WITH_TIMEOUT(int(run.state()), int(ui::ChangeRun::State::Planned), kPatience);
    QVERIFY(run.plan().mayApply());
    cluster("south").pause(testbed::Server::ApiServer);
    run.apply({});
    const auto northIsDone = [&run] {
        return !run.progress().empty() && run.progress()[0].outcome == change::Outcome::Done;
    };
    QTRY_VERIFY_WITH_TIMEOUT(northIsDone(), kPatience);
    QSignalSpy finished(m_hand.program.get(), &app::Application::finished);
    m_hand.program->quit();
    QCOMPARE(finished.size(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(finished.size() > 0, kPatience);
    m_hand.program.reset();
    cluster("south").resume(testbed::Server::ApiServer);
    QVERIFY(cluster("south").waitUntilReady());

    init();
    ui::PageTarget target;
    target.page = QStringLiteral("journal");
    target.filter = QStringLiteral("cluster:south-admin away");
    m_hand.window()->open(target);
    const auto isKnown = [this] {
        const QString result = cell(m_hand.visible<QTableView>("journalTable"), 0, "Result");
        return result.startsWith(QLatin1String("done")) || result.startsWith(QLatin1String("not sent"));
    };
    QTRY_VERIFY_WITH_TIMEOUT(isKnown(), kPatience);
    const bool isDone = cell(m_hand.visible<QTableView>("journalTable"), 0, "Result").startsWith(QLatin1String("done"));
    QCOMPARE(field("south", "{.metadata.labels.quit}"), isDone ? QByteArray("middle") : QByteArray());
    QCOMPARE(field("north", "{.metadata.labels.quit}"), QByteArray("middle"));
}

void TestChangeSheet::forbiddenActSaysWhichVerbIsMissing() {
    // Alice may edit team-a, but no role binding.
    QVERIFY(cluster("north")
                .api("POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/roles",
                     R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"looks-at-roles"},
"rules":[{"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles"],"verbs":["get","list","watch"]}]})")
                .isOk());
    QVERIFY(
        cluster("north")
            .api("POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/rolebindings",
                 R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"alice-looks"},
"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"looks-at-roles"},
"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"alice"}]})")
            .isOk());
    m_hand.press(Qt::Key_Colon);
    m_hand.type("roles");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Roles"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
    m_hand.table()->selectRow(0);
    m_hand.press(Qt::Key_F10, Qt::ShiftModifier);
    QAction* erase = m_hand.window()->actions().find(QStringLiteral("browser.act-delete"));
    QVERIFY(erase);
    QTRY_VERIFY_WITH_TIMEOUT(!erase->isEnabled(), kPatience);
    QVERIFY2(erase->toolTip().contains(QLatin1String("may not delete roles.rbac.authorization.k8s.io")),
             qPrintable(erase->toolTip()));
    QApplication::activePopupWidget()->close();
}

QTEST_MAIN(TestChangeSheet)
#include "tst_change_sheet.moc"
