// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "ui/change/operation_table.h"
#include "ui/shell/page.h"

#include <QPointer>

#include <string>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabBar;

namespace change {
struct Operation;
struct PlannedOperation;
} // namespace change

namespace ui {

class ChangeRun;
class ConfirmPanel;
class ConflictPanel;
class DiffView;
class RemarksPanel;
class TableView;

/// The change sheet: every act lands here, is looked at before it is done, and is followed to its end. One tab for each
/// change; what is under way goes on while nobody looks.
class ChangePage : public Page {
    Q_OBJECT
public:
    ChangePage(const PageContext& context, QWidget* parent);
    ~ChangePage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] int waiting() const override;
    [[nodiscard]] QString tabTitle() const override;
    [[nodiscard]] int tabHue() const override;
    [[nodiscard]] bool hasNamespaces() const override { return false; }
    [[nodiscard]] QString filterHint() const override;
    [[nodiscard]] QString filter() const override { return m_filter; }
    void setFilter(const QString& text) override;
    [[nodiscard]] bool isAbout(const PageTarget& target) const override;
    [[nodiscard]] bool isVacant() const override { return m_run.isNull(); }
    void show(const PageTarget& target) override;
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QVariantMap state() const override;
    void restore(const QVariantMap& state) override;

    using Page::show;

private:
    enum class Face { Difference, Written, MovedOn };

    void build();
    QWidget* makeSheet();
    QWidget* makeVacant();
    QWidget* makeFoot();
    void addActions();
    void setRun(ChangeRun* run);
    void read();
    void readTable();
    void readChoice();
    void readDifference();
    void readFaces();
    void readConfirm();
    void readFoot();
    [[nodiscard]] bool mayApply() const;
    void apply();
    void cancel();
    void undo();
    void save();
    void leave();
    void goBack();
    [[nodiscard]] std::size_t chosen() const;
    [[nodiscard]] Face face() const;
    [[nodiscard]] QString wouldText(const change::Operation& operation, const change::PlannedOperation& planned) const;

    PageContext m_context;
    QPointer<ChangeRun> m_run;
    QString m_filter;
    bool m_isTouched = false; ///< The operator decided or typed something.
    OperationModel* m_model;
    QStackedWidget* m_stack = nullptr;
    QSplitter* m_split = nullptr;
    TableView* m_table = nullptr;
    RemarksPanel* m_remarks = nullptr;
    ConflictPanel* m_conflicts = nullptr;
    QTabBar* m_faces = nullptr;
    QPushButton* m_fold = nullptr;
    QStackedWidget* m_faceStack = nullptr;
    DiffView* m_diff = nullptr;
    QPlainTextEdit* m_written = nullptr;
    ConfirmPanel* m_confirm = nullptr;
    QLabel* m_note = nullptr;
    QPushButton* m_save = nullptr;
    QPushButton* m_retry = nullptr;
    QPushButton* m_undo = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_apply = nullptr;
    /// What the difference was made from.
    struct Shown {
        std::string left;
        std::string right;
        std::string kind;
        bool operator==(const Shown&) const = default;
    };
    Shown m_shown;
    base::Cancel m_notices;
};

} // namespace ui
