// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/auth/credentials.h"
#include "core/kube/transport.h"
#include "core/net/engine.h"

#include <memory>

namespace kube {

class LiveServer;

/// Asks one live API server as one user. Each request carries what the credentials give; an answer 401 makes them fresh
/// and is asked once more; a certificate that a plugin gave takes the place of the endpoint's. Any thread may call.
class LiveTransport final : public Transport {
public:
    /// `engine` must outlive the transport's requests. `credentials` may be null: anonymous.
    LiveTransport(net::Engine& engine, std::shared_ptr<const net::Endpoint> endpoint,
                  std::shared_ptr<Credentials> credentials);
    ~LiveTransport() override;

    base::Cancel send(ApiRequest request, base::Executor& executor,
                      net::Handler<base::Result<net::Response>> handler) override;
    base::Cancel stream(ApiRequest request, base::Executor& executor, net::StreamSink sink) override;
    [[nodiscard]] std::unique_ptr<Socket> connect(ApiRequest request, net::SocketOptions options,
                                                  base::Executor& executor, net::SocketSink sink) override;

private:
    std::shared_ptr<LiveServer> m_server;
};

/// "quarterdeck/0.1.0", what every server is told about who asks.
[[nodiscard]] const std::string& userAgent();

} // namespace kube
