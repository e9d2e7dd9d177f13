// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/form/container_section.h"

#include <vector>

class QTabBar;
class QPushButton;

namespace ui {

/// All containers of the pods: a tab for each, and the one in front below.
class ContainersSection : public FormSection {
    Q_OBJECT
public:
    ContainersSection(FormText& text, QWidget* parent);

    void read() override;

private:
    struct Container {
        kube::FieldSteps at;
        ContainerSection::Role role;
        QString name;
        bool operator==(const Container&) const = default;
    };
    [[nodiscard]] std::vector<Container> containers() const;
    void showTabs();
    void showContainer();
    void addContainer();
    void removeContainer();

    std::vector<Container> m_all;
    QTabBar* m_tabs;
    QPushButton* m_add;
    QPushButton* m_remove;
    ContainerSection* m_container;
};

} // namespace ui
