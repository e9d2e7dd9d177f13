// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/lying_server.h"

#include "core/net/http.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <mutex>
#include <thread>

namespace testsupport {

namespace {

int listenOnLoopback(int backlog, int& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        std::abort();
    port = ntohs(address.sin_port);
    if (backlog >= 0)
        ::listen(socket, backlog);
    return socket;
}

// Packets over loopback start with the system's default TTL; the kernel drops those below a socket's least without a
// word (RFC 5082), farewells and acknowledgements too. A socket filter does the same, but some kernels refuse it to
// plain users.
void dropArriving(int socket) {
    const int least = 255;
    if (::setsockopt(socket, IPPROTO_IP, IP_MINTTL, &least, sizeof least) != 0)
        std::abort();
}

void setReset(int socket) {
    const linger now{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

} // namespace

Gate::Gate()
    : m_descriptor(eventfd(0, EFD_CLOEXEC)) {}

Gate::~Gate() {
    ::close(m_descriptor);
}

void Gate::open() {
    eventfd_write(m_descriptor, 1);
}

bool Gate::wait(int milliseconds) {
    pollfd item{m_descriptor, POLLIN, 0};
    return ::poll(&item, 1, milliseconds) == 1;
}

std::string Exchange::header(std::string_view name) const {
    return std::string(net::header(headers, name));
}

struct Wire::State {
    int socket = -1;
    int stop = -1;
    SSL* tls = nullptr;
    std::string input;
    std::thread thread;
    std::atomic<bool> done = false;
    std::atomic<bool> abort = false;

    ~State() {
        SSL_free(tls);
        if (abort)
            setReset(socket);
        ::close(socket);
    }
    // False when the server stops.
    bool poll(int descriptor, short events, int milliseconds) const {
        std::array<pollfd, 2> items{pollfd{descriptor, events, 0}, pollfd{stop, POLLIN, 0}};
        const int count = ::poll(items.data(), items.size(), milliseconds);
        return items[1].revents == 0 && (count > 0 || milliseconds >= 0);
    }
};

bool Wire::write(std::string_view bytes) {
    while (!bytes.empty()) {
        if (m_state.abort)
            return false;
        const auto count = m_state.tls ? SSL_write(m_state.tls, bytes.data(), static_cast<int>(bytes.size()))
                                       : ::send(m_state.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool Wire::writeRaw(std::string_view bytes) {
    return ::send(m_state.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

std::string Wire::read() {
    if (!m_state.input.empty())
        return std::exchange(m_state.input, {});
    std::array<char, 16384> buffer;
    const auto count = m_state.tls ? SSL_read(m_state.tls, buffer.data(), static_cast<int>(buffer.size()))
                                   : ::recv(m_state.socket, buffer.data(), buffer.size(), 0);
    return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

void Wire::hold() {
    while (m_state.poll(m_state.socket, POLLIN | POLLRDHUP, -1)) {
        std::array<char, 4096> buffer;
        if (::recv(m_state.socket, buffer.data(), buffer.size(), 0) <= 0)
            return;
    }
}

bool Wire::wait(Gate& gate) {
    return m_state.poll(gate.m_descriptor, POLLIN, -1);
}

bool Wire::dribble(std::string_view bytes, std::size_t step, int pause) {
    while (!bytes.empty()) {
        if (!write(bytes.substr(0, step)) || !m_state.poll(-1, 0, pause))
            return false;
        bytes.remove_prefix(std::min(step, bytes.size()));
    }
    return true;
}

void Wire::relay(int port, Gate* freeze) {
    const int upstream = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::connect(upstream, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
        const auto there = [&] {
            do {
                const std::string bytes = read();
                if (bytes.empty() || ::send(upstream, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0)
                    return false;
            } while (m_state.tls && SSL_pending(m_state.tls) > 0);
            return true;
        };
        const auto back = [&] {
            std::array<char, 16384> buffer;
            const ssize_t count = ::recv(upstream, buffer.data(), buffer.size(), 0);
            return count > 0 && write({buffer.data(), static_cast<std::size_t>(count)});
        };
        for (bool more = true; more;) {
            std::array<pollfd, 4> items{pollfd{m_state.stop, POLLIN, 0},
                                        pollfd{freeze ? freeze->m_descriptor : -1, POLLIN, 0},
                                        pollfd{m_state.socket, POLLIN, 0}, pollfd{upstream, POLLIN, 0}};
            ::poll(items.data(), items.size(), -1);
            if (items[0].revents != 0)
                break;
            if (items[1].revents != 0) {
                hold();
                break;
            }
            more = (items[2].revents == 0 || there()) && (items[3].revents == 0 || back());
        }
    }
    ::close(upstream);
    ::shutdown(m_state.socket, SHUT_RDWR);
}

void Wire::reset() {
    m_state.abort = true;
}

void Wire::close() {
    if (m_state.tls)
        SSL_shutdown(m_state.tls);
    ::shutdown(m_state.socket, SHUT_RDWR);
}

void Wire::blackHole() {
    dropArriving(m_state.socket);
}

std::string answer::plain(std::string_view body, int status,
                          const std::vector<std::pair<std::string, std::string>>& headers) {
    std::string text = "HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Length: " + std::to_string(body.size());
    for (const auto& [name, value] : headers)
        text += "\r\n" + name + ": " + value;
    return text + "\r\n\r\n" + std::string(body);
}

std::string answer::gzip(std::string_view body) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, body.size()), '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

std::string answer::chunk(std::string_view data) {
    std::array<char, 32> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
    return size.data() + std::string(data) + "\r\n";
}

struct LyingServer::State {
    Options options;
    Script script;
    int listener = -1;
    int port = 0;
    int stop = eventfd(0, EFD_CLOEXEC);
    SSL_CTX* context = nullptr;
    std::string offered; // in ALPN's form: a length, then the name
    std::thread thread;
    mutable std::mutex mutex; // guards what follows
    std::list<Wire::State> wires;
    std::vector<Exchange> seen;
    int accepted = 0;

    void setUpTls();
    void accept();
    void serve(Wire::State& wire, int number);
    bool greet(Wire::State& wire);
    bool readRequest(Wire& wire, Wire::State& state, Exchange& exchange) const;
};

void LyingServer::State::setUpTls() {
    context = SSL_CTX_new(TLS_server_method());
    const auto bio = [](const std::string& pem) { return BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())); };
    BIO* certBio = bio(options.identity.certPem);
    BIO* keyBio = bio(options.identity.keyPem);
    X509* certificate = PEM_read_bio_X509(certBio, nullptr, nullptr, nullptr);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(keyBio, nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, certificate);
    SSL_CTX_use_PrivateKey(context, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
    BIO_free(certBio);
    BIO_free(keyBio);
    if (!options.clientCaPem.empty()) {
        BIO* caBio = bio(options.clientCaPem);
        X509* ca = PEM_read_bio_X509(caBio, nullptr, nullptr, nullptr);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), ca);
        X509_free(ca);
        BIO_free(caBio);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    offered = static_cast<char>(options.protocol.size()) + options.protocol;
    SSL_CTX_set_alpn_select_cb(
        context,
        [](SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in, unsigned int inSize,
           void* data) {
            const auto& own = *static_cast<const std::string*>(data);
            return SSL_select_next_proto(const_cast<unsigned char**>(out), size,
                                         reinterpret_cast<const unsigned char*>(own.data()),
                                         static_cast<unsigned int>(own.size()), in, inSize) == OPENSSL_NPN_NEGOTIATED
                       ? SSL_TLSEXT_ERR_OK
                       : SSL_TLSEXT_ERR_NOACK;
        },
        &offered);
}

void LyingServer::State::accept() {
    for (;;) {
        std::array<pollfd, 2> items{pollfd{listener, POLLIN, 0}, pollfd{stop, POLLIN, 0}};
        if (::poll(items.data(), items.size(), -1) < 0 || items[1].revents != 0)
            return;
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        const int noDelay = 1;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &noDelay, sizeof noDelay);
        const std::lock_guard lock(mutex);
        for (auto it = wires.begin(); it != wires.end();) {
            if (it->done) {
                it->thread.join();
                it = wires.erase(it);
            } else {
                ++it;
            }
        }
        Wire::State& wire = wires.emplace_back();
        wire.socket = socket;
        wire.stop = stop;
        const int number = ++accepted;
        wire.thread = std::thread([this, &wire, number] { serve(wire, number); });
    }
}

// False when there is nothing more to talk about.
bool LyingServer::State::greet(Wire::State& state) {
    Wire wire(state);
    static constexpr std::string_view halfRecord{"\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03", 11};
    switch (options.greeting) {
    case Greeting::Plain:
        return true;
    case Greeting::Tls:
        state.tls = SSL_new(context);
        SSL_set_fd(state.tls, state.socket);
        if (SSL_accept(state.tls) == 1)
            return true;
        // Closing with bytes unread would send RST, which can overtake the alert that says why.
        ::shutdown(state.socket, SHUT_WR);
        wire.hold();
        return false;
    case Greeting::Silent:
        wire.hold();
        return false;
    case Greeting::HalfRecord:
        wire.writeRaw(halfRecord);
        wire.close();
        return false;
    case Greeting::HalfSilent:
        wire.writeRaw(halfRecord);
        wire.hold();
        return false;
    case Greeting::Reset:
        // After the client's first bytes: at once it may overtake the client's own sight of being connected.
        static_cast<void>(wire.read());
        wire.reset();
        return false;
    case Greeting::Garbage:
        wire.writeRaw("\x01\x02 neither one nor the other \xff\xfe\r\n\r\n");
        wire.hold();
        return false;
    }
    return false;
}

bool LyingServer::State::readRequest(Wire& wire, Wire::State& state, Exchange& exchange) const {
    std::string text;
    std::size_t end = 0;
    while ((end = text.find("\r\n\r\n")) == std::string::npos) {
        const std::string more = wire.read();
        if (more.empty())
            return false;
        text += more;
    }
    std::string_view head = std::string_view(text).substr(0, end + 2);
    const std::string_view line = head.substr(0, head.find("\r\n"));
    exchange.method = line.substr(0, line.find(' '));
    exchange.target = line.substr(line.find(' ') + 1, line.rfind(' ') - line.find(' ') - 1);
    head.remove_prefix(line.size() + 2);
    while (!head.empty()) {
        const std::string_view entry = head.substr(0, head.find("\r\n"));
        const std::size_t colon = entry.find(':');
        std::string_view value = entry.substr(colon + 1);
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        exchange.headers.emplace_back(entry.substr(0, colon), value);
        head.remove_prefix(entry.size() + 2);
    }
    std::string body = text.substr(end + 4);
    const std::string length = exchange.header("Content-Length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (body.size() < size) {
        const std::string more = wire.read();
        if (more.empty())
            return false;
        body += more;
    }
    state.input = body.substr(size);
    exchange.body = body.substr(0, size);
    return true;
}

void LyingServer::State::serve(Wire::State& state, int number) {
    // A write to a closed connection must not end the test.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    Wire wire(state);
    if (greet(state)) {
        Exchange exchange;
        if (options.speech == Speech::Raw) {
            exchange.connection = number;
            script(exchange, wire);
        }
        while (options.speech == Speech::Http1 && !state.abort && readRequest(wire, state, exchange)) {
            exchange.connection = number;
            if (state.tls) {
                const char* name = SSL_get_servername(state.tls, TLSEXT_NAMETYPE_host_name);
                exchange.serverName = name ? name : "";
                if (X509* peer = SSL_get0_peer_certificate(state.tls)) {
                    std::array<char, 128> text{};
                    X509_NAME_get_text_by_NID(X509_get_subject_name(peer), NID_commonName, text.data(), text.size());
                    exchange.clientName = text.data();
                }
            }
            {
                const std::lock_guard lock(mutex);
                seen.push_back(exchange);
            }
            script(exchange, wire);
            exchange = {};
        }
    }
    if (state.abort)
        setReset(state.socket);
    const std::lock_guard lock(mutex);
    // Closed here, not when the thread is collected: the peer waits for it. The number stays taken by a stand-in.
    const int standIn = eventfd(0, EFD_CLOEXEC);
    ::dup3(standIn, state.socket, O_CLOEXEC);
    ::close(standIn);
    state.done = true;
}

LyingServer::LyingServer(Options options, Script script)
    : m_state(std::make_unique<State>()) {
    m_state->options = std::move(options);
    m_state->script = std::move(script);
    if (m_state->options.greeting == Greeting::Tls)
        m_state->setUpTls();
    m_state->listener = listenOnLoopback(512, m_state->port);
    m_state->thread = std::thread([state = m_state.get()] { state->accept(); });
}

LyingServer::LyingServer(Script script)
    : LyingServer(Options{}, std::move(script)) {}

LyingServer::~LyingServer() {
    eventfd_write(m_state->stop, 1);
    m_state->thread.join();
    {
        const std::lock_guard lock(m_state->mutex);
        for (const Wire::State& wire : m_state->wires) {
            if (!wire.done)
                ::shutdown(wire.socket, SHUT_RDWR);
        }
    }
    for (Wire::State& wire : m_state->wires)
        wire.thread.join();
    m_state->wires.clear();
    ::close(m_state->listener);
    ::close(m_state->stop);
    SSL_CTX_free(m_state->context);
}

int LyingServer::port() const {
    return m_state->port;
}

std::string LyingServer::url() const {
    const bool plain = m_state->options.greeting == Greeting::Plain;
    return (plain ? "http://127.0.0.1:" : "https://127.0.0.1:") + std::to_string(m_state->port);
}

int LyingServer::connections() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->accepted;
}

int LyingServer::openConnections() const {
    const std::lock_guard lock(m_state->mutex);
    return static_cast<int>(
        std::count_if(m_state->wires.begin(), m_state->wires.end(), [](const auto& wire) { return !wire.done; }));
}

std::vector<Exchange> LyingServer::seen() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->seen;
}

void LyingServer::blackHole() {
    dropArriving(m_state->listener);
    const std::lock_guard lock(m_state->mutex);
    for (const Wire::State& wire : m_state->wires)
        dropArriving(wire.socket);
}

void LyingServer::resetAll() {
    const std::lock_guard lock(m_state->mutex);
    for (Wire::State& wire : m_state->wires) {
        if (wire.done)
            continue;
        wire.abort = true;
        setReset(wire.socket);
        // Connecting to nowhere makes the kernel abort the connection under the thread that uses it.
        sockaddr nowhere{};
        nowhere.sa_family = AF_UNSPEC;
        ::connect(wire.socket, &nowhere, sizeof nowhere);
    }
}

RefusingPort::RefusingPort()
    : m_socket(listenOnLoopback(-1, m_port)) {}

RefusingPort::~RefusingPort() {
    ::close(m_socket);
}

SilentPort::SilentPort()
    : m_socket(listenOnLoopback(1, m_port)) {
    dropArriving(m_socket);
}

SilentPort::~SilentPort() {
    ::close(m_socket);
}

} // namespace testsupport
