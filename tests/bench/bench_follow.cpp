// SPDX-License-Identifier: GPL-3.0-or-later
// The logs of 200 pods, each with 50 lines a second, followed for 20 s on a real API server: the share of a core and
// the memory of the whole window with the log view open, beside `kubectl logs -f` of the same pods. Then one container
// with 1,000,000 lines: qdctl logs against kubectl logs, medians of 3 turns, and another one that is written while the
// window follows it. Another process writes the log files.
//
// bench_follow [seconds, default 20]
#include "tests/bench/support/program.h"
#include "tests/bench/support/report.h"
#include "tests/support/testbed.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace fs = std::filesystem;
using bench::Program;
using bench::Unit;

namespace {

constexpr int kPods = 200;
constexpr int kLinesASecond = 50;
constexpr int kBurst = 1'000'000;
constexpr int kTurns = 3;
constexpr double kPatience = 120;

std::string stamp() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    tm utc{};
    ::gmtime_r(&now.tv_sec, &utc);
    char day[32];
    std::strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &utc);
    char text[64];
    std::snprintf(text, sizeof text, "%s.%09ldZ", day, now.tv_nsec);
    return text;
}

void writeLine(std::ofstream& out, const std::string& when, std::uint64_t number) {
    out << when << " stdout F level=" << (number % 50 == 0 ? "error" : "info")
        << " msg=\"request served\" path=/basket/" << number % 977 << " status=" << (number % 50 == 0 ? 500 : 200)
        << " took=" << number % 83 << "ms n=" << number << '\n';
}

/// Until it is ended: in ten portions a second.
int write(const fs::path& folder) {
    std::vector<std::ofstream> files;
    for (const fs::directory_entry& pod : fs::directory_iterator(folder))
        files.emplace_back(pod.path() / "main.log", std::ios::binary | std::ios::app);
    auto next = std::chrono::steady_clock::now();
    for (std::uint64_t number = 0;; next += std::chrono::milliseconds(100)) {
        std::this_thread::sleep_until(next);
        const std::string when = stamp();
        for (std::ofstream& file : files) {
            for (int i = 0; i < kLinesASecond / 10; ++i)
                writeLine(file, when, number + std::uint64_t(i));
            file.flush();
        }
        number += kLinesASecond / 10;
    }
}

std::string deployment(const std::string& name, int replicas) {
    return R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":")" + name +
           R"(","namespace":"team-a"},"spec":{"replicas":)" + std::to_string(replicas) +
           R"(,"selector":{"matchLabels":{"app":")" + name + R"("}},"template":{"metadata":{"labels":{"app":")" + name +
           R"("}},"spec":{"containers":[{"name":"main","image":"i"}]}}}})";
}

/// Names of the pods, once all run.
std::vector<std::string> podsOf(testbed::Cluster& cluster, const std::string& name, int replicas) {
    cluster.kubectl({"apply", "-f", "-"}, deployment(name, replicas));
    cluster.kubectl({"-n", "team-a", "rollout", "status", "deploy/" + name, "--timeout=120s"});
    const testbed::Ran ran =
        cluster.kubectl({"-n", "team-a", "get", "pods", "-l", "app=" + name, "-o",
                         R"(jsonpath={range .items[?(@.status.phase=="Running")]}{.metadata.name}{"\n"}{end})"});
    std::vector<std::string> names;
    std::string word;
    for (const char c : ran.out) {
        if (c == '\n')
            names.push_back(std::exchange(word, {}));
        else
            word += c;
    }
    return names;
}

std::vector<std::string> with(std::vector<std::string> command, std::vector<std::string> words) {
    command.insert(command.end(), {"--kubeconfig", testbed::Testbed::instance().kubeconfig().string()});
    command.insert(command.end(), words.begin(), words.end());
    return command;
}

std::vector<std::string> window(const std::string& name) {
    return {BENCH_BIN_DIR "/log_window", testbed::Testbed::instance().kubeconfig().string(), "north-admin", "team-a",
            name};
}

/// The number of lines that the window said last.
long linesSaid(const std::string& said) {
    const std::size_t at = said.rfind(" lines, ");
    const std::size_t begin = at == std::string::npos ? at : said.rfind('\n', at);
    std::string digits;
    for (std::size_t i = begin == std::string::npos ? 0 : begin; at != std::string::npos && i < at; ++i) {
        if (said[i] >= '0' && said[i] <= '9')
            digits += said[i];
    }
    return std::atol(digits.c_str());
}

bool follow(const fs::path& logs, const std::string& self, double seconds) {
    const Program writer({.command = {self, "write", (logs / "team-a").string()}});
    Program ours({.command = window("shop"), .environment = {{"QT_QPA_PLATFORM", "offscreen"}}});
    if (ours.readUntil("200 of 200 sources open", kPatience) < 0) {
        std::fprintf(stderr, "bench_follow: the window did not open all sources: %s\n", ours.said().c_str());
        return false;
    }
    (void)ours.cpuShare(5); // what was there before has come
    const long before = linesSaid(ours.said());
    const double from = bench::now();
    const double share = ours.cpuShare(seconds);
    const double rate = double(linesSaid(ours.said()) - before) / (bench::now() - from);
    const double resident = ours.residentBytes();
    ours.end();

    Program theirs({.command = with({(testbed::Testbed::programFolder() / "kubectl").string()},
                                    {"logs", "-n", "team-a", "-f", "-l", "app=shop", "--max-log-requests=200",
                                     "--tail=-1", "--prefix"})});
    if (theirs.readUntil("n=", kPatience) < 0)
        return false;
    (void)theirs.cpuShare(5);
    const double theirShare = theirs.cpuShare(seconds);
    const double theirResident = theirs.residentBytes();
    theirs.end();
    bench::report(
        {.what = "lines that came, of those written", .unit = Unit::Percent, .ours = rate / (kPods * kLinesASecond)});
    bench::report({.what = "200 pods followed, share of a core",
                   .unit = Unit::Percent,
                   .ours = share,
                   .peer = "kubectl logs -f",
                   .theirs = theirShare,
                   .goal = 0.15});
    bench::report({.what = "200 pods followed, memory",
                   .unit = Unit::Megabytes,
                   .ours = resident,
                   .peer = "kubectl logs -f",
                   .theirs = theirResident,
                   .goal = 150e6});
    return true;
}

void writeBurst(const fs::path& file) {
    std::ofstream out(file, std::ios::binary | std::ios::app);
    const std::string when = stamp();
    for (std::uint64_t i = 0; i < kBurst; ++i)
        writeLine(out, when, i);
}

bool burst(const fs::path& logs, const std::string& pod, const std::string& other) {
    fs::create_directories(logs / "team-a" / pod);
    writeBurst(logs / "team-a" / pod / "main.log");
    const std::vector<std::string> words{"logs", "-n", "team-a", pod};
    std::vector<double> seconds[2];
    for (int turn = 0; turn < kTurns; ++turn) {
        for (const int who : {0, 1}) {
            Program program({.command = with({who == 0 ? BENCH_BIN_DIR "/qdctl"
                                                       : (testbed::Testbed::programFolder() / "kubectl").string()},
                                             words)});
            std::size_t lines = 0;
            const double end = program.read(
                [&lines](const std::string& piece) {
                    for (const char c : piece)
                        lines += c == '\n' ? 1 : 0;
                    return lines >= kBurst;
                },
                kPatience);
            if (end < 0)
                return false;
            seconds[who].push_back(end - program.startedAt());
        }
    }
    bench::report({.what = "1,000,000 lines of one container",
                   .unit = Unit::Seconds,
                   .ours = bench::median(seconds[0]),
                   .peer = "kubectl logs",
                   .theirs = bench::median(seconds[1]),
                   .factor = 1});
    // It begins with the last lines of what was there: so these come once it follows.
    fs::create_directories(logs / "team-a" / other);
    std::ofstream(logs / "team-a" / other / "main.log") << stamp() << " stdout F first\n";
    Program ours({.command = window("later"), .environment = {{"QT_QPA_PLATFORM", "offscreen"}}});
    if (ours.readUntil("1 lines, 1 of 1 sources open", kPatience) < 0)
        return false;
    const double from = bench::now();
    writeBurst(logs / "team-a" / other / "main.log");
    const double written = bench::now();
    const double whole = ours.readUntil("1,000,001 lines", kPatience);
    if (whole < 0) {
        std::fprintf(stderr, "bench_follow: not all lines came: %s\n", ours.said().c_str());
        return false;
    }
    bench::report({.what = "1,000,000 lines followed by the window",
                   .unit = Unit::Seconds,
                   .ours = whole - from,
                   .peer = "writing them",
                   .theirs = written - from});
    bench::report({.what = "1,000,000 lines followed by the window, memory",
                   .unit = Unit::Megabytes,
                   .ours = ours.residentBytes(),
                   .goal = 150e6});
    return true;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == "write")
        return write(argv[2]);
    if (const std::string why = testbed::Testbed::whyNot(); !why.empty()) {
        bench::leftOut("logs that are followed", why);
        return 0;
    }
    // The nodes' code that follows files takes one for each.
    int watchers = 0;
    std::ifstream("/proc/sys/fs/inotify/max_user_instances") >> watchers;
    if (watchers < 2 * kPods) {
        bench::leftOut("logs that are followed", "sysctl fs.inotify.max_user_instances is " + std::to_string(watchers) +
                                                     ", and " + std::to_string(2 * kPods) + " are needed");
        return 0;
    }
    const double seconds = argc > 1 ? std::atof(argv[1]) : 20;
    const std::string failed = testbed::Testbed::instance().up({"north"});
    if (!failed.empty()) {
        std::fprintf(stderr, "bench_follow: %s\n", failed.c_str());
        return 1;
    }
    testbed::Cluster& north = testbed::Testbed::instance().cluster("north");
    const std::vector<std::string> pods = podsOf(north, "shop", kPods);
    if (pods.size() != kPods) {
        std::fprintf(stderr, "bench_follow: %zu pods run\n", pods.size());
        return 1;
    }
    for (const std::string& pod : pods)
        fs::create_directories(north.logFolder() / "team-a" / pod);
    if (!follow(north.logFolder(), fs::read_symlink("/proc/self/exe").string(), seconds))
        return 1;
    const std::vector<std::string> one = podsOf(north, "burst", 1);
    const std::vector<std::string> other = podsOf(north, "later", 1);
    const bool isReady = one.size() == 1 && other.size() == 1;
    return isReady && burst(north.logFolder(), one.front(), other.front()) ? 0 : 1;
}
