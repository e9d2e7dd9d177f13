// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_keys.h"

#include "ui/terminal/terminal_screen.h"

#include <QKeyEvent>

#include <optional>

namespace ui {

namespace {

TerminalKey after(TerminalKey first, int count) {
    return static_cast<TerminalKey>(static_cast<int>(first) + count);
}

std::optional<TerminalKey> keypadKey(int key) {
    if (key >= Qt::Key_0 && key <= Qt::Key_9)
        return after(TerminalKey::Keypad0, key - Qt::Key_0);
    switch (key) {
    case Qt::Key_Enter:
        return TerminalKey::KeypadEnter;
    case Qt::Key_Plus:
        return TerminalKey::KeypadPlus;
    case Qt::Key_Minus:
        return TerminalKey::KeypadMinus;
    case Qt::Key_Asterisk:
        return TerminalKey::KeypadMultiply;
    case Qt::Key_Slash:
        return TerminalKey::KeypadDivide;
    case Qt::Key_Comma:
        return TerminalKey::KeypadComma;
    case Qt::Key_Period:
        return TerminalKey::KeypadPeriod;
    case Qt::Key_Equal:
        return TerminalKey::KeypadEqual;
    default:
        return std::nullopt;
    }
}

std::optional<TerminalKey> specialKey(int key) {
    if (key >= Qt::Key_F1 && key <= Qt::Key_F24)
        return after(TerminalKey::Function1, key - Qt::Key_F1);
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return TerminalKey::Enter;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return TerminalKey::Tab;
    case Qt::Key_Backspace:
        return TerminalKey::Backspace;
    case Qt::Key_Escape:
        return TerminalKey::Escape;
    case Qt::Key_Up:
        return TerminalKey::Up;
    case Qt::Key_Down:
        return TerminalKey::Down;
    case Qt::Key_Left:
        return TerminalKey::Left;
    case Qt::Key_Right:
        return TerminalKey::Right;
    case Qt::Key_Insert:
        return TerminalKey::Insert;
    case Qt::Key_Delete:
        return TerminalKey::Delete;
    case Qt::Key_Home:
        return TerminalKey::Home;
    case Qt::Key_End:
        return TerminalKey::End;
    case Qt::Key_PageUp:
        return TerminalKey::PageUp;
    case Qt::Key_PageDown:
        return TerminalKey::PageDown;
    default:
        return std::nullopt;
    }
}

} // namespace

bool isForTerminal(const QKeyEvent& event) {
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const bool isControl = modifiers.testFlag(Qt::ControlModifier);
    if (isControl && modifiers.testFlag(Qt::ShiftModifier))
        return false;
    if (isControl && !modifiers.testFlag(Qt::AltModifier)) {
        switch (event.key()) {
        case Qt::Key_Tab:
        case Qt::Key_Plus:
        case Qt::Key_Equal:
        case Qt::Key_Minus:
        case Qt::Key_0:
            return false;
        default:
            return true;
        }
    }
    return true;
}

bool typeKey(TerminalScreen& screen, const QKeyEvent& event) {
    TerminalModifiers modifiers;
    modifiers.shift = event.modifiers().testFlag(Qt::ShiftModifier);
    modifiers.alt = event.modifiers().testFlag(Qt::AltModifier);
    modifiers.control = event.modifiers().testFlag(Qt::ControlModifier);
    if (event.modifiers().testFlag(Qt::KeypadModifier)) {
        if (const auto key = keypadKey(event.key())) {
            screen.key(*key);
            return true;
        }
    }
    if (const auto key = specialKey(event.key())) {
        modifiers.shift = modifiers.shift || event.key() == Qt::Key_Backtab;
        screen.key(*key, modifiers);
        return true;
    }
    // With Ctrl the text is a control character already, or none where the keyboard is not Latin.
    if (modifiers.control && event.key() >= Qt::Key_Space && event.key() <= Qt::Key_AsciiTilde) {
        const auto key = static_cast<char32_t>(event.key());
        screen.character(key >= U'A' && key <= U'Z' ? key + 0x20 : key, modifiers);
        return true;
    }
    modifiers.control = false;
    const auto characters = event.text().toUcs4();
    for (const uint character : characters)
        screen.character(static_cast<char32_t>(character), modifiers);
    return !characters.isEmpty();
}

} // namespace ui
