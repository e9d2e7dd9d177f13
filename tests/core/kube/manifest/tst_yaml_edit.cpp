// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/go_json.h"
#include "core/kube/manifest/manifest.h"
#include "core/kube/manifest/yaml_edit.h"
#include "core/kube/manifest/yaml_object.h"

#include <QRandomGenerator>
#include <QtTest>

#include <nlohmann/json.hpp>

using kube::FieldSteps;
using Json = nlohmann::json;

namespace {

constexpr const char* kDeployment = R"(# The shop's front.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # known to all
  labels: {app: web, "tier": front}
spec:
  replicas: 2
  # How pods look.
  template:
    spec:
      containers:
      # the shop
      - name: web
        image: "shop:1"   # pinned
        args: [serve, --port=80]
        env:
        - name: MODE
          value: fast
        # where it is
        - name: PLACE
          valueFrom:
            fieldRef: {fieldPath: spec.nodeName}
        command:
        - sh
        - -c
        - |
          echo one

          echo two
      - image: side:1

        name: side
        resources: {}
  # last words
)";

/// "spec.template.spec.containers.0.image"
FieldSteps steps(const QByteArray& path) {
    FieldSteps steps;
    for (const QByteArray& word : path.isEmpty() ? QByteArrayList() : path.split('.')) {
        bool isIndex = false;
        const int index = word.toInt(&isIndex);
        steps = isIndex ? steps / index : steps / word.toStdString();
    }
    return steps;
}

Json meaning(const std::string& text) {
    const auto json = kube::yamlToJson(text, "text");
    return json ? Json::parse(*json) : Json("no YAML: " + json.error().message);
}

Json::json_pointer pointer(const FieldSteps& steps) {
    Json::json_pointer at;
    for (const kube::FieldStep& step : steps) {
        if (step.isIndex())
            at /= static_cast<std::size_t>(step.index);
        else
            at /= step.key;
    }
    return at;
}

/// Every place of a value.
void collect(const Json& value, const FieldSteps& at, std::vector<FieldSteps>& into) {
    if (!at.empty())
        into.push_back(at);
    if (value.is_array()) {
        for (std::size_t i = 0; i < value.size(); ++i)
            collect(value[i], at / static_cast<int>(i), into);
    } else if (value.is_object()) {
        for (const auto& [key, inner] : value.items())
            collect(inner, at / key, into);
    }
}

} // namespace

class TestYamlEdit : public QObject {
    Q_OBJECT
private slots:
    void sets_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* name, const char* before, const char* path, const char* json,
                            const char* after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(path) << QByteArray(json) << QByteArray(after);
        };
        row("number", "a: 1\nb: 2\n", "a", "3", "a: 3\nb: 2\n");
        row("keeps its comment", "a: 1   # one\nb: 2\n", "a", "3", "a: 3   # one\nb: 2\n");
        row("quotes what needs it", "a: x\n", "a", "\"yes\"", "a: \"yes\"\n");
        row("quoted", "a: \"x\" # c\n", "a", "\"z\"", "a: z # c\n");
        row("no end of line", "a: 1", "a", "2", "a: 2");
        row("carriage returns", "a: 1\r\nb: 2\r\n", "c", "{\"d\":1}", "a: 1\r\nb: 2\r\nc:\r\n  d: 1\r\n");
        row("new key", "a: 1\n# end\n", "b", "2", "a: 1\nb: 2\n# end\n");
        row("new key, no end of line", "a: 1", "b", "2", "a: 1\nb: 2");
        row("new key inside", "a:\n  b: 1\nc: 2\n", "a.d", "\"x\"", "a:\n  b: 1\n  d: x\nc: 2\n");
        row("new key deep", "a: 1\n", "b.c.d", "true", "a: 1\nb:\n  c:\n    d: true\n");
        row("new list", "a: 1\n", "b.0.c", "1", "a: 1\nb:\n- c: 1\n");
        row("new list as others are", "a:\n  - 1\n", "b.0.c", "1", "a:\n  - 1\nb:\n  - c: 1\n");
        row("empty brackets", "a: {} # none\nb: []\n", "a.c", "1", "a: # none\n  c: 1\nb: []\n");
        row("empty list", "a: {}\nb: []\n", "b.0", "1", "a: {}\nb:\n- 1\n");
        row("nothing there", "a:\nb: 1\n", "a.c", "1", "a:\n  c: 1\nb: 1\n");
        row("null", "a: null\nb: 1\n", "a", "2", "a: 2\nb: 1\n");
        row("nothing there, a word", "a:   # why\nb: 1\n", "a", "2", "a: 2   # why\nb: 1\n");
        row("empty text", "", "a.b", "1", "a:\n  b: 1\n");
        row("only a comment", "# c\n", "a", "1", "# c\na: 1\n");
        row("within brackets", "a: {b: 1, c: [x, y]}\n", "a.c.1", "\"z: 1\"", "a: {b: 1, c: [x, \"z: 1\"]}\n");
        row("into brackets", "a: {b: 1}\n", "a.c", "{\"d\":[1]}", "a: {b: 1, c: {d: [1]}}\n");
        row("into a bracket list", "a: [x] # c\n", "a.1", "\"y\"", "a: [x, \"y\"] # c\n");
        row("key alone in brackets", "a: {b, c: 1}\n", "a.b", "2", "a: {b: 2, c: 1}\n");
        row("item", "a:\n- x\n- y # c\n", "a.1", "\"z\"", "a:\n- x\n- z # c\n");
        row("item becomes an object", "a:\n- x\n- y\n", "a.0", "{\"b\":1,\"c\":2}", "a:\n- b: 1\n  c: 2\n- y\n");
        row("empty item", "a:\n-\n- y\n", "a.0.b", "1", "a:\n- b: 1\n- y\n");
        row("new item", "a:\n  - b: 1\n  # of b\nc: 1\n", "a.1", "{\"b\":2}",
            "a:\n  - b: 1\n  - b: 2\n  # of b\nc: 1\n");
        row("field of an item", "a:\n- b: 1\n  c: 2\n- b: 3\n", "a.0.d", "4", "a:\n- b: 1\n  c: 2\n  d: 4\n- b: 3\n");
        row("list of lists", "a:\n- - x\n  - y\n- - z\n", "a.0.2", "\"w\"", "a:\n- - x\n  - y\n  - w\n- - z\n");
        row("object becomes a word", "a:\n  # inside\n  b: 1\nc: 2\n", "a", "1", "a: 1\n  # inside\nc: 2\n");
        row("word becomes an object", "a: 1 # c\nd: 2\n", "a", "{\"b\":1}", "a: # c\n  b: 1\nd: 2\n");
        row("object becomes a list", "a:\n    b: 1\nc: 2\n", "a", "[1,2]", "a:\n    - 1\n    - 2\nc: 2\n");
        row("list becomes an object", "a:\n- 1\n- 2\nc: 2\n", "a", "{\"b\":1}", "a:\n  b: 1\nc: 2\n");
        row("text of lines", "a:\n  b: x\n  c: y\n", "a.b", "\"one\\ntwo\\n\"",
            "a:\n  b: |\n    one\n    two\n  c: y\n");
        row("text of lines, a comment", "a: x # c\nb: 1\n", "a", "\"one\\ntwo\"", "a: |- # c\n  one\n  two\nb: 1\n");
        row("text of lines in a list", "a:\n- x\n", "a.0", "\"one\\ntwo\"", "a:\n- |-\n  one\n  two\n");
        row("text of lines above a comment", "a: 1\n  # c\nb: 1\n", "a", "\"one\\ntwo\"",
            "a: \"one\\ntwo\"\n  # c\nb: 1\n");
        row("lines become a word", "a: |\n  one\n\n  two\n\nb: 1\n", "a", "\"x\"", "a: x\n\nb: 1\n");
        row("folded words", "a: one\n  two\nb: 1\n", "a", "\"x\"", "a: x\nb: 1\n");
        row("brackets over lines", "a: [\n  1, # one\n  2\n]\nb: 1\n", "a", "[3]", "a:\n- 3\nb: 1\n");
        row("letters beyond ASCII", "\"größe\": 'ä'\nb: 'ö' # ü\n", "b", "\"中\"", "\"größe\": 'ä'\nb: 中 # ü\n");
        row("document marks", "---\na: 1\n...\n", "b", "2", "---\na: 1\nb: 2\n...\n");
        row("equal keys", "a: 1\na: 2\n", "a", "3", "a: 1\na: 3\n");
    }
    void sets() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, after);
        const auto edited = kube::setYamlValue(before.toStdString(), steps(path), json.toStdString());
        QVERIFY2(edited, edited ? "" : edited.error().message.c_str());
        QCOMPARE(QByteArray::fromStdString(*edited), after);
    }

    void removes_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* name, const char* before, const char* path, const char* after) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(path) << QByteArray(after);
        };
        row("key", "a: 1\nb: 2 # two\nc: 3\n", "b", "a: 1\nc: 3\n");
        row("not there", "a: 1\n", "b.c", "a: 1\n");
        row("object", "a:\n  b: 1\n  c:\n  - x\n  # c's\nd: 1\n", "a.c", "a:\n  b: 1\n  # c's\nd: 1\n");
        row("only one", "a:\n  b: 1\nc: 2\n", "a.b", "a: {}\nc: 2\n");
        row("only item", "a:\n- b\nc: 2\n", "a.0", "a: []\nc: 2\n");
        row("last of all", "a: 1 # c\n", "a", "{} # c\n");
        row("item", "a:\n- b: 1\n  c: 2\n- d\n", "a.0", "a:\n- d\n");
        row("last item", "a:\n- b\n- d", "a.1", "a:\n- b\n");
        row("first of an item", "a:\n- b: 1\n  c: 2\n", "a.0.b", "a:\n- c: 2\n");
        row("first of an item, a comment behind", "a:\n- b: 1\n  # of c\n  c: 2\n", "a.0.b",
            "a:\n-\n  # of c\n  c: 2\n");
        row("first of a list of lists", "a:\n- - x\n  - y\n", "a.0.0", "a:\n- - y\n");
        row("brackets", "a: {b: 1, c: 2, d: 3}\n", "a.c", "a: {b: 1, d: 3}\n");
        row("last in brackets", "a: [x, y ]\n", "a.1", "a: [x ]\n");
        row("all in brackets", "a: [x]\n", "a.0", "a: []\n");
        row("with its comment below lines", "a: |\n  one\nb:\n  c: 1\n  # last\nd: 1\n", "b", "a: |\n  one\nd: 1\n");
        row("lines", "a: |\n  one\n  two\n\nb: 1\n", "a", "\nb: 1\n");
    }
    void removes() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, after);
        const auto edited = kube::removeYamlValue(before.toStdString(), steps(path));
        QVERIFY2(edited, edited ? "" : edited.error().message.c_str());
        QCOMPARE(QByteArray::fromStdString(*edited), after);
    }

    void refuses_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("path");
        const auto row = [](const char* name, const char* text, const char* path) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(path);
        };
        row("no YAML", "a: [\n", "a");
        row("two documents", "a: 1\n---\nb: 1\n", "a");
        row("within a word", "a: 1\n", "a.b");
        row("item of an object", "a:\n  b: 1\n", "a.0");
        row("field of a list", "a:\n- b\n", "a.b");
        row("far behind the end", "a:\n- b\n", "a.2");
        row("far behind nothing", "a: []\n", "a.1");
        row("within an alias", "a: &x\n  b: 1\nc: *x\n", "c.b");
        row("what an alias needs", "a: &x 1\nc: *x\n", "a");
    }
    void refuses() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, path);
        const auto edited = kube::setYamlValue(text.toStdString(), steps(path), "5");
        QVERIFY(!edited);
        QVERIFY(edited.error().code == base::ErrorCode::BadInput);
        QVERIFY(!edited.error().message.empty());
        QVERIFY(!kube::setYamlValue("a: 1\n", steps("a"), "{"));
    }

    /// Each place of a text set to values of all forms, taken away, and added to.
    void meansWhatItShould_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("deployment") << QByteArray(kDeployment);
        QTest::newRow("no last break") << QByteArray(kDeployment).trimmed();
        QTest::newRow("carriage returns") << QByteArray(kDeployment).replace("\n", "\r\n");
        QTest::newRow("json") << QByteArray(R"({"a":{"b":[1,{"c":"d"}]},"e":null,"f":[],"g":{}})");
    }
    void meansWhatItShould() {
        QFETCH(QByteArray, text);
        const std::string before = text.toStdString();
        const Json object = meaning(before);
        QVERIFY(object.is_object());
        std::vector<FieldSteps> places;
        collect(object, {}, places);
        for (const char* written : {"1", "true", "null", R"("word")", R"("")", R"("one\ntwo\n")", R"("- : #")", "{}",
                                    "[]", R"({"b":{"c":[1,{"d":2}]},"a":"x"})", R"([[1,2],{"a":"b\n"}])"}) {
            for (const FieldSteps& place : places) {
                const auto edited = kube::setYamlValue(before, place, written);
                QVERIFY2(edited, edited ? "" : edited.error().message.c_str());
                Json wanted = object;
                wanted[pointer(place)] = Json::parse(written);
                QCOMPARE(QByteArray::fromStdString(meaning(*edited).dump()), QByteArray::fromStdString(wanted.dump()));
                keepsOtherLines(text, QByteArray::fromStdString(*edited));
            }
        }
        for (const FieldSteps& place : places) {
            const auto edited = kube::removeYamlValue(before, place);
            QVERIFY2(edited, edited ? "" : edited.error().message.c_str());
            Json wanted = object;
            Json& holder = wanted[pointer(place).parent_pointer()];
            if (place.back().isIndex())
                holder.erase(static_cast<std::size_t>(place.back().index));
            else
                holder.erase(place.back().key);
            QCOMPARE(QByteArray::fromStdString(meaning(*edited).dump()), QByteArray::fromStdString(wanted.dump()));
            keepsOtherLines(text, QByteArray::fromStdString(*edited));
            const Json& value = object[pointer(place)];
            if (!value.is_structured())
                continue;
            const FieldSteps more =
                value.is_array() ? place / static_cast<int>(value.size()) : place / std::string("new");
            const auto added = kube::setYamlValue(before, more, R"({"x":["y"]})");
            QVERIFY2(added, added ? "" : added.error().message.c_str());
            wanted = object;
            wanted[pointer(more)] = Json{{"x", {"y"}}};
            QCOMPARE(QByteArray::fromStdString(meaning(*added).dump()), QByteArray::fromStdString(wanted.dump()));
        }
    }

    /// Long walks of edits on one text.
    void standsManyEdits() {
        QRandomGenerator random(7);
        const std::vector<std::string> values{
            "1", R"("a b")", R"("x\ny")", "{}", R"({"k":[1]})", R"([{"n":"m"},"o"])", "null"};
        std::string text = kDeployment;
        Json object = meaning(text);
        for (int i = 0; i < 3000; ++i) {
            std::vector<FieldSteps> places;
            collect(object, {}, places);
            if (places.empty() || places.size() > 120) {
                text = kDeployment;
                object = meaning(text);
                continue;
            }
            const FieldSteps& place = places[random.bounded(static_cast<quint32>(places.size()))];
            const bool sets = random.bounded(3) > 0;
            const std::string& value = values[random.bounded(static_cast<quint32>(values.size()))];
            const auto edited = sets ? kube::setYamlValue(text, place, value) : kube::removeYamlValue(text, place);
            QVERIFY2(edited, (text + "\n" + toString(place) + (sets ? " = " + value : " away")).c_str());
            text = *edited;
            object = meaning(text);
        }
    }

    void readsAnObject() {
        auto object = kube::YamlObject::read(kDeployment);
        QVERIFY(object);
        using Form = kube::YamlObject::Form;
        QVERIFY(object->formAt(steps("spec.replicas")) == Form::Number);
        QVERIFY(object->textAt(steps("spec.replicas")) == "2");
        QVERIFY(object->textAt(steps("spec.template.spec.containers.0.image")) == "shop:1");
        QVERIFY(object->textAt(steps("spec")).empty());
        QCOMPARE(object->countAt(steps("spec.template.spec.containers")), 2);
        QVERIFY((object->keysAt(steps("metadata.labels")) == std::vector<std::string>{"app", "tier"}));
        QVERIFY(!object->has(steps("spec.template.spec.containers.2")));
        QVERIFY(object->setNumber(steps("spec.replicas"), 5));
        QVERIFY(object->setTexts(steps("spec.template.spec.containers.0.args"), {"run", "8080"}));
        QVERIFY(object->textAt(steps("spec.template.spec.containers.0.args.1")) == "8080");
        // A field goes with what held nothing else.
        const auto path = steps("spec.template.spec.containers.0.env.1.valueFrom.fieldRef.fieldPath");
        QVERIFY(object->removeEmptied(path, 7));
        QVERIFY(!object->has(steps("spec.template.spec.containers.0.env.1.valueFrom")));
        QVERIFY(object->has(steps("spec.template.spec.containers.0.env.1")));
        const std::string before = object->text();
        QVERIFY(!object->setFlag(steps("spec.replicas.no"), true));
        QVERIFY(object->text() == before);
        QVERIFY(!kube::YamlObject::read("a: 1\n---\nb: 2\n"));
        QVERIFY(!kube::YamlObject::read("- a\n"));
    }

private:
    // One run of lines differs: what is before and behind it is byte for byte the same, and no comment outside it goes.
    static void keepsOtherLines(const QByteArray& before, const QByteArray& after) {
        const QByteArrayList a = before.split('\n');
        const QByteArrayList b = after.split('\n');
        qsizetype head = 0;
        while (head < a.size() && head < b.size() && a[head] == b[head])
            ++head;
        qsizetype tail = 0;
        while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
            ++tail;
        for (const char* comment : {"# The shop's front.", "# last words"}) {
            if (before.contains(comment))
                QVERIFY2(after.contains(comment), after.constData());
        }
        if (before.startsWith('{'))
            return;
        // What was taken out starts with the key or item that was changed, and goes no further than what is below it.
        const auto indent = [](const QByteArray& line) {
            qsizetype at = 0;
            while (at < line.size() && (line[at] == ' ' || line[at] == '-'))
                ++at;
            return at;
        };
        const qsizetype gone = a.size() - head - tail;
        for (qsizetype i = head + 1; i < head + gone; ++i) {
            const bool isText = !a[i].trimmed().isEmpty() && !a[i].trimmed().startsWith('#');
            if (isText && head + gone < a.size())
                QVERIFY2(indent(a[i]) >= indent(a[head]), (before + "\n=>\n" + after).constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestYamlEdit)
#include "tst_yaml_edit.moc"
