// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/undo.h"

#include "core/change/acts/act.h"
#include "core/change/object_difference.h"
#include "core/change/object_reader.h"
#include "core/change/read_back.h"
#include "core/change/redact.h"
#include "core/kube/go_json.h"

#include <algorithm>
#include <map>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

Json parsed(const std::string& text) {
    return text.empty() ? Json() : kube::parseGoJson(text).value_or(Json());
}

std::string compact(const Json& json) {
    return json.is_null() ? std::string() : kube::toGoJson(json, kube::JsonLayout::Compact);
}

std::string uidOf(const Json& object) {
    return object.is_object() ? object.value(Pointer("/metadata/uid"), std::string()) : std::string();
}

std::vector<Operation> operationsOf(const std::vector<JournalRecord>& records) {
    std::vector<Operation> operations;
    for (const JournalRecord& record : records)
        operations.push_back(record.operation);
    return operations;
}

/// Everything in `wanted` stands so in `live`; what controllers added does not matter.
bool stillHolds(const Json& live, const Json& wanted) {
    if (!wanted.is_object())
        return live == wanted;
    return live.is_object() && std::all_of(wanted.items().begin(), wanted.items().end(), [&live](const auto& pair) {
               const auto there = live.find(pair.key());
               return there != live.end() && stillHolds(*there, pair.value());
           });
}

bool isValueOfSecret(const Pointer& path) {
    const std::string text = path.to_string();
    return text.starts_with("/data") || text.starts_with("/stringData") ||
           text.starts_with("/metadata/annotations/kubectl.kubernetes.io~1last-applied");
}

/// As it can be made again.
Json fresh(Json object) {
    object.erase("status");
    Json& metadata = object["metadata"];
    for (const char* key : {"uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink",
                            "deletionTimestamp", "deletionGracePeriodSeconds"})
        metadata.erase(key);
    if (object.value("kind", std::string()) == "Job") {
        // The server makes these for each job anew.
        object["spec"].erase("selector");
        for (const char* key : {"controller-uid", "batch.kubernetes.io/controller-uid"}) {
            for (const char* labels : {"/metadata/labels", "/spec/template/metadata/labels"}) {
                if (object.contains(Pointer(labels)))
                    object[Pointer(labels)].erase(key);
            }
        }
    }
    return object;
}

/// Either the operation that takes one back, or why there is none.
class Reverse {
public:
    Reverse(const JournalRecord& record, const Json& live)
        : m_record(record)
        , m_live(live)
        , m_before(record.operation.before == "null" ? Json() : parsed(record.operation.before))
        , m_after(parsed(record.after)) {}

    std::optional<Operation> operation() {
        m_operation.cluster = m_record.operation.cluster;
        m_operation.object = m_record.operation.object;
        const Verb verb = m_record.operation.verb;
        // A controller has long filled an evicted pod's place.
        if (std::string why = whyIrreversible(m_record.operation); !why.empty())
            return refuse(std::move(why), verb == Verb::Evict ? Objection::None : Objection::Blocks);
        if (verb == Verb::Delete)
            return ofDeletion();
        if (verb == Verb::Scale)
            return ofScale();
        return m_before.is_null() ? ofCreation() : ofChange();
    }

    [[nodiscard]] const std::string& why() const { return m_why; }
    [[nodiscard]] Objection objection() const { return m_objection; }

private:
    std::nullopt_t refuse(std::string why, Objection objection = Objection::Blocks) {
        m_why = std::move(why);
        m_objection = objection;
        return std::nullopt;
    }

    std::optional<Operation> ofDeletion() {
        if (!m_live.is_null())
            return refuse("it is there again");
        if (m_before.is_null())
            return refuse("it was not there before either", Objection::None);
        if (m_record.hidesSecrets)
            return refuse(m_record.whyHidden);
        m_operation.verb = Verb::Create;
        m_operation.body = compact(fresh(m_before));
        return m_operation;
    }

    std::optional<Operation> ofScale() {
        const Json was = m_before.value(Pointer("/spec/replicas"), Json(0));
        const Json set = m_after.is_null() ? Json() : m_after.value(Pointer("/spec/replicas"), Json(0));
        if (m_live.is_null())
            return refuse("it is gone");
        const Json is = m_live.value(Pointer("/spec/replicas"), Json(0));
        if (is != set)
            return refuse("it has been scaled to " + is.dump() + " since");
        m_operation.verb = Verb::Scale;
        m_operation.body = compact({{"replicas", was}});
        return m_operation;
    }

    std::optional<Operation> ofCreation() {
        if (m_live.is_null())
            return refuse("it is gone already", Objection::None);
        if (!m_after.is_null() && uidOf(m_live) != uidOf(m_after))
            return refuse("another object has its name now");
        Json made = contentOf(m_after);
        if (m_record.hidesSecrets && made.is_object()) {
            made.erase("data");
            made.erase("stringData");
        }
        if (!m_after.is_null() && !stillHolds(contentOf(m_live), made))
            return refuse("it has been changed since");
        m_operation.verb = Verb::Delete;
        m_operation.before = compact(m_live);
        m_operation.propagation = Propagation::Background;
        return m_operation;
    }

    std::optional<Operation> ofChange() {
        if (m_live.is_null())
            return refuse("it is gone");
        if (m_after.is_null())
            return refuse("the journal does not know what was stored");
        if (uidOf(m_live) != uidOf(m_before))
            return refuse("another object has its name now");
        const std::vector<Difference> changed = differences(contentOf(m_before), contentOf(m_after));
        for (const Difference& difference : changed) {
            if (m_record.hidesSecrets && isValueOfSecret(difference.path))
                return refuse(m_record.whyHidden);
            if (valueAt(m_live, difference.path) != difference.to)
                return refuse("it has been changed since at " + difference.path.to_string());
        }
        if (changed.empty())
            return refuse("it changed nothing", Objection::None);
        m_operation.verb = Verb::JsonPatch;
        m_operation.body = compact(stepsBack(changed));
        return m_operation;
    }

    const JournalRecord& m_record;
    const Json& m_live;
    Json m_before;
    Json m_after;
    Operation m_operation;
    std::string m_why;
    Objection m_objection = Objection::Blocks;
};

Undo build(const std::vector<JournalRecord>& records, const ObjectReader::Answers& live, std::int64_t nowMs) {
    Undo undo;
    undo.set.id = newSetId(nowMs);
    if (!records.empty()) {
        undo.set.undoes = records.front().entry.set;
        undo.set.title = "Undo: " + records.front().entry.title;
        undo.undoneIntent = records.front().entry.intent;
        undo.set.intent = intentLine("undo of " + undo.set.undoes +
                                     (undo.undoneIntent.empty() ? std::string() : ": " + undo.undoneIntent));
    }
    std::map<std::size_t, std::size_t> reversed; // operation taken back -> operation that does it
    for (std::size_t i = records.size(); i-- > 0;) {
        const JournalRecord& record = records[i];
        // What a refusal shows is as little true as anything else that is shown.
        const std::string stored = redacted(record.after, record.operation.object.kind);
        const auto refuse = [&](std::string why, std::string was = {}, std::string is = {},
                                Objection objection = Objection::Blocks) {
            undo.refused.push_back({i, record.operation.cluster, record.operation.object, std::move(why),
                                    std::move(was), std::move(is), objection});
        };
        if (isInPod(record.entry.verb)) {
            refuse(whyIrreversible(record.operation));
            continue;
        }
        if (record.entry.outcome == Outcome::Unknown)
            refuse("nobody knows whether it was done; read it back first");
        if (record.entry.outcome != Outcome::Done)
            continue;
        if (!live[i]) {
            refuse(live[i].error().message, stored);
            continue;
        }
        Reverse reverse(record, *live[i]);
        std::optional<Operation> operation = reverse.operation();
        if (!operation) {
            refuse(reverse.why(), stored, redacted(compact(*live[i]), record.operation.object.kind),
                   reverse.objection());
            continue;
        }
        // What stood on this one goes first.
        for (const auto& [taken, by] : reversed) {
            const auto& after = records[taken].operation.after;
            if (std::find(after.begin(), after.end(), i) != after.end())
                operation->after.push_back(by);
        }
        reversed.emplace(i, undo.set.operations.size());
        undo.set.operations.push_back(*std::move(operation));
    }
    return undo;
}

} // namespace

bool Undo::isBlocked() const {
    return std::any_of(refused.begin(), refused.end(),
                       [](const UndoRefusal& refusal) { return refusal.objection == Objection::Blocks; });
}

class UndoBuilder::Impl {
public:
    Impl(const Environment& environment, std::vector<JournalRecord> records, std::function<void(Undo)> built)
        : m_records(std::move(records))
        , m_reader(environment.home, environment.clusters, operationsOf(m_records),
                   [this, &clock = environment.clock, built = std::move(built)](const ObjectReader::Answers& live) {
                       const auto handler = built;
                       handler(build(m_records, live, clock.nowMs()));
                   }) {}

private:
    const std::vector<JournalRecord> m_records;
    ObjectReader m_reader;
};

UndoBuilder::UndoBuilder(Environment environment, std::vector<JournalRecord> records, std::function<void(Undo)> built)
    : m_impl(std::make_shared<Impl>(environment, std::move(records), std::move(built))) {}

UndoBuilder::~UndoBuilder() = default;

class Recovery::Impl {
public:
    Impl(const Environment& environment, std::vector<JournalRecord> records,
         std::function<void(std::vector<JournalClose>)> settled)
        : m_records(std::move(records))
        , m_reader(environment.home, environment.clusters, operationsOf(m_records),
                   [this, &clock = environment.clock, settled = std::move(settled)](const ObjectReader::Answers& live) {
                       const auto handler = settled;
                       handler(judge(live, clock.nowMs()));
                   }) {}

private:
    std::vector<JournalClose> judge(const ObjectReader::Answers& live, std::int64_t nowMs) const {
        std::vector<JournalClose> closes;
        for (std::size_t i = 0; i < m_records.size(); ++i) {
            const JournalRecord& record = m_records[i];
            if (!live[i])
                continue;
            const Json before = record.operation.before == "null" ? Json() : parsed(record.operation.before);
            const ReadBack found = readBack(record.operation, before, parsed(record.after), *live[i]);
            if (found == ReadBack::Unclear)
                continue;
            JournalClose close;
            close.number = record.entry.number;
            close.closedMs = nowMs;
            close.outcome = found == ReadBack::Stored ? Outcome::Done : Outcome::NotSent;
            close.message =
                found == ReadBack::Stored ? "found done by reading it back" : "found not done by reading it back";
            if (found == ReadBack::Stored && record.operation.verb != Verb::Delete &&
                record.operation.verb != Verb::Evict)
                close.after = compact(*live[i]);
            closes.push_back(std::move(close));
        }
        return closes;
    }

    const std::vector<JournalRecord> m_records;
    ObjectReader m_reader;
};

Recovery::Recovery(Environment environment, std::vector<JournalRecord> records,
                   std::function<void(std::vector<JournalClose>)> settled)
    : m_impl(std::make_shared<Impl>(environment, std::move(records), std::move(settled))) {}

Recovery::~Recovery() = default;

} // namespace change
