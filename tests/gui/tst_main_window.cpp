// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/application.h"
#include "core/fleet/fleet.h"
#include "core/fleet/paths.h"
#include "core/fleet/settings.h"
#include "ui/base/theme.h"
#include "ui/editor/yaml_editor.h"
#include "ui/shell/command_line.h"
#include "ui/shell/main_window.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

namespace {

constexpr int kContexts = 300;

// Contexts that lead nowhere: nothing may be asked of them.
void writeKubeconfig(const QString& path) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray text = "apiVersion: v1\nkind: Config\ncurrent-context: customer-000\nclusters:\n";
    const auto name = [](int i) { return QByteArray("customer-") + QByteArray::number(i).rightJustified(3, '0'); };
    for (int i = 0; i < kContexts; ++i)
        text += "- name: " + name(i) + "\n  cluster: {server: 'https://" + name(i) + ".invalid:6443'}\n";
    text += "users:\n- name: nobody\n  user: {token: none}\ncontexts:\n";
    for (int i = 0; i < kContexts; ++i)
        text += "- name: " + name(i) + "\n  context: {cluster: " + name(i) + ", user: nobody}\n";
    text += "- name: broken\n  context: {cluster: missing, user: nobody}\n";
    file.write(text);
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void opensOnTheFleetAndAsksNobody();
    void filtersByKeyboardAlone();
    void saysWhatIsWrongWithAFilter();
    void goesByCommand();
    void paletteFindsClusters();
    void helpListsTheKeysOfThePage();
    void settingsHoldAtOnce();
    void languageBuildsTheWindowAnew();
    void languageAsksBeforeWorkIsLost();
    void everyWidgetHasAName();
    void protectionShowsAndStays();
    void readOnlyShowsAndStays();
    void startsAndEndsAgainAndAgain();
    void emptyKubeconfigSaysWhereItLooked();

private:
    void startProgram(const QString& kubeconfig);
    QTableView* clusters() const { return window()->findChild<QTableView*>(QStringLiteral("clusterTable")); }
    ui::CommandLine* line() const { return window()->findChild<ui::CommandLine*>(); }
    ui::MainWindow* window() const { return m_program->window(); }
    QString text(const char* label) const { return window()->findChild<QLabel*>(QString::fromLatin1(label))->text(); }
    const QComboBox* chooseChinese() const;
    static std::string remembered(fleet::Setting setting) {
        return fleet::Settings(fleet::Paths::fromEnvironment().settingsFile()).text(setting);
    }
    QDialog* dialog(const char* name) const { return window()->findChild<QDialog*>(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<app::Application> m_program;
};

void TestMainWindow::startProgram(const QString& kubeconfig) {
    app::Options options;
    options.kubeconfig = kubeconfig;
    options.theme = QStringLiteral("light");
    options.language = QStringLiteral("en");
    m_program = std::make_unique<app::Application>(options);
    m_program->start();
    QVERIFY(window());
    window()->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window()));
}

const QComboBox* TestMainWindow::chooseChinese() const {
    window()->actions().find(QStringLiteral("shell.settings"))->trigger();
    auto* language = dialog("settings")->findChild<QComboBox*>(QStringLiteral("settings.language"));
    QTest::keyClick(language, Qt::Key_End);
    return language;
}

void TestMainWindow::init() {
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("QUARTERDECK_HOME", m_home->path().toLocal8Bit());
    const QString kubeconfig = m_home->filePath(QStringLiteral("kubeconfig"));
    writeKubeconfig(kubeconfig);
    startProgram(kubeconfig);
}

void TestMainWindow::cleanup() {
    m_program.reset();
    m_home.reset();
}

void TestMainWindow::opensOnTheFleetAndAsksNobody() {
    QCOMPARE(text("pageTitle"), QStringLiteral("Fleet"));
    QCOMPARE(clusters()->model()->rowCount(), kContexts + 1);
    QVERIFY(text("pageSubtitle").contains(QStringLiteral("301")));
    QVERIFY(text("pageSubtitle").contains(QStringLiteral("0 connected")));
    QCOMPARE(text("footConnections"), QStringLiteral("No cluster connected"));
    QTRY_VERIFY(window()->isSettled());
}

void TestMainWindow::filtersByKeyboardAlone() {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Slash);
    QCOMPARE(QApplication::focusWidget(), line());
    QTest::keyClicks(line(), QStringLiteral("customer-01"));
    QCOMPARE(clusters()->model()->rowCount(), 10);
    QVERIFY(text("pageSubtitle").startsWith(QStringLiteral("10 of 301")));
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget(), clusters());
    QTest::keyClick(clusters(), Qt::Key_Escape);
    QCOMPARE(clusters()->model()->rowCount(), kContexts + 1);
    QVERIFY(line()->text().isEmpty());
}

void TestMainWindow::saysWhatIsWrongWithAFilter() {
    line()->edit(ui::CommandLine::Mode::Filter);
    QTest::keyClicks(line(), QStringLiteral("pods>"));
    QVERIFY(window()->currentPage()->filterProblem());
    QCOMPARE(line()->accessibleDescription(), window()->currentPage()->filterProblem()->message);
    QCOMPARE(clusters()->model()->rowCount(), kContexts + 1);
}

void TestMainWindow::goesByCommand() {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Colon);
    QCOMPARE(line()->mode(), ui::CommandLine::Mode::Command);
    QTest::keyClicks(line(), QStringLiteral("ctx customer-042"));
    QTest::keyClick(line(), Qt::Key_Return);
    QCOMPARE(line()->mode(), ui::CommandLine::Mode::Filter);
    QCOMPARE(clusters()->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("customer-042"));
    QCOMPARE(text("clusterName"), QStringLiteral("customer-042"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Colon);
    QTest::keyClicks(line(), QStringLiteral("nonsense"));
    QTest::keyClick(line(), Qt::Key_Return);
    QVERIFY(text("footSaid").contains(QStringLiteral("nonsense")));
}

void TestMainWindow::paletteFindsClusters() {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_K, Qt::ControlModifier);
    QDialog* palette = dialog("palette");
    QVERIFY(palette);
    auto* search = palette->findChild<QLineEdit*>(QStringLiteral("paletteSearch"));
    QTest::keyClicks(search, QStringLiteral("cust 123"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(text("clusterName"), QStringLiteral("customer-123"));
}

void TestMainWindow::helpListsTheKeysOfThePage() {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Question);
    QDialog* help = dialog("help");
    QVERIFY(help);
    QStringList texts;
    for (const QLabel* label : help->findChildren<QLabel*>())
        texts.append(label->text());
    QVERIFY(texts.contains(QStringLiteral("Connect group…")));
    QVERIFY(texts.contains(QStringLiteral("Ctrl+K")));
    help->close();
}

void TestMainWindow::settingsHoldAtOnce() {
    const QPointer<ui::MainWindow> before(window());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Comma, Qt::ControlModifier);
    QDialog* settings = dialog("settings");
    QVERIFY(settings);
    auto* scheme = settings->findChild<QComboBox*>(QStringLiteral("settings.scheme"));
    QTest::keyClick(scheme, Qt::Key_End);
    QCOMPARE(QApplication::palette().color(QPalette::Window), ui::tokens(ui::Scheme::Dark).window);
    auto* density = settings->findChild<QComboBox*>(QStringLiteral("settings.density"));
    QTest::keyClick(density, Qt::Key_Down);
    QCOMPARE(clusters()->rowHeight(0), 22);
    QTest::keyClick(density, Qt::Key_Up);
    QCOMPARE(clusters()->rowHeight(0), 26);
    settings->close();
    // The language is the command line's still, and no other was chosen.
    QCoreApplication::processEvents();
    QVERIFY(before);
}

void TestMainWindow::languageBuildsTheWindowAnew() {
    const QPointer<ui::MainWindow> before(window());
    const std::vector<fleet::ClusterId> scope = {m_program->fleet()->byContext("customer-007")};
    window()->scope().set(scope, {QStringLiteral("shop")});
    window()->actions().find(QStringLiteral("shell.page-journal"))->trigger();
    chooseChinese();
    QTRY_VERIFY(!before && window() && window()->currentPage());
    QCOMPARE(window()->currentPage()->objectName(), QStringLiteral("journalPage"));
    QVERIFY(text("pageTitle") != QStringLiteral("Journal"));
    QVERIFY(window()->scope().clusters() == scope);
    QCOMPARE(window()->scope().namespaces(), QStringList(QStringLiteral("shop")));
    QCOMPARE(remembered(fleet::Setting::Language), std::string("zh_CN"));
    window()->actions().find(QStringLiteral("shell.page-fleet"))->trigger();
    QCOMPARE(clusters()->model()->rowCount(), kContexts + 1);
}

void TestMainWindow::languageAsksBeforeWorkIsLost() {
    const QPointer<ui::MainWindow> before(window());
    window()->actions().find(QStringLiteral("shell.create"))->trigger();
    auto* editor = window()->findChild<ui::YamlEditor*>(QStringLiteral("yamlEditor"));
    QVERIFY(editor);
    QTRY_COMPARE(QApplication::focusWidget(), editor);
    QTest::keyClicks(editor, QStringLiteral("kind: Pod"));
    const auto question = [this] { return window()->findChild<QMessageBox*>(QStringLiteral("askBeforeLoss")); };
    const QComboBox* language = chooseChinese();
    QTRY_VERIFY(question());
    QVERIFY(question()->text().contains(QLatin1String("Create from YAML")));
    QTest::keyClick(question(), Qt::Key_Return); // keeps it
    QTRY_VERIFY(!question());
    QCoreApplication::processEvents();
    QVERIFY(before);
    QCOMPARE(editor->text(), QStringLiteral("kind: Pod"));
    QCOMPARE(language->currentData().toString(), QString());
    QCOMPARE(remembered(fleet::Setting::Language), std::string());
    delete dialog("settings");

    chooseChinese();
    QTRY_VERIFY(question());
    for (QAbstractButton* button : question()->buttons()) {
        if (question()->buttonRole(button) == QMessageBox::DestructiveRole) {
            button->click();
            break;
        }
    }
    QTRY_VERIFY(!before && window() && window()->currentPage());
    QCOMPARE(window()->currentPage()->objectName(), QStringLiteral("editorPage"));
    QCOMPARE(remembered(fleet::Setting::Language), std::string("zh_CN"));
}

void TestMainWindow::everyWidgetHasAName() {
    QStringList nameless;
    for (const QWidget* widget : window()->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->inherits("QLabel"))
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool isPart = widget->inherits("QHeaderView") || widget->inherits("QSplitter") ||
                            widget->objectName().startsWith(QStringLiteral("qt_"));
        if (!isPart && widget->accessibleName().isEmpty() && (!button || button->text().isEmpty()))
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                            widget->objectName());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
}

void TestMainWindow::protectionShowsAndStays() {
    clusters()->setFocus();
    clusters()->selectRow(0);
    const QString name = clusters()->currentIndex().siblingAtColumn(0).data().toString();
    QAction* protect = window()->actions().find(QStringLiteral("fleet.protect"));
    QVERIFY(protect && protect->isEnabled());
    protect->trigger();
    const auto chip = [this] { return clusters()->model()->index(0, 0).data(ui::CellRole).value<ui::Cell>().chip; };
    QTRY_COMPARE(chip(), QStringLiteral("protected"));
    m_program.reset();
    startProgram(m_home->filePath(QStringLiteral("kubeconfig")));
    QCOMPARE(chip(), QStringLiteral("protected"));
    clusters()->setFocus();
    clusters()->selectRow(0);
    QTest::keyClick(clusters(), Qt::Key_C);
    QCOMPARE(QApplication::clipboard()->text(), name);
}

void TestMainWindow::readOnlyShowsAndStays() {
    const auto cell = [this](int row) {
        return clusters()->model()->index(row, 0).data(ui::CellRole).value<ui::Cell>();
    };
    // selectRow() would add or take away where the last key had a modifier.
    const auto choose = [this](int row) {
        clusters()->selectionModel()->setCurrentIndex(clusters()->model()->index(row, 0),
                                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    };
    const auto restart = [this, choose] {
        m_program.reset();
        startProgram(m_home->filePath(QStringLiteral("kubeconfig")));
        clusters()->setFocus();
        choose(0);
    };
    const auto readOnly = [this] { return window()->actions().find(QStringLiteral("fleet.read-only")); };
    const auto tickEverywhere = [this] {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Comma, Qt::ControlModifier);
        dialog("settings")->findChild<QCheckBox*>(QStringLiteral("settings.readOnly"))->click();
        delete dialog("settings");
        window()->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window()));
        clusters()->setFocus();
    };
    clusters()->setFocus();
    choose(0);
    const QString name = cell(0).text;
    window()->scope().setClusters({m_program->fleet()->byContext(name.toStdString())});
    const auto chip = [this] { return window()->findChild<QAbstractButton*>(QStringLiteral("clusterChip")); };
    QTest::keyClick(clusters(), Qt::Key_R, Qt::ShiftModifier);
    QTRY_COMPARE(cell(0).chip, QStringLiteral("read-only"));
    QCOMPARE(cell(1).chip, QString());
    QTRY_COMPARE(chip()->accessibleName(), QStringLiteral("Cluster shown: %1, read-only").arg(name));
    line()->edit(ui::CommandLine::Mode::Filter);
    QTest::keyClicks(line(), QStringLiteral("read-only:yes"));
    QCOMPARE(clusters()->model()->rowCount(), 1);
    restart();
    QCOMPARE(cell(0).chip, QStringLiteral("read-only"));
    QVERIFY(readOnly()->isEnabled() && readOnly()->isChecked());

    auto* foot = window()->findChild<QLabel*>(QStringLiteral("footReadOnly"));
    QVERIFY(!foot->isVisible());
    tickEverywhere();
    QTRY_COMPARE(cell(1).chip, QStringLiteral("read-only"));
    QTRY_VERIFY(foot->isVisible());
    // No cluster is let out of it.
    choose(1);
    QVERIFY(!readOnly()->isEnabled() && readOnly()->isChecked());
    restart();
    QCOMPARE(cell(1).chip, QStringLiteral("read-only"));
    QVERIFY(window()->findChild<QLabel*>(QStringLiteral("footReadOnly"))->isVisible());
    tickEverywhere();
    QTRY_COMPARE(cell(1).chip, QString());
    QCOMPARE(cell(0).chip, QStringLiteral("read-only"));
    QTRY_VERIFY(!window()->findChild<QLabel*>(QStringLiteral("footReadOnly"))->isVisible());
    QTest::keyClick(clusters(), Qt::Key_R, Qt::ShiftModifier);
    QTRY_COMPARE(cell(0).chip, QString());
}

void TestMainWindow::startsAndEndsAgainAndAgain() {
    for (int i = 0; i < 20; ++i) {
        m_program.reset();
        startProgram(m_home->filePath(QStringLiteral("kubeconfig")));
        m_program->shutdown();
    }
}

void TestMainWindow::emptyKubeconfigSaysWhereItLooked() {
    m_program.reset();
    const QString missing = m_home->filePath(QStringLiteral("nowhere"));
    startProgram(missing);
    auto* looked = window()->findChild<QLabel*>(QStringLiteral("lookedAt"));
    QVERIFY(looked && looked->isVisible());
    QCOMPARE(looked->text(), missing);
    QTRY_VERIFY(window()->isSettled());
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
