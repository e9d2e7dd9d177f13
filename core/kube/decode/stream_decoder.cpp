// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/stream_decoder.h"

#include "core/kube/decode/status_object.h"

#include <stdexcept>

namespace kube::decode {

namespace {

bool isProtobufType(std::string_view contentType) {
    return contentType.starts_with("application/vnd.kubernetes.protobuf");
}

// Buffers of single events stay, those of whole pages of a list do not.
constexpr std::size_t kKeptBuffer = std::size_t(256) << 10;

} // namespace

simdjson::ondemand::document JsonText::parse(std::string_view text, std::size_t slack) {
    if (slack < simdjson::SIMDJSON_PADDING) {
        m_padded.reserve(text.size() + simdjson::SIMDJSON_PADDING);
        m_padded = text;
        text = m_padded;
        slack = simdjson::SIMDJSON_PADDING;
    }
    return m_parser.iterate(simdjson::padded_string_view(text.data(), text.size(), text.size() + slack));
}

void JsonText::trim() {
    if (m_padded.capacity() > kKeptBuffer)
        m_padded = {};
    if (m_parser.capacity() > kKeptBuffer)
        m_parser = simdjson::ondemand::parser();
}

void JsonText::release() {
    m_padded = {};
    m_parser = simdjson::ondemand::parser();
}

base::Error errorOf(const Status& status, const Kind& kind) {
    ApiRequest request;
    request.verb = "watch";
    request.resource = kind.resource();
    return errorFromStatus(status, request);
}

StreamDecoder::StreamDecoder(Kind kind, bool wholeObjects)
    : m_kind(std::move(kind))
    , m_wholeObjects(wholeObjects) {}

void StreamDecoder::refuse(const std::string& what) const {
    throw std::runtime_error(what);
}

tl::unexpected<base::Error> StreamDecoder::badBytes(const char* where, const std::exception& why) const {
    base::Error error;
    error.code = base::ErrorCode::BadResponse;
    error.message = std::string(where) + " of " + m_kind.resource() + " cannot be read: " + why.what();
    error.resource = m_kind.resource();
    return base::fail(std::move(error));
}

base::Result<RowBatch> StreamDecoder::list(std::string_view contentType, std::string_view body, ListMeta& meta) {
    meta = ListMeta();
    try {
        RowBatch batch = readList(body, isProtobufType(contentType), meta);
        m_json.trim();
        return batch;
    } catch (const std::exception& why) {
        return badBytes("a list", why);
    }
}

void StreamDecoder::beginStream(std::string_view contentType) {
    m_protobuf = isProtobufType(contentType);
    m_frames.begin(m_protobuf ? Frames::Kind::Lengths : Frames::Kind::Lines);
    m_ended = false;
    m_broken = false;
}

base::Result<void> StreamDecoder::cut(std::string_view bytes, const Frames::OnFrame& take) {
    if (m_ended)
        return {};
    if (m_broken)
        return base::fail(base::ErrorCode::BadResponse, "the watch was broken before");
    try {
        base::Result<void> fed = m_frames.feed(bytes, take);
        m_json.release();
        if (!fed) {
            m_broken = true;
            fed.error().resource = m_kind.resource();
            fed.error().verb = "watch";
        }
        return fed;
    } catch (const std::exception& why) {
        m_broken = true;
        return badBytes("a watch event", why);
    }
}

void StreamDecoder::readFrame(std::string_view frame, std::size_t slack, WatchFrames& frames) {
    if (m_protobuf)
        protobufFrame(frame, frames);
    else
        jsonFrame(frame, slack, frames);
    m_ended = frames.error.has_value();
}

base::Result<WatchFrames> StreamDecoder::feed(std::string_view bytes) {
    m_keepsDeleted = false;
    WatchFrames frames = nothingYet();
    const base::Result<void> fed = cut(bytes, [&](std::string_view frame, std::size_t slack) {
        readFrame(frame, slack, frames);
        return !m_ended;
    });
    if (!fed)
        return base::fail(fed.error());
    return frames;
}

base::Result<std::vector<WatchFrames>> StreamDecoder::feedEach(std::string_view bytes) {
    m_keepsDeleted = true;
    std::vector<WatchFrames> each;
    const base::Result<void> fed = cut(bytes, [&](std::string_view frame, std::size_t slack) {
        readFrame(frame, slack, each.emplace_back(nothingYet()));
        return !m_ended;
    });
    if (!fed)
        return base::fail(fed.error());
    return each;
}

base::Result<void> StreamDecoder::endStream() {
    if (m_ended || m_broken || m_frames.isBetweenFrames())
        return {};
    return base::fail(base::ErrorCode::BadResponse, "the watch of " + m_kind.resource() + " ended within an event");
}

void StreamDecoder::protobufFrame(std::string_view /*frame*/, WatchFrames& /*frames*/) {
    refuse("protobuf where JSON was asked for");
}

void StreamDecoder::jsonFrame(std::string_view line, std::size_t slack, WatchFrames& frames) {
    simdjson::ondemand::document document = m_json.parse(line, slack);
    simdjson::ondemand::object event = document.get_object();
    const std::string_view type = event["type"].get_string();
    JsonValue object(event["object"].value());
    if (type == "ERROR") {
        Status status;
        readStatusObject(object, status);
        frames.error = errorOf(status, m_kind);
        return;
    }
    if (m_wholeObjects && m_keepsDeleted)
        frames.object = object.rawObject();
    takeEvent(
        type, object, frames, [&](JsonValue& value) { return upsert(value, frames); },
        [&](JsonValue& value) { return remove(value, frames); },
        [&](JsonValue& value) { return bookmark(value, frames); });
}

} // namespace kube::decode
