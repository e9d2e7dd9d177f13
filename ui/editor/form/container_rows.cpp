// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/container_rows.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QSignalBlocker>

namespace ui {

PortRow::PortRow(FormText& text, QWidget* parent)
    : FormRow(text, parent)
    , m_number(makeLine(FormLine::Kind::Number, tr("Port"), "formPortNumber"))
    , m_protocol(makeChoice(tr("Protocol"), "formPortProtocol"))
    , m_name(makeLine(FormLine::Kind::Text, tr("Name of the port"), "formPortName")) {
    m_number->setRange(1, 65535);
    m_number->setPlaceholderText(tr("port"));
    m_name->setPlaceholderText(tr("name", "of a port"));
    m_protocol->setUsual("TCP");
    for (const char* protocol : {"TCP", "UDP", "SCTP"})
        m_protocol->add(QLatin1String(protocol), protocol);
    grid().addWidget(m_number, 0, 0);
    grid().addWidget(m_protocol, 0, 1);
    grid().addWidget(m_name, 0, 2);
    grid().setColumnStretch(0, 2);
    grid().setColumnStretch(1, 2);
    grid().setColumnStretch(2, 4);
}

void PortRow::setItem(const kube::FieldSteps& item) {
    if (item == m_item)
        return;
    m_item = item;
    m_number->setField(item / "containerPort", item.size());
    m_protocol->setField(item / "protocol", item.size());
    m_name->setField(item / "name", item.size());
}

void PortRow::read() {
    FormRow::read();
    tellOthers({{m_item, {"containerPort", "protocol", "name"}}});
}

EnvFromRow::EnvFromRow(FormText& text, QWidget* parent)
    : FormRow(text, parent)
    , m_source(makeBox(tr("Where the variables are from"), "formEnvFromSource"))
    , m_name(makeLine(FormLine::Kind::Text, tr("Name of the object"), "formEnvFromName"))
    , m_prefix(makeLine(FormLine::Kind::Text, tr("Prefix of the names"), "formEnvFromPrefix")) {
    m_source->addItem(QStringLiteral("ConfigMap"), QStringLiteral("configMapRef"));
    m_source->addItem(QStringLiteral("Secret"), QStringLiteral("secretRef"));
    m_name->setPlaceholderText(tr("name", "of an object"));
    m_prefix->setPlaceholderText(tr("prefix", "of names of variables"));
    connect(m_source, &QComboBox::activated, this,
            [this](int index) { take(m_source->itemData(index).toString().toStdString()); });
    grid().addWidget(m_source, 0, 0);
    grid().addWidget(m_name, 0, 1);
    grid().addWidget(m_prefix, 0, 2);
    grid().setColumnStretch(0, 2);
    grid().setColumnStretch(1, 4);
    grid().setColumnStretch(2, 2);
}

const char* EnvFromRow::ref() const {
    return text().object().has(m_item / "secretRef") ? "secretRef" : "configMapRef";
}

void EnvFromRow::setItem(const kube::FieldSteps& item) {
    m_item = item;
    m_name->setField(item / ref() / "name", item.size() + 1);
    m_prefix->setField(item / "prefix", item.size());
}

void EnvFromRow::read() {
    setItem(m_item);
    FormRow::read();
    m_source->setCurrentIndex(m_source->findData(QLatin1String(ref())));
    tellOthers({{m_item, {"configMapRef", "secretRef", "prefix"}}, {m_item / ref(), {"name"}}});
}

void EnvFromRow::take(const std::string& ref) {
    const std::string old = EnvFromRow::ref();
    if (ref == old)
        return;
    text().edit([&](kube::YamlObject& object) -> base::Result<void> {
        const kube::FieldSteps name = m_item / old / "name";
        if (auto done = object.setText(m_item / ref / "name", object.textAt(name)); !done)
            return done;
        return object.remove(m_item / old);
    });
}

MountRow::MountRow(FormText& text, QWidget* parent)
    : FormRow(text, parent)
    , m_volume(makeLine(FormLine::Kind::Text, tr("Name of the volume"), "formMountVolume"))
    , m_path(makeLine(FormLine::Kind::Text, tr("Path in the container"), "formMountPath"))
    , m_within(makeLine(FormLine::Kind::Text, tr("Path within the volume"), "formMountWithin"))
    , m_readOnly(new QCheckBox(tr("read only"), this)) {
    m_volume->setPlaceholderText(tr("volume"));
    m_path->setPlaceholderText(QStringLiteral("/data"));
    m_within->setPlaceholderText(tr("path within"));
    m_readOnly->setObjectName(QStringLiteral("formMountReadOnly"));
    connect(m_readOnly, &QCheckBox::toggled, this, &MountRow::take);
    grid().addWidget(m_volume, 0, 0);
    grid().addWidget(m_path, 0, 1);
    grid().addWidget(m_within, 0, 2);
    grid().addWidget(m_readOnly, 0, 3);
    grid().setColumnStretch(0, 3);
    grid().setColumnStretch(1, 4);
    grid().setColumnStretch(2, 3);
}

void MountRow::setItem(const kube::FieldSteps& item) {
    if (item == m_item)
        return;
    m_item = item;
    m_volume->setField(item / "name", item.size());
    m_path->setField(item / "mountPath", item.size());
    m_within->setField(item / "subPath", item.size());
}

void MountRow::read() {
    FormRow::read();
    const QSignalBlocker quiet(m_readOnly);
    m_readOnly->setChecked(text().object().textAt(m_item / "readOnly") == "true");
    tellOthers({{m_item, {"name", "mountPath", "subPath", "readOnly"}}});
}

void MountRow::take(bool isReadOnly) {
    text().edit([&](kube::YamlObject& object) {
        const kube::FieldSteps field = m_item / "readOnly";
        return isReadOnly ? object.setFlag(field, true) : object.removeEmptied(field, m_item.size());
    });
}

} // namespace ui
