// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped programs against 20,000 pods of about 9 KB of JSON on a real kube-apiserver with etcd, on this machine
// (no controllers beside them, so that nothing else takes the processor), against curl, kubectl and k9s on the same
// server, one after the other. Medians of 5 (window, libcurl, qdctl), 3 (kubectl) and 1 (k9s).
//
// Window: quarterdeck with all default columns, 1600x900, platform offscreen, a home without any last known state;
// from fork to what --timings says: painted, and table complete and painted. The yardstick is libcurl in this process
// reading the same watch with initial events as protobuf to its end bookmark, with a user agent of its own (for curl's
// the API server pretty-prints): no process to start, nothing decoded. kubectl, qdctl: from fork to the end of their
// output through a pipe. k9s: on a terminal of 200x50, from fork to the count in its title.
// Memory is VmRSS, 5 s after the table was complete; idle: processor time over the next 20 s, nothing changing, the
// ages in the table ticking. The store's bytes are its own count of its heap, by the engine alone.
//
// bench_server [pods, default 20000]; BENCH_K9S names a k9s program (built from its Go module, go install
// github.com/derailed/k9s@v0.51.0).
#include "tests/bench/support/program.h"
#include "tests/bench/support/report.h"
#include "tests/bench/support/screen.h"
#include "tests/bench/support/stream_reader.h"
#include "tests/support/testbed.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using bench::Line;
using bench::Program;
using bench::Unit;

namespace {

constexpr double kPatience = 60;
constexpr const char* kAccept = "application/vnd.kubernetes.protobuf,application/json";
constexpr const char* kEnd = "initial-events-end";

class Bench {
public:
    explicit Bench(int pods)
        : m_pods(pods)
        , m_bed(testbed::Testbed::instance())
        , m_cluster(m_bed.cluster("north")) {}

    bool run();

private:
    struct Window {
        double painted = -1;
        double complete = -1;
        double resident = 0;
        double idle = 0;
    };
    enum class Look { Time, Rest };

    Window window(const fs::path& home, Look look);
    [[nodiscard]] std::string streamUrl() const {
        return m_cluster.url() + "/api/v1/pods?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                                 "&allowWatchBookmarks=true&timeoutSeconds=300";
    }
    double stream();
    double table(const std::vector<std::string>& command);
    void measureTables();
    void measureWindow();
    void measureStore();
    void measureK9s();
    [[nodiscard]] std::string grouped() const;
    double failed(const std::string& what, const std::string& said);

    int m_pods;
    testbed::Testbed& m_bed;
    testbed::Cluster& m_cluster;
    int m_homes = 0;
    bool m_isGood = true;
    double m_kubectl = -1;
    double m_complete = -1;
    std::size_t m_lines = 0;
};

double Bench::failed(const std::string& what, const std::string& said) {
    std::fprintf(stderr, "%s failed: %s\n", what.c_str(), said.c_str());
    m_isGood = false;
    return -1;
}

// "20,000", as the window writes it.
std::string Bench::grouped() const {
    std::string text = std::to_string(m_pods);
    for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

double Bench::stream() {
    const bench::Read read = bench::readStream(
        m_cluster.url() + "/api/v1/pods?watch=1&sendInitialEvents=true&resourceVersionMatch="
                          "NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=300",
        "application/vnd.kubernetes.protobuf,application/json", m_cluster.folder(), "initial-events-end");
    return read.seconds < 0 ? failed("reading the stream", read.error) : read.seconds;
}

Bench::Window Bench::window(const fs::path& home, Look look) {
    Window out;
    Program program({{BENCH_BIN_DIR "/quarterdeck", "--kubeconfig", m_bed.kubeconfig(), "--context", "north-admin",
                      "--kind", "pods", "--language", "en", "--size", "1600x900", "--timings"},
                     {{"QT_QPA_PLATFORM", "offscreen"}, {"QUARTERDECK_HOME", home}}});
    const double painted = program.readUntil("timing: painted after", kPatience);
    const double complete = program.readUntil(" complete after", kPatience);
    if (complete < 0 || program.said().find(grouped()) == std::string::npos) {
        failed("the window", program.said());
        return out;
    }
    out.painted = painted - program.startedAt();
    out.complete = complete - program.startedAt();
    if (look == Look::Rest) {
        program.cpuShare(5);
        out.resident = program.residentBytes();
        out.idle = program.cpuShare(20);
    }
    return out;
}

double Bench::table(const std::vector<std::string>& command) {
    Program program({command});
    const double end = program.readToEnd(kPatience);
    std::size_t lines = 0;
    for (const char c : program.said())
        lines += c == '\n' ? 1 : 0;
    if (m_lines == 0)
        m_lines = lines;
    if (end < 0 || lines != m_lines || lines <= static_cast<std::size_t>(m_pods))
        return failed(command.front(), program.said().substr(0, 1000));
    return end - program.startedAt();
}

void Bench::measureTables() {
    const std::string bin = testbed::Testbed::programFolder().string();
    const std::string config = m_bed.kubeconfig();
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int turn = 0; turn < 5; ++turn) {
        ours.push_back(table({BENCH_BIN_DIR "/qdctl", "--kubeconfig", config, "get", "pods", "-A"}));
        if (turn % 2 == 0)
            theirs.push_back(table({bin + "/kubectl", "--kubeconfig", config, "get", "pods", "-A"}));
    }
    m_kubectl = bench::median(theirs);
    bench::report({.what = "qdctl get pods -A",
                   .unit = Unit::Seconds,
                   .ours = bench::median(ours),
                   .peer = "kubectl",
                   .theirs = m_kubectl,
                   .factor = 1.0 / 8});
}

void Bench::measureWindow() {
    std::vector<double> painted;
    std::vector<double> complete;
    std::vector<double> streams;
    std::vector<double> again;
    const fs::path folder = m_bed.folder() / "homes";
    for (int turn = 0; turn < 5; ++turn) {
        streams.push_back(stream());
        const Window cold = window(folder / std::to_string(++m_homes), Look::Time);
        painted.push_back(cold.painted);
        complete.push_back(cold.complete);
    }
    Window rest = window(folder / std::to_string(++m_homes), Look::Rest);
    const double start = bench::median(painted);
    m_complete = bench::median(complete);
    bench::report({.what = "window painted after its start", .ours = start * 1e3, .goal = 150});
    bench::report({.what = "window's table complete (goal: 1.15 times, and its start)",
                   .unit = Unit::Seconds,
                   .ours = m_complete,
                   .peer = "libcurl, same stream",
                   .theirs = bench::median(streams),
                   .factor = 1.15,
                   .addend = start});
    bench::report({.what = "window's table complete",
                   .unit = Unit::Seconds,
                   .ours = m_complete,
                   .peer = "kubectl",
                   .theirs = m_kubectl,
                   .factor = 0.1});
    bench::report({.what = "window, resident", .unit = Unit::Megabytes, .ours = rest.resident, .goal = 100e6});
    bench::report({.what = "window, idle", .unit = Unit::Percent, .ours = rest.idle, .goal = 0.01});
}

void Bench::measureStore() {
    // The engine takes every context of its kubeconfig: give it one.
    const fs::path config = m_bed.folder() / "one-context";
    const testbed::Ran ran = m_cluster.kubectl({"config", "view", "--minify", "--raw", "--context", "north-admin"});
    if (std::FILE* out = std::fopen(config.c_str(), "w")) {
        std::fputs(ran.out.c_str(), out);
        std::fclose(out);
    }
    Program program({{BENCH_BIN_DIR "/watch_engine", config, "pods"}});
    std::size_t rows = 0;
    std::size_t bytes = 0;
    if (program.readUntil(" bytes\n", kPatience) < 0 ||
        std::sscanf(program.said().c_str(), "live: %*d watches, %zu rows, %zu bytes", &rows, &bytes) != 2 ||
        rows == 0) {
        failed("the engine", program.said());
        return;
    }
    bench::report({.what = "store, bytes a watched pod",
                   .unit = Unit::Bytes,
                   .ours = static_cast<double>(bytes) / static_cast<double>(rows),
                   .goal = 250});
}

void Bench::measureK9s() {
    const char* k9s = std::getenv("BENCH_K9S");
    if (k9s == nullptr) {
        bench::leftOut("k9s, same table", "BENCH_K9S names no k9s");
        return;
    }
    Program program({.command = {k9s, "--kubeconfig", m_bed.kubeconfig(), "--context", "north-admin", "-A", "-c",
                                 "pods", "--readonly", "--splashless", "--logoless"},
                     .environment = {{"K9S_CONFIG_DIR", m_bed.folder() / "k9s"}, {"TERM", "xterm-256color"}},
                     .output = Program::Output::Terminal});
    bench::Screen screen(200, 50);
    std::string title = "[";
    title.append(grouped()).append("]");
    const double end = program.read(
        [&](const std::string& piece) {
            screen.feed(piece);
            return screen.shows(title);
        },
        kPatience);
    if (end < 0) {
        failed("k9s", "its table was not complete in time:\n" + screen.text());
        return;
    }
    bench::report({.what = "window's table complete",
                   .unit = Unit::Seconds,
                   .ours = m_complete,
                   .peer = "k9s",
                   .theirs = end - program.startedAt(),
                   .factor = 0.1});
    program.cpuShare(30);
    const double resident = program.residentBytes();
    const double idle = program.cpuShare(20);
    bench::report({.what = "k9s, resident (for comparison)", .unit = Unit::Megabytes, .ours = resident});
    bench::report({.what = "k9s, idle (for comparison)", .unit = Unit::Percent, .ours = idle});
}

bool Bench::run() {
    // The server's cache takes in what was put into etcd; until then it refuses.
    for (int turn = 0; turn < 10 && bench::readStream(streamUrl(), kAccept, m_cluster.folder(), kEnd).seconds < 0;
         ++turn) {
    }
    measureTables();
    measureWindow();
    measureStore();
    measureK9s();
    return m_isGood;
}

} // namespace

int main(int argc, char** argv) {
    const int pods = argc > 1 ? std::atoi(argv[1]) : 20'000;
    if (const std::string why = testbed::Testbed::whyNot(); !why.empty()) {
        bench::leftOut("all on a real API server", why);
        return 0;
    }
    testbed::Testbed& bed = testbed::Testbed::instance();
    testbed::ClusterOptions options;
    options.beside = testbed::Beside::Nothing;
    std::string problem = bed.up({"north"}, options);
    if (problem.empty())
        problem = bed.cluster("north").fillWithPods(pods, {"bulk-a", "bulk-b", "bulk-c", "bulk-d"});
    if (!problem.empty()) {
        std::fprintf(stderr, "the test bed: %s\n", problem.c_str());
        return 1;
    }
    return Bench(pods).run() ? 0 : 1;
}
