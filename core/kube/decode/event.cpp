// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"

namespace kube::decode {

namespace {

enum EventField : std::uint16_t {
    LastSeen,
    Type,
    Reason,
    Object,
    Subobject,
    Source,
    Message,
    FirstSeen,
    Count,
    ObjectKind,
    ObjectNs,
    ObjectName,
    ObjectUid,
};

struct EventFacts {
    MetaFacts meta;
    std::string_view kind;
    std::string_view ns;
    std::string_view name;
    std::string_view uid;
    std::string_view fieldPath;
    std::string_view reason;
    std::string_view message;
    std::string_view component;
    std::string_view host;
    std::string_view controller;
    std::string_view instance;
    std::string_view type;
    std::int64_t firstMs = 0;
    std::int64_t lastMs = 0;
    std::int64_t eventMs = 0;
    std::int64_t count = 0;
    bool hasSeries = false;
    std::int64_t seriesMs = 0;
    std::int64_t seriesCount = 0;

    void clear() {
        meta.clear();
        kind = ns = name = uid = fieldPath = reason = message = component = host = controller = instance = type = {};
        firstMs = lastMs = eventMs = count = seriesMs = seriesCount = 0;
        hasSeries = false;
    }
};

/// The same of events.k8s.io, where the fields have other names and numbers.
struct NewEventFacts : EventFacts {};

template <typename Value>
void readReference(Value& reference, EventFacts& facts) {
    reference.fields([&facts](auto& part) {
        if (part.is("kind", 1))
            facts.kind = part.text();
        else if (part.is("namespace", 2))
            facts.ns = part.text();
        else if (part.is("name", 3))
            facts.name = part.text();
        else if (part.is("uid", 4))
            facts.uid = part.text();
        else if (part.is("fieldPath", 7))
            facts.fieldPath = part.text();
    });
}

template <typename Value>
void readSource(Value& source, EventFacts& facts) {
    source.fields([&facts](auto& part) {
        if (part.is("component", 1))
            facts.component = part.text();
        else if (part.is("host", 2))
            facts.host = part.text();
    });
}

template <typename Value>
void readSeries(Value& series, EventFacts& facts) {
    facts.hasSeries = true;
    series.fields([&facts](auto& part) {
        if (part.is("count", 1))
            facts.seriesCount = part.integer();
        else if (part.is("lastObservedTime", 2))
            facts.seriesMs = part.timeMs();
    });
}

template <typename Value>
void readObject(Value& object, EventFacts& facts) {
    object.fields([&facts](auto& field) {
        if (field.is("metadata", 1))
            readMeta(field, facts.meta);
        else if (field.is("involvedObject", 2))
            readReference(field, facts);
        else if (field.is("reason", 3))
            facts.reason = field.text();
        else if (field.is("message", 4))
            facts.message = field.text();
        else if (field.is("source", 5))
            readSource(field, facts);
        else if (field.is("firstTimestamp", 6))
            facts.firstMs = field.timeMs();
        else if (field.is("lastTimestamp", 7))
            facts.lastMs = field.timeMs();
        else if (field.is("count", 8))
            facts.count = field.integer();
        else if (field.is("type", 9))
            facts.type = field.text();
        else if (field.is("eventTime", 10))
            facts.eventMs = field.timeMs();
        else if (field.is("series", 11))
            readSeries(field, facts);
        else if (field.is("reportingComponent", 14))
            facts.controller = field.text();
        else if (field.is("reportingInstance", 15))
            facts.instance = field.text();
    });
}

template <typename Value>
void readObject(Value& object, NewEventFacts& facts) {
    object.fields([&facts](auto& field) {
        if (field.is("metadata", 1))
            readMeta(field, facts.meta);
        else if (field.is("eventTime", 2))
            facts.eventMs = field.timeMs();
        else if (field.is("series", 3))
            readSeries(field, facts);
        else if (field.is("reportingController", 4))
            facts.controller = field.text();
        else if (field.is("reportingInstance", 5))
            facts.instance = field.text();
        else if (field.is("reason", 7))
            facts.reason = field.text();
        else if (field.is("regarding", 8))
            readReference(field, facts);
        else if (field.is("note", 10))
            facts.message = field.text();
        else if (field.is("type", 11))
            facts.type = field.text();
        else if (field.is("deprecatedSource", 12))
            readSource(field, facts);
        else if (field.is("deprecatedFirstTimestamp", 13))
            facts.firstMs = field.timeMs();
        else if (field.is("deprecatedLastTimestamp", 14))
            facts.lastMs = field.timeMs();
        else if (field.is("deprecatedCount", 15))
            facts.count = field.integer();
    });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\n\v\f\r";
    const std::size_t start = text.find_first_not_of(blanks);
    if (start == std::string_view::npos)
        return {};
    return text.substr(start, text.find_last_not_of(blanks) - start + 1);
}

// "pod/name", the kind in lower case.
void printObject(const EventFacts& facts, std::string& out) {
    out.clear();
    for (const char c : facts.kind)
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!facts.name.empty())
        out.append("/").append(facts.name);
}

// pkg/printers/internalversion printEvent.
void printRow(EventFacts& facts, const Printer& out) {
    const std::int64_t firstMs = facts.firstMs != 0 ? facts.firstMs : facts.eventMs;
    std::int64_t lastMs = facts.lastMs != 0 ? facts.lastMs : firstMs;
    std::int64_t count = facts.count == 0 ? 1 : facts.count;
    if (facts.hasSeries) {
        lastMs = facts.seriesMs;
        count = facts.seriesCount;
    }
    RowBatch& batch = out.batch;
    out.setState(facts.type == "Warning" ? ObjectState::Attention : ObjectState::None);
    batch.setTime(LastSeen, lastMs);
    batch.setTime(FirstSeen, firstMs);
    batch.setNumber(Count, count);
    batch.setText(Type, facts.type);
    batch.setText(Reason, facts.reason);
    printObject(facts, out.scratch);
    batch.setText(Object, out.scratch);
    batch.setText(Subobject, facts.fieldPath);
    out.scratch = orElse(facts.component, facts.controller);
    if (const std::string_view host = orElse(facts.host, facts.instance); !host.empty())
        out.scratch.append(", ").append(host);
    batch.setText(Source, out.scratch);
    batch.setText(Message, trimmed(facts.message));
    batch.setText(ObjectKind, facts.kind);
    batch.setText(ObjectNs, facts.ns);
    batch.setText(ObjectName, facts.name);
    batch.setText(ObjectUid, facts.uid);
}

template <typename Facts>
TypedKind kindOf(std::string_view group) {
    return {
        group,
        "v1",
        "events",
        {{"last-seen", FieldType::Time},
         {"type", FieldType::Text},
         {"reason", FieldType::Text},
         {"object", FieldType::Text},
         {"subobject", FieldType::Text},
         {"source", FieldType::Text},
         {"message", FieldType::Text},
         {"first-seen", FieldType::Time},
         {"count", FieldType::Number},
         {"object-kind", FieldType::Text},
         {"object-namespace", FieldType::Text},
         {"object-name", FieldType::Text},
         {"object-uid", FieldType::Text}},
        {{{"Last Seen", CellFormat::Age, SortKind::Time, LastSeen},
          textColumn("Type", Type),
          textColumn("Reason", Reason),
          textColumn("Object", Object),
          wideColumn("Subobject", Subobject),
          wideColumn("Source", Source),
          textColumn("Message", Message),
          {"First Seen", CellFormat::Age, SortKind::Time, FirstSeen, 0, 1},
          {"Count", CellFormat::Number, SortKind::Number, Count, 0, 1},
          wideColumn("Name", kNameField)}},
        ReaderOf<Facts>::make,
    };
}

} // namespace

TypedKind eventKind() {
    return kindOf<EventFacts>("");
}

TypedKind newEventKind() {
    return kindOf<NewEventFacts>("events.k8s.io");
}

} // namespace kube::decode
