// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/replay/frames.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

/// The body of one answer, made as the connection takes it. An open one is a watch.
struct Body {
    std::string bytes; ///< Not sent yet, from `sent` on.
    std::size_t sent = 0;
    std::function<void(std::string& out)> more; ///< Appends what comes next; takes itself away after the last.
    bool isOpen = false;                        ///< More may come at any time.
    std::function<void()> wake;                 ///< To be called after bytes were appended to an open one.

    [[nodiscard]] std::size_t left() const { return bytes.size() - sent; }
};

struct Answer {
    int status = 200;
    std::string contentType = "application/json";
    Body body;
};

/// A kind that every cluster serves.
struct ServedKind {
    std::string_view group;
    std::string_view version;
    std::string_view plural;
    std::string_view kind;
    bool isNamespaced = true;
    bool isTable = false; ///< Asked for as the server's Table, in JSON.

    [[nodiscard]] std::string apiVersion() const;
    [[nodiscard]] std::string path() const;
};
/// Twenty built-in kinds, and the definitions of custom ones.
const std::vector<ServedKind>& servedKinds();

/// One API server's answers.
class Cluster {
public:
    /// `data` is the folder with the recorded tables of all kinds.
    Cluster(int number, int pods, const std::string& data);

    [[nodiscard]] Answer answer(const std::string& target, const std::string& accept);
    /// The answer's body, now that it has its place; forget() before it goes.
    void keep(Body& body, const std::string& target);
    void forget(Body& body);

    /// Changes `count` pods, spread over all, and tells who watches them.
    void change(int count);
    /// A bookmark to each watch whose turn it is: each gets one a minute, as from a real server.
    void tick();
    /// The most bytes that one watch has not taken yet.
    [[nodiscard]] std::size_t backlog() const;

private:
    struct Watch {
        Body* body;
        const ServedKind* kind;
        int age = 0; // Seconds.
    };

    [[nodiscard]] std::string discovery(bool isCore) const;
    [[nodiscard]] std::string columns(const ServedKind& kind) const;
    [[nodiscard]] std::string kubeSystem() const;
    [[nodiscard]] std::vector<std::string> objects(const ServedKind& kind) const;
    [[nodiscard]] Body watch(const ServedKind& kind, bool initialEvents);
    [[nodiscard]] std::string page(const ServedKind& kind, const std::string& target) const;
    [[nodiscard]] std::string bookmarkOf(const ServedKind& kind, bool isEnd) const;
    [[nodiscard]] std::string uidOf(int object) const;

    int m_number;
    PodFrames m_pods;
    std::string m_data;
    std::uint64_t m_version = 100'000'000;
    std::uint32_t m_changes = 0;
    std::vector<Watch> m_watches;
};

} // namespace replay
