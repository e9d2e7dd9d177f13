// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cancel_bag.h"
#include "core/kube/decode/decoder.h"
#include "core/kube/kind_learner.h"
#include "core/kube/server_traits.h"
#include "core/kube/status.h"
#include "core/kube/watch_requests.h"
#include "core/kube/watcher.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace kube {

namespace {

using base::ErrorCode;

constexpr int kPageSize = 500;
constexpr std::size_t kDecodeBytes = std::size_t(1) << 20;
constexpr std::string_view kInitialEventsEnd = "initial-events-end";
constexpr std::int64_t kSlowLink = 15'000'000;
constexpr std::int64_t kStreamSeconds = 120;
constexpr int kMostRetries = 10;
constexpr std::chrono::milliseconds kSilentInitialEvents(10000);

/// One list. Confined to its strand, but for giveUp(); kept alive by the request under way.
class Lister : public std::enable_shared_from_this<Lister> {
public:
    Lister(const WatchEnvironment& environment, WatchSpec spec, base::Executor& home, base::CancelToken token,
           net::Handler<base::Result<ListResult>> handler)
        : m_environment(environment)
        , m_spec(std::move(spec))
        , m_home(home)
        , m_token(std::move(token))
        , m_strand(*environment.decodePool)
        , m_handler(std::make_shared<net::Handler<base::Result<ListResult>>>(std::move(handler))) {}

    void start() {
        m_strand.post([self = shared_from_this()] { self->learn(); });
    }

    // Any thread.
    void giveUp() {
        m_request.close();
        m_silence.close();
        m_pause.close();
    }

private:
    bool isGone() const { return m_token.isCancelled(); }

    void learn() {
        if (isGone())
            return;
        if (const LearnedKind known = m_environment.traits->kind(m_spec.kind)) {
            begin(known);
            return;
        }
        learnKind(m_environment, m_spec, m_strand, m_request,
                  [self = shared_from_this()](base::Result<LearnedKind> learned) {
                      if (self->isGone())
                          return;
                      if (learned)
                          self->begin(*learned);
                      else if (!self->asksAgain(learned.error(), &Lister::learn))
                          self->finish(base::fail(std::move(learned.error())));
                  });
    }

    // A server that names a time is asked again then, as client-go does it.
    bool asksAgain(const base::Error& error, void (Lister::*step)()) {
        if (!error.retryAfter || m_retries++ == kMostRetries)
            return false;
        m_pause.set(m_environment.timers->after(*error.retryAfter, m_strand, [self = shared_from_this(), step] {
            if (!self->isGone())
                (self.get()->*step)();
        }));
        return true;
    }

    void begin(const LearnedKind& known) {
        m_decoder =
            Decoder::create({m_spec.kind, known->columns, known->datePaths, m_environment.traits->serverMinor()});
        const std::int64_t rate = m_environment.traits->streamRate();
        // What fits into a page is one answer; more comes faster as initial events, unless the link is slow.
        if (known->count > kPageSize && canWatch(m_spec.kind) && (rate == 0 || rate >= kSlowLink) &&
            m_environment.traits->offersInitialEvents(m_spec.kind))
            askInitialEvents();
        else
            askPage();
    }

    void askInitialEvents() {
        net::StreamSink sink;
        sink.head = [self = shared_from_this()](const net::Response& head) {
            if (self->isGone())
                return;
            self->noteServerTime(head.headers);
            self->m_decoder->beginStream(net::header(head.headers, "Content-Type"));
        };
        sink.data = [self = shared_from_this()](std::string bytes) {
            if (!self->isGone())
                self->takeBytes(std::move(bytes));
        };
        sink.end = [self = shared_from_this()](const base::Result<void>& result) {
            if (self->isGone())
                return;
            if (!result && result.error().code == ErrorCode::BadInput)
                self->m_environment.traits->setInitialEventsRefused(self->m_spec.kind);
            self->usePages();
        };
        m_request.set(m_environment.transport->stream(initialEventsRequest(m_spec, *m_decoder, kStreamSeconds),
                                                      m_strand, std::move(sink)));
        watchSilence();
    }

    // A server that does not know initial events sends the objects, but never says that they are complete.
    void watchSilence() {
        m_silence.set(m_environment.timers->after(kSilentInitialEvents, m_strand, [self = shared_from_this()] {
            if (self->isGone())
                return;
            if (std::exchange(self->m_hasHeard, false)) {
                self->watchSilence();
                return;
            }
            self->m_environment.traits->setInitialEventsRefused(self->m_spec.kind);
            self->usePages();
        }));
    }

    void takeBytes(std::string bytes) {
        m_hasHeard = true;
        const std::size_t searchFrom = m_raw.size() - std::min(m_raw.size(), kInitialEventsEnd.size());
        if (m_raw.empty())
            m_raw = std::move(bytes);
        else
            m_raw += bytes;
        if (m_raw.size() < kDecodeBytes && m_raw.find(kInitialEventsEnd, searchFrom) == std::string::npos)
            return;
        base::Result<WatchFrames> frames = m_decoder->feed(std::exchange(m_raw, {}));
        if (!frames || frames->error || !isInOrder(frames->batch)) {
            usePages();
            return;
        }
        m_result.batches.push_back(std::move(frames->batch));
        if (!frames->initialEventsEnd)
            return;
        m_result.resourceVersion = frames->resourceVersion;
        finish(std::move(m_result));
    }

    // Initial events come in the order of the server's keys, unless something changed meanwhile or the server is an
    // old one: then pages give one consistent answer.
    bool isInOrder(const RowBatch& batch) {
        if (!batch.removed().empty() || (m_layout && batch.layout() != m_layout))
            return false;
        m_layout = batch.layout();
        std::string key;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const RowRef row = batch.row(i);
            key = row.ns();
            key += '/';
            key += row.name();
            if (key <= m_lastKey)
                return false;
            m_lastKey.swap(key);
        }
        return true;
    }

    void usePages() {
        m_silence.clear();
        m_raw.clear();
        m_layout.reset();
        m_continue.clear();
        m_result = {};
        askPage();
    }

    void askPage() {
        m_request.set(
            m_environment.transport->send(pageRequest(m_spec, *m_decoder, m_isUnpaged ? 0 : kPageSize, m_continue),
                                          m_strand, [self = shared_from_this()](base::Result<net::Response> answer) {
                                              if (!self->isGone())
                                                  self->takePage(std::move(answer));
                                          }));
    }

    void takePage(base::Result<net::Response> answer) {
        if (!answer) {
            if (answer.error().code == ErrorCode::Gone && !m_isUnpaged) {
                m_isUnpaged = true;
                usePages();
            } else if (!asksAgain(answer.error(), &Lister::askPage)) {
                finish(base::fail(std::move(answer.error())));
            }
            return;
        }
        noteServerTime(answer->headers);
        ListMeta meta;
        base::Result<RowBatch> rows = m_decoder->list(net::header(answer->headers, "Content-Type"), answer->body, meta);
        if (!rows) {
            finish(base::fail(std::move(rows.error())));
            return;
        }
        if (m_layout && rows->layout() != m_layout && !std::exchange(m_hasRestarted, true)) {
            usePages(); // The server's columns changed between two pages.
            return;
        }
        m_layout = rows->layout();
        m_result.batches.push_back(std::move(*rows));
        if (m_result.resourceVersion.empty())
            m_result.resourceVersion = meta.resourceVersion;
        m_continue = meta.continueToken;
        if (m_continue.empty())
            finish(std::move(m_result));
        else
            askPage();
    }

    void noteServerTime(const net::Headers& headers) {
        m_result.serverTimeMs = serverTimeMs(headers, m_environment.clock->nowMs());
    }

    void finish(base::Result<ListResult> result) {
        giveUp();
        if (!result) {
            if (result.error().verb.empty())
                result.error().verb = "list";
            if (result.error().resource.empty())
                result.error().resource = m_spec.kind.resource();
        }
        m_home.post([token = m_token, handler = std::move(m_handler), result = std::move(result)]() mutable {
            if (!token.isCancelled())
                (*handler)(std::move(result));
        });
    }

    WatchEnvironment m_environment;
    WatchSpec m_spec;
    base::Executor& m_home;
    base::CancelToken m_token;
    base::Strand m_strand;
    base::CancelSlot m_request;
    base::CancelSlot m_silence;
    base::CancelSlot m_pause;
    std::shared_ptr<net::Handler<base::Result<ListResult>>> m_handler;

    std::unique_ptr<Decoder> m_decoder;
    RowLayoutPtr m_layout;
    std::string m_lastKey;
    std::string m_raw;
    std::string m_continue;
    ListResult m_result;
    int m_retries = 0;
    bool m_isUnpaged = false;
    bool m_hasRestarted = false;
    bool m_hasHeard = false;
};

} // namespace

base::Cancel list(const WatchEnvironment& environment, WatchSpec spec, base::Executor& home,
                  net::Handler<base::Result<ListResult>> handler) {
    base::Cancel cancel = base::Cancel::create();
    const auto lister =
        std::make_shared<Lister>(environment, std::move(spec), home, cancel.token(), std::move(handler));
    cancel.token().onCancel([weak = std::weak_ptr(lister)] {
        if (const auto running = weak.lock())
            running->giveUp();
    });
    lister->start();
    return cancel;
}

} // namespace kube
