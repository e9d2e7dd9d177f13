// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/keyed_table_model.h"
#include "ui/base/table_view.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QPaintEvent>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <random>
#include <string>

using namespace ui;

namespace {

struct Ship {
    std::string name;
    int length = 0;
    friend bool operator==(const Ship&, const Ship&) = default;
};

using ShipModel = KeyedTableModel<Ship, std::string>;

std::vector<TableColumn<Ship>> columns() {
    TableColumn<Ship> name;
    name.id = QStringLiteral("name");
    name.title = QStringLiteral("Name");
    name.cell = [](const Ship& ship) {
        Cell cell;
        cell.text = QString::fromStdString(ship.name);
        return cell;
    };
    TableColumn<Ship> length;
    length.id = QStringLiteral("length");
    length.title = QStringLiteral("Length");
    length.align = CellAlign::Right;
    length.cell = [](const Ship& ship) {
        Cell cell;
        cell.text = QString::number(ship.length);
        cell.unit = QStringLiteral("m");
        return cell;
    };
    length.sortKey = [](const Ship& ship) { return ship.length < 0 ? QVariant() : QVariant(ship.length); };
    return {name, length};
}

std::string keyOf(const Ship& ship) {
    return ship.name;
}

QStringList names(const QAbstractItemModel& model) {
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        out += model.index(row, 0).data().toString();
    return out;
}

// What the model must show, made anew from the truth.
QStringList expected(std::vector<Ship> ships, int column, Qt::SortOrder order, int minimum) {
    if (column >= 0) {
        std::stable_sort(ships.begin(), ships.end(), [&](const Ship& a, const Ship& b) {
            const bool up = order == Qt::AscendingOrder;
            if (column == 0)
                return up ? a.name < b.name : b.name < a.name;
            if (a.length < 0 || b.length < 0)
                return a.length >= 0 && b.length < 0;
            return up ? a.length < b.length : b.length < a.length;
        });
    }
    QStringList out;
    for (const Ship& ship : ships) {
        if (ship.length >= minimum)
            out += QString::fromStdString(ship.name);
    }
    return out;
}

} // namespace

class TestKeyedTableModel : public QObject {
    Q_OBJECT
private slots:
    void showsRowsInTheOrderGiven();
    void sortsByTrueValueWithAbsentLast();
    void tellsOnlyWhatDiffers();
    void tablePaintsOnlyChangedRows();
    void followsRandomChanges_data();
    void followsRandomChanges();
};

void TestKeyedTableModel::showsRowsInTheOrderGiven() {
    ShipModel model(keyOf, columns());
    model.setRows({{"vega", 30}, {"argo", 12}});
    QCOMPARE(names(model), QStringList({QStringLiteral("vega"), QStringLiteral("argo")}));
    QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("12 m"));
    QCOMPARE(model.rowOfKey("argo"), 1);
    QCOMPARE(model.rowOfKey("none"), -1);
    QCOMPARE(model.find("vega")->length, 30);
}

void TestKeyedTableModel::sortsByTrueValueWithAbsentLast() {
    ShipModel model(keyOf, columns());
    model.setRows({{"a", 100}, {"b", -1}, {"c", 9}});
    model.sort(1, Qt::AscendingOrder);
    QCOMPARE(names(model).join(u' '), QStringLiteral("c a b"));
    model.sort(1, Qt::DescendingOrder);
    QCOMPARE(names(model).join(u' '), QStringLiteral("a c b"));
    model.sort(ShipModel::kNaturalOrder);
    QCOMPARE(names(model).join(u' '), QStringLiteral("a b c"));
}

void TestKeyedTableModel::tellsOnlyWhatDiffers() {
    ShipModel model(keyOf, columns());
    model.setRows({{"a", 1}, {"b", 2}, {"c", 3}});
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setRows({{"a", 1}, {"b", 2}, {"c", 3}});
    QCOMPARE(inserted.size() + removed.size() + changed.size(), 0);
    model.setRows({{"a", 1}, {"b", 20}, {"c", 3}, {"d", 4}});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    model.setRows({{"a", 1}, {"d", 4}});
    QCOMPARE(removed.size(), 1);
    QCOMPARE(reset.size(), 0);
}

void TestKeyedTableModel::tablePaintsOnlyChangedRows() {
    struct Painted : QObject {
        bool eventFilter(QObject*, QEvent* event) override {
            if (event->type() == QEvent::Paint)
                region += static_cast<QPaintEvent*>(event)->region();
            return false;
        }
        QRegion region;
    };
    ShipModel model(keyOf, columns());
    std::vector<Ship> ships;
    for (int i = 0; i < 200; ++i)
        ships.push_back({"ship-" + std::to_string(1000 + i), i});
    model.setRows(ships);
    TableView view;
    view.setModel(&model);
    view.resize(400, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCoreApplication::processEvents();
    Painted painted;
    view.viewport()->installEventFilter(&painted);
    for (const std::size_t i : {1U, 3U, 150U})
        ships[i].length += 1000;
    model.setRows(ships);
    const auto middle = [&](int row) { return view.visualRect(model.index(row, 0)).center(); };
    QTRY_VERIFY(painted.region.contains(middle(1)) && painted.region.contains(middle(3)));
    for (const int row : {0, 2, 4})
        QVERIFY(!painted.region.contains(middle(row)));
}

void TestKeyedTableModel::followsRandomChanges_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("steps");
    QTest::newRow("small") << 6 << 400;
    QTest::newRow("large") << 300 << 60;
}

void TestKeyedTableModel::followsRandomChanges() {
    QFETCH(int, size);
    QFETCH(int, steps);
    std::mt19937 random(20261122);
    const auto below = [&random](int limit) { return int(random() % unsigned(limit)); };

    ShipModel model(keyOf, columns());
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTableView view;
    view.setModel(&model);
    view.setSelectionBehavior(QAbstractItemView::SelectRows);

    std::vector<Ship> truth;
    int column = -1;
    auto order = Qt::AscendingOrder;
    int minimum = -1;
    int serial = 0;
    std::string selected;
    for (int step = 0; step < steps; ++step) {
        for (int i = below(size); i > 0 && int(truth.size()) < size * 2; --i)
            truth.insert(truth.begin() + below(int(truth.size()) + 1),
                         {"ship-" + std::to_string(serial++), below(50) - 1});
        for (int i = below(size); i > 0 && !truth.empty(); --i)
            truth.erase(truth.begin() + below(int(truth.size())));
        for (int i = below(size); i > 0 && !truth.empty(); --i)
            truth[std::size_t(below(int(truth.size())))].length = below(50) - 1;
        if (below(5) == 0)
            std::shuffle(truth.begin(), truth.end(), random);
        model.setRows(truth);
        if (below(3) == 0) {
            column = below(3) - 1;
            order = below(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
            model.sort(column, order);
        }
        if (below(3) == 0) {
            minimum = below(30) - 1;
            model.setFilter([minimum](const Ship& ship) { return ship.length >= minimum; });
        }
        QCOMPARE(names(model), expected(truth, column, order, minimum));
        QCOMPARE(model.totalCount(), int(truth.size()));

        // The selection made in an earlier step is on the same row still, or gone with it.
        const QModelIndexList rows = view.selectionModel()->selectedRows();
        if (model.rowOfKey(selected) >= 0 && !rows.isEmpty())
            QCOMPARE(model.rowAt(rows.first().row()).name, selected);
        if (!rows.isEmpty())
            QCOMPARE(rows.size(), 1);
        if (!selected.empty() && model.rowOfKey(selected) < 0)
            QVERIFY(rows.isEmpty() || model.rowAt(rows.first().row()).name != selected);
        if (model.rowCount() > 0 && (rows.isEmpty() || below(4) == 0)) {
            view.selectRow(below(model.rowCount()));
            selected = model.rowAt(view.currentIndex().row()).name;
        } else if (!rows.isEmpty()) {
            selected = model.rowAt(rows.first().row()).name;
        }
    }
}

QTEST_MAIN(TestKeyedTableModel)
#include "tst_keyed_table_model.moc"
