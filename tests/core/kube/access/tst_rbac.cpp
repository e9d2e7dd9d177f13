// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules, roles and bindings decide as the RBAC authorizer does; documents and reviews are read as a server writes them.
#include "core/kube/access/rbac_document.h"
#include "core/kube/access/rbac_policy.h"
#include "core/kube/access/rbac_reader.h"
#include "core/kube/access/reviews.h"
#include "core/kube/access/rule_table.h"
#include "core/kube/memory_transport.h"

#include <QTest>

#include <string>
#include <vector>

using kube::AccessAttributes;
using kube::PolicyRule;

Q_DECLARE_METATYPE(kube::PolicyRule)

namespace {

// "get deployments.apps/scale web in shop", "get /healthz"
AccessAttributes asked(const QString& text) {
    const QStringList words = text.split(u' ');
    AccessAttributes result;
    result.verb = words[0].toStdString();
    if (words[1].startsWith(u'/')) {
        result.path = words[1].toStdString();
        return result;
    }
    result.subresource = words[1].section(u'/', 1).toStdString();
    const QString resource = words[1].section(u'/', 0, 0);
    result.resource = resource.section(u'.', 0, 0).toStdString();
    result.group = resource.section(u'.', 1).toStdString();
    qsizetype at = 2;
    if (at < words.size() && words[at] != QLatin1String("in"))
        result.name = words[at++].toStdString();
    if (at + 1 < words.size())
        result.ns = words[at + 1].toStdString();
    return result;
}

PolicyRule rule(std::vector<std::string> verbs, std::vector<std::string> groups, std::vector<std::string> resources,
                std::vector<std::string> names = {}) {
    return {std::move(verbs), std::move(groups), std::move(resources), std::move(names), {}};
}

kube::RoleBinding clusterBinding(const char* name, const char* role, std::vector<kube::Subject> subjects) {
    return {{}, name, {"ClusterRole", role}, std::move(subjects)};
}

kube::RoleBinding bindingIn(const char* ns, const char* name, const char* kind, const char* role,
                            std::vector<kube::Subject> subjects) {
    return {ns, name, {kind, role}, std::move(subjects)};
}

// "User alice", "ServiceAccount shop/robot"
QString text(const kube::Subject& subject) {
    QString name = QString::fromStdString(subject.name);
    if (!subject.ns.empty())
        name = QString::fromStdString(subject.ns) + u'/' + name;
    return QString::fromStdString(subject.kind) + u' ' + name;
}

// Two cluster roles, a role in each of two namespaces under the same name, and every kind of binding.
kube::RbacPolicy policy() {
    kube::RbacPolicy policy;
    policy.roles = {{{}, "admin", {rule({"*"}, {"*"}, {"*"})}},
                    {{}, "reader", {rule({"get", "list"}, {""}, {"pods", "pods/log"})}},
                    {{}, "health", {{{"get"}, {}, {}, {}, {"/healthz", "/healthz/*"}}}},
                    {{}, "nodes", {rule({"get"}, {""}, {"nodes"})}},
                    {"shop", "reader", {rule({"get"}, {""}, {"secrets"}, {"payments-key"})}},
                    {"bank", "reader", {rule({"delete"}, {""}, {"pods"})}}};
    policy.bindings = {
        bindingIn("shop", "secrets", "Role", "reader", {{"User", "alice", {}}, {"ServiceAccount", "robot", {}}}),
        bindingIn("shop", "pods", "ClusterRole", "reader",
                  {{"Group", "team", {}}, {"ServiceAccount", "robot", "bank"}}),
        bindingIn("shop", "nodes", "ClusterRole", "nodes", {{"User", "carol", {}}}),
        bindingIn("shop", "lost", "Role", "gone", {{"User", "dave", {}}}),
        bindingIn("bank", "delete", "Role", "reader", {{"User", "bob", {}}, {"User", "bob", {}}}),
        clusterBinding("admins", "admin", {{"Group", "system:masters", {}}, {"Robot", "odd", {}}}),
        clusterBinding("health", "health", {{"Group", "system:unauthenticated", {}}}),
        clusterBinding("homeless", "reader", {{"ServiceAccount", "robot", {}}}),
        {{}, "wrong", {"Role", "reader"}, {{"User", "erin", {}}}},
    };
    return policy;
}

} // namespace

class TestRbac : public QObject {
    Q_OBJECT
private slots:
    void ruleAllows_data();
    void ruleAllows();
    void whoCan_data();
    void whoCan();
    void danglingReferences();
    void unreadRolesDoNotDangle();
    void grantsSayWhy();
    void rulesOfAUser();
    void namedAccess();
    void texts();
    void readsDocuments();
    void readsReviews();
    void asksForReviews();
    void readsAllFourLists();
    void tableOfRules();
};

void TestRbac::ruleAllows_data() {
    QTest::addColumn<PolicyRule>("rule");
    QTest::addColumn<QString>("question");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* name, PolicyRule given, const char* question, bool allowed) {
        QTest::newRow(name) << std::move(given) << QString::fromLatin1(question) << allowed;
    };
    const PolicyRule pods = rule({"get", "list"}, {""}, {"pods"});
    row("as it stands", pods, "get pods", true);
    row("in a namespace", pods, "get pods web in shop", true);
    row("another verb", pods, "delete pods", false);
    row("verbs are case sensitive", pods, "Get pods", false);
    row("another group", pods, "get pods.metrics.k8s.io", false);
    row("no subresource", pods, "get pods/log", false);
    row("every verb of one rule", rule({"*"}, {""}, {"pods"}), "anything pods", true);
    row("asked for every verb", pods, "* pods", false);
    row("asked for every resource", rule({"get"}, {""}, {"pods"}), "get *", false);
    row("every resource", rule({"get"}, {""}, {"*"}), "get secrets", true);
    row("every resource and subresource", rule({"get"}, {""}, {"*"}), "get pods/exec", true);
    row("every resource, asked for all", rule({"get"}, {""}, {"*"}), "get *", true);
    row("core group alone", rule({"get"}, {""}, {"*"}), "get deployments.apps", false);
    row("every group", rule({"get"}, {"*"}, {"deployments"}), "get deployments.apps", true);
    row("exact subresource", rule({"create"}, {""}, {"pods/exec"}), "create pods/exec", true);
    row("another subresource", rule({"create"}, {""}, {"pods/exec"}), "create pods/attach", false);
    row("subresource is no resource", rule({"get"}, {""}, {"pods/log"}), "get pods", false);
    row("any owner's subresource", rule({"update"}, {"apps"}, {"*/scale"}), "update deployments.apps/scale", true);
    row("any owner's other one", rule({"update"}, {"apps"}, {"*/scale"}), "update deployments.apps/status", false);
    row("any owner's, but none asked", rule({"update"}, {"apps"}, {"*/scale"}), "update deployments.apps", false);
    row("all subresources is none", rule({"update"}, {"apps"}, {"deployments/*"}), "update deployments.apps/scale",
        false);
    row("stars twice is none", rule({"get"}, {""}, {"*/*"}), "get pods/log", false);
    row("part of a name is none", rule({"get"}, {""}, {"pod*"}), "get pods", false);
    const PolicyRule named = rule({"*"}, {""}, {"secrets"}, {"a", "b"});
    row("one of the names", named, "get secrets b", true);
    row("another name", named, "get secrets c", false);
    row("list has no name", named, "list secrets", false);
    row("create has no name", named, "create secrets", false);
    row("star is no name", rule({"get"}, {""}, {"secrets"}, {"*"}), "get secrets a", false);
    row("the empty name", rule({"list"}, {""}, {"secrets"}, {""}), "list secrets", true);
    row("no groups", rule({"get"}, {}, {"pods"}), "get pods", false);
    row("no resources", rule({"get"}, {""}, {}), "get pods", false);
    row("no verbs", rule({}, {""}, {"pods"}), "get pods", false);
    const PolicyRule urls{{"get"}, {}, {}, {}, {"/healthz", "/logs/*"}};
    row("path", urls, "get /healthz", true);
    row("below a path", urls, "get /healthz/etcd", false);
    row("below a star", urls, "get /logs/a/b", true);
    row("the star's own path", urls, "get /logs/", true);
    row("not quite the star's", urls, "get /logs", false);
    row("another verb on a path", urls, "post /healthz", false);
    row("every path", {{"*"}, {}, {}, {}, {"*"}}, "get /metrics", true);
    row("many stars", {{"get"}, {}, {}, {}, {"/api**"}}, "get /apis/apps", true);
    row("star in the middle", {{"get"}, {}, {}, {}, {"/a/*/b"}}, "get /a/x/b", false);
    row("resources are no paths", rule({"*"}, {"*"}, {"*"}), "get /healthz", false);
    row("paths are no resources", {{"*"}, {}, {}, {}, {"*"}}, "get pods", false);
}

void TestRbac::ruleAllows() {
    QFETCH(PolicyRule, rule);
    QFETCH(QString, question);
    QFETCH(bool, allowed);
    QCOMPARE(kube::ruleAllows(rule, asked(question)), allowed);
}

void TestRbac::whoCan_data() {
    QTest::addColumn<QString>("question");
    QTest::addColumn<bool>("anywhere");
    QTest::addColumn<QStringList>("subjects");
    const auto row = [](const char* name, const char* question, bool anywhere, QStringList subjects) {
        QTest::newRow(name) << QString::fromLatin1(question) << anywhere << std::move(subjects);
    };
    const QString masters = QStringLiteral("Group system:masters");
    row("a cluster role bound in the namespace", "get pods in shop", false,
        {masters, QStringLiteral("Group team"), QStringLiteral("ServiceAccount bank/robot")});
    row("the same name, another namespace", "get pods in bank", false, {masters});
    row("a role of its own namespace", "delete pods in bank", false, {masters, QStringLiteral("User bob")});
    row("by name", "get secrets payments-key in shop", false,
        {masters, QStringLiteral("User alice"), QStringLiteral("ServiceAccount shop/robot")});
    row("without a name", "get secrets in shop", false, {masters});
    row("all namespaces at once", "get pods", false, {masters});
    row("some namespace", "get pods", true,
        {masters, QStringLiteral("Group team"), QStringLiteral("ServiceAccount bank/robot")});
    row("a cluster-scoped resource", "get nodes node-0", false, {masters});
    row("a path", "get /healthz", false, {QStringLiteral("Group system:unauthenticated")});
    row("a path anywhere", "get /healthz", true, {QStringLiteral("Group system:unauthenticated")});
    row("nobody", "frob widgets.example.com in shop", false, {masters});
}

void TestRbac::whoCan() {
    QFETCH(QString, question);
    QFETCH(bool, anywhere);
    QFETCH(QStringList, subjects);
    const kube::WhoCan who = kube::whoCan(policy(), asked(question),
                                          anywhere ? kube::WhoCanReach::AnyNamespace : kube::WhoCanReach::AsAsked);
    QStringList found;
    for (const kube::Grant& grant : who.grants)
        found.append(text(grant.subject));
    QCOMPARE(found, subjects);
}

void TestRbac::danglingReferences() {
    const auto dangling = [](const char* question, kube::WhoCanReach reach) {
        QStringList titles;
        for (const kube::RoleBinding& binding :
             kube::whoCan(policy(), asked(QString::fromLatin1(question)), reach).dangling)
            titles.append(QString::fromStdString(binding.title() + " to " + binding.roleTitle()));
        return titles;
    };
    const QString wrong = QStringLiteral("ClusterRoleBinding/wrong to Role/reader");
    const QString lost = QStringLiteral("RoleBinding/shop/lost to Role/shop/gone");
    QCOMPARE(dangling("get pods in shop", kube::WhoCanReach::AsAsked), QStringList({wrong, lost}));
    QCOMPARE(dangling("get pods in bank", kube::WhoCanReach::AsAsked), QStringList({wrong}));
    QCOMPARE(dangling("get pods", kube::WhoCanReach::AnyNamespace), QStringList({wrong, lost}));
}

void TestRbac::unreadRolesDoNotDangle() {
    kube::RbacPolicy half = policy();
    std::erase_if(half.roles, [](const kube::Role& role) { return !role.ns.empty(); });
    half.rolesKnown = false;
    QVERIFY(kube::whoCan(half, asked(QStringLiteral("get pods in shop"))).dangling.empty());
    half.roles.clear();
    half.clusterRolesKnown = false;
    QVERIFY(kube::whoCan(half, asked(QStringLiteral("get pods in shop"))).dangling.empty());
}

void TestRbac::grantsSayWhy() {
    const kube::WhoCan who = kube::whoCan(policy(), asked(QStringLiteral("get secrets payments-key in shop")));
    const kube::Grant& last = who.grants.back();
    QCOMPARE(last.binding.title(), std::string("RoleBinding/shop/secrets"));
    QCOMPARE(last.binding.roleTitle(), std::string("Role/shop/reader"));
    QCOMPARE(last.rule.text(), std::string("get secrets [payments-key]"));
    const auto mine =
        kube::grantFor(policy(), kube::serviceAccountUser("bank", "robot"), asked(QStringLiteral("list pods in shop")));
    QVERIFY(mine);
    QCOMPARE(mine->binding.title(), std::string("RoleBinding/shop/pods"));
    QVERIFY(!kube::grantFor(policy(), kube::serviceAccountUser("bank", "robot"),
                            asked(QStringLiteral("list pods in bank"))));
}

void TestRbac::rulesOfAUser() {
    const kube::UserInfo user{"alice", {"team", "system:masters"}};
    QCOMPARE(kube::rulesFor(policy(), user, "shop").size(), std::size_t(3));
    QCOMPARE(kube::rulesFor(policy(), user, "bank").size(), std::size_t(1));
    QCOMPARE(kube::rulesFor(policy(), {"nobody", {}}, "shop").size(), std::size_t(0));
}

void TestRbac::namedAccess() {
    const std::vector<PolicyRule> rules{rule({"get"}, {""}, {"secrets"}, {"b", "a"}), rule({"list"}, {""}, {"secrets"}),
                                        rule({"get"}, {""}, {"secrets"}, {"a", "c"})};
    kube::NamedAccess access = kube::namedAccess(rules, asked(QStringLiteral("get secrets")));
    QVERIFY(!access.all);
    QCOMPARE(access.names, (std::vector<std::string>{"a", "b", "c"}));
    access = kube::namedAccess(rules, asked(QStringLiteral("list secrets")));
    QVERIFY(access.all && access.names.empty());
    access = kube::namedAccess(rules, asked(QStringLiteral("delete secrets")));
    QVERIFY(!access.all && access.names.empty());
}

void TestRbac::texts() {
    QCOMPARE(asked(QStringLiteral("get deployments.apps/scale")).what(), std::string("deployments.apps/scale"));
    QCOMPARE(asked(QStringLiteral("get /logs/")).what(), std::string("/logs/"));
    QCOMPARE(rule({"get", "list"}, {"", "apps"}, {"pods/log", "*"}).text(),
             std::string("get,list pods/log,*,pods.apps/log,*.apps"));
    QCOMPARE(rule({"*"}, {"*"}, {"*"}).text(), std::string("* *.*"));
    QCOMPARE((PolicyRule{{"get"}, {}, {}, {}, {"/healthz"}}).text(), std::string("get /healthz"));
    const auto narrow = [](const PolicyRule& whole, const char* question) {
        return kube::narrowed(whole, asked(QString::fromLatin1(question))).text();
    };
    QCOMPARE(narrow(rule({"list", "get"}, {"apps", ""}, {"pods", "secrets"}, {"a", "b"}), "get secrets b"),
             std::string("get secrets [b]"));
    QCOMPARE(narrow(rule({"*", "update"}, {"*", "apps"}, {"*", "*/scale"}), "update deployments.apps/scale"),
             std::string("update *.apps/scale"));
    QCOMPARE(narrow(rule({"*"}, {"*"}, {"*"}), "get pods"), std::string("* *.*"));
    QCOMPARE(narrow({{"get", "post"}, {}, {}, {}, {"/x", "/logs/*"}}, "get /logs/a"), std::string("get /logs/*"));
}

void TestRbac::readsDocuments() {
    const auto role = kube::parseRole(
        R"({"metadata":{"name":"r","namespace":"n"},"rules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"],
            "resourceNames":["a"]},{"verbs":["get"],"nonResourceURLs":["/x"]},null,7]})");
    QVERIFY(role);
    QCOMPARE(role->ns, std::string("n"));
    QCOMPARE(role->rules,
             (std::vector<PolicyRule>{rule({"get"}, {""}, {"pods"}, {"a"}), {{"get"}, {}, {}, {}, {"/x"}}}));
    const auto binding = kube::parseRoleBinding(
        R"({"metadata":{"name":"b"},"roleRef":{"apiGroup":"g","kind":"ClusterRole","name":"r"},
            "subjects":[{"kind":"ServiceAccount","name":"s","namespace":"n"},{"kind":"User","name":"u"}]})");
    QVERIFY(binding);
    QCOMPARE(binding->title(), std::string("ClusterRoleBinding/b"));
    QCOMPARE(binding->roleTitle(), std::string("ClusterRole/r"));
    QCOMPARE(binding->subjects, (std::vector<kube::Subject>{{"ServiceAccount", "s", "n"}, {"User", "u", {}}}));
    // An aggregated role before its controller came has no rules, a binding may have no subjects.
    QVERIFY(kube::parseRole(R"({"metadata":{"name":"r"},"rules":null})"));
    QVERIFY(kube::parseRoleBinding("{}"));
    for (const char* broken : {"", "[]", "7", "{", "{\"rules\":"}) {
        QVERIFY(!kube::parseRole(broken));
        QVERIFY(!kube::parseRoleBinding(broken));
    }
}

void TestRbac::readsReviews() {
    const auto access = kube::parseAccessReview(
        R"({"status":{"allowed":false,"denied":true,"reason":"no","evaluationError":"role x not found"}})");
    QVERIFY(access && !access->allowed && access->denied);
    QCOMPARE(access->reason, std::string("no"));
    QCOMPARE(access->evaluationError, std::string("role x not found"));
    const auto rules = kube::parseRulesReview(
        R"({"status":{"resourceRules":[{"verbs":["get"],"apiGroups":["*"],"resources":["*"]}],
            "nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/x"]}],"incomplete":true,"evaluationError":"e"}})");
    QVERIFY(rules && rules->incomplete);
    QCOMPARE(rules->rules.size(), std::size_t(2));
    QCOMPARE(rules->evaluationError, std::string("e"));
    for (const char* broken : {"", "{}", "[]", R"({"status":7})"}) {
        QVERIFY(!kube::parseAccessReview(broken));
        QVERIFY(!kube::parseRulesReview(broken));
    }
}

void TestRbac::asksForReviews() {
    base::ManualExecutor home;
    kube::MemoryTransport transport;
    transport.put("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", R"({"status":{"allowed":true}})");
    transport.put("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", kube::MemoryAnswer{.status = 403});
    bool allowed = false;
    base::Cancel access =
        kube::askAccess(transport, asked(QStringLiteral("update deployments.apps/scale web in shop")), home,
                        [&](base::Result<kube::AccessReview> review) { allowed = review && review->allowed; });
    std::optional<base::Error> error;
    base::Cancel rules = kube::askRules(transport, "shop", home, [&](base::Result<kube::RulesReview> review) {
        if (!review)
            error = review.error();
    });
    home.runPending();
    QVERIFY(allowed);
    QVERIFY(error && error->code == base::ErrorCode::Forbidden);
    const std::vector<kube::ApiRequest> requests = transport.requests();
    QCOMPARE(requests[0].method, std::string("POST"));
    QCOMPARE(requests[0].body,
             std::string(R"({"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":)"
                         R"({"resourceAttributes":{"namespace":"shop","verb":"update","group":"apps",)"
                         R"("resource":"deployments","subresource":"scale","name":"web"}}})"));
    QCOMPARE(requests[1].body, std::string(R"({"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview",)"
                                           R"("spec":{"namespace":"shop"}})"));
    QCOMPARE(kube::accessReviewSpec(asked(QStringLiteral("get /logs"))),
             std::string(R"({"nonResourceAttributes":{"path":"/logs","verb":"get"}})"));
}

void TestRbac::readsAllFourLists() {
    const auto list = [](const char* items) {
        return std::string(R"({"kind":"List","metadata":{},"items":[)") + items + "]}";
    };
    base::ManualExecutor home;
    const auto transport = std::make_shared<kube::MemoryTransport>();
    const std::string base = "/apis/rbac.authorization.k8s.io/v1/";
    transport->put(base + "clusterroles", list(R"({"metadata":{"name":"r"},"rules":[]})"));
    transport->put(base + "clusterrolebindings", list(R"({"metadata":{"name":"b"}})"));
    transport->put(base + "namespaces/shop/roles", kube::MemoryAnswer{.status = 403});
    transport->put(base + "namespaces/shop/rolebindings", list(R"({"metadata":{"name":"b","namespace":"shop"}})"));
    kube::RbacReading reading;
    int answers = 0;
    const auto take = [&](kube::RbacReading read) {
        reading = std::move(read);
        ++answers;
    };
    base::Cancel first = kube::readRbac(transport, kube::RbacScope::Namespace, "shop", home, take);
    home.runPending();
    QCOMPARE(answers, 1);
    QCOMPARE(reading.policy.roles.size(), std::size_t(1));
    QCOMPARE(reading.policy.bindings.size(), std::size_t(2));
    QCOMPARE(reading.problems.size(), std::size_t(1));
    QCOMPARE(reading.problems[0].resource, std::string("roles.rbac.authorization.k8s.io"));
    QVERIFY(!reading.policy.rolesKnown && reading.policy.clusterRolesKnown);
    base::Cancel second = kube::readRbac(transport, kube::RbacScope::Cluster, {}, home, take);
    home.runPending();
    QCOMPARE(answers, 2);
    QCOMPARE(reading.policy.bindings.size(), std::size_t(1));
    QVERIFY(reading.problems.empty());
    base::Cancel given = kube::readRbac(transport, kube::RbacScope::All, {}, home, take);
    given.cancel();
    home.runPending();
    QCOMPARE(answers, 2);
}

void TestRbac::tableOfRules() {
    const auto lines = kube::ruleTable({rule({"list", "get"}, {""}, {"pods"}),
                                        rule({"watch", "get"}, {""}, {"pods"}),
                                        rule({"get"}, {"apps"}, {"deployments/scale"}, {"a", "b"}),
                                        {{"get"}, {}, {}, {}, {"/healthz"}}});
    QStringList text;
    for (const auto& line : lines)
        text.append(QString::fromStdString(line[0] + "|" + line[1] + "|" + line[2] + "|" + line[3]));
    QCOMPARE(text,
             QStringList({QStringLiteral("|[/healthz]|[]|[get]"), QStringLiteral("deployments.apps/scale|[]|[a]|[get]"),
                          QStringLiteral("deployments.apps/scale|[]|[b]|[get]"),
                          QStringLiteral("pods|[]|[]|[list get watch]")}));
}

QTEST_MAIN(TestRbac)
#include "tst_rbac.moc"
