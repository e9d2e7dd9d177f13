// SPDX-License-Identifier: GPL-3.0-or-later
// One object or list of them as the details show it: YAML, JSON, summary: tests/data/decode/*/*.json.
#include "core/kube/describe/summary.h"
#include "core/kube/object_list.h"
#include "core/kube/yaml_text.h"
#include "tests/fuzz/rows_check.h"

namespace {

void checkObject(std::string_view json) {
    const auto yaml = kube::toYaml(json, kube::ManagedFields::Folded);
    const auto indented = kube::toIndentedJson(json, kube::ManagedFields::Shown);
    fuzz::require(yaml.has_value() == indented.has_value(), "only one way of writing takes an object");
    if (indented) {
        const auto again = kube::toIndentedJson(*indented, kube::ManagedFields::Shown);
        fuzz::require(again && *again == *indented, "JSON does not read back what it prints");
    }
    static_cast<void>(kube::relatedQueries(json));
    static_cast<void>(kube::summarize(json, {{"pods", std::string(json)}, {"replicasets", std::string(json)}}));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::viewOf(data, size);
    checkObject(bytes);
    std::vector<kube::ObjectText> objects;
    kube::Kind kind = fuzz::kindNamedIn(bytes);
    if (kube::splitList(bytes, kind, objects)) {
        for (const kube::ObjectText& object : objects)
            checkObject(object.json);
    }
    return 0;
}
