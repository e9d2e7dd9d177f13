// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/yaml_text.h"

#include <QtTest>

class TestYamlText : public QObject {
    Q_OBJECT

private slots:
    void writesAsGoDoes_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("yaml");
        const auto row = [](const char* json, const char* yaml) {
            QTest::newRow(json) << QString::fromUtf8(json) << QString::fromUtf8(yaml);
        };
        row(R"({})", "{}\n");
        row(R"({"a":[]})", "a: []\n");
        row(R"({"b":1,"a":null})", "a: null\nb: 1\n");
        row(R"({"a10":1,"a9":2,"Z":3,"_":4})", "_: 4\nZ: 3\na9: 2\na10: 1\n");
        row(R"({"a":[{"b":[{"c":1,"d":[1,[2,3]]}]}]})", "a:\n- b:\n  - c: 1\n    d:\n    - 1\n    - - 2\n      - 3\n");
        row(R"({"a":"1","b":"true","c":"","d":"2024-01-01"})", "a: \"1\"\nb: \"true\"\nc: \"\"\nd: \"2024-01-01\"\n");
        row(R"({"a":".5_0","b":"0b-11","c":"1:30","d":"08","e":"._5","f":"0x","g":"2001-02-30"})",
            "a: \".5_0\"\nb: \"0b-11\"\nc: \"1:30\"\nd: \"08\"\ne: ._5\nf: 0x\ng: 2001-02-30\n");
        row(R"({"a":"x\ny\n","b":"x\ny","c":"x\n\n"})", "a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\n");
        row(R"({"a":["x\ny"]})", "a:\n- |-\n  x\n  y\n");
        row("{\"a\":\"it's: x\",\"b\":\"- x\",\"c\":\"x #y\"}", "a: 'it''s: x'\nb: '- x'\nc: 'x #y'\n");
        row(R"({"a":"x\ty","b":"\u0007"})", "a: \"x\\ty\"\nb: \"\\a\"\n");
        row(R"({"a":9223372036854775807,"b":-5,"c":1.5})", "a: 9223372036854775807\nb: -5\nc: 1.5\n");
        const std::string words(100, 'x');
        row(("{\"a\":\"" + words + " b  c d\"}").c_str(), ("a: " + words + "\n  b  c d\n").c_str());
        // Other line breaks than \n, and keys that need lines of their own.
        row(R"({"a":"x\n\u2029y\nz"})", "a: |-\n  x\n\u2029  y\n  z\n");
        row(R"({"a":"\u2028x\ny\u2029"})", "a: |2\n\u2028  x\n  y\u2029");
        row(R"({"a":"x\u2028y"})", "a: 'x\u2028  y'\n");
        row(R"({"a\u2028b":1})", "? 'a\u2028  b'\n: 1\n");
        row(R"({"x":{"a\nb":{"c":1,"d":[1,2]}}})", "x:\n  ? |-\n    a\n    b\n  : c: 1\n    d:\n    - 1\n    - 2\n");
        row(R"({"a\nb":[1,[2],{"e":1}]})", "? |-\n  a\n  b\n: - 1\n  - - 2\n  - e: 1\n");
        row("{\"a\":\"\\ufeffx \\\"\\\\\\u00e9\",\"b\":\"x\\ufeff\"}",
            "a: \"\\uFEFF\\x78\\x20\\\"\\\\\\xE9\"\nb: \"x\\uFEFF\"\n");
        row(R"({"true":1,"1":2})", "\"1\": 2\n\"true\": 1\n");
    }
    void writesAsGoDoes() {
        QFETCH(QString, json);
        QFETCH(QString, yaml);
        QCOMPARE(QString::fromStdString(kube::toYaml(json.toStdString(), kube::ManagedFields::Shown).value()), yaml);
    }

    void foldsManagedFields() {
        const std::string json = R"({"metadata":{"managedFields":[{"manager":"x"}],"name":"a"}})";
        QCOMPARE(kube::toYaml(json, kube::ManagedFields::Folded).value(), std::string("metadata:\n  name: a\n"));
        QVERIFY(kube::toYaml(json, kube::ManagedFields::Shown)->find("manager: x") != std::string::npos);
    }

    void refusesGarbage() {
        const auto result = kube::toYaml("{", kube::ManagedFields::Shown);
        QVERIFY(!result);
        QVERIFY(result.error().code == base::ErrorCode::BadInput);
    }

    // As Go prints what it has read into an int64 or a float64: encoding/json, and YAML made of that.
    void writesNumbersAsGoDoes_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("yaml");
        const auto row = [](const char* number, const char* json, const char* yaml) {
            QTest::newRow(number) << QString::fromUtf8(json) << QString::fromUtf8(yaml);
        };
        row("1.0", "1", "1");
        row("-0", "0", "0");
        row("-0.0", "-0", "0");
        row("0.1", "0.1", "0.1");
        row("1e3", "1000", "1000");
        row("1E5", "100000", "100000");
        row("1e6", "1000000", "1000000");
        row("1000000.5", "1000000.5", "1.0000005e+06");
        row("123456789.5", "123456789.5", "1.234567895e+08");
        row("1.5e19", "15000000000000000000", "15000000000000000000");
        row("1e20", "100000000000000000000", "1e+20");
        row("100000000000000000000.0", "100000000000000000000", "1e+20");
        row("1e21", "1e+21", "1e+21");
        row("12345678901234567890123", "1.2345678901234568e+22", "1.2345678901234568e+22");
        row("1.7976931348623157e308", "1.7976931348623157e+308", "1.7976931348623157e+308");
        row("9223372036854775807", "9223372036854775807", "9223372036854775807");
        row("9223372036854775808", "9223372036854776000", "9223372036854776000");
        row("-9223372036854775809", "-9223372036854776000", "-9.223372036854776e+18");
        row("18446744073709551615", "18446744073709552000", "1.8446744073709552e+19");
        row("18446744073709551616", "18446744073709552000", "1.8446744073709552e+19");
        row("0.00001234", "0.00001234", "1.234e-05");
        row("0.000001234", "0.000001234", "1.234e-06");
        row("1e-6", "0.000001", "1e-06");
        row("9.99e-7", "9.99e-7", "9.99e-07");
        row("1e-7", "1e-7", "1e-07");
        row("-1e-9", "-1e-9", "-1e-09");
        row("1e-10", "1e-10", "1e-10");
        row("5e-324", "5e-324", "5e-324");
    }
    void writesNumbersAsGoDoes() {
        QFETCH(QString, json);
        QFETCH(QString, yaml);
        const std::string object = std::string("{\"a\":") + QTest::currentDataTag() + "}";
        QCOMPARE(QString::fromStdString(kube::toIndentedJson(object, kube::ManagedFields::Shown).value()),
                 "{\n    \"a\": " + json + "\n}\n");
        QCOMPARE(QString::fromStdString(kube::toYaml(object, kube::ManagedFields::Shown).value()), "a: " + yaml + "\n");
    }

    void refusesWhatIsNestedTooDeep() {
        const std::string deep = std::string(100000, '[') + std::string(100000, ']');
        QVERIFY(!kube::toYaml(deep, kube::ManagedFields::Shown));
        QVERIFY(!kube::toIndentedJson(deep, kube::ManagedFields::Shown));
        QVERIFY(kube::toYaml(std::string(900, '[') + std::string(900, ']'), kube::ManagedFields::Shown));
        QVERIFY(kube::toYaml("\"" + deep + "\"", kube::ManagedFields::Shown));
    }

    void writesJsonAsGoDoes() {
        QCOMPARE(kube::toIndentedJson(R"({"b":"<&>","a":[1]})", kube::ManagedFields::Shown).value(),
                 std::string("{\n    \"a\": [\n        1\n    ],\n    \"b\": \"\\u003c\\u0026\\u003e\"\n}\n"));
        // Shorthands where Go has them; what HTML and JavaScript could trip over by its number, the rest as it is.
        const std::string text = "\"\\u0000\\b\\f\\u007f\\u2028</>\\u00e9\\t\\\"\\\\\\/\"";
        QCOMPARE(kube::toIndentedJson(text, kube::ManagedFields::Shown).value(),
                 std::string("\"\\u0000\\b\\f\x7f\\u2028\\u003c/\\u003e\xC3\xA9\\t\\\"\\\\/\"\n"));
    }
};

QTEST_GUILESS_MAIN(TestYamlText)
#include "tst_yaml_text.moc"
