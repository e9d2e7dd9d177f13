// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace kube::files {

/// A plain file of this machine, read once from its front. Errors name its path. One thread.
class LocalFile {
public:
    enum class Links { Followed, Refused };

    /// Fails with Io for what cannot be opened and for all but plain files; never waits, as opening a pipe would.
    [[nodiscard]] static base::Result<LocalFile> open(std::string path, Links links);
    ~LocalFile();
    LocalFile(LocalFile&& other) noexcept;
    LocalFile& operator=(LocalFile&&) = delete;
    LocalFile(const LocalFile&) = delete;
    LocalFile& operator=(const LocalFile&) = delete;

    /// The next bytes; empty: its end. Valid until the next call. Fails with Io.
    [[nodiscard]] base::Result<std::string_view> read();

private:
    LocalFile() = default;

    std::string m_path;
    std::string m_buffer;
    int m_file = -1;
};

} // namespace kube::files
