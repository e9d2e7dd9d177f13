// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/fleet/port_forwards.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace fleet {
class Fleet;
}

namespace ui {

/// Asks for the ports of a port-forward, and for its target where that is not given. Deletes itself.
class ForwardDialog : public QDialog {
    Q_OBJECT
public:
    /// `target` without a name: it is asked for.
    ForwardDialog(fleet::Fleet& fleet, fleet::ForwardWish target, QWidget* parent);

signals:
    void chosen(const fleet::ForwardWish& wish);

private:
    void build(const fleet::ForwardWish& target);
    void addTargetFields(const fleet::ForwardWish& target);
    void askPorts();
    void showPorts(const std::vector<kube::DeclaredPort>& ports);
    void read();
    [[nodiscard]] fleet::ForwardWish wish() const;
    void take();

    fleet::Fleet& m_fleet;
    const fleet::ForwardWish m_target;
    QComboBox* m_cluster = nullptr;
    QComboBox* m_kind = nullptr;
    QLineEdit* m_namespace = nullptr;
    QLineEdit* m_name = nullptr;
    QComboBox* m_remote = nullptr;
    QSpinBox* m_local = nullptr;
    QCheckBox* m_atStart = nullptr;
    QLabel* m_hint = nullptr;
    QPushButton* m_go = nullptr;
    QTimer m_typing;
    base::Cancel m_asking;
};

} // namespace ui
