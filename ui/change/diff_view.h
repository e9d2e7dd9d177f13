// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/line_diff.h"

#include <QWidget>

#include <cstddef>
#include <string>
#include <vector>

class QLabel;
class QPushButton;

namespace ui {

class DiffPane;

/// Two texts side by side, which scroll together; long equal parts fold away.
class DiffView : public QWidget {
    Q_OBJECT
public:
    explicit DiffView(QWidget* parent = nullptr);

    void setHeads(const QString& left, const QString& right);
    /// Stays where it is if both are the same as before.
    void setTexts(const std::string& left, const std::string& right);
    /// Other than one difference the view stays as it is; goes on at the beginning after the end.
    enum class Way { Next, Previous };
    void goToDifference(Way way);
    [[nodiscard]] int differenceCount() const { return static_cast<int>(m_starts.size()); }
    void toggleFold();
    [[nodiscard]] bool isFolded() const { return m_isFolded; }
    /// Whether folding makes a difference.
    [[nodiscard]] bool canFold() const;
    [[nodiscard]] const DiffPane& left() const { return *m_left; }
    [[nodiscard]] const DiffPane& right() const { return *m_right; }

private:
    void fill();
    void showFirst();
    QWidget* makeSide(QLabel*& head, DiffPane*& pane, const QString& name);

    std::string m_leftText;
    std::string m_rightText;
    std::vector<change::DiffRow> m_rows;
    std::vector<int> m_starts; // First shown line of each difference.
    bool m_isFolded = true;
    QLabel* m_leftHead = nullptr;
    QLabel* m_rightHead = nullptr;
    DiffPane* m_left = nullptr;
    DiffPane* m_right = nullptr;
};

} // namespace ui
