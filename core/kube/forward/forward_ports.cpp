// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/forward_ports.h"

#include "core/base/text.h"
#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <set>

namespace kube {

namespace {

using describe::at;
using describe::Json;
using describe::text;

constexpr std::int64_t kMostPort = 65535;

tl::unexpected<base::Error> wrong(std::string message) {
    return base::fail(base::ErrorCode::BadInput, std::move(message));
}

std::optional<std::uint16_t> portNumber(std::string_view text) {
    if (text.empty() || text.front() == '+' || text.front() == '-')
        return std::nullopt;
    const std::optional<std::int64_t> number = base::parseNumber(text);
    if (!number || *number > kMostPort)
        return std::nullopt;
    return static_cast<std::uint16_t>(*number);
}

std::uint16_t numberIn(const Json& value) {
    if (!value.is_number_integer())
        return 0;
    const auto number = value.get<std::int64_t>();
    return number > 0 && number <= kMostPort ? static_cast<std::uint16_t>(number) : std::uint16_t(0);
}

const Json& listAt(const Json& object, std::initializer_list<const char*> path) {
    static const Json kNone = Json::array();
    const Json& list = at(object, path);
    return list.is_array() ? list : kNone;
}

std::string nameOf(const Json& object) {
    return text(at(object, {"metadata", "name"}));
}

base::Result<std::uint16_t> containerPort(const Json& pod, const std::string& name) {
    for (const char* field : {"containers", "initContainers"}) {
        for (const Json& container : listAt(pod, {"spec", field})) {
            for (const Json& port : listAt(container, {"ports"})) {
                if (text(at(port, "name")) == name)
                    return numberIn(at(port, "containerPort"));
            }
        }
    }
    return wrong("Pod '" + nameOf(pod) + "' does not have a named port '" + name + "'");
}

/// Refuses a port that is declared for UDP alone.
class Protocols {
public:
    void add(const Json& port, const char* field) {
        const std::string protocol = text(at(port, "protocol"));
        (protocol == "UDP" ? m_udp : m_tcp).insert(numberIn(at(port, field)));
    }
    [[nodiscard]] bool isUdpOnly(std::uint16_t port) const { return m_udp.contains(port) && !m_tcp.contains(port); }

private:
    std::set<std::uint16_t> m_udp;
    std::set<std::uint16_t> m_tcp;
};

tl::unexpected<base::Error> noUdp(const ForwardPort& port) {
    return wrong("UDP protocol is not supported for " + port.remote);
}

base::Result<std::uint16_t> servicePortNumber(const ForwardPort& port, const Json& service) {
    if (const auto number = portNumber(port.remote))
        return *number;
    for (const Json& each : listAt(service, {"spec", "ports"})) {
        if (text(at(each, "name")) == port.remote)
            return numberIn(at(each, "port"));
    }
    return wrong("Service '" + nameOf(service) + "' does not have a named port '" + port.remote + "'");
}

base::Result<PodPort> ofService(const ForwardPort& port, const Json& service, const Json& pod) {
    const auto number = servicePortNumber(port, service);
    if (!number)
        return base::fail(number.error());
    Protocols protocols;
    for (const Json& each : listAt(service, {"spec", "ports"}))
        protocols.add(each, "port");
    if (protocols.isUdpOnly(*number))
        return noUdp(port);
    for (const Json& each : listAt(service, {"spec", "ports"})) {
        if (numberIn(at(each, "port")) != *number)
            continue;
        PodPort found{port.local.value_or(*number), *number};
        const Json& target = at(each, "targetPort");
        if (text(at(service, {"spec", "clusterIP"})) == "None")
            return found;
        if (target.is_string()) {
            const auto named = containerPort(pod, target.get<std::string>());
            if (!named)
                return base::fail(named.error());
            found.remote = *named;
        } else if (numberIn(target) != 0) {
            found.remote = numberIn(target);
        }
        return found;
    }
    return wrong("Service " + nameOf(service) + " does not have a service port " + std::to_string(*number));
}

base::Result<PodPort> ofPod(const ForwardPort& port, const Json& pod) {
    base::Result<std::uint16_t> number = portNumber(port.remote).value_or(0);
    if (*number == 0)
        number = containerPort(pod, port.remote);
    if (!number)
        return base::fail(number.error());
    Protocols protocols;
    for (const Json& container : listAt(pod, {"spec", "containers"})) {
        for (const Json& each : listAt(container, {"ports"}))
            protocols.add(each, "containerPort");
    }
    if (protocols.isUdpOnly(*number))
        return noUdp(port);
    return PodPort{port.local.value_or(*number), *number};
}

} // namespace

base::Result<ForwardPort> parseForwardPort(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon != text.rfind(':'))
        return wrong("invalid port format '" + std::string(text) + "'");
    ForwardPort port;
    port.remote = colon == std::string_view::npos ? text : text.substr(colon + 1);
    if (port.remote.empty())
        return wrong("remote port cannot be empty");
    const bool isNumber =
        std::all_of(port.remote.begin(), port.remote.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (isNumber && portNumber(port.remote).value_or(0) == 0)
        return wrong(portNumber(port.remote) ? "remote port must be > 0"
                                             : "error parsing remote port '" + port.remote + "': value out of range");
    if (colon == std::string_view::npos)
        return port;
    const std::string_view local = text.substr(0, colon);
    port.local = local.empty() ? std::uint16_t(0) : portNumber(local);
    if (!port.local)
        return wrong("error parsing local port '" + std::string(local) + "': no port number");
    return port;
}

std::string toString(const ForwardPort& port) {
    if (!port.local)
        return port.remote;
    return (*port.local == 0 ? std::string() : std::to_string(*port.local)) + ":" + port.remote;
}

base::Result<PodPort> podPortOf(const ForwardPort& port, const Json& target, const Json& pod) {
    return text(at(target, "kind")) == "Service" ? ofService(port, target, pod) : ofPod(port, pod);
}

std::vector<DeclaredPort> declaredPorts(std::string_view json) {
    const base::Result<Json> object = parseGoJson(json);
    std::vector<DeclaredPort> ports;
    if (!object)
        return ports;
    const auto add = [&ports](const Json& list, const char* field) {
        for (const Json& each : list) {
            const std::string protocol = text(at(each, "protocol"));
            const DeclaredPort port{numberIn(at(each, field)), text(at(each, "name"))};
            if ((protocol.empty() || protocol == "TCP") && port.number != 0 &&
                std::find(ports.begin(), ports.end(), port) == ports.end())
                ports.push_back(port);
        }
    };
    if (text(at(*object, "kind")) == "Service") {
        add(listAt(*object, {"spec", "ports"}), "port");
        return ports;
    }
    const Json& inner = at(*object, {"spec", "template"});
    for (const Json& container : listAt(inner.is_object() ? inner : *object, {"spec", "containers"}))
        add(listAt(container, {"ports"}), "containerPort");
    return ports;
}

base::Result<std::vector<ListenAddress>> listenAddresses(const std::vector<std::string>& told) {
    std::vector<ListenAddress> addresses;
    // The one that was told first holds, but an address by itself makes it needed.
    const auto add = [&addresses](const std::string& host, bool isOptional) {
        const auto at = std::find_if(addresses.begin(), addresses.end(),
                                     [&host](const ListenAddress& each) { return each.host == host; });
        if (at == addresses.end())
            addresses.push_back({host, isOptional});
        else if (!isOptional)
            at->isOptional = false;
    };
    for (const std::string& each : told) {
        std::array<unsigned char, sizeof(in6_addr)> ignored{};
        if (each == "localhost") {
            add("127.0.0.1", true);
            add("::1", true);
        } else if (::inet_pton(AF_INET, each.c_str(), ignored.data()) == 1 ||
                   ::inet_pton(AF_INET6, each.c_str(), ignored.data()) == 1) {
            add(each, false);
        } else {
            return wrong(each + " is not a valid IP");
        }
    }
    if (addresses.empty())
        return wrong("you must specify at least 1 address");
    std::stable_sort(addresses.begin(), addresses.end(),
                     [](const ListenAddress& a, const ListenAddress& b) { return a.host < b.host; });
    return addresses;
}

} // namespace kube
