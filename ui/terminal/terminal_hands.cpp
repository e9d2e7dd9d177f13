// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator does in a terminal: keys, input methods, mouse, selection, clipboard.
#include "ui/base/theme.h"
#include "ui/terminal/terminal_keys.h"
#include "ui/terminal/terminal_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMessageBox>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QStyleHints>
#include <QWheelEvent>

#include <algorithm>
#include <cstdlib>

namespace ui {

namespace {

constexpr int kWheelStep = 120;
constexpr int kLinesAStep = 3;

TerminalModifiers modifiersOf(const QInputEvent& event) {
    TerminalModifiers modifiers;
    modifiers.shift = event.modifiers().testFlag(Qt::ShiftModifier);
    modifiers.alt = event.modifiers().testFlag(Qt::AltModifier);
    modifiers.control = event.modifiers().testFlag(Qt::ControlModifier);
    return modifiers;
}

int buttonOf(Qt::MouseButton button) {
    return button == Qt::LeftButton ? 1 : button == Qt::MiddleButton ? 2 : button == Qt::RightButton ? 3 : 0;
}

} // namespace

bool TerminalView::event(QEvent* event) {
    // The program in the terminal comes before the window's keys.
    if (event->type() == QEvent::ShortcutOverride && m_isLive) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        const bool isPage = key.modifiers() == Qt::ShiftModifier;
        if (isForTerminal(key) || isPage) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

// Tab is a key like others.
bool TerminalView::focusNextPrevChild(bool next) {
    return !m_isLive && QAbstractScrollArea::focusNextPrevChild(next);
}

void TerminalView::keyPressEvent(QKeyEvent* event) {
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ShiftModifier && !m_screen.isAlternate()) {
        const std::int64_t page = m_screen.rows() - 1;
        const auto scroll = [this](std::int64_t line) { scrollTo(line); };
        switch (event->key()) {
        case Qt::Key_PageUp:
            return scroll(topLine() - page);
        case Qt::Key_PageDown:
            return scroll(topLine() + page);
        case Qt::Key_Home:
            return scroll(m_screen.firstLine());
        case Qt::Key_End:
            return scrollToEnd();
        default:
            break;
        }
    }
    if (modifiers == Qt::ShiftModifier && event->key() == Qt::Key_Insert)
        return pasteText(QGuiApplication::clipboard()->text(QClipboard::Selection));
    if (modifiers == (Qt::ShiftModifier | Qt::ControlModifier) && event->key() >= Qt::Key_Left &&
        event->key() <= Qt::Key_Down)
        return extendByKey(event->key());
    if (!m_isLive) {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            emit restartAsked();
        else
            QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    if (!isForTerminal(*event) || !typeKey(m_screen, *event))
        return QAbstractScrollArea::keyPressEvent(event);
    if (!m_follows)
        scrollToEnd();
    clearSelection();
    sendInput();
    m_isCursorShown = true;
}

void TerminalView::sendInput() {
    const std::string bytes = m_screen.takeInput();
    if (!bytes.empty() && m_isLive)
        emit input(QByteArray::fromStdString(bytes));
}

void TerminalView::inputMethodEvent(QInputMethodEvent* event) {
    m_preedit = event->preeditString();
    if (m_isLive && !event->commitString().isEmpty()) {
        for (const uint character : event->commitString().toUcs4())
            m_screen.character(static_cast<char32_t>(character));
        scrollToEnd();
        sendInput();
    }
    viewport()->update();
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const {
    if (query == Qt::ImEnabled)
        return m_isLive;
    if (query == Qt::ImCursorRectangle) {
        const TerminalCursor cursor = m_screen.cursor();
        const QSizeF cell = m_painter.cellSize();
        return QRectF(cursor.column * cell.width(), rowRect(cursor.row).top(), cell.width(), cell.height()).toRect();
    }
    return QAbstractScrollArea::inputMethodQuery(query);
}

void TerminalView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    m_isCursorShown = true;
    if (QGuiApplication::styleHints()->cursorFlashTime() > 0)
        m_blink.start();
    m_screen.focus(true);
    sendInput();
    updateCursor();
    emit focused();
}

void TerminalView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    m_blink.stop();
    m_screen.focus(false);
    sendInput();
    updateCursor();
}

TerminalPlace TerminalView::placeAt(QPointF at) const {
    const QSizeF cell = m_painter.cellSize();
    const QPointF inside = at - QPointF(rowRect(0).top(), rowRect(0).top());
    const int row = std::clamp(int(std::max(0.0, inside.y()) / cell.height()), 0, m_screen.rows() - 1);
    const int column = std::clamp(int(std::max(0.0, inside.x()) / cell.width()), 0, m_screen.columns());
    return {std::min(topLine() + row, m_screen.endLine() - 1), column};
}

// Shift keeps the mouse for us.
bool TerminalView::reportsMouse(const QInputEvent& event) const {
    return m_isLive && m_follows && m_screen.mouse() != TerminalScreen::Mouse::Off &&
           !event.modifiers().testFlag(Qt::ShiftModifier);
}

void TerminalView::reportMouse(const QMouseEvent& event, int button, bool isPressed) {
    const TerminalPlace place = placeAt(event.position());
    m_screen.moveMouse(int(place.line - m_screen.screenLine()), place.column, modifiersOf(event));
    if (button != 0)
        m_screen.mouseButton(button, isPressed, modifiersOf(event));
    sendInput();
}

void TerminalView::mousePressEvent(QMouseEvent* event) {
    if (reportsMouse(*event))
        return reportMouse(*event, buttonOf(event->button()), true);
    m_mouse = event->position();
    const TerminalPlace place = placeAt(event->position());
    if (event->button() == Qt::MiddleButton)
        return pasteText(QGuiApplication::clipboard()->text(QClipboard::Selection));
    if (event->button() != Qt::LeftButton)
        return QAbstractScrollArea::mousePressEvent(event);
    m_isSelecting = true;
    if (event->modifiers().testFlag(Qt::ShiftModifier) && hasSelection())
        return select(place);
    // A third click soon after the second takes the line.
    const bool isThird =
        m_unit == Unit::Word && m_anchor.begin.line <= place.line && place.line <= m_anchor.end.line &&
        event->timestamp() < m_doubleClickAt + quint64(QGuiApplication::styleHints()->mouseDoubleClickInterval());
    m_unit = isThird ? Unit::Line : Unit::Character;
    m_anchor = isThird ? m_screen.lineAt(place.line) : TerminalRange{place, place};
    m_selection = m_anchor;
    viewport()->update();
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (reportsMouse(*event) || event->button() != Qt::LeftButton)
        return mousePressEvent(event);
    m_doubleClickAt = event->timestamp();
    m_isSelecting = true;
    m_unit = Unit::Word;
    m_anchor = m_screen.wordAt(placeAt(event->position()));
    m_selection = m_anchor;
    viewport()->update();
}

void TerminalView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_isSelecting && reportsMouse(*event)) {
        if (m_screen.mouse() == TerminalScreen::Mouse::Move ||
            (m_screen.mouse() == TerminalScreen::Mouse::Drag && event->buttons() != Qt::NoButton))
            reportMouse(*event, 0, false);
        return;
    }
    if (!m_isSelecting)
        return;
    m_mouse = event->position();
    const bool isOutside = m_mouse.y() < 0 || m_mouse.y() > viewport()->height();
    if (isOutside && !m_dragScroll.isActive())
        m_dragScroll.start();
    else if (!isOutside)
        m_dragScroll.stop();
    select(placeAt(m_mouse));
}

void TerminalView::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_isSelecting && reportsMouse(*event))
        return reportMouse(*event, buttonOf(event->button()), false);
    m_dragScroll.stop();
    m_isSelecting = false;
    if (hasSelection() && QGuiApplication::clipboard()->supportsSelection())
        QGuiApplication::clipboard()->setText(selectedText(), QClipboard::Selection);
}

void TerminalView::wheelEvent(QWheelEvent* event) {
    if (event->modifiers().testFlag(Qt::ControlModifier))
        return setFontSize(m_fontSize + (event->angleDelta().y() > 0 ? 1 : -1));
    if (!m_isLive || (!reportsMouse(*event) && !m_screen.isAlternate()))
        return QAbstractScrollArea::wheelEvent(event);
    m_wheel += event->angleDelta().y();
    for (; std::abs(m_wheel) >= kWheelStep; m_wheel -= m_wheel > 0 ? kWheelStep : -kWheelStep) {
        if (reportsMouse(*event)) {
            const TerminalPlace place = placeAt(event->position());
            m_screen.moveMouse(int(place.line - m_screen.screenLine()), place.column, modifiersOf(*event));
            m_screen.mouseButton(m_wheel > 0 ? 4 : 5, true, modifiersOf(*event));
            continue;
        }
        // Pagers know arrows where they do not know wheels.
        for (int i = 0; i < kLinesAStep; ++i)
            m_screen.key(m_wheel > 0 ? TerminalKey::Up : TerminalKey::Down);
    }
    sendInput();
    event->accept();
}

void TerminalView::select(TerminalPlace to) {
    TerminalRange reached{to, to};
    if (m_unit == Unit::Word)
        reached = m_screen.wordAt(to);
    else if (m_unit == Unit::Line)
        reached = m_screen.lineAt(to.line);
    m_selection = {std::min(m_anchor.begin, reached.begin), std::max(m_anchor.end, reached.end)};
    m_keyEnd = to < m_anchor.begin ? m_selection.begin : m_selection.end;
    viewport()->update();
}

// Ctrl+Shift and arrows: from the cursor on, or from where the selection ends.
void TerminalView::extendByKey(int key) {
    if (!hasSelection()) {
        const TerminalCursor cursor = m_screen.cursor();
        m_keyEnd = {m_screen.screenLine() + cursor.row, cursor.column};
        m_anchor = {m_keyEnd, m_keyEnd};
        m_unit = Unit::Character;
    }
    TerminalPlace to = m_keyEnd;
    if (key == Qt::Key_Up || key == Qt::Key_Down) {
        to.line = std::clamp(to.line + (key == Qt::Key_Up ? -1 : 1), m_screen.firstLine(), m_screen.endLine() - 1);
    } else {
        to.column += key == Qt::Key_Left ? -1 : 1;
        if (to.column < 0 && to.line > m_screen.firstLine())
            to = {to.line - 1, m_screen.columns() - 1};
        else if (to.column > m_screen.columns() && to.line + 1 < m_screen.endLine())
            to = {to.line + 1, 1};
        to.column = std::clamp(to.column, 0, m_screen.columns());
    }
    select(to);
    m_keyEnd = to;
    if (to.line < topLine() || to.line >= topLine() + m_screen.rows())
        scrollTo(to.line < topLine() ? to.line : to.line - m_screen.rows() + 1);
}

QString TerminalView::selectedText() const {
    return QString::fromStdString(m_screen.text(m_selection));
}

void TerminalView::copy() {
    if (hasSelection())
        QGuiApplication::clipboard()->setText(selectedText());
}

void TerminalView::selectAll() {
    m_selection = {{m_screen.firstLine(), 0}, {m_screen.endLine() - 1, m_screen.columns()}};
    m_anchor = m_selection;
    viewport()->update();
}

void TerminalView::clearSelection() {
    if (!hasSelection())
        return;
    m_selection = {};
    viewport()->update();
}

void TerminalView::clearHistory() {
    m_screen.clearHistory();
    clearSelection();
    m_hits.clear();
    m_hit = -1;
    scrollToEnd();
    refresh();
}

void TerminalView::paste() {
    pasteText(QGuiApplication::clipboard()->text());
}

// Each line of it is a command that runs at once.
void TerminalView::pasteText(const QString& text) {
    if (text.isEmpty() || !m_isLive)
        return;
    const auto go = [this, text] {
        if (!m_isLive)
            return;
        m_screen.paste(text.toStdString());
        scrollToEnd();
        sendInput();
        setFocus();
    };
    const int lines = int(text.count(u'\n')) + (text.endsWith(u'\n') ? 0 : 1);
    if (!text.contains(u'\n'))
        return go();
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Paste"),
                                lines == 1 ? tr("The text ends a line: what is pasted may run at once.")
                                           : tr("%n lines are pasted. Each may run at once.", nullptr, lines),
                                QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("askPaste"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(text.size() > 400 ? text.left(400) + QStringLiteral("…") : text);
    QPushButton* proceed = box->addButton(tr("Paste"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(proceed, &QPushButton::clicked, this, go);
    box->open();
}

} // namespace ui
