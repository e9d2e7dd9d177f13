// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window_hand.h"
#include "ui/shell/command_line.h"

#include <QPlainTextEdit>

namespace {

constexpr int kPatience = 60000;

} // namespace

// The way that hands go most: a kind by its name, an object's YAML, out of it, another kind.
class TestCommandFocus : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_hand.program.reset(); }
    void takesTheKeyboardAfterYaml_data();
    void takesTheKeyboardAfterYaml();

private:
    WindowHand m_hand;
};

void TestCommandFocus::initTestCase() {
    app::Options options;
    options.demo = true;
    options.language = QStringLiteral("en");
    options.page = QStringLiteral("fleet");
    options.size = QSize(1280, 800);
    QVERIFY(m_hand.start(options));
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.window()->isSettled(), kPatience);
}

void TestCommandFocus::takesTheKeyboardAfterYaml_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("title");
    QTest::addColumn<bool>("intoYaml");
    for (int i = 0; i < 12; ++i) {
        const auto add = [i](const char* kind, const char* title) {
            QTest::addRow("%d %s", i, kind) << QString::fromLatin1(kind) << QString::fromLatin1(title) << (i % 2 == 0);
        };
        add("pods", "Pods");
        add("deploy", "Deployments");
        add("svc", "Services");
    }
}

void TestCommandFocus::takesTheKeyboardAfterYaml() {
    QFETCH(QString, kind);
    QFETCH(QString, title);
    QFETCH(bool, intoYaml);
    auto* line = m_hand.window()->findChild<ui::CommandLine*>();
    m_hand.press(Qt::Key_Colon);
    QCOMPARE(QApplication::focusWidget(), line);
    QCOMPARE(line->mode(), ui::CommandLine::Mode::Command);
    QTest::keyClicks(QApplication::focusWidget(), kind);
    m_hand.press(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(m_hand.title(), title, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(m_hand.rows() > 0, kPatience);
    QTRY_COMPARE(QApplication::focusWidget(), m_hand.table());
    m_hand.press(Qt::Key_Home);
    m_hand.press(Qt::Key_Y);
    auto* yaml = m_hand.window()->findChild<QPlainTextEdit*>(QStringLiteral("yamlText"));
    QTRY_VERIFY_WITH_TIMEOUT(yaml->isVisible() && yaml->toPlainText().contains(QLatin1String("kind: ")), kPatience);
    if (intoYaml) {
        yaml->setFocus();
        QCOMPARE(QApplication::focusWidget(), yaml);
    }
    m_hand.press(Qt::Key_Escape);
    QVERIFY(!yaml->isVisible());
    QCOMPARE(QApplication::focusWidget(), m_hand.table());
}

QTEST_MAIN(TestCommandFocus)
#include "tst_command_focus.moc"
