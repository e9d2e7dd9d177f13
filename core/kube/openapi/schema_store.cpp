// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/openapi/schema_store.h"

#include <simdjson.h>

#include <list>
#include <string_view>
#include <utility>

namespace kube::openapi {

namespace {

/// Some fleets have clusters of ten versions; an operator looks at few groups of each.
constexpr std::size_t kMostKept = 24;
/// The core group's is 2 MB; servers with hundreds of custom kinds in one group exceed the usual bound.
constexpr std::size_t kLargest = std::size_t(64) << 20;

/// Where the index says that a version's schemas are.
base::Result<std::string> urlIn(std::string_view index, const std::string& apiVersion) {
    simdjson::dom::parser parser;
    simdjson::dom::element root;
    simdjson::dom::object paths;
    if (parser.parse(index.data(), index.size()).get(root) != simdjson::SUCCESS ||
        root["paths"].get(paths) != simdjson::SUCCESS)
        return base::fail(base::ErrorCode::BadResponse, "the index of schemas is broken");
    const std::string key = (apiVersion.find('/') == std::string::npos ? "api/" : "apis/") + apiVersion;
    std::string_view url;
    if (paths[key]["serverRelativeURL"].get(url) != simdjson::SUCCESS || !url.starts_with('/'))
        return base::fail(base::ErrorCode::NotFound, "the server publishes no schemas for " + apiVersion);
    return std::string(url);
}

ApiRequest requestFor(std::string target, const std::string& what) {
    ApiRequest request;
    request.target = std::move(target);
    request.verb = "get";
    request.resource = what;
    request.maxBody = kLargest;
    return request;
}

} // namespace

struct SchemaStore::Cache {
    struct Entry {
        std::string url;
        DocumentPtr document;
    };
    std::list<Entry> entries; ///< The one used last in front.

    DocumentPtr find(const std::string& url) {
        for (auto at = entries.begin(); at != entries.end(); ++at) {
            if (at->url != url)
                continue;
            entries.splice(entries.begin(), entries, at);
            return entries.front().document;
        }
        return nullptr;
    }

    void add(std::string url, DocumentPtr document) {
        // Without a hash nobody knows when it became another one.
        if (url.find("hash=") == std::string::npos || find(url) != nullptr)
            return;
        entries.push_front({std::move(url), std::move(document)});
        if (entries.size() > kMostKept)
            entries.pop_back();
    }
};

/// One question under way: index, then document. Confined to home but for the reading; held by what it waits for.
class SchemaStore::Search : public std::enable_shared_from_this<Search> {
public:
    Search(SchemaStore& store, std::shared_ptr<Transport> transport, std::string apiVersion, base::CancelToken token,
           net::Handler<base::Result<DocumentPtr>> handler)
        : m_home(store.m_home)
        , m_pool(store.m_pool)
        , m_cache(store.m_cache)
        , m_transport(std::move(transport))
        , m_apiVersion(std::move(apiVersion))
        , m_token(std::move(token))
        , m_handler(std::move(handler)) {}

    void start() {
        m_request = m_transport->send(
            requestFor("/openapi/v3", "openapi"), m_home,
            [self = shared_from_this()](base::Result<net::Response> answer) { self->readIndex(std::move(answer)); });
    }

    void cancel() { m_request.cancel(); }

private:
    void readIndex(base::Result<net::Response> answer) {
        if (!answer)
            return respond(base::fail(std::move(answer.error())));
        base::Result<std::string> url = urlIn(answer->body, m_apiVersion);
        if (!url)
            return respond(base::fail(std::move(url.error())));
        m_url = *std::move(url);
        const auto cache = m_cache.lock();
        if (cache == nullptr)
            return;
        if (DocumentPtr known = cache->find(m_url))
            return respond(std::move(known));
        m_request = m_transport->send(requestFor(m_url, "openapi"), m_home,
                                      [self = shared_from_this()](base::Result<net::Response> document) {
                                          self->readDocument(std::move(document));
                                      });
    }

    void readDocument(base::Result<net::Response> answer) {
        if (!answer)
            return respond(base::fail(std::move(answer.error())));
        m_pool.post([self = shared_from_this(), body = std::move(answer->body)] {
            if (self->m_token.isCancelled())
                return;
            auto document = Document::parse(body);
            self->m_home.post([self, document = std::move(document)]() mutable {
                const auto cache = self->m_cache.lock();
                if (cache != nullptr && document)
                    cache->add(self->m_url, *document);
                self->respond(std::move(document));
            });
        });
    }

    void respond(base::Result<DocumentPtr> result) {
        if (m_token.isCancelled() || m_cache.expired())
            return;
        auto handler = std::move(m_handler);
        handler(std::move(result));
    }

    base::Executor& m_home;
    base::Executor& m_pool;
    std::weak_ptr<Cache> m_cache;
    std::shared_ptr<Transport> m_transport;
    std::string m_apiVersion;
    std::string m_url;
    base::CancelToken m_token;
    net::Handler<base::Result<DocumentPtr>> m_handler;
    base::Cancel m_request;
};

SchemaStore::SchemaStore(base::Executor& home, base::Executor& pool)
    : m_home(home)
    , m_pool(pool)
    , m_cache(std::make_shared<Cache>()) {}

SchemaStore::~SchemaStore() = default;

base::Cancel SchemaStore::find(std::shared_ptr<Transport> transport, const std::string& apiVersion,
                               net::Handler<base::Result<DocumentPtr>> handler) {
    base::Cancel cancel = base::Cancel::create();
    const auto search =
        std::make_shared<Search>(*this, std::move(transport), apiVersion, cancel.token(), std::move(handler));
    cancel.token().onCancel([weak = std::weak_ptr(search)] {
        if (const auto running = weak.lock())
            running->cancel();
    });
    search->start();
    return cancel;
}

base::Cancel SchemaStore::lint(std::string text, std::string file, std::vector<DocumentPtr> documents,
                               net::Handler<Lint> handler) {
    base::Cancel cancel = base::Cancel::create();
    m_pool.post([&home = m_home, token = cancel.token(), alive = std::weak_ptr(m_cache), text = std::move(text),
                 file = std::move(file), documents = std::move(documents), handler = std::move(handler)]() mutable {
        if (token.isCancelled())
            return;
        Lint result = openapi::lint(text, file, [&documents](const std::string& apiVersion, const std::string& kind) {
            const std::size_t slash = apiVersion.find('/');
            const std::string group = slash == std::string::npos ? std::string() : apiVersion.substr(0, slash);
            const std::string version = slash == std::string::npos ? apiVersion : apiVersion.substr(slash + 1);
            const Schema* found = nullptr;
            for (const DocumentPtr& document : documents)
                found = found == nullptr ? document->find(group, version, kind) : found;
            return found;
        });
        home.post([token, alive, handler = std::move(handler), result = std::move(result)]() mutable {
            if (!token.isCancelled() && !alive.expired())
                handler(std::move(result));
        });
    });
    return cancel;
}

} // namespace kube::openapi
