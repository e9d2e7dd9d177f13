// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_cursor.h"

#include <QtTest>

using kube::YamlCursor;
using kube::yamlCursorAt;

Q_DECLARE_METATYPE(kube::YamlCursor::Where)

/// '^' is the place.
class TestYamlCursor : public QObject {
    Q_OBJECT

    static YamlCursor at(QByteArray text) {
        const qsizetype place = text.indexOf('^');
        text.remove(place, 1);
        return yamlCursorAt(text.toStdString(), static_cast<std::size_t>(place));
    }

private slots:
    void knowsTheField_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<YamlCursor::Where>("where");
        QTest::addColumn<QByteArray>("parent");
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("typed");
        const auto key = [](const char* name, const char* text, const char* parent, const char* field,
                            const char* typed) {
            QTest::newRow(name) << QByteArray(text) << YamlCursor::Where::Key << QByteArray(parent) << QByteArray(field)
                                << QByteArray(typed);
        };
        const auto value = [](const char* name, const char* text, const char* parent, const char* field,
                              const char* typed) {
            QTest::newRow(name) << QByteArray(text) << YamlCursor::Where::Value << QByteArray(parent)
                                << QByteArray(field) << QByteArray(typed);
        };
        const auto nothing = [](const char* name, const char* text, const char* field) {
            QTest::newRow(name) << QByteArray(text) << YamlCursor::Where::Nothing << QByteArray(field)
                                << QByteArray(field) << QByteArray();
        };
        key("empty", "^", "", "", "");
        key("first word", "ki^", "", "", "ki");
        key("key", "spec:\n  repl^icas: 2\n", "spec", "spec.replicas", "repl");
        value("value", "spec:\n  replicas: 2^\n", "spec", "spec.replicas", "2");
        value("no value yet", "spec:\n  replicas: ^", "spec", "spec.replicas", "");
        value("behind the colon", "spec:^\n", "", "spec", "");
        key("new in object", "spec:\n  ^\n", "spec", "spec", "");
        key("new beside", "spec:\n  replicas: 2\n  sel^\n", "spec", "spec", "sel");
        key("new outside", "spec:\n  replicas: 2\n^", "", "", "");
        key("item", "a:\n  list:\n  - na^", "a.list[0]", "a.list[0]", "na");
        key("item, dash at the key's column", "list:\n- name: x\n  im^\n", "list[0]", "list[0]", "im");
        key("second item", "list:\n- name: x\n- name: y\n  im^age: z\n", "list[1]", "list[1].image", "im");
        key("behind the dash", "list:\n- ^", "list[0]", "list[0]", "");
        key("after the list", "list:\n- name: x\n^", "", "", "");
        key("deep", "s:\n  t:\n    c:\n    - n: a\n      p:\n      - q: 1\n        r^", "s.t.c[0].p[0]",
            "s.t.c[0].p[0]", "r");
        key("list of lists", "l:\n- - a: 1\n  - b^: 2\n", "l[0][1]", "l[0][1].b", "b");
        key("blank line in item", "c:\n  - name: x\n    ^\n  - name: y\n", "c[0]", "c[0]", "");
        nothing("comment", "spec:\n  # he^re\n", "");
        nothing("text block", "data:\n  a: |\n    kind: ^x\n", "data.a");
        nothing("blank in text block", "data:\n  a: |\n    x\n    ^\n    y\n", "data.a");
        key("after text block", "data:\n  a: |\n    kind: x\n  b^: 1\n", "data", "data.b", "b");
        key("quoted", "m:\n  \"a.b/c\": x\n  'd^': y\n", "m", "m.d", "'d");
        value("brackets", "m: {a: ^1}\n", "", "m", "{a: ");
        value("colon in value", "image: nginx:^1\n", "", "image", "nginx:");
        key("second document", "a: 1\n---\nb:\n  c^: 1\n", "b", "b.c", "c");
        key("broken above", "a: [\nb:\n  c: \"x\n  d^", "b", "b", "d");
        key("carriage return", "spec:\r\n  re^plicas: 1\r\n", "spec", "spec.replicas", "re");
    }

    void knowsTheField() {
        QFETCH(QByteArray, text);
        QFETCH(YamlCursor::Where, where);
        QFETCH(QByteArray, parent);
        QFETCH(QByteArray, field);
        QFETCH(QByteArray, typed);
        const YamlCursor found = at(text);
        QCOMPARE(int(found.where), int(where));
        if (where != YamlCursor::Where::Nothing) {
            QCOMPARE(QByteArray::fromStdString(toString(found.parent)), parent);
            QCOMPARE(QByteArray::fromStdString(found.typed), typed);
        }
        QCOMPARE(QByteArray::fromStdString(toString(found.field)), field);
    }

    void knowsTheKindAndTheKeysBeside() {
        const YamlCursor found =
            at("apiVersion: apps/v1 # new\nspec:\n  replicas: 1\n  ^\n  selector: {}\n  template:\n"
               "    spec: {}\nkind: \"Deployment\"\n---\nkind: Other\n");
        QCOMPARE(found.apiVersion, std::string("apps/v1"));
        QCOMPARE(found.kind, std::string("Deployment"));
        QCOMPARE(found.keys, (std::vector<std::string>{"replicas", "selector", "template"}));
        const YamlCursor item = at("l:\n- a: 1\n  b^: 2\n  c: 3\n- d: 4\n");
        QCOMPARE(item.keys, (std::vector<std::string>{"a", "c"}));
    }

    void answersAnything() {
        const std::string text = "a:\n  - b: |\n      c\n    d: [\n  ? e\n- - -\n\t:x:\n'\n\"\\";
        for (std::size_t i = 0; i <= text.size() + 2; ++i)
            (void)yamlCursorAt(text, i);
    }
};

QTEST_APPLESS_MAIN(TestYamlCursor)
#include "tst_yaml_cursor.moc"
