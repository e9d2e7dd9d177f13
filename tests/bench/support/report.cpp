// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/support/report.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace bench {

namespace {

std::string printed(Unit unit, double value) {
    std::array<char, 48> text{};
    switch (unit) {
    case Unit::Seconds:
        std::snprintf(text.data(), text.size(), "%.2f s", value);
        break;
    case Unit::Milliseconds:
        std::snprintf(text.data(), text.size(), value < 10 ? "%.1f ms" : "%.0f ms", value);
        break;
    case Unit::Megabytes:
        std::snprintf(text.data(), text.size(), "%.0f MB", value / 1e6);
        break;
    case Unit::Bytes:
        std::snprintf(text.data(), text.size(), "%.0f B", value);
        break;
    case Unit::Percent:
        std::snprintf(text.data(), text.size(), "%.2f %%", value * 100);
        break;
    case Unit::Count:
        std::snprintf(text.data(), text.size(), "%.0f", value);
        break;
    }
    return text.data();
}

void append(const std::string& row) {
    const char* file = std::getenv("BENCH_TABLE");
    if (file == nullptr)
        return;
    if (std::FILE* out = std::fopen(file, "a")) {
        std::fputs(row.c_str(), out);
        std::fclose(out);
    }
}

} // namespace

void report(const Line& line) {
    const bool hasPeer = !line.peer.empty();
    const double goal = line.factor > 0 ? line.theirs * line.factor + line.addend : line.goal;
    std::array<char, 32> ratio{};
    if (hasPeer)
        std::snprintf(ratio.data(), ratio.size(), line.ours < line.theirs ? "1/%.1f" : "%.2f",
                      line.ours < line.theirs ? line.theirs / line.ours : line.ours / line.theirs);
    const std::string verdict = goal <= 0 && line.unit != Unit::Count ? "" : line.ours <= goal ? "met" : "NOT MET";
    const std::string row = line.what + "\t" + printed(line.unit, line.ours) + "\t" +
                            (hasPeer ? line.peer + " " + printed(line.unit, line.theirs) : "-") + "\t" +
                            (hasPeer ? ratio.data() : "-") + "\t" +
                            (verdict.empty() ? "-" : "<= " + printed(line.unit, goal)) + "\t" +
                            (verdict.empty() ? "-" : verdict) + "\n";
    std::fputs(row.c_str(), stdout);
    std::fflush(stdout);
    append(row);
}

void leftOut(const std::string& what, const std::string& why) {
    const std::string row = what + "\tleft out\t-\t-\t-\t" + why + "\n";
    std::fputs(row.c_str(), stdout);
    std::fflush(stdout);
    append(row);
}

} // namespace bench
