// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/timer.h"
#include "core/kube/transport.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kube {

/// What MemoryTransport says to one request.
struct MemoryAnswer {
    int status = 200;
    std::string body = {};
    std::string contentType = "application/json";
    net::Headers headers = {};               ///< Beside Content-Type.
    std::optional<base::Error> failure = {}; ///< Instead of an answer: the connection failed so.
    std::chrono::milliseconds delay{0};      ///< Through the transport's timers; ignored without any.
};

/// The far end of one open stream: what is said here arrives at the stream's sink, in order, on its executor. Any
/// thread may call; after the reader cancelled or end() was said, calls do nothing.
class MemoryStream {
public:
    MemoryStream(ApiRequest request, base::Executor& executor, net::StreamSink sink, const base::CancelToken& token);
    ~MemoryStream();
    MemoryStream(const MemoryStream&) = delete;
    MemoryStream& operator=(const MemoryStream&) = delete;

    [[nodiscard]] const ApiRequest& request() const;
    [[nodiscard]] bool isCancelled() const;
    /// Called by send() by itself where nobody did.
    void head(net::Response head = {.status = 200, .httpVersion = 0, .headers = {}, .body = {}, .timings = {}});
    void send(std::string bytes);
    void end(base::Result<void> result = {});
    /// Ends the stream as an answer with a status >= 400 does.
    void refuse(const MemoryAnswer& answer);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// Answers from memory: tests script it, and a bundle captured earlier stands behind it. Any thread may call; handlers
/// run as Transport says.
class MemoryTransport final : public Transport {
public:
    /// `timers` must outlive the transport's answers; without them no answer is delayed.
    explicit MemoryTransport(base::Timers* timers = nullptr);
    ~MemoryTransport() override;

    /// Answers `target` (path and query; then the path alone) from now on, in the media type of the answer. A request
    /// gets the first of the types it accepts; where none was put 406, where nothing stands at the target 404.
    void put(std::string target, MemoryAnswer answer);
    void put(std::string target, std::string body) { put(std::move(target), MemoryAnswer{.body = std::move(body)}); }
    /// Asked before what was put; nothing returned means what was put answers. Runs on the asking thread.
    void onSend(std::function<std::optional<MemoryAnswer>(const ApiRequest&)> script);
    /// Gets every stream that is opened. Runs on the asking thread. Without it a stream that asks for initial events
    /// is refused as Invalid, any other stays open and silent, as nothing changes here.
    void onStream(std::function<void(std::shared_ptr<MemoryStream>)> script);
    void setCapturedAtMs(std::int64_t ms);

    base::Cancel send(ApiRequest request, base::Executor& executor,
                      net::Handler<base::Result<net::Response>> handler) override;
    base::Cancel stream(ApiRequest request, base::Executor& executor, net::StreamSink sink) override;
    [[nodiscard]] std::int64_t capturedAtMs() const override;

    /// Everything asked so far, streams too.
    [[nodiscard]] std::vector<ApiRequest> requests() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace kube
