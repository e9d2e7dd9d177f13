// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/manifest.h"
#include "core/kube/yaml_text.h"

#include <QDirIterator>
#include <QFile>
#include <QtTest>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using kube::readManifests;
using kube::yamlToJson;

namespace {

const std::string kHead = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: probe\n";
const std::string kHeadJson = R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"probe"}})";

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

/// "line:column message", one line each.
QString listed(const std::vector<kube::ManifestNote>& notes) {
    QStringList lines;
    for (const kube::ManifestNote& note : notes)
        lines += QString("%1:%2 %3").arg(note.place.line).arg(note.place.column).arg(text(note.message));
    return lines.join('\n');
}

QString namesOf(const kube::Manifests& manifests) {
    QStringList names;
    for (const kube::Manifest& object : manifests.objects)
        names += QString("%1@%2:%3").arg(text(object.name)).arg(object.place.line).arg(object.place.column);
    return names.join(' ');
}

std::string utf16(std::u16string_view characters, bool isLittle) {
    std::string bytes;
    for (const char16_t unit : characters) {
        const char high = static_cast<char>(unit >> 8);
        const char low = static_cast<char>(unit & 0xFF);
        bytes += isLittle ? low : high;
        bytes += isLittle ? high : low;
    }
    return bytes;
}

} // namespace

class TestManifest : public QObject {
    Q_OBJECT

private slots:
    void readsScalarsAsGoDoes_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("json");
        const auto row = [](const char* yaml, const char* json) {
            QTest::newRow(yaml) << QString::fromUtf8(yaml) << QString::fromUtf8(json);
        };
        row("", "null");
        row("# nothing", "null");
        row("[~, null, Null, NULL, '', nUll]", R"([null,null,null,null,"","nUll"])");
        row("[yes, On, y, TRUE, no, off, N, False]", "[true,true,true,true,false,false,false,false]");
        row("[yEs, 'yes', \"no\", tRUE]", R"(["yEs","yes","no","tRUE"])");
        row("[0777, 0o17, 0x1F, 0b101, -0x10, +12, 1_000]", "[511,15,31,5,-16,12,1000]");
        row("[08, 0o8, 0x, 0b2, _1, 0b-11]", R"([8,"0o8","0x","0b2","_1",-3])");
        row("[9223372036854775807, -9223372036854775808]", "[9223372036854775807,-9223372036854775808]");
        row("[9223372036854775808, 18446744073709551616]", "[9223372036854776000,18446744073709552000]");
        row("[1.0, 1., .5, 1e3, 1e21, 1e-7, -0.0, 1.10]", "[1,1,0.5,1000,1e+21,1e-7,0,1.1]");
        row("[1e400, 1e-400, .5_0, ._5, 1.2.3]", R"(["1e400",0,0.5,"._5","1.2.3"])");
        row("[12:30, 2001-12-14, 2001-12-14T21:59:43Z]", R"(["12:30","2001-12-14","2001-12-14T21:59:43Z"])");
        row("[!!str 12, !!int '12', !!float 1, ! '12', !own 12]", R"(["12",12,1,"12","12"])");
        row("!!binary aGVsbG8=", R"("hello")");
        row("!!binary /w==", "\"\xEF\xBF\xBD\"");
        row("{1: a, 1.5: b, 1e6: c, yes: d, 0x10: e, .inf: f}",
            R"({".inf":"f","1":"a","1.5":"b","16":"e","1e+06":"c","true":"d"})");
        row("{3.14159265358979: a, -0.0: b, 73709551616.5: c}", R"({"-0":"b","3.1415927":"a","7.370955e+10":"c"})");
        row("a: |\n  x\n  y\n", R"({"a":"x\ny\n"})");
        row("a: |-\n  x\n\nb: |+\n  y\n\n", R"({"a":"x","b":"y\n\n"})");
        row("a: >\n  x\n  y\n\n  z\n", R"({"a":"x y\nz\n"})");
        row("a: |2\n    x\n", R"({"a":"  x\n"})");
        row("\"\\x41\\u00e9\\U0001F600\\t<&>\"", "\"A\xC3\xA9\xF0\x9F\x98\x80\\t\\u003c\\u0026\\u003e\"");
        row("'it''s'", "\"it's\"");
        row("{a:1, b: 2, \"c\":3}", R"({"a:1":null,"b":2,"c":3})");
        row("a: &x [1]\nb: *x\n", R"({"a":[1],"b":[1]})");
        row("x: &x {a: 1, b: 1}\nz:\n  <<: *x\n  b: 2\n", R"({"x":{"a":1,"b":1},"z":{"a":1,"b":2}})");
        row("z:\n  <<: [{a: 1}, {a: 2, b: 2}]\n", R"({"z":{"a":1,"b":2}})");
        row("\"<<\": x", R"({"\u003c\u003c":"x"})");
        row("a:\r\n- b\r\n", R"({"a":["b"]})");
        row("{\"a\": [1.50, 1E2, \"\\/\\ud83d\\ude00\\ud83d\"]}",
            "{\"a\":[1.5,100,\"/\xF0\x9F\x98\x80\xEF\xBF\xBD\"]}");
    }
    void readsScalarsAsGoDoes() {
        QFETCH(QString, yaml);
        QFETCH(QString, json);
        const auto result = yamlToJson(yaml.toStdString(), "f");
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        QCOMPARE(text(*result), json);
    }

    void yamlToJsonNamesThePlace() {
        const auto result = yamlToJson("a: 1\nb: c: d\n", "web.yaml");
        QVERIFY(!result);
        QVERIFY(result.error().code == base::ErrorCode::BadInput);
        QCOMPARE(text(result.error().message),
                 "web.yaml:2:5: mapping values are not allowed in this context: "
                 "put a text that holds ': ' in quotes, or mend the indentation of this line");
        QVERIFY(!yamlToJson("a: 1\n---\nb: 2\n", "f"));
    }

    void tellsWhatIsWrong_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* body, const char* error) {
            QTest::newRow(body) << QString::fromUtf8(body) << QString::fromUtf8(error);
        };
        row("a: b: c\n", "5:5 mapping values are not allowed in this context: put a text that holds ': ' in quotes, or "
                         "mend the indentation of this line");
        row("a:\n\tb: c\n", "6:1 found character that cannot start any token: indent with blanks, not with tabs");
        row("a: @b\n", "5:4 found character that cannot start any token: put a text that starts with this character in "
                       "quotes");
        row("a: [1, 2\nb: 3\n", "6:2 did not find expected ',' or ']' (while parsing a flow sequence that starts in "
                                "line 5): separate the items with ',', close the list with ']'");
        row("a: \"b\n", "6:1 found unexpected end of stream (while scanning a quoted scalar that starts in line 5): "
                        "close the quote");
        row("a: \"\\d\"\n", "5:5 found unknown escape character: write a backslash as \\\\ or put the text in single "
                            "quotes");
        row("a: \"\\'\"\n", "5:5 found unknown escape character: a ' needs no backslash within double quotes");
        row("a: \"b\\/c\"\n", "5:4 kubectl reads \\/ in JSON alone: write the slash without a backslash");
        row("a: [b?c]\n", "5:5 kubectl reads no '?' within brackets: put the text in quotes");
        row("a: [!b, c]\n", "5:5 kubectl takes the ',' for a part of the tag: put a blank before it");
        row("a: *.yaml\n", "5:5 did not find expected alphabetic or numeric character: put a text that starts with "
                           "'*' or '&' in quotes");
        row("a: *b\n", "5:4 nothing above is named &b for this alias: name it, or put the text in quotes");
        row("a: &a [*a]\n", "5:8 the alias *a stands for something that holds it: name another");
        row("a: {{ .b }}\n", "5:5 a mapping cannot be a key: put it in quotes, or render the template first if '{{' "
                             "starts one");
        row("~: b\n", "5:1 a key is text, and this one is empty: put it in quotes");
        row("18446744073709551615: b\n",
            "5:1 a key is text, and this one is a number above 9223372036854775807: put it in quotes");
        row("a: [.inf]\n", "5:5 JSON has no infinity and no NaN: write a number, or a text in quotes");
        row("a: !!int b\n", "5:4 the tag !!int does not fit this value: remove the tag or mend the value");
        row("a: !!binary '?'\n",
            "5:4 this is not the base64 that its tag !!binary says: remove the tag or mend the value");
        row("a:\n  <<: b\n", "6:7 '<<' merges a mapping or a list of mappings: give it one");
        row("a: b\x07\n", "5:5 control characters are not allowed: remove the character, or write its escape in double "
                          "quotes; a file of UTF-16 needs a byte order mark");
        row("--- a\n", "5:1 only a comment may stand behind '---': move the rest to the next line");
        row("---\n- a\n", "6:1 this is a list where an object is expected: write apiVersion, kind and metadata");
        row("items: a\n", "5:8 items make the object a List and are a text: write a list, or move the field below spec "
                          "or data");
        row("  labels:\n    a: 1.10\n    b: yes\n",
            "6:8 metadata.labels[\"a\"] is a number and must be a text: put it in quotes\n"
            "7:8 metadata.labels[\"b\"] is a truth value (as yes, no, on and off are) and must be a text: put it in "
            "quotes");
        row("  finalizers: a\n",
            "5:15 metadata.finalizers is a text and must be a list: write \"- \" before each item");
        row("  generation: 1.5\n",
            "5:15 metadata.generation is a number and must be a whole number: write one, without quotes");
        row("  creationTimestamp: now\n", "5:22 metadata.creationTimestamp must be a time such as "
                                          "\"2024-05-01T10:20:30Z\": mend it, or remove the field");
        row("  ownerReferences:\n  - controller: 'true'\n",
            "6:17 metadata.ownerReferences[0].controller is a text and must be true or false: write one of them, "
            "without quotes");
    }
    void tellsWhatIsWrong() {
        QFETCH(QString, body);
        QFETCH(QString, error);
        const kube::Manifests read = readManifests(kHead + body.toStdString(), "f");
        QCOMPARE(listed(read.errors), error);
        QCOMPARE(text(read.errors.front().place.file), "f");
    }

    void tellsWhatIsMissing_data() {
        QTest::addColumn<QString>("yaml");
        QTest::addColumn<QString>("errors");
        QTest::newRow("all") << "# c\n\na: b\n"
                             << "3:1 apiVersion is missing: write one, such as v1 or apps/v1\n"
                                "3:1 kind is missing: write one, such as Pod or Deployment";
        QTest::newRow("name") << "apiVersion: v1\nkind: Pod\nmetadata: {}\n"
                              << "1:1 metadata.name is missing: name the object";
        QTest::newRow("metadata") << "apiVersion: v1\nkind: Pod\n"
                                  << "1:1 metadata.name is missing: name the object";
        QTest::newRow("version") << "apiVersion: a/b/c\nkind: Pod\nmetadata: {name: a}\n"
                                 << "1:13 apiVersion is a group and a version with one '/' between: write it like "
                                    "apps/v1";
        QTest::newRow("types") << "apiVersion: 1\nkind: [a]\nmetadata: b\n"
                               << "1:13 apiVersion is a number and must be a text: put it in quotes\n"
                                  "2:7 kind is a list and must be a text: write it behind the ':'\n"
                                  "3:11 metadata is a text and must be a mapping: write \"name: ...\" below it";
        QTest::newRow("item") << "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n- a\n-\n"
                              << "4:3 apiVersion is missing: write one, such as v1 or apps/v1\n"
                                 "5:3 the item is a text and must be an object: write apiVersion, kind and metadata\n"
                                 "6:2 the item is empty and must be an object: write apiVersion, kind and metadata";
        QTest::newRow("List within")
            << "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: List, items: []}\n"
            << "4:39 kubectl reads no List within a List: move its items to the outer one";
        QTest::newRow("generated name") << "apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n"
                                        << "";
    }
    void tellsWhatIsMissing() {
        QFETCH(QString, yaml);
        QFETCH(QString, errors);
        QCOMPARE(listed(readManifests(yaml.toStdString(), "f").errors), errors);
    }

    void warnsOfWhatKubectlTakesSilently_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("warnings");
        QTest::addColumn<QString>("json");
        QTest::newRow("again") << "a: 1\nb: {c: 1, c: 2}\na: 2\n"
                               << "6:11 the key \"c\" of line 6 is here again in line 6, and only this one counts: "
                                  "remove one of them\n"
                                  "7:1 the key \"a\" of line 5 is here again in line 7, and only this one counts: "
                                  "remove one of them"
                               << R"({"a":2,)" + text(kHeadJson).mid(1).replace(R"("kind")", R"("b":{"c":2},"kind")");
        QTest::newRow("number and text")
            << "1: a\n'1': b\n"
            << "6:1 the key \"1\" of line 5 is here again in line 6, and only this one counts: remove one of them"
            << R"({"1":"b",)" + text(kHeadJson).mid(1);
        QTest::newRow("merged over")
            << "z:\n  a: 1\n  <<: {a: 2}\n"
            << "7:3 this merge replaces the field \"a\" of line 6, as kubectl reads it: write '<<' above the fields "
               "that stay"
            << text(kHeadJson).chopped(1) + R"(,"z":{"a":2}})";
        QTest::newRow("merged below") << "z:\n  <<: {a: 2}\n  a: 1\n"
                                      << "" << text(kHeadJson).chopped(1) + R"(,"z":{"a":1}})";
        QTest::newRow("unread") << "...\na: b\n"
                                << "6:1 kubectl does not read what stands here: put a line of '---' above it"
                                << text(kHeadJson);
    }
    void warnsOfWhatKubectlTakesSilently() {
        QFETCH(QString, body);
        QFETCH(QString, warnings);
        QFETCH(QString, json);
        const kube::Manifests read = readManifests(kHead + body.toStdString(), "f");
        QCOMPARE(listed(read.errors), QString());
        QCOMPARE(listed(read.warnings), warnings);
        QCOMPARE(text(read.objects.at(0).json), json);
    }

    void readsManyDocuments_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("names");
        QTest::addColumn<int>("errors");
        const auto yaml = [](const char* name) {
            return QString("apiVersion: v1\nkind: A\nmetadata: {name: %1}\n").arg(name);
        };
        const auto json = [](const char* name) {
            return QString(R"({"apiVersion":"v1","kind":"A","metadata":{"name":"%1"}})").arg(name);
        };
        QTest::newRow("none") << "---\n# a\n---\n\n---\nnull\n---\n~\n"
                              << "" << 0;
        QTest::newRow("ended") << "---\n...\n---\n---\n...\n---\n" + yaml("a") + "...\n---\n" + yaml("b")
                               << "a@7:1 b@12:1" << 0;
        QTest::newRow("YAML") << "# a\n" + yaml("a") + "---  # b\n\n" + yaml("b") + "---\n" + yaml("c")
                              << "a@2:1 b@7:1 c@11:1" << 0;
        QTest::newRow("line breaks of Windows")
            << QString(yaml("a") + "---\n" + yaml("b")).replace("\n", "\r\n") << "a@1:1 b@5:1" << 0;
        QTest::newRow("JSON") << " " + json("a") + json("b") + "\n\n" + json("c")
                              << QString("a@1:2 b@1:%1 c@3:1").arg(2 + json("a").size()) << 0;
        QTest::newRow("JSON, then YAML") << json("a") + "\n---\n" + yaml("b") << "a@1:1 b@3:1" << 0;
        QTest::newRow("JSON, then garbage") << json("a") + "\n" + json("b") + "\n: :" << "a@1:1 b@2:1" << 1;
        QTest::newRow("flow") << "{apiVersion: v1, kind: A, metadata: {name: a,}}\n"
                              << "a@1:1" << 0;
        QTest::newRow("the bad hide none") << yaml("a") + "---\na: b: c\n---\n- d\n---\n" + yaml("e") + "---\nf: [\n"
                                           << "a@1:1 e@9:1" << 3;
        QTest::newRow("List") << "apiVersion: v1\nkind: List\nitems:\n- " + yaml("a").replace("\n", "\n  ") + "\n- " +
                                     json("b")
                              << "a@4:3 b@8:3" << 0;
        QTest::newRow("typed List") << "apiVersion: v1\nkind: AList\nitems:\n- metadata: {name: a}\n"
                                    << "a@4:3" << 0;
        QTest::newRow("empty List") << "apiVersion: v1\nkind: List\nitems:\n"
                                    << "" << 0;
    }
    void readsManyDocuments() {
        QFETCH(QString, text);
        QFETCH(QString, names);
        QFETCH(int, errors);
        const kube::Manifests read = readManifests(text.toStdString(), "f");
        QCOMPARE(namesOf(read), names);
        QVERIFY2(read.errors.size() == static_cast<std::size_t>(errors), qPrintable(listed(read.errors)));
    }

    void tellsWhatTheObjectIs() {
        const kube::Manifests read = readManifests(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  namespace: shop\n  name: web\n", "web.yaml");
        const kube::Manifest& object = read.objects.at(0);
        QCOMPARE(text(object.apiVersion), "apps/v1");
        QCOMPARE(text(object.kind), "Deployment");
        QCOMPARE(text(object.ns), "shop");
        QCOMPARE(text(object.name), "web");
        QCOMPARE(text(toString(object.place)), "web.yaml:1:1");
        const kube::Manifests typed =
            readManifests(R"({"kind":"PodList","apiVersion":"v1","items":[{"metadata":{"name":"a"}}]})", "f");
        QCOMPARE(text(typed.objects.at(0).json), R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}})");
    }

    void readsOtherEncodings() {
        const std::u16string wide = u"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: probe\na: \u00e9\U0001F600\n";
        const std::string json = "{\"a\":\"\xC3\xA9\xF0\x9F\x98\x80\"," + kHeadJson.substr(1);
        QCOMPARE(text(readManifests("\xFF\xFE" + utf16(wide, true), "f").objects.at(0).json), text(json));
        QCOMPARE(text(readManifests("\xFE\xFF" + utf16(wide, false), "f").objects.at(0).json), text(json));
        QCOMPARE(text(readManifests("\xEF\xBB\xBF" + kHead, "f").objects.at(0).json), text(kHeadJson));

        const kube::Manifests latin = readManifests(kHead + "a: caf\xE9\n", "f");
        QCOMPARE(text(latin.objects.at(0).json),
                 QString::fromUtf8("{\"a\":\"caf\xEF\xBF\xBD\",") + text(kHeadJson).mid(1));
        QCOMPARE(listed(latin.warnings), "5:7 the text is not UTF-8 here and is read, as kubectl reads it, as U+FFFD: "
                                         "save the file as UTF-8");
        QCOMPARE(listed(readManifests(kHead + "---\n# a\n\xEF\xBB\xBF" + kHead, "f").errors),
                 "7:1 a byte order mark starts this line: remove this invisible character");
        QVERIFY(listed(readManifests(utf16(wide, true), "f").errors).startsWith("1:2 control characters"));
    }

    void countsColumnsInCharacters() {
        const kube::Manifests read = readManifests(kHead + "\xC3\xA9\xE4\xBD\xA0: \"\xF0\x9F\x98\x80\\d\"\n", "f");
        QCOMPARE(listed(read.errors).section(' ', 0, 0), "5:7");
    }

    void boundsWhatItReads_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("error");
        QByteArray bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n";
        for (char c = 'a'; c < 'j'; ++c) {
            const QByteArray alias = QByteArray("*") + c + ", ";
            bomb += QByteArray(1, static_cast<char>(c + 1)) + ": &" + static_cast<char>(c + 1) + " [" +
                    alias.repeated(9) + "]\n";
        }
        const QString aliases = "nearly all of the document comes from aliases: write out what they stand for";
        const QString deep = "this is nested more than 1000 levels deep, which no kind is: flatten it";
        QTest::newRow("aliases") << bomb << aliases;
        QTest::newRow("long text repeated")
            << "a: &a " + QByteArray(1 << 20, 'x') + "\nb: [" + QByteArray("*a, ").repeated(50) + "]\n"
            << "the aliases repeat more than 16 MB of text: write out what they stand for";
        QTest::newRow("brackets") << "a: " + QByteArray(100000, '[') << deep;
        QTest::newRow("blocks") << QByteArray("a: b\nc:\n") + QByteArray("- ").repeated(100000) << deep;
        QTest::newRow("alias below") << "a: &a " + QByteArray(600, '[') + QByteArray(600, ']') +
                                            "\nb: " + QByteArray(600, '[') + "*a" + QByteArray(600, ']') + "\n"
                                     << deep;
        QByteArray merges = "a0: &a0 {b: c}\n";
        for (int i = 1; i < 1100; ++i)
            merges += QString("a%1: &a%1 {<<: *a%2}\n").arg(i).arg(i - 1).toUtf8();
        QTest::newRow("chain of merges") << merges << aliases;
    }
    void boundsWhatItReads() {
        QFETCH(QByteArray, body);
        QFETCH(QString, error);
        const kube::Manifests read = readManifests(kHead + body.toStdString(), "f");
        QCOMPARE(listed(read.errors).section(' ', 1), error);
        QVERIFY(read.objects.empty());
    }

    void boundsJson() {
        const kube::Manifests read = readManifests("{\"a\":" + std::string(100000, '['), "f");
        QCOMPARE(read.errors.size(), std::size_t{1});
        QVERIFY(listed(read.errors).contains("nested more than 1000 levels deep"));
    }

    void readsBackWhatItReads_data() {
        QTest::addColumn<QString>("path");
        QDirIterator files(QStringLiteral(TESTS_DATA_DIR "/manifest"), QDir::Files);
        while (files.hasNext()) {
            files.next();
            QTest::newRow(qPrintable(files.fileName())) << files.filePath();
        }
    }
    void readsBackWhatItReads() {
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const kube::Manifest& object : readManifests(file.readAll().toStdString(), "f").objects) {
            const auto yaml = kube::toYaml(object.json, kube::ManagedFields::Shown);
            QVERIFY(yaml);
            // kubectl, too, writes this key as it writes a merge.
            if (!path.endsWith("merge_key_quoted.yaml"))
                QCOMPARE(text(yamlToJson(*yaml, "f").value_or("nothing")), text(object.json));
            QCOMPARE(text(yamlToJson(object.json, "f").value_or("nothing")), text(object.json));
        }
    }

    // What servers have sent.
    void readsBackObjects() {
        QDirIterator files(QStringLiteral(TESTS_DATA_DIR "/decode"), {"*.json"}, QDir::Files,
                           QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto list = nlohmann::json::parse(file.readAll().toStdString(), nullptr, false);
            if (!list.is_object() || !list.contains("items"))
                continue;
            for (const nlohmann::json& item : list["items"]) {
                const std::string json = kube::toCompactJson(item.dump()).value();
                const auto yaml = kube::toYaml(json, kube::ManagedFields::Shown);
                QVERIFY(yaml);
                QCOMPARE(text(yamlToJson(*yaml, "f").value_or("nothing")), text(json));
                ++count;
            }
        }
        QVERIFY(count > 100);
    }

    // 5 MB in one document and in many; what is wrong at the end is found there.
    void readsLargeTexts() {
        constexpr std::size_t kSize = 5'000'000;
        std::string one = kHead + "data:\n  text: |\n";
        while (one.size() < kSize)
            one += "    a line of a large file, with a number: " + std::to_string(one.size()) + "\n";
        const kube::Manifests large = readManifests(one, "large.yaml");
        QCOMPARE(listed(large.errors), QString());
        QCOMPARE(large.objects.size(), std::size_t(1));
        const auto json = nlohmann::json::parse(large.objects.front().json);
        const auto textOf = json.at("data").at("text").get<std::string>();
        QVERIFY(textOf.starts_with("a line of a large file"));
        QVERIFY(textOf.size() > kSize * 9 / 10 && textOf.ends_with("\n"));

        std::string many;
        std::size_t documents = 0;
        int lines = 0;
        while (many.size() < kSize) {
            const std::string document =
                "---\n" + kHead + "data:\n  sky: blue\n  note: " + std::string(400, 'x') + "\n";
            many += document;
            ++documents;
            lines += 8;
        }
        QCOMPARE(readManifests(many, "many.yaml").objects.size(), documents);
        const kube::Manifests wrong = readManifests(many + "---\nkind: [\n", "many.yaml");
        QCOMPARE(wrong.objects.size(), documents);
        QCOMPARE(wrong.errors.size(), std::size_t(1));
        QVERIFY2(wrong.errors.front().place.line > lines, qPrintable(listed(wrong.errors)));
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "tst_manifest.moc"
