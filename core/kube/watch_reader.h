// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/decoder.h"
#include "core/kube/object_text.h"
#include "core/kube/watcher.h"
#include "core/net/http.h"

#include <string_view>
#include <vector>

namespace kube {

/// What a page of a list or some bytes of a watch brought, whole objects beside the rows where the spec wants them.
struct WatchNews {
    WatchFrames frames;
    std::vector<ObjectText> objects;
};

/// Reads one page. Runs like Decoder::list().
[[nodiscard]] base::Result<WatchNews> readPage(Decoder& decoder, const WatchSpec& spec, const net::Response& answer,
                                               ListMeta& meta);

/// Reads bytes of a watch: all in one, or each event by itself where the spec wants that. Runs like Decoder::feed().
[[nodiscard]] base::Result<std::vector<WatchNews>> readStream(Decoder& decoder, const WatchSpec& spec,
                                                              std::string_view bytes);

} // namespace kube
