// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/decoder.h"
#include "core/kube/table_text.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

namespace {

std::string load(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string aligned(const std::vector<std::vector<std::string_view>>& lines) {
    kube::TabAligner aligner;
    for (const auto& line : lines)
        aligner.addLine(line);
    std::string out;
    aligner.flush(out);
    return out;
}

} // namespace

class TestTableText : public QObject {
    Q_OBJECT

    // tst_decode_real points this at fresh recordings.
    const QString m_data =
        qEnvironmentVariable("QUARTERDECK_RECORDINGS", QStringLiteral(TESTS_DATA_DIR "/decode")) + QLatin1Char('/');

private slots:
    void recordedTexts_data() {
        QTest::addColumn<QString>("minor");
        QTest::addColumn<QString>("file");
        for (const QString& minor : QDir(m_data).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            for (const QString& text : QDir(m_data + minor).entryList({QStringLiteral("*.txt")}))
                QTest::addRow("%s %s", qPrintable(minor), qPrintable(text)) << minor << text.chopped(4);
        }
    }

    // kubectl's own output for the recorded objects, to the byte.
    void recordedTexts() {
        QFETCH(QString, minor);
        QFETCH(QString, file);
        const QString folder = m_data + minor + QLatin1Char('/');
        const std::string wanted = load(folder + file + QStringLiteral(".txt"));
        const std::string table = load(folder + file + QStringLiteral(".table.json"));
        const qint64 recordedMs = QJsonDocument::fromJson(QByteArray::fromStdString(load(folder + "now.json")))
                                      .object()[file]
                                      .toVariant()
                                      .toLongLong();
        const QString group = file.section(QLatin1Char('_'), 0, 0);
        kube::Kind kind;
        kind.group = group == QLatin1String("core") ? std::string() : group.toStdString();
        kind.version = "v1";
        kind.plural = file.section(QLatin1Char('_'), 1).toStdString();
        const auto decoder = kube::Decoder::create({.kind = kind,
                                                    .columns = kube::tableColumns(table).value(),
                                                    .datePaths = {},
                                                    .serverMinor = minor.section(QLatin1Char('.'), 1).toInt()});
        kube::ListMeta meta;
        const auto batch = decoder->list(
            "application/json", decoder->isTyped() ? load(folder + file + QStringLiteral(".json")) : table, meta);
        QVERIFY(batch.has_value());

        kube::TableTextOptions options;
        options.wide = kind.plural != "nodes";
        options.headers = kind.plural != "deployments";
        options.showLabels = kind.plural == "nodes" || kind.plural == "services";
        if (kind.plural == "services")
            options.labelColumns = {"app", "kubernetes.io/hostname"};
        // The server reads its clock for each row anew: line by line, each at the moment of the one before or later.
        const QStringList wantedLines = QString::fromStdString(wanted).split(u'\n');
        QStringList lines;
        qsizetype fitting = 0;
        for (qint64 ms = recordedMs - 1000; ms <= recordedMs + 10000 && fitting < wantedLines.size(); ms += 20) {
            kube::TableText text(batch->layout(), options);
            for (std::size_t i = 0; i < batch->size(); ++i)
                text.addRow(batch->row(i), ms);
            std::string out;
            text.flush(out);
            lines = QString::fromStdString(out).split(u'\n');
            QCOMPARE(lines.size(), wantedLines.size());
            while (fitting < lines.size() && lines[fitting] == wantedLines[fitting])
                ++fitting;
        }
        QVERIFY2(fitting == wantedLines.size(),
                 qPrintable(wantedLines.value(fitting) + QStringLiteral("\nis not\n") + lines.value(fitting)));
    }

    void alignment() {
        QCOMPARE(aligned({{"A", "B"}, {"1", "2"}}), std::string("A     B\n1     2\n"));
        QCOMPARE(aligned({{"NAME", "B"}, {"", ""}}), std::string("NAME   B\n       \n"));
        QCOMPARE(aligned({{"节点", "B"}, {"x", "2"}}), std::string("节点    B\nx     2\n"));
        QCOMPARE(aligned({{"\xff\xfe\xfd\xfc", "B"}}), std::string("\xff\xfe\xfd\xfc   B\n"));
        QCOMPARE(aligned({{"wider than", "B"}, {"alone"}, {"x", "2"}}),
                 std::string("wider than   B\nalone\nx            2\n"));
        QCOMPARE(aligned({{"a\tb", "c"}, {"dddddd", "e"}}), std::string("a        b     c\ndddddd   e\n"));
    }

    void widthsAreRemembered() {
        kube::TabAligner aligner;
        std::string out;
        aligner.addLine({"a long name", "B"});
        aligner.flush(out);
        aligner.addLine({"x", "2"});
        aligner.flush(out);
        QCOMPARE(out, std::string("a long name   B\nx             2\n"));
    }

    void severalClustersAndKinds() {
        const auto layout = std::make_shared<const kube::RowLayout>(
            "deployments.apps", std::vector<kube::Field>{},
            std::vector<kube::Column>{{.id = "name", .title = "Name", .description = {}, .field = kube::kNameField},
                                      {.id = "age",
                                       .title = "Age",
                                       .description = {},
                                       .format = kube::CellFormat::Age,
                                       .field = kube::kCreatedField}});
        kube::RowBatch batch(layout);
        batch.beginRow();
        batch.head().name = batch.intern("web");
        batch.head().ns = batch.intern("shop");
        batch.endRow();
        kube::TableTextOptions options;
        options.clusterTitle = "Cluster";
        options.withNamespace = true;
        options.kindPrefix = "deployment.apps";
        kube::TableText text(layout, options);
        std::string out;
        text.flush(out);
        QCOMPARE(out, std::string());
        text.addRow(batch.row(0), 0, "houston");
        text.flush(out);
        QCOMPARE(out, std::string("CLUSTER   NAMESPACE   NAME                  AGE\n"
                                  "houston   shop        deployment.apps/web   <unknown>\n"));
    }

    void nothing() {
        QCOMPARE(kube::noResourcesText("shop"), std::string("No resources found in shop namespace.\n"));
        QCOMPARE(kube::noResourcesText(""), std::string("No resources found\n"));
    }

    void labels() {
        QCOMPARE(kube::labelValue("a=1,app=web,b=", "app"), std::string_view("web"));
        QCOMPARE(kube::labelValue("a=1,app=web,b=", "b"), std::string_view(""));
        QCOMPARE(kube::labelValue("a=1,app=web", "ap"), std::string_view(""));
    }
};

QTEST_APPLESS_MAIN(TestTableText)
#include "tst_table_text.moc"
