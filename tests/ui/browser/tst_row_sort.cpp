// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_view.h"
#include "ui/browser/row_sort.h"
#include "ui/browser/sort_value.h"

#include <QTest>

#include <algorithm>
#include <numeric>
#include <random>

using namespace ui;
using kube::SortKind;

Q_DECLARE_METATYPE(kube::SortKind)

class TestRowSort : public QObject {
    Q_OBJECT
private slots:
    void comparesByTrueValue_data();
    void comparesByTrueValue();
    void sortsNamesLikeAPlainSort_data();
    void sortsNamesLikeAPlainSort();
    void sortsEveryColumnLikeAPlainSort();
    void sortsKeysStably();
};

void TestRowSort::comparesByTrueValue_data() {
    QTest::addColumn<SortKind>("kind");
    QTest::addColumn<QStringList>("ascending");
    const auto words = [](const char* text) { return QString::fromLatin1(text).split(u' '); };
    QTest::newRow("text") << SortKind::Text << words("Running Succeeded a <none>");
    QTest::newRow("number") << SortKind::Number << words("-1 0 3 20 <none>");
    QTest::newRow("quantity") << SortKind::Quantity << words("100m 500m 2 1Ki 1M 1Mi 1500Ki 2Gi <none>");
    QTest::newRow("ratio") << SortKind::Ratio << words("0/1 0/3 1/3 1/2 2/3 1/1 2/2 <none>");
    QTest::newRow("time") << SortKind::Time << words("5s 119s 2m1s 3h5m 2d 3y40d <unknown>");
    QTest::newRow("address") << SortKind::Address
                             << words("9.0.0.1 10.0.0.2 10.0.0.10 10.0.1.1 fd00::2 fd00::10 <none>");
    QTest::newRow("version") << SortKind::Version << words("v1.9.0 v1.10.0 v1.34.2 v1.36.3 <none>");
}

void TestRowSort::comparesByTrueValue() {
    QFETCH(SortKind, kind);
    QFETCH(QStringList, ascending);
    for (qsizetype i = 0; i < ascending.size(); ++i) {
        for (qsizetype j = 0; j < ascending.size(); ++j) {
            const std::string a = ascending[i].toStdString();
            const std::string b = ascending[j].toStdString();
            const int c = compareSortValues(sortValueOfText(a, kind), sortValueOfText(b, kind));
            // "0/1" and "0/3" are the same share of the same first number.
            if (kind == SortKind::Ratio && a.starts_with("0/") && b.starts_with("0/"))
                QCOMPARE(c, 0);
            else
                QVERIFY2((c < 0) == (i < j) && (c > 0) == (i > j), qPrintable(ascending[i] + u' ' + ascending[j]));
        }
    }
}

namespace {

std::vector<kube::RowRef> allRows(const FakeView& view) {
    std::vector<kube::RowRef> rows;
    for (const fleet::RowId id : view.allRows())
        rows.push_back(view.row(id));
    return rows;
}

std::vector<std::uint32_t> plainSort(const std::vector<kube::RowRef>& rows, std::size_t column,
                                     SortDirection direction) {
    std::vector<std::uint32_t> out(rows.size());
    std::iota(out.begin(), out.end(), 0U);
    std::stable_sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
        const SortValue x = sortValue(rows[a], rows[a].layout().columns()[column], 0);
        const SortValue y = sortValue(rows[b], rows[b].layout().columns()[column], 0);
        const int c = compareSortValues(x, y);
        return direction == SortDirection::Descending && !x.isAbsent && !y.isAbsent ? c > 0 : c < 0;
    });
    return out;
}

} // namespace

void TestRowSort::sortsNamesLikeAPlainSort_data() {
    QTest::addColumn<QStringList>("names");
    QTest::newRow("none") << QStringList();
    QTest::newRow("one") << QStringList(QStringLiteral("a"));
    QTest::newRow("enclosing stems")
        << QStringLiteral("a a-0 a-1 a-b-0 a-b-1 a-b-c-x a-c- a- b b-0 ab-0 a-b-").split(u' ');
    QTest::newRow("no dashes") << QStringLiteral("kiwi fig apple figs applepie banana").split(u' ');
    QTest::newRow("long suffixes")
        << QStringLiteral("job-123456789012 job-123456789011 job-1234567890 job-x job-").split(u' ');
    QStringList random;
    std::mt19937 engine(11);
    for (int i = 0; i < 3000; ++i) {
        QString name;
        for (auto length = 1 + engine() % 6; length > 0; --length)
            name += QLatin1Char("ab-0"[engine() % 4]);
        random += name;
    }
    QTest::newRow("random") << random;
}

void TestRowSort::sortsNamesLikeAPlainSort() {
    QFETCH(QStringList, names);
    // Each name in two namespaces of two clusters, in the server's order.
    FakeView view(2);
    std::vector<FakePod> pods;
    for (const QString& name : names) {
        for (const char* ns : {"x", "y"}) {
            FakePod pod;
            pod.ns = ns;
            pod.name = name.toStdString();
            pods.push_back(pod);
        }
    }
    std::sort(pods.begin(), pods.end(), [](const FakePod& a, const FakePod& b) {
        return kube::compareServerOrder(a.ns, a.name, b.ns, b.name) < 0;
    });
    view.change(0, pods);
    view.change(1, pods);
    std::vector<kube::RowRef> rows = allRows(view);
    const SortColumnOf columnOf = [](const kube::RowRef& row) { return &row.layout().columns()[0]; };
    for (int shuffled = 0; shuffled < 2; ++shuffled) {
        for (const SortDirection direction : {SortDirection::Ascending, SortDirection::Descending})
            QCOMPARE(sortedPositions(rows, columnOf, direction, 0), plainSort(rows, 0, direction));
        std::shuffle(rows.begin(), rows.end(), std::mt19937(3));
    }
}

void TestRowSort::sortsEveryColumnLikeAPlainSort() {
    FakeView view(2);
    std::vector<FakePod> pods = manyPods(3000, 5);
    for (std::size_t i = 0; i < pods.size(); i += 7)
        pods[i].restarts = kube::kNoNumber;
    for (std::size_t i = 0; i < pods.size(); i += 11)
        pods[i].ip = "<none>";
    view.change(0, {pods.begin(), pods.begin() + 1000});
    view.change(1, {pods.begin() + 1000, pods.end()});
    const std::vector<kube::RowRef> rows = allRows(view);
    for (std::size_t column = 0; column < view.columns().size(); ++column) {
        const SortColumnOf columnOf = [column](const kube::RowRef& row) { return &row.layout().columns()[column]; };
        for (const SortDirection direction : {SortDirection::Ascending, SortDirection::Descending})
            QCOMPARE(sortedPositions(rows, columnOf, direction, 0), plainSort(rows, column, direction));
    }
    // A column that one server does not have: its rows stand last, as they came.
    const SortColumnOf half = [&](const kube::RowRef& row) {
        return &row.strings() == &rows.front().strings() ? nullptr : &row.layout().columns()[0];
    };
    QCOMPARE(sortedPositions(rows, half, SortDirection::Ascending, 0).size(), rows.size());
}

void TestRowSort::sortsKeysStably() {
    const std::vector<std::uint64_t> keys{5, UINT64_MAX, 0, 5, std::uint64_t(1) << 40, 5};
    QCOMPARE(sortedByKey(keys, SortDirection::Ascending), (std::vector<std::uint32_t>{2, 0, 3, 5, 4, 1}));
    QCOMPARE(sortedByKey(keys, SortDirection::Descending), (std::vector<std::uint32_t>{1, 4, 0, 3, 5, 2}));
    QVERIFY(sortedByKey({}, SortDirection::Ascending).empty());
}

QTEST_APPLESS_MAIN(TestRowSort)
#include "tst_row_sort.moc"
