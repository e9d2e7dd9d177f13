// SPDX-License-Identifier: GPL-3.0-or-later
// A change set of about 1,000 objects, half ConfigMaps of 1 KB and half Deployments, a third of them in each of three
// real clusters on this machine (no controllers beside them, so that nothing else takes the processor): qdctl apply,
// which reads all objects, lets the servers try all of it, writes the journal and then stores it, against three kubectl
// apply --server-side side by side, one a cluster, which only store it. From fork to the end of output. Each turn has
// names of its own, so that both make objects, and then both change them. Medians of 3 turns, ours and theirs by turns.
//
// Once over lines of 50 ms there and back, as clusters of a fleet lie: what takes long for kubectl is then the way. And
// once over loopback: there the servers' own work on the cores that all share is all that takes long, and ours asks for
// twice as much of it (to try costs a server about as much as to store).
//
// bench_change [objects, default 1000]
#include "tests/bench/support/program.h"
#include "tests/bench/support/report.h"
#include "tests/bench/support/slow_line.h"
#include "tests/support/testbed.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using bench::Program;
using bench::Unit;

namespace {

constexpr double kPatience = 300;
constexpr double kEachWay = 0.025;
const std::vector<std::string> kClusters{"north", "south", "west"};

std::string configMap(const std::string& name, int value) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", namespace: bench}\ndata:\n  turn: \"" +
           std::to_string(value) + "\"\n  text: " + std::string(1000, 'x') + "\n---\n";
}

std::string deployment(const std::string& name, int value) {
    return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name +
           ", namespace: bench, labels: {app: " + name + "}}\nspec:\n  replicas: " + std::to_string(value) +
           "\n  selector: {matchLabels: {app: " + name + "}}\n  template:\n    metadata: {labels: {app: " + name +
           "}}\n    spec:\n      containers:\n      - name: web\n        image: registry.example.com/shop/web:1." +
           std::to_string(value) +
           "\n        ports: [{name: http, containerPort: 8080}]\n        env: [{name: MODE, value: fast}]\n"
           "        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}\n"
           "        readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 5}\n---\n";
}

class Bench {
public:
    explicit Bench(int objects)
        : m_each(std::max(1, objects / static_cast<int>(kClusters.size())))
        , m_bed(testbed::Testbed::instance()) {}

    bool run() {
        for (const std::string& cluster : kClusters)
            m_isGood = m_bed.cluster(cluster).kubectl({"create", "namespace", "bench"}).exitCode == 0 && m_isGood;
        {
            std::string config = contentOf(m_bed.kubeconfig());
            std::vector<std::unique_ptr<bench::SlowLine>> lines;
            for (const std::string& cluster : kClusters)
                lines.push_back(lead(config, m_bed.cluster(cluster).url()));
            m_kubeconfig = m_bed.folder() / "far";
            std::ofstream(m_kubeconfig) << config;
            compare("far", "50 ms away");
        }
        m_kubeconfig = m_bed.kubeconfig();
        compare("near", "on loopback");
        return m_isGood;
    }

private:
    static std::string contentOf(const fs::path& file) {
        std::ifstream in(file);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    /// A line to a server, which the kubeconfig then names instead of it.
    static std::unique_ptr<bench::SlowLine> lead(std::string& config, const std::string& url) {
        const std::size_t colon = url.rfind(':') + 1;
        auto line =
            std::make_unique<bench::SlowLine>(static_cast<std::uint16_t>(std::stoi(url.substr(colon))), kEachWay);
        for (std::size_t at = config.find(url); at != std::string::npos; at = config.find(url, at + colon))
            config.replace(at, url.size(), url.substr(0, colon) + std::to_string(line->port()));
        return line;
    }

    void compare(const std::string& prefix, const std::string& where) {
        std::vector<double> ours[2];
        std::vector<double> theirs[2];
        for (int turn = 0; turn < 3 && m_isGood; ++turn) {
            for (const int change : {0, 1}) {
                ours[change].push_back(qdctl(manifests(prefix + "-q" + std::to_string(turn), change)));
                theirs[change].push_back(kubectls(manifests(prefix + "-k" + std::to_string(turn), change)));
            }
        }
        if (!m_isGood)
            return;
        const std::string count = std::to_string(m_each * static_cast<int>(kClusters.size()));
        for (const int change : {0, 1})
            bench::report({.what = count + " objects " + (change == 0 ? "made" : "changed") + " in 3 clusters " + where,
                           .unit = Unit::Seconds,
                           .ours = bench::median(ours[change]),
                           .peer = "3 kubectl apply --server-side",
                           .theirs = bench::median(theirs[change]),
                           .factor = 1.0 / 4});
    }

    std::string manifests(const std::string& prefix, int value) {
        fs::path file = m_bed.folder() / (prefix + "-" + std::to_string(value) + ".yaml");
        std::ofstream out(file);
        for (int i = 0; i < m_each; ++i) {
            const std::string name = prefix + "-" + std::to_string(i);
            out << (i % 2 == 0 ? configMap(name, value) : deployment(name, value));
        }
        return file;
    }

    double qdctl(const std::string& file) {
        Program program({{BENCH_BIN_DIR "/qdctl", "--kubeconfig", m_kubeconfig, "apply", "-f", file, "--clusters",
                          "north-admin,south-admin,west-admin"},
                         {{"QUARTERDECK_HOME", m_bed.folder() / "home"}}});
        const double end = program.readToEnd(kPatience);
        check(program, m_each * static_cast<int>(kClusters.size()));
        return end - program.startedAt();
    }

    double kubectls(const std::string& file) {
        const std::string kubectl = (testbed::Testbed::programFolder() / "kubectl").string();
        const double from = bench::now();
        std::vector<std::unique_ptr<Program>> programs;
        for (const std::string& cluster : kClusters)
            programs.push_back(std::make_unique<Program>(
                Program::Start{.command = {kubectl, "--kubeconfig", m_kubeconfig, "--context", cluster + "-admin",
                                           "apply", "--server-side", "-f", file}}));
        double end = 0;
        for (const auto& program : programs)
            end = std::max(end, program->readToEnd(kPatience));
        for (const auto& program : programs)
            check(*program, m_each);
        return end - from;
    }

    /// Each object has its line.
    void check(Program& program, int objects) {
        const auto lines = std::count(program.said().begin(), program.said().end(), '\n');
        if (program.end() == 0 && lines >= objects)
            return;
        std::fprintf(stderr, "failed: %s\n", program.said().substr(0, 2000).c_str());
        m_isGood = false;
    }

    int m_each;
    testbed::Testbed& m_bed;
    fs::path m_kubeconfig;
    bool m_isGood = true;
};

} // namespace

int main(int argc, char** argv) {
    if (const std::string why = testbed::Testbed::whyNot(); !why.empty()) {
        bench::leftOut("change sets on real API servers", why);
        return 0;
    }
    testbed::ClusterOptions options;
    options.beside = testbed::Beside::Nothing;
    if (const std::string problem = testbed::Testbed::instance().up(kClusters, options); !problem.empty()) {
        std::fprintf(stderr, "the test bed: %s\n", problem.c_str());
        return 1;
    }
    return Bench(argc > 1 ? std::atoi(argv[1]) : 1000).run() ? 0 : 1;
}
