// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/plan.h"

#include <QFrame>

#include <cstdint>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// The conflicts of one operation: whose each field is, what stands there, what is wanted, and how it shall end.
class ConflictPanel : public QFrame {
    Q_OBJECT
public:
    explicit ConflictPanel(QWidget* parent = nullptr);

    /// Hides itself where there are none. What was chosen stays as long as the conflicts are the same. `kind` is the
    /// object's: values of secrets are not shown. `alike` further operations have conflicts over none but
    /// these fields.
    void setConflicts(const std::vector<change::FieldConflict>& given, const std::string& kind, int alike,
                      std::int64_t nowMs);

signals:
    /// One resolution for each conflict, in their order.
    void decided(const std::vector<change::Resolution>& resolutions, bool forAll);

private:
    void rebuild(std::int64_t nowMs);
    QComboBox* makeChoice(const QString& name);
    void explain();

    std::vector<change::FieldConflict> m_conflicts;
    std::vector<QComboBox*> m_choices;
    QLabel* m_title;
    QWidget* m_body = nullptr;
    QVBoxLayout* m_layout;
    QLabel* m_meaning;
    QCheckBox* m_forAll;
    QPushButton* m_decide;
};

} // namespace ui
