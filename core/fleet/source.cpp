// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/source.h"

#include <algorithm>
#include <utility>

namespace fleet {

namespace {

bool sameLayout(const kube::RowLayout& a, const kube::RowLayout& b) {
    if (&a == &b)
        return true;
    const auto sameField = [](const kube::Field& x, const kube::Field& y) { return x.id == y.id && x.type == y.type; };
    const auto sameColumn = [](const kube::Column& x, const kube::Column& y) {
        return x.id == y.id && x.title == y.title && x.format == y.format && x.sort == y.sort && x.field == y.field &&
               x.field2 == y.field2 && x.priority == y.priority;
    };
    return std::ranges::equal(a.fields(), b.fields(), sameField) &&
           std::ranges::equal(a.columns(), b.columns(), sameColumn);
}

} // namespace

Source::Source(SourceKey key, base::Executor& home, const base::Clock& clock)
    : m_key(std::move(key))
    , m_home(home)
    , m_clock(clock) {}

Source::~Source() = default;

kube::RowRef Source::row(kube::RowHandle handle) const {
    if (!m_store)
        return {};
    const kube::RowRef row = m_store->row(handle);
    return row.isNull() || row.head().mark == 0 ? kube::RowRef() : row;
}

void Source::attach(const kube::WatchEnvironment& environment, const kube::Kind& kind) {
    const bool same = m_attached && m_environment.transport == environment.transport &&
                      m_kind.apiVersion() == kind.apiVersion() && m_kind.plural == kind.plural &&
                      m_kind.namespaced == kind.namespaced;
    if (same)
        return;
    detach();
    m_environment = environment;
    m_kind = kind;
    m_attached = true;
    start();
    tellState();
}

void Source::start() {
    m_resync = false;
    m_next.reset();
    m_phase = kube::WatchPhase::Listing;
    m_error.reset();
    m_retryAtMs = 0;
    kube::WatchSpec spec;
    spec.kind = m_kind;
    spec.ns = m_key.ns;
    m_watch = kube::watch(m_environment, std::move(spec), m_home,
                          [this](kube::WatchUpdate update) { take(std::move(update)); });
}

void Source::detach() {
    if (!m_attached)
        return;
    if (m_phase == kube::WatchPhase::Live)
        m_asOfMs = m_clock.nowMs();
    m_watch.cancel();
    m_attached = false;
    m_environment = {};
    m_resync = false;
    m_next.reset();
    m_phase = kube::WatchPhase::Listing;
    m_error.reset();
    m_retryAtMs = 0;
    tellState();
}

void Source::restart() {
    if (!m_attached)
        return;
    m_watch.cancel();
    start();
    tellState();
}

void Source::seed(const kube::RowBatch& rows, std::int64_t asOfMs) {
    if (m_complete || (m_store && m_store->size() > 0))
        return;
    m_store.emplace(rows.layout());
    kube::RowDelta delta;
    m_store->apply(rows, delta);
    // After the rows, so that they go unless the list that is under way has them, too.
    if (m_resync)
        m_store->beginResync();
    m_asOfMs = asOfMs;
    tellReset();
    tellState();
}

bool Source::isCached() const {
    return !m_attached || m_phase == kube::WatchPhase::Waiting ||
           (m_phase == kube::WatchPhase::Listing && m_asOfMs != 0);
}

std::int64_t Source::asOfMs() const {
    return isCached() ? m_asOfMs : m_clock.nowMs();
}

void Source::take(kube::WatchUpdate update) {
    if (update.resyncBegins) {
        m_resync = true;
        m_next.reset();
        if (m_store)
            m_store->beginResync();
    }
    for (const kube::RowBatch& batch : update.batches)
        applyBatch(batch);
    if (update.resyncEnds)
        endResync();
    m_events += update.events;
    if (update.serverTimeMs != 0)
        m_skewMs = update.serverTimeMs - m_clock.nowMs();
    const bool leavesLive = m_phase == kube::WatchPhase::Live && update.phase != kube::WatchPhase::Live;
    if (leavesLive)
        m_asOfMs = m_clock.nowMs();
    const bool changed = m_phase != update.phase || m_retryAtMs != update.retryAtMs || update.resyncEnds ||
                         m_error.has_value() != update.error.has_value();
    m_phase = update.phase;
    m_error = std::move(update.error);
    m_retryAtMs = update.retryAtMs;
    if (changed)
        tellState();
}

void Source::applyBatch(const kube::RowBatch& batch) {
    kube::RowDelta delta;
    const bool fits = m_store && sameLayout(*m_store->layout(), *batch.layout());
    if (fits && !m_next) {
        m_store->apply(batch, delta);
        told(delta);
        return;
    }
    // Rows of another shape: what is shown stays until their full list is there, if there is something to show.
    if (m_store && m_store->size() > 0 && m_resync) {
        if (!m_next)
            m_next.emplace(batch.layout());
        m_next->apply(batch, delta);
        return;
    }
    m_store.emplace(batch.layout());
    if (m_resync)
        m_store->beginResync();
    m_store->apply(batch, delta);
    m_lastChangeMs = m_clock.nowMs();
    ++m_revision;
    tellReset();
}

void Source::endResync() {
    m_resync = false;
    m_complete = true;
    m_asOfMs = m_clock.nowMs();
    if (m_next) {
        m_store = std::move(m_next);
        m_next.reset();
        m_lastChangeMs = m_clock.nowMs();
        ++m_revision;
        tellReset();
    } else if (m_store) {
        kube::RowDelta delta;
        m_store->finishResync(delta);
        told(delta);
    }
    ++m_revision;
}

void Source::told(const kube::RowDelta& delta) {
    if (delta.isEmpty())
        return;
    ++m_revision;
    m_lastChangeMs = m_clock.nowMs();
    forEachListener([&delta](SourceListener& listener) { listener.sourceChanged(delta); });
}

void Source::tellReset() {
    forEachListener([](SourceListener& listener) { listener.sourceReset(); });
}

void Source::tellState() {
    forEachListener([](SourceListener& listener) { listener.sourceStateChanged(); });
}

template <typename Call>
void Source::forEachListener(Call call) {
    // By index: a listener may be added meanwhile.
    for (std::size_t i = 0; i < m_listeners.size(); ++i)
        call(*m_listeners[i]);
}

void Source::add(SourceListener* listener) {
    m_listeners.push_back(listener);
}

void Source::remove(SourceListener* listener) {
    std::erase(m_listeners, listener);
}

} // namespace fleet
