// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/watcher.h"

#include "core/base/backoff.h"
#include "core/base/cancel_bag.h"
#include "core/kube/decode/decoder.h"
#include "core/kube/kind_learner.h"
#include "core/kube/server_traits.h"
#include "core/kube/status.h"
#include "core/kube/watch_failure.h"
#include "core/kube/watch_outbox.h"
#include "core/kube/watch_reader.h"
#include "core/kube/watch_requests.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace kube {

namespace {

using base::ErrorCode;
using std::chrono::milliseconds;

constexpr int kPageSize = 500;
constexpr milliseconds kListingInterval(100); ///< Between deliveries while the first state arrives,
constexpr milliseconds kLiveInterval(25);     ///< and afterwards: beside a view's beat of 250 ms it must not be felt.
constexpr std::size_t kDecodeBytes = std::size_t(1) << 20;
constexpr std::string_view kInitialEventsEnd = "initial-events-end";
constexpr milliseconds kMeasureAfter(1000);
/// Below this a stream is slower than compressed pages (performance: about 100 Mbit/s).
constexpr std::int64_t kSlowLink = 15'000'000;
constexpr std::int64_t kManyObjects = 2000;
constexpr milliseconds kSilentInitialEvents(10000);
constexpr milliseconds kPollInterval(30000);
constexpr milliseconds kShortWatch(1000);
constexpr milliseconds kGoneAtOnceEvery(10000);

/// One watch. Confined to its strand, but for giveUp(); kept alive by the step under way, which giveUp() ends.
class Watch : public std::enable_shared_from_this<Watch> {
public:
    Watch(const WatchEnvironment& environment, WatchSpec spec, base::Executor& home, base::CancelToken token,
          net::Handler<WatchUpdate> sink)
        : m_environment(environment)
        , m_spec(std::move(spec))
        , m_token(token)
        , m_strand(*environment.decodePool)
        , m_backoff(*environment.clock)
        , m_turn(environment.traits->retries().join({*environment.clock, *environment.timers, *environment.decodePool}))
        , m_outbox(home, std::move(token), std::move(sink)) {}

    void start() {
        m_strand.post([self = shared_from_this()] { self->beginList(); });
    }

    // Any thread.
    void giveUp() {
        for (base::CancelSlot* slot : {&m_request, &m_retryTimer, &m_flushTimer, &m_checkTimer})
            slot->close();
        m_turn.leave();
        m_outbox.giveUp();
    }

private:
    enum class State { Idle, Learning, InitialEvents, Pages, Watching, Waiting };
    enum class Next { Relist, Page, Resume };

    bool isGone() const { return m_token.isCancelled(); }
    std::int64_t now() const { return m_environment.clock->steadyMs(); }
    ServerTraits& traits() const { return *m_environment.traits; }

    template <typename Member, typename... Args>
    void after(base::CancelSlot& slot, milliseconds delay, Member member, Args... args) {
        slot.set(m_environment.timers->after(delay, m_strand, [self = shared_from_this(), member, args...] {
            if (!self->isGone())
                (self.get()->*member)(args...);
        }));
    }

    // --- the list -----------------------------------------------------------------------------------------------

    void beginList() {
        if (isGone())
            return;
        m_resourceVersion.clear();
        m_continue.clear();
        m_listed = 0;
        m_hasRows = false;
        const LearnedKind known = traits().kind(m_spec.kind);
        if (!known) {
            m_state = State::Learning;
            learnKind(m_environment, m_spec, m_strand, m_request,
                      [self = shared_from_this()](base::Result<LearnedKind> learned) {
                          if (self->isGone())
                              return;
                          if (learned)
                              self->beginList();
                          else
                              self->fail(std::move(learned.error()), Next::Relist);
                      });
            return;
        }
        prepareDecoder(known);
        m_outbox.beginResync();
        if (wantsInitialEvents(*known))
            askInitialEvents();
        else
            askPage();
    }

    void prepareDecoder(const LearnedKind& known) {
        const int minor = traits().serverMinor();
        if (m_decoder && m_known && m_known->columns == known->columns && m_minor == minor)
            return;
        m_known = known;
        m_minor = minor;
        m_decoder = Decoder::create({m_spec.kind, known->columns, known->datePaths, minor, m_spec.wholeObjects});
    }

    bool wantsInitialEvents(const KindTraits& known) const {
        // Whoever prints each event prints the list in the server's order, too, which pages have.
        if (m_spec.eachEvent || m_avoidsInitialEvents || !canWatch(m_spec.kind) ||
            !traits().offersInitialEvents(m_spec.kind))
            return false;
        const std::int64_t rate = traits().streamRate();
        return rate == 0 || rate >= kSlowLink || known.count < kManyObjects;
    }

    void askInitialEvents() {
        openStream(State::InitialEvents, initialEventsRequest(m_spec, *m_decoder, m_backoff.between(300, 600)));
        after(m_checkTimer, kMeasureAfter, &Watch::measure);
    }

    // A second into the first state: is the link so slow that compressed pages are quicker?
    void measure() {
        if (m_state != State::InitialEvents)
            return;
        after(m_checkTimer, kSilentInitialEvents, &Watch::checkSilence);
        if (m_streamBytes == 0)
            return;
        const std::int64_t elapsed = std::max<std::int64_t>(now() - m_firstByteMs, 1);
        const std::int64_t rate = m_streamBytes * 1000 / elapsed;
        traits().setStreamRate(rate);
        const auto listed = static_cast<std::int64_t>(std::max<std::size_t>(m_listed, 1));
        const std::int64_t left = m_known->count < 0 ? kManyObjects : m_known->count - listed;
        if (rate >= kSlowLink || left * (m_streamBytes / listed) < 2 * rate)
            return;
        usePages();
    }

    // A server that does not know initial events sends the objects, but never says that they are complete.
    void checkSilence() {
        if (m_state != State::InitialEvents)
            return;
        const std::int64_t silent = now() - std::max(m_lastByteMs, m_headMs);
        if (!m_hasHead || silent < kSilentInitialEvents.count()) {
            after(m_checkTimer, kSilentInitialEvents, &Watch::checkSilence);
            return;
        }
        refuseInitialEvents();
        usePages();
    }

    void refuseInitialEvents() {
        m_avoidsInitialEvents = true;
        traits().setInitialEventsRefused(m_spec.kind);
    }

    void usePages() {
        m_resourceVersion.clear();
        m_continue.clear();
        m_listed = 0;
        m_hasRows = false;
        m_raw.clear();
        m_outbox.beginResync();
        askPage();
    }

    void askPage() {
        m_state = State::Pages;
        m_request.set(
            m_environment.transport->send(pageRequest(m_spec, *m_decoder, m_isUnpaged ? 0 : kPageSize, m_continue),
                                          m_strand, [self = shared_from_this()](base::Result<net::Response> answer) {
                                              if (!self->isGone())
                                                  self->takePage(std::move(answer));
                                          }));
    }

    void takePage(base::Result<net::Response> answer) {
        if (!answer) {
            if (answer.error().code == ErrorCode::Gone && !m_continue.empty() && !m_isUnpaged) {
                // The token lived too short for this link: everything at once, as client-go's pager does.
                m_isUnpaged = true;
                usePages();
            } else {
                fail(std::move(answer.error()), m_continue.empty() ? Next::Relist : Next::Page);
            }
            return;
        }
        noteServerTime(answer->headers);
        noteListing();
        ListMeta meta;
        base::Result<WatchNews> news = readPage(*m_decoder, m_spec, *answer, meta);
        if (!news) {
            fail(std::move(news.error()), Next::Relist);
            return;
        }
        noteAnswer();
        if (!takeRows(*news))
            return;
        if (m_resourceVersion.empty())
            m_resourceVersion = meta.resourceVersion;
        m_continue = meta.continueToken;
        if (m_continue.empty()) {
            finishList();
        } else {
            askPage();
        }
        flush();
    }

    void finishList() {
        m_isUnpaged = false;
        m_outbox.endResync();
        traits().setCount(m_spec.kind, m_spec.ns.empty() ? static_cast<std::int64_t>(m_listed) : m_known->count);
        becomeLive();
        if (m_state == State::InitialEvents) {
            m_state = State::Watching;
            m_checkTimer.clear();
        } else if (canWatch(m_spec.kind) && !m_resourceVersion.empty()) {
            resume();
        } else {
            m_state = State::Waiting;
            m_next = Next::Relist;
            m_turn.setLive(RetryQueue::Member::Live::No); // Nothing is open that would tell.
            after(m_retryTimer, kPollInterval, &Watch::retry);
        }
    }

    void noteListing() {
        if (m_outbox.phase() != WatchPhase::Listing)
            m_outbox.setPhase(WatchPhase::Listing);
    }

    void noteAnswer() {
        if (std::exchange(m_isUnanswered, false))
            m_turn.answered();
    }

    void becomeLive() {
        m_outbox.setPhase(WatchPhase::Live);
        m_turn.setLive(RetryQueue::Member::Live::Yes);
    }

    // --- the stream ---------------------------------------------------------------------------------------------

    void resume() {
        openStream(State::Watching, watchRequest(m_spec, *m_decoder, m_resourceVersion, m_backoff.between(300, 600)));
    }

    void openStream(State state, ApiRequest request) {
        m_state = state;
        m_raw.clear();
        m_streamBytes = 0;
        m_hasHead = false;
        m_hasEvents = false;
        m_openedMs = now();
        net::StreamSink sink;
        sink.head = [self = shared_from_this()](const net::Response& head) {
            if (!self->isGone())
                self->takeHead(head);
        };
        sink.data = [self = shared_from_this()](std::string bytes) {
            if (!self->isGone())
                self->takeBytes(std::move(bytes));
        };
        sink.end = [self = shared_from_this()](base::Result<void> result) {
            if (!self->isGone())
                self->endStream(std::move(result));
        };
        m_request.set(m_environment.transport->stream(std::move(request), m_strand, std::move(sink)));
    }

    void takeHead(const net::Response& head) {
        noteServerTime(head.headers);
        m_decoder->beginStream(net::header(head.headers, "Content-Type"));
        m_hasHead = true;
        m_headMs = now();
        if (m_state == State::InitialEvents) {
            noteListing();
        } else if (m_outbox.phase() != WatchPhase::Live) {
            noteAnswer();
            becomeLive();
            flush();
        }
    }

    void takeBytes(std::string bytes) {
        m_lastByteMs = now();
        if (m_streamBytes == 0)
            m_firstByteMs = m_lastByteMs;
        m_streamBytes += static_cast<std::int64_t>(bytes.size());
        const std::size_t searchFrom = m_raw.size() - std::min(m_raw.size(), kInitialEventsEnd.size());
        if (m_raw.empty())
            m_raw = std::move(bytes);
        else
            m_raw += bytes;
        const bool isComplete =
            m_state == State::InitialEvents && m_raw.find(kInitialEventsEnd, searchFrom) != std::string::npos;
        // Small pieces wait for the next delivery: a batch costs the same for one row and for a thousand.
        if (isComplete || m_raw.size() >= kDecodeBytes || now() >= m_nextDeliveryMs) {
            if (decode())
                flush();
        } else {
            flushLater();
        }
    }

    // False if the stream was given up.
    bool decode() {
        if (m_raw.empty())
            return true;
        base::Result<std::vector<WatchNews>> news = readStream(*m_decoder, m_spec, std::exchange(m_raw, {}));
        if (!news) {
            fail(std::move(news.error()), Next::Relist);
            return false;
        }
        noteAnswer();
        return std::all_of(news->begin(), news->end(), [this](WatchNews& part) { return takeNews(part); });
    }

    // False if the stream was given up.
    bool takeNews(WatchNews& news) {
        WatchFrames& frames = news.frames;
        m_hasEvents = m_hasEvents || frames.events > 0;
        if (!takeRows(news))
            return false;
        // The objects of the first state come in the order of their names, not of their versions.
        if ((m_state == State::Watching || frames.initialEventsEnd) && !frames.resourceVersion.empty())
            m_resourceVersion = frames.resourceVersion;
        if (m_state == State::InitialEvents && frames.initialEventsEnd)
            finishList();
        if (frames.error) {
            frames.error->verb = "watch";
            frames.error->resource = m_spec.kind.resource();
            fail(std::move(*frames.error), Next::Resume);
            return false;
        }
        return true;
    }

    // False if the list has to begin again.
    bool takeRows(WatchNews& news) {
        const RowBatch& batch = news.frames.batch;
        if (batch.isEmpty() && news.frames.events == 0)
            return true;
        const bool isListing = m_state != State::Watching;
        if (batch.layout() != m_layout) {
            if (m_layout && (!isListing || m_hasRows)) {
                relearn();
                return false;
            }
            m_layout = batch.layout();
        }
        m_hasRows = true;
        if (isListing) {
            m_listed += batch.size();
            news.frames.events = 0; // A first state is no news.
        }
        m_outbox.add(news);
        if (m_outbox.bytes() > m_environment.maxPendingBytes) {
            m_outbox.dropRows();
            fail(base::fail(ErrorCode::Internal, "changes come faster than they are taken").value(), Next::Relist);
            return false;
        }
        return true;
    }

    // The server's columns changed under us.
    void relearn() {
        traits().forgetKind(m_spec.kind);
        m_request.clear();
        m_raw.clear();
        m_decoder.reset();
        m_layout.reset();
        beginList();
    }

    void endStream(base::Result<void> result) {
        if (m_hasHead && !decode())
            return;
        if (m_hasHead && result)
            result = m_decoder->endStream();
        if (m_state == State::InitialEvents) {
            endInitialEvents(std::move(result));
            return;
        }
        flush();
        if (!result) {
            fail(std::move(result.error()), Next::Resume);
        } else if (m_hasEvents || now() - m_openedMs >= kShortWatch.count()) {
            resume();
        } else {
            base::Error error = base::fail(ErrorCode::BadResponse, "the server ends each watch at once").value();
            fail(std::move(error), Next::Resume);
        }
    }

    void endInitialEvents(base::Result<void> result) {
        if (result)
            result = base::fail(ErrorCode::Unreachable, "the watch ended before the first state was complete");
        base::Error& error = result.error();
        const bool isRefusal = !m_hasHead && (error.code == ErrorCode::BadInput || error.code == ErrorCode::Forbidden ||
                                              (error.code == ErrorCode::Unsupported && error.httpStatus != 404));
        if (!isRefusal) {
            fail(std::move(error), Next::Relist);
            return;
        }
        // A user who may list but not watch is told so when the list is there.
        if (error.code == ErrorCode::Forbidden)
            m_avoidsInitialEvents = true;
        else
            refuseInitialEvents();
        usePages();
    }

    // --- failure ------------------------------------------------------------------------------------------------

    void fail(base::Error error, Next next) {
        m_request.clear();
        m_checkTimer.clear();
        m_raw.clear();
        m_state = State::Waiting;
        if (error.verb.empty())
            error.verb = "list";
        if (error.resource.empty())
            error.resource = m_spec.kind.resource();
        if (error.code == ErrorCode::Gone) {
            next = Next::Relist;
            // At once, but not for ever: a server may call gone what it has just listed.
            const std::int64_t lastMs = std::exchange(m_lastGoneMs, now());
            if (m_lastGoneMs - lastMs >= kGoneAtOnceEvery.count()) {
                m_next = next;
                retry();
                return;
            }
        }
        m_next = m_resourceVersion.empty() && next == Next::Resume ? Next::Relist : next;
        if (error.code == ErrorCode::Unsupported)
            m_next = Next::Relist;
        const RetryQueue::Wait wait = waitAfter(error, m_backoff);
        if (wait.about == RetryQueue::About::Kind && error.httpStatus != 0)
            noteAnswer();
        m_isUnanswered = true;
        const milliseconds delay =
            m_turn.wait(wait, [self = shared_from_this()] { self->m_strand.post([self] { self->retry(); }); });
        const WatchPhase phase = phaseAfter(error);
        m_outbox.setPhase(phase, std::move(error), m_environment.clock->nowMs() + delay.count());
        m_nextDeliveryMs = 0;
        flush();
    }

    void retry() {
        if (isGone() || m_state != State::Waiting)
            return;
        if (m_outbox.bytes() > 0 && m_outbox.isHomeBusy()) {
            after(m_retryTimer, kListingInterval, &Watch::retry);
            return;
        }
        m_retryTimer.clear();
        m_state = State::Idle;
        switch (m_next) {
        case Next::Relist:
            beginList();
            break;
        case Next::Page:
            askPage();
            break;
        case Next::Resume:
            resume();
            break;
        }
    }

    // --- deliveries ---------------------------------------------------------------------------------------------

    void noteServerTime(const net::Headers& headers) {
        const std::int64_t ours = m_environment.clock->nowMs();
        const std::int64_t server = serverTimeMs(headers, ours);
        if (server == 0)
            return;
        m_skewMs = server - ours;
        m_knowsServerTime = true;
    }

    void flushLater() {
        if (m_isFlushPlanned)
            return;
        m_isFlushPlanned = true;
        after(m_flushTimer, milliseconds(std::max<std::int64_t>(m_nextDeliveryMs - now(), 0)), &Watch::flushNow);
    }

    void flushNow() {
        m_isFlushPlanned = false;
        if ((m_state == State::InitialEvents || m_state == State::Watching) && m_hasHead && !decode())
            return;
        flush();
    }

    void flush() {
        if (m_outbox.isEmpty() || m_outbox.isHomeBusy())
            return;
        if (now() < m_nextDeliveryMs) {
            flushLater();
            return;
        }
        const bool isLive = m_outbox.phase() == WatchPhase::Live;
        m_nextDeliveryMs = now() + (isLive ? kLiveInterval : kListingInterval).count();
        const std::int64_t serverTimeMs = m_knowsServerTime ? m_environment.clock->nowMs() + m_skewMs : 0;
        m_outbox.deliver(serverTimeMs, [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->m_strand.post([self] {
                    if (!self->isGone())
                        self->flush();
                });
        });
    }

    WatchEnvironment m_environment;
    WatchSpec m_spec;
    base::CancelToken m_token;
    base::Strand m_strand;
    base::Backoff m_backoff;
    RetryQueue::Member m_turn;
    WatchOutbox m_outbox;

    base::CancelSlot m_request;
    base::CancelSlot m_retryTimer;
    base::CancelSlot m_flushTimer;
    base::CancelSlot m_checkTimer;

    State m_state = State::Idle;
    Next m_next = Next::Relist;
    LearnedKind m_known;
    int m_minor = 0;
    std::unique_ptr<Decoder> m_decoder;
    RowLayoutPtr m_layout;         // Of the rows told so far.
    std::string m_resourceVersion; // From which to resume; empty until a list is complete.
    std::string m_continue;
    std::size_t m_listed = 0;
    std::int64_t m_lastGoneMs = -kGoneAtOnceEvery.count();
    bool m_hasRows = false; // In this list.
    bool m_isUnpaged = false;
    bool m_avoidsInitialEvents = false;
    bool m_isUnanswered = true; // Since it was last heard of, if ever.

    std::string m_raw; // Of the stream, not decoded yet.
    std::int64_t m_streamBytes = 0;
    std::int64_t m_openedMs = 0;
    std::int64_t m_headMs = 0;
    std::int64_t m_firstByteMs = 0;
    std::int64_t m_lastByteMs = 0;
    bool m_hasHead = false;
    bool m_hasEvents = false;

    std::int64_t m_nextDeliveryMs = 0;
    std::int64_t m_skewMs = 0;
    bool m_knowsServerTime = false;
    bool m_isFlushPlanned = false;
};

} // namespace

base::Cancel watch(const WatchEnvironment& environment, WatchSpec spec, base::Executor& home,
                   net::Handler<WatchUpdate> sink) {
    base::Cancel cancel = base::Cancel::create();
    const auto watch = std::make_shared<Watch>(environment, std::move(spec), home, cancel.token(), std::move(sink));
    cancel.token().onCancel([weak = std::weak_ptr(watch)] {
        if (const auto running = weak.lock())
            running->giveUp();
    });
    watch->start();
    return cancel;
}

} // namespace kube
