// SPDX-License-Identifier: GPL-3.0-or-later
// Holds what we read from the files in tests/data/manifest against what kubectl reads, which needs no server for it.
#include "core/kube/manifest/manifest.h"
#include "tests/support/child_process.h"
#include "tests/support/testbed.h"

#include <QDir>
#include <QFile>
#include <QtTest>

#include <map>
#include <string>
#include <string_view>

namespace {

/// Files where we differ on purpose: there kubectl reads objects, and we refuse.
const std::map<QByteArray, const char*> kStricter = {
    {"bom_behind_separator.yaml", "kubectl makes the byte order mark a part of a key, which no server takes"},
    {"bom_within.yaml", "kubectl makes the byte order mark a part of a key, which no server takes"},
    {"escape_quote.yaml", "libyaml knows no \\' and says where it stands"},
    {"flow_colon_end.yaml", "libyaml wants a blank behind the colon and says where"},
    {"flow_tag_comma.yaml", "kubectl takes the comma for a part of the tag, and the next item for this one"},
    {"list_item_label_number.yaml", "kubectl leaves it to the server to refuse the items of a List"},
    {"no_name.yaml", "kubectl refuses it when it has a server to ask"},
    {"no_version.yaml", "kubectl refuses it when it has a server to ask"},
};

/// Without the blanks between tokens.
std::string compact(std::string_view json) {
    std::string out;
    bool isQuoted = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        if (isQuoted && json[i] == '\\')
            out += json[i++];
        else if (json[i] == '"')
            isQuoted = !isQuoted;
        else if (!isQuoted && (json[i] == ' ' || json[i] == '\n'))
            continue;
        out += json[i];
    }
    return out;
}

QDir dataFolder() {
    return QDir(QStringLiteral(TESTS_DATA_DIR "/manifest"));
}

} // namespace

class TestManifestAgreement : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        if (const std::string why = testbed::Testbed::whyNot(); !why.empty())
            QSKIP(("no test bed: " + why).c_str());
    }

    void readsAsKubectlDoes_data() {
        QTest::addColumn<QString>("path");
        const QFileInfoList files = dataFolder().entryInfoList(QDir::Files, QDir::Name);
        QVERIFY(files.size() > 100);
        for (const QFileInfo& file : files)
            QTest::newRow(qPrintable(file.fileName())) << file.filePath();
        for (const auto& [name, why] : kStricter)
            QVERIFY2(dataFolder().exists(QString::fromUtf8(name)), name);
    }
    void readsAsKubectlDoes() {
        QFETCH(QString, path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const kube::Manifests ours = kube::readManifests(file.readAll().toStdString(), "file");

        // A patch without content prints what was read.
        const auto kubectl = (testbed::Testbed::programFolder() / "kubectl").string();
        testbed::RunOptions options;
        options.environment = {{"KUBECONFIG", "/dev/null"}};
        const testbed::Ran theirs = testbed::run(
            {kubectl, "patch", "--local", "--type=merge", "--patch={}", "--output=json", "-f", path.toStdString()},
            options);
        const bool isEmpty = theirs.err == "error: no objects passed to patch\n";
        const bool isRefused = theirs.exitCode != 0 && !isEmpty;
        std::string message = theirs.err;
        for (const kube::ManifestNote& error : ours.errors)
            message += "\nours: " + toString(error.place) + ": " + error.message;
        if (kStricter.contains(QTest::currentDataTag())) {
            QVERIFY2(!isRefused && !ours.errors.empty(), message.c_str());
            return;
        }
        QVERIFY2(isRefused == !ours.errors.empty(), message.c_str());
        if (isRefused)
            return;
        std::string objects;
        for (const kube::Manifest& object : ours.objects)
            objects += object.json;
        QCOMPARE(QString::fromStdString(objects), QString::fromStdString(compact(theirs.out)));
    }
};

QTEST_GUILESS_MAIN(TestManifestAgreement)
#include "tst_manifest_agreement.moc"
