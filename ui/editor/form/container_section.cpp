// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/container_section.h"

#include "ui/editor/form/container_rows.h"
#include "ui/editor/form/env_row.h"
#include "ui/editor/form/probe_section.h"
#include "ui/editor/form/resources_section.h"

#include <QPushButton>

#include <array>
#include <utility>

namespace ui {

ContainerSection::ContainerSection(FormText& text, QWidget* parent)
    : FormSection(text, {}, parent)
    , m_image(addLine(FormLine::Kind::Text, tr("Image"), "formImage"))
    , m_pull(makeChoice(tr("Image pull"), "formPullPolicy"))
    , m_command(nullptr)
    , m_args(nullptr)
    , m_resources(new ResourcesSection(text, this))
    , m_ports(nullptr)
    , m_env(nullptr)
    , m_envFrom(nullptr)
    , m_mounts(nullptr) {
    m_pull->add(tr("the server's choice"), "");
    m_pull->add(tr("always"), "Always");
    m_pull->add(tr("if not there"), "IfNotPresent");
    m_pull->add(tr("never"), "Never");
    addRow(tr("Image pull"), m_pull);
    m_command = addLine(FormLine::Kind::Words, tr("Command"), "formCommand");
    m_args = addLine(FormLine::Kind::Words, tr("Arguments"), "formArgs");
    m_command->setPlaceholderText(tr("the image's"));
    m_args->setPlaceholderText(tr("the image's"));
    addWide(m_resources);
    m_ports = addRows(tr("Ports"),
                      {tr("Add port"), tr("Take this port away"), R"({"containerPort":8080})",
                       [&text](QWidget* row) { return new PortRow(text, row); }},
                      "formAddPort");
    m_env = addRows(tr("Environment"),
                    {tr("Add variable"), tr("Take this variable away"), R"({"name":"","value":""})",
                     [&text](QWidget* row) { return new EnvRow(text, row); }},
                    "formAddEnv");
    m_envFrom = addRows(tr("Environment from"),
                        {tr("Add source"), tr("Take this source away"), R"({"configMapRef":{"name":""}})",
                         [&text](QWidget* row) { return new EnvFromRow(text, row); }},
                        "formAddEnvFrom");
    m_mounts = addRows(tr("Volume mounts"),
                       {tr("Add mount"), tr("Take this mount away"), R"({"name":"","mountPath":""})",
                        [&text](QWidget* row) { return new MountRow(text, row); }},
                       "formAddMount");
    const std::array<std::pair<QString, const char*>, 3> probes{{{tr("Readiness probe"), "readinessProbe"},
                                                                 {tr("Liveness probe"), "livenessProbe"},
                                                                 {tr("Startup probe"), "startupProbe"}}};
    for (const auto& [name, key] : probes) {
        m_probes.push_back(new ProbeSection(text, name, key, this));
        addWide(m_probes.back());
    }
}

FormRows* ContainerSection::addRows(const QString& name, FormRows::Shape shape, const char* addName) {
    auto* rows = new FormRows(text(), std::move(shape), this);
    rows->addButton().setObjectName(QLatin1String(addName));
    addRow(name, rows);
    return rows;
}

void ContainerSection::setContainer(const kube::FieldSteps& container, Role role) {
    m_container = container;
    m_role = role;
    m_image->setField(container / "image", container.size());
    m_pull->setField(container / "imagePullPolicy", container.size());
    m_command->setField(container / "command", container.size());
    m_args->setField(container / "args", container.size());
    m_resources->setContainer(container);
    m_ports->setList(container / "ports", container.size());
    m_env->setList(container / "env", container.size());
    m_envFrom->setList(container / "envFrom", container.size());
    m_mounts->setList(container / "volumeMounts", container.size());
    for (ProbeSection* probe : m_probes)
        probe->setContainer(container);
}

void ContainerSection::read() {
    FormSection::read();
    m_resources->read();
    for (FormRows* rows : {m_ports, m_env, m_envFrom, m_mounts})
        rows->read();
    const bool isAsked = m_role == Role::App || text().object().has(m_container / "restartPolicy");
    for (ProbeSection* probe : m_probes) {
        probe->setVisible(isAsked);
        probe->read();
    }
}

} // namespace ui
