// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/env_row.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

namespace ui {

EnvRow::EnvRow(FormText& text, QWidget* parent)
    : FormRow(text, parent)
    , m_name(makeLine(FormLine::Kind::Text, tr("Name"), "formEnvName"))
    , m_source(makeBox(tr("Where the value is from"), "formEnvSource"))
    , m_value(makeLine(FormLine::Kind::Text, tr("Value"), "formEnvValue"))
    , m_object(makeLine(FormLine::Kind::Text, tr("Name of the object"), "formEnvObject"))
    , m_key(makeLine(FormLine::Kind::Text, tr("Key"), "formEnvKey"))
    , m_ref(new QWidget(this))
    , m_other(new QLabel(tr("as the YAML says"), this)) {
    m_name->setPlaceholderText(tr("NAME", "of a variable"));
    m_object->setPlaceholderText(tr("name", "of an object"));
    m_key->setPlaceholderText(tr("key", "of an object's data"));
    m_source->addItem(tr("Value"), int(Source::Value));
    m_source->addItem(tr("ConfigMap key"), int(Source::ConfigMap));
    m_source->addItem(tr("Secret key"), int(Source::Secret));
    m_source->addItem(tr("Pod field"), int(Source::Field));
    m_source->setMinimumContentsLength(9);
    m_other->setProperty("ink", QStringLiteral("muted"));
    connect(m_source, &QComboBox::activated, this,
            [this](int index) { take(static_cast<Source>(m_source->itemData(index).toInt())); });
    grid().addWidget(m_name, 0, 0);
    grid().addWidget(m_source, 0, 1);
    auto* ref = new QHBoxLayout(m_ref);
    ref->setContentsMargins(0, 0, 0, 0);
    ref->setSpacing(8);
    ref->addWidget(m_object, 1);
    ref->addWidget(m_key, 1);
    grid().addWidget(m_value, 0, 2);
    grid().addWidget(m_ref, 0, 2);
    grid().addWidget(m_other, 0, 2);
    grid().setColumnStretch(0, 4);
    grid().setColumnStretch(1, 2);
    grid().setColumnStretch(2, 6);
}

void EnvRow::setItem(const kube::FieldSteps& item) {
    if (item == m_item)
        return;
    m_item = item;
    m_name->setField(item / "name", item.size());
    place();
}

EnvRow::Source EnvRow::source() const {
    const kube::YamlObject& object = text().object();
    const kube::FieldSteps from = m_item / "valueFrom";
    if (object.has(from / "configMapKeyRef"))
        return Source::ConfigMap;
    if (object.has(from / "secretKeyRef"))
        return Source::Secret;
    if (object.has(from / "fieldRef"))
        return Source::Field;
    return object.has(from) ? Source::Other : Source::Value;
}

// Where the fields of the source are that is shown.
void EnvRow::place() {
    const std::size_t kept = m_item.size();
    const kube::FieldSteps from = m_item / "valueFrom";
    const kube::FieldSteps ref = from / (m_shown == Source::Secret ? "secretKeyRef" : "configMapKeyRef");
    if (m_shown == Source::Field)
        m_value->setField(from / "fieldRef" / "fieldPath", kept + 2);
    else
        m_value->setField(m_item / "value", kept);
    m_object->setField(ref / "name", kept + 2);
    m_key->setField(ref / "key", kept + 2);
}

void EnvRow::read() {
    m_shown = source();
    const bool isRef = m_shown == Source::ConfigMap || m_shown == Source::Secret;
    place();
    m_source->setEnabled(m_shown != Source::Other);
    m_source->setCurrentIndex(m_source->findData(int(m_shown)));
    m_value->setVisible(m_shown == Source::Value || m_shown == Source::Field);
    m_ref->setVisible(isRef);
    m_other->setVisible(m_shown == Source::Other);
    m_name->readField();
    m_value->readField();
    m_object->readField();
    m_key->readField();
}

void EnvRow::take(Source source) {
    if (source == m_shown)
        return;
    text().edit([&](kube::YamlObject& object) -> base::Result<void> {
        const std::string name = object.textAt(m_object->field());
        const std::string key = object.textAt(m_key->field());
        for (const char* field : {"value", "valueFrom"}) {
            if (object.formAt(m_item / field) == kube::YamlObject::Form::None)
                continue;
            if (auto done = object.remove(m_item / field); !done)
                return done;
        }
        if (source == Source::Value)
            return object.setText(m_item / "value", {});
        const kube::FieldSteps from = m_item / "valueFrom";
        if (source == Source::Field)
            return object.setText(from / "fieldRef" / "fieldPath", "metadata.name");
        const kube::FieldSteps ref = from / (source == Source::Secret ? "secretKeyRef" : "configMapKeyRef");
        if (auto done = object.setText(ref / "name", name); !done)
            return done;
        return object.setText(ref / "key", key);
    });
}

} // namespace ui
