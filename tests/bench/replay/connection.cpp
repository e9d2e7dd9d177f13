// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/replay/connection.h"

#include <nghttp2/nghttp2.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>

namespace replay {

namespace {

constexpr std::size_t kWriteBytes = std::size_t(128) * 1024;

std::string httpDate() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return text.data();
}

// nghttp2's structures are not const; it only reads.
std::uint8_t* bytesOf(std::string_view text) {
    return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

nghttp2_nv header(std::string_view name, std::string_view value) {
    return {bytesOf(name), bytesOf(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE};
}

} // namespace

struct Connection::Callbacks {
    static Connection& self(void* user) { return *static_cast<Connection*>(user); }

    static int onBegin(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        if (frame->hd.type == NGHTTP2_HEADERS)
            self(user).m_streams[frame->hd.stream_id] = std::make_unique<Stream>();
        return 0;
    }

    static int onHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize,
                        const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* user) {
        const std::string_view key(reinterpret_cast<const char*>(name), nameSize);
        const std::string_view text(reinterpret_cast<const char*>(value), valueSize);
        const auto found = self(user).m_streams.find(frame->hd.stream_id);
        if (found != self(user).m_streams.end() && (key == ":path" || key == "accept"))
            (key == "accept" ? found->second->accept : found->second->target) = text;
        return 0;
    }

    static int onFrame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        if (frame->hd.type == NGHTTP2_HEADERS && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0)
            self(user).respond(frame->hd.stream_id);
        return 0;
    }

    static int onClose(nghttp2_session*, std::int32_t stream, std::uint32_t, void* user) {
        Connection& connection = self(user);
        const auto found = connection.m_streams.find(stream);
        if (found == connection.m_streams.end())
            return 0;
        connection.m_cluster.forget(found->second->answer.body);
        connection.m_streams.erase(found);
        return 0;
    }

    static ssize_t onRead(nghttp2_session*, std::int32_t, std::uint8_t* buffer, std::size_t size, std::uint32_t* flags,
                          nghttp2_data_source* source, void*) {
        Body& body = *static_cast<Body*>(source->ptr);
        if (body.left() == 0) {
            body.bytes.clear();
            body.sent = 0;
            if (body.more)
                body.more(body.bytes);
            if (body.bytes.empty()) {
                body.more = nullptr;
                // A watch is idle for long, and there are many.
                body.bytes.shrink_to_fit();
            }
        }
        const std::size_t taken = std::min(size, body.left());
        std::memcpy(buffer, body.bytes.data() + body.sent, taken);
        body.sent += taken;
        if (taken == 0 && body.isOpen)
            return NGHTTP2_ERR_DEFERRED;
        if (!body.isOpen && body.left() == 0 && !body.more)
            *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(taken);
    }
};

Connection::Connection(int socket, ssl_ctx_st* tls, Cluster& cluster)
    : m_socket(socket)
    , m_cluster(cluster)
    , m_tls(SSL_new(tls)) {
    SSL_set_fd(m_tls, socket);
    SSL_set_accept_state(m_tls);
    SSL_set_mode(m_tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, &Callbacks::onBegin);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, &Callbacks::onHeader);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &Callbacks::onFrame);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Callbacks::onClose);
    nghttp2_session_server_new(&m_session, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    // As kube-apiserver has it.
    const std::array<nghttp2_settings_entry, 1> settings{{{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 250}}};
    nghttp2_submit_settings(m_session, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
}

Connection::~Connection() {
    for (const auto& [id, stream] : m_streams)
        m_cluster.forget(stream->answer.body);
    nghttp2_session_del(m_session);
    SSL_free(m_tls);
    ::close(m_socket);
}

void Connection::respond(int id) {
    Stream& stream = *m_streams.at(id);
    stream.answer = m_cluster.answer(stream.target, stream.accept);
    Body& body = stream.answer.body;
    if (body.isOpen) {
        body.wake = [this, id] {
            nghttp2_session_resume_data(m_session, id);
            onWoken();
        };
        m_cluster.keep(body, stream.target);
    }
    const std::string status = std::to_string(stream.answer.status);
    const std::string date = httpDate();
    const std::array<nghttp2_nv, 4> headers{header(":status", status),
                                            header("content-type", stream.answer.contentType), header("date", date),
                                            header("cache-control", "no-cache, private")};
    nghttp2_data_provider provider{};
    provider.source.ptr = &body;
    provider.read_callback = &Callbacks::onRead;
    nghttp2_submit_response(m_session, id, headers.data(), headers.size(), &provider);
}

bool Connection::shakeHands() {
    if (m_isGreeted)
        return true;
    const int result = SSL_accept(m_tls);
    m_isGreeted = result == 1;
    const int error = SSL_get_error(m_tls, result);
    return m_isGreeted || error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

bool Connection::read() {
    std::array<std::uint8_t, 16384> buffer;
    for (;;) {
        const int size = SSL_read(m_tls, buffer.data(), static_cast<int>(buffer.size()));
        if (size <= 0)
            return SSL_get_error(m_tls, size) == SSL_ERROR_WANT_READ;
        if (nghttp2_session_mem_recv(m_session, buffer.data(), static_cast<std::size_t>(size)) < 0)
            return false;
    }
}

// Fills the buffer with frames; false if there are none.
bool Connection::gather() {
    if (m_sent < m_out.size())
        return true;
    m_out.clear();
    m_sent = 0;
    while (m_out.size() < kWriteBytes) {
        const std::uint8_t* data = nullptr;
        const ssize_t size = nghttp2_session_mem_send(m_session, &data);
        if (size <= 0)
            break;
        m_out.append(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
    }
    return !m_out.empty();
}

bool Connection::write() {
    m_wantsToWrite = false;
    // A few at a time, so that others get their turn.
    for (int i = 0; i < 8 && gather(); ++i) {
        while (m_sent < m_out.size()) {
            const int size = SSL_write(m_tls, m_out.data() + m_sent, static_cast<int>(m_out.size() - m_sent));
            if (size <= 0) {
                m_wantsToWrite = SSL_get_error(m_tls, size) == SSL_ERROR_WANT_WRITE;
                return m_wantsToWrite;
            }
            m_sent += static_cast<std::size_t>(size);
        }
    }
    m_wantsToWrite = gather();
    if (!m_wantsToWrite)
        std::string().swap(m_out);
    return true;
}

bool Connection::work() {
    if (!shakeHands())
        return false;
    if (!m_isGreeted)
        return true;
    return read() && write() && (nghttp2_session_want_read(m_session) || nghttp2_session_want_write(m_session));
}

} // namespace replay
