// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/net/http.h"
#include "core/net/web_socket.h"

#include <cstddef>
#include <memory>
#include <string>

namespace net {

template <typename T>
using Handler = base::UniqueFunction<void(T)>;

/// Receives a streamed answer. All three run on the executor given to Engine::stream, in order: head once, data any
/// number of times, end once, last. After the stream's Cancel was used none runs. A failure before the head goes
/// straight to end.
struct StreamSink {
    /// Status and headers; body is empty.
    Handler<Response> head;
    /// The next bytes, decoded where the server compressed them.
    Handler<std::string> data;
    /// Success when the server ended the stream in order.
    Handler<base::Result<void>> end;
};

/// All HTTP of the program: one thread owns the one CURLM and every easy handle. Any thread may call. HTTP/2 where the
/// server speaks it, connections shared by equal endpoints, gzip decoded, a slow name server holds up nobody else, a
/// dead connection is noticed within 10 s of asking and 30 s of silence. A server that asks for patience with
/// Retry-After is left alone for that long (429, 503): requests to it fail with Throttled until then. The destructor
/// drops all requests without calling their handlers and joins the thread. Raises the program's limit of descriptors as
/// far as it may, up to 65536.
class Engine {
public:
    Engine();
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// `handler` runs once on `executor`, or never if cancelled. An HTTP status of any kind is a success here.
    base::Cancel send(Request request, base::Executor& executor, Handler<base::Result<Response>> handler);
    /// For answers that have no end or should be read as they come. Streams are never paused: a sink that cannot keep
    /// up must cancel and start again.
    base::Cancel stream(Request request, base::Executor& executor, StreamSink sink);
    /// Opens a WebSocket by a GET of `request.target`, over HTTP/1.1 and a connection of its own, up to
    /// Endpoint::maxSockets at once. `request.deadline` holds until the handshake is done. After two thirds of
    /// `request.silence` without a byte the peer is sent a ping; a connection that is dead ends with an error before
    /// that time is over. While the sink does not keep up, silence is nobody's fault.
    WebSocket connect(Request request, SocketOptions options, base::Executor& executor, SocketSink sink);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace net
