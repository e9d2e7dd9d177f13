// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/rehearsal.h"

#include "core/base/cancel_bag.h"
#include "core/base/text.h"
#include "core/change/eviction.h"
#include "core/change/field_path.h"
#include "core/change/object_difference.h"
#include "core/change/undoers.h"
#include "core/change/write_request.h"
#include "core/kube/go_json.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace change {

namespace {

/// So often what is stored anew all the time is read before it is pretended on as it comes.
constexpr int kMostReads = 5;

using Json = nlohmann::json;
using base::ErrorCode;

/// "conflict with \"kubectl-edit\" using apps/v1" names the manager in its first quotes.
std::string managerIn(std::string_view message) {
    const std::size_t open = message.find('"');
    const std::size_t close = open == std::string_view::npos ? open : message.find('"', open + 1);
    return close == std::string_view::npos ? std::string() : std::string(message.substr(open + 1, close - open - 1));
}

std::int64_t lastWriteOf(const Json& object, const std::string& manager) {
    std::int64_t last = 0;
    for (const Json& entry : object.value(Json::json_pointer("/metadata/managedFields"), Json::array())) {
        if (entry.value("manager", std::string()) == manager)
            last = std::max(last, base::parseTime(entry.value("time", std::string())).value_or(0));
    }
    return last;
}

std::string valueText(const Json& object, std::string_view field) {
    const auto path = findField(object, field);
    return path ? kube::toGoJson(object.at(*path), kube::JsonLayout::Compact) : std::string();
}

/// One operation on its way: read, then pretend. Lives as long as its requests.
class Rehearsal : public std::enable_shared_from_this<Rehearsal> {
public:
    Rehearsal(const ChangeSet& set, std::size_t number, ClusterWay way, ObjectReads& reads, base::Executor& home,
              const base::Clock& clock, base::CancelToken token, net::Handler<PlannedOperation> handler)
        : m_operation(set.operations[number])
        , m_way(std::move(way))
        , m_reads(reads)
        , m_home(home)
        , m_clock(clock)
        , m_token(std::move(token))
        , m_handler(std::move(handler)) {
        for (const std::size_t earlier : m_operation.after) {
            if (earlier < set.operations.size())
                m_earlier.push_back(set.operations[earlier]);
        }
    }

    void start() {
        const kube::Kind* kind = kindOf(m_operation, *m_way.kinds);
        if (!kind)
            return finishLater(missingKind());
        m_kind = *kind;
        m_startMs = m_clock.steadyMs();
        const base::Result<kube::ApiRequest> possible = writeRequest(m_operation, m_kind, Mode::Pretend, {});
        if (!possible)
            return finishLater({.verdict = Verdict::Refused, .error = possible.error()});
        read();
    }

    void giveUp() { m_asking.close(); }

private:
    template <typename Then>
    void ask(kube::ApiRequest request, Then then) {
        m_asking.set(m_way.transport->send(std::move(request), m_home,
                                           [self = shared_from_this(), then](base::Result<net::Response> answer) {
                                               if (!self->m_token.isCancelled())
                                                   then(std::move(answer));
                                           }));
    }

    void read() {
        ++m_timesRead;
        m_asking.set(m_reads.read(m_operation, m_kind, m_way,
                                  [self = shared_from_this()](base::Result<std::optional<std::string>> found) {
                                      if (!self->m_token.isCancelled())
                                          self->takeBefore(std::move(found));
                                  }));
    }

    PlannedOperation missingKind() const {
        for (const Operation& earlier : m_earlier) {
            if (earlier.object.kind == "CustomResourceDefinition")
                return {.verdict = Verdict::Deferred};
        }
        base::Error error;
        error.code = ErrorCode::Unsupported;
        error.message = m_way.name + " serves no " + m_operation.object.kind + " of " + m_operation.object.apiVersion;
        return {.verdict = Verdict::Refused, .error = std::move(error)};
    }

    void takeBefore(base::Result<std::optional<std::string>> found) {
        m_before = Json();
        m_planned.before.clear();
        if (!found)
            return fail(std::move(found.error()));
        if (*found) {
            m_planned.before = std::move(**found);
            base::Result<Json> before = kube::parseGoJson(m_planned.before);
            if (!before)
                return fail(std::move(before.error()));
            m_before = *std::move(before);
        }
        if (hasGone(m_operation, m_before)) {
            m_planned.before.clear();
            m_planned.verdict = Verdict::NoChange;
            return finish();
        }
        noteWhetherItMoved();
        pretend();
    }

    void noteWhetherItMoved() {
        if (m_operation.before.empty())
            return;
        const base::Result<Json> then = kube::parseGoJson(m_operation.before);
        m_planned.movedOn = then && contentOf(*then) != contentOf(m_before);
    }

    bool namesAVersion() const {
        if (m_operation.body.find("resourceVersion") == std::string::npos)
            return false;
        const base::Result<Json> body = kube::parseGoJson(m_operation.body);
        return body && body->is_object() && body->contains(Json::json_pointer("/metadata/resourceVersion"));
    }

    // The server pretends on what was read, or what others stored in between would show as ours. A body that names a
    // version of its own means it.
    Precondition asItWasRead() const {
        const Json::json_pointer version("/metadata/resourceVersion");
        const bool isOfUse = m_operation.verb != Verb::Create && m_operation.verb != Verb::Delete &&
                             m_operation.verb != Verb::Evict && m_before.is_object() && m_timesRead < kMostReads;
        if (!isOfUse || namesAVersion())
            return {};
        return {.resourceVersion = m_before.value(version, std::string())};
    }

    void pretend() {
        const Precondition precondition = asItWasRead();
        m_isBound = !precondition.resourceVersion.empty();
        base::Result<kube::ApiRequest> request = writeRequest(m_operation, m_kind, Mode::Pretend, precondition);
        if (!request)
            return fail(std::move(request.error()));
        ask(*std::move(request), [this](base::Result<net::Response> answer) { takeAnswer(std::move(answer)); });
    }

    void takeAnswer(base::Result<net::Response> answer) {
        if (!answer)
            return takeRefusal(std::move(answer.error()));
        m_planned.warnings = warningsOf(answer->headers);
        m_planned.verdict = Verdict::Accepted;
        if (m_operation.verb != Verb::Delete && m_operation.verb != Verb::Evict) {
            base::Result<Json> would = kube::parseGoJson(answer->body);
            if (!would)
                return fail(std::move(would.error()));
            if (!m_before.is_null() && contentOf(*would) == contentOf(m_before) && m_operation.subresource.empty())
                m_planned.verdict = Verdict::NoChange;
            m_planned.undoers = undoersOf(m_before, *would);
            m_planned.would = std::move(answer->body);
            if (changesReplicas(*would))
                return askAutoscalers();
        } else {
            m_planned.undoers = undoersOf(m_before, Json());
        }
        finish();
    }

    bool changesReplicas(const Json& would) const {
        const Json::json_pointer replicas("/spec/replicas");
        return m_kind.namespaced && m_before.is_object() &&
               m_before.value(replicas, Json()) != would.value(replicas, Json());
    }

    // An autoscaler writes what it scales, and nothing on that tells of it before it has.
    void askAutoscalers() {
        m_asking.set(m_reads.readAutoscalers(
            m_operation, m_way, [self = shared_from_this()](const ObjectReads::Autoscalers& list) {
                if (self->m_token.isCancelled())
                    return;
                if (list)
                    addAutoscalers(*list, self->m_operation.object, self->m_planned.undoers);
                self->finish();
            }));
    }

    void takeRefusal(base::Error error) {
        if (m_isBound && error.code == ErrorCode::Conflict && !isOwnersConflict(error))
            return read();
        if (isOwnersConflict(error)) {
            const base::Result<Json> wanted = kube::parseGoJson(m_operation.body);
            for (const base::ErrorCause& cause : error.causes) {
                const std::string manager = managerIn(cause.message);
                if (manager == kFieldManager)
                    continue;
                m_planned.conflicts.push_back({cause.field, manager, cause.message, lastWriteOf(m_before, manager),
                                               valueText(m_before, cause.field),
                                               wanted ? valueText(*wanted, cause.field) : std::string()});
            }
            if (!m_planned.conflicts.empty() || m_planned.takesFromOurselves) {
                m_planned.verdict = Verdict::Conflict;
                return pretendTakenOver();
            }
            m_planned.takesFromOurselves = true;
            m_operation.ownership = Ownership::TakeOver;
            return pretend();
        }
        if (waitsForEarlier(error)) {
            m_planned.verdict = Verdict::Deferred;
            return finish();
        }
        // Not now is not never: it is sent until it may go or its time is up.
        if (m_operation.verb == Verb::Evict && isEvictedLater(error)) {
            m_planned.verdict = Verdict::Accepted;
            m_planned.warnings.push_back(evictionSentence(error));
            return finish();
        }
        fail(std::move(error));
    }

    // What there is to decide between. The question itself changes nothing, and no answer leaves it as it was.
    void pretendTakenOver() {
        Operation taken = m_operation;
        taken.ownership = Ownership::TakeOver;
        base::Result<kube::ApiRequest> request = writeRequest(taken, m_kind, Mode::Pretend, asItWasRead());
        if (!request)
            return finish();
        ask(*std::move(request), [this](base::Result<net::Response> answer) {
            if (!answer && m_isBound && answer.error().code == ErrorCode::Conflict) {
                m_planned.conflicts.clear();
                return read(); // Somebody wrote between the two questions.
            }
            if (answer)
                m_planned.would = std::move(answer->body);
            finish();
        });
    }

    // The server does not have yet what the set brings: the namespace, or the object itself.
    bool waitsForEarlier(const base::Error& error) const {
        return error.httpStatus == 404 &&
               std::any_of(m_earlier.begin(), m_earlier.end(), [this](const Operation& earlier) {
                   return earlier.object == m_operation.object ||
                          (earlier.object.kind == "Namespace" && earlier.object.name == m_operation.object.ns);
               });
    }

    void fail(base::Error error) {
        switch (error.code) {
        case ErrorCode::NameResolution:
        case ErrorCode::Refused:
        case ErrorCode::Unreachable:
        case ErrorCode::TimedOut:
        case ErrorCode::Tls:
        case ErrorCode::Throttled:
            m_planned.verdict = Verdict::Unreached;
            break;
        default:
            m_planned.verdict = Verdict::Refused;
        }
        m_planned.error = std::move(error);
        finish();
    }

    void finishLater(PlannedOperation planned) {
        m_planned = std::move(planned);
        m_home.post([self = shared_from_this()] {
            if (!self->m_token.isCancelled())
                self->finish();
        });
    }

    void finish() {
        m_asking.close();
        m_planned.tookMs = m_startMs > 0 ? m_clock.steadyMs() - m_startMs : 0;
        const auto handler = std::move(m_handler);
        handler(std::move(m_planned));
    }

    Operation m_operation;
    std::vector<Operation> m_earlier;
    const ClusterWay m_way;
    ObjectReads& m_reads;
    base::Executor& m_home;
    const base::Clock& m_clock;
    const base::CancelToken m_token;
    net::Handler<PlannedOperation> m_handler;
    kube::Kind m_kind;
    Json m_before;
    PlannedOperation m_planned;
    std::int64_t m_startMs = 0;
    int m_timesRead = 0;
    bool m_isBound = false; ///< To the version that was read.
    base::CancelSlot m_asking;
};

} // namespace

base::Cancel rehearse(const ChangeSet& set, std::size_t number, const ClusterWay& way, ObjectReads& reads,
                      base::Executor& home, const base::Clock& clock, net::Handler<PlannedOperation> handler) {
    base::Cancel cancel = base::Cancel::create();
    const auto rehearsal =
        std::make_shared<Rehearsal>(set, number, way, reads, home, clock, cancel.token(), std::move(handler));
    cancel.token().onCancel([weak = std::weak_ptr(rehearsal)] {
        if (const auto running = weak.lock())
            running->giveUp();
    });
    rehearsal->start();
    return cancel;
}

bool isOwnersConflict(const base::Error& error) {
    return error.code == ErrorCode::Conflict &&
           std::any_of(error.causes.begin(), error.causes.end(),
                       [](const auto& cause) { return cause.reason == "FieldManagerConflict"; });
}

const kube::Kind* kindOf(const Operation& operation, const kube::KindCatalog& catalog) {
    const kube::Kind* kind = catalog.findKind(operation.object.apiVersion, operation.object.kind);
    return kind && kind->apiVersion() == operation.object.apiVersion ? kind : nullptr;
}

std::vector<std::string> warningsOf(const net::Headers& headers) {
    std::vector<std::string> warnings;
    for (const auto& [name, value] : headers) {
        if (!net::equalsIgnoringCase(name, "Warning"))
            continue;
        std::string text;
        const std::size_t open = value.find('"');
        for (std::size_t i = open == std::string::npos ? value.size() : open + 1; i < value.size() && value[i] != '"';
             ++i) {
            if (value[i] == '\\' && i + 1 < value.size())
                ++i;
            text += value[i];
        }
        if (!text.empty() && std::find(warnings.begin(), warnings.end(), text) == warnings.end())
            warnings.push_back(std::move(text));
    }
    return warnings;
}

} // namespace change
