// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/folder.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace kube::files;
using namespace std::string_literals;
namespace fs = std::filesystem;

namespace {

constexpr uid_t kNobody = 65534;

void put(const fs::path& path, const std::string& bytes, mode_t mode = 0644) {
    std::ofstream(path, std::ios::binary) << bytes;
    ::chmod(path.c_str(), mode);
}

void makeAwkward(const fs::path& root) {
    for (const char* name : {"with space", "new\nline", "end\n", "quote'\"`$(x)\\", "-dash", "--help", "-f", "!", "(",
                             "\xff\xfe\x81\x88", "*", "?", "[a]", ".hidden", "..two", "...", "=", "end", "81a4 7 9 x"})
        put(root / name, name);
    put(root / std::string(255, 'n'), "long", 0600);
    put(root / "run", "#!/bin/sh\n", 04755);
    fs::create_directory(root / "folder");
    fs::create_directory(root / "-folder");
    ::chmod((root / "folder").c_str(), 01777);
    fs::create_symlink("folder", root / "to folder");
    fs::create_symlink("-f", root / "-n");
    fs::create_symlink("nowhere \n", root / "dangling");
    fs::create_symlink("loop", root / "loop");
    ::mkfifo((root / "pipe").c_str(), 0640);
}

std::vector<FolderItem> byName(std::vector<FolderItem> items) {
    std::sort(items.begin(), items.end(), [](const FolderItem& a, const FolderItem& b) { return a.name < b.name; });
    return items;
}

/// A folder of programs to be had, and no others.
void lend(const QTemporaryDir& bin, const QStringList& programs) {
    for (const QString& program : programs)
        QFile::link(QStandardPaths::findExecutable(program), bin.filePath(program));
}

} // namespace

class TestFolder : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { makeAwkward(m_root.path().toStdString()); }
    // Qt does not remove names that are no UTF-8.
    void cleanupTestCase() { fs::remove_all(m_root.path().toStdString()); }

    void listsAreWhatIsThere_data() {
        QTest::addColumn<QStringList>("shell");
        QTest::addColumn<QStringList>("programs");
        const QStringList all{QStringLiteral("stat"), QStringLiteral("ls"), QStringLiteral("readlink")};
        const QStringList busybox{QStringLiteral("busybox"), QStringLiteral("sh")};
        QTest::newRow("dash, coreutils") << QStringList{QStringLiteral("dash")} << all;
        QTest::newRow("bash, coreutils") << QStringList{QStringLiteral("bash"), QStringLiteral("--posix")} << all;
        QTest::newRow("dash, without stat") << QStringList{QStringLiteral("dash")} << all.mid(1);
        QTest::newRow("dash, nothing") << QStringList{QStringLiteral("dash")} << QStringList();
        QTest::newRow("busybox") << busybox << QStringList{QStringLiteral("busybox")};
        QTest::newRow("busybox, without stat") << busybox << QStringList{QStringLiteral("busybox without stat")};
    }
    void listsAreWhatIsThere() {
        QFETCH(QStringList, shell);
        QFETCH(QStringList, programs);
        const QTemporaryDir bin;
        bool hasStat = programs.contains(QLatin1String("stat"));
        bool hasLs = programs.contains(QLatin1String("ls"));
        if (programs.join(u' ').startsWith(QLatin1String("busybox"))) {
            hasStat = programs.front() == QLatin1String("busybox");
            hasLs = true;
            for (const char* name : {"stat", "ls", "readlink"}) {
                if (hasStat || name != "stat"s)
                    QFile::link(QStandardPaths::findExecutable(QStringLiteral("busybox")),
                                bin.filePath(QLatin1String(name)));
            }
        } else {
            lend(bin, programs);
        }
        const auto found = parseRemoteFolder(list(shell, m_root.path().toStdString(), bin.path()), "x");
        QVERIFY2(found, found ? "" : found.error().message.c_str());
        QCOMPARE(found->path, m_root.path().toStdString());
        auto truth = listLocalFolder(m_root.path().toStdString());
        QVERIFY(truth);
        std::vector<FolderItem> wanted = byName(truth->items);
        for (FolderItem& item : wanted) {
            if (!hasStat)
                item.mtime.reset();
            if (!hasStat && !hasLs) {
                item.size.reset();
                item.mode.reset();
                item.link.clear(); // no readlink either
            }
        }
        const std::vector<FolderItem> items = byName(found->items);
        QCOMPARE(items.size(), wanted.size());
        for (std::size_t i = 0; i < items.size(); ++i)
            QVERIFY2(items[i] == wanted[i], shown(wanted[i].name).c_str());
    }

    void thousandsAreListed() {
        const QTemporaryDir folder;
        for (int i = 0; i < 5000; ++i)
            put(folder.filePath(QStringLiteral("file %1").arg(i)).toStdString(), {});
        QElapsedTimer time;
        time.start();
        const std::string printed = list({QStringLiteral("dash")}, folder.path().toStdString());
        qInfo("5,000 files listed in %lld ms", time.restart());
        const auto found = parseRemoteFolder(printed, "x");
        qInfo("and read in %lld ms", time.elapsed());
        QVERIFY(found);
        QCOMPARE(found->items.size(), std::size_t(5000));
        QVERIFY(std::all_of(found->items.begin(), found->items.end(),
                            [](const FolderItem& item) { return item.size && item.mode && item.mtime; }));
    }

    void refusalsAreTold_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("code");
        QTest::newRow("not there") << "none" << int(base::ErrorCode::NotFound);
        QTest::newRow("a file") << "run" << int(base::ErrorCode::NotFound);
        QTest::newRow("dangling") << "dangling" << int(base::ErrorCode::NotFound);
        QTest::newRow("not to be read") << "closed" << int(base::ErrorCode::Forbidden);
    }
    void refusalsAreTold() {
        QFETCH(QString, path);
        QFETCH(int, code);
        const fs::path closed = m_root.filePath(QStringLiteral("closed")).toStdString();
        fs::create_directory(closed);
        ::chmod(closed.c_str(), 0700);
        ::chmod(m_root.path().toStdString().c_str(), 0755);
        const std::string asked = m_root.filePath(path).toStdString();
        const bool isRoot = ::geteuid() == 0;
        if (!isRoot)
            ::chmod(closed.c_str(), 0);
        const auto found =
            parseRemoteFolder(list({QStringLiteral("dash")}, asked, {}, isRoot ? kNobody : ::geteuid()), asked);
        ::chmod(closed.c_str(), 0700);
        fs::remove(closed);
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), code);
        QVERIFY(found.error().message.find(asked) != std::string::npos);
    }

    void garbageIsRefused_data() {
        QTest::addColumn<QByteArray>("printed");
        const auto row = [](const char* name, const std::string& printed) {
            QTest::newRow(name) << QByteArray(printed.data(), qsizetype(printed.size()));
        };
        const std::string head = "folder\0/x\0"s;
        row("nothing", "");
        row("words", "sh: oops\n");
        row("other word", "oops\0"s);
        row("cut", head + "f\0a\0\0=\0"s);
        row("cut in a name", head + "f\0a");
        row("no path", "folder\0end\0"s);
        row("relative path", "folder\0x\0end\0"s);
        row("field missing", head + "f\0a\0end\0"s);
        row("name with a slash", head + "f\0../a\0\0=\0\0end\0"s);
        row("name that is the folder above", head + "d\0..\0\0=\0\0end\0"s);
        row("no name", head + "f\0\0\0=\0\0end\0"s);
    }
    void garbageIsRefused() {
        QFETCH(QByteArray, printed);
        const auto found = parseRemoteFolder({printed.constData(), std::size_t(printed.size())}, "x");
        QVERIFY(!found);
        QCOMPARE(int(found.error().code), int(base::ErrorCode::BadResponse));
    }
    void whatHasGoneIsLeftOut() {
        const std::string printed = "folder\0/x\0f\0a\0\0f\0b\0\0f\0c\0\0=\0"s
                                    "81a4 1 5 a\n81ed 3 7 c\n\0"s
                                    "d\0d\0\0=\0"s
                                    "oops\n\0end\0"s;
        const auto found = parseRemoteFolder(printed, "x");
        QVERIFY(found);
        QCOMPARE(found->items.size(), std::size_t(4));
        QVERIFY(found->items[0].size == 1U && !found->items[1].size && found->items[2].size == 3U);
        QVERIFY(found->items[2].mode == 0755U && found->items[2].mtime == 7);
        QVERIFY(found->items[3].kind == EntryKind::Folder && !found->items[3].mode);
    }

    void localRefusalsAreTold() {
        QCOMPARE(int(listLocalFolder("/none/such").error().code), int(base::ErrorCode::NotFound));
        QCOMPARE(int(listLocalFolder(m_root.filePath(QStringLiteral("run")).toStdString()).error().code),
                 int(base::ErrorCode::NotFound));
        QCOMPARE(listLocalFolder("/tmp/..//tmp/")->path, "/tmp"s);
    }
    void headsAreBounded() {
        const std::string path = m_root.filePath(QStringLiteral("run")).toStdString();
        QCOMPARE(*readLocalHead(path, 100), "#!/bin/sh\n"s);
        QCOMPARE(*readLocalHead(path, 3), "#!/b"s);
        QVERIFY(!readLocalHead(path + "none", 3));
    }

private:
    /// What the script prints, `bin` having the only programs there are.
    static std::string list(const QStringList& shell, const std::string& folder, const QString& bin = {},
                            uid_t user = ::geteuid()) {
        QProcess process;
        process.setProgram(QStandardPaths::findExecutable(shell.front()));
        process.setArguments(shell.mid(1) + QStringList{QStringLiteral("-c"), QString::fromLatin1(folderScript()),
                                                        QStringLiteral("sh"), QString::fromStdString(folder)});
        if (!bin.isEmpty()) {
            QProcessEnvironment environment;
            environment.insert(QStringLiteral("PATH"), bin);
            process.setProcessEnvironment(environment);
        }
        process.setChildProcessModifier([user] {
            if (user != ::geteuid() && ::setuid(user) != 0)
                ::_exit(1);
        });
        process.start();
        process.waitForFinished();
        return process.readAllStandardOutput().toStdString();
    }

    QTemporaryDir m_root;
};

QTEST_GUILESS_MAIN(TestFolder)
#include "tst_folder.moc"
