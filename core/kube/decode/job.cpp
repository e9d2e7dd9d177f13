// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum JobField : std::uint16_t {
    Status,
    Completions,
    Started,
    Completed,
    Containers,
    Images,
    Selector,
    Active,
    Succeeded,
    Failed,
};

struct JobFacts {
    MetaFacts meta;
    std::int64_t completions = kNoNumber;
    std::int64_t parallelism = 0;
    std::int64_t active = 0;
    std::int64_t succeeded = 0;
    std::int64_t failed = 0;
    std::int64_t startedMs = 0;
    std::int64_t completedMs = 0;
    SelectorFacts selector;
    TemplateFacts podTemplate;
    std::vector<ConditionFacts> conditions;

    void clear() {
        meta.clear();
        completions = kNoNumber;
        parallelism = active = succeeded = failed = startedMs = completedMs = 0;
        selector.clear();
        podTemplate.clear();
        conditions.clear();
    }
};

template <typename Value>
void readSpec(Value& spec, JobFacts& facts) {
    spec.fields([&facts](auto& field) {
        if (field.is("parallelism", 1))
            facts.parallelism = field.integer();
        else if (field.is("completions", 2))
            facts.completions = field.integer();
        else if (field.is("selector", 4))
            readSelector(field, facts.selector);
        else if (field.is("template", 6))
            readTemplate(field, facts.podTemplate);
    });
}

template <typename Value>
void readStatus(Value& status, JobFacts& facts) {
    status.fields([&facts](auto& field) {
        if (field.is("conditions", 1))
            field.each([&facts](auto& item) { readCondition(item, 5, facts.conditions); });
        else if (field.is("startTime", 2))
            facts.startedMs = field.timeMs();
        else if (field.is("completionTime", 3))
            facts.completedMs = field.timeMs();
        else if (field.is("active", 4))
            facts.active = field.integer();
        else if (field.is("succeeded", 5))
            facts.succeeded = field.integer();
        else if (field.is("failed", 6))
            facts.failed = field.integer();
    });
}

template <typename Value>
void readObject(Value& object, JobFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readSpec(spec, facts); },
        [&facts](auto& status) { readStatus(status, facts); });
}

std::string_view statusOf(const JobFacts& facts) {
    if (isTrue(facts.conditions, "Complete"))
        return "Complete";
    if (isTrue(facts.conditions, "Failed"))
        return "Failed";
    if (facts.meta.isLeaving())
        return "Terminating";
    for (const auto& [type, text] : {std::pair("Suspended", "Suspended"), std::pair("FailureTarget", "FailureTarget"),
                                     std::pair("SuccessCriteriaMet", "SuccessCriteriaMet")}) {
        if (isTrue(facts.conditions, type))
            return text;
    }
    return "Running";
}

ObjectState stateOf(const JobFacts& facts, std::string_view status) {
    if (status == "Complete" || status == "SuccessCriteriaMet")
        return ObjectState::Done;
    if (status == "Failed" || status == "FailureTarget")
        return ObjectState::Broken;
    if (status == "Suspended")
        return ObjectState::None;
    if (facts.failed > 0)
        return ObjectState::Attention;
    return facts.active > 0 ? ObjectState::Good : ObjectState::Pending;
}

void printRow(JobFacts& facts, const Printer& out) {
    const std::string_view status = statusOf(facts);
    out.setState(stateOf(facts, status));
    out.batch.setText(Status, status);
    if (facts.completions != kNoNumber) {
        out.batch.setText(Completions, out.ratio(facts.succeeded, facts.completions));
    } else {
        out.batch.setText(Completions, out.ratio(facts.succeeded, 1));
        if (facts.parallelism > 1) {
            out.scratch += " of ";
            base::appendNumber(out.scratch, facts.parallelism);
            out.batch.setText(Completions, out.scratch);
        }
    }
    out.batch.setTime(Started, facts.startedMs);
    out.batch.setTime(Completed, facts.completedMs);
    out.batch.setText(Containers, facts.podTemplate.names);
    out.batch.setText(Images, facts.podTemplate.images);
    facts.selector.print(out.scratch, "<none>", "<error>");
    out.batch.setText(Selector, out.scratch);
    out.batch.setNumber(Active, facts.active);
    out.batch.setNumber(Succeeded, facts.succeeded);
    out.batch.setNumber(Failed, facts.failed);
}

} // namespace

TypedKind jobKind() {
    return {
        "batch",
        "v1",
        "jobs",
        {{"status", FieldType::Text},
         {"completions", FieldType::Text},
         {"started", FieldType::Time},
         {"completed", FieldType::Time},
         {"containers", FieldType::Text},
         {"images", FieldType::Text},
         {"selector", FieldType::Text},
         {"active", FieldType::Number},
         {"succeeded", FieldType::Number},
         {"failed", FieldType::Number}},
        {{kNameColumn,
          textColumn("Status", Status),
          {"Completions", CellFormat::Text, SortKind::Ratio, Completions},
          {"Duration", CellFormat::Elapsed, SortKind::Time, Started, Completed},
          kAgeColumn,
          wideColumn("Containers", Containers),
          wideColumn("Images", Images),
          wideColumn("Selector", Selector)}},
        ReaderOf<JobFacts>::make,
    };
}

} // namespace kube::decode
