// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// The pods of one simulated cluster as an API server sends them in protobuf: two containers with environment, probes
/// and states, owner, labels and managed fields, about 6 KB each. A dozen pods to a workload, in 100 namespaces, on
/// nodes of 50 pods, in the server's order. What tells pods apart is written into one frame made once.
class PodFrames {
public:
    enum class Type { Added, Modified };

    PodFrames(int cluster, int count);

    [[nodiscard]] int count() const { return m_count; }
    /// Appends the frame of a watch event. `restarts` below 128.
    void append(std::string& out, Type type, int number, std::uint64_t version, int restarts) const;
    /// The pod alone, as it stands in a list.
    [[nodiscard]] std::string object(int number, std::uint64_t version) const;

private:
    struct Template {
        std::string bytes;
        std::vector<std::vector<std::size_t>> places; // By part.
    };
    static Template prepare(std::string bytes);
    void fill(const Template& from, char* at, int number, std::uint64_t version, int restarts) const;

    int m_cluster;
    int m_count;
    Template m_object;
    Template m_added;
    Template m_modified;
};

/// A node with its labels, allocatable amounts and conditions, as it stands in a list or an event.
std::string nodeObject(int cluster, int number);
std::string namespaceObject(const std::string& name, const std::string& uid);

/// A watch event in protobuf: its length and the event around `object`.
std::string frame(std::string_view type, std::string_view apiVersion, std::string_view kind, std::string_view object);
/// A bookmark with the version; `isEnd` says that the initial events are complete.
std::string bookmark(std::string_view apiVersion, std::string_view kind, std::uint64_t version, bool isEnd);
/// The same of a Table, in JSON.
std::string tableBookmark(std::uint64_t version, bool isEnd);
/// A list in protobuf: the body of an answer.
std::string list(std::string_view apiVersion, std::string_view kind, std::uint64_t version, std::string_view continueAt,
                 const std::vector<std::string>& objects);

} // namespace replay
