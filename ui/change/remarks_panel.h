// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/cell.h"

#include <QFrame>
#include <QString>

#include <vector>

class QVBoxLayout;

namespace ui {

/// Sentences that deserve a look, each with its mark.
class RemarksPanel : public QFrame {
    Q_OBJECT
public:
    struct Remark {
        Mark mark = Mark::Attention;
        QString text;

        bool operator==(const Remark&) const = default;
    };

    explicit RemarksPanel(QWidget* parent = nullptr);

    /// Hides itself where there is none.
    void setRemarks(std::vector<Remark> remarks);

private:
    std::vector<Remark> m_remarks;
    QVBoxLayout* m_layout;
};

} // namespace ui
