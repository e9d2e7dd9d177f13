// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/typed_decoder.h"

#include "core/kube/decode/json_list.h"
#include "core/kube/decode/status_object.h"

#include <stdexcept>

namespace kube::decode {

namespace {

struct Envelope {
    std::string_view kind;
    std::string_view raw;
};

// "k8s\0" and runtime.Unknown {1: TypeMeta {1: apiVersion, 2: kind}, 2: raw}.
Envelope unwrap(std::string_view bytes) {
    constexpr std::string_view magic("k8s\0", 4);
    if (!bytes.starts_with(magic))
        throw std::runtime_error("no Kubernetes protobuf");
    Envelope out;
    bool hasRaw = false;
    ProtobufValue unknown(bytes.substr(magic.size()));
    unknown.fields([&out, &hasRaw](auto& field) {
        if (field.is("typeMeta", 1)) {
            field.fields([&out](auto& part) {
                if (part.is("kind", 2))
                    out.kind = part.text();
            });
        } else if (field.is("raw", 2)) {
            out.raw = field.text();
            hasRaw = true;
        }
    });
    if (!hasRaw)
        throw std::runtime_error("Kubernetes protobuf without an object");
    return out;
}

template <typename Value>
void readObjectMeta(Value& object, MetaFacts& meta) {
    meta.clear();
    object.fields([&meta](auto& field) {
        if (field.is("metadata", 1))
            readMeta(field, meta);
    });
}

template <typename Value>
std::string_view removeObject(Value& object, MetaFacts& meta, WatchFrames& frames) {
    readObjectMeta(object, meta);
    frames.batch.remove(meta.rowUid());
    return meta.resourceVersion;
}

template <typename Value>
std::string_view readBookmark(Value& object, MetaFacts& meta, WatchFrames& frames) {
    readObjectMeta(object, meta);
    frames.initialEventsEnd = frames.initialEventsEnd || meta.initialEventsEnd;
    return meta.resourceVersion;
}

} // namespace

TypedDecoder::TypedDecoder(Spec spec, RowLayoutPtr layout, std::unique_ptr<ObjectReader> reader)
    : StreamDecoder(std::move(spec.kind), spec.wholeObjects)
    , m_layout(std::move(layout))
    , m_reader(std::move(reader)) {}

RowBatch TypedDecoder::readList(std::string_view body, bool isProtobuf, ListMeta& meta) {
    RowBatch batch(m_layout);
    if (isProtobuf) {
        ProtobufValue list(unwrap(body).raw);
        list.fields([&](auto& field) {
            if (field.is("metadata", 1))
                readListMeta(field, meta);
            else if (field.is("items", 2))
                m_reader->read(field, batch);
        });
        return batch;
    }
    readJsonList(
        json(), body, "items", [&meta](JsonValue& metadata) { readListMeta(metadata, meta); },
        [&](JsonValue& item) { m_reader->read(item, batch); });
    return batch;
}

std::string_view TypedDecoder::upsert(JsonValue& object, WatchFrames& frames) {
    return m_reader->read(object, frames.batch);
}

std::string_view TypedDecoder::remove(JsonValue& object, WatchFrames& frames) {
    return removeObject(object, m_meta, frames);
}

std::string_view TypedDecoder::bookmark(JsonValue& object, WatchFrames& frames) {
    return readBookmark(object, m_meta, frames);
}

void TypedDecoder::protobufFrame(std::string_view frame, WatchFrames& frames) {
    std::string_view type;
    std::string_view raw;
    ProtobufValue event(frame);
    event.fields([&](auto& field) {
        if (field.is("type", 1)) {
            type = field.text();
        } else if (field.is("object", 2)) {
            field.fields([&raw](auto& part) {
                if (part.is("raw", 1))
                    raw = part.text();
            });
        }
    });
    ProtobufValue object(unwrap(raw).raw);
    if (type == "ERROR") {
        Status status;
        readStatusObject(object, status);
        frames.error = errorOf(status, kind());
        return;
    }
    takeEvent(
        type, object, frames, [&](ProtobufValue& value) { return m_reader->read(value, frames.batch); },
        [&](ProtobufValue& value) { return removeObject(value, m_meta, frames); },
        [&](ProtobufValue& value) { return readBookmark(value, m_meta, frames); });
}

} // namespace kube::decode
