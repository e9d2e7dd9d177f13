// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QStringList>

#include <vector>

class QLineEdit;
class QVBoxLayout;

namespace ui {

/// Asks for the names of protected clusters, each typed by hand.
class ConfirmPanel : public QFrame {
    Q_OBJECT
public:
    explicit ConfirmPanel(QWidget* parent = nullptr);

    /// Hides itself where there is none. What was typed stays as long as the clusters are the same.
    void setClusters(const QStringList& names);
    [[nodiscard]] bool isConfirmed() const;
    /// Those whose names were typed.
    [[nodiscard]] QStringList confirmed() const;

signals:
    void changed();
    /// Enter in the last line, with all names right.
    void entered();

private:
    void makeLines();

    QStringList m_names;
    std::vector<QLineEdit*> m_lines;
    QVBoxLayout* m_layout;
};

} // namespace ui
