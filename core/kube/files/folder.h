// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/files/file_entry.h"
#include "core/kube/files/remote_shell.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// One folder as it is looked into, here or in a container.
namespace kube::files {

/// One thing in a folder. What could not be found out is left out.
struct FolderItem {
    std::string name; ///< Bytes.
    EntryKind kind = EntryKind::File;
    std::optional<std::uint32_t> mode = {}; ///< Permission bits.
    std::optional<std::int64_t> mtime = {}; ///< Seconds since 1970.
    std::optional<std::uint64_t> size = {};
    std::string link = {};      ///< Where a symbolic link leads to, as it says itself.
    bool leadsToFolder = false; ///< A symbolic link to a folder.

    /// Whether one can look into it.
    [[nodiscard]] bool isFolder() const { return kind == EntryKind::Folder || leadsToFolder; }
    bool operator==(const FolderItem&) const = default;
};

struct Folder {
    std::string path;              ///< Absolute, links on the way to it as they were given.
    std::vector<FolderItem> items; ///< In no order.
};

/// What lies in a folder of the container; an empty path is where its commands start. `stat` and `ls` are used as far
/// as they are there. Fails with NotFound (no such folder, or no folder at all), Forbidden (may not be read), with
/// Unsupported where the container has no shell, and with BadResponse where the list is garbled or endless.
[[nodiscard]] base::Result<Folder> listRemoteFolder(RemoteShell& shell, const std::string& path);
/// The same on this machine; an empty path is where the program was started.
[[nodiscard]] base::Result<Folder> listLocalFolder(const std::string& path);

/// What listRemoteFolder() runs, with the folder as $1, for a POSIX shell.
[[nodiscard]] const char* folderScript();
/// What that prints for `path`. Pure.
[[nodiscard]] base::Result<Folder> parseRemoteFolder(std::string_view printed, const std::string& path);

/// A file's first bytes, `most` of them and one more where it is longer.
[[nodiscard]] base::Result<std::string> readRemoteFile(RemoteShell& shell, const std::string& path, std::size_t most);
[[nodiscard]] base::Result<std::string> readLocalHead(const std::string& path, std::size_t most);

/// "a" in "/b": "/b/a".
[[nodiscard]] std::string joined(std::string_view folder, std::string_view name);

} // namespace kube::files
