// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/row_store.h"

#include <bit>
#include <cstring>

namespace kube {

namespace {

// RowHead::mark of rows in a store; a free place has 0.
constexpr std::uint16_t kAlive = 1;
constexpr std::uint16_t kSeen = 2;

constexpr std::uint32_t kChunkRows = 256;
constexpr std::uint32_t kFirstChunkRows = 8;
constexpr std::uint32_t kNotYet = UINT32_MAX;
constexpr std::size_t kRebuildFloor = std::size_t(64) * 1024;

std::uint32_t readText(const std::byte* at) {
    std::uint32_t index = 0;
    std::memcpy(&index, at, sizeof index);
    return index;
}

void writeText(std::byte* at, std::uint32_t index) {
    std::memcpy(at, &index, sizeof index);
}

} // namespace

struct RowStore::State {
    explicit State(RowLayoutPtr rowLayout)
        : layout(std::move(rowLayout))
        , stride(layout->stride()) {
        textOffsets = {offsetof(RowHead, name), offsetof(RowHead, ns), offsetof(RowHead, labels),
                       offsetof(RowHead, owner)};
        for (std::size_t i = 0; i < layout->fields().size(); ++i) {
            if (layout->fields()[i].type == FieldType::Text)
                textOffsets.push_back(layout->offset(static_cast<std::uint16_t>(i)));
        }
        scratch.resize(stride);
    }

    RowLayoutPtr layout;
    std::uint32_t stride;
    std::vector<std::size_t> textOffsets;
    StringPool strings;
    // All chunks are full-sized but for a lone first one, which grows in steps: most stores hold few rows.
    std::vector<std::unique_ptr<std::byte[]>> chunks;
    std::uint32_t capacity = 0;
    std::uint32_t top = 0; // Places ever used.
    std::vector<RowHandle> freePlaces;
    UidIndex index;
    bool resync = false;
    std::size_t rebuildAt = kRebuildFloor;
    std::vector<std::byte> scratch;
    std::vector<std::uint32_t> translation; // From the batch's text numbers to ours, while in apply().

    [[nodiscard]] std::byte* at(RowHandle handle) const {
        return chunks[handle / kChunkRows].get() + std::size_t(handle % kChunkRows) * stride;
    }

    [[nodiscard]] auto uidOf() const {
        return [this](std::uint32_t handle) {
            Uid uid;
            std::memcpy(&uid, at(handle), sizeof uid);
            return uid;
        };
    }

    [[nodiscard]] std::uint16_t mark(RowHandle handle) const {
        std::uint16_t value = 0;
        std::memcpy(&value, at(handle) + offsetof(RowHead, mark), sizeof value);
        return value;
    }

    void setMark(RowHandle handle, std::uint16_t value) const {
        std::memcpy(at(handle) + offsetof(RowHead, mark), &value, sizeof value);
    }

    RowHandle newPlace() {
        if (!freePlaces.empty()) {
            const RowHandle handle = freePlaces.back();
            freePlaces.pop_back();
            return handle;
        }
        if (top == capacity)
            grow();
        return top++;
    }

    void grow() {
        if (capacity < kChunkRows) {
            const std::uint32_t bigger = capacity == 0 ? kFirstChunkRows : capacity * 2;
            auto chunk = std::make_unique<std::byte[]>(std::size_t(bigger) * stride);
            if (!chunks.empty()) {
                std::memcpy(chunk.get(), chunks[0].get(), std::size_t(capacity) * stride);
                chunks[0] = std::move(chunk);
            } else {
                chunks.push_back(std::move(chunk));
            }
            capacity = bigger;
        } else {
            chunks.push_back(std::make_unique<std::byte[]>(std::size_t(kChunkRows) * stride));
            capacity += kChunkRows;
        }
    }

    // Fills scratch with the batch's row in terms of our strings.
    void translate(const RowBatch& batch, const std::byte* row) {
        std::memcpy(scratch.data(), row, stride);
        for (const std::size_t offset : textOffsets) {
            const std::uint32_t theirs = readText(row + offset);
            std::uint32_t& ours = translation[theirs];
            if (ours == kNotYet)
                ours = strings.intern(batch.strings().text(theirs));
            writeText(scratch.data() + offset, ours);
        }
        const std::uint16_t fresh = resync ? kAlive | kSeen : kAlive;
        std::memcpy(scratch.data() + offsetof(RowHead, mark), &fresh, sizeof fresh);
    }

    void put(const RowBatch& batch, RowRef row, RowDelta& delta) {
        const Uid uid = row.uid();
        const RowHandle known = index.find(uid, uidOf());
        if (known == UidIndex::kNone) {
            translate(batch, row.data());
            const RowHandle handle = newPlace();
            std::memcpy(at(handle), scratch.data(), stride);
            index.insert(uid, handle, uidOf());
            delta.added.push_back(handle);
            return;
        }
        if (resync)
            setMark(known, kAlive | kSeen);
        const std::uint64_t ours = RowRef(*layout, strings, at(known)).head().resourceVersion;
        const std::uint64_t theirs = row.head().resourceVersion;
        if (!resync && theirs != 0 && ours != 0 && theirs <= ours)
            return;
        translate(batch, row.data());
        const std::uint16_t fresh = mark(known);
        std::memcpy(scratch.data() + offsetof(RowHead, mark), &fresh, sizeof fresh);
        if (std::memcmp(at(known), scratch.data(), stride) == 0)
            return;
        std::memcpy(at(known), scratch.data(), stride);
        delta.changed.push_back(known);
    }

    void takeOut(RowHandle handle, RowDelta& delta) {
        index.erase(uidOf()(handle), uidOf());
        setMark(handle, 0);
        delta.removed.push_back(handle);
    }

    // Counts what is still used and, where that is less than half, moves it to a new pool. Growth since the last look
    // pays for the look.
    void rebuildIfWasteful() {
        if (strings.textBytes() < rebuildAt)
            return;
        std::vector<std::uint32_t> used(strings.size(), kNotYet);
        std::size_t usedBytes = 0;
        for (RowHandle handle = 0; handle < top; ++handle) {
            if (mark(handle) == 0)
                continue;
            for (const std::size_t offset : textOffsets) {
                const std::uint32_t text = readText(at(handle) + offset);
                if (used[text] == kNotYet) {
                    used[text] = 0;
                    usedBytes += strings.text(text).size() + 1;
                }
            }
        }
        if (usedBytes * 2 <= strings.textBytes()) {
            StringPool fresh;
            for (RowHandle handle = 0; handle < top; ++handle) {
                if (mark(handle) == 0)
                    continue;
                for (const std::size_t offset : textOffsets) {
                    const std::uint32_t text = readText(at(handle) + offset);
                    if (used[text] == 0)
                        used[text] = fresh.intern(strings.text(text));
                    writeText(at(handle) + offset, used[text]);
                }
            }
            strings = std::move(fresh);
        }
        rebuildAt = std::max(kRebuildFloor, strings.textBytes() + strings.textBytes() / 2 + usedBytes / 2);
    }
};

RowStore::RowStore(RowLayoutPtr layout)
    : m_state(std::make_unique<State>(std::move(layout))) {}

RowStore::~RowStore() = default;
RowStore::RowStore(RowStore&&) noexcept = default;
RowStore& RowStore::operator=(RowStore&&) noexcept = default;

const RowLayoutPtr& RowStore::layout() const {
    return m_state->layout;
}

std::size_t RowStore::size() const {
    return m_state->index.size();
}

RowRef RowStore::row(RowHandle handle) const {
    return {*m_state->layout, m_state->strings, m_state->at(handle)};
}

RowRef RowStore::find(const Uid& uid) const {
    const RowHandle handle = m_state->index.find(uid, m_state->uidOf());
    return handle == UidIndex::kNone ? RowRef() : row(handle);
}

void RowStore::forEach(const std::function<void(RowHandle, RowRef)>& visit) const {
    for (RowHandle handle = 0; handle < m_state->top; ++handle) {
        if (m_state->mark(handle) != 0)
            visit(handle, row(handle));
    }
}

void RowStore::apply(const RowBatch& batch, RowDelta& delta) {
    State& s = *m_state;
    delta.added.clear();
    delta.changed.clear();
    delta.removed.clear();
    s.translation.assign(batch.strings().size(), kNotYet);
    s.translation[0] = 0;
    for (std::size_t i = 0; i < batch.size(); ++i)
        s.put(batch, batch.row(i), delta);
    s.translation = {};
    for (const Uid& uid : batch.removed()) {
        const RowHandle known = s.index.find(uid, s.uidOf());
        if (known != UidIndex::kNone)
            s.takeOut(known, delta);
    }
    // Only now, so that no handle stands in two lists.
    s.freePlaces.insert(s.freePlaces.end(), delta.removed.begin(), delta.removed.end());
    s.rebuildIfWasteful();
}

void RowStore::beginResync() {
    State& s = *m_state;
    s.resync = true;
    for (RowHandle handle = 0; handle < s.top; ++handle) {
        if (s.mark(handle) != 0)
            s.setMark(handle, kAlive);
    }
}

void RowStore::finishResync(RowDelta& delta) {
    State& s = *m_state;
    delta.added.clear();
    delta.changed.clear();
    delta.removed.clear();
    if (!s.resync)
        return;
    s.resync = false;
    for (RowHandle handle = 0; handle < s.top; ++handle) {
        if (s.mark(handle) == kAlive)
            s.takeOut(handle, delta);
    }
    s.freePlaces.insert(s.freePlaces.end(), delta.removed.begin(), delta.removed.end());
    s.rebuildIfWasteful();
}

std::size_t RowStore::bytes() const {
    const State& s = *m_state;
    return sizeof(State) + s.strings.bytes() + s.index.bytes() + std::size_t(s.capacity) * s.stride +
           s.chunks.size() * 16 + s.chunks.capacity() * sizeof(s.chunks[0]) +
           s.freePlaces.capacity() * sizeof(RowHandle) + s.textOffsets.capacity() * sizeof(std::size_t) +
           s.scratch.capacity() + s.translation.capacity() * sizeof(std::uint32_t);
}

} // namespace kube
