// SPDX-License-Identifier: GPL-3.0-or-later
// The filter language over some rows, and label selectors as they stand.
#include "core/fleet/filter.h"
#include "core/kube/label_selector.h"
#include "tests/fuzz/rows_check.h"

#include <simdjson.h>

#include <algorithm>

namespace {

// Two pods, of which one is restarting and owned, and one row of a table with numbers, a share and a date.
constexpr std::string_view kPods =
    R"({"kind":"PodList","items":[{"metadata":{"name":"web-1","namespace":"shop","uid":"a","creationTimestamp":)"
    R"("2023-11-01T00:00:00Z","labels":{"app":"web","tier.example.com/level":"2"},"ownerReferences":[{"apiVersion":)"
    R"("apps/v1","kind":"ReplicaSet","name":"web","uid":"o","controller":true}]},"spec":{"nodeName":"n1","containers":)"
    R"([{"name":"c","resources":{"requests":{"cpu":"250m","memory":"64Mi"}}}]},"status":{"phase":"Running","podIP":)"
    R"("10.0.0.1","containerStatuses":[{"name":"c","restartCount":3,"ready":false,"state":{"waiting":{"reason":)"
    R"("CrashLoopBackOff"}},"lastState":{"terminated":{"finishedAt":"2023-11-14T00:00:00Z"}}}]}},)"
    R"({"metadata":{"name":"db-0","namespace":"data","uid":"b"},"status":{"phase":"Pending"}}]})";
constexpr std::string_view kTable =
    R"({"kind":"Table","columnDefinitions":[{"name":"Name","type":"string","format":"name"},{"name":"Ready","type":)"
    R"("string"},{"name":"Count","type":"integer"},{"name":"Version","type":"string"},{"name":"Load","type":"number"},)"
    R"({"name":"Age","type":"string"}],"rows":[{"cells":["x","1/3",5,"v1.10.0",0.5,"3d"],"object":{"metadata":)"
    R"({"name":"x","namespace":"y","uid":"c","creationTimestamp":"2023-11-14T21:00:00Z"}}}]})";

kube::RowBatch rowsOf(const char* plural, std::string_view body) {
    kube::Decoder::Spec spec;
    spec.kind.version = "v1";
    spec.kind.plural = plural;
    kube::ListMeta meta;
    auto rows = kube::Decoder::create(std::move(spec))->list(kube::kJsonAccept, body, meta);
    fuzz::require(rows.has_value(), "the rows to filter");
    return std::move(*rows);
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const kube::RowBatch batches[] = {rowsOf("pods", kPods), rowsOf("things", kTable)};
    const std::string_view text = fuzz::viewOf(data, size);
    if (const auto selector = kube::LabelSelector::parse(text)) {
        static_cast<void>(selector->matches("app=web,tier.example.com/level=2"));
        static_cast<void>(selector->matches({}));
    }
    const auto filter = fleet::Filter::parse(text);
    if (!filter) {
        const fleet::FilterError& error = filter.error();
        const std::size_t length = characters(text);
        fuzz::require(!error.message.empty(), "an error says nothing");
        if (!simdjson::validate_utf8(text.data(), text.size()))
            return 0; // Its characters cannot be counted.
        fuzz::require(error.column < std::max<std::size_t>(length, 1), "an error stands beside the text");
        fuzz::require(error.length >= 1 && error.column + error.length <= std::max<std::size_t>(length, 1),
                      "an error ends beside the text");
        return 0;
    }
    constexpr std::int64_t now = 1'700'000'000'000;
    constexpr std::int64_t muchLater = 4'000'000'000'000;
    for (const kube::RowBatch& batch : batches) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const bool isIn = filter->matches({batch.row(i), "north", now});
            fuzz::require(!filter->isEmpty() || isIn, "an empty filter refuses a row");
            fuzz::require(filter->dependsOnTime() || isIn == filter->matches({batch.row(i), "north", muchLater}),
                          "an answer changes with a time it does not depend on");
        }
    }
    return 0;
}
