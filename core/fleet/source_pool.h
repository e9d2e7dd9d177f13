// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer.h"
#include "core/fleet/source.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace fleet {

class SourcePool;

/// The right to a source and the subscription to it; ends with the object. The pool must outlive it.
class SourceUse {
public:
    SourceUse() = default;
    SourceUse(SourcePool& pool, Source& source, SourceListener& listener);
    SourceUse(SourceUse&& other) noexcept { swap(other); }
    SourceUse& operator=(SourceUse&& other) noexcept {
        swap(other);
        return *this;
    }
    SourceUse(const SourceUse&) = delete;
    SourceUse& operator=(const SourceUse&) = delete;
    ~SourceUse();

    [[nodiscard]] Source* operator->() const { return m_source; }
    [[nodiscard]] Source& operator*() const { return *m_source; }

private:
    void swap(SourceUse& other) {
        std::swap(m_pool, other.m_pool);
        std::swap(m_source, other.m_source);
        std::swap(m_listener, other.m_listener);
    }

    SourcePool* m_pool = nullptr;
    Source* m_source = nullptr;
    SourceListener* m_listener = nullptr;
};

/// The sources of one cluster, each shared by all who use it. One that nobody uses any more lingers for a while, so
/// that going back is instant, and is dropped then. Confined to the home executor.
class SourcePool {
public:
    struct Hooks {
        std::function<void(Source&)> created; ///< Attach and seed it.
        std::function<void(Source&)> dropped; ///< The last moment to save it.
    };
    static constexpr std::chrono::milliseconds kLinger{8000};

    SourcePool(base::Executor& home, const base::Clock& clock, base::Timers& timers, Hooks hooks);
    ~SourcePool();

    [[nodiscard]] SourceUse use(const SourceKey& key, SourceListener& listener);
    /// The source if it is there, lingering or not; null otherwise.
    [[nodiscard]] Source* find(const SourceKey& key) const;
    void forEach(const std::function<void(Source&)>& visit) const;

private:
    friend class SourceUse;
    struct Entry {
        std::unique_ptr<Source> source;
        base::Cancel linger;
    };
    void release(Source& source, SourceListener& listener);
    void drop(const SourceKey& key);

    base::Executor& m_home;
    const base::Clock& m_clock;
    base::Timers& m_timers;
    Hooks m_hooks;
    std::map<SourceKey, Entry> m_entries;
};

} // namespace fleet
