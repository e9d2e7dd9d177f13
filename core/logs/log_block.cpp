// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_block.h"

#include "core/logs/escapes.h"
#include "core/logs/recognition.h"

#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace logs {

namespace {

constexpr int kQuick = 1; // zstd's level: three packs no better here and takes half as long again

struct Head {
    Row firstRow = 0;
    std::uint64_t lines = 0;
    std::uint64_t text = 0;
    std::uint64_t colours = 0;
};

template <typename T>
void put(std::string& bytes, const T* values, std::size_t count) {
    if (count > 0)
        bytes.append(reinterpret_cast<const char*>(values), count * sizeof(T));
}

// False where there are not as many bytes.
template <typename T>
bool take(std::string_view& bytes, T* values, std::size_t count) {
    if (bytes.size() / sizeof(T) < count)
        return false;
    if (count > 0)
        std::memcpy(values, bytes.data(), count * sizeof(T));
    bytes.remove_prefix(count * sizeof(T));
    return true;
}

template <typename T>
bool takeAll(std::string_view& bytes, std::vector<T>& values, std::size_t count) {
    if (bytes.size() / sizeof(T) < count)
        return false;
    values.resize(count);
    return take(bytes, values.data(), count);
}

bool isSound(const LogBlock& block) {
    std::uint32_t last = 0;
    for (const std::uint32_t end : block.ends) {
        if (end <= last || end > block.text.size())
            return false;
        last = end;
    }
    return last == block.text.size();
}

// By line; none of them for a line without.
auto coloursOf(const LogBlock& block, std::size_t line) {
    const auto before = [](const LogBlock::ColouredRun& run, std::size_t at) { return run.line < at; };
    const auto first = std::lower_bound(block.colours.begin(), block.colours.end(), line, before);
    return std::pair(first, std::lower_bound(first, block.colours.end(), line + 1, before));
}

} // namespace

LogRow LogBlock::row(std::size_t index) const {
    LogRow row;
    row.row = firstRow + index;
    row.text = line(index);
    row.timeNs = times[index];
    row.source = sources[index];
    row.level = levels[index];
    row.startsLine = (flags[index] & Continues) == 0;
    row.endsLine = (flags[index] & Unended) == 0;
    if ((flags[index] & Coloured) != 0) {
        const auto [first, last] = coloursOf(*this, index);
        for (auto run = first; run != last; ++run)
            row.colours.push_back(run->run);
    }
    return row;
}

std::size_t LogBlock::bytes() const {
    return sizeof(LogBlock) + text.capacity() + ends.capacity() * sizeof(std::uint32_t) +
           times.capacity() * sizeof(std::int64_t) + sources.capacity() * sizeof(SourceId) + levels.capacity() +
           flags.capacity() + colours.capacity() * sizeof(ColouredRun);
}

void LogBlock::append(const NewLine& line) {
    std::uint8_t flag = 0;
    if (!line.startsLine)
        flag |= Continues;
    if (!line.endsLine)
        flag |= Unended;
    const std::size_t from = text.size();
    std::string_view plain = line.text;
    if (line.endsLine && plain.ends_with('\r'))
        plain.remove_suffix(1);
    if (hasEscapes(plain)) {
        std::vector<ColourRun> runs;
        appendPlain(plain, text, runs);
        for (const ColourRun& run : runs)
            colours.push_back({static_cast<std::uint32_t>(lines()), run});
        if (!runs.empty())
            flag |= Coloured;
    } else {
        text.append(plain);
    }
    levels.push_back(line.startsLine ? levelOf(std::string_view(text).substr(from)) : Level::None);
    text.push_back('\n');
    ends.push_back(static_cast<std::uint32_t>(text.size()));
    times.push_back(line.timeNs);
    sources.push_back(line.source);
    flags.push_back(flag);
}

LogBlock LogBlock::tail(std::size_t line) const {
    LogBlock block;
    const auto from = static_cast<std::ptrdiff_t>(line);
    const auto at = static_cast<std::uint32_t>(start(line));
    block.firstRow = firstRow + line;
    block.text = text.substr(at);
    block.ends.assign(ends.begin() + from, ends.end());
    for (std::uint32_t& end : block.ends)
        end -= at;
    block.times.assign(times.begin() + from, times.end());
    block.sources.assign(sources.begin() + from, sources.end());
    block.levels.assign(levels.begin() + from, levels.end());
    block.flags.assign(flags.begin() + from, flags.end());
    block.colours.assign(coloursOf(*this, line).first, colours.end());
    for (ColouredRun& run : block.colours)
        run.line -= static_cast<std::uint32_t>(line);
    return block;
}

std::string packed(const LogBlock& block) {
    std::string raw;
    raw.reserve(sizeof(Head) + block.text.size() + block.lines() * 18 + block.colours.size() * 20);
    const Head head{block.firstRow, block.lines(), block.text.size(), block.colours.size()};
    put(raw, &head, 1);
    put(raw, block.ends.data(), block.lines());
    put(raw, block.times.data(), block.lines());
    put(raw, block.sources.data(), block.lines());
    put(raw, block.levels.data(), block.lines());
    put(raw, block.flags.data(), block.lines());
    put(raw, block.colours.data(), block.colours.size());
    raw.append(block.text);
    std::string bytes(ZSTD_compressBound(raw.size()), '\0');
    const std::size_t size = ZSTD_compress(bytes.data(), bytes.size(), raw.data(), raw.size(), kQuick);
    bytes.resize(ZSTD_isError(size) != 0U ? 0 : size);
    bytes.shrink_to_fit();
    return bytes;
}

LogBlockPtr unpacked(std::string_view bytes) {
    constexpr unsigned long long kMost = 1ULL << 30;
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size > kMost) // the two values that mean "unknown" and "wrong" are larger still
        return nullptr;
    std::string raw(static_cast<std::size_t>(size), '\0');
    if (ZSTD_decompress(raw.data(), raw.size(), bytes.data(), bytes.size()) != raw.size())
        return nullptr;
    std::string_view rest(raw);
    Head head;
    auto block = std::make_shared<LogBlock>();
    if (!take(rest, &head, 1) || head.lines > kMost || head.colours > kMost ||
        !takeAll(rest, block->ends, head.lines) || !takeAll(rest, block->times, head.lines) ||
        !takeAll(rest, block->sources, head.lines) || !takeAll(rest, block->levels, head.lines) ||
        !takeAll(rest, block->flags, head.lines) || !takeAll(rest, block->colours, head.colours) ||
        rest.size() != head.text)
        return nullptr;
    block->firstRow = head.firstRow;
    // What remains is the text: moved to the front instead of copied once more.
    raw.erase(0, raw.size() - rest.size());
    block->text = std::move(raw);
    if (!isSound(*block))
        return nullptr;
    return block;
}

} // namespace logs
