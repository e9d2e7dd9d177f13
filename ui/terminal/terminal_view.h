// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terminal/terminal_painter.h"
#include "ui/terminal/terminal_screen.h"

#include <QAbstractScrollArea>
#include <QString>
#include <QTimer>

#include <optional>
#include <string_view>
#include <vector>

class QInputEvent;

namespace ui {

/// A terminal on the screen. Bytes are read as they come, painted at most once a frame, and only the rows that differ.
/// What the operator types comes out as input().
class TerminalView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TerminalView(QWidget* parent = nullptr);

    [[nodiscard]] const TerminalScreen& screen() const { return m_screen; }
    /// What the program writes. Whoever has a lot hands it over in pieces and lets the event loop run in between.
    void take(std::string_view bytes);
    /// Modes of a program that is gone must not stay.
    void endProgram();
    /// Whether somebody reads what is typed.
    void setLive(bool isLive);

    [[nodiscard]] bool hasSelection() const { return !m_selection.isEmpty(); }
    [[nodiscard]] QString selectedText() const;
    void copy();
    /// Asks first where it would be several lines.
    void paste();
    void selectAll();
    void clearSelection();
    void clearHistory();

    static constexpr int kSmallest = 6;
    static constexpr int kLargest = 48;
    void setFontSize(int points);
    [[nodiscard]] int fontSize() const { return m_fontSize; }
    [[nodiscard]] static int defaultFontSize();

    /// Marks all that match and goes to the newest; returns how many there are.
    int find(const QString& text);
    enum class Step { Older, Newer };
    void stepFind(Step step);
    /// From 1 on; 0: none.
    [[nodiscard]] int currentHit() const { return m_hit + 1; }
    [[nodiscard]] int hitCount() const { return static_cast<int>(m_hits.size()); }

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void input(const QByteArray& bytes);
    void resized(int rows, int columns);
    void titleChanged();
    void focused();
    /// A key that only asks for a new session was pressed while nobody reads.
    void restartAsked();
    void hitsChanged();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void changeEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool focusNextPrevChild(bool next) override;

private:
    enum class Unit { Character, Word, Line };

    void measure();
    void layOut();
    void refresh();
    void readScrollBar();
    void sendInput();
    void scrollTo(std::int64_t topLine);
    void scrollToEnd();
    void updateRows(int firstRow, int lastRow);
    void updateCursor();
    [[nodiscard]] std::int64_t topLine() const;
    [[nodiscard]] QRectF rowRect(int row) const;
    [[nodiscard]] TerminalPlace placeAt(QPointF at) const;
    [[nodiscard]] bool reportsMouse(const QInputEvent& event) const;
    void reportMouse(const QMouseEvent& event, int button, bool isPressed);
    void select(TerminalPlace to);
    void extendByKey(int key);
    void pasteText(const QString& text);
    void paintLines(QPainter& painter, const QRect& clip);
    void paintCursor(QPainter& painter);
    void paintPreedit(QPainter& painter);
    void goToHit();

    TerminalScreen m_screen{24, 80};
    TerminalPainter m_painter;
    TerminalLine m_line; ///< Kept for its memory.
    QTimer m_frame;
    QTimer m_blink;
    QTimer m_dragScroll;
    bool m_isCursorShown = true;
    bool m_isLive = false;
    bool m_follows = true;
    std::int64_t m_top = 0;   ///< The first line seen while it does not follow.
    bool m_isReading = false; ///< The scroll bar is set by us.
    std::int64_t m_shownScreenLine = 0;
    std::int64_t m_shownFirstLine = 0;
    TerminalCursor m_shownCursor;
    QString m_shownTitle;
    int m_fontSize;
    int m_wheel = 0;

    TerminalRange m_selection;
    TerminalRange m_anchor; ///< What the selection began with.
    TerminalPlace m_keyEnd;
    Unit m_unit = Unit::Character;
    bool m_isSelecting = false;
    quint64 m_doubleClickAt = 0;
    QPointF m_mouse;

    QString m_needle;
    std::vector<TerminalRange> m_hits;
    int m_hit = -1;
    QString m_preedit;
};

} // namespace ui
