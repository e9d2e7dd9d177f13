// SPDX-License-Identifier: GPL-3.0-or-later
// 100 MB through a port-forward of qdctl and of kubectl, of the same port of the same pod of a real API server with the
// kubelet's own streaming code behind it: down (the pod sends), up, and there and back in 1,000 connections of 1 KB,
// one after the other. From connect to the last byte. Medians of 5 turns, ours and theirs by turns, in one run.
#include "tests/bench/support/program.h"
#include "tests/bench/support/report.h"
#include "tests/support/local_client.h"
#include "tests/support/lying_server.h"
#include "tests/support/testbed.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

using bench::Program;
using bench::Unit;
using testsupport::LocalClient;
using testsupport::LyingServer;

namespace {

constexpr std::size_t kBytes = 100'000'000;
constexpr int kTurns = 5;
constexpr int kConnections = 1000;
constexpr double kPatience = 60;

/// What the first byte asks for: 'D' to be sent kBytes, 'U' to be told when so many have come, 'E' all back.
void serve(const testsupport::Exchange&, testsupport::Wire& wire) {
    std::string bytes = wire.read();
    if (bytes.starts_with('D')) {
        const std::string piece(100'000, 'x');
        for (std::size_t sent = 0; sent < kBytes && wire.write(piece); sent += piece.size()) {
        }
    } else if (bytes.starts_with('U')) {
        std::size_t sum = bytes.size() - 1;
        while (sum < kBytes && !(bytes = wire.read()).empty())
            sum += bytes.size();
        wire.write(sum == kBytes ? "!" : "?");
    } else {
        for (; !bytes.empty(); bytes = wire.read())
            wire.write(bytes);
    }
    wire.close();
}

/// A program that forwards a port of the pod, and how long things take through it.
class Forwarder {
public:
    Forwarder(std::vector<std::string> command, int port)
        : m_program(Program::Start{.command = with(std::move(command), port)}) {
        if (m_program.readUntil("Forwarding from 127.0.0.1:", kPatience) < 0 ||
            m_program.readUntil(" -> ", kPatience) < 0)
            return;
        const std::string mark = "127.0.0.1:";
        m_port = std::atoi(m_program.said().c_str() + m_program.said().find(mark) + mark.size());
    }
    [[nodiscard]] bool isGood() const { return m_port != 0 && m_isGood; }
    [[nodiscard]] double cpuSeconds() const { return m_program.cpuSeconds(); }

    double down() {
        return timed([](LocalClient& client) { return client.write("D") && client.read(kBytes).size() == kBytes; });
    }
    double up() {
        const std::string piece(100'000, 'y');
        return timed([&piece](LocalClient& client) {
            bool good = client.write("U");
            for (std::size_t sent = 0; good && sent < kBytes; sent += piece.size())
                good = client.write(piece);
            return good && client.read(1) == "!";
        });
    }
    double connections() {
        const std::string text = "E" + std::string(1023, 'z');
        double sum = 0;
        for (int i = 0; i < kConnections && m_isGood; ++i)
            sum += timed([&text](LocalClient& client) { return client.write(text) && client.read(1024) == text; });
        return sum;
    }

private:
    static std::vector<std::string> with(std::vector<std::string> command, int port) {
        for (const std::string& word : {std::string("--kubeconfig"), testbed::Testbed::instance().kubeconfig().string(),
                                        std::string("port-forward"), std::string("-n"), std::string("team-a"),
                                        std::string("pod/web"), ":" + std::to_string(port)})
            command.push_back(word);
        return command;
    }
    template <typename Work>
    double timed(const Work& work) {
        const double from = bench::now();
        LocalClient client(m_port);
        m_isGood = work(client) && m_isGood;
        return bench::now() - from;
    }

    Program m_program;
    int m_port = 0;
    bool m_isGood = true;
};

void report(const std::string& what, std::vector<double> ours, std::vector<double> theirs, double factor) {
    bench::report({.what = what,
                   .unit = Unit::Seconds,
                   .ours = bench::median(std::move(ours)),
                   .peer = "kubectl port-forward",
                   .theirs = bench::median(std::move(theirs)),
                   .factor = factor});
}

} // namespace

int main() {
    if (const std::string why = testbed::Testbed::whyNot(); !why.empty()) {
        bench::leftOut("port-forwards", why);
        return 0;
    }
    LyingServer::Options raw;
    raw.speech = LyingServer::Speech::Raw;
    const LyingServer pod(raw, serve);
    const std::string failed = testbed::Testbed::instance().up({"north"});
    testbed::Cluster* north = failed.empty() ? &testbed::Testbed::instance().cluster("north") : nullptr;
    if (!north ||
        north->kubectl({"apply", "-f", "-"}, R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":
"team-a"},"spec":{"nodeName":"node-0","containers":[{"name":"main","image":"i"}]}})")
                .exitCode != 0 ||
        north->kubectl({"-n", "team-a", "wait", "--for=jsonpath={.status.phase}=Running", "pod/web", "--timeout=60s"})
                .exitCode != 0) {
        std::fprintf(stderr, "bench_forward: no pod to forward to: %s\n", failed.c_str());
        return 1;
    }
    Forwarder ours({BENCH_BIN_DIR "/qdctl"}, pod.port());
    Forwarder theirs({(testbed::Testbed::programFolder() / "kubectl").string()}, pod.port());
    std::vector<double> down[2];
    std::vector<double> up[2];
    std::vector<double> connections[2];
    for (int turn = 0; turn < kTurns && ours.isGood() && theirs.isGood(); ++turn) {
        for (int who : {0, 1}) {
            Forwarder& forwarder = who == 0 ? ours : theirs;
            down[who].push_back(forwarder.down());
            up[who].push_back(forwarder.up());
            connections[who].push_back(forwarder.connections());
        }
    }
    if (!ours.isGood() || !theirs.isGood()) {
        std::fprintf(stderr, "bench_forward: %s did not forward all bytes\n", ours.isGood() ? "kubectl" : "qdctl");
        return 1;
    }
    // 0.7 of its speed.
    report("100 MB from a pod through a port-forward", down[0], down[1], 1 / 0.7);
    report("100 MB to a pod through a port-forward", up[0], up[1], 1 / 0.7);
    report("1,000 connections of 1 KB, one after the other", connections[0], connections[1], 0);
    bench::report({.what = "processor time of all of this",
                   .unit = Unit::Seconds,
                   .ours = ours.cpuSeconds(),
                   .peer = "kubectl port-forward",
                   .theirs = theirs.cpuSeconds()});
    return 0;
}
