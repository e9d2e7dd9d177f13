// SPDX-License-Identifier: GPL-3.0-or-later
// A value that is taken for certificates, and for a private key.
#include "core/net/certificate.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto chain = net::readCertificateChain(bytes);
    if (chain && (chain->certificates.empty() || chain->brokenAt > chain->certificates.size()))
        std::abort();
    if (!chain && chain.error().message.empty())
        std::abort();
    static_cast<void>(net::readCertificates(bytes));
    static_cast<void>(net::fitOf(bytes, bytes));
    return 0;
}
