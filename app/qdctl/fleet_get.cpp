// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/fleet_get.h"

#include "core/kube/watch_requests.h"

#include <algorithm>
#include <utility>

namespace qdctl {

namespace {

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(separator, from), text.size());
        if (end > from)
            parts.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return parts;
}

/// All clusters' questions under way. Confined to home.
class Asking {
public:
    Asking(Session& session, const GetOptions& options, const Wanted& wanted, Depth depth)
        : m_session(session)
        , m_options(options)
        , m_wanted(wanted)
        , m_depth(depth) {}

    std::vector<ClusterAnswer> run(const std::vector<std::string>& contexts) {
        m_answers.resize(contexts.size());
        ++m_open;
        for (std::size_t i = 0; i < contexts.size(); ++i)
            discover(contexts[i], m_answers[i]);
        done();
        m_session.home().run();
        m_cancels.clear();
        for (ClusterAnswer& answer : m_answers) {
            for (KindAnswer& part : answer.kinds)
                orderAsAsked(part);
        }
        return std::move(m_answers);
    }

private:
    void done() {
        if (--m_open == 0)
            m_session.home().stop();
    }

    // Names are asked for side by side, and answers come as they come.
    void orderAsAsked(KindAnswer& part) const {
        const auto place = [this](std::string_view name) {
            return std::find(m_wanted.names.begin(), m_wanted.names.end(), name) - m_wanted.names.begin();
        };
        const auto nameOf = [](const kube::RowBatch& batch) {
            return batch.size() == 0 ? std::string_view() : batch.row(0).name();
        };
        if (m_wanted.names.size() < 2)
            return;
        std::stable_sort(part.objects.begin(), part.objects.end(),
                         [&](const auto& a, const auto& b) { return place(a.name) < place(b.name); });
        std::stable_sort(part.list.batches.begin(), part.list.batches.end(),
                         [&](const auto& a, const auto& b) { return place(nameOf(a)) < place(nameOf(b)); });
    }

    void discover(const std::string& context, ClusterAnswer& answer) {
        answer.context = context;
        base::Result<Way> way = m_session.open(context);
        if (!way) {
            answer.error = std::move(way.error());
            return;
        }
        answer.ns = m_options.allNamespaces ? std::string() : m_options.ns.empty() ? way->ns : m_options.ns;
        answer.environment = way->environment;
        ++m_open;
        m_cancels.push_back(kube::discover(way->environment.transport, m_session.home(),
                                           [this, &answer](base::Result<kube::KindCatalogPtr> kinds) {
                                               if (kinds)
                                                   ask(answer, **kinds);
                                               else
                                                   answer.error = std::move(kinds.error());
                                               done();
                                           }));
    }

    void ask(ClusterAnswer& answer, const kube::KindCatalog& catalog) {
        for (const std::string& typed : m_wanted.kinds) {
            std::vector<const kube::Kind*> kinds = catalog.inCategory(typed);
            if (const kube::Kind* kind = catalog.find(typed))
                kinds = {kind};
            if (kinds.empty()) {
                answer.error =
                    base::fail(base::ErrorCode::NotFound, "the server doesn't have a resource type \"" + typed + "\"")
                        .value();
                answer.kinds.clear();
                return;
            }
            for (const kube::Kind* kind : kinds) {
                const bool isKnown =
                    std::any_of(answer.kinds.begin(), answer.kinds.end(), [&](const KindAnswer& known) {
                        return known.kind.apiVersion() == kind->apiVersion() && known.kind.plural == kind->plural;
                    });
                if (isKnown)
                    continue;
                KindAnswer part;
                part.kind = *kind;
                part.spec.kind = *kind;
                part.spec.ns = kind->namespaced ? answer.ns : std::string();
                part.spec.labelSelector = m_options.selector;
                part.spec.fieldSelector = m_options.fieldSelector;
                answer.kinds.push_back(std::move(part));
            }
        }
        if (m_depth == Depth::Kinds)
            return;
        for (std::size_t i = 0; i < answer.kinds.size(); ++i) {
            if (m_wanted.names.empty())
                list(answer, i, {});
            for (const std::string& name : m_wanted.names) {
                if (m_depth == Depth::Objects)
                    fetch(answer, i, name);
                else
                    list(answer, i, name);
            }
        }
    }

    // Who may get an object need not be let to list.
    void fetch(ClusterAnswer& answer, std::size_t index, const std::string& name) {
        const KindAnswer& wanted = answer.kinds[index];
        kube::ApiRequest request;
        request.target = wanted.kind.path(wanted.spec.ns, kube::queryEscape(name));
        request.verb = "get";
        request.resource = wanted.kind.resource();
        ++m_open;
        m_cancels.push_back(answer.environment.transport->send(
            std::move(request), m_session.home(),
            [this, &answer, index, name](const base::Result<net::Response>& object) {
                KindAnswer& part = answer.kinds[index];
                if (object) {
                    const auto read = kube::splitList("{\"items\":[" + object->body + "]}", part.kind, part.objects);
                    if (!read)
                        part.error = read.error();
                } else if (object.error().code == base::ErrorCode::NotFound) {
                    part.missing.push_back(name);
                } else {
                    part.error = object.error();
                }
                done();
            }));
    }

    void list(ClusterAnswer& answer, std::size_t index, const std::string& name) {
        kube::WatchSpec spec = answer.kinds[index].spec;
        if (!name.empty())
            spec.fieldSelector = "metadata.name=" + name;
        ++m_open;
        if (m_depth == Depth::Objects) {
            m_cancels.push_back(
                kube::fetchObjects(answer.environment.transport, spec, m_session.home(),
                                   [this, &answer, index](base::Result<std::vector<kube::ObjectText>> objects) {
                                       KindAnswer& part = answer.kinds[index];
                                       if (!objects)
                                           part.error = std::move(objects.error());
                                       else
                                           part.objects = std::move(*objects);
                                       done();
                                   }));
            return;
        }
        m_cancels.push_back(kube::list(answer.environment, spec, m_session.home(),
                                       [this, &answer, index, name](base::Result<kube::ListResult> result) {
                                           takeList(answer, answer.kinds[index], name, std::move(result));
                                           done();
                                       }));
    }

    void takeList(ClusterAnswer& answer, KindAnswer& part, const std::string& name,
                  base::Result<kube::ListResult> result) {
        answer.nowMs = m_session.clock().nowMs();
        if (!result) {
            part.error = std::move(result.error());
            return;
        }
        if (result->serverTimeMs != 0)
            answer.nowMs = result->serverTimeMs;
        const bool isEmpty = std::all_of(result->batches.begin(), result->batches.end(),
                                         [](const kube::RowBatch& batch) { return batch.size() == 0; });
        if (isEmpty && !name.empty())
            part.missing.push_back(name);
        part.list.resourceVersion = std::move(result->resourceVersion);
        part.list.serverTimeMs = result->serverTimeMs;
        for (kube::RowBatch& batch : result->batches)
            part.list.batches.push_back(std::move(batch));
    }

    Session& m_session;
    const GetOptions& m_options;
    const Wanted& m_wanted;
    const Depth m_depth;
    std::vector<ClusterAnswer> m_answers;
    std::vector<base::Cancel> m_cancels;
    std::size_t m_open = 0;
};

} // namespace

base::Result<Wanted> wantedOf(const GetOptions& options) {
    Wanted wanted;
    wanted.names = options.names;
    if (const std::size_t slash = options.kinds.find('/'); slash != std::string::npos) {
        if (!options.names.empty() || options.kinds.find_first_of(",/", slash + 1) != std::string::npos)
            return base::fail(base::ErrorCode::BadInput, "there is only one KIND/NAME, and nothing beside it");
        wanted.kinds = {options.kinds.substr(0, slash)};
        wanted.names = {options.kinds.substr(slash + 1)};
    } else {
        wanted.kinds = split(options.kinds, ',');
    }
    if (wanted.kinds.empty())
        return base::fail(base::ErrorCode::BadInput, "no kind is named");
    if (!wanted.names.empty() && options.allNamespaces)
        return base::fail(base::ErrorCode::BadInput, "a resource cannot be retrieved by name across all namespaces");
    if (!wanted.names.empty() && !options.selector.empty())
        return base::fail(base::ErrorCode::BadInput, "names and a selector exclude each other");
    return wanted;
}

std::vector<ClusterAnswer> askClusters(Session& session, const std::vector<std::string>& contexts,
                                       const GetOptions& options, const Wanted& wanted, Depth depth) {
    return Asking(session, options, wanted, depth).run(contexts);
}

} // namespace qdctl
