// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/line_sink.h"
#include "core/logs/log_block.h"
#include "core/logs/log_counts.h"
#include "core/logs/log_line.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace logs {

struct StoreOptions {
    std::string folder;                              ///< On a disk; empty: nothing goes to a disk.
    std::size_t blockBytes = std::size_t(512) << 10; ///< Of text.
    std::size_t memoryBytes = std::size_t(24) << 20; ///< For unpacked blocks, the one being filled not counted.
    std::size_t packedBytes = std::size_t(16) << 20; ///< For packed ones that the disk did not take.
    std::uint64_t diskBytes = std::uint64_t(2) << 30;
};

/// Keeps the lines that a view has seen: the newest in memory, the rest packed on disk, the oldest given up where that
/// is full. Safe on any thread; lines come from one at a time. append() packs and writes on the thread that calls it,
/// and so holds up whoever brings lines faster than they can be kept.
///
/// On the disk lie the lines as containers wrote them, packed but not encrypted, in one file of mode 0600 without a
/// name in a folder of mode 0700: it is never to be found in the folder and is gone with the process, also where that
/// crashes. It never grows beyond `diskBytes`.
class LogStore final : public LineSink {
public:
    explicit LogStore(StoreOptions options);
    ~LogStore() override;
    LogStore(const LogStore&) = delete;
    LogStore& operator=(const LogStore&) = delete;

    SourceId addSource(SourceInfo source) override;
    [[nodiscard]] SourceInfo source(SourceId id) const;
    [[nodiscard]] std::vector<SourceInfo> sources() const;

    void append(const std::vector<NewLine>& lines) override;

    /// The rows there are: [firstRow, endRow). Those before firstRow were given up.
    [[nodiscard]] Row firstRow() const;
    [[nodiscard]] Row endRow() const;
    [[nodiscard]] std::uint64_t dropped() const { return firstRow(); }
    /// Of all lines that ever came.
    [[nodiscard]] LogCounts counts() const;

    /// The lines asked for that are there. Costs unpacking a block where they are not the newest or were read before.
    [[nodiscard]] std::vector<LogRow> read(Row first, std::size_t count) const;
    [[nodiscard]] std::optional<LogRow> read(Row row) const;
    /// The first kept row not earlier than the time, as far as lines stand in order of time; endRow() if there is none.
    [[nodiscard]] Row rowAt(std::int64_t timeNs) const;

    /// What a search has to know before it unpacks a block.
    struct Glance {
        Row firstRow = 0;
        Row endRow = 0;
        std::int64_t earliestNs = 0;
        std::int64_t latestNs = 0;
        std::array<std::uint32_t, kLevels> levels{};
    };
    /// Of the block that holds `row`, or the next one that is kept.
    [[nodiscard]] std::optional<Glance> glance(Row row) const;
    /// That block from the row on (or whole); null where nothing is kept from there on. Not remembered, unless it was.
    [[nodiscard]] LogBlockPtr blockFrom(Row row) const;

    struct Usage {
        std::uint64_t textBytes = 0; ///< Of all lines kept.
        std::uint64_t diskBytes = 0;
        std::uint64_t memoryBytes = 0;
    };
    [[nodiscard]] Usage usage() const;

private:
    struct Sealed {
        Glance glance;
        std::size_t textBytes = 0;
        std::uint64_t at = 0; ///< In the file,
        std::uint32_t size = 0;
        std::string bytes; ///< or here.
    };
    struct Cached {
        Row firstRow = 0;
        LogBlockPtr block;
    };
    enum class Remember { Yes, No };

    void seal();
    void place(Sealed sealed);
    bool write(Sealed& sealed);
    void dropOldest();
    [[nodiscard]] const Sealed* find(Row row) const;
    [[nodiscard]] LogBlockPtr load(const Sealed& sealed, Remember remember) const;
    void remember(Row firstRow, LogBlockPtr block) const;

    const StoreOptions m_options;
    mutable std::mutex m_mutex;
    std::vector<SourceInfo> m_sources;
    /// By cluster, namespace, pod and container.
    std::map<std::tuple<fleet::ClusterId, std::string, std::string, std::string>, std::uint32_t> m_seats;
    std::deque<Sealed> m_sealed;
    LogBlock m_hot;
    Glance m_hotGlance;
    LogCounts m_counts;
    mutable std::list<Cached> m_cache; ///< The last used first.
    mutable std::size_t m_cacheBytes = 0;
    int m_file = -1;
    std::uint64_t m_writeAt = 0;
    std::uint64_t m_diskUsed = 0;
    std::size_t m_packedUsed = 0;
    std::uint64_t m_textUsed = 0;
};

} // namespace logs
