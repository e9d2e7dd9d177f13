// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/fleet/fake_api.h"
#include "tests/core/fleet/fleet_bench.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

/// A bench with one fake server a name.
struct Servers : FleetBench {
    std::map<std::string, std::unique_ptr<FakeApi>> apis;
    std::map<std::string, int> opened;

    explicit Servers(const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            apis[name] = std::make_unique<FakeApi>(time, "uid-" + name);
            apis[name]->setClock(time);
            apis[name]->putNode("node-0");
        }
        write("config", kubeconfig(names));
        makeTransport = [this](const std::string& context) {
            ++opened[context];
            return apis.contains(context) ? apis.at(context)->transport() : nullptr;
        };
        open();
    }
    ~Servers() { close(); }
    Servers(const Servers&) = delete;
    Servers& operator=(const Servers&) = delete;

    FakeApi& api(const std::string& name) { return *apis.at(name); }
    [[nodiscard]] fleet::ClusterId id(const std::string& name) const { return fleet->byContext(name); }
    [[nodiscard]] const fleet::ClusterInfo& info(const std::string& name) const { return fleet->cluster(id(name)); }
    void connect(const std::string& name) {
        fleet->connect(id(name));
        pass(std::chrono::seconds(1));
    }
};
