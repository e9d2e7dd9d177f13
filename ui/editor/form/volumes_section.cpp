// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/volumes_section.h"

#include <QComboBox>
#include <QGridLayout>
#include <QPushButton>

#include <array>

namespace ui {

namespace {

struct Source {
    const char* key;
    const char* field; ///< What names the object, or says how much it may hold.
    const char* hint;
};

constexpr std::array kSources{
    Source{"emptyDir", "sizeLimit", "1Gi"}, Source{"configMap", "name", "name"}, Source{"secret", "secretName", "name"},
    Source{"persistentVolumeClaim", "claimName", "name"}, Source{"hostPath", "path", "/var/log"}};

} // namespace

VolumeRow::VolumeRow(FormText& text, QWidget* parent)
    : FormRow(text, parent)
    , m_name(makeLine(FormLine::Kind::Text, tr("Name of the volume"), "formVolumeName"))
    , m_source(makeBox(tr("What is in the volume"), "formVolumeSource"))
    , m_object(makeLine(FormLine::Kind::Text, tr("Name, path or size"), "formVolumeObject")) {
    m_name->setPlaceholderText(tr("volume"));
    for (const Source& source : kSources)
        m_source->addItem(QLatin1String(source.key));
    m_source->setMinimumContentsLength(12);
    m_source->setPlaceholderText(tr("as the YAML says"));
    connect(m_source, &QComboBox::activated, this, &VolumeRow::take);
    grid().addWidget(m_name, 0, 0);
    grid().addWidget(m_source, 0, 1);
    grid().addWidget(m_object, 0, 2);
    grid().setColumnStretch(0, 3);
    grid().setColumnStretch(1, 3);
    grid().setColumnStretch(2, 4);
}

int VolumeRow::source() const {
    for (std::size_t i = 0; i < kSources.size(); ++i) {
        if (text().object().formAt(m_item / kSources[i].key) != kube::YamlObject::Form::None)
            return static_cast<int>(i);
    }
    return -1;
}

void VolumeRow::setItem(const kube::FieldSteps& item) {
    m_item = item;
    m_name->setField(item / "name", item.size());
    if (const int index = source(); index >= 0) {
        const Source& shown = kSources[static_cast<std::size_t>(index)];
        m_object->setField(item / shown.key / shown.field, item.size() + 1);
        m_object->setPlaceholderText(QLatin1String(shown.hint));
    }
}

void VolumeRow::read() {
    setItem(m_item);
    FormRow::read();
    const int index = source();
    m_source->setCurrentIndex(index);
    // A source that is not among them is not to be lost by a choice.
    m_source->setEnabled(index >= 0 || text().object().countAt(m_item) <= 1);
    m_object->setVisible(index >= 0);
    std::vector<Shown> shown{{m_item, {"name"}}};
    if (index >= 0) {
        const Source& source = kSources[static_cast<std::size_t>(index)];
        shown.front().fields.emplace_back(source.key);
        shown.push_back({m_item / source.key, {source.field}});
    }
    tellOthers(shown);
}

void VolumeRow::take(int source) {
    const int old = VolumeRow::source();
    if (source == old)
        return;
    const Source& wanted = kSources[static_cast<std::size_t>(source)];
    text().edit([&](kube::YamlObject& object) -> base::Result<void> {
        if (old >= 0) {
            if (auto done = object.remove(m_item / kSources[static_cast<std::size_t>(old)].key); !done)
                return done;
        }
        const kube::FieldSteps at = m_item / wanted.key;
        return source == 0 ? object.setJson(at, "{}") : object.setText(at / wanted.field, {});
    });
}

VolumesSection::VolumesSection(FormText& text, QWidget* parent)
    : FormSection(text, tr("Volumes"), parent)
    , m_volumes(new FormRows(text,
                             {tr("Add volume"), tr("Take this volume away"), R"({"name":"","emptyDir":{}})",
                              [&text](QWidget* row) { return new VolumeRow(text, row); }},
                             this)) {
    m_volumes->addButton().setObjectName(QStringLiteral("formAddVolume"));
    m_volumes->setList(text.podSpec() / "volumes", text.podSpec().size());
    addRow(tr("Volumes"), m_volumes);
}

void VolumesSection::read() {
    FormSection::read();
    m_volumes->read();
}

} // namespace ui
