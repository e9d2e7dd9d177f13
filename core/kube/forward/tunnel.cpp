// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/tunnel.h"

#include <utility>

namespace kube {

namespace {

/// A client that goes on writing after the pod's end would otherwise be reset before it has read what the pod said.
constexpr std::chrono::milliseconds kDrainPatience{5000};
/// Where the pod cannot be told of the client's end: how long nothing may come before the client counts as gone.
constexpr std::chrono::milliseconds kRestPatience{30000};

} // namespace

Tunnel::Tunnel(net::SocketLoop& loop, base::Timers& timers, TunnelHost& host, std::unique_ptr<net::LocalSocket> local)
    : m_loop(loop)
    , m_timers(timers)
    , m_host(host)
    , m_local(std::move(local)) {
    net::LocalSocketSink sink;
    sink.data = [this](std::string_view bytes) { onLocalData(bytes); };
    sink.ended = [this] { onLocalEnd(); };
    sink.written = [this] { settle(); };
    sink.failed = [this](const base::Error&) { finish(std::nullopt); }; // the client's affair
    m_local->start(std::move(sink));
}

Tunnel::~Tunnel() = default;

void Tunnel::connect(Transport& transport, const ForwardStreamSpec& spec) {
    ForwardStreamSink sink;
    sink.opened = [this] {
        m_isOpen = true;
        m_local->setReading(true);
    };
    sink.data = [this](std::string_view bytes) {
        m_received += bytes.size();
        m_host.countReceived(bytes.size());
        m_local->write(bytes);
    };
    sink.arrived = [this](std::size_t size) {
        m_arrivals.push_back({m_received, size});
        settle();
    };
    sink.drained = [this] { onRoom(); };
    sink.ended = [this] { m_local->closeWriting(); };
    sink.closed = [this](base::Result<void> result) { onClosed(std::move(result)); };
    m_stream = ForwardStream::open(transport, spec, m_loop, std::move(sink));
}

void Tunnel::onLocalData(std::string_view bytes) {
    if (m_isDone || !m_stream)
        return; // nobody listens any more
    const std::size_t taken = m_stream->write(bytes);
    m_host.countSent(taken);
    if (taken == bytes.size())
        return;
    m_held = bytes.substr(taken);
    m_local->setReading(false);
}

void Tunnel::onRoom() {
    if (m_held.empty() || m_isDone)
        return;
    const std::size_t taken = m_stream->write(m_held);
    m_host.countSent(taken);
    m_held.erase(0, taken);
    if (m_held.empty())
        m_local->setReading(true);
}

void Tunnel::onLocalEnd() {
    m_localEnded = true;
    if (m_isDraining)
        finish(std::nullopt);
    else if (!m_isDone)
        endSending();
}

void Tunnel::endSending() {
    if (!m_stream->closeWriting())
        waitForRest();
}

void Tunnel::waitForRest() {
    m_timer = m_timers.after(kRestPatience, m_loop, [this, before = m_received] {
        if (m_received != before)
            waitForRest();
        else
            finish(std::nullopt);
    });
}

// What has gone on to the local side makes room for more from the pod.
void Tunnel::settle() {
    const std::uint64_t written = m_received - m_local->pending();
    while (!m_arrivals.empty() && m_arrivals.front().end <= written) {
        if (m_stream)
            m_stream->handled(m_arrivals.front().size);
        m_arrivals.pop_front();
    }
    if (m_isDone && m_local->pending() == 0)
        drain();
}

void Tunnel::onClosed(base::Result<void> result) {
    if (!result && !m_isOpen) {
        m_host.tunnelRefused(*this, std::move(result.error()));
        return;
    }
    m_isDone = true;
    if (!result) {
        m_local->reset();
        finish(std::move(result.error()));
        return;
    }
    m_local->closeWriting();
    settle();
}

void Tunnel::drain() {
    if (std::exchange(m_isDraining, true))
        return;
    if (m_localEnded) {
        finish(std::nullopt);
        return;
    }
    m_local->setReading(true);
    m_timer = m_timers.after(kDrainPatience, m_loop, [this] { finish(std::nullopt); });
}

void Tunnel::giveUp() {
    m_local->reset();
    finish(std::nullopt);
}

void Tunnel::finish(std::optional<base::Error> error) {
    if (!std::exchange(m_isOver, true))
        m_host.tunnelEnded(*this, std::move(error));
}

} // namespace kube
