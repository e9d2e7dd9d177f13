// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/watch_outbox.h"

#include <utility>

namespace kube {

WatchOutbox::WatchOutbox(base::Executor& home, base::CancelToken token, net::Handler<WatchUpdate> sink)
    : m_home(home)
    , m_token(std::move(token))
    , m_shared(std::make_shared<Shared>()) {
    m_shared->sink = std::make_shared<net::Handler<WatchUpdate>>(std::move(sink));
}

void WatchOutbox::beginResync() {
    dropRows();
    m_update.resyncBegins = true;
    m_update.resyncEnds = false;
    m_hasNews = true;
}

void WatchOutbox::add(WatchNews& news) {
    m_update.events += news.frames.events;
    RowBatch& batch = news.frames.batch;
    if (batch.isEmpty())
        return;
    m_bytes += batch.size() * batch.layout()->stride() + batch.strings().bytes();
    for (const ObjectText& object : news.objects)
        m_bytes += object.json.size();
    m_update.batches.push_back(std::move(batch));
    m_update.types.push_back(news.frames.type);
    m_update.objects.push_back(std::move(news.objects));
    m_hasNews = true;
}

void WatchOutbox::setPhase(WatchPhase phase, std::optional<base::Error> error, std::int64_t retryAtMs) {
    m_update.phase = phase;
    m_update.error = std::move(error);
    m_update.retryAtMs = retryAtMs;
    m_hasNews = true;
}

void WatchOutbox::dropRows() {
    m_update.batches.clear();
    m_update.types.clear();
    m_update.objects.clear();
    m_bytes = 0;
}

void WatchOutbox::deliver(std::int64_t serverTimeMs, base::UniqueFunction<void()> taken) {
    m_update.serverTimeMs = serverTimeMs;
    WatchUpdate update = std::move(m_update);
    m_update = {};
    m_update.phase = update.phase;
    m_update.error = update.error;
    m_update.retryAtMs = update.retryAtMs;
    m_bytes = 0;
    m_hasNews = false;
    m_shared->underway.fetch_add(1, std::memory_order_acq_rel);
    m_home.post([shared = m_shared, token = m_token, update = std::move(update), taken = std::move(taken)]() mutable {
        if (token.isCancelled())
            return;
        std::shared_ptr<net::Handler<WatchUpdate>> sink;
        {
            const std::lock_guard lock(shared->mutex);
            sink = shared->sink;
        }
        if (!sink)
            return;
        (*sink)(std::move(update));
        shared->underway.fetch_sub(1, std::memory_order_acq_rel);
        taken();
    });
}

void WatchOutbox::giveUp() {
    std::shared_ptr<net::Handler<WatchUpdate>> sink; // Destroyed after the lock is released.
    const std::lock_guard lock(m_shared->mutex);
    sink = std::move(m_shared->sink);
}

} // namespace kube
