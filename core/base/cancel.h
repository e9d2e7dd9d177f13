// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/unique_function.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace base {

/// The worker's side of a Cancel: tells whether the caller still wants the answer. Cheap to copy, safe on any thread.
class CancelToken {
public:
    CancelToken() = default;

    [[nodiscard]] bool isCancelled() const { return m_state && m_state->cancelled.load(std::memory_order_acquire); }
    /// `hook` runs once, on the cancelling thread, or at once if already cancelled. One hook a token; it must not
    /// block.
    void onCancel(UniqueFunction<void()> hook) const {
        if (!m_state)
            return;
        {
            const std::lock_guard lock(m_state->mutex);
            if (!m_state->cancelled.load(std::memory_order_relaxed)) {
                m_state->hook = std::move(hook);
                return;
            }
        }
        hook();
    }

private:
    friend class Cancel;
    struct State {
        std::atomic<bool> cancelled = false;
        std::mutex mutex;
        UniqueFunction<void()> hook;
    };
    explicit CancelToken(std::shared_ptr<State> state)
        : m_state(std::move(state)) {}
    std::shared_ptr<State> m_state;
};

/// Owns the right to an answer: destroying it or calling cancel() gives the answer up. If cancel() is called on the
/// thread of the executor on which handlers run, no handler runs after it returns; from another thread one may be
/// running already. Whoever starts work creates a Cancel with create(), keeps token() and checks it right before each
/// handler call.
class [[nodiscard]] Cancel {
public:
    Cancel() = default;
    Cancel(Cancel&&) noexcept = default;
    Cancel& operator=(Cancel&& other) noexcept {
        if (this != &other) {
            cancel();
            m_state = std::move(other.m_state);
        }
        return *this;
    }
    Cancel(const Cancel&) = delete;
    Cancel& operator=(const Cancel&) = delete;
    ~Cancel() { cancel(); }

    static Cancel create() {
        Cancel cancel;
        cancel.m_state = std::make_shared<CancelToken::State>();
        return cancel;
    }

    [[nodiscard]] CancelToken token() const { return CancelToken(m_state); }

    void cancel() {
        if (!m_state)
            return;
        const auto state = std::move(m_state);
        UniqueFunction<void()> hook;
        {
            const std::lock_guard lock(state->mutex);
            state->cancelled.store(true, std::memory_order_release);
            hook = std::move(state->hook);
        }
        if (hook)
            hook();
    }

    /// Lets the work finish on its own: its handlers will run.
    void detach() { m_state.reset(); }

private:
    std::shared_ptr<CancelToken::State> m_state;
};

} // namespace base
