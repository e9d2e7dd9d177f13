// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_merger.h"
#include "tests/core/logs/line_maker.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

class TestLogStore : public QObject {
    Q_OBJECT
private slots:
    void givesBackWhatCame_data();
    void givesBackWhatCame();
    void nothingIsToBeFoundOnTheDisk();
    void dropsTheOldestAndSaysSo_data();
    void dropsTheOldestAndSaysSo();
    void memoryStaysBounded();
    void oddLines();
    void findsByTime();
    void runsOfAContainerShareASeat();
    void countsByTime();
    void timesAreReadToTheNanosecond();
    void mergesByTime();
    void mergedLinesKeepTheirTimestamps();
    void aSourceNeverOvertakesItself();
    void mergingIsBounded();
    void brokenBlocksAreNone();

private:
    QTemporaryDir m_folder;
    [[nodiscard]] logs::StoreOptions options() const {
        logs::StoreOptions options;
        options.folder = m_folder.path().toStdString() + "/store";
        options.blockBytes = 16U << 10;
        return options;
    }
};

void TestLogStore::givesBackWhatCame_data() {
    QTest::addColumn<bool>("disk");
    QTest::newRow("disk") << true;
    QTest::newRow("memory") << false;
}

void TestLogStore::givesBackWhatCame() {
    QFETCH(bool, disk);
    logs::StoreOptions chosen = options();
    if (!disk)
        chosen.folder.clear();
    chosen.memoryBytes = 64U << 10;
    logs::LogStore store(chosen);
    constexpr std::uint64_t kLines = 20'000;
    fillStore(store, kLines);
    QCOMPARE(store.endRow(), kLines);
    QCOMPARE(store.firstRow(), logs::Row(0));
    QCOMPARE(store.usage().diskBytes > 0, disk);
    const auto rows = store.read(0, kLines + 5);
    QCOMPARE(rows.size(), std::size_t(kLines));
    for (std::uint64_t i = 0; i < kLines; ++i) {
        QCOMPARE(rows[i].row, i);
        QCOMPARE(rows[i].text, madeLine(i));
        QCOMPARE(rows[i].source, logs::SourceId(i % 8));
    }
    for (const logs::Row row : {logs::Row(0), logs::Row(7'777), logs::Row(kLines - 1)})
        QCOMPARE(store.read(row)->text, madeLine(row));
    QVERIFY(!store.read(kLines));
}

void TestLogStore::nothingIsToBeFoundOnTheDisk() {
    logs::LogStore store(options());
    fillStore(store, 5000);
    QVERIFY(store.usage().diskBytes > 0);
    const QFileInfo folder(QString::fromStdString(options().folder));
    QCOMPARE(folder.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOther), QFile::Permissions());
    QVERIFY(QDir(folder.filePath()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot));
}

void TestLogStore::dropsTheOldestAndSaysSo_data() {
    givesBackWhatCame_data();
}

void TestLogStore::dropsTheOldestAndSaysSo() {
    QFETCH(bool, disk);
    logs::StoreOptions chosen = options();
    if (!disk)
        chosen.folder.clear();
    chosen.diskBytes = chosen.packedBytes = 60'000;
    logs::LogStore store(chosen);
    constexpr std::uint64_t kLines = 30'000;
    fillStore(store, kLines);
    const logs::Row first = store.firstRow();
    QVERIFY(first > 0 && first < kLines);
    QCOMPARE(store.dropped(), std::uint64_t(first));
    QCOMPARE(store.endRow(), kLines);
    QVERIFY(store.usage().diskBytes <= chosen.diskBytes);
    const auto rows = store.read(0, kLines);
    QCOMPARE(rows.size(), std::size_t(kLines - first));
    for (const logs::LogRow& row : rows)
        QCOMPARE(row.text, madeLine(row.row));
    QVERIFY(!store.read(first - 1));
    QCOMPARE(store.counts().total(), kLines);
}

void TestLogStore::memoryStaysBounded() {
    logs::StoreOptions chosen = options();
    chosen.blockBytes = 512U << 10;
    chosen.memoryBytes = 4U << 20;
    logs::LogStore store(chosen);
    fillStore(store, 300'000);
    const logs::LogStore::Usage usage = store.usage();
    QVERIFY(usage.textBytes > 30'000'000);
    QVERIFY2(usage.memoryBytes < 8'000'000, qPrintable(QString::number(usage.memoryBytes)));
    QVERIFY2(usage.diskBytes * 3 < usage.textBytes, qPrintable(QString::number(usage.diskBytes)));
}

void TestLogStore::oddLines() {
    logs::LogStore store(options());
    const std::string huge(10'000'000, 'x');
    const std::string nul("a\0b", 3);
    store.append({{"", 1, 0, true, true},
                  {huge, 2, 0, true, false},
                  {"end", 2, 0, false, true},
                  {nul, 3, 0, true, true},
                  {"\xff\xfe", 4, 0, true, true},
                  {"windows\r", 5, 0, true, true},
                  {"\x1b[31mred\x1b[0m", 6, 0, true, true}});
    const auto rows = store.read(0, 10);
    QCOMPARE(rows.size(), std::size_t(7));
    QCOMPARE(rows[0].text, std::string());
    QCOMPARE(rows[1].text.size(), huge.size());
    QVERIFY(!rows[1].endsLine && !rows[2].startsLine);
    QCOMPARE(rows[3].text, nul);
    QCOMPARE(rows[4].text, std::string("\xff\xfe"));
    QCOMPARE(rows[5].text, std::string("windows"));
    QCOMPARE(rows[6].text, std::string("red"));
    QCOMPARE(rows[6].colours.size(), std::size_t(2));
}

void TestLogStore::findsByTime() {
    logs::LogStore store(options());
    fillStore(store, 5000);
    const auto line = store.read(logs::Row(3210));
    QCOMPARE(store.rowAt(line->timeNs), logs::Row(3210));
    QCOMPARE(store.rowAt(0), logs::Row(0));
    QCOMPARE(store.rowAt(INT64_MAX), logs::Row(5000));
}

void TestLogStore::countsByTime() {
    logs::LogCounts counts;
    constexpr std::int64_t kSecond = 1'000'000'000;
    std::uint64_t sum = 0;
    for (std::int64_t i : {100'000, 100'001, 5, 90'000, 3'000'000, 100'000}) {
        counts.add(i * kSecond, logs::Level::Warn, 3);
        ++sum;
    }
    QCOMPARE(counts.total(), sum);
    QVERIFY(counts.steps().size() <= logs::LogCounts::kMostSteps);
    std::uint64_t inSteps = 0;
    for (const auto& step : counts.steps())
        inSteps += step[std::size_t(logs::Level::Warn)];
    QCOMPARE(inSteps, sum);
    QVERIFY(counts.firstNs() <= 5 * kSecond);
    QCOMPARE(counts.sources().at(3), sum);
}

void TestLogStore::timesAreReadToTheNanosecond() {
    QCOMPARE(logs::timeNsOf("2026-01-31T06:00:00.123456789Z").value(), std::int64_t(1'769'839'200'123'456'789));
    QCOMPARE(logs::timeNsOf("2026-01-31T06:00:00Z").value(), std::int64_t(1'769'839'200'000'000'000));
    QCOMPARE(logs::timeNsOf("2026-01-31T07:00:00.5+01:00").value(), std::int64_t(1'769'839'200'500'000'000));
    QVERIFY(!logs::timeNsOf(""));
    QVERIFY(!logs::timeNsOf("yesterday"));
}

void TestLogStore::mergesByTime() {
    const auto store = std::make_shared<logs::LogStore>(options());
    logs::LogMerger merger(store);
    merger.add(0, {{"2026-01-31T06:00:01Z", "b"}, {"2026-01-31T06:00:03Z", "d"}}, 1000, 0);
    merger.add(1, {{"2026-01-31T06:00:00Z", "a"}, {"2026-01-31T06:00:02Z", "c"}, {"2026-01-31T06:00:09Z", "e"}}, 2000,
               0);
    QVERIFY(!merger.flush(500));
    QVERIFY(merger.flush(1000));
    QCOMPARE(store->endRow(), logs::Row(4)); // e came later and is later
    QVERIFY(merger.flush(2000));
    QVERIFY(merger.isEmpty());
    std::string all;
    for (const logs::LogRow& row : store->read(0, 9))
        all += row.text;
    QCOMPARE(all, std::string("abcde"));
}

void TestLogStore::mergedLinesKeepTheirTimestamps() {
    struct Sink final : logs::LineSink {
        logs::SourceId addSource(logs::SourceInfo) override { return 0; }
        void append(const std::vector<logs::NewLine>& lines) override {
            for (const logs::NewLine& line : lines)
                all += std::string(line.timestamp) + "=" + std::string(line.text) + "|";
        }
        std::string all;
    };
    const auto sink = std::make_shared<Sink>();
    logs::LogMerger merger(sink);
    merger.add(0, {{"2026-01-31T06:00:01.500000000Z", "b"}, {"", "rest of b", false, true}}, 1000, 0);
    merger.add(1, {{"2026-01-31T07:00:01.4+01:00", "a"}}, 1000, 0);
    QVERIFY(merger.flush(INT64_MAX));
    QVERIFY(merger.isEmpty());
    QCOMPARE(sink->all, std::string("2026-01-31T07:00:01.4+01:00=a|2026-01-31T06:00:01.500000000Z=b|=rest of b|"));
}

void TestLogStore::aSourceNeverOvertakesItself() {
    const auto store = std::make_shared<logs::LogStore>(options());
    logs::LogMerger merger(store);
    // A clock set back, a piece without a time, a complaint of the server's.
    merger.add(0, {{"2026-01-31T06:00:05Z", "1"}, {"2026-01-31T06:00:01Z", "2"}, {"", "3", false, true}, {"", "4"}}, 0,
               7);
    QVERIFY(merger.flush(0));
    std::string all;
    for (const logs::LogRow& row : store->read(0, 9))
        all += row.text;
    QCOMPARE(all, std::string("1234"));
}

void TestLogStore::mergingIsBounded() {
    const auto store = std::make_shared<logs::LogStore>(options());
    logs::LogMerger merger(store, 10'000);
    std::vector<kube::LogLine> lines(1000, {"2026-01-31T06:00:05Z", std::string(100, 'x')});
    merger.add(0, lines, 0, 0);
    QVERIFY(store->endRow() > 900);
    QVERIFY(merger.flush(0));
    QCOMPARE(store->endRow(), logs::Row(1000));
}

void TestLogStore::brokenBlocksAreNone() {
    logs::LogBlock block;
    for (int i = 0; i < 50; ++i)
        block.append({"line", i, 0, true, true});
    const std::string bytes = logs::packed(block);
    QVERIFY(logs::unpacked(bytes));
    QVERIFY(!logs::unpacked({}));
    QVERIFY(!logs::unpacked("nonsense"));
    QVERIFY(!logs::unpacked(std::string_view(bytes).substr(0, bytes.size() / 2)));
}

void TestLogStore::runsOfAContainerShareASeat() {
    logs::LogStore store({});
    const auto add = [&store](const char* pod, const char* container) {
        logs::SourceInfo source;
        source.ns = "shop";
        source.pod = pod;
        source.container = container;
        return store.source(store.addSource(source)).seat;
    };
    QCOMPARE(add("web-1", "main"), 0U);
    QCOMPARE(add("web-1", "side"), 1U);
    QCOMPARE(add("web-2", "main"), 2U);
    QCOMPARE(add("web-1", "main"), 0U); // started again
    QCOMPARE(add("web-3", "main"), 3U);
}

QTEST_GUILESS_MAIN(TestLogStore)
#include "tst_log_store.moc"
