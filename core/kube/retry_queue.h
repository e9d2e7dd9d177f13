// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/base/unique_function.h"

#include <chrono>
#include <cstdint>
#include <memory>

namespace kube {

/// When the watches of one server try again. As long as one of them is live the server is there, and each goes by its
/// own back-off. While none is, they share one: at each step a single one tries, the others wait for what it finds, and
/// the first answer of any kind lets all of them go. Any thread may call.
class RetryQueue {
public:
    enum class About : std::uint8_t {
        Kind,   ///< The server answered, and what it said concerns this watch alone: it goes by its own time.
        Server, ///< Does not answer, does not let us in, asks for patience: likely the same for all.
    };
    /// What a watch that broke asks for.
    struct Wait {
        About about = About::Server;
        std::chrono::milliseconds delay{0}; ///< By its own back-off.
        std::chrono::milliseconds least{0}; ///< Nobody comes back earlier: Retry-After, or a sign-in that costs.
    };
    /// By what time passes, the same for all members and longer there than any of them.
    struct Environment {
        const base::Clock& clock;
        base::Timers& timers;
        base::Executor& executor; ///< Where time is looked at.
    };

    RetryQueue();
    ~RetryQueue();
    RetryQueue(const RetryQueue&) = delete;
    RetryQueue& operator=(const RetryQueue&) = delete;

    class Member;
    [[nodiscard]] Member join(const Environment& environment);

    /// Now instead of at the next step: the watches whose own matter it was, and one for the server.
    void retryNow();
    /// The server has answered somebody: all that wait for it may go.
    void answered();

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// One watch's place; ends with leave() or the object.
class RetryQueue::Member {
public:
    Member(Member&& other) noexcept = default;
    Member& operator=(Member&& other) = delete;
    Member(const Member&) = delete;
    Member& operator=(const Member&) = delete;
    ~Member();

    /// Its attempt failed: `go` runs once when the next one is due, on whatever thread finds that out; it must not
    /// block. Returns when that will be if nothing changes meanwhile.
    std::chrono::milliseconds wait(Wait wait, base::UniqueFunction<void()> go);
    /// Its attempt got an answer, good or bad.
    void answered();
    enum class Live : std::uint8_t { No, Yes };
    void setLive(Live live);
    /// Does not wait any more, and does not try for the others either; nothing else has an effect afterwards.
    void leave();

private:
    friend class RetryQueue;
    Member(std::shared_ptr<State> state, std::uint64_t id)
        : m_state(std::move(state))
        , m_id(id) {}

    std::shared_ptr<State> m_state;
    std::uint64_t m_id;
    // Under the queue's lock.
    bool m_isLive = false;
    bool m_isGone = false;
};

} // namespace kube
