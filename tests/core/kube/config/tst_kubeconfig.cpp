// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/cluster_key.h"
#include "core/kube/config/endpoint.h"
#include "core/kube/config/kubeconfig.h"

#include <QtTest>

#include <algorithm>
#include <fstream>
#include <string>

using kube::Kubeconfig;
using kube::KubeconfigSources;

namespace {

// Two certificate authorities and a client certificate with its key, made for these tests alone.
const char* const caOne = R"(-----BEGIN CERTIFICATE-----
MIIBdDCCARmgAwIBAgIUBU7S1nz/qBY9WlnkoSOm/HCIoF8wCgYIKoZIzj0EAwIw
DjEMMAoGA1UEAwwDY2ExMCAXDTI2MTEyMjE4MTMzMloYDzIxMjYxMDI5MTgxMzMy
WjAOMQwwCgYDVQQDDANjYTEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARNXklf
s/FMVMvDa3jX9SfYEMjvAxYveCNFVowNaVqI/Psk0kBOlHQKuP29REG50Eh9XgDH
+9ad7D65kWGK0DWSo1MwUTAdBgNVHQ4EFgQUVB4jRHs6oaR4ON7gWzBNSgSnU4Yw
HwYDVR0jBBgwFoAUVB4jRHs6oaR4ON7gWzBNSgSnU4YwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNJADBGAiEApp8QrAeB7xQNdh+pYBloHoqYdyP9a2wz4uzY
nooFG8UCIQDmRkgR+C46BvjNkvPd1o4ZI4nyN6BbZb++o6V4okbk3A==
-----END CERTIFICATE-----
)";
const char* const caTwo = R"(-----BEGIN CERTIFICATE-----
MIIBdDCCARmgAwIBAgIUSBjimk2bW7AfOht6vAw+jGCoNXMwCgYIKoZIzj0EAwIw
DjEMMAoGA1UEAwwDY2EyMCAXDTI2MTEyMjE4MTMzMloYDzIxMjYxMDI5MTgxMzMy
WjAOMQwwCgYDVQQDDANjYTIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATFxtzi
aCp9zMKCfivbCsLnTXS6KMB/Tehy8qINJRX6b9wACr6WaVShADczRQB1A88IuVtV
HZQ/kyMsx12gmqvWo1MwUTAdBgNVHQ4EFgQUpsTjyMX2oh/8aQt/qv+VxcpdjQMw
HwYDVR0jBBgwFoAUpsTjyMX2oh/8aQt/qv+VxcpdjQMwDwYDVR0TAQH/BAUwAwEB
/zAKBggqhkjOPQQDAgNJADBGAiEA07aEcEdWihukelI5itbjCE4L9B8Trzu+3fx1
5Sl3gzcCIQD2lsD5uTmAbGMVMv9mQUv14dWoxRrXU/YAFTaoIcuzpg==
-----END CERTIFICATE-----
)";
const char* const certificate = R"(-----BEGIN CERTIFICATE-----
MIIBdTCCARugAwIBAgIUT7J7GT/Z4I36GNQ06ESDGGD0PkwwCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEY2VydDAgFw0yNjExMjIxODEzMzJaGA8yMTI2MTAyOTE4MTMz
MlowDzENMAsGA1UEAwwEY2VydDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGFW
MpVmujWBeF4YO6eHt9sQ5GBJ0QKGjRYZfveqDxoqbmP8nobIIvSVrm9o579midhs
4p1Yf3Z4oO67ZvhpDCajUzBRMB0GA1UdDgQWBBSIF6GM8k8vx6UvH8V8D0rI1CJ5
sTAfBgNVHSMEGDAWgBSIF6GM8k8vx6UvH8V8D0rI1CJ5sTAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0gAMEUCICFjA+0A7oTSxEF+3n8Fd+HHCT8qmsIRLEtR
gLQFhYwjAiEA4OIIUa5l6EwNelKM0LX3UCejG+1Ir4AbKYFB/lAipC4=
-----END CERTIFICATE-----
)";
const char* const key = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjXc0igAomIXPUIMt
ED2MHGWPKyfSSj77YDZuLAgMBgmhRANCAARhVjKVZro1gXheGDunh7fbEORgSdEC
ho0WGX73qg8aKm5j/J6GyCL0la5vaOe/ZonYbOKdWH92eKDuu2b4aQwm
-----END PRIVATE KEY-----
)";

bool mentions(const std::vector<base::Error>& problems, const char* text) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const base::Error& error) { return error.message.find(text) != std::string::npos; });
}

} // namespace

class TestKubeconfig : public QObject {
    Q_OBJECT

private:
    std::string write(const QString& name, const std::string& text) {
        const QString path = m_folder->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        std::ofstream(path.toStdString()) << text;
        return path.toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void sourcesFollowTheList() {
        QCOMPARE(KubeconfigSources::fromList("", "/home/a").files, std::vector<std::string>{"/home/a/.kube/config"});
        const auto sources = KubeconfigSources::fromList("/a::/b:/a:c", "/home/a");
        QCOMPARE(sources.files, (std::vector<std::string>{"/a", "/b", "c"}));
        QVERIFY(!sources.isExplicit);
    }

    void firstFileWinsWholeEntries() {
        const auto one = write("one", "clusters:\n- name: c\n  cluster: {server: https://one}\n"
                                      "contexts:\n- name: x\n  context: {cluster: c, user: u}\n");
        const auto two = write("two", "current-context: z\nclusters:\n- name: c\n  cluster: {server: https://two, "
                                      "proxy-url: 'http://p'}\nusers:\n- name: u\n  user: {token: t}\n"
                                      "contexts:\n- name: z\n  context: {cluster: c, user: u, namespace: shop}\n");
        const auto three = write("three", "current-context: x\n");
        const Kubeconfig config = Kubeconfig::load(KubeconfigSources::fromList(
            one + ":" + m_folder->filePath("gone").toStdString() + ":" + two + ":" + three, ""));
        QCOMPARE(config.currentContext, std::string("z"));
        QCOMPARE(config.clusters.size(), std::size_t(1));
        QCOMPARE(config.clusters[0].server, std::string("https://one"));
        QVERIFY(config.clusters[0].proxyUrl.empty());
        QCOMPARE(config.clusters[0].origin.file, one);
        QCOMPARE(config.users[0].origin.file, two);
        QCOMPARE(config.contexts.size(), std::size_t(2));
        QCOMPARE(config.contexts[1].nameSpace, std::string("shop"));
        QCOMPARE(config.files.size(), std::size_t(4));
        QVERIFY(!config.files[1].exists);
        QVERIFY(config.files[1].problems.empty());
        for (const auto& context : config.contexts)
            QVERIFY(context.problems.empty());
    }

    void explicitFileMustExist() {
        const Kubeconfig config =
            Kubeconfig::load(KubeconfigSources::explicitFile(m_folder->filePath("gone").toStdString()));
        QCOMPARE(config.files[0].problems.size(), std::size_t(1));
        QVERIFY(config.files[0].problems[0].code == base::ErrorCode::NotFound);
    }

    void pathsAreResolvedAgainstTheirFile() {
        const auto file =
            write("sub/config", "clusters:\n- name: c\n  cluster: {server: 'https://x', "
                                "certificate-authority: ../pki/ca.pem}\nusers:\n- name: u\n  user:\n"
                                "    client-certificate: c.pem\n    client-key: /abs/./k.pem\n"
                                "    tokenFile: t\n    exec: {command: bin/plug, apiVersion: "
                                "client.authentication.k8s.io/v1beta1}\n- name: v\n  user: {exec: {command: "
                                "plug}}\n");
        const Kubeconfig config = Kubeconfig::load(KubeconfigSources::explicitFile(file));
        const std::string base = m_folder->path().toStdString();
        QCOMPARE(config.clusters[0].certificateAuthority, base + "/pki/ca.pem");
        QCOMPARE(config.users[0].clientCertificate, base + "/sub/c.pem");
        QCOMPARE(config.users[0].clientKey, std::string("/abs/./k.pem"));
        QCOMPARE(config.users[0].tokenFile, base + "/sub/t");
        QCOMPARE(config.users[0].exec->command, base + "/sub/bin/plug");
        QCOMPARE(config.users[0].exec->interactiveMode, std::string("IfAvailable"));
        QCOMPARE(config.users[1].exec->command, std::string("plug"));
    }

    void brokenEntriesDoNotHideOthers() {
        const auto bad = write("bad", "clusters: [\n");
        const auto mixed = write("mixed", "clusters:\n- name: good\n  cluster: {server: 'https://g'}\n"
                                          "- name: bad\n  cluster: {server: 12, certificate-authority-data: '!'}\n"
                                          "users:\n- name: u\n  user: {token: 12345678}\n- name: w\n  user: {token: "
                                          "geheim}\n"
                                          "contexts:\n- name: a\n  context: {cluster: good, user: w}\n"
                                          "- name: b\n  context: {cluster: bad, user: w}\n"
                                          "- name: c\n  context: {cluster: good, user: u}\n"
                                          "- name: d\n  context: {cluster: none, user: nobody}\n");
        const Kubeconfig config = Kubeconfig::load(KubeconfigSources::fromList(bad + ":" + mixed, ""));
        QCOMPARE(config.files[0].problems.size(), std::size_t(1));
        QVERIFY(mentions(config.files[0].problems, "line 2"));
        QVERIFY(config.context("a")->problems.empty());
        QVERIFY(
            mentions(config.context("b")->problems, "line 5: cluster \"bad\": server: expected text, found a number"));
        QVERIFY(mentions(config.context("b")->problems, "certificate-authority-data: not valid base64"));
        QVERIFY(mentions(config.context("c")->problems, "user \"u\": token: expected text"));
        QVERIFY(!mentions(config.context("c")->problems, "12345678"));
        QVERIFY(mentions(config.context("d")->problems, "there is no cluster \"none\""));
        QVERIFY(mentions(config.context("d")->problems, "there is no user \"nobody\""));
        QCOMPARE(config.files[1].problems.size(), std::size_t(3));
    }

    void doublesAreNotGuessed() {
        const Kubeconfig config =
            Kubeconfig::parse("clusters:\n- name: a\n  cluster: {server: 'https://x'}\n- name: a\n  "
                              "cluster: {server: 'https://y'}\n",
                              "f");
        QCOMPARE(config.clusters.size(), std::size_t(1));
        QVERIFY(mentions(config.clusters[0].problems, "two entries"));
    }

    void otherKindsAreRefused_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("pod") << QByteArray("kind: Pod\napiVersion: v1\n");
        QTest::newRow("version") << QByteArray("kind: Config\napiVersion: v2\n");
        QTest::newRow("list") << QByteArray("[]\n");
        QTest::newRow("text") << QByteArray("hello\n");
        QTest::newRow("tab") << QByteArray("clusters:\n- name: a\n\tcluster: {}\n");
    }
    void otherKindsAreRefused() {
        QFETCH(QByteArray, text);
        const Kubeconfig config = Kubeconfig::parse(text.toStdString(), "f");
        QVERIFY(!config.files[0].problems.empty());
        QVERIFY(config.clusters.empty());
    }

    void userProblems_data() {
        QTest::addColumn<QByteArray>("user");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("two methods") << QByteArray("{token: t, username: u, password: p}") << QByteArray("only one");
        QTest::newRow("no key") << QByteArray("{client-certificate: c}") << QByteArray("client-key: missing");
        QTest::newRow("cert twice") << QByteArray(
                                           "{client-certificate: c, client-certificate-data: YQ==, client-key: k}")
                                    << QByteArray("both set");
        QTest::newRow("groups") << QByteArray("{as-groups: [g]}") << QByteArray("without as");
        QTest::newRow("exec command") << QByteArray("{exec: {apiVersion: client.authentication.k8s.io/v1beta1}}")
                                      << QByteArray("exec.command: missing");
        QTest::newRow("exec version") << QByteArray("{exec: {command: x, interactiveMode: Never, apiVersion: "
                                                    "client.authentication.k8s.io/v1alpha1}}")
                                      << QByteArray("exec.apiVersion");
        QTest::newRow("exec mode missing")
            << QByteArray("{exec: {command: x, apiVersion: client.authentication.k8s.io/v1}}")
            << QByteArray("interactiveMode: missing");
        QTest::newRow("exec mode") << QByteArray("{exec: {command: x, interactiveMode: Maybe, apiVersion: "
                                                 "client.authentication.k8s.io/v1}}")
                                   << QByteArray("interactiveMode: neither");
        QTest::newRow("exec env") << QByteArray(
                                         "{exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1, env: "
                                         "[{value: v}]}}")
                                  << QByteArray("without a name");
        QTest::newRow("exec and provider")
            << QByteArray("{exec: {command: x, apiVersion: "
                          "client.authentication.k8s.io/v1beta1}, auth-provider: {name: oidc}}")
            << QByteArray("auth-provider");
    }
    void userProblems() {
        QFETCH(QByteArray, user);
        QFETCH(QByteArray, says);
        const Kubeconfig config = Kubeconfig::parse(
            "clusters:\n- name: c\n  cluster: {server: 'https://x'}\ncontexts:\n- name: a\n  context: "
            "{cluster: c, user: u}\nusers:\n- name: u\n  user: " +
                user.toStdString() + "\n",
            "f");
        QVERIFY2(mentions(config.context("a")->problems, says.constData()),
                 config.context("a")->problems.empty() ? "no problem"
                                                       : config.context("a")->problems[0].message.c_str());
        QCOMPARE(config.context("a")->problems[0].cluster, std::string("a"));
    }

    void servers_data() {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("url");
        const auto row = [](const char* server, const char* url) {
            QTest::newRow(server) << QByteArray(server) << QByteArray(url);
        };
        row("https://a:6443", "https://a:6443");
        row("https://a:6443/", "https://a:6443");
        row("https://a/k8s/clusters/c-1/", "https://a/k8s/clusters/c-1");
        row("https://a/p?q=1#f", "https://a/p");
        row("HTTPS://A", "https://A");
        row("a:6443", "http://a:6443");
        row("127.0.0.1:8080", "http://127.0.0.1:8080");
        row("localhost", "http://localhost");
        row("[::1]:8080", "http://[::1]:8080");
        row("https://[::1]:8443/x", "https://[::1]:8443/x");
        row("a/b", "");
        row("ftp://a", "");
        row("https://a:port", "");
        row("https://a:99999", "");
        row("https://a b", "");
        row("https://", "");
        row("", "");
    }
    void servers() {
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, url);
        QCOMPARE(kube::serverUrl(server.toStdString()).value_or(""), url.toStdString());
    }

    void endpointReadsFiles() {
        write("ca.pem", caOne);
        write("c.pem", certificate);
        write("k.pem", key);
        const auto file =
            write("config", "clusters:\n- name: c\n  cluster: {server: 'https://x:1', tls-server-name: other, "
                            "certificate-authority: ca.pem, proxy-url: 'socks5://p', disable-compression: "
                            "true}\nusers:\n- name: u\n  user: {client-certificate: c.pem, client-key: "
                            "k.pem}\ncontexts:\n- name: a\n  context: {cluster: c, user: u}\n");
        const Kubeconfig config = Kubeconfig::load(KubeconfigSources::explicitFile(file));
        const auto endpoint = kube::endpointOf(config, *config.context("a"));
        QVERIFY2(endpoint.has_value(), endpoint ? "" : endpoint.error().message.c_str());
        QCOMPARE(endpoint->url, std::string("https://x:1"));
        QCOMPARE(endpoint->tlsServerName, std::string("other"));
        QCOMPARE(endpoint->caPem, std::string(caOne));
        QCOMPARE(endpoint->clientCertPem, std::string(certificate));
        QCOMPARE(endpoint->clientKeyPem, std::string(key));
        QCOMPARE(endpoint->proxyUrl, std::string("socks5://p"));
        QVERIFY(endpoint->disableCompression);

        write("k.pem", "not a key, geheim");
        const auto broken = kube::endpointOf(config, *config.context("a"));
        QVERIFY(!broken.has_value());
        QVERIFY(broken.error().message.find("client-key (") != std::string::npos);
        QVERIFY(broken.error().message.find("k.pem") != std::string::npos);
        QVERIFY(broken.error().message.find("geheim") == std::string::npos);

        QFile::remove(m_folder->filePath("ca.pem"));
        const auto missing = kube::endpointOf(config, *config.context("a"));
        QVERIFY(!missing.has_value());
        QVERIFY(missing.error().message.find("cluster \"c\": certificate-authority: ") != std::string::npos);
        QCOMPARE(missing.error().cluster, std::string("a"));
        QCOMPARE(kube::problemsOf(config, *config.context("a")).size(), std::size_t(1));
    }

    void insecureWithCaIsRefused() {
        const Kubeconfig config = Kubeconfig::parse(
            "clusters:\n- name: c\n  cluster: {server: 'https://x', insecure-skip-tls-verify: true, "
            "certificate-authority-data: YQ==}\n- name: p\n  cluster: {server: 'x:1', "
            "insecure-skip-tls-verify: true, certificate-authority-data: YQ==}\ncontexts:\n- name: a\n  "
            "context: {cluster: c}\n- name: p\n  context: {cluster: p}\n",
            "f");
        const auto endpoint = kube::endpointOf(config, *config.context("a"));
        QVERIFY(!endpoint.has_value());
        QVERIFY(endpoint.error().message.find("insecure-skip-tls-verify") != std::string::npos);
        // Without TLS nobody looks at it.
        QVERIFY(kube::endpointOf(config, *config.context("p")).has_value());
    }

    void oneServerHasOneKey() {
        write("ca.pem", std::string("a comment\n") + caOne);
        const auto file =
            write("config",
                  std::string("clusters:\n") +
                      "- name: a\n  cluster: {server: 'https://Host', certificate-authority: ca.pem}\n" +
                      "- name: b\n  cluster:\n    server: https://host:443/\n    certificate-authority-data: " +
                      QByteArray(caOne).toBase64().toStdString() +
                      "\n- name: c\n  cluster:\n    server: https://host:443/\n    certificate-authority-data: " +
                      QByteArray(caTwo).toBase64().toStdString() +
                      "\n- name: d\n  cluster: {server: 'https://host:443/other', certificate-authority: ca.pem}\n" +
                      "- name: e\n  cluster: {server: 'https://host', certificate-authority: gone.pem}\n");
        const Kubeconfig config = Kubeconfig::load(KubeconfigSources::explicitFile(file));
        const auto keyOf = [&](const char* name) { return kube::clusterKeyOf(*config.cluster(name)); };
        QVERIFY(keyOf("a") == keyOf("b"));
        QCOMPARE(keyOf("a").id(), keyOf("b").id());
        QVERIFY(keyOf("a") != keyOf("c"));
        QVERIFY(keyOf("a") != keyOf("d"));
        QVERIFY(keyOf("a") != keyOf("e"));
        QVERIFY(keyOf("a").id().starts_with("host-"));
    }
};

QTEST_GUILESS_MAIN(TestKubeconfig)
#include "tst_kubeconfig.moc"
