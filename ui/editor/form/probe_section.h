// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_section.h"

#include <string>
#include <utility>
#include <vector>

class QComboBox;

namespace ui {

/// One probe of a container: how it asks, and when.
class ProbeSection : public FormSection {
    Q_OBJECT
public:
    /// `key` is the container's field: livenessProbe.
    ProbeSection(FormText& text, const QString& name, std::string key, QWidget* parent);

    void setContainer(const kube::FieldSteps& container);
    void read() override;

private:
    enum class Way { None, Http, Tcp, Exec, Grpc, Other };
    [[nodiscard]] Way way() const;
    void take(Way way);
    QWidget* makeAsked();
    QWidget* makeTimes();

    std::string m_key;
    kube::FieldSteps m_probe;
    std::size_t m_kept = 0;
    QComboBox* m_way;
    FormLine* m_path;
    FormChoice* m_scheme;
    FormLine* m_httpPort;
    FormLine* m_tcpPort;
    FormLine* m_grpcPort;
    FormLine* m_service;
    FormLine* m_command;
    std::vector<std::pair<FormLine*, std::string>> m_numbers; ///< And the probe's fields.
    QWidget* m_asked;
    QWidget* m_times;
};

} // namespace ui
