// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped window, and the engine alone, against as many API servers as no machine holds real ones: replay_server, a
// program of its own, sends what kube-apiserver sends (discovery, Tables, protobuf watch frames of about 6 KB a pod)
// over TLS 1.3 and HTTP/2 on loopback sockets; its memory and processor time are not counted.
//
// Engine alone (watch_engine): 100 clusters with 20 watches each, 15 kinds as protobuf and 5 as Tables, nothing
// changing, a bookmark a minute to each watch as real servers send them. VmRSS 5 s after all are live, processor time
// over the next 40 s.
// Window: all pods of 10 clusters in one table with all default columns, 1600x900, platform offscreen. VmRSS 10 s after
// it is complete; then 10,000 changed pods a second, spread over all clusters and pods, for 20 s: processor time of
// the whole program (TLS, decoding, store, sums, table, painting), and from --timings every event that held the window
// for more than 16 ms. Once with 20,000 pods and once with 500,000.
//
// bench_replay [engine] [20000] [500000]: only these; default all.
#include "tests/bench/support/program.h"
#include "tests/bench/support/report.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using bench::Program;
using bench::Unit;

namespace {

constexpr double kPatience = 180;
constexpr int kClusters = 10;

class Bench {
public:
    Bench() {
        std::string pattern = (fs::temp_directory_path() / "quarterdeck-bench-XXXXXX").string();
        m_folder = ::mkdtemp(pattern.data());
    }
    ~Bench() { fs::remove_all(m_folder); }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    void engine();
    void window(int pods);
    [[nodiscard]] bool isGood() const { return m_isGood; }

private:
    [[nodiscard]] Program::Start server(int clusters, int podsEach) const {
        return {{BENCH_BIN_DIR "/replay_server", std::to_string(clusters), std::to_string(podsEach),
                 TESTS_DATA_DIR "/decode/1.36", config()}};
    }
    [[nodiscard]] std::string config() const { return (m_folder / "kubeconfig").string(); }
    void changes(Program& server, Program& program, const std::string& among);
    void failed(const std::string& what, const std::string& said) {
        std::fprintf(stderr, "%s failed: %s\n", what.c_str(), said.c_str());
        m_isGood = false;
    }

    fs::path m_folder;
    bool m_isGood = true;
};

void Bench::engine() {
    Program replay(server(100, 0));
    replay.readUntil("ready\n", kPatience);
    Program program({{BENCH_BIN_DIR "/watch_engine", config(), "20"}});
    const double live = program.readUntil("live: 2000 watches", kPatience);
    if (live < 0)
        return failed("the engine", program.said());
    bench::report({.what = "100 clusters x 20 watches, engine alone: all live (for information)",
                   .unit = Unit::Seconds,
                   .ours = live - program.startedAt()});
    program.cpuShare(5);
    bench::report({.what = "100 clusters x 20 watches, engine alone: resident",
                   .unit = Unit::Megabytes,
                   .ours = program.residentBytes(),
                   .goal = 45e6});
    bench::report({.what = "100 clusters x 20 watches, engine alone: idle",
                   .unit = Unit::Percent,
                   .ours = program.cpuShare(40),
                   .goal = 0.005});
    if (program.said().find("failed") != std::string::npos)
        failed("a watch", program.said());
}

void Bench::changes(Program& server, Program& program, const std::string& among) {
    constexpr double seconds = 20;
    const std::size_t before = program.said().size();
    server.say("events 10000");
    const double share = program.cpuShare(seconds);
    server.say("events 0");
    long sent = 0;
    std::size_t backlog = 0;
    server.readUntil("backlog", 10);
    const std::size_t at = server.said().find("sent ");
    if (at == std::string::npos ||
        std::sscanf(server.said().c_str() + at, "sent %ld, backlog %zu", &sent, &backlog) != 2 ||
        static_cast<double>(sent) < seconds * 9500 || backlog > 10'000'000)
        failed("sending events", server.said());
    int busy = 0;
    int longest = 0;
    const std::string said = program.said().substr(before);
    const std::string mark = "timing: busy for ";
    for (std::size_t line = said.find(mark); line != std::string::npos; line = said.find(mark, line + 1)) {
        ++busy;
        longest = std::max(longest, std::atoi(said.c_str() + line + mark.size()));
    }
    bench::report({.what = "10,000 events/s among " + among + " pods: processor",
                   .unit = Unit::Percent,
                   .ours = share,
                   .goal = 0.1});
    bench::report({.what = "10,000 events/s among " + among + " pods: frames over 16 ms in 20 s (longest " +
                           std::to_string(longest) + " ms)",
                   .unit = Unit::Count,
                   .ours = static_cast<double>(busy),
                   .goal = 0});
}

void Bench::window(int pods) {
    Program replay(server(kClusters, pods / kClusters));
    replay.readUntil("ready\n", kPatience);
    std::string contexts;
    for (int i = 0; i < kClusters; ++i)
        contexts += (i == 0 ? "replay-" : ",replay-") + std::to_string(i);
    const fs::path home = m_folder / std::to_string(pods);
    Program program({{BENCH_BIN_DIR "/quarterdeck", "--kubeconfig", config(), "--context", contexts, "--kind", "pods",
                      "--language", "en", "--size", "1600x900", "--timings"},
                     {{"QT_QPA_PLATFORM", "offscreen"}, {"QUARTERDECK_HOME", home}}});
    const double complete = program.readUntil(" complete after", kPatience);
    const std::string among = pods == 500'000 ? "500,000" : std::to_string(pods);
    if (complete < 0)
        return failed("the window", program.said());
    bench::report({.what = among + " pods of 10 clusters: table complete (for information)",
                   .unit = Unit::Seconds,
                   .ours = complete - program.startedAt()});
    program.cpuShare(10);
    bench::report({.what = among + " pods of 10 clusters: window, resident",
                   .unit = Unit::Megabytes,
                   .ours = program.residentBytes(),
                   .goal = pods == 500'000 ? 350e6 : 0});
    changes(replay, program, among);
    std::fputs(program.said().c_str(), stderr);
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> wishes(argv + 1, argv + argc);
    const auto wants = [&](const std::string& what) {
        return wishes.empty() || std::find(wishes.begin(), wishes.end(), what) != wishes.end();
    };
    Bench bench;
    if (wants("engine"))
        bench.engine();
    if (wants("20000"))
        bench.window(20'000);
    if (wants("500000"))
        bench.window(500'000);
    return bench.isGood() ? 0 : 1;
}
