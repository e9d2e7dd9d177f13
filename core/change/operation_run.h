// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel_bag.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/change/clusters.h"
#include "core/change/journal_store.h"
#include "core/change/object_reads.h"
#include "core/change/plan.h"
#include "core/kube/transport.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace change {

/// How far one operation is.
enum class Stage {
    Waiting,     ///< For its turn or for an earlier operation.
    Checking,    ///< Asked as a dry run, now that what it needs is there.
    Recording,   ///< Being written into the journal.
    Sending,     ///< The server has it.
    Held,        ///< The server asks to wait: a disruption budget, too many requests. It is sent again.
    ReadingBack, ///< No answer came; the object is read to know.
    Awaiting,    ///< Stored; what it leads to is waited for.
    Ended,
};

/// Whether what was awaited has come true.
enum class Verified { NotAsked, Yes, No };

/// What the message says while a deleted object is there and nothing holds it.
inline constexpr std::string_view kStillThere = "it is still there";

/// One operation of a set that is being applied.
struct OperationProgress {
    Stage stage = Stage::Waiting;
    Outcome outcome = Outcome::NotSent;
    Verified verified = Verified::NotAsked;
    std::string message = {};              ///< What it waits for, why it failed.
    std::optional<base::Error> error = {}; ///< Where a server or the way to it is why.
    std::int64_t tookMs = 0;
};

/// Sends one operation and finds out what became of it. Confined to home; destroying it gives up.
class OperationRun : public std::enable_shared_from_this<OperationRun> {
public:
    struct Environment {
        base::Executor& home;
        const base::Clock& clock;
        base::Timers& timers;
        /// Writes into the journal that the operation is about to be sent; `then` runs once that is on the disk.
        std::function<void(JournalBegin, base::UniqueFunction<void(base::Result<void>)> then)> record;
        std::function<void(const OperationProgress&)> changed;
        /// Once, last. `close` has what the journal notes.
        std::function<void(const OperationProgress&, JournalClose close)> ended;
    };

    OperationRun(Environment environment, const ChangeSet& set, std::size_t number, PlannedOperation planned);

    void start(const ClusterWay& way);
    /// Nothing more is waited for: what is not sent is not sent, what is stored counts as done.
    void cancel();
    /// No handler runs after this.
    void giveUp();

private:
    void check();
    void endRefused();
    void record();
    void send();
    void takeAnswer(base::Result<net::Response> answer);
    void takeFailure(base::Error error);
    void hold(base::Error error);
    void readBackSoon(base::Error error);
    void takeReadBack(base::Result<net::Response> answer);
    void takeMoved(const nlohmann::json& live, std::string body);
    /// A field that both this operation and whoever stored `live` changed; empty: none.
    [[nodiscard]] std::string fieldInDispute(const nlohmann::json& live) const;
    void await();
    void takeAwaited(base::Result<net::Response> answer);
    void awaitAgain(std::string message);
    void end(Outcome outcome, std::string message);
    void enter(Stage stage, std::string message = {});
    template <typename Then>
    void ask(kube::ApiRequest request, Then then);
    template <typename Then>
    void later(std::chrono::milliseconds delay, Then then);

    Environment m_environment;
    const std::size_t m_number;
    const Operation& m_operation;
    PlannedOperation m_planned;
    ObjectReads m_lookups;
    ClusterWay m_way;
    kube::Kind m_kind;
    nlohmann::json m_before; // null: not there
    OperationProgress m_progress;
    std::optional<base::Error> m_failure; // of the write that is being read back
    std::string m_after;
    std::int64_t m_startMs = 0;
    std::int64_t m_serverMs = 0;
    std::int64_t m_awaitFromMs = 0;
    std::int64_t m_heldFromMs = 0;
    int m_attempts = 0;
    int m_reads = 0;
    bool m_cancelled = false;
    bool m_over = false;
    base::CancelSlot m_asking;
    base::CancelSlot m_timer;
};

} // namespace change
