// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/intent_line.h"

#include "core/change/change_set.h"
#include "ui/change/change_run.h"

#include <QKeyEvent>

namespace ui {

IntentLine::IntentLine(QWidget* parent)
    : QLineEdit(parent) {
    setObjectName(QStringLiteral("changeIntent"));
    setAccessibleName(tr("Why", "a change is made"));
    setPlaceholderText(tr("Why: ticket, incident… (optional)"));
    setMaxLength(static_cast<int>(change::kLongestIntent));
}

void IntentLine::show(const ChangeRun& run) {
    const QString intent = run.intent();
    // The same text would move the cursor.
    if (text() != intent)
        setText(intent);
    setReadOnly(!run.mayChangeIntent());
    setVisible(run.mayChangeIntent() || !intent.isEmpty());
}

// Ctrl+Backspace deletes a word here; for the sheet it puts the change away.
bool IntentLine::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::DeleteStartOfWord) || key->matches(QKeySequence::DeleteEndOfWord)) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

} // namespace ui
