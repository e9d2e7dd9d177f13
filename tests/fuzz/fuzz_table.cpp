// SPDX-License-Identifier: GPL-3.0-or-later
// The server's Table, its columns and watch frames, and what is read of custom resource definitions:
// tests/data/decode/*/*.table.json.
#include "tests/fuzz/rows_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::viewOf(data, size);
    kube::Decoder::Spec spec;
    spec.kind.group = "sea.example.com";
    spec.kind.version = "v1";
    spec.kind.plural = "voyages";
    if (auto paths = kube::datePathsOfCrd(bytes, "v1"))
        spec.datePaths = std::move(*paths);
    // Once with columns to be learned from the bytes, once with those that a server told before.
    fuzz::checkList(spec, kube::kJsonAccept, bytes);
    fuzz::checkStream(spec, kube::kJsonAccept, bytes);
    const auto columns = kube::tableColumns(bytes);
    spec.datePaths.push_back({"Sailed", ".status.legs[-1].at"});
    spec.datePaths.push_back({"Last", ".status.conditions[?(@.type==\"Ready\")].lastTransitionTime"});
    spec.columns = columns ? *columns
                           : std::vector<kube::ServerColumn>{{"Name", "string", "name", {}, 0},
                                                             {"Sailed", "date", {}, {}, 0},
                                                             {"Crew", "integer", {}, {}, 0},
                                                             {"Last", "date", {}, {}, 1}};
    fuzz::checkList(spec, kube::kJsonAccept, bytes);
    fuzz::checkStream(std::move(spec), kube::kJsonAccept, bytes);
    return 0;
}
