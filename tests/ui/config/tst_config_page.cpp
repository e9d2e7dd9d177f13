// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/servers.h"
#include "ui/base/table_view.h"
#include "ui/change/change_run.h"
#include "ui/change/change_runs.h"
#include "ui/config/config_page.h"
#include "ui/config/value_view.h"
#include "ui/editor/open_editor.h"
#include "ui/editor/yaml_editor.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QClipboard>
#include <QDialog>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

using namespace std::chrono_literals;
using Json = nlohmann::json;

namespace {

/// Remembers where it was sent.
struct Ways final : ui::Navigator {
    void open(const ui::PageTarget& target, Tab) override { opened.push_back(target); }
    void goBack() override {}
    void say(const QString& sentence) override { said = sentence; }
    void editFilter() override {}
    std::vector<ui::PageTarget> opened;
    QString said;
};

} // namespace

// The keys of objects on two servers in memory.
class TestConfigPage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void editsInTwoClusters();
    void addsRenamesAndRemoves();
    void refusesWhatServersRefuse();
    void tellsImmutableObjects();
    void hidesSecretsUntilAsked();
    void readsAndWritesFiles();
    void saysWhatCannotBeRead();
    void goesToYamlAndLeaves();

private:
    void show(const char* kind, const char* name, const std::vector<std::string>& servers = {"paris", "rome"});
    void settle() {
        QVERIFY(QTest::qWaitFor([this] {
            m_bench->pass(50ms);
            return m_page->isSettled();
        }));
    }
    [[nodiscard]] ui::YamlEditor& editor() const { return *m_page->findChild<ui::YamlEditor*>(); }
    [[nodiscard]] ui::ValueView& value() const { return *m_page->findChild<ui::ValueView*>(); }
    [[nodiscard]] QAbstractItemModel& keys() const { return *table().model(); }
    [[nodiscard]] ui::TableView& table() const { return *m_page->findChild<ui::TableView*>(); }
    [[nodiscard]] QString note() const { return m_page->findChild<QLabel*>(QStringLiteral("configNote"))->text(); }
    [[nodiscard]] QString notice() const { return m_page->findChild<QLabel*>(QStringLiteral("configNotice"))->text(); }
    void press(const char* name) { m_page->findChild<QPushButton*>(QString::fromLatin1(name))->click(); }
    void choose(const char* key) {
        for (int row = 0; row < keys().rowCount(); ++row) {
            if (keys().index(row, 0).data().toString() == QLatin1String(key))
                table().setCurrentIndex(keys().index(row, 0));
        }
        QCOMPARE(table().currentIndex().siblingAtColumn(0).data().toString(), QLatin1String(key));
    }
    /// Answers the question for a name.
    void name(const char* key) {
        auto* dialog = m_page->window()->findChild<QDialog*>(QStringLiteral("keyDialog"));
        QVERIFY(dialog != nullptr);
        dialog->findChild<QLineEdit*>(QStringLiteral("keyName"))->setText(QString::fromLatin1(key));
        auto* go = dialog->findChild<QPushButton*>(QStringLiteral("keyGo"));
        if (go->isEnabled())
            go->click();
        else
            dialog->reject();
        QTRY_VERIFY(m_page->window()->findChild<QDialog*>(QStringLiteral("keyDialog")) == nullptr);
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
    std::unique_ptr<ui::ConfigPage> m_page;
};

void TestConfigPage::init() {
    m_ways = {};
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris", "rome"});
    for (const char* server : {"paris", "rome"}) {
        FakeApi& api = m_bench->api(server);
        api.serve("v1", "ConfigMap", "configmaps", true);
        api.serve("v1", "Secret", "secrets", true);
        api.put("configmaps", "shop", "c",
                std::string(R"(,"data":{"a":"1","own":")") + server + R"("},"binaryData":{"raw":"/wAB"})");
        api.put("configmaps", "shop", "fixed", R"(,"immutable":true,"data":{"a":"1"})");
        api.put("secrets", "shop", "s", R"(,"type":"Opaque","data":{"pass":"czNjcmV0","raw":"/wAB"})");
        m_bench->connect(server);
    }
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    m_page = std::make_unique<ui::ConfigPage>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_ways, {}},
        nullptr);
    m_page->resize(1000, 700);
    static_cast<QWidget&>(*m_page).show();
}

void TestConfigPage::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench.reset();
}

void TestConfigPage::show(const char* kind, const char* name, const std::vector<std::string>& servers) {
    ui::EditorSubject subject;
    subject.purpose = ui::EditorSubject::Purpose::Edit;
    subject.kind = *m_bench->fleet->kinds(m_bench->id("paris"))->findKind("v1", kind);
    subject.ns = "shop";
    subject.name = name;
    for (const std::string& server : servers)
        subject.clusters.push_back(m_bench->id(server));
    m_page->show(ui::keysTarget(std::move(subject)));
    settle();
}

void TestConfigPage::editsInTwoClusters() {
    QVERIFY(m_page->isVacant());
    show("ConfigMap", "c");
    QVERIFY(!m_page->isVacant());
    QVERIFY(m_page->title().contains(QLatin1String("ConfigMap shop/c")));
    QCOMPARE(keys().rowCount(), 3);
    press("configGo");
    QVERIFY(m_ways.opened.empty()); // nothing is changed
    QVERIFY(!note().isEmpty());
    QVERIFY(m_page->unsaved().isEmpty());
    choose("a");
    QCOMPARE(editor().text(), QStringLiteral("1"));
    editor().setText(QStringLiteral("2"));
    choose("raw");
    QVERIFY(value().face() == ui::ValueView::Face::Bytes);
    choose("a");
    QCOMPARE(editor().text(), QStringLiteral("2"));
    QVERIFY(m_page->unsaved().contains(QLatin1String("ConfigMap shop/c")));
    press("configGo");
    QVERIFY(m_page->unsaved().isEmpty()); // the sheet has it
    QCOMPARE(m_ways.opened.size(), std::size_t(1));
    QCOMPARE(m_ways.opened.back().page, QStringLiteral("change"));
    QCOMPARE(operations().size(), std::size_t(2));
    for (const change::Operation& operation : operations()) {
        QVERIFY(operation.verb == change::Verb::Apply);
        QVERIFY(Json::parse(operation.body)["data"] == Json({{"a", "2"}}));
        QVERIFY(!operation.before.empty());
    }
    QCOMPARE(operations()[1].cluster.context, std::string("rome"));
}

void TestConfigPage::addsRenamesAndRemoves() {
    show("ConfigMap", "c");
    press("configAdd");
    name("new.txt");
    QCOMPARE(keys().rowCount(), 4);
    QVERIFY(value().face() == ui::ValueView::Face::Text);
    editor().setText(QStringLiteral("words"));
    choose("own");
    press("configRename");
    name("mine");
    choose("raw");
    press("configRemove");
    press("configGo");
    QCOMPARE(operations().size(), std::size_t(2));
    const Json steps = Json::parse(operations()[1].body);
    QVERIFY(steps[0] == Json::parse(R"({"op":"test","path":"/data/own","value":"rome"})"));
    const std::string all = steps.dump();
    for (const char* part : {R"("path":"/data/mine","value":"rome")", R"("op":"remove","path":"/binaryData/raw")",
                             R"("path":"/data/new.txt","value":"words")"})
        QVERIFY2(all.find(part) != std::string::npos, part);
    // What was taken away is kept again.
    press("configRemove");
    QVERIFY(keys().index(2, 3).data().toString().isEmpty());
}

void TestConfigPage::refusesWhatServersRefuse() {
    show("ConfigMap", "c");
    press("configAdd");
    name("a/b");
    QCOMPARE(keys().rowCount(), 3);
    press("configAdd");
    name("a");
    QCOMPARE(keys().rowCount(), 3);
    choose("a");
    editor().setText(QString(1024 * 1024, u'x'));
    QVERIFY(note().contains(QLatin1String("1 MiB")));
    press("configGo");
    QVERIFY(m_ways.opened.empty());
}

void TestConfigPage::tellsImmutableObjects() {
    show("ConfigMap", "fixed");
    QVERIFY(notice().contains(QLatin1String("immutable")));
    choose("a");
    QVERIFY(editor().isReadOnly());
    for (const char* button : {"configAdd", "configRename", "configRemove", "configGo"})
        QVERIFY2(!m_page->findChild<QPushButton*>(QString::fromLatin1(button))->isEnabled(), button);
}

void TestConfigPage::hidesSecretsUntilAsked() {
    show("Secret", "s", {"paris"});
    choose("pass");
    QVERIFY(value().face() == ui::ValueView::Face::Hidden);
    press("valueReveal");
    QCOMPARE(editor().text(), QStringLiteral("s3cret"));
    // Each key by itself.
    choose("raw");
    QVERIFY(value().face() == ui::ValueView::Face::Hidden);
    choose("pass");
    press("valueReveal");
    QVERIFY(editor().text().isEmpty());
    QGuiApplication::clipboard()->clear();
    press("valueCopy");
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("s3cret"));
    QVERIFY(!m_ways.said.contains(QLatin1String("s3cret")));
    choose("raw");
    press("valueCopy");
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("/wAB"));
    choose("pass");
    press("valueReveal");
    editor().setText(QStringLiteral("other"));
    press("configGo");
    QVERIFY(Json::parse(operations()[0].body)["data"] == Json({{"pass", "b3RoZXI="}}));
}

void TestConfigPage::readsAndWritesFiles() {
    const QTemporaryDir folder;
    const QByteArray bytes("\x00\xFF\r\n\x80", 5);
    const auto write = [&folder](const char* name, const QByteArray& content) {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    };
    write("blob.bin", bytes);
    write("large", QByteArray(1024 * 1024 + 1, 'x'));
    write("no key", "x");
    show("Secret", "s", {"paris"});
    m_page->addFiles({folder.filePath(QStringLiteral("blob.bin")), folder.filePath(QStringLiteral("large"))});
    QCOMPARE(keys().rowCount(), 3);
    QVERIFY(note().contains(QLatin1String("large")));
    QVERIFY(value().face() == ui::ValueView::Face::Hidden);
    m_page->addFiles({folder.filePath(QStringLiteral("no key"))});
    QCOMPARE(keys().rowCount(), 3);
    m_page->addFiles({folder.filePath(QStringLiteral("absent"))});
    QVERIFY(note().contains(QLatin1String("absent")));
    const QString saved = folder.filePath(QStringLiteral("saved"));
    m_page->saveFile(value().id(), 0, saved);
    QFile file(saved);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
    QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
    choose("pass");
    m_page->loadFile(value().id(), saved);
    press("configGo");
    const Json body = Json::parse(operations()[0].body);
    QVERIFY(body["data"] == Json({{"blob.bin", "AP8NCoA="}, {"pass", "AP8NCoA="}}));
}

void TestConfigPage::saysWhatCannotBeRead() {
    m_bench->api("rome").remove("configmaps", "shop", "c");
    show("ConfigMap", "c");
    QVERIFY(notice().contains(QLatin1String("rome")));
    choose("a");
    editor().setText(QStringLiteral("2"));
    press("configGo");
    QVERIFY(m_ways.opened.empty());
    QVERIFY(note().contains(QLatin1String("rome")));
}

void TestConfigPage::goesToYamlAndLeaves() {
    show("ConfigMap", "c");
    press("configYaml");
    QCOMPARE(m_ways.opened.back().page, QStringLiteral("editor"));
    QVERIFY(m_page->isAbout(m_ways.opened.back()));
    QSignalSpy left(m_page.get(), &ui::Page::leftForGood);
    press("configCancel");
    QCOMPARE(left.size(), 1);
    QVERIFY(m_page->isVacant());
    QVERIFY(editor().text().isEmpty());
    QCOMPARE(keys().rowCount(), 0);
}

QTEST_MAIN(TestConfigPage)
#include "tst_config_page.moc"
