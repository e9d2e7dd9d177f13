// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/kube/transport.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// Where a connection goes.
struct ForwardStreamSpec {
    std::string ns;
    std::string pod;
    std::uint16_t port = 0;
    std::chrono::milliseconds deadline{30000}; ///< Until the way stands.
    /// Offered, best first; see forward_stream.cpp.
    std::vector<std::string> protocols = {"SPDY/3.1+portforward.k8s.io", "v4.channel.k8s.io"};
};

/// Receives what happens on the way to a pod's port. All run on the executor given to ForwardStream::open, in order:
/// opened once, the others any number of times, closed once, last.
struct ForwardStreamSink {
    /// From now on bytes are taken.
    base::UniqueFunction<void()> opened;
    base::UniqueFunction<void(std::string_view)> data;
    /// So many bytes have come over the wire with the data before; they are to be given to handled() once the data has
    /// gone on, and no more is read while too many are not.
    base::UniqueFunction<void(std::size_t)> arrived;
    /// There is room again after write() said no.
    base::UniqueFunction<void()> drained;
    /// The pod sends nothing more; it may still read.
    base::UniqueFunction<void()> ended;
    /// The way is gone: the pod is done, or why it could not go on. Where `opened` did not run, nothing was sent.
    base::UniqueFunction<void(base::Result<void>)> closed;
};

/// One connection to a port of a pod, over a WebSocket of its own. To be used on the executor given to open();
/// destroying it cuts the connection, after which the sink is silent. No call of the sink may destroy it.
class ForwardStream {
public:
    /// `transport` has to live as long as the way is being opened.
    [[nodiscard]] static std::unique_ptr<ForwardStream> open(Transport& transport, const ForwardStreamSpec& spec,
                                                             base::Executor& executor, ForwardStreamSink sink);
    ~ForwardStream();
    ForwardStream(const ForwardStream&) = delete;
    ForwardStream& operator=(const ForwardStream&) = delete;

    /// How many of the bytes were taken: all, or fewer where there is no room; then `drained` says when there is.
    [[nodiscard]] std::size_t write(std::string_view bytes);
    /// The pod shall read the end. False: this server cannot be told (v4.channel.k8s.io).
    bool closeWriting();
    void handled(std::size_t size);

private:
    struct State;
    explicit ForwardStream(std::shared_ptr<State> state);

    std::shared_ptr<State> m_state;
};

/// The call that opens it. Pure.
[[nodiscard]] ApiRequest forwardRequest(const ForwardStreamSpec& spec);

} // namespace kube
