// SPDX-License-Identifier: GPL-3.0-or-later
// The journal with 1,000,000 lines (50,000 sets of 20 operations on 6 clusters, every twentieth set failed), on a
// disk's file that is in memory already: opening it with its first page, and the first page of each filter, against
// grep over the same lines as CSV, newest first as ours are, so that it may stop as early (grep -i -F -m 500, from fork
// to its end). Medians of 5. Then what a set of 20 operations costs to write down (the set, its begins, its closes, its
// end: 4 batches, each on the disk before the next), against the same file with a plain table in the index's place.
// Averages of 500, so that what is left for many at once counts.
//
// bench_journal [lines, default 1000000]
#include "core/change/journal_store.h"
#include "core/change/journal_text.h"
#include "tests/bench/support/program.h"
#include "tests/bench/support/report.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace fs = std::filesystem;
using bench::Unit;

namespace {

constexpr std::size_t kOperations = 20;
/// What counts as at once.
constexpr double kAtOnceMs = 100;

std::string setId(std::size_t number) {
    char text[64];
    std::snprintf(text, sizeof text, "20260102-%06zu-%03zuk3x", number / 4, number % 4);
    return text;
}

std::vector<change::JournalRecord> recordsOf(std::size_t set) {
    static const std::vector<std::pair<const char*, change::Verb>> acts{
        {"Scale", change::Verb::Scale}, {"Apply", change::Verb::Apply}, {"Delete", change::Verb::Delete}};
    static const std::vector<const char*> clusters{"houston", "new-york", "lisbon", "oslo", "delhi", "lima"};
    const auto& [word, verb] = acts[set % acts.size()];
    std::vector<change::JournalRecord> records(kOperations);
    for (std::size_t i = 0; i < records.size(); ++i) {
        change::JournalEntry& entry = records[i].entry;
        entry.set = setId(set);
        entry.number = i;
        entry.title = word + std::string(" shop of team ") + std::to_string(set % 40);
        const std::size_t cluster = (set * 7 + i) % clusters.size();
        entry.cluster = clusters[cluster];
        entry.clusterUid = "8f14e45f-ceea-467f-a8f1-00000000000" + std::to_string(cluster);
        entry.clusterUser = "ada";
        entry.verb = verb;
        entry.resource = "deployments.apps";
        entry.object = {"apps/v1", "Deployment", "team-" + std::to_string(set % 40),
                        "web-" + std::to_string(set) + "-" + std::to_string(i)};
        entry.outcome = change::Outcome::Done;
        entry.setMs = 1'767'366'245'000 + static_cast<std::int64_t>(set) * 1000;
        entry.beganMs = entry.setMs + 5;
        entry.closedMs = entry.setMs + 25;
        entry.person = "ada@ship";
        entry.program = "qdctl";
        if (set % 20 == 7) {
            entry.outcome = change::Outcome::Failed;
            entry.message = "admission webhook denied the request: quota of the team is used up";
        }
        records[i].operation.cluster = {entry.cluster, entry.clusterUid};
        records[i].operation.body = R"({"spec":{"replicas":5}})";
        records[i].operation.before = R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":3}})";
        records[i].after = R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":5}})";
    }
    return records;
}

class Bench {
public:
    Bench(fs::path folder, std::size_t lines)
        : m_folder(std::move(folder))
        , m_sets(lines / kOperations) {}

    bool run() {
        if (!fill())
            return false;
        measureOpening();
        change::JournalQuery query;
        query.cluster = "houston";
        measure("cluster:houston", query, "houston");
        query = {};
        query.verb = change::Verb::Scale;
        measure("verb:scale", query, "scale");
        query = {};
        query.outcome = change::Outcome::Failed;
        measure("result:failed", query, "failed");
        query = {};
        query.name = "web-17-3";
        measure("name:, an old one", query, ",web-17-3,");
        for (const auto& [what, word] :
             std::vector<std::pair<const char*, const char*>>{{"a rare word", "web-31-7"},
                                                              {"a word that is nowhere", "zebra"},
                                                              {"a frequent word", "deployment"},
                                                              {"two letters, nowhere", "qz"},
                                                              {"two letters, frequent", "we"}}) {
            query = {};
            query.words = word;
            measure(what, query, word);
        }
        query = {};
        query.words = "quota";
        query.cluster = "lima";
        measure("cluster:lima and a word", query, "quota");
        // What was written down in bulk leaves an index in parts that sets written one by one do not leave.
        execute("INSERT INTO words(words) VALUES('optimize')");
        const double with = writing();
        execute("DROP TABLE words; CREATE TABLE words(words, text)");
        bench::report(
            {"journal: writing a set of 20 down", Unit::Milliseconds, with, "without the index", writing(), 0, 1.25});
        return m_isGood;
    }

private:
    std::unique_ptr<change::JournalStore> open() {
        auto store = change::JournalStore::open(m_folder);
        if (!store) {
            std::fprintf(stderr, "%s\n", store.error().message.c_str());
            m_isGood = false;
            return nullptr;
        }
        return *std::move(store);
    }

    bool fill() {
        const auto store = open();
        for (std::size_t set = 0; store && set < m_sets;) {
            if (!store->beginBatch())
                return false;
            for (const std::size_t end = std::min(m_sets, set + 500); set < end; ++set) {
                store->add(recordsOf(set), {});
                store->finish(setId(set), 1);
            }
            if (!store->commitBatch())
                return false;
        }
        if (!store)
            return false;
        change::JournalQuery all;
        all.limit = 10'000;
        std::ofstream csv(csvFile());
        for (;;) {
            const auto page = store->entries(all);
            if (!page || page->empty())
                break;
            const std::string text = change::journalCsv(*page);
            csv << text.substr(text.find('\n') + 1);
            all.before = page->back().line;
        }
        return csv.good();
    }

    void measureOpening() {
        std::vector<double> times;
        for (int i = 0; i < 5; ++i) {
            const double from = bench::now();
            const auto store = open();
            if (!store || !store->entries({}))
                m_isGood = false;
            times.push_back((bench::now() - from) * 1000);
        }
        bench::report({"journal of " + std::to_string(m_sets * kOperations) + " lines: open it, first page",
                       Unit::Milliseconds, bench::median(times), "head -n 500 of its CSV",
                       program({"head", "-n", "500"}), kAtOnceMs});
    }

    void measure(const std::string& what, const change::JournalQuery& query, const char* word) {
        const auto store = open();
        std::vector<double> times;
        std::size_t found = 0;
        for (int i = 0; store && i < 5; ++i) {
            const double from = bench::now();
            const auto entries = store->entries(query);
            times.push_back((bench::now() - from) * 1000);
            m_isGood = m_isGood && entries;
            found = entries ? entries->size() : 0;
        }
        bench::report({"journal: " + what + " (" + std::to_string(found) + " lines)", Unit::Milliseconds,
                       bench::median(times), "grep of its CSV", program({"grep", "-i", "-F", "-m", "500", "--", word}),
                       kAtOnceMs});
    }

    double program(std::vector<std::string> command) {
        command.push_back(csvFile());
        std::vector<double> times;
        for (int i = 0; i < 5; ++i) {
            bench::Program process({command, {{"LC_ALL", "C.UTF-8"}}});
            times.push_back((process.readToEnd(60) - process.startedAt()) * 1000);
        }
        return bench::median(times);
    }

    /// Milliseconds a set.
    double writing() {
        const auto store = open();
        std::vector<double> times;
        for (int i = 0; store && i < 500; ++i) {
            const std::vector<change::JournalRecord> records = recordsOf(m_sets++);
            const std::string& set = records.front().entry.set;
            const double from = bench::now();
            (void)store->beginBatch();
            store->add(records, {});
            m_isGood = m_isGood && store->commitBatch();
            (void)store->beginBatch();
            for (const auto& record : records)
                store->note(set, change::JournalBegin{record.entry.number, 1, record.operation.before, record.after});
            m_isGood = m_isGood && store->commitBatch();
            (void)store->beginBatch();
            for (const auto& record : records)
                store->note(set,
                            change::JournalClose{record.entry.number, change::Outcome::Done, {}, record.after, 2, 2});
            m_isGood = m_isGood && store->commitBatch();
            (void)store->beginBatch();
            store->finish(set, 3);
            m_isGood = m_isGood && store->commitBatch();
            times.push_back((bench::now() - from) * 1000);
        }
        return std::accumulate(times.begin(), times.end(), 0.0) / static_cast<double>(times.size());
    }

    void execute(const char* sql) {
        sqlite3* database = nullptr;
        m_isGood = sqlite3_open((m_folder / "journal.sqlite").c_str(), &database) == SQLITE_OK &&
                   sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK && m_isGood;
        sqlite3_close(database);
    }

    [[nodiscard]] std::string csvFile() const { return m_folder / "journal.csv"; }

    fs::path m_folder;
    std::size_t m_sets;
    bool m_isGood = true;
};

} // namespace

int main(int argc, char** argv) {
    std::string name = fs::temp_directory_path() / "bench-journal-XXXXXX";
    if (!::mkdtemp(name.data()))
        return 1;
    const bool isGood = Bench(name, argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000).run();
    fs::remove_all(name);
    return isGood ? 0 : 1;
}
