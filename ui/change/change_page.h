// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "ui/change/operation_table.h"
#include "ui/shell/page.h"

#include <QPointer>

#include <cstddef>
#include <vector>

class QSplitter;
class QStackedWidget;

namespace change {
enum class Resolution;
struct ChangeSet;
} // namespace change

namespace ui {

class ChangeFaces;
class ChangeFoot;
class ChangeRun;
class ConfirmPanel;
class ConflictPanel;
class IntentLine;
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
    void build();
    QWidget* makeSheet();
    QWidget* makeVacant();
    void connectLines();
    void connectFoot();
    void addActions();
    void setRun(ChangeRun* run);
    void read();
    void readTable();
    /// What the operator allows of each operation's cluster, as the rows say it.
    [[nodiscard]] QStringList rulesNow() const;
    void readChoice();
    void readConfirm();
    void readFoot();
    [[nodiscard]] bool mayApply() const;
    void apply();
    void cancel();
    void undo();
    void resume();
    void openSheet(const ChangeRun& run);
    void decide(const std::vector<change::Resolution>& resolutions, bool forAll);
    void save();
    void saveAs(const change::ChangeSet& set);
    void leave();
    void goBack();
    [[nodiscard]] std::size_t chosen() const;

    PageContext m_context;
    QPointer<ChangeRun> m_run;
    QString m_filter;
    bool m_isTouched = false; ///< The operator decided or typed something.
    QStringList m_rules;      ///< Those the rows were made with.
    OperationModel* m_model;
    QStackedWidget* m_stack = nullptr;
    QSplitter* m_split = nullptr;
    TableView* m_table = nullptr;
    RemarksPanel* m_remarks = nullptr;
    ConflictPanel* m_conflicts = nullptr;
    ChangeFaces* m_faces = nullptr;
    IntentLine* m_intent = nullptr;
    ConfirmPanel* m_confirm = nullptr;
    ChangeFoot* m_foot = nullptr;
    base::Cancel m_notices;
};

} // namespace ui
