// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/change/journal.h"
#include "ui/base/call.h"
#include "ui/journal/journal_model.h"
#include "ui/shell/page.h"

#include <QTimer>

#include <optional>
#include <string>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace ui {

class DiffView;
class TableView;

/// What was done from this machine, by whom and with which result; what is chosen as a difference, to be taken back or
/// gone on with.
class JournalPage : public Page {
    Q_OBJECT
public:
    JournalPage(const PageContext& context, QWidget* parent);
    ~JournalPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> headActions() const override { return m_headActions; }
    [[nodiscard]] bool hasNamespaces() const override { return false; }
    [[nodiscard]] QString filterHint() const override;
    [[nodiscard]] QString filter() const override { return m_filter; }
    void setFilter(const QString& text) override;
    [[nodiscard]] std::optional<FilterProblem> filterProblem() const override { return m_problem; }
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QVariantMap state() const override;
    void restore(const QVariantMap& state) override;
    /// Writes all lines that match; as JSON where the name says so. Tells in the foot how it went.
    void exportTo(const QString& file);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    QWidget* makeTablePanel();
    QWidget* makeDetails();
    void addActions();
    void query();
    void look();
    void readFace();
    void readChoice();
    void readImages(const base::Result<change::JournalImages>& answer);
    QWidget* makeEmptyFace(QWidget* parent);
    [[nodiscard]] QString faceText() const;
    void showMenu(const QPoint& at);
    void undo();
    void resume();
    void openSheet(const QString& id);
    void chooseExport();
    [[nodiscard]] const change::JournalEntry* chosen() const;
    [[nodiscard]] int hueOf(const change::JournalEntry& entry) const;

    PageContext m_context;
    JournalModel* m_model;
    QString m_filter;
    std::optional<FilterProblem> m_problem;
    change::JournalQuery m_query;
    TableView* m_table = nullptr;
    QSplitter* m_split = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_empty = nullptr;
    QWidget* m_clear = nullptr;
    QWidget* m_again = nullptr;
    QWidget* m_details = nullptr;
    QLabel* m_head = nullptr;
    QLabel* m_story = nullptr;
    QLabel* m_intent = nullptr;
    QLabel* m_message = nullptr;
    DiffView* m_diff = nullptr;
    QList<QAction*> m_headActions;
    QAction* m_undo = nullptr;
    QAction* m_resume = nullptr;
    QTimer m_typing;
    QTimer m_others; ///< What another program writes is told by nobody.
    std::string m_newest;
    std::string m_shownKey;
    Subject m_shown;
    base::Cancel m_changes;
};

} // namespace ui
