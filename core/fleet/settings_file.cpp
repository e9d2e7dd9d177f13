// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/settings_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace fleet {

FileStamp stampOf(const std::string& path) {
    struct stat info{};
    if (stat(path.c_str(), &info) != 0)
        return {};
    return {info.st_ino, info.st_size, std::int64_t(info.st_mtim.tv_sec) * 1000000000 + info.st_mtim.tv_nsec};
}

std::optional<std::string> readWhole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return std::nullopt;
    std::ostringstream content;
    content << file.rdbuf();
    return std::move(content).str();
}

base::Result<void> replaceFile(const std::string& path, const std::string& content, Readers readers) {
    const std::string beside = path + ".new-" + std::to_string(getpid());
    const auto failed = [&](const char* what) {
        const std::string reason = std::strerror(errno);
        unlink(beside.c_str());
        return base::fail(base::ErrorCode::Io, std::string(what) + " " + path + ": " + reason);
    };
    // Whoever made a file of that name in a folder for all would read what is written into it.
    unlink(beside.c_str());
    const int descriptor = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                                readers == Readers::OwnerOnly ? S_IRUSR | S_IWUSR : DEFFILEMODE);
    if (descriptor < 0)
        return failed("cannot write");
    struct stat replaced{};
    if (readers == Readers::AsUsual && stat(path.c_str(), &replaced) == 0)
        fchmod(descriptor, replaced.st_mode & ALLPERMS);
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t step = write(descriptor, content.data() + done, content.size() - done);
        if (step < 0 && errno == EINTR)
            continue;
        if (step <= 0) {
            close(descriptor);
            return failed("cannot write");
        }
        done += static_cast<std::size_t>(step);
    }
    // Marks as protected and read-only must outlive a power cut.
    if (fsync(descriptor) != 0) {
        close(descriptor);
        return failed("cannot write");
    }
    if (close(descriptor) != 0)
        return failed("cannot write");
    if (rename(beside.c_str(), path.c_str()) != 0)
        return failed("cannot replace");
    return {};
}

FileLock::FileLock(const std::string& path) {
    const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return;
    for (int attempt = 0; attempt < 40; ++attempt) {
        if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
            m_descriptor = descriptor;
            return;
        }
        const timespec pause{0, 5000000};
        nanosleep(&pause, nullptr);
    }
    close(descriptor);
}

FileLock::~FileLock() {
    if (m_descriptor >= 0)
        close(m_descriptor);
}

} // namespace fleet
