// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/go_number.h"

#include <array>
#include <charconv>

namespace kube::decode {

std::string goNumber(std::string_view token) {
    double value = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    if (error != std::errc() || end != token.data() + token.size())
        return std::string(token);
    std::array<char, 400> buffer{};
    const double size = value < 0 ? -value : value;
    const bool plain = size == 0 || (size >= 1e-4 && size < 1e21);
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                       plain ? std::chars_format::fixed : std::chars_format::scientific);
    return {buffer.data(), written.ptr};
}

} // namespace kube::decode
