// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/fleet/servers.h"
#include "ui/base/theme.h"
#include "ui/logs/label_wish.h"
#include "ui/logs/logs_label_dialog.h"
#include "ui/logs/logs_subject.h"
#include "ui/shell/page.h"
#include "ui/shell/picker.h"
#include "ui/shell/scope.h"
#include "ui/shell/scope_chip.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTest>

#include <memory>
#include <optional>

using namespace std::chrono_literals;

// Which pods are meant, over two clusters in memory.
class TestLogsByLabel : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void guessesTheSelector_data();
    void guessesTheSelector();
    void wishesOfObjects();
    void titles();
    void saysWhatIsWrongAsItIsTyped();
    void countsWhatMatches();
    void picksClustersAndNamespacesByKeyboard();
    void offersAnOwnersSelector();
    void keepsWhatIsTypedMeanwhile();
    void saysWhyAnOwnerHasNone();
    void saysThatNothingIsConnected();
    void pictures();

private:
    void open(ui::LabelWish wish);
    template <typename T>
    [[nodiscard]] T& part(const char* name) const {
        return *m_dialog->findChild<T*>(QLatin1String(name));
    }
    [[nodiscard]] QLineEdit& line() const { return part<QLineEdit>("logsLabelSelector"); }
    [[nodiscard]] QPushButton& go() const { return part<QPushButton>("logsLabelGo"); }
    [[nodiscard]] QString count() const {
        const auto& label = part<QLabel>("logsLabelCount");
        return label.isHidden() ? QString() : label.text();
    }
    [[nodiscard]] QString problem() const {
        const auto& label = part<QLabel>("logsLabelProblem");
        return label.isHidden() ? QString() : label.text();
    }
    template <typename Condition>
    [[nodiscard]] bool comes(Condition condition) {
        return QTest::qWaitFor([&] {
            m_bench->pass(50ms);
            return condition();
        });
    }
    /// Through the list that drops from a chip, by the keyboard alone.
    void tick(const char* chip, const QStringList& names) const;
    [[nodiscard]] ui::ActTarget target(const char* cluster, const char* plural, const char* name,
                                       const char* labels = "") const {
        return {m_bench->id(cluster), *m_bench->fleet->kinds(m_bench->id(cluster))->findResource(plural), "shop", name,
                labels};
    }

    std::unique_ptr<Servers> m_bench;
    QPointer<ui::LogsLabelDialog> m_dialog;
    std::optional<ui::LabelWish> m_chosen;
};

void TestLogsByLabel::init() {
    m_chosen.reset();
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris", "oslo"});
    for (const char* name : {"paris", "oslo"}) {
        FakeApi& api = m_bench->api(name);
        api.serve("apps/v1", "Deployment", "deployments", true);
        for (const char* ns : {"shop", "stage"}) {
            api.put("namespaces", "", ns);
            for (const char* pod : {"web-1", "web-2"})
                api.put("pods", ns, pod, R"(,"status":{"phase":"Running"})", R"(,"labels":{"app":"web"})");
        }
        m_bench->connect(name);
    }
    m_bench->api("paris").put("deployments", "shop", "web",
                              R"(,"spec":{"selector":{"matchLabels":{"app":"web","tier":"front"}}})");
}

void TestLogsByLabel::cleanup() {
    delete m_dialog.data();
    m_bench.reset();
}

void TestLogsByLabel::open(ui::LabelWish wish) {
    m_dialog = new ui::LogsLabelDialog(*m_bench->fleet, std::move(wish), nullptr);
    connect(m_dialog, &ui::LogsLabelDialog::chosen, this, [this](const ui::LabelWish& chosen) { m_chosen = chosen; });
    m_dialog->open();
    m_bench->pass(1s);
}

void TestLogsByLabel::tick(const char* chip, const QStringList& names) const {
    auto& button = part<ui::ScopeChip>(chip);
    button.setFocus(Qt::TabFocusReason);
    QTest::keyClick(&button, Qt::Key_Space);
    QPointer<ui::Picker> picker = m_dialog->findChild<ui::Picker*>();
    QVERIFY(picker);
    auto* search = picker->findChild<QLineEdit*>();
    for (const QString& name : names) {
        QTest::keyClicks(search, name);
        QTest::keyClick(search, Qt::Key_Space);
        search->clear();
    }
    QTest::keyClick(search, Qt::Key_Escape);
    QTRY_VERIFY(!picker);
}

void TestLogsByLabel::guessesTheSelector_data() {
    QTest::addColumn<std::string>("labels");
    QTest::addColumn<std::string>("selector");
    const auto row = [](const char* name, const char* labels, const char* selector) {
        QTest::newRow(name) << std::string(labels) << std::string(selector);
    };
    row("none", "", "");
    row("recommended", "app=old,app.kubernetes.io/name=web,pod-template-hash=5d8c", "app.kubernetes.io/name=web");
    row("with its instance", "app.kubernetes.io/instance=eu,app.kubernetes.io/name=web,tier=front",
        "app.kubernetes.io/name=web,app.kubernetes.io/instance=eu");
    row("an instance alone", "app.kubernetes.io/instance=eu,tier=front", "app.kubernetes.io/instance=eu,tier=front");
    row("app", "app=web,pod-template-hash=5d8c,tier=front", "app=web");
    row("k8s-app", "k8s-app=kube-dns,pod-template-hash=5d8c", "k8s-app=kube-dns");
    row("all others", "component=db,controller-revision-hash=7f,statefulset.kubernetes.io/pod-name=db-0,tier=back",
        "component=db,tier=back");
    row("an empty value", "canary=,pod-template-generation=3", "canary=");
    row("a Job's pod",
        "batch.kubernetes.io/controller-uid=1-2,batch.kubernetes.io/job-name=import,controller-uid=1-2,"
        "job-name=import",
        "batch.kubernetes.io/job-name=import");
    row("a Job's pod of old", "controller-uid=1-2,job-name=import", "job-name=import");
    row("nothing but hashes", "pod-template-hash=5d8c", "");
}

void TestLogsByLabel::guessesTheSelector() {
    QFETCH(std::string, labels);
    QFETCH(std::string, selector);
    QCOMPARE(ui::likelySelector(labels), selector);
    const auto parsed = kube::LabelSelector::parse(selector);
    QVERIFY(parsed && parsed->matches(labels));
}

void TestLogsByLabel::wishesOfObjects() {
    const std::vector<fleet::ClusterId> both{m_bench->id("paris"), m_bench->id("oslo")};
    ui::ActTarget other = target("oslo", "pods", "api", "app.kubernetes.io/name=api,team=shop,tier=back");
    const ui::LabelWish pods =
        ui::labelWish({target("paris", "pods", "web", "app.kubernetes.io/name=web,team=shop"), other});
    QCOMPARE(pods.clusters.size(), std::size_t(2));
    QVERIFY(pods.clusters == both);
    QCOMPARE(pods.namespaces, std::vector<std::string>{"shop"});
    QCOMPARE(pods.selector, std::string("team=shop"));
    // An owner's labels need not be those of its pods.
    QCOMPARE(ui::labelWish({target("paris", "deployments.apps", "web", "app=web")}).selector, std::string());
    ui::Scope scope;
    scope.set({both[1]}, {QStringLiteral("shop"), QStringLiteral("stage")});
    const ui::LabelWish looked = ui::labelWish(scope);
    QVERIFY(looked.clusters == std::vector{both[1]});
    QCOMPARE(looked.namespaces.size(), std::size_t(2));
    // There and back again.
    const ui::LabelWish wish{both, {"shop", "stage"}, "app in (web,api)"};
    const ui::PageTarget page = ui::logsTarget(*m_bench->fleet, wish);
    QCOMPARE(page.logs->subjects.size(), std::size_t(4));
    const ui::LabelWish again = ui::labelWish(*page.logs);
    QVERIFY(again.clusters == wish.clusters);
    QCOMPARE(again.namespaces, wish.namespaces);
    QCOMPARE(again.selector, wish.selector);
}

void TestLogsByLabel::titles() {
    const auto title = [this](ui::LabelWish wish) { return ui::labelTitle(*m_bench->fleet, wish); };
    const fleet::ClusterId paris = m_bench->id("paris");
    const fleet::ClusterId oslo = m_bench->id("oslo");
    QCOMPARE(title({{paris, oslo}, {"shop"}, "app=web"}), QStringLiteral("app=web in shop, paris, oslo"));
    QCOMPARE(title({{paris}, {}, "app=web"}), QStringLiteral("app=web in all namespaces, paris"));
    // Of the operator's own text nothing is taken for a place to fill.
    QCOMPARE(title({{paris}, {"a", "b"}, "%2!=%1"}), QStringLiteral("%2!=%1 in a, b, paris"));
    QVERIFY(title({{paris, oslo, paris, oslo}, {"a", "b", "c", "d"}, "x"}).startsWith(QLatin1String("x in 4 n")));
}

void TestLogsByLabel::saysWhatIsWrongAsItIsTyped() {
    open({{m_bench->id("paris")}, {}, {}});
    QCOMPARE(m_dialog->focusWidget(), &line());
    QVERIFY(!go().isEnabled());
    QVERIFY(problem().isEmpty());
    QTest::keyClicks(&line(), QStringLiteral("app in (web"));
    QVERIFY2(problem().contains(QLatin1String("expected a comma or )")), qPrintable(problem()));
    QVERIFY(!go().isEnabled());
    QTest::keyClick(&line(), Qt::Key_Return);
    QVERIFY(!m_chosen);
    QTest::keyClicks(&line(), QStringLiteral(")"));
    QVERIFY(problem().isEmpty());
    QVERIFY(go().isEnabled());
    line().setText(QStringLiteral("   "));
    QVERIFY(!go().isEnabled());
    line().setText(QStringLiteral(" app=web "));
    QTest::keyClick(&line(), Qt::Key_Return);
    QVERIFY(m_chosen);
    QCOMPARE(m_chosen->selector, std::string("app=web"));
    QTRY_VERIFY(!m_dialog);
}

void TestLogsByLabel::countsWhatMatches() {
    const std::size_t lists = m_bench->api("paris").listsOf("/api/v1/pods");
    open({{m_bench->id("paris"), m_bench->id("oslo")}, {"shop"}, "app=web"});
    QVERIFY2(comes([this] { return count().startsWith(QLatin1String("4 pods")); }), qPrintable(count()));
    m_bench->api("oslo").put("pods", "shop", "web-3", {}, R"(,"labels":{"app":"web"})");
    QVERIFY2(comes([this] { return count().startsWith(QLatin1String("5 pods")); }), qPrintable(count()));
    line().setText(QStringLiteral("app=gone"));
    QCOMPARE(count(), QStringLiteral("No pod matches now."));
    QVERIFY(go().isEnabled());
    line().setText(QStringLiteral("app="));
    line().setText(QStringLiteral("app in"));
    QCOMPARE(count(), QString());
    // From what is known anyway.
    QCOMPARE(m_bench->api("paris").listsOf("/api/v1/pods"), lists);
}

void TestLogsByLabel::picksClustersAndNamespacesByKeyboard() {
    open({{m_bench->id("paris")}, {"shop"}, "app=web"});
    QCOMPARE(part<ui::ScopeChip>("logsLabelClusters").toolTip(), QStringLiteral("paris"));
    tick("logsLabelClusters", {QStringLiteral("oslo")});
    QVERIFY(part<ui::ScopeChip>("logsLabelClusters").accessibleName().contains(QLatin1String("oslo")));
    tick("logsLabelNamespaces", {QStringLiteral("shop"), QStringLiteral("stage")});
    QCOMPARE(part<ui::ScopeChip>("logsLabelNamespaces").toolTip(), QStringLiteral("stage"));
    QVERIFY(comes([this] { return count().startsWith(QLatin1String("4 pods")); }));
    tick("logsLabelNamespaces", {QStringLiteral("stage")});
    QVERIFY(comes([this] { return count().startsWith(QLatin1String("8 pods")); }));
    // Tab leads over all of it.
    line().setFocus();
    QStringList way;
    for (int i = 0; i < 5; ++i) {
        way += m_dialog->focusWidget()->objectName();
        QTest::keyClick(m_dialog->focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(m_dialog->focusWidget(), &line());
    QVERIFY(way.contains(QStringLiteral("logsLabelClusters")) && way.contains(QStringLiteral("logsLabelNamespaces")) &&
            way.contains(QStringLiteral("logsLabelGo")));
    QTest::keyClick(&line(), Qt::Key_Return);
    QVERIFY(m_chosen);
    QCOMPARE(m_chosen->clusters.size(), std::size_t(2));
    QVERIFY(m_chosen->namespaces.empty());
}

void TestLogsByLabel::offersAnOwnersSelector() {
    open({{m_bench->id("paris")}, {"shop"}, {}});
    m_dialog->askSelectorOf(target("paris", "deployments.apps", "web"));
    QVERIFY(comes([this] { return line().text() == QLatin1String("app=web,tier=front"); }));
    QVERIFY(go().isEnabled());
    QCOMPARE(line().selectedText(), line().text());
}

void TestLogsByLabel::keepsWhatIsTypedMeanwhile() {
    open({{m_bench->id("paris")}, {"shop"}, {}});
    m_dialog->askSelectorOf(target("paris", "deployments.apps", "web"));
    QTest::keyClicks(&line(), QStringLiteral("mine"));
    m_bench->pass(1s);
    QCOMPARE(line().text(), QStringLiteral("mine"));
}

void TestLogsByLabel::saysWhyAnOwnerHasNone() {
    open({{m_bench->id("paris")}, {"shop"}, {}});
    m_dialog->askSelectorOf(target("paris", "deployments.apps", "gone"));
    QVERIFY(comes([this] { return problem().startsWith(QLatin1String("Its selector could not be read")); }));
    // News of the fleet do not take it away; a selector does.
    m_bench->api("oslo").putNode("node-1");
    m_bench->pass(2s);
    QVERIFY(!problem().isEmpty());
    QTest::keyClicks(&line(), QStringLiteral("app=web"));
    QVERIFY(problem().isEmpty());
    QVERIFY(go().isEnabled());
}

void TestLogsByLabel::saysThatNothingIsConnected() {
    for (const char* name : {"paris", "oslo"})
        m_bench->fleet->disconnect(m_bench->id(name));
    m_bench->pass(1s);
    open({{}, {}, "app=web"});
    QCOMPARE(problem(), QStringLiteral("No cluster is connected."));
    QVERIFY(!go().isEnabled());
    m_bench->connect("paris");
    QVERIFY(comes([this] { return go().isEnabled(); }));
    QVERIFY(problem().isEmpty());
    go().click();
    QVERIFY(m_chosen->clusters == std::vector{m_bench->id("paris")});
}

// To be looked at: PICTURES names where they go.
void TestLogsByLabel::pictures() {
    const QString where = qEnvironmentVariable("PICTURES");
    if (where.isEmpty())
        return;
    for (const auto choice : {ui::SchemeChoice::Light, ui::SchemeChoice::Dark}) {
        const ui::Theme theme(choice);
        open({{m_bench->id("paris"), m_bench->id("oslo")}, {"shop"}, "app.kubernetes.io/name=web"});
        line().setText(QStringLiteral("app=web"));
        const QString name = where + (choice == ui::SchemeChoice::Light ? QStringLiteral("/label-light")
                                                                        : QStringLiteral("/label-dark"));
        QVERIFY(comes([this] { return !count().isEmpty(); }));
        QVERIFY(m_dialog->grab().save(name + QStringLiteral(".png")));
        line().setText(QStringLiteral("app in (web"));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QVERIFY(m_dialog->grab().save(name + QStringLiteral("-wrong.png")));
        m_dialog->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_dialog));
        part<ui::ScopeChip>("logsLabelClusters").setFocus(Qt::TabFocusReason);
        QVERIFY(m_dialog->grab().save(name + QStringLiteral("-focus.png")));
        delete m_dialog.data();
    }
}

QTEST_MAIN(TestLogsByLabel)
#include "tst_logs_by_label.moc"
