// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace net {

/// Decodes a gzip body (RFC 1952, one or more members) as it comes. One thread.
class Inflater {
public:
    enum class Outcome { Ok, Garbage, TooLarge };

    Inflater();
    ~Inflater();
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    /// Appends what `input` decodes to. TooLarge as soon as more than `limit` bytes came out in all: a small body that
    /// unpacks without end is stopped here.
    Outcome feed(std::string_view input, std::string& output, std::size_t limit);
    /// Whether the input ended where a member ends.
    [[nodiscard]] bool complete() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace net
