// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/drain_reader.h"

#include "core/base/cancel.h"
#include "core/kube/go_json.h"
#include "core/kube/object_list.h"

#include <tuple>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

std::string namespaceOf(const std::string& path) {
    return path.substr(0, path.find('/'));
}

std::string nameOf(const std::string& path) {
    return path.substr(path.find('/') + 1);
}

} // namespace

/// First the pods of all nodes, then what they name, then the decisions.
class DrainReader::Impl : public std::enable_shared_from_this<DrainReader::Impl> {
public:
    Impl(base::Executor& home, Clusters& clusters, const std::vector<Target>& nodes, DrainOptions options,
         std::function<void(std::vector<NodeDrain>)> done)
        : m_home(home)
        , m_clusters(clusters)
        , m_options(std::move(options))
        , m_done(std::move(done))
        , m_objects(nodes.size()) {
        for (const Target& node : nodes)
            m_nodes.push_back({node, {}});
    }

    void start() {
        m_next = &Impl::readRest;
        ++m_open;
        for (std::size_t i = 0; i < m_nodes.size(); ++i)
            readPods(i);
        closeLater();
    }

    void stop() {
        m_stopped = true;
        m_asking.clear();
    }

private:
    using Objects = base::Result<std::vector<kube::ObjectText>>;

    // Never inside a call from outside.
    void closeLater() {
        m_home.post([self = weak_from_this()] {
            if (const auto running = self.lock(); running && !running->m_stopped)
                running->close();
        });
    }

    void close() {
        if (--m_open == 0)
            (this->*m_next)();
    }

    const kube::Kind* kindIn(const ClusterWay& way, const char* apiVersion, const char* kind) const {
        return way.kinds->findKind(apiVersion, kind);
    }

    template <typename Then>
    void list(const ClusterWay& way, kube::WatchSpec spec, Then then) {
        ++m_open;
        m_asking.push_back(kube::fetchObjects(way.transport, std::move(spec), m_home,
                                              [self = weak_from_this(), then](Objects objects) {
                                                  const auto running = self.lock();
                                                  if (!running || running->m_stopped)
                                                      return;
                                                  then(*running, std::move(objects));
                                                  running->close();
                                              }));
    }

    void readPods(std::size_t number) {
        NodeDrain& node = m_nodes[number];
        const base::Result<ClusterWay> way = m_clusters.find(node.node.cluster);
        const kube::Kind* pods = way ? kindIn(*way, "v1", "Pod") : nullptr;
        if (!pods) {
            node.error =
                way ? base::fail(base::ErrorCode::Unsupported, way->name + " serves no pods").value() : way.error();
            return;
        }
        kube::WatchSpec spec;
        spec.kind = *pods;
        spec.fieldSelector = "spec.nodeName=" + node.node.object.name;
        spec.labelSelector = m_options.podSelector;
        list(*way, std::move(spec),
             [number](Impl& self, Objects objects) { self.takePods(number, std::move(objects)); });
    }

    void takePods(std::size_t number, Objects objects) {
        NodeDrain& node = m_nodes[number];
        if (!objects) {
            node.error = std::move(objects.error());
            return;
        }
        for (kube::ObjectText& text : *objects) {
            base::Result<Json> object = kube::parseGoJson(text.json);
            if (!object) {
                node.error = std::move(object.error());
                return;
            }
            node.pods.push_back({{"v1", "Pod", text.ns, text.name}, std::move(text.json)});
            m_objects[number].push_back(*std::move(object));
        }
    }

    void readRest() {
        m_next = &Impl::decideAll;
        ++m_open;
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            const base::Result<ClusterWay> way = m_clusters.find(m_nodes[i].node.cluster);
            if (!way || m_nodes[i].error)
                continue;
            for (const Json& pod : m_objects[i]) {
                if (const std::string daemonSet = daemonSetOf(pod); !daemonSet.empty())
                    readDaemonSet(*way, m_nodes[i].node.cluster, daemonSet);
                readBudgets(*way, m_nodes[i].node.cluster,
                            pod.value(Json::json_pointer("/metadata/namespace"), std::string()));
            }
        }
        closeLater();
    }

    void readDaemonSet(const ClusterWay& way, const ClusterRef& cluster, const std::string& path) {
        const std::string key = keyOf(cluster);
        const kube::Kind* kind = kindIn(way, "apps/v1", "DaemonSet");
        if (!kind || !m_daemonSets[key].emplace(path, std::nullopt).second)
            return;
        kube::ApiRequest request;
        request.target = kind->path(namespaceOf(path), nameOf(path));
        request.verb = "get";
        request.resource = kind->resource();
        ++m_open;
        m_asking.push_back(way.transport->send(
            std::move(request), m_home, [self = weak_from_this(), key, path](base::Result<net::Response> answer) {
                const auto running = self.lock();
                if (!running || running->m_stopped)
                    return;
                if (!answer)
                    running->m_daemonSets[key][path] = std::move(answer.error());
                running->close();
            }));
    }

    struct Budgets {
        std::vector<Json> objects;
        bool known = true;
    };

    void readBudgets(const ClusterWay& way, const ClusterRef& cluster, const std::string& ns) {
        const auto key = std::pair(keyOf(cluster), ns);
        const kube::Kind* kind = kindIn(way, "policy/v1", "PodDisruptionBudget");
        if (!kind || !m_budgets.emplace(key, Budgets{}).second)
            return;
        kube::WatchSpec spec;
        spec.kind = *kind;
        spec.ns = ns;
        list(way, std::move(spec), [key](Impl& self, const Objects& objects) {
            Budgets& budgets = self.m_budgets[key];
            budgets.known = objects.has_value();
            for (const kube::ObjectText& text : objects ? *objects : std::vector<kube::ObjectText>()) {
                if (base::Result<Json> object = kube::parseGoJson(text.json))
                    budgets.objects.push_back(*std::move(object));
            }
        });
    }

    void decideAll() {
        for (std::size_t i = 0; i < m_nodes.size(); ++i) {
            NodeDrain& node = m_nodes[i];
            const std::string cluster = keyOf(node.node.cluster);
            for (std::size_t j = 0; !node.error && j < node.pods.size(); ++j) {
                PodOnNode& pod = node.pods[j];
                decide(pod, m_objects[i][j], m_options, m_daemonSets[cluster]);
                const Budgets& budgets = m_budgets[{cluster, pod.object.ns}];
                node.budgetsKnown = node.budgetsKnown && budgets.known;
                if (pod.fate == PodFate::Evict)
                    pod.budgets = budgetsOf(m_objects[i][j], budgets.objects);
            }
        }
        const auto done = std::move(m_done);
        done(std::move(m_nodes));
    }

    static std::string keyOf(const ClusterRef& cluster) { return cluster.uid.empty() ? cluster.context : cluster.uid; }

    base::Executor& m_home;
    Clusters& m_clusters;
    const DrainOptions m_options;
    std::function<void(std::vector<NodeDrain>)> m_done;
    std::vector<NodeDrain> m_nodes;
    std::vector<std::vector<Json>> m_objects; ///< Of each node, beside its pods.
    std::map<std::string, DaemonSetErrors> m_daemonSets;
    std::map<std::pair<std::string, std::string>, Budgets> m_budgets;
    std::vector<base::Cancel> m_asking;
    void (Impl::*m_next)() = nullptr;
    std::size_t m_open = 0;
    bool m_stopped = false;
};

DrainReader::DrainReader(base::Executor& home, Clusters& clusters, const std::vector<Target>& nodes,
                         DrainOptions options, std::function<void(std::vector<NodeDrain>)> done)
    : m_impl(std::make_shared<Impl>(home, clusters, nodes, std::move(options), std::move(done))) {
    m_impl->start();
}

DrainReader::~DrainReader() {
    m_impl->stop();
}

} // namespace change
