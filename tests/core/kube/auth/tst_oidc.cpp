// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/credential_store.h"
#include "core/kube/auth/kubeconfig_writer.h"
#include "core/net/engine.h"

#include <QtTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

using kube::AuthMaterial;
using kube::Kubeconfig;

namespace {

/// An identity provider on a loopback port: one answer a connection.
class IdentityProvider {
public:
    IdentityProvider() {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(m_socket, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(m_socket, 16);
        ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size);
        m_port = ntohs(address.sin_port);
        m_thread = std::thread([this] { serve(); });
    }
    ~IdentityProvider() {
        ::shutdown(m_socket, SHUT_RDWR);
        m_thread.join();
        ::close(m_socket);
    }
    IdentityProvider(const IdentityProvider&) = delete;
    IdentityProvider& operator=(const IdentityProvider&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

    /// Status and body for the token endpoint.
    void answer(int status, std::string body) {
        const std::lock_guard lock(m_mutex);
        m_status = status;
        m_body = std::move(body);
    }
    void wantParameters() { m_wantParameters = true; }
    [[nodiscard]] std::vector<std::string> requests() const {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }

private:
    void serve() {
        for (;;) {
            const int connection = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0)
                return;
            const std::string response = respond(read(connection));
            [[maybe_unused]] const auto sent = ::send(connection, response.data(), response.size(), MSG_NOSIGNAL);
            ::close(connection);
        }
    }

    static std::string read(int connection) {
        std::string request;
        char buffer[4096];
        for (;;) {
            const auto end = request.find("\r\n\r\n");
            if (end != std::string::npos) {
                const auto length = request.find("Content-Length: ");
                const std::size_t body = length == std::string::npos ? 0 : std::stoul(request.substr(length + 16));
                if (request.size() >= end + 4 + body)
                    return request;
            }
            const ssize_t count = ::recv(connection, buffer, sizeof buffer, 0);
            if (count <= 0)
                return request;
            request.append(buffer, std::size_t(count));
        }
    }

    std::string respond(const std::string& request) {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(request);
        if (request.starts_with("GET /.well-known/openid-configuration "))
            return http(200, "{\"token_endpoint\":\"" + url() + "/token?x=1\"}");
        if (!request.starts_with("POST /token?x=1 "))
            return http(404, "");
        if (m_wantParameters && request.find("client_id=") == std::string::npos)
            return http(401, "{\"error\":\"invalid_client\"}");
        return http(m_status, m_body);
    }

    static std::string http(int status, const std::string& body) {
        return "HTTP/1.1 " + std::to_string(status) +
               " Said\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\nConnection: close\r\n\r\n" + body;
    }

    int m_socket = -1;
    int m_port = 0;
    mutable std::mutex m_mutex;
    int m_status = 200;
    std::string m_body;
    std::atomic<bool> m_wantParameters = false;
    std::vector<std::string> m_requests;
    std::thread m_thread;
};

std::string tokenFor(const std::string& who, std::int64_t secondsFromNow) {
    const auto now = QDateTime::currentSecsSinceEpoch();
    const std::string claims = "{\"sub\":\"" + who + "\",\"exp\":" + std::to_string(now + secondsFromNow) + "}";
    return "aGVhZA." +
           QByteArray::fromStdString(claims)
               .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
               .toStdString() +
           ".c2ln";
}

std::string slurp(const std::string& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
}

} // namespace

class TestOidc : public QObject {
    Q_OBJECT

private:
    std::string path(const QString& name) const { return m_folder->filePath(name).toStdString(); }

    std::string configText(const std::string& idToken, const std::string& refreshToken) const {
        return "# mine, do not touch\napiVersion: v1\nkind: Config\nclusters:\n- name: c   # a comment\n  cluster:\n   "
               " server: "
               "https://x:1\nusers:\n- name: other\n  user: {token: abc}\n- name: u\n  user:\n    auth-provider:\n     "
               " "
               "name: oidc\n      config:\n        client-id: me\n        client-secret: s3cr3t/+\n        id-token: " +
               idToken + "\n        idp-issuer-url: " + m_provider->url() +
               "/\n        refresh-token: " + refreshToken +
               "\ncontexts:\n- {name: a, context: {cluster: c, user: u}}\n";
    }

    void writeConfig(const std::string& text) const { std::ofstream(path("config")) << text; }

    Kubeconfig load() const { return Kubeconfig::load(kube::KubeconfigSources::explicitFile(path("config"))); }

    std::shared_ptr<kube::Credentials> credentials() {
        const Kubeconfig config = load();
        return *m_store->credentialsFor(config, *config.context("a"));
    }

    base::Result<AuthMaterial> authorize(kube::Credentials& credentials) {
        std::optional<base::Result<AuthMaterial>> answer;
        const base::Cancel cancel = credentials.authorize(m_main, [&](base::Result<AuthMaterial> result) {
            answer = std::move(result);
            m_main.stop();
        });
        if (!m_main.runFor(60000))
            return base::fail(base::ErrorCode::TimedOut, "the test waited too long");
        return *answer;
    }

    static std::string bearer(const base::Result<AuthMaterial>& material) {
        return material ? std::string(net::header(material->headers, "Authorization")) : material.error().message;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    base::SystemClock m_clock;
    base::ManualExecutor m_main;
    std::unique_ptr<IdentityProvider> m_provider;
    std::unique_ptr<base::ThreadPool> m_pool;
    std::unique_ptr<net::Engine> m_engine;
    std::unique_ptr<kube::CredentialStore> m_store;

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_provider = std::make_unique<IdentityProvider>();
        m_engine = std::make_unique<net::Engine>();
        m_pool = std::make_unique<base::ThreadPool>(2);
        m_store = std::make_unique<kube::CredentialStore>(*m_engine, *m_pool, m_clock);
    }
    void cleanup() {
        m_store.reset();
        m_engine.reset();
        m_pool.reset();
        m_provider.reset();
    }

    void validTokenIsUsedAsItIs() {
        const std::string token = tokenFor("ann", 3600);
        writeConfig(configText(token, "r1"));
        const auto who = credentials();
        QCOMPARE(bearer(authorize(*who)), "Bearer " + token);
        QVERIFY(m_provider->requests().empty());
        QVERIFY(who->status().expiresAtMs.has_value());
        QVERIFY(!who->status().login.needsPlugin());
    }

    void expiredTokenIsRefreshedAndSaved() {
        const std::string old = tokenFor("ann", 5);
        const std::string fresh = tokenFor("ann", 3600);
        writeConfig(configText(old, "r1"));
        ::chmod(path("config").c_str(), 0640);
        m_provider->answer(200, "{\"access_token\":\"x\",\"id_token\":\"" + fresh + "\",\"refresh_token\":\"r2\"}");
        const auto who = credentials();
        std::string got;
        int answers = 0;
        std::vector<base::Cancel> cancels;
        for (int i = 0; i < 10; ++i)
            cancels.push_back(who->authorize(m_main, [&](base::Result<AuthMaterial> result) {
                got = bearer(result);
                if (++answers == 10)
                    m_main.stop();
            }));
        QVERIFY(m_main.runFor(60000));
        QCOMPARE(got, "Bearer " + fresh);
        const auto requests = m_provider->requests();
        QCOMPARE(requests.size(), std::size_t(2));
        QVERIFY(requests[1].find("grant_type=refresh_token&refresh_token=r1") != std::string::npos);
        const std::string basic = QByteArray("me:s3cr3t%2F%2B").toBase64().toStdString();
        QVERIFY2(requests[1].find("Authorization: Basic " + basic) != std::string::npos, requests[1].c_str());
        // The file is as it was but for the two values.
        std::string expected = configText(old, "r1");
        expected.replace(expected.find(old), old.size(), "\"" + fresh + "\"");
        expected.replace(expected.find(": r1"), 4, ": \"r2\"");
        QCOMPARE(slurp(path("config")), expected);
        struct stat info{};
        QCOMPARE(::stat(path("config").c_str(), &info), 0);
        QCOMPARE(int(info.st_mode & 0777), 0640);
        QVERIFY(!QFile::exists(m_folder->filePath("config.lock")));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
        QVERIFY(!who->status().problem.has_value());
    }

    void clientMayNameItselfInTheBody() {
        m_provider->wantParameters();
        const std::string fresh = tokenFor("ann", 3600);
        m_provider->answer(200, "{\"access_token\":\"x\",\"id_token\":\"" + fresh + "\"}");
        writeConfig(configText(tokenFor("ann", -5), "r1"));
        QCOMPARE(bearer(authorize(*credentials())), "Bearer " + fresh);
        QVERIFY(m_provider->requests().back().find("&client_id=me&client_secret=s3cr3t%2F%2B") != std::string::npos);
        QVERIFY(slurp(path("config")).find("refresh-token: r1") != std::string::npos);
    }

    void otherProgramsRefreshIsSeen() {
        writeConfig(configText(tokenFor("ann", -5), "r1"));
        const auto who = credentials();
        const std::string theirs = tokenFor("ann", 1800);
        writeConfig(configText(theirs, "r2"));
        QCOMPARE(bearer(authorize(*who)), "Bearer " + theirs);
        QVERIFY(m_provider->requests().empty());
    }

    void refusals() {
        writeConfig(configText(tokenFor("ann", -5), "geheim1"));
        m_provider->answer(400, "{\"error\":\"invalid_grant\",\"error_description\":\"geheim1\"}");
        const auto result = authorize(*credentials());
        QVERIFY(!result.has_value());
        QVERIFY(result.error().code == base::ErrorCode::Unauthorized);
        QVERIFY2(result.error().message.find("invalid_grant") != std::string::npos, result.error().message.c_str());
        QVERIFY(result.error().message.find("geheim1") == std::string::npos);
        QCOMPARE(slurp(path("config")).find("geheim1") != std::string::npos, true);
    }

    void withoutRefreshToken() {
        writeConfig(configText(tokenFor("ann", -5), "''"));
        const auto result = authorize(*credentials());
        QVERIFY(result.error().code == base::ErrorCode::Unauthorized);
        QVERIFY(m_provider->requests().empty());
    }

    void lockedFileStillSignsIn() {
        const std::string fresh = tokenFor("ann", 3600);
        m_provider->answer(200, "{\"access_token\":\"x\",\"id_token\":\"" + fresh + "\",\"refresh_token\":\"r2\"}");
        const std::string before = configText(tokenFor("ann", -5), "r1");
        writeConfig(before);
        std::ofstream(path("config.lock")) << "";
        const auto who = credentials();
        QCOMPARE(bearer(authorize(*who)), "Bearer " + fresh);
        QVERIFY(who->status().problem.has_value());
        QVERIFY(who->status().problem->message.find("config.lock exists") != std::string::npos);
        QCOMPARE(slurp(path("config")), before);
        QVERIFY(QFile::exists(m_folder->filePath("config.lock")));
    }

    void edits_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* name, const char* before, const char* after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after);
        };
        row("missing keys in a block",
            "users:\n  - name: u\n    user:\n      auth-provider:\n        name: oidc\n        config:\n            "
            "client-id: me # it\n            x: y1\r\n",
            "users:\n  - name: u\n    user:\n      auth-provider:\n        name: oidc\n        config:\n            "
            "refresh-token: \"R\"\n            id-token: \"I\"\n            client-id: me # it\n            x: y1\r\n");
        row("flow",
            "users: [{name: u, user: {auth-provider: {name: oidc, config: {id-token: a.b.c, client-id: me}}}}]\n",
            "users: [{name: u, user: {auth-provider: {name: oidc, config: {\"refresh-token\": \"R\", id-token: \"I\", "
            "client-id: me}}}}]\n");
        row("json",
            "{\"users\":[{\"name\":\"u\",\"user\":{\"auth-provider\":{\"config\":{\"id-token\":\"a\\\"b\","
            "\"refresh-token\" : \"z\"},\"name\":\"oidc\"}}}]}",
            "{\"users\":[{\"name\":\"u\",\"user\":{\"auth-provider\":{\"config\":{\"id-token\":\"I\","
            "\"refresh-token\" : \"R\"},\"name\":\"oidc\"}}}]}");
        row("quotes and comments",
            "users:\n- user:\n    auth-provider:\n      config:\n        id-token: 'it''s'  # old\n        "
            "refresh-token: r "
            "#no\n  name: u\n",
            "users:\n- user:\n    auth-provider:\n      config:\n        id-token: \"I\"  # old\n        "
            "refresh-token: \"R\" "
            "#no\n  name: u\n");
        row("empty value",
            "users:\n- user:\n    auth-provider:\n      config:\n        a: b\n        refresh-token: q\n  name: u\n",
            "users:\n- user:\n    auth-provider:\n      config:\n        id-token: \"I\"\n        a: b\n        "
            "refresh-token: "
            "\"R\"\n  name: u\n");
        row("block scalar",
            "users:\n- user:\n    auth-provider:\n      config:\n        id-token: |-\n          x\n  name: u\n", "");
        row("alias", "t: &t x\nusers:\n- user:\n    auth-provider:\n      config:\n        id-token: *t\n  name: u\n",
            "");
        row("nowhere", "users:\n- user:\n    auth-provider:\n      config: {}\n  name: u\n", "");
        row("other user", "users:\n- user: {auth-provider: {config: {a: b}}}\n  name: v\n", "");
    }
    void edits() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        const auto result =
            kube::withProviderTokens(before.toStdString(), "f", "u", {{"id-token", "I"}, {"refresh-token", "R"}});
        QCOMPARE(QByteArray::fromStdString(result.value_or("")), after);
    }

    void linksAreFollowed() {
        writeConfig(configText("a.b.c", "r"));
        QFile::link(m_folder->filePath("config"), m_folder->filePath("link"));
        const auto saved =
            kube::saveProviderTokens({path("link"), path("gone/config")}, path("link"), "u", {{"id-token", "x.y.z"}});
        QVERIFY2(saved.has_value(), saved ? "" : saved.error().message.c_str());
        QVERIFY(QFileInfo(m_folder->filePath("link")).isSymLink());
        QVERIFY(slurp(path("config")).find("x.y.z") != std::string::npos);
        QVERIFY(!QFile::exists(m_folder->filePath("gone")));
    }
};

QTEST_GUILESS_MAIN(TestOidc)
#include "tst_oidc.moc"
