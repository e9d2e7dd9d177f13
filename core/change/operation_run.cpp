// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/operation_run.h"

#include "core/change/eviction.h"
#include "core/change/object_difference.h"
#include "core/change/read_back.h"
#include "core/change/rehearsal.h"
#include "core/change/rollout.h"
#include "core/change/write_request.h"
#include "core/kube/go_json.h"
#include "core/kube/status.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using base::ErrorCode;
using std::chrono::milliseconds;

constexpr int kMostAttempts = 12;
constexpr int kMostReads = 6;
constexpr milliseconds kFirstRead{200};
constexpr milliseconds kFirstStepAside{10};
constexpr milliseconds kPoll{1000};
constexpr milliseconds kBudgetPause{5000}; // kubectl's own pause between evictions of one pod
constexpr std::chrono::seconds kMostPatience{120};

/// The write may or may not have arrived.
bool isAmbiguous(const base::Error& error) {
    switch (error.code) {
    case ErrorCode::TimedOut:
    case ErrorCode::Unreachable:
    case ErrorCode::BadResponse:
    case ErrorCode::ServerFailure:
    case ErrorCode::Internal:
    case ErrorCode::Io:
        return true;
    default:
        return false;
    }
}

std::string metadata(const Json& object, const char* key) {
    if (!object.is_object())
        return {};
    const Json value = object.value(Json::json_pointer(std::string("/metadata/") + key), Json());
    return value.is_string() ? value.get<std::string>() : std::string();
}

Json parsed(const std::string& text) {
    return text.empty() ? Json() : kube::parseGoJson(text).value_or(Json());
}

std::string sentence(const base::Error& error) {
    return error.message.empty() ? std::string(base::toString(error.code)) : error.message;
}

} // namespace

OperationRun::OperationRun(Environment environment, const ChangeSet& set, std::size_t number, PlannedOperation planned)
    : m_environment(std::move(environment))
    , m_number(number)
    , m_operation(set.operations[number])
    , m_planned(std::move(planned))
    , m_lookups(m_environment.home) {}

template <typename Then>
void OperationRun::ask(kube::ApiRequest request, Then then) {
    m_asking.set(m_way.transport->send(std::move(request), m_environment.home,
                                       [self = weak_from_this(), then](base::Result<net::Response> answer) {
                                           if (const auto running = self.lock(); running && !running->m_over)
                                               then(std::move(answer));
                                       }));
}

template <typename Then>
void OperationRun::later(milliseconds delay, Then then) {
    m_timer.set(m_environment.timers.after(delay, m_environment.home, [self = weak_from_this(), then] {
        if (const auto running = self.lock(); running && !running->m_over)
            then();
    }));
}

void OperationRun::enter(Stage stage, std::string message) {
    m_progress.stage = stage;
    m_progress.message = std::move(message);
    m_environment.changed(m_progress);
}

void OperationRun::start(const ClusterWay& way) {
    m_way = way;
    m_startMs = m_environment.clock.steadyMs();
    if (m_planned.verdict == Verdict::Deferred)
        return check();
    const kube::Kind* kind = kindOf(m_operation, *m_way.kinds);
    if (!kind)
        return end(Outcome::Failed,
                   m_way.name + " serves no " + m_operation.object.kind + " of " + m_operation.object.apiVersion);
    m_kind = *kind;
    m_before = parsed(m_planned.before);
    m_attempts = 0;
    if (hasGone(m_operation, m_before)) {
        m_progress.verified = Verified::Yes;
        return end(Outcome::Done, "it had gone already");
    }
    record();
}

void OperationRun::check() {
    enter(Stage::Checking);
    const auto rehearseNow = [this] {
        // What it waited for is stored: whatever is missing now is missing for good.
        ChangeSet alone;
        alone.operations.push_back(m_operation);
        alone.operations.front().after.clear();
        m_asking.set(rehearse(alone, 0, m_way, m_lookups, m_environment.home, m_environment.clock,
                              [self = weak_from_this()](PlannedOperation planned) {
                                  const auto running = self.lock();
                                  if (!running || running->m_over)
                                      return;
                                  running->m_planned = std::move(planned);
                                  const Verdict verdict = running->m_planned.verdict;
                                  if (verdict == Verdict::Accepted || verdict == Verdict::NoChange)
                                      return running->start(running->m_way);
                                  running->endRefused();
                              }));
    };
    if (kindOf(m_operation, *m_way.kinds))
        return rehearseNow();
    if (++m_attempts > kMostAttempts)
        return end(Outcome::Failed, m_way.name + " does not serve " + m_operation.object.kind + " yet");
    // A kind that the set itself defined: served a moment after its definition is stored.
    m_asking.set(kube::discover(m_way.transport, m_environment.home,
                                [self = weak_from_this(), this](base::Result<kube::KindCatalogPtr> catalog) {
                                    const auto running = self.lock();
                                    if (!running || running->m_over)
                                        return;
                                    if (catalog)
                                        m_way.kinds = *catalog;
                                    if (kindOf(m_operation, *m_way.kinds))
                                        check();
                                    else
                                        later(milliseconds(250), [this] { check(); });
                                }));
}

void OperationRun::endRefused() {
    m_progress.error = m_planned.error;
    if (m_planned.verdict == Verdict::Conflict) {
        base::Error& error = m_progress.error.emplace();
        error.code = ErrorCode::Conflict;
        error.httpStatus = 409;
        for (const FieldConflict& conflict : m_planned.conflicts)
            error.message += (error.message.empty() ? "fields of it belong to other managers: " : ", ") +
                             conflict.field + " (" + conflict.manager + ")";
    }
    end(Outcome::Failed, m_progress.error ? sentence(*m_progress.error) : "refused");
}

void OperationRun::record() {
    if (m_cancelled)
        return end(Outcome::NotSent, "cancelled");
    enter(Stage::Recording);
    JournalBegin begin;
    begin.number = m_number;
    begin.beganMs = m_environment.clock.nowMs();
    begin.before = m_before.is_null() ? "null" : m_planned.before;
    begin.expected = m_planned.would;
    m_environment.record(std::move(begin), [self = weak_from_this()](base::Result<void> written) {
        const auto running = self.lock();
        if (!running || running->m_over)
            return;
        if (!written) {
            running->m_progress.error = written.error();
            return running->end(Outcome::NotSent, sentence(written.error()));
        }
        running->send();
    });
}

void OperationRun::send() {
    Precondition precondition;
    precondition.resourceVersion = metadata(m_before, "resourceVersion");
    if (m_operation.verb == Verb::Delete || m_operation.verb == Verb::Evict)
        precondition.uid = metadata(m_before, "uid");
    Operation operation = m_operation;
    if (m_planned.takesFromOurselves)
        operation.ownership = Ownership::TakeOver;
    base::Result<kube::ApiRequest> request = writeRequest(operation, m_kind, Mode::Store, precondition);
    if (!request)
        return end(Outcome::Failed, sentence(request.error()));
    ++m_attempts;
    enter(Stage::Sending);
    m_progress.outcome = Outcome::Sending;
    ask(*std::move(request), [this](base::Result<net::Response> answer) { takeAnswer(std::move(answer)); });
}

void OperationRun::takeAnswer(base::Result<net::Response> answer) {
    if (!answer)
        return takeFailure(std::move(answer.error()));
    m_serverMs = kube::serverTimeMs(answer->headers, m_environment.clock.nowMs());
    if (m_operation.verb != Verb::Delete && m_operation.verb != Verb::Evict)
        m_after = std::move(answer->body);
    await();
}

void OperationRun::takeFailure(base::Error error) {
    m_progress.error = error;
    if (error.code == ErrorCode::Throttled || (m_operation.verb == Verb::Evict && isEvictedLater(error)))
        return hold(std::move(error));
    if (m_operation.verb == Verb::Evict && error.code == ErrorCode::NotFound)
        return await();
    const bool another = error.code == ErrorCode::Conflict && !isOwnersConflict(error);
    if (another || isAmbiguous(error))
        return readBackSoon(std::move(error));
    end(error.code == ErrorCode::Refused || error.code == ErrorCode::NameResolution || error.code == ErrorCode::Tls
            ? Outcome::NotSent
            : Outcome::Failed,
        sentence(error));
}

// Nothing was done; the server says when to come again. An eviction waits for its budget as long as it may.
void OperationRun::hold(base::Error error) {
    const std::int64_t now = m_environment.clock.steadyMs();
    if (m_heldFromMs == 0)
        m_heldFromMs = now;
    const bool evicts = m_operation.verb == Verb::Evict;
    const milliseconds patience = evicts ? milliseconds(m_operation.awaitDeadline) : milliseconds(kMostPatience);
    const milliseconds left = patience - milliseconds(now - m_heldFromMs);
    const std::string why = evicts ? evictionSentence(error) : sentence(error);
    if (m_cancelled || left.count() <= 0)
        return end(Outcome::Failed, why);
    enter(Stage::Held, why);
    const milliseconds pause =
        std::max(evicts ? kBudgetPause : milliseconds(1000), error.retryAfter.value_or(milliseconds(0)));
    later(std::min(pause, left), [this] {
        if (m_cancelled)
            end(Outcome::Failed, m_progress.message);
        else
            send();
    });
}

void OperationRun::readBackSoon(base::Error error) {
    m_failure = std::move(error);
    enter(Stage::ReadingBack, sentence(*m_failure));
    const auto read = [this] {
        ++m_reads;
        ask(readRequest(m_operation, m_kind),
            [this](base::Result<net::Response> answer) { takeReadBack(std::move(answer)); });
    };
    // A conflict is an answer: nothing of ours is under way any more. Otherwise it gets a moment to arrive.
    if (m_failure->code == ErrorCode::Conflict)
        return read();
    later(kFirstRead * (1 << std::min(m_reads, 6)), read);
}

void OperationRun::takeReadBack(base::Result<net::Response> answer) {
    if (!answer && answer.error().httpStatus != 404) {
        if (m_reads < kMostReads && !m_cancelled)
            return readBackSoon(*m_failure);
        return end(Outcome::Unknown,
                   sentence(*m_failure) + "; and it could not be read back: " + sentence(answer.error()));
    }
    const Json live = answer ? parsed(answer->body) : Json();
    switch (readBack(m_operation, m_before, parsed(m_planned.would), live)) {
    case ReadBack::Stored:
        m_progress.error.reset();
        m_after = answer && m_operation.verb != Verb::Delete ? std::move(answer->body) : std::string();
        return await();
    case ReadBack::Unclear:
        if (m_failure->code != ErrorCode::Conflict)
            return end(Outcome::Unknown, sentence(*m_failure) + "; somebody changed the same since");
        [[fallthrough]];
    case ReadBack::NotStored:
        if (m_failure->code == ErrorCode::Conflict)
            return takeMoved(live, answer ? std::move(answer->body) : std::string());
        // Once more, as what is late may still come.
        if (m_reads < 2)
            return readBackSoon(*m_failure);
        return end(Outcome::NotSent, "it did not arrive: " + sentence(*m_failure));
    }
}

// Stored anew meanwhile: fine where that was about something else, as a controller's status.
void OperationRun::takeMoved(const Json& live, std::string body) {
    const std::string field = live.is_null() || m_before.is_null() ? std::string() : fieldInDispute(live);
    if (live.is_null() || m_before.is_null() || metadata(live, "uid") != metadata(m_before, "uid"))
        return end(Outcome::Failed, "somebody else made or deleted it meanwhile: " + sentence(*m_failure));
    if (!field.empty())
        return end(Outcome::Failed,
                   "it was changed by somebody else meanwhile at " + field + ": " + sentence(*m_failure));
    if (m_attempts >= kMostAttempts)
        return end(Outcome::Failed, "it is stored anew faster than it can be changed, tried " +
                                        std::to_string(m_attempts) + " times: " + sentence(*m_failure));
    m_before = live;
    m_planned.before = std::move(body);
    m_progress.error.reset();
    // A rollout stores the status many times a second: step out of its way a little longer each time.
    later(kFirstStepAside * (1 << std::min(m_attempts - 1, 6)), [this] { record(); });
}

std::string OperationRun::fieldInDispute(const Json& live) const {
    const Json would = parsed(m_planned.would);
    const bool isWhole = would.is_null() || m_operation.verb == Verb::Replace;
    for (const Difference& difference : differences(contentOf(m_before), contentOf(isWhole ? live : would))) {
        if (isWhole || valueAt(live, difference.path) != difference.from)
            return difference.path.empty() ? "its root" : difference.path.to_string();
    }
    return {};
}

void OperationRun::await() {
    m_progress.outcome = Outcome::Done;
    if (m_operation.await == Await::Nothing)
        return end(Outcome::Done, {});
    // An eviction has one time for both: until it is allowed, and until the pod is gone.
    m_awaitFromMs = m_heldFromMs > 0 && m_operation.verb == Verb::Evict ? m_heldFromMs : m_environment.clock.steadyMs();
    awaitAgain({});
}

void OperationRun::awaitAgain(std::string message) {
    if (m_cancelled)
        return end(Outcome::Done, "stored; not waited for");
    if (m_environment.clock.steadyMs() - m_awaitFromMs > milliseconds(m_operation.awaitDeadline).count()) {
        m_progress.verified = Verified::No;
        return end(Outcome::Done,
                   "stored, but in " + std::to_string(m_operation.awaitDeadline.count()) + " s: " + message);
    }
    enter(Stage::Awaiting, std::move(message));
    const auto read = [this] {
        kube::ApiRequest request;
        request.target = m_kind.path(m_kind.namespaced ? m_operation.object.ns : "", m_operation.object.name);
        request.verb = "get";
        request.resource = m_kind.resource();
        ask(std::move(request), [this](base::Result<net::Response> answer) { takeAwaited(std::move(answer)); });
    };
    if (m_progress.message.empty())
        read();
    else
        later(kPoll, read);
}

void OperationRun::takeAwaited(base::Result<net::Response> answer) {
    const bool absent = !answer && answer.error().httpStatus == 404;
    if (!answer && !absent)
        return awaitAgain(sentence(answer.error()));
    const Json live = absent ? Json() : parsed(answer->body);
    if (m_operation.await == Await::Gone) {
        if (absent || metadata(live, "uid") != metadata(m_before, "uid")) {
            m_progress.verified = Verified::Yes;
            return end(Outcome::Done, {});
        }
        const Json finalizers = live.value(Json::json_pointer("/metadata/finalizers"), Json::array());
        return awaitAgain(finalizers.empty() ? std::string(kStillThere) : "held by finalizers: " + finalizers.dump());
    }
    const RolloutState state = absent ? RolloutState{RolloutPhase::Failed, "it is gone"} : rolloutState(live);
    if (state.phase == RolloutPhase::UnderWay)
        return awaitAgain(state.text);
    m_progress.verified = state.phase == RolloutPhase::Complete ? Verified::Yes : Verified::No;
    end(Outcome::Done, state.text);
}

void OperationRun::cancel() {
    m_cancelled = true;
    switch (m_progress.stage) {
    case Stage::Awaiting:
        return end(Outcome::Done, "stored; not waited for");
    case Stage::Held:
        return end(m_attempts > 0 ? Outcome::Failed : Outcome::NotSent, "cancelled; " + m_progress.message);
    case Stage::Checking:
        return end(Outcome::NotSent, "cancelled");
    case Stage::Waiting:
    case Stage::Recording:
    case Stage::Sending:
    case Stage::ReadingBack:
    case Stage::Ended:
        break;
    }
}

void OperationRun::giveUp() {
    m_over = true;
    m_asking.close();
    m_timer.close();
}

void OperationRun::end(Outcome outcome, std::string message) {
    m_progress.stage = Stage::Ended;
    m_progress.outcome = outcome;
    m_progress.message = std::move(message);
    m_progress.tookMs = m_environment.clock.steadyMs() - m_startMs;
    if (outcome == Outcome::Done)
        m_progress.error.reset();
    JournalClose close;
    close.number = m_number;
    close.outcome = outcome;
    close.message = m_progress.message;
    close.after = std::move(m_after);
    close.closedMs = m_environment.clock.nowMs();
    close.serverMs = m_serverMs;
    giveUp();
    const auto ended = m_environment.ended;
    ended(m_progress, std::move(close));
}

} // namespace change
