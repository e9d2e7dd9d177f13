// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/json_list.h"

#include <emmintrin.h>

#include <bit>
#include <stdexcept>

namespace kube::decode {

namespace {

// Beyond this a list is cut into its items: a whole document costs up to five bytes of index for each of its own.
constexpr std::size_t kWholeDocument = std::size_t(4) << 20;

// Walks over JSON text without looking into it. Only balances: what is inside is checked when it is parsed.
class Walker {
public:
    explicit Walker(std::string_view text)
        : m_at(text.data())
        , m_end(text.data() + text.size()) {}

    [[nodiscard]] const char* at() const { return m_at; }

    char peek() {
        while (m_at < m_end && static_cast<unsigned char>(*m_at) <= ' ')
            ++m_at;
        if (m_at == m_end)
            throw std::runtime_error("the text ends too early");
        return *m_at;
    }
    void take(char wanted) {
        if (peek() != wanted)
            throw std::runtime_error(std::string("expected '") + wanted + "'");
        ++m_at;
    }
    bool takeIf(char wanted) {
        if (peek() != wanted)
            return false;
        ++m_at;
        return true;
    }
    /// The text between quotes, as it stands.
    std::string_view string() {
        take('"');
        const char* start = m_at;
        skipString();
        return {start, static_cast<std::size_t>(m_at - start) - 1};
    }
    std::string_view value() {
        const char first = peek();
        const char* start = m_at;
        if (first == '{' || first == '[') {
            skipNested();
        } else if (first == '"') {
            ++m_at;
            skipString();
        } else {
            while (m_at < m_end && *m_at != ',' && *m_at != '}' && *m_at != ']')
                ++m_at;
        }
        return {start, static_cast<std::size_t>(m_at - start)};
    }

private:
    // From after the opening quote to after the closing one.
    void skipString() {
        while (m_at < m_end) {
            const char c = *m_at++;
            if (c == '"')
                return;
            if (c == '\\' && m_at < m_end)
                ++m_at;
        }
        throw std::runtime_error("a text without end");
    }

    // Bit i: byte i of the 16 at `at` is a quote, brace or bracket. '[' and '{' differ in one bit, so do ']' and '}'.
    static unsigned interesting(const char* at) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
        const __m128i folded = _mm_or_si128(block, _mm_set1_epi8(0x20));
        const __m128i hits = _mm_or_si128(
            _mm_cmpeq_epi8(block, _mm_set1_epi8('"')),
            _mm_or_si128(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{')), _mm_cmpeq_epi8(folded, _mm_set1_epi8('}'))));
        return static_cast<unsigned>(_mm_movemask_epi8(hits));
    }

    void skipNested() {
        std::size_t depth = 0;
        while (m_at < m_end) {
            if (m_end - m_at >= 16) {
                const unsigned hits = interesting(m_at);
                if (hits == 0) {
                    m_at += 16;
                    continue;
                }
                m_at += std::countr_zero(hits);
            }
            const char c = *m_at++;
            if (c == '"') {
                skipString();
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                if (--depth == 0)
                    return;
            }
        }
        throw std::runtime_error("the text ends too early");
    }

    const char* m_at;
    const char* m_end;
};

void readLarge(JsonText& json, std::string_view body, std::string_view items,
               const std::function<void(JsonValue&)>& onMeta, const std::function<void(JsonValue&)>& onItem,
               const std::function<void(std::string_view, JsonValue&)>& onOther) {
    const char* bodyEnd = body.data() + body.size();
    const auto parse = [&](std::string_view text, const auto& use) {
        const auto slack = static_cast<std::size_t>(bodyEnd - (text.data() + text.size()));
        simdjson::ondemand::document document = json.parse(text, slack);
        JsonValue value(document.get_value().value());
        use(value);
    };
    Walker walker(body);
    walker.take('{');
    if (walker.takeIf('}'))
        return;
    do {
        const std::string_view key = walker.string();
        walker.take(':');
        if (key == items && walker.peek() == '[') {
            walker.take('[');
            if (walker.takeIf(']'))
                continue;
            do
                parse(walker.value(), onItem);
            while (walker.takeIf(','));
            walker.take(']');
            continue;
        }
        const std::string_view value = walker.value();
        if (value.front() != '{' && value.front() != '[')
            continue;
        if (key == "metadata")
            parse(value, onMeta);
        else if (onOther)
            parse(value, [&](JsonValue& parsed) { onOther(key, parsed); });
    } while (walker.takeIf(','));
    walker.take('}');
}

} // namespace

void readJsonList(JsonText& json, std::string_view body, std::string_view items,
                  const std::function<void(JsonValue&)>& onMeta, const std::function<void(JsonValue&)>& onItem,
                  const std::function<void(std::string_view, JsonValue&)>& onOther) {
    if (body.size() > kWholeDocument) {
        readLarge(json, body, items, onMeta, onItem, onOther);
        return;
    }
    simdjson::ondemand::document document = json.parse(body, 0);
    simdjson::ondemand::object list = document.get_object();
    for (auto member : list) {
        const std::string_view key = member.unescaped_key();
        simdjson::ondemand::value raw = member.value();
        if (raw.is_null())
            continue;
        JsonValue value(raw);
        if (key == "metadata")
            onMeta(value);
        else if (key == items)
            value.each(onItem);
        else if (onOther)
            onOther(key, value);
    }
}

} // namespace kube::decode
