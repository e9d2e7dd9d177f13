// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/watch_requests.h"

#include <algorithm>

namespace kube {

namespace {

constexpr std::size_t kMostOfColumns = std::size_t(1) << 20;
constexpr std::size_t kMostOfAll = std::size_t(1) << 30;
constexpr std::size_t kMostOfOne = std::size_t(512) << 10;

// What a page of so many objects may weigh; 0 stands for all there are. Single ones may be larger (etcd takes 1.5 MiB),
// many hardly ever are.
std::size_t mostOf(int limit) {
    return limit == 0 ? kMostOfAll
                      : std::min(kMostOfAll, (std::size_t(16) << 20) + static_cast<std::size_t>(limit) * kMostOfOne);
}

class Query {
public:
    explicit Query(std::string path)
        : m_target(std::move(path)) {}

    void add(std::string_view name, std::string_view value) { addRaw(std::string(name) + "=" + queryEscape(value)); }
    void addRaw(std::string_view pair) {
        if (pair.empty())
            return;
        m_target += m_hasQuery ? '&' : '?';
        m_target += pair;
        m_hasQuery = true;
    }
    [[nodiscard]] std::string take() { return std::move(m_target); }

private:
    std::string m_target;
    bool m_hasQuery = false;
};

Query queryOf(const WatchSpec& spec) {
    Query query(spec.kind.path(spec.ns));
    if (!spec.labelSelector.empty())
        query.add("labelSelector", spec.labelSelector);
    if (!spec.fieldSelector.empty())
        query.add("fieldSelector", spec.fieldSelector);
    return query;
}

Query pageQuery(const WatchSpec& spec, int limit, std::string_view continueToken) {
    Query query = queryOf(spec);
    if (limit > 0)
        query.add("limit", std::to_string(limit));
    if (!continueToken.empty())
        query.add("continue", continueToken);
    return query;
}

ApiRequest request(const WatchSpec& spec, Query query, std::string_view verb, std::string_view accept) {
    ApiRequest result;
    result.target = query.take();
    result.accept = accept;
    result.verb = verb;
    result.resource = spec.kind.resource();
    return result;
}

ApiRequest watching(const WatchSpec& spec, const Decoder& decoder, Query query, std::int64_t seconds) {
    query.addRaw("allowWatchBookmarks=true");
    query.add("timeoutSeconds", std::to_string(seconds));
    query.addRaw(decoder.query());
    ApiRequest result = request(spec, std::move(query), "watch", decoder.accept());
    // Watches are never compressed; said so, so that no proxy between starts to buffer.
    result.compressed = false;
    return result;
}

} // namespace

std::string queryEscape(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                             c == '_' || c == '.' || c == '~';
        if (isPlain) {
            result += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            result += '%';
            result += digits[byte >> 4];
            result += digits[byte & 15];
        }
    }
    return result;
}

ApiRequest columnsRequest(const WatchSpec& spec) {
    Query query(spec.kind.path(spec.ns)); // Without the selectors: a rare match would make the server search.
    query.addRaw("limit=1");
    query.addRaw("includeObject=None");
    ApiRequest result = request(spec, std::move(query), "list", kTableAccept);
    result.maxBody = kMostOfColumns;
    return result;
}

ApiRequest objectsRequest(const WatchSpec& spec, int limit, std::string_view continueToken) {
    ApiRequest result = request(spec, pageQuery(spec, limit, continueToken), "list", kJsonAccept);
    result.deadline = std::chrono::minutes(2);
    result.maxBody = kMostOfAll;
    return result;
}

ApiRequest pageRequest(const WatchSpec& spec, const Decoder& decoder, int limit, std::string_view continueToken) {
    Query query = pageQuery(spec, limit, continueToken);
    query.addRaw(decoder.query());
    ApiRequest result = request(spec, std::move(query), "list", decoder.accept());
    result.deadline = std::chrono::minutes(2);
    result.maxBody = mostOf(limit);
    return result;
}

ApiRequest initialEventsRequest(const WatchSpec& spec, const Decoder& decoder, std::int64_t seconds) {
    Query query = queryOf(spec);
    query.addRaw("watch=1");
    query.addRaw("sendInitialEvents=true");
    query.addRaw("resourceVersionMatch=NotOlderThan");
    return watching(spec, decoder, std::move(query), seconds);
}

ApiRequest watchRequest(const WatchSpec& spec, const Decoder& decoder, std::string_view resourceVersion,
                        std::int64_t seconds) {
    Query query = queryOf(spec);
    query.addRaw("watch=1");
    query.add("resourceVersion", resourceVersion);
    return watching(spec, decoder, std::move(query), seconds);
}

bool canWatch(const Kind& kind) {
    return kind.verbs.empty() || kind.allows("watch");
}

} // namespace kube
