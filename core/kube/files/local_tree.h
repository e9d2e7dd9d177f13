// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/files/checksum.h"
#include "core/kube/files/file_entry.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kube::files {

/// A folder on this machine that files are written into, and nothing outside of it: every part of a path is opened by
/// itself, and none through a symbolic link. Paths are those of checkedPath(). Errors name the path. One thread.
class LocalTree {
public:
    /// Makes the folder where it is not there.
    [[nodiscard]] static base::Result<LocalTree> open(const std::string& folder);
    ~LocalTree();
    LocalTree(LocalTree&& other) noexcept;
    LocalTree& operator=(LocalTree&&) = delete;
    LocalTree(const LocalTree&) = delete;
    LocalTree& operator=(const LocalTree&) = delete;

    /// Whether a plain file lies there with the size and sum of `file`. Read only where the size is the same; `goesOn`
    /// may end it by false, and then it does not.
    [[nodiscard]] bool holds(const std::string& path, const FileEntry& file, SumKind sum,
                             const std::function<bool()>& goesOn) const;
    [[nodiscard]] base::Result<void> makeFolder(const std::string& path);
    [[nodiscard]] base::Result<void> makeLink(const std::string& path, const std::string& target);
    /// Another name for a file of the tree.
    [[nodiscard]] base::Result<void> makeHardLink(const std::string& path, const std::string& other);
    /// Mode and time of what is there; not for links.
    [[nodiscard]] base::Result<void> adorn(const FileEntry& entry);

    /// A file that is being written beside its place. Gone again unless put().
    class Writing {
    public:
        ~Writing();
        Writing(Writing&& other) noexcept;
        Writing& operator=(Writing&&) = delete;
        Writing(const Writing&) = delete;
        Writing& operator=(const Writing&) = delete;

        [[nodiscard]] base::Result<void> write(std::string_view bytes);
        /// Under its name, in the place of what had it.
        [[nodiscard]] base::Result<void> put();

    private:
        friend class LocalTree;
        Writing() = default;
        std::string m_path;
        std::string m_name;
        std::string m_besides;
        int m_folder = -1;
        int m_file = -1;
    };
    [[nodiscard]] base::Result<Writing> write(const std::string& path);

private:
    LocalTree() = default;
    /// The folder that a path lies in, and its last part.
    [[nodiscard]] base::Result<std::pair<int, std::string>> parentOf(const std::string& path) const;

    std::string m_name;
    int m_root = -1;
};

/// Everything below a folder (the folder itself first, with an empty path), or the file alone. Links are not followed
/// but for the root. Sums are taken where asked for, of as many bytes as the entry's size says. `goesOn` may end it by
/// false. What cannot be read is not in the list, nor what is in it: `unread` is told why, naming the path. Fails with
/// Io where that is the root, naming it.
[[nodiscard]] base::Result<std::vector<FileEntry>> readLocalTree(const std::string& root, SumKind sum,
                                                                 const std::function<bool()>& goesOn,
                                                                 const std::function<void(base::Error)>& unread);

/// Gives a local file's bytes piece by piece.
[[nodiscard]] base::Result<void> readLocalFile(const std::string& path,
                                               const std::function<base::Result<void>(std::string_view)>& take);

} // namespace kube::files
