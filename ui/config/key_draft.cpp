// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/key_draft.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ui {

KeyDraft::KeyDraft(std::vector<change::KeyedData> clusters)
    : m_clusters(std::move(clusters)) {
    std::set<std::string> keys;
    for (const change::KeyedData& data : m_clusters) {
        for (const change::KeyedValue& value : data.values)
            keys.insert(value.key);
    }
    for (const std::string& key : keys) {
        Entry& entry = m_entries.emplace_back();
        entry.id = m_nextId++;
        entry.was = key;
        entry.key = key;
        entry.isRevealed = !isSecret();
    }
}

bool KeyDraft::isImmutable() const {
    return std::any_of(m_clusters.begin(), m_clusters.end(),
                       [](const change::KeyedData& data) { return data.isImmutable; });
}

KeyDraft::Entry* KeyDraft::at(int id) {
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [id](const Entry& entry) { return entry.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

const KeyDraft::Entry* KeyDraft::find(int id) const {
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [id](const Entry& entry) { return entry.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

const KeyDraft::Entry* KeyDraft::findKey(const std::string& key) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [&key](const Entry& entry) { return !entry.isRemoved && entry.key == key; });
    return found == m_entries.end() ? nullptr : &*found;
}

const std::string* KeyDraft::bytesOf(const Entry& entry, std::size_t cluster) const {
    if (entry.bytes)
        return &*entry.bytes;
    const change::KeyedValue* value = cluster < m_clusters.size() ? m_clusters[cluster].find(entry.was) : nullptr;
    return value == nullptr ? nullptr : &value->bytes;
}

const std::string* KeyDraft::bytesOf(const Entry& entry) const {
    for (std::size_t i = 0; i < m_clusters.size(); ++i) {
        if (const std::string* bytes = bytesOf(entry, i); bytes != nullptr)
            return bytes;
    }
    return nullptr;
}

change::KeySpread KeyDraft::spreadOf(const Entry& entry) const {
    if (entry.bytes)
        return change::KeySpread::Same;
    std::vector<const change::KeyedData*> clusters;
    for (const change::KeyedData& data : m_clusters)
        clusters.push_back(&data);
    return change::spreadOf(entry.was, clusters);
}

int KeyDraft::add(std::string key, std::string bytes) {
    Entry& entry = m_entries.emplace_back();
    entry.id = m_nextId++;
    entry.key = std::move(key);
    entry.bytes = std::move(bytes);
    // Who writes a value sees it.
    entry.isRevealed = true;
    return entry.id;
}

void KeyDraft::setBytes(int id, std::string bytes) {
    Entry* entry = at(id);
    if (entry == nullptr)
        return;
    entry->bytes.reset();
    const std::string* there = entry->isNew() ? nullptr : bytesOf(*entry);
    const bool isSame = there != nullptr && *there == bytes && spreadOf(*entry) == change::KeySpread::Same;
    if (!isSame)
        entry->bytes = std::move(bytes);
}

void KeyDraft::rename(int id, std::string key) {
    if (Entry* entry = at(id); entry != nullptr)
        entry->key = std::move(key);
}

void KeyDraft::remove(int id) {
    Entry* entry = at(id);
    if (entry == nullptr)
        return;
    if (entry->isNew())
        m_entries.erase(m_entries.begin() + (entry - m_entries.data()));
    else
        entry->isRemoved = true;
}

void KeyDraft::restore(int id) {
    Entry* entry = at(id);
    if (entry == nullptr || entry->isNew())
        return;
    entry->key = entry->was;
    entry->bytes.reset();
    entry->isRemoved = false;
}

void KeyDraft::setRevealed(int id, bool isRevealed) {
    if (Entry* entry = at(id); entry != nullptr)
        entry->isRevealed = isRevealed;
}

std::vector<change::KeyEdit> KeyDraft::edits() const {
    std::vector<change::KeyEdit> edits;
    for (const Entry& entry : m_entries) {
        if (entry.isRemoved)
            edits.push_back({entry.was, {}, {}});
        else if (entry.isNew() || entry.isRenamed() || entry.bytes)
            edits.push_back({entry.was, entry.key, entry.bytes});
    }
    return edits;
}

} // namespace ui
