// SPDX-License-Identifier: GPL-3.0-or-later
// The demo federation: simulated clusters behind the Kubernetes API on loopback, for newcomers and pictures.
#include "app/quarterdeck-demo/api.h"
#include "app/quarterdeck-demo/server.h"
#include "app/quarterdeck-demo/world.h"

#include <sys/stat.h>
#include <unistd.h>
#include <yaml-cpp/yaml.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace {

struct Simulated {
    explicit Simulated(demo::Site theSite)
        : site(std::move(theSite))
        , store(site.seed)
        , world(store, site)
        , api(store, site.version) {}

    demo::Site site;
    demo::ObjectStore store;
    demo::World world;
    demo::Api api;
};

std::string base64(const std::string& bytes) {
    return YAML::EncodeBase64(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

void addToKubeconfig(YAML::Node& kubeconfig, const std::string& name, std::uint16_t port,
                     const demo::Identity& identity) {
    YAML::Node cluster;
    cluster["name"] = name;
    cluster["cluster"]["server"] = "https://127.0.0.1:" + std::to_string(port);
    cluster["cluster"]["certificate-authority-data"] = base64(identity.caPem);
    kubeconfig["clusters"].push_back(cluster);
    YAML::Node user;
    user["name"] = name + "-operator";
    user["user"]["client-certificate-data"] = base64(identity.clientCertPem);
    user["user"]["client-key-data"] = base64(identity.clientKeyPem);
    kubeconfig["users"].push_back(user);
    YAML::Node context;
    context["name"] = name;
    context["context"]["cluster"] = name;
    context["context"]["user"] = name + "-operator";
    kubeconfig["contexts"].push_back(context);
}

void writePrivately(const std::filesystem::path& file, const std::string& text) {
    const mode_t before = umask(077);
    std::ofstream out(file, std::ios::trunc);
    umask(before);
    out << text << '\n';
    if (!out.flush())
        throw std::runtime_error("cannot write " + file.string());
}

// A parent that holds our input open through a pipe ends us by going away.
bool inputIsPipe() {
    struct stat info{};
    return fstat(STDIN_FILENO, &info) == 0 && (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode));
}

} // namespace

int main(int argc, char** argv) {
    CLI::App options("Serves simulated Kubernetes clusters on loopback until interrupted.", "quarterdeck-demo");
    std::string kubeconfigFile = "quarterdeck-demo.kubeconfig";
    int clusters = 3;
    int nodes = 0;
    int pods = 0;
    std::uint64_t seed = 1;
    options.add_option("--kubeconfig", kubeconfigFile, "Where to write the kubeconfig")->capture_default_str();
    options.add_option("--clusters", clusters, "How many clusters")->check(CLI::Range(1, 300))->capture_default_str();
    options.add_option("--nodes", nodes, "Nodes in each cluster (default: the story's)")->check(CLI::Range(0, 5000));
    options.add_option("--pods", pods, "Pods in each cluster beside the story's")->check(CLI::Range(0, 200000));
    options.add_option("--seed", seed, "Two runs with one seed tell the same story")->capture_default_str();
    CLI11_PARSE(options, argc, argv);

    try {
        demo::Servers servers;
        std::vector<std::unique_ptr<Simulated>> sites;
        YAML::Node kubeconfig;
        kubeconfig["apiVersion"] = "v1";
        kubeconfig["kind"] = "Config";
        for (const demo::Site& site : demo::makeSites(clusters, nodes, pods, seed)) {
            const demo::Identity identity = demo::makeIdentity(site.name, site.certificateDays);
            sites.push_back(std::make_unique<Simulated>(site));
            Simulated& simulated = *sites.back();
            simulated.world.build();
            addToKubeconfig(kubeconfig, site.name, servers.add(simulated.api, identity), identity);
            servers.onTick([&simulated] {
                simulated.world.tick();
                simulated.api.tick();
            });
        }
        kubeconfig["current-context"] = sites.front()->site.name;
        YAML::Emitter text;
        text << kubeconfig;
        writePrivately(kubeconfigFile, text.c_str());
        std::printf("ready %s\n", kubeconfigFile.c_str());
        std::fflush(stdout);
        if (inputIsPipe())
            servers.endWith(STDIN_FILENO);
        servers.run();
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "quarterdeck-demo: %s\n", problem.what());
        return 1;
    }
}
