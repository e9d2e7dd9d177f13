// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/checksum.h"
#include "core/kube/files/file_entry.h"
#include "core/kube/files/local_tree.h"
#include "core/kube/files/remote_shell.h"
#include "core/kube/files/tar_stream.h"

#include <QTemporaryDir>
#include <QtTest>

#include <string>
#include <utility>
#include <vector>

using namespace kube::files;

namespace {

std::string packed(const std::vector<std::pair<FileEntry, std::string>>& files) {
    std::string bytes;
    TarWriter writer([&bytes](std::string_view more) -> base::Result<void> {
        bytes += more;
        return {};
    });
    for (const auto& [entry, data] : files) {
        if (!writer.begin(entry) || !writer.data(data))
            return {};
    }
    return writer.finish() ? bytes : std::string();
}

TarReader readerOf(std::string bytes, std::size_t piece) {
    return TarReader([bytes = std::move(bytes), piece, at = std::size_t(0)]() mutable -> base::Result<std::string> {
        const std::string more = at < bytes.size() ? bytes.substr(at, piece) : std::string();
        at += more.size();
        return more;
    });
}

} // namespace

class TestFiles : public QObject {
    Q_OBJECT

private slots:
    void pathsStayInside_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("clean"); // null: refused
        QTest::newRow("plain") << QByteArray("a/b") << QByteArray("a/b");
        QTest::newRow("dots") << QByteArray("./a//./b/") << QByteArray("a/b");
        QTest::newRow("root") << QByteArray(".") << QByteArray("");
        QTest::newRow("three dots") << QByteArray("a/.../..b") << QByteArray("a/.../..b");
        QTest::newRow("bytes") << QByteArray("\xff\n\x81") << QByteArray("\xff\n\x81");
        QTest::newRow("absolute") << QByteArray("/etc/passwd") << QByteArray();
        QTest::newRow("up") << QByteArray("../x") << QByteArray();
        QTest::newRow("up in the middle") << QByteArray("a/../../x") << QByteArray();
        QTest::newRow("up at the end") << QByteArray("a/..") << QByteArray();
        QTest::newRow("nul") << QByteArray("a\0b", 3) << QByteArray();
    }
    void pathsStayInside() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, clean);
        const auto checked = checkedPath(path.toStdString());
        QCOMPARE(checked.has_value(), !clean.isNull());
        if (checked)
            QCOMPARE(QByteArray::fromStdString(*checked), clean);
        else
            QVERIFY2(checked.error().message.find(shown(path.toStdString())) != std::string::npos,
                     checked.error().message.c_str());
    }

    void sumsAreThePrograms_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("sum");
        QTest::newRow("sha256sum") << int(SumKind::Sha256)
                                   << QByteArray("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
        QTest::newRow("md5sum") << int(SumKind::Md5) << QByteArray("b1946ac92492d2347c6235b4d2611184");
        QTest::newRow("cksum") << int(SumKind::Cksum) << QByteArray("3015617425");
    }
    void sumsAreThePrograms() {
        QFETCH(int, kind);
        QFETCH(QByteArray, sum);
        Checksum of(static_cast<SumKind>(kind));
        of.add("hel");
        of.add("lo\n");
        QCOMPARE(QByteArray::fromStdString(of.text()), sum);
    }

    void archivesComeBack() {
        FileEntry file;
        file.path = "n\xff\n" + std::string(250, 'x') + "/" + std::string(250, 'y');
        file.mode = 0640;
        file.mtime = 1700000000;
        const std::string data(100'000, 'd');
        file.size = data.size();
        FileEntry link;
        link.path = "link";
        link.kind = EntryKind::Link;
        link.link = "/etc/passwd";
        const std::string bytes = packed({{file, data}, {link, {}}});
        QVERIFY(!bytes.empty());
        for (const std::size_t piece : {std::size_t(1000), bytes.size()}) {
            TarReader reader = readerOf(bytes, piece);
            auto entry = reader.next();
            QVERIFY(entry && *entry);
            QVERIFY((*entry)->path == file.path);
            QCOMPARE((*entry)->mode, file.mode);
            QCOMPARE((*entry)->mtime, file.mtime);
            std::string read;
            for (auto more = reader.data(); more && !more->empty(); more = reader.data())
                read += *more;
            QVERIFY(read == data);
            entry = reader.next();
            QVERIFY(entry && *entry && (*entry)->kind == EntryKind::Link);
            QVERIFY((*entry)->link == link.link);
            entry = reader.next();
            QVERIFY(entry && !*entry);
        }
    }
    void cutArchivesFail() {
        FileEntry file;
        file.path = "file";
        file.size = 5000;
        const std::string bytes = packed({{file, std::string(5000, 'x')}});
        TarReader reader = readerOf(bytes.substr(0, 3000), 700);
        const auto entry = reader.next();
        QVERIFY(entry && *entry);
        auto more = reader.data();
        while (more && !more->empty())
            more = reader.data();
        QVERIFY(!more);
        QVERIFY(more.error().code == base::ErrorCode::BadResponse);
    }

    void nothingIsWrittenThroughLinks() {
        const QTemporaryDir outside;
        const QTemporaryDir inside;
        const std::string root = inside.path().toStdString();
        auto tree = LocalTree::open(root);
        QVERIFY(tree);
        QVERIFY(tree->makeLink("out", outside.path().toStdString()));
        for (const char* path : {"out/file", "out/deep/file"}) {
            const auto writing = tree->write(path);
            QVERIFY(!writing);
            QVERIFY2(writing.error().message.find("refused") != std::string::npos, writing.error().message.c_str());
            QVERIFY(writing.error().message.find(path) != std::string::npos);
        }
        QVERIFY(!tree->makeFolder("out"));
        QVERIFY(!tree->makeFolder("out/below"));
        QVERIFY(QDir(outside.path()).isEmpty());
        // A file takes the link's place, and not that of what it leads to.
        auto writing = tree->write("out");
        QVERIFY(writing);
        QVERIFY(writing->write("bytes"));
        QVERIFY(writing->put());
        QVERIFY(!QFileInfo(inside.filePath("out")).isSymLink());
    }
    void whatIsNotPutIsGone() {
        const QTemporaryDir folder;
        auto tree = LocalTree::open(folder.path().toStdString());
        QVERIFY(tree);
        {
            auto writing = tree->write("file");
            QVERIFY(writing && writing->write("half"));
        }
        QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }

    void filesAreReadNoFurtherThanWanted() {
        const QTemporaryDir folder;
        const auto tree = LocalTree::open(folder.path().toStdString());
        QVERIFY(tree);
        const std::string bytes(1'000'000, 'x');
        QFile file(folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(bytes)) == 1'000'000);
        file.close();
        Checksum sum(SumKind::Sha256);
        sum.add(bytes);
        FileEntry wanted;
        wanted.size = bytes.size();
        wanted.sum = sum.text();
        int pieces = 0;
        const auto goesOn = [&pieces] { return ++pieces > 0; };
        QVERIFY(tree->holds("file", wanted, SumKind::Sha256, goesOn));
        QVERIFY(pieces > 10);
        // One that was given up ends with the piece.
        pieces = 0;
        QVERIFY(!tree->holds("file", wanted, SumKind::Sha256, [&pieces] { return ++pieces < 3; }));
        QCOMPARE(pieces, 3);
        // Another size needs no sum.
        pieces = 0;
        ++wanted.size;
        QVERIFY(!tree->holds("file", wanted, SumKind::Sha256, goesOn));
        QCOMPARE(pieces, 0);
        QVERIFY(!tree->holds("none", wanted, SumKind::Sha256, goesOn));
    }

    void listsAreReadWhole() {
        using namespace std::string_literals;
        const std::string list = "d\0"s + "755 1 4096\0"s + "\0"s + ".\0"s + "\0"s + "f\0"s + "-rwsr-x--T 0 7\0"s +
                                 "abc  -\0"s + "./a\nb\0"s + "\0"s + "l\0"s + "777 5 3\0"s + "\0"s + "./l\0"s +
                                 "to\n\0"s;
        const auto entries = parseRemoteTree(list + "end\0"s);
        QVERIFY(entries);
        QCOMPARE(entries->size(), std::size_t(3));
        QCOMPARE((*entries)[0].mode, std::uint32_t(0755));
        QCOMPARE((*entries)[1].mode, std::uint32_t(05750));
        QVERIFY((*entries)[1].path == "a\nb" && (*entries)[1].size == 7 && (*entries)[1].sum == "abc");
        QVERIFY((*entries)[2].link == "to\n" && (*entries)[2].kind == EntryKind::Link);
        QVERIFY(!parseRemoteTree(list));
        QVERIFY(!parseRemoteTree(list.substr(0, list.size() - 1)));
        QVERIFY(!parseRemoteTree({}));
        std::string escaping = list;
        escaping.replace(escaping.find("./l"), 3, "../");
        QVERIFY(!parseRemoteTree(escaping + "end\0"s));
    }
    void wordsAreTheirOwn() {
        QCOMPARE(QString::fromStdString(shellWord("a'b $(c)")), QStringLiteral("'a'\\''b $(c)'"));
    }
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
