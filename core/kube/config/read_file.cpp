// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/read_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace kube {

namespace {

constexpr int pipePatienceMs = 5000;

tl::unexpected<base::Error> failed(const std::string& path, int error) {
    const bool missing = error == ENOENT || error == ENOTDIR;
    return base::fail(missing ? base::ErrorCode::NotFound : base::ErrorCode::Io,
                      path + ": " + std::generic_category().message(error));
}

} // namespace

base::Result<std::string> readFile(const std::string& path, std::size_t limit) {
    // Not blocking on opening: a forgotten named pipe must not hold up the program for ever.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return failed(path, errno);
    struct stat info{};
    if (::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && std::size_t(info.st_size) > limit) {
        ::close(fd);
        return base::fail(base::ErrorCode::Io, path + ": too large");
    }
    std::string content;
    char buffer[16384];
    for (;;) {
        const ssize_t count = ::read(fd, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        // A pipe (`KUBECONFIG=<(...)`) whose writer is still at work.
        if (count < 0 && errno == EAGAIN) {
            pollfd waiting{fd, POLLIN, 0};
            if (::poll(&waiting, 1, pipePatienceMs) > 0)
                continue;
            errno = ETIMEDOUT;
        }
        if (count < 0) {
            const int error = errno;
            ::close(fd);
            return failed(path, error);
        }
        if (count == 0)
            break;
        content.append(buffer, std::size_t(count));
        if (content.size() > limit) {
            ::close(fd);
            return base::fail(base::ErrorCode::Io, path + ": too large");
        }
    }
    ::close(fd);
    return content;
}

} // namespace kube
