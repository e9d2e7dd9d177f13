// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/needs.h"

#include <QAbstractItemModelTester>
#include <QTest>

namespace {

constexpr std::int64_t kNow = 1'800'000'000'000;
constexpr std::int64_t kDay = 86'400'000;

fleet::ClusterInfo cluster(int id, const char* name, fleet::Health health) {
    fleet::ClusterInfo info;
    info.id = {static_cast<std::uint16_t>(id)};
    info.name = name;
    info.health = health;
    info.sinceMs = kNow - kDay;
    return info;
}

ui::BrokenPod pod(int id, const char* name, std::int64_t restarts = 0) {
    ui::BrokenPod broken;
    broken.cluster = {static_cast<std::uint16_t>(id)};
    broken.ns = "shop";
    broken.name = name;
    broken.status = "CrashLoopBackOff";
    broken.restarts = restarts;
    broken.sinceMs = kNow - 1000;
    return broken;
}

} // namespace

class TestNeeds : public QObject {
    Q_OBJECT
private slots:
    void aHealthyFleetNeedsNothing();
    void theWorstStandsFirst();
    void credentialsCountOnlyNearTheirEnd();
    void manyPodsAreSummedUp();
    void rowsKeepTheirIdentity();
};

void TestNeeds::aHealthyFleetNeedsNothing() {
    const auto needs =
        ui::findNeeds({cluster(0, "a", fleet::Health::Live), cluster(1, "b", fleet::Health::NotConnected)}, {}, kNow);
    QVERIFY(needs.empty());
}

void TestNeeds::theWorstStandsFirst() {
    fleet::ClusterInfo away = cluster(0, "edge", fleet::Health::Away);
    away.error = base::Error{};
    away.error->code = base::ErrorCode::TimedOut;
    fleet::ClusterInfo degraded = cluster(1, "houston", fleet::Health::Degraded);
    degraded.nodeProblems = {"hou-w-05 MemoryPressure"};
    fleet::ClusterInfo expired = cluster(2, "staging", fleet::Health::SignIn);
    expired.error = base::Error{};
    expired.error->code = base::ErrorCode::Expired;
    const auto needs = ui::findNeeds({away, degraded, expired}, {pod(1, "cart", 14)}, kNow);
    QCOMPARE(needs.size(), std::size_t{4});
    QCOMPARE(needs[0].cluster, expired.id);
    QCOMPARE(needs[0].mark, ui::Mark::Broken);
    QVERIFY(needs[1].text.startsWith(QStringLiteral("houston/shop/cart: CrashLoopBackOff, 14")));
    QCOMPARE(needs[1].name, QStringLiteral("cart"));
    QVERIFY(needs[2].text.contains(QStringLiteral("hou-w-05 MemoryPressure")));
    QCOMPARE(needs[3].mark, ui::Mark::Away);
}

void TestNeeds::credentialsCountOnlyNearTheirEnd() {
    fleet::ClusterInfo later = cluster(0, "a", fleet::Health::Live);
    later.credentialExpiryMs = kNow + 60 * kDay;
    fleet::ClusterInfo soon = cluster(1, "b", fleet::Health::Live);
    soon.credentialExpiryMs = kNow + 12 * kDay + 1000;
    const auto needs = ui::findNeeds({later, soon}, {}, kNow);
    QCOMPARE(needs.size(), std::size_t{1});
    QCOMPARE(needs[0].cluster, soon.id);
    QVERIFY(needs[0].text.contains(QStringLiteral("12")));
}

void TestNeeds::manyPodsAreSummedUp() {
    std::vector<ui::BrokenPod> pods;
    for (int i = 0; i < 200; ++i)
        pods.push_back(pod(0, qPrintable(QStringLiteral("p%1").arg(i))));
    const auto needs = ui::findNeeds({cluster(0, "a", fleet::Health::Live)}, pods, kNow);
    QCOMPARE(needs.size(), std::size_t{5});
    QVERIFY(needs.back().name.isEmpty());
    QVERIFY(needs.back().text.contains(QStringLiteral("196")));
}

void TestNeeds::rowsKeepTheirIdentity() {
    const std::unique_ptr<ui::NeedModel> model(ui::makeNeedModel(nullptr));
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto rows = [](const std::vector<ui::Need>& needs) {
        std::vector<ui::NeedRow> list;
        for (const ui::Need& need : needs)
            list.push_back({need, kNow});
        return list;
    };
    const auto clusters = std::vector{cluster(0, "a", fleet::Health::Live)};
    model->setRows(rows(ui::findNeeds(clusters, {pod(0, "x", 3), pod(0, "y", 1)}, kNow)));
    const QPersistentModelIndex y = model->index(1, 0);
    QVERIFY(y.data().toString().contains(QStringLiteral("/y:")));
    model->setRows(rows(ui::findNeeds(clusters, {pod(0, "y", 2)}, kNow)));
    QCOMPARE(model->rowCount(), 1);
    QVERIFY(y.isValid());
    QCOMPARE(y.row(), 0);
}

QTEST_MAIN(TestNeeds)
#include "tst_needs.moc"
