// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace change {
struct ChangeSet;
} // namespace change

namespace ui {

class ChangeRun;
class ElidedLabel;

/// The foot of a sheet: what may be done with the change now.
class ChangeFoot : public QWidget {
    Q_OBJECT
public:
    explicit ChangeFoot(QWidget* parent = nullptr);

    /// `mayApply`: nothing is in the way, neither in the plan nor from the operator.
    void show(const ChangeRun& run, bool mayApply);
    [[nodiscard]] bool mayApply() const;
    /// Something is not done.
    [[nodiscard]] bool mayResume() const;
    void focusApply();

    using QWidget::show;

signals:
    void save();
    void retry();
    void undo();
    void resume();
    void cancel();
    void apply();

private:
    [[nodiscard]] static QString undoText(const change::ChangeSet& set);

    ElidedLabel* m_note;
    QPushButton* m_save;
    QPushButton* m_retry;
    QPushButton* m_undo;
    QPushButton* m_resume;
    QPushButton* m_cancel;
    QPushButton* m_apply;
};

} // namespace ui
