// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace kube::decode {

/// Addresses of a status.loadBalancer of services and ingresses (the same fields under the same numbers).
using Addresses = std::vector<std::string_view>;

template <typename Value>
void readLoadBalancer(Value& loadBalancer, Addresses& addresses) {
    loadBalancer.fields([&addresses](auto& field) {
        if (!field.is("ingress", 1))
            return;
        field.each([&addresses](auto& item) {
            std::string_view ip;
            std::string_view host;
            item.fields([&](auto& part) {
                if (part.is("ip", 1))
                    ip = part.text();
                else if (part.is("hostname", 2))
                    host = part.text();
            });
            if (!ip.empty() || !host.empty())
                addresses.push_back(ip.empty() ? host : ip);
        });
    });
}

/// Sorted, each once, with commas. Servers do not clip: they always print the wide form.
inline void appendSorted(std::string& out, Addresses& addresses) {
    std::sort(addresses.begin(), addresses.end());
    addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
    for (const std::string_view address : addresses) {
        if (!out.empty())
            out += ',';
        out += address;
    }
}

} // namespace kube::decode
