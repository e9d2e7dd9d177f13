// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/find_text.h"
#include "core/logs/log_search.h"
#include "tests/core/logs/line_maker.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <memory>
#include <random>

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

} // namespace

class TestLogSearch : public QObject {
    Q_OBJECT
private slots:
    void findsText();
    void filters_data();
    void filters();
    void refusesWhatItCannotMean_data();
    void refusesWhatItCannotMean();
    void aMatchStaysInItsLine();
    void equalsLineByLine();
    void goesOnWithWhatComes();
    void isCancelled();
    void timesAndFacets();
    void marks();
};

void TestLogSearch::findsText() {
    std::mt19937 random(7);
    const auto any = [&](std::size_t size) {
        std::string text;
        while (text.size() < size)
            text += "abAB@`[{\n"[random() % 9];
        return text;
    };
    for (int round = 0; round < 20'000; ++round) {
        const std::string text = any(random() % 80);
        const std::string needle = any(1 + random() % 4);
        const std::size_t from = random() % 10;
        QCOMPARE(logs::TextFinder(needle).find(text, from), lower(text).find(lower(needle), from));
    }
    QCOMPARE(logs::TextFinder("").find("abc", 2), std::size_t(2));
    QCOMPARE(logs::TextFinder("x").find("abc", 9), std::string::npos);
}

void TestLogSearch::filters_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("found"); // of the lines below, by their numbers
    const auto row = [](const char* filter, const char* found) {
        QTest::newRow(filter) << QString::fromLatin1(filter) << QString::fromLatin1(found);
    };
    row("", "012345");
    row("timeout", "03");
    row("TIMEOUT -payments", "3");
    row("\"of order\"", "0");
    row("timeout OR started", "013");
    row("NOT (timeout OR started)", "245");
    row("/time.?out.*order/", "0");
    row("/^start/", "1");
    row("/up$/", "1");
    row("level:error", "02");
    row("level>=warn", "023");
    row("level:none", "145");
    row("level!=error", "1345");
    row("pod:web", "024");
    row("-pod:web", "135");
    row("container=main", "012345");
    row("status:500", "2");
    row("http.status=500", "2");
    row("status>=500", "2");
    row("status<600", "2");
    row("took>100ms", "2");
    row("user=ann", "2");
    row("user:/^A/", "2");
    row("status!=500", "01345");
    row("nosuchfield:x", "");
    row("cluster:par timeout", "03");
}

void TestLogSearch::filters() {
    QFETCH(QString, filter);
    QFETCH(QString, found);
    logs::LogBlock block;
    block.append({"ERROR timeout of order in Payments", 1, 0, true, true});
    block.append({"started up", 2, 1, true, true});
    block.append(
        {R"({"level":"error","msg":"no","user":"Ann","took":"1.5s","http":{"status":500}})", 3, 0, true, true});
    block.append({"level=warn msg=timeout x=y", 4, 1, true, true});
    block.append({"", 5, 0, true, true});
    block.append({"status 500", 6, 1, true, true});
    const auto sourceOf = [](logs::SourceId id) {
        logs::SourceInfo source;
        source.cluster = "paris";
        source.pod = id == 0 ? "web-1" : "db-1";
        source.container = "main";
        return source;
    };
    const auto parsed = logs::LogFilter::parse(filter.toStdString());
    QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
    const logs::Hits hits = parsed->match(block, sourceOf);
    QString mine;
    for (std::size_t i = 0; i < block.lines(); ++i) {
        if ((hits[i / 64] >> (i % 64) & 1U) != 0)
            mine += QString::number(i);
    }
    QCOMPARE(mine, found);
}

void TestLogSearch::refusesWhatItCannotMean_data() {
    QTest::addColumn<QString>("filter");
    QTest::addColumn<int>("column");
    QTest::newRow("level") << "x level:loud" << 8;
    QTest::newRow("regex") << "/(/" << 0;
    QTest::newRow("open regex") << "/abc" << 0;
    QTest::newRow("selector") << "-l app=web" << 3;
    QTest::newRow("parenthesis") << "(a" << 0;
}

void TestLogSearch::refusesWhatItCannotMean() {
    QFETCH(QString, filter);
    QFETCH(int, column);
    const auto parsed = logs::LogFilter::parse(filter.toStdString());
    QVERIFY(!parsed);
    QCOMPARE(int(parsed.error().column), column);
}

void TestLogSearch::aMatchStaysInItsLine() {
    logs::LogBlock block;
    block.append({"one a", 1, 0, true, true});
    block.append({"b two", 2, 0, true, true});
    for (const char* filter : {"/a\\sb/", "/a[^x]b/", "/a.b/", "\"a b\"", "/(?s)a.b/", "/a\\nb/"}) {
        const auto parsed = logs::LogFilter::parse(filter);
        QVERIFY(parsed);
        QCOMPARE(parsed->match(block, [](logs::SourceId) { return logs::SourceInfo(); })[0], std::uint64_t(0));
    }
}

void TestLogSearch::equalsLineByLine() {
    QTemporaryDir folder;
    logs::StoreOptions options;
    options.folder = folder.path().toStdString();
    options.blockBytes = 20U << 10;
    options.memoryBytes = 50U << 10;
    const auto store = std::make_shared<logs::LogStore>(options);
    fillStore(*store, 20'000);
    base::ManualExecutor pool;
    base::ManualExecutor home;
    for (const char* filter : {"500", "order 12", "WARN", "/worker-(3|7)\\b/", "level:error", "status=500", "-info"}) {
        logs::LogQuery query;
        query.filter = *logs::LogFilter::parse(filter);
        std::vector<logs::Row> found;
        logs::LogSearch search(store, std::move(query), pool, home, [&](const logs::LogFindings& findings) {
            found.insert(found.end(), findings.rows.begin(), findings.rows.end());
        });
        pool.runPending();
        home.runPending();
        std::vector<logs::Row> expected;
        const auto each = logs::LogFilter::parse(filter);
        for (const logs::LogRow& row : store->read(0, 20'000)) {
            logs::LogBlock one;
            one.append({row.text, row.timeNs, row.source, true, true});
            if (each->match(one, [](logs::SourceId) { return logs::SourceInfo(); })[0] != 0)
                expected.push_back(row.row);
        }
        QVERIFY(!expected.empty());
        QVERIFY2(found == expected, filter);
    }
}

void TestLogSearch::goesOnWithWhatComes() {
    const auto store = std::make_shared<logs::LogStore>(logs::StoreOptions{});
    fillStore(*store, 1000);
    base::ManualExecutor pool;
    base::ManualExecutor home;
    logs::LogQuery query;
    query.filter = *logs::LogFilter::parse("level:error");
    std::vector<logs::Row> found;
    bool isAtEnd = false;
    logs::LogSearch search(store, std::move(query), pool, home, [&](const logs::LogFindings& findings) {
        found.insert(found.end(), findings.rows.begin(), findings.rows.end());
        isAtEnd = findings.isAtEnd;
    });
    pool.runPending();
    home.runPending();
    QCOMPARE(found.size(), std::size_t(5));
    QVERIFY(isAtEnd);
    fillStore(*store, 1000, 1000);
    search.advance();
    search.advance();
    pool.runPending();
    home.runPending();
    QCOMPARE(found.size(), std::size_t(10));
    QVERIFY(std::is_sorted(found.begin(), found.end()));
    QVERIFY(std::adjacent_find(found.begin(), found.end()) == found.end());
}

void TestLogSearch::isCancelled() {
    const auto store = std::make_shared<logs::LogStore>(logs::StoreOptions{});
    fillStore(*store, 1000);
    base::ManualExecutor pool;
    base::ManualExecutor home;
    int told = 0;
    {
        logs::LogSearch search(store, {}, pool, home, [&](const logs::LogFindings&) { ++told; });
        pool.runPending();
    }
    pool.runPending();
    home.runPending();
    QCOMPARE(told, 0);
}

void TestLogSearch::timesAndFacets() {
    const auto store = std::make_shared<logs::LogStore>(logs::StoreOptions{});
    fillStore(*store, 1000);
    base::ManualExecutor pool;
    base::ManualExecutor home;
    logs::LogQuery query;
    query.fromNs = store->read(logs::Row(100))->timeNs;
    query.untilNs = store->read(logs::Row(300))->timeNs;
    query.hiddenSources = {true, false, true}; // 0 and 2
    query.hiddenLevels[std::size_t(logs::Level::Warn)] = true;
    QVERIFY(!query.isEverything());
    logs::LogFindings last;
    logs::LogSearch search(store, std::move(query), pool, home,
                           [&](logs::LogFindings findings) { last = std::move(findings); });
    pool.runPending();
    home.runPending();
    std::vector<logs::Row> expected;
    for (logs::Row row = 100; row < 300; ++row) {
        if (row % 8 != 0 && row % 8 != 2 && row % 100 != 1)
            expected.push_back(row);
    }
    QCOMPARE(last.rows, expected);
    QCOMPARE(last.counts.total(), std::uint64_t(expected.size()));
    QVERIFY(logs::LogQuery{}.isEverything());
}

void TestLogSearch::marks() {
    const auto filter = logs::LogFilter::parse("error /[0-9]+/ -none");
    const auto marks = filter->marks("an ERROR 12 and error 7 none");
    QCOMPARE(marks.size(), std::size_t(4));
    QCOMPARE(marks[0], (std::pair<std::size_t, std::size_t>(3, 5)));
    QCOMPARE(marks[1], (std::pair<std::size_t, std::size_t>(9, 2)));
}

QTEST_GUILESS_MAIN(TestLogSearch)
#include "tst_log_search.moc"
