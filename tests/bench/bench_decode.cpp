// SPDX-License-Identifier: GPL-3.0-or-later
// Pods from the server's bytes to rows: protobuf and JSON lists of 500 (one page), JSON watch frames, and the same page
// through nlohmann::json for comparison, which reads 12 of the fields and stores nothing. The pods are one recorded pod
// of a ReplicaSet with its managedFields, name and uid made different. Then 100,000 of them into a store: time and
// bytes a pod. Left out: the network, TLS and gzip.
#include "core/kube/decode/decoder.h"
#include "core/kube/row_store.h"
#include "tests/bench/support/report.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace {

constexpr const char* kJson = "application/json";
constexpr const char* kProtobuf = "application/vnd.kubernetes.protobuf";
constexpr int kPage = 500;

std::string load(const std::string& name) {
    std::ifstream file(TESTS_DATA_DIR "/decode/1.36/" + name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string lengthPrefixed(char tag, const std::string& bytes) {
    std::string out(1, tag);
    std::size_t length = bytes.size();
    for (; length >= 0x80; length >>= 7)
        out += static_cast<char>((length & 0x7F) | 0x80);
    out += static_cast<char>(length);
    return out + bytes;
}

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// One pod, and how to make others of it without changing a length.
struct Sample {
    std::string json;
    std::string protobuf;
    std::string suffix;
    std::string uid;

    Sample() {
        const auto pods = nlohmann::json::parse(load("core_pods.json"));
        for (const auto& item : pods["items"]) {
            const std::string name = item["metadata"]["name"];
            if (!item["metadata"].value("labels", nlohmann::json::object()).contains("pod-template-hash"))
                continue;
            json = item.dump();
            suffix = name.substr(name.size() - 5);
            uid = item["metadata"]["uid"];
            break;
        }
        // The list's items are field 2, length-delimited: take the one that holds the uid.
        const std::string list = load("core_pods.pb");
        for (std::size_t at = 0; at + 3 < list.size(); ++at) {
            if (list[at] != 0x12)
                continue;
            std::size_t length = 0;
            std::size_t start = at + 1;
            for (unsigned shift = 0; start < list.size(); shift += 7) {
                const auto byte = static_cast<unsigned char>(list[start++]);
                length |= static_cast<std::size_t>(byte & 0x7F) << shift;
                if (byte < 0x80 || shift > 21)
                    break;
            }
            const std::size_t found = list.find(uid, start);
            if (length > 500 && length < 20000 && found < start + 200 && list[start] == 0x0a) {
                protobuf = list.substr(start, length);
                break;
            }
        }
    }

    [[nodiscard]] std::string varied(const std::string& pod, int number) const {
        std::string out = pod;
        char text[37];
        std::snprintf(text, sizeof text, "%05d", number % 100000);
        replaceAll(out, "-" + suffix, "-" + std::string(text));
        std::snprintf(text, sizeof text, "%08x-1111-4222-8333-%012x", static_cast<unsigned>(number) * 2654435761U,
                      static_cast<unsigned>(number));
        replaceAll(out, uid, text);
        return out;
    }

    [[nodiscard]] std::string jsonPage(int first) const {
        std::string page = R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[)";
        for (int i = 0; i < kPage; ++i)
            page += (i == 0 ? "" : ",") + varied(json, first + i);
        return page + "]}";
    }
    [[nodiscard]] std::string jsonFrames(int first) const {
        std::string frames;
        for (int i = 0; i < kPage; ++i)
            frames += R"({"type":"ADDED","object":)" + varied(json, first + i) + "}\n";
        return frames;
    }
    [[nodiscard]] std::string protobufPage(int first) const {
        std::string list;
        for (int i = 0; i < kPage; ++i)
            list += lengthPrefixed(0x12, varied(protobuf, first + i));
        return std::string("k8s\0", 4) + lengthPrefixed(0x12, list);
    }
};

const Sample& sample() {
    static const Sample pod;
    return pod;
}

std::unique_ptr<kube::Decoder> podDecoder() {
    kube::Kind kind;
    kind.version = "v1";
    kind.plural = "pods";
    return kube::Decoder::create({.kind = kind, .columns = {}, .datePaths = {}, .serverMinor = 36});
}

void decodeList(benchmark::State& state, const char* contentType, const std::string& body) {
    const auto decoder = podDecoder();
    for (auto _ : state) {
        kube::ListMeta meta;
        const auto batch = decoder->list(contentType, body, meta);
        if (!batch || batch->size() != kPage)
            state.SkipWithError("decoded wrongly");
    }
    state.SetItemsProcessed(state.iterations() * kPage);
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}

void protobufList(benchmark::State& state) {
    decodeList(state, kProtobuf, sample().protobufPage(0));
}
void jsonList(benchmark::State& state) {
    decodeList(state, kJson, sample().jsonPage(0));
}
void jsonWatch(benchmark::State& state) {
    const std::string frames = sample().jsonFrames(0);
    const auto decoder = podDecoder();
    decoder->beginStream(kJson);
    for (auto _ : state) {
        const auto fed = decoder->feed(frames);
        if (!fed || fed->batch.size() != kPage)
            state.SkipWithError("decoded wrongly");
    }
    state.SetItemsProcessed(state.iterations() * kPage);
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(frames.size()));
}
void nlohmannList(benchmark::State& state) {
    const std::string page = sample().jsonPage(0);
    std::size_t sum = 0;
    for (auto _ : state) {
        const auto list = nlohmann::json::parse(page);
        for (const auto& pod : list["items"]) {
            const auto& meta = pod["metadata"];
            for (const char* key : {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"})
                sum += meta[key].get_ref<const std::string&>().size();
            sum += meta["labels"].size() + meta["ownerReferences"].size();
            sum += pod["spec"]["containers"].size() + pod["spec"].value("nodeName", "").size();
            sum += pod["status"]["phase"].get_ref<const std::string&>().size();
            sum += pod["status"]["conditions"].size() + pod["status"].value("qosClass", "").size();
        }
    }
    benchmark::DoNotOptimize(sum);
    state.SetItemsProcessed(state.iterations() * kPage);
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(page.size()));
}

BENCHMARK(protobufList)->Unit(benchmark::kMillisecond);
BENCHMARK(jsonList)->Unit(benchmark::kMillisecond);
BENCHMARK(jsonWatch)->Unit(benchmark::kMillisecond);
BENCHMARK(nlohmannList)->Unit(benchmark::kMillisecond);

class Reporter final : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs)
            times[run.benchmark_name()] = run.GetAdjustedCPUTime();
        ConsoleReporter::ReportRuns(runs);
    }
    std::map<std::string, double> times;
};

void fillStore() {
    constexpr int pods = 100000;
    std::vector<std::string> pages;
    for (int first = 0; first < pods; first += kPage)
        pages.push_back(sample().protobufPage(first));
    const auto decoder = podDecoder();
    const std::size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
    kube::RowStore store(decoder->layout());
    const auto start = std::chrono::steady_clock::now();
    {
        kube::RowDelta delta;
        for (const std::string& page : pages) {
            kube::ListMeta meta;
            store.apply(*decoder->list(kProtobuf, page, meta), delta);
        }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const std::size_t after = mallinfo2().uordblks + mallinfo2().hblkhd;
    std::printf("store: %zu pods decoded and stored in %.0f ms\n", store.size(), took.count() * 1000);
    bench::report({.what = "store of 100,000 pods, bytes a pod by malloc's count",
                   .unit = bench::Unit::Bytes,
                   .ours = static_cast<double>(after - before) / static_cast<double>(store.size()),
                   .goal = 250});
}

} // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    Reporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    const double base = reporter.times["nlohmannList"];
    for (const char* name : {"protobufList", "jsonList", "jsonWatch"})
        bench::report({.what = std::string("500 pods decoded, ") + name,
                       .ours = reporter.times[name],
                       .peer = "nlohmann",
                       .theirs = base});
    fillStore();
    return 0;
}
