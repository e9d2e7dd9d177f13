// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/tar_stream.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace kube::files {

namespace {

constexpr std::size_t kZeros = 65536;

std::string textOf(const char* text, const char* utf8) {
    // In a locale without such characters only the second is there.
    return text ? text : utf8 ? utf8 : "";
}

FileEntry entryOf(archive_entry* raw) {
    FileEntry entry;
    entry.path = textOf(archive_entry_pathname(raw), archive_entry_pathname_utf8(raw));
    entry.mode = static_cast<std::uint32_t>(archive_entry_perm(raw)) & 07777U;
    entry.mtime = archive_entry_mtime_is_set(raw) != 0 ? archive_entry_mtime(raw) : 0;
    entry.size = static_cast<std::uint64_t>(std::max<la_int64_t>(archive_entry_size(raw), 0));
    if (archive_entry_hardlink(raw) || archive_entry_hardlink_utf8(raw)) {
        entry.kind = EntryKind::HardLink;
        entry.link = textOf(archive_entry_hardlink(raw), archive_entry_hardlink_utf8(raw));
        return entry;
    }
    switch (archive_entry_filetype(raw)) {
    case AE_IFREG:
        break;
    case AE_IFDIR:
        entry.kind = EntryKind::Folder;
        break;
    case AE_IFLNK:
        entry.kind = EntryKind::Link;
        entry.link = textOf(archive_entry_symlink(raw), archive_entry_symlink_utf8(raw));
        break;
    default:
        entry.kind = EntryKind::Other;
    }
    return entry;
}

} // namespace

struct TarReader::Source {
    More more;
    std::string bytes;
    std::optional<base::Error> error;

    static la_ssize_t read(archive* reader, void* data, const void** buffer) {
        auto* self = static_cast<Source*>(data);
        base::Result<std::string> more = self->more();
        if (!more) {
            archive_set_error(reader, EIO, "%s", more.error().message.c_str());
            self->error = std::move(more.error());
            return ARCHIVE_FATAL;
        }
        self->bytes = *std::move(more);
        *buffer = self->bytes.data();
        return static_cast<la_ssize_t>(self->bytes.size());
    }
};

TarReader::TarReader(More more)
    : m_source(std::make_unique<Source>(Source{std::move(more), {}, {}}))
    , m_archive(archive_read_new())
    , m_zeros(kZeros, '\0') {
    archive_read_support_format_tar(m_archive);
    archive_read_open(m_archive, m_source.get(), nullptr, &Source::read, nullptr);
}

TarReader::~TarReader() {
    archive_read_free(m_archive);
}

base::Error TarReader::failure() const {
    if (m_source->error)
        return *m_source->error;
    const char* why = archive_error_string(m_archive);
    return base::fail(base::ErrorCode::BadResponse,
                      std::string("what came is no whole tar archive: ") + (why ? why : "damaged"))
        .value();
}

base::Result<std::optional<FileEntry>> TarReader::next() {
    archive_entry* raw = nullptr;
    const int result = archive_read_next_header(m_archive, &raw);
    m_at = 0;
    m_hole = 0;
    m_later = {};
    if (m_source->error || (result != ARCHIVE_OK && result != ARCHIVE_WARN && result != ARCHIVE_EOF))
        return base::fail(failure());
    if (result == ARCHIVE_EOF)
        return std::optional<FileEntry>();
    return std::optional<FileEntry>(entryOf(raw));
}

base::Result<std::string_view> TarReader::data() {
    while (m_hole == 0 && m_later.empty()) {
        const void* buffer = nullptr;
        std::size_t size = 0;
        la_int64_t offset = 0;
        const int result = archive_read_data_block(m_archive, &buffer, &size, &offset);
        if (result == ARCHIVE_EOF) {
            // A sparse file may end in a hole.
            if (offset <= m_at)
                return std::string_view();
            m_hole = static_cast<std::uint64_t>(offset - m_at);
            m_at = offset;
            break;
        }
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
            return base::fail(failure());
        if (offset < m_at)
            return base::fail(base::ErrorCode::BadResponse, "what came is no sound tar archive");
        m_hole = static_cast<std::uint64_t>(offset - m_at);
        m_later = {static_cast<const char*>(buffer), size};
        m_at = offset + static_cast<std::int64_t>(size);
    }
    if (m_hole > 0) {
        const std::size_t now = static_cast<std::size_t>(std::min<std::uint64_t>(m_hole, m_zeros.size()));
        m_hole -= now;
        return std::string_view(m_zeros).substr(0, now);
    }
    return std::exchange(m_later, {});
}

struct TarWriter::Target {
    Put put;
    std::optional<base::Error> error;

    static la_ssize_t write(archive* writer, void* data, const void* buffer, std::size_t size) {
        auto* self = static_cast<Target*>(data);
        if (base::Result<void> done = self->put({static_cast<const char*>(buffer), size}); !done) {
            archive_set_error(writer, EIO, "%s", done.error().message.c_str());
            self->error = std::move(done.error());
            return ARCHIVE_FATAL;
        }
        return static_cast<la_ssize_t>(size);
    }
};

TarWriter::TarWriter(Put put)
    : m_target(std::make_unique<Target>(Target{std::move(put), {}}))
    , m_archive(archive_write_new()) {
    archive_write_set_format_gnutar(m_archive);
    archive_write_open(m_archive, m_target.get(), nullptr, &Target::write, nullptr);
}

TarWriter::~TarWriter() {
    // Nothing more is written by what is given up.
    archive_write_fail(m_archive);
    archive_write_free(m_archive);
}

base::Result<void> TarWriter::checked(long result) const {
    if (m_target->error)
        return base::fail(*m_target->error);
    if (result >= ARCHIVE_WARN)
        return {};
    const char* why = archive_error_string(m_archive);
    return base::fail(base::ErrorCode::Io, std::string("cannot be packed: ") + (why ? why : "unknown"));
}

base::Result<void> TarWriter::begin(const FileEntry& entry) {
    const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> raw(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(raw.get(), entry.path.c_str());
    archive_entry_set_filetype(raw.get(), entry.kind == EntryKind::Folder ? AE_IFDIR
                                          : entry.kind == EntryKind::Link ? AE_IFLNK
                                                                          : AE_IFREG);
    archive_entry_set_perm(raw.get(), entry.mode);
    archive_entry_set_mtime(raw.get(), entry.mtime, 0);
    archive_entry_set_size(raw.get(), entry.kind == EntryKind::File ? static_cast<la_int64_t>(entry.size) : 0);
    if (entry.kind == EntryKind::Link)
        archive_entry_set_symlink(raw.get(), entry.link.c_str());
    return checked(archive_write_header(m_archive, raw.get()));
}

base::Result<void> TarWriter::data(std::string_view bytes) {
    while (!bytes.empty()) {
        const la_ssize_t count = archive_write_data(m_archive, bytes.data(), bytes.size());
        if (const base::Result<void> done = checked(count < 0 ? count : 0); !done)
            return done;
        if (count == 0)
            return base::fail(base::ErrorCode::Io, "the file has grown while it was read");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

base::Result<void> TarWriter::finish() {
    return checked(archive_write_close(m_archive));
}

} // namespace kube::files
