// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/resources_section.h"

#include "core/base/quantity.h"

#include <QHBoxLayout>

namespace ui {

ResourcesSection::ResourcesSection(FormText& text, QWidget* parent)
    : FormSection(text, {}, parent)
    , m_all({{"cpu", tr("CPU")}, {"memory", tr("Memory")}, {"ephemeral-storage", tr("Disk")}}) {
    for (Resource& resource : m_all) {
        const bool isCpu = resource.key == "cpu";
        resource.request =
            makeLine(FormLine::Kind::Quantity, tr("%1 request", "a resource").arg(resource.name), "formRequest");
        resource.limit =
            makeLine(FormLine::Kind::Quantity, tr("%1 limit", "a resource").arg(resource.name), "formLimit");
        resource.request->setPlaceholderText(isCpu ? tr("request, as 250m") : tr("request, as 256Mi"));
        resource.limit->setPlaceholderText(isCpu ? tr("limit, as 1") : tr("limit, as 512Mi"));
        for (FormLine* line : {resource.request, resource.limit})
            line->setProperty("resource", QString::fromStdString(resource.key));
        auto* pair = new QWidget(this);
        auto* layout = new QHBoxLayout(pair);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        layout->addWidget(resource.request, 1);
        layout->addWidget(resource.limit, 1);
        addRow(resource.name, pair);
    }
}

void ResourcesSection::setContainer(const kube::FieldSteps& container) {
    m_resources = container / "resources";
    for (const Resource& resource : m_all) {
        resource.request->setField(m_resources / "requests" / resource.key, container.size());
        resource.limit->setField(m_resources / "limits" / resource.key, container.size());
    }
}

void ResourcesSection::read() {
    FormSection::read();
    QStringList remarks;
    for (const Resource& resource : m_all) {
        const auto quantity = [&](const FormLine* line) {
            return base::Quantity::parse(text().object().textAt(line->field()));
        };
        const auto request = quantity(resource.request);
        const auto limit = quantity(resource.limit);
        if (request && limit && *limit < *request)
            remarks.append(
                tr("%1: the limit is below the request; servers refuse that.", "a resource").arg(resource.name));
    }
    setRemark(remarks.join(u'\n'));
}

} // namespace ui
