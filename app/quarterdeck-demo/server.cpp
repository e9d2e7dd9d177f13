// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/server.h"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace demo {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

namespace {

constexpr std::uint64_t kMaxBody = 8ULL << 20U;

int hexValue(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

std::string unescaped(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0 && hexValue(text[i + 2]) >= 0) {
            result += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else {
            result += text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

void parseTarget(const std::string& target, ApiCall& call) {
    const std::size_t question = target.find('?');
    call.path = unescaped(target.substr(0, question));
    std::string rest = question == std::string::npos ? std::string() : target.substr(question + 1);
    while (!rest.empty()) {
        const std::size_t ampersand = rest.find('&');
        const std::string pair = rest.substr(0, ampersand);
        rest = ampersand == std::string::npos ? std::string() : rest.substr(ampersand + 1);
        const std::size_t equals = pair.find('=');
        call.query[unescaped(pair.substr(0, equals))] =
            equals == std::string::npos ? std::string() : unescaped(pair.substr(equals + 1));
    }
}

// One connection: requests one after the other, the last of which may be a stream.
class Session final : public StreamPeer, public std::enable_shared_from_this<Session> {
public:
    Session(Tcp::socket socket, asio::ssl::context& tls, Api& api)
        : m_stream(std::move(socket), tls)
        , m_api(api) {}

    void start() {
        m_stream.async_handshake(asio::ssl::stream_base::server, [self = shared_from_this()](error_code error) {
            if (!error)
                self->read();
        });
    }

    void write(std::string bytes) override {
        if (m_gone || bytes.empty())
            return;
        m_queue.push_back(std::move(bytes));
        if (!m_writing)
            writeNext();
    }
    void finish() override {
        m_finishing = true;
        if (!m_writing && !m_gone)
            writeEnd();
    }
    [[nodiscard]] bool isGone() const override { return m_gone; }

private:
    void read() {
        m_parser.emplace();
        m_parser->body_limit(kMaxBody);
        http::async_read(m_stream, m_buffer, *m_parser, [self = shared_from_this()](error_code error, std::size_t) {
            if (!error)
                self->answer();
        });
    }

    void answer() {
        const auto& request = m_parser->get();
        ApiCall call;
        call.method = std::string(request.method_string());
        parseTarget(std::string(request.target()), call);
        call.accept = std::string(request[http::field::accept]);
        call.contentType = std::string(request[http::field::content_type]);
        call.body = request.body();
        X509* shown = SSL_get_peer_certificate(m_stream.native_handle());
        const bool signedIn = shown != nullptr;
        X509_free(shown);
        Reply reply;
        if (signedIn) {
            reply = m_api.handle(call);
        } else {
            reply.status = 401;
            reply.body =
                R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401})";
        }
        if (reply.stream)
            sendStream(std::move(reply));
        else
            send(std::move(reply), request.keep_alive());
    }

    void send(Reply reply, bool keepAlive) {
        m_response.emplace(static_cast<http::status>(reply.status), 11);
        m_response->set(http::field::content_type, reply.contentType);
        m_response->set(http::field::date, httpDate());
        m_response->keep_alive(keepAlive);
        m_response->body() = std::move(reply.body);
        m_response->prepare_payload();
        http::async_write(m_stream, *m_response, [self = shared_from_this(), keepAlive](error_code error, std::size_t) {
            if (!error && keepAlive)
                self->read();
        });
    }

    void sendStream(Reply reply) {
        m_head.emplace(http::status::ok, 11);
        m_head->set(http::field::content_type, reply.contentType);
        m_head->set(http::field::date, httpDate());
        m_head->chunked(true);
        m_serializer.emplace(*m_head);
        http::async_write_header(
            m_stream, *m_serializer,
            [self = shared_from_this(), start = std::move(reply.stream)](error_code error, std::size_t) {
                if (error)
                    return;
                self->watchForEnd();
                start(self);
            });
    }

    static std::string httpDate() {
        const std::time_t now = std::time(nullptr);
        std::tm utc{};
        gmtime_r(&now, &utc);
        std::array<char, 40> text{};
        return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc)};
    }

    // A client that watches sends nothing more: whatever a read brings is its end.
    void watchForEnd() {
        m_stream.async_read_some(asio::buffer(m_rest),
                                 [self = shared_from_this()](error_code, std::size_t) { self->close(); });
    }

    void close() {
        m_gone = true;
        error_code ignored;
        m_stream.next_layer().close(ignored);
    }

    void writeNext() {
        m_writing = true;
        m_chunk.clear();
        for (const std::string& bytes : m_queue)
            m_chunk += bytes;
        m_queue.clear();
        asio::async_write(m_stream, http::make_chunk(asio::buffer(m_chunk)),
                          [self = shared_from_this()](error_code error, std::size_t) {
                              self->m_writing = false;
                              if (error)
                                  self->close();
                              else if (!self->m_queue.empty())
                                  self->writeNext();
                              else if (self->m_finishing)
                                  self->writeEnd();
                          });
    }

    void writeEnd() {
        m_writing = true;
        asio::async_write(m_stream, http::make_chunk_last(),
                          [self = shared_from_this()](error_code, std::size_t) { self->close(); });
    }

    asio::ssl::stream<Tcp::socket> m_stream;
    Api& m_api;
    boost::beast::flat_buffer m_buffer;
    std::optional<http::request_parser<http::string_body>> m_parser;
    std::optional<http::response<http::string_body>> m_response;
    std::optional<http::response<http::empty_body>> m_head;
    std::optional<http::response_serializer<http::empty_body>> m_serializer;
    std::array<char, 64> m_rest{};
    std::deque<std::string> m_queue;
    std::string m_chunk;
    bool m_writing = false;
    bool m_finishing = false;
    bool m_gone = false;
};

struct Listener {
    Listener(asio::io_context& loop, Api& served, const Identity& identity)
        : api(served)
        , tls(asio::ssl::context::tls_server)
        , acceptor(loop, Tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        tls.use_certificate_chain(asio::buffer(identity.serverCertPem));
        tls.use_private_key(asio::buffer(identity.serverKeyPem), asio::ssl::context::pem);
        tls.add_certificate_authority(asio::buffer(identity.caPem));
        tls.set_verify_mode(asio::ssl::verify_peer);
    }

    void accept() {
        acceptor.async_accept([this](error_code error, Tcp::socket socket) {
            if (error)
                return;
            error_code ignored;
            socket.set_option(Tcp::no_delay(true), ignored);
            std::make_shared<Session>(std::move(socket), tls, api)->start();
            accept();
        });
    }

    Api& api;
    asio::ssl::context tls;
    Tcp::acceptor acceptor;
};

} // namespace

struct Servers::State {
    asio::io_context loop{1};
    asio::steady_timer timer{loop};
    asio::signal_set signals{loop, SIGINT, SIGTERM};
    std::optional<asio::posix::stream_descriptor> input;
    std::array<char, 256> inputBytes{};
    std::vector<std::unique_ptr<Listener>> listeners;
    std::vector<std::function<void()>> ticks;

    void scheduleTick() {
        timer.expires_after(std::chrono::seconds(1));
        timer.async_wait([this](error_code error) {
            if (error)
                return;
            for (const auto& tick : ticks)
                tick();
            scheduleTick();
        });
    }

    void readInput() {
        input->async_read_some(asio::buffer(inputBytes), [this](error_code error, std::size_t) {
            if (error)
                loop.stop();
            else
                readInput();
        });
    }
};

Servers::Servers()
    : m_state(std::make_unique<State>()) {}

Servers::~Servers() = default;

std::uint16_t Servers::add(Api& api, const Identity& identity) {
    m_state->listeners.push_back(std::make_unique<Listener>(m_state->loop, api, identity));
    m_state->listeners.back()->accept();
    return m_state->listeners.back()->acceptor.local_endpoint().port();
}

void Servers::onTick(std::function<void()> tick) {
    m_state->ticks.push_back(std::move(tick));
}

void Servers::endWith(int descriptor) {
    m_state->input.emplace(m_state->loop, descriptor);
    m_state->readInput();
}

void Servers::run() {
    m_state->signals.async_wait([this](error_code, int) { m_state->loop.stop(); });
    m_state->scheduleTick();
    m_state->loop.run();
}

} // namespace demo
