// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/keyed_data.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace ui {

/// The keys of one ConfigMap or Secret in one or several clusters, and what is to become of them. A value.
class KeyDraft {
public:
    struct Entry {
        int id = 0;
        std::string was; ///< Empty: a new key.
        std::string key;
        std::optional<std::string> bytes = {}; ///< Nothing: as each cluster has it.
        bool isRemoved = false;
        bool isRevealed = false;

        [[nodiscard]] bool isNew() const { return was.empty(); }
        [[nodiscard]] bool isRenamed() const { return !was.empty() && key != was; }
    };

    KeyDraft() = default;
    /// All keys that one of the clusters has, by name.
    explicit KeyDraft(std::vector<change::KeyedData> clusters);

    [[nodiscard]] bool isSecret() const { return !m_clusters.empty() && m_clusters.front().isSecret; }
    [[nodiscard]] bool isImmutable() const;
    [[nodiscard]] const std::vector<change::KeyedData>& clusters() const { return m_clusters; }
    [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
    /// Null: none has the id.
    [[nodiscard]] const Entry* find(int id) const;
    /// By the key it is to have; what is taken away has none. Null: none.
    [[nodiscard]] const Entry* findKey(const std::string& key) const;

    /// What stands under the key: what was written, or what the cluster has. Null: not there.
    [[nodiscard]] const std::string* bytesOf(const Entry& entry, std::size_t cluster) const;
    /// The same of the first cluster that has it.
    [[nodiscard]] const std::string* bytesOf(const Entry& entry) const;
    [[nodiscard]] change::KeySpread spreadOf(const Entry& entry) const;

    /// Its id.
    int add(std::string key, std::string bytes);
    /// What every cluster has already is no change.
    void setBytes(int id, std::string bytes);
    void rename(int id, std::string key);
    /// A new one is forgotten.
    void remove(int id);
    /// As it was read.
    void restore(int id);
    void setRevealed(int id, bool isRevealed);

    [[nodiscard]] std::vector<change::KeyEdit> edits() const;

private:
    [[nodiscard]] Entry* at(int id);

    std::vector<change::KeyedData> m_clusters;
    std::vector<Entry> m_entries;
    int m_nextId = 1;
};

} // namespace ui
