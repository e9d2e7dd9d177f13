// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cutting_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kMostBuffered = std::size_t(256) << 10;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Closed with a reset: the other side sees an error, not an end.
void reset(int socket) {
    const linger now{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(socket);
}

struct Side {
    int socket = -1;
    std::string toWrite;
    bool isEnded = false; // It will send nothing more.
};

struct Pair {
    Side client, server;

    ~Pair() {
        reset(client.socket);
        reset(server.socket);
    }

    // False when the connection is over.
    static bool read(Side& from, Side& to) {
        std::array<char, 65536> buffer{};
        const ssize_t count = ::recv(from.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count > 0)
            to.toWrite.append(buffer.data(), static_cast<std::size_t>(count));
        else if (count == 0)
            from.isEnded = true;
        else
            return errno == EAGAIN || errno == EINTR;
        return true;
    }

    static bool write(Side& to) {
        const ssize_t count = ::send(to.socket, to.toWrite.data(), to.toWrite.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0)
            return errno == EAGAIN || errno == EINTR;
        to.toWrite.erase(0, static_cast<std::size_t>(count));
        return true;
    }

    bool isOver() const {
        return (client.isEnded && server.toWrite.empty()) || (server.isEnded && client.toWrite.empty());
    }
};

short wanted(const Side& side, const Side& other) {
    int events = 0;
    if (!side.isEnded && other.toWrite.size() < kMostBuffered)
        events |= POLLIN;
    if (!side.toWrite.empty())
        events |= POLLOUT;
    return static_cast<short>(events);
}

} // namespace

CuttingProxy::CuttingProxy(std::uint16_t targetPort)
    : m_target(targetPort) {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(m_listener, 64);
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_thread = std::thread([this] { work(); });
}

CuttingProxy::~CuttingProxy() {
    m_isStopping = true;
    wake();
    m_thread.join();
    ::close(m_listener);
    ::close(m_wake);
}

void CuttingProxy::cutAll() {
    m_cuts = true;
    wake();
}

void CuttingProxy::setStalled(bool isStalled) {
    m_isStalled = isStalled;
    wake();
}

void CuttingProxy::wake() const {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_wake, &one, sizeof one);
}

void CuttingProxy::work() {
    std::vector<std::unique_ptr<Pair>> pairs;
    while (!m_isStopping) {
        if (m_cuts.exchange(false))
            pairs.clear();
        const bool isStalled = m_isStalled;
        std::vector<pollfd> polled{{m_wake, POLLIN, 0}};
        if (!isStalled) {
            polled.push_back({m_listener, POLLIN, 0});
            for (const auto& pair : pairs) {
                polled.push_back({pair->client.socket, wanted(pair->client, pair->server), 0});
                polled.push_back({pair->server.socket, wanted(pair->server, pair->client), 0});
            }
        }
        if (::poll(polled.data(), polled.size(), -1) < 0)
            continue;
        if (polled[0].revents != 0) {
            std::uint64_t count = 0;
            [[maybe_unused]] const ssize_t got = ::read(m_wake, &count, sizeof count);
            continue;
        }
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            Pair& pair = *pairs[i];
            const short fromClient = polled[2 + 2 * i].revents;
            const short fromServer = polled[3 + 2 * i].revents;
            bool lives = true;
            if ((fromClient & (POLLIN | POLLHUP | POLLERR)) != 0 && !pair.client.isEnded)
                lives = Pair::read(pair.client, pair.server);
            if (lives && (fromServer & (POLLIN | POLLHUP | POLLERR)) != 0 && !pair.server.isEnded)
                lives = Pair::read(pair.server, pair.client);
            if (lives && !pair.client.toWrite.empty())
                lives = Pair::write(pair.client);
            if (lives && !pair.server.toWrite.empty())
                lives = Pair::write(pair.server);
            if (!lives || pair.isOver())
                pairs[i].reset();
        }
        std::erase(pairs, nullptr);
        if ((polled[1].revents & POLLIN) != 0) {
            auto pair = std::make_unique<Pair>();
            pair->client.socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            pair->server.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const sockaddr_in address = loopback(m_target);
            ++m_accepted;
            // Loopback: connects or is refused at once.
            if (::connect(pair->server.socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
                pairs.push_back(std::move(pair));
        }
    }
}
