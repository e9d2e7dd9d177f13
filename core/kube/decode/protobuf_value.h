// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <protozero/pbf_reader.hpp>
#include <stdexcept>
#include <string_view>

namespace kube::decode {

/// One value of a Kubernetes protobuf message, the twin of JsonValue. Field numbers: generated.proto in k8s.io/api and
/// k8s.io/apimachinery. Texts point into the input. Throws where the bytes are not as expected; the decoder catches.
class ProtobufValue {
public:
    explicit ProtobufValue(protozero::pbf_reader& reader)
        : m_reader(&reader) {}
    /// A whole message by its bytes.
    explicit ProtobufValue(std::string_view message)
        : m_message(message) {}

    [[nodiscard]] std::string_view text() { return bytes(); }
    [[nodiscard]] std::int64_t integer() {
        expect(protozero::pbf_wire_type::varint);
        return m_reader->get_int64();
    }
    [[nodiscard]] bool boolean() { return integer() != 0; }
    /// Time and MicroTime are messages of seconds and nanoseconds; an empty one is Go's zero time.
    [[nodiscard]] std::int64_t timeMs() {
        const std::string_view inner = bytes();
        if (inner.empty())
            return 0;
        protozero::pbf_reader message(inner.data(), inner.size());
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        while (message.next()) {
            ProtobufValue value(message);
            if (message.tag() == 1)
                seconds = value.integer();
            else if (message.tag() == 2)
                nanoseconds = value.integer();
            else
                message.skip();
        }
        // The years that texts can say; beyond them lies no server's time.
        if (seconds < kFirstSecond || seconds > kLastSecond || nanoseconds < 0 || nanoseconds >= 1'000'000'000)
            return 0;
        const std::int64_t ms = seconds * 1000 + nanoseconds / 1000000;
        return ms == 0 ? 1 : ms;
    }
    [[nodiscard]] std::string_view quantity() { return firstText(bytes()); }

    /// Calls visit(ProtobufField&) for every field of the message.
    template <typename Visit>
    void fields(Visit&& visit);

    /// A repeated field arrives as several fields: this one is one element.
    template <typename Visit>
    void each(Visit&& visit) {
        visit(*this);
    }

    /// A map arrives as repeated entries {1: key, 2: value}.
    template <typename Visit>
    void texts(Visit&& visit) {
        const auto [key, value] = entry();
        visit(key, value);
    }

    template <typename Visit>
    void quantities(Visit&& visit) {
        const auto [key, value] = entry();
        visit(key, firstText(value));
    }

    [[nodiscard]] bool isTaken() const { return m_taken; }

protected:
    static constexpr std::int64_t kFirstSecond = -62167219200; // Year 0
    static constexpr std::int64_t kLastSecond = 253402300799;  // and the end of 9999.

    void expect(protozero::pbf_wire_type type) {
        // protozero only asserts this.
        if (m_reader == nullptr || m_reader->wire_type() != type)
            throw std::runtime_error("unexpected wire type");
        m_taken = true;
    }
    std::string_view bytes() {
        if (m_reader == nullptr)
            return m_message;
        expect(protozero::pbf_wire_type::length_delimited);
        const protozero::data_view view = m_reader->get_view();
        return {view.data(), view.size()};
    }

    struct Entry {
        std::string_view key;
        std::string_view value;
    };
    Entry entry() {
        const std::string_view inner = bytes();
        protozero::pbf_reader message(inner.data(), inner.size());
        Entry out;
        while (message.next()) {
            ProtobufValue value(message);
            if (message.tag() == 1)
                out.key = value.bytes();
            else if (message.tag() == 2)
                out.value = value.bytes();
            else
                message.skip();
        }
        return out;
    }

    static std::string_view firstText(std::string_view inner) {
        protozero::pbf_reader message(inner.data(), inner.size());
        std::string_view out;
        while (message.next()) {
            ProtobufValue value(message);
            if (message.tag() == 1)
                out = value.bytes();
            else
                message.skip();
        }
        return out;
    }

    protozero::pbf_reader* m_reader = nullptr;
    std::string_view m_message; // Where there is no reader.
    bool m_taken = false;
};

/// A field of a protobuf message, told by its number.
class ProtobufField final : public ProtobufValue {
public:
    explicit ProtobufField(protozero::pbf_reader& reader)
        : ProtobufValue(reader) {}

    template <std::size_t N>
    [[nodiscard]] bool is(const char (&)[N], int tag) const {
        return m_reader->tag() == static_cast<protozero::pbf_tag_type>(tag);
    }
};

template <typename Visit>
void ProtobufValue::fields(Visit&& visit) {
    const std::string_view inner = bytes();
    protozero::pbf_reader message(inner.data(), inner.size());
    while (message.next()) {
        ProtobufField field(message);
        visit(field);
        if (!field.isTaken())
            message.skip();
    }
}

} // namespace kube::decode
