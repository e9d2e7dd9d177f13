// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_section.h"

#include <string>
#include <vector>

class QComboBox;

namespace ui {

/// A HorizontalPodAutoscaler (autoscaling/v2): what it scales, between which bounds, by which measure.
class AutoscalerSection : public FormSection {
    Q_OBJECT
public:
    AutoscalerSection(FormText& text, QWidget* parent);

    void read() override;

private:
    enum class Measure { None, Utilization, AverageValue, Other };
    struct Metric {
        std::string resource;
        QComboBox* measure = nullptr;
        FormLine* percent = nullptr;
        FormLine* average = nullptr;
    };
    void addMetric(const QString& name, const char* resource, const QString& example);
    /// The metric's place in spec.metrics, from 0 on; -1: it has none.
    [[nodiscard]] int indexOf(const std::string& resource) const;
    [[nodiscard]] Measure measureOf(const std::string& resource) const;
    void place(const Metric& metric);
    void take(const Metric& metric, Measure measure);

    std::vector<Metric> m_metrics;
};

} // namespace ui
