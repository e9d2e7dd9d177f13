// SPDX-License-Identifier: GPL-3.0-or-later
//
// What we say of permissions is what kubectl auth can-i and the API server's own authorizer say, on awkward roles.
#include "core/fleet/fleet.h"
#include "core/fleet/permissions.h"
#include "core/fleet/settings.h"
#include "core/kube/access/rbac_policy.h"
#include "core/kube/access/rbac_reader.h"
#include "core/kube/access/reviews.h"
#include "core/kube/access/rule_table.h"
#include "core/kube/table_text.h"
#include "tests/support/testbed.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>

using fleet::Permission;
using kube::AccessAttributes;
using nlohmann::json;
using testbed::Cluster;

namespace {

/// A fleet over the bed with the test's thread as its home.
struct Bench {
    QTemporaryDir folder;
    base::SystemClock clock;
    base::ManualExecutor home;
    base::ThreadPool pool{2};
    net::Engine engine;
    std::unique_ptr<fleet::Settings> settings;
    std::unique_ptr<fleet::Fleet> fleet;

    Bench() {
        settings = std::make_unique<fleet::Settings>(folder.filePath(QStringLiteral("settings.json")).toStdString());
        fleet::FleetEnvironment environment;
        environment.engine = &engine;
        environment.home = &home;
        environment.decodePool = &pool;
        environment.clock = &clock;
        environment.settings = settings.get();
        environment.kubeconfigs = {testbed::Testbed::instance().kubeconfig().string()};
        fleet = std::make_unique<fleet::Fleet>(std::move(environment));
    }
    ~Bench() { fleet.reset(); }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    bool until(const std::function<bool()>& done, int ms = 60000) {
        QElapsedTimer timer;
        timer.start();
        while (!done()) {
            if (timer.elapsed() > ms)
                return false;
            home.runFor(5);
        }
        return true;
    }

    /// Signs in as that user; a null id if that fails.
    fleet::ClusterId connect(const std::string& context) {
        const fleet::ClusterId id = fleet->byContext(context);
        fleet->connect(id, context);
        const bool isUp = until([&] {
            const fleet::Health health = fleet->cluster(id).health;
            return (health == fleet::Health::Live || health == fleet::Health::Degraded) &&
                   fleet->cluster(id).name == context;
        });
        return isUp ? id : fleet::ClusterId();
    }

    std::vector<Permission> ask(fleet::ClusterId id, const std::vector<AccessAttributes>& questions) {
        std::vector<std::pair<fleet::ClusterId, AccessAttributes>> all;
        for (const AccessAttributes& question : questions)
            all.emplace_back(id, question);
        std::optional<std::vector<Permission>> answers;
        const base::Cancel cancel = fleet->permissions().ask(
            std::move(all), [&](std::vector<Permission> given) { answers = std::move(given); });
        return until([&] { return answers.has_value(); }) ? *answers : std::vector<Permission>();
    }
};

Cluster& north() {
    return testbed::Testbed::instance().cluster("north");
}

std::vector<std::string> kubectlQuestion(const AccessAttributes& asked) {
    std::vector<std::string> words{"auth", "can-i", asked.verb};
    if (!asked.isResource()) {
        words.push_back(asked.path);
        return words;
    }
    words.push_back(asked.resource + (asked.group.empty() ? "" : "." + asked.group) +
                    (asked.name.empty() ? "" : "/" + asked.name));
    if (!asked.subresource.empty())
        words.push_back("--subresource=" + asked.subresource);
    if (asked.ns.empty())
        words.push_back("-A");
    else
        words.insert(words.end(), {"-n", asked.ns});
    return words;
}

std::string words(const AccessAttributes& asked) {
    std::string text;
    for (const std::string& word : kubectlQuestion(asked))
        text += word + " ";
    return text;
}

template <typename T>
const T& pick(const std::vector<T>& list, std::mt19937& random) {
    return list[random() % list.size()];
}

// Of everything that is there and some that is not; the same in every run.
std::vector<AccessAttributes> generated(std::size_t count) {
    struct Resource {
        const char* group;
        const char* name;
        bool namespaced;
        std::vector<const char*> subresources;
        std::vector<const char*> names;
    };
    static const std::vector<Resource> resources = {
        {"", "pods", true, {"", "", "exec", "log", "portforward", "status"}, {"", "", "web-0"}},
        {"", "secrets", true, {""}, {"", "payments-key", "mail-key", "other"}},
        {"", "configmaps", true, {""}, {""}},
        {"apps", "deployments", true, {"", "scale", "status"}, {"", "web"}},
        {"apps", "statefulsets", true, {"", "scale"}, {""}},
        {"batch", "jobs", true, {"", "status"}, {""}},
        {"networking.k8s.io", "ingresses", true, {""}, {"", "front"}},
        {"rbac.authorization.k8s.io", "rolebindings", true, {""}, {""}},
        {"", "nodes", false, {"", "proxy"}, {"", "node-0", "node-1"}},
        {"", "namespaces", false, {""}, {"", "shop"}},
        {"", "persistentvolumes", false, {""}, {""}},
        {"rbac.authorization.k8s.io", "clusterroles", false, {""}, {""}},
    };
    static const std::vector<const char*> verbs = {
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "*"};
    static const std::vector<const char*> namespaces = {"team-a", "shop", "bank", "default", ""};
    static const std::vector<const char*> paths = {"/healthz", "/metrics", "/logs/x", "/logs", "/api"};
    std::mt19937 random(20240501);
    std::vector<AccessAttributes> questions;
    while (questions.size() < count) {
        AccessAttributes asked;
        asked.verb = pick(verbs, random);
        if (random() % 20 == 0) {
            asked.path = pick(paths, random);
        } else {
            const Resource& resource = pick(resources, random);
            asked.group = resource.group;
            asked.resource = resource.name;
            asked.subresource = pick(resource.subresources, random);
            asked.name = pick(resource.names, random);
            asked.ns = resource.namespaced ? pick(namespaces, random) : "";
        }
        if (std::ranges::find(questions, asked) == questions.end())
            questions.push_back(std::move(asked));
    }
    return questions;
}

std::string subjectAccessReview(const AccessAttributes& asked, const kube::UserInfo& user) {
    json spec = json::parse(kube::accessReviewSpec(asked));
    spec["user"] = user.name;
    spec["groups"] = user.groups;
    return json{{"apiVersion", "authorization.k8s.io/v1"}, {"kind", "SubjectAccessReview"}, {"spec", spec}}.dump();
}

// Everybody the roles name, as they sign in, and some whom no role names.
std::vector<kube::UserInfo> everybody() {
    std::vector<kube::UserInfo> users;
    for (const char* name : {"alice", "bob", "carol", "dave", "erin", "odd name@example.com", "stranger"})
        users.push_back({name, {"system:authenticated"}});
    for (const char* group : {"team-a", "oncall", "unknown"})
        users.push_back({std::string("one of ") + group, {group, "system:authenticated"}});
    users.push_back({"system:anonymous", {"system:unauthenticated"}});
    for (const char* ns : {"shop", "bank", "kube-system"}) {
        for (const char* name : {"robot", "deployer", "default"})
            users.push_back(kube::serviceAccountUser(ns, name));
    }
    users.push_back(kube::serviceAccountUser("kube-system", "generic-garbage-collector"));
    // Not a service account, although called like one's last part.
    users.push_back({"robot", {"system:authenticated"}});
    return users;
}

} // namespace

class TestAccessReal : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void mayAgreesWithKubectl_data();
    void mayAgreesWithKubectl();
    void rulesAgreeWithKubectl_data();
    void rulesAgreeWithKubectl();
    void rulesWithoutNamespace();
    void whoCanAgreesWithTheServer();
    void danglingAreNamed();
    void aliceMayNotReadRoles();
    void grantedMeanwhile();
    void awayIsUnknown();

private:
    kube::RbacReading read(Bench& bench, fleet::ClusterId id, kube::RbacScope scope, const std::string& ns);
};

void TestAccessReal::initTestCase() {
    TESTBED_UP({"north"});
    const testbed::Ran ran = north().kubectl({"create", "-f", TESTS_DATA_DIR "/access/roles.yaml"});
    QVERIFY2(ran.exitCode == 0, ran.err.c_str());
    // The controller gathers aggregated roles, the authorizer hears of all a moment later.
    AccessAttributes last;
    last.verb = "delete";
    last.group = "networking.k8s.io";
    last.resource = "ingresses";
    last.ns = "shop";
    const std::string review = subjectAccessReview(last, {"dave", {}});
    QTRY_VERIFY_WITH_TIMEOUT(
        json::parse(north().api("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", review).body)["status"]
                                                                                                           ["allowed"],
        30000);
}

void TestAccessReal::mayAgreesWithKubectl_data() {
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<int>("questions");
    QTest::newRow("alice") << QByteArray("alice") << 220;
    QTest::newRow("exec") << QByteArray("exec") << 60;
    QTest::newRow("admin") << QByteArray("admin") << 60;
}

void TestAccessReal::mayAgreesWithKubectl() {
    QFETCH(QByteArray, user);
    QFETCH(int, questions);
    Bench bench;
    const std::string context = north().context(user.toStdString());
    const fleet::ClusterId id = bench.connect(context);
    QVERIFY(!id.isNull());
    const std::vector<AccessAttributes> all = generated(static_cast<std::size_t>(questions));
    const std::vector<Permission> ours = bench.ask(id, all);
    QCOMPARE(ours.size(), all.size());
    int allowed = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::vector<std::string> arguments{"--context", context};
        for (const std::string& word : kubectlQuestion(all[i]))
            arguments.push_back(word);
        const testbed::Ran theirs = north().kubectl(arguments);
        QVERIFY2(theirs.out.starts_with("yes") || theirs.out.starts_with("no"), theirs.err.c_str());
        const bool yes = theirs.out.starts_with("yes");
        QVERIFY2(ours[i].state == (yes ? Permission::State::Allowed : Permission::State::Denied),
                 words(all[i]).c_str());
        allowed += yes ? 1 : 0;
    }
    // Questions that all have one answer would prove nothing.
    if (user != "admin")
        QVERIFY2(allowed >= questions / 10 && allowed <= questions * 9 / 10, std::to_string(allowed).c_str());
}

void TestAccessReal::rulesAgreeWithKubectl_data() {
    QTest::addColumn<QByteArray>("user");
    QTest::addColumn<QByteArray>("ns");
    for (const char* user : {"alice", "exec", "admin"}) {
        for (const char* ns : {"team-a", "shop", "bank", "nowhere"})
            QTest::addRow("%s in %s", user, ns) << QByteArray(user) << QByteArray(ns);
    }
}

void TestAccessReal::rulesAgreeWithKubectl() {
    QFETCH(QByteArray, user);
    QFETCH(QByteArray, ns);
    Bench bench;
    const std::string context = north().context(user.toStdString());
    const fleet::ClusterId id = bench.connect(context);
    QVERIFY(!id.isNull());
    fleet::Permissions::Rules rules;
    const base::Cancel cancel =
        bench.fleet->permissions().rules(id, ns.toStdString(), [&](base::Result<fleet::Permissions::Rules> answer) {
            rules = answer.value_or(nullptr);
        });
    QVERIFY(bench.until([&] { return rules != nullptr; }));
    kube::TabAligner aligner;
    aligner.addLine({kube::kRuleTableTitles.begin(), kube::kRuleTableTitles.end()});
    const auto lines = kube::ruleTable(rules->rules);
    for (const auto& line : lines)
        aligner.addLine({line.begin(), line.end()});
    std::string text;
    aligner.flush(text);
    const testbed::Ran theirs =
        north().kubectl({"--context", context, "auth", "can-i", "--list", "-n", ns.toStdString()});
    QCOMPARE(theirs.exitCode, 0);
    QCOMPARE(QString::fromStdString(text), QString::fromStdString(theirs.out));
}

// Rules asked for where no role binding can be are those that hold everywhere, for what lies in no namespace, too.
void TestAccessReal::rulesWithoutNamespace() {
    Bench bench;
    const fleet::ClusterId id = bench.connect(north().context("alice"));
    QVERIFY(!id.isNull());
    fleet::Permissions::Rules rules;
    const base::Cancel cancel = bench.fleet->permissions().rules(
        id, {}, [&](base::Result<fleet::Permissions::Rules> answer) { rules = answer.value_or(nullptr); });
    QVERIFY(bench.until([&] { return rules != nullptr; }));
    QVERIFY(!rules->incomplete);
    std::vector<AccessAttributes> questions = generated(400);
    std::erase_if(questions, [](const AccessAttributes& asked) { return !asked.ns.empty(); });
    const std::vector<Permission> answers = bench.ask(id, questions);
    QCOMPARE(answers.size(), questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i)
        QVERIFY2(kube::anyRuleAllows(rules->rules, questions[i]) == (answers[i].state == Permission::State::Allowed),
                 words(questions[i]).c_str());
}

kube::RbacReading TestAccessReal::read(Bench& bench, fleet::ClusterId id, kube::RbacScope scope,
                                       const std::string& ns) {
    std::optional<kube::RbacReading> reading;
    const base::Cancel cancel = kube::readRbac(bench.fleet->transport(id), scope, ns, bench.home,
                                               [&](kube::RbacReading read) { reading = std::move(read); });
    return bench.until([&] { return reading.has_value(); }) ? *reading : kube::RbacReading();
}

void TestAccessReal::whoCanAgreesWithTheServer() {
    Bench bench;
    const fleet::ClusterId id = bench.connect(north().context("admin"));
    QVERIFY(!id.isNull());
    const kube::RbacReading reading = read(bench, id, kube::RbacScope::All, {});
    QVERIFY(reading.problems.empty());
    std::map<std::string, kube::RbacReading> ofNamespace;
    int allowed = 0;
    for (const AccessAttributes& asked : generated(80)) {
        // From everything that is there and from what alone counts: the same.
        if (!ofNamespace.contains(asked.ns))
            ofNamespace[asked.ns] =
                read(bench, id, asked.ns.empty() ? kube::RbacScope::Cluster : kube::RbacScope::Namespace, asked.ns);
        const kube::WhoCan who = kube::whoCan(ofNamespace[asked.ns].policy, asked);
        QCOMPARE(who.grants.size(), kube::whoCan(reading.policy, asked).grants.size());
        for (const kube::UserInfo& user : everybody()) {
            const testbed::Answer answer = north().api("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                                                       subjectAccessReview(asked, user));
            QVERIFY2(answer.isOk(), answer.body.c_str());
            const json status = json::parse(answer.body)["status"];
            const bool isListed = std::ranges::any_of(
                who.grants, [&user](const kube::Grant& grant) { return kube::means(grant.subject, user); });
            const std::optional<kube::Grant> grant = kube::grantFor(reading.policy, user, asked);
            const std::string context = user.name + ": " + words(asked) + status.dump();
            QVERIFY2(isListed == status["allowed"].get<bool>(), context.c_str());
            QVERIFY2(grant.has_value() == isListed, context.c_str());
            allowed += isListed ? 1 : 0;
        }
        const kube::UserInfo master{"somebody", {std::string(kube::kPrivilegedGroup)}};
        const json status = json::parse(
            north()
                .api("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", subjectAccessReview(asked, master))
                .body)["status"];
        QVERIFY(status["allowed"].get<bool>());
    }
    QVERIFY2(allowed > 100, std::to_string(allowed).c_str());
}

void TestAccessReal::danglingAreNamed() {
    Bench bench;
    const fleet::ClusterId id = bench.connect(north().context("admin"));
    QVERIFY(!id.isNull());
    const kube::RbacReading reading = read(bench, id, kube::RbacScope::Namespace, "bank");
    AccessAttributes asked;
    asked.verb = "get";
    asked.resource = "pods";
    asked.ns = "bank";
    QStringList titles;
    for (const kube::RoleBinding& binding : kube::whoCan(reading.policy, asked).dangling)
        titles.append(QString::fromStdString(binding.title() + " " + binding.roleTitle()));
    QCOMPARE(titles, QStringList({QStringLiteral("ClusterRoleBinding/aw-dangling ClusterRole/aw-nowhere"),
                                  QStringLiteral("RoleBinding/bank/aw-dangling-role Role/bank/aw-nowhere")}));
}

void TestAccessReal::aliceMayNotReadRoles() {
    Bench bench;
    const fleet::ClusterId id = bench.connect(north().context("alice"));
    QVERIFY(!id.isNull());
    const kube::RbacReading reading = read(bench, id, kube::RbacScope::Namespace, "default");
    QVERIFY(reading.isEmpty());
    for (const base::Error& problem : reading.problems) {
        QVERIFY(problem.code == base::ErrorCode::Forbidden);
        QCOMPARE(problem.verb, std::string("list"));
        QVERIFY(problem.resource.ends_with(".rbac.authorization.k8s.io"));
    }
}

// A denial is forgotten when somebody says so, and the next answer is the new one.
void TestAccessReal::grantedMeanwhile() {
    Bench bench;
    const fleet::ClusterId id = bench.connect(north().context("alice"));
    QVERIFY(!id.isNull());
    AccessAttributes asked;
    asked.verb = "list";
    asked.resource = "services";
    asked.ns = "default";
    const Permission no = bench.ask(id, {asked}).at(0);
    QVERIFY(no.isDenied());
    QCOMPARE(no.sentence(), "north-alice may not list services in namespace default of north-alice: the verb list on "
                            "services is missing");
    QCOMPARE(north()
                 .kubectl({"create", "rolebinding", "late", "-n", "default", "--clusterrole=view", "--user=alice"})
                 .exitCode,
             0);
    QTRY_VERIFY_WITH_TIMEOUT(
        (bench.fleet->permissions().forget(id), bench.ask(id, {asked}).at(0).state == Permission::State::Allowed),
        20000);
}

void TestAccessReal::awayIsUnknown() {
    Bench bench;
    const fleet::ClusterId id = bench.connect(north().context("alice"));
    QVERIFY(!id.isNull());
    AccessAttributes asked;
    asked.verb = "delete";
    asked.resource = "services";
    asked.ns = "kube-system";
    QVERIFY(bench.ask(id, {asked}).at(0).isDenied());
    north().kill(testbed::Server::ApiServer);
    QVERIFY(bench.until([&] { return bench.fleet->cluster(id).health == fleet::Health::Away; }));
    QVERIFY(bench.ask(id, {asked}).at(0).state == Permission::State::Unknown);
    QVERIFY(north().start(testbed::Server::ApiServer));
    QVERIFY(bench.until([&] {
        bench.fleet->retry(id);
        return bench.ask(id, {asked}).at(0).isDenied();
    }));
}

QTEST_MAIN(TestAccessReal)
#include "tst_access_real.moc"
