// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_view.h"
#include "ui/base/table_view.h"
#include "ui/browser/object_table_model.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace ui;

class TestObjectTableModel : public QObject {
    Q_OBJECT
private slots:
    void showsClusterNamespaceAndColumns();
    void keepsTheServersOrder();
    void sortsByTrueValue();
    void filters();
    void filtersByAgeAsTimePasses();
    void keepsMarksByUid();
    void takesANewObjectOnAnOldHandleForNew();
    void catchesUpAfterSleep();
    void followsRandomDeltas_data();
    void followsRandomDeltas();
};

namespace {

std::vector<ClusterFace> faces() {
    return {{"new-york", 0, false}, {"houston", 1, false}};
}

FakePod pod(const char* ns, const char* name, const char* status = "Running") {
    FakePod out;
    out.ns = ns;
    out.name = name;
    out.uid = std::string(ns) + "/" + name;
    out.status = status;
    return out;
}

QString shown(const ObjectTableModel& model) {
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row) {
        const ObjectKey key = model.keyAt(row);
        out += QStringLiteral("%1/%2/%3")
                   .arg(key.cluster.value)
                   .arg(QString::fromStdString(key.ns), QString::fromStdString(key.name));
    }
    return out.join(u' ');
}

fleet::Filter filter(const char* text) {
    auto parsed = fleet::Filter::parse(text);
    return parsed ? std::move(*parsed) : fleet::Filter();
}

} // namespace

void TestObjectTableModel::showsClusterNamespaceAndColumns() {
    FakeView view(2);
    FakePod crashing = pod("shop", "cart", "CrashLoopBackOff");
    crashing.restarts = 14;
    view.change(1, {crashing});
    ObjectTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setClusters(faces());
    model.setView(&view);
    QCOMPARE(model.columnCount(), 9);
    QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), QStringLiteral("Cluster"));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("houston"));
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("shop"));
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("cart"));
    QCOMPARE(model.index(0, model.columnIndex("restarts")).data().toString(), QStringLiteral("14"));
    QCOMPARE(model.index(0, model.columnIndex("age")).data().toString(), QStringLiteral("100s"));
    QVERIFY(model.ticks(model.columnIndex("age")));
    QVERIFY(!model.ticks(model.columnIndex("status")));
    const Cell status = model.index(0, model.columnIndex("status")).data(CellRole).value<Cell>();
    QCOMPARE(status.mark, Mark::Broken);
    QCOMPARE(model.index(0, 0).data(CellRole).value<Cell>().hue, std::int8_t(1));
    QVERIFY(model.columns()[std::size_t(model.columnIndex("node"))].isWide);
}

void TestObjectTableModel::keepsTheServersOrder() {
    FakeView view(2);
    view.change(1, {pod("a", "x"), pod("a-b", "x"), pod("b", "b")});
    view.change(0, {pod("z", "z")});
    ObjectTableModel model;
    model.setView(&view);
    QCOMPARE(shown(model), QStringLiteral("0/z/z 1/a-b/x 1/a/x 1/b/b"));
    view.deliver(); // What the model has read already.
    QCOMPARE(model.rowCount(), 4);
    view.change(0, {pod("a", "a")});
    view.change(1, {pod("a", "y")});
    view.deliver();
    QCOMPARE(shown(model), QStringLiteral("0/a/a 0/z/z 1/a-b/x 1/a/x 1/a/y 1/b/b"));
}

void TestObjectTableModel::sortsByTrueValue() {
    FakeView view(1);
    FakePod a = pod("n", "a");
    FakePod b = pod("n", "b");
    FakePod c = pod("n", "c");
    a.restarts = 9;
    b.restarts = 100;
    c.restarts = 20;
    a.createdMs -= 1000;
    view.change(0, {a, b, c});
    ObjectTableModel model;
    model.setView(&view);
    view.deliver();
    model.sort(model.columnIndex("restarts"), Qt::AscendingOrder);
    QCOMPARE(shown(model), QStringLiteral("0/n/a 0/n/c 0/n/b"));
    model.sort(model.columnIndex("restarts"), Qt::DescendingOrder);
    QCOMPARE(shown(model), QStringLiteral("0/n/b 0/n/c 0/n/a"));
    model.sort(model.columnIndex("age"), Qt::DescendingOrder);
    QCOMPARE(shown(model), QStringLiteral("0/n/a 0/n/b 0/n/c"));
    a.restarts = 200;
    model.sort(model.columnIndex("restarts"), Qt::DescendingOrder);
    view.change(0, {a});
    view.deliver();
    QCOMPARE(shown(model), QStringLiteral("0/n/a 0/n/b 0/n/c"));
    model.sort(ObjectTableModel::kNaturalOrder);
    QCOMPARE(shown(model), QStringLiteral("0/n/a 0/n/b 0/n/c"));
}

void TestObjectTableModel::filters() {
    FakeView view(2);
    view.change(0, {pod("shop", "cart"), pod("shop", "mail", "Error")});
    view.change(1, {pod("pay", "cart")});
    ObjectTableModel model;
    model.setClusters(faces());
    model.setView(&view);
    const QSignalSpy counts(&model, &OrderedTableModel::countsChanged);
    model.setFilter(filter("cart"));
    QCOMPARE(shown(model), QStringLiteral("0/shop/cart 1/pay/cart"));
    QCOMPARE(model.totalCount(), 3);
    QCOMPARE(counts.size(), 1);
    model.setFilter(filter("cluster:houston"));
    QCOMPARE(shown(model), QStringLiteral("1/pay/cart"));
    model.setFilter(filter("-status:Running"));
    QCOMPARE(shown(model), QStringLiteral("0/shop/mail"));
    view.change(1, {pod("pay", "cart", "Error")});
    view.deliver();
    QCOMPARE(shown(model), QStringLiteral("0/shop/mail 1/pay/cart"));
    model.setFilter({});
    QCOMPARE(model.rowCount(), 3);
}

void TestObjectTableModel::filtersByAgeAsTimePasses() {
    FakeView view(1);
    FakePod young = pod("n", "young");
    view.setNow(young.createdMs + 59'000);
    view.change(0, {young});
    ObjectTableModel model;
    model.setView(&view);
    model.setFilter(filter("age<1m"));
    QCOMPARE(model.rowCount(), 1);
    view.setNow(young.createdMs + 61'000);
    model.tick();
    QCOMPARE(model.rowCount(), 0);
}

void TestObjectTableModel::keepsMarksByUid() {
    FakeView view(1);
    view.change(0, {pod("n", "a"), pod("n", "b"), pod("n", "c")});
    ObjectTableModel model;
    model.setView(&view);
    model.setMarked(1, true);
    model.setMarked(2, true);
    model.sort(model.columnIndex("name"), Qt::DescendingOrder);
    QCOMPARE(model.markedRows(), (std::vector<int>{0, 1}));
    view.change(0, {}, {kube::Uid::fromText("n/c", "n", "c")});
    view.deliver();
    QCOMPARE(model.markedCount(), std::size_t(1));
    QCOMPARE(model.keyAt(model.markedRows().at(0)).name, std::string("b"));
    fleet::ViewDelta reset;
    reset.reset = true;
    view.deliver(reset);
    QCOMPARE(model.markedRows().size(), std::size_t(1));
    model.markAllShown();
    QCOMPARE(model.markedCount(), std::size_t(2));
    model.clearMarks();
    QCOMPARE(model.markedCount(), std::size_t(0));
}

void TestObjectTableModel::takesANewObjectOnAnOldHandleForNew() {
    FakeView view(1);
    view.change(0, {pod("n", "a"), pod("n", "b")});
    ObjectTableModel model;
    model.setView(&view);
    TableView table;
    table.setModel(&model);
    table.selectRow(0);
    // The store gives the place of the removed one again; the view may report that as one change.
    view.change(0, {}, {kube::Uid::fromText("n/a", "n", "a")});
    view.change(0, {pod("n", "z")});
    fleet::ViewDelta delta;
    delta.changed.push_back({FakeView::id(0), 0});
    view.deliver(delta);
    QCOMPARE(shown(model), QStringLiteral("0/n/b 0/n/z"));
    for (const QModelIndex& index : table.selectionModel()->selectedRows())
        QVERIFY(model.keyAt(index.row()).name != "z");
}

void TestObjectTableModel::catchesUpAfterSleep() {
    FakeView view(1);
    view.change(0, {pod("n", "a"), pod("n", "b"), pod("n", "c")});
    ObjectTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setView(&view);
    view.deliver();
    model.setMarked(2, true);
    model.setAsleep(true);
    QVERIFY(!view.isActive());
    view.change(0, {pod("n", "d"), pod("n", "b", "Error")}, {kube::Uid::fromText("n/a", "n", "a")});
    view.deliver();
    QCOMPARE(model.rowCount(), 3);
    model.setAsleep(false);
    view.deliver();
    QCOMPARE(shown(model), QStringLiteral("0/n/b 0/n/c 0/n/d"));
    QCOMPARE(model.text(0, model.columnIndex("status")), std::string("Error"));
    QCOMPARE(model.markedRows(), std::vector<int>{1});
}

void TestObjectTableModel::followsRandomDeltas_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("steps");
    QTest::newRow("small") << 5 << 300;
    QTest::newRow("large") << 200 << 60;
}

void TestObjectTableModel::followsRandomDeltas() {
    QFETCH(int, size);
    QFETCH(int, steps);
    std::mt19937 random(97);
    const auto below = [&random](int limit) { return int(random() % unsigned(limit)); };
    const std::vector<const char*> filters{"", "a", "status:Error", "restarts>10", "-cluster:houston", "node-1 OR b"};

    FakeView view(2);
    ObjectTableModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setClusters(faces());
    model.setView(&view);
    TableView table;
    table.setModel(&model);
    table.resize(600, 300);

    std::map<std::string, FakePod> truth[2];
    int serial = 0;
    int column = -1;
    auto order = Qt::AscendingOrder;
    const char* text = "";
    ObjectKey selected;
    for (int step = 0; step < steps; ++step) {
        for (std::size_t cluster = 0; cluster < 2; ++cluster) {
            std::map<std::string, FakePod>& pods = truth[cluster];
            std::vector<FakePod> batch;
            std::vector<kube::Uid> gone;
            std::vector<std::string> touched;
            for (int i = below(size); i > 0 && int(pods.size()) < 2 * size; --i) {
                FakePod fresh = pod("", "");
                fresh.ns = std::string(1, char('a' + below(3))) + (below(2) == 0 ? "-x" : "");
                fresh.name = std::string(1, char('a' + below(3))) + "-" + std::to_string(serial++);
                fresh.uid = fresh.name;
                fresh.node = "node-" + std::to_string(below(3));
                fresh.restarts = below(20);
                pods[fresh.uid] = fresh;
                batch.push_back(fresh);
                touched.push_back(fresh.uid);
            }
            for (auto& [uid, known] : pods) {
                if (below(4) != 0 || std::find(touched.begin(), touched.end(), uid) != touched.end())
                    continue;
                if (below(2) == 0) {
                    known.restarts = below(20);
                    known.status = below(2) == 0 ? "Error" : "Running";
                    batch.push_back(known);
                } else {
                    gone.push_back(kube::Uid::fromText(known.uid, known.ns, known.name));
                }
            }
            std::erase_if(pods, [&](const auto& entry) {
                return std::find(gone.begin(), gone.end(),
                                 kube::Uid::fromText(entry.second.uid, entry.second.ns, entry.second.name)) !=
                       gone.end();
            });
            view.change(cluster, batch, gone);
        }
        if (below(6) == 0)
            model.setAsleep(true);
        view.deliver();
        if (below(2) == 0)
            model.setAsleep(false);
        if (below(3) == 0) {
            column = below(model.columnCount() + 1) - 1;
            order = below(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
            model.sort(column, order);
        }
        if (below(3) == 0) {
            text = filters[std::size_t(below(int(filters.size())))];
            model.setFilter(filter(text));
        }
        model.setAsleep(false);
        view.deliver();

        ObjectTableModel rebuilt;
        rebuilt.setClusters(faces());
        FakeView still(2);
        for (std::size_t cluster = 0; cluster < 2; ++cluster) {
            std::vector<FakePod> pods;
            for (const auto& [uid, known] : truth[cluster])
                pods.push_back(known);
            still.change(cluster, pods);
        }
        rebuilt.setFilter(filter(text));
        rebuilt.setView(&still);
        rebuilt.sort(column, order);
        QCOMPARE(shown(model), shown(rebuilt));
        QCOMPARE(model.totalCount(), rebuilt.totalCount());

        const QModelIndexList rows = table.selectionModel()->selectedRows();
        if (!rows.isEmpty()) {
            QCOMPARE(rows.size(), 1);
            if (model.rowOfKey(selected) >= 0)
                QCOMPARE(rows.first().row(), model.rowOfKey(selected));
        }
        if (model.rowCount() > 0 && (rows.isEmpty() || below(4) == 0))
            table.selectRow(below(model.rowCount()));
        const QModelIndexList now = table.selectionModel()->selectedRows();
        selected = now.isEmpty() ? ObjectKey() : model.keyAt(now.first().row());
    }
}

QTEST_MAIN(TestObjectTableModel)
#include "tst_object_table_model.moc"
