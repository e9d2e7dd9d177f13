// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator does on the Logs page; see logs_page.cpp for what it shows.
#include "core/fleet/fleet.h"
#include "ui/logs/line_details.h"
#include "ui/logs/log_facets.h"
#include "ui/logs/log_histogram.h"
#include "ui/logs/log_lines.h"
#include "ui/logs/log_view.h"
#include "ui/logs/logs_export.h"
#include "ui/logs/logs_label_dialog.h"
#include "ui/logs/logs_page.h"
#include "ui/logs/logs_subject.h"
#include "ui/shell/action_registry.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCursor>
#include <QFileDialog>
#include <QLocale>
#include <QMenu>
#include <QPointer>
#include <QSplitter>

#include <algorithm>

namespace ui {

namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kMinute = 60;

QAction* addTo(const PageContext& context, QWidget* page, const char* id, const QString& text, const QString& help,
               const QList<QKeySequence>& keys, std::function<void()> run) {
    ActionSpec spec;
    spec.id = QLatin1String("logs.") + QLatin1String(id);
    spec.text = text;
    spec.help = help;
    spec.shortcuts = keys;
    return context.actions.add(page, spec, std::move(run));
}

} // namespace

void LogsPage::addActions() {
    addViewActions();
    addTextSizes();
    addMoves();
    QAction* history =
        addTo(m_context, this, "history", tr("History…"), tr("How much of what was written before is read"),
              {Qt::Key_H}, [this] { chooseHistory(); });
    QAction* byLabel =
        addTo(m_context, this, "by-label", tr("By label…"), tr("The lines of all pods that have the labels you choose"),
              {QKeySequence(Qt::SHIFT | Qt::Key_L)}, [this] { chooseByLabel(); });
    QAction* save = addTo(m_context, this, "export", tr("Save…"), tr("Writes the lines shown as text or JSON lines"),
                          {QKeySequence(Qt::CTRL | Qt::Key_E)}, [this] { chooseExport(); });
    QAction* copies = addTo(m_context, this, "copy", tr("Copy"), tr("The lines chosen, as they were written"),
                            {QKeySequence::Copy}, [this] { copy(); });
    m_headActions = {m_follow, m_wrap, m_times, m_raw, history, byLabel, save};
    m_menuActions.prepend(copies);
    addTo(m_context, this, "back", tr("Back", "closes what was opened last"),
          tr("Close the details, show all times, clear the filter"), {Qt::Key_Escape}, [this] { goBack(); });
}

void LogsPage::addViewActions() {
    const auto toggle = [this](const char* id, const QString& text, const QString& help, Qt::Key key, Toggle first,
                               std::function<void(bool)> apply) {
        QAction* action = addTo(m_context, this, id, text, help, {key}, [] {});
        action->setCheckable(true);
        action->setChecked(first == Toggle::On);
        connect(action, &QAction::toggled, this, std::move(apply));
        return action;
    };
    m_follow = toggle("follow", tr("Follow"), tr("Stay at the newest line; scrolling up lets go"), Qt::Key_F,
                      Toggle::On, [this](bool on) { m_view->setFollowing(on); });
    m_wrap = toggle("wrap", tr("Wrap"), tr("Long lines over several rows"), Qt::Key_W, Toggle::Off,
                    [this](bool on) { m_view->setWraps(on); });
    m_times = toggle("times", tr("Times"), tr("The time in front of each line"), Qt::Key_T, Toggle::On,
                     [this](bool on) { m_view->setShowsTimes(on); });
    m_raw = toggle("raw", tr("As written"), tr("JSON lines as they were written, not message first"), Qt::Key_R,
                   Toggle::Off, [this](bool on) { m_view->setForm(on ? LineForm::AsWritten : LineForm::Recognized); });
    m_menuActions += addTo(m_context, this, "details", tr("Details"), tr("The fields of the line and all of its text"),
                           {Qt::Key_D}, [this] { openDetails(); });
    m_menuActions += addTo(m_context, this, "around", tr("Lines around"),
                           tr("All lines around this one, without the filter; again: with it"), {Qt::Key_C},
                           [this] { setAround(m_around ? std::nullopt : m_view->currentRow()); });
    m_menuActions += addTo(m_context, this, "zoom", tr("This minute"),
                           tr("Only lines within half a minute of this one"), {Qt::Key_Z}, [this] { zoom(); });
    addTo(m_context, this, "all-lines", tr("All levels, sources and times"), {}, {Qt::Key_A}, [this] {
        m_range.reset();
        m_facets->showAll();
    });
    addTo(m_context, this, "histogram", tr("Lines over time"), tr("Left and Right go over it, Enter chooses a time"),
          {QKeySequence(Qt::SHIFT | Qt::Key_H)}, [this] { m_histogram->setFocus(Qt::ShortcutFocusReason); });
    addTo(m_context, this, "facets", tr("Choose levels and sources"), {}, {Qt::Key_S},
          [this] { m_facets->setFocus(); });
    addTo(m_context, this, "previous-runs", tr("Read previous runs too, or not"),
          tr("The log of each container before its last restart"), {QKeySequence(Qt::SHIFT | Qt::Key_P)}, [this] {
              m_readsPrevious = !m_readsPrevious;
              gather();
          });
}

void LogsPage::addTextSizes() {
    addTo(m_context, this, "larger", tr("Larger text"), {},
          {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)},
          [this] { m_view->setEnlargement(m_view->enlargement() + 1); });
    addTo(m_context, this, "smaller", tr("Smaller text"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Minus)},
          [this] { m_view->setEnlargement(m_view->enlargement() - 1); });
    addTo(m_context, this, "normal", tr("Text of normal size"), {}, {QKeySequence(Qt::CTRL | Qt::Key_0)},
          [this] { m_view->setEnlargement(0); });
}

void LogsPage::addMoves() {
    m_menuActions += addTo(m_context, this, "mark", tr("Mark"), tr("Mark the line, or take the mark away"),
                           {Qt::Key_Space, Qt::Key_M}, [this] { m_view->toggleMark(); });
    const auto go = [this](LogView::Way way) {
        if (!m_view->goToMark(way))
            m_context.navigator.say(tr("No more marks that way"));
    };
    addTo(m_context, this, "next-mark", tr("Next mark"), {}, {Qt::Key_N, Qt::Key_F2}, [go] { go(LogView::Way::Next); });
    addTo(m_context, this, "previous-mark", tr("Previous mark"), {}, {Qt::Key_P, QKeySequence(Qt::SHIFT | Qt::Key_F2)},
          [go] { go(LogView::Way::Previous); });
}

void LogsPage::openDetails() {
    m_detailsFrame->setVisible(m_detailsFrame->isHidden() || !m_detailsFrame->isVisible());
    readDetails();
}

void LogsPage::goBack() {
    if (!m_detailsFrame->isHidden()) {
        m_detailsFrame->hide();
        m_view->setFocus();
    } else if (m_around) {
        setAround(std::nullopt);
    } else if (m_range) {
        setRange(std::nullopt);
    } else if (!m_filter.isEmpty()) {
        setFilter({});
    } else {
        m_context.navigator.goBack();
    }
}

void LogsPage::zoom() {
    const auto row = m_view->currentRow();
    const auto line = row ? m_lines->store().read(*row) : std::nullopt;
    if (line)
        setRange(std::pair(line->timeNs - kMinute / 2 * kSecondNs, line->timeNs + kMinute / 2 * kSecondNs));
}

void LogsPage::copy() {
    const QString text = m_view->selectedText();
    if (text.isEmpty())
        return;
    QApplication::clipboard()->setText(text);
    const std::size_t chosen = m_view->selectedCount();
    if (chosen > LogView::kMostCopied)
        m_context.navigator.say(
            tr("Copied the first %1 of %2 lines. Save… writes all that are shown to a file.", "counts")
                .arg(QLocale().toString(qulonglong(LogView::kMostCopied)), QLocale().toString(qulonglong(chosen))));
    else
        m_context.navigator.say(tr("Copied %Ln lines", nullptr, static_cast<int>(text.count(u'\n')) + 1));
}

void LogsPage::chooseExport() {
    auto* dialog = new QFileDialog(this, tr("Save the lines shown"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Text (*.log)"), tr("JSON lines (*.jsonl)")});
    dialog->setDefaultSuffix(QStringLiteral("log"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String("jsonl")) ? QStringLiteral("jsonl")
                                                                         : QStringLiteral("log"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &LogsPage::exportTo);
    dialog->open();
}

void LogsPage::exportTo(const QString& file) {
    m_exporting =
        exportLines(*m_lines, file, [self = QPointer<LogsPage>(this), file](std::size_t count, const QString& problem) {
            if (self)
                self->m_context.navigator.say(
                    problem.isEmpty() ? tr("Wrote %Ln lines to %1", nullptr, static_cast<int>(count)).arg(file)
                                      : tr("%1 could not be written: %2", "file, why").arg(file, problem));
        });
}

void LogsPage::chooseHistory() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("logsHistory"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("History"));
    const auto add = [this, menu](const QString& text, History history) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(history.tailLines == m_history.tailLines && history.sinceSeconds == m_history.sinceSeconds);
        connect(action, &QAction::triggered, this, [this, history] {
            m_history = history;
            gather();
        });
    };
    add(tr("The last 1,000 lines of each source"), {1000, std::nullopt});
    add(tr("The last 10,000 lines of each source"), {10'000, std::nullopt});
    add(tr("The last 15 minutes"), {std::nullopt, 15 * kMinute});
    add(tr("The last hour"), {std::nullopt, 60 * kMinute});
    add(tr("The last day"), {std::nullopt, 24 * 60 * kMinute});
    add(tr("Everything"), {std::nullopt, std::nullopt});
    menu->popup(QCursor::pos());
}

void LogsPage::chooseByLabel() {
    askLogsByLabel(m_context, m_subject ? labelWish(*m_subject) : labelWish(m_context.scope), window());
}

void LogsPage::showMenu(const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Actions on a line"));
    menu->addActions(m_menuActions);
    menu->popup(m_view->mapToGlobal(at));
}

} // namespace ui
