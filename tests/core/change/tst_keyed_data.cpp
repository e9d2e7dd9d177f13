// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/keyed_data.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using namespace change;
using namespace std::string_literals;
using Json = nlohmann::json;

namespace {

const Target kTarget{{"north", "uid-1"}, {"v1", "ConfigMap", "shop", "c"}};

std::string configMap(const char* rest = "") {
    return std::string(R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","namespace":"shop"},)") + rest +
           R"("data":{"a":"1","b":"two\n"},"binaryData":{"raw":"/wAB"}})";
}

std::string secret(const std::string& type = "Opaque") {
    return R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"shop"},"type":")" + type +
           R"(","data":{"tls.crt":"Yw==","tls.key":"aw==","nul":"AGEA"}})";
}

std::string textOf(const KeyedData& data) {
    std::string text;
    for (const KeyedValue& value : data.values)
        text += value.key + "=" + value.bytes + ";";
    return text;
}

Json bodyOf(const std::string& opened, const std::vector<KeyEdit>& edits) {
    const auto operation = keysOperation(kTarget, opened, edits);
    return operation ? Json::parse(operation->body, nullptr, false) : Json();
}

} // namespace

class TestKeyedData : public QObject {
    Q_OBJECT
private slots:
    void reads() {
        const KeyedData map = KeyedData::read(configMap(R"("immutable":true,)")).value();
        QVERIFY(!map.isSecret);
        QVERIFY(map.isImmutable);
        QCOMPARE(textOf(map), "a=1;b=two\n;raw=\xFF\x00\x01;"s);
        QCOMPARE(map.size(), std::size_t(8));
        const KeyedData hidden = KeyedData::read(secret("kubernetes.io/tls")).value();
        QVERIFY(hidden.isSecret);
        QVERIFY(!hidden.isImmutable);
        QCOMPARE(hidden.type, "kubernetes.io/tls"s);
        QCOMPARE(textOf(hidden), "nul=\0a\0;tls.crt=c;tls.key=k;"s);
        QVERIFY(hidden.find("tls.crt") != nullptr);
        QVERIFY(hidden.find("tls") == nullptr);
    }

    void readsOddObjects() {
        QVERIFY(!KeyedData::read("no json"));
        QVERIFY(!KeyedData::read(R"({"kind":"Pod"})"));
        QVERIFY(!KeyedData::read("[]"));
        const auto bad = KeyedData::read(R"({"kind":"Secret","data":{"k":"%%%"}})");
        QVERIFY(!bad);
        QVERIFY(bad.error().message.find("k") != std::string::npos);
        QVERIFY(bad.error().message.find("%%%") == std::string::npos);
        QVERIFY(KeyedData::read(R"({"kind":"Secret"})").value().values.empty());
        QCOMPARE(textOf(KeyedData::read(R"({"kind":"Secret","data":{"k":null}})").value()), "k=;"s);
    }

    void knowsKeys_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<bool>("fits");
        QTest::newRow("file") << "application.yaml" << true;
        QTest::newRow("hidden") << ".dockerconfigjson" << true;
        QTest::newRow("signs") << "-_.A9" << true;
        QTest::newRow("empty") << "" << false;
        QTest::newRow("dot") << "." << false;
        QTest::newRow("dots") << ".." << false;
        QTest::newRow("begins with dots") << "..data" << false;
        QTest::newRow("folder") << "a/b" << false;
        QTest::newRow("blank") << "a b" << false;
        QTest::newRow("umlaut") << QStringLiteral("ä") << false;
        QTest::newRow("longest") << QString(253, u'k') << true;
        QTest::newRow("too long") << QString(254, u'k') << false;
    }

    void knowsKeys() {
        QFETCH(QString, key);
        QFETCH(bool, fits);
        QCOMPARE(isDataKey(key.toStdString()), fits);
    }

    void tellsTextFromBytes_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("utf8");
        QTest::addColumn<bool>("readable");
        QTest::newRow("empty") << QByteArray() << true << true;
        QTest::newRow("lines") << QByteArray("a\r\n\tb") << true << true;
        QTest::newRow("all sizes") << QByteArray("\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80") << true << true;
        QTest::newRow("nul") << QByteArray("a\0b", 3) << true << false;
        QTest::newRow("escape") << QByteArray("\x1B[0m") << true << false;
        QTest::newRow("latin 1") << QByteArray("\xE4") << false << false;
        QTest::newRow("cut") << QByteArray("\xE2\x82") << false << false;
        QTest::newRow("overlong") << QByteArray("\xC0\x80") << false << false;
        QTest::newRow("overlong of three") << QByteArray("\xE0\x80\x80") << false << false;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << false << false;
        QTest::newRow("too high") << QByteArray("\xF4\x90\x80\x80") << false << false;
        QTest::newRow("stray") << QByteArray("a\x80") << false << false;
    }

    void tellsTextFromBytes() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, utf8);
        QFETCH(bool, readable);
        QCOMPARE(isUtf8(bytes.toStdString()), utf8);
        QCOMPARE(isReadable(bytes.toStdString()), readable);
    }

    void edits() {
        const KeyedData map = KeyedData::read(configMap()).value();
        QCOMPARE(textOf(edited(map, {{"a", "a", "2"}})), "a=2;b=two\n;raw=\xFF\x00\x01;"s);
        QCOMPARE(textOf(edited(map, {{"a", "", {}}, {"b", "c", {}}, {"", "n", "new"}})),
                 "c=two\n;n=new;raw=\xFF\x00\x01;"s);
        // Two that change places.
        QCOMPARE(textOf(edited(map, {{"a", "b", {}}, {"b", "a", {}}})), "a=two\n;b=1;raw=\xFF\x00\x01;"s);
        // What this cluster does not have, it does not lose.
        QCOMPARE(textOf(edited(map, {{"x", "y", {}}, {"z", "", {}}})), textOf(map));
        QCOMPARE(textOf(edited(map, {{"x", "x", "1"}, {"a", "", {}}, {"b", "", {}}, {"raw", "", {}}})), "x=1;"s);
    }

    void findsFaults() {
        using Why = KeyFault::Why;
        const KeyedData map = KeyedData::read(configMap()).value();
        QVERIFY(faultsOf(map, {{"a", "c", "2"}}).empty());
        QCOMPARE(faultsOf(map, {{"", "a/b", "1"}}), (std::vector<KeyFault>{{Why::BadKey, "a/b"}}));
        QCOMPARE(faultsOf(map, {{"", "a", "1"}}), (std::vector<KeyFault>{{Why::Taken, "a"}}));
        QCOMPARE(faultsOf(map, {{"a", "b", {}}}), (std::vector<KeyFault>{{Why::Taken, "b"}}));
        QVERIFY(faultsOf(map, {{"a", "b", {}}, {"b", "", {}}}).empty());
        const std::string most(kMostKeyedBytes - 7, 'x');
        QVERIFY(faultsOf(map, {{"a", "a", most}}).empty());
        QCOMPARE(faultsOf(map, {{"a", "a", most + "x"}}),
                 (std::vector<KeyFault>{{Why::TooLarge, "", kMostKeyedBytes + 1}}));
        const KeyedData fixed = KeyedData::read(configMap(R"("immutable":true,)")).value();
        QVERIFY(faultsOf(fixed, {}).empty());
        QCOMPARE(faultsOf(fixed, {{"a", "a", "2"}}), (std::vector<KeyFault>{{Why::Immutable}}));
        const KeyedData tls = KeyedData::read(secret("kubernetes.io/tls")).value();
        QCOMPARE(faultsOf(tls, {{"tls.key", "key", {}}}), (std::vector<KeyFault>{{Why::Needed, "tls.key"}}));
        QVERIFY(faultsOf(KeyedData::read(secret()).value(), {{"tls.key", "key", {}}}).empty());
    }

    void appliesWhatIsSet() {
        const auto operation = keysOperation(kTarget, configMap(), {{"a", "a", "2"}, {"", "n", "x"}});
        QVERIFY(operation && operation->verb == Verb::Apply);
        QCOMPARE(operation->before, configMap());
        const Json body = Json::parse(operation->body);
        QCOMPARE(body.at("data"), Json({{"a", "2"}, {"n", "x"}}));
        QVERIFY(!body.contains("binaryData"));
        QVERIFY(!keysOperation(kTarget, configMap(), {{"a", "a", "1"}}));
        QVERIFY(!keysOperation(kTarget, configMap(), {}));
        QVERIFY(!keysOperation(kTarget, configMap(), {{"not-here", "", {}}}));
    }

    void patchesWhatIsTakenAway() {
        const auto operation = keysOperation(kTarget, configMap(), {{"a", "", {}}});
        QVERIFY(operation && operation->verb == Verb::JsonPatch);
        QCOMPARE(Json::parse(operation->body),
                 Json::parse(R"([{"op":"test","path":"/data/a","value":"1"},{"op":"remove","path":"/data/a"}])"));
    }

    void putsBytesWhereTheyBelong() {
        QCOMPARE(bodyOf(configMap(), {{"", "n", "\xFF\xFE"}}).at("binaryData"), Json({{"n", "//4="}}));
        QCOMPARE(bodyOf(configMap(), {{"raw", "raw", "\x80"}}).at("binaryData"), Json({{"raw", "gA=="}}));
        // A key stands in one part only.
        const Json over = bodyOf(configMap(), {{"a", "a", "\xFF"}});
        QCOMPARE(over, Json::parse(R"([{"op":"test","path":"/data/a","value":"1"},{"op":"remove","path":"/data/a"},
            {"op":"add","path":"/binaryData/a","value":"/w=="}])"));
        const Json back = bodyOf(configMap(), {{"raw", "raw", "text"}});
        QCOMPARE(back, Json::parse(R"([{"op":"test","path":"/binaryData/raw","value":"/wAB"},
            {"op":"remove","path":"/binaryData/raw"},{"op":"add","path":"/data/raw","value":"text"}])"));
        const Json renamed = bodyOf(configMap(), {{"raw", "bytes", {}}});
        QCOMPARE(renamed, Json::parse(R"([{"op":"test","path":"/binaryData/raw","value":"/wAB"},
            {"op":"remove","path":"/binaryData/raw"},{"op":"add","path":"/binaryData/bytes","value":"/wAB"}])"));
        QCOMPARE(bodyOf(secret(), {{"nul", "nul", "\xFF"}}).at("data"), Json({{"nul", "/w=="}}));
        const std::string none = R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c"}})";
        QCOMPARE(bodyOf(none, {{"", "n", "1"}}).at("data"), Json({{"n", "1"}}));
    }

    void comparesClusters() {
        const KeyedData one = KeyedData::read(configMap()).value();
        const KeyedData other = edited(one, {{"a", "a", "3"}, {"b", "", {}}});
        QVERIFY(spreadOf("raw", {&one, &other}) == KeySpread::Same);
        QVERIFY(spreadOf("a", {&one, &other}) == KeySpread::Differs);
        QVERIFY(spreadOf("b", {&one, &other}) == KeySpread::Partial);
        QVERIFY(spreadOf("a", {&one}) == KeySpread::Same);
    }
};

QTEST_APPLESS_MAIN(TestKeyedData)
#include "tst_keyed_data.moc"
