// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/age.h"
#include "core/base/text.h"

#include <QtTest>

class TestAge : public QObject {
    Q_OBJECT

private slots:
    void human_data() {
        QTest::addColumn<qlonglong>("ms");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](double seconds, const char* text) {
            QTest::addRow("%g", seconds) << static_cast<qlonglong>(seconds * 1000) << QByteArray(text);
        };
        row(-5, "<invalid>");
        row(-2, "<invalid>");
        row(-1.999, "0s");
        row(-1, "0s");
        row(-0.5, "0s");
        row(0, "0s");
        row(119, "119s");
        row(119.999, "119s");
        row(120, "2m");
        row(121, "2m1s");
        row(599, "9m59s");
        row(600, "10m");
        row(3600, "60m");
        row(10799, "179m");
        row(10800, "3h");
        row(11100, "3h5m");
        row(28799, "7h59m");
        row(28800, "8h");
        row(172740, "47h");
        row(172800, "2d");
        row(176400, "2d1h");
        row(691199, "7d23h");
        row(691200, "8d");
        row(63071999, "729d");
        row(63072000, "2y");
        row(98064000, "3y40d");
        row(252287999, "7y364d");
        row(252288000, "8y");
        row(6e10, "1902y");
    }
    void human() {
        QFETCH(qlonglong, ms);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(base::humanDuration(ms)), text);
    }

    void shortHuman_data() {
        QTest::addColumn<qlonglong>("seconds");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](qlonglong seconds, const char* text) {
            QTest::addRow("%lld", seconds) << seconds << QByteArray(text);
        };
        row(-2, "<invalid>");
        row(-1, "0s");
        row(59, "59s");
        row(60, "1m");
        row(3599, "59m");
        row(3600, "1h");
        row(86399, "23h");
        row(86400, "1d");
        row(31535999, "364d");
        row(31536000, "1y");
        row(94608000, "3y");
    }
    void shortHuman() {
        QFETCH(qlonglong, seconds);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(base::shortHumanDuration(seconds * 1000)), text);
    }

    void times_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qlonglong>("ms"); // -1: refused
        QTest::newRow("plain") << QByteArray("2024-02-29T23:59:59Z") << 1709251199000LL;
        QTest::newRow("fraction") << QByteArray("2024-02-29T23:59:59.123456Z") << 1709251199123LL;
        QTest::newRow("offset") << QByteArray("2024-03-01T01:59:59+02:00") << 1709251199000LL;
        QTest::newRow("epoch") << QByteArray("1970-01-01T00:00:00Z") << 1LL;
        QTest::newRow("go zero") << QByteArray("0001-01-01T00:00:00Z") << 0LL;
        QTest::newRow("before") << QByteArray("1969-12-31T23:59:50Z") << -10000LL;
        QTest::newRow("empty") << QByteArray("") << -1LL;
        QTest::newRow("day") << QByteArray("2024-02-29") << -1LL;
        QTest::newRow("no zone") << QByteArray("2024-02-29T23:59:59") << -1LL;
        QTest::newRow("half zone") << QByteArray("2024-02-29T23:59:59+02") << -1LL;
        QTest::newRow("month") << QByteArray("2024-13-29T23:59:59Z") << -1LL;
        QTest::newRow("no such day") << QByteArray("2023-02-29T23:59:59Z") << -1LL;
        QTest::newRow("tail") << QByteArray("2024-02-29T23:59:59Zx") << -1LL;
    }
    void times() {
        QFETCH(QByteArray, text);
        QFETCH(qlonglong, ms);
        const auto parsed = base::parseTime(text.toStdString());
        QCOMPARE(parsed.has_value(), ms != -1);
        if (parsed)
            QCOMPARE(qlonglong(*parsed), ms);
        if (parsed && text.size() == 20 && ms > 1)
            QCOMPARE(QByteArray::fromStdString(base::formatTime(ms)), text);
    }

    void timesGoBothWays() {
        for (std::int64_t ms = -5'000'000'000'000; ms < 9'000'000'000'000; ms += 86'399'987'000)
            QCOMPARE(base::parseTime(base::formatTime(ms)).value(), ms);
    }

    void numbers() {
        QCOMPARE(base::parseNumber("42").value(), 42);
        QCOMPARE(base::parseNumber("-42").value(), -42);
        QCOMPARE(base::parseNumber("9223372036854775807").value(), INT64_MAX);
        for (const char* text : {"", "+", "-", "+-4", "4x", " 4", "9223372036854775808", "4.0"})
            QVERIFY2(!base::parseNumber(text), text);
    }
};

QTEST_APPLESS_MAIN(TestAge)
#include "tst_age.moc"
