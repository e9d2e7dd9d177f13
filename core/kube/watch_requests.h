// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/decoder.h"
#include "core/kube/transport.h"
#include "core/kube/watcher.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace kube {

/// The requests of lists and watches (https://kubernetes.io/docs/reference/using-api/api-concepts). Pure functions.

/// Percent-encodes what is not unreserved, for a value in a query.
[[nodiscard]] std::string queryEscape(std::string_view text);

/// The first object as a Table without the object: for the columns and, by what remains, for the number of objects.
[[nodiscard]] ApiRequest columnsRequest(const WatchSpec& spec);

/// One page; `limit` 0 means everything at once.
[[nodiscard]] ApiRequest pageRequest(const WatchSpec& spec, const Decoder& decoder, int limit,
                                     std::string_view continueToken);

/// One page of whole objects in JSON.
[[nodiscard]] ApiRequest objectsRequest(const WatchSpec& spec, int limit, std::string_view continueToken);

/// A watch that starts with the present state, or one that resumes.
[[nodiscard]] ApiRequest initialEventsRequest(const WatchSpec& spec, const Decoder& decoder, std::int64_t seconds);
[[nodiscard]] ApiRequest watchRequest(const WatchSpec& spec, const Decoder& decoder, std::string_view resourceVersion,
                                      std::int64_t seconds);

/// Whether discovery says that the kind can be watched; true where it says nothing.
[[nodiscard]] bool canWatch(const Kind& kind);

} // namespace kube
