// SPDX-License-Identifier: GPL-3.0-or-later
// Lists and watches in JSON of the kinds that we print ourselves: tests/data/decode/*/*.json but the tables.
#include "tests/fuzz/rows_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::viewOf(data, size);
    kube::Decoder::Spec spec;
    spec.kind = fuzz::kindNamedIn(bytes);
    spec.serverMinor = fuzz::hashOf(bytes) % 2 == 0 ? 34 : 36;
    fuzz::checkList(spec, kube::kJsonAccept, bytes);
    fuzz::checkStream(std::move(spec), kube::kJsonAccept, bytes);
    return 0;
}
