// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/door.h"

#include "core/change/image_sealer.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace change {

namespace {

std::vector<JournalRecord> unknownOf(const std::vector<JournalRecord>& records) {
    std::vector<JournalRecord> unknown;
    std::copy_if(records.begin(), records.end(), std::back_inserter(unknown),
                 [](const JournalRecord& record) { return record.entry.outcome == Outcome::Unknown; });
    return unknown;
}

Unfinished unfinishedOf(const std::vector<JournalRecord>& records) {
    Unfinished rest;
    if (records.empty())
        return rest;
    rest.set.id = records.front().entry.set;
    rest.set.title = records.front().entry.title;
    rest.set.intent = records.front().entry.intent;
    rest.set.undoes = records.front().entry.undoes;
    for (std::size_t i = 0; i < records.size(); ++i) {
        Operation operation = records[i].operation;
        // What was there then says nothing about what is there now; but an eviction means that pod and no other.
        if (operation.verb != Verb::Evict)
            operation.before.clear();
        rest.set.operations.push_back(std::move(operation));
        if (records[i].entry.outcome == Outcome::Done)
            rest.over.push_back(i);
        else if (records[i].entry.outcome == Outcome::Unknown)
            rest.unknown.push_back(i);
        else if (records[i].hidesSecrets)
            rest.hidden.push_back({i, records[i].whyHidden});
    }
    return rest;
}

} // namespace

/// Some steps one after the other; lives as long as a step of it is under way. Confined to home.
class Door::Flow : public std::enable_shared_from_this<Door::Flow> {
public:
    Flow(Door& door, std::string set, base::CancelToken token)
        : m_door(door)
        , m_set(std::move(set))
        , m_token(std::move(token)) {}

    /// Gives up with the caller's Cancel. Not for the flows of a Settling, whose token has the Settling's own hook.
    void endWithItsToken() {
        m_token.onCancel([flow = weak_from_this()] {
            if (const auto running = flow.lock())
                running->giveUp();
        });
    }

    void undo(net::Handler<base::Result<Undo>> built) {
        m_built = std::move(built);
        m_failed = [this](base::Error error) { m_built(base::fail(std::move(error))); };
        readRecords([self = shared_from_this()](std::vector<JournalRecord> records) {
            if (records.empty())
                return self->m_built(base::fail(self->noSuchSet()));
            self->unseal(
                std::move(records), [](const JournalRecord& record) { return record.entry.outcome == Outcome::Done; },
                [self](std::vector<JournalRecord> known) { self->build(std::move(known)); });
        });
    }

    void resume(net::Handler<base::Result<Unfinished>> found) {
        m_found = std::move(found);
        m_failed = [this](base::Error error) { m_found(base::fail(std::move(error))); };
        readRecords([self = shared_from_this()](const std::vector<JournalRecord>& records) {
            if (!records.empty() && isInPod(records.front().entry.verb))
                return self->m_failed(base::fail(base::ErrorCode::Unsupported,
                                                 "what was done in a pod cannot be gone on with; begin it anew")
                                          .value());
            self->adopt();
        });
    }

    void settle(net::Handler<base::Result<void>> settled) {
        m_settled = std::move(settled);
        m_failed = [this](base::Error error) { m_settled(base::fail(std::move(error))); };
        readRecords([self = shared_from_this()](const std::vector<JournalRecord>& records) {
            self->recover(records, [self] { self->m_settled({}); });
        });
    }

    void giveUp() {
        m_keyAsked.cancel();
        m_builder.reset();
        m_recovery.reset();
    }

private:
    UndoBuilder::Environment environment() {
        return {m_door.m_environment.home, m_door.m_environment.clock, m_door.m_environment.clusters};
    }

    base::Error noSuchSet() const {
        return base::fail(base::ErrorCode::NotFound, "the journal has no set " + m_set).value();
    }

    template <typename Then>
    void readRecords(Then then) {
        m_door.m_journal.records(m_set,
                                 [self = shared_from_this(), then](base::Result<std::vector<JournalRecord>> records) {
                                     if (self->m_token.isCancelled())
                                         return;
                                     if (!records)
                                         return self->m_failed(std::move(records.error()));
                                     then(*std::move(records));
                                 });
    }

    // Of what is looked at; the keyring is troubled only where something of that is sealed.
    template <typename IsLookedAt, typename Then>
    void unseal(std::vector<JournalRecord> records, IsLookedAt isLookedAt, Then then) {
        std::vector<std::string> ids;
        for (const JournalRecord& record : records) {
            if (isLookedAt(record))
                addKeysNeeded(record, ids);
        }
        auto revealAll = [records = std::move(records), isLookedAt,
                          then](const base::Result<std::vector<base::SecretKey>>& keys) mutable {
            for (JournalRecord& record : records) {
                if (isLookedAt(record))
                    reveal(record, keys);
            }
            then(std::move(records));
        };
        if (ids.empty())
            return revealAll(std::vector<base::SecretKey>());
        m_keyAsked =
            m_door.m_keys.toUnseal(std::move(ids), [self = shared_from_this(), revealAll = std::move(revealAll)](
                                                       const base::Result<std::vector<base::SecretKey>>& keys) mutable {
                if (!self->m_token.isCancelled())
                    revealAll(keys);
            });
    }

    void adopt() {
        m_door.m_journal.adopt(m_set, [self = shared_from_this()](base::Result<void> adopted) {
            if (self->m_token.isCancelled())
                return;
            if (!adopted)
                return self->m_failed(std::move(adopted.error()));
            self->readRecords([self](const std::vector<JournalRecord>& records) { self->readBack(records); });
        });
    }

    void build(std::vector<JournalRecord> records) {
        m_builder =
            std::make_unique<UndoBuilder>(environment(), std::move(records), [self = shared_from_this()](Undo undo) {
                self->m_builder.reset();
                if (!self->m_token.isCancelled())
                    self->m_built(std::move(undo));
            });
    }

    void readBack(const std::vector<JournalRecord>& records) {
        recover(records, [self = shared_from_this()] {
            self->readRecords([self](std::vector<JournalRecord> known) {
                self->unseal(
                    std::move(known), [](const JournalRecord& record) { return record.entry.outcome != Outcome::Done; },
                    [self](const std::vector<JournalRecord>& clear) { self->m_found(unfinishedOf(clear)); });
            });
        });
    }

    template <typename Then>
    void recover(const std::vector<JournalRecord>& records, Then then) {
        std::vector<JournalRecord> unknown = unknownOf(records);
        if (unknown.empty())
            return then();
        m_seats.clear();
        for (const JournalRecord& record : unknown)
            m_seats.emplace(record.entry.number, seatOf(record));
        unseal(
            std::move(unknown), [](const JournalRecord&) { return true; },
            [self = shared_from_this(), then](std::vector<JournalRecord> clear) {
                self->lookFor(std::move(clear), then);
            });
    }

    template <typename Then>
    void lookFor(std::vector<JournalRecord> unknown, Then then) {
        m_recovery = std::make_unique<Recovery>(environment(), std::move(unknown),
                                                [self = shared_from_this(), then](std::vector<JournalClose> closes) {
                                                    self->m_recovery.reset();
                                                    if (self->m_token.isCancelled())
                                                        return;
                                                    if (closes.empty())
                                                        return then();
                                                    self->seal(std::move(closes), then);
                                                });
    }

    template <typename Then>
    void seal(std::vector<JournalClose> closes, Then then) {
        const bool isOfUse = std::any_of(closes.begin(), closes.end(), [this](const JournalClose& close) {
            return !close.after.empty() && isOfSecret(m_seats.at(close.number).object);
        });
        if (!isOfUse)
            return note(std::move(closes), then);
        m_keyAsked = m_door.m_keys.toSeal(
            [self = shared_from_this(), then, closes = std::move(closes)](base::Result<base::SecretKey> key) mutable {
                if (self->m_token.isCancelled())
                    return;
                const ImageSealer sealer(std::move(key));
                for (JournalClose& close : closes)
                    sealer.hide(close, self->m_seats.at(close.number));
                self->note(std::move(closes), then);
            });
    }

    template <typename Then>
    void note(std::vector<JournalClose> closes, Then then) {
        m_door.m_journal.close(m_set, std::move(closes), [self = shared_from_this(), then](base::Result<void> noted) {
            if (self->m_token.isCancelled())
                return;
            if (!noted)
                return self->m_failed(std::move(noted.error()));
            then();
        });
    }

    Door& m_door;
    const std::string m_set;
    const base::CancelToken m_token;
    net::Handler<base::Result<Undo>> m_built;
    net::Handler<base::Result<Unfinished>> m_found;
    net::Handler<base::Result<void>> m_settled;
    base::UniqueFunction<void(base::Error)> m_failed; ///< Whichever of the three it is.
    std::map<std::size_t, SealSeat> m_seats;          ///< Of what is read back.
    base::Cancel m_keyAsked;
    std::unique_ptr<UndoBuilder> m_builder;
    std::unique_ptr<Recovery> m_recovery;
};

/// Set after set.
class Door::Settling : public std::enable_shared_from_this<Door::Settling> {
public:
    Settling(Door& door, base::CancelToken token, net::Handler<base::Result<void>> settled)
        : m_door(door)
        , m_token(std::move(token))
        , m_settled(std::move(settled)) {}

    void start() {
        m_token.onCancel([settling = weak_from_this()] {
            if (const auto running = settling.lock())
                running->giveUp();
        });
        m_door.m_journal.setsWithUnknown([self = shared_from_this()](base::Result<std::vector<std::string>> sets) {
            if (!sets)
                return self->end(base::fail(std::move(sets.error())));
            self->m_sets = *std::move(sets);
            self->next();
        });
    }

private:
    void giveUp() {
        if (const auto flow = std::exchange(m_flow, nullptr))
            flow->giveUp();
    }

    void end(base::Result<void> result) {
        m_flow.reset();
        if (!m_token.isCancelled())
            m_settled(std::move(result));
    }

    void next() {
        m_flow.reset();
        if (m_token.isCancelled())
            return;
        if (m_sets.empty())
            return end({});
        m_flow = std::make_shared<Flow>(m_door, std::move(m_sets.back()), m_token);
        m_sets.pop_back();
        m_flow->settle([self = shared_from_this()](base::Result<void> result) {
            if (!result)
                return self->end(std::move(result));
            self->next();
        });
    }

    Door& m_door;
    const base::CancelToken m_token;
    net::Handler<base::Result<void>> m_settled;
    std::vector<std::string> m_sets;
    std::shared_ptr<Flow> m_flow;
};

Door::Door(Environment environment)
    : m_environment(std::move(environment))
    , m_journal(m_environment.journalFolder, m_environment.home)
    , m_keys(m_environment.keyring, m_environment.home) {}

Door::~Door() = default;

std::unique_ptr<Planner> Door::plan(ChangeSet set, std::function<void()> changed, std::function<void()> done,
                                    const std::vector<std::size_t>& over) {
    if (set.id.empty())
        set.id = newSetId(m_environment.clock.nowMs());
    set.intent = intentLine(set.intent);
    addDependencies(set);
    return std::make_unique<Planner>(
        Planner::Environment{m_environment.home, m_environment.clock, m_environment.clusters}, std::move(set),
        std::move(changed), std::move(done), over);
}

std::unique_ptr<Applier> Door::apply(Plan plan, Confirmation confirmation, std::function<void()> changed,
                                     std::function<void()> done, Applier::Start start) {
    return std::make_unique<Applier>(
        Applier::Environment{m_environment.home, m_environment.clock, m_environment.timers, m_environment.clusters,
                             m_journal, m_keys, Author::ofThisProcess(m_environment.program)},
        std::move(plan), std::move(confirmation), start, std::move(changed), std::move(done));
}

base::Cancel Door::enter(const PodAct& act, const Confirmation& confirmation,
                         net::Handler<base::Result<std::unique_ptr<PodVisit>>> entered) {
    base::Cancel cancel = base::Cancel::create();
    const auto answer = [this, token = cancel.token()](auto handler, base::Result<std::unique_ptr<PodVisit>> result) {
        m_environment.home.post([token, handler = std::move(handler), result = std::move(result)]() mutable {
            if (!token.isCancelled())
                handler(std::move(result));
        });
    };
    const base::Result<ClusterWay> way = m_environment.clusters.find(act.cluster);
    if (base::Result<void> may = way ? mayEnter(act, *way, confirmation) : base::fail(way.error()); !may) {
        answer(std::move(entered), base::fail(std::move(may.error())));
        return cancel;
    }
    if (act.verb != Verb::Copy && !way->isProtected) {
        answer(std::move(entered), std::make_unique<PodVisit>());
        return cancel;
    }
    JournalRecord record = recordOf(act, *way, Author::ofThisProcess(m_environment.program));
    record.entry.setMs = m_environment.clock.nowMs();
    record.entry.set = newSetId(record.entry.setMs);
    const std::string set = record.entry.set;
    JournalBegin begin;
    begin.beganMs = record.entry.setMs;
    m_journal.add({std::move(record)}, {}, {});
    m_journal.begin(
        set, {std::move(begin)},
        [this, set, token = cancel.token(), entered = std::move(entered)](base::Result<void> written) mutable {
            auto visit = std::make_unique<PodVisit>(m_journal, m_environment.clock, set);
            if (token.isCancelled())
                return visit->end(Outcome::NotSent, "cancelled");
            if (!written)
                return entered(base::fail(std::move(written.error())));
            entered(std::move(visit));
        });
    return cancel;
}

base::Cancel Door::undo(const std::string& set, net::Handler<base::Result<Undo>> built) {
    base::Cancel cancel = base::Cancel::create();
    const auto flow = std::make_shared<Flow>(*this, set, cancel.token());
    flow->endWithItsToken();
    flow->undo(std::move(built));
    return cancel;
}

base::Cancel Door::resume(const std::string& set, net::Handler<base::Result<Unfinished>> found) {
    base::Cancel cancel = base::Cancel::create();
    const auto flow = std::make_shared<Flow>(*this, set, cancel.token());
    flow->endWithItsToken();
    flow->resume(std::move(found));
    return cancel;
}

base::Cancel Door::settleUnknown(net::Handler<base::Result<void>> settled) {
    base::Cancel cancel = base::Cancel::create();
    std::make_shared<Settling>(*this, cancel.token(), std::move(settled))->start();
    return cancel;
}

} // namespace change
