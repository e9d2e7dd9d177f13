// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace testsupport {

/// A TCP client of a port of this machine. Blocks, with bounds.
class LocalClient {
public:
    explicit LocalClient(int port, const char* address = "127.0.0.1") {
        sockaddr_in6 six{};
        sockaddr_in four{};
        const bool isSix = ::inet_pton(AF_INET6, address, &six.sin6_addr) == 1;
        six.sin6_family = AF_INET6;
        six.sin6_port = htons(static_cast<std::uint16_t>(port));
        four.sin_family = AF_INET;
        four.sin_port = six.sin6_port;
        ::inet_pton(AF_INET, address, &four.sin_addr);
        m_socket = ::socket(isSix ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto* where = isSix ? reinterpret_cast<const sockaddr*>(&six) : reinterpret_cast<const sockaddr*>(&four);
        m_isConnected = ::connect(m_socket, where, isSix ? sizeof six : sizeof four) == 0;
    }
    ~LocalClient() { ::close(m_socket); }
    LocalClient(const LocalClient&) = delete;
    LocalClient& operator=(const LocalClient&) = delete;

    [[nodiscard]] bool isConnected() const { return m_isConnected; }
    bool write(std::string_view bytes, int timeoutMs = 60000) {
        while (!bytes.empty()) {
            if (!wait(POLLOUT, timeoutMs))
                return false;
            const ssize_t count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count < 0 && errno != EAGAIN)
                return false;
            bytes.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        return true;
    }
    /// How many bytes go until no more are taken for so long.
    std::size_t writeUntilStuck(std::size_t most, int quietMs) {
        const std::string piece(std::size_t(64) << 10, 'x');
        std::size_t sum = 0;
        while (sum < most && wait(POLLOUT, quietMs)) {
            const ssize_t count = ::send(m_socket, piece.data(), piece.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (count < 0 && errno != EAGAIN)
                break;
            sum += count > 0 ? static_cast<std::size_t>(count) : 0;
        }
        return sum;
    }
    void closeWriting() { ::shutdown(m_socket, SHUT_WR); }
    /// Until so many bytes have come, the end, or nothing for so long.
    std::string read(std::size_t atLeast, int timeoutMs = 60000) {
        std::string all;
        std::array<char, 65536> buffer;
        while (all.size() < atLeast && !m_hasEnded && wait(POLLIN, timeoutMs)) {
            const ssize_t count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
            m_hasEnded = count <= 0;
            m_wasReset = count < 0;
            if (count > 0)
                all.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return all;
    }
    std::string readToEnd(int timeoutMs = 60000) { return read(std::string().max_size(), timeoutMs); }
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    [[nodiscard]] bool wasReset() const { return m_wasReset; }

private:
    bool wait(short events, int timeoutMs) const {
        pollfd item{m_socket, events, 0};
        return m_isConnected && ::poll(&item, 1, timeoutMs) > 0;
    }

    int m_socket;
    bool m_isConnected = false;
    bool m_hasEnded = false;
    bool m_wasReset = false;
};

} // namespace testsupport
