// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/fleet/servers.h"
#include "ui/browser/summary_view.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>

using namespace std::chrono_literals;

namespace {

const char* const kSlices = "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices";

std::string service(const char* name) {
    return std::string(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":")") + name +
           R"(","namespace":"shop"},"spec":{"type":"ClusterIP","ports":[{"name":"http","port":80}]}})";
}

} // namespace

// What of a summary stands in other objects, asked for at a server in memory.
class TestSummaryView : public QObject {
    Q_OBJECT
private slots:
    void init();
    void showsWhatStandsInOtherObjects();
    void saysWhatWasForbidden();
    void asksNobodyUnlessItIsSeen();
    void forgetsTheFormerObject();
    void readsAgainAfterAChange();

private:
    [[nodiscard]] QString text() const { return m_view->findChild<QTextBrowser*>()->toPlainText(); }
    [[nodiscard]] const QLabel& note() const { return *m_view->findChild<QLabel*>(QStringLiteral("summaryNote")); }
    void show(const char* name) { m_view->setObject(m_bench->id("paris"), service(name)); }
    [[nodiscard]] std::size_t asked() { return m_bench->api("paris").listsOf(kSlices); }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<ui::SummaryView> m_view;
};

void TestSummaryView::init() {
    m_view.reset();
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris"});
    FakeApi& api = m_bench->api("paris");
    api.serve("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", true);
    api.put("endpointslices", "shop", "cart-x7",
            R"(,"addressType":"IPv4","ports":[{"name":"http","port":8080}],"endpoints":[{"addresses":["10.0.0.7"]}])");
    m_bench->connect("paris");
    m_view = std::make_unique<ui::SummaryView>(*m_bench->fleet);
    m_view->show();
    m_view->setActive(true);
}

void TestSummaryView::showsWhatStandsInOtherObjects() {
    const QSignalSpy settled(m_view.get(), &ui::SummaryView::settledChanged);
    show("cart");
    QVERIFY(text().contains(QStringLiteral("ClusterIP")));
    QVERIFY(!text().contains(QStringLiteral("Endpoints")));
    QVERIFY(!m_view->isSettled());
    m_bench->pass(100ms);
    QVERIFY(text().contains(QStringLiteral("10.0.0.7:8080")));
    QVERIFY(m_view->isSettled());
    QCOMPARE(settled.size(), 1);
    QVERIFY(!note().isVisible());
}

void TestSummaryView::saysWhatWasForbidden() {
    m_bench->api("paris").forbid("endpointslices", "shop");
    show("cart");
    m_bench->pass(100ms);
    QVERIFY(note().isVisible());
    QVERIFY(note().text().contains(QStringLiteral("list endpointslices.discovery.k8s.io")));
    QVERIFY(text().contains(QStringLiteral("ClusterIP")));
    QVERIFY(!text().contains(QStringLiteral("Endpoints")));
    m_view->clear();
    QVERIFY(!note().isVisible());
}

void TestSummaryView::asksNobodyUnlessItIsSeen() {
    m_view->setActive(false);
    show("cart");
    m_bench->pass(100ms);
    QCOMPARE(asked(), std::size_t(0));
    m_view->setActive(true);
    // Left again before the answer came: it is not waited for.
    m_view->setActive(false);
    QVERIFY(m_view->isSettled());
    m_bench->pass(100ms);
    m_view->setActive(true);
    m_bench->pass(100ms);
    QTRY_VERIFY_WITH_TIMEOUT((m_bench->pass(100ms), text().contains(QStringLiteral("10.0.0.7:8080"))), 10'000);
}

void TestSummaryView::forgetsTheFormerObject() {
    show("cart");
    m_view->clear();
    m_bench->api("paris").remove("endpointslices", "shop", "cart-x7");
    show("other");
    m_bench->pass(100ms);
    QVERIFY(text().contains(QStringLiteral("other")));
    QVERIFY(text().contains(QStringLiteral("<none>")));
    QVERIFY(!text().contains(QStringLiteral("10.0.0.7")));
}

void TestSummaryView::readsAgainAfterAChange() {
    show("cart");
    m_bench->pass(100ms);
    const std::size_t before = asked();
    m_bench->api("paris").put(
        "endpointslices", "shop", "cart-x7",
        R"(,"addressType":"IPv4","ports":[{"name":"http","port":8080}],"endpoints":[{"addresses":["10.0.0.8"]}])");
    // Not for every change at once, but soon.
    for (int i = 0; i < 3; ++i)
        show("cart");
    m_bench->pass(100ms);
    QCOMPARE(asked(), before);
    QTRY_VERIFY_WITH_TIMEOUT((m_bench->pass(100ms), text().contains(QStringLiteral("10.0.0.8:8080"))), 10'000);
    QCOMPARE(asked(), before + 1);
}

QTEST_MAIN(TestSummaryView)
#include "tst_summary_view.moc"
