// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/inflater.h"

#include <zlib.h>

#include <array>

namespace net {

struct Inflater::State {
    z_stream stream{};
    std::size_t produced = 0;
    bool started = false; // inside a member
    bool ended = false;   // at least one member is complete
};

namespace {

constexpr int gzipOnly = 15 + 16; // window bits of zlib: largest window, gzip wrapper

} // namespace

Inflater::Inflater()
    : m_state(std::make_unique<State>()) {
    inflateInit2(&m_state->stream, gzipOnly);
}

Inflater::~Inflater() {
    inflateEnd(&m_state->stream);
}

Inflater::Outcome Inflater::feed(std::string_view input, std::string& output, std::size_t limit) {
    std::array<char, 32768> piece;
    z_stream& stream = m_state->stream;
    // zlib's interface predates const; it does not write to its input.
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(input.data()));
    stream.avail_in = static_cast<uInt>(input.size());
    while (true) {
        if (stream.avail_in > 0 && !m_state->started) {
            if (m_state->ended)
                inflateReset(&stream);
            m_state->started = true;
        }
        if (!m_state->started)
            return Outcome::Ok;
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = static_cast<uInt>(piece.size());
        const int code = inflate(&stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
            return Outcome::Garbage;
        const std::size_t count = piece.size() - stream.avail_out;
        m_state->produced += count;
        if (m_state->produced > limit)
            return Outcome::TooLarge;
        output.append(piece.data(), count);
        if (code == Z_STREAM_END) {
            m_state->started = false;
            m_state->ended = true;
        } else if (stream.avail_in == 0 && stream.avail_out > 0) {
            return Outcome::Ok;
        } else if (code == Z_BUF_ERROR && count == 0) {
            return Outcome::Ok;
        }
    }
}

bool Inflater::complete() const {
    return m_state->ended && !m_state->started;
}

} // namespace net
