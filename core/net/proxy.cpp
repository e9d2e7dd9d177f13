// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/proxy.h"

#include "core/net/http.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

namespace net {

namespace {

using base::ErrorCode;
using base::fail;

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

std::optional<int> parseNumber(std::string_view text, int max) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > max)
        return std::nullopt;
    return value;
}

struct HostPort {
    std::string_view host;
    std::string_view port; // empty for none
};

// "[::1]:80", "host:80", "host", "::1".
HostPort splitHostPort(std::string_view text) {
    if (!text.empty() && text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return {text, {}};
        const std::string_view rest = text.substr(close + 1);
        return {text.substr(1, close - 1), rest.starts_with(':') ? rest.substr(1) : std::string_view()};
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos)
        return {text, {}};
    return {text.substr(0, colon), text.substr(colon + 1)};
}

// IPv4 as its 16-byte mapped form, so that both families compare alike.
using Address = std::array<std::uint8_t, 16>;

std::optional<Address> parseAddress(std::string_view text) {
    const std::string host(text);
    Address address{};
    if (inet_pton(AF_INET6, host.c_str(), address.data()) == 1)
        return address;
    in_addr v4{};
    if (inet_pton(AF_INET, host.c_str(), &v4) != 1)
        return std::nullopt;
    address.fill(0);
    address[10] = address[11] = 0xff;
    std::memcpy(address.data() + 12, &v4, 4);
    return address;
}

bool isMapped(const Address& address) {
    static constexpr std::array<std::uint8_t, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::memcmp(address.data(), prefix.data(), prefix.size()) == 0;
}

bool isLoopback(const Address& address) {
    if (isMapped(address))
        return address[12] == 127;
    static constexpr Address one{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    return address == one;
}

bool sharesPrefix(const Address& a, const Address& b, int bits) {
    for (std::size_t i = 0; i < a.size() && bits > 0; ++i, bits -= 8) {
        const auto mask = static_cast<std::uint8_t>(bits >= 8 ? 0xff : 0xff << (8 - bits));
        if ((a[i] & mask) != (b[i] & mask))
            return false;
    }
    return true;
}

// nullopt when `entry` is no CIDR at all.
std::optional<bool> matchesCidr(std::string_view entry, const std::optional<Address>& address) {
    const std::size_t slash = entry.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const std::optional<Address> network = parseAddress(entry.substr(0, slash));
    if (!network)
        return std::nullopt;
    const bool v4 = entry.substr(0, slash).find(':') == std::string_view::npos;
    const std::optional<int> bits = parseNumber(entry.substr(slash + 1), v4 ? 32 : 128);
    if (!bits)
        return std::nullopt;
    return address && isMapped(*address) == v4 && sharesPrefix(*address, *network, v4 ? *bits + 96 : *bits);
}

bool matchesName(std::string_view entry, std::string_view host) {
    if (entry.starts_with("*."))
        entry.remove_prefix(1);
    if (entry.starts_with('.'))
        return host.size() > entry.size() && host.ends_with(entry);
    return host == entry ||
           (host.size() > entry.size() && host.ends_with(entry) && host[host.size() - entry.size() - 1] == '.');
}

bool isExcepted(std::string_view noProxy, const UrlParts& url) {
    const std::optional<Address> address = parseAddress(url.host);
    while (!noProxy.empty()) {
        const std::size_t comma = noProxy.find(',');
        const std::string entry = lowered(trimmed(noProxy.substr(0, comma)));
        noProxy = comma == std::string_view::npos ? std::string_view() : noProxy.substr(comma + 1);
        if (entry.empty())
            continue;
        if (entry == "*")
            return true;
        if (const std::optional<bool> matched = matchesCidr(entry, address)) {
            if (*matched)
                return true;
            continue;
        }
        const HostPort target = splitHostPort(entry);
        if (!target.port.empty() && target.port != std::to_string(url.port))
            continue;
        if (target.host.empty())
            continue;
        if (const std::optional<Address> excepted = parseAddress(target.host)) {
            if (address && *address == *excepted)
                return true;
        } else if (matchesName(target.host, url.host)) {
            return true;
        }
    }
    return false;
}

std::string firstSet(std::span<const char* const> names) {
    for (const char* name : names) {
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
            return value;
    }
    return {};
}

} // namespace

base::Result<UrlParts> splitUrl(std::string_view url) {
    const std::size_t mark = url.find("://");
    if (mark == std::string_view::npos || mark == 0)
        return fail(ErrorCode::BadInput, "the server's address is no URL with a scheme and a host");
    UrlParts parts;
    parts.scheme = lowered(url.substr(0, mark));
    url.remove_prefix(mark + 3);
    const std::size_t pathStart = url.find_first_of("/?#");
    std::string_view authority = url.substr(0, pathStart);
    if (pathStart != std::string_view::npos) {
        const std::string_view rest = url.substr(pathStart);
        parts.path = rest.substr(0, rest.find_first_of("?#"));
    }
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    const HostPort address = splitHostPort(authority);
    parts.host = lowered(address.host);
    if (parts.host.empty() || parts.host.front() == '[')
        return fail(ErrorCode::BadInput, "the server's URL names no host");
    if (!address.port.empty()) {
        const std::optional<int> port = parseNumber(address.port, 65535);
        if (!port)
            return fail(ErrorCode::BadInput, "the port in the server's URL is no number up to 65535");
        parts.port = *port;
        parts.explicitPort = true;
    } else {
        parts.port = parts.scheme == "https" ? 443 : parts.scheme == "http" ? 80 : 0;
    }
    return parts;
}

ProxyEnvironment ProxyEnvironment::read() {
    ProxyEnvironment environment;
    static constexpr std::array https{"HTTPS_PROXY", "https_proxy"};
    static constexpr std::array http{"HTTP_PROXY", "http_proxy"};
    static constexpr std::array no{"NO_PROXY", "no_proxy"};
    environment.https = firstSet(https);
    // A CGI program's environment holds the client's headers: there HTTP_PROXY is a header named Proxy.
    if (std::getenv("REQUEST_METHOD") == nullptr)
        environment.http = firstSet(http);
    environment.noProxy = firstSet(no);
    return environment;
}

std::string ProxyEnvironment::proxyFor(const UrlParts& url) const {
    const std::string& proxy = url.scheme == "https" ? https : http;
    if (proxy.empty() || url.host == "localhost")
        return {};
    if (const std::optional<Address> address = parseAddress(url.host); address && isLoopback(*address))
        return {};
    return isExcepted(noProxy, url) ? std::string() : proxy;
}

base::Result<std::string> curlProxyUrl(std::string_view proxy) {
    proxy = trimmed(proxy);
    const std::string url = (proxy.find("://") == std::string_view::npos ? "http://" : "") + std::string(proxy);
    const base::Result<UrlParts> parts = splitUrl(url);
    if (!parts)
        return fail(ErrorCode::BadInput, "the proxy's address cannot be understood");
    std::string scheme = parts->scheme;
    int port = parts->port;
    if (scheme == "socks5" || scheme == "socks5h") {
        scheme = "socks5h"; // curl's word for a proxy that resolves
        port = parts->explicitPort ? port : 1080;
    } else if (scheme != "http" && scheme != "https") {
        return fail(ErrorCode::BadInput, "the proxy's scheme \"" + scheme + "\" is not http, https or socks5");
    }
    std::string authority = url.substr(parts->scheme.size() + 3);
    authority.resize(std::min(authority.find_first_of("/?#"), authority.size()));
    return scheme + "://" + authority + (parts->explicitPort ? "" : ":" + std::to_string(port));
}

std::string displayAddress(const UrlParts& url) {
    const bool v6 = url.host.find(':') != std::string::npos;
    return (v6 ? "[" + url.host + "]" : url.host) + ":" + std::to_string(url.port);
}

} // namespace net
