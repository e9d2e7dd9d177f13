// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/executor.h"
#include "core/kube/memory_transport.h"
#include "core/kube/openapi/complete.h"
#include "core/kube/openapi/nearest.h"
#include "core/kube/openapi/schema.h"
#include "core/kube/openapi/schema_store.h"
#include "core/kube/openapi/validate.h"

#include <QFile>
#include <QtTest>

#include <algorithm>

using namespace kube;
using namespace kube::openapi;

namespace {

std::string widgets() {
    QFile file(QStringLiteral(TESTS_DATA_DIR "/openapi/widgets.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

DocumentPtr document() {
    static const DocumentPtr parsed = Document::parse(widgets()).value_or(nullptr);
    return parsed;
}

const Schema* widget() {
    return document()->find("test", "v1", "Widget");
}

SchemaOf schemas() {
    return [](const std::string& apiVersion, const std::string& kind) {
        const std::size_t slash = apiVersion.find('/');
        return document()->find(apiVersion.substr(0, slash), apiVersion.substr(slash + 1), kind);
    };
}

/// "line:column sentence" for each.
QByteArray findings(const QByteArray& yaml) {
    QByteArray text;
    for (const Finding& finding : lint(yaml.toStdString(), "x.yaml", schemas()).findings)
        text += QByteArray::number(finding.at.line) + ':' + QByteArray::number(finding.at.column) + ' ' +
                QByteArray::fromStdString(toString(finding)) + '\n';
    return text;
}

QByteArray widgetWith(const QByteArray& spec) {
    return "apiVersion: test/v1\nkind: Widget\nmetadata: {name: w}\nspec:\n  size: 1\n  parts: []\n" + spec;
}

QByteArray gadgetWith(const QByteArray& spec) {
    return "apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: g}\nspec:\n" + spec;
}

QByteArrayList names(const std::vector<Completion>& completions) {
    QByteArrayList list;
    for (const Completion& one : completions)
        list.append(QByteArray::fromStdString(one.text));
    return list;
}

} // namespace

class TestOpenapi : public QObject {
    Q_OBJECT

private slots:
    void reads() {
        const Schema* kind = widget();
        QVERIFY(kind);
        QVERIFY(!document()->find("test", "v2", "Widget"));
        const Schema* size = schemaAt(*kind, {{"spec"}, {"size"}});
        QVERIFY(size);
        QCOMPARE(size->description, std::string("How big."));
        QCOMPARE(size->typeName(), std::string("integer"));
        QCOMPARE(size->format, std::string("int32"));
        // A property's own words stand before those of what it names.
        QCOMPARE(kind->field("spec")->description, std::string("What is wanted."));
        const Schema* parts = schemaAt(*kind, {{"spec"}, {"parts"}});
        QVERIFY(parts->listType == ListType::Map);
        QCOMPARE(parts->listKeys, (std::vector<std::string>{"name", "protocol"}));
        QCOMPARE(parts->typeName(), std::string("list of object"));
        QVERIFY(schemaAt(*kind, {{"spec"}, {"words"}})->listType == ListType::Set);
        QVERIFY(schemaAt(*kind, {{"spec"}, {"chosen"}})->isAtomic);
        QCOMPARE(schemaAt(*kind, {{"spec"}, {"port"}})->typeName(), std::string("int-or-string"));
        QCOMPARE(schemaAt(*kind, {{"spec"}, {"memory"}})->typeName(), std::string("quantity"));
        // Parts hold parts, both ways of naming them.
        const Schema* inner = schemaAt(*kind, {{"spec"}, {"parts"}, {.index = 0}, {"inner"}, {"beside"}, {"inner"}});
        QVERIFY(inner);
        QCOMPARE(inner->description, std::string("A part within."));
        QVERIFY(inner->needs("name"));
        QVERIFY(inner->field("image"));
        const auto kinds = document()->kinds();
        QCOMPARE(kinds.size(), std::size_t(2));
    }

    void refusesWhatIsNoDocument() {
        QVERIFY(!Document::parse("{"));
        QVERIFY(!Document::parse("[]"));
        QVERIFY(!Document::parse(R"({"paths":{}})"));
    }

    void validates_data() {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("found");
        const auto row = [](const char* name, const QByteArray& yaml, const char* found) {
            QTest::newRow(name) << yaml << QByteArray(found);
        };
        row("good", widgetWith("  colour: Red\n  memory: 1Gi\n  port: http\n  weight: 1\n  isRound: true\n"), "");
        row("unknown", widgetWith("  colur: Red\n"), "7:3 spec.colur is no field: did you mean colour?\n");
        row("case", widgetWith("  isround: true\n"), "7:3 spec.isround is no field: did you mean isRound?\n");
        row("far from all", widgetWith("  bananas: 3\n"), "7:3 spec.bananas is no field\n");
        row("text for boolean", widgetWith("  isRound: 'true'\n"),
            "7:12 spec.isRound is a text and must be: boolean\n");
        row("number for text", widgetWith("  colour: 3\n"), "7:11 spec.colour is a number and must be: string\n");
        row("list for object", widgetWith("  chosen: []\n"), "7:11 spec.chosen is a list and must be: map of string\n");
        row("fraction", widgetWith("  port: 1.5\n"), "7:9 spec.port is a number and must be: int-or-string\n");
        row("whole float", widgetWith("  port: 1.0\n"), "");
        row("choice", widgetWith("  colour: Green\n"), "7:11 spec.colour must be one of: Blue, Red\n");
        row("unset choice", widgetWith("  colour: ''\n"), "");
        row("quantity", widgetWith("  memory: lots\n"), "7:11 spec.memory must be a quantity\n");
        row("quantity as number", widgetWith("  memory: 1.5\n"), "");
        row("base64", widgetWith("  key: '%%%'\n"), "7:8 spec.key must be a base64\n");
        row("time", widgetWith("  since: yesterday\n"), "7:10 spec.since must be a time\n");
        row("null is absent", widgetWith("  colour: null\n  chosen:\n"), "");
        row("raw", widgetWith("  extra: {any: [1, {x: y}]}\n"), "");
        row("map values", widgetWith("  chosen: {a: 1}\n"), "7:15 spec.chosen.a is a number and must be: string\n");
        row("too big", "apiVersion: test/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 3000000000, parts: []}\n",
            "4:14 spec.size does not fit into int32\n");
        row("missing", "apiVersion: test/v1\nkind: Widget\nmetadata: {name: w}\nspec: {parts: null}\n",
            "4:7 spec lacks parts\n4:7 spec lacks size\n");
        row("missing whole", "apiVersion: test/v1\nkind: Widget\nmetadata: {name: w}\n", "1:1 the object lacks spec\n");
        row("missing in list",
            "apiVersion: test/v1\nkind: Widget\nmetadata: {name: w}\nspec:\n  size: 1\n  parts:\n  - image: x\n",
            "7:5 spec.parts[0] lacks name\n");
        row("status may be unfinished", widgetWith("status: {}\n"), "");
        row("custom, filled in", gadgetWith("  free: {any: 1}\n"), "");
        row("custom, pruned", gadgetWith("  bare: {any: 1}\n"), "5:10 spec.bare.any is no field\n");
        row("custom, int or string", gadgetWith("  limit: 50%\n"), "");
        row("custom, embedded",
            gadgetWith("  template: {apiVersion: v1, kind: Pod, metadata: {}, spec: {a: 1}, b: 2}\n"),
            "5:69 spec.template.b is no field\n");
        row("second document", widgetWith("---\n") + gadgetWith("  mod: x\n"),
            "12:3 spec.mod is no field: did you mean mode?\n");
        row("unknown kind", "apiVersion: other/v1\nkind: Any\nmetadata: {name: w}\nx: y\n", "");
    }

    void validates() {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, found);
        QCOMPARE(findings(yaml), found);
    }

    void validatesJson() {
        const auto found = validate(*widget(), R"({"spec":{"size":"1","parts":[]}})");
        QVERIFY(found);
        QCOMPARE(found->size(), std::size_t(1));
        QVERIFY(found->front().fault == Fault::WrongType);
        QVERIFY(!validate(*widget(), "{"));
    }

    void completes() {
        const QByteArrayList fields = names(fieldsAt(*widget(), {{"spec"}}));
        QCOMPARE(fields.mid(0, 3), (QByteArrayList{"parts", "size", "chosen"}));
        QCOMPARE(names(fieldsAt(*widget(), {{"spec"}, {"parts"}, {.index = 3}})),
                 (QByteArrayList{"name", "beside", "image", "inner", "protocol"}));
        QCOMPARE(names(valuesAt(*widget(), {{"spec"}, {"colour"}})), (QByteArrayList{"Blue", "Red"}));
        QCOMPARE(names(valuesAt(*widget(), {{"spec"}, {"isRound"}})), (QByteArrayList{"true", "false"}));
        QVERIFY(fieldsAt(*widget(), {{"nothing"}, {"here"}}).empty());
        const auto spec = fieldsAt(*widget(), {{"spec"}});
        const auto parts = std::find_if(spec.begin(), spec.end(), [](const auto& one) { return one.text == "parts"; });
        QVERIFY(parts->form == Completion::Form::List);
        QVERIFY(parts->isRequired);
    }

    void findsNearNames() {
        const std::vector<std::string_view> all{"replicas", "selector", "template", "image", "imagePullPolicy"};
        QCOMPARE(nearest("replica", all), std::string_view("replicas"));
        QCOMPARE(nearest("slector", all), std::string_view("selector"));
        QCOMPARE(nearest("tempalte", all), std::string_view("template"));
        QCOMPARE(nearest("ImagePullpolicy", all), std::string_view("imagePullPolicy"));
        QCOMPARE(nearest("nodeName", all), std::string_view());
        QCOMPARE(nearest(std::string(500, 'a'), all), std::string_view());
    }

    void asksOnceForEachHash() {
        base::ManualExecutor home;
        base::ManualExecutor pool;
        SchemaStore store(home, pool);
        const auto north = std::make_shared<MemoryTransport>();
        const auto south = std::make_shared<MemoryTransport>();
        const std::string index =
            R"({"paths":{"apis/test/v1":{"serverRelativeURL":"/openapi/v3/apis/test/v1?hash=AB"}}})";
        for (const auto& transport : {north, south}) {
            transport->put("/openapi/v3", index);
            transport->put("/openapi/v3/apis/test/v1?hash=AB", widgets());
        }
        std::vector<DocumentPtr> got;
        const auto ask = [&](const std::shared_ptr<MemoryTransport>& transport) {
            const base::Cancel asked =
                store.find(transport, "test/v1", [&](base::Result<DocumentPtr> document) { got.push_back(*document); });
            while (home.runPending() + pool.runPending() > 0) {
            }
        };
        ask(north);
        ask(north);
        ask(south);
        QCOMPARE(got.size(), std::size_t(3));
        QVERIFY(got[0] && got[0] == got[1] && got[1] == got[2]);
        QCOMPARE(north->requests().size(), std::size_t(3));
        QCOMPARE(south->requests().size(), std::size_t(1));
    }

    void tellsWhatIsNotPublished() {
        base::ManualExecutor home;
        base::ManualExecutor pool;
        SchemaStore store(home, pool);
        const auto transport = std::make_shared<MemoryTransport>();
        std::vector<base::ErrorCode> codes;
        const auto ask = [&](const char* version) {
            const base::Cancel asked = store.find(transport, version, [&](base::Result<DocumentPtr> document) {
                codes.push_back(document.error().code);
            });
            while (home.runPending() + pool.runPending() > 0) {
            }
        };
        ask("v1"); // no OpenAPI at all
        transport->put("/openapi/v3", R"({"paths":{}})");
        ask("v1");
        transport->put("/openapi/v3", "garbage");
        ask("v1");
        transport->put("/openapi/v3", R"({"paths":{"api/v1":{"serverRelativeURL":"/openapi/v3/api/v1?hash=1"}}})");
        transport->put("/openapi/v3/api/v1?hash=1", "garbage");
        ask("v1");
        QCOMPARE(codes.size(), std::size_t(4));
        QVERIFY(codes[1] == base::ErrorCode::NotFound);
        QVERIFY(codes[2] == base::ErrorCode::BadResponse);
        QVERIFY(codes[3] == base::ErrorCode::BadResponse);
    }

    void lintsOnThePool() {
        base::ManualExecutor home;
        base::ManualExecutor pool;
        SchemaStore store(home, pool);
        std::size_t found = 0;
        base::Cancel asked = store.lint(widgetWith("  colur: Red\n").toStdString(), "x", {document()},
                                        [&found](const Lint& result) { found = result.findings.size(); });
        QCOMPARE(home.runPending(), std::size_t(0));
        pool.runPending();
        home.runPending();
        QCOMPARE(found, std::size_t(1));
        asked = store.lint("", "x", {}, [&found](const Lint&) { found = 77; });
        asked.cancel();
        pool.runPending();
        home.runPending();
        QCOMPARE(found, std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestOpenapi)
#include "tst_openapi.moc"
