// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/kube/auth/credential_store.h"
#include "core/kube/config/endpoint.h"
#include "core/kube/config/kubeconfig.h"
#include "core/kube/files/file_task.h"
#include "core/kube/files/folder.h"
#include "core/kube/live_transport.h"
#include "core/net/engine.h"
#include "tests/support/testbed.h"

#include <QtTest>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace kube::files;
using testbed::Cluster;

namespace {

constexpr const char* kPod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"team-a"},"spec":
    {"nodeName":"node-0","containers":[{"name":"main","image":"shell"}]}})";

std::vector<FolderItem> byName(std::vector<FolderItem> items) {
    std::sort(items.begin(), items.end(), [](const FolderItem& a, const FolderItem& b) { return a.name < b.name; });
    return items;
}

} // namespace

/// The node agent's containers see this machine's files: both ways of listing have to tell the same.
class TestFolderReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        TESTBED_UP({"north"});
        const testbed::Ran made = north().kubectl({"apply", "-f", "-"}, kPod);
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        const testbed::Ran ready = north().kubectl(
            {"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/web", "--timeout=60s"});
        QVERIFY2(ready.exitCode == 0, ready.err.c_str());
        const auto config = kube::Kubeconfig::load(
            kube::KubeconfigSources::explicitFile(testbed::Testbed::instance().kubeconfig().string()));
        const auto endpoint = kube::endpointOf(config, *config.context(north().context("admin")));
        QVERIFY(endpoint);
        const auto credentials = m_credentials.credentialsFor(config, *config.context(north().context("admin")));
        m_transport = std::make_shared<kube::LiveTransport>(m_engine, std::make_shared<const net::Endpoint>(*endpoint),
                                                            credentials ? *credentials : nullptr);
    }

    void listsAreTheSame_data() {
        QTest::addColumn<QString>("folder");
        for (const char* folder : {"/", "/etc", "/usr/bin", "/usr/../etc"})
            QTest::newRow(folder) << QString::fromLatin1(folder);
    }
    void listsAreTheSame() {
        QFETCH(QString, folder);
        const std::string path = folder.toStdString();
        const auto there = ask<Folder>([path](RemoteShell& shell) { return listRemoteFolder(shell, path); });
        QVERIFY2(there, there ? "" : there.error().message.c_str());
        const auto here = listLocalFolder(path);
        QVERIFY(here);
        QCOMPARE(there->path, here->path);
        const std::vector<FolderItem> theirs = byName(there->items);
        const std::vector<FolderItem> ours = byName(here->items);
        QCOMPARE(theirs.size(), ours.size());
        for (std::size_t i = 0; i < ours.size(); ++i) {
            QVERIFY2(theirs[i].name == ours[i].name && theirs[i].kind == ours[i].kind &&
                         theirs[i].mode == ours[i].mode && theirs[i].link == ours[i].link &&
                         theirs[i].leadsToFolder == ours[i].leadsToFolder,
                     shown(ours[i].name).c_str());
        }
    }
    void startsWhereCommandsDo() {
        const auto there = ask<Folder>([](RemoteShell& shell) { return listRemoteFolder(shell, {}); });
        QVERIFY(there);
        QVERIFY(there->path.starts_with('/'));
    }
    void missingThingsAreSaid() {
        const auto there = ask<Folder>([](RemoteShell& shell) { return listRemoteFolder(shell, "/none/such"); });
        QVERIFY(!there);
        QCOMPARE(int(there.error().code), int(base::ErrorCode::NotFound));
        const auto head = ask<std::string>([](RemoteShell& shell) { return readRemoteFile(shell, "/none/such", 10); });
        QVERIFY(!head);
    }
    void headsAreBounded() {
        const auto head = ask<std::string>([](RemoteShell& shell) { return readRemoteFile(shell, "/dev/zero", 1000); });
        QVERIFY2(head, head ? "" : head.error().message.c_str());
        QVERIFY(*head == std::string(1001, '\0'));
        const auto whole =
            ask<std::string>([](RemoteShell& shell) { return readRemoteFile(shell, "/etc/hostname", 1 << 20); });
        QVERIFY(whole);
        QVERIFY(*whole == *readLocalHead("/etc/hostname", 1 << 20));
    }
    // Gone while the server is still being asked.
    void isGivenUp() {
        const FileTask<Folder> task(
            {m_transport, "team-a", "web", "main"}, m_home,
            [](RemoteShell& shell) { return listRemoteFolder(shell, "/usr/bin"); },
            [](const base::Result<Folder>&) { QFAIL("answered"); });
    }
    void missingContainersAreSaid() {
        m_container = "none";
        const auto there = ask<Folder>([](RemoteShell& shell) { return listRemoteFolder(shell, "/"); });
        m_container = "main";
        QVERIFY(!there);
        QVERIFY2(there.error().message.find("none") != std::string::npos, there.error().message.c_str());
    }

private:
    static Cluster& north() { return testbed::Testbed::instance().cluster("north"); }

    template <typename T>
    base::Result<T> ask(typename FileTask<T>::Work work) {
        std::optional<base::Result<T>> answer;
        const FileTask<T> task({m_transport, "team-a", "web", m_container}, m_home, std::move(work),
                               [&](base::Result<T> how) {
                                   answer = std::move(how);
                                   m_home.stop();
                               });
        if (!m_home.runFor(60000))
            return base::fail(base::ErrorCode::TimedOut, "no answer");
        return *std::move(answer);
    }

    base::ManualExecutor m_home;
    base::SystemClock m_clock;
    base::ThreadPool m_pool{2};
    net::Engine m_engine;
    kube::CredentialStore m_credentials{m_engine, m_pool, m_clock, {}};
    std::shared_ptr<kube::Transport> m_transport;
    std::string m_container = "main";
};

QTEST_GUILESS_MAIN(TestFolderReal)
#include "tst_folder_real.moc"
