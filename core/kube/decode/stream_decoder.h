// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/decoder.h"
#include "core/kube/decode/frames.h"
#include "core/kube/decode/json_value.h"
#include "core/kube/decode/object_meta.h"
#include "core/kube/status.h"

#include <string>
#include <string_view>
#include <vector>

namespace kube::decode {

/// Gives bytes the room behind them that simdjson wants: in place where `slack` bytes may be read, copied otherwise.
/// The document is valid until the next parse().
class JsonText {
public:
    simdjson::ondemand::document parse(std::string_view text, std::size_t slack);
    /// Gives large buffers back. The last document is void.
    void trim();
    /// Gives everything back: a parser is 12 KB, and most watches are silent most of the time.
    void release();

private:
    simdjson::ondemand::parser m_parser;
    std::string m_padded;
};

base::Error errorOf(const Status& status, const Kind& kind);

template <typename Value>
void readListMeta(Value& metadata, ListMeta& meta) {
    metadata.fields([&meta](auto& field) {
        if (field.is("resourceVersion", 2))
            meta.resourceVersion = field.text();
        else if (field.is("continue", 3))
            meta.continueToken = field.text();
        else if (field.is("remainingItemCount", 4))
            meta.remaining = field.integer();
    });
}

/// What the decoders of all wires share: framing, event types, turning exceptions of the parsers into errors.
class StreamDecoder : public Decoder {
public:
    StreamDecoder(Kind kind, bool wholeObjects);

    void beginStream(std::string_view contentType) final;
    base::Result<WatchFrames> feed(std::string_view bytes) final;
    base::Result<std::vector<WatchFrames>> feedEach(std::string_view bytes) final;
    base::Result<void> endStream() final;
    base::Result<RowBatch> list(std::string_view contentType, std::string_view body, ListMeta& meta) final;

protected:
    virtual RowBatch readList(std::string_view body, bool isProtobuf, ListMeta& meta) = 0;
    /// One object of an ADDED or MODIFIED event into frames.batch; returns its resourceVersion.
    virtual std::string_view upsert(JsonValue& object, WatchFrames& frames) = 0;
    virtual std::string_view remove(JsonValue& object, WatchFrames& frames) = 0;
    virtual std::string_view bookmark(JsonValue& object, WatchFrames& frames) = 0;
    /// A whole protobuf frame.
    virtual void protobufFrame(std::string_view frame, WatchFrames& frames);
    /// Reads the object of an event of that type, which is no ERROR.
    template <typename Value, typename Upsert, typename Remove, typename Bookmark>
    void takeEvent(std::string_view type, Value& object, WatchFrames& frames, Upsert&& upsertObject,
                   Remove&& removeObject, Bookmark&& readBookmark) {
        std::string_view version;
        if (type == "BOOKMARK") {
            version = readBookmark(object);
        } else {
            const bool isDeleted = type == "DELETED";
            if (!isDeleted && type != "ADDED" && type != "MODIFIED")
                refuse("unknown type of event");
            version = isDeleted && !m_keepsDeleted ? removeObject(object) : upsertObject(object);
            frames.type = isDeleted         ? WatchEventType::Deleted
                          : type == "ADDED" ? WatchEventType::Added
                                            : WatchEventType::Modified;
            ++frames.events;
        }
        if (!version.empty())
            frames.resourceVersion = version;
    }
    [[nodiscard]] bool keepsObjects() const { return m_wholeObjects; }
    [[nodiscard]] const Kind& kind() const { return m_kind; }
    [[nodiscard]] JsonText& json() { return m_json; }
    [[noreturn]] void refuse(const std::string& what) const;

private:
    WatchFrames nothingYet() const { return {RowBatch(layout()), {}, 0, false, {}, WatchEventType::Added, {}}; }
    /// Calls take(frame, slack) for every frame until it returns false.
    base::Result<void> cut(std::string_view bytes, const Frames::OnFrame& take);
    void readFrame(std::string_view frame, std::size_t slack, WatchFrames& frames);
    void jsonFrame(std::string_view line, std::size_t slack, WatchFrames& frames);
    tl::unexpected<base::Error> badBytes(const char* where, const std::exception& why) const;

    Kind m_kind;
    bool m_wholeObjects;
    JsonText m_json;
    Frames m_frames;
    bool m_protobuf = false;
    bool m_ended = false; // After an ERROR event.
    bool m_broken = false;
    bool m_keepsDeleted = false; // Rows of deleted objects are wanted.
};

} // namespace kube::decode
