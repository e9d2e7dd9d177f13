// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/debug_container.h"
#include "ui/browser/act_dialogs.h"

namespace ui {

/// The container with tools that is to be put into a pod.
class DebugDialog final : public ActDialog {
    Q_OBJECT
public:
    DebugDialog(const QString& about, const QStringList& containers, const QString& image, QWidget* parent);

signals:
    void chosen(const change::DebugContainer& container);

private:
    void take() override;
    void read();

    QLineEdit* m_image;
    QComboBox* m_target;
    QComboBox* m_profile;
    QLineEdit* m_command;
};

} // namespace ui
