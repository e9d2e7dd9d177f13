// SPDX-License-Identifier: GPL-3.0-or-later
// A shell in a pod of a real cluster, through the window: opened with S, typed into, resized, used with full-screen
// programs, ended, started again, split, cut by the server's death.
#include "core/fleet/fleet.h"
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"
#include "ui/shell/page.h"
#include "ui/terminal/terminal_pane.h"
#include "ui/terminal/terminal_subject.h"
#include "ui/terminal/terminal_view.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <algorithm>

namespace {

constexpr int kPatience = 60000;

constexpr const char* kPod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"team-a",
    "annotations":{"kubectl.kubernetes.io/default-container":"main"}},"spec":{"nodeName":"node-0","containers":[
    {"name":"side","image":"shell","stdin":true,"tty":true},{"name":"main","image":"shell","stdin":true,"tty":true},
    {"name":"plain","image":"shell","stdin":true}]}})";

testbed::Cluster& cluster() {
    return testbed::Testbed::instance().cluster("north");
}

} // namespace

class TestTerminalByHand : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_hand.program.reset(); }
    void opensAShell();
    void runsFullScreenPrograms();
    void resizes();
    void asksBeforePasting();
    void finds();
    void floodsKeepTheWindowAlive();
    void asksBeforeClosing();
    void showsTheExitCode();
    void asksBeforeAnotherContainer();
    void readOnlyCutsIt();
    void splits();
    void joinsAProgramWithoutATerminal();
    void noticesTheEndOfTheServer();
    void theJournalHasTheSessions();

private:
    [[nodiscard]] ui::TerminalView* view() const {
        return qobject_cast<ui::TerminalView*>(QApplication::focusWidget());
    }
    [[nodiscard]] ui::TerminalPane* pane() const {
        return view() ? qobject_cast<ui::TerminalPane*>(view()->parentWidget()) : nullptr;
    }
    /// What is on it, and some lines above.
    [[nodiscard]] QString screen() const {
        const ui::TerminalScreen& shown = view()->screen();
        return QString::fromStdString(shown.text({{shown.screenLine() - 20, 0}, {shown.endLine(), 0}}));
    }
    [[nodiscard]] bool shows(const char* text) const {
        return QTest::qWaitFor([&] { return view() && screen().contains(QString::fromUtf8(text)); }, kPatience);
    }
    void enter(const char* line) const {
        m_hand.type(line);
        m_hand.press(Qt::Key_Return);
    }
    void trigger(const char* action) const { m_hand.window()->actions().find(QString::fromLatin1(action))->trigger(); }
    [[nodiscard]] QMessageBox* question(const char* name) const {
        return m_hand.window()->findChild<QMessageBox*>(QString::fromLatin1(name));
    }
    /// To look at: PICTURES names a folder.
    void keepPicture(const char* name) const {
        if (qEnvironmentVariableIsSet("PICTURES"))
            m_hand.window()->grab().save(qEnvironmentVariable("PICTURES") +
                                         QStringLiteral("/%1.png").arg(QString::fromLatin1(name)));
    }

    WindowHand m_hand;
};

void TestTerminalByHand::initTestCase() {
    TESTBED_UP({"north"});
    const testbed::Ran made = cluster().kubectl({"apply", "-f", "-"}, kPod);
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    const testbed::Ran ready = cluster().kubectl(
        {"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/web", "--timeout=60s"});
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

void TestTerminalByHand::opensAShell() {
    auto& fleet = *m_hand.program->fleet();
    fleet.setProtected(fleet.byContext("north-admin"), true);
    fleet.setReadOnly(fleet.byContext("north-admin"), true);
    m_hand.press(Qt::Key_Colon);
    m_hand.type("pods");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Pods"), kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("web");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 1, kPatience);
    m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(0, 0));
    m_hand.press(Qt::Key_S);
    // What somebody would type there could write.
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.label("terminalEnd").contains(QLatin1String("read-only here")), kPatience);
    fleet.setReadOnly(fleet.byContext("north-admin"), false);
    m_hand.visible<QPushButton>("terminalAgain")->click();
    QTRY_VERIFY_WITH_TIMEOUT(view(), kPatience);
    QVERIFY(m_hand.settles());
    QVERIFY(pane()->isRunning());
    QCOMPARE(m_hand.title(), QStringLiteral("team-a/web"));
    QCOMPARE(m_hand.label("pageSubtitle"), QStringLiteral("north-admin, container main, running"));
    QVERIFY(m_hand.visible<QLabel>("terminalProtected"));
    QCOMPARE(m_hand.visible<QComboBox>("terminalContainers")->currentText(), QStringLiteral("main"));
    enter("PS1='$ '; echo TERM=$TERM $((6*7))");
    QVERIFY(shows("TERM=xterm-256color 42"));
    // Keys of the window are the program's while it is being typed into.
    m_hand.type(":-/");
    m_hand.press(Qt::Key_U, Qt::ControlModifier);
    QVERIFY(view());
}

void TestTerminalByHand::runsFullScreenPrograms() {
    enter("cd /; clear; vi -u NONE -N /etc/services");
    QVERIFY(shows("netstat"));
    QVERIFY(view()->screen().isAlternate());
    enter("/imap2");
    enter(":syntax on");
    keepPicture("term-vi");
    enter(":q!");
    QTRY_VERIFY_WITH_TIMEOUT(!view()->screen().isAlternate(), kPatience);
    if (qEnvironmentVariableIsSet("PICTURES")) {
        enter("LC_ALL=C.UTF-8 mc -u /usr/share /etc");
        QVERIFY(shows("PullDn"));
        keepPicture("term-mc");
        m_hand.press(Qt::Key_F10);
        QTRY_VERIFY_WITH_TIMEOUT(!view()->screen().isAlternate(), kPatience);
        enter("LC_ALL=C.UTF-8 unshare -pf --mount-proc htop");
        QVERIFY(shows("SortBy"));
        keepPicture("term-htop");
        m_hand.type("q");
        QTRY_VERIFY_WITH_TIMEOUT(!view()->screen().isAlternate(), kPatience);
    }
}

void TestTerminalByHand::resizes() {
    const auto sizeIs = [this] {
        enter("clear; stty size");
        return shows(qPrintable(QStringLiteral("%1 %2").arg(view()->screen().rows()).arg(view()->screen().columns())));
    };
    QVERIFY(sizeIs());
    const int before = view()->screen().columns();
    m_hand.window()->resize(1000, 640);
    QTRY_VERIFY(view()->screen().columns() < before);
    QVERIFY(sizeIs());
    trigger("terminal.larger");
    QTRY_VERIFY(sizeIs());
    trigger("terminal.normal");
    m_hand.window()->resize(1280, 800);
    QTRY_COMPARE(view()->screen().columns(), before);
}

void TestTerminalByHand::asksBeforePasting() {
    QApplication::clipboard()->setText(QStringLiteral("echo pas\necho ted\n"));
    trigger("terminal.paste");
    QTRY_VERIFY(question("askPaste"));
    QVERIFY(question("askPaste")->text().contains(QLatin1String("2 lines")));
    QTest::keyClick(question("askPaste"), Qt::Key_Return); // Cancel
    QTRY_VERIFY(!question("askPaste"));
    QVERIFY(m_hand.wake());
    QVERIFY(!screen().contains(QLatin1String("ted")));
    QApplication::clipboard()->setText(QStringLiteral("echo one''line"));
    trigger("terminal.paste");
    m_hand.press(Qt::Key_Return);
    QVERIFY(shows("\noneline"));
    view()->selectAll();
    trigger("terminal.copy");
    QVERIFY(QApplication::clipboard()->text().contains(QLatin1String("oneline")));
}

void TestTerminalByHand::finds() {
    enter("clear; seq 1 3000 | sed 's/^/number /'");
    QVERIFY(shows("number 3000"));
    ui::TerminalView* terminal = view();
    trigger("terminal.find");
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("terminalFind"));
    m_hand.type("NUMBER 77");
    QTRY_COMPARE(terminal->hitCount(), 0); // capitals matter when they are typed
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
    m_hand.type("number 77");
    QTRY_COMPARE(terminal->hitCount(), 11);
    QCOMPARE(m_hand.label("terminalFindCount"), QStringLiteral("11 of 11"));
    m_hand.press(Qt::Key_Return);
    QCOMPARE(m_hand.label("terminalFindCount"), QStringLiteral("10 of 11"));
    keepPicture("term-find");
    m_hand.press(Qt::Key_Escape);
    QTRY_COMPARE(QApplication::focusWidget(), terminal);
}

// The longest the window was away while 3 MB came.
void TestTerminalByHand::floodsKeepTheWindowAlive() {
    QElapsedTimer beat;
    qint64 longest = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&] {
        longest = std::max(longest, beat.elapsed());
        beat.start();
    });
    beat.start();
    timer.start(5);
    enter("yes 0123456789012345678901234567890123456789 | head -c 3000000; echo; echo flood''ed");
    QVERIFY(shows("\nflooded"));
    qInfo("the window was away for %lld ms at most", longest);
    QVERIFY2(longest < 2000, qPrintable(QString::number(longest)));
    QVERIFY(view()->screen().endLine() - view()->screen().firstLine() > 10'000);
}

void TestTerminalByHand::asksBeforeClosing() {
    trigger("terminal.close");
    QTRY_VERIFY(question("askBeforeLoss"));
    QVERIFY(question("askBeforeLoss")->text().contains(QLatin1String("team-a/web")));
    question("askBeforeLoss")->reject();
    QTRY_VERIFY(!question("askBeforeLoss"));
    QVERIFY(m_hand.wake());
    QVERIFY(!m_hand.window()->close());
    QTRY_VERIFY(question("askBeforeLoss"));
    question("askBeforeLoss")->reject();
    QTRY_VERIFY(!question("askBeforeLoss"));
    QVERIFY(m_hand.wake());
    QTRY_VERIFY(view());
}

void TestTerminalByHand::showsTheExitCode() {
    enter("exit 7");
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.visible<QLabel>("terminalEnd"), kPatience);
    QCOMPARE(m_hand.label("terminalEnd"), QStringLiteral("The shell ended with exit code 7."));
    keepPicture("term-ended");
    m_hand.press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(pane()->isRunning(), kPatience);
    QVERIFY(!m_hand.visible<QLabel>("terminalEnd"));
    enter("echo aga''in");
    QVERIFY(shows("\nagain"));
}

void TestTerminalByHand::asksBeforeAnotherContainer() {
    auto* containers = m_hand.visible<QComboBox>("terminalContainers");
    const auto choose = [containers](const char* name) {
        containers->setCurrentIndex(containers->findText(QLatin1String(name)));
        emit containers->activated(containers->currentIndex());
    };
    choose("side");
    QTRY_VERIFY(question("askBeforeLoss"));
    QVERIFY(question("askBeforeLoss")->text().contains(QLatin1String("container main")));
    question("askBeforeLoss")->reject();
    QTRY_VERIFY(!question("askBeforeLoss"));
    QVERIFY(m_hand.wake());
    QCOMPARE(containers->currentText(), QStringLiteral("main"));
    QTRY_VERIFY(view());
    QVERIFY(pane()->isRunning());
}

// What is typed there could write.
void TestTerminalByHand::readOnlyCutsIt() {
    auto& fleet = *m_hand.program->fleet();
    const fleet::ClusterId north = fleet.byContext("north-admin");
    fleet.setReadOnly(north, true);
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.label("terminalEnd").contains(QLatin1String("read-only here")), kPatience);
    fleet.setReadOnly(north, false);
    m_hand.press(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(pane()->isRunning(), kPatience);
}

void TestTerminalByHand::splits() {
    ui::TerminalPane* first = pane();
    trigger("terminal.split-right");
    QTRY_VERIFY(pane() && pane() != first);
    QVERIFY(m_hand.settles());
    QVERIFY(pane()->isRunning() && first->isRunning());
    trigger("terminal.split-below");
    QVERIFY(m_hand.settles());
    enter("echo be''low");
    QVERIFY(shows("\nbelow"));
    keepPicture("term-split");
    enter("exit");
    QTRY_VERIFY_WITH_TIMEOUT(pane()->isSettled() && !pane()->isRunning(), kPatience);
    trigger("terminal.close"); // unasked: nothing runs there
    QVERIFY(!question("askBeforeLoss"));
    QTRY_VERIFY(pane() && pane() != first);
    trigger("terminal.previous");
    QTRY_COMPARE(pane(), first);
}

// What is typed is edited here, line by line, and lines begin in the first column.
void TestTerminalByHand::joinsAProgramWithoutATerminal() {
    ui::PageTarget target;
    target.page = QStringLiteral("terminal");
    target.terminal = std::make_shared<const ui::TerminalSubject>(
        ui::TerminalSubject{ui::TerminalSubject::Kind::Attach, pane()->subject().cluster, "team-a", "web", "plain"});
    m_hand.window()->open(target, ui::Navigator::Tab::New);
    QTRY_VERIFY_WITH_TIMEOUT(pane() && pane()->isRunning() && pane()->subject().container == "plain", kPatience);
    m_hand.type("tty; echo onx");
    m_hand.press(Qt::Key_Backspace);
    m_hand.type("e; echo two >&2");
    m_hand.press(Qt::Key_Return);
    QVERIFY(shows("\none\n"));
    QVERIFY(shows("\ntwo\n"));
    QVERIFY(shows("not a tty\n"));
    keepPicture("plain");
    m_hand.press(Qt::Key_D, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(!pane()->isRunning(), kPatience);
    m_hand.press(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    trigger("shell.page-terminal");
    QTRY_VERIFY2(pane() && pane()->isRunning(), qPrintable(m_hand.title()));
}

void TestTerminalByHand::noticesTheEndOfTheServer() {
    cluster().kill(testbed::Server::ApiServer);
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.label("terminalEnd").contains(QLatin1String("connection was lost")), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(pane() && !pane()->isRunning(), kPatience);
    auto* again = pane()->findChild<QPushButton*>(QStringLiteral("terminalAgain"));
    QCOMPARE(again->text(), QStringLiteral("Reconnect"));
    QTRY_VERIFY(again->width() >= again->sizeHint().width());
    keepPicture("term-lost");
    QVERIFY(cluster().start(testbed::Server::ApiServer));
    again->click();
    QTRY_VERIFY_WITH_TIMEOUT(pane() && pane()->isRunning(), kPatience);
    QVERIFY(!again->isVisible());
    enter("echo ba''ck");
    QVERIFY(shows("\nback"));
}

// The cluster is protected; what is noted of a session cannot be undone.
void TestTerminalByHand::theJournalHasTheSessions() {
    trigger("shell.page-journal");
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.visible<QTableView>("journalTable"), kPatience);
    auto* journal = m_hand.visible<QTableView>("journalTable");
    QTRY_VERIFY_WITH_TIMEOUT(journal->model()->rowCount() > 2, kPatience);
    QVERIFY(m_hand.settles());
    QStringList results;
    for (int row = 0; row < journal->model()->rowCount(); ++row) {
        QString line;
        for (int column = 0; column < journal->model()->columnCount(); ++column)
            line += journal->model()->index(row, column).data().toString() + QLatin1Char('|');
        QVERIFY2((line.contains(QLatin1String("Run|")) || line.contains(QLatin1String("Attach|"))) &&
                     line.contains(QLatin1String("Pod team-a/web")),
                 qPrintable(line));
        results.append(line);
    }
    QVERIFY2(results.filter(QStringLiteral("Attach|")).size() == 1, qPrintable(results.join(u'\n')));
    QVERIFY2(results.filter(QStringLiteral("exit code 7")).size() == 1, qPrintable(results.join(u'\n')));
    QVERIFY2(results.filter(QStringLiteral("cut: ")).size() == 3, qPrintable(results.join(u'\n')));
    journal->selectRow(journal->model()->rowCount() - 1);
    QVERIFY(!m_hand.window()->actions().find(QStringLiteral("journal.undo"))->isEnabled());
    QVERIFY(!m_hand.window()->actions().find(QStringLiteral("journal.resume"))->isEnabled());
    keepPicture("term-journal");
}

QTEST_MAIN(TestTerminalByHand)
#include "tst_terminal_by_hand.moc"
