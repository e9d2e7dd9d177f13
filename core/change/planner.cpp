// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/planner.h"

#include "core/change/cluster_queue.h"
#include "core/change/field_path.h"
#include "core/change/object_reads.h"
#include "core/change/rehearsal.h"
#include "core/kube/go_json.h"

#include <string>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

/// The body after each conflict was decided; a field that is gone already is nobody's any more.
std::string decided(const Operation& operation, const std::vector<FieldConflict>& conflicts,
                    const std::vector<Resolution>& resolutions) {
    base::Result<Json> body = kube::parseGoJson(operation.body);
    if (!body)
        return operation.body;
    for (std::size_t i = 0; i < conflicts.size() && i < resolutions.size(); ++i) {
        const auto path = findField(*body, conflicts[i].field);
        if (!path || resolutions[i] == Resolution::TakeOver)
            continue;
        const Json live = Json::parse(conflicts[i].live, nullptr, false);
        if (resolutions[i] == Resolution::Share && !conflicts[i].live.empty() && !live.is_discarded())
            body->at(*path) = live;
        else
            dropField(*body, *path);
    }
    return kube::toGoJson(*body, kube::JsonLayout::Compact);
}

} // namespace

class Planner::Impl : public std::enable_shared_from_this<Planner::Impl> {
public:
    Impl(Environment environment, ChangeSet set, std::function<void()> changed, std::function<void()> done)
        : m_environment(environment)
        , m_reads(environment.home)
        , m_changed(std::move(changed))
        , m_done(std::move(done)) {
        m_plan.set = std::move(set);
        m_plan.operations.resize(m_plan.set.operations.size());
        m_asking.resize(m_plan.operations.size());
    }

    void start(const std::vector<std::size_t>& over) {
        for (const std::size_t number : over)
            m_plan.operations.at(number).verdict = Verdict::Over;
        for (std::size_t i = 0; i < m_plan.operations.size(); ++i) {
            if (m_plan.operations[i].verdict == Verdict::Over)
                continue;
            m_reads.announce(m_plan.set.operations[i]);
            m_queue.add(m_plan.set.operations[i].cluster, i);
        }
        serveLater();
    }

    void stop() {
        m_stopped = true;
        m_asking.clear();
    }

    void askAgain(const std::vector<std::size_t>& numbers) {
        m_reads.forget();
        for (const std::size_t number : numbers) {
            m_plan.operations[number] = {};
            m_reads.announce(m_plan.set.operations[number]);
            m_queue.add(m_plan.set.operations[number].cluster, number);
        }
        serveLater();
    }

    void resolve(std::size_t number, const std::vector<Resolution>& resolutions) {
        Operation& operation = m_plan.set.operations[number];
        operation.body = decided(operation, m_plan.operations[number].conflicts, resolutions);
        for (const Resolution resolution : resolutions) {
            if (resolution == Resolution::TakeOver)
                operation.ownership = Ownership::TakeOver;
        }
        askAgain({number});
    }

    [[nodiscard]] const Plan& plan() const { return m_plan; }

private:
    // Never inside a call from outside: nobody is told something while he still asks.
    void serveLater() {
        m_isOpen = true;
        if (std::exchange(m_serves, true))
            return;
        m_environment.home.post([self = weak_from_this()] {
            if (const auto running = self.lock(); running && !running->m_stopped)
                running->serve();
        });
    }

    void serve() {
        m_serves = false;
        while (const auto number = m_queue.next())
            ask(*number);
        if (!m_serves && m_queue.isIdle() && std::exchange(m_isOpen, false) && m_done)
            m_done();
    }

    void ask(std::size_t number) {
        const Operation& operation = m_plan.set.operations[number];
        const base::Result<ClusterWay> way = m_environment.clusters.find(operation.cluster);
        if (!way)
            return take(number, {.verdict = Verdict::Unreached, .error = way.error()});
        m_asking[number] = rehearse(m_plan.set, number, *way, m_reads, m_environment.home, m_environment.clock,
                                    [self = weak_from_this(), number](PlannedOperation planned) {
                                        if (const auto running = self.lock(); running && !running->m_stopped)
                                            running->take(number, std::move(planned));
                                    });
    }

    void take(std::size_t number, PlannedOperation planned) {
        m_plan.operations[number] = std::move(planned);
        m_queue.leave(m_plan.set.operations[number].cluster);
        if (m_changed)
            m_changed();
        if (!m_stopped)
            serveLater();
    }

    Environment m_environment;
    ObjectReads m_reads;
    Plan m_plan;
    std::function<void()> m_changed;
    std::function<void()> m_done;
    ClusterQueue m_queue;
    std::vector<base::Cancel> m_asking;
    bool m_serves = false; ///< A turn is posted.
    bool m_isOpen = false; ///< Somebody waits for `done`.
    bool m_stopped = false;
};

Planner::Planner(Environment environment, ChangeSet set, std::function<void()> changed, std::function<void()> done,
                 const std::vector<std::size_t>& over)
    : m_impl(std::make_shared<Impl>(environment, std::move(set), std::move(changed), std::move(done))) {
    m_impl->start(over);
}

Planner::~Planner() {
    m_impl->stop();
}

const Plan& Planner::plan() const {
    return m_impl->plan();
}

void Planner::resolve(std::size_t operation, const std::vector<Resolution>& resolutions) {
    m_impl->resolve(operation, resolutions);
}

void Planner::retry() {
    std::vector<std::size_t> unreached;
    for (std::size_t i = 0; i < m_impl->plan().operations.size(); ++i) {
        if (m_impl->plan().operations[i].verdict == Verdict::Unreached)
            unreached.push_back(i);
    }
    if (!unreached.empty())
        m_impl->askAgain(unreached);
}

} // namespace change
