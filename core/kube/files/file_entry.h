// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace kube::files {

enum class EntryKind {
    File,
    Folder,
    Link,     ///< Symbolic; `link` is kept as it is and never followed.
    HardLink, ///< In archives: another name for the file `link`.
    Other,    ///< Devices, sockets, pipes: not copied.
};

/// One file or folder of a tree. Names are bytes.
struct FileEntry {
    std::string path; ///< Below the tree's root, without "./"; empty for the root itself.
    EntryKind kind = EntryKind::File;
    std::uint32_t mode = 0; ///< Permission bits.
    std::int64_t mtime = 0; ///< Seconds since 1970; 0: not known.
    std::uint64_t size = 0;
    std::string link = {};
    std::string sum = {};   ///< Of a file's bytes, as the tool prints it; empty: not known.
    bool isReadable = true; ///< False: it is there, but not its bytes or what is in it.
};

/// The path with "./" and doubled slashes taken out. Fails with BadInput, naming it, for one that would lead out of the
/// folder that it is below (absolute, "..") or that no file can have (a NUL). Pure.
[[nodiscard]] base::Result<std::string> checkedPath(std::string_view path);

/// For error messages: control characters and invalid UTF-8 as \xNN.
[[nodiscard]] std::string shown(std::string_view path);

} // namespace kube::files
