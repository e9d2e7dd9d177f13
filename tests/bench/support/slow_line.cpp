// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/support/slow_line.h"

#include "tests/bench/support/program.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace bench {

namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int newSocket() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return socket;
}

} // namespace

SlowLine::SlowLine(std::uint16_t to, double secondsEachWay)
    : m_to(to)
    , m_delay(secondsEachWay)
    , m_listener(newSocket())
    , m_end(::eventfd(0, EFD_CLOEXEC)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, any, size) == 0 && ::listen(m_listener, 64) == 0 &&
        ::getsockname(m_listener, any, &size) == 0)
        m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

SlowLine::~SlowLine() {
    ::eventfd_write(m_end, 1);
    m_thread.join();
    for (const auto& way : m_ways)
        ::close(way->from);
    ::close(m_listener);
    ::close(m_end);
}

void SlowLine::run() {
    for (;;) {
        std::vector<pollfd> files{{m_end, POLLIN, 0}, {m_listener, POLLIN, 0}};
        double next = now() + 60;
        for (const auto& way : m_ways) {
            files.push_back({way->isReading ? way->from : -1, POLLIN, 0});
            if (!way->held.empty())
                next = std::min(next, way->held.front().due);
        }
        const double left = std::max(0.0, next - now());
        const timespec patience{static_cast<time_t>(left),
                                static_cast<long>((left - static_cast<double>(static_cast<time_t>(left))) * 1e9)};
        ::ppoll(files.data(), files.size(), &patience, nullptr);
        if (files[0].revents != 0)
            return;
        for (std::size_t i = 2; i < files.size(); ++i) {
            if (files[i].revents != 0)
                take(*m_ways[i - 2]);
        }
        for (const auto& way : m_ways)
            give(*way);
        if (files[1].revents != 0)
            accept();
    }
}

void SlowLine::accept() {
    const int near = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (near < 0)
        return;
    const int on = 1;
    ::setsockopt(near, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const int far = newSocket();
    const sockaddr_in address = loopback(m_to);
    if (::connect(far, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(near);
        ::close(far);
        return;
    }
    m_ways.push_back(std::make_unique<Way>(Way{near, far, {}}));
    m_ways.push_back(std::make_unique<Way>(Way{far, near, {}}));
}

void SlowLine::take(Way& way) const {
    std::array<char, 65536> bytes{};
    const ssize_t count = ::read(way.from, bytes.data(), bytes.size());
    way.isReading = count > 0;
    way.held.push_back({now() + m_delay, std::string(bytes.data(), count > 0 ? static_cast<std::size_t>(count) : 0)});
}

void SlowLine::give(Way& way) {
    for (const double time = now(); !way.held.empty() && way.held.front().due <= time; way.held.pop_front()) {
        const std::string& bytes = way.held.front().bytes;
        if (bytes.empty())
            ::shutdown(way.to, SHUT_WR);
        for (std::size_t sent = 0; way.isOpen && sent < bytes.size();) {
            const ssize_t count = ::send(way.to, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            way.isOpen = count > 0;
            sent += way.isOpen ? static_cast<std::size_t>(count) : 0;
        }
    }
}

} // namespace bench
