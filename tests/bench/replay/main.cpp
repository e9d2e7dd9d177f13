// SPDX-License-Identifier: GPL-3.0-or-later
// API servers for the benches, as many as no machine holds real ones: each on a loopback port of its own, over TLS and
// HTTP/2 as kube-apiserver speaks them, with discovery, the recorded Tables of the built-in kinds and pods, nodes and
// namespaces as watch frames in protobuf. A program of its own, so that its memory and CPU are nobody else's.
//
//     replay_server CLUSTERS PODS DATA KUBECONFIG
//
// writes the kubeconfig (contexts replay-0, replay-1, ...), says "ready" and obeys lines of its input: "events N"
// changes N pods a second over all clusters until "events 0", which is answered with "sent N, backlog BYTES". Ends with
// its input.
#include "tests/bench/replay/connection.h"
#include "tests/support/certificate_authority.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <utility>

namespace {

constexpr int kTicksASecond = 50;

/// All servers in one loop.
class Server {
public:
    Server(int clusters, int pods, const std::string& data);

    void writeKubeconfig(const std::string& file) const;
    void run();

private:
    struct Listener {
        int socket = -1;
        int port = 0;
        std::unique_ptr<replay::Cluster> cluster;
    };
    struct Peer {
        int socket = -1;
        std::unique_ptr<replay::Connection> connection;
        std::uint32_t events = 0;
    };

    static int onProtocols(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in,
                           unsigned inSize, void*);
    void listen(Listener& listener);
    void watch(int socket, void* who);
    void accept(Listener& listener);
    void work(Peer& peer);
    void settle();
    bool obey();
    void tick();

    testsupport::CertificateAuthority m_authority;
    SSL_CTX* m_tls;
    int m_epoll;
    int m_timer;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::set<std::unique_ptr<Peer>> m_peers;
    std::set<Peer*> m_woken;
    std::string m_input;
    int m_rate = 0;
    int m_ticks = 0;
    long m_sent = 0;
};

Server::Server(int clusters, int pods, const std::string& data)
    : m_tls(SSL_CTX_new(TLS_server_method()))
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_timer(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
    const testsupport::Identity identity = m_authority.issue({});
    BIO* certificate = BIO_new_mem_buf(identity.certPem.data(), static_cast<int>(identity.certPem.size()));
    BIO* key = BIO_new_mem_buf(identity.keyPem.data(), static_cast<int>(identity.keyPem.size()));
    SSL_CTX_use_certificate(m_tls, PEM_read_bio_X509(certificate, nullptr, nullptr, nullptr));
    SSL_CTX_use_PrivateKey(m_tls, PEM_read_bio_PrivateKey(key, nullptr, nullptr, nullptr));
    BIO_free(certificate);
    BIO_free(key);
    SSL_CTX_set_alpn_select_cb(m_tls, &Server::onProtocols, nullptr);
    watch(m_timer, &m_timer);
    watch(STDIN_FILENO, &m_input);
    for (int i = 0; i < clusters; ++i) {
        Listener& listener = *m_listeners.emplace_back(std::make_unique<Listener>());
        listener.cluster = std::make_unique<replay::Cluster>(i, pods, data);
        listen(listener);
    }
    const timespec step{0, 1'000'000'000 / kTicksASecond};
    const itimerspec time{step, step};
    timerfd_settime(m_timer, 0, &time, nullptr);
}

int Server::onProtocols(SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in, unsigned inSize,
                        void*) {
    static const unsigned char http2[] = "\x02h2";
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, size, http2, 3, in, inSize) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

void Server::listen(Listener& listener) {
    listener.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener.socket, generic, size) != 0 || ::listen(listener.socket, 16) != 0 ||
        ::getsockname(listener.socket, generic, &size) != 0) {
        std::perror("replay_server");
        std::exit(1);
    }
    listener.port = ntohs(address.sin_port);
    watch(listener.socket, &listener);
}

void Server::watch(int socket, void* who) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = who;
    epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &event);
}

void Server::writeKubeconfig(const std::string& file) const {
    std::ofstream authority(file + ".ca");
    authority << m_authority.pem();
    std::ofstream out(file);
    out << "apiVersion: v1\nkind: Config\ncurrent-context: replay-0\nusers:\n- name: user\n  user: {token: abc}\n";
    std::string contexts = "contexts:\n";
    out << "clusters:\n";
    for (std::size_t i = 0; i < m_listeners.size(); ++i) {
        const std::string name = "replay-" + std::to_string(i);
        out << "- name: " << name << "\n  cluster: {server: \"https://127.0.0.1:" << m_listeners[i]->port
            << "\", certificate-authority: \"" << file << ".ca\"}\n";
        contexts += "- name: " + name + "\n  context: {cluster: " + name + ", user: user}\n";
    }
    out << contexts;
}

void Server::accept(Listener& listener) {
    const int socket = ::accept4(listener.socket, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0)
        return;
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    auto peer = std::make_unique<Peer>();
    peer->socket = socket;
    peer->connection = std::make_unique<replay::Connection>(socket, m_tls, *listener.cluster);
    peer->connection->onWoken = [this, raw = peer.get()] { m_woken.insert(raw); };
    watch(socket, peer.get());
    peer->events = EPOLLIN;
    m_peers.insert(std::move(peer));
}

void Server::work(Peer& peer) {
    if (!peer.connection->work()) {
        m_woken.erase(&peer);
        peer.connection.reset(); // closes the socket, which takes it out of epoll
        std::erase_if(m_peers, [&peer](const auto& owned) { return owned.get() == &peer; });
        return;
    }
    epoll_event event{};
    const std::uint32_t wanted = peer.connection->wantsToWrite() ? EPOLLIN | EPOLLOUT : EPOLLIN;
    event.events = wanted;
    event.data.ptr = &peer;
    if (wanted != std::exchange(peer.events, wanted))
        epoll_ctl(m_epoll, EPOLL_CTL_MOD, peer.socket, &event);
}

bool Server::obey() {
    std::array<char, 256> buffer;
    const ssize_t size = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (size <= 0)
        return false;
    m_input.append(buffer.data(), static_cast<std::size_t>(size));
    for (std::size_t end = 0; (end = m_input.find('\n')) != std::string::npos; m_input.erase(0, end + 1)) {
        if (!m_input.starts_with("events "))
            continue;
        m_rate = std::atoi(m_input.c_str() + 7);
        if (m_rate > 0) {
            m_sent = 0;
            continue;
        }
        std::size_t backlog = 0;
        for (const auto& listener : m_listeners)
            backlog = std::max(backlog, listener->cluster->backlog());
        std::printf("sent %ld, backlog %zu\n", m_sent, backlog);
        std::fflush(stdout);
    }
    return true;
}

void Server::tick() {
    std::uint64_t expirations = 0;
    if (::read(m_timer, &expirations, sizeof expirations) != static_cast<ssize_t>(sizeof expirations))
        return;
    for (std::uint64_t i = 0; i < expirations; ++i) {
        if (++m_ticks % kTicksASecond == 0) {
            for (const auto& listener : m_listeners)
                listener->cluster->tick();
        }
    }
    const int each = m_rate * static_cast<int>(expirations) / kTicksASecond / static_cast<int>(m_listeners.size());
    if (each == 0)
        return;
    for (const auto& listener : m_listeners)
        listener->cluster->change(each);
    m_sent += each * static_cast<int>(m_listeners.size());
}

void Server::settle() {
    for (Peer* peer : std::exchange(m_woken, {}))
        work(*peer);
}

void Server::run() {
    std::array<epoll_event, 64> events;
    for (;;) {
        const int count = epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            void* who = events[static_cast<std::size_t>(i)].data.ptr;
            if (who == &m_input) {
                if (!obey())
                    return;
                continue;
            }
            if (who == &m_timer) {
                tick();
                continue;
            }
            const auto listener = std::find_if(m_listeners.begin(), m_listeners.end(),
                                               [who](const auto& owned) { return owned.get() == who; });
            if (listener != m_listeners.end())
                accept(**listener);
            else
                work(*static_cast<Peer*>(who));
        }
        settle();
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "usage: replay_server CLUSTERS PODS DATA KUBECONFIG\n");
        return 2;
    }
    ::signal(SIGPIPE, SIG_IGN);
    Server server(std::atoi(argv[1]), std::atoi(argv[2]), argv[3]);
    server.writeKubeconfig(argv[4]);
    std::printf("ready\n");
    std::fflush(stdout);
    server.run();
    return 0;
}
