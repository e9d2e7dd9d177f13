// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/go_number.h"

#include "core/base/text.h"

#include <charconv>

namespace kube::decode {

std::string goNumber(std::string_view token) {
    double value = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    if (error != std::errc() || end != token.data() + token.size())
        return std::string(token);
    std::string text;
    base::appendFloat(text, value, -4, 21);
    return text;
}

} // namespace kube::decode
