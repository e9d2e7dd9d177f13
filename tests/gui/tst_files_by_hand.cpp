// SPDX-License-Identifier: GPL-3.0-or-later
// The files of a pod of a real cluster, through the window: opened with F, looked into, copied both ways by key, button
// and by letting go of them, asked for before something is replaced, refused where nothing may be written.
#include "core/fleet/fleet.h"
#include "tests/gui/window_hand.h"
#include "tests/support/testbed.h"
#include "ui/files/file_copies.h"
#include "ui/files/file_tree_model.h"
#include "ui/files/file_tree_view.h"

#include <QAction>
#include <QComboBox>
#include <QCryptographicHash>
#include <QDialog>
#include <QDir>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

namespace fs = std::filesystem;

namespace {

constexpr int kPatience = 60000;

constexpr const char* kPod = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"team-a",
    "annotations":{"kubectl.kubernetes.io/default-container":"main"}},"spec":{"nodeName":"node-0","containers":[
    {"name":"side","image":"shell"},{"name":"main","image":"shell"}]}})";

testbed::Cluster& cluster() {
    return testbed::Testbed::instance().cluster("north");
}

void put(const fs::path& path, const std::string& bytes, mode_t mode = 0644) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    ::chmod(path.c_str(), mode);
}

std::string readAll(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Path: mode and sum, or target.
std::map<std::string, std::string> treeOf(const fs::path& root) {
    std::map<std::string, std::string> tree;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
        struct stat status{};
        ::lstat(entry.path().c_str(), &status);
        std::string what = std::to_string(status.st_mode);
        if (S_ISLNK(status.st_mode))
            what += " " + fs::read_symlink(entry.path()).string();
        if (S_ISREG(status.st_mode))
            what += " " + QCryptographicHash::hash(QByteArray::fromStdString(readAll(entry.path())),
                                                   QCryptographicHash::Sha256)
                              .toHex()
                              .toStdString();
        tree[entry.path().lexically_relative(root).string()] = what;
    }
    return tree;
}

} // namespace

/// The node agent's containers see this machine's files, so that both ends lie below one temporary folder.
class TestFilesByHand : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void opensAPodsFiles();
    void copiesOut();
    void copiesInByLettingGo();
    void skipsWhatIsEqual();
    void asksBeforeReplacing();
    void asksForTheNameOfAProtectedCluster();
    void writesNothingWhereItIsReadOnly();
    void showsATextFile();
    void saysWhatIsWrong();
    void copiesFromWhereItWasAsked();
    void changesTheContainer();
    void goesTheNewWayToTheCluster();

private:
    [[nodiscard]] ui::FileTreeView* tree(const char* name) const { return m_hand.visible<ui::FileTreeView>(name); }
    [[nodiscard]] ui::FileTreeView* here() const { return tree("filesHereTree"); }
    [[nodiscard]] ui::FileTreeView* there() const { return tree("filesThereTree"); }
    [[nodiscard]] static ui::FileTreeModel* model(const ui::FileTreeView* view) {
        return qobject_cast<ui::FileTreeModel*>(view->model());
    }
    [[nodiscard]] QTableView* copies() const { return m_hand.visible<QTableView>("fileCopyTable"); }
    [[nodiscard]] QString copyCell(int row, int column) const {
        return copies() ? copies()->model()->index(row, column).data().toString() : QString();
    }
    [[nodiscard]] const ui::FileCopyRow& newest() const {
        return dynamic_cast<const ui::FileCopyModel&>(*copies()->model()).rowAt(0);
    }
    [[nodiscard]] int copyCount() const { return copies() ? copies()->model()->rowCount() : 0; }
    /// Through the path bar, as an operator would.
    void go(const char* pane, const std::string& folder) const {
        auto* line = m_hand.window()->findChild<QWidget*>(QLatin1String(pane))->findChild<QLineEdit*>();
        line->setFocus();
        line->setText(QString::fromStdString(folder));
        QTest::keyClick(line, Qt::Key_Return);
    }
    [[nodiscard]] bool shows(const char* view, const std::string& folder) const {
        return QTest::qWaitFor(
            [&] {
                return tree(view) && model(tree(view))->state() == ui::FileTreeModel::State::Ready &&
                       model(tree(view))->path() == folder;
            },
            kPatience);
    }
    [[nodiscard]] bool choose(ui::FileTreeView* view, const char* name) const {
        const QModelIndex at = model(view)->indexOf(std::string(name));
        if (!at.isValid())
            return false;
        view->setFocus();
        view->selectionModel()->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        return true;
    }
    /// The newest of so many.
    [[nodiscard]] bool isCopied(int count, const QString& state) const {
        return QTest::qWaitFor([&] { return copyCount() == count && copyCell(0, 5) == state; }, kPatience);
    }
    [[nodiscard]] QDialog* dialog(const char* name) const {
        return m_hand.window()->findChild<QDialog*>(QLatin1String(name));
    }
    static void letGo(ui::FileTreeView* over, QMimeData* data) {
        const QPoint at = over->viewport()->rect().bottomRight() - QPoint(4, 4); // below all rows
        QDragEnterEvent enter(at, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(over->viewport(), &enter);
        QDragMoveEvent move(at, Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(over->viewport(), &move);
        QVERIFY(move.isAccepted());
        QDropEvent drop(QPointF(at), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(over->viewport(), &drop);
    }
    [[nodiscard]] std::string path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }
    /// To look at: PICTURES names a folder.
    void keepPicture(const char* name, QWidget* widget = nullptr) const {
        if (qEnvironmentVariableIsSet("PICTURES"))
            (widget ? widget : m_hand.window())
                ->grab()
                .save(qEnvironmentVariable("PICTURES") + QStringLiteral("/%1.png").arg(QLatin1String(name)));
    }

    QTemporaryDir m_folder;
    WindowHand m_hand;
};

void TestFilesByHand::initTestCase() {
    TESTBED_UP({"north"});
    const testbed::Ran made = cluster().kubectl({"apply", "-f", "-"}, kPod);
    QVERIFY2(made.exitCode == 0, made.err.c_str());
    const testbed::Ran ready = cluster().kubectl(
        {"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/web", "--timeout=60s"});
    QVERIFY2(ready.exitCode == 0, ready.err.c_str());
    const fs::path shop = path("container") + "/shop";
    put(shop / "config.yaml", "replicas: 3\nname: shop\n");
    put(shop / "run.sh", "#!/bin/sh\nexec shop\n", 0755);
    put(shop / "new\nline", "awkward");
    put(shop / "\xff\xfe", "bytes");
    put(shop / ".env", "SECRET=no\n");
    put(shop / "data/orders.csv", std::string(300'000, '7'));
    put(shop / "data/deep/er/x", "deep");
    fs::create_symlink("data", shop / "current");
    put(path("container") + "/notes.txt", "one\ntwo\n");
    fs::create_directories(path("machine"));
    app::Options options;
    options.kubeconfig = QString::fromStdString(testbed::Testbed::instance().kubeconfig().string());
    options.contexts = {QStringLiteral("north-admin")};
    options.page = QStringLiteral("fleet");
    options.theme = qEnvironmentVariable("PICTURES_THEME", QStringLiteral("light"));
    options.language = qEnvironmentVariable("PICTURES_LANGUAGE", QStringLiteral("en"));
    options.size = QSize(1280, 800);
    QVERIFY(m_hand.start(options));
    QVERIFY(m_hand.settles());
}

// Qt does not remove names that are no UTF-8.
void TestFilesByHand::cleanupTestCase() {
    m_hand.program.reset();
    fs::remove_all(m_folder.path().toStdString());
}

void TestFilesByHand::opensAPodsFiles() {
    m_hand.press(Qt::Key_Colon);
    m_hand.type("pods");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("Pods"), kPatience);
    m_hand.press(Qt::Key_Slash);
    m_hand.type("web");
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.rows(), 1, kPatience);
    m_hand.table()->setCurrentIndex(m_hand.table()->model()->index(0, 0));
    m_hand.press(Qt::Key_F);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), QStringLiteral("team-a/web"), kPatience);
    QVERIFY(m_hand.settles());
    QCOMPARE(m_hand.label("pageSubtitle"), QStringLiteral("north-admin, container main"));
    QCOMPARE(m_hand.visible<QComboBox>("filesContainers")->currentText(), QStringLiteral("main"));
    QVERIFY(here() && there());
    go("filesHere", path("machine"));
    QTRY_COMPARE(model(m_hand.window()->findChild<ui::FileTreeView*>(QStringLiteral("filesHereTree")))->path(),
                 path("machine"));
    go("filesThere", path("container"));
    QVERIFY(shows("filesThereTree", path("container")));
    QCOMPARE(model(there())->rowCount(), 2);
    // A folder is opened in its place, and entered.
    const QModelIndex shop = model(there())->indexOf(std::string("shop"));
    there()->setCurrentIndex(shop);
    QTest::keyClick(there(), Qt::Key_Right);
    QTRY_COMPARE_WITH_TIMEOUT(model(there())->rowCount(shop), 6, kPatience);
    keepPicture("files-open");
    QTest::keyClick(there(), Qt::Key_Return);
    QVERIFY(shows("filesThereTree", path("container") + "/shop"));
    QTest::keyClick(there(), Qt::Key_Backspace);
    QVERIFY(shows("filesThereTree", path("container")));
    QCOMPARE(there()->currentIndex().data().toString(), QStringLiteral("shop"));
}

void TestFilesByHand::copiesOut() {
    QVERIFY(choose(there(), "shop"));
    m_hand.press(Qt::Key_F5);
    QVERIFY(isCopied(1, QStringLiteral("7 files copied")));
    QCOMPARE(treeOf(path("machine") + "/shop"), treeOf(path("container") + "/shop"));
    QCOMPARE(copyCell(0, 4), QStringLiteral("7 of 7"));
    // Both sides are read again by themselves.
    QTRY_VERIFY(here() && model(here())->indexOf(std::string("shop")).isValid());
    keepPicture("files-copied");
}

void TestFilesByHand::copiesInByLettingGo() {
    const std::string target = path("container") + "/new";
    fs::create_directory(target);
    go("filesThere", target);
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.settles() && !there(), kPatience); // it is empty
    put(target + "/first", "");
    m_hand.window()->actions().find(QStringLiteral("files.refresh"))->trigger();
    QVERIFY(shows("filesThereTree", target));
    const QModelIndex shop = model(here())->indexOf(std::string("shop"));
    const std::unique_ptr<QMimeData> drag(model(here())->mimeData({shop}));
    letGo(there(), drag.get());
    QVERIFY(isCopied(2, QStringLiteral("7 files copied")));
    QCOMPARE(treeOf(target + "/shop"), treeOf(path("machine") + "/shop"));
    // And the other way.
    const std::string back = path("back");
    fs::create_directory(back);
    put(back + "/first", "");
    go("filesHere", back);
    QVERIFY(shows("filesHereTree", back));
    QTRY_VERIFY_WITH_TIMEOUT(model(there())->indexOf(std::string("shop")).isValid(), kPatience);
    const std::unique_ptr<QMimeData> other(model(there())->mimeData({model(there())->indexOf(std::string("shop"))}));
    letGo(here(), other.get());
    QVERIFY(isCopied(3, QStringLiteral("7 files copied")));
    QCOMPARE(treeOf(back + "/shop"), treeOf(path("container") + "/shop"));
}

void TestFilesByHand::skipsWhatIsEqual() {
    put(path("back") + "/shop/config.yaml", "replicas: 4\n");
    QVERIFY(m_hand.settles());
    QVERIFY(choose(here(), "shop"));
    m_hand.visible<QPushButton>("filesUpload")->click();
    QTRY_VERIFY_WITH_TIMEOUT(dialog("copyQuestion"), kPatience);
    QVERIFY(dialog("copyQuestion")
                ->findChild<QLabel*>(QStringLiteral("copyWhat"))
                ->text()
                .startsWith(QLatin1String("1 of them is in ")));
    keepPicture("files-replace", dialog("copyQuestion"));
    QVERIFY(!dialog("copyQuestion")->findChild<QPushButton*>(QStringLiteral("copySkip")));
    dialog("copyQuestion")->findChild<QPushButton*>(QStringLiteral("copyGo"))->click();
    QVERIFY(isCopied(4, QStringLiteral("1 file copied, 6 skipped as equal")));
    QCOMPARE(readAll(path("container") + "/new/shop/config.yaml"), std::string("replicas: 4\n"));
}

void TestFilesByHand::asksBeforeReplacing() {
    QTRY_VERIFY(!dialog("copyQuestion"));
    QVERIFY(m_hand.wake());
    put(path("back") + "/first", "mine");
    put(path("back") + "/second", "mine");
    m_hand.window()->actions().find(QStringLiteral("files.refresh"))->trigger();
    QVERIFY(m_hand.settles());
    here()->setFocus();
    here()->selectAll();
    m_hand.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(dialog("copyQuestion"), kPatience);
    QCOMPARE(dialog("copyQuestion")->findChild<QLabel*>(QStringLiteral("copyThere"))->text(),
             QStringLiteral("shop\nfirst"));
    QTest::keyClick(dialog("copyQuestion"), Qt::Key_Return); // Cancel
    QTRY_VERIFY(!dialog("copyQuestion"));
    QVERIFY(m_hand.wake());
    QCOMPARE(copyCount(), 4);
    here()->setFocus();
    m_hand.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(dialog("copyQuestion"), kPatience);
    dialog("copyQuestion")->findChild<QPushButton*>(QStringLiteral("copySkip"))->click();
    QVERIFY(isCopied(5, QStringLiteral("1 file copied")));
    QCOMPARE(readAll(path("container") + "/new/second"), std::string("mine"));
    QCOMPARE(readAll(path("container") + "/new/first"), std::string());
    QTRY_VERIFY(!dialog("copyQuestion"));
    QVERIFY(m_hand.wake());
}

void TestFilesByHand::asksForTheNameOfAProtectedCluster() {
    auto& fleet = *m_hand.program->fleet();
    fleet.setProtected(fleet.byContext("north-admin"), true);
    QTRY_COMPARE(m_hand.label("filesProtected"), QStringLiteral("protected cluster"));
    put(path("back") + "/third", "mine");
    m_hand.window()->actions().find(QStringLiteral("files.refresh"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(choose(here(), "third"), kPatience);
    m_hand.press(Qt::Key_F5);
    QTRY_VERIFY_WITH_TIMEOUT(dialog("copyQuestion"), kPatience);
    auto* go = dialog("copyQuestion")->findChild<QPushButton*>(QStringLiteral("copyGo"));
    QVERIFY(!go->isEnabled());
    keepPicture("files-protected", dialog("copyQuestion"));
    auto* name = dialog("copyQuestion")->findChild<QLineEdit*>(QStringLiteral("confirmName"));
    name->setText(QStringLiteral("north-admin"));
    QVERIFY(go->isEnabled());
    go->click();
    QVERIFY(isCopied(6, QStringLiteral("1 file copied")));
    QCOMPARE(readAll(path("container") + "/new/third"), std::string("mine"));
    QTRY_VERIFY(!dialog("copyQuestion"));
    QVERIFY(m_hand.wake());
}

void TestFilesByHand::writesNothingWhereItIsReadOnly() {
    auto& fleet = *m_hand.program->fleet();
    fleet.setReadOnly(fleet.byContext("north-admin"), true);
    QTRY_COMPARE(m_hand.label("filesProtected"), QStringLiteral("read-only cluster"));
    put(path("back") + "/third", "changed");
    QVERIFY(choose(here(), "third"));
    QVERIFY(!m_hand.visible<QPushButton>("filesUpload")->isEnabled());
    m_hand.press(Qt::Key_F5);
    QVERIFY(m_hand.settles());
    QVERIFY(!dialog("copyQuestion"));
    // A copy of before is not sent again either.
    copies()->selectRow(0);
    m_hand.window()->actions().find(QStringLiteral("files.again"))->trigger();
    QTRY_VERIFY(copyCell(0, 5).contains(QLatin1String("read-only here")));
    QCOMPARE(readAll(path("container") + "/new/third"), std::string("mine"));
    // Out of it one may.
    QVERIFY(choose(there(), "second"));
    fs::remove(path("back") + "/second");
    m_hand.visible<QPushButton>("filesDownload")->click();
    QVERIFY(isCopied(7, QStringLiteral("1 file copied")));
    keepPicture("files-read-only");
    fleet.setReadOnly(fleet.byContext("north-admin"), false);
    fleet.setProtected(fleet.byContext("north-admin"), false);
    m_hand.window()->actions().find(QStringLiteral("files.clear"))->trigger();
    QTRY_VERIFY(!copies());
}

void TestFilesByHand::showsATextFile() {
    go("filesThere", path("container") + "/shop");
    QVERIFY(shows("filesThereTree", path("container") + "/shop"));
    QVERIFY(choose(there(), "config.yaml"));
    m_hand.press(Qt::Key_F3);
    QTRY_VERIFY_WITH_TIMEOUT(dialog("fileViewer"), kPatience);
    QCOMPARE(dialog("fileViewer")->findChild<QPlainTextEdit*>()->toPlainText(),
             QStringLiteral("replicas: 3\nname: shop\n"));
    QVERIFY(dialog("fileViewer")->findChild<QPlainTextEdit*>()->isReadOnly());
    keepPicture("files-view", dialog("fileViewer"));
    dialog("fileViewer")->reject();
    QTRY_VERIFY(!dialog("fileViewer"));
    QVERIFY(m_hand.wake());
    // Names with a dot in front are left out until asked for.
    QVERIFY(!choose(there(), ".env"));
    m_hand.window()->actions().find(QStringLiteral("files.hidden"))->trigger();
    QTRY_VERIFY(choose(there(), ".env"));
}

void TestFilesByHand::saysWhatIsWrong() {
    go("filesThere", path("none"));
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.label("fileFaceTitle").contains(QLatin1String("no such folder")), kPatience);
    keepPicture("files-none");
    go("filesThere", path("container"));
    QVERIFY(shows("filesThereTree", path("container")));
    cluster().kill(testbed::Server::ApiServer);
    m_hand.window()->actions().find(QStringLiteral("files.refresh"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!there() && !m_hand.label("fileFaceTitle").isEmpty(), kPatience);
    QVERIFY(cluster().start(testbed::Server::ApiServer));
}

// Both sides are compared first, which takes a while.
void TestFilesByHand::copiesFromWhereItWasAsked() {
    go("filesThere", path("container"));
    QVERIFY(shows("filesThereTree", path("container")));
    QVERIFY(choose(there(), "notes.txt"));
    m_hand.press(Qt::Key_F5);
    auto* containers = m_hand.visible<QComboBox>("filesContainers");
    QCOMPARE(containers->count(), 2);
    containers->setCurrentText(QStringLiteral("side"));
    emit containers->activated(containers->currentIndex());
    QVERIFY(isCopied(1, QStringLiteral("1 file copied")));
    QCOMPARE(newest().spec.container.container, std::string("main"));
    containers->setCurrentText(QStringLiteral("main"));
    emit containers->activated(containers->currentIndex());
    QTRY_COMPARE(m_hand.label("pageSubtitle"), QStringLiteral("north-admin, container main"));
}

void TestFilesByHand::changesTheContainer() {
    auto* containers = m_hand.visible<QComboBox>("filesContainers");
    containers->setCurrentText(QStringLiteral("side"));
    emit containers->activated(containers->currentIndex());
    QTRY_COMPARE(m_hand.label("pageSubtitle"), QStringLiteral("north-admin, container side"));
    QTRY_VERIFY_WITH_TIMEOUT(there(), kPatience);
}

// After a change of the kubeconfig or of credentials, the old way may lead nowhere.
void TestFilesByHand::goesTheNewWayToTheCluster() {
    fleet::Fleet& fleet = *m_hand.program->fleet();
    const fleet::ClusterId north = fleet.byContext("north-admin");
    fleet.disconnect(north);
    m_hand.window()->actions().find(QStringLiteral("files.refresh"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!there() && !m_hand.label("fileFaceTitle").isEmpty(), kPatience);
    fleet.connect(north);
    QTRY_VERIFY_WITH_TIMEOUT(fleet.transport(north) && fleet.kinds(north), kPatience);
    m_hand.window()->actions().find(QStringLiteral("files.refresh"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(there(), kPatience);
    copies()->selectRow(0);
    fs::remove(path("back") + "/notes.txt");
    m_hand.window()->actions().find(QStringLiteral("files.again"))->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(path("back") + "/notes.txt"), kPatience);
    QCOMPARE(newest().spec.container.transport, fleet.transport(north));
}

QTEST_MAIN(TestFilesByHand)
#include "tst_files_by_hand.moc"
