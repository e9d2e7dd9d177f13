// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_lines.h"
#include "core/logs/line_writer.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using logs::LineWriter;

// Lines of two containers, some of them longer than a row.
class TestLineWriter : public QObject {
    Q_OBJECT
private slots:
    void init();
    void aLongLineIsOneObject();
    void aLongLineIsOneOfText();
    void anyPieceStandsForTheLine();
    void whatIsLeftOfALine();
    void linesWithoutAnEnd();
    void brokenCharactersStayBroken();
    void stopsWhenCancelled();

private:
    void makeStore(logs::StoreOptions options);
    /// As a server sends it, every piece followed by a line of the other container.
    void putLong(const std::string& text);
    void put(std::string_view text, logs::SourceId source, bool startsLine = true, bool endsLine = true) {
        m_store->append({{text, 1'769'839'200'000'000'000, source, startsLine, endsLine}});
    }
    [[nodiscard]] QByteArray allAs(LineWriter::Form form, std::size_t& lines) const;
    [[nodiscard]] static QString message(const QByteArray& line) {
        return QJsonDocument::fromJson(line).object().value(QLatin1String("message")).toString();
    }

    std::unique_ptr<logs::LogStore> m_store;
};

void TestLineWriter::init() {
    makeStore({});
}

void TestLineWriter::makeStore(logs::StoreOptions options) {
    options.blockBytes = 16U << 10;
    m_store = std::make_unique<logs::LogStore>(std::move(options));
    for (const char* pod : {"web", "db"}) {
        logs::SourceInfo source;
        source.cluster = "paris";
        source.ns = "shop";
        source.pod = pod;
        source.container = "main";
        (void)m_store->addSource(source);
    }
}

void TestLineWriter::putLong(const std::string& text) {
    kube::LogLineReader reader;
    std::vector<kube::LogLine> lines;
    reader.feed("2026-01-31T06:00:00Z " + text + "\n", lines);
    for (const kube::LogLine& line : lines) {
        put(line.text, 0, line.startsLine, line.endsLine);
        put("between", 1);
    }
}

QByteArray TestLineWriter::allAs(LineWriter::Form form, std::size_t& lines) const {
    std::string bytes;
    LineWriter writer(*m_store, form, [&](std::string_view more) { bytes += more; });
    for (logs::Row row = m_store->firstRow(); row < m_store->endRow(); ++row)
        writer.write(row);
    lines = writer.written();
    return QByteArray::fromStdString(bytes);
}

void TestLineWriter::aLongLineIsOneObject() {
    // Some pieces end within the three bytes of a character.
    const QString text = QStringLiteral("\"€\t\\").repeated(200'000);
    put("before", 0);
    putLong(text.toStdString());
    put("after", 0);
    QVERIFY(m_store->endRow() > 10);
    std::size_t lines = 0;
    const QList<QByteArray> written = allAs(LineWriter::Form::Json, lines).split('\n');
    QCOMPARE(written.size(), qsizetype(lines + 1));
    QCOMPARE(written.last(), QByteArray());
    QCOMPARE(message(written[0]), QStringLiteral("before"));
    QVERIFY(message(written[1]) == text);
    QVERIFY(written[1].startsWith(R"({"time":"2026-01-31T06:00:00.000000000Z","cluster":"paris",)"));
    QCOMPARE(written.count(written[2]), qsizetype(lines - 3));
    QCOMPARE(message(written[2]), QStringLiteral("between"));
    QCOMPARE(message(written[written.size() - 2]), QStringLiteral("after"));
}

void TestLineWriter::aLongLineIsOneOfText() {
    const std::string text(1'000'000, 'x');
    putLong(text);
    std::size_t lines = 0;
    const QList<QByteArray> written = allAs(LineWriter::Form::Text, lines).split('\n');
    QCOMPARE(lines, std::size_t(5));
    QCOMPARE(written.size(), 6);
    QVERIFY(written[0] == QByteArray::fromStdString("2026-01-31T06:00:00.000000000Z web/main " + text));
    for (qsizetype i = 1; i < 5; ++i)
        QCOMPARE(written[i], QByteArray("2026-01-31T06:00:00.000000000Z db/main between"));
}

void TestLineWriter::anyPieceStandsForTheLine() {
    const std::string text(1'000'000, 'x');
    putLong(text);
    std::string bytes;
    LineWriter writer(*m_store, LineWriter::Form::Json, [&](std::string_view more) { bytes += more; });
    writer.write(4);
    QCOMPARE(message(QByteArray::fromStdString(bytes)).size(), qsizetype(text.size()));
    bytes.clear();
    writer.write(0);
    writer.write(6);
    QVERIFY(bytes.empty());
    QCOMPARE(writer.written(), std::size_t(1));
    writer.write(1'000);
    QCOMPARE(writer.written(), std::size_t(1));
}

void TestLineWriter::whatIsLeftOfALine() {
    logs::StoreOptions options;
    options.packedBytes = 300U << 10;
    makeStore(options);
    std::mt19937 random(3);
    std::string text(1'000'000, ' ');
    for (char& letter : text)
        letter = static_cast<char>('A' + random() % 58);
    kube::LogLineReader reader;
    std::vector<kube::LogLine> pieces;
    reader.feed("2026-01-31T06:00:00Z " + text + "\n", pieces);
    for (const kube::LogLine& piece : pieces)
        put(piece.text, 0, piece.startsLine, piece.endsLine);
    const logs::Row first = m_store->firstRow();
    QVERIFY(first > 0 && first < m_store->endRow());
    std::size_t lines = 0;
    const QByteArray json = allAs(LineWriter::Form::Json, lines);
    QCOMPARE(lines, std::size_t(1));
    QCOMPARE(json.count('\n'), 1);
    QVERIFY(message(json) == QString::fromStdString(text.substr(std::size_t(first) * kube::LogLineReader::kLongest)));
    QVERIFY(allAs(LineWriter::Form::Text, lines).startsWith("2026-01-31T06:00:00.000000000Z web/main "));
}

// A program that ends within a line, and one that goes on after that in a new run.
void TestLineWriter::linesWithoutAnEnd() {
    put("last words", 0, true, false);
    put("other", 1, true, false);
    put("anew", 0);
    std::size_t lines = 0;
    QCOMPARE(allAs(LineWriter::Form::Text, lines), QByteArray("2026-01-31T06:00:00.000000000Z web/main last words\n"
                                                              "2026-01-31T06:00:00.000000000Z db/main other\n"
                                                              "2026-01-31T06:00:00.000000000Z web/main anew\n"));
    QCOMPARE(lines, std::size_t(3));
}

void TestLineWriter::brokenCharactersStayBroken() {
    put("a\xe2\x82", 0, true, false);
    put("b\xf0\x9f", 0, false, false);
    put("\x98\x80 c\xe2", 0, false, true);
    std::size_t lines = 0;
    const QByteArray json = allAs(LineWriter::Form::Json, lines);
    QCOMPARE(lines, std::size_t(1));
    QCOMPARE(message(json), QString::fromUtf8("a\xef\xbf\xbd"
                                              "b\xf0\x9f\x98\x80 c\xef\xbf\xbd"));
}

void TestLineWriter::stopsWhenCancelled() {
    putLong(std::string(1'000'000, 'x'));
    base::Cancel cancel = base::Cancel::create();
    std::size_t calls = 0;
    LineWriter writer(
        *m_store, LineWriter::Form::Text,
        [&](std::string_view) {
            ++calls;
            cancel.cancel();
        },
        cancel.token());
    writer.write(0);
    QCOMPARE(calls, std::size_t(1));
    QCOMPARE(writer.written(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestLineWriter)
#include "tst_line_writer.moc"
