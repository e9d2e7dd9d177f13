// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/net/engine.h"
#include "tests/support/lying_server.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

// What the engine's tests share: endpoints that trust one test authority, and calls that wait for their answer.
namespace enginetest {

using base::ErrorCode;
using testsupport::Exchange;
using testsupport::Gate;
using testsupport::LyingServer;
using testsupport::Wire;

inline std::string nameOf(ErrorCode code) {
    return std::string(base::toString(code));
}

inline const testsupport::CertificateAuthority& authority() {
    static const testsupport::CertificateAuthority one;
    return one;
}

inline LyingServer::Options tls() {
    LyingServer::Options options;
    options.greeting = LyingServer::Greeting::Tls;
    options.identity = authority().issue({});
    return options;
}

inline net::Endpoint trusting(const std::string& url) {
    net::Endpoint endpoint;
    endpoint.url = url;
    endpoint.caPem = authority().pem();
    return endpoint;
}

inline net::Request get(const net::Endpoint& endpoint, const std::string& target = "/") {
    net::Request request;
    request.endpoint = std::make_shared<const net::Endpoint>(endpoint);
    request.target = target;
    return request;
}

inline base::Result<net::Response> ask(net::Engine& engine, net::Request request) {
    base::ManualExecutor executor;
    std::optional<base::Result<net::Response>> result;
    const base::Cancel cancel = engine.send(std::move(request), executor, [&](base::Result<net::Response> answer) {
        result = std::move(answer);
        executor.stop();
    });
    if (!executor.runFor(60000))
        return base::fail(ErrorCode::Internal, "the handler did not run");
    return *result;
}

struct Streamed {
    std::optional<net::Response> head;
    std::string data;
    int pieces = 0;
    std::optional<base::Result<void>> end;
    std::string order; ///< h, d, e as they came.
};

inline net::StreamSink into(Streamed& streamed, base::ManualExecutor& executor) {
    net::StreamSink sink;
    sink.head = [&](net::Response head) {
        streamed.head = std::move(head);
        streamed.order += 'h';
    };
    sink.data = [&](std::string data) {
        streamed.data += data;
        ++streamed.pieces;
        if (!streamed.order.ends_with('d'))
            streamed.order += 'd';
    };
    sink.end = [&](base::Result<void> result) {
        streamed.end = std::move(result);
        streamed.order += 'e';
        executor.stop();
    };
    return sink;
}

inline Streamed follow(net::Engine& engine, net::Request request) {
    base::ManualExecutor executor;
    Streamed streamed;
    const base::Cancel cancel = engine.stream(std::move(request), executor, into(streamed, executor));
    executor.runFor(60000);
    return streamed;
}

} // namespace enginetest
