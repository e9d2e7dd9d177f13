// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys of ConfigMaps and Secrets on real servers, with kubectl as the judge.
#include "core/change/acts/keyed_data.h"
#include "tests/core/change/change_bench.h"

#include <QFile>
#include <QtTest>

#include <nlohmann/json.hpp>

using namespace change;
using Json = nlohmann::json;
using testbed::Cluster;

namespace {

Cluster& cluster(const std::string& name) {
    return testbed::Testbed::instance().cluster(name);
}

/// Every byte there is, so no UTF-8.
QByteArray allBytes() {
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes.append(static_cast<char>(i));
    return bytes;
}

} // namespace

class TestKeyedDataReal : public QObject {
    Q_OBJECT

    std::unique_ptr<ChangeBench> m_bench;

    [[nodiscard]] static std::string live(const std::string& name, const char* plural) {
        return cluster(name).api("GET", std::string("/api/v1/namespaces/default/") + plural + "/k").body;
    }

    [[nodiscard]] bool carryOut(const char* kind, const char* plural, const std::vector<KeyEdit>& edits) {
        ChangeSet set;
        set.title = "Keys";
        for (const char* name : {"north", "south"}) {
            const Target target{m_bench->ref(std::string(name) + "-admin"), {"v1", kind, "default", "k"}};
            if (auto operation = keysOperation(target, live(name, plural), edits)) {
                operation->ownership = Ownership::TakeOver;
                set.operations.push_back(*std::move(operation));
            }
        }
        return m_bench->carryOut(set) != nullptr;
    }

    /// What kubectl prints of a field.
    [[nodiscard]] static QByteArray judged(const std::string& name, const char* kind, const char* jsonPath) {
        return QByteArray::fromStdString(
            cluster(name).kubectl({"get", kind, "k", "-o", std::string("jsonpath=") + jsonPath}).out);
    }

private slots:
    void initTestCase() {
        TESTBED_UP({"north", "south"});
        m_bench = std::make_unique<ChangeBench>();
        m_bench->open();
        QVERIFY(m_bench->connect("north-admin"));
        QVERIFY(m_bench->connect("south-admin"));
        QFile file(m_bench->folder.filePath("all.bin"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(allBytes()), 256);
    }

    void init() {
        const std::string file = "--from-file=all=" + m_bench->folder.filePath("all.bin").toStdString();
        for (const char* name : {"north", "south"}) {
            const std::string own = std::string("--from-literal=own=") + name;
            QCOMPARE(cluster(name).kubectl({"create", "configmap", "k", file, own, "--from-literal=same=s"}).exitCode,
                     0);
            QCOMPARE(cluster(name).kubectl({"create", "secret", "generic", "k", file, own}).exitCode, 0);
        }
    }

    void cleanup() {
        for (const char* name : {"north", "south"})
            QCOMPARE(cluster(name).kubectl({"delete", "configmap/k", "secret/k"}).exitCode, 0);
    }

    void cleanupTestCase() { m_bench.reset(); }

    void readsWhatKubectlStored() {
        for (const char* plural : {"configmaps", "secrets"}) {
            const KeyedData data = KeyedData::read(live("north", plural)).value();
            QVERIFY(data.find("all") != nullptr);
            QCOMPARE(QByteArray::fromStdString(data.find("all")->bytes), allBytes());
            QCOMPARE(data.find("own")->bytes, std::string("north"));
        }
    }

    void storesBytesAsTheyAre() {
        QByteArray reversed = allBytes();
        std::reverse(reversed.begin(), reversed.end());
        const std::vector<KeyEdit> edits{{"all", "all", reversed.toStdString()},
                                         {"", "text", std::string("line\r\n\xC3\xA4\n")}};
        QVERIFY(carryOut("ConfigMap", "configmaps", edits));
        QVERIFY(carryOut("Secret", "secrets", edits));
        for (const char* name : {"north", "south"}) {
            QCOMPARE(QByteArray::fromBase64(judged(name, "configmap", "{.binaryData.all}")), reversed);
            QCOMPARE(QByteArray::fromBase64(judged(name, "secret", "{.data.all}")), reversed);
            QCOMPARE(judged(name, "configmap", "{.data.text}"), QByteArray("line\r\n\xC3\xA4\n"));
            QCOMPARE(QByteArray::fromBase64(judged(name, "secret", "{.data.text}")), QByteArray("line\r\n\xC3\xA4\n"));
            QCOMPARE(judged(name, "configmap", "{.data.own}"), QByteArray(name));
        }
    }

    // Each cluster keeps its own value under the new key, and nothing but the keys meant is touched.
    void renamesAndRemoves() {
        QVERIFY(carryOut("ConfigMap", "configmaps", {{"own", "mine", {}}, {"all", "bytes", {}}, {"same", "", {}}}));
        for (const char* name : {"north", "south"}) {
            const KeyedData data = KeyedData::read(live(name, "configmaps")).value();
            QCOMPARE(data.values.size(), std::size_t(2));
            QCOMPARE(data.find("mine")->bytes, std::string(name));
            QCOMPARE(QByteArray::fromBase64(judged(name, "configmap", "{.binaryData.bytes}")), allBytes());
        }
    }

    void movesBetweenTextAndBytes() {
        QVERIFY(carryOut("ConfigMap", "configmaps", {{"all", "all", "now text"}, {"same", "same", "\xFF"}}));
        QCOMPARE(judged("north", "configmap", "{.data.all}"), QByteArray("now text"));
        QCOMPARE(judged("north", "configmap", "{.binaryData.same}"), QByteArray("/w=="));
        QCOMPARE(judged("north", "configmap", "{.binaryData.all}"), QByteArray());
    }

    // What we say beforehand is what the server says.
    void tellsWhatTheServerRefuses() {
        const KeyedData data = KeyedData::read(live("north", "configmaps")).value();
        const std::string most(kMostKeyedBytes - (data.size() - 1), 'x');
        const std::vector<KeyEdit> fits{{"same", "same", most}};
        const std::vector<KeyEdit> tooLarge{{"same", "same", most + "x"}};
        const std::vector<KeyEdit> badKey{{"", "a/b", "1"}};
        QVERIFY(faultsOf(data, fits).empty());
        QVERIFY(!faultsOf(data, tooLarge).empty());
        QVERIFY(!faultsOf(data, badKey).empty());
        QVERIFY(carryOut("ConfigMap", "configmaps", fits));
        QVERIFY(!carryOut("ConfigMap", "configmaps", tooLarge));
        QVERIFY(!carryOut("ConfigMap", "configmaps", badKey));
    }
};

QTEST_GUILESS_MAIN(TestKeyedDataReal)
#include "tst_keyed_data_real.moc"
