// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/change/clusters.h"
#include "core/change/journal.h"
#include "core/change/journal_keys.h"
#include "core/change/operation_run.h"
#include "core/change/plan.h"
#include "core/change/pod_visit.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace change {

/// Stores a plan: operation by operation as their order allows, clusters side by side, each written into the journal
/// before it is sent and closed there after it. What a cluster's operator forbids (read-only, protected and not
/// confirmed) is not sent, whoever asks. Where a secret is changed, the keyring is asked for a key first. Confined to
/// home. Destroying it gives up what is under way: the journal then says Unknown for it; cancel() first and wait for
/// `done` where there is time.
class Applier {
public:
    struct Environment {
        base::Executor& home;
        const base::Clock& clock;
        base::Timers& timers;
        Clusters& clusters;
        Journal& journal;
        JournalKeys& keys;
        Author author;
    };
    /// Whether the journal knows the set already, from a program that died or was cancelled.
    enum class Start { New, Resumed };

    /// Starts at once. `changed` runs on home as things go on, `done` once, last, when the journal is closed.
    Applier(Environment environment, Plan plan, Confirmation confirmation, Start start, std::function<void()> changed,
            std::function<void()> done);
    ~Applier();
    Applier(const Applier&) = delete;
    Applier& operator=(const Applier&) = delete;

    [[nodiscard]] const Plan& plan() const;
    [[nodiscard]] const std::vector<OperationProgress>& progress() const;
    /// Not empty: the journal cannot be written, and so nothing more is sent.
    [[nodiscard]] const std::optional<base::Error>& problem() const;
    /// Not empty: secrets were changed, and their true values are not kept, as there is no key to seal them with. It
    /// can not be taken back, then.
    [[nodiscard]] const std::optional<base::Error>& unsealed() const;
    /// Sends nothing more; what is under way comes to its end.
    void cancel();

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace change
