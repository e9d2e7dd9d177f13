// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/diff_pane.h"

#include "ui/base/theme.h"
#include "ui/browser/yaml_highlighter.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kGutterPadding = 8;

QColor groundOf(DiffPane::Ground ground) {
    switch (ground) {
    case DiffPane::Ground::None:
        break;
    case DiffPane::Ground::Removed:
        return tokens().removed;
    case DiffPane::Ground::Added:
        return tokens().added;
    case DiffPane::Ground::Missing:
    case DiffPane::Ground::Fold:
        return tokens().window;
    }
    return {};
}

/// Of its text alone: the last line's box has the document's margin, too.
qreal lineHeight(const QTextBlock& block) {
    return block.layout()->boundingRect().height();
}

} // namespace

class DiffPane::Gutter : public QWidget {
public:
    explicit Gutter(DiffPane* pane)
        : QWidget(pane)
        , m_pane(pane) {}

protected:
    void paintEvent(QPaintEvent* event) override { m_pane->paintGutter(event); }
    void wheelEvent(QWheelEvent* event) override { m_pane->wheelEvent(event); }

private:
    DiffPane* m_pane;
};

DiffPane::DiffPane(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_gutter(new Gutter(this)) {
    setProperty("bare", true);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setFont(monoFont());
    setTabChangesFocus(true);
    new YamlHighlighter(document());
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            m_gutter->scroll(0, dy);
        else
            m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
}

void DiffPane::setLines(const QString& text, std::vector<Line> lines) {
    m_lines = std::move(lines);
    setPlainText(text);
    makeRoom();
    viewport()->update();
    m_gutter->update();
}

void DiffPane::showLine(int line) {
    const QTextBlock block = document()->findBlockByNumber(line);
    if (!block.isValid())
        return;
    setTextCursor(QTextCursor(block));
    m_wanted = line;
    showWanted();
}

// Where there is no room yet, it is shown once there is.
void DiffPane::showWanted() {
    if (m_wanted < 0)
        return;
    const int line = m_wanted;
    const int shown = viewport()->height() / std::max(1, fontMetrics().lineSpacing());
    verticalScrollBar()->setValue(std::max(0, line - shown / 3));
}

void DiffPane::makeRoom() {
    std::size_t last = 0;
    for (const Line& line : m_lines)
        last = std::max(last, line.number);
    const int digits = std::max<int>(2, static_cast<int>(QString::number(last).size()));
    const int width =
        QFontMetrics(monoFont()).horizontalAdvance(QString(digits, QLatin1Char('9'))) + 2 * kGutterPadding;
    setViewportMargins(width, 0, 0, 0);
    const QRect inner = contentsRect();
    m_gutter->setGeometry(inner.left(), inner.top(), width, viewport()->height());
}

void DiffPane::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    makeRoom();
    showWanted();
}

// Whoever scrolls knows where he wants to be.
void DiffPane::wheelEvent(QWheelEvent* event) {
    m_wanted = -1;
    QPlainTextEdit::wheelEvent(event);
}

void DiffPane::keyPressEvent(QKeyEvent* event) {
    m_wanted = -1;
    QPlainTextEdit::keyPressEvent(event);
}

void DiffPane::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        viewport()->update();
}

void DiffPane::paintEvent(QPaintEvent* event) {
    {
        QPainter painter(viewport());
        for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
            const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
            if (box.top() > event->rect().bottom())
                break;
            const auto line = static_cast<std::size_t>(block.blockNumber());
            if (line < m_lines.size() && m_lines[line].ground != Ground::None)
                painter.fillRect(QRectF(0, box.top(), viewport()->width(), lineHeight(block)),
                                 groundOf(m_lines[line].ground));
        }
    }
    QPlainTextEdit::paintEvent(event);
}

void DiffPane::paintGutter(QPaintEvent* event) {
    QPainter painter(m_gutter);
    painter.fillRect(event->rect(), tokens().panel);
    painter.setFont(monoFont());
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF box = blockBoundingGeometry(block).translated(contentOffset());
        if (box.top() > event->rect().bottom())
            break;
        const auto line = static_cast<std::size_t>(block.blockNumber());
        if (line >= m_lines.size())
            break;
        if (m_lines[line].ground != Ground::None)
            painter.fillRect(QRectF(0, box.top(), m_gutter->width(), lineHeight(block)),
                             groundOf(m_lines[line].ground));
        if (m_lines[line].number == 0)
            continue;
        painter.setPen(tokens().muted);
        painter.drawText(QRectF(0, box.top(), m_gutter->width() - kGutterPadding, lineHeight(block)),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(m_lines[line].number));
    }
}

} // namespace ui
