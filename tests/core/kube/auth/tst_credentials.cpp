// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/credential_store.h"
#include "core/kube/auth/login_shell.h"
#include "core/kube/auth/plain_text.h"
#include "core/kube/auth/plugin_policy.h"
#include "core/kube/auth/time_text.h"
#include "core/net/engine.h"

#include <QtTest>

#include <atomic>
#include <csignal>
#include <fstream>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

using base::ErrorCode;
using kube::AuthMaterial;
using kube::Kubeconfig;

namespace {

/// The real time, moved by hand.
class MovedClock final : public base::Clock {
public:
    std::atomic<std::int64_t> moved = 0;
    [[nodiscard]] std::int64_t nowMs() const override { return m_clock.nowMs() + moved; }
    [[nodiscard]] std::int64_t steadyMs() const override { return m_clock.steadyMs() + moved; }

private:
    base::SystemClock m_clock;
};

constexpr const char* v1 = "client.authentication.k8s.io/v1";
constexpr const char* v1beta1 = "client.authentication.k8s.io/v1beta1";

std::string credential(const std::string& status, const char* version = v1beta1) {
    return std::string("{\"kind\":\"ExecCredential\",\"apiVersion\":\"") + version + "\",\"status\":{" + status + "}}";
}

std::string header(const AuthMaterial& material, const char* name) {
    return std::string(net::header(material.headers, name));
}

} // namespace

class TestCredentials : public QObject {
    Q_OBJECT

private:
    std::string path(const QString& name) const { return m_folder->filePath(name).toStdString(); }

    std::string write(const QString& name, const std::string& text) const {
        std::ofstream(path(name)) << text;
        return path(name);
    }

    /// A plugin that counts its calls and then does what `body` says.
    std::string plugin(const std::string& body, const QString& name = "plugin") const {
        const std::string file = write(name, "#!/bin/sh\necho call >> '" + path("calls") + "'\n" + body + "\n");
        QFile::setPermissions(m_folder->filePath(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file;
    }

    std::string printing(const std::string& output) const { return plugin("cat <<'END'\n" + output + "\nEND"); }

    int calls() const {
        std::ifstream file(path("calls"));
        int count = 0;
        for (std::string line; std::getline(file, line);)
            ++count;
        return count;
    }

    static Kubeconfig configFor(const std::string& user, const std::string& cluster = "{server: 'https://x:1'}") {
        return Kubeconfig::parse(
            "clusters:\n- name: c\n  cluster: " + cluster +
                "\n- name: other\n  cluster: {server: 'https://other:1'}\nusers:\n- name: u\n  user: " + user +
                "\ncontexts:\n- name: a\n  context: {cluster: c, user: u}\n- name: b\n  context: "
                "{cluster: other, user: u}\n",
            "config");
    }

    static std::string execUser(const std::string& command, const std::string& more = "",
                                const char* version = v1beta1) {
        return "{exec: {command: '" + command + "', apiVersion: " + version + more + "}}";
    }

    void restart(kube::CredentialOptions options = {}) {
        if (options.loginShell == kube::LoginShell::WhenMissing)
            options.loginShell = kube::LoginShell::Never;
        m_store = std::make_unique<kube::CredentialStore>(*m_engine, *m_pool, m_clock, std::move(options));
    }

    std::shared_ptr<kube::Credentials> credentials(const Kubeconfig& config, const char* context = "a") {
        auto made = m_store->credentialsFor(config, *config.context(context));
        return made ? *made : nullptr;
    }

    base::Result<AuthMaterial> authorize(kube::Credentials& credentials) {
        std::optional<base::Result<AuthMaterial>> answer;
        const base::Cancel cancel = credentials.authorize(m_main, [&](base::Result<AuthMaterial> result) {
            answer = std::move(result);
            m_main.stop();
        });
        if (!answer && !m_main.runFor(60000))
            return base::fail(ErrorCode::TimedOut, "the test waited too long");
        return *answer;
    }

    std::string messageOf(kube::Credentials& credentials) {
        const auto result = authorize(credentials);
        return result ? "" : result.error().message;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    MovedClock m_clock;
    base::ManualExecutor m_main;
    std::unique_ptr<base::ThreadPool> m_pool;
    std::unique_ptr<net::Engine> m_engine;
    std::unique_ptr<kube::CredentialStore> m_store;

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("KUBERC", "off");
        m_clock.moved = 0;
        m_engine = std::make_unique<net::Engine>();
        m_pool = std::make_unique<base::ThreadPool>(2);
        restart();
    }
    void cleanup() {
        m_store.reset();
        m_engine.reset();
        m_pool.reset();
    }

    void fixedKinds_data() {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("authorization");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* name, const char* user, const char* authorization, kube::LoginKind kind) {
            QTest::newRow(name) << QByteArray(user) << QByteArray(authorization) << static_cast<int>(kind);
        };
        row("none", "{}", "", kube::LoginKind::None);
        row("token", "{token: abc}", "Bearer abc", kube::LoginKind::Token);
        row("basic", "{username: Aladdin, password: 'open sesame'}",
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", kube::LoginKind::Basic);
        row("certificate", "{client-certificate-data: YQ==, client-key-data: YQ==}", "", kube::LoginKind::Certificate);
        row("token before plugin",
            "{token: abc, exec: {command: /none, apiVersion: client.authentication.k8s.io/v1beta1}}", "Bearer abc",
            kube::LoginKind::Token);
        row("certificate before plugin",
            "{client-certificate-data: YQ==, client-key-data: YQ==, exec: {command: /none, apiVersion: "
            "client.authentication.k8s.io/v1beta1}}",
            "", kube::LoginKind::Certificate);
    }
    void fixedKinds() {
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, authorization);
        QFETCH(int, kind);
        const Kubeconfig config = configFor(user.toStdString());
        const auto who = credentials(config);
        const auto material = authorize(*who);
        QVERIFY(material.has_value());
        QCOMPARE(header(*material, "Authorization"), authorization.toStdString());
        QCOMPARE(static_cast<int>(who->status().login.kind), kind);
        QVERIFY(!who->status().login.needsPlugin());
        QVERIFY(!who->invalidate(material->generation));
    }

    void impersonation() {
        const Kubeconfig config =
            configFor("{as: 'Ann O', as-uid: '7', as-groups: [g, h], as-user-extra: {'a/b': [v, w]}}");
        const auto material = authorize(*credentials(config));
        QVERIFY(material.has_value());
        const net::Headers expected{{"Impersonate-User", "Ann O"},    {"Impersonate-Uid", "7"},
                                    {"Impersonate-Group", "g"},       {"Impersonate-Group", "h"},
                                    {"Impersonate-Extra-a%2Fb", "v"}, {"Impersonate-Extra-a%2Fb", "w"}};
        QVERIFY(material->headers == expected);
    }

    void withoutTlsNothingIsSent() {
        const Kubeconfig config = configFor("{token: abc}", "{server: 'http://x:1'}");
        const auto material = authorize(*credentials(config));
        QVERIFY(material->headers.empty());
        QVERIFY(kube::loginOf(config, *config.context("a")).kind == kube::LoginKind::None);
    }

    void lineBreaksDoNotReachTheWire() {
        const Kubeconfig config = configFor("{token: \"abc\\r\\nX-Evil: 1\"}");
        const auto made = m_store->credentialsFor(config, *config.context("a"));
        QVERIFY(!made.has_value());
        QVERIFY(made.error().message.find("Evil") == std::string::npos);
    }

    void unknownProviders() {
        const auto made = m_store->credentialsFor(configFor("{auth-provider: {name: gcp}}"),
                                                  *configFor("{auth-provider: {name: gcp}}").context("a"));
        QVERIFY(made.error().code == ErrorCode::Unsupported);
    }

    void tokenFileIsReadAgain() {
        const std::string file = write("token", "  first\n");
        const Kubeconfig config = configFor("{tokenFile: '" + file + "', token: inline}");
        const auto who = credentials(config);
        const auto first = authorize(*who);
        QCOMPARE(header(*first, "authorization"), std::string("Bearer first"));
        write("token", "second\n");
        QCOMPARE(header(*authorize(*who), "authorization"), std::string("Bearer first"));
        m_clock.moved += 60000;
        const auto second = authorize(*who);
        QCOMPARE(header(*second, "authorization"), std::string("Bearer second"));
        QVERIFY(second->generation != first->generation);
        QFile::remove(m_folder->filePath("token"));
        m_clock.moved += 60000;
        const auto third = authorize(*who);
        QCOMPARE(header(*third, "authorization"), std::string("Bearer second"));
        QCOMPARE(third->generation, second->generation);
        QVERIFY(who->status().problem.has_value());
        // A refusal makes it look again at once.
        write("token", "third");
        QVERIFY(who->invalidate(third->generation));
        QCOMPARE(header(*authorize(*who), "authorization"), std::string("Bearer third"));
    }

    void tokenFileMissing() {
        const std::string file = path("nothing");
        QCOMPARE(
            header(*authorize(*credentials(configFor("{tokenFile: '" + file + "', token: inline}"))), "authorization"),
            std::string("Bearer inline"));
        const std::string message = messageOf(*credentials(configFor("{tokenFile: '" + file + "'}")));
        QVERIFY2(message.find("tokenFile: " + file) != std::string::npos, message.c_str());
        write("nothing", "\n");
        m_clock.moved += 60000;
        QVERIFY(messageOf(*credentials(configFor("{tokenFile: '" + file + "'}"))).find("empty") != std::string::npos);
    }

    void pluginGivesAToken() {
        const Kubeconfig config = configFor(execUser(printing(credential("\"token\":\"t1\""))));
        const auto who = credentials(config);
        QVERIFY(who->status().login.needsPlugin());
        QCOMPARE(calls(), 0);
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t1"));
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t1"));
        QCOMPARE(calls(), 1);
        // The cluster does not reach the plugin, so that its answer is good for another one, too.
        QCOMPARE(header(*authorize(*credentials(config, "b")), "Authorization"), std::string("Bearer t1"));
        QCOMPARE(calls(), 1);
    }

    void clusterInfoMakesACallEach() {
        const Kubeconfig config =
            configFor(execUser(printing(credential("\"token\":\"t1\"")), ", provideClusterInfo: true"));
        const auto a = credentials(config);
        const auto b = credentials(config, "b");
        QVERIFY(authorize(*a).has_value());
        QVERIFY(authorize(*b).has_value());
        QVERIFY(authorize(*a).has_value());
        QCOMPARE(calls(), 2);
    }

    void allWhoWaitShareOneCall() {
        const Kubeconfig config = configFor(execUser(printing(credential("\"token\":\"t1\""))));
        const auto who = credentials(config);
        QVERIFY(credentials(config) == who);
        int answers = 0;
        std::vector<base::Cancel> cancels;
        for (int i = 0; i < 50; ++i)
            cancels.push_back(who->authorize(m_main, [&](base::Result<AuthMaterial> result) {
                QVERIFY(result.has_value());
                if (++answers == 49)
                    m_main.stop();
            }));
        cancels[7].cancel();
        QVERIFY(m_main.runFor(60000));
        m_main.runPending();
        QCOMPARE(answers, 49);
        QCOMPARE(calls(), 1);
    }

    void pluginExpires() {
        const std::string body =
            "printf '%s' '{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + std::string(v1) +
            "\",\"status\":{\"expirationTimestamp\":\"'; date -u -d '+1 hour' +%Y-%m-%dT%H:%M:%SZ | "
            "tr -d '\\n'; printf '\",\"token\":\"t%s\"}}' \"$(wc -l < '" +
            path("calls") + "')\"";
        const auto who = credentials(configFor(execUser(plugin(body), ", interactiveMode: Never", v1)));
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t1"));
        const auto end = who->status().expiresAtMs;
        QVERIFY(end.has_value());
        QVERIFY(std::abs(*end - m_clock.nowMs() - 3600000) < 60000);
        m_clock.moved += 3500000;
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t1"));
        m_clock.moved += 200000;
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t2"));
    }

    void refusalRefreshesOnce() {
        const std::string body = "printf '{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + std::string(v1beta1) +
                                 "\",\"status\":{\"token\":\"t%s\"}}' \"$(wc -l < '" + path("calls") + "')\"";
        const auto who = credentials(configFor(execUser(plugin(body))));
        const auto first = authorize(*who);
        for (int i = 0; i < 5; ++i)
            QVERIFY(who->invalidate(first->generation));
        const auto second = authorize(*who);
        QCOMPARE(header(*second, "Authorization"), std::string("Bearer t2"));
        QVERIFY(who->invalidate(first->generation));
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t2"));
        // What is refused right after it was fetched does not get better.
        QVERIFY(!who->invalidate(second->generation));
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t2"));
        QCOMPARE(calls(), 2);
        m_clock.moved += 120000;
        QVERIFY(who->invalidate(second->generation));
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t3"));
    }

    void garbage_data() {
        QTest::addColumn<QByteArray>("output");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char* name, const std::string& output, const char* says) {
            QTest::newRow(name) << QByteArray::fromStdString(output) << QByteArray(says);
        };
        row("text", "geheim", "printed no ExecCredential");
        row("nothing", "", "printed no ExecCredential");
        row("other kind", "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}", "not an ExecCredential");
        row("other version", credential("\"token\":\"geheim\"", v1), "was asked for");
        row("no status", "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1beta1\"}",
            "without a status");
        row("empty status", credential(""), "neither a token nor");
        row("half a pair", credential("\"clientCertificateData\":\"geheim\""), "only one of");
        row("bad pair", credential("\"clientCertificateData\":\"geheim\",\"clientKeyData\":\"geheim\""),
            "do not go together");
        row("bad time", credential("\"token\":\"geheim\",\"expirationTimestamp\":\"tomorrow\""), "no time");
        row("number", credential("\"token\":12345678"), "not text");
        row("line break", credential("\"token\":\"geheim\\nX: y\""), "line break");
    }
    void garbage() {
        QFETCH(QByteArray, output);
        QFETCH(QByteArray, says);
        const std::string message = messageOf(*credentials(configFor(execUser(printing(output.toStdString())))));
        QVERIFY2(message.find(says.constData()) != std::string::npos, message.c_str());
        QVERIFY2(message.find("geheim") == std::string::npos, message.c_str());
    }

    void yamlIsTaken() {
        const auto who = credentials(configFor(execUser(
            printing("kind: ExecCredential\napiVersion: " + std::string(v1beta1) + "\nstatus:\n  token: t1"))));
        QCOMPARE(header(*authorize(*who), "Authorization"), std::string("Bearer t1"));
    }

    void failingPluginSaysWhy() {
        const auto who = credentials(
            configFor(execUser(plugin("printf '\\033[1mno\\033[0m luck\\007: %s\\n' \"$API_TOKEN\" >&2; exit 3"),
                               ", env: [{name: API_TOKEN, value: geheimgeheim}]")));
        const std::string message = messageOf(*who);
        QVERIFY2(message.find("failed with exit code 3:\nno luck: [hidden]") != std::string::npos, message.c_str());
        QVERIFY(who->status().problem.has_value());
        QCOMPARE(calls(), 1);
        // Others who ask within a moment hear the same without another call.
        QCOMPARE(messageOf(*who), message);
        QCOMPARE(calls(), 1);
        m_clock.moved += 5000;
        QCOMPARE(messageOf(*who), message);
        QCOMPARE(calls(), 2);
    }

    void missingPluginGivesTheHint() {
        const auto who = credentials(configFor(execUser("no-such-plugin", ", installHint: \"get it\\e[1m there\"")));
        const std::string message = messageOf(*who);
        QVERIFY2(message.find("plugin no-such-plugin not found\nget it there") != std::string::npos, message.c_str());
        QVERIFY(authorize(*who).error().code == ErrorCode::PluginFailed);
    }

    void hangingPluginHoldsUpNobody() {
        const Kubeconfig hanging = configFor(execUser(plugin("sleep 1000", "hanging")));
        const Kubeconfig working = configFor(execUser(printing(credential("\"token\":\"t1\""))));
        const auto stuck = credentials(hanging);
        bool answered = false;
        base::Cancel cancel = stuck->authorize(m_main, [&](base::Result<AuthMaterial>) { answered = true; });
        QVERIFY(authorize(*credentials(working)).has_value());
        QVERIFY(stuck->status().busySinceMs > 0);
        cancel.cancel();
        QCOMPARE(stuck->status().busySinceMs, std::int64_t(0));
        QVERIFY(!answered);
    }

    void deadlineEndsTheWholeGroup() {
        kube::CredentialOptions options;
        options.pluginDeadline = std::chrono::milliseconds(300);
        restart(options);
        const std::string pids = path("pid");
        const auto who = credentials(
            configFor(execUser(plugin("trap '' TERM\n(trap '' TERM; sleep 1000) &\necho $! > '" + pids + "'; wait"))));
        const std::string message = messageOf(*who);
        QVERIFY2(message.find("did not end in time") != std::string::npos, message.c_str());
        int pid = 0;
        std::ifstream(pids) >> pid;
        QVERIFY(pid > 0);
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0 && errno == ESRCH, 20000);
    }

    void cancellingEndsThePlugin() {
        const std::string pids = path("pid");
        const auto who = credentials(configFor(
            execUser(plugin("echo $$ > '" + pids + ".new'; mv '" + pids + ".new' '" + pids + "'; exec sleep 1000"))));
        base::Cancel cancel = who->authorize(m_main, [](base::Result<AuthMaterial>) {});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(QString::fromStdString(pids)), 20000);
        int pid = 0;
        std::ifstream(pids) >> pid;
        cancel.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(::kill(pid, 0) != 0 && errno == ESRCH, 20000);
    }

    void storeEndsInTheMiddle() {
        for (int round = 0; round < 20; ++round) {
            const auto who = credentials(configFor(execUser(plugin("sleep 1000", "p" + QString::number(round)))));
            bool answered = false;
            const base::Cancel cancel = who->authorize(m_main, [&](base::Result<AuthMaterial>) { answered = true; });
            restart();
            m_main.runPending();
            QVERIFY(!answered);
        }
    }

    void credentialsOutliveTheStore() {
        const auto who = credentials(configFor(execUser(printing(credential("\"token\":\"t1\"")))));
        m_store.reset();
        QVERIFY(!authorize(*who).has_value());
        QCOMPARE(calls(), 0);
    }

    void noTerminalInTheDesktop() {
        const auto who = credentials(configFor(execUser(plugin("cat > /dev/null"), ", interactiveMode: Always")));
        const std::string message = messageOf(*who);
        QVERIFY2(message.find("interactiveMode: Always") != std::string::npos, message.c_str());
        QCOMPARE(calls(), 0);
        // Input is there, and empty; a terminal is not.
        const auto other =
            credentials(configFor(execUser(plugin("cat; if (: < /dev/tty) 2>/dev/null; then exit 9; fi\ncat <<'END'\n" +
                                                  credential("\"token\":\"t1\"") + "\nEND"))));
        QVERIFY2(authorize(*other).has_value(), messageOf(*other).c_str());
    }

    void pluginOutputIsPassedOn() {
        std::mutex mutex;
        std::string heard;
        kube::CredentialOptions options;
        options.pluginOutput = [&](const std::string& command, const std::string& text) {
            const std::lock_guard lock(mutex);
            heard += command.substr(command.rfind('/') + 1) + ": " + text;
        };
        restart(options);
        const auto who = credentials(configFor(
            execUser(plugin("echo 'enter code 1234' >&2\ncat <<'END'\n" + credential("\"token\":\"t1\"") + "\nEND"))));
        QVERIFY(authorize(*who).has_value());
        const std::lock_guard lock(mutex);
        QCOMPARE(heard, std::string("plugin: enter code 1234\n"));
    }

    void loginShellGivesThePath() {
        const std::string bin = path("bin");
        QDir().mkpath(QString::fromStdString(bin));
        const std::string file = printing(credential("\"token\":\"t1\""));
        QFile::rename(QString::fromStdString(file), QString::fromStdString(bin) + "/only-there");
        // A shell whose start-up files chatter and set PATH.
        const std::string shell = write("shell", "#!/bin/sh\necho welcome\nPATH='" + bin +
                                                     ":/usr/bin:/bin'\nFROM_SHELL=yes\n"
                                                     "export PATH FROM_SHELL\neval \"$2\"\necho bye\n");
        QFile::setPermissions(QString::fromStdString(shell), QFile::ReadOwner | QFile::ExeOwner);
        const QByteArray before = qgetenv("SHELL");
        qputenv("SHELL", QByteArray::fromStdString(shell));
        kube::CredentialOptions options;
        options.loginShell = kube::LoginShell::Always;
        restart(options);
        const auto who = credentials(configFor(execUser("only-there")));
        const auto material = authorize(*who);
        qputenv("SHELL", before);
        QVERIFY2(material.has_value(), material ? "" : material.error().message.c_str());
        QCOMPARE(header(*material, "Authorization"), std::string("Bearer t1"));
    }

    void realShellAnswers() {
        kube::ProcessRunner runner;
        kube::LoginShellEnvironment shell("/bin/bash", std::chrono::seconds(30));
        kube::Environment found;
        shell.get(runner, [&](const kube::Environment& environment) {
            found = environment;
            m_main.stop();
        });
        QVERIFY(m_main.runFor(60000));
        QVERIFY(!found["PATH"].empty());
    }

    void environmentIsMerged() {
        const kube::Environment merged = kube::withShellEnvironment(
            {{"PATH", "/a:/b"}, {"X", "own"}}, {{"PATH", "/c:/a"}, {"X", "shell"}, {"Y", "shell"}, {"SHLVL", "2"}});
        QVERIFY(merged == (kube::Environment{{"PATH", "/c:/a:/b"}, {"X", "own"}, {"Y", "shell"}}));
    }

    void policyIsHonoured() {
        const std::string file = printing(credential("\"token\":\"t1\""));
        const std::string start = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";
        const auto tryWith = [&](const std::string& policy) {
            qputenv("KUBERC", QByteArray::fromStdString(write("kuberc", start + policy)));
            restart();
            return messageOf(*credentials(configFor(execUser(file))));
        };
        QCOMPARE(tryWith(""), std::string());
        QCOMPARE(tryWith("credentialPluginPolicy: AllowAll\n"), std::string());
        QVERIFY(tryWith("credentialPluginPolicy: DenyAll\n").find("DenyAll") != std::string::npos);
        QCOMPARE(tryWith("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- command: " + file + "\n"),
                 std::string());
        QCOMPARE(tryWith("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: " + file + "\n"),
                 std::string());
        QVERIFY(tryWith("credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- command: other\n")
                    .find("not in the credentialPluginAllowlist") != std::string::npos);
        QVERIFY(tryWith("credentialPluginPolicy: Allowlist\n").find("missing or empty") != std::string::npos);
        QVERIFY(tryWith("credentialPluginPolicy: Sometimes\n").find("neither AllowAll") != std::string::npos);
        QCOMPARE(calls(), 4);
    }

    void times_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("plain") << QByteArray("2001-09-09T01:46:40Z") << qint64(1000000000000);
        QTest::newRow("offset") << QByteArray("2001-09-09T03:46:40.5+02:00") << qint64(1000000000500);
        QTest::newRow("west") << QByteArray("2001-09-08T20:16:40-05:30") << qint64(1000000000000);
        QTest::newRow("leap") << QByteArray("2000-02-29T00:00:00Z") << qint64(951782400000);
        QTest::newRow("no day") << QByteArray("2001-02-29T00:00:00Z") << qint64(-1);
        QTest::newRow("no zone") << QByteArray("2001-09-09T01:46:40") << qint64(-1);
        QTest::newRow("rest") << QByteArray("2001-09-09T01:46:40Zx") << qint64(-1);
    }
    void times() {
        QFETCH(QByteArray, text);
        QFETCH(qint64, milliseconds);
        QCOMPARE(qint64(kube::parseTime(text.toStdString()).value_or(-1)), milliseconds);
    }

    void tokenEndsAreRead() {
        const auto token = [](const char* claims) {
            return "h." +
                   QByteArray(claims)
                       .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
                       .toStdString() +
                   ".s";
        };
        QCOMPARE(kube::tokenEnd(token("{\"exp\":1000000000}")).value_or(0), std::int64_t(1000000000000));
        QCOMPARE(kube::tokenEnd(token("{\"exp\":1e9,\"x\":\"<?>~~\"}")).value_or(0), std::int64_t(1000000000000));
        QVERIFY(!kube::tokenEnd(token("{\"iat\":1}")).has_value());
        QVERIFY(!kube::tokenEnd("abc").has_value());
        QVERIFY(!kube::tokenEnd("a.b.c").has_value());
    }

    void textIsMadePlain() {
        QCOMPARE(kube::plainText("a\x1b[31;1mb\x1b]0;title\ac\x1b(Bd\r\ne\tf\x7f"), std::string("abcd\ne\tf"));
        QCOMPARE(kube::plainText("\xc3\xa4\xff\xe2\x82"), std::string("\xc3\xa4???"));
        QCOMPARE(kube::plainText("\x1b["), std::string());
        QCOMPARE(kube::withoutSecrets("got eyJhbGciOiJIUzI1NiJ9.e30.abc and hush-hush", {"hush-hush", "a"}),
                 std::string("got [hidden] and [hidden]"));
    }
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
