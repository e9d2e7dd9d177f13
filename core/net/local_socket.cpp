// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/local_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace net {

namespace {

constexpr int kBacklog = 256;
constexpr int kMostAtOnce = 64; // connections taken before others have their turn

base::Error ioError(int error, const std::string& what) {
    base::Error made;
    made.code = base::ErrorCode::Io;
    std::string reason = std::strerror(error); // NOLINT(concurrency-mt-unsafe)
    if (!reason.empty() && reason[0] >= 'A' && reason[0] <= 'Z')
        reason[0] = static_cast<char>(reason[0] - 'A' + 'a'); // as it stands behind other words
    made.message = what + reason;
    return made;
}

/// An address of either family, for bind() and back.
struct Address {
    sockaddr_storage storage{};
    socklen_t size = 0;

    static base::Result<Address> of(const std::string& host, std::uint16_t port) {
        Address made;
        sockaddr_in four{};
        sockaddr_in6 six{};
        if (::inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
            four.sin_family = AF_INET;
            four.sin_port = htons(port);
            std::memcpy(&made.storage, &four, made.size = sizeof four);
        } else if (::inet_pton(AF_INET6, host.c_str(), &six.sin6_addr) == 1) {
            six.sin6_family = AF_INET6;
            six.sin6_port = htons(port);
            std::memcpy(&made.storage, &six, made.size = sizeof six);
        } else {
            return base::fail(base::ErrorCode::BadInput, host + " is not a valid IP");
        }
        return made;
    }
    [[nodiscard]] const sockaddr* raw() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

std::uint16_t portOf(int descriptor) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size) != 0)
        return 0;
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 six{};
        std::memcpy(&six, &storage, sizeof six);
        return ntohs(six.sin6_port);
    }
    sockaddr_in four{};
    std::memcpy(&four, &storage, sizeof four);
    return ntohs(four.sin_port);
}

} // namespace

std::string joinHostPort(const std::string& host, std::uint16_t port) {
    const bool isSix = host.find(':') != std::string::npos;
    return (isSix ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

LocalSocket::LocalSocket(SocketLoop& loop, int descriptor)
    : m_loop(loop)
    , m_descriptor(descriptor) {}

LocalSocket::~LocalSocket() {
    if (m_isWatched)
        m_loop.forget(m_descriptor);
    ::close(m_descriptor);
}

void LocalSocket::start(LocalSocketSink sink) {
    m_sink = std::move(sink);
    m_isWatched = true;
    m_loop.watch(m_descriptor, static_cast<std::uint32_t>(EPOLLET), [this](std::uint32_t events) { onEvents(events); });
}

void LocalSocket::setReading(bool on) {
    m_reads = on;
    update();
}

void LocalSocket::update() {
    const std::uint32_t wanted = (m_reads && !m_peerEnded ? static_cast<std::uint32_t>(EPOLLIN) : 0U) |
                                 (pending() > 0 ? static_cast<std::uint32_t>(EPOLLOUT) : 0U);
    if (!m_isWatched || wanted == m_events)
        return;
    m_events = wanted;
    // That both ways are closed epoll tells whether one asks or not: while nothing is read, once is enough.
    const bool reads = (wanted & static_cast<std::uint32_t>(EPOLLIN)) != 0;
    m_loop.change(m_descriptor, wanted | (reads ? 0U : static_cast<std::uint32_t>(EPOLLET)));
}

void LocalSocket::onEvents(std::uint32_t events) {
    if ((events & EPOLLERR) != 0) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
        fail(error);
        return;
    }
    if ((events & EPOLLOUT) != 0)
        writeSome();
    if (m_isWatched && (events & EPOLLIN) != 0 && m_reads && !m_peerEnded)
        readSome();
}

void LocalSocket::readSome() {
    // One of each thread's, as what is read is passed on before the next read.
    thread_local std::array<char, kPiece> buffer;
    const ssize_t count = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
    if (count > 0) {
        m_sink.data({buffer.data(), static_cast<std::size_t>(count)});
    } else if (count == 0) {
        m_peerEnded = true;
        update();
        m_sink.ended();
    } else if (errno != EAGAIN && errno != EINTR) {
        fail(errno);
    }
}

void LocalSocket::write(std::string_view bytes) {
    if (m_closesWriting || !m_isWatched)
        return;
    while (m_waiting.empty() && !bytes.empty()) {
        const ssize_t count = ::send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0)
            break; // whatever it is, epoll tells of it
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    m_waiting += bytes;
    update();
}

void LocalSocket::writeSome() {
    while (pending() > 0) {
        const ssize_t count = ::send(m_descriptor, m_waiting.data() + m_sent, pending(), MSG_NOSIGNAL);
        if (count < 0) {
            if (errno != EAGAIN && errno != EINTR) {
                fail(errno);
                return;
            }
            break;
        }
        m_sent += static_cast<std::size_t>(count);
    }
    if (pending() == 0) {
        m_waiting.clear();
        m_sent = 0;
    } else if (m_sent > m_waiting.size() / 2) {
        m_waiting.erase(0, m_sent);
        m_sent = 0;
    }
    update();
    shutDownIfDue();
    m_sink.written();
}

void LocalSocket::closeWriting() {
    m_closesWriting = true;
    shutDownIfDue();
}

void LocalSocket::shutDownIfDue() {
    if (!m_closesWriting || m_isShut || pending() > 0)
        return;
    m_isShut = true;
    ::shutdown(m_descriptor, SHUT_WR);
}

void LocalSocket::reset() {
    const linger none{1, 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

void LocalSocket::fail(int error) {
    m_loop.forget(m_descriptor);
    m_isWatched = false;
    m_sink.failed(ioError(error, "the local connection broke: "));
}

base::Result<std::unique_ptr<LocalListener>> LocalListener::open(SocketLoop& loop, const std::string& address,
                                                                 std::uint16_t port) {
    const auto where = Address::of(address, port);
    if (!where)
        return base::fail(where.error());
    const int family = where->storage.ss_family;
    // As Go's net package says it, whose words kubectl prints.
    const std::string what =
        std::string("listen ") + (family == AF_INET6 ? "tcp6 " : "tcp4 ") + joinHostPort(address, port) + ": ";
    const int descriptor = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0)
        return base::fail(ioError(errno, what + "socket: "));
    const int on = 1;
    ::setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6)
        ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (::bind(descriptor, where->raw(), where->size) != 0 || ::listen(descriptor, kBacklog) != 0) {
        const int error = errno;
        ::close(descriptor);
        return base::fail(ioError(error, what + "bind: "));
    }
    return std::unique_ptr<LocalListener>(new LocalListener(loop, descriptor, address, portOf(descriptor)));
}

LocalListener::LocalListener(SocketLoop& loop, int descriptor, std::string host, std::uint16_t port)
    : m_loop(loop)
    , m_descriptor(descriptor)
    , m_host(std::move(host))
    , m_port(port) {}

void LocalListener::start(Accepted accepted) {
    m_accepted = std::move(accepted);
    m_loop.watch(m_descriptor, EPOLLIN, [this](std::uint32_t) { accept(); });
}

LocalListener::~LocalListener() {
    m_loop.forget(m_descriptor);
    ::close(m_descriptor);
}

std::string LocalListener::address() const {
    return joinHostPort(m_host, m_port);
}

void LocalListener::setAccepting(bool on) {
    m_loop.change(m_descriptor, on ? static_cast<std::uint32_t>(EPOLLIN) : 0U);
}

void LocalListener::accept() {
    for (int i = 0; i < kMostAtOnce; ++i) {
        const int descriptor = ::accept4(m_descriptor, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (descriptor < 0) {
            // Without descriptors left it would be tried again and again: until one is free, the kernel keeps them.
            if (errno == EMFILE || errno == ENFILE)
                setAccepting(false);
            return;
        }
        const int on = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        m_accepted(std::make_unique<LocalSocket>(m_loop, descriptor));
    }
}

} // namespace net
