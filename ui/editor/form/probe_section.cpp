// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/probe_section.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

#include <array>
#include <utility>

namespace ui {

namespace {

constexpr std::array<std::pair<const char*, const char*>, 4> kWays{{{"httpGet", R"({"path":"/","port":8080})"},
                                                                    {"tcpSocket", R"({"port":8080})"},
                                                                    {"exec", R"({"command":["true"]})"},
                                                                    {"grpc", R"({"port":8080})"}}};

} // namespace

ProbeSection::ProbeSection(FormText& text, const QString& name, std::string key, QWidget* parent)
    : FormSection(text, {}, parent)
    , m_key(std::move(key))
    , m_way(makeBox(name, "formProbeWay"))
    , m_path(makeLine(FormLine::Kind::Text, tr("Path"), "formProbePath"))
    , m_scheme(makeChoice(tr("Scheme"), "formProbeScheme"))
    , m_httpPort(makeLine(FormLine::Kind::Port, tr("Port"), "formProbeHttpPort"))
    , m_tcpPort(makeLine(FormLine::Kind::Port, tr("Port"), "formProbeTcpPort"))
    , m_grpcPort(makeLine(FormLine::Kind::Number, tr("Port"), "formProbeGrpcPort"))
    , m_service(makeLine(FormLine::Kind::Text, tr("Service"), "formProbeService"))
    , m_command(makeLine(FormLine::Kind::Words, tr("Command"), "formProbeCommand"))
    , m_asked(makeAsked())
    , m_times(makeTimes()) {
    setObjectName(QLatin1String("form-") + QString::fromStdString(m_key));
    m_way->addItem(tr("none", "no probe"), int(Way::None));
    m_way->addItem(tr("HTTP request"), int(Way::Http));
    m_way->addItem(tr("TCP connection"), int(Way::Tcp));
    m_way->addItem(tr("Command"), int(Way::Exec));
    m_way->addItem(tr("gRPC health"), int(Way::Grpc));
    connect(m_way, &QComboBox::activated, this,
            [this](int index) { take(static_cast<Way>(m_way->itemData(index).toInt())); });
    addRow(name, m_way);
    addRow({}, m_asked);
    addRow({}, m_times);
}

QWidget* ProbeSection::makeAsked() {
    m_scheme->setUsual("HTTP");
    m_scheme->add(QStringLiteral("HTTP"), "HTTP");
    m_scheme->add(QStringLiteral("HTTPS"), "HTTPS");
    m_path->setPlaceholderText(QStringLiteral("/healthz"));
    m_service->setPlaceholderText(tr("service", "of gRPC health checks"));
    auto* asked = new QWidget(this);
    auto* layout = new QHBoxLayout(asked);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_scheme);
    for (FormLine* port : {m_httpPort, m_tcpPort, m_grpcPort}) {
        port->setPlaceholderText(tr("port"));
        port->setMaximumWidth(110);
        layout->addWidget(port);
    }
    layout->addWidget(m_path, 1);
    layout->addWidget(m_service, 1);
    layout->addWidget(m_command, 1);
    layout->addStretch(0);
    return asked;
}

QWidget* ProbeSection::makeTimes() {
    auto* times = new QWidget(this);
    auto* layout = new QGridLayout(times);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(8);
    layout->setVerticalSpacing(0);
    int column = 0;
    const auto add = [&](const QString& shown, const QString& name, const char* key, const char* usual) {
        FormLine* line = makeLine(FormLine::Kind::Number, name, "formProbeTime");
        line->setProperty("probeField", QLatin1String(key));
        line->setPlaceholderText(QLatin1String(usual));
        auto* label = new QLabel(shown, times);
        label->setProperty("ink", QStringLiteral("muted"));
        label->setToolTip(name);
        layout->addWidget(label, 0, column);
        layout->addWidget(line, 1, column);
        layout->setColumnStretch(column++, 1);
        m_numbers.emplace_back(line, key);
    };
    add(tr("Delay s", "of a probe, in seconds"), tr("Seconds before the first"), "initialDelaySeconds", "0");
    add(tr("Every s", "a probe, in seconds"), tr("Seconds from one to the next"), "periodSeconds", "10");
    add(tr("Timeout s", "of a probe, in seconds"), tr("Seconds to wait for an answer"), "timeoutSeconds", "1");
    add(tr("Fail at", "so many failures of a probe"), tr("Failures in a row that count"), "failureThreshold", "3");
    add(tr("Good at", "so many successes of a probe"), tr("Successes in a row that count"), "successThreshold", "1");
    return times;
}

void ProbeSection::setContainer(const kube::FieldSteps& container) {
    m_probe = container / m_key;
    m_kept = container.size() + 1;
    m_path->setField(m_probe / "httpGet" / "path", m_kept + 1);
    m_scheme->setField(m_probe / "httpGet" / "scheme", m_kept + 1);
    m_httpPort->setField(m_probe / "httpGet" / "port", m_kept + 1);
    m_tcpPort->setField(m_probe / "tcpSocket" / "port", m_kept + 1);
    m_grpcPort->setField(m_probe / "grpc" / "port", m_kept + 1);
    m_service->setField(m_probe / "grpc" / "service", m_kept + 1);
    m_command->setField(m_probe / "exec" / "command", m_kept + 1);
    for (const auto& [line, key] : m_numbers)
        line->setField(m_probe / key, m_kept);
}

ProbeSection::Way ProbeSection::way() const {
    const kube::YamlObject& object = text().object();
    using Form = kube::YamlObject::Form;
    for (std::size_t i = 0; i < kWays.size(); ++i) {
        if (object.formAt(m_probe / kWays[i].first) == Form::Object)
            return static_cast<Way>(i + 1);
    }
    return object.has(m_probe) ? Way::Other : Way::None;
}

void ProbeSection::read() {
    const Way shown = way();
    m_way->setCurrentIndex(m_way->findData(int(shown)));
    m_path->setVisible(shown == Way::Http);
    m_scheme->setVisible(shown == Way::Http);
    m_httpPort->setVisible(shown == Way::Http);
    m_tcpPort->setVisible(shown == Way::Tcp);
    m_grpcPort->setVisible(shown == Way::Grpc);
    m_service->setVisible(shown == Way::Grpc);
    m_command->setVisible(shown == Way::Exec);
    m_asked->setVisible(shown != Way::None && shown != Way::Other);
    m_times->setVisible(shown != Way::None);
    FormSection::read();
}

void ProbeSection::take(Way way) {
    const Way was = this->way();
    if (way == was)
        return;
    text().edit([&](kube::YamlObject& object) -> base::Result<void> {
        if (way == Way::None)
            return object.remove(m_probe);
        for (const auto& [key, blank] : kWays) {
            if (!object.has(m_probe / key))
                continue;
            if (auto done = object.remove(m_probe / key); !done)
                return done;
        }
        const auto& [key, blank] = kWays[static_cast<std::size_t>(way) - 1];
        return object.setJson(m_probe / key, blank);
    });
}

} // namespace ui
