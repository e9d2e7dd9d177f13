// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace ui {

class ChangeRun;

/// Why a change is made: one line that may stay empty.
class IntentLine : public QLineEdit {
    Q_OBJECT
public:
    explicit IntentLine(QWidget* parent = nullptr);

    /// To be written as long as nothing is applied; then as it is in the journal, and hidden where there is none.
    void show(const ChangeRun& run);

    using QLineEdit::show;

protected:
    bool event(QEvent* event) override;
};

} // namespace ui
