// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_line.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTreeWidget;

namespace ui {

/// One line in particular: when and whence, its fields, and all of it as it was written.
class LineDetails : public QWidget {
    Q_OBJECT
public:
    explicit LineDetails(QWidget* parent);

    void setLine(const logs::LogRow& row, const logs::SourceInfo& source);

signals:
    /// A field was chosen to look for: `name:"value"`.
    void filterWanted(const QString& term);

private:
    QLabel* m_head;
    QTreeWidget* m_fields;
    QPlainTextEdit* m_text;
};

} // namespace ui
