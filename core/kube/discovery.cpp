// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/discovery.h"

#include "core/base/cancel_bag.h"
#include "core/kube/discovery_document.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kube {

namespace {

constexpr std::string_view kAggregatedAccept =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

/// One discovery under way: /api and /apis side by side, then one request for each version still unknown. Confined to
/// home; kept alive by the handlers of its requests, which the caller's token releases.
class Discovery : public std::enable_shared_from_this<Discovery> {
public:
    Discovery(std::shared_ptr<Transport> transport, base::Executor& home, base::CancelToken token,
              net::Handler<base::Result<KindCatalogPtr>> handler)
        : m_transport(std::move(transport))
        , m_home(home)
        , m_token(std::move(token))
        , m_handler(std::move(handler)) {}

    void start() {
        m_open = m_roots.size();
        for (Root& root : m_roots) {
            ask(root.path, kAggregatedAccept,
                [this, &root](base::Result<net::Response> answer) { readRoot(root, std::move(answer)); });
        }
    }

    // On any thread: the requests go, and with them what keeps this alive.
    void cancel() { m_requests.close(); }

private:
    struct Root {
        std::string path;
        std::vector<DiscoveredGroup> groups;
        std::optional<base::Error> failure;
    };

    void ask(const std::string& path, std::string_view accept, net::Handler<base::Result<net::Response>> then) {
        ApiRequest request;
        request.target = path;
        request.accept = accept;
        request.verb = "get";
        request.resource = path;
        m_requests.add(
            m_transport->send(std::move(request), m_home,
                              [self = shared_from_this(), then = std::move(then)](base::Result<net::Response> answer) {
                                  if (self->m_token.isCancelled())
                                      return;
                                  then(std::move(answer));
                                  if (--self->m_open == 0)
                                      self->finish();
                              }));
    }

    void readRoot(Root& root, base::Result<net::Response> answer) {
        if (!answer) {
            root.failure = std::move(answer.error());
            return;
        }
        auto groups = parseGroups(answer->body);
        if (!groups) {
            root.failure = std::move(groups.error());
            return;
        }
        root.groups = std::move(*groups);
        for (DiscoveredGroup& group : root.groups) {
            for (DiscoveredVersion& version : group.versions) {
                if (version.state == DiscoveredVersion::State::NotAsked)
                    askVersion(group, version);
            }
        }
    }

    // Groups and versions stay where they are until finish().
    void askVersion(const DiscoveredGroup& group, DiscoveredVersion& version) {
        const std::string path =
            (group.name.empty() ? std::string("/api/") : "/apis/" + group.name + "/") + version.version;
        ++m_open;
        ask(path, "application/json", [this, path, &group, &version](base::Result<net::Response> answer) {
            base::Result<std::vector<Kind>> kinds;
            if (answer)
                kinds = parseResourceList(answer->body, group.name, version.version);
            else
                kinds = base::fail(std::move(answer.error()));
            if (kinds) {
                version.kinds = std::move(*kinds);
                version.state = DiscoveredVersion::State::Known;
            } else {
                kinds.error().resource = path;
                m_problems.push_back(std::move(kinds.error()));
            }
        });
    }

    void finish() {
        // A server without a core group (an API server of its own) answers /api with 404.
        if (m_roots[0].failure && m_roots[1].failure) {
            const bool isCoreMissing = m_roots[0].failure->code == base::ErrorCode::Unsupported;
            if (isCoreMissing && m_roots[1].failure->code == base::ErrorCode::Unsupported) {
                base::Error other = base::fail(base::ErrorCode::BadResponse,
                                               "neither /api nor /apis is there: this is no Kubernetes API server")
                                        .value();
                other.httpStatus = m_roots[1].failure->httpStatus;
                respond(base::fail(std::move(other)));
                return;
            }
            respond(base::fail(std::move(isCoreMissing ? *m_roots[1].failure : *m_roots[0].failure)));
            return;
        }
        std::vector<Kind> kinds;
        std::vector<Kind> otherVersions;
        for (Root& root : m_roots) {
            if (root.failure && root.failure->code != base::ErrorCode::Unsupported)
                m_problems.push_back(std::move(*root.failure));
            for (DiscoveredGroup& group : root.groups)
                addGroup(group, kinds, otherVersions);
        }
        respond(std::make_shared<const KindCatalog>(std::move(kinds), std::move(m_problems), std::move(otherVersions)));
    }

    void addGroup(DiscoveredGroup& group, std::vector<Kind>& kinds, std::vector<Kind>& otherVersions) {
        const std::size_t first = kinds.size();
        for (DiscoveredVersion& version : group.versions) {
            if (version.state == DiscoveredVersion::State::Stale) {
                base::Error stale;
                stale.code = base::ErrorCode::ServerFailure;
                stale.resource = "/apis/" + group.name + "/" + version.version;
                stale.message = "the server could not ask the API behind " + group.name + "/" + version.version;
                m_problems.push_back(std::move(stale));
                continue;
            }
            for (Kind& kind : version.kinds) {
                const bool isKnown = std::any_of(kinds.begin() + static_cast<std::ptrdiff_t>(first), kinds.end(),
                                                 [&kind](const Kind& known) { return known.plural == kind.plural; });
                (isKnown ? otherVersions : kinds).push_back(std::move(kind));
            }
        }
    }

    void respond(base::Result<KindCatalogPtr> result) {
        m_requests.close();
        auto handler = std::move(m_handler);
        handler(std::move(result));
    }

    std::shared_ptr<Transport> m_transport;
    base::Executor& m_home;
    base::CancelToken m_token;
    net::Handler<base::Result<KindCatalogPtr>> m_handler;
    std::array<Root, 2> m_roots{{{"/api", {}, {}}, {"/apis", {}, {}}}};
    std::vector<base::Error> m_problems;
    base::CancelBag m_requests;
    std::size_t m_open = 0;
};

} // namespace

base::Cancel discover(std::shared_ptr<Transport> transport, base::Executor& home,
                      net::Handler<base::Result<KindCatalogPtr>> handler) {
    base::Cancel cancel = base::Cancel::create();
    const auto discovery = std::make_shared<Discovery>(std::move(transport), home, cancel.token(), std::move(handler));
    cancel.token().onCancel([weak = std::weak_ptr(discovery)] {
        if (const auto running = weak.lock())
            running->cancel();
    });
    home.post([discovery, token = cancel.token()] {
        if (!token.isCancelled())
            discovery->start();
    });
    return cancel;
}

} // namespace kube
