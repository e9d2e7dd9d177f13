// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_view.h"
#include "ui/browser/kind_model.h"
#include "ui/browser/object_subject.h"
#include "ui/browser/object_table.h"
#include "ui/browser/summary_html.h"
#include "ui/browser/table_export.h"
#include "ui/browser/table_state.h"
#include "ui/browser/yaml_view.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace ui;

class TestBrowserParts : public QObject {
    Q_OBJECT
private slots:
    void groupsKinds();
    void namesKindsAsTheirServersDo();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void saysWhereItLooked();
    void namesTheFilterThatHidesAll();
    void exportsWhatIsShown();
    void linksSurviveNamesOfAllKinds();
    void takesOwnersApart();
    void keepsYamlInPlace();
    void marksAndSortsByKey();
    void keepsTheRowUnderTheCursorInPlace();
};

namespace {

kube::Kind kind(const char* group, const char* name, const char* plural, bool namespaced = true) {
    kube::Kind out;
    out.group = group;
    out.version = "v1";
    out.kind = name;
    out.plural = plural;
    out.verbs = {"get", "list", "watch"};
    out.namespaced = namespaced;
    return out;
}

QStringList rows(const QAbstractItemModel& model) {
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        out += model.index(row, 0).data().toString();
    return out;
}

FakePod pod(const std::string& name) {
    FakePod out;
    out.ns = "shop";
    out.name = name;
    out.uid = name;
    return out;
}

struct Facts {
    Facts() {
        cluster.name = "houston";
        cluster.waysIn.push_back({"houston", "alice", "default", "", false, {}});
        facts.kindTitle = QStringLiteral("Pods");
        facts.resource = "pods";
        facts.view = &view;
        facts.cluster = [this](fleet::ClusterId) -> const fleet::ClusterInfo& { return cluster; };
    }
    FakeView view{1};
    fleet::ClusterInfo cluster;
    TableFacts facts;
};

} // namespace

Q_DECLARE_METATYPE(kube::WatchPhase)

void TestBrowserParts::groupsKinds() {
    KindModel model;
    model.setFavourites({"pods"});
    model.setKinds({kind("example.com", "Widget", "widgets"), kind("", "Secret", "secrets"), kind("", "Pod", "pods"),
                    kind("apps", "StatefulSet", "statefulsets"), kind("apps", "Deployment", "deployments"),
                    kind("storage.k8s.io", "StorageClass", "storageclasses", false)});
    QCOMPARE(rows(model), QStringLiteral("Favourites Pods Workloads Deployments StatefulSets Config Secrets Storage "
                                         "StorageClasses Custom Widgets")
                              .split(u' '));
    QVERIFY(!model.flags(model.index(0)).testFlag(Qt::ItemIsSelectable));
    QCOMPARE(model.rowOf("deployments.apps"), 3);
    model.setSearch(QStringLiteral("dep"));
    QCOMPARE(rows(model), QStringLiteral("Workloads Deployments").split(u' '));
    model.setSearch({});
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setCount("pods", 12);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(1).data(KindModel::CountRole).toInt(), 12);
}

void TestBrowserParts::namesKindsAsTheirServersDo() {
    QCOMPARE(kindTitle(kind("networking.k8s.io", "NetworkPolicy", "networkpolicies")),
             QStringLiteral("NetworkPolicies"));
    QCOMPARE(kindTitle(kind("networking.k8s.io", "Ingress", "ingresses")), QStringLiteral("Ingresses"));
    QCOMPARE(kindTitle(kind("", "Endpoints", "endpoints")), QStringLiteral("Endpoints"));
    QCOMPARE(kindTitle(kind("x.io", "Mouse", "mice")), QStringLiteral("Mouse"));
}

void TestBrowserParts::saysWhatIsMissing_data() {
    QTest::addColumn<kube::WatchPhase>("phase");
    QTest::addColumn<int>("face");
    QTest::addColumn<QString>("title");
    using enum kube::WatchPhase;
    QTest::newRow("loading") << Listing << int(TableFace::Loading) << QStringLiteral("Reading Pods");
    QTest::newRow("empty") << Live << int(TableFace::Empty) << QStringLiteral("There are no Pods");
    QTest::newRow("forbidden") << Forbidden << int(TableFace::Forbidden) << QStringLiteral("alice may not list pods");
    QTest::newRow("unserved") << Unserved << int(TableFace::Unserved) << QStringLiteral("No cluster in view has Pods");
    QTest::newRow("away") << Waiting << int(TableFace::Failed) << QStringLiteral("houston did not answer (No answer");
}

void TestBrowserParts::saysWhatIsMissing() {
    QFETCH(kube::WatchPhase, phase);
    QFETCH(int, face);
    QFETCH(QString, title);
    Facts of;
    of.view.partsToChange()[0].phase = phase;
    if (phase == kube::WatchPhase::Waiting) {
        of.view.partsToChange()[0].error.emplace();
        of.view.partsToChange()[0].error->code = base::ErrorCode::TimedOut;
    }
    const TableState state = tableState(of.facts);
    QCOMPARE(int(state.face), face);
    QVERIFY2(state.title.startsWith(title), qPrintable(state.title));
    // One cluster's word is said once; several have a line each.
    QVERIFY(state.notices.empty());
    QCOMPARE(state.count, face == int(TableFace::Empty) ? QStringLiteral("0") : QString());
    of.view.partsToChange().push_back(of.view.partsToChange()[0]);
    QCOMPARE(tableState(of.facts).notices.size(),
             std::size_t(face == int(TableFace::Loading) || face == int(TableFace::Empty) ? 0 : 2));
    of.view.partsToChange().pop_back();
    if (phase == kube::WatchPhase::Forbidden)
        QVERIFY(state.request.contains(QLatin1String("resources: [\"pods\"]")));
    of.facts.shown = of.facts.total = 5;
    QCOMPARE(int(tableState(of.facts).face), int(TableFace::Rows));
    QCOMPARE(tableState(of.facts).count,
             phase == kube::WatchPhase::Listing ? QStringLiteral("5 so far") : QStringLiteral("5"));
}

void TestBrowserParts::saysWhereItLooked() {
    Facts of;
    of.view.partsToChange()[0].onlyNamespaces = {"team-a", "team-b"};
    QCOMPARE(tableState(of.facts).title, QStringLiteral("No Pods in team-a, team-b"));
    QCOMPARE(tableState(of.facts).notices.size(), std::size_t(1));
}

void TestBrowserParts::namesTheFilterThatHidesAll() {
    Facts of;
    of.facts.total = 1284;
    of.facts.filter = QStringLiteral("status:Gone");
    const TableState state = tableState(of.facts);
    QCOMPARE(int(state.face), int(TableFace::FilteredOut));
    QVERIFY(state.title.contains(of.facts.filter));
    QCOMPARE(state.count, QStringLiteral("0 of 1,284 match"));
}

void TestBrowserParts::exportsWhatIsShown() {
    FakeView view(1);
    FakePod odd = pod("a");
    odd.status = "=1,\"x\"";
    view.change(0, {odd, pod("b")});
    ObjectTableModel model;
    model.setClusters({{"houston", 1, false}});
    model.setView(&view);
    const TableExtract extract{model, {0, 1}, {"cluster", "name", "status"}};
    QCOMPARE(toCsv(extract), QByteArray("Cluster,Name,Status\r\nhouston,a,\"'=1,\"\"x\"\"\"\r\nhouston,b,Running\r\n"));
    QCOMPARE(toText({model, {1}, {"name", "ready"}}), QStringLiteral("NAME   READY\nb      1/1\n"));
    const QJsonArray json = QJsonDocument::fromJson(toJson(extract)).array();
    QCOMPARE(json.size(), 2);
    QCOMPARE(json[0].toObject().value(QLatin1String("status")).toString(), QStringLiteral("=1,\"x\""));
}

void TestBrowserParts::linksSurviveNamesOfAllKinds() {
    for (const char* name : {"cart", "system:node", "a b&c=d", "50%"}) {
        const auto link = linkOf(QUrl(
            linkUrl({QStringLiteral("Role"), QStringLiteral("n"), QLatin1String(name)}).toString(QUrl::FullyEncoded)));
        QVERIFY(link.has_value());
        QCOMPARE(link->name, QLatin1String(name));
        QCOMPARE(link->kind, QStringLiteral("Role"));
    }
}

void TestBrowserParts::takesOwnersApart() {
    const OwnerRef owner = parseOwner("apps/v1\tReplicaSet\tcart-7\tuid-1");
    QCOMPARE(owner.apiVersion, std::string("apps/v1"));
    QCOMPARE(owner.kind, std::string("ReplicaSet"));
    QCOMPARE(owner.name, std::string("cart-7"));
    QCOMPARE(owner.uid, std::string("uid-1"));
    QVERIFY(parseOwner("").isNull());
}

void TestBrowserParts::keepsYamlInPlace() {
    YamlView view;
    view.resize(300, 200);
    view.show();
    QString yaml;
    for (int i = 0; i < 200; ++i)
        yaml += QStringLiteral("key%1: value\n").arg(i);
    view.setYaml(yaml);
    auto* text = view.findChild<QPlainTextEdit*>(QStringLiteral("yamlText"));
    text->verticalScrollBar()->setValue(50);
    view.setYaml(QString(yaml).replace(QLatin1String("key150: value"), QLatin1String("key150: other")));
    QCOMPARE(text->verticalScrollBar()->value(), 50);
    QVERIFY(view.yaml().contains(QLatin1String("key150: other")));

    QTest::keyClick(text, Qt::Key_F, Qt::ControlModifier);
    auto* find = view.findChild<QLineEdit*>(QStringLiteral("yamlFind"));
    QVERIFY(!find->isHidden());
    QTest::keyClicks(find, QStringLiteral("key19"));
    QCOMPARE(text->textCursor().selectedText(), QStringLiteral("key19"));
    QCOMPARE(text->extraSelections().size(), 11);
    QTest::keyClick(find, Qt::Key_Escape);
    QVERIFY(find->isHidden() || !find->parentWidget()->isVisible());
}

void TestBrowserParts::marksAndSortsByKey() {
    FakeView view(1);
    view.change(0, {pod("a"), pod("b"), pod("c")});
    ObjectTableModel model;
    ObjectTable table(model);
    table.resize(800, 300);
    table.show();
    table.setKind(nullptr, "pods");
    model.setView(&view);
    QVERIFY(table.isColumnHidden(model.columnIndex("node")));
    table.setCurrentIndex(model.index(0, 0));
    QTest::keyClick(&table, Qt::Key_Space);
    QTest::keyClick(&table, Qt::Key_Space);
    QCOMPARE(table.actionRows(), (std::vector<int>{0, 1}));
    QCOMPARE(table.currentIndex().row(), 2);
    QTest::keyClick(&table, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(model.markedCount(), std::size_t(3));
    table.moveSort(1);
    QCOMPARE(model.sortColumn(), 0);
    table.cycleSort(model.columnIndex("name"));
    table.reverseSort();
    QCOMPARE(table.horizontalHeader()->sortIndicatorSection(), model.columnIndex("name"));
    QCOMPARE(model.keyAt(0).name, std::string("c"));
    table.cycleSort(model.columnIndex("name"));
    QCOMPARE(model.sortColumn(), int(OrderedTableModel::kNaturalOrder));
}

void TestBrowserParts::keepsTheRowUnderTheCursorInPlace() {
    FakeView view(1);
    std::vector<FakePod> pods;
    for (int i = 0; i < 300; ++i)
        pods.push_back(pod("m-" + std::to_string(1000 + i)));
    view.change(0, pods);
    ObjectTableModel model;
    ObjectTable table(model);
    table.resize(800, 300);
    table.show();
    table.setKind(nullptr, "pods");
    model.setView(&view);
    view.deliver();
    table.goTo(150);
    const QSignalSpy moved(&table, &ObjectTable::cursorMoved);
    const int y = table.visualRect(table.currentIndex()).y();
    // In one piece, then scattered; both before the cursor.
    std::vector<FakePod> before;
    for (int i = 0; i < 50; ++i)
        before.push_back(pod("a-" + std::to_string(1000 + i)));
    view.change(0, before);
    view.deliver();
    QCOMPARE(table.currentKey().name, std::string("m-1150"));
    QCOMPARE(table.visualRect(table.currentIndex()).y(), y);
    std::vector<FakePod> scattered;
    for (int i = 0; i < 100; ++i)
        scattered.push_back(pod("m-" + std::to_string(1000 + i) + "-x"));
    view.change(0, scattered);
    view.deliver();
    QCOMPARE(table.currentKey().name, std::string("m-1150"));
    QCOMPARE(table.visualRect(table.currentIndex()).y(), y);
    // The row itself goes: the next one gets the cursor, nothing scrolls, nobody moved it.
    const int scroll = table.verticalScrollBar()->value();
    view.change(0, {}, {kube::Uid::fromText("m-1150", "shop", "m-1150")});
    view.deliver();
    QVERIFY(table.currentIndex().isValid());
    QCOMPARE(table.verticalScrollBar()->value(), scroll);
    QCOMPARE(moved.size(), 0);
}

QTEST_MAIN(TestBrowserParts)
#include "tst_browser_parts.moc"
