// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace fleet {

/// What tells one content of a file from another without reading it.
struct FileStamp {
    std::uint64_t inode = 0;
    std::int64_t size = -1; ///< -1: no such file.
    std::int64_t modifiedNs = 0;
    friend auto operator<=>(const FileStamp&, const FileStamp&) = default;
};

[[nodiscard]] FileStamp stampOf(const std::string& path);
/// Whole content; nothing if there is no such file or it cannot be read.
[[nodiscard]] std::optional<std::string> readWhole(const std::string& path);

/// Who may read a file that is written.
enum class Readers {
    OwnerOnly, ///< Mode 0600.
    AsUsual,   ///< Whoever might read the file that is replaced; those whom the umask lets where there is none.
};
/// Writes beside and renames. Not flushed to the disk: a power cut may cost the last change, not the file, on file
/// systems that order a rename after its data.
[[nodiscard]] base::Result<void> replaceFile(const std::string& path, const std::string& content,
                                             Readers readers = Readers::OwnerOnly);

/// An exclusive lock between programs, for as long as the object lives. Waits at most 200 ms.
class FileLock {
public:
    explicit FileLock(const std::string& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    [[nodiscard]] bool isHeld() const { return m_descriptor >= 0; }

private:
    int m_descriptor = -1;
};

} // namespace fleet
