// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/taints.h"
#include "ui/browser/act_dialogs.h"

#include <vector>

class QListWidget;

namespace ui {

/// The taints that nodes have, each to keep or take away, and one to put on them.
class TaintDialog final : public ActDialog {
    Q_OBJECT
public:
    struct Taint {
        QString spelling; ///< "dedicated=gpu:NoSchedule"
        int nodes = 0;    ///< How many of them have it.
    };
    TaintDialog(const QString& about, int nodes, const std::vector<Taint>& taints, QWidget* parent);

signals:
    void chosen(const std::vector<change::TaintChange>& changes);

private:
    void take() override;
    void read();
    void addList(int nodes, const std::vector<Taint>& taints);
    void addFields();
    [[nodiscard]] base::Result<std::vector<change::TaintChange>> changes() const;

    QListWidget* m_list;
    QLineEdit* m_key;
    QLineEdit* m_value;
    QComboBox* m_effect;
    QLabel* m_problem;
};

} // namespace ui
