// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"

#include <QtTest>

#include <vector>

using base::Quantity;

class TestQuantity : public QObject {
    Q_OBJECT

private slots:
    void canonical_data() {
        QTest::addColumn<QByteArray>("in");
        QTest::addColumn<QByteArray>("out");
        const auto row = [](const char* in, const char* out) {
            QTest::newRow(in) << QByteArray(in) << QByteArray(out);
        };
        row("0", "0");
        row("0.0Mi", "0");
        row("-0", "0");
        row("1.5", "1500m");
        row("0.5", "500m");
        row(".5", "500m");
        row("5.", "5");
        row("1000m", "1");
        row("0.1m", "100u");
        row("0.1n", "1n");
        row("-0.1n", "-1n");
        row("1000", "1k");
        row("1.5Gi", "1536Mi");
        row("1024Mi", "1Gi");
        row("1023Ki", "1023Ki");
        row("0.5Ki", "512");
        row("1.1Ki", "1126400m");
        row("0.1Mi", "104857600m");
        row("0.1Ki", "102400m");
        row("2e3", "2e3");
        row("1e4", "10e3");
        row("1E4", "10e3");
        row("12e6", "12e6");
        row("100e-3", "100e-3");
        row("1E", "1E");
        row("999E", "999E");
        row("-1.5Gi", "-1536Mi");
        row("+5", "5");
        row("16Ei", "9223372036854775807");
        row("7Ei", "7Ei");
        row("1000000000000000000000000n", "1P");
        row("123456789n", "123456789n");
        row("0.0000000001", "1n");
        row("3.14159265358979", "3141592654n");
        row("170141183460469231731687303715884105727n", "170141183460469231731687303715884105727n");
        row("922337230685477233723068545807", "170141183460469231731687303715884105727n");
    }
    void canonical() {
        QFETCH(QByteArray, in);
        QFETCH(QByteArray, out);
        const auto quantity = Quantity::parse(in.toStdString());
        QVERIFY(quantity.has_value());
        QCOMPARE(QByteArray::fromStdString(quantity->toText()), out);
        QVERIFY(Quantity::parse(quantity->toText()) == quantity);
    }

    void refused() {
        for (const char* text : {"",      "-",  "+",     ".",    "m",   "mi",  "1mi", "1K",   "1g",  "1 Gi", " 1",
                                 "1.2.3", "1e", "1e1.5", "1Gi2", "--1", "abc", "1KI", "0x10", "1e+", "1ee3"})
            QVERIFY2(!Quantity::parse(text), text);
    }

    void order() {
        std::vector<const char*> ascending{"-1Gi", "-1",  "-1m", "0",    "1n",    "1u",   "999u",
                                           "1m",   "0.9", "1",   "1000", "1Ki",   "1M",   "1Mi",
                                           "1G",   "1Gi", "7Ei", "9E",   "1000E", "1e24", "1e200"};
        for (std::size_t i = 0; i < ascending.size(); ++i) {
            for (std::size_t j = 0; j < ascending.size(); ++j) {
                const auto a = Quantity::parse(ascending[i]).value();
                const auto b = Quantity::parse(ascending[j]).value();
                QVERIFY2((a < b) == (i < j), ascending[i]);
            }
        }
        QVERIFY(Quantity::parse("1Gi") == Quantity::parse("1024Mi"));
        QVERIFY(Quantity::parse("1") == Quantity::parse("1000m"));
    }

    void wholeNumbers() {
        QCOMPARE(Quantity::parse("1500m")->units(), 2);
        QCOMPARE(Quantity::parse("-1500m")->units(), -2);
        QCOMPARE(Quantity::parse("1u")->milli(), 1);
        QCOMPARE(Quantity::parse("2")->milli(), 2000);
        QCOMPARE(Quantity::parse("9E")->milli(), INT64_MAX);
        QCOMPARE(Quantity::parse("1e25")->units(), INT64_MAX);
    }

    void shortWayAgrees() {
        for (const char* text : {"0", "1", "250m", "999999999", "9999999999", "100m", "1500m", "64Mi", "128Ki", "1Gi",
                                 "0.5", "1e3", "1k", "5u", "999999999Mi", "007"}) {
            QCOMPARE(base::quantityUnits(text).value(), Quantity::parse(text)->units());
            QCOMPARE(base::quantityMilli(text).value(), Quantity::parse(text)->milli());
        }
        QVERIFY(!base::quantityUnits("x"));
        QVERIFY(!base::quantityMilli(""));
    }

    void sums() {
        Quantity sum;
        sum += *Quantity::parse("512Mi");
        sum += *Quantity::parse("0.5Gi");
        QCOMPARE(sum.toText(), std::string("1Gi"));
        sum -= *Quantity::parse("1Gi");
        QVERIFY(sum.isZero());
        QCOMPARE(Quantity::fromMilli(1250).toText(), std::string("1250m"));
        QCOMPARE(Quantity::fromUnits(1 << 20, Quantity::Format::BinarySI).toText(), std::string("1Mi"));
    }
};

QTEST_APPLESS_MAIN(TestQuantity)
#include "tst_quantity.moc"
