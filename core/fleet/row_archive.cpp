// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/row_archive.h"

#include <zstd.h>

#include <cstring>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace fleet {

namespace {

// Another layout of RowHead, of this text, or other numbers in the enumerations of row_layout.h get another number:
// what an older program wrote is then not read.
constexpr std::uint32_t kFormat = 0x51440001;
constexpr std::uint32_t kNotYet = UINT32_MAX;
constexpr std::size_t kMostPlain = std::size_t(1) << 31;
static_assert(std::is_trivially_copyable_v<kube::RowHead>);

class Writer {
public:
    template <typename T>
    void put(T value) {
        static_assert(std::is_trivially_copyable_v<T>);
        m_out.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void put(std::string_view text) {
        put(static_cast<std::uint32_t>(text.size()));
        m_out.append(text);
    }
    void raw(const void* data, std::size_t size) { m_out.append(static_cast<const char*>(data), size); }
    std::string take() { return std::move(m_out); }

private:
    std::string m_out;
};

// Reads what Writer wrote; after the first thing that does not fit everything is zero and isGood() false.
class Reader {
public:
    explicit Reader(std::string_view in)
        : m_in(in) {}

    template <typename T>
    T get() {
        T value{};
        if (m_in.size() < sizeof value) {
            fail();
            return value;
        }
        std::memcpy(&value, m_in.data(), sizeof value);
        m_in.remove_prefix(sizeof value);
        return value;
    }
    std::string_view text() { return raw(get<std::uint32_t>()); }
    std::string_view raw(std::size_t size) {
        if (m_in.size() < size) {
            fail();
            return {};
        }
        const std::string_view bytes = m_in.substr(0, size);
        m_in.remove_prefix(size);
        return bytes;
    }
    [[nodiscard]] bool isGood() const { return m_good; }
    [[nodiscard]] std::size_t left() const { return m_in.size(); }
    void fail() {
        m_good = false;
        m_in = {};
    }

private:
    std::string_view m_in;
    bool m_good = true;
};

std::vector<std::size_t> textOffsets(const kube::RowLayout& layout) {
    std::vector<std::size_t> offsets = {offsetof(kube::RowHead, name), offsetof(kube::RowHead, ns),
                                        offsetof(kube::RowHead, labels), offsetof(kube::RowHead, owner)};
    for (std::size_t i = 0; i < layout.fields().size(); ++i) {
        if (layout.fields()[i].type == kube::FieldType::Text)
            offsets.push_back(layout.offset(static_cast<std::uint16_t>(i)));
    }
    return offsets;
}

void putLayout(Writer& out, const kube::RowLayout& layout) {
    out.put(std::string_view(layout.resource()));
    out.put(static_cast<std::uint32_t>(layout.fields().size()));
    for (const kube::Field& field : layout.fields()) {
        out.put(std::string_view(field.id));
        out.put(field.type);
    }
    out.put(static_cast<std::uint32_t>(layout.columns().size()));
    for (const kube::Column& column : layout.columns()) {
        out.put(std::string_view(column.id));
        out.put(std::string_view(column.title));
        out.put(std::string_view(column.description));
        out.put(column.format);
        out.put(column.sort);
        out.put(column.field);
        out.put(column.field2);
        out.put(column.priority);
    }
}

// A number says what a field is as well as where: one that does not fit its format would be read beyond its end.
bool isA(kube::FieldType type, std::uint16_t field, const std::vector<kube::Field>& fields) {
    if (field == kube::kNameField || field == kube::kNamespaceField)
        return type == kube::FieldType::Text;
    if (field == kube::kCreatedField)
        return type == kube::FieldType::Time;
    return field < fields.size() && fields[field].type == type;
}

bool fits(const kube::Column& column, const std::vector<kube::Field>& fields) {
    using kube::FieldType;
    switch (column.format) {
    case kube::CellFormat::Text:
        return isA(FieldType::Text, column.field, fields);
    case kube::CellFormat::Number:
        return isA(FieldType::Number, column.field, fields);
    case kube::CellFormat::Age:
        return isA(FieldType::Time, column.field, fields);
    case kube::CellFormat::CountAgo:
        return isA(FieldType::Number, column.field, fields) && isA(FieldType::Time, column.field2, fields);
    case kube::CellFormat::AgeOrText:
        return isA(FieldType::Time, column.field, fields) && isA(FieldType::Text, column.field2, fields);
    case kube::CellFormat::Elapsed:
        return isA(FieldType::Time, column.field, fields) && isA(FieldType::Time, column.field2, fields);
    }
    return false;
}

kube::RowLayoutPtr getLayout(Reader& in) {
    const std::string resource(in.text());
    std::vector<kube::Field> fields;
    for (std::uint32_t left = in.get<std::uint32_t>(); left > 0 && in.isGood(); --left) {
        kube::Field field{std::string(in.text()), in.get<kube::FieldType>()};
        if (field.type > kube::FieldType::Time)
            in.fail();
        fields.push_back(std::move(field));
    }
    std::vector<kube::Column> columns;
    for (std::uint32_t left = in.get<std::uint32_t>(); left > 0 && in.isGood(); --left) {
        kube::Column column;
        column.id = in.text();
        column.title = in.text();
        column.description = in.text();
        column.format = in.get<kube::CellFormat>();
        column.sort = in.get<kube::SortKind>();
        column.field = in.get<std::uint16_t>();
        column.field2 = in.get<std::uint16_t>();
        column.priority = in.get<std::uint8_t>();
        if (column.sort > kube::SortKind::Version || !fits(column, fields))
            in.fail();
        columns.push_back(std::move(column));
    }
    if (!in.isGood() || fields.size() >= kube::kNameField)
        return nullptr;
    return std::make_shared<const kube::RowLayout>(resource, std::move(fields), std::move(columns));
}

std::uint32_t indexAt(const char* at) {
    std::uint32_t index = 0;
    std::memcpy(&index, at, sizeof index);
    return index;
}

void putFields(kube::RowBatch& batch, const kube::RowLayout& layout, const char* row,
               const std::vector<std::string_view>& texts) {
    for (std::uint16_t field = 0; field < layout.fields().size(); ++field) {
        const char* at = row + layout.offset(field);
        std::int64_t number = 0;
        switch (layout.fields()[field].type) {
        case kube::FieldType::Text:
            batch.setText(field, texts[indexAt(at)]);
            break;
        case kube::FieldType::Number:
            std::memcpy(&number, at, sizeof number);
            batch.setNumber(field, number);
            break;
        case kube::FieldType::Time:
            std::memcpy(&number, at, sizeof number);
            batch.setTime(field, number);
            break;
        }
    }
}

} // namespace

std::string packRows(const kube::RowStore& store) {
    const kube::RowLayout& layout = *store.layout();
    const std::vector<std::size_t> offsets = textOffsets(layout);
    std::vector<std::uint32_t> numbers; // From the store's texts to ours.
    std::vector<std::string_view> texts = {std::string_view()};
    std::string rows;
    rows.reserve(store.size() * layout.stride());
    store.forEach([&](kube::RowHandle, const kube::RowRef& row) {
        if (numbers.empty()) {
            numbers.resize(row.strings().size(), kNotYet);
            numbers[0] = 0;
        }
        const std::size_t begin = rows.size();
        rows.append(reinterpret_cast<const char*>(row.data()), layout.stride());
        for (const std::size_t offset : offsets) {
            char* at = rows.data() + begin + offset;
            const std::uint32_t theirs = indexAt(at);
            std::uint32_t& ours = numbers[theirs];
            if (ours == kNotYet) {
                ours = static_cast<std::uint32_t>(texts.size());
                texts.push_back(row.strings().text(theirs));
            }
            std::memcpy(at, &ours, sizeof ours);
        }
    });
    Writer out;
    out.put(kFormat);
    out.put(static_cast<std::uint32_t>(sizeof(kube::RowHead)));
    putLayout(out, layout);
    out.put(static_cast<std::uint32_t>(texts.size()));
    for (const std::string_view text : texts)
        out.put(text);
    out.put(static_cast<std::uint32_t>(store.size()));
    out.raw(rows.data(), rows.size());
    return out.take();
}

base::Result<kube::RowBatch> unpackRows(std::string_view packed) {
    const auto broken = [] { return base::fail(base::ErrorCode::BadResponse, "stored rows are damaged"); };
    Reader in(packed);
    if (in.get<std::uint32_t>() != kFormat || in.get<std::uint32_t>() != sizeof(kube::RowHead))
        return broken();
    const kube::RowLayoutPtr layout = getLayout(in);
    if (!layout)
        return broken();
    std::vector<std::string_view> texts;
    for (std::uint32_t left = in.get<std::uint32_t>(); left > 0 && in.isGood(); --left)
        texts.push_back(in.text());
    const std::uint32_t count = in.get<std::uint32_t>();
    if (!in.isGood() || in.left() != std::size_t(count) * layout->stride())
        return broken();
    const std::vector<std::size_t> offsets = textOffsets(*layout);
    kube::RowBatch batch(layout);
    for (std::uint32_t i = 0; i < count; ++i) {
        const char* row = in.raw(layout->stride()).data();
        for (const std::size_t offset : offsets) {
            if (indexAt(row + offset) >= texts.size())
                return broken();
        }
        kube::RowHead head;
        std::memcpy(&head, row, sizeof head);
        if (head.state > kube::ObjectState::Leaving)
            return broken();
        head.name = batch.intern(texts[head.name]);
        head.ns = batch.intern(texts[head.ns]);
        head.labels = batch.intern(texts[head.labels]);
        head.owner = batch.intern(texts[head.owner]);
        head.mark = 0;
        batch.beginRow();
        batch.head() = head;
        putFields(batch, *layout, row, texts);
        batch.endRow();
    }
    return batch;
}

std::string compressed(std::string_view plain) {
    // Made anew it costs more than what is compressed with it.
    thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
    std::string packed(ZSTD_compressBound(plain.size()), '\0');
    const std::size_t size = ZSTD_compress2(context.get(), packed.data(), packed.size(), plain.data(), plain.size());
    packed.resize(ZSTD_isError(size) ? 0 : size);
    return packed;
}

base::Result<std::string> decompressed(std::string_view packed) {
    const auto broken = [] { return base::fail(base::ErrorCode::BadResponse, "stored rows are damaged"); };
    const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > kMostPlain)
        return broken();
    std::string plain(static_cast<std::size_t>(size), '\0');
    const std::size_t done = ZSTD_decompress(plain.data(), plain.size(), packed.data(), packed.size());
    if (ZSTD_isError(done) || done != plain.size())
        return broken();
    return plain;
}

} // namespace fleet
