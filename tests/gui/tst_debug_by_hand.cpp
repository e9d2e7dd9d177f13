// SPDX-License-Identifier: GPL-3.0-or-later
//
// A container without a shell, and a debug container, in the real window over a real server: asked for, dry run, put
// into the pod, and joined by a terminal. That it runs says the test, in place of the node.
#include "core/kube/go_json.h"
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"
#include "ui/terminal/terminal_view.h"

#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <string>

using Json = nlohmann::json;

namespace {

constexpr int kPatience = 60000;

constexpr const char* kPod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"bare","namespace":"team-a"},"spec":
    {"nodeName":"node-0","containers":[{"name":"bare","image":"bare"}]}})";

testbed::Cluster& cluster() {
    return testbed::Testbed::instance().cluster("north");
}

Json debugContainer() {
    const auto pod = kube::parseGoJson(cluster().kubectl({"-n", "team-a", "get", "pod", "bare", "-o", "json"}).out);
    const Json all = pod ? pod->value(Json::json_pointer("/spec/ephemeralContainers"), Json::array()) : Json::array();
    return all.empty() ? Json() : all.back();
}

} // namespace

class TestDebugByHand : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_hand.program.reset(); }
    void saysThatThereIsNoShell();
    void asksForTheContainer();
    void joinsOnceItRuns();

private:
    /// To look at: PICTURES names a folder.
    void keepPicture(const char* name, QWidget* of = nullptr) const {
        if (qEnvironmentVariableIsSet("PICTURES"))
            (of ? of : m_hand.window())
                ->grab()
                .save(qEnvironmentVariable("PICTURES") + QStringLiteral("/%1.png").arg(QString::fromLatin1(name)));
    }

    WindowHand m_hand;
};

void TestDebugByHand::initTestCase() {
    TESTBED_UP({"north"});
    const testbed::Ran made = cluster().kubectl({"apply", "-f", "-"}, kPod);
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    const testbed::Ran ready = cluster().kubectl(
        {"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/bare", "--timeout=60s"});
    QVERIFY2(ready.exitCode == 0, ready.err.c_str());
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

void TestDebugByHand::saysThatThereIsNoShell() {
    m_hand.press(Qt::Key_Colon);
    m_hand.type("pods");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Pods"), kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("bare");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 1, kPatience);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(0, 0));
    m_hand.press(Qt::Key_S);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.label("terminalEnd"), QStringLiteral("The container has no shell."), kPatience);
    QTRY_VERIFY(m_hand.visible<QPushButton>("terminalDebug"));
    keepPicture("no-shell");
    m_hand.visible<QPushButton>("terminalDebug")->click();
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.window()->findChild<QDialog*>(QStringLiteral("debugDialog")), kPatience);
    m_hand.window()->findChild<QDialog*>(QStringLiteral("debugDialog"))->reject();
    QTRY_VERIFY(!m_hand.window()->findChild<QDialog*>(QStringLiteral("debugDialog")));
    QVERIFY(m_hand.wake());
    m_hand.press(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Pods"));
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
}

void TestDebugByHand::asksForTheContainer() {
    m_hand.press(Qt::Key_B, Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.window()->findChild<QDialog*>(QStringLiteral("debugDialog")), kPatience);
    auto* dialog = m_hand.window()->findChild<QDialog*>(QStringLiteral("debugDialog"));
    auto* image = dialog->findChild<QLineEdit*>(QStringLiteral("debugImage"));
    QCOMPARE(image->text(), QStringLiteral("busybox"));
    QCOMPARE(dialog->findChild<QComboBox*>(QStringLiteral("debugTarget"))->currentText(), QStringLiteral("bare"));
    image->setText(QStringLiteral("tools:1"));
    dialog->findChild<QLineEdit*>(QStringLiteral("debugCommand"))->setText(QStringLiteral("sh -l"));
    keepPicture("debug-dialog", dialog);
    QTest::keyClick(image, Qt::Key_Return);
    QVERIFY(m_hand.wake());
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Debug Pod team-a/bare with tools:1"));
    QVERIFY(m_hand.settles());
    QVERIFY2(m_hand.label("pageSubtitle").contains(QLatin1String("Dry run passed")),
             qPrintable(m_hand.label("pageSubtitle")));
    QVERIFY(debugContainer().is_null());
    QCOMPARE(m_hand.label("changeNote"), QStringLiteral("This cannot be taken back."));
    keepPicture("debug-sheet");
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!debugContainer().is_null(), kPatience);
    const Json container = debugContainer();
    QCOMPARE(container["image"].get<std::string>(), std::string("tools:1"));
    QCOMPARE(container["targetContainerName"].get<std::string>(), std::string("bare"));
    QCOMPARE(container["command"].dump(), std::string(R"(["sh","-l"])"));
    QVERIFY(container["stdin"].get<bool>() && container["tty"].get<bool>());
}

void TestDebugByHand::joinsOnceItRuns() {
    const Json one{{"name", debugContainer()["name"]},
                   {"image", "tools:1"},
                   {"imageID", ""},
                   {"ready", false},
                   {"restartCount", 0},
                   {"state", {{"running", {{"startedAt", "2026-01-02T15:04:05Z"}}}}}};
    const Json status{{"status", {{"ephemeralContainerStatuses", Json::array({one})}}}};
    QCOMPARE(cluster()
                 .kubectl({"-n", "team-a", "patch", "pod", "bare", "--subresource=status", "--type=merge", "-p",
                           status.dump()})
                 .exitCode,
             0);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("team-a/bare"), kPatience);
    QVERIFY(m_hand.settles());
    QCOMPARE(m_hand.label("pageSubtitle"),
             QStringLiteral("north-admin, container %1, attached")
                 .arg(QString::fromStdString(debugContainer()["name"].get<std::string>())));
    const auto screen = [] {
        const auto* view = qobject_cast<ui::TerminalView*>(QApplication::focusWidget());
        return view ? QString::fromStdString(
                          view->screen().text({{view->screen().screenLine(), 0}, {view->screen().endLine(), 0}}))
                    : QString();
    };
    m_hand.type("echo jo''ined");
    m_hand.press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(screen().contains(QLatin1String("\njoined")), kPatience);
    keepPicture("debug-joined");
    // The sheet has a word on it.
    m_hand.press(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
    if (qEnvironmentVariableIsSet("PICTURES"))
        keepPicture("debug-done");
    const auto& runs = m_hand.program->changes()->all();
    QCOMPARE(runs.size(), std::size_t(1));
    QCOMPARE(runs.back()->afterwords().size(), std::size_t(1));
    QVERIFY(runs.back()->afterwords().front().isWell);
}

QTEST_MAIN(TestDebugByHand)
#include "tst_debug_by_hand.moc"
