// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/decoder.h"
#include "core/kube/kind.h"
#include "core/kube/retry_queue.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// What was learned of one kind on one server.
struct KindTraits {
    ServerColumns columns; ///< Empty where the server prints no Table of this kind.
    std::vector<DatePath> datePaths;
    std::int64_t count = -1; ///< Objects when last listed or asked, -1 if unknown.
};

/// What the watchers and lists of one server have learned about it, so that it is asked and tried once: columns,
/// whether it offers initial events, how fast its link is; and when they come back to it. One for each server, shared.
/// Any thread may call.
class ServerTraits {
public:
    ServerTraits();
    ~ServerTraits();
    ServerTraits(const ServerTraits&) = delete;
    ServerTraits& operator=(const ServerTraits&) = delete;

    /// To be told when the server's version is known: another one forgets all that was learned before.
    void setServerVersion(std::string_view version);
    /// The minor of what was told ("v1.36.3": 36), 0 if nothing was.
    [[nodiscard]] int serverMinor() const;

    /// Null if not known.
    [[nodiscard]] std::shared_ptr<const KindTraits> kind(const Kind& kind) const;
    void setKind(const Kind& kind, KindTraits traits);
    void setCount(const Kind& kind, std::int64_t count);
    /// The kind's columns changed: ask again.
    void forgetKind(const Kind& kind);

    /// Whether to try a watch with initial events: until the server has refused one of the core group (then never), or
    /// of this kind.
    [[nodiscard]] bool offersInitialEvents(const Kind& kind) const;
    void setInitialEventsRefused(const Kind& kind);

    /// Bytes a second that a stream brought when last measured, 0 if never.
    [[nodiscard]] std::int64_t streamRate() const;
    void setStreamRate(std::int64_t bytesPerSecond);

    /// When its watches try again after they broke.
    [[nodiscard]] RetryQueue& retries() { return m_retries; }

private:
    struct State;
    std::unique_ptr<State> m_state;
    RetryQueue m_retries;
};

} // namespace kube
