// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_counts.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <utility>

namespace ui {

/// Lines over time, by level. A stretch that is drawn over with the mouse is chosen; a double click chooses all again.
/// By the keyboard: Left, Right, Home and End go from bar to bar, with Shift over several, Enter chooses, Esc chooses
/// all again or leaves.
class LogHistogram : public QWidget {
    Q_OBJECT
public:
    using Range = std::pair<std::int64_t, std::int64_t>; ///< Nanoseconds; the second is not included.

    explicit LogHistogram(QWidget* parent);

    /// What is drawn; null: nothing. Must live until the next call.
    void setCounts(const logs::LogCounts* counts);
    /// The stretch looked at; the whole of what there is where none is given.
    void setRange(std::optional<Range> range);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void rangeChosen(std::int64_t fromNs, std::int64_t untilNs);
    void allChosen();
    void left();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// What the keyboard goes over: steps of time, or several that share one bar.
    struct Bars {
        std::int64_t fromNs = 0;
        double widthNs = 1;
        int count = 1;
    };
    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] Bars bars() const;
    [[nodiscard]] int barAt(std::int64_t ns) const;
    /// Of the bars from the one to the other, in whole steps: just the lines that were counted there.
    [[nodiscard]] Range rangeOf(int first, int last) const;
    [[nodiscard]] Range cursorRange() const;
    [[nodiscard]] std::int64_t upToStep(std::int64_t ns) const;
    enum class Mark { Bar, Stretch };
    void goToBar(int bar, Mark mark);
    void tellCursor();
    [[nodiscard]] QString cursorText() const;
    [[nodiscard]] QRect cursorBox(const QRect& box) const;
    void paintCursor(QPainter& painter, const QRect& box);
    void paintCursorText(QPainter& painter, const QRect& box);
    [[nodiscard]] int xOf(std::int64_t ns) const;
    [[nodiscard]] Range shown() const;
    [[nodiscard]] std::int64_t timeAt(int x) const;
    [[nodiscard]] QRect plot() const;
    void paintBars(QPainter& painter, const QRect& box, Range range);
    void paintAxis(QPainter& painter, const QRect& box, Range range);

    const logs::LogCounts* m_counts = nullptr;
    std::optional<Range> m_range;
    std::optional<int> m_from; ///< Where the mouse went down.
    int m_to = 0;
    std::optional<std::int64_t> m_at;     ///< A time in the bar that the keyboard is on.
    std::optional<std::int64_t> m_anchor; ///< In the one where a stretch began.
};

} // namespace ui
