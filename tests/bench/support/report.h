// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace bench {

enum class Unit { Seconds, Milliseconds, Megabytes, Bytes, Percent, Count };

/// One line of the table: prints it, and appends it with tabs between to the file that BENCH_TABLE names, from which
/// tests/bench/run makes one table of all benches. Numbers are in the unit given (a share of 1 for Percent).
struct Line {
    std::string what;
    Unit unit = Unit::Milliseconds;
    double ours = 0;
    std::string peer = {}; ///< Empty: there is none.
    double theirs = 0;
    double goal = 0; ///< At most; 0: for information.
    /// Goals against the peer: ours at most theirs * factor + addend.
    double factor = 0;
    double addend = 0;
};
void report(const Line& line);
/// What was not measured, and why.
void leftOut(const std::string& what, const std::string& why);

} // namespace bench
