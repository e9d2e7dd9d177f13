// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_rows.h"

namespace ui {

class ProbeSection;
class ResourcesSection;

/// One container: what runs, with what around it, and how it is asked whether it is well.
class ContainerSection : public FormSection {
    Q_OBJECT
public:
    ContainerSection(FormText& text, QWidget* parent);

    /// Init containers have no probes, but for those that go on running (sidecars).
    enum class Role { App, Init };
    void setContainer(const kube::FieldSteps& container, Role role);
    void read() override;

private:
    FormRows* addRows(const QString& name, FormRows::Shape shape, const char* addName);

    kube::FieldSteps m_container;
    Role m_role = Role::App;
    FormLine* m_image;
    FormChoice* m_pull;
    FormLine* m_command;
    FormLine* m_args;
    ResourcesSection* m_resources;
    FormRows* m_ports;
    FormRows* m_env;
    FormRows* m_envFrom;
    FormRows* m_mounts;
    std::vector<ProbeSection*> m_probes;
};

} // namespace ui
