// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/change/door.h"
#include "core/change/fleet_clusters.h"
#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "tests/support/testbed.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The door for writes over a fleet of real servers, with the test's thread as its home.
struct ChangeBench {
    QTemporaryDir folder;
    base::SystemClock clock;
    base::SystemTimers timers;
    base::ManualExecutor home;
    base::ThreadPool pool{2};
    net::Engine engine;
    std::unique_ptr<fleet::Settings> settings;
    std::unique_ptr<fleet::Fleet> fleet;
    std::unique_ptr<change::FleetClusters> clusters;
    std::unique_ptr<change::Door> door;
    std::shared_ptr<base::Keyring> keyring; ///< For doors that are opened from now on.

    void open() {
        settings = std::make_unique<fleet::Settings>(folder.filePath("settings.json").toStdString());
        fleet::FleetEnvironment environment;
        environment.engine = &engine;
        environment.home = &home;
        environment.decodePool = &pool;
        environment.clock = &clock;
        environment.settings = settings.get();
        environment.kubeconfigs = {testbed::Testbed::instance().kubeconfig().string()};
        fleet = std::make_unique<fleet::Fleet>(std::move(environment));
        clusters = std::make_unique<change::FleetClusters>(*fleet);
        openDoor();
    }
    void openDoor() {
        door = std::make_unique<change::Door>(change::Door::Environment{
            home, clock, timers, *clusters, folder.filePath("journal").toStdString(), "test", keyring});
    }
    ~ChangeBench() {
        door.reset();
        clusters.reset();
        fleet.reset();
    }

    bool until(const std::function<bool()>& done, int ms = 60000) {
        QElapsedTimer timer;
        timer.start();
        while (!done()) {
            if (timer.elapsed() > ms)
                return false;
            home.runFor(5);
        }
        return true;
    }

    bool connect(const std::string& context) {
        fleet->connect(fleet->byContext(context), context);
        return until([&] { return clusters->find({context}).has_value(); });
    }

    [[nodiscard]] change::ClusterRef ref(const std::string& context) const {
        return {context, fleet->cluster(fleet->byContext(context)).uid};
    }

    std::unique_ptr<change::Planner> plan(change::ChangeSet set, const std::vector<std::size_t>& over = {}) {
        // It is told again after conflicts are decided.
        const auto done = std::make_shared<bool>(false);
        auto planner = door->plan(std::move(set), {}, [done] { *done = true; }, over);
        return until([done] { return *done; }) ? std::move(planner) : nullptr;
    }
    /// Decides conflicts and waits for the answer.
    bool resolve(change::Planner& planner, std::size_t operation, const std::vector<change::Resolution>& resolutions) {
        planner.resolve(operation, resolutions);
        return until([&] { return planner.plan().isAnswered(); });
    }
    std::unique_ptr<change::Applier> apply(change::Plan plan, change::Confirmation confirmation = {},
                                           change::Applier::Start start = change::Applier::Start::New) {
        bool done = false;
        auto applier = door->apply(std::move(plan), std::move(confirmation), {}, [&done] { done = true; }, start);
        return until([&done] { return done; }, 120000) ? std::move(applier) : nullptr;
    }
    /// All the way; null where it did not get there.
    std::unique_ptr<change::Applier> carryOut(change::ChangeSet set) {
        const auto planner = plan(std::move(set));
        return planner && planner->plan().mayApply() ? apply(planner->plan()) : nullptr;
    }
    std::optional<base::Result<change::Undo>> undo(const std::string& set) {
        std::optional<base::Result<change::Undo>> built;
        const base::Cancel cancel =
            door->undo(set, [&built](base::Result<change::Undo> undo) { built = std::move(undo); });
        (void)until([&built] { return built.has_value(); });
        return built;
    }
    std::vector<change::JournalEntry> entries(const change::JournalQuery& query = {}) {
        std::optional<std::vector<change::JournalEntry>> found;
        door->journal().read(query, [&found](base::Result<std::vector<change::JournalEntry>> entries) {
            found = std::move(entries).value();
        });
        (void)until([&found] { return found.has_value(); });
        return found.value_or(std::vector<change::JournalEntry>());
    }
};
