// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/workload_section.h"

#include <QCheckBox>
#include <QSignalBlocker>

#include <utility>

namespace ui {

namespace {

bool isJob(const std::string& kind) {
    return kind == "Job" || kind == "CronJob";
}

} // namespace

bool WorkloadSection::fits(const std::string& kind) {
    return isJob(kind) || kind == "Deployment" || kind == "StatefulSet" || kind == "ReplicaSet";
}

WorkloadSection::WorkloadSection(FormText& text, QWidget* parent)
    : FormSection(text, tr("Workload"), parent) {
    const std::string kind = text.kind();
    if (!isJob(kind)) {
        addNumber(tr("Replicas"), "formReplicas", {{"spec"}, {"replicas"}});
        return;
    }
    kube::FieldSteps job{{"spec"}};
    if (kind == "CronJob") {
        addLine(FormLine::Kind::Text, tr("Schedule"), "formSchedule")->setField({{"spec"}, {"schedule"}}, 1);
        addLine(FormLine::Kind::Text, tr("Time zone"), "formTimeZone")->setField({{"spec"}, {"timeZone"}}, 1);
        FormChoice* policy = makeChoice(tr("If one still runs"), "formConcurrency");
        policy->setUsual("Allow");
        policy->add(tr("run both"), "Allow");
        policy->add(tr("skip the new one"), "Forbid");
        policy->add(tr("replace the old one"), "Replace");
        policy->setField({{"spec"}, {"concurrencyPolicy"}}, 1);
        addRow(tr("If one still runs"), policy);
        job = {{"spec"}, {"jobTemplate"}, {"spec"}};
    }
    addNumber(tr("Parallelism"), "formParallelism", job / "parallelism");
    addNumber(tr("Completions"), "formCompletions", job / "completions");
    addNumber(tr("Retries"), "formBackoffLimit", job / "backoffLimit");
    m_suspended = new QCheckBox(kind == "CronJob" ? tr("makes no Jobs") : tr("runs no pods"), this);
    m_suspended->setObjectName(QStringLiteral("formSuspended"));
    addRow(tr("Suspended"), m_suspended);
    connect(m_suspended, &QCheckBox::toggled, this, [this](bool isOn) {
        FormText& edited = FormSection::text();
        edited.edit([isOn](kube::YamlObject& object) { return object.setFlag({{"spec"}, {"suspend"}}, isOn); });
    });
}

void WorkloadSection::addNumber(const QString& name, const char* objectName, kube::FieldSteps field) {
    const std::size_t kept = field.size() - 1;
    addLine(FormLine::Kind::Number, name, objectName)->setField(std::move(field), kept);
}

void WorkloadSection::read() {
    FormSection::read();
    if (m_suspended == nullptr)
        return;
    const QSignalBlocker quiet(m_suspended);
    m_suspended->setChecked(text().object().textAt({{"spec"}, {"suspend"}}) == "true");
}

} // namespace ui
