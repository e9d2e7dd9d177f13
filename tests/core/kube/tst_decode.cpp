// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/decoder.h"
#include "core/kube/object_list.h"
#include "core/kube/row_store.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

#include <malloc.h>

#include <map>
#include <optional>
#include <random>

using kube::Decoder;
using kube::RowBatch;

namespace {

constexpr const char* kJson = "application/json";
constexpr const char* kProtobuf = "application/vnd.kubernetes.protobuf";

std::string load(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

kube::Kind kindOf(const QString& file) {
    const QString group = file.section(QLatin1Char('_'), 0, 0);
    kube::Kind kind;
    kind.group = group == QLatin1String("core") ? std::string() : group.toStdString();
    kind.version = "v1";
    kind.plural = file.section(QLatin1Char('_'), 1).toStdString();
    return kind;
}

// Every row with all that it says, so that batches from two wires can be held against each other.
std::map<std::string, std::vector<std::string>> told(const RowBatch& batch) {
    std::map<std::string, std::vector<std::string>> out;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const kube::RowRef row = batch.row(i);
        std::vector<std::string> says{std::string(row.name()),
                                      std::string(row.ns()),
                                      std::string(row.labels()),
                                      std::string(row.owner()),
                                      std::to_string(row.createdMs()),
                                      std::to_string(row.head().resourceVersion),
                                      std::to_string(static_cast<int>(row.state()))};
        const auto& fields = batch.layout()->fields();
        for (std::size_t field = 0; field < fields.size(); ++field) {
            const auto number = static_cast<std::uint16_t>(field);
            says.push_back(fields[field].id + "=" +
                           (fields[field].type == kube::FieldType::Text   ? std::string(row.text(number))
                            : fields[field].type == kube::FieldType::Time ? std::to_string(row.timeMs(number))
                                                                          : std::to_string(row.number(number))));
        }
        out[row.uid().toText()] = says;
    }
    return out;
}

// kubectl's way with a cell of the server's table.
std::string printed(const QJsonValue& cell) {
    if (cell.isString()) {
        QString text = cell.toString();
        const auto end = text.indexOf(QRegularExpression(QStringLiteral("[\f\n\r]")));
        if (end >= 0)
            text = text.left(end) + QStringLiteral("...");
        return text.replace(QLatin1Char('\x1b'), QStringLiteral("^[")).toStdString();
    }
    if (cell.isBool())
        return cell.toBool() ? "true" : "false";
    if (cell.isDouble())
        return QString::number(cell.toDouble(), 'g', 17).toStdString();
    return {};
}

std::unique_ptr<Decoder> decoderFor(const kube::Kind& kind, std::vector<kube::ServerColumn> columns, int minor) {
    return Decoder::create({.kind = kind, .columns = std::move(columns), .datePaths = {}, .serverMinor = minor});
}

RowBatch podsOf(const std::string& contentType, const std::string& body) {
    kube::ListMeta meta;
    auto batch = decoderFor(kindOf(QStringLiteral("core_pods")), {}, 36)->list(contentType, body, meta);
    if (!batch)
        qFatal("%s", batch.error().message.c_str());
    return std::move(*batch);
}

} // namespace

class TestDecode : public QObject {
    Q_OBJECT

    // tst_decode_real points this at fresh recordings.
    const QString m_data =
        qEnvironmentVariable("QUARTERDECK_RECORDINGS", QStringLiteral(TESTS_DATA_DIR "/decode")) + QLatin1Char('/');

private slots:
    void recordedCells_data() {
        QTest::addColumn<QString>("minor");
        QTest::addColumn<QString>("file");
        for (const QString& minor : QDir(m_data).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            for (const QString& table : QDir(m_data + minor).entryList({QStringLiteral("*.table.json")})) {
                if (!table.contains(QLatin1String(".watch.")))
                    QTest::addRow("%s %s", qPrintable(minor), qPrintable(table)) << minor << table.chopped(11);
            }
        }
    }

    // What a real server printed, from its objects as JSON, as protobuf, and from its table.
    void recordedCells() {
        QFETCH(QString, minor);
        QFETCH(QString, file);
        const QString base = m_data + minor + QLatin1Char('/') + file;
        const std::string table = load(base + QStringLiteral(".table.json"));
        const auto nowMs = QJsonDocument::fromJson(QByteArray::fromStdString(load(m_data + minor + "/now.json")))
                               .object()[file]
                               .toVariant()
                               .toLongLong();
        QVERIFY(nowMs > 0);
        const auto columns = kube::tableColumns(table);
        QVERIFY2(columns.has_value(), columns ? "" : columns.error().message.c_str());
        const kube::Kind kind = kindOf(file);
        const int minorNumber = minor.section(QLatin1Char('.'), 1).toInt();
        const auto decoder = decoderFor(kind, *columns, minorNumber);
        const bool isTyped =
            file != QLatin1String("example.com_widgets") && file != QLatin1String("storage.k8s.io_storageclasses");
        QCOMPARE(decoder->isTyped(), isTyped);

        std::vector<std::pair<std::string, std::string>> bodies;
        if (isTyped) {
            bodies.emplace_back(kJson, load(base + QStringLiteral(".json")));
            bodies.emplace_back(kProtobuf, load(base + QStringLiteral(".pb")));
        } else {
            bodies.emplace_back(kJson, table);
        }
        const QJsonArray rows = QJsonDocument::fromJson(QByteArray::fromStdString(table)).object()["rows"].toArray();
        std::optional<std::map<std::string, std::vector<std::string>>> first;
        for (const auto& [contentType, body] : bodies) {
            kube::ListMeta meta;
            const auto batch = decoder->list(contentType, body, meta);
            QVERIFY2(batch.has_value(), batch ? "" : batch.error().message.c_str());
            QVERIFY(!meta.resourceVersion.empty());
            QCOMPARE(qsizetype(batch->size()), rows.size());
            if (!first)
                first = told(*batch);
            else
                compareTold(*first, told(*batch));
            for (std::size_t i = 0; i < batch->size(); ++i)
                compareRow(batch->row(i), rows[qsizetype(i)].toObject()[QLatin1String("cells")].toArray(), nowMs);
        }
    }

    // The table of typed kinds read as any other table gives the same cells.
    void tablesOfTypedKinds() {
        const std::string table = load(m_data + QStringLiteral("1.36/core_pods.table.json"));
        kube::Kind odd = kindOf(QStringLiteral("core_pods"));
        odd.version = "v9";
        const auto decoder = decoderFor(odd, {}, 36);
        QVERIFY(!decoder->isTyped());
        kube::ListMeta meta;
        const auto batch = decoder->list(kJson, table, meta);
        QVERIFY(batch.has_value());
        const auto typed = podsOf(kJson, load(m_data + QStringLiteral("1.36/core_pods.json")));
        QCOMPARE(batch->size(), typed.size());
        for (std::size_t i = 0; i < typed.size(); ++i) {
            QCOMPARE(batch->row(i).uid().toText(), typed.row(i).uid().toText());
            QCOMPARE(batch->row(i).labels(), typed.row(i).labels());
            QCOMPARE(batch->row(i).owner(), typed.row(i).owner());
        }
    }

    void datesOfCustomKinds() {
        const std::string table = load(m_data + QStringLiteral("1.36/example.com_widgets.table.json"));
        const auto decoder = Decoder::create(
            {.kind = kindOf(QStringLiteral("example.com_widgets")),
             .columns = *kube::tableColumns(table),
             .datePaths = {{"Ready Since", ".status.conditions[?(@.type==\"Ready\")].lastTransitionTime"}},
             .serverMinor = 36});
        QCOMPARE(decoder->query(), std::string_view("includeObject=Object"));
        kube::ListMeta meta;
        const auto batch = decoder->list(kJson, table, meta);
        QVERIFY(batch.has_value());
        int dated = 0;
        for (std::size_t i = 0; i < batch->size(); ++i) {
            const kube::RowRef row = batch->row(i);
            for (const char* id : {"renewed", "ready-since"}) {
                const auto& column = row.layout().columns()[std::size_t(row.layout().columnIndex(id))];
                QCOMPARE(column.format, kube::CellFormat::AgeOrText);
                dated += row.timeMs(column.field) != 0 ? 1 : 0;
                QCOMPARE(row.timeMs(column.field) != 0, row.name() == "full");
            }
        }
        QCOMPARE(dated, 2);
    }

    // One object with a number beyond 64 bits hides neither itself nor the others.
    void hugeNumbers() {
        const auto decoder = Decoder::create({.kind = kindOf(QStringLiteral("example.com_widgets")),
                                              .columns = {},
                                              .datePaths = {{"Last", ".spec.at"}}});
        const std::string columns =
            R"([{"name":"Name","type":"string","format":"name"},{"name":"Last","type":"date"}])";
        const std::string object =
            R"({"metadata":{"name":"b","namespace":"a"},"spec":{"at":"2024-01-01T00:00:00Z","n":123456789012345678901}})";
        kube::ListMeta meta;
        const auto batch = decoder->list(kJson,
                                         R"({"kind":"Table","columnDefinitions":)" + columns +
                                             R"(,"rows":[{"cells":["b","3d"],"object":)" + object + "}]}",
                                         meta);
        QVERIFY2(batch.has_value(), batch ? "" : batch.error().message.c_str());
        QCOMPARE(batch->row(0).cell(batch->layout()->columns()[1], 0), std::string("3d"));
        std::vector<kube::ObjectText> objects;
        const auto next = kube::splitList(R"({"kind":"WidgetList","items":[)" + object + "]}",
                                          kindOf(QStringLiteral("example.com_widgets")), objects);
        QVERIFY2(next.has_value(), next ? "" : next.error().message.c_str());
        QVERIFY(next->next.empty());
        QCOMPARE(objects.size(), std::size_t(1));
        QCOMPARE(objects[0].ns + "/" + objects[0].name, std::string("a/b"));
        QVERIFY(objects[0].json.ends_with("123456789012345678901}}"));
    }

    void crdPaths() {
        const auto paths = kube::datePathsOfCrd(
            R"({"spec":{"versions":[{"name":"v1beta1","additionalPrinterColumns":[{"name":"Old","type":"date","jsonPath":".x"}]},
            {"additionalPrinterColumns":[{"name":"A","type":"date","jsonPath":".a"},{"name":"B","type":"string","jsonPath":".b"},
            {"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}],"name":"v1"}]}})",
            "v1");
        QVERIFY(paths.has_value());
        QCOMPARE(paths->size(), std::size_t(1));
        QCOMPARE(paths->front().jsonPath, std::string(".a"));
        QVERIFY(!kube::datePathsOfCrd("garbage", "v1"));
    }

    void schedulerRequests() {
        const auto batch = podsOf(kProtobuf, load(m_data + QStringLiteral("1.36/core_pods.pb")));
        std::map<std::string, std::pair<std::int64_t, std::int64_t>> found;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const auto row = batch.row(i);
            const auto field = [&](const char* id) { return static_cast<std::uint16_t>(row.layout().fieldIndex(id)); };
            found[std::string(row.name())] = {row.number(field("cpu-requests")), row.number(field("memory-requests"))};
        }
        constexpr std::int64_t mi = 1 << 20;
        QCOMPARE(found["requests"].first, 3000);
        QCOMPARE(found["requests"].second, 8192 * mi + 100 * mi);
        QCOMPARE(found["huge"].first, 1000000000 + 1);
        QCOMPARE(found["huge"].second, (std::int64_t(1) << 60) + 123456789012345);
        QCOMPARE(found["pod-level"].first, 2000);
        QCOMPARE(found["pod-level"].second, 1024 * mi);
        QCOMPARE(found["good"].first, 0);
    }

    void watchInAnyPieces_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("contentType");
        QTest::addColumn<bool>("asTable");
        QTest::newRow("json") << "core_pods.watch.json" << kJson << false;
        QTest::newRow("protobuf") << "core_pods.watch.pb" << kProtobuf << false;
        QTest::newRow("table") << "core_pods.watch.table.json" << kJson << true;
    }

    void watchInAnyPieces() {
        QFETCH(QString, file);
        QFETCH(QString, contentType);
        QFETCH(bool, asTable);
        const std::string stream = load(m_data + QStringLiteral("1.36/") + file);
        QVERIFY(!stream.empty());
        kube::Kind kind = kindOf(QStringLiteral("core_pods"));
        if (asTable)
            kind.version = "v9";
        for (const std::size_t step : {stream.size(), std::size_t(1), std::size_t(7), std::size_t(1000)}) {
            const auto decoder = decoderFor(kind, {}, 36);
            decoder->beginStream(contentType.toStdString());
            int ends = 0;
            std::uint64_t events = 0;
            std::string version;
            std::map<std::string, std::vector<std::string>> rows;
            for (std::size_t at = 0; at < stream.size(); at += step) {
                const auto frames = decoder->feed(std::string_view(stream).substr(at, step));
                QVERIFY2(frames.has_value(), frames ? "" : frames.error().message.c_str());
                QVERIFY(!frames->error);
                ends += frames->initialEventsEnd ? 1 : 0;
                events += frames->events;
                if (!frames->resourceVersion.empty())
                    version = frames->resourceVersion;
                for (const auto& [uid, says] : told(frames->batch))
                    rows[uid] = says;
            }
            QVERIFY(decoder->endStream().has_value());
            QCOMPARE(ends, 1);
            QCOMPARE(events, std::uint64_t(1));
            QVERIFY(version.size() >= 3);
            QCOMPARE(rows.size(), std::size_t(1));
            QCOMPARE(rows.begin()->second[0], std::string("good"));
            QCOMPARE(decoder->layout()->columns().size(), std::size_t(9));
        }
    }

    void watchEvents() {
        const auto decoder = decoderFor(kindOf(QStringLiteral("core_pods")), {}, 36);
        decoder->beginStream(kJson);
        const auto frames = decoder->feed(
            R"({"type":"ADDED","object":{"metadata":{"name":"a","uid":"11111111-2222-3333-4444-555555555555",)"
            R"("resourceVersion":"5"},"status":{"phase":"Pending"}}})"
            "\n\n"
            R"({"object":{"metadata":{"name":"a","uid":"11111111-2222-3333-4444-555555555555",)"
            R"("resourceVersion":"6"},"status":{"phase":"Running"}},"type":"MODIFIED"})"
            "\r\n"
            R"({"type":"DELETED","object":{"metadata":{"name":"b","uid":"21","resourceVersion":"7"}}})"
            "\n"
            R"({"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"9"}}})"
            "\n"
            R"({"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired"}})"
            "\nnever read");
        QVERIFY2(frames.has_value(), frames ? "" : frames.error().message.c_str());
        QCOMPARE(frames->batch.size(), std::size_t(1));
        QCOMPARE(frames->batch.row(0).text(1), std::string_view("Running"));
        QCOMPARE(frames->batch.removed().size(), std::size_t(1));
        QCOMPARE(frames->events, std::uint64_t(3));
        QCOMPARE(frames->resourceVersion, std::string("9"));
        QVERIFY(!frames->initialEventsEnd);
        QVERIFY(frames->error.has_value());
        QVERIFY(frames->error->code == base::ErrorCode::Gone);
        QVERIFY(decoder->endStream().has_value());
    }

    // Of what feed() folds into the newest state, each event, and of a deleted object the last row.
    void eachEvent() {
        kube::Decoder::Spec spec{.kind = kindOf(QStringLiteral("core_pods")), .columns = {}, .datePaths = {}};
        spec.wholeObjects = true;
        const auto decoder = Decoder::create(spec);
        QCOMPARE(decoder->accept(), kube::kJsonAccept);
        decoder->beginStream(kJson);
        const std::string meta = R"("metadata":{"name":"a","namespace":"b","resourceVersion":)";
        const auto each = decoder->feedEach(R"({"type":"ADDED","object":{)" + meta + "\"5\"}}}\n" + R"({"object":{)" +
                                            meta + R"("6"},"status":{"phase":"Running"}},)" +
                                            "\"type\":\"MODIFIED\"}\n" + R"({"type":"DELETED","object":{)" + meta +
                                            R"("7"},"status":{"phase":"Failed"}}})" + "\n");
        QVERIFY2(each.has_value(), each ? "" : each.error().message.c_str());
        QCOMPARE(each->size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i) {
            const kube::WatchFrames& frames = (*each)[i];
            QCOMPARE(static_cast<std::size_t>(frames.type), i); // Added, modified, deleted.
            QCOMPARE(frames.batch.size(), std::size_t(1));
            QVERIFY(frames.batch.removed().empty());
            QCOMPARE(frames.resourceVersion, std::to_string(5 + i));
            QVERIFY(frames.object.starts_with("{\"metadata\":{\"name\":\"a\"") && frames.object.ends_with('}'));
        }
        QCOMPARE((*each)[2].batch.row(0).text(1), std::string_view("Failed"));
        const auto folded = decoder->feed(R"({"type":"DELETED","object":{)" + meta + "\"8\"}}}\n");
        QCOMPARE(folded->batch.removed().size(), std::size_t(1));
    }

    // Columns of one name get ids of their own; a table of columns without end is no table.
    void columnsOfOneName() {
        const auto table = [](int columns) {
            std::string text = R"({"kind":"Table","columnDefinitions":[{"name":"a"})";
            for (int i = 1; i < columns; ++i)
                text += R"(,{"name":"a"})";
            return text + R"(],"rows":[{"cells":["x","y"]}]})";
        };
        const auto decoder = decoderFor(kindOf(QStringLiteral("example.org_things")), {}, 36);
        kube::ListMeta meta;
        const auto batch = decoder->list(kJson, table(3), meta);
        QVERIFY(batch.has_value());
        const auto& fields = batch->layout()->fields();
        QCOMPARE(fields.size(), std::size_t(3));
        QCOMPARE(fields[1].id, std::string("a-2"));
        QCOMPARE(fields[2].id, std::string("a-3"));
        QVERIFY(decoder->list(kJson, table(1000), meta).has_value());
        QVERIFY(!decoder->list(kJson, table(1001), meta).has_value());
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("contentType");
        const auto row = [](const char* name, const QByteArray& bytes, const char* type = kJson) {
            QTest::newRow(name) << bytes << QString::fromLatin1(type);
        };
        row("garbage", "hello\n");
        row("half a frame's text", "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"na\n");
        row("wrong type", "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":5}}}\n");
        row("no object", "{\"type\":\"ADDED\"}\n");
        row("unknown event", "{\"type\":\"JUMPED\",\"object\":{}}\n");
        row("not an object", "[1,2]\n");
        row("html", "<html><body>502</body></html>\n");
        row("broken utf8", "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":\"\xff\xfe\"}}}\n");
        row("json as protobuf", "{\"type\":\"ADDED\",\"object\":{}}\n", kProtobuf);
        row("huge length", QByteArray("\x7f\xff\xff\xff", 4), kProtobuf);
        row("no magic",
            QByteArray("\0\0\0\x0b\x0a\x05"
                       "ADDED\x12\x02\x0a\x00",
                       15),
            kProtobuf);
        row("cut varint", QByteArray("\0\0\0\x02\x0a\xff", 6), kProtobuf);
    }

    void refused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, contentType);
        const auto decoder = decoderFor(kindOf(QStringLiteral("core_pods")), {}, 36);
        decoder->beginStream(contentType.toStdString());
        const auto frames = decoder->feed(bytes.toStdString());
        QVERIFY(!frames.has_value());
        QVERIFY(frames.error().code == base::ErrorCode::BadResponse);
        QVERIFY(frames.error().message.find("pods") != std::string::npos || frames.error().resource == "pods");
        QVERIFY(!decoder->feed("more").has_value());
        decoder->beginStream(kJson);
        QVERIFY(decoder->feed("\n").has_value());
    }

    // A line that never ends is refused long before it fills the memory.
    void endlessLine() {
        const auto decoder = decoderFor(kindOf(QStringLiteral("core_pods")), {}, 36);
        decoder->beginStream(kJson);
        const std::string piece(std::size_t(1) << 20, 'x');
        int pieces = 0;
        while (decoder->feed(piece).has_value())
            QVERIFY(++pieces < 20);
        QVERIFY(pieces >= 15);
    }

    void cutWithinAFrame() {
        const auto decoder = decoderFor(kindOf(QStringLiteral("core_pods")), {}, 36);
        decoder->beginStream(kJson);
        QVERIFY(decoder->feed("{\"type\":").has_value());
        QVERIFY(!decoder->endStream().has_value());
    }

    // Damaged copies of real answers: an error or rows, never more.
    void damagedBodies() {
        std::mt19937 random(7);
        for (const auto& [file, contentType] :
             {std::pair("core_services.json", kJson), std::pair("core_services.pb", kProtobuf),
              std::pair("core_nodes.pb", kProtobuf), std::pair("core_services.table.json", kJson)}) {
            const std::string whole = load(m_data + QStringLiteral("1.36/") + QString::fromLatin1(file));
            QVERIFY(!whole.empty());
            kube::Kind kind = kindOf(QString::fromLatin1(file).section(QLatin1Char('.'), 0, 0));
            if (QString::fromLatin1(file).contains(QLatin1String("table")))
                kind.version = "v9";
            const auto decoder = decoderFor(kind, {}, 36);
            for (int round = 0; round < 300; ++round) {
                std::string body = whole;
                for (int change = 0; change < 3; ++change)
                    body[random() % body.size()] = static_cast<char>(random());
                if (round % 3 == 0)
                    body.resize(random() % body.size());
                kube::ListMeta meta;
                const auto batch = decoder->list(contentType, body, meta);
                QVERIFY(batch.has_value() || !batch.error().message.empty());
            }
        }
    }

    // Half an answer is never taken for a whole one.
    void truncatedBodies() {
        for (const auto& [file, contentType] :
             {std::pair("core_services.json", kJson), std::pair("core_services.pb", kProtobuf),
              std::pair("core_services.table.json", kJson)}) {
            std::string whole = load(m_data + QStringLiteral("1.36/") + QString::fromLatin1(file));
            while (!whole.empty() && whole.back() == '\n')
                whole.pop_back();
            kube::Kind kind = kindOf(QStringLiteral("core_services"));
            if (QString::fromLatin1(file).contains(QLatin1String("table")))
                kind.version = "v9";
            const auto decoder = decoderFor(kind, {}, 36);
            kube::ListMeta meta;
            QVERIFY(decoder->list(contentType, whole, meta).has_value());
            // The protobuf envelope ends with two empty fields that may be missing.
            const std::size_t last = contentType == kProtobuf ? whole.size() - 4 : whole.size();
            for (std::size_t size = 0; size < last; ++size)
                QVERIFY2(!decoder->list(contentType, whole.substr(0, size), meta).has_value(),
                         QByteArray::number(qulonglong(size)));
        }
    }

    // Beyond some MiB a list is cut into its items first: the rows are the same.
    void largeLists() {
        const std::string body = load(m_data + QStringLiteral("1.36/core_pods.json"));
        const std::size_t start = body.find("\"items\":[") + 9;
        const std::size_t end = body.rfind("]}");
        std::string large = body.substr(0, start);
        const std::string items = body.substr(start, end - start);
        while (large.size() < (std::size_t(6) << 20))
            large += items + ",\n ";
        large += items + body.substr(end);
        const auto small = podsOf(kJson, body);
        const auto cut = podsOf(kJson, large);
        compareTold(told(small), told(cut));
        kube::ListMeta meta;
        const auto decoder = decoderFor(kindOf(QStringLiteral("core_pods")), {}, 36);
        QVERIFY(!decoder->list(kJson, large.substr(0, large.size() - 1000), meta).has_value());
        QVERIFY(!decoder->list(kJson, large.substr(0, large.rfind('}')), meta).has_value());
    }

    // 250 bytes a watched pod, everything counted: each with its own name, uid and address, 20 to a ReplicaSet.
    void storeTakesLittle() {
        constexpr int pods = 20000;
        const auto decoder = decoderFor(kindOf(QStringLiteral("core_pods")), {}, 36);
        kube::RowStore store(decoder->layout());
        kube::RowDelta delta;
        std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
        for (int first = 0; first < pods; first += 500) {
            kube::ListMeta meta;
            const auto batch = decoder->list(kJson, syntheticPods(first, 500), meta);
            QVERIFY2(batch.has_value(), batch ? "" : batch.error().message.c_str());
            if (first == 0) // The decoder's own buffers are there now.
                before = mallinfo2().uordblks + mallinfo2().hblkhd - bytesOf(*batch);
            store.apply(*batch, delta);
        }
        delta = {};
        const std::size_t after = mallinfo2().uordblks + mallinfo2().hblkhd;
        QCOMPARE(store.size(), std::size_t(pods));
        qInfo("%zu bytes a pod by the store's count, %zu by malloc's", store.bytes() / pods, (after - before) / pods);
        QVERIFY(store.bytes() / pods <= 250);
        QVERIFY(after < before || (after - before) / pods <= 250); // Sanitizers' malloc counts nothing.
    }

    // A server that has no tables answers with the objects: kubectl prints name and age.
    void objectsWhereATableWasAsked() {
        kube::Kind kind = kindOf(QStringLiteral("example.org_things"));
        const auto decoder = decoderFor(kind, {}, 36);
        kube::ListMeta meta;
        const auto batch = decoder->list(
            kJson,
            R"({"kind":"ThingList","metadata":{"resourceVersion":"3"},"items":[{"metadata":{"name":"a"},"data":{}}]})",
            meta);
        QVERIFY(batch.has_value());
        QCOMPARE(batch->size(), std::size_t(1));
        QCOMPARE(batch->layout()->columns().size(), std::size_t(2));
        QCOMPARE(batch->row(0).cell(batch->layout()->columns()[0], 0), std::string("a"));
        QCOMPARE(batch->row(0).cell(batch->layout()->columns()[1], 0), std::string("<unknown>"));
    }

private:
    static std::size_t bytesOf(const RowBatch& batch) {
        return batch.strings().bytes() + batch.size() * batch.layout()->stride();
    }

    static std::string syntheticPods(int first, int count) {
        std::string list = R"({"kind":"PodList","metadata":{"resourceVersion":"9"},"items":[)";
        for (int i = first; i < first + count; ++i) {
            const QString owner = QStringLiteral("service-%1-7d9c5b6f4%2").arg(i / 200).arg(i / 20 % 10);
            list +=
                QStringLiteral(
                    R"(%1{"metadata":{"name":"%2-x%3","namespace":"team-%4","uid":"%5-1111-4222-8333-444444444444",)"
                    R"("resourceVersion":"%6","creationTimestamp":"2026-01-02T03:04:05Z","labels":{"app":"%2",)"
                    R"("pod-template-hash":"7d9c5b6f4%4","tier":"backend"},"ownerReferences":[{"apiVersion":"apps/v1",)"
                    R"("kind":"ReplicaSet","name":"%2","uid":"00000000-1111-4222-8333-444444444444","controller":true}]},)"
                    R"("spec":{"nodeName":"ip-10-0-%4-17.eu-west-1.compute.internal","containers":[{"name":"c","resources":)"
                    R"({"requests":{"cpu":"250m","memory":"256Mi"}}}]},"status":{"phase":"Running","podIP":"10.%7",)"
                    R"("qosClass":"Burstable","conditions":[{"type":"Ready","status":"True"}],"containerStatuses":)"
                    R"([{"name":"c","ready":true,"restartCount":0,"state":{"running":{}}}]}})")
                    .arg(i == first ? QString() : QStringLiteral(","), owner)
                    .arg(i % 20, 4, 10, QLatin1Char('0'))
                    .arg(i / 2000)
                    .arg(i, 8, 16, QLatin1Char('0'))
                    .arg(i + 1000)
                    .arg(QStringLiteral("%1.%2.%3").arg(i >> 16).arg((i >> 8) & 255).arg(i & 255))
                    .toStdString();
        }
        return list + "]}";
    }

    static void compareTold(const std::map<std::string, std::vector<std::string>>& a,
                            const std::map<std::string, std::vector<std::string>>& b) {
        QCOMPARE(a.size(), b.size());
        for (const auto& [uid, says] : a) {
            const auto other = b.find(uid);
            QVERIFY(other != b.end());
            for (std::size_t i = 0; i < says.size(); ++i)
                QVERIFY2(says[i] == other->second[i],
                         (says[0] + ": " + says[i] + " is not " + other->second[i]).c_str());
        }
    }

    static void compareRow(kube::RowRef row, const QJsonArray& cells, qint64 nowMs) {
        const auto& columns = row.layout().columns();
        QCOMPARE(qsizetype(columns.size()), cells.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string wanted = printed(cells[qsizetype(i)]);
            // The server printed within a second or so of the note in now.json.
            bool equal = false;
            for (qint64 ms = nowMs - 1000; ms <= nowMs + 2000 && !equal; ms += 100)
                equal = row.cell(columns[i], ms) == wanted;
            const std::string ours = row.cell(columns[i], nowMs);
            QVERIFY2(equal, (std::string(row.name()) + " " + columns[i].title + ": '" + ours + "', the server '" +
                             wanted + "'")
                                .c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestDecode)
#include "tst_decode.moc"
