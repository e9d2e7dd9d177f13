// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/server_columns.h"

#include <functional>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace kube {

namespace {

using List = std::vector<ServerColumn>;

std::size_t hashOf(const List& columns) {
    std::size_t hash = columns.size();
    for (const ServerColumn& column : columns) {
        for (const std::string* text : {&column.name, &column.description})
            hash = (hash ^ std::hash<std::string>{}(*text)) * 0x9E3779B97F4A7C15ULL;
    }
    return hash;
}

/// All lists in use.
struct Kept {
    std::mutex mutex;
    std::unordered_multimap<std::size_t, std::weak_ptr<const List>> lists;

    std::shared_ptr<const List> keep(List columns) {
        const std::size_t hash = hashOf(columns);
        const std::lock_guard lock(mutex);
        auto [at, end] = lists.equal_range(hash);
        while (at != end) {
            const std::shared_ptr<const List> known = at->second.lock();
            if (known && *known == columns)
                return known;
            at = known ? std::next(at) : lists.erase(at);
        }
        auto kept = std::make_shared<const List>(std::move(columns));
        lists.emplace(hash, kept);
        return kept;
    }
};

Kept& kept() {
    static Kept* all = new Kept; // Never gone: columns may outlive what is static.
    return *all;
}

} // namespace

ServerColumns::ServerColumns(std::vector<ServerColumn> columns) {
    if (!columns.empty())
        m_columns = kept().keep(std::move(columns));
}

const std::vector<ServerColumn>& ServerColumns::list() const {
    static const List none;
    return m_columns ? *m_columns : none;
}

} // namespace kube
