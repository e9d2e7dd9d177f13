// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/line_input.h"

#include <QTest>

using ui::LineInput;

class TestLineInput : public QObject {
    Q_OBJECT
private slots:
    void sendsWholeLines_data();
    void sendsWholeLines();
    void endsAtTheBeginningOfALine();
    void isTheSameHoweverItIsCut();
};

void TestLineInput::sendsWholeLines_data() {
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("shown");
    const auto row = [](const char* name, const char* keys, const char* sent, const char* shown) {
        QTest::newRow(name) << QByteArray(keys) << QByteArray(sent) << QByteArray(shown);
    };
    row("nothing yet", "ls", "", "ls");
    row("a line", "ls\r", "ls\n", "ls\r\n");
    row("return and line feed are one", "a\r\nb\r", "a\nb\n", "a\r\nb\r\n");
    row("taken back", "lx\x7fs\r", "ls\n", "lx\b \bs\r\n");
    row("nothing to take back",
        "\x7f\x7f"
        "a\r",
        "a\n", "a\r\n");
    row("two bytes", "\xc3\xa4\x7f\r", "\n", "\xc3\xa4\b \b\r\n");
    row("two cells", "\xe4\xbd\xa0\x7f\r", "\n", "\xe4\xbd\xa0\b \b\b \b\r\n");
    row("all forgotten", "abc\x15x\r", "x\n", "abc\b \b\b \b\b \bx\r\n");
    row("arrows are no letters", "a\x1b[A\x1bOB\x1b[1;5Cb\r", "ab\n", "ab\r\n");
    row("control characters are none",
        "a\x01\x03"
        "b\r",
        "ab\n", "ab\r\n");
}

void TestLineInput::sendsWholeLines() {
    QFETCH(QByteArray, keys);
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, shown);
    LineInput input;
    const LineInput::Step step = input.take(keys.toStdString());
    QCOMPARE(QByteArray::fromStdString(step.sent), sent);
    QCOMPARE(QByteArray::fromStdString(step.shown), shown);
    QVERIFY(!step.isOver);
}

void TestLineInput::endsAtTheBeginningOfALine() {
    LineInput input;
    LineInput::Step step = input.take("half\x04");
    QCOMPARE(step.sent, std::string("half")); // what there is, without a line's end
    QVERIFY(!step.isOver);
    step = input.take("\x04");
    QVERIFY(step.sent.empty() && step.isOver);
}

void TestLineInput::isTheSameHoweverItIsCut() {
    const std::string keys = "a\x1b[1;5C\xe4\xbd\xa0\x7f"
                             "b\r\nc\r";
    LineInput input;
    std::string sent;
    for (const char key : keys)
        sent += input.take(std::string(1, key)).sent;
    QCOMPARE(sent, std::string("ab\nc\n"));
}

QTEST_GUILESS_MAIN(TestLineInput)
#include "tst_line_input.moc"
