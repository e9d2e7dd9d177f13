// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/object_reads.h"

#include "core/base/cancel_bag.h"
#include "core/change/write_request.h"
#include "core/kube/object_list.h"
#include "core/kube/watch_requests.h"

#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace change {

namespace {

/// From so many on a list costs a server less than to be asked for each.
constexpr std::size_t kMany = 8;
/// So many objects in a list cost about as much as one that is asked for alone.
constexpr std::size_t kAsOneAlone = 8;
constexpr int kPageSize = 500;
/// Of a page, as it is read on home.
constexpr std::size_t kMostBytes = std::size_t(8) << 20;

using Text = base::Result<std::optional<std::string>>;

/// One object that somebody waits for.
struct Question {
    std::string name;
    std::shared_ptr<kube::Transport> transport;
    kube::ApiRequest alone;
    ObjectReads::Found found;
    base::CancelToken token;
    base::CancelSlot asking;

    void answer(Text text) {
        if (!token.isCancelled())
            std::exchange(found, {})(std::move(text));
    }
};
using QuestionPtr = std::shared_ptr<Question>;

void askAlone(const QuestionPtr& question, base::Executor& home) {
    if (question->token.isCancelled())
        return;
    question->asking.set(
        question->transport->send(std::move(question->alone), home, [question](base::Result<net::Response> answer) {
            if (answer)
                question->answer(std::optional(std::move(answer->body)));
            else if (answer.error().httpStatus == 404)
                question->answer(std::optional<std::string>());
            else
                question->answer(base::fail(std::move(answer.error())));
        }));
}

/// The list for objects of one kind and namespace. Confined to home.
class Group : public std::enable_shared_from_this<Group> {
public:
    Group(base::Executor& home, std::string ns)
        : m_home(home) {
        m_spec.ns = std::move(ns);
    }

    void want(const std::string& name) { m_wanted.insert(name); }

    /// False: it is to be asked for alone.
    bool take(const QuestionPtr& question, const kube::Kind& kind) {
        if (m_phase == Phase::New && !begin(kind, question->transport))
            return false;
        if (m_wanted.erase(question->name) == 0)
            return false;
        if (m_phase == Phase::Asking)
            m_questions.push_back(question);
        else if (isKnown(question->name))
            m_home.post([self = shared_from_this(), question] { question->answer(self->textOf(question->name)); });
        else
            return false;
        return true;
    }

    [[nodiscard]] bool isAsking() const { return m_phase == Phase::Asking; }

private:
    enum class Phase { New, Asking, Over };

    bool begin(const kube::Kind& kind, const std::shared_ptr<kube::Transport>& transport) {
        // Without a namespace the list would be that of all.
        if (m_wanted.size() < kMany || !kind.allows("list") || kind.namespaced == m_spec.ns.empty())
            return false;
        m_phase = Phase::Asking;
        m_spec.kind = kind;
        m_transport = transport;
        m_missing = m_wanted;
        m_most = m_wanted.size() * kAsOneAlone;
        ask({});
        return true;
    }

    void ask(const std::string& page) {
        kube::ApiRequest request = kube::objectsRequest(m_spec, kPageSize, page);
        request.maxBody = kMostBytes;
        m_asking.set(m_transport->send(std::move(request), m_home,
                                       [weak = weak_from_this()](const base::Result<net::Response>& answer) {
                                           if (const auto group = weak.lock())
                                               group->takePage(answer);
                                       }));
    }

    void takePage(const base::Result<net::Response>& answer) {
        std::vector<kube::ObjectText> objects;
        const base::Result<kube::ListRest> rest =
            answer ? kube::splitList(answer->body, m_spec.kind, objects) : base::fail(answer.error());
        // Whatever is in the way of a list may not be in the way of the objects.
        if (!rest)
            return end();
        m_seen += objects.size();
        for (kube::ObjectText& object : objects) {
            if (m_missing.erase(object.name) > 0)
                m_objects.emplace(std::move(object.name), std::move(object.json));
        }
        m_isWhole = rest->next.empty();
        if (m_isWhole || m_missing.empty() || m_seen + static_cast<std::size_t>(rest->remaining) > m_most)
            return end();
        ask(rest->next);
    }

    void end() {
        m_phase = Phase::Over;
        for (const QuestionPtr& question : std::exchange(m_questions, {})) {
            if (isKnown(question->name))
                question->answer(textOf(question->name));
            else
                askAlone(question, m_home);
        }
    }

    [[nodiscard]] bool isKnown(const std::string& name) const { return m_isWhole || m_objects.contains(name); }

    std::optional<std::string> textOf(const std::string& name) {
        auto node = m_objects.extract(name);
        return node.empty() ? std::nullopt : std::optional(std::move(node.mapped()));
    }

    base::Executor& m_home;
    std::set<std::string> m_wanted; ///< And not read yet.
    std::set<std::string> m_missing;
    std::map<std::string, std::string> m_objects; ///< JSON by name.
    std::vector<QuestionPtr> m_questions;
    kube::WatchSpec m_spec;
    std::shared_ptr<kube::Transport> m_transport;
    Phase m_phase = Phase::New;
    bool m_isWhole = false; ///< What the list lacks is not there.
    std::size_t m_most = 0;
    std::size_t m_seen = 0;
    base::CancelSlot m_asking;
};

/// The autoscalers of one namespace. Confined to home.
class AutoscalerList : public std::enable_shared_from_this<AutoscalerList> {
public:
    using Found = net::Handler<ObjectReads::Autoscalers>;

    explicit AutoscalerList(base::Executor& home)
        : m_home(home) {}

    void take(base::CancelToken token, Found found, const ClusterWay& way, const std::string& ns) {
        m_waiting.push_back({std::move(token), std::move(found)});
        if (m_phase == Phase::Over)
            return m_home.post([self = shared_from_this()] { self->tell(); });
        if (m_phase == Phase::Asking)
            return;
        m_phase = Phase::Asking;
        const kube::Kind* kind = way.kinds->findKind("autoscaling/v2", "HorizontalPodAutoscaler");
        if (!kind)
            return m_home.post([self = shared_from_this()] { self->tell(); });
        kube::ApiRequest request;
        request.target = kind->path(ns);
        request.verb = "list";
        request.resource = kind->resource();
        m_asking.set(way.transport->send(std::move(request), m_home,
                                         [weak = weak_from_this()](const base::Result<net::Response>& answer) {
                                             if (const auto list = weak.lock())
                                                 list->takeAnswer(answer);
                                         }));
    }

    [[nodiscard]] bool isAsking() const { return m_phase == Phase::Asking; }

private:
    enum class Phase { New, Asking, Over };
    struct Waiting {
        base::CancelToken token;
        Found found;
    };

    void takeAnswer(const base::Result<net::Response>& answer) {
        // Whoever may not look at autoscalers may scale all the same.
        if (answer)
            m_list = std::make_shared<const nlohmann::json>(nlohmann::json::parse(answer->body, nullptr, false));
        tell();
    }

    void tell() {
        m_phase = Phase::Over;
        for (Waiting& waiting : std::exchange(m_waiting, {})) {
            if (!waiting.token.isCancelled())
                waiting.found(m_list);
        }
    }

    base::Executor& m_home;
    std::vector<Waiting> m_waiting;
    ObjectReads::Autoscalers m_list;
    Phase m_phase = Phase::New;
    base::CancelSlot m_asking;
};

std::string clusterKey(const ClusterRef& cluster) {
    return cluster.uid.empty() ? "context " + cluster.context : cluster.uid;
}

} // namespace

class ObjectReads::Impl {
public:
    explicit Impl(base::Executor& home)
        : m_home(home) {}

    void announce(const Operation& operation) {
        const ObjectRef& object = operation.object;
        if (operation.verb == Verb::Scale || (object.kind == "Secret" && object.apiVersion == "v1"))
            return;
        std::shared_ptr<Group>& group = m_groups[keyOf(operation)];
        if (!group)
            group = std::make_shared<Group>(m_home, object.ns);
        group->want(object.name);
    }

    void forget() {
        for (auto& [key, group] : std::exchange(m_groups, {})) {
            if (group->isAsking())
                m_left.push_back(std::move(group));
        }
        for (auto& [key, list] : std::exchange(m_autoscalers, {})) {
            if (list->isAsking())
                m_left.push_back(std::move(list));
        }
    }

    base::Cancel read(const Operation& operation, const kube::Kind& kind, const ClusterWay& way, Found found) {
        base::Cancel cancel = base::Cancel::create();
        const auto question = std::make_shared<Question>();
        question->name = operation.object.name;
        question->transport = way.transport;
        question->alone = readRequest(operation, kind);
        question->found = std::move(found);
        question->token = cancel.token();
        question->token.onCancel([weak = std::weak_ptr(question)] {
            if (const auto asked = weak.lock())
                asked->asking.close();
        });
        const auto group = operation.verb == Verb::Scale ? m_groups.end() : m_groups.find(keyOf(operation));
        if (group == m_groups.end() || !group->second->take(question, kind))
            askAlone(question, m_home);
        return cancel;
    }

    base::Cancel readAutoscalers(const Operation& operation, const ClusterWay& way, net::Handler<Autoscalers> found) {
        base::Cancel cancel = base::Cancel::create();
        auto& list = m_autoscalers[{clusterKey(operation.cluster), operation.object.ns}];
        if (!list)
            list = std::make_shared<AutoscalerList>(m_home);
        list->take(cancel.token(), std::move(found), way, operation.object.ns);
        return cancel;
    }

private:
    using Key = std::tuple<std::string, std::string, std::string, std::string>;

    static Key keyOf(const Operation& operation) {
        const ObjectRef& object = operation.object;
        return {clusterKey(operation.cluster), object.apiVersion, object.kind, object.ns};
    }

    base::Executor& m_home;
    std::map<Key, std::shared_ptr<Group>> m_groups;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<AutoscalerList>> m_autoscalers;
    std::vector<std::shared_ptr<void>> m_left; ///< Forgotten, but still waited for.
};

ObjectReads::ObjectReads(base::Executor& home)
    : m_impl(std::make_unique<Impl>(home)) {}

ObjectReads::~ObjectReads() = default;

void ObjectReads::announce(const Operation& operation) {
    m_impl->announce(operation);
}

void ObjectReads::forget() {
    m_impl->forget();
}

base::Cancel ObjectReads::read(const Operation& operation, const kube::Kind& kind, const ClusterWay& way, Found found) {
    return m_impl->read(operation, kind, way, std::move(found));
}

base::Cancel ObjectReads::readAutoscalers(const Operation& operation, const ClusterWay& way,
                                          net::Handler<Autoscalers> found) {
    return m_impl->readAutoscalers(operation, way, std::move(found));
}

} // namespace change
