// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/change/journal.h"
#include "ui/base/elided_label.h"

#include <QTimer>

#include <vector>

namespace ui {

/// What the foot says of the journal: "Journal: 14 acts today, all verified". Empty while nothing was done today.
class JournalSummary : public ElidedLabel {
    Q_OBJECT
public:
    JournalSummary(change::Journal& journal, QWidget* parent = nullptr);

private:
    void read();
    void take(const std::vector<change::JournalEntry>& newest);

    change::Journal& m_journal;
    QTimer m_soon;
    QTimer m_again; ///< Other programs write, too, and days end.
    base::Cancel m_changes;
};

} // namespace ui
