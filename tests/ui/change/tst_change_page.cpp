// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/keyring.h"
#include "core/change/acts/acts.h"
#include "core/change/change_set_file.h"
#include "core/change/fleet_clusters.h"
#include "core/change/line_diff.h"
#include "tests/core/fleet/servers.h"
#include "ui/base/table_view.h"
#include "ui/change/change_page.h"
#include "ui/change/change_runs.h"
#include "ui/change/diff_pane.h"
#include "ui/change/open_change_set.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace {

/// Remembers where it was sent.
struct Ways final : ui::Navigator {
    void open(const ui::PageTarget& target, Tab) override { opened.push_back(target); }
    void goBack() override { ++backs; }
    void say(const QString& text) override { said.append(text); }
    void editFilter() override {}
    std::vector<ui::PageTarget> opened;
    QStringList said;
    int backs = 0;
};

} // namespace

// The sheet over two servers in memory.
class TestChangePage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void looksBeforeItWrites();
    void takesDownWhy();
    void goesOnWhileNobodyLooks();
    void saysWhatIsRefused();
    void asksForNamesOfProtectedClusters();
    void writesNothingToReadOnlyClusters();
    void filtersItsRows();
    void escapePutsAwayWhatNobodyTouched();
    void stopsBetweenOperations();
    void takesSecretsBack();
    void saysWhereASecretCannotBeTakenBack();
    void opensChangeSets();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void asksBeforeItSavesSecrets();

private:
    [[nodiscard]] std::unique_ptr<ui::ChangePage> makePage();
    void openDoor(std::shared_ptr<base::Keyring> keyring = {});
    void changeSecret(ui::ChangeRun*& run);
    [[nodiscard]] std::string secret() const;
    ui::ChangeRun& begin(const std::vector<std::string>& names = {"one"});
    void show(const ui::ChangeRun& run);
    /// Lets time pass until the journal's thread has answered, too.
    template <typename Condition>
    [[nodiscard]] bool comes(Condition condition) {
        return QTest::qWaitFor([&] {
            m_bench->pass(50ms);
            return condition();
        });
    }
    [[nodiscard]] bool isIn(const ui::ChangeRun& run, ui::ChangeRun::State state) {
        return comes([&] { return run.state() == state; });
    }
    [[nodiscard]] ui::TableView& table() const { return *m_page->findChild<ui::TableView*>(); }
    [[nodiscard]] QString cell(int row, ui::OperationColumn column) const {
        return table().model()->index(row, int(column)).data().toString();
    }
    [[nodiscard]] QPushButton& button(const char* name) const {
        return *m_page->findChild<QPushButton*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QLineEdit& why() const { return *m_page->findChild<QLineEdit*>(QStringLiteral("changeIntent")); }
    [[nodiscard]] std::size_t writes(const char* server) const {
        const auto requests = static_cast<kube::MemoryTransport&>(*m_bench->api(server).transport()).requests();
        return static_cast<std::size_t>(std::count_if(requests.begin(), requests.end(), [](const auto& request) {
            return request.method == "PATCH" && request.target.find("dryRun") == std::string::npos;
        }));
    }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<ui::Scope> m_scope;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    Ways m_ways;
    std::unique_ptr<ui::ChangePage> m_page;
};

void TestChangePage::init() {
    m_ways = {};
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris", "rome"});
    for (const char* server : {"paris", "rome"}) {
        m_bench->api(server).serve("v1", "ConfigMap", "configmaps", true);
        m_bench->api(server).serve("v1", "Secret", "secrets", true);
        m_bench->api(server).put("secrets", "shop", "db", R"(,"data":{"pass":"b2xkLW9uZQ=="})");
        for (const char* name : {"one", "two", "three"})
            m_bench->api(server).put("configmaps", "shop", name, R"(,"data":{"sky":"blue"})");
        m_bench->connect(server);
    }
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    openDoor();
}

void TestChangePage::openDoor(std::shared_ptr<base::Keyring> keyring) {
    m_page.reset();
    m_changes.reset();
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test",
                                                                      std::move(keyring)});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_page = makePage();
}

void TestChangePage::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench.reset();
}

std::unique_ptr<ui::ChangePage> TestChangePage::makePage() {
    auto page = std::make_unique<ui::ChangePage>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_ways, {}},
        nullptr);
    page->resize(1100, 700);
    page->show();
    new QAbstractItemModelTester(page->findChild<ui::TableView*>()->model(),
                                 QAbstractItemModelTester::FailureReportingMode::QtTest, page.get());
    return page;
}

ui::ChangeRun& TestChangePage::begin(const std::vector<std::string>& names) {
    change::ChangeSet set;
    set.title = "Label";
    for (const char* server : {"paris", "rome"}) {
        for (const std::string& name : names)
            set.operations.push_back(change::label(
                {{server, "uid-" + std::string(server)}, {"v1", "ConfigMap", "shop", name}}, {{"tier", "web"}}));
    }
    return m_changes->begin(std::move(set));
}

void TestChangePage::show(const ui::ChangeRun& run) {
    ui::PageTarget target;
    target.change = run.id();
    m_page->show(target);
}

void TestChangePage::looksBeforeItWrites() {
    QVERIFY(m_page->isVacant());
    ui::ChangeRun& run = begin();
    show(run);
    QVERIFY(!m_page->isSettled());
    QVERIFY(!button("changeApply").isEnabled());
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    QCOMPARE(m_page->title(), QStringLiteral("Label"));
    QCOMPARE(table().model()->rowCount(), 2);
    QCOMPARE(cell(0, ui::OperationColumn::Cluster), QStringLiteral("paris"));
    QCOMPARE(cell(1, ui::OperationColumn::Object), QStringLiteral("ConfigMap shop/one"));
    QVERIFY(cell(0, ui::OperationColumn::DryRun).startsWith(QLatin1String("accepted")));
    QVERIFY(m_page->findChild<ui::DiffPane*>(QStringLiteral("diffRight"))
                ->toPlainText()
                .contains(QLatin1String("tier: web")));
    QCOMPARE(writes("paris"), std::size_t(0));
    QCOMPARE(m_page->waiting(), 1);
    QVERIFY(button("changeApply").isEnabled());
    button("changeApply").click();
    QVERIFY(isIn(run, ui::ChangeRun::State::Over));
    QCOMPARE(writes("paris"), std::size_t(1));
    QCOMPARE(writes("rome"), std::size_t(1));
    QVERIFY(cell(0, ui::OperationColumn::Result).startsWith(QLatin1String("done")));
    QCOMPARE(m_page->waiting(), 0);
    QVERIFY(!button("changeApply").isVisibleTo(m_page.get()));
    button("changeUndo").click();
    QCOMPARE(m_ways.opened.size(), std::size_t(1));
    ui::ChangeRun* undo = m_changes->find(m_ways.opened.front().change);
    QVERIFY(undo);
    QVERIFY(isIn(*undo, ui::ChangeRun::State::Planned));
    QCOMPARE(undo->plan().set.operations.size(), std::size_t(2));
}

void TestChangePage::takesDownWhy() {
    ui::ChangeRun& run = begin();
    show(run);
    QVERIFY(why().isVisible() && !why().isReadOnly());
    QCOMPARE(why().text(), QString());
    // Letters that are keys of the sheet, and one for which it would put the change away.
    QTest::keyClicks(&why(), QStringLiteral("nz Ticket 70"));
    QTest::keyClick(&why(), Qt::Key_Backspace, Qt::ControlModifier);
    QTest::keyClicks(&why(), QStringLiteral("7 "));
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    QVERIFY(!m_page->isVacant());
    QCOMPARE(why().text(), QStringLiteral("nz Ticket 7 "));
    QCOMPARE(run.plan().set.intent, std::string("nz Ticket 7"));
    // Tab comes by it, on the way to the button.
    QVERIFY(why().focusPolicy() & Qt::TabFocus);
    QStringList way;
    for (const QWidget* at = table().nextInFocusChain(); at != &table(); at = at->nextInFocusChain())
        way.append(at->objectName());
    QVERIFY(way.contains(QStringLiteral("changeIntent")));
    QVERIFY(way.indexOf(QStringLiteral("changeIntent")) < way.indexOf(QStringLiteral("changeApply")));
    // Enter goes on to the button and applies nothing by itself.
    QTest::keyClick(&why(), Qt::Key_Return);
    QVERIFY(run.state() == ui::ChangeRun::State::Planned);
    QCOMPARE(m_page->focusWidget(), &button("changeApply"));
    // What was typed is worth keeping.
    m_actions->find(QStringLiteral("change.back"))->trigger();
    QCOMPARE(m_changes->all().size(), std::size_t(1));
    m_actions->find(QStringLiteral("change.apply"))->trigger();
    QVERIFY(isIn(run, ui::ChangeRun::State::Over));
    QVERIFY(why().isVisible() && why().isReadOnly());
    QCOMPARE(why().text(), QStringLiteral("nz Ticket 7"));
    std::vector<change::JournalEntry> entries;
    m_door->journal().read(
        {}, [&entries](base::Result<std::vector<change::JournalEntry>> found) { entries = std::move(found).value(); });
    QVERIFY(comes([&entries] { return entries.size() == 2; }));
    QCOMPARE(entries[0].intent, std::string("nz Ticket 7"));
    QCOMPARE(entries[1].intent, std::string("nz Ticket 7"));
    // An undo names what it takes back, and may be told better.
    ui::ChangeRun& undo = m_changes->undo(run.plan().set.id, QStringLiteral("Undo"));
    show(undo);
    QVERIFY(isIn(undo, ui::ChangeRun::State::Planned));
    QCOMPARE(why().text(), QStringLiteral("undo of %1: nz Ticket 7").arg(QString::fromStdString(run.plan().set.id)));
    QVERIFY(!why().isReadOnly());
    why().clear();
    QTest::keyClicks(&why(), QString(600, QChar(u'x')));
    QCOMPARE(undo.plan().set.intent, std::string(500, 'x'));
    // Each sheet has its own.
    show(run);
    QCOMPARE(why().text(), QStringLiteral("nz Ticket 7"));
}

void TestChangePage::goesOnWhileNobodyLooks() {
    ui::ChangeRun& run = begin();
    show(run);
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    button("changeApply").click();
    const QVariantMap state = m_page->state();
    m_page.reset();
    QVERIFY(!m_changes->isIdle());
    QVERIFY(isIn(run, ui::ChangeRun::State::Over));
    QVERIFY(m_changes->isIdle());
    // As when the window is built anew in another language.
    m_page = makePage();
    m_page->restore(state);
    QVERIFY(!m_page->isVacant());
    QVERIFY(cell(1, ui::OperationColumn::Result).startsWith(QLatin1String("done")));
    m_page->restore({{QStringLiteral("change"), QStringLiteral("of another run of the program")}});
    QVERIFY(m_page->isVacant());
}

void TestChangePage::saysWhatIsRefused() {
    ui::ChangeRun& run = begin({"one", "missing"});
    show(run);
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    QVERIFY2(cell(1, ui::OperationColumn::DryRun).startsWith(QLatin1String("refused: ")),
             qPrintable(cell(1, ui::OperationColumn::DryRun)));
    QVERIFY2(m_page->subtitle().contains(QLatin1String("2 refused")), qPrintable(m_page->subtitle()));
    QVERIFY(!button("changeApply").isEnabled());
    table().selectRow(1);
    QTRY_VERIFY(m_page->findChild<QLabel*>(QStringLiteral("remark")));
    m_bench->api("rome").setFailure(base::Error{base::ErrorCode::Unreachable, "gone", {}, {}, {}, 0, {}, {}, {}});
    ui::ChangeRun& other = begin();
    show(other);
    QVERIFY(isIn(other, ui::ChangeRun::State::Planned));
    QVERIFY(button("changeRetry").isVisibleTo(m_page.get()));
    m_bench->api("rome").setFailure({});
    QVERIFY(comes([&] {
        if (other.state() == ui::ChangeRun::State::Planned && !other.plan().mayApply())
            button("changeRetry").click();
        return other.plan().mayApply();
    }));
}

void TestChangePage::asksForNamesOfProtectedClusters() {
    m_bench->fleet->setProtected(m_bench->id("rome"), true);
    ui::ChangeRun& run = begin();
    show(run);
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    auto* line = m_page->findChild<QLineEdit*>(QStringLiteral("confirmName"));
    QVERIFY(line);
    QVERIFY(!button("changeApply").isEnabled());
    QTest::keyClicks(line, QStringLiteral("rom"));
    QVERIFY(!button("changeApply").isEnabled());
    QTest::keyClicks(line, QStringLiteral("e"));
    QVERIFY(button("changeApply").isEnabled());
    button("changeApply").click();
    QVERIFY(isIn(run, ui::ChangeRun::State::Over));
    QCOMPARE(writes("rome"), std::size_t(1));
}

void TestChangePage::writesNothingToReadOnlyClusters() {
    ui::ChangeRun& run = begin();
    show(run);
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    QVERIFY(button("changeApply").isEnabled());
    m_bench->fleet->setReadOnly(m_bench->id("rome"), true);
    QVERIFY(comes([&] { return !button("changeApply").isEnabled(); }));
    QVERIFY(!button("changeApply").isEnabled());
    table().selectRow(1);
    QTRY_VERIFY(m_page->findChild<QLabel*>(QStringLiteral("remark")));
    QVERIFY(m_page->findChild<QLabel*>(QStringLiteral("remark"))->text().contains(QLatin1String("read-only")));
    // Whoever asks.
    run.apply({});
    QVERIFY(isIn(run, ui::ChangeRun::State::Over));
    QCOMPARE(writes("rome"), std::size_t(0));
    QCOMPARE(writes("paris"), std::size_t(1));
}

void TestChangePage::filtersItsRows() {
    ui::ChangeRun& run = begin({"one", "two", "three"});
    show(run);
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    m_page->setFilter(QStringLiteral("ROME -two"));
    QCOMPARE(table().model()->rowCount(), 2);
    m_actions->find(QStringLiteral("change.back"))->trigger();
    QCOMPARE(table().model()->rowCount(), 6);
    QVERIFY(!m_page->isVacant());
}

void TestChangePage::escapePutsAwayWhatNobodyTouched() {
    ui::ChangeRun& run = begin();
    show(run);
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    QSignalSpy left(m_page.get(), &ui::Page::leftForGood);
    m_actions->find(QStringLiteral("change.back"))->trigger();
    QCOMPARE(left.size(), 1);
    QVERIFY(m_page->isVacant());
    QVERIFY(m_changes->all().empty());

    m_bench->fleet->setProtected(m_bench->id("rome"), true);
    ui::ChangeRun& touched = begin();
    show(touched);
    QVERIFY(isIn(touched, ui::ChangeRun::State::Planned));
    QTest::keyClicks(m_page->findChild<QLineEdit*>(QStringLiteral("confirmName")), QStringLiteral("ro"));
    m_actions->find(QStringLiteral("change.back"))->trigger();
    QCOMPARE(m_ways.backs, 1);
    QCOMPARE(m_changes->all().size(), std::size_t(1));
    button("changeCancel").click();
    QVERIFY(m_changes->all().empty());
}

void TestChangePage::stopsBetweenOperations() {
    m_bench->api("rome").setDelay(2s);
    std::vector<std::string> many;
    for (int i = 0; i < 60; ++i) {
        many.push_back("map-" + std::to_string(i));
        for (const char* server : {"paris", "rome"})
            m_bench->api(server).put("configmaps", "shop", many.back());
    }
    ui::ChangeRun& run = begin(many);
    show(run);
    run.setIntent(QStringLiteral("Ticket 7"));
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    button("changeApply").click();
    QVERIFY(comes([&] { return writes("rome") > 0; }));
    m_changes->cancelAll();
    QSignalSpy idle(m_changes.get(), &ui::ChangeRuns::idle);
    QVERIFY(isIn(run, ui::ChangeRun::State::Over));
    QVERIFY(idle.size() > 0);
    QVERIFY(writes("rome") < 60);
    QVERIFY2(m_page->subtitle().contains(QLatin1String("not sent")), qPrintable(m_page->subtitle()));
    // The rest of it is done for the same reason.
    m_bench->api("rome").setDelay(0s);
    ui::ChangeRun& rest = m_changes->resume(run.plan().set.id, QStringLiteral("Label"));
    show(rest);
    QVERIFY(isIn(rest, ui::ChangeRun::State::Planned));
    QCOMPARE(why().text(), QStringLiteral("Ticket 7"));
    QVERIFY(why().isReadOnly());
}

std::string TestChangePage::secret() const {
    kube::ApiRequest request;
    request.target = "/api/v1/namespaces/shop/secrets/db";
    std::string body;
    const base::Cancel cancel = m_bench->api("paris").transport()->send(
        std::move(request), m_bench->home, [&body](base::Result<net::Response> answer) { body = answer->body; });
    (void)m_bench->home.runPending();
    return body;
}

void TestChangePage::changeSecret(ui::ChangeRun*& run) {
    change::ChangeSet set;
    set.title = "Keys";
    set.operations.push_back({.cluster = {"paris", "uid-paris"},
                              .verb = change::Verb::MergePatch,
                              .object = {"v1", "Secret", "shop", "db"},
                              .body = R"({"data":{"pass":"bmV3LW9uZQ=="}})"});
    run = &m_changes->begin(std::move(set));
    show(*run);
    QVERIFY(isIn(*run, ui::ChangeRun::State::Planned));
    run->apply({});
    QVERIFY(isIn(*run, ui::ChangeRun::State::Over));
    QVERIFY(secret().find("bmV3LW9uZQ==") != std::string::npos);
}

void TestChangePage::takesSecretsBack() {
    openDoor(std::make_shared<base::MemoryKeyring>());
    ui::ChangeRun* run = nullptr;
    changeSecret(run);
    QVERIFY(run != nullptr && !run->unsealed());
    ui::ChangeRun& undo = m_changes->undo(run->plan().set.id, QStringLiteral("Undo"));
    show(undo);
    QVERIFY(isIn(undo, ui::ChangeRun::State::Planned));
    QVERIFY(undo.refused().empty() && undo.plan().mayApply());
    // Shown is neither of the two.
    for (const auto* label : m_page->findChildren<QLabel*>())
        QVERIFY(!label->text().contains(QLatin1String("LW9uZQ")) && !label->text().contains(QLatin1String("-one")));
    const std::string shown = change::diffText(undo.plan().operations[0].before, "Secret") +
                              change::diffText(undo.plan().operations[0].would, "Secret");
    QVERIFY(shown.find("hidden 12 bytes") != std::string::npos && shown.find("LW9uZQ") == std::string::npos);
    undo.apply({});
    QVERIFY(isIn(undo, ui::ChangeRun::State::Over));
    QVERIFY(secret().find("b2xkLW9uZQ==") != std::string::npos);
}

void TestChangePage::saysWhereASecretCannotBeTakenBack() {
    ui::ChangeRun* run = nullptr;
    changeSecret(run);
    QVERIFY(run != nullptr && run->unsealed());
    const auto says = [this](const char* words) {
        const auto labels = m_page->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [words](const QLabel* label) { return label->text().contains(QLatin1String(words)); });
    };
    QVERIFY(says("cannot be taken back: this program uses no keyring"));
    ui::ChangeRun& undo = m_changes->undo(run->plan().set.id, QStringLiteral("Undo"));
    show(undo);
    QVERIFY(isIn(undo, ui::ChangeRun::State::Planned));
    QCOMPARE(undo.refused().size(), std::size_t(1));
    QVERIFY(says("no key to seal them with when it was written: this program uses no keyring"));
}

// What was saved here, or by qdctl, is looked at anew; it may have been applied before.
void TestChangePage::opensChangeSets() {
    change::ChangeSet set;
    set.id = "20260102-150405-042k3x";
    set.title = "Two skies";
    set.intent = "Ticket 7,\nas agreed";
    for (const char* cluster : {"paris", "rome"})
        set.operations.push_back({.cluster = {cluster, std::string("uid-") + cluster},
                                  .verb = change::Verb::MergePatch,
                                  .object = {"v1", "ConfigMap", "shop", "one"},
                                  .body = R"({"data":{"sky":"grey"}})"});
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("skies.yaml"));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(QByteArray::fromStdString(change::toYaml(set)));
    out.close();
    ui::openChangeSet(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_ways, {}},
        file);
    QCOMPARE(m_changes->all().size(), std::size_t(1));
    ui::ChangeRun& run = *m_changes->all().front();
    QCOMPARE(m_ways.opened.back().change, run.id());
    show(run);
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    QVERIFY(run.plan().mayApply());
    QCOMPARE(run.plan().set.operations.size(), std::size_t(2));
    QVERIFY(run.plan().set.id != set.id);
    QCOMPARE(run.title(), QStringLiteral("Two skies"));
    QCOMPARE(why().text(), QStringLiteral("Ticket 7, as agreed"));
}

void TestChangePage::refusesWhatIsNone_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why");
    QTest::newRow("manifest") << QByteArray("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")
                              << "no change set";
    QTest::newRow("no YAML") << QByteArray("a: b\n\tc: d\n") << "set.yaml:2";
    QTest::newRow("unknown field") << QByteArray(
                                          "apiVersion: quarterdeck/v1\nkind: ChangeSet\nfuture: 1\noperations: []\n")
                                   << "future";
    QTest::newRow("nothing to do") << QByteArray("apiVersion: quarterdeck/v1\nkind: ChangeSet\noperations: []\n")
                                   << "no operations";
}
void TestChangePage::refusesWhatIsNone() {
    QFETCH(QByteArray, text);
    QFETCH(QString, why);
    QTemporaryDir folder;
    QFile out(folder.filePath(QStringLiteral("set.yaml")));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(text);
    out.close();
    ui::openChangeSet(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_ways, {}},
        out.fileName());
    QVERIFY2(m_ways.said.value(0).contains(why), qPrintable(m_ways.said.join(u'\n')));
    QVERIFY(m_changes->all().empty());
    QVERIFY(m_ways.opened.empty());
}

void TestChangePage::asksBeforeItSavesSecrets() {
    const QTemporaryDir folder;
    const auto saveAs = [&](const QString& name) {
        auto* dialog = m_page->findChild<QFileDialog*>(QStringLiteral("changeSaveDialog"));
        QVERIFY(dialog);
        dialog->selectFile(folder.filePath(name));
        QVERIFY(QMetaObject::invokeMethod(dialog, "accept"));
        QCOMPARE(m_ways.said.size(), 1);
        QVERIFY2(m_ways.said.front().startsWith(QLatin1String("Written to ")), qPrintable(m_ways.said.front()));
        m_ways.said.clear();
        // It goes with the next turn of the loop.
        QTRY_VERIFY(!m_page->findChild<QFileDialog*>());
    };
    // Nothing is asked where nothing is to be kept from anybody.
    ui::ChangeRun& open = begin();
    show(open);
    QVERIFY(isIn(open, ui::ChangeRun::State::Planned));
    button("changeSave").click();
    QVERIFY(!m_page->findChild<QMessageBox*>());
    saveAs(QStringLiteral("open.yaml"));
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("open.yaml"))));

    change::ChangeSet set;
    set.title = "Keys";
    for (const char* server : {"paris", "rome"})
        set.operations.push_back({.cluster = {server, "uid-" + std::string(server)},
                                  .verb = change::Verb::MergePatch,
                                  .object = {"v1", "Secret", "shop", "db"},
                                  .body = R"({"data":{"pass":"bmV3LW9uZQ=="}})"});
    ui::ChangeRun& run = m_changes->begin(std::move(set));
    show(run);
    QVERIFY(isIn(run, ui::ChangeRun::State::Planned));
    button("changeSave").click();
    auto* question = m_page->findChild<QMessageBox*>(QStringLiteral("askBeforeLoss"));
    QVERIFY(question);
    QVERIFY2(question->text().contains(QLatin1String("values of 2 secret")), qPrintable(question->text()));
    question->reject();
    QTRY_VERIFY(!m_page->findChild<QMessageBox*>());
    QVERIFY(!m_page->findChild<QFileDialog*>());
    button("changeSave").click();
    const QList<QAbstractButton*> answers = m_page->findChild<QMessageBox*>()->buttons();
    const auto proceed = std::find_if(answers.begin(), answers.end(), [](const QAbstractButton* answer) {
        return answer->text().contains(QLatin1String("Save"));
    });
    QVERIFY(proceed != answers.end());
    (*proceed)->click();
    saveAs(QStringLiteral("keys.yaml"));
    const QFile file(folder.filePath(QStringLiteral("keys.yaml")));
    QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
    QVERIFY(file.size() > 0);
}

QTEST_MAIN(TestChangePage)
#include "tst_change_page.moc"
