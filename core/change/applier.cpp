// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/applier.h"

#include "core/change/cluster_queue.h"
#include "core/change/image_sealer.h"
#include "core/change/rehearsal.h"

#include <algorithm>
#include <utility>

namespace change {

class Applier::Impl : public std::enable_shared_from_this<Applier::Impl> {
public:
    Impl(Environment environment, Plan plan, Confirmation confirmation, Start start, std::function<void()> changed,
         std::function<void()> done)
        : m_environment(std::move(environment))
        , m_plan(std::move(plan))
        , m_confirmation(std::move(confirmation))
        , m_start(start)
        , m_changed(std::move(changed))
        , m_done(std::move(done)) {
        m_progress.resize(m_plan.set.operations.size());
        m_runs.resize(m_plan.set.operations.size());
        m_rests.resize(m_plan.set.operations.size());
        for (std::size_t i = 0; i < m_progress.size(); ++i) {
            if (m_plan.operations[i].verdict == Verdict::Over)
                m_progress[i] = {.stage = Stage::Ended, .outcome = Outcome::Done};
        }
    }

    void start() {
        for (std::size_t i = 0; i < m_progress.size(); ++i) {
            if (m_progress[i].stage != Stage::Ended && isOfSecret(m_plan.set.operations[i].object))
                return askForKey();
        }
        enroll();
    }

    void stop() {
        m_stopped = true;
        m_keyAsked.cancel();
        for (const auto& run : m_runs) {
            if (run)
                run->giveUp();
        }
    }

    void cancel() {
        m_cancelled = true;
        if (std::exchange(m_asksForKey, false)) {
            m_keyAsked.cancel();
            return enroll();
        }
        const auto runs = m_runs;
        for (const auto& run : runs) {
            if (run && !m_stopped)
                run->cancel();
        }
        if (!m_stopped)
            turnLater();
    }

    [[nodiscard]] const Plan& plan() const { return m_plan; }
    [[nodiscard]] const std::vector<OperationProgress>& progress() const { return m_progress; }
    [[nodiscard]] const std::optional<base::Error>& problem() const { return m_problem; }
    [[nodiscard]] const std::optional<base::Error>& unsealed() const { return m_unsealed; }

private:
    // Without one it goes on all the same: nobody's keyring may keep a secret from being changed.
    void askForKey() {
        m_asksForKey = true;
        m_keyAsked = m_environment.keys.toSeal([self = weak_from_this()](base::Result<base::SecretKey> key) {
            const auto running = self.lock();
            if (!running || running->m_stopped)
                return;
            running->m_asksForKey = false;
            if (!key)
                running->m_unsealed = key.error();
            running->m_sealer = ImageSealer(std::move(key));
            running->enroll();
        });
    }

    void enroll() {
        if (m_start == Start::Resumed) {
            // As the journal has them, from which the set came.
            for (std::size_t i = 0; i < m_plan.set.operations.size(); ++i) {
                const Operation& operation = m_plan.set.operations[i];
                m_seats.push_back({m_plan.set.id, i, operation.cluster, operation.object, operation.subresource});
            }
            return begin();
        }
        std::vector<JournalRecord> all = records();
        for (const JournalRecord& record : all)
            m_seats.push_back(seatOf(record));
        m_environment.journal.add(std::move(all), m_plan.set.intent,
                                  [self = weak_from_this()](base::Result<void> written) {
                                      const auto running = self.lock();
                                      if (!running || running->m_stopped)
                                          return;
                                      if (!written)
                                          running->stopFor(std::move(written.error()));
                                      running->begin();
                                  });
    }

    std::vector<JournalRecord> records() {
        std::vector<JournalRecord> records;
        const std::int64_t now = m_environment.clock.nowMs();
        for (std::size_t i = 0; i < m_plan.set.operations.size(); ++i) {
            const Operation& operation = m_plan.set.operations[i];
            JournalRecord record;
            record.operation = operation;
            const std::string& before = m_plan.operations[i].before;
            record.operation.before = before.empty() ? "null" : before;
            JournalEntry& entry = record.entry;
            entry.set = m_plan.set.id;
            entry.number = i;
            entry.title = m_plan.set.title;
            entry.undoes = m_plan.set.undoes;
            entry.cluster = operation.cluster.context;
            entry.clusterUid = operation.cluster.uid;
            entry.verb = operation.verb;
            entry.object = operation.object;
            entry.subresource = operation.subresource;
            entry.setMs = now;
            entry.person = m_environment.author.person;
            entry.program = m_environment.author.program;
            if (const auto way = m_environment.clusters.find(operation.cluster)) {
                entry.cluster = way->name;
                entry.clusterUid = way->uid;
                entry.clusterUser = way->user;
                const kube::Kind* kind = kindOf(operation, *way->kinds);
                entry.resource = kind ? kind->resource() : std::string();
            }
            m_sealer.hide(record);
            records.push_back(std::move(record));
        }
        return records;
    }

    void stopFor(base::Error error) {
        if (!m_problem)
            m_problem = std::move(error);
        m_cancelled = true;
    }

    void begin() {
        for (std::size_t i = 0; i < m_progress.size(); ++i) {
            if (m_progress[i].stage == Stage::Waiting)
                m_waiting.push_back(i);
        }
        turnLater();
    }

    void turnLater() {
        if (std::exchange(m_turns, true))
            return;
        m_environment.home.post([self = weak_from_this()] {
            const auto running = self.lock();
            if (!running || running->m_stopped)
                return;
            running->m_turns = false;
            running->turn();
        });
    }

    // Hands on what may start now, and starts as many as each cluster takes at a time.
    void turn() {
        std::vector<std::size_t> still;
        for (const std::size_t number : std::exchange(m_waiting, {})) {
            if (m_cancelled)
                settle(number, Outcome::NotSent, m_problem ? m_problem->message : "cancelled");
            else if (const std::size_t missing = whatIsMissing(number); missing != kNone)
                settle(number, Outcome::NotSent,
                       "operation " + std::to_string(missing + 1) + ", which it needs, was not done");
            else if (waits(number))
                still.push_back(number);
            else
                m_queue.add(m_plan.set.operations[number].cluster, number);
        }
        m_waiting.insert(m_waiting.end(), still.begin(), still.end());
        while (const auto number = m_queue.next())
            run(*number);
        // What was not sent here may be what others wait for.
        if (m_settledSome) {
            m_settledSome = false;
            turnLater();
        }
        finishIfOver();
    }

    static constexpr std::size_t kNone = SIZE_MAX;

    std::size_t whatIsMissing(std::size_t number) const {
        for (const std::size_t earlier : m_plan.set.operations[number].after) {
            if (earlier >= m_progress.size() || m_progress[earlier].stage != Stage::Ended)
                continue;
            if (m_progress[earlier].outcome != Outcome::Done || m_progress[earlier].verified == Verified::No)
                return earlier;
        }
        return kNone;
    }

    bool waits(std::size_t number) const {
        const auto& after = m_plan.set.operations[number].after;
        return std::any_of(after.begin(), after.end(), [this](std::size_t earlier) {
            return earlier < m_progress.size() && m_progress[earlier].stage != Stage::Ended;
        });
    }

    void settle(std::size_t number, Outcome outcome, std::string message) {
        m_progress[number].stage = Stage::Ended;
        m_progress[number].outcome = outcome;
        m_progress[number].message = std::move(message);
        m_settledSome = true;
        if (m_problem)
            return;
        JournalClose close;
        close.number = number;
        close.outcome = outcome;
        close.message = m_progress[number].message;
        close.closedMs = m_environment.clock.nowMs();
        m_environment.journal.close(m_plan.set.id, {std::move(close)}, {});
    }

    // Empty: it may be written to.
    std::string whyNot(const ClusterWay& way) const {
        if (way.isReadOnly)
            return way.name + " is read-only here; nothing is written to it";
        const auto& typed = m_confirmation.clusterNames;
        if (way.isProtected && std::find(typed.begin(), typed.end(), way.name) == typed.end())
            return way.name + " is protected, and its name was not typed";
        return {};
    }

    void run(std::size_t number) {
        const Operation& operation = m_plan.set.operations[number];
        const base::Result<ClusterWay> way = m_environment.clusters.find(operation.cluster);
        const std::string why = m_cancelled ? "cancelled" : way ? whyNot(*way) : way.error().message;
        if (!why.empty()) {
            m_queue.leave(operation.cluster);
            if (!way)
                m_progress[number].error = way.error();
            return settle(number, Outcome::NotSent, why);
        }
        OperationRun::Environment environment{
            .home = m_environment.home,
            .clock = m_environment.clock,
            .timers = m_environment.timers,
            .record =
                [this, number](JournalBegin begin, base::UniqueFunction<void(base::Result<void>)> then) {
                    record(number, std::move(begin), std::move(then));
                },
            .changed =
                [this, number](const OperationProgress& progress) {
                    m_progress[number] = progress;
                    restIfItWaits(number);
                    if (m_changed)
                        m_changed();
                },
            .ended = [this, number](const OperationProgress& progress,
                                    JournalClose close) { take(number, progress, std::move(close)); },
        };
        m_runs[number] = std::make_shared<OperationRun>(std::move(environment), m_plan.set, number, planned(number));
        m_runs[number]->start(*way);
    }

    // What waits for a budget or for a pod's end, for minutes, does not hold up what could be sent.
    void restIfItWaits(std::size_t number) {
        const Stage stage = m_progress[number].stage;
        if ((stage != Stage::Held && stage != Stage::Awaiting) || m_rests[number])
            return;
        m_rests[number] = true;
        m_queue.rest(m_plan.set.operations[number].cluster);
        turnLater();
    }

    void leaveQueue(std::size_t number) {
        const ClusterRef& cluster = m_plan.set.operations[number].cluster;
        if (m_rests[number])
            m_queue.leaveResting(cluster);
        else
            m_queue.leave(cluster);
    }

    // What an earlier operation of the set changed has to be looked at again.
    PlannedOperation planned(std::size_t number) const {
        PlannedOperation planned = m_plan.operations[number];
        for (const std::size_t earlier : m_plan.set.operations[number].after) {
            if (earlier < m_plan.set.operations.size() &&
                m_plan.set.operations[earlier].object == m_plan.set.operations[number].object)
                planned.verdict = Verdict::Deferred;
        }
        return planned;
    }

    void record(std::size_t number, JournalBegin begin, base::UniqueFunction<void(base::Result<void>)> then) {
        m_sealer.hide(begin, m_seats[number]);
        m_environment.journal.begin(
            m_plan.set.id, {std::move(begin)},
            [self = weak_from_this(), then = std::move(then)](base::Result<void> written) mutable {
                const auto running = self.lock();
                if (!running || running->m_stopped)
                    return;
                if (!written)
                    running->stopFor(written.error());
                then(std::move(written));
            });
    }

    void take(std::size_t number, const OperationProgress& progress, JournalClose close) {
        m_progress[number] = progress;
        m_sealer.hide(close, m_seats[number]);
        // It is on the stack; it goes when the stack is gone.
        m_environment.home.post([gone = std::move(m_runs[number])] {});
        m_runs[number].reset();
        ++m_closing;
        m_environment.journal.close(m_plan.set.id, {std::move(close)},
                                    [self = weak_from_this()](base::Result<void> written) {
                                        const auto running = self.lock();
                                        if (!running || running->m_stopped)
                                            return;
                                        --running->m_closing;
                                        if (!written)
                                            running->stopFor(std::move(written.error()));
                                        running->turnLater();
                                    });
        leaveQueue(number);
        if (m_changed)
            m_changed();
        if (!m_stopped)
            turnLater();
    }

    void finishIfOver() {
        if (m_turns || m_closing > 0 || m_finishing ||
            std::any_of(m_progress.begin(), m_progress.end(),
                        [](const OperationProgress& progress) { return progress.stage != Stage::Ended; }))
            return;
        m_finishing = true;
        m_environment.journal.finish(m_plan.set.id, m_environment.clock.nowMs(),
                                     [self = weak_from_this()](base::Result<void> written) {
                                         const auto running = self.lock();
                                         if (!running || running->m_stopped)
                                             return;
                                         if (!written && !running->m_problem)
                                             running->m_problem = std::move(written.error());
                                         if (running->m_done)
                                             running->m_done();
                                     });
    }

    const Environment m_environment;
    const Plan m_plan;
    std::vector<OperationProgress> m_progress;
    std::optional<base::Error> m_problem;
    std::optional<base::Error> m_unsealed;
    ImageSealer m_sealer{base::fail(base::ErrorCode::TimedOut, "the keyring was not waited for")};
    base::Cancel m_keyAsked;
    std::vector<SealSeat> m_seats; ///< Of each operation.
    const Confirmation m_confirmation;
    const Start m_start;
    std::function<void()> m_changed;
    std::function<void()> m_done;
    std::vector<std::size_t> m_waiting;
    ClusterQueue m_queue;
    std::vector<std::shared_ptr<OperationRun>> m_runs;
    std::vector<bool> m_rests;
    int m_closing = 0;
    bool m_asksForKey = false;
    bool m_settledSome = false;
    bool m_turns = false;
    bool m_cancelled = false;
    bool m_finishing = false;
    bool m_stopped = false;
};

Applier::Applier(Environment environment, Plan plan, Confirmation confirmation, Start start,
                 std::function<void()> changed, std::function<void()> done)
    : m_impl(std::make_shared<Impl>(std::move(environment), std::move(plan), std::move(confirmation), start,
                                    std::move(changed), std::move(done))) {
    m_impl->start();
}

Applier::~Applier() {
    m_impl->stop();
}

const Plan& Applier::plan() const {
    return m_impl->plan();
}

const std::vector<OperationProgress>& Applier::progress() const {
    return m_impl->progress();
}

const std::optional<base::Error>& Applier::problem() const {
    return m_impl->problem();
}

const std::optional<base::Error>& Applier::unsealed() const {
    return m_impl->unsealed();
}

void Applier::cancel() {
    m_impl->cancel();
}

} // namespace change
