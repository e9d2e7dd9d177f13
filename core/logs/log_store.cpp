// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_store.h"

#include "core/fleet/paths.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace logs {

namespace {

constexpr mode_t kOwnerOnly = 0600;

// A file that has no name from the start or, where the file system cannot do that, from the next moment on.
int openNameless(const std::string& folder) {
    if (folder.empty() || !fleet::makePrivateFolder(folder))
        return -1;
    int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, kOwnerOnly);
    if (file < 0) {
        std::string name = folder + "/lines-XXXXXX";
        file = ::mkostemp(name.data(), O_CLOEXEC);
        if (file >= 0)
            ::unlink(name.c_str());
    }
    return file;
}

bool writeAll(int file, std::string_view bytes, std::uint64_t at) {
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
        at += static_cast<std::uint64_t>(count);
    }
    return true;
}

bool readAll(int file, std::string& bytes, std::uint64_t at) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t count = ::pread(file, bytes.data() + done, bytes.size() - done, static_cast<off_t>(at + done));
        if (count <= 0)
            return false;
        done += static_cast<std::size_t>(count);
    }
    return true;
}

} // namespace

LogStore::LogStore(StoreOptions options)
    : m_options(std::move(options))
    , m_file(openNameless(m_options.folder)) {}

LogStore::~LogStore() {
    if (m_file >= 0)
        ::close(m_file);
}

SourceId LogStore::addSource(SourceInfo source) {
    const std::lock_guard lock(m_mutex);
    const auto key = std::tuple(source.clusterId, source.ns, source.pod, source.container);
    source.seat = m_seats.try_emplace(key, static_cast<std::uint32_t>(m_seats.size())).first->second;
    m_sources.push_back(std::move(source));
    return static_cast<SourceId>(m_sources.size() - 1);
}

SourceInfo LogStore::source(SourceId id) const {
    const std::lock_guard lock(m_mutex);
    return id < m_sources.size() ? m_sources[id] : SourceInfo();
}

std::vector<SourceInfo> LogStore::sources() const {
    const std::lock_guard lock(m_mutex);
    return m_sources;
}

void LogStore::append(const std::vector<NewLine>& lines) {
    const std::lock_guard lock(m_mutex);
    for (const NewLine& line : lines) {
        if (m_hot.lines() == 0) {
            m_hotGlance = {m_hot.firstRow, m_hot.firstRow, line.timeNs, line.timeNs, {}};
            m_hot.text.reserve(m_options.blockBytes + m_options.blockBytes / 4);
        }
        m_hot.append(line);
        ++m_hotGlance.endRow;
        m_hotGlance.earliestNs = std::min(m_hotGlance.earliestNs, line.timeNs);
        m_hotGlance.latestNs = std::max(m_hotGlance.latestNs, line.timeNs);
        ++m_hotGlance.levels[static_cast<std::size_t>(m_hot.levels.back())];
        m_counts.add(line.timeNs, m_hot.levels.back(), line.source);
        if (m_hot.text.size() >= m_options.blockBytes)
            seal();
    }
}

// The newest blocks are those looked at: they stay unpacked as long as there is room.
void LogStore::seal() {
    Sealed sealed;
    sealed.glance = m_hotGlance;
    sealed.textBytes = m_hot.text.size();
    sealed.bytes = packed(m_hot);
    auto block = std::make_shared<LogBlock>(std::move(m_hot));
    m_hot = LogBlock();
    m_hot.firstRow = sealed.glance.endRow;
    m_textUsed += sealed.textBytes;
    remember(sealed.glance.firstRow, std::move(block));
    place(std::move(sealed));
}

void LogStore::place(Sealed sealed) {
    if (!write(sealed)) {
        m_packedUsed += sealed.bytes.size();
        m_sealed.push_back(std::move(sealed));
        while (m_packedUsed > m_options.packedBytes)
            dropOldest();
        return;
    }
    m_sealed.push_back(std::move(sealed));
}

// The file is a ring: what is oldest lies where the next block goes.
bool LogStore::write(Sealed& sealed) {
    const std::uint64_t size = sealed.bytes.size();
    if (m_file < 0 || size > m_options.diskBytes)
        return false;
    std::uint64_t at = m_writeAt;
    if (at + size > m_options.diskBytes) {
        // What lies behind is older than what lies at the front.
        while (std::any_of(m_sealed.begin(), m_sealed.end(),
                           [at](const Sealed& old) { return old.size > 0 && old.at >= at; }))
            dropOldest();
        at = 0;
    }
    const auto isInTheWay = [&](const Sealed& old) {
        return old.size > 0 && old.at < at + size && old.at + old.size > at;
    };
    while (std::any_of(m_sealed.begin(), m_sealed.end(), isInTheWay))
        dropOldest();
    if (!writeAll(m_file, sealed.bytes, at))
        return false;
    sealed.at = at;
    sealed.size = static_cast<std::uint32_t>(size);
    sealed.bytes = {};
    m_writeAt = at + size;
    m_diskUsed += size;
    return true;
}

void LogStore::dropOldest() {
    const Sealed& oldest = m_sealed.front();
    m_diskUsed -= oldest.size;
    m_packedUsed -= oldest.bytes.size();
    m_textUsed -= oldest.textBytes;
    m_sealed.pop_front();
}

Row LogStore::firstRow() const {
    const std::lock_guard lock(m_mutex);
    return m_sealed.empty() ? m_hot.firstRow : m_sealed.front().glance.firstRow;
}

Row LogStore::endRow() const {
    const std::lock_guard lock(m_mutex);
    return m_hot.firstRow + m_hot.lines();
}

LogCounts LogStore::counts() const {
    const std::lock_guard lock(m_mutex);
    return m_counts;
}

const LogStore::Sealed* LogStore::find(Row row) const {
    const auto found = std::upper_bound(m_sealed.begin(), m_sealed.end(), row,
                                        [](Row at, const Sealed& sealed) { return at < sealed.glance.endRow; });
    return found == m_sealed.end() ? nullptr : &*found;
}

LogBlockPtr LogStore::load(const Sealed& sealed, Remember how) const {
    const Row firstRow = sealed.glance.firstRow;
    const auto known = std::find_if(m_cache.begin(), m_cache.end(),
                                    [firstRow](const Cached& cached) { return cached.firstRow == firstRow; });
    if (known != m_cache.end()) {
        if (how == Remember::Yes)
            m_cache.splice(m_cache.begin(), m_cache, known);
        return known->block;
    }
    LogBlockPtr block;
    if (sealed.size == 0) {
        block = unpacked(sealed.bytes);
    } else {
        std::string bytes(sealed.size, '\0');
        if (readAll(m_file, bytes, sealed.at))
            block = unpacked(bytes);
    }
    if (block && how == Remember::Yes)
        remember(firstRow, block);
    return block;
}

void LogStore::remember(Row firstRow, LogBlockPtr block) const {
    m_cacheBytes += block->bytes();
    m_cache.push_front({firstRow, std::move(block)});
    while (m_cacheBytes > m_options.memoryBytes && m_cache.size() > 1) {
        m_cacheBytes -= m_cache.back().block->bytes();
        m_cache.pop_back();
    }
}

std::vector<LogRow> LogStore::read(Row first, std::size_t count) const {
    std::vector<LogRow> rows;
    const std::lock_guard lock(m_mutex);
    while (rows.size() < count) {
        const Sealed* sealed = find(first);
        const LogBlockPtr kept = sealed ? load(*sealed, Remember::Yes) : nullptr;
        if (sealed && !kept) { // cannot be read: not there
            first = sealed->glance.endRow;
            continue;
        }
        const LogBlock& block = kept ? *kept : m_hot;
        first = std::max(first, block.firstRow);
        const auto from = static_cast<std::size_t>(first - block.firstRow);
        if (from >= block.lines())
            break;
        const std::size_t end = std::min(block.lines(), from + count - rows.size());
        for (std::size_t line = from; line < end; ++line)
            rows.push_back(block.row(line));
        first = block.firstRow + end;
    }
    return rows;
}

std::optional<LogRow> LogStore::read(Row row) const {
    std::vector<LogRow> rows = read(row, 1);
    if (rows.empty() || rows.front().row != row)
        return std::nullopt;
    return std::move(rows.front());
}

Row LogStore::rowAt(std::int64_t timeNs) const {
    const std::lock_guard lock(m_mutex);
    const auto sealed = std::find_if(m_sealed.begin(), m_sealed.end(),
                                     [timeNs](const Sealed& s) { return s.glance.latestNs >= timeNs; });
    LogBlockPtr kept;
    if (sealed != m_sealed.end() && !(kept = load(*sealed, Remember::Yes)))
        return sealed->glance.firstRow;
    const LogBlock& block = kept ? *kept : m_hot;
    const auto found =
        std::find_if(block.times.begin(), block.times.end(), [timeNs](std::int64_t time) { return time >= timeNs; });
    return block.firstRow + static_cast<Row>(found - block.times.begin());
}

std::optional<LogStore::Glance> LogStore::glance(Row row) const {
    const std::lock_guard lock(m_mutex);
    if (const Sealed* sealed = find(row))
        return sealed->glance;
    if (m_hot.lines() == 0 || row >= m_hotGlance.endRow)
        return std::nullopt;
    return m_hotGlance;
}

LogBlockPtr LogStore::blockFrom(Row row) const {
    Sealed copy;
    {
        const std::lock_guard lock(m_mutex);
        const Sealed* sealed = find(row);
        if (!sealed) {
            const Row from = std::max(row, m_hot.firstRow);
            if (from >= m_hot.firstRow + m_hot.lines())
                return nullptr;
            return std::make_shared<LogBlock>(m_hot.tail(static_cast<std::size_t>(from - m_hot.firstRow)));
        }
        const auto known = std::find_if(m_cache.begin(), m_cache.end(), [&](const Cached& cached) {
            return cached.firstRow == sealed->glance.firstRow;
        });
        if (known != m_cache.end())
            return known->block;
        copy.glance = sealed->glance;
        copy.size = sealed->size;
        copy.bytes = sealed->bytes;
        if (sealed->size > 0) {
            copy.bytes.resize(sealed->size);
            if (!readAll(m_file, copy.bytes, sealed->at))
                copy.bytes.clear();
        }
    }
    // Unpacked outside the lock: a search must not hold up those who read and write.
    LogBlockPtr block = unpacked(copy.bytes);
    if (!block) {
        auto none = std::make_shared<LogBlock>();
        none->firstRow = copy.glance.endRow;
        return none;
    }
    return block;
}

LogStore::Usage LogStore::usage() const {
    const std::lock_guard lock(m_mutex);
    return {m_textUsed + m_hot.text.size(), m_diskUsed, m_cacheBytes + m_hot.bytes() + m_packedUsed};
}

} // namespace logs
