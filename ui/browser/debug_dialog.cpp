// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/debug_dialog.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <string>

namespace ui {

DebugDialog::DebugDialog(const QString& about, const QStringList& containers, const QString& image, QWidget* parent)
    : ActDialog(QStringLiteral("debugDialog"), tr("Debug container"), about, parent)
    , m_image(new QLineEdit(image, this))
    , m_target(new QComboBox(this))
    , m_profile(new QComboBox(this))
    , m_command(new QLineEdit(this)) {
    m_image->setObjectName(QStringLiteral("debugImage"));
    m_target->setObjectName(QStringLiteral("debugTarget"));
    for (const QString& container : containers)
        m_target->addItem(container, container);
    m_target->addItem(tr("none", "of the containers"), QString());
    m_profile->setObjectName(QStringLiteral("debugProfile"));
    using change::DebugProfile;
    const auto add = [this](DebugProfile profile, const QString& text) {
        m_profile->addItem(text, static_cast<int>(profile));
    };
    add(DebugProfile::General, tr("general: may trace processes"));
    add(DebugProfile::Baseline, tr("baseline: nothing beyond other containers"));
    add(DebugProfile::Restricted, tr("restricted: no root, no capability"));
    add(DebugProfile::NetAdmin, tr("netadmin: may change the pod's network"));
    add(DebugProfile::SysAdmin, tr("sysadmin: all that root on the node may"));
    m_profile->setMinimumWidth(m_profile->sizeHint().width());
    m_command->setObjectName(QStringLiteral("debugCommand"));
    m_command->setPlaceholderText(tr("what the image runs"));
    auto* fields = new QFormLayout;
    fields->setHorizontalSpacing(12);
    fields->setVerticalSpacing(8);
    fields->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    fields->addRow(tr("&Image:"), m_image);
    fields->addRow(tr("Sees the &processes of:"), m_target);
    fields->addRow(tr("P&rofile:"), m_profile);
    fields->addRow(tr("&Command:"), m_command);
    body().addLayout(fields);
    finish(tr("It stays in the pod until the pod ends. Once it runs, a terminal joins it."));
    connect(m_image, &QLineEdit::textChanged, this, &DebugDialog::read);
    read();
    m_image->selectAll();
    m_image->setFocus();
}

void DebugDialog::read() {
    const QString image = m_image->text().trimmed();
    setReady(!image.isEmpty() && !image.contains(u' '));
}

void DebugDialog::take() {
    change::DebugContainer container;
    container.name = change::newDebuggerName();
    container.image = m_image->text().trimmed().toStdString();
    container.target = m_target->currentData().toString().toStdString();
    container.profile = static_cast<change::DebugProfile>(m_profile->currentData().toInt());
    for (const QString& word : m_command->text().split(u' ', Qt::SkipEmptyParts))
        container.words.push_back(word.toStdString());
    container.hasInput = true;
    container.hasTerminal = true;
    emit chosen(container);
}

} // namespace ui
