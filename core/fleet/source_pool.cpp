// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/source_pool.h"

namespace fleet {

SourceUse::SourceUse(SourcePool& pool, Source& source, SourceListener& listener)
    : m_pool(&pool)
    , m_source(&source)
    , m_listener(&listener) {
    source.add(&listener);
}

SourceUse::~SourceUse() {
    if (m_pool)
        m_pool->release(*m_source, *m_listener);
}

SourcePool::SourcePool(base::Executor& home, const base::Clock& clock, base::Timers& timers, Hooks hooks)
    : m_home(home)
    , m_clock(clock)
    , m_timers(timers)
    , m_hooks(std::move(hooks)) {}

SourcePool::~SourcePool() = default;

SourceUse SourcePool::use(const SourceKey& key, SourceListener& listener) {
    Entry& entry = m_entries[key];
    entry.linger.cancel();
    const bool isNew = !entry.source;
    if (isNew)
        entry.source = std::make_unique<Source>(key, m_home, m_clock);
    Source& source = *entry.source;
    if (isNew && m_hooks.created)
        m_hooks.created(source);
    return {*this, source, listener};
}

Source* SourcePool::find(const SourceKey& key) const {
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? nullptr : found->second.source.get();
}

void SourcePool::forEach(const std::function<void(Source&)>& visit) const {
    for (const auto& [key, entry] : m_entries)
        visit(*entry.source);
}

void SourcePool::release(Source& source, SourceListener& listener) {
    source.remove(&listener);
    if (source.listeners() > 0)
        return;
    const SourceKey key = source.key();
    m_entries[key].linger = m_timers.after(kLinger, m_home, [this, key] { drop(key); });
}

void SourcePool::drop(const SourceKey& key) {
    const auto found = m_entries.find(key);
    if (found == m_entries.end() || found->second.source->listeners() > 0)
        return;
    if (m_hooks.dropped)
        m_hooks.dropped(*found->second.source);
    m_entries.erase(found);
}

} // namespace fleet
