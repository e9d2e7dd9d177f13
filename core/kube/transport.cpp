// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/transport.h"

#include <utility>

namespace kube {

namespace {

class NoSocket final : public Socket {
public:
    explicit NoSocket(base::Cancel cancel)
        : m_cancel(std::move(cancel)) {}
    bool send(net::SocketMessage) override { return false; }
    void close() override {}

private:
    base::Cancel m_cancel;
};

} // namespace

std::unique_ptr<Socket> Transport::connect(ApiRequest request, net::SocketOptions, base::Executor& executor,
                                           net::SocketSink sink) {
    base::Error error;
    error.code = base::ErrorCode::Unsupported;
    error.message = "there is no live server behind";
    error.verb = std::move(request.verb);
    error.resource = std::move(request.resource);
    base::Cancel cancel = base::Cancel::create();
    executor.post([token = cancel.token(), sink = std::move(sink), error = std::move(error)]() mutable {
        if (sink.closed && !token.isCancelled())
            sink.closed(base::fail(std::move(error)));
    });
    return std::make_unique<NoSocket>(std::move(cancel));
}

} // namespace kube
