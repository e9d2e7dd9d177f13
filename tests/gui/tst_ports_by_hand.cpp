// SPDX-License-Identifier: GPL-3.0-or-later
// A port-forward through the window, by the keyboard: from a Service in the Browser to a page that shows what goes
// through it, under load while its pods are deleted.
#include "core/fleet/fleet.h"
#include "core/fleet/port_forwards.h"
#include "tests/gui/window_hand.h"
#include "tests/support/local_client.h"
#include "tests/support/lying_server.h"
#include "tests/support/testbed.h"
#include "ui/base/table_view.h"

#include <QComboBox>
#include <QDialog>
#include <QTest>

using testsupport::LocalClient;
using testsupport::LyingServer;

namespace {

constexpr int kPatience = 60000;

void echo(const testsupport::Exchange&, testsupport::Wire& wire) {
    for (std::string more = wire.read(); !more.empty(); more = wire.read())
        wire.write(more);
    wire.close();
}

LyingServer::Options raw() {
    LyingServer::Options options;
    options.speech = LyingServer::Speech::Raw;
    return options;
}

std::string objects(int port) {
    return R"({"apiVersion":"v1","kind":"List","items":[
{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop","namespace":"team-a"},"spec":{"replicas":3,
  "selector":{"matchLabels":{"app":"shop"}},"template":{"metadata":{"labels":{"app":"shop"}},"spec":{"containers":[
  {"name":"main","image":"i","ports":[{"name":"http","containerPort":)" +
           std::to_string(port) + R"(}]}]}}}},
{"apiVersion":"v1","kind":"Service","metadata":{"name":"door","namespace":"team-a"},"spec":{"selector":{"app":"shop"},
  "ports":[{"name":"web","port":80,"targetPort":"http"}]}}]})";
}

testbed::Cluster& north() {
    return testbed::Testbed::instance().cluster("north");
}

QStringList pods() {
    const testbed::Ran ran =
        north().kubectl({"-n", "team-a", "get", "pods", "-o",
                         R"(jsonpath={range .items[?(@.status.phase=="Running")]}{.metadata.name}{"\n"}{end})"});
    return QString::fromStdString(ran.out).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class TestPortsByHand : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_hand.program.reset(); }
    void emptyPage();
    void forwardsFromTheBrowser();
    void goesOnWhilePodsAreDeleted();
    void waitsAndSaysSo();
    void theJournalHasThoseOfProtected();

private:
    [[nodiscard]] ui::TableView* table() const { return m_hand.visible<ui::TableView>("forwardTable"); }
    [[nodiscard]] QString cell(const char* title) const {
        const QAbstractItemModel* model = table() ? table()->model() : nullptr;
        for (int column = 0; model && model->rowCount() > 0 && column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString() == QLatin1String(title))
                return model->index(0, column).data().toString();
        }
        return {};
    }
    [[nodiscard]] int port() const { return cell("Local address").section(u':', 1).toInt(); }
    [[nodiscard]] bool passes(const std::string& text) const {
        LocalClient client(port());
        return client.write(text) && client.read(text.size()) == text;
    }
    /// To look at: PICTURES names a folder.
    void keepPicture(const char* name, QWidget* of = nullptr) const {
        if (qEnvironmentVariableIsSet("PICTURES"))
            (of ? of : m_hand.window())
                ->grab()
                .save(qEnvironmentVariable("PICTURES") + QStringLiteral("/%1.png").arg(QString::fromLatin1(name)));
    }

    LyingServer m_echo{raw(), echo};
    WindowHand m_hand;
};

void TestPortsByHand::initTestCase() {
    TESTBED_UP({"north"});
    const testbed::Ran made = north().kubectl({"apply", "-f", "-"}, objects(m_echo.port()));
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    QTRY_COMPARE_WITH_TIMEOUT(pods().size(), 3, kPatience);
    app::Options options;
    options.kubeconfig = QString::fromStdString(testbed::Testbed::instance().kubeconfig().string());
    options.contexts = {QStringLiteral("north-admin")};
    options.page = QStringLiteral("ports");
    options.theme = qEnvironmentVariableIsSet("PICTURES_DARK") ? QStringLiteral("dark") : QStringLiteral("light");
    options.language = QStringLiteral("en");
    options.size = QSize(1440, 900);
    QVERIFY(m_hand.start(options));
    QVERIFY(m_hand.settles());
    // This page asks for nothing; a kind can be typed once it is known.
    fleet::Fleet& fleet = *m_hand.program->fleet();
    QTRY_VERIFY_WITH_TIMEOUT(fleet.kinds(fleet.byContext("north-admin")) != nullptr, kPatience);
}

void TestPortsByHand::emptyPage() {
    QCOMPARE(m_hand.title(), QStringLiteral("Port forwards"));
    QCOMPARE(m_hand.label("portsEmpty"), QStringLiteral("No port is forwarded"));
    keepPicture("ports-empty");
}

void TestPortsByHand::forwardsFromTheBrowser() {
    m_hand.press(Qt::Key_Colon);
    m_hand.type("services");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Services"), kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("door");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 1, kPatience);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(0, 0));
    m_hand.press(Qt::Key_F, Qt::ShiftModifier);
    QTRY_VERIFY(m_hand.visible<QDialog>("forwardDialog"));
    auto* dialog = m_hand.visible<QDialog>("forwardDialog");
    auto* remote = dialog->findChild<QComboBox*>(QStringLiteral("forwardRemote"));
    QTRY_COMPARE_WITH_TIMEOUT(remote->currentText(), QStringLiteral("80 web"), kPatience);
    keepPicture("ports-dialog", dialog);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(m_hand.title(), QStringLiteral("Port forwards"));
    QTRY_VERIFY_WITH_TIMEOUT(port() != 0, kPatience);
    QCOMPARE(cell("Target"), QStringLiteral("Service team-a/door"));
    QVERIFY(cell("State").startsWith(QLatin1String("Leads to shop-")));
    QVERIFY(m_hand.wake());
    QVERIFY(passes("through the window"));
}

void TestPortsByHand::goesOnWhilePodsAreDeleted() {
    QStringList before = pods();
    const std::string load(100000, 'x');
    for (int i = 0; i < 60; ++i) {
        if (i % 20 == 5) {
            const std::string pod = before.takeLast().toStdString();
            QCOMPARE(north().kubectl({"-n", "team-a", "delete", "pod", pod, "--force", "--grace-period=0"}).exitCode,
                     0);
        }
        QVERIFY2(passes(load + std::to_string(i)), qPrintable(cell("Last error")));
        QTest::qWait(0);
    }
    QVERIFY(before.isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(cell("Connections"), QStringLiteral("0 of 61"), kPatience);
    QVERIFY2(cell("Sent").startsWith(QLatin1String("5.7 Mi")), qPrintable(cell("Sent")));
    QCOMPARE(cell("Received"), cell("Sent"));
    keepPicture(qEnvironmentVariableIsSet("PICTURES_DARK") ? "ports-dark" : "ports-light");
}

void TestPortsByHand::waitsAndSaysSo() {
    QCOMPARE(north().kubectl({"-n", "team-a", "scale", "deploy/shop", "--replicas=0"}).exitCode, 0);
    QTRY_COMPARE_WITH_TIMEOUT(pods().size(), 0, kPatience);
    LocalClient client(port());
    QVERIFY(client.write("patience"));
    QTRY_COMPARE_WITH_TIMEOUT(cell("State"), QStringLiteral("Waits for a pod"), kPatience);
    QCOMPARE(cell("Last error"), QStringLiteral("no pod of it is running"));
    // One whose target is not there.
    fleet::ForwardWish wish;
    wish.cluster = m_hand.program->fleet()->byContext("north-admin");
    wish.resource = "pods";
    wish.ns = "team-a";
    wish.name = "gone";
    wish.port = {std::uint16_t(0), "80"};
    wish.atStart = fleet::AtStart::Yes;
    QVERIFY(m_hand.program->fleet()->forwards().start(wish));
    QTRY_COMPARE_WITH_TIMEOUT(table()->model()->index(1, 4).data().toString(), QStringLiteral("Failed"), kPatience);
    keepPicture(qEnvironmentVariableIsSet("PICTURES_DARK") ? "ports-waiting-dark" : "ports-waiting");
    QCOMPARE(north().kubectl({"-n", "team-a", "scale", "deploy/shop", "--replicas=1"}).exitCode, 0);
    QCOMPARE(client.read(8), std::string("patience"));
    QTRY_VERIFY_WITH_TIMEOUT(cell("State").startsWith(QLatin1String("Leads to shop-")), kPatience);
}

void TestPortsByHand::theJournalHasThoseOfProtected() {
    fleet::Fleet& fleet = *m_hand.program->fleet();
    fleet::PortForwards& forwards = fleet.forwards();
    fleet::ForwardWish wish;
    wish.cluster = fleet.byContext("north-admin");
    fleet.setProtected(wish.cluster, true);
    wish.resource = "services";
    wish.ns = "team-a";
    wish.name = "door";
    wish.port = {std::uint16_t(0), "80"};
    const auto id = forwards.start(wish);
    QVERIFY(id);
    const auto isActive = [&forwards] {
        const auto status = forwards.list().back().status;
        return status && status->state == kube::PortForwardStatus::State::Active;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isActive(), kPatience);
    m_hand.window()->actions().find(QStringLiteral("shell.page-journal"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.visible<QTableView>("journalTable"), kPatience);
    const auto line = [this] {
        const QAbstractItemModel* model = m_hand.visible<QTableView>("journalTable")->model();
        QString text;
        for (int column = 0; column < model->columnCount(); ++column)
            text += model->index(0, column).data().toString() + QLatin1Char('|');
        return text;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(line().contains(QLatin1String("Forward ports|Service team-a/door|under way")),
                              qPrintable(line()), kPatience);
    forwards.stop(*id);
    QTRY_VERIFY2_WITH_TIMEOUT(line().contains(QLatin1String("Service team-a/door|done: stopped")), qPrintable(line()),
                              kPatience);
    QCOMPARE(m_hand.visible<QTableView>("journalTable")->model()->rowCount(), 1);
}

QTEST_MAIN(TestPortsByHand)
#include "tst_ports_by_hand.moc"
