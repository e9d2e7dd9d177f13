// SPDX-License-Identifier: GPL-3.0-or-later
// A store of 1,000,000 lines of logs, most of it packed on the disk: taking them in, and searching all of it, until the
// last line found was told, against grep over the same lines in a file that is in memory already (from fork to its
// end). Medians of 5.
//
// bench_logs [lines, default 1000000]
#include "core/logs/log_search.h"
#include "tests/bench/support/program.h"
#include "tests/bench/support/report.h"
#include "tests/core/logs/line_maker.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fs = std::filesystem;
using bench::Unit;

namespace {

constexpr int kRounds = 5;
constexpr double kGoalMs = 500;

double searchMs(const std::shared_ptr<const logs::LogStore>& store, const std::string& filter, std::size_t& found) {
    base::ThreadPool pool(1);
    base::ManualExecutor home;
    logs::LogQuery query;
    query.filter = *logs::LogFilter::parse(filter);
    found = 0;
    const double start = bench::now();
    const logs::LogSearch search(store, std::move(query), pool, home, [&](const logs::LogFindings& findings) {
        found += findings.rows.size();
        if (findings.isAtEnd)
            home.stop();
    });
    home.run();
    return (bench::now() - start) * 1000;
}

double grepMs(const std::vector<std::string>& command) {
    bench::Program grep({.command = command});
    return (grep.readToEnd(60) - grep.startedAt()) * 1000;
}

} // namespace

int main(int argc, char** argv) {
    const std::uint64_t lines = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    std::string folder = (fs::temp_directory_path() / "bench-logs-XXXXXX").string();
    if (!mkdtemp(folder.data()))
        return 1;
    const std::string file = folder + "/lines.log";
    {
        std::ofstream out(file, std::ios::binary);
        for (std::uint64_t i = 0; i < lines; ++i)
            out << madeLine(i) << '\n';
    }
    logs::StoreOptions options;
    options.folder = folder + "/store";
    const auto store = std::make_shared<logs::LogStore>(options);
    const double start = bench::now();
    fillStore(*store, lines);
    const double taken = bench::now() - start;
    const logs::LogStore::Usage usage = store->usage();
    bench::report({.what = "lines taken in", .unit = Unit::Milliseconds, .ours = taken * 1000});
    bench::report(
        {.what = "bytes in memory a line", .unit = Unit::Bytes, .ours = double(usage.memoryBytes) / double(lines)});
    bench::report(
        {.what = "bytes on the disk a line", .unit = Unit::Bytes, .ours = double(usage.diskBytes) / double(lines)});

    const std::vector<std::pair<std::string, std::vector<std::string>>> searches{
        {"basket", {"grep", "-c", "-i", "-F", "basket"}},
        {"\"customer 976\"", {"grep", "-c", "-i", "-F", "customer 976"}},
        {"nowhere", {"grep", "-c", "-i", "-F", "nowhere"}},
        {"/worker-(3|7)\\b.*basket 12/", {"grep", "-c", "-i", "-E", "worker-(3|7)\\b.*basket 12"}},
        {"level:error", {"grep", "-c", "-F", "\"level\":\"error\""}},
        {"http.status=500", {"grep", "-c", "-F", "\"status\":500"}},
    };
    for (const auto& [filter, command] : searches) {
        std::vector<std::string> words = command;
        words.push_back(file);
        std::vector<double> ours;
        std::vector<double> theirs;
        std::size_t found = 0;
        for (int round = 0; round < kRounds; ++round) {
            ours.push_back(searchMs(store, filter, found));
            theirs.push_back(grepMs(words));
        }
        bench::report({.what = "search " + filter + " (" + std::to_string(found) + " found)",
                       .ours = bench::median(ours),
                       .peer = "grep",
                       .theirs = bench::median(theirs),
                       .goal = kGoalMs});
    }
    fs::remove_all(folder);
    return 0;
}
