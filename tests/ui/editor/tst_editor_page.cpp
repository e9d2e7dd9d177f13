// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/fleet_clusters.h"
#include "core/kube/memory_transport.h"
#include "tests/core/fleet/servers.h"
#include "ui/change/change_run.h"
#include "ui/change/change_runs.h"
#include "ui/editor/editor_page.h"
#include "ui/editor/open_editor.h"
#include "ui/editor/yaml_editor.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QFile>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace std::chrono_literals;
using Json = nlohmann::json;

namespace {

/// Remembers where it was sent.
struct Ways final : ui::Navigator {
    void open(const ui::PageTarget& target, Tab) override { opened.push_back(target); }
    void goBack() override {}
    void say(const QString&) override {}
    void editFilter() override {}
    std::vector<ui::PageTarget> opened;
};

QByteArray file(const char* name) {
    QFile data(QStringLiteral(TESTS_DATA_DIR "/") + QString::fromLatin1(name));
    return data.open(QIODevice::ReadOnly) ? data.readAll() : QByteArray();
}

} // namespace

// The editor over two servers in memory, which publish schemas.
class TestEditorPage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void editsInTwoClusters();
    void checksAndProposesBySchema();
    void goesFromMessageToMessage();
    void keepsWhoItIs();
    void hidesSecretsUntilAsked();
    void makesNewObjects();
    void clones();
    void saysWhatCannotBeRead();
    void leaves();

private:
    void show(ui::EditorSubject subject);
    [[nodiscard]] ui::EditorSubject widget(std::vector<std::string> servers = {"paris", "rome"}) const;
    [[nodiscard]] ui::YamlEditor& editor() const { return *m_page->findChild<ui::YamlEditor*>(); }
    [[nodiscard]] QListWidget& messages() const {
        return *m_page->findChild<QListWidget*>(QStringLiteral("editorMessages"));
    }
    [[nodiscard]] QString label(const char* name) const {
        return m_page->findChild<QLabel*>(QString::fromLatin1(name))->text();
    }
    void press(const char* name) { m_page->findChild<QPushButton*>(QString::fromLatin1(name))->click(); }
    void replace(const char* from, const char* to) {
        QString text = editor().text();
        QVERIFY2(text.contains(QString::fromUtf8(from)), qPrintable(text));
        editor().setText(text.replace(QString::fromUtf8(from), QString::fromUtf8(to)));
        settle();
    }
    void settle() {
        QVERIFY(QTest::qWaitFor([this] {
            m_bench->pass(50ms);
            return m_page->isSettled();
        }));
    }
    [[nodiscard]] const std::vector<change::Operation>& operations() const {
        return m_changes->all().back()->plan().set.operations;
    }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<ui::Scope> m_scope;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    Ways m_ways;
    std::unique_ptr<ui::EditorPage> m_page;
};

void TestEditorPage::init() {
    m_ways = {};
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris", "rome"});
    for (const char* server : {"paris", "rome"}) {
        FakeApi& api = m_bench->api(server);
        api.serve("test/v1", "Widget", "widgets", true);
        api.serve("v1", "Secret", "secrets", true);
        api.put(
            "widgets", "shop", "w",
            R"(,"spec":{"size":1,"parts":[{"name":"one","protocol":"TCP","image":"i:1"}]},"status":{"phase":"Ready"})");
        api.put("secrets", "shop", "s", R"(,"data":{"pass":"cGFzcw=="})");
        auto& transport = static_cast<kube::MemoryTransport&>(*api.transport());
        transport.put("/openapi/v3",
                      R"({"paths":{"apis/test/v1":{"serverRelativeURL":"/openapi/v3/apis/test/v1?hash=1"}}})");
        transport.put("/openapi/v3/apis/test/v1?hash=1", file("openapi/widgets.json").toStdString());
        m_bench->connect(server);
    }
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    m_page = std::make_unique<ui::EditorPage>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_ways, {}},
        nullptr);
    m_page->resize(1000, 700);
    static_cast<QWidget&>(*m_page).show();
}

void TestEditorPage::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench.reset();
}

ui::EditorSubject TestEditorPage::widget(std::vector<std::string> servers) const {
    ui::EditorSubject subject;
    subject.purpose = ui::EditorSubject::Purpose::Edit;
    subject.kind = *m_bench->fleet->kinds(m_bench->id("paris"))->findKind("test/v1", "Widget");
    subject.ns = "shop";
    subject.name = "w";
    for (const std::string& server : servers)
        subject.clusters.push_back(m_bench->id(server));
    return subject;
}

void TestEditorPage::show(ui::EditorSubject subject) {
    m_page->show(ui::editorTarget(std::move(subject)));
    settle();
}

void TestEditorPage::editsInTwoClusters() {
    QVERIFY(m_page->isVacant());
    show(widget());
    QVERIFY(!m_page->isVacant());
    QVERIFY(m_page->title().contains(QLatin1String("Widget shop/w")));
    QVERIFY(editor().text().contains(QLatin1String("image: i:1")));
    press("editorGo");
    QVERIFY(m_ways.opened.empty()); // nothing is changed
    replace("image: i:1", "image: i:2");
    press("editorGo");
    QCOMPARE(m_ways.opened.size(), std::size_t(1));
    QCOMPARE(m_ways.opened.back().page, QStringLiteral("change"));
    QCOMPARE(operations().size(), std::size_t(2));
    for (const change::Operation& operation : operations()) {
        QVERIFY(operation.verb == change::Verb::Apply);
        QCOMPARE(QByteArray::fromStdString(Json::parse(operation.body)["spec"].dump()),
                 QByteArray(R"({"parts":[{"image":"i:2","name":"one","protocol":"TCP"}]})"));
        QVERIFY(!operation.before.empty());
    }
    QCOMPARE(operations()[1].cluster.context, std::string("rome"));
}

void TestEditorPage::checksAndProposesBySchema() {
    show(widget());
    QCOMPARE(messages().count(), 0);
    replace("size: 1", "size: big\n  colur: Red");
    QCOMPARE(messages().count(), 2);
    QVERIFY(messages().item(1)->text().contains(QLatin1String("colour")));
    QVERIFY(!messages().isHidden());
    // Said, but not in the way: the server knows better.
    press("editorGo");
    QCOMPARE(m_ways.opened.size(), std::size_t(1));
    replace("size: big\n  colur: Red", "size: 1\n  \n");
    const QStringList lines = editor().text().split(u'\n');
    const auto line = static_cast<int>(lines.indexOf(QStringLiteral("  ")));
    editor().goTo(line + 1, 3);
    editor().propose();
    QStringList names;
    for (const ui::EditorProposal& one : editor().proposed())
        names.append(one.text);
    QVERIFY(names.contains(QLatin1String("colour")));
    QVERIFY(!names.contains(QLatin1String("size")));
    const auto size = static_cast<int>(editor().text().split(u'\n').indexOf(QStringLiteral("  size: 1")));
    QVERIFY(size > 0);
    editor().goTo(size + 1, 4);
    QTRY_VERIFY(label("editorStatement").contains(QLatin1String("How big.")));
}

void TestEditorPage::goesFromMessageToMessage() {
    show(widget());
    replace("size: 1", "size: big\n  colur: Red");
    m_actions->find(QStringLiteral("editor.next-message"))->trigger();
    int line = 0;
    int column = 0;
    editor().getCursorPosition(&line, &column);
    QVERIFY(editor().text(line).contains(QLatin1String("size: big")));
    m_actions->find(QStringLiteral("editor.next-message"))->trigger();
    editor().getCursorPosition(&line, &column);
    QVERIFY(editor().text(line).contains(QLatin1String("colur")));
    QCOMPARE(column, 2);
}

void TestEditorPage::keepsWhoItIs() {
    show(widget());
    replace("name: w", "name: v");
    QCOMPARE(messages().count(), 1);
    press("editorGo");
    QVERIFY(m_ways.opened.empty());
    replace("name: v", "name: w");
    QCOMPARE(messages().count(), 0);
    replace("phase: Ready", "phase: Other");
    QCOMPARE(messages().count(), 1);
    press("editorGo");
    QVERIFY(m_ways.opened.empty());
}

void TestEditorPage::hidesSecretsUntilAsked() {
    ui::EditorSubject subject = widget({"paris"});
    subject.kind = *m_bench->fleet->kinds(m_bench->id("paris"))->findKind("v1", "Secret");
    subject.name = "s";
    show(subject);
    QVERIFY(!editor().text().contains(QLatin1String("cGFzcw")));
    QVERIFY(editor().text().contains(QLatin1String("<hidden>")));
    QCOMPARE(messages().count(), 0);
    press("editorReveal");
    settle();
    QVERIFY(editor().text().contains(QLatin1String("pass: cGFzcw==")));
    QVERIFY(!m_page->findChild<QPushButton*>(QStringLiteral("editorReveal"))->isVisible());
}

void TestEditorPage::makesNewObjects() {
    m_scope->setClusters({m_bench->id("paris"), m_bench->id("rome")});
    m_page->show(ui::newObjectsTarget(*m_bench->fleet, *m_scope));
    settle();
    press("editorGo");
    QVERIFY(m_ways.opened.empty());
    editor().setText(
        QStringLiteral("apiVersion: test/v1\nkind: Widget\nmetadata:\n  name: new\nspec: {size: 1, parts: []}\n---\n"
                       "apiVersion: v1\nkind: Namespace\nmetadata: {name: space}\n"));
    settle();
    QCOMPARE(messages().count(), 0);
    press("editorGo");
    QCOMPARE(operations().size(), std::size_t(4));
    QCOMPARE(operations()[0].object.name, std::string("new"));
    QVERIFY(!operations()[0].object.ns.empty());
    QVERIFY(operations()[1].object.ns.empty());
    editor().setText(QStringLiteral("apiVersion: v1\nkind: [\n"));
    settle();
    QCOMPARE(messages().count(), 1);
    press("editorGo");
    QCOMPARE(m_ways.opened.size(), std::size_t(1));
}

void TestEditorPage::clones() {
    ui::EditorSubject subject = widget({"paris"});
    subject.purpose = ui::EditorSubject::Purpose::Clone;
    show(subject);
    QVERIFY(editor().text().contains(QLatin1String("image: i:1")));
    QVERIFY(!editor().text().contains(QLatin1String("uid")));
    QVERIFY(!editor().text().contains(QLatin1String("status")));
    QVERIFY(!label("editorNotice").isEmpty());
    press("editorGo"); // no cluster is chosen
    QVERIFY(m_ways.opened.empty());
    QVERIFY(!label("editorNote").isEmpty());
}

void TestEditorPage::saysWhatCannotBeRead() {
    m_bench->api("rome").remove("widgets", "shop", "w");
    show(widget());
    replace("size: 1", "size: 2");
    press("editorGo");
    QVERIFY(m_ways.opened.empty());
    QVERIFY(label("editorNote").contains(QLatin1String("rome")));
}

void TestEditorPage::leaves() {
    show(widget());
    QSignalSpy left(m_page.get(), &ui::Page::leftForGood);
    press("editorCancel");
    QCOMPARE(left.size(), 1);
    QVERIFY(m_page->isVacant());
}

QTEST_MAIN(TestEditorPage)
#include "tst_editor_page.moc"
