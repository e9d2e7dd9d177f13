// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/autoscaler_section.h"

#include <QComboBox>
#include <QHBoxLayout>

#include <algorithm>

namespace ui {

namespace {

const kube::FieldSteps& spec() {
    static const kube::FieldSteps steps{{"spec"}};
    return steps;
}

kube::FieldSteps targetOf(int index) {
    return spec() / "metrics" / index / "resource" / "target";
}

} // namespace

AutoscalerSection::AutoscalerSection(FormText& text, QWidget* parent)
    : FormSection(text, tr("Autoscaler"), parent) {
    FormChoice* kind = makeChoice(tr("Scales kind"), "formTargetKind");
    for (const char* word : {"Deployment", "StatefulSet", "ReplicaSet"})
        kind->add(QLatin1String(word), word);
    kind->setMinimumContentsLength(12);
    kind->setField(spec() / "scaleTargetRef" / "kind", 2);
    FormLine* name = makeLine(FormLine::Kind::Text, tr("Scales name"), "formTargetName");
    name->setField(spec() / "scaleTargetRef" / "name", 2);
    auto* target = new QWidget(this);
    auto* layout = new QHBoxLayout(target);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(kind);
    layout->addWidget(name, 1);
    addRow(tr("Scales"), target);
    FormLine* least = addLine(FormLine::Kind::Number, tr("At least"), "formMinReplicas");
    least->setPlaceholderText(tr("1 replica"));
    least->setField(spec() / "minReplicas", 1);
    addLine(FormLine::Kind::Number, tr("At most"), "formMaxReplicas")->setField(spec() / "maxReplicas", 1);
    addMetric(tr("CPU"), "cpu", tr("as 500m"));
    addMetric(tr("Memory"), "memory", tr("as 400Mi"));
    FormLine* stable = addLine(FormLine::Kind::Number, tr("Scale down after"), "formStabilization");
    stable->setPlaceholderText(tr("300 seconds"));
    stable->setToolTip(tr("Seconds for which the measure has to stay low (stabilizationWindowSeconds)"));
    stable->setField(spec() / "behavior" / "scaleDown" / "stabilizationWindowSeconds", 1);
}

void AutoscalerSection::addMetric(const QString& name, const char* resource, const QString& example) {
    Metric metric{resource, makeBox(tr("%1 is measured", "a resource").arg(name), "formMeasure"),
                  makeLine(FormLine::Kind::Number, tr("%1 in percent", "a resource").arg(name), "formUtilization"),
                  makeLine(FormLine::Kind::Quantity, tr("%1 on average", "a resource").arg(name), "formAverage")};
    metric.measure->addItem(tr("not measured"), int(Measure::None));
    metric.measure->addItem(tr("% of requests"), int(Measure::Utilization));
    metric.measure->addItem(tr("average per pod"), int(Measure::AverageValue));
    metric.percent->setPlaceholderText(tr("as 80"));
    metric.average->setPlaceholderText(example);
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(metric.measure, 1);
    layout->addWidget(metric.percent, 1);
    layout->addWidget(metric.average, 1);
    for (QWidget* widget : {static_cast<QWidget*>(metric.measure), static_cast<QWidget*>(metric.percent),
                            static_cast<QWidget*>(metric.average)})
        widget->setProperty("resource", QLatin1String(resource));
    addRow(name, row);
    m_metrics.push_back(metric);
    const std::size_t number = m_metrics.size() - 1;
    connect(metric.measure, &QComboBox::activated, this, [this, number](int index) {
        const Metric& chosen = m_metrics[number];
        take(chosen, static_cast<Measure>(chosen.measure->itemData(index).toInt()));
    });
}

int AutoscalerSection::indexOf(const std::string& resource) const {
    const kube::YamlObject& object = text().object();
    const kube::FieldSteps metrics = spec() / "metrics";
    for (int i = 0; i < object.countAt(metrics); ++i) {
        if (object.textAt(metrics / i / "type") == "Resource" &&
            object.textAt(metrics / i / "resource" / "name") == resource)
            return i;
    }
    return -1;
}

AutoscalerSection::Measure AutoscalerSection::measureOf(const std::string& resource) const {
    const int index = indexOf(resource);
    if (index < 0)
        return Measure::None;
    const std::string type = text().object().textAt(targetOf(index) / "type");
    return type == "Utilization"    ? Measure::Utilization
           : type == "AverageValue" ? Measure::AverageValue
                                    : Measure::Other;
}

// Where the metric is in the list may be another place after each change.
void AutoscalerSection::place(const Metric& metric) {
    const kube::FieldSteps target = targetOf(std::max(0, indexOf(metric.resource)));
    metric.percent->setField(target / "averageUtilization", target.size());
    metric.average->setField(target / "averageValue", target.size());
}

void AutoscalerSection::read() {
    for (const Metric& metric : m_metrics) {
        const Measure measure = measureOf(metric.resource);
        place(metric);
        metric.measure->setCurrentIndex(metric.measure->findData(int(measure)));
        metric.percent->setVisible(measure == Measure::Utilization);
        metric.average->setVisible(measure == Measure::AverageValue);
    }
    FormSection::read();
    const auto number = [this](const char* field) {
        return QString::fromStdString(text().object().textAt(spec() / field)).toInt();
    };
    setRemark(number("minReplicas") > number("maxReplicas") ? tr("At least more than at most: servers refuse that.")
                                                            : QString());
}

void AutoscalerSection::take(const Metric& metric, Measure measure) {
    if (measure == measureOf(metric.resource))
        return;
    text().edit([&](kube::YamlObject& object) -> base::Result<void> {
        const int index = indexOf(metric.resource);
        const kube::FieldSteps metrics = spec() / "metrics";
        if (measure == Measure::None)
            return object.removeEmptied(metrics / index, 1);
        const std::string usual = metric.resource == "cpu" ? "500m" : "400Mi";
        const std::string target = measure == Measure::Utilization
                                       ? R"({"type":"Utilization","averageUtilization":80})"
                                       : R"({"type":"AverageValue","averageValue":")" + usual + R"("})";
        if (index >= 0)
            return object.setJson(targetOf(index), target);
        return object.setJson(metrics / object.countAt(metrics), R"({"type":"Resource","resource":{"name":")" +
                                                                     metric.resource + R"(","target":)" + target +
                                                                     "}}");
    });
}

} // namespace ui
