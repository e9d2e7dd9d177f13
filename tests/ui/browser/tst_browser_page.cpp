// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/door.h"
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/servers.h"
#include "ui/browser/browser_page.h"
#include "ui/browser/object_table.h"
#include "ui/change/change_runs.h"
#include "ui/logs/logs_label_dialog.h"
#include "ui/logs/logs_subject.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QAction>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>

using namespace std::chrono_literals;

/// Leads nowhere.
struct NoWay final : ui::Navigator {
    QString said;
    std::vector<ui::PageTarget> opened;
    void open(const ui::PageTarget& target, Tab) override { opened.push_back(target); }
    void goBack() override {}
    void say(const QString& sentence) override { said = sentence; }
    void editFilter() override {}
};

// The page over a server in memory.
class TestBrowserPage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void asksNothingBeforeItIsShown();
    void refreshesNothingWhileHidden();
    void keepsPlaceAndChoiceOverAnAbsence_data();
    void keepsPlaceAndChoiceOverAnAbsence();
    void asksForLogsByLabel();
    void answersKeysBeforeTheRowsCome();

private:
    [[nodiscard]] std::unique_ptr<ui::BrowserPage> makePage();
    [[nodiscard]] std::size_t watches() { return m_bench->api("paris").watches("/jobs"); }
    [[nodiscard]] ui::ObjectTable& table() const { return *m_page->findChild<ui::ObjectTable*>(); }
    [[nodiscard]] QString nameAt(int row) const {
        const int column = static_cast<ui::ObjectTableModel*>(table().model())->columnIndex("name");
        return table().model()->index(row, column).data().toString();
    }
    [[nodiscard]] QStringList chosen() const {
        QStringList names;
        for (const QModelIndex& index : table().selectionModel()->selectedRows())
            names.append(nameAt(index.row()));
        names.sort();
        return names;
    }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<ui::Scope> m_scope;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    NoWay m_navigator;
    std::unique_ptr<ui::BrowserPage> m_page;
};

void TestBrowserPage::init() {
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris"});
    FakeApi& api = m_bench->api("paris");
    api.serve("batch/v1", "Job", "jobs", true);
    for (int i = 0; i < 200; ++i)
        api.put("jobs", "shop", "job-" + std::to_string(1000 + i));
    m_bench->connect("paris");
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    m_page = makePage();
}

void TestBrowserPage::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench.reset();
}

std::unique_ptr<ui::BrowserPage> TestBrowserPage::makePage() {
    auto page = std::make_unique<ui::BrowserPage>(ui::PageContext{
        *m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_navigator, {}});
    page->resize(1000, 500);
    page->restore({{QStringLiteral("kind"), QStringLiteral("jobs.batch")}});
    return page;
}

// As a tab of the last session that stands behind another one.
void TestBrowserPage::asksNothingBeforeItIsShown() {
    m_bench->pass(1s);
    QCOMPARE(watches(), std::size_t(0));
    QVERIFY(m_page->isSettled());
    m_page->show();
    m_bench->pass(1s);
    QCOMPARE(watches(), std::size_t(1));
    QCOMPARE(table().model()->rowCount(), 200);
}

void TestBrowserPage::refreshesNothingWhileHidden() {
    m_page->show();
    m_bench->pass(1s);
    m_page->hide();
    // Another tab of the same kind has a watch of its own use.
    const std::unique_ptr<ui::BrowserPage> other = makePage();
    other->show();
    m_bench->pass(20s);
    QCOMPARE(watches(), std::size_t(1));
    other->hide();
    m_bench->pass(20s);
    QCOMPARE(watches(), std::size_t(0));
    m_page->show();
    m_bench->pass(1s);
    QCOMPARE(watches(), std::size_t(1));
    QCOMPARE(table().model()->rowCount(), 200);
}

void TestBrowserPage::keepsPlaceAndChoiceOverAnAbsence_data() {
    QTest::addColumn<int>("seconds");
    QTest::newRow("short, the watch lingers") << 1;
    QTest::newRow("long, all is read anew") << 60;
}

void TestBrowserPage::keepsPlaceAndChoiceOverAnAbsence() {
    QFETCH(int, seconds);
    m_page->show();
    m_bench->pass(1s);
    table().goTo(150);
    table().selectionModel()->select(table().model()->index(152, 0),
                                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const QStringList before = chosen();
    QCOMPARE(before, (QStringList{QStringLiteral("job-1150"), QStringLiteral("job-1152")}));
    const int y = table().visualRect(table().currentIndex()).y();
    m_page->hide();
    m_bench->api("paris").put("jobs", "shop", "job-0999");
    m_bench->pass(std::chrono::seconds(seconds));
    m_page->show();
    m_bench->pass(1s);
    QCOMPARE(table().model()->rowCount(), 201);
    QCOMPARE(nameAt(table().currentIndex().row()), QStringLiteral("job-1150"));
    QCOMPARE(chosen(), before);
    QCOMPARE(table().visualRect(table().currentIndex()).y(), y);
}

// Prefilled with what the pod says of itself, and with an owner's selector.
void TestBrowserPage::asksForLogsByLabel() {
    FakeApi& api = m_bench->api("paris");
    api.put("pods", "shop", "web-1", {}, R"(,"labels":{"app":"web","pod-template-hash":"5d8c"})");
    api.put("jobs", "shop", "job-1000", R"(,"spec":{"selector":{"matchLabels":{"job-name":"job-1000"}}})");
    const auto dialog = [this] { return m_page->findChild<ui::LogsLabelDialog*>(); };
    const auto line = [&] { return dialog()->findChild<QLineEdit*>(QStringLiteral("logsLabelSelector")); };
    const auto ask = [&](const char* kind) {
        m_page->restore({{QStringLiteral("kind"), QLatin1String(kind)}});
        m_page->show();
        m_bench->pass(1s);
        table().setCurrentIndex(table().model()->index(0, 0));
        m_actions->find(QStringLiteral("browser.act-logs-by-label"))->trigger();
        m_bench->pass(1s);
    };
    ask("pods");
    QVERIFY(dialog());
    QCOMPARE(line()->text(), QStringLiteral("app=web"));
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(m_navigator.opened.size(), std::size_t(1));
    QVERIFY(m_navigator.opened.front().page == QLatin1String("logs"));
    QCOMPARE(m_navigator.opened.front().logs->title, QStringLiteral("app=web in shop, paris"));
    QTRY_VERIFY(!dialog());
    ask("jobs.batch");
    QVERIFY(dialog());
    QCOMPARE(line()->text(), QStringLiteral("job-name=job-1000"));
    QTest::keyClick(line(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
    // What has no logs says nothing about labels.
    ask("namespaces");
    QVERIFY(dialog());
    QCOMPARE(line()->text(), QString());
    QTest::keyClick(line(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
}

void TestBrowserPage::answersKeysBeforeTheRowsCome() {
    m_navigator = {};
    m_bench->api("paris").setDelay(2s);
    m_page->show();
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    m_bench->pass(1s);
    QCOMPARE(table().model()->rowCount(), 0);
    QVERIFY(!m_page->isSettled());
    m_page->focusMain();
    QTest::keyClick(&table(), Qt::Key_L);
    QCOMPARE(m_navigator.said, QStringLiteral("The objects are still being read"));
    QVERIFY(m_navigator.opened.empty());
    QTest::keyClick(&table(), Qt::Key_L, Qt::ShiftModifier);
    auto* dialog = m_page->findChild<ui::LogsLabelDialog*>();
    QVERIFY(dialog);
    auto* line = dialog->findChild<QLineEdit*>(QStringLiteral("logsLabelSelector"));
    QCOMPARE(line->text(), QString());
    QTest::keyClick(line, Qt::Key_Escape);
    QTRY_VERIFY(!m_page->findChild<ui::LogsLabelDialog*>());
    m_bench->pass(10s);
    QCOMPARE(table().model()->rowCount(), 200);
    m_page->setFilter(QStringLiteral("nowhere"));
    QTRY_COMPARE(table().model()->rowCount(), 0);
    m_actions->find(QStringLiteral("browser.act-logs"))->trigger();
    QCOMPARE(m_navigator.said, QStringLiteral("Choose an object first"));
}

QTEST_MAIN(TestBrowserPage)
#include "tst_browser_page.moc"
