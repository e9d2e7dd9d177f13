// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/door.h"
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/servers.h"
#include "ui/base/table_view.h"
#include "ui/change/change_runs.h"
#include "ui/journal/journal_page.h"
#include "ui/journal/journal_summary.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace std::chrono_literals;

namespace {

/// Remembers what was said.
struct Way final : ui::Navigator {
    QString said;
    void open(const ui::PageTarget&, Tab) override {}
    void goBack() override {}
    void say(const QString& sentence) override { said = sentence; }
    void editFilter() override {}
};

} // namespace

// The page over a journal, and over one that cannot be read.
class TestJournalPage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void emptyIsNoFailure();
    void saysWhy();
    void saysWhatIsInTheWayAndComesBack();
    void exportSaysWhyItFailed();
    void footSaysIt();

private:
    /// A folder where the file should be, which no rights of root change.
    [[nodiscard]] bool block() const { return QDir().mkpath(file()); }
    [[nodiscard]] QString file() const { return QString::fromStdString(m_bench->path("journal/journal.sqlite")); }
    template <typename Condition>
    [[nodiscard]] bool comes(Condition condition) {
        return QTest::qWaitFor([&] {
            m_bench->pass(50ms);
            return condition();
        });
    }
    [[nodiscard]] QString face() const { return m_page->findChild<QLabel*>(QStringLiteral("journalEmpty"))->text(); }
    [[nodiscard]] QPushButton& again() const {
        return *m_page->findChild<QPushButton*>(QStringLiteral("journalTryAgain"));
    }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<ui::Scope> m_scope;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    Way m_way;
    std::unique_ptr<ui::JournalPage> m_page;
};

void TestJournalPage::init() {
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris"});
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    m_page = std::make_unique<ui::JournalPage>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_way, {}},
        nullptr);
    m_page->resize(1100, 600);
}

void TestJournalPage::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench.reset();
}

void TestJournalPage::emptyIsNoFailure() {
    m_page->show();
    QVERIFY(comes([this] { return m_page->isSettled(); }));
    QVERIFY2(face().startsWith(QStringLiteral("Nothing was done from this machine yet")), qPrintable(face()));
    QVERIFY(!again().isVisible());
    QCOMPARE(m_page->subtitle(), QStringLiteral("0 lines"));
}

void TestJournalPage::saysWhy() {
    for (const char* set : {"20260102-150405-aaaaa", "20260102-150406-bbbbb"}) {
        change::JournalRecord record;
        record.entry.set = set;
        record.entry.title = "Scale the shop";
        record.entry.verb = change::Verb::Scale;
        record.entry.object = {"apps/v1", "Deployment", "shop", "web"};
        m_door->journal().add({record}, record.entry.set.ends_with('b') ? "Ticket 7" : "", {});
    }
    m_page->show();
    auto* table = m_page->findChild<ui::TableView*>();
    QVERIFY(comes([&] { return m_page->isSettled() && table->model()->rowCount() == 2; }));
    const auto& why = *m_page->findChild<QLabel*>(QStringLiteral("journalIntent"));
    table->selectRow(0);
    QVERIFY(why.isVisible());
    QCOMPARE(why.text(), QStringLiteral("Why: Ticket 7"));
    table->selectRow(1);
    QVERIFY(!why.isVisible());
    m_page->setFilter(QStringLiteral("ticket"));
    QVERIFY(comes([&] { return m_page->isSettled() && table->model()->rowCount() == 1; }));
    QVERIFY(why.isVisible());
}

void TestJournalPage::saysWhatIsInTheWayAndComesBack() {
    QVERIFY(block());
    m_page->show();
    QVERIFY(comes([this] { return m_page->isSettled(); }));
    QVERIFY2(face().startsWith(QStringLiteral("The journal cannot be read")), qPrintable(face()));
    QVERIFY2(face().contains(file()), qPrintable(face()));
    QVERIFY(again().isVisible());
    QVERIFY(!m_page->findChild<ui::TableView*>()->isVisible());
    QCOMPARE(m_page->subtitle(), QStringLiteral("cannot be read"));
    // A filter is not what hides the lines.
    m_page->setFilter(QStringLiteral("web"));
    QVERIFY(comes([this] { return m_page->isSettled(); }));
    QVERIFY(!m_page->findChild<QPushButton*>(QStringLiteral("journalClearFilter"))->isVisible());
    m_page->setFilter({});
    QVERIFY(comes([this] { return m_page->isSettled(); }));
    QVERIFY(QDir().rmdir(file()));
    again().click();
    QVERIFY(comes([this] { return !again().isVisible(); }));
    QVERIFY2(face().startsWith(QStringLiteral("Nothing was done from this machine yet")), qPrintable(face()));
}

void TestJournalPage::exportSaysWhyItFailed() {
    QVERIFY(block());
    const QString out = QString::fromStdString(m_bench->path("out.csv"));
    m_page->exportTo(out);
    QVERIFY(comes([this] { return !m_way.said.isEmpty(); }));
    QVERIFY2(m_way.said.contains(file()), qPrintable(m_way.said));
    QVERIFY(!QFile::exists(out));
}

void TestJournalPage::footSaysIt() {
    QVERIFY(block());
    ui::JournalSummary summary(m_door->journal());
    QVERIFY(comes([&summary] { return !summary.toolTip().isEmpty(); }));
    QVERIFY2(summary.toolTip().contains(file()), qPrintable(summary.toolTip()));
}

QTEST_MAIN(TestJournalPage)
#include "tst_journal_page.moc"
