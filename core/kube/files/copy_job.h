// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/files/file_copy.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kube::files {

/// What both directions have in common. On the copy's thread.
struct CopyJob {
    const CopySpec& spec;
    RemoteShell& shell;
    std::function<void(const CopyProgress&)> tell;

    CopyResult result = {};
    RemoteTools tools = {};

    [[nodiscard]] base::Result<void> findTools();
    /// One with more names than one command takes at once goes in several.
    [[nodiscard]] bool usesTar(std::size_t files) const;
    void expect(const std::vector<FileEntry>& files);
    void begin(const FileEntry& file);
    void add(std::size_t bytes);
    void done();
    /// Of a file that does not arrive after all.
    void takeBack(std::uint64_t bytes);
    /// `what` names it and says why.
    void leaveOut(const std::string& what);
    [[nodiscard]] base::Result<void> download();
    [[nodiscard]] base::Result<void> upload();
};

/// The last part of a path, and what is before it ("." where nothing is).
[[nodiscard]] std::string lastPart(std::string_view path);
[[nodiscard]] std::string folderOf(std::string_view path);

using EntryMap = std::map<std::string, FileEntry, std::less<>>; ///< By path.
[[nodiscard]] EntryMap byPath(std::vector<FileEntry> entries);

/// The same bytes, as far as is known; without sums never.
[[nodiscard]] bool isSame(const FileEntry& one, const FileEntry& other);

} // namespace kube::files
