// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/string_pool.h"

#include <atomic>
#include <cstring>
#include <functional>
#include <stdexcept>

namespace kube {

namespace {

// A text stands in the arena as its length (7 bits a byte, low first) and its bytes. Its address is slot * 64 KiB +
// offset, so that 32 bits reach 4 GiB; early blocks are smaller than their slot, a long text takes a block over several
// slots.
constexpr std::uint32_t kSlotBits = 16;
constexpr std::size_t kSlotSize = std::size_t(1) << kSlotBits;
constexpr std::size_t kFirstBlock = 512;

std::uint64_t nextSerial() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

std::size_t lengthBytes(std::size_t length) {
    std::size_t bytes = 1;
    for (; length >= 0x80; length >>= 7)
        ++bytes;
    return bytes;
}

} // namespace

struct StringPool::State {
    struct Block {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    std::vector<Block> blocks;
    std::vector<char*> slots;             // Start of each 64 KiB of address space.
    std::vector<std::uint32_t> addresses; // By index; [0] is unused.
    std::vector<std::uint32_t> table;     // Open addressing, power of two, 0 is free.
    std::size_t used = 0;                 // In the last block.
    std::size_t textBytes = 0;

    [[nodiscard]] std::string_view text(std::uint32_t index) const {
        const std::uint32_t address = addresses[index];
        const char* at = slots[address >> kSlotBits] + (address & (kSlotSize - 1));
        std::size_t length = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(*at++);
            length |= static_cast<std::size_t>(byte & 0x7F) << shift;
            if (byte < 0x80)
                break;
        }
        return {at, length};
    }

    [[nodiscard]] std::size_t place(std::string_view wanted) const {
        const std::size_t mask = table.size() - 1;
        std::size_t at = std::hash<std::string_view>{}(wanted)&mask;
        while (table[at] != 0 && text(table[at]) != wanted)
            at = (at + 1) & mask;
        return at;
    }

    void grow() {
        std::vector<std::uint32_t> bigger(table.empty() ? 16 : table.size() * 2);
        table.swap(bigger);
        const std::size_t mask = table.size() - 1;
        for (std::uint32_t index = 1; index < addresses.size(); ++index) {
            std::size_t at = std::hash<std::string_view>{}(text(index))&mask;
            while (table[at] != 0)
                at = (at + 1) & mask;
            table[at] = index;
        }
    }

    std::uint32_t store(std::string_view added) {
        const std::size_t needed = lengthBytes(added.size()) + added.size();
        if (blocks.empty() || used + needed > blocks.back().size) {
            std::size_t size = blocks.empty() ? kFirstBlock : std::min(blocks.back().size * 2, kSlotSize);
            size = std::max(size, needed);
            const std::size_t slotCount = (size + kSlotSize - 1) >> kSlotBits;
            if (slots.size() + slotCount > kSlotSize)
                throw std::length_error("string pool is full");
            blocks.push_back({std::make_unique_for_overwrite<char[]>(size), size});
            for (std::size_t i = 0; i < slotCount; ++i)
                slots.push_back(blocks.back().bytes.get() + i * kSlotSize);
            used = 0;
            firstSlot = static_cast<std::uint32_t>(slots.size() - slotCount);
        }
        const auto address = static_cast<std::uint32_t>((std::size_t(firstSlot) << kSlotBits) + used);
        char* at = blocks.back().bytes.get() + used;
        std::size_t length = added.size();
        for (; length >= 0x80; length >>= 7)
            *at++ = static_cast<char>((length & 0x7F) | 0x80);
        *at++ = static_cast<char>(length);
        std::memcpy(at, added.data(), added.size());
        used += needed;
        textBytes += needed;
        return address;
    }

    std::uint32_t firstSlot = 0; // Of the last block.
    std::uint64_t serial = nextSerial();
};

StringPool::StringPool()
    : m_state(std::make_unique<State>()) {
    m_state->addresses.push_back(0);
}

StringPool::~StringPool() = default;
StringPool::StringPool(StringPool&&) noexcept = default;
StringPool& StringPool::operator=(StringPool&&) noexcept = default;

std::uint32_t StringPool::intern(std::string_view text) {
    if (text.empty())
        return 0;
    State& s = *m_state;
    if (s.addresses.size() * 4 >= s.table.size() * 3)
        s.grow();
    const std::size_t at = s.place(text);
    if (s.table[at] != 0)
        return s.table[at];
    // Growing by a half wastes less than the vector's doubling.
    if (s.addresses.size() == s.addresses.capacity())
        s.addresses.reserve(s.addresses.size() + s.addresses.size() / 2 + 8);
    const std::uint32_t address = s.store(text);
    const auto index = static_cast<std::uint32_t>(s.addresses.size());
    s.addresses.push_back(address);
    s.table[at] = index;
    return index;
}

std::string_view StringPool::text(std::uint32_t index) const {
    return index == 0 ? std::string_view() : m_state->text(index);
}

std::uint32_t StringPool::find(std::string_view text) const {
    if (text.empty())
        return 0;
    if (m_state->table.empty())
        return UINT32_MAX;
    const std::uint32_t index = m_state->table[m_state->place(text)];
    return index == 0 ? UINT32_MAX : index;
}

std::uint32_t StringPool::size() const {
    return static_cast<std::uint32_t>(m_state->addresses.size());
}

std::size_t StringPool::textBytes() const {
    return m_state->textBytes;
}

std::size_t StringPool::bytes() const {
    const State& s = *m_state;
    std::size_t sum = sizeof(State) + s.blocks.capacity() * sizeof(State::Block) + s.slots.capacity() * sizeof(char*) +
                      (s.addresses.capacity() + s.table.capacity()) * sizeof(std::uint32_t);
    for (const State::Block& block : s.blocks)
        sum += block.size + 16; // malloc's own head
    return sum;
}

std::uint64_t StringPool::serial() const {
    return m_state->serial;
}

void StringPool::clear() {
    *m_state = State();
    m_state->addresses.push_back(0);
}

} // namespace kube
