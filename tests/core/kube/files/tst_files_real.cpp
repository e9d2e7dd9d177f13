// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/change/qdctl_bench.h"
#include "tests/support/testbed.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QTemporaryDir>
#include <QtTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using testbed::Cluster;
using testbed::Ran;

namespace {

constexpr const char* kPod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"team-a"},"spec":
    {"nodeName":"node-0","containers":[{"name":"main","image":"shell"}]}})";
constexpr std::int64_t kTime = 1700000000;

void put(const fs::path& path, const std::string& bytes, mode_t mode = 0644) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    ::chmod(path.c_str(), mode);
    const std::array<timespec, 2> times{timespec{kTime, 0}, timespec{kTime, 0}};
    ::utimensat(AT_FDCWD, path.c_str(), times.data(), 0);
}

std::string readAll(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void makeAwkward(const fs::path& root) {
    put(root / "plain.txt", "hello\n");
    put(root / "empty", "");
    put(root / "run.sh", "#!/bin/sh\n", 0755);
    put(root / "private", "x", 0600);
    for (const char* name : {"with space", "new\nline", "end\n", "quote'\"`$(x)\\", "-dash", "--help",
                             "\xff\xfe\x81\x88", "*", ".hidden", "..two", "deep/er/x", "-d/-e"})
        put(root / name, name);
    put(root / std::string(255, 'n'), "long");
    std::string big(3'000'000, '\0');
    for (std::size_t i = 0; i < big.size(); ++i)
        big[i] = static_cast<char>(i * 7 + i / 251);
    put(root / "big", big);
    fs::create_directory(root / "nothing in it");
    fs::create_directory(root / "only read");
    ::chmod((root / "only read").c_str(), 0555);
    fs::create_symlink("plain.txt", root / "link");
    fs::create_symlink("/etc/passwd", root / "absolute");
    fs::create_symlink("../..", root / "up");
    fs::create_symlink("nowhere \n", root / "-dangling");
    fs::create_hard_link(root / "plain.txt", root / "second name");
}

/// Path: kind, mode, time, sum or target.
std::map<std::string, std::string> treeOf(const fs::path& root) {
    std::map<std::string, std::string> tree;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
        struct stat status{};
        ::lstat(entry.path().c_str(), &status);
        std::string what = std::to_string(status.st_mode);
        if (S_ISLNK(status.st_mode))
            what += " " + fs::read_symlink(entry.path()).string();
        if (S_ISREG(status.st_mode)) {
            const QByteArray bytes = QByteArray::fromStdString(readAll(entry.path()));
            what += " " + std::to_string(status.st_mtim.tv_sec) + " " +
                    QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
        }
        tree[entry.path().lexically_relative(root).string()] = what;
    }
    return tree;
}

} // namespace

/// The node agent's containers see this machine's files, so that both ends lie below one temporary folder.
class TestFilesReal : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        TESTBED_UP({"north"});
        const Ran made = north().kubectl({"apply", "-f", "-"}, kPod);
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        const Ran ready = north().kubectl(
            {"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/web", "--timeout=60s"});
        QVERIFY2(ready.exitCode == 0, ready.err.c_str());
        makeAwkward(path("source"));
    }

    void treesAreTheSame_data() {
        QTest::addColumn<QString>("how");
        QTest::newRow("tar") << "";
        QTest::newRow("plain") << "--plain";
    }
    void treesAreTheSame() {
        QFETCH(QString, how);
        const std::string tag = how.isEmpty() ? "tar" : "plain";
        const Ran out = cp("web:" + path("source"), path("out-" + tag), how);
        QVERIFY2(out.exitCode == 0, out.err.c_str());
        QCOMPARE(treeOf(path("out-" + tag)), treeOf(path("source")));
        const Ran in = cp(path("out-" + tag), "web:" + path("in-" + tag), how);
        QVERIFY2(in.exitCode == 0, in.err.c_str());
        QCOMPARE(treeOf(path("in-" + tag)), treeOf(path("source")));
        // Nothing waits any more.
        for (const fs::directory_entry& entry : fs::directory_iterator(m_folder.path().toStdString()))
            QVERIFY(!entry.path().filename().string().starts_with(".qd-part"));
    }

    // kubectl leaves links out; the rest has to be the same.
    void filesAreKubectls() {
        const Ran theirs = north().kubectl({"cp", "-n", "team-a", "web:" + path("source/deep"), path("theirs")});
        QVERIFY2(theirs.exitCode == 0, theirs.err.c_str());
        const Ran ours = cp("web:" + path("source/deep"), path("ours"));
        QVERIFY2(ours.exitCode == 0, ours.err.c_str());
        QCOMPARE(readAll(path("ours/er/x")), readAll(path("theirs/er/x")));
    }

    void placesAreKubectls_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("target");
        QTest::newRow("file, new name") << "source/plain.txt" << "new";
        QTest::newRow("file, into a folder") << "source/plain.txt" << "folder";
        QTest::newRow("folder, new name") << "source/deep" << "new";
        QTest::newRow("folder, into a folder") << "source/deep" << "folder";
    }
    void placesAreKubectls() {
        QFETCH(QString, source);
        QFETCH(QString, target);
        std::vector<std::vector<std::string>> found;
        for (const char* who : {"theirs", "ours"}) {
            const QTemporaryDir place;
            fs::create_directory(place.filePath(QStringLiteral("folder")).toStdString());
            const std::string to = "web:" + place.filePath(target).toStdString();
            const Ran ran = std::string_view(who) == "ours"
                                ? cp(path(source.toStdString()), to)
                                : north().kubectl({"cp", "-n", "team-a", path(source.toStdString()), to});
            QVERIFY2(ran.exitCode == 0, ran.err.c_str());
            std::vector<std::string> paths;
            for (const auto& [name, what] : treeOf(place.path().toStdString()))
                paths.push_back(name);
            found.push_back(std::move(paths));
        }
        QCOMPARE(found[1], found[0]);
    }

    // What arrived whole stays, and only the rest is sent.
    void goesOnAfterACut() {
        const std::string target = path("resumed");
        fs::create_directory(target);
        put(target + "/big", readAll(path("source/big")));
        struct stat before{};
        QVERIFY(::stat((target + "/big").c_str(), &before) == 0);
        const Ran ran = cp("web:" + path("source"), target);
        QVERIFY2(ran.exitCode == 0, ran.err.c_str());
        QCOMPARE(treeOf(target), treeOf(path("source")));
        struct stat after{};
        QVERIFY(::stat((target + "/big").c_str(), &after) == 0);
        QCOMPARE(after.st_ino, before.st_ino);
    }

    // Root reads everything but what lies below too long a path.
    void theRestGoesInBesideWhatCannotBeRead() {
        const std::string name(200, 'n');
        const auto chain = [&name](const std::string& from) {
            fs::path deep = from;
            for (int i = 0; i < 12; ++i)
                deep /= name;
            fs::create_directories(deep);
            return deep;
        };
        put(path("partial/config"), "one");
        const fs::path joint = chain(path("partial/deep")) / "rest";
        static_cast<void>(chain(path("other")));
        fs::rename(path("other"), joint);
        const Ran ran = cp(path("partial"), "web:" + path("arrived"));
        fs::rename(joint, path("other")); // too long for who clears up, too
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.err.find("cannot be looked at: File name too long, and is left out") != std::string::npos,
                 ran.err.c_str());
        QVERIFY2(ran.err.find("1 file or folder was not copied") != std::string::npos, ran.err.c_str());
        QCOMPARE(readAll(path("arrived/config")), std::string("one"));
        const QList<QByteArray> journal = m_qdctl.journal();
        QVERIFY(!journal.isEmpty() && journal.front().contains("done"));
    }

    void linksInTheTargetAreRefused() {
        const std::string outside = path("outside");
        fs::create_directory(outside);
        const std::string target = path("linked");
        fs::create_directory(target);
        fs::create_symlink(outside, fs::path(target) / "deep");
        const Ran out = cp("web:" + path("source"), target);
        QCOMPARE(out.exitCode, 1);
        QVERIFY2(out.err.find("refused: the path \"deep\"") != std::string::npos, out.err.c_str());
        const std::string there = path("linked-there");
        fs::create_directories(there + "/source");
        fs::create_symlink(outside, fs::path(there) / "source/deep");
        const Ran in = cp(path("source"), "web:" + there);
        QCOMPARE(in.exitCode, 1);
        QVERIFY2(in.err.find("refused: the path") != std::string::npos, in.err.c_str());
        QVERIFY(fs::is_empty(outside));
    }

    void missingThingsAreSaid() {
        const Ran file = cp("web:" + path("none"), path("x"));
        QCOMPARE(file.exitCode, 1);
        QVERIFY2(file.err.find("no such file or directory") != std::string::npos, file.err.c_str());
        const Ran local = cp(path("none"), "web:/tmp");
        QCOMPARE(local.exitCode, 1);
        QVERIFY2(local.err.find("doesn't exist in local filesystem") != std::string::npos, local.err.c_str());
    }

private:
    static Cluster& north() { return testbed::Testbed::instance().cluster("north"); }
    [[nodiscard]] std::string path(const std::string& name) const { return m_folder.path().toStdString() + "/" + name; }
    [[nodiscard]] Ran cp(const std::string& from, const std::string& to, const QString& how = {}) const {
        std::vector<std::string> words{"cp", "-n", "team-a", from, to};
        if (!how.isEmpty())
            words.push_back(how.toStdString());
        return m_qdctl.run(words);
    }

    QTemporaryDir m_folder;
    QdctlBench m_qdctl;
};

QTEST_GUILESS_MAIN(TestFilesReal)
#include "tst_files_real.moc"
