// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_counts.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <utility>

namespace ui {

/// Lines over time, by level. A stretch that is drawn over with the mouse is chosen; a double click chooses all again.
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

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] Range shown() const;
    [[nodiscard]] std::int64_t timeAt(int x) const;
    [[nodiscard]] QRect plot() const;
    void paintBars(QPainter& painter, const QRect& box, Range range);
    void paintAxis(QPainter& painter, const QRect& box, Range range);

    const logs::LogCounts* m_counts = nullptr;
    std::optional<Range> m_range;
    std::optional<int> m_from; ///< Where the mouse went down.
    int m_to = 0;
};

} // namespace ui
