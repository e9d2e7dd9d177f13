// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/file_copy.h"
#include "tests/core/kube/files/local_container.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace kube::files;
namespace fs = std::filesystem;

namespace {

constexpr int kPatience = 30000;

void put(const fs::path& path, const std::string& bytes, mode_t mode = 0644) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    ::chmod(path.c_str(), mode);
}

std::string readAll(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What this thread opens, and those that it starts, it opens as somebody who may not read everything.
class AsNobody {
public:
    AsNobody() { be(LocalContainer::kNobody); }
    ~AsNobody() { be(0); }
    AsNobody(const AsNobody&) = delete;
    AsNobody& operator=(const AsNobody&) = delete;

private:
    static void be(uid_t user) {
        if (::getuid() == 0)
            ::setfsuid(user);
    }
};

QStringList usualPrograms() {
    QStringList programs;
    for (const char* name : {"sh", "tar", "sha256sum", "stat", "readlink", "ls", "cat", "head", "mkdir", "mv", "chmod",
                             "touch", "rm", "ln"})
        programs.append(QLatin1String(name));
    return programs;
}

} // namespace

/// Copies from and to commands of this machine, which run as somebody who may not read everything.
class TestFileCopy : public QObject {
    Q_OBJECT

private slots:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        ::chmod(m_folder->path().toLocal8Bit().constData(), 0755);
        put(path("source/config"), "one");
        put(path("source/deep/data"), "two");
        fs::create_directory(path("bin"));
        lend(usualPrograms());
    }
    void cleanup() {
        ::chmod(path("source/lost+found").c_str(), 0755);
        m_folder.reset();
    }

    // As a volume's root has it: lost+found is root's alone.
    void leavesOutWhatCannotBeRead_data() {
        QTest::addColumn<bool>("isPlain");
        QTest::newRow("tar") << false;
        QTest::newRow("plain") << true;
    }
    void leavesOutWhatCannotBeRead() {
        QFETCH(bool, isPlain);
        makeUnreadable();
        const auto result = copied(Direction::FromContainer, "source", "copy", isPlain ? Method::Plain : Method::Best);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(readAll(path("copy/config")), std::string("one"));
        QCOMPARE(readAll(path("copy/deep/data")), std::string("two"));
        QVERIFY(!fs::exists(path("copy/lost+found")));
        QVERIFY(!fs::exists(path("copy/deep/secret")));
        QCOMPARE(result->progress.totalFiles, std::size_t(2));
        const std::vector<std::string> notes{"\"deep/secret\" cannot be read in the container, and is left out",
                                             "\"lost+found\" cannot be read in the container, and is left out"};
        QVERIFY(result->notes == notes);
    }
    void saysThatWhatWasNamedCannotBeRead() {
        makeUnreadable();
        for (const char* name : {"source/deep/secret", "source/lost+found"}) {
            const auto result = copied(Direction::FromContainer, name, "copy");
            QVERIFY(!result);
            QVERIFY(result.error().code == base::ErrorCode::Io);
        }
        // One may go into it, and not look around.
        ::chmod(path("source/deep").c_str(), 0711);
        const auto result = copied(Direction::FromContainer, "source/deep", "copy");
        QVERIFY(!result);
        QVERIFY2(result.error().message.find("cannot be read") != std::string::npos, result.error().message.c_str());
    }
    void uploadsBesideWhatCannotBeRead() {
        makeUnreadable();
        QVERIFY(giveToTheContainer("source"));
        put(path("mine/source/config"), "new");
        put(path("mine/source/deep/secret"), "mine");
        const auto result = copied(Direction::ToContainer, ".", "mine/source");
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(readAll(path("source/config")), std::string("new"));
        QCOMPARE(readAll(path("source/deep/secret")), std::string("mine"));
        QVERIFY(fs::exists(path("source/lost+found/piece")));
        QCOMPARE(result->notes.size(), std::size_t(0));
    }

    void uploadsTheRest_data() {
        QTest::addColumn<bool>("isPlain");
        QTest::addColumn<bool>("hasSums");
        QTest::newRow("tar") << false << true;
        QTest::newRow("plain") << true << true;
        QTest::newRow("tar, without sums") << false << false;
        QTest::newRow("plain, without sums") << true << false;
    }
    // A file that needs no sum is opened only when it is sent.
    void uploadsTheRest() {
        QFETCH(bool, isPlain);
        QFETCH(bool, hasSums);
        makeUnreadable();
        fs::create_directory(path("there"));
        QVERIFY(giveToTheContainer("there"));
        if (!hasSums)
            fs::remove(path("bin/sha256sum"));
        const AsNobody nobody;
        const auto result = copied(Direction::ToContainer, "there", "source", isPlain ? Method::Plain : Method::Best);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(result->usedTar, !isPlain);
        QCOMPARE(readAll(path("there/source/config")), std::string("one"));
        QCOMPARE(readAll(path("there/source/deep/data")), std::string("two"));
        QVERIFY(!fs::exists(path("there/source/deep/secret")));
        QVERIFY(!fs::exists(path("there/source/lost+found")));
        QCOMPARE(result->leftOut, std::size_t(2));
        QCOMPARE(result->unread, std::size_t(2));
        QCOMPARE(result->progress.files, std::size_t(2));
        std::vector<std::string> notes = result->notes;
        std::sort(notes.begin(), notes.end());
        const std::vector<std::string> expected{
            path("source/deep/secret") + ": cannot be read: Permission denied, and is left out",
            path("source/lost+found") + ": cannot be read: Permission denied, and is left out"};
        QVERIFY(notes == expected);
        QCOMPARE(summaryOf(*result), std::string("2 files, 6 bytes; left out: 2"));
        for (const fs::directory_entry& entry : fs::directory_iterator(path("there")))
            QVERIFY(!entry.path().filename().string().starts_with(".qd-part"));
    }
    void uploadsFailWhereWhatWasNamedCannotBeRead() {
        makeUnreadable();
        fs::create_directory(path("there"));
        QVERIFY(giveToTheContainer("there"));
        const AsNobody nobody;
        for (const char* name : {"source/deep/secret", "source/lost+found"}) {
            const auto result = copied(Direction::ToContainer, "there", name);
            QVERIFY(!result);
            QVERIFY(result.error().code == base::ErrorCode::Io);
            QCOMPARE(result.error().message, path(name) + ": cannot be read: Permission denied");
        }
        QVERIFY(fs::is_empty(path("there")));
    }

    void uploadsTheRestOfWhatChanges_data() {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QByteArray>("why");
        QTest::addColumn<bool>("isPlain");
        const QByteArray changed = "has changed while it was copied";
        const QByteArray other = "is no plain file";
        const auto add = [](const char* name, const QByteArray& change, const QByteArray& why) {
            QTest::addRow("%s, tar", name) << change << why << false;
            QTest::addRow("%s, plain", name) << change << why << true;
        };
        add("shrunk", "printf abc >$f", changed);
        add("emptied", ": >$f", changed);
        add("grown", "printf more >>$f", changed);
        add("written anew", "printf abc | dd of=$f conv=notrunc", changed);
        add("gone", "rm -f $f", "cannot be read: No such file or directory");
        add("a folder", "rm -f $f; mkdir $f", other);
        add("a pipe", "rm -f $f; mkfifo $f", other);
        add("a link", "rm -f $f; ln -sf ../config $f", other);
    }
    // The container lists its own files after this machine's are listed and before they are sent.
    void uploadsTheRestOfWhatChanges() {
        QFETCH(QByteArray, change);
        QFETCH(QByteArray, why);
        QFETCH(bool, isPlain);
        put(path("source/deep/data"), std::string(200'000, 'x'));
        put(path("source/last"), "three");
        put(path("there/source/deep/data"), "old", 0640);
        QVERIFY(giveToTheContainer("source"));
        QVERIFY(giveToTheContainer("there"));
        lend({QStringLiteral("dd"), QStringLiteral("mkfifo")});
        const std::string stat = QStandardPaths::findExecutable(QStringLiteral("stat")).toStdString();
        fs::remove(path("bin/stat"));
        put(path("bin/stat"),
            "#!/bin/sh\n{ f=" + path("source/deep/data") + "; " + change.toStdString() + "; } >/dev/null 2>&1\nexec " +
                stat + " \"$@\"\n",
            0755);
        const auto result = copied(Direction::ToContainer, "there", "source", isPlain ? Method::Plain : Method::Best);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(result->usedTar, !isPlain);
        QCOMPARE(readAll(path("there/source/config")), std::string("one"));
        QCOMPARE(readAll(path("there/source/last")), std::string("three"));
        QCOMPARE(readAll(path("there/source/deep/data")), std::string("old"));
        struct stat status{};
        QVERIFY(::stat(path("there/source/deep/data").c_str(), &status) == 0);
        QCOMPARE(status.st_mode & 07777U, 0640U);
        QCOMPARE(result->unread, std::size_t(1));
        QCOMPARE(result->progress.files, std::size_t(2));
        QCOMPARE(result->progress.bytes, std::uint64_t(8));
        QCOMPARE(result->notes.size(), std::size_t(1));
        QCOMPARE(result->notes.front(), path("source/deep/data") + ": " + why.toStdString() + ", and is left out");
    }

    void tellsOfTheFirstAndHowManyMore() {
        constexpr std::size_t kMore = 7;
        for (std::size_t i = 0; i < CopyResult::kMostNotes + kMore; ++i)
            put(path("source/secret") + std::to_string(i), "x", 0);
        fs::create_directory(path("there"));
        QVERIFY(giveToTheContainer("there"));
        const AsNobody nobody;
        const auto result = copied(Direction::ToContainer, "there", "source");
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(result->leftOut, CopyResult::kMostNotes + kMore);
        QCOMPARE(result->notes.size(), CopyResult::kMostNotes + 1);
        QCOMPARE(result->notes.back(), std::string("and 7 more"));
        QCOMPARE(readAll(path("there/source/config")), std::string("one"));
    }

    void uploadsTakeSumsOfWhatIsCopiedAlone() {
        put(path("source/unrelated"), "old");
        put(path("source/longer"), "longer than mine");
        put(path("source/quote'\n*"), "same");
        QVERIFY(giveToTheContainer("source"));
        put(path("read"), "", 0666);
        fs::remove(path("bin/sha256sum"));
        put(path("bin/sha256sum"),
            "#!/bin/sh\nreadlink /proc/$$/fd/0 >>" + path("read") + "\nexec /usr/bin/sha256sum\n", 0755);
        put(path("mine/source/config"), "One");
        put(path("mine/source/deep/data"), "two");
        put(path("mine/source/longer"), "mine");
        put(path("mine/source/quote'\n*"), "same");
        const auto result = copied(Direction::ToContainer, ".", "mine/source");
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(result->progress.files, std::size_t(2));
        QCOMPARE(result->progress.sameFiles, std::size_t(2));
        QCOMPARE(readAll(path("source/config")), std::string("One"));
        QCOMPARE(readAll(path("source/longer")), std::string("mine"));
        const std::string read = readAll(path("read"));
        QVERIFY(read.find(path("source/deep/data")) != std::string::npos);
        QVERIFY2(read.find("unrelated") == std::string::npos, read.c_str());
        QVERIFY2(read.find("longer") == std::string::npos, read.c_str());
    }
    void tellsThatSizesAloneWereCompared() {
        auto result = copied(Direction::FromContainer, "source", "copy");
        QVERIFY(result && !wasComparedBySizeAlone(*result));
        fs::remove(path("bin/sha256sum"));
        result = copied(Direction::FromContainer, "source", "other");
        QVERIFY(result && wasComparedBySizeAlone(*result));
        QCOMPARE(readAll(path("other/deep/data")), std::string("two"));
        // Where nothing was copied there is nothing to tell.
        fs::create_directory(path("empty"));
        result = copied(Direction::FromContainer, "empty", "nothing");
        QVERIFY(result && !wasComparedBySizeAlone(*result));
    }

    void readsNoEndlessLists() {
        put(path("endless/sh"), "#!/bin/sh\nexec /bin/cat /dev/zero\n", 0755);
        RemoteShell shell({std::make_shared<LocalContainer>(path("endless")), "team-a", "web", "main"});
        const auto tree = readRemoteTree(shell, "/srv", SumKind::None);
        QVERIFY(!tree);
        QCOMPARE(tree.error().message,
                 std::string("in the container: \"/srv\" has too many files to be copied at once"));
        const auto printed = shell.run("echo", {});
        QVERIFY(!printed);
        QVERIFY(printed.error().code == base::ErrorCode::BadResponse);
        QVERIFY(!findTools(shell));
    }

private:
    [[nodiscard]] std::string path(const std::string& name) const {
        return m_folder->path().toStdString() + "/" + name;
    }
    /// Programs that the container has.
    void lend(const QStringList& programs) const {
        for (const QString& program : programs)
            QFile::link(QStandardPaths::findExecutable(program), QString::fromStdString(path("bin/")) + program);
    }
    void makeUnreadable() const {
        put(path("source/lost+found/piece"), "x");
        put(path("source/deep/secret"), "x", 0);
        ::chmod(path("source/lost+found").c_str(), 0);
    }
    /// All but what it may not read.
    [[nodiscard]] bool giveToTheContainer(const std::string& name) const {
        ::chmod(m_folder->path().toLocal8Bit().constData(), 0777);
        const auto give = [](const fs::path& to) {
            return ::getuid() != 0 || ::lchown(to.c_str(), LocalContainer::kNobody, LocalContainer::kNobody) == 0;
        };
        bool isGiven = give(path(name));
        for (const fs::directory_entry& entry :
             fs::recursive_directory_iterator(path(name), fs::directory_options::skip_permission_denied)) {
            if (entry.path().filename() != "lost+found" && entry.path().filename() != "secret")
                isGiven = give(entry.path()) && isGiven;
        }
        return isGiven;
    }
    [[nodiscard]] RemoteShell::Container container() const {
        return {std::make_shared<LocalContainer>(path("bin")), "team-a", "web", "main"};
    }
    base::Result<CopyResult> copied(Direction direction, const std::string& remote, const std::string& local,
                                    Method method = Method::Best) {
        CopySpec spec;
        spec.container = container();
        spec.direction = direction;
        spec.remote = path(remote);
        spec.local = path(local);
        spec.method = method;
        base::ManualExecutor home;
        std::optional<base::Result<CopyResult>> result;
        CopySink sink;
        sink.ended = [&](base::Result<CopyResult> how) {
            result = std::move(how);
            home.stop();
        };
        const FileCopy copy(spec, home, std::move(sink));
        if (!home.runFor(kPatience))
            return base::fail(base::ErrorCode::TimedOut, "the copy does not end");
        return *std::move(result);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestFileCopy)
#include "tst_file_copy.moc"
