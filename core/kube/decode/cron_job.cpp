// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

namespace kube::decode {

namespace {

enum CronJobField : std::uint16_t {
    Schedule,
    Timezone,
    Suspend,
    Active,
    LastSchedule,
    NoSchedule,
    Containers,
    Images,
    Selector
};

struct CronJobFacts {
    MetaFacts meta;
    std::string_view schedule;
    std::string_view timezone;
    bool hasTimezone = false;
    std::string_view suspend = "<unset>";
    std::int64_t active = 0;
    std::int64_t lastMs = 0;
    SelectorFacts selector;
    TemplateFacts podTemplate;

    void clear() {
        meta.clear();
        schedule = timezone = {};
        hasTimezone = false;
        suspend = "<unset>";
        active = lastMs = 0;
        selector.clear();
        podTemplate.clear();
    }
};

template <typename Value>
void readSpec(Value& spec, CronJobFacts& facts) {
    spec.fields([&facts](auto& field) {
        if (field.is("schedule", 1)) {
            facts.schedule = field.text();
        } else if (field.is("timeZone", 8)) {
            facts.timezone = field.text();
            facts.hasTimezone = true;
        } else if (field.is("suspend", 4)) {
            facts.suspend = field.boolean() ? "True" : "False";
        } else if (field.is("jobTemplate", 5)) {
            field.fields([&facts](auto& job) {
                if (!job.is("spec", 2))
                    return;
                job.fields([&facts](auto& part) {
                    if (part.is("selector", 4))
                        readSelector(part, facts.selector);
                    else if (part.is("template", 6))
                        readTemplate(part, facts.podTemplate);
                });
            });
        }
    });
}

template <typename Value>
void readObject(Value& object, CronJobFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readSpec(spec, facts); },
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("active", 1))
                    field.each([&facts](auto&) { ++facts.active; });
                else if (field.is("lastScheduleTime", 4))
                    facts.lastMs = field.timeMs();
            });
        });
}

void printRow(CronJobFacts& facts, const Printer& out) {
    out.setState(facts.suspend == "True" ? ObjectState::None : ObjectState::Good);
    out.batch.setText(Schedule, facts.schedule);
    out.batch.setText(Timezone, facts.hasTimezone ? facts.timezone : "<none>");
    out.batch.setText(Suspend, facts.suspend);
    out.batch.setNumber(Active, facts.active);
    out.batch.setTime(LastSchedule, facts.lastMs);
    out.batch.setText(NoSchedule, "<none>");
    out.batch.setText(Containers, facts.podTemplate.names);
    out.batch.setText(Images, facts.podTemplate.images);
    facts.selector.print(out.scratch, "<none>", "<error>");
    out.batch.setText(Selector, out.scratch);
}

} // namespace

TypedKind cronJobKind() {
    return {
        "batch",
        "v1",
        "cronjobs",
        {{"schedule", FieldType::Text},
         {"timezone", FieldType::Text},
         {"suspend", FieldType::Text},
         {"active", FieldType::Number},
         {"last-schedule", FieldType::Time},
         {"no-schedule", FieldType::Text},
         {"containers", FieldType::Text},
         {"images", FieldType::Text},
         {"selector", FieldType::Text}},
        {{kNameColumn,
          textColumn("Schedule", Schedule),
          textColumn("Timezone", Timezone),
          textColumn("Suspend", Suspend),
          numberColumn("Active", Active),
          {"Last Schedule", CellFormat::AgeOrText, SortKind::Time, LastSchedule, NoSchedule},
          kAgeColumn,
          wideColumn("Containers", Containers),
          wideColumn("Images", Images),
          wideColumn("Selector", Selector)}},
        ReaderOf<CronJobFacts>::make,
    };
}

} // namespace kube::decode
