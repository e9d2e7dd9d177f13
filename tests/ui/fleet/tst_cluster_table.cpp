// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/cluster_text.h"
#include "ui/fleet/cluster_filter.h"
#include "ui/fleet/cluster_table.h"
#include "ui/shell/filter_problem.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <memory>
#include <random>

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::int64_t kDay = 86'400'000;

fleet::ClusterInfo houston() {
    fleet::ClusterInfo info;
    info.id = {1};
    info.name = "houston";
    info.server = "https://hou.example:6443";
    info.waysIn.push_back({"houston", "ops", "default", "/home/x/.kube/config", false, {}});
    info.hue = 1;
    info.isProtected = true;
    info.groups = {"south"};
    info.health = fleet::Health::Live;
    info.asOfMs = kNow;
    info.version = "v1.35.2";
    info.provider = "Bare metal";
    info.region = "rack-h2";
    info.nodes = 8;
    info.nodesReady = 7;
    info.pods = 388;
    info.podsRunning = 380;
    info.podsBroken = 3;
    info.cpuAllocatableMilli = 100'000;
    info.cpuRequestedMilli = 74'000;
    info.memoryAllocatable = 1000;
    info.memoryRequested = 950;
    info.credentialExpiryMs = kNow + 41 * kDay;
    return info;
}

ui::Cell cellOf(const ui::ClusterModel& model, int row, ui::ClusterColumn column) {
    return model.index(row, static_cast<int>(column)).data(ui::CellRole).value<ui::Cell>();
}

} // namespace

class TestClusterTable : public QObject {
    Q_OBJECT
private slots:
    void cellsSayWhatIsKnown();
    void readOnlyGoesBeforeProtected();
    void awayIsDimmedAndDated();
    void unknownStaysEmpty();
    void programThatSignsInIsNamed();
    void whoMayReadNothingIsNamed();
    void threeHundredRowsUnderRandomChanges();
    void filters_data();
    void filters();
    void filterErrorsPointAtTheColumn();
    void expiry_data();
    void expiry();
};

void TestClusterTable::cellsSayWhatIsKnown() {
    const std::unique_ptr<ui::ClusterModel> model(ui::makeClusterModel(nullptr));
    model->setRows({{houston(), kNow}});
    const ui::Cell name = cellOf(*model, 0, ui::ClusterColumn::Name);
    QCOMPARE(name.text, QStringLiteral("houston"));
    QCOMPARE(int(name.hue), 1);
    QCOMPARE(name.chip, QStringLiteral("protected"));
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::State).mark, ui::Mark::Good);
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::Nodes).text, QStringLiteral("7 of 8"));
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::Failing).ink, ui::Ink::Broken);
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::Cpu).share, 0.74);
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::Cpu).barInk, ui::Ink::Accent);
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::Memory).barInk, ui::Ink::Attention);
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::Where).text, QStringLiteral("Bare metal rack-h2"));
}

void TestClusterTable::readOnlyGoesBeforeProtected() {
    fleet::ClusterInfo info = houston();
    info.isReadOnly = true;
    const std::unique_ptr<ui::ClusterModel> model(ui::makeClusterModel(nullptr));
    model->setRows({{info, kNow}});
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::Name).chip, QStringLiteral("read-only"));
    QCOMPARE(ui::clusterName(info), QStringLiteral("houston, protected, read-only"));
    info.isProtected = false;
    QCOMPARE(ui::clusterName(info), QStringLiteral("houston, read-only"));
}

void TestClusterTable::awayIsDimmedAndDated() {
    fleet::ClusterInfo info = houston();
    info.health = fleet::Health::Away;
    info.sinceMs = kNow - 60'000;
    const std::unique_ptr<ui::ClusterModel> model(ui::makeClusterModel(nullptr));
    model->setRows({{info, kNow}});
    const ui::Cell state = cellOf(*model, 0, ui::ClusterColumn::State);
    QCOMPARE(state.mark, ui::Mark::Away);
    QVERIFY(state.dimmed);
    QVERIFY2(state.text.contains(QLatin1Char(':')), qPrintable(state.text));
    QVERIFY(cellOf(*model, 0, ui::ClusterColumn::Cpu).dimmed);
}

void TestClusterTable::unknownStaysEmpty() {
    fleet::ClusterInfo info;
    info.id = {7};
    info.name = "customer-12";
    const std::unique_ptr<ui::ClusterModel> model(ui::makeClusterModel(nullptr));
    model->setRows({{info, kNow}});
    for (const auto column : {ui::ClusterColumn::Nodes, ui::ClusterColumn::Pods, ui::ClusterColumn::Failing,
                              ui::ClusterColumn::Cpu, ui::ClusterColumn::Credentials}) {
        QVERIFY(cellOf(*model, 0, column).text.isEmpty());
        QVERIFY(cellOf(*model, 0, column).share < 0);
    }
    QCOMPARE(cellOf(*model, 0, ui::ClusterColumn::State).mark, ui::Mark::NotConnected);
}

void TestClusterTable::programThatSignsInIsNamed() {
    fleet::ClusterInfo info = houston();
    info.health = fleet::Health::Connecting;
    QCOMPARE(ui::healthSentence(info, kNow), QStringLiteral("Connecting…"));
    info.signInProgram = "kubelogin";
    QCOMPARE(ui::healthSentence(info, kNow), QStringLiteral("Waiting for kubelogin…"));
}

void TestClusterTable::whoMayReadNothingIsNamed() {
    fleet::ClusterInfo info = houston();
    info.health = fleet::Health::Degraded;
    info.nodes = info.nodesReady = info.pods = info.podsBroken = -1;
    base::Error error;
    error.code = base::ErrorCode::Forbidden;
    error.message = "ops may not list pods, nodes: forbidden";
    error.verb = "list";
    error.resource = "pods, nodes";
    info.error = error;
    info.why = info.error->message;
    const std::unique_ptr<ui::ClusterModel> model(ui::makeClusterModel(nullptr));
    model->setRows({{info, kNow}});
    const ui::Cell state = cellOf(*model, 0, ui::ClusterColumn::State);
    QCOMPARE(state.text, QStringLiteral("ops may not list pods, nodes"));
    QCOMPARE(state.mark, ui::Mark::Attention);
    QVERIFY(cellOf(*model, 0, ui::ClusterColumn::Pods).text.isEmpty());
    const QModelIndex index = model->index(0, static_cast<int>(ui::ClusterColumn::State));
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(QStringLiteral("nodes: forbidden")));
    info.waysIn.front().user.clear();
    QCOMPARE(ui::healthSentence(info, kNow), QStringLiteral("Not allowed to list pods, nodes"));
}

void TestClusterTable::threeHundredRowsUnderRandomChanges() {
    const std::unique_ptr<ui::ClusterModel> model(ui::makeClusterModel(nullptr));
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(7);
    model->sort(static_cast<int>(ui::ClusterColumn::State));
    for (int round = 0; round < 20; ++round) {
        std::vector<ui::ClusterRow> rows;
        for (int i = 0; i < 300; ++i) {
            if (random() % 10 == 0)
                continue;
            fleet::ClusterInfo info = houston();
            info.id = {static_cast<std::uint16_t>(i)};
            info.name = "customer-" + std::to_string(i);
            info.health = static_cast<fleet::Health>(random() % 7);
            rows.push_back({info, kNow});
        }
        const auto count = static_cast<int>(rows.size());
        model->setRows(std::move(rows));
        QCOMPARE(model->rowCount(), count);
        for (int row = 1; row < count; ++row) {
            const QModelIndex before = model->index(row - 1, static_cast<int>(ui::ClusterColumn::State));
            const QModelIndex here = model->index(row, static_cast<int>(ui::ClusterColumn::State));
            QVERIFY(before.data(ui::SortRole).toInt() <= here.data(ui::SortRole).toInt());
        }
    }
}

void TestClusterTable::filters_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("shown");
    const auto row = [](const char* text, bool shown) { QTest::newRow(text) << QString::fromLatin1(text) << shown; };
    row("", true);
    row("hou", true);
    row("HOUSTON", true);
    row("-houston", false);
    row("bare", true);
    row("provider:aws", false);
    row("provider:bare", true);
    row("pods>300", true);
    row("pods>500", false);
    row("failing>0", true);
    row("cpu>70 memory>90", true);
    row("cpu>80", false);
    row("group:south", true);
    row("group:north", false);
    row("protected:yes", true);
    row("read-only:yes", false);
    row("read-only:no", true);
    row("status:live", true);
    row("credentials<60d", true);
    row("credentials<30d", false);
    row("version>=v1.35.0", true);
    row("user:ops OR user:nobody", true);
}

void TestClusterTable::filters() {
    QFETCH(QString, text);
    ui::ClusterFilter filter;
    filter.setText(text);
    QVERIFY2(!filter.problem(), filter.problem() ? qPrintable(filter.problem()->message) : "");
    QTEST(filter.accepts(houston(), kNow), "shown");
}

void TestClusterTable::filterErrorsPointAtTheColumn() {
    ui::ClusterFilter filter;
    filter.setText(QStringLiteral("hou (pods"));
    QVERIFY(filter.problem());
    QVERIFY(filter.problem()->column >= 4);
    QVERIFY(!filter.problem()->message.isEmpty());
    QVERIFY(filter.accepts(houston(), kNow));
    // A code point outside the basic plane takes two units of the text.
    const QString text = QString::fromUtf8("\xF0\x9F\x9A\xA2 x");
    QCOMPARE(ui::filterProblem(text, {2, 1, "m"}).column, 3);
}

void TestClusterTable::expiry_data() {
    QTest::addColumn<qlonglong>("left");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("ink");
    QTest::newRow("far") << qlonglong(304 * kDay) << QStringLiteral("304") << static_cast<int>(ui::Ink::Muted);
    QTest::newRow("soon") << qlonglong(12 * kDay) << QStringLiteral("12") << static_cast<int>(ui::Ink::Attention);
    QTest::newRow("hours") << qlonglong(5 * 3'600'000) << QStringLiteral("5") << static_cast<int>(ui::Ink::Attention);
    QTest::newRow("over") << qlonglong(-1) << QStringLiteral("expired") << static_cast<int>(ui::Ink::Broken);
}

void TestClusterTable::expiry() {
    QFETCH(qlonglong, left);
    const ui::Cell cell = ui::expiryCell(kNow + left, kNow);
    QTEST(cell.text, "text");
    QTEST(static_cast<int>(cell.ink), "ink");
}

QTEST_MAIN(TestClusterTable)
#include "tst_cluster_table.moc"
