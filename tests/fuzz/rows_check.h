// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/decode/decoder.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace fuzz {

/// Aborts, as a finding of the fuzzer, where `holds` is false.
void require(bool holds, const char* what);

/// What rows say, by uid; "removed" for what was taken away. `cells` are printed too, for what that may do.
using Told = std::map<std::string, std::string>;
[[nodiscard]] Told tell(const kube::RowBatch& batch);

/// Feeds `bytes` as a watch whole, then in pieces whose lengths the bytes themselves choose, then, if there are few,
/// byte by byte: what was said must be the same.
void checkStream(kube::Decoder::Spec spec, std::string_view contentType, std::string_view bytes);

/// Reads `bytes` as a list. JSON is read a second time as a body so large that it is cut into items first: where it is
/// JSON throughout, the rows must be the same.
void checkList(kube::Decoder::Spec spec, std::string_view contentType, std::string_view bytes);

/// The kind that decoders of our own read and that the start of `bytes` names first, pods where it names none.
[[nodiscard]] kube::Kind kindNamedIn(std::string_view bytes);

/// A number that each change of the bytes changes.
[[nodiscard]] std::uint64_t hashOf(std::string_view bytes);

inline std::string_view viewOf(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

} // namespace fuzz
