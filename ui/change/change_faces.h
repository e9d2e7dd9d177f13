// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <cstddef>
#include <string>

class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace ui {

class ChangeRun;
class DiffView;

/// What there is to look at of one object of a change: the difference it makes, what the operator wrote, and what
/// others changed since.
class ChangeFaces : public QWidget {
    Q_OBJECT
public:
    explicit ChangeFaces(QWidget* parent = nullptr);

    /// `number`: among the operations; refusals of an undo count on from there.
    void show(const ChangeRun& run, std::size_t number);
    /// Nothing is shown, and the difference is in front.
    void clear();
    [[nodiscard]] DiffView& diff() { return *m_diff; }
    void toggleFold();

    using QWidget::show;

signals:
    /// Another face is wanted: show() it.
    void turned();

private:
    enum class Face { Difference, Written, MovedOn };
    /// What a difference is made from.
    struct Texts {
        std::string left;
        std::string right;
        std::string kind;
        bool operator==(const Texts&) const = default;
    };

    void build();
    [[nodiscard]] Face face() const;
    Texts texts(const ChangeRun& run, std::size_t number);
    void readFace();

    QTabBar* m_faces;
    QPushButton* m_fold;
    QStackedWidget* m_stack;
    DiffView* m_diff;
    QPlainTextEdit* m_written;
    std::string m_body; ///< What m_written was made from.
    Texts m_shown;
};

} // namespace ui
