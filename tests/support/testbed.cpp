// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testbed.h"

#include "tests/support/certificates.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace fs = std::filesystem;

namespace testbed {

namespace {

constexpr const char* ownFolderPrefix = "quarterdeck-bed-";

struct Found {
    fs::path bin;
    std::string why;
};

/// build.sh knows where the programs lie; asked once.
const Found& programs() {
    static const Found found = [] {
        Ran ran = run({"bash", TESTBED_SCRIPTS "/build.sh", "--where"});
        const auto line = [](std::string text) {
            while (!text.empty() && text.back() == '\n')
                text.pop_back();
            return text;
        };
        if (ran.exitCode == 0)
            return Found{line(ran.out), {}};
        return Found{{}, line(ran.err.empty() ? "tests/testbed/build.sh cannot run" : ran.err)};
    }();
    return found;
}

/// A test that was killed could not tidy up: its servers died with it, its folder is still there.
void removeOrphans(const fs::path& temporary) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(temporary, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(ownFolderPrefix))
            continue;
        pid_t pid = 0;
        const char* digits = name.c_str() + std::char_traits<char>::length(ownFolderPrefix);
        std::from_chars(digits, name.c_str() + name.size(), pid);
        if (pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH)
            fs::remove_all(entry.path(), ignored);
    }
}

fs::path makeOwnFolder() {
    const fs::path temporary = fs::temp_directory_path();
    removeOrphans(temporary);
    std::string pattern = (temporary / (ownFolderPrefix + std::to_string(::getpid()) + "-XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary folder for the test bed");
    return pattern;
}

std::string contents(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

} // namespace

std::string Testbed::whyNot() {
    return programs().why;
}

fs::path Testbed::programFolder() {
    return programs().bin;
}

Testbed& Testbed::instance() {
    static Testbed bed{makeOwnFolder()};
    bed.m_isOwnFolder = true;
    return bed;
}

Testbed::Testbed(fs::path folder)
    : m_folder(std::move(folder)) {
    fs::create_directories(m_folder);
    m_folder = fs::canonical(m_folder);
}

Testbed::~Testbed() {
    m_clusters.clear();
    std::error_code ignored;
    if (m_isOwnFolder)
        fs::remove_all(m_folder, ignored);
}

std::string Testbed::up(const std::vector<std::string>& names, const ClusterOptions& options) {
    if (const std::string why = whyNot(); !why.empty())
        return why;
    std::vector<std::string> fresh;
    for (const std::string& name : names) {
        if (m_clusters.contains(name))
            continue;
        fresh.push_back(name);
        m_order.push_back(name);
        launch(name, options);
    }
    writeKubeconfig();
    for (const std::string& name : fresh) {
        std::string failed = cluster(name).settle();
        for (int again = 0; again < 3 && !failed.empty() && cluster(name).lostItsPort(); ++again) {
            launch(name, options);
            writeKubeconfig();
            failed = cluster(name).settle();
        }
        if (!failed.empty()) {
            for (const std::string& other : fresh)
                down(other);
            return name + ": " + failed;
        }
    }
    return {};
}

void Testbed::launch(const std::string& name, const ClusterOptions& options) {
    m_clusters.erase(name);
    if (fs::exists(m_folder / name / "apiserver.crt")) // left by an earlier bed, and nothing else is ours to remove
        fs::remove_all(m_folder / name);
    m_clusters[name] = std::make_unique<Cluster>(name, options, programs().bin, m_folder / name, kubeconfig());
    m_clusters[name]->launch();
}

Cluster& Testbed::cluster(const std::string& name) {
    return *m_clusters.at(name);
}

void Testbed::down(const std::string& name) {
    m_clusters.erase(name);
    std::erase(m_order, name);
    writeKubeconfig();
}

void Testbed::writeKubeconfig() const {
    std::ostringstream clusters;
    std::ostringstream users;
    std::ostringstream contexts;
    for (const std::string& name : m_order) {
        const Cluster& cluster = *m_clusters.at(name);
        const fs::path& folder = cluster.folder();
        const auto data = [&](const char* file) { return toBase64(contents(folder / file)); };
        clusters << "- name: " << name << "\n  cluster:\n    server: " << cluster.url()
                 << "\n    certificate-authority-data: " << data("ca.crt") << "\n";
        users << "- name: " << cluster.context("admin")
              << "\n  user:\n    client-certificate-data: " << data("admin.crt")
              << "\n    client-key-data: " << data("admin.key") << "\n";
        users << "- name: " << cluster.context("alice") << "\n  user:\n    token: " << cluster.token() << "\n";
        users << "- name: " << cluster.context("exec")
              << "\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n      command: "
              << cluster.execPlugin().string() << "\n      interactiveMode: IfAvailable\n";
        for (const char* user : {"admin", "alice", "exec"}) {
            contexts << "- name: " << cluster.context(user) << "\n  context:\n    cluster: " << name
                     << "\n    user: " << cluster.context(user) << "\n";
            if (user != std::string("admin"))
                contexts << "    namespace: team-a\n";
        }
    }
    // Beside it and then over it: a reader that watches the file never sees half of it.
    const fs::path beside = m_folder / "kubeconfig.new";
    std::ofstream(beside) << "apiVersion: v1\nkind: Config\npreferences: {}\ncurrent-context: "
                          << (m_order.empty() ? "\"\"" : m_order.front() + "-admin")
                          << "\nclusters:" << (m_order.empty() ? " []\n" : "\n") << clusters.str()
                          << "users:" << (m_order.empty() ? " []\n" : "\n") << users.str()
                          << "contexts:" << (m_order.empty() ? " []\n" : "\n") << contexts.str();
    fs::permissions(beside, fs::perms::owner_read | fs::perms::owner_write);
    fs::rename(beside, kubeconfig());
}

} // namespace testbed
