// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/failure.h"
#include "core/net/socket_handshake.h"
#include "core/net/transfer.h"

#include <sys/socket.h>

#include <algorithm>
#include <charconv>

namespace net {

namespace {

using base::Error;
using base::ErrorCode;

constexpr long connectTimeoutMs = 9000;
// Not below HTTP/2's largest frame, though each transfer has one: curl 7.88 writes past a smaller one.
constexpr long readBuffer = 16384;

// The endpoint outlives the transfer, and curl copies what a connection keeps.
curl_blob blob(const std::string& pem) {
    curl_blob result{};
    result.data = const_cast<char*>(pem.data()); // curl's interface is not const, but reads only
    result.len = pem.size();
    result.flags = CURL_BLOB_NOCOPY;
    return result;
}

void setUpTls(CURL* easy, const EndpointState& state) {
    const Endpoint& endpoint = *state.endpoint;
    const long verify = endpoint.insecureSkipVerify ? 0 : 1;
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, verify);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, verify * 2);
    // A resumed session skips the verification of the certificate; one full handshake a connection is cheap.
    curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    if (!endpoint.caPem.empty()) {
        curl_blob ca = blob(endpoint.caPem);
        curl_easy_setopt(easy, CURLOPT_CAINFO_BLOB, &ca);
        // Debian's curl would trust the system's folder of authorities beside the given ones.
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO_BLOB, &ca);
    }
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYPEER, verify);
    curl_easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYHOST, verify * 2);
    if (!endpoint.clientCertPem.empty()) {
        curl_blob certificate = blob(endpoint.clientCertPem);
        curl_blob key = blob(endpoint.clientKeyPem.empty() ? endpoint.clientCertPem : endpoint.clientKeyPem);
        curl_easy_setopt(easy, CURLOPT_SSLCERT_BLOB, &certificate);
        curl_easy_setopt(easy, CURLOPT_SSLCERTTYPE, "PEM");
        curl_easy_setopt(easy, CURLOPT_SSLKEY_BLOB, &key);
        curl_easy_setopt(easy, CURLOPT_SSLKEYTYPE, "PEM");
        // Without a pass phrase OpenSSL would ask for one on the terminal.
        curl_easy_setopt(easy, CURLOPT_KEYPASSWD, "");
    }
}

bool appendHeader(curl_slist*& list, std::string_view name, std::string_view value) {
    if (name.empty() || name.find_first_of("\r\n: ") != std::string_view::npos ||
        value.find_first_of("\r\n") != std::string_view::npos)
        return false;
    std::string line(name);
    // "Name:" alone would remove the header, "Name;" sends it empty.
    line += value.empty() ? std::string(";") : ": " + std::string(value);
    list = curl_slist_append(list, line.c_str());
    return true;
}

bool setUpHeaders(Transfer& transfer) {
    curl_slist*& list = transfer.headers;
    const Headers& headers = transfer.request.headers;
    for (const auto& [name, value] : headers) {
        if (!appendHeader(list, name, value))
            return false;
    }
    if (header(headers, "User-Agent").empty())
        appendHeader(list, "User-Agent", "quarterdeck");
    if (SocketState* socket = transfer.webSocket.get()) {
        socket->key = makeSocketKey();
        for (const auto& [name, value] : socketHeaders(socket->key, socket->options.protocols)) {
            if (!appendHeader(list, name, value))
                return false;
        }
        list = curl_slist_append(list, "Transfer-Encoding:");
    } else if (header(headers, "Accept-Encoding").empty() && !transfer.state->endpoint->disableCompression) {
        appendHeader(list, "Accept-Encoding", "gzip");
    }
    if (header(headers, "Content-Type").empty())
        list = curl_slist_append(list, "Content-Type:");
    list = curl_slist_append(list, "Expect:");
    const Endpoint& endpoint = *transfer.state->endpoint;
    if (!endpoint.tlsServerName.empty() && header(headers, "Host").empty())
        appendHeader(list, "Host",
                     transfer.state->url.explicitPort ? displayAddress(transfer.state->url) : transfer.state->url.host);
    curl_easy_setopt(transfer.easy, CURLOPT_HTTPHEADER, list);
    return true;
}

std::size_t readBody(char* buffer, std::size_t size, std::size_t count, void* data) {
    Transfer& transfer = *static_cast<Transfer*>(data);
    const std::size_t rest = transfer.request.body.size() - transfer.bodySent;
    const std::size_t taken = std::min(rest, size * count);
    std::copy_n(transfer.request.body.data() + transfer.bodySent, taken, buffer);
    transfer.bodySent += taken;
    return taken;
}

// curl sends a request again when a connection that was used before ends without an answer. What is not safe to do
// twice must not be: once body bytes went out it cannot be rewound.
int rewindBody(void* data, curl_off_t offset, int) {
    Transfer& transfer = *static_cast<Transfer*>(data);
    const std::string& method = transfer.request.method;
    const bool repeatable = method == "GET" || method == "PUT" || method == "DELETE";
    if (offset < 0 || (transfer.bodySent > 0 && !repeatable))
        return CURL_SEEKFUNC_FAIL;
    transfer.bodySent = static_cast<std::size_t>(offset);
    return CURL_SEEKFUNC_OK;
}

void setUpMethod(Transfer& transfer) {
    CURL* easy = transfer.easy;
    const Request& request = transfer.request;
    if (transfer.webSocket) {
        // A GET with a body of no stated length: after the answer 101 curl passes bytes both ways as they are.
        curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, "GET");
        // A proxy would read a plain request itself, and drop what asks for the switch.
        curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
        return;
    }
    if (request.method == "HEAD") {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        return;
    }
    if (request.body.empty() && request.method == "GET") {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH") {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, &readBody);
        curl_easy_setopt(easy, CURLOPT_READDATA, &transfer);
        curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, &rewindBody);
        curl_easy_setopt(easy, CURLOPT_SEEKDATA, &transfer);
    }
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

// With a server name of its own the URL names that, so that curl sends and verifies it, and the connection is led to
// the real host; the Host header stays the real host's, as Go has it.
void setUpAddress(Transfer& transfer) {
    const Endpoint& endpoint = *transfer.state->endpoint;
    const UrlParts& url = transfer.state->url;
    std::string address = endpoint.url;
    while (address.ends_with('/'))
        address.pop_back();
    if (url.scheme == "https" && !endpoint.tlsServerName.empty()) {
        UrlParts named = url;
        named.host = endpoint.tlsServerName;
        address = "https://" + displayAddress(named) + (url.path == "/" ? std::string() : url.path);
        while (address.ends_with('/'))
            address.pop_back();
        curl_slist* route = curl_slist_append(nullptr, ("::" + displayAddress(url)).c_str());
        curl_easy_setopt(transfer.easy, CURLOPT_CONNECT_TO, route);
        transfer.route = route;
    }
    curl_easy_setopt(transfer.easy, CURLOPT_URL, (address + transfer.request.target).c_str());
    curl_easy_setopt(transfer.easy, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(transfer.easy, CURLOPT_PROTOCOLS_STR, "http,https");
    // Set even when empty: otherwise curl would look at the environment by rules of its own.
    curl_easy_setopt(transfer.easy, CURLOPT_PROXY, transfer.state->proxy.c_str());
    curl_easy_setopt(transfer.easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(transfer.easy, CURLOPT_HEADEROPT, long(CURLHEADER_SEPARATE));
    curl_easy_setopt(transfer.easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

std::int64_t readTime(CURL* easy, CURLINFO what) {
    curl_off_t value = 0;
    curl_easy_getinfo(easy, what, &value);
    return value;
}

bool isConnected(int socket) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    return getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) == 0;
}

} // namespace

std::optional<Error> setUpEasy(Transfer& transfer) {
    CURL* easy = transfer.easy;
    setUpAddress(transfer);
    setUpTls(easy, *transfer.state);
    setUpMethod(transfer);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.errorText.data());
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     long(transfer.webSocket ? CURL_HTTP_VERSION_1_1 : CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, readBuffer);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, connectTimeoutMs);
    // Otherwise giving up a name lookup joins its thread, which hangs as long as the name server is silent.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    if (!sharesConnection(transfer)) {
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    }
    if (transfer.request.inspection) {
        curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
    }
    if (!setUpHeaders(transfer)) {
        Error error;
        error.code = ErrorCode::BadInput;
        error.message = "a header of the request to " + displayAddress(transfer.state->url) + " cannot be sent";
        return error;
    }
    return std::nullopt;
}

Timings readTimings(const Transfer& transfer) {
    Timings timings;
    CURL* easy = transfer.easy;
    const std::int64_t queued = transfer.startedUs - transfer.askedUs;
    long fresh = 0;
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &fresh);
    const auto since = [queued](std::int64_t value) { return value > 0 ? value + queued : -1; };
    if (fresh > 0) {
        timings.nameLookup = since(readTime(easy, CURLINFO_NAMELOOKUP_TIME_T));
        timings.connect = since(readTime(easy, CURLINFO_CONNECT_TIME_T));
        timings.tls = since(readTime(easy, CURLINFO_APPCONNECT_TIME_T));
    }
    timings.firstByte = since(readTime(easy, CURLINFO_STARTTRANSFER_TIME_T));
    timings.total = since(readTime(easy, CURLINFO_TOTAL_TIME_T));
    return timings;
}

base::Error readFailure(const Transfer& transfer, CURLcode code, std::int64_t waitedMs) {
    const EndpointState& state = *transfer.state;
    Failure failure;
    failure.code = code;
    failure.detail = transfer.errorText.data();
    failure.server = displayAddress(state.url);
    failure.serverName = state.endpoint->tlsServerName.empty() ? state.url.host : state.endpoint->tlsServerName;
    failure.proxy = state.proxyDisplay;
    failure.waitedMs = waitedMs;
    failure.asked = transfer.phase == Transfer::Phase::Asked;
    failure.answered = transfer.headDone;
    if (transfer.easy) {
        curl_easy_getinfo(transfer.easy, CURLINFO_OS_ERRNO, &failure.osError);
        curl_easy_getinfo(transfer.easy, CURLINFO_SSL_VERIFYRESULT, &failure.verifyResult);
        curl_easy_getinfo(transfer.easy, CURLINFO_HTTP_CONNECTCODE, &failure.proxyStatus);
        failure.nameKnown = failure.asked || readTime(transfer.easy, CURLINFO_NAMELOOKUP_TIME_T) > 0;
        // curl's own time of the connect is only filled in when the TLS handshake is done, too.
        failure.connected = failure.asked || std::any_of(transfer.sockets.begin(), transfer.sockets.end(), isConnected);
        failure.secured = failure.asked || readTime(transfer.easy, CURLINFO_APPCONNECT_TIME_T) > 0;
    }
    return describeFailure(failure);
}

void inspect(const Transfer& transfer) {
    Inspection& seen = *transfer.request.inspection;
    seen.proxy = transfer.state->proxyDisplay;
    if (!transfer.easy)
        return;
    CURL* easy = transfer.easy;
    seen.timings = readTimings(transfer);
    seen.nameKnown = readTime(easy, CURLINFO_NAMELOOKUP_TIME_T) > 0;
    // Its sockets are closed by now where it failed, so what failed has to tell.
    const bool pastConnect = transfer.code != CURLE_OK && transfer.code != CURLE_COULDNT_RESOLVE_HOST &&
                             transfer.code != CURLE_COULDNT_RESOLVE_PROXY && transfer.code != CURLE_COULDNT_CONNECT &&
                             transfer.code != CURLE_OPERATION_TIMEDOUT && transfer.code != CURLE_URL_MALFORMAT;
    seen.connected = transfer.everConnected || pastConnect ||
                     std::any_of(transfer.sockets.begin(), transfer.sockets.end(), isConnected);
    seen.secured = transfer.everConnected;
    const char* address = nullptr;
    long port = 0;
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &address);
    curl_easy_getinfo(easy, CURLINFO_PRIMARY_PORT, &port);
    if (address && *address != '\0') {
        UrlParts parts;
        parts.host = address;
        parts.port = static_cast<int>(port);
        seen.address = displayAddress(parts);
    }
    curl_certinfo* chain = nullptr;
    if (curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain) != CURLE_OK || !chain)
        return;
    for (int i = 0; i < chain->num_of_certs; ++i) {
        for (const curl_slist* entry = chain->certinfo[i]; entry; entry = entry->next) {
            if (const std::string_view line = entry->data; line.starts_with("Cert:"))
                seen.chainPem += std::string(line.substr(5)) + "\n";
        }
    }
}

std::optional<std::int64_t> retryAfterMs(std::string_view value, std::int64_t nowMs) {
    constexpr std::int64_t longest = 300000;
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error == std::errc() && end == value.data() + value.size())
        return seconds < 0 ? 0 : std::min(seconds, longest / 1000) * 1000;
    const std::time_t date = curl_getdate(std::string(value).c_str(), nullptr);
    if (date == -1)
        return std::nullopt;
    return std::clamp(std::int64_t(date) * 1000 - nowMs, std::int64_t(0), longest);
}

} // namespace net
