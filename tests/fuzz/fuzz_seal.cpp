// SPDX-License-Identifier: GPL-3.0-or-later
//
// What lies sealed in a journal, which anybody may have written to.
#include "core/change/seal.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const base::SecretKey key = *base::SecretKey::fromBytes(std::string(base::SecretKey::kSize, 'k'));
    static const change::SealSeat seat{
        "20260102-150405-aaaaa", 3, {"north", "u-1"}, {"v1", "Secret", "shop", "db"}, {}};
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    (void)change::sealingKeyOf(input);
    // Whoever has not the key makes nothing that opens, but for what was sealed here.
    const auto opened = change::unsealed(input, {key}, seat, change::Image::Before);
    if (opened && change::unsealed(input, {key}, seat, change::Image::After))
        std::abort();
    // What comes in is sealed, opens again, and opens no more once a bit of it is another.
    std::string blob = change::sealed(input, key, seat, change::Image::After).value();
    if (change::unsealed(blob, {key}, seat, change::Image::After).value() != input)
        std::abort();
    const std::size_t at = (size * 31 + (size > 0 ? data[0] : 0)) % blob.size();
    blob[at] = static_cast<char>(blob[at] ^ 1);
    if (change::unsealed(blob, {key}, seat, change::Image::After))
        std::abort();
    return 0;
}
