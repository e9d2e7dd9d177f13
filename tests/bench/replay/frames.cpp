// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/replay/frames.h"

#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace replay {

namespace {

// Field numbers are those of generated.proto in k8s.io/api and k8s.io/apimachinery.
std::string varint(std::uint64_t value) {
    std::string out;
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>((value & 0x7F) | 0x80);
    return out + static_cast<char>(value);
}
std::string number(unsigned field, std::uint64_t value) {
    return varint(field << 3U) + varint(value);
}
std::string bytes(unsigned field, std::string_view value) {
    return varint(field << 3U | 2U) + varint(value.size()) + std::string(value);
}
std::string entry(unsigned field, std::string_view key, std::string_view value) {
    return bytes(field, bytes(1, key) + bytes(2, value));
}
std::string quantity(unsigned field, std::string_view key, std::string_view value) {
    return bytes(field, bytes(1, key) + bytes(2, bytes(1, value)));
}

// What is written over in a pod, all of fixed length.
enum Part : std::size_t { Namespace, Workload, Hash, Suffix, PodUid, OwnerUid, Node, Address, Version, Time, Restarts };
constexpr std::array<std::string_view, 11> parts{
    "team-@NS",
    "@WRK@@",
    "@HASH@@@@@",
    "@POD@",
    "@UID@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@",
    "@OWN@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@",
    "node-@N@@",
    "@ADDRESS@@@@@@",
    "@VERSION@",
    "\x80\x81\x82\x83\x04", // a time in seconds, a varint of five bytes
    "\x28\x7e\x32",         // between the fields of a container's status
};
static_assert(parts[PodUid].size() == 36 && parts[OwnerUid].size() == 36);

std::string time(unsigned field) {
    return bytes(field, std::string("\x08") + std::string(parts[Time]) + number(2, 0));
}

std::string managedFields() {
    std::string env;
    for (int i = 0; i < 8; ++i)
        env += R"("k:{\"name\":\"SETTING_)" + std::to_string(i) + R"(\"}":{".":{},"f:name":{},"f:value":{}},)";
    std::string containers;
    for (const char* name : {"app", "proxy"})
        containers += std::string(R"("k:{\"name\":\")") + name + R"(\"}":{".":{},"f:env":{".":{},)" + env +
                      R"("k:{\"name\":\"POD_NAME\"}":{".":{}}},"f:image":{},"f:livenessProbe":{".":{},)"
                      R"("f:failureThreshold":{},"f:httpGet":{".":{},"f:path":{},"f:port":{}}},"f:name":{},)"
                      R"("f:resources":{".":{},"f:limits":{".":{},"f:cpu":{},"f:memory":{}}}},)";
    const auto written = [](const char* manager, const std::string& fields) {
        return bytes(17, bytes(1, manager) + bytes(2, "Update") + bytes(3, "v1") + time(4) + bytes(6, "FieldsV1") +
                             bytes(7, bytes(1, fields)));
    };
    return written("kube-controller-manager", R"({"f:metadata":{"f:labels":{".":{},"f:app":{}}},"f:spec":{)" +
                                                  containers + R"("f:dnsPolicy":{},"f:restartPolicy":{}}})") +
           written("kubelet", R"({"f:status":{"f:conditions":{"k:{\"type\":\"Ready\"}":{".":{},"f:status":{}}},)"
                              R"("f:containerStatuses":{},"f:phase":{},"f:podIP":{},"f:startTime":{}}})");
}

std::string workloadName() {
    return "shop-" + std::string(parts[Workload]);
}

std::string metadata() {
    const std::string set = workloadName() + "-" + std::string(parts[Hash]);
    return bytes(1, set + "-" + std::string(parts[Suffix])) + bytes(2, set + "-") + bytes(3, parts[Namespace]) +
           bytes(4, "") + bytes(5, parts[PodUid]) + bytes(6, parts[Version]) + number(7, 1) + time(8) +
           entry(11, "app", workloadName()) + entry(11, "app.kubernetes.io/part-of", "shop") +
           entry(11, "pod-template-hash", parts[Hash]) +
           entry(12, "example.com/checksum", "0f1e2d3c4b5a69788796a5b4c3d2e1f0") +
           bytes(13, bytes(1, "ReplicaSet") + bytes(3, set) + bytes(4, parts[OwnerUid]) + bytes(5, "apps/v1") +
                         number(6, 1) + number(7, 1)) +
           managedFields();
}

std::string container(const std::string& name) {
    std::string out = bytes(1, name) + bytes(2, "registry.example/" + name + ":1.4.2") +
                      bytes(6, bytes(1, "http") + number(3, 8080) + bytes(4, "TCP"));
    for (int i = 0; i < 8; ++i)
        out += bytes(7, bytes(1, "SETTING_" + std::to_string(i)) + bytes(2, "the-value-of-a-configured-thing"));
    const std::string probe = bytes(1, bytes(2, bytes(1, "/healthz") + bytes(4, "HTTP"))) + number(2, 5) +
                              number(3, 1) + number(4, 10) + number(5, 1) + number(6, 3);
    out += bytes(8, quantity(1, "cpu", "500m") + quantity(1, "memory", "512Mi") + quantity(2, "cpu", "100m") +
                        quantity(2, "memory", "128Mi"));
    out += bytes(9, bytes(1, "token") + number(2, 1) + bytes(3, "/var/run/secrets/kubernetes.io/serviceaccount"));
    return bytes(2, out + bytes(10, probe) + bytes(11, probe) + bytes(13, "/dev/termination-log") +
                        bytes(14, "IfNotPresent") + bytes(20, "File"));
}

std::string status() {
    std::string out = bytes(1, "Running");
    for (const char* type : {"Initialized", "Ready", "ContainersReady", "PodScheduled"})
        out += bytes(2, bytes(1, type) + bytes(2, "True") + time(4));
    out += bytes(5, "10.0.0.1") + bytes(6, parts[Address]) + time(7);
    for (const char* name : {"app", "proxy"})
        out += bytes(8, bytes(1, name) + bytes(2, bytes(2, time(1))) + number(4, 1) + std::string("\x28\x7e") +
                            bytes(6, std::string("registry.example/") + name + ":1.4.2") +
                            bytes(7, "registry.example/app@sha256:"
                                     "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0") +
                            bytes(8, "containerd://0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0") +
                            number(9, 1));
    return out + bytes(9, "Burstable") + bytes(12, bytes(1, parts[Address]));
}

std::string pod() {
    return bytes(1, metadata()) +
           bytes(2, container("app") + container("proxy") + bytes(3, "Always") + number(4, 30) +
                        bytes(6, "ClusterFirst") + bytes(8, "default") + bytes(9, "default") + bytes(10, parts[Node]) +
                        bytes(19, "default-scheduler") + number(25, 0) + number(30, 1)) +
           bytes(3, status());
}

std::string unknown(std::string_view apiVersion, std::string_view kind, std::string_view object) {
    return std::string("k8s\0", 4) + bytes(1, bytes(1, apiVersion) + bytes(2, kind)) + bytes(2, object) + bytes(3, "") +
           bytes(4, "");
}

std::uint64_t mixed(std::uint64_t value) {
    value = (value ^ (value >> 31)) * 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 29)) * 0xBF58476D1CE4E5B9ULL;
    return value ^ (value >> 32);
}

void print(std::array<char, 40>& text, const char* pattern, auto... values) {
    std::snprintf(text.data(), text.size(), pattern, values...);
}

void printUuid(std::array<char, 40>& text, std::uint64_t seed) {
    const std::uint64_t high = mixed(seed);
    const std::uint64_t low = mixed(high + 1);
    print(text, "%08x-%04x-4%03x-8%03x-%012llx", static_cast<unsigned>(high), static_cast<unsigned>(high >> 48),
          static_cast<unsigned>(high >> 32 & 0xFFF), static_cast<unsigned>(low >> 52),
          static_cast<unsigned long long>(low & 0xFFFFFFFFFFFFULL));
}

} // namespace

std::string frame(std::string_view type, std::string_view apiVersion, std::string_view kind, std::string_view object) {
    const std::string event = bytes(1, type) + bytes(2, bytes(1, unknown(apiVersion, kind, object)));
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>(event.size() >> shift & 0xFF);
    return out + event;
}

std::string bookmark(std::string_view apiVersion, std::string_view kind, std::uint64_t version, bool isEnd) {
    const std::string meta =
        bytes(6, std::to_string(version)) + (isEnd ? entry(12, "k8s.io/initial-events-end", "true") : std::string());
    return frame("BOOKMARK", apiVersion, kind, bytes(1, meta));
}

std::string tableBookmark(std::uint64_t version, bool isEnd) {
    const std::string rv = std::to_string(version);
    return R"({"type":"BOOKMARK","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":")" +
           rv +
           R"("},"columnDefinitions":null,"rows":[{"cells":[],"object":{"kind":"PartialObjectMetadata","apiVersion":)"
           R"("meta.k8s.io/v1","metadata":{"resourceVersion":")" +
           rv + "\"" + (isEnd ? R"(,"annotations":{"k8s.io/initial-events-end":"true"})" : "") + "}}}]}}\n";
}

std::string list(std::string_view apiVersion, std::string_view kind, std::uint64_t version, std::string_view continueAt,
                 const std::vector<std::string>& objects) {
    std::string out = bytes(1, bytes(2, std::to_string(version)) + bytes(3, continueAt));
    for (const std::string& object : objects)
        out += bytes(2, object);
    return unknown(apiVersion, kind, out);
}

std::string nodeObject(int cluster, int number) {
    std::array<char, 40> name;
    std::array<char, 40> uid;
    print(name, "node-%04d", number);
    printUuid(uid, static_cast<std::uint64_t>(cluster) << 32 | 0x80000000UL | static_cast<std::uint64_t>(number));
    const std::string meta =
        bytes(1, name.data()) + bytes(5, uid.data()) + bytes(6, "1000") + bytes(8, replay::number(1, 1'750'000'000)) +
        entry(11, "kubernetes.io/hostname", name.data()) + entry(11, "topology.kubernetes.io/region", "eu-1");
    std::string state;
    for (const unsigned field : {1U, 2U})
        state += quantity(field, "cpu", "32") + quantity(field, "memory", "128Gi") + quantity(field, "pods", "110");
    state += bytes(4, bytes(1, "Ready") + bytes(2, "True"));
    state += bytes(7, bytes(7, "v1.36.3"));
    return bytes(1, meta) + bytes(2, bytes(3, "aws:///eu-1a/" + std::string(name.data()))) + bytes(3, state);
}

std::string namespaceObject(const std::string& name, const std::string& uid) {
    return bytes(1, bytes(1, name) + bytes(5, uid) + bytes(6, "1000") + bytes(8, number(1, 1'750'000'000))) +
           bytes(3, bytes(1, "Active"));
}

PodFrames::Template PodFrames::prepare(std::string text) {
    Template out;
    out.bytes = std::move(text);
    for (const std::string_view part : parts) {
        std::vector<std::size_t>& places = out.places.emplace_back();
        for (std::size_t at = out.bytes.find(part); at != std::string::npos; at = out.bytes.find(part, at + 1))
            places.push_back(at);
    }
    return out;
}

PodFrames::PodFrames(int cluster, int count)
    : m_cluster(cluster)
    , m_count(count)
    , m_object(prepare(pod()))
    , m_added(prepare(frame("ADDED", "v1", "Pod", pod())))
    , m_modified(prepare(frame("MODIFIED", "v1", "Pod", pod()))) {}

void PodFrames::fill(const Template& from, char* at, int number, std::uint64_t version, int restarts) const {
    std::array<char, 40> text;
    const auto write = [&](Part part) {
        for (const std::size_t place : from.places[part])
            std::memcpy(at + place, text.data(), parts[part].size());
    };
    std::memcpy(at, from.bytes.data(), from.bytes.size());
    const int workload = number / 12;
    const std::uint64_t seed = static_cast<std::uint64_t>(m_cluster) << 32;
    const std::uint64_t owner = mixed(seed | 0x40000000UL | static_cast<std::uint64_t>(workload));
    print(text, "team-%03d", workload * 12 * 100 / (m_count + 1200));
    write(Namespace);
    print(text, "%06d", workload);
    write(Workload);
    print(text, "%010llx", static_cast<unsigned long long>(owner & 0xFFFFFFFFFFULL));
    write(Hash);
    const auto own = mixed(seed | static_cast<std::uint64_t>(number));
    print(text, "%05x", static_cast<unsigned>((number % 12) << 16) | static_cast<unsigned>(own & 0xFFFF));
    write(Suffix);
    printUuid(text, seed | static_cast<std::uint64_t>(number));
    write(PodUid);
    printUuid(text, owner);
    write(OwnerUid);
    print(text, "node-%04d", number / 50);
    write(Node);
    print(text, "10.1%02d.1%02d.1%02d", number / 10000 % 100, number / 100 % 100, number % 100);
    write(Address);
    print(text, "%09llu", static_cast<unsigned long long>(version));
    write(Version);
    static const auto newest = static_cast<std::uint64_t>(std::time(nullptr));
    const auto created = varint(newest - own % 10'000'000);
    std::memcpy(text.data(), created.data(), parts[Time].size());
    write(Time);
    text = {'\x28', static_cast<char>(restarts), '\x32'};
    write(Restarts);
}

void PodFrames::append(std::string& out, Type type, int number, std::uint64_t version, int restarts) const {
    const Template& from = type == Type::Added ? m_added : m_modified;
    const std::size_t at = out.size();
    out.resize(at + from.bytes.size());
    fill(from, out.data() + at, number, version, restarts);
}

std::string PodFrames::object(int number, std::uint64_t version) const {
    std::string out(m_object.bytes.size(), '\0');
    fill(m_object, out.data(), number, version, 0);
    return out;
}

} // namespace replay
