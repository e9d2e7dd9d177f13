// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/containers_section.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabBar>

#include <algorithm>
#include <utility>

namespace ui {

ContainersSection::ContainersSection(FormText& text, QWidget* parent)
    : FormSection(text, tr("Containers"), parent)
    , m_tabs(new QTabBar(this))
    , m_add(new QPushButton(tr("Add"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_container(new ContainerSection(text, this)) {
    m_tabs->setObjectName(QStringLiteral("formContainers"));
    m_tabs->setAccessibleName(tr("Containers"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_add->setObjectName(QStringLiteral("formAddContainer"));
    m_add->setToolTip(tr("Add a container"));
    m_remove->setObjectName(QStringLiteral("formRemoveContainer"));
    m_remove->setToolTip(tr("Take the container in front away"));
    auto* head = new QWidget(this);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_add);
    layout->addWidget(m_remove);
    addWide(head);
    addWide(m_container);
    connect(m_tabs, &QTabBar::currentChanged, this, &ContainersSection::showContainer);
    connect(m_add, &QPushButton::clicked, this, &ContainersSection::addContainer);
    connect(m_remove, &QPushButton::clicked, this, &ContainersSection::removeContainer);
}

std::vector<ContainersSection::Container> ContainersSection::containers() const {
    std::vector<Container> all;
    const auto add = [&](const char* list, ContainerSection::Role role, const QString& pattern) {
        const kube::FieldSteps at = text().podSpec() / list;
        for (int i = 0; i < text().object().countAt(at); ++i) {
            const QString name = QString::fromStdString(text().object().textAt(at / i / "name"));
            all.push_back({at / i, role, pattern.arg(name.isEmpty() ? tr("without a name") : name)});
        }
    };
    add("containers", ContainerSection::Role::App, QStringLiteral("%1"));
    add("initContainers", ContainerSection::Role::Init, tr("%1 (init)", "a container that runs before the others"));
    return all;
}

void ContainersSection::read() {
    std::vector<Container> now = containers();
    if (now != m_all) {
        m_all = std::move(now);
        showTabs();
    }
    m_remove->setEnabled(m_all.size() > 1);
    showContainer();
}

void ContainersSection::showTabs() {
    const QSignalBlocker quiet(m_tabs);
    while (m_tabs->count() > static_cast<int>(m_all.size()))
        m_tabs->removeTab(m_tabs->count() - 1);
    for (int i = 0; i < static_cast<int>(m_all.size()); ++i) {
        QString name = m_all[static_cast<std::size_t>(i)].name;
        name.replace(u'&', QLatin1String("&&"));
        if (i < m_tabs->count())
            m_tabs->setTabText(i, name);
        else
            m_tabs->addTab(name);
    }
}

void ContainersSection::showContainer() {
    const int index = m_tabs->currentIndex();
    m_container->setVisible(index >= 0);
    if (index < 0 || index >= static_cast<int>(m_all.size()) || !text().problem().isEmpty())
        return;
    const Container& container = m_all[static_cast<std::size_t>(index)];
    m_container->setContainer(container.at, container.role);
    m_container->read();
}

void ContainersSection::addContainer() {
    const kube::FieldSteps list = text().podSpec() / "containers";
    const int count = text().object().countAt(list);
    const std::string name = "container-" + std::to_string(count + 1);
    if (text().edit([&](kube::YamlObject& object) {
            if (auto done = object.setJson(list / count, R"({"name":"","image":""})"); !done)
                return done;
            return object.setText(list / count / "name", name);
        }))
        m_tabs->setCurrentIndex(count);
}

void ContainersSection::removeContainer() {
    const int index = m_tabs->currentIndex();
    if (index < 0 || index >= static_cast<int>(m_all.size()))
        return;
    const kube::FieldSteps at = m_all[static_cast<std::size_t>(index)].at;
    text().edit([&](kube::YamlObject& object) { return object.removeEmptied(at, text().podSpec().size()); });
}

} // namespace ui
