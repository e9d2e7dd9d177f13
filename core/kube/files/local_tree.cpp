// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/local_tree.h"

#include "core/kube/files/local_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <memory>
#include <random>
#include <system_error>

namespace kube::files {

namespace {

constexpr std::size_t kPiece = 65536;
constexpr mode_t kFolderMode = 0777; // less the process's umask
constexpr mode_t kFileMode = 0666;

tl::unexpected<base::Error> failed(std::string_view path, const char* what) {
    return base::fail(base::ErrorCode::Io, shown(path) + ": " + what + ": " + std::strerror(errno));
}

std::string temporaryName() {
    std::random_device random;
    return ".qd-part-" + std::to_string(random()) + "-" + std::to_string(::getpid());
}

/// One folder below another, never through a link.
int openFolder(int parent, const std::string& name) {
    return ::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool isLink(int folder, const std::string& name) {
    struct stat status{};
    return ::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

FileEntry entryOf(const struct stat& status) {
    FileEntry entry;
    entry.kind = S_ISREG(status.st_mode)   ? EntryKind::File
                 : S_ISDIR(status.st_mode) ? EntryKind::Folder
                 : S_ISLNK(status.st_mode) ? EntryKind::Link
                                           : EntryKind::Other;
    entry.mode = status.st_mode & 07777U;
    entry.mtime = status.st_mtim.tv_sec;
    entry.size = entry.kind == EntryKind::File ? static_cast<std::uint64_t>(status.st_size) : 0;
    return entry;
}

base::Result<void> readAll(int file, const std::string& path,
                           const std::function<base::Result<void>(std::string_view)>& take) {
    std::string buffer(kPiece, '\0');
    while (true) {
        const ssize_t count = ::read(file, buffer.data(), buffer.size());
        if (count == 0)
            return {};
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failed(path, "cannot be read");
        if (auto taken = take(std::string_view(buffer).substr(0, static_cast<std::size_t>(count))); !taken)
            return taken;
    }
}

base::Result<std::string> sumOf(int file, const std::string& path, SumKind kind, const std::function<bool()>& goesOn) {
    Checksum sum(kind);
    const auto read = readAll(file, path, [&](std::string_view bytes) -> base::Result<void> {
        sum.add(bytes);
        if (!goesOn())
            return base::fail(base::ErrorCode::Io, "cancelled");
        return {};
    });
    if (!read)
        return base::fail(read.error());
    return sum.text();
}

/// Of one tree. Full paths are for opening, short ones for the entries.
class Walk {
public:
    Walk(SumKind sum, const std::function<bool()>& goesOn, const std::function<void(base::Error)>& unread)
        : m_sum(sum)
        , m_goesOn(goesOn)
        , m_unread(unread) {}

    base::Result<void> add(const std::string& full, const std::string& path) {
        FileEntry entry;
        std::vector<std::string> names;
        if (auto read = look(full, path, entry, names); !read) {
            if (path.empty() || !m_goesOn())
                return read;
            m_unread(std::move(read.error()));
            return {};
        }
        entries.push_back(std::move(entry));
        for (const std::string& name : names) {
            if (auto added = add(full + "/" + name, path.empty() ? name : path + "/" + name); !added)
                return added;
        }
        return {};
    }

    std::vector<FileEntry> entries;

private:
    base::Result<void> look(const std::string& full, const std::string& path, FileEntry& entry,
                            std::vector<std::string>& names) const {
        if (!m_goesOn())
            return base::fail(base::ErrorCode::Io, "cancelled");
        struct stat status{};
        const int got = path.empty() ? ::stat(full.c_str(), &status) : ::lstat(full.c_str(), &status);
        if (got != 0)
            return failed(full, "cannot be looked at");
        entry = entryOf(status);
        entry.path = path;
        switch (entry.kind) {
        case EntryKind::Link:
            return readLink(full, entry);
        case EntryKind::Folder:
            return readNames(full, names);
        case EntryKind::File:
            return m_sum == SumKind::None ? base::Result<void>() : takeSum(full, entry);
        default:
            return {};
        }
    }

    static base::Result<void> readLink(const std::string& full, FileEntry& entry) {
        std::string target(4097, '\0');
        const ssize_t length = ::readlink(full.c_str(), target.data(), target.size());
        if (length < 0)
            return failed(full, "cannot be read");
        target.resize(static_cast<std::size_t>(length));
        entry.link = std::move(target);
        return {};
    }

    static base::Result<void> readNames(const std::string& full, std::vector<std::string>& names) {
        const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(full.c_str()), &::closedir);
        if (!folder)
            return failed(full, "cannot be read");
        errno = 0;
        while (const dirent* item = ::readdir(folder.get())) {
            const std::string name = item->d_name;
            if (name != "." && name != "..")
                names.push_back(name);
            errno = 0;
        }
        if (errno != 0)
            return failed(full, "cannot be read");
        std::sort(names.begin(), names.end());
        return {};
    }

    // A log that grows while it is read would never end.
    base::Result<void> takeSum(const std::string& full, FileEntry& entry) const {
        auto file = LocalFile::open(full, entry.path.empty() ? LocalFile::Links::Followed : LocalFile::Links::Refused);
        if (!file)
            return base::fail(std::move(file.error()));
        Checksum sum(m_sum);
        for (std::uint64_t left = entry.size; left > 0;) {
            if (!m_goesOn())
                return base::fail(base::ErrorCode::Io, "cancelled");
            const auto bytes = file->read();
            if (!bytes)
                return base::fail(bytes.error());
            if (bytes->empty())
                break;
            const std::string_view counted = bytes->substr(0, left);
            sum.add(counted);
            left -= counted.size();
        }
        entry.sum = sum.text();
        return {};
    }

    const SumKind m_sum;
    const std::function<bool()>& m_goesOn;
    const std::function<void(base::Error)>& m_unread;
};

} // namespace

base::Result<LocalTree> LocalTree::open(const std::string& folder) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    LocalTree tree;
    tree.m_name = folder;
    tree.m_root = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tree.m_root < 0)
        return failed(folder, "cannot be opened as a folder");
    return tree;
}

LocalTree::LocalTree(LocalTree&& other) noexcept
    : m_name(std::move(other.m_name))
    , m_root(std::exchange(other.m_root, -1)) {}

LocalTree::~LocalTree() {
    if (m_root >= 0)
        ::close(m_root);
}

base::Result<std::pair<int, std::string>> LocalTree::parentOf(const std::string& path) const {
    int folder = ::fcntl(m_root, F_DUPFD_CLOEXEC, 0);
    std::size_t from = 0;
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', from)) {
        const std::string part = path.substr(from, slash - from);
        const int next = openFolder(folder, part);
        if (next < 0) {
            const bool leadsOut = isLink(folder, part);
            const auto error = failed(path, "its folder cannot be opened");
            ::close(folder);
            if (leadsOut)
                return base::fail(base::ErrorCode::BadInput, "refused: the path \"" + shown(path) +
                                                                 "\" leads through \"" + shown(path.substr(0, slash)) +
                                                                 "\", a symbolic link in the target");
            return error;
        }
        ::close(folder);
        folder = next;
        from = slash + 1;
    }
    return std::pair(folder, path.substr(from));
}

bool LocalTree::holds(const std::string& path, const FileEntry& file, SumKind sum,
                      const std::function<bool()>& goesOn) const {
    const auto place = parentOf(path);
    if (!place)
        return false;
    const int there = ::openat(place->first, place->second.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    ::close(place->first);
    if (there < 0)
        return false;
    struct stat status{};
    bool isSame = ::fstat(there, &status) == 0 && S_ISREG(status.st_mode) &&
                  static_cast<std::uint64_t>(status.st_size) == file.size;
    if (isSame) {
        const auto text = sumOf(there, path, sum, goesOn);
        isSame = text && *text == file.sum;
    }
    ::close(there);
    return isSame;
}

base::Result<void> LocalTree::makeFolder(const std::string& path) {
    if (path.empty())
        return {};
    const auto place = parentOf(path);
    if (!place)
        return base::fail(place.error());
    base::Result<void> result;
    if (::mkdirat(place->first, place->second.c_str(), kFolderMode) != 0) {
        const int made = errno;
        const int there = openFolder(place->first, place->second);
        if (there >= 0) {
            ::close(there);
        } else if (isLink(place->first, place->second)) {
            result =
                base::fail(base::ErrorCode::BadInput, "refused: the path \"" + shown(path) +
                                                          "\" is to be a folder and is a symbolic link in the target");
        } else {
            errno = made;
            result = failed(path, "the folder cannot be made");
        }
    }
    ::close(place->first);
    return result;
}

base::Result<void> LocalTree::makeLink(const std::string& path, const std::string& target) {
    const auto place = parentOf(path);
    if (!place)
        return base::fail(place.error());
    const std::string besides = temporaryName();
    base::Result<void> result;
    if (::symlinkat(target.c_str(), place->first, besides.c_str()) != 0 ||
        ::renameat(place->first, besides.c_str(), place->first, place->second.c_str()) != 0) {
        result = failed(path, "the link cannot be made");
        ::unlinkat(place->first, besides.c_str(), 0);
    }
    ::close(place->first);
    return result;
}

base::Result<void> LocalTree::makeHardLink(const std::string& path, const std::string& other) {
    const auto from = parentOf(other);
    if (!from)
        return base::fail(from.error());
    const auto place = parentOf(path);
    if (!place) {
        ::close(from->first);
        return base::fail(place.error());
    }
    const std::string besides = temporaryName();
    base::Result<void> result;
    // linkat() without AT_SYMLINK_FOLLOW takes a link as it is.
    if (::linkat(from->first, from->second.c_str(), place->first, besides.c_str(), 0) != 0 ||
        ::renameat(place->first, besides.c_str(), place->first, place->second.c_str()) != 0) {
        result = failed(path, "the second name cannot be made");
    }
    // Renaming one name of a file to another of it does nothing.
    ::unlinkat(place->first, besides.c_str(), 0);
    ::close(place->first);
    ::close(from->first);
    return result;
}

base::Result<void> LocalTree::adorn(const FileEntry& entry) {
    const auto place = parentOf(entry.path.empty() ? "." : entry.path);
    if (!place)
        return base::fail(place.error());
    const int there = ::openat(place->first, place->second.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    ::close(place->first);
    if (there < 0)
        return failed(entry.path, "cannot be opened");
    base::Result<void> result;
    if (::fchmod(there, entry.mode) != 0)
        result = failed(entry.path, "its mode cannot be set");
    if (entry.mtime != 0) {
        const std::array<timespec, 2> times{timespec{0, UTIME_OMIT}, timespec{entry.mtime, 0}};
        if (::futimens(there, times.data()) != 0 && result)
            result = failed(entry.path, "its time cannot be set");
    }
    ::close(there);
    return result;
}

base::Result<LocalTree::Writing> LocalTree::write(const std::string& path) {
    auto place = parentOf(path);
    if (!place)
        return base::fail(std::move(place.error()));
    Writing writing;
    writing.m_path = path;
    writing.m_folder = place->first;
    writing.m_name = std::move(place->second);
    writing.m_besides = temporaryName();
    writing.m_file =
        ::openat(writing.m_folder, writing.m_besides.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kFileMode);
    if (writing.m_file < 0)
        return failed(path, "cannot be written");
    return writing;
}

LocalTree::Writing::Writing(Writing&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_name(std::move(other.m_name))
    , m_besides(std::move(other.m_besides))
    , m_folder(std::exchange(other.m_folder, -1))
    , m_file(std::exchange(other.m_file, -1)) {}

LocalTree::Writing::~Writing() {
    if (m_file >= 0) {
        ::close(m_file);
        ::unlinkat(m_folder, m_besides.c_str(), 0);
    }
    if (m_folder >= 0)
        ::close(m_folder);
}

base::Result<void> LocalTree::Writing::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(m_file, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return failed(m_path, "cannot be written");
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return {};
}

base::Result<void> LocalTree::Writing::put() {
    const int file = std::exchange(m_file, -1);
    // Some file systems tell of a full disk only here.
    if (::close(file) != 0 || ::renameat(m_folder, m_besides.c_str(), m_folder, m_name.c_str()) != 0) {
        auto error = failed(m_path, "cannot be written");
        ::unlinkat(m_folder, m_besides.c_str(), 0);
        return error;
    }
    return {};
}

base::Result<std::vector<FileEntry>> readLocalTree(const std::string& root, SumKind sum,
                                                   const std::function<bool()>& goesOn,
                                                   const std::function<void(base::Error)>& unread) {
    Walk walk(sum, goesOn, unread);
    if (auto added = walk.add(root, {}); !added)
        return base::fail(std::move(added.error()));
    return std::move(walk.entries);
}

base::Result<void> readLocalFile(const std::string& path,
                                 const std::function<base::Result<void>(std::string_view)>& take) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return failed(path, "cannot be read");
    auto result = readAll(file, path, take);
    ::close(file);
    return result;
}

} // namespace kube::files
