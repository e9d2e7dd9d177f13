// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/files/file_entry.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct archive;
struct archive_entry;

namespace kube::files {

/// Reads a tar archive, by libarchive. One thread, which blocks in `more`.
class TarReader {
public:
    /// Gives the next bytes; empty: the end.
    using More = std::function<base::Result<std::string>()>;

    explicit TarReader(More more);
    ~TarReader();
    TarReader(const TarReader&) = delete;
    TarReader& operator=(const TarReader&) = delete;

    /// The next entry, its path as the archive has it, or nothing at the end. Fails with BadResponse for what is no
    /// archive or is cut, and with what `more` failed.
    [[nodiscard]] base::Result<std::optional<FileEntry>> next();
    /// The next bytes of the entry's file; empty: its end. Valid until the next call.
    [[nodiscard]] base::Result<std::string_view> data();

private:
    struct Source;
    [[nodiscard]] base::Error failure() const;

    std::unique_ptr<Source> m_source;
    archive* m_archive;
    std::string m_zeros; ///< For holes.
    std::int64_t m_at = 0;
    std::string_view m_later; ///< Read, and behind a hole.
    std::uint64_t m_hole = 0;
};

/// Writes one archive in GNU's format, which every tar reads and which takes any bytes for names.
class TarWriter {
public:
    using Put = std::function<base::Result<void>(std::string_view)>;

    explicit TarWriter(Put put);
    ~TarWriter();
    TarWriter(const TarWriter&) = delete;
    TarWriter& operator=(const TarWriter&) = delete;

    [[nodiscard]] base::Result<void> begin(const FileEntry& entry);
    [[nodiscard]] base::Result<void> data(std::string_view bytes);
    [[nodiscard]] base::Result<void> finish();

private:
    struct Target;
    [[nodiscard]] base::Result<void> checked(long result) const;

    std::unique_ptr<Target> m_target;
    archive* m_archive;
};

} // namespace kube::files
