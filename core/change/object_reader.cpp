// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/object_reader.h"

#include "core/change/object_reads.h"
#include "core/change/rehearsal.h"
#include "core/kube/go_json.h"

#include <utility>

namespace change {

class ObjectReader::Impl : public std::enable_shared_from_this<ObjectReader::Impl> {
public:
    Impl(base::Executor& home, Clusters& clusters, std::vector<Operation> operations,
         std::function<void(const Answers&)> done)
        : m_home(home)
        , m_reads(home)
        , m_clusters(clusters)
        , m_operations(std::move(operations))
        , m_done(std::move(done))
        , m_answers(m_operations.size(), nlohmann::json())
        , m_asking(m_operations.size()) {}

    void start() {
        for (std::size_t i = 0; i < m_operations.size(); ++i) {
            m_reads.announce(m_operations[i]);
            m_queue.add(m_operations[i].cluster, i);
        }
        turnLater();
    }

    void stop() {
        m_stopped = true;
        m_asking.clear();
    }

private:
    void turnLater() {
        m_home.post([self = weak_from_this()] {
            if (const auto running = self.lock(); running && !running->m_stopped)
                running->turn();
        });
    }

    void turn() {
        while (const auto number = m_queue.next())
            ask(*number);
        if (m_queue.isIdle() && !std::exchange(m_isOver, true))
            m_done(m_answers);
    }

    void ask(std::size_t number) {
        const Operation& operation = m_operations[number];
        const base::Result<ClusterWay> way = m_clusters.find(operation.cluster);
        const kube::Kind* kind = way ? kindOf(operation, *way->kinds) : nullptr;
        if (!kind) {
            take(number,
                 way ? base::fail(base::ErrorCode::Unsupported, way->name + " serves no " + operation.object.kind +
                                                                    " of " + operation.object.apiVersion)
                     : base::fail(way.error()));
            return;
        }
        m_asking[number] = m_reads.read(
            operation, *kind, *way, [self = weak_from_this(), number](base::Result<std::optional<std::string>> found) {
                const auto running = self.lock();
                if (!running || running->m_stopped)
                    return;
                if (!found)
                    running->take(number, base::fail(std::move(found.error())));
                else
                    running->take(number, *found ? kube::parseGoJson(**found) : nlohmann::json());
            });
    }

    void take(std::size_t number, base::Result<nlohmann::json> answer) {
        m_answers[number] = std::move(answer);
        m_queue.leave(m_operations[number].cluster);
        turnLater();
    }

    base::Executor& m_home;
    ObjectReads m_reads;
    Clusters& m_clusters;
    const std::vector<Operation> m_operations;
    std::function<void(const Answers&)> m_done;
    Answers m_answers;
    std::vector<base::Cancel> m_asking;
    ClusterQueue m_queue;
    bool m_isOver = false;
    bool m_stopped = false;
};

ObjectReader::ObjectReader(base::Executor& home, Clusters& clusters, std::vector<Operation> operations,
                           std::function<void(const Answers&)> done)
    : m_impl(std::make_shared<Impl>(home, clusters, std::move(operations), std::move(done))) {
    m_impl->start();
}

ObjectReader::~ObjectReader() {
    m_impl->stop();
}

} // namespace change
