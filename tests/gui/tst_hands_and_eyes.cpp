// SPDX-License-Identifier: GPL-3.0-or-later
// Every page, panel and dialog of the program on the demo federation, in both languages and in one with longer words:
// what takes the keyboard has a name, what can be done can be done by keyboard, no text is cut off, no key means two
// things.
#include "core/fleet/fleet.h"
#include "tests/gui/window_hand.h"
#include "tests/gui/window_inspector.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/command_palette.h"

#include <QAction>
#include <QDialog>
#include <QHash>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTabBar>
#include <QTranslator>

#include <algorithm>

// A language with words a third longer than English, as German has.
class LongWords final : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation,
                                    int n) const override {
        Q_UNUSED(disambiguation);
        Q_UNUSED(n);
        const QString text = QString::fromUtf8(source);
        // What Qt says of itself is translated by Qt.
        return QByteArray(context).startsWith('Q') ? QString()
                                                   : text + QString((text.size() + 2) / 3, QLatin1Char('e'));
    }
};

namespace {

constexpr int kPatience = 60000;

QAbstractItemModel* paletteModel(const QWidget& palette) {
    return palette.findChild<QTableView*>()->model();
}

} // namespace

class TestHandsAndEyes : public QObject {
    Q_OBJECT
private slots:
    void cleanup();
    void everythingIsNamedReachedAndWhole_data();
    void everythingIsNamedReachedAndWhole();

private:
    void pages();
    void changes();
    void places();
    void details();
    void dialogs();
    void lists();
    void menus();
    void noKeyMeansTwoThings();
    void paletteRunsEveryAction();
    void go(const char* page, const char* kind = nullptr);
    [[nodiscard]] bool settles() {
        return QTest::qWaitFor([this] { return m_hand.window()->isSettled(); }, kPatience);
    }
    /// The top-level widget of that name that is open now.
    [[nodiscard]] QWidget* opened(const char* name) const;
    void inspectAndClose(const char* name);
    /// Opens the dialog of an act that reads first; `table` is what it fills.
    void inspectOnceRead(const char* act, const char* dialog, const char* table);

    LongWords m_longWords;
    WindowHand m_hand;
    WindowInspector m_inspector;
};

void TestHandsAndEyes::cleanup() {
    m_hand.program.reset();
    QCoreApplication::removeTranslator(&m_longWords);
}

void TestHandsAndEyes::everythingIsNamedReachedAndWhole_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QSize>("size");
    QTest::newRow("English") << QStringLiteral("en") << QSize(1280, 800);
    QTest::newRow("long words") << QStringLiteral("long") << QSize(1280, 800);
    QTest::newRow("Chinese") << QStringLiteral("zh") << QSize(1280, 800);
}

void TestHandsAndEyes::everythingIsNamedReachedAndWhole() {
    QFETCH(QString, language);
    QFETCH(QSize, size);
    const bool isLong = language == QLatin1String("long");
    if (isLong)
        QCoreApplication::installTranslator(&m_longWords);
    app::Options options;
    options.demo = true;
    options.language = isLong ? QStringLiteral("en") : language;
    options.theme = QStringLiteral("light");
    options.page = QStringLiteral("fleet");
    options.size = size;
    QVERIFY(m_hand.start(options));
    QVERIFY(settles());
    m_inspector = {};
    for (const auto look :
         {&TestHandsAndEyes::pages, &TestHandsAndEyes::changes, &TestHandsAndEyes::places, &TestHandsAndEyes::details,
          &TestHandsAndEyes::dialogs, &TestHandsAndEyes::lists, &TestHandsAndEyes::menus,
          &TestHandsAndEyes::noKeyMeansTwoThings, &TestHandsAndEyes::paletteRunsEveryAction}) {
        go("fleet");
        (this->*look)();
        if (QTest::currentTestFailed())
            break;
    }
    QVERIFY2(m_inspector.nameless().isEmpty(), qPrintable(m_inspector.nameless().join(u'\n')));
    QVERIFY2(m_inspector.byMouseAlone().isEmpty(), qPrintable(m_inspector.byMouseAlone().join(u'\n')));
    QVERIFY2(m_inspector.cut().isEmpty(), qPrintable(m_inspector.cut().join(u'\n')));
}

void TestHandsAndEyes::go(const char* page, const char* kind) {
    ui::PageTarget target;
    target.page = QString::fromLatin1(page);
    target.kind = QString::fromLatin1(kind);
    m_hand.window()->open(target);
    QVERIFY(settles());
    // A page with nothing to wait for has its room all the same.
    QCoreApplication::processEvents();
}

QWidget* TestHandsAndEyes::opened(const char* name) const {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible() && widget->objectName() == QLatin1String(name))
            return widget;
    }
    return nullptr;
}

void TestHandsAndEyes::inspectAndClose(const char* name) {
    QTRY_VERIFY2(opened(name), name);
    QWidget* widget = opened(name);
    m_inspector.inspect(*widget, QString::fromLatin1(name));
    widget->close();
    QTRY_VERIFY2(!opened(name), name);
    QVERIFY(m_hand.wake());
}

void TestHandsAndEyes::pages() {
    m_inspector.inspect(*m_hand.window(), QStringLiteral("fleet"));
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("fleet"));
    for (const char* kind : {"pods", "deployments", "nodes", "services", "events", "widgets"}) {
        go("browser", kind);
        m_inspector.inspect(*m_hand.window(), QLatin1String("browser ") + QLatin1String(kind));
    }
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("browser"));
    go("access");
    m_inspector.inspect(*m_hand.window(), QStringLiteral("access"));
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("access"));
    go("access", "pods/exec");
    m_inspector.inspect(*m_hand.window(), QStringLiteral("access, who can"));
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("access, who can"));
    go("browser", "pods");
    // A second tab brings the strip of tabs.
    m_hand.window()->currentPage()->focusMain();
    m_hand.press(Qt::Key_T, Qt::ControlModifier);
    QVERIFY(settles());
    m_inspector.inspect(*m_hand.window(), QStringLiteral("two tabs"));
    m_hand.window()->currentPage()->setFilter(QStringLiteral("nothing-is-called-so"));
    m_inspector.inspect(*m_hand.window(), QStringLiteral("filtered to nothing"));
    m_hand.window()->currentPage()->setFilter({});
    m_hand.press(Qt::Key_W, Qt::ControlModifier);
    for (const char* page : {"logs", "change", "journal"}) {
        go(page);
        m_inspector.inspect(*m_hand.window(), QString::fromLatin1(page));
        m_inspector.walkByTab(*m_hand.window(), QString::fromLatin1(page));
    }
    m_hand.window()->currentPage()->setFilter(QStringLiteral("nothing-is-called-so"));
    QVERIFY(settles());
    m_inspector.inspect(*m_hand.window(), QStringLiteral("journal filtered to nothing"));
    m_hand.window()->currentPage()->setFilter({});
}

// One act in a protected cluster, from the sheet to the journal.
void TestHandsAndEyes::changes() {
    fleet::Fleet& fleet = *m_hand.program->fleet();
    go("browser", "deployments");
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
    m_hand.table()->selectRow(0);
    for (const fleet::ClusterInfo& cluster : fleet.clusters())
        fleet.setProtected(cluster.id, true);
    m_hand.window()->actions().find(QStringLiteral("browser.act-label"))->trigger();
    auto* label = qobject_cast<QDialog*>(opened("labelDialog"));
    QVERIFY(label);
    label->findChild<QLineEdit*>()->setText(QStringLiteral("tier=web"));
    label->findChild<QPushButton*>(QStringLiteral("actGo"))->click();
    QTRY_VERIFY(!opened("labelDialog"));
    QVERIFY(m_hand.wake());
    QVERIFY(settles());
    m_inspector.inspect(*m_hand.window(), QStringLiteral("sheet"));
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("sheet"));
    auto* faces = m_hand.window()->findChild<QTabBar*>(QStringLiteral("changeFaces"));
    faces->setCurrentIndex(1);
    m_inspector.inspect(*m_hand.window(), QStringLiteral("sheet as written"));
    m_hand.window()->currentPage()->focusMain();
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("sheet as written"));
    auto* name = m_hand.window()->findChild<QLineEdit*>(QStringLiteral("confirmName"));
    QVERIFY(name);
    const auto owner = std::find_if(fleet.clusters().begin(), fleet.clusters().end(), [name](const auto& cluster) {
        return name->accessibleName().endsWith(QString::fromStdString(cluster.name)) ||
               name->accessibleName().contains(QString::fromStdString(cluster.name));
    });
    QVERIFY(owner != fleet.clusters().end());
    name->setText(QString::fromStdString(owner->name));
    m_hand.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(settles());
    m_inspector.inspect(*m_hand.window(), QStringLiteral("sheet with results"));
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("sheet with results"));
    go("journal");
    m_inspector.inspect(*m_hand.window(), QStringLiteral("journal with a line"));
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("journal with a line"));
    for (const fleet::ClusterInfo& cluster : fleet.clusters())
        fleet.setProtected(cluster.id, false);
}

// The pages that an object leads to.
void TestHandsAndEyes::places() {
    enum class Walk { No, Yes }; // where Tab is for what is on the page
    struct Way {
        const char* kind;
        const char* act;
        Walk walk;
    };
    for (const Way& way :
         {Way{"deployments", "logs", Walk::Yes}, Way{"deployments", "edit", Walk::No},
          Way{"deployments", "edit-form", Walk::No}, Way{"secrets", "keys", Walk::Yes},
          Way{"configmaps", "keys", Walk::Yes}, Way{"pods", "shell", Walk::No}, Way{"pods", "files", Walk::No}}) {
        go("browser", way.kind);
        QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
        m_hand.table()->selectRow(0);
        m_hand.window()->actions().find(QLatin1String("browser.act-") + QLatin1String(way.act))->trigger();
        QVERIFY(settles());
        const QString name = QLatin1String(way.kind) + u' ' + QLatin1String(way.act);
        m_inspector.inspect(*m_hand.window(), name);
        if (way.walk == Walk::Yes)
            m_inspector.walkByTab(*m_hand.window(), name);
        m_hand.press(Qt::Key_W, Qt::ControlModifier);
        QVERIFY(settles());
    }
    go("ports");
    m_inspector.inspect(*m_hand.window(), QStringLiteral("ports"));
    m_inspector.walkByTab(*m_hand.window(), QStringLiteral("ports"));
}

void TestHandsAndEyes::details() {
    go("browser", "pods");
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
    m_hand.table()->selectRow(0);
    m_hand.press(Qt::Key_D);
    auto* tabs = m_hand.window()->findChild<QTabBar*>(QStringLiteral("detailsTabs"));
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QVERIFY(settles());
        m_inspector.inspect(*m_hand.window(), QLatin1String("details ") + tabs->tabText(tab));
        m_hand.table()->setFocus();
        m_inspector.walkByTab(*m_hand.window(), QLatin1String("details ") + tabs->tabText(tab));
    }
    m_hand.table()->setFocus();
    m_hand.press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("yamlFind"));
    m_inspector.inspect(*m_hand.window(), QStringLiteral("find in YAML"));
}

void TestHandsAndEyes::dialogs() {
    m_hand.press(Qt::Key_Comma, Qt::ControlModifier);
    inspectAndClose("settings");
    m_hand.press(Qt::Key_Question);
    inspectAndClose("help");
    m_hand.window()->actions().find(QStringLiteral("shell.about"))->trigger();
    inspectAndClose("about");
    m_hand.press(Qt::Key_G);
    inspectAndClose("groupDialog");
    m_hand.press(Qt::Key_G, Qt::ShiftModifier);
    inspectAndClose("groupsEdit");
    go("browser", "pods");
    m_hand.press(Qt::Key_Question);
    inspectAndClose("help");
    m_hand.window()->actions().find(QStringLiteral("browser.columns"))->trigger();
    inspectAndClose("columnsDialog");
    go("browser", "deployments");
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
    m_hand.table()->selectRow(0);
    for (const char* act : {"scale", "label", "annotate", "delete"}) {
        m_hand.window()->actions().find(QLatin1String("browser.act-") + QLatin1String(act))->trigger();
        inspectAndClose(qPrintable(QLatin1String(act) + QLatin1String("Dialog")));
    }
    inspectOnceRead("revisions", "historyDialog", "historyTable");
    inspectOnceRead("forward", "forwardDialog", nullptr);
    inspectOnceRead("logs-by-label", "logsLabelDialog", nullptr);
    go("browser", "pods");
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
    m_hand.table()->selectRow(0);
    inspectOnceRead("debug", "debugDialog", nullptr);
    inspectOnceRead("logs-by-label", "logsLabelDialog", nullptr);
    go("browser", "nodes");
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
    m_hand.table()->selectRow(0);
    inspectOnceRead("drain", "drainDialog", "drainPods");
    inspectOnceRead("taints", "taintDialog", nullptr);
}

void TestHandsAndEyes::inspectOnceRead(const char* act, const char* dialog, const char* table) {
    m_hand.window()->actions().find(QLatin1String("browser.act-") + QLatin1String(act))->trigger();
    const auto isRead = [&] {
        const QWidget* shown = opened(dialog);
        const auto* rows = shown && table ? shown->findChild<QTableView*>(QLatin1String(table)) : nullptr;
        return shown && (!table || (rows && rows->model()->rowCount() > 0));
    };
    QTRY_VERIFY_WITH_TIMEOUT(isRead(), kPatience);
    inspectAndClose(dialog);
}

void TestHandsAndEyes::lists() {
    // From the line on top, too.
    m_hand.press(Qt::Key_Slash);
    m_hand.press(Qt::Key_K, Qt::ControlModifier);
    inspectAndClose("palette");
    m_hand.press(Qt::Key_L, Qt::ControlModifier);
    inspectAndClose("picker");
    m_hand.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    inspectAndClose("picker");
}

// What stands in a menu is reached by F10, by the menu key or by Shift+F10.
void TestHandsAndEyes::menus() {
    const auto takeMenu = [](QStringList& texts) {
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        if (!menu)
            return false;
        for (const QAction* action : menu->actions()) {
            if (!action->isSeparator())
                texts.append(ui::plainText(*action));
        }
        menu->close();
        return !texts.isEmpty() && !texts.contains(QString());
    };
    QStringList texts;
    m_hand.window()->currentPage()->focusMain();
    m_hand.press(Qt::Key_F10, Qt::ShiftModifier);
    QVERIFY(takeMenu(texts));
    QVERIFY(m_hand.wake());
    go("browser", "pods");
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
    m_hand.table()->selectRow(m_hand.rows() - 1);
    m_hand.press(Qt::Key_F10, Qt::ShiftModifier);
    QVERIFY(takeMenu(texts = {}));
    QVERIFY(m_hand.wake());
    m_hand.press(Qt::Key_G, Qt::ControlModifier);
    m_hand.press(Qt::Key_Down);
    m_hand.press(Qt::Key_F10, Qt::ShiftModifier);
    QVERIFY(takeMenu(texts = {}));
    QVERIFY(m_hand.wake());
}

void TestHandsAndEyes::noKeyMeansTwoThings() {
    for (const char* page : {"fleet", "browser", "logs", "files", "change", "journal", "access"}) {
        go(page);
        QHash<QKeySequence, QString> owners;
        for (const QAction* action : m_hand.window()->actions().reachable()) {
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(
                    !owners.contains(key),
                    qPrintable(
                        QStringLiteral("%1: %2 and %3").arg(key.toString(), owners.value(key), action->objectName())));
                owners.insert(key, action->objectName());
            }
        }
        QVERIFY(owners.size() > 10);
    }
}

void TestHandsAndEyes::paletteRunsEveryAction() {
    for (const char* page : {"fleet", "browser", "logs", "change", "journal", "access"}) {
        go(page);
        QStringList wanted;
        for (const QAction* action : m_hand.window()->actions().reachable()) {
            QVERIFY2(!ui::plainText(*action).isEmpty(), qPrintable(action->objectName()));
            if (action->isEnabled())
                wanted.append(ui::plainText(*action));
        }
        m_hand.press(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(opened("palette"));
        QWidget* palette = opened("palette");
        for (const QString& text : wanted) {
            palette->findChild<QLineEdit*>()->setText(text);
            const QAbstractItemModel* model = paletteModel(*palette);
            QStringList shown;
            for (int row = 0; row < model->rowCount(); ++row)
                shown.append(model->index(row, ui::PaletteModel::Text).data().toString());
            QVERIFY2(shown.contains(text), qPrintable(text));
        }
        palette->close();
        QTRY_VERIFY(!opened("palette"));
        QVERIFY(m_hand.wake());
    }
}

QTEST_MAIN(TestHandsAndEyes)
#include "tst_hands_and_eyes.moc"
