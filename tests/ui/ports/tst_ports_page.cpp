// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/door.h"
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/fake_api.h"
#include "tests/core/fleet/fleet_bench.h"
#include "tests/support/local_client.h"
#include "ui/base/table_view.h"
#include "ui/change/change_runs.h"
#include "ui/ports/forward_dialog.h"
#include "ui/ports/ports_page.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <mutex>

using namespace std::chrono_literals;
using testsupport::LocalClient;

namespace {

/// Remembers what was said and where it went.
struct Way final : ui::Navigator {
    QString said;
    QString opened;
    void open(const ui::PageTarget& target, Tab) override { opened = target.page; }
    void goBack() override {}
    void say(const QString& sentence) override { said = sentence; }
    void editFilter() override {}
};

/// Port-forwards ask from a thread of their own, and the fake API is the test's alone.
class OneAtATime final : public kube::Transport {
public:
    explicit OneAtATime(std::shared_ptr<kube::Transport> inner)
        : m_inner(std::move(inner)) {}
    base::Cancel send(kube::ApiRequest request, base::Executor& executor,
                      net::Handler<base::Result<net::Response>> handler) override {
        const std::lock_guard lock(m_mutex);
        return m_inner->send(std::move(request), executor, std::move(handler));
    }
    base::Cancel stream(kube::ApiRequest request, base::Executor& executor, net::StreamSink sink) override {
        const std::lock_guard lock(m_mutex);
        return m_inner->stream(std::move(request), executor, std::move(sink));
    }

private:
    std::mutex m_mutex;
    std::shared_ptr<kube::Transport> m_inner;
};

/// Takes what would go to a web browser.
class Browser : public QObject {
    Q_OBJECT
public:
    Browser() { QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "take"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(QStringLiteral("http")); }
    QUrl url;
public slots:
    void take(const QUrl& address) { url = address; }
};

} // namespace

class TestPortsPage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void emptyFaceLeadsToTheDialog();
    void dialogKnowsThePorts();
    void runsStopsAndStartsAgain();
    void saysWhatIsWrong();
    void rememberedOnesWaitForTheirCluster();
    void filters();

private:
    void openPage();
    void connectParis() {
        m_bench->fleet->connect(paris());
        m_bench->pass(1s);
    }
    [[nodiscard]] fleet::ClusterId paris() const { return m_bench->fleet->byContext("paris"); }
    [[nodiscard]] fleet::ForwardWish wish(const char* name = "web") const {
        fleet::ForwardWish wish;
        wish.cluster = paris();
        wish.resource = "pods";
        wish.ns = "shop";
        wish.name = name;
        wish.port = {std::uint16_t(0), "8080"};
        return wish;
    }
    template <typename Condition>
    [[nodiscard]] bool comes(Condition condition) {
        return QTest::qWaitFor(
            [&] {
                m_bench->pass(50ms);
                return condition();
            },
            20000);
    }
    [[nodiscard]] ui::TableView* table() const {
        return m_page->findChild<ui::TableView*>(QStringLiteral("forwardTable"));
    }
    [[nodiscard]] QString cell(int row, const char* title) const {
        const QAbstractItemModel* model = table()->model();
        for (int column = 0; row < model->rowCount() && column < model->columnCount(); ++column) {
            if (model->headerData(column, Qt::Horizontal).toString() == QLatin1String(title))
                return model->index(row, column).data().toString();
        }
        return {};
    }
    [[nodiscard]] QString state() const { return cell(0, "State"); }
    [[nodiscard]] int port() const { return cell(0, "Local address").section(u':', 1).toInt(); }
    void press(Qt::Key key) const { QTest::keyClick(table(), key); }
    [[nodiscard]] ui::ForwardDialog* dialog() const {
        return m_page->findChild<ui::ForwardDialog*>(QStringLiteral("forwardDialog"));
    }

    std::unique_ptr<FleetBench> m_bench;
    std::unique_ptr<FakeApi> m_api;
    std::shared_ptr<OneAtATime> m_transport;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<ui::Scope> m_scope;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    Way m_way;
    std::unique_ptr<ui::PortsPage> m_page;
};

void TestPortsPage::init() {
    m_bench = std::make_unique<FleetBench>();
    m_api = std::make_unique<FakeApi>(m_bench->time, "uid-paris");
    m_api->setClock(m_bench->time);
    for (const char* name : {"web", "api"})
        m_api->put(
            "pods", "shop", name,
            R"(,"spec":{"nodeName":"node-0","containers":[{"name":"main","ports":[{"containerPort":8080,"name":"http"},
{"containerPort":9090},{"containerPort":53,"protocol":"UDP"}]}]},"status":{"phase":"Running"})");
    m_transport = std::make_shared<OneAtATime>(m_api->transport());
    m_bench->write("config", FleetBench::kubeconfig({"paris"}));
    m_bench->makeTransport = [this](const std::string&) { return m_transport; };
    m_bench->open();
    openPage();
}

void TestPortsPage::openPage() {
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    m_page = std::make_unique<ui::PortsPage>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_way, {}},
        nullptr);
    new QAbstractItemModelTester(table()->model(), m_page.get());
    m_page->resize(1200, 500);
    m_page->QWidget::show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestPortsPage::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_scope.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench->close();
    m_transport.reset();
    m_api.reset();
    m_bench.reset();
}

void TestPortsPage::emptyFaceLeadsToTheDialog() {
    QCOMPARE(m_page->findChild<QLabel*>(QStringLiteral("portsEmpty"))->text(), QStringLiteral("No port is forwarded"));
    QVERIFY(!table()->isVisible());
    m_page->focusMain();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QVERIFY(dialog());
    QVERIFY(!dialog()->findChild<QPushButton*>(QStringLiteral("forwardGo"))->isEnabled());
    QCOMPARE(dialog()->findChild<QLabel*>(QStringLiteral("forwardHint"))->text(),
             QStringLiteral("No cluster is connected."));
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
}

void TestPortsPage::dialogKnowsThePorts() {
    connectParis();
    m_actions->find(QStringLiteral("ports.new"))->trigger();
    QVERIFY(dialog());
    auto* remote = dialog()->findChild<QComboBox*>(QStringLiteral("forwardRemote"));
    dialog()->findChild<QComboBox*>(QStringLiteral("forwardKind"))->setCurrentText(QStringLiteral("Pod"));
    dialog()->findChild<QLineEdit*>(QStringLiteral("forwardNamespace"))->setText(QStringLiteral("shop"));
    dialog()->findChild<QLineEdit*>(QStringLiteral("forwardName"))->setText(QStringLiteral("web"));
    QVERIFY(comes([&] { return remote->count() == 2; }));
    QCOMPARE(remote->itemText(0), QStringLiteral("8080 http"));
    QCOMPARE(remote->itemText(1), QStringLiteral("9090"));
    remote->setEditText(QStringLiteral("no port: at all"));
    QVERIFY(!dialog()->findChild<QPushButton*>(QStringLiteral("forwardGo"))->isEnabled());
    remote->setCurrentIndex(0);
    dialog()->findChild<QCheckBox*>(QStringLiteral("forwardAtStart"))->setChecked(true);
    dialog()->findChild<QPushButton*>(QStringLiteral("forwardGo"))->click();
    QCOMPARE(m_way.opened, QStringLiteral("ports"));
    QVERIFY(comes([&] { return state() == QLatin1String("Leads to web"); }));
    QCOMPARE(cell(0, "Target"), QStringLiteral("Pod shop/web"));
    QCOMPARE(cell(0, "Cluster"), QStringLiteral("paris"));
    QCOMPARE(cell(0, "Port"), QStringLiteral("8080"));
    QCOMPARE(m_bench->settings->list(fleet::Setting::PortForwards),
             std::vector<std::string>{"uid-paris pods shop web :8080 paris"});
}

void TestPortsPage::runsStopsAndStartsAgain() {
    connectParis();
    QVERIFY(m_bench->fleet->forwards().start(wish()));
    QVERIFY(comes([&] { return port() != 0; }));
    table()->setFocus();
    QCOMPARE(table()->currentIndex().row(), 0);
    press(Qt::Key_C);
    QCOMPARE(QApplication::clipboard()->text(), cell(0, "Local address"));
    QCOMPARE(m_way.said, cell(0, "Local address") + QStringLiteral(" copied"));
    Browser browser;
    press(Qt::Key_Return);
    QCOMPARE(browser.url, QUrl(QStringLiteral("http://") + cell(0, "Local address") + QStringLiteral("/")));
    const int before = port();
    press(Qt::Key_S);
    QCOMPARE(state(), QStringLiteral("Stopped"));
    QVERIFY(comes([&] { return !LocalClient(before).isConnected(); }));
    QVERIFY(!m_actions->find(QStringLiteral("ports.open"))->isEnabled());
    QCOMPARE(m_actions->find(QStringLiteral("ports.stop"))->text(), QStringLiteral("Start again"));
    press(Qt::Key_S);
    QVERIFY(comes([&] { return port() != 0; }));
    press(Qt::Key_A);
    QVERIFY(m_actions->find(QStringLiteral("ports.at-start"))->isChecked());
    QCOMPARE(m_bench->settings->list(fleet::Setting::PortForwards).size(), std::size_t(1));
    press(Qt::Key_A);
    QCOMPARE(m_bench->settings->list(fleet::Setting::PortForwards).size(), std::size_t(0));
    press(Qt::Key_Delete);
    QVERIFY(!table()->isVisible());
}

void TestPortsPage::saysWhatIsWrong() {
    connectParis();
    QVERIFY(m_bench->fleet->forwards().start(wish()));
    QVERIFY(comes([&] { return port() != 0; }));
    LocalClient client(port()); // what answers here knows no WebSockets
    QVERIFY(comes([&] { return !cell(0, "Last error").isEmpty(); }));
    QCOMPARE(cell(0, "Connections"), QStringLiteral("0 of 1"));
    QVERIFY(m_bench->fleet->forwards().start(wish("none")));
    QVERIFY(comes([&] { return cell(1, "State") == QLatin1String("Failed"); }));
    QCOMPARE(m_page->waiting(), 1);
    // Not by the operator: started again it looks anew.
    table()->selectRow(1);
    QCOMPARE(m_actions->find(QStringLiteral("ports.stop"))->text(), QStringLiteral("Start again"));
    fleet::ForwardWish nonsense = wish();
    nonsense.resource = "configmaps";
    QVERIFY(!m_bench->fleet->forwards().start(nonsense));
}

void TestPortsPage::rememberedOnesWaitForTheirCluster() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench->settings->set(fleet::Setting::PortForwards,
                           std::vector<std::string>{"uid-paris pods shop web :8080 paris", "nonsense",
                                                    "uid-oslo pods shop web :8080 oslo"});
    m_bench->close();
    m_bench->open();
    openPage();
    m_bench->pass(1s);
    QCOMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(state(), QStringLiteral("Waits until the cluster is connected"));
    QCOMPARE(m_api->requests(), std::size_t(0));
    connectParis();
    QVERIFY(comes([&] { return state() == QLatin1String("Leads to web"); }));
    QCOMPARE(cell(1, "State"), QStringLiteral("Waits until the cluster is connected"));
    // Nobody asked for a change.
    QCOMPARE(m_bench->settings->list(fleet::Setting::PortForwards).size(), std::size_t(3));
}

void TestPortsPage::filters() {
    connectParis();
    QVERIFY(m_bench->fleet->forwards().start(wish()));
    QVERIFY(m_bench->fleet->forwards().start(wish("api")));
    QCOMPARE(m_page->subtitle(), QStringLiteral("2 port forwards"));
    m_page->setFilter(QStringLiteral("API"));
    QCOMPARE(table()->model()->rowCount(), 1);
    QCOMPARE(m_page->subtitle(), QStringLiteral("1 of 2 match"));
    m_page->setFilter(QStringLiteral("nowhere"));
    QVERIFY(!table()->isVisible());
    m_page->findChild<QPushButton*>(QStringLiteral("portsEmptyAct"))->click();
    QCOMPARE(table()->model()->rowCount(), 2);
}

QTEST_MAIN(TestPortsPage)
#include "tst_ports_page.moc"
