// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/net/engine.h"

#include <QtTest>

#include <optional>
#include <string>
#include <utility>
#include <vector>

// A WebSocket and all that was heard of it.
namespace enginetest {

struct Heard {
    std::optional<net::Response> opened;
    std::vector<net::SocketMessage> messages;
    int drained = 0;
    std::optional<net::Response> refused;
    std::optional<base::Result<net::SocketClose>> closed;
    std::string order; ///< o, m, r, c as they came.

    [[nodiscard]] bool isOver() const { return refused || closed; }
    [[nodiscard]] std::string whole() const {
        std::string all;
        for (const net::SocketMessage& message : messages)
            all += message.data;
        return all;
    }
};

inline net::SocketSink into(Heard& heard) {
    net::SocketSink sink;
    sink.opened = [&heard](net::Response head) {
        heard.opened = std::move(head);
        heard.order += 'o';
    };
    sink.message = [&heard](net::SocketMessage message) {
        heard.messages.push_back(std::move(message));
        if (!heard.order.ends_with('m'))
            heard.order += 'm';
    };
    sink.drained = [&heard] { ++heard.drained; };
    sink.refused = [&heard](net::Response answer) {
        heard.refused = std::move(answer);
        heard.order += 'r';
    };
    sink.closed = [&heard](base::Result<net::SocketClose> farewell) {
        heard.closed = std::move(farewell);
        heard.order += 'c';
    };
    return sink;
}

/// Runs what is posted until the condition holds.
template <typename Condition>
bool runUntil(base::ManualExecutor& executor, const Condition& condition, int timeoutMs = 20000) {
    return QTest::qWaitFor(
        [&] {
            executor.runPending();
            return condition();
        },
        timeoutMs);
}

inline net::SocketMessage binary(std::string data) {
    return {net::SocketMessage::Kind::Binary, std::move(data)};
}

} // namespace enginetest
