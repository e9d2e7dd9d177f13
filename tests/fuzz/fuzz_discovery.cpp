// SPDX-License-Identifier: GPL-3.0-or-later
// Discovery documents, and the Status by which a server refuses, in JSON and in protobuf.
#include "core/kube/discovery.h"
#include "core/kube/discovery_document.h"
#include "core/kube/status.h"
#include "tests/fuzz/rows_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::viewOf(data, size);
    std::vector<kube::Kind> kinds;
    if (auto groups = kube::parseGroups(bytes)) {
        for (kube::DiscoveredGroup& group : *groups) {
            for (kube::DiscoveredVersion& version : group.versions)
                std::move(version.kinds.begin(), version.kinds.end(), std::back_inserter(kinds));
        }
    }
    if (auto more = kube::parseResourceList(bytes, "apps", "v1"))
        std::move(more->begin(), more->end(), std::back_inserter(kinds));
    if (!kinds.empty()) {
        const kube::KindCatalog catalog(kinds);
        for (const kube::Kind& kind : catalog.kinds()) {
            fuzz::require(!kind.plural.empty(), "a kind without a name");
            fuzz::require(kind.plural.find('.') != std::string::npos ||
                              catalog.findResource(kind.resource()) != nullptr,
                          "a kind is not found by its name");
            static_cast<void>(catalog.find(kind.plural + "." + kind.group));
            static_cast<void>(kind.path("shop", "web"));
        }
    }
    if (const auto status = kube::parseStatus(bytes))
        fuzz::require(status->code == 0 || kube::errorFromStatus(*status, {}).httpStatus >= 0, "a status is lost");
    net::Response response;
    response.status = 503;
    response.headers = {{"Content-Type", "application/json"}, {"Retry-After", std::string(bytes.substr(0, 40))}};
    response.body = bytes;
    static_cast<void>(kube::errorFromResponse(response, {}));
    return 0;
}
