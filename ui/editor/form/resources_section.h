// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/form_section.h"

#include <string>
#include <vector>

namespace ui {

/// What a container asks for, and what it may take at most.
class ResourcesSection : public FormSection {
    Q_OBJECT
public:
    ResourcesSection(FormText& text, QWidget* parent);

    void setContainer(const kube::FieldSteps& container);
    void read() override;

private:
    struct Resource {
        std::string key;
        QString name;
        FormLine* request = nullptr;
        FormLine* limit = nullptr;
    };
    kube::FieldSteps m_resources;
    std::vector<Resource> m_all;
};

} // namespace ui
