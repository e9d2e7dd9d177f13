// SPDX-License-Identifier: GPL-3.0-or-later
// Holds what we read from kubeconfig files, and what we tell plugins, against kubectl itself.
#include "core/base/clock.h"
#include "core/kube/auth/credential_store.h"
#include "core/kube/config/kubeconfig.h"
#include "core/net/engine.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>

#include <algorithm>
#include <fstream>
#include <string>

using kube::Kubeconfig;
using kube::KubeconfigSources;

namespace {

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

QString base64(const std::string& data, const std::string& file) {
    QByteArray bytes = QByteArray::fromStdString(data);
    if (bytes.isEmpty() && !file.empty()) {
        QFile source(text(file));
        if (source.open(QIODevice::ReadOnly))
            bytes = source.readAll();
    }
    return QString::fromLatin1(bytes.toBase64());
}

void set(QJsonObject& object, const char* name, const QString& value) {
    if (!value.isEmpty())
        object[QLatin1String(name)] = value;
}

QJsonValue parsed(const std::string& json) {
    return QJsonDocument::fromJson("[" + QByteArray::fromStdString(json) + "]").array().first();
}

void setExtensions(QJsonObject& object, const kube::Extensions& extensions) {
    QJsonArray list;
    for (const auto& [name, json] : extensions)
        list.append(QJsonObject{{"name", text(name)}, {"extension", parsed(json)}});
    if (!list.isEmpty())
        object["extensions"] = list;
}

QJsonObject shown(const kube::ClusterEntry& cluster) {
    QJsonObject object{{"server", text(cluster.server)}};
    set(object, "tls-server-name", text(cluster.tlsServerName));
    if (cluster.insecureSkipTlsVerify)
        object["insecure-skip-tls-verify"] = true;
    set(object, "certificate-authority-data", base64(cluster.certificateAuthorityData, cluster.certificateAuthority));
    set(object, "proxy-url", text(cluster.proxyUrl));
    if (cluster.disableCompression)
        object["disable-compression"] = true;
    setExtensions(object, cluster.extensions);
    return {{"name", text(cluster.name)}, {"cluster", object}};
}

QJsonArray listed(const std::vector<std::string>& values) {
    QJsonArray list;
    for (const std::string& value : values)
        list.append(text(value));
    return list;
}

QJsonObject shown(const kube::UserEntry& user) {
    QJsonObject object;
    set(object, "client-certificate-data", base64(user.clientCertificateData, user.clientCertificate));
    set(object, "client-key-data", base64(user.clientKeyData, user.clientKey));
    set(object, "token", text(user.token));
    set(object, "tokenFile", text(user.tokenFile));
    set(object, "username", text(user.username));
    set(object, "password", text(user.password));
    set(object, "as", text(user.impersonate));
    set(object, "as-uid", text(user.impersonateUid));
    if (!user.impersonateGroups.empty())
        object["as-groups"] = listed(user.impersonateGroups);
    QJsonObject extra;
    for (const auto& [key, values] : user.impersonateUserExtra)
        extra[text(key)] = listed(values);
    if (!extra.isEmpty())
        object["as-user-extra"] = extra;
    if (user.authProvider) {
        QJsonObject config;
        for (const auto& [key, value] : user.authProvider->config)
            config[text(key)] = text(value);
        object["auth-provider"] = QJsonObject{{"name", text(user.authProvider->name)},
                                              {"config", config.isEmpty() ? QJsonValue() : QJsonValue(config)}};
    }
    if (user.exec) {
        QJsonObject exec{{"command", text(user.exec->command)},
                         {"args", user.exec->args.empty() ? QJsonValue() : QJsonValue(listed(user.exec->args))},
                         {"provideClusterInfo", user.exec->provideClusterInfo}};
        QJsonArray env;
        for (const auto& [name, value] : user.exec->env)
            env.append(QJsonObject{{"name", text(name)}, {"value", text(value)}});
        exec["env"] = env.isEmpty() ? QJsonValue() : QJsonValue(env);
        set(exec, "apiVersion", text(user.exec->apiVersion));
        set(exec, "installHint", text(user.exec->installHint));
        set(exec, "interactiveMode", text(user.exec->interactiveMode));
        object["exec"] = exec;
    }
    setExtensions(object, user.extensions);
    return {{"name", text(user.name)}, {"user", object}};
}

QJsonObject shown(const kube::ContextEntry& context) {
    QJsonObject object{{"cluster", text(context.cluster)}, {"user", text(context.user)}};
    set(object, "namespace", text(context.nameSpace));
    setExtensions(object, context.extensions);
    return {{"name", text(context.name)}, {"context", object}};
}

template <typename Entry>
QJsonValue shownList(std::vector<Entry> entries) {
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    QJsonArray list;
    for (const Entry& entry : entries)
        list.append(shown(entry));
    return list.isEmpty() ? QJsonValue() : QJsonValue(list);
}

/// As `kubectl config view --raw --flatten -o json` shows it.
QJsonObject shown(const Kubeconfig& config) {
    QJsonObject object{{"kind", "Config"},
                       {"apiVersion", "v1"},
                       {"clusters", shownList(config.clusters)},
                       {"users", shownList(config.users)},
                       {"contexts", shownList(config.contexts)},
                       {"current-context", text(config.currentContext)}};
    setExtensions(object, config.extensions);
    return object;
}

} // namespace

class TestKubeconfigKubectl : public QObject {
    Q_OBJECT

private:
    /// Runs kubectl with the folder as its home, returns its exit code.
    int kubectl(const QStringList& arguments, const QString& list, QByteArray& output, QByteArray& errors) const {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("HOME", m_folder->path());
        environment.insert("KUBECONFIG", list);
        environment.insert("KUBERC", "off");
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder->path());
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(m_kubectl, arguments);
        if (!process.waitForFinished(60000))
            return -1;
        output = process.readAllStandardOutput();
        errors = process.readAllStandardError();
        return process.exitCode();
    }

    QString write(const QString& name, const QByteArray& content) const {
        const QString path = m_folder->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return path;
    }

    QString m_kubectl;
    std::unique_ptr<QTemporaryDir> m_folder;

private slots:
    void initTestCase() {
        const QString assets = qEnvironmentVariable("KUBEBUILDER_ASSETS");
        if (assets.isEmpty())
            QSKIP("no test bed: KUBEBUILDER_ASSETS names no folder with a kubectl");
        m_kubectl = assets + "/kubectl";
        if (!QFileInfo(m_kubectl).isExecutable())
            QSKIP("no test bed: there is no kubectl in the folder that KUBEBUILDER_ASSETS names");
    }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("HOME", m_folder->path().toUtf8());
        qputenv("KUBERC", "off");
    }

    void view_data() {
        QTest::addColumn<QList<QByteArray>>("files");
        const auto row = [](const char* name, const QList<QByteArray>& files) { QTest::newRow(name) << files; };
        row("nothing", {});
        row("empty file", {""});
        row("only a comment", {"# nothing\n"});
        row("blank", {" \n"});
        row("three files",
            {"current-context: ''\nclusters:\n- name: a\n  cluster: {server: 'https://1', proxy-url: "
             "'http://p'}\nusers:\n- "
             "name: u\n  user: {token: one}\n",
             "current-context: second\nclusters:\n- name: a\n  cluster: {server: 'https://2', disable-compression: "
             "true}\n- "
             "name: b\n  cluster: {server: 'https://b'}\nusers:\n- name: u\n  user: {username: x, password: z}\n",
             "current-context: third\nusers:\n- name: w\n  user: {as: x}\ncontexts:\n- name: c\n  context: {cluster: "
             "a, user: "
             "u, namespace: q}\n- name: a\n  context: {cluster: b, user: w}\n"});
        row("every cluster field",
            {"clusters:\n- name: a\n  cluster:\n    server: https://x/\n    tls-server-name: other\n    "
             "insecure-skip-tls-verify: on\n    certificate-authority-data: \"YWJj\\n ZGVm\"\n"});
        row("every cluster field, right",
            {"clusters:\n- name: a\n  cluster:\n    server: https://x/\n    tls-server-name: other\n    "
             "insecure-skip-tls-verify: on\n    certificate-authority-data: \"YWJj\\nZGVm\"\n    proxy-url: "
             "socks5://p:1\n    disable-compression: Yes\n    extensions:\n    - name: "
             "client.authentication.k8s.io/exec\n      extension: {b: [1, 2.5, 1e3, 0x1f, 017, 1_000, ~, no], a: {x: "
             "'1', z: "
             "\"q\\u00e9\"}}\n    - name: empty\n"});
        row("every user field",
            {"users:\n- name: a\n  user:\n    client-certificate-data: YWJj\n    client-key-data: ZGVm\n    token: t\n "
             "   "
             "tokenFile: /abs/t\n    username: x\n    password: z\n    as: q\n    as-uid: '7'\n    as-groups: [g, ~, "
             "h]\n    "
             "as-user-extra: {k: [v, w], l: []}\n    extensions: [{name: e, extension: text}]\n- name: b\n  user:\n    "
             "auth-provider: {name: oidc, config: {client-id: i, id-token: t}}\n- name: c\n  user:\n    exec:\n      "
             "command: "
             "/bin/x\n      args: [a, '']\n      env: [{name: A, value: B}, {name: C}]\n      apiVersion: "
             "client.authentication.k8s.io/v1\n      installHint: |\n        do\n        this\n      "
             "provideClusterInfo: "
             "true\n      interactiveMode: Always\n- name: d\n  user: {exec: {command: x, apiVersion: "
             "client.authentication.k8s.io/v1beta1}}\n"});
        row("files",
            {"clusters:\n- name: a\n  cluster: {server: 'https://x', certificate-authority: pki/ca}\nusers:\n- name: "
             "u\n  user: {client-certificate: ./pki/../pki/crt, client-key: pki/key}\n"});
        row("extensions of all",
            {"extensions: [{name: p, extension: 1}]\ncontexts:\n- name: a\n  context: {cluster: c, user: "
             "u, extensions: [{name: e, extension: {minikube: {v: true}}}]}\n",
             "extensions: [{name: p, extension: 2}, {name: o, extension: [x]}]\n"});
        row("an extension without content", {"extensions: [{name: a}, {name: a, extension: 1}]\n"});
        row("merge keys",
            {"x: &base {server: 'https://x', proxy-url: 'http://p'}\nclusters:\n- name: a\n  cluster: {<<: "
             "*base, proxy-url: 'http://q'}\n- name: b\n  cluster: {proxy-url: 'http://r', <<: [*base, {server: "
             "no, tls-server-name: t}]}\n"});
        row("anchors", {"clusters:\n- name: a\n  cluster: &c {server: 'https://x'}\n- name: b\n  cluster: *c\n"});
        row("json", {"{\"clusters\":[{\"name\":\"a\",\n\t\"cluster\":{\"server\":\"https://x\"}}]}"});
        row("two documents", {"current-context: a\n---\ncurrent-context: b\n"});
        row("document start", {"---\ncurrent-context: a\n...\n"});
        row("doubled keys", {"clusters:\n- name: a\n  cluster: {server: 'https://x', server: 'https://z'}\n"});
        row("doubled key with null", {"clusters:\n- name: a\n  cluster: {server: 'https://x', server: ~}\n"});
        row("nulls", {"clusters: ~\nusers:\n- name: a\n- name: b\n  user:\ncontexts: null\ncurrent-context:\n"});
        row("unknown and wrong case",
            {"Clusters: 1\nwhat: [1]\nclusters:\n- name: a\n  Cluster: x\n  cluster: {Server: 1}\n"});
        row("crlf", {"clusters:\r\n- name: a\r\n  cluster:\r\n    server: https://x\r\n"});
        row("byte order mark", {"\xef\xbb\xbf"
                                "current-context: a\n"});
        row("tags",
            {"current-context: !!str 12\nclusters:\n- name: !!str yes\n  cluster: {server: !!binary aHR0cHM6Ly94}\n"});
        row("odd scalars",
            {"clusters:\n- name: 1:20\n  cluster: {server: 0x}\n- name: '12'\n  cluster: {server: 2020-01-01}\n- "
             "name: .\n  cluster: {server: =}\n- name: 12e\n  cluster: {server: _1}\n"});
        row("long folded",
            {"users:\n- name: a\n  user:\n    token: >-\n      one\n      two\n    password: 'x\n\n      z'\n"});
        for (const char* wrong : {"current-context: 12\n",
                                  "current-context: y\n",
                                  "current-context: 1.5\n",
                                  "current-context: [a]\n",
                                  "clusters: {}\n",
                                  "clusters: text\n",
                                  "clusters: [1]\n",
                                  "clusters: [{name: 1}]\n",
                                  "clusters: [{name: a, cluster: []}]\n",
                                  "clusters: [{name: a}, {name: a}]\n",
                                  "clusters: [{name: a, cluster: {insecure-skip-tls-verify: 'true'}}]\n",
                                  "clusters: [{name: a, cluster: {certificate-authority-data: YWJjZA}}]\n",
                                  "users: [{name: a, user: {as-groups: g}}]\n",
                                  "users: [{name: a, user: {as-user-extra: {a: b}}}]\n",
                                  "users: [{name: a, user: {exec: text}}]\n",
                                  "users: [{name: a, user: {exec: {env: {a: b}}}}]\n",
                                  "users: [{name: a, user: {auth-provider: {config: {a: 1}}}}]\n",
                                  "kind: Pod\napiVersion: v1\n",
                                  "kind: Config\napiVersion: v2\n",
                                  "text\n",
                                  "[]\n",
                                  "a: b: c\n",
                                  "\tx: y\n",
                                  "a: [\n",
                                  "a: *b\n",
                                  "current-context: .inf\n",
                                  "extensions: [{name: a, extension: 1}, {name: a}]\n"})
            row(wrong, {wrong});
        row("one broken of two", {"clusters: [\n", "current-context: a\n"});
    }
    void view() {
        QFETCH(QList<QByteArray>, files);
        write("pki/ca", "ca bytes");
        write("pki/crt", "crt bytes");
        write("pki/key", "key bytes");
        QStringList names{m_folder->filePath("missing")};
        for (qsizetype i = 0; i < files.size(); ++i)
            names.append(write(QString::number(i), files[i]));
        const QString list = names.join(':') + "::" + names.last();
        QByteArray output;
        QByteArray errors;
        const int code =
            kubectl({"config", "view", "--merge", "--flatten", "--raw", "-o", "json"}, list, output, errors);
        const Kubeconfig config =
            Kubeconfig::load(KubeconfigSources::fromList(list.toStdString(), m_folder->path().toStdString()));
        QByteArray problems;
        for (const auto& file : config.files)
            for (const auto& problem : file.problems)
                problems += QByteArray::fromStdString(problem.message) + "\n";
        QVERIFY2((code == 0) == problems.isEmpty(), ("kubectl: " + errors + "; we: " + problems).constData());
        if (code != 0)
            return;
        const QByteArray theirs = QJsonDocument(QJsonDocument::fromJson(output).object()).toJson();
        const QByteArray ours = QJsonDocument(shown(config)).toJson();
        QVERIFY2(ours == theirs, ("kubectl:\n" + theirs + "we:\n" + ours).constData());
    }

    void pluginsAreToldTheSame_data() {
        QTest::addColumn<QByteArray>("cluster");
        QTest::addColumn<QByteArray>("exec");
        const QByteArray with = "provideClusterInfo: true, apiVersion: client.authentication.k8s.io/v1beta1";
        QTest::newRow("plain") << QByteArray("{server: 'https://127.0.0.1:1'}")
                               << QByteArray("apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never");
        QTest::newRow("plain beta") << QByteArray("{server: 'https://127.0.0.1:1'}")
                                    << QByteArray("apiVersion: client.authentication.k8s.io/v1beta1");
        QTest::newRow("cluster") << QByteArray("{server: 'https://127.0.0.1:1'}") << with;
        QTest::newRow("cluster v1") << QByteArray("{server: 'https://127.0.0.1:1/'}")
                                    << QByteArray(
                                           "provideClusterInfo: true, apiVersion: client.authentication.k8s.io/v1, "
                                           "interactiveMode: IfAvailable");
        QTest::newRow("path and query") << QByteArray("{server: 'https://127.0.0.1:1/a/b?c=d#e'}") << with;
        QTest::newRow("insecure") << QByteArray("{server: 'https://127.0.0.1:1', insecure-skip-tls-verify: true, "
                                                "tls-server-name: other, disable-compression: true}")
                                  << with;
        QTest::newRow("proxy") << QByteArray("{server: 'https://127.0.0.1:1', proxy-url: 'http://127.0.0.1:1'}")
                               << with;
        QTest::newRow("ca file") << QByteArray("{server: 'https://127.0.0.1:1', certificate-authority: ca.pem}")
                                 << with;
        QTest::newRow("extension") << QByteArray("{server: 'https://127.0.0.1:1', extensions: [{name: "
                                                 "client.authentication.k8s.io/exec, extension: {b: "
                                                 "['<x>&', 1, 2.5, ~, 'é'], a: {z: yes, c: 1e3}}}]}")
                                   << with;
    }
    void pluginsAreToldTheSame() {
        QFETCH(QByteArray, cluster);
        QFETCH(QByteArray, exec);
        const QByteArray seen = m_folder->filePath("seen").toUtf8();
        const QString plugin =
            write("plugin", "#!/bin/sh\nprintf '%s|%s|%s|%s' \"$KUBERNETES_EXEC_INFO\" \"$EXTRA\" \"$1\" \"$#\" > '" +
                                seen + "'\nexit 1\n");
        QFile::setPermissions(plugin, QFile::ReadOwner | QFile::ExeOwner);
        write("ca.pem", certificate());
        const QString file =
            write("config", "current-context: a\nclusters:\n- name: c\n  cluster: " + cluster +
                                "\nusers:\n- name: u\n  user: {exec: {command: ./plugin, args: ['a b', c], env: "
                                "[{name: EXTRA, value: here}], " +
                                exec + "}}\ncontexts:\n- name: a\n  context: {cluster: c, user: u}\n");
        const auto take = [&] {
            QFile told(m_folder->filePath("seen"));
            QByteArray content;
            if (told.open(QIODevice::ReadOnly))
                content = told.readAll();
            told.remove();
            return content;
        };
        QByteArray output;
        QByteArray errors;
        kubectl({"get", "--raw", "/version"}, file, output, errors);
        const QByteArray theirs = take();
        QVERIFY2(!theirs.isEmpty(), errors.constData());

        net::Engine engine;
        base::ThreadPool pool(1);
        base::SystemClock clock;
        base::ManualExecutor main;
        kube::CredentialStore store(engine, pool, clock, {});
        const Kubeconfig config = Kubeconfig::load(KubeconfigSources::explicitFile(file.toStdString()));
        const auto who = store.credentialsFor(config, *config.context("a"));
        QVERIFY2(who.has_value(), who ? "" : who.error().message.c_str());
        const base::Cancel cancel =
            (*who)->authorize(main, [&](const base::Result<kube::AuthMaterial>&) { main.stop(); });
        QVERIFY(main.runFor(60000));
        QCOMPARE(take(), theirs);
    }

private:
    static QByteArray certificate() {
        return "-----BEGIN CERTIFICATE-----\n"
               "MIIBdDCCARmgAwIBAgIUBU7S1nz/qBY9WlnkoSOm/HCIoF8wCgYIKoZIzj0EAwIw\n"
               "DjEMMAoGA1UEAwwDY2ExMCAXDTI2MTEyMjE4MTMzMloYDzIxMjYxMDI5MTgxMzMy\n"
               "WjAOMQwwCgYDVQQDDANjYTEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARNXklf\n"
               "s/FMVMvDa3jX9SfYEMjvAxYveCNFVowNaVqI/Psk0kBOlHQKuP29REG50Eh9XgDH\n"
               "+9ad7D65kWGK0DWSo1MwUTAdBgNVHQ4EFgQUVB4jRHs6oaR4ON7gWzBNSgSnU4Yw\n"
               "HwYDVR0jBBgwFoAUVB4jRHs6oaR4ON7gWzBNSgSnU4YwDwYDVR0TAQH/BAUwAwEB\n"
               "/zAKBggqhkjOPQQDAgNJADBGAiEApp8QrAeB7xQNdh+pYBloHoqYdyP9a2wz4uzY\n"
               "nooFG8UCIQDmRkgR+C46BvjNkvPd1o4ZI4nyN6BbZb++o6V4okbk3A==\n"
               "-----END CERTIFICATE-----\n";
    }
};

QTEST_GUILESS_MAIN(TestKubeconfigKubectl)
#include "tst_kubeconfig_kubectl.moc"
