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
        row(R"({"a":"x\ny\n","b":"x\ny","c":"x\n\n"})", "a: |\n  x\n  y\nb: |-\n  x\n  y\nc: |+\n  x\n\n");
        row(R"({"a":["x\ny"]})", "a:\n- |-\n  x\n  y\n");
        row("{\"a\":\"it's: x\",\"b\":\"- x\",\"c\":\"x #y\"}", "a: 'it''s: x'\nb: '- x'\nc: 'x #y'\n");
        row(R"({"a":"x\ty","b":"\u0007"})", "a: \"x\\ty\"\nb: \"\\a\"\n");
        row(R"({"a":18446744073709551615,"b":-5,"c":1.5})", "a: 18446744073709551615\nb: -5\nc: 1.5\n");
        const std::string words(100, 'x');
        row(("{\"a\":\"" + words + " b  c d\"}").c_str(), ("a: " + words + "\n  b  c d\n").c_str());
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

    void writesJsonAsGoDoes() {
        QCOMPARE(kube::toIndentedJson(R"({"b":"<&>","a":[1]})", kube::ManagedFields::Shown).value(),
                 std::string("{\n    \"a\": [\n        1\n    ],\n    \"b\": \"\\u003c\\u0026\\u003e\"\n}\n"));
    }
};

QTEST_GUILESS_MAIN(TestYamlText)
#include "tst_yaml_text.moc"
