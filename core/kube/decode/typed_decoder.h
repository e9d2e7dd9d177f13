// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/stream_decoder.h"
#include "core/kube/decode/typed_kind.h"

#include <memory>

namespace kube::decode {

/// Rows of a kind that we print ourselves, from JSON or protobuf.
class TypedDecoder final : public StreamDecoder {
public:
    TypedDecoder(Spec spec, RowLayoutPtr layout, std::unique_ptr<ObjectReader> reader);

    [[nodiscard]] const RowLayoutPtr& layout() const override { return m_layout; }
    [[nodiscard]] bool isTyped() const override { return true; }
    [[nodiscard]] std::string_view accept() const override { return keepsObjects() ? kJsonAccept : kProtobufAccept; }
    [[nodiscard]] std::string_view query() const override { return {}; }

protected:
    RowBatch readList(std::string_view body, bool isProtobuf, ListMeta& meta) override;
    std::string_view upsert(JsonValue& object, WatchFrames& frames) override;
    std::string_view remove(JsonValue& object, WatchFrames& frames) override;
    std::string_view bookmark(JsonValue& object, WatchFrames& frames) override;
    void protobufFrame(std::string_view frame, WatchFrames& frames) override;

private:
    RowLayoutPtr m_layout;
    std::unique_ptr<ObjectReader> m_reader;
    MetaFacts m_meta;
};

} // namespace kube::decode
