// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal's widget: keys that reach the program, selection by mouse, scrolling, pasting; box lines without gaps.
#include "ui/terminal/terminal_view.h"

#include <QApplication>
#include <QClipboard>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using ui::TerminalView;

namespace {

QByteArray typed(QSignalSpy& spy) {
    QByteArray all;
    for (const QList<QVariant>& one : spy)
        all += one.front().toByteArray();
    spy.clear();
    return all;
}

} // namespace

class TestTerminalView : public QObject {
    Q_OBJECT
private slots:
    void keysReachTheProgram();
    void mouseSelects();
    void staysWhereOneReads();
    void asksBeforePastingLines();
    void linesJoin();
};

void TestTerminalView::keysReachTheProgram() {
    TerminalView view;
    view.resize(view.sizeHint());
    view.show();
    QSignalSpy input(&view, &TerminalView::input);
    QTest::keyClicks(&view, QStringLiteral("no"));
    QCOMPARE(typed(input), QByteArray()); // nobody reads yet
    view.setLive(true);
    QTest::keyClicks(&view, QStringLiteral("ls"));
    QTest::keyClick(&view, Qt::Key_Return);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_Tab);
    QTest::keyClick(&view, Qt::Key_F5);
    QTest::keyClick(&view, Qt::Key_X, Qt::AltModifier);
    QCOMPARE(typed(input), QByteArray("ls\r\x03\x1b[A\t\x1b[15~\x1bx"));
    view.take("\x1b[?1h");
    QTest::keyClick(&view, Qt::Key_Up);
    QCOMPARE(typed(input), QByteArray("\x1bOA"));
    view.take("\x1b[6n");
    QCOMPARE(typed(input), QByteArray("\x1b[1;1R"));
}

void TestTerminalView::mouseSelects() {
    TerminalView view;
    view.resize(view.sizeHint());
    view.show();
    view.take("one team-a/web three\r\nfour");
    const int width = view.sizeHint().width() / 81;
    const QPoint word(4 + width * 7, 12);
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, word);
    QCOMPARE(view.selectedText(), QStringLiteral("team-a/web"));
    view.copy();
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("team-a/web"));
    view.selectAll();
    QVERIFY(view.selectedText().startsWith(QLatin1String("one team-a/web three\nfour")));
    view.clearSelection();
    QVERIFY(!view.hasSelection());
}

void TestTerminalView::staysWhereOneReads() {
    TerminalView view;
    view.resize(view.sizeHint());
    view.show();
    QByteArray lines;
    for (int i = 0; i < 500; ++i)
        lines += "line\r\n";
    view.take(lines.toStdString());
    QTRY_VERIFY(view.verticalScrollBar()->maximum() > 400);
    QTRY_COMPARE(view.verticalScrollBar()->value(), view.verticalScrollBar()->maximum());
    view.verticalScrollBar()->setValue(100);
    view.take(lines.toStdString());
    QTRY_VERIFY(view.verticalScrollBar()->maximum() > 900);
    QCOMPARE(view.verticalScrollBar()->value(), 100);
    QCOMPARE(view.find(QStringLiteral("line")), 1000);
    QCOMPARE(view.currentHit(), 1000);
}

void TestTerminalView::asksBeforePastingLines() {
    TerminalView view;
    view.show();
    view.setLive(true);
    QSignalSpy input(&view, &TerminalView::input);
    QApplication::clipboard()->setText(QStringLiteral("one"));
    view.paste();
    QCOMPARE(typed(input), QByteArray("one"));
    QApplication::clipboard()->setText(QStringLiteral("one\ntwo"));
    view.paste();
    auto* box = view.findChild<QMessageBox*>(QStringLiteral("askPaste"));
    QVERIFY(box);
    QCOMPARE(typed(input), QByteArray());
    for (QAbstractButton* button : box->buttons()) {
        if (box->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    }
    QCOMPARE(typed(input), QByteArray("one\rtwo"));
}

// A frame around the screen has one colour all along each side.
void TestTerminalView::linesJoin() {
    TerminalView view;
    view.resize(view.sizeHint());
    view.show();
    QByteArray column;
    for (int row = 1; row <= 20; ++row)
        column += "\x1b[" + QByteArray::number(row) + ";5H\xe2\x94\x82";
    view.take(column.toStdString());
    view.take("\x1b[22;1H\xe2\x94\x80\x1b[60b");
    const QImage image = view.viewport()->grab().toImage();
    const QColor paper = image.pixelColor(1, 1);
    const int cell = view.sizeHint().width() / 81;
    int longest = 0;
    for (int x = 4 + cell * 3; x < 4 + cell * 6; ++x) {
        int run = 0;
        for (int y = 6; y < image.height(); ++y) {
            run = image.pixelColor(x, y) != paper ? run + 1 : 0;
            longest = std::max(longest, run);
        }
    }
    QVERIFY2(longest > 19 * 10, qPrintable(QString::number(longest)));
    longest = 0;
    for (int y = 0; y < image.height(); ++y) {
        int run = 0;
        for (int x = 0; x < image.width(); ++x) {
            run = image.pixelColor(x, y) != paper ? run + 1 : 0;
            longest = std::max(longest, run);
        }
    }
    QVERIFY2(longest >= 60 * cell, qPrintable(QString::number(longest)));
}

QTEST_MAIN(TestTerminalView)
#include "tst_terminal_view.moc"
