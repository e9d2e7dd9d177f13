// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ui {

/// One side of a difference: text to read and copy, with line numbers beside it and a ground under what differs.
class DiffPane : public QPlainTextEdit {
    Q_OBJECT
public:
    enum class Ground : std::uint8_t { None, Removed, Added, Missing, Fold };
    struct Line {
        std::size_t number = 0; ///< 0: none.
        Ground ground = Ground::None;
    };

    explicit DiffPane(QWidget* parent = nullptr);

    /// One line of `text` for each of `lines`.
    void setLines(const QString& text, std::vector<Line> lines);
    /// The line in the middle of what is shown.
    void showLine(int line);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Gutter;
    void paintGutter(QPaintEvent* event);
    void makeRoom();
    void showWanted();

    Gutter* m_gutter;
    std::vector<Line> m_lines;
    int m_wanted = -1;
};

} // namespace ui
