// SPDX-License-Identifier: GPL-3.0-or-later
// Lists and watches in protobuf of the kinds that we print ourselves: tests/data/decode/*/*.pb.
#include "tests/fuzz/rows_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::string_view protobuf = "application/vnd.kubernetes.protobuf";
    const std::string_view bytes = fuzz::viewOf(data, size);
    kube::Decoder::Spec spec;
    spec.kind = fuzz::kindNamedIn(bytes);
    spec.serverMinor = fuzz::hashOf(bytes) % 2 == 0 ? 34 : 36;
    fuzz::checkList(spec, protobuf, bytes);
    fuzz::checkStream(std::move(spec), protobuf, bytes);
    return 0;
}
