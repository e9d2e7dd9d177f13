// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/door.h"
#include "core/change/fleet_clusters.h"
#include "tests/core/fleet/servers.h"
#include "ui/access/access_page.h"
#include "ui/base/table_view.h"
#include "ui/change/change_runs.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QTest>

using namespace std::chrono_literals;

namespace {

/// Remembers what was said.
struct Way final : ui::Navigator {
    QString said;
    void open(const ui::PageTarget&, Tab) override {}
    void goBack() override {}
    void say(const QString& sentence) override { said = sentence; }
    void editFilter() override {}
};

constexpr const char* kRbac = "rbac.authorization.k8s.io/v1";

} // namespace

// The page over two servers in memory: in shop pods may be read, everywhere nodes.
class TestAccessPage : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void asksNothingBeforeItIsShown();
    void saysWhatIMayDo();
    void asksInTheNamespaceChosen();
    void leadsToWhoCan();
    void namesWhatDangles();
    void forbiddenSaysWhatIsMissing();
    void awayIsDimmedAndComesBack();
    void filtersAndCopies();
    void remembersTheQuestion();
    void asksAgain();

private:
    void serve(FakeApi& api);
    void open();
    [[nodiscard]] ui::TableView& table(const char* name) const {
        return *m_page->findChild<ui::TableView*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString cell(const ui::TableView& table, int row, int column) const {
        return table.model()->index(row, column).data().toString();
    }
    [[nodiscard]] int rowOf(const ui::TableView& table, const char* resource) const {
        for (int row = 0; row < table.model()->rowCount(); ++row) {
            if (cell(table, row, 1) == QLatin1String(resource))
                return row;
        }
        return -1;
    }
    void choose(const char* box, const QString& text) {
        auto* combo = m_page->findChild<QComboBox*>(QString::fromLatin1(box));
        const int index = combo->findText(text);
        QVERIFY(index >= 0);
        combo->setCurrentIndex(index);
        emit combo->activated(index);
        m_bench->pass(1s);
    }
    void trigger(const char* id) {
        QAction* action = m_actions->find(QString::fromLatin1(id));
        QVERIFY2(action, id);
        action->trigger();
        m_bench->pass(1s);
    }
    [[nodiscard]] QStringList notices() const {
        QStringList sentences;
        for (const QLabel* label : m_page->findChildren<QLabel*>(QStringLiteral("notice"))) {
            if (label->isVisible())
                sentences.append(label->text());
        }
        return sentences;
    }

    std::unique_ptr<Servers> m_bench;
    std::unique_ptr<change::FleetClusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<ui::Scope> m_scope;
    std::unique_ptr<ui::ActionRegistry> m_actions;
    Way m_way;
    std::unique_ptr<ui::AccessPage> m_page;
    int m_reviews = 0;
};

void TestAccessPage::serve(FakeApi& api) {
    api.serve(kRbac, "ClusterRole", "clusterroles", false);
    api.serve(kRbac, "ClusterRoleBinding", "clusterrolebindings", false);
    api.serve(kRbac, "Role", "roles", true);
    api.serve(kRbac, "RoleBinding", "rolebindings", true);
    api.put("namespaces", {}, "shop");
    api.put("clusterroles", {}, "admin", R"(,"rules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}])");
    api.put("clusterrolebindings", {}, "admins",
            R"(,"roleRef":{"kind":"ClusterRole","name":"admin"},"subjects":[{"kind":"Group","name":"ops"}])");
    api.put("roles", "shop", "reader", R"(,"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}])");
    api.put("rolebindings", "shop", "readers",
            R"(,"roleRef":{"kind":"Role","name":"reader"},"subjects":[{"kind":"User","name":"maria"}])");
    api.onReview([this](const std::string& resource, const std::string& body) {
        ++m_reviews;
        if (resource != "selfsubjectrulesreviews")
            return std::string(R"({"allowed":false})");
        const bool isShop = body.find(R"("namespace":"shop")") != std::string::npos;
        return R"({"incomplete":false,"nonResourceRules":[],"resourceRules":[)"
               R"({"verbs":["get","list","watch"],"apiGroups":[""],"resources":["nodes"]})" +
               std::string(isShop ? R"(,{"verbs":["get"],"apiGroups":[""],"resources":["pods"]})" : "") + "]}";
    });
}

void TestAccessPage::init() {
    m_reviews = 0;
    m_bench = std::make_unique<Servers>(std::vector<std::string>{"paris", "rome"});
    for (const char* name : {"paris", "rome"}) {
        serve(m_bench->api(name));
        m_bench->connect(name);
    }
    m_clusters = std::make_unique<change::FleetClusters>(*m_bench->fleet);
    m_door = std::make_unique<change::Door>(change::Door::Environment{m_bench->home, m_bench->time, m_bench->time,
                                                                      *m_clusters, m_bench->path("journal"), "test"});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_scope = std::make_unique<ui::Scope>();
    m_actions = std::make_unique<ui::ActionRegistry>();
    open();
}

void TestAccessPage::cleanup() {
    m_page.reset();
    m_actions.reset();
    m_changes.reset();
    m_door.reset();
    m_clusters.reset();
    m_bench.reset();
}

void TestAccessPage::open() {
    m_page = std::make_unique<ui::AccessPage>(
        ui::PageContext{*m_bench->fleet, *m_bench->settings, *m_door, *m_changes, *m_scope, *m_actions, m_way, {}},
        nullptr);
    m_page->resize(1100, 600);
}

void TestAccessPage::asksNothingBeforeItIsShown() {
    m_bench->pass(1s);
    QCOMPARE(m_reviews, 0);
    QVERIFY(m_page->isSettled());
    m_page->show();
    QVERIFY(!m_page->isSettled());
    m_bench->pass(1s);
    QVERIFY(m_page->isSettled());
    QCOMPARE(m_reviews, 2);
    m_page->hide();
    m_bench->pass(5min);
    QCOMPARE(m_reviews, 2);
}

void TestAccessPage::saysWhatIMayDo() {
    m_page->show();
    m_bench->pass(1s);
    const ui::TableView& rights = table("rightsTable");
    const int nodes = rowOf(rights, "nodes");
    QVERIFY(nodes >= 0);
    QCOMPARE(cell(rights, nodes, 0), QStringLiteral("paris"));
    QCOMPARE(cell(rights, nodes, 3), QStringLiteral("yes"));
    QCOMPARE(cell(rights, rowOf(rights, "pods"), 3), QStringLiteral("no"));
    QVERIFY(m_page->subtitle().startsWith(QStringLiteral("Something is allowed on 2 of")));
    m_scope->setClusters({m_bench->id("rome")});
    m_bench->pass(1s);
    QCOMPARE(cell(rights, rowOf(rights, "nodes"), 0), QStringLiteral("rome"));
    QVERIFY(m_page->subtitle().startsWith(QStringLiteral("Something is allowed on 1 of")));
}

void TestAccessPage::asksInTheNamespaceChosen() {
    m_page->show();
    m_bench->pass(1s);
    choose("accessNamespace", QStringLiteral("shop"));
    const ui::TableView& rights = table("rightsTable");
    QCOMPARE(cell(rights, rowOf(rights, "pods"), 3), QStringLiteral("yes"));
    // What lies in no namespace stays what it is.
    QCOMPARE(cell(rights, rowOf(rights, "nodes"), 3), QStringLiteral("yes"));
    // The scope's namespaces are those to choose from.
    m_scope->setNamespaces({QStringLiteral("bank")});
    m_bench->pass(1s);
    const auto* box = m_page->findChild<QComboBox*>(QStringLiteral("accessNamespace"));
    QCOMPARE(box->count(), 1);
    QCOMPARE(box->currentText(), QStringLiteral("bank"));
    QCOMPARE(cell(rights, rowOf(rights, "pods"), 3), QStringLiteral("no"));
}

void TestAccessPage::leadsToWhoCan() {
    m_page->show();
    m_bench->pass(1s);
    choose("accessNamespace", QStringLiteral("shop"));
    ui::TableView& rights = table("rightsTable");
    rights.setFocus();
    rights.setCurrentIndex(rights.model()->index(rowOf(rights, "pods"), 3));
    QTest::keyClick(&rights, Qt::Key_Return);
    QVERIFY(!m_page->isSettled());
    m_bench->pass(1s);
    const ui::TableView& grants = table("grantsTable");
    QVERIFY(grants.isVisible());
    QCOMPARE(grants.model()->rowCount(), 4);
    QCOMPARE(cell(grants, 0, 2), QStringLiteral("ops"));
    QCOMPARE(cell(grants, 1, 2), QStringLiteral("maria"));
    QCOMPARE(cell(grants, 1, 3), QStringLiteral("shop"));
    QCOMPARE(cell(grants, 1, 4), QStringLiteral("readers"));
    QCOMPARE(m_page->subtitle(), QStringLiteral("2 subjects can get pods"));
    // Another verb asks no server.
    const std::size_t before = m_bench->api("paris").listsOf("/apis/rbac.authorization.k8s.io/v1/clusterroles");
    choose("accessVerb", QStringLiteral("delete"));
    QCOMPARE(grants.model()->rowCount(), 2);
    QCOMPARE(m_bench->api("paris").listsOf("/apis/rbac.authorization.k8s.io/v1/clusterroles"), before);
    auto* resource = m_page->findChild<QComboBox*>(QStringLiteral("accessResource"));
    resource->lineEdit()->setText(QStringLiteral("widgets"));
    QTest::keyClick(resource->lineEdit(), Qt::Key_Return);
    QCOMPARE(grants.model()->rowCount(), 0);
    QVERIFY(m_page->findChild<QLabel*>(QStringLiteral("privilegedNote"))->isVisible());
}

void TestAccessPage::namesWhatDangles() {
    m_bench->api("rome").put("rolebindings", "shop", "old", R"(,"roleRef":{"kind":"Role","name":"gone"})");
    m_page->show();
    trigger("access.who-can");
    QCOMPARE(notices(),
             QStringList({QStringLiteral("rome: RoleBinding/shop/old names Role/shop/gone, which does not exist")}));
}

void TestAccessPage::forbiddenSaysWhatIsMissing() {
    m_scope->setClusters({m_bench->id("rome")});
    for (const char* plural : {"clusterroles", "clusterrolebindings", "roles", "rolebindings"})
        m_bench->api("rome").forbid(plural);
    m_page->show();
    trigger("access.who-can");
    const QLabel* advice = nullptr;
    for (const QLabel* label : m_page->findChildren<QLabel*>(QStringLiteral("blankAdvice")))
        advice = label->isVisible() ? label : advice;
    QVERIFY(advice &&
            advice->text().contains(QStringLiteral("clusterrolebindings, clusterroles, rolebindings, roles")));
}

void TestAccessPage::awayIsDimmedAndComesBack() {
    m_page->show();
    m_bench->pass(1s);
    const ui::TableView& rights = table("rightsTable");
    const int total = rights.model()->rowCount();
    m_bench->api("rome").setFailure(base::fail(base::ErrorCode::Refused, "gone").value());
    m_bench->fleet->retry(m_bench->id("rome"));
    m_bench->pass(5s);
    QCOMPARE(rights.model()->rowCount(), total);
    QCOMPARE(notices().size(), 1);
    QVERIFY(notices().front().startsWith(QStringLiteral("rome is away")));
    m_bench->api("rome").setFailure({});
    m_bench->pass(60s);
    QVERIFY(notices().isEmpty());
    QVERIFY(m_page->isSettled());
}

void TestAccessPage::filtersAndCopies() {
    m_page->show();
    m_bench->pass(1s);
    m_page->setFilter(QStringLiteral("get:yes cluster:rome"));
    ui::TableView& rights = table("rightsTable");
    QCOMPARE(rights.model()->rowCount(), 1);
    QVERIFY(m_page->subtitle().startsWith(QStringLiteral("1 of ")));
    rights.selectRow(0);
    trigger("access.copy");
    QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("rome\tnodes\t")));
    QVERIFY(!m_way.said.isEmpty());
    m_page->setFilter(QStringLiteral("nothing-like-it"));
    QCOMPARE(rights.model()->rowCount(), 0);
    m_page->setFilter(QStringLiteral("(("));
    QVERIFY(m_page->filterProblem());
}

void TestAccessPage::remembersTheQuestion() {
    ui::PageTarget target;
    target.kind = QStringLiteral("pods/exec");
    m_page->show();
    m_page->show(target);
    m_bench->pass(1s);
    QCOMPARE(m_page->subtitle(), QStringLiteral("1 subjects can get pods/exec"));
    const QVariantMap state = m_page->state();
    open();
    m_page->restore(state);
    m_page->show();
    m_bench->pass(1s);
    QVERIFY(table("grantsTable").isVisible());
    QCOMPARE(m_page->subtitle(), QStringLiteral("1 subjects can get pods/exec"));
}

void TestAccessPage::asksAgain() {
    m_page->show();
    m_bench->pass(1s);
    QCOMPARE(m_reviews, 2);
    trigger("access.ask-again");
    QCOMPARE(m_reviews, 4);
    QVERIFY(m_page->isSettled());
}

QTEST_MAIN(TestAccessPage)
#include "tst_access_page.moc"
