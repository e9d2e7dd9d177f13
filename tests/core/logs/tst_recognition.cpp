// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/escapes.h"
#include "core/logs/log_text.h"
#include "core/logs/recognition.h"

#include <QtTest>

using logs::Level;
using logs::Recognized;

Q_DECLARE_METATYPE(logs::Level)

class TestRecognition : public QObject {
    Q_OBJECT
private slots:
    void levels_data();
    void levels();
    void json();
    void jsonThatIsNone_data();
    void jsonThatIsNone();
    void logfmt();
    void klog();
    void escapes();
    void strangeEscapesAreDropped_data();
    void strangeEscapesAreDropped();
    void texts();
};

void TestRecognition::levels_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<logs::Level>("level");
    const auto row = [](const char* line, Level level) { QTest::newRow(line) << QByteArray(line) << level; };
    row(R"({"level":"error","msg":"x"})", Level::Error);
    row(R"({"ts":1,"level": "WARN"})", Level::Warn);
    row(R"({"severity":"CRITICAL","message":"x"})", Level::Fatal);
    row(R"({"level":30,"msg":"pino"})", Level::Info);
    row(R"({"log.level":"debug"})", Level::Debug);
    row(R"({"msg":"the level is high"})", Level::None);
    row("time=2026-01-31T06:00:00Z level=warning msg=\"x y\"", Level::Warn);
    row("lvl=dbug", Level::None);
    row("I0131 06:00:00.000000       1 main.go:12] started", Level::Info);
    row("E0131 06:00:00.000000       1 main.go:12] failed", Level::Error);
    row("2026-01-31 06:00:00,000 ERROR [main] c.e.Shop - failed", Level::Error);
    row("2026/01/31 06:00:00 [warn] 12#0: upstream", Level::Warn);
    row("INFO:root:started", Level::Info);
    row("warning: unused variable", Level::Warn);
    row("[2026-01-31T06:00:00Z WARN  app] x", Level::Warn);
    row("panic: runtime error", Level::Fatal);
    row("PANICKED once", Level::None);
    row("no error here", Level::None);
    row("ERROR-123 is a code", Level::None);
    row("GET /info 200", Level::None);
    row("", Level::None);
    row("   ", Level::None);
}

void TestRecognition::levels() {
    QFETCH(QByteArray, line);
    QFETCH(logs::Level, level);
    QCOMPARE(logs::levelOf(line.toStdString()), level);
}

void TestRecognition::json() {
    const Recognized line = logs::recognize(
        R"({"level":"info","msg":"paid \"it\"","http":{"status":200,"path":"/pay"},"tags":["a","b"],"none":null})");
    QCOMPARE(line.form, Recognized::Form::Json);
    QCOMPARE(line.message, std::string("paid \"it\""));
    QCOMPARE(line.fields.size(), std::size_t(6));
    QCOMPARE(*logs::findField(line, "http.status"), std::string("200"));
    QCOMPARE(*logs::findField(line, "STATUS"), std::string("200"));
    QCOMPARE(*logs::findField(line, "tags"), std::string(R"(["a","b"])"));
    QCOMPARE(*logs::findField(line, "none"), std::string("null"));
    QVERIFY(!logs::findField(line, "http"));
}

void TestRecognition::jsonThatIsNone_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("cut off") << QByteArray(R"({"level":"info","msg":"pa)");
    QTest::newRow("not UTF-8") << QByteArray("{\"msg\":\"\xff\xfe\"}");
    QTest::newRow("NUL") << QByteArray("{\"msg\":\0\"x\"}", 11);
    QTest::newRow("deep") << QByteArray("{\"a\":") + QByteArray(200'000, '[');
    QTest::newRow("array") << QByteArray("[1,2]");
    QTest::newRow("trailing") << QByteArray(R"({"a":1} and more)");
}

void TestRecognition::jsonThatIsNone() {
    QFETCH(QByteArray, line);
    QCOMPARE(logs::recognize(line.toStdString()).form, Recognized::Form::Plain);
}

void TestRecognition::logfmt() {
    const Recognized line = logs::recognize(R"(ts=1 level=warn msg="slow \"query\"" took=12ms path=/a=b)");
    QCOMPARE(line.form, Recognized::Form::Logfmt);
    QCOMPARE(line.message, std::string("slow \"query\""));
    QCOMPARE(*logs::findField(line, "took"), std::string("12ms"));
    QCOMPARE(*logs::findField(line, "path"), std::string("/a=b"));
    QCOMPARE(logs::recognize("one pair=here in a sentence").form, Recognized::Form::Plain);
    QCOMPARE(logs::recognize("a == b, c= d").form, Recognized::Form::Plain);
}

void TestRecognition::klog() {
    const Recognized line =
        logs::recognize(R"(W0131 06:00:00.000000    1234 pod.go:12] "Pod failed" pod="shop/web" code=7)");
    QCOMPARE(line.form, Recognized::Form::Klog);
    QCOMPARE(line.message, std::string("Pod failed"));
    QCOMPARE(*logs::findField(line, "caller"), std::string("pod.go:12"));
    QCOMPARE(*logs::findField(line, "pod"), std::string("shop/web"));
    QCOMPARE(logs::recognize("I0131 06:00:00.0  1 a.go:1] plain words").message, std::string("plain words"));
}

void TestRecognition::escapes() {
    std::string plain = "before";
    std::vector<logs::ColourRun> runs;
    logs::appendPlain("\x1b[1;31mred\x1b[0m and \x1b[38;5;208morange\x1b[39m \x1b[48;2;1;2;3mon\x1b[m", plain, runs);
    QCOMPARE(plain, std::string("beforered and orange on"));
    QCOMPARE(runs.size(), std::size_t(6));
    QCOMPARE(runs[0], (logs::ColourRun{0, 2, 0, logs::ColourRun::Bold}));
    QCOMPARE(runs[1], (logs::ColourRun{3, 0, 0, 0}));
    QCOMPARE(runs[2].ink, 209U);
    QCOMPARE(runs[4].ground, logs::ColourRun::kTrueColour | 0x010203U);
    QVERIFY(!logs::hasEscapes("plain"));
}

void TestRecognition::strangeEscapesAreDropped_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("plain");
    QTest::newRow("title") << QByteArray("\x1b]0;owned\x07x") << QByteArray("x");
    QTest::newRow("clipboard") << QByteArray("\x1b]52;c;AAAA\x1b\\x") << QByteArray("x");
    QTest::newRow("cursor") << QByteArray("a\x1b[2Kb\x1b[10;20Hc") << QByteArray("abc");
    QTest::newRow("asks back") << QByteArray("\x1b[6n\x1b[cx") << QByteArray("x");
    QTest::newRow("charset") << QByteArray("\x1b(Bx") << QByteArray("x");
    QTest::newRow("cut off") << QByteArray("x\x1b[31") << QByteArray("x");
    QTest::newRow("cut off at once") << QByteArray("x\x1b") << QByteArray("x");
    QTest::newRow("endless") << QByteArray("x\x1b]0;") + QByteArray(100, 'y') << QByteArray("x");
    QTest::newRow("many parameters") << QByteArray("\x1b[") + QByteArray("99999999999;").repeated(50) + QByteArray("mx")
                                     << QByteArray("x");
    QTest::newRow("not a sequence") << QByteArray("a\x1b[3\x01z") << QByteArray("a\x01z");
}

void TestRecognition::strangeEscapesAreDropped() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, plain);
    std::string result;
    std::vector<logs::ColourRun> runs;
    logs::appendPlain(text.toStdString(), result, runs);
    QCOMPARE(QByteArray::fromStdString(result), plain);
}

void TestRecognition::texts() {
    logs::LogRow row;
    row.text = "paid \xff";
    row.timeNs = 1'769'839'200'000'000'012;
    row.level = Level::Info;
    logs::SourceInfo source;
    source.cluster = "paris";
    source.ns = "shop";
    source.pod = "web";
    source.container = "main";
    QCOMPARE(logs::textLine(row, source), std::string("2026-01-31T06:00:00.000000012Z web/main paid \xff\n"));
    QCOMPARE(
        logs::jsonLine(row, source),
        std::string("{\"time\":\"2026-01-31T06:00:00.000000012Z\",\"cluster\":\"paris\",\"namespace\":\"shop\","
                    "\"pod\":\"web\",\"container\":\"main\",\"level\":\"info\",\"message\":\"paid \xef\xbf\xbd\"}\n"));
}

QTEST_GUILESS_MAIN(TestRecognition)
#include "tst_recognition.moc"
