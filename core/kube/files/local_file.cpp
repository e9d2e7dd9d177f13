// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/local_file.h"

#include "core/kube/files/file_entry.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <utility>

namespace kube::files {

namespace {

constexpr std::size_t kPiece = 65536;

tl::unexpected<base::Error> unread(const std::string& path) {
    return base::fail(base::ErrorCode::Io, shown(path) + ": cannot be read: " + std::strerror(errno));
}

} // namespace

base::Result<LocalFile> LocalFile::open(std::string path, Links links) {
    const int noLinks = links == Links::Refused ? O_NOFOLLOW : 0;
    LocalFile file;
    file.m_file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | noLinks);
    if (file.m_file < 0 && !(errno == ELOOP && links == Links::Refused))
        return unread(path);
    struct stat status{};
    if (file.m_file < 0 || ::fstat(file.m_file, &status) != 0 || !S_ISREG(status.st_mode))
        return base::fail(base::ErrorCode::Io, shown(path) + ": is no plain file");
    file.m_path = std::move(path);
    file.m_buffer.resize(kPiece);
    return file;
}

LocalFile::LocalFile(LocalFile&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_buffer(std::move(other.m_buffer))
    , m_file(std::exchange(other.m_file, -1)) {}

LocalFile::~LocalFile() {
    if (m_file >= 0)
        ::close(m_file);
}

base::Result<std::string_view> LocalFile::read() {
    while (true) {
        const ssize_t count = ::read(m_file, m_buffer.data(), m_buffer.size());
        if (count >= 0)
            return std::string_view(m_buffer).substr(0, static_cast<std::size_t>(count));
        if (errno != EINTR)
            return unread(m_path);
    }
}

} // namespace kube::files
