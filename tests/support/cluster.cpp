// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cluster.h"

#include "tests/support/certificates.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <thread>

namespace fs = std::filesystem;

namespace testbed {

namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Ports that were free a moment ago, all different: every socket is bound before the first is let go.
template <std::size_t N>
std::array<std::uint16_t, N> freePorts() {
    std::array<std::uint16_t, N> ports{};
    std::array<int, N> sockets{};
    for (std::size_t i = 0; i < N; ++i) {
        sockets[i] = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(sockets[i], generic, size) != 0 || ::getsockname(sockets[i], generic, &size) != 0)
            throw std::runtime_error("no port on loopback");
        ports[i] = ntohs(address.sin_port);
    }
    for (const int socket : sockets)
        ::close(socket);
    return ports;
}

std::string local(std::uint16_t port) {
    return "127.0.0.1:" + std::to_string(port);
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

/// Runs `done` every 20 ms until it says so or the time is up.
template <typename Done>
bool poll(int timeoutMs, Done done) {
    const auto deadline = SteadyClock::now() + milliseconds(timeoutMs);
    while (!done()) {
        if (SteadyClock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(milliseconds(20));
    }
    return true;
}

std::size_t append(const char* bytes, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(bytes, size * count);
    return size * count;
}

struct Call {
    std::string method;
    std::string url;
    std::string body;
    std::string contentType;
    fs::path identity; ///< folder with ca.crt, admin.crt and admin.key; empty: no TLS
};

/// One request on its way: what curl points into stays where it is until the handle is gone.
class Request {
public:
    explicit Request(Call call)
        : m_call(std::move(call))
        , m_handle(curl_easy_init(), curl_easy_cleanup) {
        m_headers = curl_slist_append(nullptr, ("Content-Type: " + m_call.contentType).c_str());
        CURL* handle = m_handle.get();
        curl_easy_setopt(handle, CURLOPT_URL, m_call.url.c_str());
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, m_call.method.c_str());
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, m_headers);
        curl_easy_setopt(handle, CURLOPT_NOPROXY, "*");
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_TIMEOUT, 30L);
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, &m_answer.body);
        curl_easy_setopt(handle, CURLOPT_PRIVATE, this);
        if (!m_call.body.empty()) {
            curl_easy_setopt(handle, CURLOPT_POSTFIELDS, m_call.body.data());
            curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_call.body.size()));
        }
        if (!m_call.identity.empty()) {
            curl_easy_setopt(handle, CURLOPT_CAINFO, (m_call.identity / "ca.crt").c_str());
            curl_easy_setopt(handle, CURLOPT_SSLCERT, (m_call.identity / "admin.crt").c_str());
            curl_easy_setopt(handle, CURLOPT_SSLKEY, (m_call.identity / "admin.key").c_str());
        }
    }
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;
    ~Request() { curl_slist_free_all(m_headers); }

    CURL* handle() const { return m_handle.get(); }

    Answer finish(CURLcode code) {
        if (code == CURLE_OK)
            curl_easy_getinfo(m_handle.get(), CURLINFO_RESPONSE_CODE, &m_answer.status);
        else
            m_answer.body = curl_easy_strerror(code);
        return std::move(m_answer);
    }

private:
    Call m_call;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> m_handle;
    curl_slist* m_headers = nullptr;
    Answer m_answer;
};

Answer perform(Call call) {
    Request request(std::move(call));
    return request.finish(curl_easy_perform(request.handle()));
}

/// Performs what `next` yields, at most `width` at a time, until it yields nothing more. False: one was refused.
bool performMany(std::size_t width, const std::function<std::unique_ptr<Request>()>& next) {
    const std::unique_ptr<CURLM, decltype(&curl_multi_cleanup)> multi(curl_multi_init(), curl_multi_cleanup);
    std::map<CURL*, std::unique_ptr<Request>> running;
    bool isFine = true;
    bool isMore = true;
    while (isMore || !running.empty()) {
        while (isMore && isFine && running.size() < width) {
            std::unique_ptr<Request> request = next();
            isMore = request != nullptr;
            if (!isMore)
                break;
            CURL* handle = request->handle();
            curl_multi_add_handle(multi.get(), handle);
            running[handle] = std::move(request);
        }
        isMore = isMore && isFine;
        int left = 0;
        curl_multi_perform(multi.get(), &left);
        while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
            CURL* handle = message->easy_handle;
            const CURLcode code = message->data.result;
            curl_multi_remove_handle(multi.get(), handle);
            isFine = running.at(handle)->finish(code).isOk() && isFine;
            running.erase(handle);
        }
        if (!running.empty())
            curl_multi_poll(multi.get(), nullptr, 0, 1000, nullptr);
    }
    return isFine;
}

} // namespace

const char* toString(Server server) {
    switch (server) {
    case Server::Etcd:
        return "etcd";
    case Server::ApiServer:
        return "kube-apiserver";
    case Server::ControllerManager:
        return "kube-controller-manager";
    case Server::Scheduler:
        return "kube-scheduler";
    case Server::Kwok:
        return "kwok";
    case Server::NodeAgent:
        return "nodeagent";
    }
    return "";
}

Cluster::Cluster(std::string name, ClusterOptions options, fs::path bin, fs::path folder, fs::path kubeconfig)
    : m_name(std::move(name))
    , m_options(std::move(options))
    , m_bin(std::move(bin))
    , m_folder(std::move(folder))
    , m_kubeconfig(std::move(kubeconfig)) {
    fs::create_directories(logFolder());
    if (!fs::exists(m_bin / toString(Server::ControllerManager)))
        m_options.beside = Beside::Nothing;
    const auto ports = freePorts<5>();
    m_ports = {ports[0], ports[1], ports[2], ports[3], ports[4]};
    writeFiles();
}

Cluster::~Cluster() {
    for (std::size_t i = serverCount; i-- > 0;)
        m_processes[i].kill(); // nothing in them is worth a graceful end
}

std::string Cluster::url() const {
    return "https://" + local(m_ports.api);
}

std::string Cluster::etcdUrl() const {
    return "http://" + local(m_ports.etcd);
}

void Cluster::writeFiles() {
    const Authority authority(m_name + "-ca");
    write(authorityFile(), authority.certificate());
    const auto issue = [&](const char* file, const char* user, const std::vector<std::string>& groups,
                           const std::vector<std::string>& names) {
        const Identity identity = authority.issue(user, groups, names);
        write(m_folder / (std::string(file) + ".crt"), identity.certificate);
        write(m_folder / (std::string(file) + ".key"), identity.key);
    };
    issue("apiserver", "kube-apiserver", {},
          {"IP:127.0.0.1", "IP:10.96.0.1", "DNS:localhost", "DNS:kubernetes.default.svc"});
    issue("kubelet", "node-agent", {}, {"IP:127.0.0.1"});
    const struct {
        const char* file;
        const char* user;
        std::vector<std::string> groups;
    } clients[] = {{"admin", "admin", {"system:masters"}},
                   {"controllers", "system:kube-controller-manager", {}},
                   {"scheduler", "system:kube-scheduler", {}},
                   {"kwok", "kwok", {"system:masters"}},
                   {"to-kubelet", "kube-apiserver-kubelet-client", {"system:masters"}}};
    for (const auto& client : clients) {
        issue(client.file, client.user, client.groups, {});
        const std::string base = (m_folder / client.file).string();
        write(base + ".kubeconfig", "apiVersion: v1\nkind: Config\ncurrent-context: it\n"
                                    "contexts: [{name: it, context: {cluster: it, user: it}}]\n"
                                    "clusters: [{name: it, cluster: {server: \"" +
                                        url() + "\", certificate-authority: \"" + authorityFile().string() +
                                        "\"}}]\nusers: [{name: it, user: {client-certificate: \"" + base +
                                        ".crt\", client-key: \"" + base + ".key\"}}]\n");
    }
    const Identity signing = makeSigningKey();
    write(m_folder / "service-accounts.key", signing.key);
    write(m_folder / "service-accounts.pub", signing.certificate);
    write(m_folder / "tokens.csv", token() + ",alice,alice,\"team-a\"\n");
    write(execPlugin(),
          "#!/bin/sh\n"
          "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\"status\":"
          "{\"token\":\"" +
              token() + "\"}}'\n");
    fs::permissions(execPlugin(), fs::perms::owner_all);
}

std::vector<std::string> Cluster::command(Server server) const {
    const auto file = [this](const char* name) { return (m_folder / name).string(); };
    std::vector<std::string> words{(m_bin / toString(server)).string()};
    const auto add = [&words](std::initializer_list<std::string> more) { words.insert(words.end(), more); };
    switch (server) {
    case Server::Etcd: {
        const std::string peer = "http://" + local(m_ports.peer);
        // Data on a test's disk need not outlive a power cut; half a million pods need more than the default quota.
        add({"--name", m_name, "--data-dir", file("etcd"), "--unsafe-no-fsync", "--listen-client-urls", etcdUrl(),
             "--advertise-client-urls", etcdUrl(), "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
             "--initial-cluster", m_name + "=" + peer, "--quota-backend-bytes", "8589934592"});
        break;
    }
    case Server::ApiServer:
        if (m_options.version == ApiVersion::Oldest)
            words.front() += "-1.34";
        add({"--etcd-servers",
             etcdUrl(),
             "--bind-address",
             "127.0.0.1",
             "--advertise-address",
             "127.0.0.1",
             "--secure-port",
             std::to_string(m_ports.api),
             "--tls-cert-file",
             file("apiserver.crt"),
             "--tls-private-key-file",
             file("apiserver.key"),
             "--client-ca-file",
             file("ca.crt"),
             "--token-auth-file",
             file("tokens.csv"),
             "--authorization-mode",
             "Node,RBAC",
             "--service-account-issuer",
             "https://kubernetes.default.svc",
             "--service-account-key-file",
             file("service-accounts.pub"),
             "--service-account-signing-key-file",
             file("service-accounts.key"),
             "--service-cluster-ip-range",
             "10.96.0.0/16",
             "--allow-privileged",
             "--kubelet-client-certificate",
             file("to-kubelet.crt"),
             "--kubelet-client-key",
             file("to-kubelet.key")});
        if (m_options.beside == Beside::Nothing) // nobody makes the default service accounts that it would ask for
            add({"--disable-admission-plugins", "ServiceAccount"});
        words.insert(words.end(), m_options.apiServerFlags.begin(), m_options.apiServerFlags.end());
        break;
    case Server::ControllerManager:
        add({"--kubeconfig", file("controllers.kubeconfig"), "--secure-port", "0", "--leader-elect=false",
             "--use-service-account-credentials", "--service-account-private-key-file", file("service-accounts.key"),
             "--root-ca-file", file("ca.crt")});
        break;
    case Server::Scheduler:
        add({"--kubeconfig", file("scheduler.kubeconfig"), "--secure-port", "0", "--leader-elect=false"});
        break;
    case Server::Kwok:
        add({"--kubeconfig",
             file("kwok.kubeconfig"),
             "--config",
             (m_bin / "kwok.yaml").string(),
             "--manage-nodes-with-annotation-selector",
             "kwok.x-k8s.io/node=fake",
             "--node-lease-duration-seconds",
             "40",
             "--cidr",
             "10.244.0.0/16",
             "--node-ip",
             "127.0.0.1",
             "--node-port",
             std::to_string(m_ports.agent),
             "--tls-cert-file",
             file("kubelet.crt"),
             "--tls-private-key-file",
             file("kubelet.key"),
             "--server-address",
             local(m_ports.kwok)});
        break;
    case Server::NodeAgent:
        add({"-listen", local(m_ports.agent), "-cert", file("kubelet.crt"), "-key", file("kubelet.key"), "-kwok",
             local(m_ports.kwok), "-logs", logFolder().string()});
        break;
    }
    return words;
}

void Cluster::launch(Server server) {
    // A folder that KUBEBUILDER_ASSETS names may hold some of them only.
    if (!fs::exists(command(server).front()))
        return;
    process(server).start(command(server), m_folder / (std::string(toString(server)) + ".log"));
}

void Cluster::launch() {
    launch(Server::Etcd);
    launch(Server::ApiServer);
}

std::string Cluster::settle() {
    if (!waitUntilReady())
        return "the API server does not get ready\n" + tail(Server::ApiServer);
    if (m_options.beside == Beside::Controllers) {
        for (const Server server : {Server::ControllerManager, Server::Scheduler, Server::Kwok, Server::NodeAgent})
            launch(server);
    }
    std::string failed =
        make("/api/v1/namespaces", R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team-a"}})");
    if (failed.empty())
        failed =
            make("/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/rolebindings",
                 R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"alice"},)"
                 R"("roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"edit"},)"
                 R"("subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"alice"}]})");
    for (int i = 0; i < m_options.nodes && failed.empty(); ++i) {
        const std::string node = "node-" + std::to_string(i);
        failed = make("/api/v1/nodes", R"({"apiVersion":"v1","kind":"Node","metadata":{"name":")" + node +
                                           R"(","annotations":{"kwok.x-k8s.io/node":"fake"},"labels":{)"
                                           R"("kubernetes.io/hostname":")" +
                                           node + R"(","kubernetes.io/os":"linux"}}})");
    }
    if (!failed.empty() || m_options.beside == Beside::Nothing)
        return failed;
    // Pods can be made once the controllers have made the service accounts that admission asks for, and alice may do
    // something once they have put together what the role "edit" allows.
    const std::string mayAlice = R"({"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview","spec":{)"
                                 R"("user":"alice","resourceAttributes":{"namespace":"team-a","verb":"list",)"
                                 R"("resource":"pods"}}})";
    const bool usable = poll(60000, [this, &mayAlice] {
        return api("GET", "/api/v1/namespaces/team-a/serviceaccounts/default").isOk() &&
               api("GET", "/api/v1/namespaces/default/serviceaccounts/default").isOk() &&
               api("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", mayAlice)
                       .body.find("\"allowed\":true") != std::string::npos;
    });
    return usable ? "" : "the controllers do not get ready\n" + tail(Server::ControllerManager);
}

bool Cluster::waitUntilReady(int timeoutMs) {
    return poll(timeoutMs, [this] { return api("GET", "/readyz").isOk() || !isRunning(Server::ApiServer); }) &&
           isRunning(Server::ApiServer);
}

std::string Cluster::make(const std::string& path, const std::string& object) const {
    const Answer answer = api("POST", path, object);
    constexpr long alreadyThere = 409;
    return answer.isOk() || answer.status == alreadyThere ? "" : "POST " + path + ": " + answer.body;
}

bool Cluster::lostItsPort() const {
    for (const Server server : {Server::Etcd, Server::ApiServer, Server::Kwok, Server::NodeAgent}) {
        if (tail(server).find("address already in use") != std::string::npos)
            return true;
    }
    return false;
}

std::string Cluster::tail(Server server) const {
    std::ifstream log(m_folder / (std::string(toString(server)) + ".log"));
    const std::string text{std::istreambuf_iterator<char>(log), {}};
    return text.substr(text.size() - std::min<std::size_t>(text.size(), 2000));
}

bool Cluster::isRunning(Server server) {
    return process(server).isRunning();
}

pid_t Cluster::pid(Server server) const {
    return m_processes[static_cast<std::size_t>(server)].pid();
}

void Cluster::stop(Server server) {
    process(server).terminate();
}

void Cluster::kill(Server server) {
    process(server).kill();
}

void Cluster::pause(Server server) {
    process(server).pause();
}

void Cluster::resume(Server server) {
    process(server).resume();
}

bool Cluster::start(Server server) {
    if (!isRunning(server))
        launch(server);
    return server == Server::ApiServer ? waitUntilReady() : isRunning(server);
}

Ran Cluster::kubectl(std::vector<std::string> arguments, const std::string& input) {
    std::vector<std::string> words{(m_bin / "kubectl").string(), "--kubeconfig", m_kubeconfig.string()};
    bool namesContext = false;
    for (const std::string& argument : arguments)
        namesContext = namesContext || argument.starts_with("--context");
    if (!namesContext) {
        words.emplace_back("--context");
        words.push_back(context());
    }
    words.insert(words.end(), std::make_move_iterator(arguments.begin()), std::make_move_iterator(arguments.end()));
    RunOptions options;
    options.input = input;
    options.environment = {{"HOME", m_folder.string()}, {"KUBECACHEDIR", (m_folder / "kube-cache").string()}};
    options.timeoutMs = 120000;
    return run(words, options);
}

Answer Cluster::api(const std::string& method, const std::string& path, const std::string& body,
                    const std::string& contentType) const {
    return perform({method, url() + path, body, contentType, m_folder});
}

bool Cluster::putInEtcd(const std::vector<std::pair<std::string, std::string>>& objects) const {
    // One request an object: what shares a transaction shares its revision too, and no two objects of an API server do.
    constexpr std::size_t width = 16;
    std::size_t at = 0;
    return performMany(width, [&]() -> std::unique_ptr<Request> {
        if (at == objects.size())
            return nullptr;
        const auto& [key, object] = objects[at++];
        return std::make_unique<Request>(
            Call{"POST",
                 etcdUrl() + "/v3/kv/put",
                 R"({"key":")" + toBase64(key) + R"(","value":")" + toBase64(object) + R"("})",
                 "application/json",
                 {}});
    });
}

bool Cluster::deleteFromEtcd(const std::string& key) const {
    return perform({"POST",
                    etcdUrl() + "/v3/kv/deleterange",
                    R"({"key":")" + toBase64(key) + R"("})",
                    "application/json",
                    {}})
        .isOk();
}

} // namespace testbed
