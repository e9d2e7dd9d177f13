// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/acts.h"
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/servers.h"
#include "ui/browser/debug_follow_up.h"
#include "ui/browser/workload_acts.h"
#include "ui/change/change_run.h"
#include "ui/change/change_runs.h"
#include "ui/editor/editor_subject.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"
#include "ui/terminal/terminal_subject.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace std::chrono_literals;

namespace {

struct Ways final : ui::Navigator {
    void open(const ui::PageTarget& target, Tab) override { opened.push_back(target); }
    void goBack() override {}
    void say(const QString& sentence) override { said = sentence; }
    void editFilter() override {}
    std::vector<ui::PageTarget> opened;
    QString said;
};

} // namespace

// Acts that read before they write, over two servers in memory.
class TestBrowserActs : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void opensAutoscalers();
    void saysWhereThereAreNone();
    void runsJobs();
    void taintsNodes();
    void drainsNodes();
    void joinsDebugContainers_data();
    void joinsDebugContainers();

private:
    [[nodiscard]] std::vector<ui::ActTarget> targets(const char* version, const char* kind, const std::string& ns,
                                                     const std::string& name) const {
        std::vector<ui::ActTarget> all;
        for (const char* server : {"paris", "rome"})
            all.push_back(
                {m_bench->id(server), *m_bench->fleet->kinds(m_bench->id(server))->findKind(version, kind), ns, name});
        return all;
    }
    [[nodiscard]] const std::vector<change::Operation>& operations() const {
        return m_changes->all().back()->plan().set.operations;
    }
    template <typename Done>
    void until(Done done) {
        QVERIFY(QTest::qWaitFor([&] {
            m_bench->pass(50ms);
            return done();
        }));
    }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    ui::Scope m_scope;
    ui::ActionRegistry m_actions;
    Ways m_ways;
    QWidget m_page;
    std::unique_ptr<ui::WorkloadActs> m_acts;
};

void TestBrowserActs::init() {
    m_ways = {};
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris", "rome"});
    for (const char* server : {"paris", "rome"}) {
        FakeApi& api = m_bench->api(server);
        api.serve("apps/v1", "Deployment", "deployments", true);
        api.serve("batch/v1", "CronJob", "cronjobs", true);
        api.serve("batch/v1", "Job", "jobs", true);
        if (server != std::string("rome"))
            api.serve("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true);
        api.put("deployments", "shop", "web");
        api.put("cronjobs", "shop", "nightly", R"(,"spec":{"jobTemplate":{"spec":{"backoffLimit":1}}})");
        api.put("jobs", "shop", "import", R"(,"spec":{"backoffLimit":2,"suspend":true})");
    }
    m_bench->api("paris").put("nodes", "", "node-0", R"(,"spec":{"taints":[{"key":"a","effect":"NoSchedule"}]})");
    for (const char* server : {"paris", "rome"})
        m_bench->connect(server);
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_acts = std::make_unique<ui::WorkloadActs>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, m_scope, m_actions, m_ways, {}},
        &m_page, nullptr);
}

void TestBrowserActs::cleanup() {
    m_acts.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench.reset();
}

void TestBrowserActs::opensAutoscalers() {
    std::vector<ui::ActTarget> web = targets("apps/v1", "Deployment", "shop", "web");
    web.pop_back();
    m_acts->autoscale(web);
    until([&] { return m_ways.opened.size() == 1; });
    QVERIFY(m_ways.opened[0].edit->purpose == ui::EditorSubject::Purpose::Create);
    QVERIFY(m_ways.opened[0].edit->view == ui::EditorSubject::View::Form);
    QVERIFY(m_ways.opened[0].edit->draft.find("kind: HorizontalPodAutoscaler") != std::string::npos);
    m_bench->api("paris").put(
        "horizontalpodautoscalers", "shop", "scaler",
        R"(,"spec":{"scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}})");
    m_acts->autoscale(web);
    until([&] { return m_ways.opened.size() == 2; });
    QVERIFY(m_ways.opened[1].edit->purpose == ui::EditorSubject::Purpose::Edit);
    QCOMPARE(m_ways.opened[1].edit->name, std::string("scaler"));
}

void TestBrowserActs::saysWhereThereAreNone() {
    m_acts->autoscale(targets("apps/v1", "Deployment", "shop", "web"));
    QVERIFY(m_ways.said.contains(QLatin1String("rome")));
    m_acts->runNow(targets("batch/v1", "CronJob", "shop", "gone"));
    m_ways.said.clear();
    until([&] { return !m_ways.said.isEmpty(); });
    QVERIFY(m_ways.opened.empty());
}

void TestBrowserActs::runsJobs() {
    m_acts->runNow(targets("batch/v1", "CronJob", "shop", "nightly"));
    until([&] { return m_ways.opened.size() == 1; });
    QCOMPARE(operations().size(), std::size_t(2));
    QVERIFY(operations()[0].verb == change::Verb::Create);
    QVERIFY(operations()[0].object.name.starts_with("nightly-"));
    QVERIFY(operations()[1].body.find(R"("backoffLimit":1)") != std::string::npos);
    m_acts->runAgain(targets("batch/v1", "Job", "shop", "import"));
    until([&] { return m_ways.opened.size() == 2; });
    QVERIFY(operations()[0].body.find(R"("backoffLimit":2)") != std::string::npos);
    QVERIFY(operations()[0].body.find("suspend") == std::string::npos);
}

void TestBrowserActs::taintsNodes() {
    m_acts->askTaints(targets("v1", "Node", "", "node-0"));
    QWidget* dialog = nullptr;
    until([&] {
        dialog = m_page.findChild<QWidget*>(QStringLiteral("taintDialog"));
        return dialog != nullptr;
    });
    auto* list = dialog->findChild<QListWidget*>(QStringLiteral("taintList"));
    auto* go = dialog->findChild<QPushButton*>(QStringLiteral("actGo"));
    QCOMPARE(list->count(), 1);
    QVERIFY(list->item(0)->text().startsWith(QLatin1String("a:NoSchedule (")));
    QVERIFY(!go->isEnabled());
    dialog->findChild<QLineEdit*>(QStringLiteral("taintValue"))->setText(QStringLiteral("x"));
    QVERIFY(!go->isEnabled());
    QVERIFY(!dialog->findChild<QLabel*>(QStringLiteral("taintProblem"))->text().isEmpty());
    dialog->findChild<QLineEdit*>(QStringLiteral("taintKey"))->setText(QStringLiteral("gpu"));
    list->item(0)->setCheckState(Qt::Unchecked);
    QVERIFY(go->isEnabled());
    go->click();
    until([&] { return m_ways.opened.size() == 1; });
    QCOMPARE(operations().size(), std::size_t(2));
    // The first loses the taint that it has, the other one has none to lose.
    QVERIFY(operations()[0].body.find(R"("op":"replace")") != std::string::npos);
    QVERIFY(operations()[0].body.find(R"("key":"gpu")") != std::string::npos);
    QVERIFY(operations()[1].body.find(R"("op":"add")") != std::string::npos);
}

void TestBrowserActs::drainsNodes() {
    const char* const owned = R"(,"spec":{"nodeName":"node-0"})";
    m_bench->api("paris").put("pods", "shop", "bare", owned);
    m_bench->api("rome").put("pods", "shop", "other", R"(,"spec":{"nodeName":"node-0","volumes":[{"emptyDir":{}}]})");
    m_acts->askDrain(targets("v1", "Node", "", "node-0"));
    auto* dialog = m_page.findChild<QWidget*>(QStringLiteral("drainDialog"));
    QVERIFY(dialog);
    auto* pods = dialog->findChild<QTableView*>(QStringLiteral("drainPods"));
    auto* go = dialog->findChild<QPushButton*>(QStringLiteral("actGo"));
    QVERIFY(!go->isEnabled());
    until([&] { return pods->model()->rowCount() == 2; });
    // Nothing would make them again, and nobody has allowed that.
    QVERIFY(!go->isEnabled());
    QCOMPARE(pods->model()->index(0, 1).data().toString(), QStringLiteral("node-0 in paris"));
    dialog->findChild<QCheckBox*>(QStringLiteral("drainUnmanaged"))->click();
    dialog->findChild<QCheckBox*>(QStringLiteral("drainLocalData"))->click();
    until([&] { return go->isEnabled(); });
    QVERIFY(dialog->findChild<QLabel*>(QStringLiteral("drainSummary"))->text().startsWith(u'2'));
    dialog->findChild<QSpinBox*>(QStringLiteral("drainGrace"))->setValue(7);
    dialog->findChild<QSpinBox*>(QStringLiteral("drainMinutes"))->setValue(2);
    go->click();
    until([&] { return m_ways.opened.size() == 1; });
    QCOMPARE(operations().size(), std::size_t(4));
    QVERIFY(operations()[0].object.kind == "Node");
    QVERIFY(operations()[2].verb == change::Verb::Evict);
    QCOMPARE(operations()[2].object.name, std::string("bare"));
    QCOMPARE(operations()[2].gracePeriodSeconds, std::optional<std::int64_t>(7));
    QCOMPARE(operations()[2].awaitDeadline, std::chrono::seconds(120));
    QCOMPARE(operations()[3].cluster.context, std::string("rome"));
}

void TestBrowserActs::joinsDebugContainers_data() {
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("from the window that asked") << false;
    QTest::newRow("not once that is closed") << true;
}

void TestBrowserActs::joinsDebugContainers() {
    QFETCH(bool, isClosed);
    const auto put = [this](const std::string& state) {
        m_bench->api("paris").put("pods", "shop", "web",
                                  R"(,"status":{"ephemeralContainerStatuses":[{"name":"debugger","state":{")" + state +
                                      R"(":{}}}]})");
    };
    put("waiting");
    const ui::ActTarget pod = targets("v1", "Pod", "shop", "web").front();
    change::ChangeSet set;
    set.operations.push_back(change::label(ui::changeTarget(*m_bench->fleet, pod), {{"a", "b"}}));
    ui::ChangeRun& run = m_changes->begin(std::move(set));
    auto ways = std::make_unique<Ways>();
    auto window = std::make_unique<QWidget>();
    auto* page = new QWidget(window.get());
    run.setFollowUp(
        ui::debugFollowUp({*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, m_scope, m_actions, *ways, {}},
                          *page, pod, "debugger"));
    until([&] { return run.state() == ui::ChangeRun::State::Planned; });
    run.apply({});
    until([&] { return run.state() == ui::ChangeRun::State::Over; });
    m_bench->pass(2s);
    QVERIFY(run.afterwords().empty());
    // A page may be closed, its window is there all the same.
    delete page;
    if (isClosed) {
        window.reset();
        ways.reset();
    }
    put("running");
    until([&] { return !run.afterwords().empty(); });
    QVERIFY(run.afterwords().front().isWell);
    QCOMPARE(run.afterwords().front().text,
             isClosed ? QStringLiteral("debugger runs. The window that asked for it is closed, so that no terminal has "
                                       "joined it: attach to it.")
                      : QStringLiteral("debugger runs, and a terminal has joined it."));
    if (!isClosed) {
        QCOMPARE(ways->opened.size(), std::size_t(1));
        QCOMPARE(ways->opened.front().terminal->container, std::string("debugger"));
    }
}

QTEST_MAIN(TestBrowserActs)
#include "tst_browser_acts.moc"
