// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/permissions.h"

#include <algorithm>
#include <cstddef>

namespace fleet {

namespace {

constexpr std::int64_t kHoldMs = 60'000;
/// What failed is not asked again at every look.
constexpr std::int64_t kFailedHoldMs = 10'000;
/// Beyond it, what is stale goes.
constexpr std::size_t kMostAnswers = 4096;
/// Of one cluster; the rest waits for these.
constexpr int kQuestionsAtOnce = 32;

bool isThere(const ClusterInfo& info) {
    return info.health == Health::Live || info.health == Health::Degraded;
}

std::string userOf(const ClusterInfo& info) {
    return info.wayIn < info.waysIn.size() ? info.waysIn[info.wayIn].user : std::string();
}

} // namespace

std::string Permission::sentence() const {
    if (!isDenied())
        return {};
    std::string text = (user.empty() ? std::string("you") : user) + " may not " + asked.verb + " " + asked.what();
    if (!asked.name.empty())
        text += " \"" + asked.name + "\"";
    if (!asked.ns.empty())
        text += " in namespace " + asked.ns;
    text += " of " + clusterName + ": the verb " + asked.verb + " on " + asked.what() + " is missing";
    return reason.empty() ? text : text + " (" + reason + ")";
}

/// All that is known of one cluster by one connection.
struct Permissions::Known {
    std::shared_ptr<kube::Transport> transport;
    std::string context;
    std::map<std::string, RulesSlot> rules; // By namespace, kNoNamespace too.
    std::map<kube::AccessAttributes, AccessSlot> access;
    int asking = 0; // Of access.
};

struct Permissions::RulesWaiter {
    ClusterId cluster;
    std::string ns;
    base::CancelToken token;
    base::UniqueFunction<void(base::Result<Rules>)> handler;
};

struct Permissions::Batch {
    std::vector<std::pair<ClusterId, kube::AccessAttributes>> questions;
    std::vector<std::optional<Permission>> answers;
    base::CancelToken token;
    base::UniqueFunction<void(std::vector<Permission>)> handler;
};

Permissions::Permissions(PermissionsEnvironment environment)
    : m_environment(std::move(environment)) {}

Permissions::~Permissions() = default;

Permission Permissions::may(ClusterId cluster, std::string_view verb, const kube::Kind& kind,
                            std::string_view subresource, std::string_view ns, std::string_view name) {
    return may(cluster, kube::accessTo(verb, kind, subresource, ns, name));
}

Permission Permissions::may(ClusterId cluster, const kube::AccessAttributes& asked) {
    if (std::optional<Permission> permission = resolve(cluster, asked))
        return *std::move(permission);
    std::pair<ClusterId, kube::AccessAttributes> question(cluster, asked);
    if (std::ranges::find(m_wanted, question) == m_wanted.end())
        m_wanted.push_back(std::move(question));
    return blank(cluster, asked);
}

base::Cancel Permissions::ask(std::vector<std::pair<ClusterId, kube::AccessAttributes>> questions,
                              base::UniqueFunction<void(std::vector<Permission>)> handler) {
    base::Cancel cancel = base::Cancel::create();
    auto batch = std::make_shared<Batch>();
    batch->answers.resize(questions.size());
    batch->questions = std::move(questions);
    batch->token = cancel.token();
    batch->handler = std::move(handler);
    m_batches.push_back(std::move(batch));
    turnSoon();
    return cancel;
}

base::Cancel Permissions::rules(ClusterId cluster, const std::string& ns,
                                base::UniqueFunction<void(base::Result<Rules>)> handler) {
    base::Cancel cancel = base::Cancel::create();
    auto waiter = std::make_shared<RulesWaiter>();
    waiter->cluster = cluster;
    waiter->ns = ns.empty() ? std::string(kube::kNoNamespace) : ns;
    waiter->token = cancel.token();
    waiter->handler = std::move(handler);
    m_rulesWaiters.push_back(std::move(waiter));
    turnSoon();
    return cancel;
}

base::Cancel Permissions::roles(ClusterId cluster, kube::RbacScope scope, const std::string& ns,
                                net::Handler<base::Result<kube::RbacReading>> handler) {
    base::Cancel cancel = base::Cancel::create();
    const auto answer = [home = &m_environment.home, token = cancel.token(),
                         handler = std::make_shared<net::Handler<base::Result<kube::RbacReading>>>(std::move(handler))](
                            base::Result<kube::RbacReading> reading) {
        home->post([token, handler, reading = std::move(reading)]() mutable {
            if (!token.isCancelled())
                (*handler)(std::move(reading));
        });
    };
    const Known* known = knownOf(cluster);
    if (known == nullptr) {
        answer(base::fail(whyAway(cluster)));
        return cancel;
    }
    // It lives as long as somebody may post to it.
    const auto reader =
        std::make_shared<base::Strand>(m_environment.decodePool ? *m_environment.decodePool : m_environment.home);
    base::Cancel reading = kube::readRbac(known->transport, scope, ns, *reader,
                                          [answer, reader, name = known->context](kube::RbacReading read) {
                                              for (base::Error& problem : read.problems)
                                                  problem.cluster = name;
                                              answer(std::move(read));
                                          });
    cancel.token().onCancel([reader, reading = std::move(reading)]() mutable { reading.cancel(); });
    return cancel;
}

base::Error Permissions::whyAway(ClusterId cluster) const {
    const ClusterInfo& info = m_environment.info(cluster);
    base::Error error = info.error ? *info.error : base::fail(base::ErrorCode::Unreachable, "not connected").value();
    error.cluster = info.name;
    return error;
}

base::Cancel Permissions::onKnown(std::function<void(ClusterId)> listener) {
    base::Cancel cancel = base::Cancel::create();
    m_listeners.emplace_back(cancel.token(), std::make_shared<std::function<void(ClusterId)>>(std::move(listener)));
    return cancel;
}

void Permissions::forget(ClusterId cluster) {
    if (m_known.erase(cluster) > 0)
        answered(cluster);
}

void Permissions::clusterChanged(ClusterId cluster) {
    if (m_known.contains(cluster) && knownOf(cluster) == nullptr)
        answered(cluster);
}

// Null, and nothing is kept, where the cluster does not answer; what another connection said is dropped.
Permissions::Known* Permissions::knownOf(ClusterId cluster) {
    const ClusterInfo& info = m_environment.info(cluster);
    std::shared_ptr<kube::Transport> transport = m_environment.transport(cluster);
    if (!transport || !isThere(info)) {
        m_known.erase(cluster);
        return nullptr;
    }
    std::unique_ptr<Known>& known = m_known[cluster];
    if (!known || known->transport != transport || known->context != info.name) {
        known = std::make_unique<Known>();
        known->transport = std::move(transport);
        known->context = info.name;
    }
    return known.get();
}

bool Permissions::isFresh(Progress progress, std::int64_t atMs) const {
    if (progress == Progress::Asking)
        return true;
    const std::int64_t age = m_environment.clock.steadyMs() - atMs;
    return age < (progress == Progress::Known ? kHoldMs : kFailedHoldMs);
}

Permission Permissions::blank(ClusterId cluster, const kube::AccessAttributes& asked) const {
    const ClusterInfo& info = m_environment.info(cluster);
    Permission permission;
    permission.cluster = cluster;
    permission.asked = asked;
    permission.user = userOf(info);
    permission.clusterName = info.name;
    return permission;
}

std::optional<Permission> Permissions::resolve(ClusterId cluster, const kube::AccessAttributes& asked) {
    Permission permission = blank(cluster, asked);
    Known* known = knownOf(cluster);
    if (known == nullptr)
        return permission;
    const auto told = known->access.find(asked);
    const bool isTold = told != known->access.end() && isFresh(told->second.progress, told->second.atMs);
    if (!isTold && asked.isResource() && !asked.ns.empty()) {
        const RulesSlot& slot = rulesSlot(cluster, *known, asked.ns);
        if (slot.progress == Progress::Asking)
            return std::nullopt;
        if (slot.progress == Progress::Known && !slot.answer->incomplete && anyRuleAllows(slot.answer->rules, asked)) {
            permission.state = Permission::State::Allowed;
            return permission;
        }
        // Rules say nothing of those who bypass them: no is said by the server alone.
    }
    if (!isTold && known->asking >= kQuestionsAtOnce)
        return std::nullopt;
    const AccessSlot& slot = accessSlot(cluster, *known, asked);
    if (slot.progress == Progress::Asking)
        return std::nullopt;
    if (slot.progress == Progress::Known) {
        permission.state = slot.answer.allowed ? Permission::State::Allowed : Permission::State::Denied;
        permission.reason = slot.answer.reason;
    }
    return permission;
}

Permissions::RulesSlot& Permissions::rulesSlot(ClusterId cluster, Known& known, const std::string& ns) {
    const auto found = known.rules.find(ns);
    if (found != known.rules.end() && isFresh(found->second.progress, found->second.atMs))
        return found->second;
    RulesSlot& slot = known.rules[ns] = {};
    slot.call = kube::askRules(*known.transport, ns, m_environment.home,
                               [this, cluster, &slot](base::Result<kube::RulesReview> review) {
                                   slot.progress = review ? Progress::Known : Progress::Failed;
                                   slot.atMs = m_environment.clock.steadyMs();
                                   if (review)
                                       slot.answer = std::make_shared<const kube::RulesReview>(std::move(*review));
                                   else
                                       slot.error = std::move(review.error());
                                   answered(cluster);
                               });
    return slot;
}

Permissions::AccessSlot& Permissions::accessSlot(ClusterId cluster, Known& known, const kube::AccessAttributes& asked) {
    const auto found = known.access.find(asked);
    if (found != known.access.end() && isFresh(found->second.progress, found->second.atMs))
        return found->second;
    if (known.access.size() > kMostAnswers)
        std::erase_if(known.access,
                      [this](const auto& entry) { return !isFresh(entry.second.progress, entry.second.atMs); });
    AccessSlot& slot = known.access[asked] = {};
    ++known.asking;
    slot.call = kube::askAccess(*known.transport, asked, m_environment.home,
                                [this, cluster, &known, &slot](base::Result<kube::AccessReview> review) {
                                    --known.asking;
                                    slot.progress = review ? Progress::Known : Progress::Failed;
                                    slot.atMs = m_environment.clock.steadyMs();
                                    if (review)
                                        slot.answer = std::move(*review);
                                    else
                                        slot.error = std::move(review.error());
                                    answered(cluster);
                                });
    return slot;
}

void Permissions::answered(ClusterId cluster) {
    if (std::ranges::find(m_answered, cluster) == m_answered.end())
        m_answered.push_back(cluster);
    turnSoon();
}

void Permissions::turnSoon() {
    if (std::exchange(m_turnPosted, true))
        return;
    m_environment.home.post([this, guard = std::weak_ptr<int>(m_alive)] {
        if (!guard.expired())
            turn();
    });
}

// Goes on with everything that waits. Handlers may ask again or destroy us.
void Permissions::turn() {
    m_turnPosted = false;
    const std::weak_ptr<int> guard = m_alive;
    const std::vector<ClusterId> news = std::exchange(m_answered, {});
    std::erase_if(m_wanted,
                  [this](const auto& question) { return resolve(question.first, question.second).has_value(); });
    std::vector<std::shared_ptr<Batch>> ready;
    std::erase_if(m_batches, [this, &ready](const std::shared_ptr<Batch>& batch) {
        if (batch->token.isCancelled())
            return true;
        bool isReady = true;
        for (std::size_t i = 0; i < batch->questions.size(); ++i) {
            if (!batch->answers[i])
                batch->answers[i] = resolve(batch->questions[i].first, batch->questions[i].second);
            isReady = isReady && batch->answers[i].has_value();
        }
        if (isReady)
            ready.push_back(batch);
        return isReady;
    });
    for (const std::shared_ptr<Batch>& batch : ready) {
        std::vector<Permission> answers;
        answers.reserve(batch->answers.size());
        for (std::optional<Permission>& answer : batch->answers)
            answers.push_back(*std::move(answer));
        if (!batch->token.isCancelled())
            batch->handler(std::move(answers));
        if (guard.expired())
            return;
    }
    serveRules();
    if (guard.expired())
        return;
    std::erase_if(m_listeners, [](const auto& entry) { return entry.first.isCancelled(); });
    const auto listeners = m_listeners;
    for (const ClusterId cluster : news) {
        for (const auto& [token, listener] : listeners) {
            if (!token.isCancelled())
                (*listener)(cluster);
            if (guard.expired())
                return;
        }
    }
}

void Permissions::serveRules() {
    const std::weak_ptr<int> guard = m_alive;
    std::vector<std::pair<std::shared_ptr<RulesWaiter>, base::Result<Rules>>> ready;
    std::erase_if(m_rulesWaiters, [this, &ready](const std::shared_ptr<RulesWaiter>& waiter) {
        if (waiter->token.isCancelled())
            return true;
        Known* known = knownOf(waiter->cluster);
        if (known == nullptr) {
            ready.emplace_back(waiter, base::fail(whyAway(waiter->cluster)));
            return true;
        }
        const RulesSlot& slot = rulesSlot(waiter->cluster, *known, waiter->ns);
        if (slot.progress == Progress::Asking)
            return false;
        if (slot.progress == Progress::Known) {
            ready.emplace_back(waiter, slot.answer);
        } else {
            base::Error error = *slot.error;
            error.cluster = known->context;
            ready.emplace_back(waiter, base::fail(std::move(error)));
        }
        return true;
    });
    for (auto& [waiter, result] : ready) {
        if (!waiter->token.isCancelled())
            waiter->handler(std::move(result));
        if (guard.expired())
            return;
    }
}

} // namespace fleet
