// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/stream_decoder.h"

#include <functional>
#include <string_view>

namespace kube::decode {

/// Reads a JSON list: calls onMeta for "metadata" and onItem for each element of the member named `items`, in the
/// document's order. Small bodies are one document; large ones are cut into their items first, so that memory stays
/// that of an item. onOther, where given, is called for every other member with its key.
void readJsonList(JsonText& json, std::string_view body, std::string_view items,
                  const std::function<void(JsonValue&)>& onMeta, const std::function<void(JsonValue&)>& onItem,
                  const std::function<void(std::string_view, JsonValue&)>& onOther = {});

} // namespace kube::decode
