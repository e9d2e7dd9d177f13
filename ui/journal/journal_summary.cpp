// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/journal/journal_summary.h"

#include <QDateTime>
#include <QPointer>

#include <set>
#include <string>

namespace ui {

namespace {

constexpr int kSoonMs = 300;
constexpr int kAgainMs = 30'000;
/// Lines that are looked at; a day with more is a busy one.
constexpr std::size_t kMost = 1'000;

} // namespace

JournalSummary::JournalSummary(change::Journal& journal, QWidget* parent)
    : ElidedLabel(parent)
    , m_journal(journal) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    m_again.setInterval(kAgainMs);
    connect(&m_soon, &QTimer::timeout, this, &JournalSummary::read);
    connect(&m_again, &QTimer::timeout, this, &JournalSummary::read);
    m_again.start();
    m_soon.start();
    m_changes = m_journal.onChange([this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
}

void JournalSummary::read() {
    change::JournalQuery query;
    query.limit = kMost;
    m_journal.read(
        query, [self = QPointer<JournalSummary>(this)](const base::Result<std::vector<change::JournalEntry>>& newest) {
            if (!self)
                return;
            self->setToolTip(newest ? QString() : QString::fromStdString(newest.error().message));
            if (newest)
                self->take(*newest);
            else
                self->setText(tr("Journal: cannot be read"));
        });
}

void JournalSummary::take(const std::vector<change::JournalEntry>& newest) {
    const std::int64_t midnight = QDate::currentDate().startOfDay().toMSecsSinceEpoch();
    std::set<std::string> acts;
    int failed = 0;
    int unknown = 0;
    int notSent = 0;
    int underWay = 0;
    for (const change::JournalEntry& entry : newest) {
        if (entry.setMs < midnight)
            continue;
        acts.insert(entry.set);
        if (change::isInPod(entry.verb))
            continue; // nothing of it is left to be done or found out
        failed += entry.outcome == change::Outcome::Failed ? 1 : 0;
        unknown += entry.outcome == change::Outcome::Unknown ? 1 : 0;
        notSent += entry.outcome == change::Outcome::NotSent ? 1 : 0;
        underWay += entry.outcome == change::Outcome::Sending ? 1 : 0;
    }
    if (acts.empty()) {
        clear();
        return;
    }
    QString state = tr("all verified");
    if (unknown > 0)
        state = tr("%Ln unknown", "results of writes", unknown);
    else if (failed > 0)
        state = tr("%Ln failed", "results of writes", failed);
    else if (underWay > 0)
        state = tr("%Ln under way", "writes", underWay);
    else if (notSent > 0)
        state = tr("%Ln not sent", "writes", notSent);
    setText(tr("Journal: %Ln acts today, %1", "%1 is how they ended", static_cast<int>(acts.size())).arg(state));
}

} // namespace ui
