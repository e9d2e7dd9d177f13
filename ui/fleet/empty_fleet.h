// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QFrame>

#include <string>
#include <vector>

class QLabel;

namespace ui {

/// What the Fleet page shows when there is no context at all: where kubeconfigs were looked for and what to do.
class EmptyFleet : public QFrame {
    Q_OBJECT
public:
    explicit EmptyFleet(QWidget* parent = nullptr);
    /// `looked` are the paths of the search list, `problems` what was wrong with those that exist.
    void setFacts(const std::vector<std::string>& looked, const std::vector<base::Error>& problems);

private:
    QLabel* m_looked;
    QLabel* m_problems;
};

} // namespace ui
