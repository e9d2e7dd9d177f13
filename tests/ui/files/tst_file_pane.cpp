// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_pane.h"
#include "ui/files/file_tree_view.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>

#include <memory>
#include <optional>
#include <string>
#include <utility>

using kube::files::Folder;
using kube::files::FolderItem;

namespace {

/// Answers when it is told to.
class ScriptedFiles final : public ui::FileSource {
public:
    std::unique_ptr<Asking> list(const std::string& path, Listed handler) override {
        m_path = path;
        m_handler = std::move(handler);
        return std::make_unique<Asking>();
    }
    std::unique_ptr<Asking> read(const std::string&, std::size_t, Read) override { return {}; }

    void answer(std::vector<std::string> names) {
        Folder folder{m_path, {}};
        for (std::string& name : names) {
            FolderItem item;
            item.name = std::move(name);
            folder.items.push_back(std::move(item));
        }
        std::exchange(m_handler, {})(std::move(folder));
    }
    void refuse(base::ErrorCode code) { std::exchange(m_handler, {})(base::fail(code, "no")); }

private:
    std::string m_path;
    Listed m_handler;
};

} // namespace

// Where the keyboard is while what the pane shows becomes another thing.
class TestFilePane : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_window.reset(); }
    void keepsTheKeyboard_data();
    void keepsTheKeyboard();
    void staysOutOfWhereItIsNot();
    void goesOnFromATypedPath();

private:
    [[nodiscard]] QPushButton* act() const { return m_pane->findChild<QPushButton*>(QStringLiteral("fileFaceAct")); }
    [[nodiscard]] QLineEdit* path() const { return m_pane->findChild<QLineEdit*>(); }
    [[nodiscard]] bool isInPane() const { return m_pane->isAncestorOf(QApplication::focusWidget()); }

    std::unique_ptr<QWidget> m_window;
    ui::FilePane* m_pane = nullptr;
    QLineEdit* m_other = nullptr;
    std::shared_ptr<ScriptedFiles> m_files;
};

void TestFilePane::init() {
    m_window = std::make_unique<QWidget>();
    auto* layout = new QVBoxLayout(m_window.get());
    m_other = new QLineEdit(m_window.get());
    m_pane = new ui::FilePane(ui::FileTreeModel::Side::Container, QStringLiteral("Container"), m_window.get());
    layout->addWidget(m_other);
    layout->addWidget(m_pane);
    m_files = std::make_shared<ScriptedFiles>();
    m_pane->model().setSource(m_files);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestFilePane::keepsTheKeyboard_data() {
    QTest::addColumn<base::ErrorCode>("code");
    QTest::newRow("no shell") << base::ErrorCode::Unsupported;
    QTest::newRow("forbidden") << base::ErrorCode::Forbidden;
    QTest::newRow("away") << base::ErrorCode::Unreachable;
}

void TestFilePane::keepsTheKeyboard() {
    QFETCH(base::ErrorCode, code);
    m_pane->setFace(QStringLiteral("Looks for the pod's containers…"), {}, {}, {});
    m_pane->setFocus(Qt::OtherFocusReason);
    m_pane->clearFace();
    m_pane->model().enter("/app");
    m_files->refuse(code);
    QVERIFY(act()->isVisible());
    QCOMPARE(QApplication::focusWidget(), act());
    // Again in vain, then not.
    QTest::keyClick(act(), Qt::Key_Space);
    QVERIFY(isInPane());
    m_files->refuse(code);
    QCOMPARE(QApplication::focusWidget(), act());
    QTest::keyClick(act(), Qt::Key_Space);
    m_files->answer({"a", "b"});
    QCOMPARE(QApplication::focusWidget(), &m_pane->view());
    m_pane->model().refresh();
    m_files->refuse(code);
    QCOMPARE(QApplication::focusWidget(), act());
    // An empty folder has nothing to press.
    QTest::keyClick(act(), Qt::Key_Space);
    m_files->answer({});
    QVERIFY(!act()->isVisible());
    QVERIFY(isInPane());
    QVERIFY(!qobject_cast<QPushButton*>(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backspace);
    QCOMPARE(m_pane->model().path(), std::string("/"));
    m_files->answer({"app"});
    QCOMPARE(QApplication::focusWidget(), &m_pane->view());
}

void TestFilePane::staysOutOfWhereItIsNot() {
    m_other->setFocus();
    m_pane->model().enter("/app");
    m_files->refuse(base::ErrorCode::Unsupported);
    QCOMPARE(QApplication::focusWidget(), m_other);
    m_pane->model().refresh();
    m_files->answer({"a"});
    QCOMPARE(QApplication::focusWidget(), m_other);
}

void TestFilePane::goesOnFromATypedPath() {
    m_pane->model().enter("/app");
    m_files->answer({"a"});
    m_pane->editPath();
    QCOMPARE(QApplication::focusWidget(), path());
    QTest::keyClicks(path(), QStringLiteral("/none"));
    QTest::keyClick(path(), Qt::Key_Return);
    m_files->refuse(base::ErrorCode::NotFound);
    QCOMPARE(QApplication::focusWidget(), act());
}

QTEST_MAIN(TestFilePane)
#include "tst_file_pane.moc"
