// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/transport.h"

#include <memory>
#include <string>
#include <utility>

/// Stands for a server with one container, whose commands run on this machine: with these programs alone and, where the
/// test is root's, as somebody who is not.
class LocalContainer final : public kube::Transport {
public:
    static constexpr unsigned kNobody = 65534;

    /// `path` is where its programs are found.
    explicit LocalContainer(std::string path)
        : m_path(std::move(path)) {}

    base::Cancel send(kube::ApiRequest request, base::Executor& executor,
                      net::Handler<base::Result<net::Response>> handler) override;
    base::Cancel stream(kube::ApiRequest request, base::Executor& executor, net::StreamSink sink) override;
    [[nodiscard]] std::unique_ptr<kube::Socket> connect(kube::ApiRequest request, net::SocketOptions options,
                                                        base::Executor& executor, net::SocketSink sink) override;

private:
    std::string m_path;
};
