// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"

#include <QFile>
#include <QTemporaryDir>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

/// A fleet whose time and turns a test holds in its hand.
struct FleetBench {
    QTemporaryDir folder;
    base::ManualExecutor home;
    base::ManualTimers time;
    std::unique_ptr<fleet::Settings> settings;
    std::unique_ptr<fleet::Fleet> fleet;
    std::function<std::shared_ptr<kube::Transport>(const std::string&)> makeTransport;
    std::string stateFolder;

    [[nodiscard]] std::string path(const std::string& name) const { return folder.path().toStdString() + "/" + name; }

    void write(const std::string& name, const std::string& content) const {
        QFile file(QString::fromStdString(path(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content.data(), qint64(content.size())) < 0)
            qFatal("cannot write the test's file");
    }

    /// One cluster, user and context a name, each with a server of its own.
    static std::string kubeconfig(const std::vector<std::string>& names) {
        std::string text = "apiVersion: v1\nkind: Config\nclusters:\n";
        for (const std::string& name : names)
            text += "- name: " + name + "\n  cluster: {server: https://" + name + ".test:6443}\n";
        text += "users:\n- name: somebody\n  user: {token: t}\ncontexts:\n";
        for (const std::string& name : names)
            text += "- name: " + name + "\n  context: {cluster: " + name + ", user: somebody}\n";
        return text;
    }

    void open() {
        settings = std::make_unique<fleet::Settings>(path("settings.json"));
        fleet::FleetEnvironment environment;
        environment.home = &home;
        environment.decodePool = &home;
        environment.clock = &time;
        environment.timers = &time;
        environment.settings = settings.get();
        environment.stateFolder = stateFolder;
        environment.kubeconfigs = {path("config")};
        environment.makeTransport = makeTransport;
        fleet = std::make_unique<fleet::Fleet>(std::move(environment));
    }

    void close() {
        fleet.reset();
        settings.reset();
    }

    /// Lets everything happen that is due within `span`, in steps of 10 ms.
    void pass(std::chrono::milliseconds span) {
        home.runPending();
        for (std::chrono::milliseconds step{10}; span.count() > 0; span -= step) {
            time.advance(step);
            home.runPending();
        }
    }
};
