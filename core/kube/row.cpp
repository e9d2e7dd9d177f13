// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/row.h"

#include "core/base/age.h"
#include "core/base/text.h"

#include <algorithm>
#include <cstring>

namespace kube {

namespace {

template <typename T>
T readAt(const std::byte* data, std::size_t offset) {
    T value;
    std::memcpy(&value, data + offset, sizeof value);
    return value;
}

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool parseUuid(std::string_view text, Uid& uid) {
    if (text.size() != 36)
        return false;
    unsigned nibble = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (text[i] != '-')
                return false;
            continue;
        }
        const int value = hexValue(text[i]);
        if (value < 0)
            return false;
        std::uint64_t& half = uid.bits[nibble / 16];
        half = (half << 4) | static_cast<std::uint64_t>(value);
        ++nibble;
    }
    return true;
}

// FNV-1a over the parts with a zero byte between them.
std::uint64_t hashParts(std::uint64_t seed, std::string_view a, std::string_view b, std::string_view c) {
    constexpr std::uint64_t prime = 0x100000001B3ULL;
    std::uint64_t hash = 0xCBF29CE484222325ULL ^ seed;
    for (const std::string_view part : {a, b, c}) {
        for (const char byte : part)
            hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
        hash *= prime;
    }
    return hash ^ (hash >> 29);
}

// Only the first line, and escape characters made visible: WriteEscaped and printTable of
// k8s.io/cli-runtime/pkg/printers.
std::string oneLine(std::string_view text) {
    const std::size_t end = text.find_first_of("\f\n\r");
    std::string out;
    for (const char c : text.substr(0, end)) {
        if (c == '\x1b')
            out += "^[";
        else
            out += c;
    }
    if (end != std::string_view::npos)
        out += "...";
    return out;
}

} // namespace

Uid Uid::fromText(std::string_view uuid, std::string_view ns, std::string_view name) {
    Uid uid;
    if (parseUuid(uuid, uid))
        return uid;
    // A uid that is no UUID still tells two objects of one name apart.
    uid.bits[0] = hashParts(0, ns, name, uuid);
    uid.bits[1] = hashParts(0x9E3779B97F4A7C15ULL, ns, name, uuid);
    return uid;
}

std::string Uid::toText() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (unsigned nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            out += '-';
        out += digits[(bits[nibble / 16] >> (60 - nibble % 16 * 4)) & 15];
    }
    return out;
}

int compareServerOrder(std::string_view ns1, std::string_view name1, std::string_view ns2, std::string_view name2) {
    if (ns1 == ns2)
        return name1.compare(name2);
    const std::size_t common = std::min(ns1.size(), ns2.size());
    if (const int order = ns1.substr(0, common).compare(ns2.substr(0, common)); order != 0)
        return order;
    // One is the start of the other: its '/' meets the other's next byte.
    const auto next = [common](std::string_view ns) {
        return ns.size() > common ? static_cast<unsigned char>(ns[common]) : static_cast<unsigned char>('/');
    };
    return static_cast<int>(next(ns1)) - static_cast<int>(next(ns2));
}

RowHead RowRef::head() const {
    return readAt<RowHead>(m_data, 0);
}

Uid RowRef::uid() const {
    return readAt<Uid>(m_data, offsetof(RowHead, uid));
}

std::string_view RowRef::name() const {
    return m_strings->text(readAt<std::uint32_t>(m_data, offsetof(RowHead, name)));
}

std::string_view RowRef::ns() const {
    return m_strings->text(readAt<std::uint32_t>(m_data, offsetof(RowHead, ns)));
}

std::string_view RowRef::labels() const {
    return m_strings->text(readAt<std::uint32_t>(m_data, offsetof(RowHead, labels)));
}

std::string_view RowRef::owner() const {
    return m_strings->text(readAt<std::uint32_t>(m_data, offsetof(RowHead, owner)));
}

std::int64_t RowRef::createdMs() const {
    return readAt<std::int64_t>(m_data, offsetof(RowHead, createdMs));
}

ObjectState RowRef::state() const {
    return readAt<ObjectState>(m_data, offsetof(RowHead, state));
}

std::string_view RowRef::text(std::uint16_t field) const {
    return m_strings->text(textIndex(field));
}

std::uint32_t RowRef::textIndex(std::uint16_t field) const {
    if (field == kNameField)
        return readAt<std::uint32_t>(m_data, offsetof(RowHead, name));
    if (field == kNamespaceField)
        return readAt<std::uint32_t>(m_data, offsetof(RowHead, ns));
    return readAt<std::uint32_t>(m_data, m_layout->offset(field));
}

std::int64_t RowRef::number(std::uint16_t field) const {
    return readAt<std::int64_t>(m_data, m_layout->offset(field));
}

std::int64_t RowRef::timeMs(std::uint16_t field) const {
    return field == kCreatedField ? createdMs() : readAt<std::int64_t>(m_data, m_layout->offset(field));
}

bool RowRef::serverOrderLess(const RowRef& other) const {
    return compareServerOrder(ns(), name(), other.ns(), other.name()) < 0;
}

std::string RowRef::cell(const Column& column, std::int64_t nowMs) const {
    switch (column.format) {
    case CellFormat::Text:
        return oneLine(text(column.field));
    case CellFormat::Number:
    case CellFormat::CountAgo: {
        std::string out;
        const std::int64_t count = number(column.field);
        if (count == kNoNumber)
            return out;
        base::appendNumber(out, count);
        if (column.format == CellFormat::CountAgo) {
            if (const std::int64_t since = timeMs(column.field2); since != 0)
                out += " (" + base::humanDuration(nowMs - since) + " ago)";
        }
        return out;
    }
    case CellFormat::Age:
    case CellFormat::AgeOrText: {
        const std::int64_t since = timeMs(column.field);
        if (since != 0)
            return base::humanDuration(nowMs - since);
        return column.format == CellFormat::Age ? "<unknown>" : oneLine(text(column.field2));
    }
    case CellFormat::Elapsed: {
        const std::int64_t from = timeMs(column.field);
        if (from == 0)
            return {};
        const std::int64_t to = timeMs(column.field2);
        return base::humanDuration((to == 0 ? nowMs : to) - from);
    }
    }
    return {};
}

} // namespace kube
