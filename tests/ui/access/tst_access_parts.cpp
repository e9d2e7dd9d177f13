// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows, columns, filter and faces of the Access page, without the page.
#include "ui/access/access_filter.h"
#include "ui/access/access_state.h"
#include "ui/access/grants_table.h"
#include "ui/access/rights_row.h"
#include "ui/access/rights_table.h"

#include <QAbstractItemModelTester>
#include <QTest>

#include <memory>
#include <random>

using ui::Right;
using ui::RightsRow;

namespace {

fleet::ClusterInfo paris() {
    fleet::ClusterInfo info;
    info.id = {1};
    info.name = "paris";
    info.hue = 3;
    info.health = fleet::Health::Live;
    info.waysIn.push_back({"paris", "alice", "shop", "/home/x/.kube/config", false, {}});
    return info;
}

kube::Kind kind(const char* group, const char* plural, bool namespaced, std::vector<std::string> verbs) {
    kube::Kind result;
    result.group = group;
    result.version = "v1";
    result.kind = plural;
    result.plural = plural;
    result.namespaced = namespaced;
    result.verbs = std::move(verbs);
    return result;
}

const std::vector<std::string> kAll{"get", "list", "watch", "create", "update", "patch", "delete"};

std::vector<RightsRow> rows() {
    const kube::KindCatalog kinds({kind("apps", "deployments", true, kAll), kind("", "pods", true, kAll),
                                   kind("", "secrets", true, kAll), kind("", "nodes", false, kAll),
                                   kind("", "bindings", true, {"create"}), kind("", "nothing", true, {})});
    kube::RulesReview here;
    here.rules = {{{"get", "list"}, {""}, {"pods", "nodes"}, {}, {}},
                  {{"get"}, {""}, {"secrets"}, {"b", "a"}, {}},
                  {{"*"}, {"apps"}, {"*/scale"}, {}, {}}};
    kube::RulesReview everywhere;
    everywhere.rules = {{{"watch"}, {""}, {"nodes"}, {}, {}}};
    return ui::rightsRows(paris(), kinds, here, everywhere);
}

const RightsRow& rowOf(const std::vector<RightsRow>& all, const char* typed) {
    for (const RightsRow& row : all) {
        if (row.typed() == QLatin1String(typed))
            return row;
    }
    qFatal("no such row");
}

Right right(const RightsRow& row, const char* verb) {
    for (std::size_t i = 0; i < ui::kRightVerbs.size(); ++i) {
        if (std::string_view(ui::kRightVerbs[i]) == verb)
            return row.rights[i];
    }
    return Right::Unserved;
}

ui::GrantRow grant(const char* subjectKind, const char* subject, const char* ns, const char* role) {
    kube::Grant given;
    given.subject = {subjectKind, subject, std::string_view(subjectKind) == "ServiceAccount" ? "bank" : ""};
    given.binding = {ns, "bound", {*ns ? "Role" : "ClusterRole", role}, {}};
    given.rule = {{"get", "list"}, {""}, {"pods", "secrets"}, {}, {}};
    kube::AccessAttributes asked;
    asked.verb = "get";
    asked.resource = "secrets";
    return ui::grantRow(paris(), given, asked);
}

base::Error forbidden(const char* plural) {
    base::Error error;
    error.code = base::ErrorCode::Forbidden;
    error.verb = "list";
    error.resource = std::string(plural) + ".rbac.authorization.k8s.io";
    return error;
}

ui::AccessPart part(bool isAnswered = true) {
    ui::AccessPart result;
    result.cluster = {1};
    result.isAnswered = isAnswered;
    return result;
}

ui::TableState stateOf(const std::vector<ui::AccessPart>& parts, int shown = 0, int total = 0) {
    const fleet::ClusterInfo info = paris();
    return ui::accessState({parts,
                            [&info](fleet::ClusterId) -> const fleet::ClusterInfo& { return info; },
                            shown,
                            total,
                            QStringLiteral("typed"),
                            QStringLiteral("widgets"),
                            QStringLiteral("Nobody"),
                            {},
                            0});
}

} // namespace

class TestAccessParts : public QObject {
    Q_OBJECT
private slots:
    void rulesMakeRows();
    void clusterScopedGoByWhatHoldsEverywhere();
    void incompleteIsNoDenial();
    void cellsHaveShapeAndWord();
    void sortsWhatIsAllowedFirst();
    void rowsUnderRandomChanges();
    void grantsSayThroughWhat();
    void filters_data();
    void filters();
    void badFilterFiltersNothing();
    void faces();
    void noticesAndRequest();
};

void TestAccessParts::rulesMakeRows() {
    const std::vector<RightsRow> all = rows();
    QStringList typed;
    for (const RightsRow& row : all)
        typed.append(row.typed());
    QCOMPARE(typed.first(), QStringLiteral("bindings"));
    QCOMPARE(typed.last(), QStringLiteral("deployments.apps/scale"));
    QVERIFY(typed.contains(QStringLiteral("pods/exec")) && !typed.contains(QStringLiteral("nothing")));
    const RightsRow& pods = rowOf(all, "pods");
    QVERIFY(right(pods, "get") == Right::Allowed);
    QVERIFY(right(pods, "delete") == Right::Denied);
    const RightsRow& secrets = rowOf(all, "secrets");
    QVERIFY(right(secrets, "get") == Right::Named);
    QCOMPARE(secrets.names[0], QStringLiteral("a, b"));
    QVERIFY(right(secrets, "list") == Right::Denied);
    QVERIFY(right(rowOf(all, "bindings"), "get") == Right::Unserved);
    QVERIFY(right(rowOf(all, "deployments.apps/scale"), "patch") == Right::Allowed);
    QVERIFY(right(rowOf(all, "deployments.apps"), "patch") == Right::Denied);
    QVERIFY(rowOf(all, "deployments.apps/scale").allowsAnything() && !rowOf(all, "deployments.apps").allowsAnything());
}

void TestAccessParts::clusterScopedGoByWhatHoldsEverywhere() {
    const std::vector<RightsRow> all = rows();
    const RightsRow& nodes = rowOf(all, "nodes");
    QVERIFY(!nodes.namespaced);
    QVERIFY(right(nodes, "get") == Right::Denied);
    QVERIFY(right(nodes, "watch") == Right::Allowed);
}

void TestAccessParts::incompleteIsNoDenial() {
    kube::RulesReview review;
    review.rules = {{{"get"}, {""}, {"pods"}, {}, {}}};
    review.incomplete = true;
    const std::vector<RightsRow> all =
        ui::rightsRows(paris(), kube::KindCatalog({kind("", "pods", true, kAll)}), review, review);
    QVERIFY(right(all.front(), "get") == Right::Allowed);
    QVERIFY(right(all.front(), "delete") == Right::Unknown);
}

void TestAccessParts::cellsHaveShapeAndWord() {
    const std::unique_ptr<ui::RightsModel> model(ui::makeRightsModel(nullptr));
    const QAbstractItemModelTester tester(model.get());
    model->setRows(rows());
    const int secrets = model->rowOfKey(rowOf(rows(), "secrets").key());
    const auto cell = [&](int row, int column) {
        return model->index(row, column).data(ui::CellRole).value<ui::Cell>();
    };
    QVERIFY(cell(secrets, 3).mark == ui::Mark::Attention && !cell(secrets, 3).text.isEmpty());
    QVERIFY(cell(secrets, 4).mark == ui::Mark::Broken && !cell(secrets, 4).text.isEmpty());
    QVERIFY(cell(model->rowOfKey(rowOf(rows(), "pods").key()), 3).mark == ui::Mark::Good);
    QVERIFY(cell(model->rowOfKey(rowOf(rows(), "bindings").key()), 3).text.isEmpty());
    QCOMPARE(int(cell(secrets, 0).hue), 3);
    QVERIFY(model->index(secrets, 3).data(Qt::ToolTipRole).toString().contains(QStringLiteral("a, b")));
    QVERIFY(model->index(secrets, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("alice")));
    QCOMPARE(QString::fromLatin1(ui::verbOfColumn(9)), QStringLiteral("delete"));
    QVERIFY(!ui::verbOfColumn(2) && !ui::verbOfColumn(10));
}

void TestAccessParts::sortsWhatIsAllowedFirst() {
    const std::unique_ptr<ui::RightsModel> model(ui::makeRightsModel(nullptr));
    model->setRows(rows());
    model->sort(3, Qt::AscendingOrder); // get
    QCOMPARE(model->rowAt(0).resource, QStringLiteral("pods"));
    QVERIFY(right(model->rowAt(model->rowCount() - 1), "get") == Right::Unserved);
}

void TestAccessParts::rowsUnderRandomChanges() {
    const std::unique_ptr<ui::RightsModel> model(ui::makeRightsModel(nullptr));
    const QAbstractItemModelTester tester(model.get());
    std::mt19937 random(7);
    const std::vector<RightsRow> all = rows();
    for (int i = 0; i < 300; ++i) {
        std::vector<RightsRow> some;
        for (RightsRow row : all) {
            if (random() % 3 == 0)
                continue;
            row.dimmed = random() % 2 == 0;
            row.rights[random() % row.rights.size()] = static_cast<Right>(random() % 5);
            some.push_back(std::move(row));
        }
        if (i % 10 == 0)
            model->sort(static_cast<int>(random() % 10), random() % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        model->setRows(some);
        const std::unique_ptr<ui::RightsModel> fresh(ui::makeRightsModel(nullptr));
        fresh->setRows(some);
        fresh->sort(model->sortColumn(), model->sortOrder());
        QCOMPARE(model->rowCount(), fresh->rowCount());
        for (int row = 0; row < fresh->rowCount(); ++row)
            QVERIFY(model->rowAt(row) == fresh->rowAt(row));
    }
}

void TestAccessParts::grantsSayThroughWhat() {
    const std::unique_ptr<ui::GrantsModel> model(ui::makeGrantsModel(nullptr));
    const QAbstractItemModelTester tester(model.get());
    model->setRows({grant("User", "maria", "", "edit"), grant("ServiceAccount", "robot", "shop", "deployer")});
    QStringList texts;
    for (int row = 0; row < 2; ++row) {
        for (int column = 0; column < model->columnCount(); ++column)
            texts.append(model->index(row, column).data().toString());
    }
    const QStringList wanted{
        QStringLiteral("paris"),         QStringLiteral("User"),       QStringLiteral("maria"),
        QStringLiteral("whole cluster"), QStringLiteral("bound"),      QStringLiteral("edit"),
        QStringLiteral("get secrets"),   QStringLiteral("paris"),      QStringLiteral("ServiceAccount"),
        QStringLiteral("bank/robot"),    QStringLiteral("shop"),       QStringLiteral("bound"),
        QStringLiteral("deployer Role"), QStringLiteral("get secrets")};
    QCOMPARE(texts, wanted);
    QCOMPARE(model->index(0, 6).data(Qt::ToolTipRole).toString(), QStringLiteral("get,list pods,secrets"));
    QCOMPARE(model->index(1, 4).data(Qt::ToolTipRole).toString(), QStringLiteral("RoleBinding/shop/bound"));
}

void TestAccessParts::filters_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("rights");
    QTest::addColumn<int>("grants");
    const int total = static_cast<int>(rows().size());
    QTest::newRow("nothing") << QString() << total << 2;
    QTest::newRow("a word") << QStringLiteral("exec") << 1 << 0;
    QTest::newRow("a subject") << QStringLiteral("robot") << 0 << 1;
    QTest::newRow("a verb's answer") << QStringLiteral("get:some") << 1 << 0;
    QTest::newRow("group") << QStringLiteral("group:apps") << 2 << 0;
    QTest::newRow("cluster") << QStringLiteral("cluster:paris") << total << 2;
    QTest::newRow("scope") << QStringLiteral("scope:cluster") << 2 << 0;
    QTest::newRow("kind") << QStringLiteral("kind:user") << 0 << 1;
    QTest::newRow("namespace") << QStringLiteral("namespace:shop") << 0 << 1;
    QTest::newRow("role") << QStringLiteral("role:edit") << 0 << 1;
    QTest::newRow("rule") << QStringLiteral("rule:pods") << 0 << 2;
}

void TestAccessParts::filters() {
    QFETCH(QString, filter);
    QFETCH(int, rights);
    QFETCH(int, grants);
    ui::AccessFilter access;
    access.setText(filter);
    QVERIFY(!access.problem());
    int found = 0;
    for (const RightsRow& row : rows())
        found += access.accepts(row) ? 1 : 0;
    QCOMPARE(found, rights);
    found = 0;
    for (const ui::GrantRow& row :
         {grant("User", "maria", "", "edit"), grant("ServiceAccount", "robot", "shop", "deployer")})
        found += access.accepts(row) ? 1 : 0;
    QCOMPARE(found, grants);
}

void TestAccessParts::badFilterFiltersNothing() {
    ui::AccessFilter access;
    access.setText(QStringLiteral("a AND ("));
    QVERIFY(access.problem());
    QVERIFY(access.accepts(rows().front()));
}

void TestAccessParts::faces() {
    QVERIFY(stateOf({}).face == ui::TableFace::NoCluster);
    ui::AccessPart asking = part(false);
    asking.isAsking = true;
    QVERIFY(stateOf({asking}).face == ui::TableFace::Loading);
    QVERIFY(stateOf({asking, part()}, 3, 3).face == ui::TableFace::Rows);
    QVERIFY(stateOf({part()}, 0, 3).face == ui::TableFace::FilteredOut);
    QVERIFY(stateOf({part()}).face == ui::TableFace::Empty);
    QCOMPARE(stateOf({part()}).title, QStringLiteral("Nobody"));
    ui::AccessPart blind = part();
    blind.missing = {forbidden("roles"), forbidden("rolebindings")};
    blind.isBlind = true;
    const ui::TableState refused = stateOf({blind});
    QVERIFY(refused.face == ui::TableFace::Forbidden);
    QVERIFY(refused.title.startsWith(QStringLiteral("alice")));
    QVERIFY(refused.advice.contains(QStringLiteral("rolebindings, roles")));
    QVERIFY(refused.notices.empty());
    ui::AccessPart away = part(false);
    away.error = base::fail(base::ErrorCode::TimedOut, "slow").value();
    QVERIFY(stateOf({away}).face == ui::TableFace::Failed);
    ui::AccessPart unserved = part();
    unserved.isServed = false;
    QVERIFY(stateOf({unserved}).face == ui::TableFace::Unserved);
    QVERIFY(stateOf({unserved}).title.contains(QStringLiteral("widgets")));
}

void TestAccessParts::noticesAndRequest() {
    ui::AccessPart half = part();
    half.missing = {forbidden("roles")};
    half.dangling = {QStringLiteral("RoleBinding/shop/a names Role/shop/b, which does not exist")};
    half.incomplete = QStringLiteral("webhook");
    const ui::TableState state = stateOf({half}, 5, 5);
    QVERIFY(state.face == ui::TableFace::Rows);
    QCOMPARE(state.notices.size(), std::size_t(3));
    QVERIFY(state.notices[0].action == ui::TableNotice::Action::Request);
    QVERIFY(state.notices[1].sentence.contains(QStringLiteral("webhook")));
    QVERIFY(state.notices[2].mark == ui::Mark::Attention);
    QVERIFY(state.request.contains(QStringLiteral("alice")));
    QVERIFY(state.request.contains(QStringLiteral("resources: [\"roles\"]")));
    half.dangling.append(QStringLiteral("RoleBinding/shop/c names Role/shop/d, which does not exist"));
    const ui::TableState two = stateOf({half}, 5, 5);
    QCOMPARE(two.notices.size(), std::size_t(3));
    QVERIFY(two.notices[2].sentence.contains(u'2'));
    QCOMPARE(two.notices[2].advice.count(u'\n'), 1);
    ui::AccessPart away = part();
    away.error = base::fail(base::ErrorCode::Refused, "nobody there").value();
    const ui::TableState old = stateOf({away}, 5, 5);
    QCOMPARE(old.notices.size(), std::size_t(1));
    QVERIFY(old.notices[0].mark == ui::Mark::Away && old.notices[0].action == ui::TableNotice::Action::Retry);
}

QTEST_MAIN(TestAccessParts)
#include "tst_access_parts.moc"
