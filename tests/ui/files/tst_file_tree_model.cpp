// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/cell.h"
#include "ui/files/file_tree_model.h"

#include <QAbstractItemModelTester>
#include <QMimeData>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

using kube::files::EntryKind;
using kube::files::Folder;
using kube::files::FolderItem;
using ui::FileTreeModel;

namespace {

FolderItem fileOf(const std::string& name, std::uint64_t size = 0) {
    FolderItem item;
    item.name = name;
    item.size = size;
    item.mtime = 1700000000;
    item.mode = 0644;
    return item;
}

FolderItem folderOf(const std::string& name) {
    FolderItem item = fileOf(name);
    item.kind = EntryKind::Folder;
    item.mode = 01755;
    return item;
}

/// Answers when it is told to.
class ScriptedFiles final : public ui::FileSource {
public:
    struct Question final : Asking {
        std::string path;
        Listed handler;
        std::shared_ptr<bool> isWanted = std::make_shared<bool>(true);
        ~Question() override { *isWanted = false; }
    };
    std::unique_ptr<Asking> list(const std::string& path, Listed handler) override {
        auto question = std::make_unique<Question>();
        question->path = path;
        asked.push_back({path, std::move(handler), question->isWanted});
        return question;
    }
    std::unique_ptr<Asking> read(const std::string&, std::size_t, Read) override { return {}; }

    struct Open {
        std::string path;
        Listed handler;
        std::shared_ptr<bool> isWanted;
    };
    std::deque<Open> asked;
    std::map<std::string, std::vector<FolderItem>> folders;

    /// Answers all questions there are, and how many were still wanted.
    int answer() {
        int count = 0;
        while (!asked.empty()) {
            const Open open = std::move(asked.front());
            asked.pop_front();
            if (!*open.isWanted)
                continue;
            ++count;
            const auto at = folders.find(open.path);
            if (at == folders.end())
                open.handler(base::fail(base::ErrorCode::NotFound, open.path + " is not there"));
            else
                open.handler(Folder{open.path, at->second});
        }
        return count;
    }
};

} // namespace

class TestFileTreeModel : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_files = std::make_shared<ScriptedFiles>();
        m_files->folders["/"] = {fileOf("b", 20), folderOf("sub"), fileOf("A", 3), fileOf(".hidden"), folderOf("none")};
        m_files->folders["/sub"] = {fileOf("x"), fileOf("y")};
        m_model = std::make_unique<FileTreeModel>(FileTreeModel::Side::Container);
        auto* tester = new QAbstractItemModelTester(
            m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_model.get());
        tester->setUseFetchMore(false); // folders are read when they are opened, and not before
        m_model->setSource(m_files);
        m_files->folders["/empty"] = {};
    }
    void cleanup() { m_model.reset(); }

    void readsAFolder() {
        QVERIFY(m_model->state() == FileTreeModel::State::Nothing);
        enter("/");
        QCOMPARE(names(), QStringLiteral("none sub A b"));
        QVERIFY(m_model->isSettled());
        const QModelIndex file = m_model->index(3, 0);
        QCOMPARE(m_model->pathOf(file), std::string("/b"));
        QCOMPARE(file.siblingAtColumn(FileTreeModel::Size).data().toString(), QStringLiteral("20 B"));
        QCOMPARE(m_model->index(1, FileTreeModel::Mode).data().toString(), QStringLiteral("rwxr-xr-t"));
    }
    void foldersAreReadWhenTheyAreOpened() {
        enter("/");
        const QModelIndex sub = m_model->index(1, 0);
        QVERIFY(m_model->hasChildren(sub));
        QVERIFY(!m_model->hasChildren(m_model->index(2, 0)));
        QCOMPARE(m_model->rowCount(sub), 0);
        QVERIFY(m_model->canFetchMore(sub));
        m_model->fetchMore(sub);
        QVERIFY(!m_model->canFetchMore(sub));
        QVERIFY(!m_model->isSettled());
        m_files->answer();
        QCOMPARE(names(sub), QStringLiteral("x y"));
        QCOMPARE(m_model->pathOf(m_model->index(1, 0, sub)), std::string("/sub/y"));
        QVERIFY(m_model->isSettled());
    }
    void refusalsStayWithTheirFolder() {
        enter("/");
        const QModelIndex none = m_model->index(0, 0);
        m_model->fetchMore(none);
        m_files->answer();
        QCOMPARE(none.data(ui::CellRole).value<ui::Cell>().chip, QStringLiteral("cannot be read"));
        QCOMPARE(none.data(Qt::ToolTipRole).toString(), QStringLiteral("/none is not there"));
        QVERIFY(!m_model->hasChildren(none));
        // Reading again gives it another chance.
        m_model->refresh();
        m_files->answer();
        QVERIFY(m_model->canFetchMore(m_model->index(0, 0)));
    }
    void failuresAreTold() {
        enter("/nowhere");
        QVERIFY(m_model->state() == FileTreeModel::State::Failed);
        QCOMPARE(int(m_model->error()->code), int(base::ErrorCode::NotFound));
        QCOMPARE(m_model->rowCount(), 0);
        m_files->folders["/nowhere"] = {fileOf("now")};
        m_model->refresh();
        m_files->answer();
        QCOMPARE(names(), QStringLiteral("now"));
    }
    void aNewQuestionEndsTheOld() {
        m_model->enter("/");
        m_model->enter("/sub");
        QCOMPARE(m_files->answer(), 1);
        QCOMPARE(names(), QStringLiteral("x y"));
        QVERIFY(m_model->isSettled());
        m_model->enter("/");
        m_model->setSource(nullptr);
        QCOMPARE(m_files->answer(), 0);
        QVERIFY(m_model->isSettled());
        m_model->enter("/");
        m_model->refresh();
    }
    void refreshKeepsRows() {
        enter("/");
        const QPersistentModelIndex sub = m_model->index(1, 0);
        m_model->fetchMore(sub);
        m_files->answer();
        const QPersistentModelIndex y = m_model->index(1, 0, sub);
        const QPersistentModelIndex b = m_model->index(3, 0);
        m_files->folders["/"] = {fileOf("b", 99), folderOf("sub"), folderOf("aaa"), fileOf("c")};
        m_files->folders["/sub"] = {fileOf("y"), fileOf("z")};
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->refresh();
        m_files->answer();
        QCOMPARE(resets.count(), 0);
        QCOMPARE(names(), QStringLiteral("aaa sub b c"));
        QCOMPARE(names(sub), QStringLiteral("y z"));
        QCOMPARE(y.row(), 0);
        QCOMPARE(b.row(), 2);
        QCOMPARE(b.sibling(b.row(), FileTreeModel::Size).data().toString(), QStringLiteral("99 B"));
        // A file where a folder was is something else.
        m_files->folders["/"] = {fileOf("sub"), fileOf("b", 99)};
        m_model->refresh();
        m_files->answer();
        QVERIFY(!sub.isValid() && !y.isValid() && b.isValid());
        QCOMPARE(names(), QStringLiteral("b sub"));
        QVERIFY(m_model->isSettled());
    }
    void sortsAndHides() {
        enter("/");
        m_model->sort(FileTreeModel::Size, Qt::DescendingOrder);
        QCOMPARE(names(), QStringLiteral("sub none b A"));
        m_model->setHidden(FileTreeModel::Hidden::Shown);
        QCOMPARE(names(), QStringLiteral("sub none b A .hidden"));
        m_model->sort(FileTreeModel::Name, Qt::AscendingOrder);
        QCOMPARE(names(), QStringLiteral("none sub .hidden A b"));
        m_model->setHidden(FileTreeModel::Hidden::Left);
        QCOMPARE(names(), QStringLiteral("none sub A b"));
    }
    void awkwardNamesAreShown() {
        FolderItem link = fileOf("-l");
        link.kind = EntryKind::Link;
        link.link = "to\n";
        link.leadsToFolder = true;
        m_files->folders["/"] = {fileOf("a\nb"), fileOf("\xff"), link};
        enter("/");
        QCOMPARE(names(), QStringLiteral("-l \\xff a\\x0ab"));
        QCOMPARE(m_model->pathOf(m_model->index(1, 0)), std::string("/\xff"));
        QVERIFY(m_model->hasChildren(m_model->index(0, 0)));
        QCOMPARE(m_model->index(0, 0).data(ui::CellRole).value<ui::Cell>().unit,
                 QString::fromUtf8("\xe2\x86\x92 to\\x0a"));
    }
    void dragsGoToTheOtherSide() {
        m_files->folders["/"] = {fileOf("a\nb"), fileOf("\xff"), folderOf("sub")};
        enter("/");
        FileTreeModel here(FileTreeModel::Side::Here);
        here.setSource(m_files);
        here.enter("/");
        m_files->answer();
        QSignalSpy drops(&here, &FileTreeModel::dropped);
        const std::unique_ptr<QMimeData> drag(
            m_model->mimeData({m_model->index(1, 0), m_model->index(1, 1), m_model->index(2, 0)}));
        QVERIFY(!m_model->canDropMimeData(drag.get(), Qt::CopyAction, -1, -1, {}));
        QVERIFY(here.canDropMimeData(drag.get(), Qt::CopyAction, -1, -1, {}));
        here.dropMimeData(drag.get(), Qt::CopyAction, -1, -1, here.index(0, 2));
        QCOMPARE(drops.count(), 1);
        QCOMPARE(drops[0][0].value<std::vector<std::string>>(), (std::vector<std::string>{"/\xff", "/a\nb"}));
        QCOMPARE(drops[0][1].value<std::string>(), std::string("/sub"));
        here.dropMimeData(drag.get(), Qt::CopyAction, -1, -1, here.index(1, 0));
        QCOMPARE(drops[1][1].value<std::string>(), std::string("/"));
        // From a file manager, too, but into the container alone.
        QMimeData urls;
        urls.setUrls({QUrl(QStringLiteral("file:///tmp/x%20y")), QUrl(QStringLiteral("https://example.org/z"))});
        QVERIFY(!here.canDropMimeData(&urls, Qt::CopyAction, -1, -1, {}));
        QSignalSpy uploads(m_model.get(), &FileTreeModel::dropped);
        m_model->dropMimeData(&urls, Qt::CopyAction, -1, -1, {});
        QCOMPARE(uploads[0][0].value<std::vector<std::string>>(), std::vector<std::string>{"/tmp/x y"});
        QMimeData nonsense;
        nonsense.setData(QStringLiteral("application/x-quarterdeck-files"), "oops");
        QVERIFY(!m_model->canDropMimeData(&nonsense, Qt::CopyAction, -1, -1, {}));
    }
    // Whatever happens, what is shown is what reading it anew would show.
    void staysInStep() {
        std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same each time
        const auto some = [&random](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
        enter("/");
        for (int round = 0; round < 400; ++round) {
            std::vector<FolderItem> items;
            for (int i = some(12); i > 0; --i) {
                const std::string name = std::string(some(4) == 0 ? "." : "") + char('a' + some(9));
                FolderItem item = some(2) == 0 ? folderOf(name) : fileOf(name, std::uint64_t(some(3)));
                if (std::none_of(items.begin(), items.end(), [&](const auto& other) { return other.name == name; }))
                    items.push_back(item);
            }
            m_files->folders[some(1) == 0 ? "/" : "/" + std::string(1, char('a' + some(9)))] = items;
            if (some(2) == 0)
                m_model->sort(some(3), some(1) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            if (some(8) == 0)
                m_model->setHidden(some(1) == 0 ? FileTreeModel::Hidden::Shown : FileTreeModel::Hidden::Left);
            if (m_model->rowCount() > 0)
                m_model->fetchMore(m_model->index(some(m_model->rowCount() - 1), 0));
            if (some(1) == 0)
                m_files->answer();
            m_model->refresh();
            if (some(3) != 0)
                m_files->answer();
        }
        m_files->answer();
        m_model->refresh();
        m_files->answer();
        QVERIFY(m_model->isSettled());
        m_model->sort(FileTreeModel::Name);
        FileTreeModel fresh(FileTreeModel::Side::Container);
        fresh.setHidden(m_model->hidden());
        fresh.setSource(m_files);
        fresh.enter("/");
        m_files->answer();
        QCOMPARE(m_model->rowCount(), fresh.rowCount());
        for (int row = 0; row < fresh.rowCount(); ++row) {
            for (int column = 0; column < FileTreeModel::ColumnCount; ++column)
                QCOMPARE(m_model->index(row, column).data().toString(), fresh.index(row, column).data().toString());
        }
    }

private:
    void enter(const char* path) {
        m_model->enter(path);
        m_files->answer();
    }
    [[nodiscard]] QString names(const QModelIndex& parent = {}) const {
        QStringList all;
        for (int row = 0; row < m_model->rowCount(parent); ++row)
            all.append(m_model->index(row, 0, parent).data().toString());
        return all.join(u' ');
    }

    std::shared_ptr<ScriptedFiles> m_files;
    std::unique_ptr<FileTreeModel> m_model;
};

QTEST_GUILESS_MAIN(TestFileTreeModel)
#include "tst_file_tree_model.moc"
