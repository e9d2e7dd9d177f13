// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/kubeconfig_watcher.h"

#include <QtTest>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using kube::Kubeconfig;
using kube::KubeconfigSources;
using kube::KubeconfigWatcher;
namespace fs = std::filesystem;

namespace {

std::string configWith(const std::string& context) {
    return "current-context: " + context + "\n";
}

} // namespace

class TestKubeconfigWatcher : public QObject {
    Q_OBJECT

private:
    fs::path at(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }

    static void write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

    void start(const std::vector<fs::path>& files) {
        KubeconfigSources sources;
        for (const fs::path& file : files)
            sources.files.push_back(file.string());
        m_watcher = std::make_unique<KubeconfigWatcher>(
            sources, m_main,
            [this](const Kubeconfig& config) {
                m_seen.push_back(config.currentContext);
                m_main.stop();
            },
            std::chrono::milliseconds(20));
        QVERIFY(m_watcher->isWatching());
    }

    /// Whether this is told; on the way a file may be seen that is only half written.
    bool hears(const std::string& context) {
        do {
            if (!m_main.runFor(20000))
                return false;
        } while (m_seen.back() != context);
        return true;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    base::ManualExecutor m_main;
    std::vector<std::string> m_seen;
    std::unique_ptr<KubeconfigWatcher> m_watcher;

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_seen.clear();
    }
    void cleanup() { m_watcher.reset(); }

    void plainWrites() {
        write(at("config"), configWith("one"));
        start({at("config")});
        QCOMPARE(m_watcher->initial().currentContext, std::string("one"));
        write(at("config"), configWith("two"));
        QVERIFY(hears("two"));
        fs::remove(at("config"));
        QVERIFY(hears(""));
    }

    void renamedOver() {
        write(at("config"), configWith("one"));
        start({at("config")});
        for (int i = 0; i < 5; ++i) {
            const std::string name = "round" + std::to_string(i);
            write(at("config.new"), configWith(name));
            fs::rename(at("config.new"), at("config"));
            QVERIFY(hears(name));
        }
    }

    void appearsLaterInAFolderThatAppearsLater() {
        const fs::path file = at("home") / ".kube" / "config";
        start({file, at("other")});
        fs::create_directories(file.parent_path());
        write(file, configWith("one"));
        QVERIFY(hears("one"));
        fs::remove_all(at("home"));
        QVERIFY(hears(""));
        fs::create_directories(file.parent_path());
        write(file, configWith("two"));
        QVERIFY(hears("two"));
        write(at("other"), configWith("three"));
        fs::remove(file);
        QVERIFY(hears("three"));
    }

    void swappedLinksOfAMountedSecret() {
        fs::create_directories(at("mount/..1"));
        fs::create_directories(at("mount/..2"));
        write(at("mount/..1/config"), configWith("one"));
        write(at("mount/..2/config"), configWith("two"));
        fs::create_directory_symlink("..1", at("mount/..data"));
        fs::create_symlink("..data/config", at("mount/config"));
        fs::create_symlink(at("mount/config"), at("config"));
        start({at("config")});
        QCOMPARE(m_watcher->initial().currentContext, std::string("one"));
        fs::create_directory_symlink("..2", at("mount/..new"));
        fs::rename(at("mount/..new"), at("mount/..data"));
        QVERIFY(hears("two"));
        fs::remove_all(at("mount/..1"));
        write(at("mount/..2/config"), configWith("three"));
        QVERIFY(hears("three"));
    }

    void touchingIsNoNews() {
        write(at("config"), configWith("one"));
        start({at("config")});
        write(at("config"), configWith("one"));
        fs::last_write_time(at("config"), fs::file_time_type::clock::now());
        write(at("unrelated"), "x");
        write(at("config"), configWith("two"));
        QVERIFY(hears("two"));
        QCOMPARE(m_seen.size(), std::size_t(1));
    }

    void aBrokenStateHeals() {
        write(at("config"), configWith("one"));
        start({at("config")});
        write(at("config"), "current-context: [\n");
        QVERIFY(hears(""));
        write(at("config"), configWith("two"));
        QVERIFY(hears("two"));
    }

    void endsAtOnce() {
        for (int i = 0; i < 50; ++i) {
            start({at("config")});
            write(at("config"), configWith("round" + std::to_string(i)));
            m_watcher.reset();
        }
        m_main.runPending();
        QVERIFY(m_seen.empty());
    }
};

QTEST_GUILESS_MAIN(TestKubeconfigWatcher)
#include "tst_kubeconfig_watcher.moc"
