// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/door.h"
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/servers.h"
#include "tests/core/logs/line_maker.h"
#include "ui/base/theme.h"
#include "ui/change/change_runs.h"
#include "ui/logs/label_wish.h"
#include "ui/logs/line_text.h"
#include "ui/logs/log_facets.h"
#include "ui/logs/log_histogram.h"
#include "ui/logs/log_view.h"
#include "ui/logs/logs_label_dialog.h"
#include "ui/logs/logs_page.h"
#include "ui/logs/logs_subject.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTreeWidget>
#include <QWheelEvent>

#include <mutex>

using namespace std::chrono_literals;

namespace {

/// Remembers what was said.
struct Way final : ui::Navigator {
    QString said;
    std::vector<ui::PageTarget> opened;
    void open(const ui::PageTarget& target, Tab) override { opened.push_back(target); }
    void goBack() override {}
    void say(const QString& sentence) override { said = sentence; }
    void editFilter() override {}
};

std::string podOf(const std::string& name);

} // namespace

// The page over two clusters whose containers write what the test says.
class TestLogsPage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void withoutSubjectItSaysHow();
    void showsWhatComesAndFollows();
    void comesBackAfterARestart();
    void readsByLabel();
    void readsByLabelInAllNamespaces();
    void asksForALabel();
    void letsGoWhenScrolledUp();
    void filtersAndGoesAround();
    void facetsHide();
    void facetsFollowTheTheme();
    void aStretchOfTime();
    void aStretchOfTimeByKeyboard();
    void facesAndNotices();
    void copiesAndSaves();
    void savesALongLineAsOne();
    void saysWhereCopyingStops();
    void remembersTheSizeOfText();
    void marks();
    void detailsOfALine();
    void oddLinesArePainted();
    void pictures();

private:
    using Stream = std::shared_ptr<kube::MemoryStream>;
    template <typename Condition>
    [[nodiscard]] bool comes(Condition condition) {
        return QTest::qWaitFor([&] {
            m_bench->pass(50ms);
            return condition();
        });
    }
    void makePage();
    void open(const std::vector<std::string>& pods, const std::vector<std::string>& clusters = {"paris"});
    void write(std::size_t stream, const std::string& lines) { streams().at(stream)->send(lines); }
    [[nodiscard]] std::vector<Stream> streams() {
        const std::lock_guard lock(m_mutex);
        return m_streams;
    }
    void writeMany(std::size_t stream, int count, int from = 0);
    void putLabelled(const std::string& cluster, const std::string& ns, const std::string& pod,
                     const std::string& app) {
        m_bench->api(cluster).put("pods", ns, pod, podOf(pod), R"(,"labels":{"app":")" + app + R"("})");
    }
    [[nodiscard]] QVariantMap keptState() const;
    [[nodiscard]] bool shows(const QString& subtitle) {
        return comes([&] { return m_page->subtitle().startsWith(subtitle) && m_page->isSettled(); });
    }
    template <typename T>
    [[nodiscard]] T& part(const char* name) const {
        return *m_page->findChild<T*>(QLatin1String(name));
    }
    void run(const char* action) const { m_actions->find(QLatin1String("logs.") + QLatin1String(action))->trigger(); }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<ui::Scope> m_scope;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    Way m_way;
    std::unique_ptr<ui::LogsPage> m_page;
    std::mutex m_mutex;
    std::vector<Stream> m_streams;
};

void TestLogsPage::init() {
    m_streams.clear();
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris", "oslo"});
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString(m_bench->path("cache")));
    for (const char* name : {"paris", "oslo"}) {
        m_bench->api(name).onLog([this](Stream stream) {
            const std::lock_guard lock(m_mutex);
            m_streams.push_back(std::move(stream));
        });
        m_bench->connect(name);
    }
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    makePage();
}

void TestLogsPage::makePage() {
    m_page = std::make_unique<ui::LogsPage>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_way, {}},
        nullptr);
    m_page->resize(1100, 600);
    m_page->show();
}

void TestLogsPage::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_streams.clear();
    m_bench.reset();
}

void TestLogsPage::open(const std::vector<std::string>& pods, const std::vector<std::string>& clusters) {
    std::vector<ui::ActTarget> targets;
    kube::Kind kind;
    kind.version = "v1";
    kind.kind = "Pod";
    kind.plural = "pods";
    for (const std::string& cluster : clusters) {
        for (const std::string& pod : pods) {
            m_bench->api(cluster).put("pods", "shop", pod, podOf(pod));
            targets.push_back({m_bench->id(cluster), kind, "shop", pod});
        }
    }
    m_page->show(ui::logsTarget(*m_bench->fleet, targets));
    QVERIFY(comes([&] { return streams().size() == targets.size(); }));
}

void TestLogsPage::writeMany(std::size_t stream, int count, int from) {
    std::string text;
    for (int i = from; i < from + count; ++i)
        text += "2026-01-31T06:00:" + std::to_string(10 + i % 50) + "." + std::to_string(100000 + i) + "Z line " +
                std::to_string(i) + "\n";
    write(stream, text);
}

void TestLogsPage::withoutSubjectItSaysHow() {
    QVERIFY(m_page->isVacant());
    QVERIFY(m_page->isSettled());
    QVERIFY(part<QLabel>("logsFace").text().contains(QStringLiteral("press L")));
    QVERIFY(part<QPushButton>("logsBrowse").isVisible());
}

void TestLogsPage::comesBackAfterARestart() {
    open({"web"}, {"paris", "oslo"});
    m_page->setFilter(QStringLiteral("line"));
    const QString title = m_page->title();
    const QVariantMap state = keptState();
    m_page.reset();
    makePage();
    QVERIFY(m_page->isVacant());
    m_page->restore(state);
    QCOMPARE(m_page->title(), title);
    QCOMPARE(m_page->filter(), QStringLiteral("line"));
    QVERIFY(comes([&] { return streams().size() == 4; }));
    writeMany(2, 5);
    writeMany(3, 5);
    QVERIFY(shows(QStringLiteral("10 of 10 lines match")));

    // A cluster that is not connected yet is waited for, and not contacted.
    m_page.reset();
    m_bench->fleet->disconnect(m_bench->id("oslo"));
    makePage();
    m_page->restore(state);
    QVERIFY(m_page->isSettled());
    QVERIFY(part<QLabel>("logsFace").text().contains(QStringLiteral("once their clusters are connected")));
    m_bench->connect("oslo");
    QVERIFY(comes([&] { return streams().size() == 6; }));

    // Of contexts that are no more nothing is left.
    m_page.reset();
    makePage();
    QVariantMap logs = state.value(QStringLiteral("logs")).toMap();
    logs[QStringLiteral("subjects")] = QVariantList{QStringLiteral("gone shop pods web .").split(u' ')};
    m_page->restore({{QStringLiteral("logs"), logs}});
    QVERIFY(m_page->isVacant());
}

// As settings keep it.
QVariantMap TestLogsPage::keptState() const {
    return QJsonDocument::fromJson(QJsonDocument(QJsonObject::fromVariantMap(m_page->state())).toJson())
        .object()
        .toVariantMap();
}

void TestLogsPage::readsByLabel() {
    const ui::PageTarget target = ui::logsTarget(
        *m_bench->fleet, ui::LabelWish{{m_bench->id("paris"), m_bench->id("oslo")}, {"shop"}, "app in (web)"});
    m_page->show(target);
    QCOMPARE(m_page->title(), QStringLiteral("Logs of app in (web) in shop, paris, oslo"));
    QVERIFY(m_page->isAbout(target));
    QVERIFY(comes([this] { return part<QLabel>("logsFace").text().contains(QLatin1String("No pod matches app in")); }));
    putLabelled("paris", "shop", "web-1", "web");
    putLabelled("paris", "shop", "db", "db");
    putLabelled("paris", "stage", "web-1", "web");
    QVERIFY(comes([&] { return streams().size() == 1; }));
    putLabelled("oslo", "shop", "web-2", "web");
    QVERIFY(comes([&] { return streams().size() == 2; }));
    writeMany(0, 3);
    writeMany(1, 4);
    QVERIFY(shows(QStringLiteral("7 lines, 2 of 2 sources open")));
    putLabelled("paris", "shop", "web-3", "web");
    QVERIFY(comes([&] { return streams().size() == 3; }));
    writeMany(2, 5);
    QVERIFY(shows(QStringLiteral("12 lines, 3 of 3 sources open")));
    // Of the other label and the other namespace nothing.
    m_bench->pass(2s);
    QCOMPARE(streams().size(), std::size_t(3));

    const QVariantMap state = keptState();
    m_page.reset();
    makePage();
    m_page->restore(state);
    QCOMPARE(m_page->title(), QStringLiteral("Logs of app in (web) in shop, paris, oslo"));
    QVERIFY(m_page->isAbout(target));
    QVERIFY(comes([&] { return streams().size() == 6; }));
    for (std::size_t i = 3; i < 6; ++i)
        writeMany(i, 2);
    QVERIFY(shows(QStringLiteral("6 lines, 3 of 3 sources open")));

    // What is left of it says so.
    m_page.reset();
    makePage();
    QVariantMap logs = state.value(QStringLiteral("logs")).toMap();
    QVariantList subjects = logs.value(QStringLiteral("subjects")).toList();
    subjects[1] = QStringList{QStringLiteral("gone")} + subjects[1].toStringList().mid(1);
    logs[QStringLiteral("subjects")] = subjects;
    m_page->restore({{QStringLiteral("logs"), logs}});
    QCOMPARE(m_page->title(), QStringLiteral("Logs of app in (web) in shop, paris"));
}

void TestLogsPage::readsByLabelInAllNamespaces() {
    putLabelled("paris", "shop", "web-1", "web");
    putLabelled("oslo", "stage", "web-1", "web");
    m_page->show(
        ui::logsTarget(*m_bench->fleet, ui::LabelWish{{m_bench->id("paris"), m_bench->id("oslo")}, {}, "app=web"}));
    QCOMPARE(m_page->title(), QStringLiteral("Logs of app=web in all namespaces, paris, oslo"));
    QVERIFY(comes([&] { return streams().size() == 2; }));
    const QVariantMap state = keptState();
    m_page.reset();
    makePage();
    m_page->restore(state);
    QCOMPARE(m_page->title(), QStringLiteral("Logs of app=web in all namespaces, paris, oslo"));
    QVERIFY(comes([&] { return streams().size() == 4; }));
    putLabelled("oslo", "new", "web-9", "web");
    QVERIFY(comes([&] { return streams().size() == 5; }));
}

void TestLogsPage::asksForALabel() {
    m_way.opened.clear();
    m_scope->set({m_bench->id("oslo")}, {QStringLiteral("shop")});
    const auto dialog = [this] { return m_page->findChild<ui::LogsLabelDialog*>(); };
    part<QPushButton>("logsByLabel").click();
    QVERIFY(dialog());
    auto* line = dialog()->findChild<QLineEdit*>(QStringLiteral("logsLabelSelector"));
    QTest::keyClicks(line, QStringLiteral("app=web"));
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(m_way.opened.size(), std::size_t(1));
    const auto& subjects = m_way.opened.front().logs->subjects;
    QCOMPARE(subjects.size(), std::size_t(1));
    QVERIFY(subjects.front() == (logs::GatherSubject{m_bench->id("oslo"), "shop", "pods", {}, "app=web"}));
    QTRY_VERIFY(!dialog());
    // Again from what is shown then.
    m_page->show(m_way.opened.front());
    m_bench->pass(1s);
    QVERIFY(!part<QPushButton>("logsByLabel").isVisible());
    run("by-label");
    QVERIFY(dialog());
    QCOMPARE(dialog()->findChild<QLineEdit*>(QStringLiteral("logsLabelSelector"))->text(), QStringLiteral("app=web"));
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
    QCOMPARE(m_way.opened.size(), std::size_t(1));
}

void TestLogsPage::showsWhatComesAndFollows() {
    open({"web"});
    QVERIFY(!m_page->isVacant());
    QVERIFY(m_page->title().contains(QStringLiteral("shop/web")));
    QVERIFY(!m_page->isSettled());
    writeMany(0, 500);
    QVERIFY(shows(QStringLiteral("500 lines, 1 of 1 sources open")));
    auto& view = part<ui::LogView>("logView");
    QVERIFY(view.isFollowing());
    QCOMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
    const int before = view.verticalScrollBar()->value();
    writeMany(0, 100, 500);
    QVERIFY(shows(QStringLiteral("600 lines")));
    QCOMPARE(view.verticalScrollBar()->value(), before + 100);
}

void TestLogsPage::letsGoWhenScrolledUp() {
    open({"web"});
    writeMany(0, 500);
    QVERIFY(shows(QStringLiteral("500 lines")));
    auto& view = part<ui::LogView>("logView");
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Home);
    QVERIFY(!view.isFollowing());
    QVERIFY(!m_actions->find(QStringLiteral("logs.follow"))->isChecked());
    writeMany(0, 100, 500);
    QVERIFY(shows(QStringLiteral("600 lines")));
    QCOMPARE(view.verticalScrollBar()->value(), 0);
    QCOMPARE(view.currentRow().value(), logs::Row(0));
    QTest::keyClick(&view, Qt::Key_End);
    QVERIFY(view.isFollowing());
    QCOMPARE(view.currentRow().value(), logs::Row(599));
    view.verticalScrollBar()->setValue(5);
    QVERIFY(!view.isFollowing());
    run("follow");
    QVERIFY(view.isFollowing());
}

void TestLogsPage::filtersAndGoesAround() {
    open({"web"});
    writeMany(0, 500);
    QVERIFY(shows(QStringLiteral("500 lines")));
    m_page->setFilter(QStringLiteral("/line 4.7$/"));
    QVERIFY(shows(QStringLiteral("10 of 500 lines match")));
    auto& view = part<ui::LogView>("logView");
    QTest::keyClick(&view, Qt::Key_Home);
    QCOMPARE(view.selectedText(), QStringLiteral("line 407"));
    run("around");
    QVERIFY(shows(QStringLiteral("500 lines")));
    QCOMPARE(view.selectedText(), QStringLiteral("line 407"));
    QVERIFY(part<QLabel>("logsNotice").isVisible());
    run("back");
    QVERIFY(shows(QStringLiteral("10 of 500 lines match")));
    QVERIFY(comes([&] { return view.selectedText() == QLatin1String("line 407"); }));
    // It goes on with what comes.
    write(0, "2026-01-31T06:01:00Z line 4x7\n");
    QVERIFY(shows(QStringLiteral("11 of 501 lines match")));
    m_page->setFilter(QStringLiteral("level:loud"));
    QVERIFY(m_page->filterProblem());
    QCOMPARE(m_page->filterProblem()->column, 6);
    m_page->setFilter(QStringLiteral("nowhere"));
    QVERIFY(shows(QStringLiteral("0 of 501 lines match")));
    QVERIFY(part<QLabel>("logsFace").text().contains(QStringLiteral("nowhere")));
    part<QPushButton>("logsClearFilter").click();
    QVERIFY(shows(QStringLiteral("501 lines")));
}

void TestLogsPage::facetsFollowTheTheme() {
    open({"web"});
    write(0, "2026-01-31T06:00:00Z INFO a\n");
    QVERIFY(shows(QStringLiteral("1 line")));
    auto& facets = part<ui::LogFacets>("logFacets");
    const auto source = [&] {
        return facets.findItems(QStringLiteral("web/"), Qt::MatchRecursive | Qt::MatchStartsWith).value(0);
    };
    QVERIFY(comes([&] { return source() != nullptr; }));
    for (const auto choice : {ui::SchemeChoice::Dark, ui::SchemeChoice::Light}) {
        const ui::Theme theme(choice);
        QTRY_COMPARE(source()->foreground(0).color(), ui::tokens().text);
    }
}

void TestLogsPage::facetsHide() {
    open({"web", "db"});
    write(0, "2026-01-31T06:00:00Z INFO a\n2026-01-31T06:00:02Z ERROR b\n");
    write(1, "2026-01-31T06:00:01Z WARN c\n2026-01-31T06:00:03Z ERROR d\n");
    QVERIFY(shows(QStringLiteral("4 lines, 2 of 2")));
    auto& facets = part<ui::LogFacets>("logFacets");
    const auto item = [&](const QString& text) { return facets.findItems(text, Qt::MatchRecursive).value(0); };
    QVERIFY(comes([&] { return item(QStringLiteral("error"))->text(1) == QLatin1String("2"); }));
    QVERIFY(item(QStringLiteral("debug"))->isHidden());
    facets.showOnly(item(QStringLiteral("error")));
    QVERIFY(shows(QStringLiteral("2 of 4 lines match")));
    item(QStringLiteral("db/main"))->setCheckState(0, Qt::Unchecked);
    QVERIFY(shows(QStringLiteral("1 of 4 lines match")));
    run("all-lines");
    QVERIFY(shows(QStringLiteral("4 lines")));
}

void TestLogsPage::aStretchOfTime() {
    open({"web"});
    write(0, "2026-01-31T06:00:00Z a\n2026-01-31T06:10:00Z b\n2026-01-31T06:10:10Z c\n2026-01-31T06:20:00Z d\n");
    QVERIFY(shows(QStringLiteral("4 lines")));
    auto& histogram = part<ui::LogHistogram>("logHistogram");
    const int middle = histogram.width() / 2;
    QTest::mousePress(&histogram, Qt::LeftButton, {}, {middle - 40, 20});
    QTest::mouseMove(&histogram, {middle + 40, 20});
    QTest::mouseRelease(&histogram, Qt::LeftButton, {}, {middle + 40, 20});
    QVERIFY(shows(QStringLiteral("2 of 4 lines match")));
    run("back");
    QVERIFY(shows(QStringLiteral("4 lines")));
    auto& view = part<ui::LogView>("logView");
    QTest::keyClick(&view, Qt::Key_Home);
    run("zoom");
    QVERIFY(shows(QStringLiteral("1 of 4 lines match")));
}

void TestLogsPage::aStretchOfTimeByKeyboard() {
    open({"web"});
    write(0, "2026-01-31T06:00:00Z a\n2026-01-31T06:10:00Z b\n2026-01-31T06:10:10Z c\n2026-01-31T06:20:00Z d\n");
    QVERIFY(shows(QStringLiteral("4 lines")));
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    auto& view = part<ui::LogView>("logView");
    auto& histogram = part<ui::LogHistogram>("logHistogram");
    const auto press = [&](Qt::Key key, Qt::KeyboardModifiers with = {}) { QTest::keyClick(&histogram, key, with); };
    const auto count = [&] { return histogram.accessibleDescription().section(QStringLiteral(" · "), 1); };
    // By Tab, as all else.
    view.setFocus();
    for (int i = 0; i < 20 && QApplication::focusWidget() != &histogram; ++i)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget(), &histogram);
    press(Qt::Key_Home);
    QCOMPARE(count(), QStringLiteral("1 lines"));
    const QImage there = histogram.grab().toImage();
    press(Qt::Key_Right);
    QCOMPARE(count(), QStringLiteral("0 lines"));
    QVERIFY(histogram.grab().toImage() != there);
    press(Qt::Key_Left);
    press(Qt::Key_Left);
    QCOMPARE(count(), QStringLiteral("1 lines"));
    press(Qt::Key_Return);
    QVERIFY(shows(QStringLiteral("1 of 4 lines match")));
    QCOMPARE(QApplication::focusWidget(), &histogram);
    press(Qt::Key_Escape);
    QVERIFY(shows(QStringLiteral("4 lines")));
    // Several bars, with a step less than all.
    press(Qt::Key_End);
    press(Qt::Key_Home, Qt::ShiftModifier);
    QCOMPARE(count(), QStringLiteral("4 lines"));
    press(Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(count(), QStringLiteral("3 lines"));
    press(Qt::Key_Return);
    QVERIFY(shows(QStringLiteral("3 of 4 lines match")));
    press(Qt::Key_Escape);
    QVERIFY(shows(QStringLiteral("4 lines")));
    press(Qt::Key_Escape);
    QCOMPARE(QApplication::focusWidget(), &view);
    run("histogram");
    QCOMPARE(QApplication::focusWidget(), &histogram);
}

void TestLogsPage::facesAndNotices() {
    open({"web", "db"});
    QCOMPARE(part<QLabel>("logsFace").text(), QStringLiteral("Reading…"));
    for (const Stream& stream : streams())
        stream->head();
    QVERIFY(comes([this] { return m_page->isSettled(); }));
    QVERIFY(comes([this] { return part<QLabel>("logsFace").text().startsWith(QLatin1String("Nothing was written")); }));
    write(0, "2026-01-31T06:00:00Z a\n");
    base::Error cut;
    cut.code = base::ErrorCode::Unreachable;
    streams()[1]->end(tl::unexpected<base::Error>(cut));
    QVERIFY(comes([this] { return part<QLabel>("logsNotice").text().contains(QLatin1String("cut")); }));
    QVERIFY(comes([this] { return streams().size() == 3; }));
    streams()[2]->refuse(
        {.status = 403,
         .body = R"({"kind":"Status","status":"Failure","reason":"Forbidden","code":403,"message":"no"})"});
    QVERIFY(comes([this] { return part<QLabel>("logsNotice").text().contains(QLatin1String("may not be read")); }));
}

void TestLogsPage::copiesAndSaves() {
    open({"web"});
    write(0, "2026-01-31T06:00:00Z \x1b[31mred\x1b[0m one\n2026-01-31T06:00:01Z two\n2026-01-31T06:00:02Z three\n");
    QVERIFY(shows(QStringLiteral("3 lines")));
    auto& view = part<ui::LogView>("logView");
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    run("copy");
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("red one\ntwo"));
    const QString name = QString::fromStdString(m_bench->path("saved"));
    const auto saved = [&](const QString& file) {
        m_way.said.clear();
        m_page->exportTo(file);
        if (!comes([this] { return !m_way.said.isEmpty(); }))
            return QByteArray();
        QFile written(file);
        return written.open(QIODevice::ReadOnly) ? written.readAll() : QByteArray();
    };
    QVERIFY(saved(name + QStringLiteral(".log")).startsWith("2026-01-31T06:00:00.000000000Z web/main red one\n"));
    const QByteArray json = saved(name + QStringLiteral(".jsonl"));
    QCOMPARE(json.count('\n'), 3);
    QVERIFY(json.contains(R"("message":"three"})"));
    QVERIFY(saved(QStringLiteral("/nowhere/x.log")).isEmpty());
    QVERIFY(m_way.said.contains(QStringLiteral("could not be written")));
}

void TestLogsPage::savesALongLineAsOne() {
    open({"web"});
    const std::string text(1'000'000, 'x');
    write(0, "2026-01-31T06:00:00Z one\n2026-01-31T06:00:01Z " + text + "end\n2026-01-31T06:00:02Z three\n");
    QVERIFY(shows(QStringLiteral("6 lines")));
    const QString name = QString::fromStdString(m_bench->path("long.jsonl"));
    m_way.said.clear();
    m_page->exportTo(name);
    QVERIFY(comes([this] { return !m_way.said.isEmpty(); }));
    QVERIFY2(m_way.said.startsWith(QLatin1String("Wrote 3 ")), qPrintable(m_way.said));
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readLine()).object().value(QLatin1String("message")).toString(),
             QStringLiteral("one"));
    const QString message =
        QJsonDocument::fromJson(file.readLine()).object().value(QLatin1String("message")).toString();
    QVERIFY(message == QString::fromStdString(text + "end"));
    QVERIFY(file.readLine().endsWith("\"message\":\"three\"}\n"));
    QVERIFY(file.atEnd());
}

void TestLogsPage::saysWhereCopyingStops() {
    open({"web"});
    writeMany(0, 100'005);
    QVERIFY(shows(QStringLiteral("100,005 lines")));
    auto& view = part<ui::LogView>("logView");
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_End, Qt::ShiftModifier);
    QCOMPARE(view.selectedCount(), std::size_t(100'005));
    run("copy");
    const QString copied = QApplication::clipboard()->text();
    QCOMPARE(copied.count(u'\n'), 99'999);
    QVERIFY(copied.endsWith(QLatin1String("\nline 99999")));
    QVERIFY2(m_way.said.startsWith(QLatin1String("Copied the first 100,000 of 100,005 lines")), qPrintable(m_way.said));
    // Just as many as go at once are all of them.
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&view, Qt::Key_Up, Qt::ShiftModifier);
    run("copy");
    QCOMPARE(QApplication::clipboard()->text(), copied);
    QVERIFY(m_way.said.startsWith(QLatin1String("Copied 100")));
}

void TestLogsPage::remembersTheSizeOfText() {
    open({"web"});
    writeMany(0, 500);
    QVERIFY(shows(QStringLiteral("500 lines")));
    m_page->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    auto* view = &part<ui::LogView>("logView");
    view->setFocus();
    const int fits = view->verticalScrollBar()->pageStep();
    const auto press = [&](std::initializer_list<Qt::Key> keys) {
        for (const Qt::Key key : keys)
            QTest::keyClick(view, key, Qt::ControlModifier);
    };
    press({Qt::Key_Plus, Qt::Key_Plus, Qt::Key_Equal, Qt::Key_0});
    QCOMPARE(view->enlargement(), 0);
    QCOMPARE(view->verticalScrollBar()->pageStep(), fits);
    press({Qt::Key_Plus, Qt::Key_Plus, Qt::Key_Equal, Qt::Key_Equal, Qt::Key_Minus});
    QCOMPARE(view->enlargement(), 3);
    QVERIFY(view->verticalScrollBar()->pageStep() < fits);
    QVERIFY(view->isFollowing());
    QCOMPARE(view->verticalScrollBar()->value(), view->verticalScrollBar()->maximum());
    m_page.reset();
    makePage();
    view = &part<ui::LogView>("logView");
    QCOMPARE(view->enlargement(), 3);
    const auto turn = [&](int delta, Qt::KeyboardModifiers with) {
        const QPointF middle = view->viewport()->rect().center();
        QWheelEvent event(middle, view->viewport()->mapToGlobal(middle), {}, {0, delta}, {}, with, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(view->viewport(), &event);
    };
    turn(120, Qt::ControlModifier);
    QCOMPARE(view->enlargement(), 4);
    turn(120, {});
    QCOMPARE(view->enlargement(), 4);
    // Fine wheels and touch pads send a step in parts.
    turn(-60, Qt::ControlModifier);
    QCOMPARE(view->enlargement(), 4);
    turn(-60, Qt::ControlModifier);
    QCOMPARE(view->enlargement(), 3);
    turn(-120 * 100, Qt::ControlModifier);
    QCOMPARE(view->enlargement(), ui::LogView::kSmallest);
    QCOMPARE(m_bench->settings->number(fleet::Setting::LogTextSize), std::int64_t(ui::LogView::kSmallest));
}

void TestLogsPage::marks() {
    open({"web"});
    writeMany(0, 200);
    QVERIFY(shows(QStringLiteral("200 lines")));
    auto& view = part<ui::LogView>("logView");
    QTest::keyClick(&view, Qt::Key_Home);
    run("mark");
    view.goTo(150);
    run("mark");
    run("previous-mark");
    QCOMPARE(view.currentRow().value(), logs::Row(0));
    run("next-mark");
    QCOMPARE(view.currentRow().value(), logs::Row(150));
    run("next-mark");
    QVERIFY(!m_way.said.isEmpty());
    run("mark");
    run("previous-mark");
    run("next-mark");
    QCOMPARE(view.currentRow().value(), logs::Row(0));
}

void TestLogsPage::detailsOfALine() {
    open({"web"});
    write(0, R"(2026-01-31T06:00:00Z {"level":"error","msg":"no","http":{"status":500}})"
             "\n");
    write(0, "2026-01-31T06:00:01Z other\n");
    QVERIFY(shows(QStringLiteral("2 lines")));
    auto& view = part<ui::LogView>("logView");
    QTest::keyClick(&view, Qt::Key_Home);
    QTest::keyClick(&view, Qt::Key_Return);
    auto& fields = part<QTreeWidget>("lineFields");
    QVERIFY(fields.isVisible());
    const QTreeWidgetItem* status = fields.findItems(QStringLiteral("http.status"), Qt::MatchExactly).value(0);
    QVERIFY(status);
    QCOMPARE(status->text(1), QStringLiteral("500"));
    emit fields.itemActivated(fields.topLevelItem(fields.indexOfTopLevelItem(const_cast<QTreeWidgetItem*>(status))), 1);
    QCOMPARE(m_page->filter(), QStringLiteral("http.status=\"500\""));
    QVERIFY(shows(QStringLiteral("1 of 2 lines match")));
}

void TestLogsPage::oddLinesArePainted() {
    open({"web"});
    using namespace std::string_literals;
    write(0, "2026-01-31T06:00:00Z a\0b\x01\xff\xfe \xe4\xbd\xa0\tc\n"s + "2026-01-31T06:00:01Z " +
                 std::string(1'000'000, 'x') + "\n2026-01-31T06:00:02Z \x1b[7;1;3;4;9;2;38;5;200mall\x1b[0m\n");
    QVERIFY(comes([this] { return m_page->subtitle().startsWith(QLatin1String("6 lines")); }));
    run("wrap");
    (void)m_page->grab();
    run("wrap");
    run("raw");
    (void)m_page->grab();
    logs::LogRow row;
    row.text = std::string("a\0\x7f\xff", 4);
    const ui::LineText text = ui::lineText(row, ui::LineForm::AsWritten, logs::LogFilter(), 100);
    QCOMPARE(text.text, QString::fromUtf8("a\xe2\x90\x80\xe2\x90\xa1\xef\xbf\xbd"));
}

// To be looked at: PICTURES names where they go.
void TestLogsPage::pictures() {
    const QString where = qEnvironmentVariable("PICTURES");
    if (where.isEmpty())
        return;
    open({"payments-6d8f7c9b5-x2x4p", "payments-6d8f7c9b5-k9q7z", "cart-7f4b9d6c8-mm2lp", "db-0"}, {"paris", "oslo"});
    std::vector<std::string> texts(streams().size());
    const char* const extra[] = {
        "\x1b[32mINFO\x1b[0m  cache \x1b[1;33mwarm\x1b[0m after 312 ms",
        "level=debug ts=2026-01-31T06:00:00Z caller=pool.go:71 msg=\"connection taken\" free=7",
        "E0131 06:00:00.000000       1 reconciler.go:88] \"Cannot reach\" pod=\"shop/web\" err=\"timeout\""};
    for (int i = 0; i < 4000; ++i) {
        const QString time =
            QDateTime::fromMSecsSinceEpoch(1'769'839'200'000 + i * 37 + (i % 700 > 600 ? 0 : i * 11), Qt::UTC)
                .toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz"));
        texts[std::size_t(i) % texts.size()] +=
            time.toStdString() + "Z " + (i % 9 == 5 ? std::string(extra[i / 9 % 3]) : madeLine(std::uint64_t(i / 3))) +
            "\n";
    }
    for (std::size_t i = 0; i < texts.size(); ++i)
        write(i, texts[i]);
    QVERIFY(shows(QStringLiteral("4,000 lines")));
    QVERIFY(comes([this] {
        return part<ui::LogFacets>("logFacets").findItems(QStringLiteral("500"), Qt::MatchRecursive, 1).size() == 8;
    }));
    auto& view = part<ui::LogView>("logView");
    for (const auto choice : {ui::SchemeChoice::Light, ui::SchemeChoice::Dark}) {
        const ui::Theme theme(choice);
        const QString name =
            where + (choice == ui::SchemeChoice::Light ? QStringLiteral("/logs-light") : QStringLiteral("/logs-dark"));
        for (const int width : {1280, 1920}) {
            m_page->resize(width, width * 5 / 8);
            m_page->setFilter({});
            QVERIFY(shows(QStringLiteral("4,000 lines")));
            view.setFollowing(true);
            QVERIFY(m_page->grab().save(name + QString::number(width) + QStringLiteral(".png")));
            m_page->setFilter(QStringLiteral("request -customer"));
            QVERIFY(
                comes([this] { return m_page->subtitle().contains(QLatin1String("match")) && m_page->isSettled(); }));
            QTest::keyClick(&view, Qt::Key_End);
            QTest::keyClick(&view, Qt::Key_Up);
            run("mark");
            run("details");
            QVERIFY(comes([this] { return part<QTreeWidget>("lineFields").width() > 200; }));
            QVERIFY(m_page->grab().save(name + QString::number(width) + QStringLiteral("-details.png")));
            run("details");
            run("mark");
        }
        run("wrap");
        m_page->resize(1280, 800);
        m_page->setFilter({});
        QVERIFY(shows(QStringLiteral("4,000 lines")));
        QVERIFY(m_page->grab().save(name + QStringLiteral("-wrap.png")));
        run("wrap");
    }
}

namespace {

std::string podOf(const std::string& name) {
    return R"(,"spec":{"containers":[{"name":"main"}]},"status":{"phase":"Running","containerStatuses":[)"
           R"({"name":"main","containerID":"c-)" +
           name + R"(","restartCount":0,"state":{"running":{}}}]})";
}

} // namespace

QTEST_MAIN(TestLogsPage)
#include "tst_logs_page.moc"
