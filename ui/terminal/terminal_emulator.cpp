// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_emulator.h"

#include "core/kube/manifest/manifest_text.h"

#include <vterm.h>

#include <algorithm>
#include <array>
#include <utility>

namespace ui {

namespace {

constexpr std::size_t kMostInput = 4096; // of answers that nobody took
constexpr std::size_t kMostTitle = 256;
constexpr std::size_t kMostAtOnce = 4096;
constexpr std::string_view kSaveCursor = "\x1b\x37";
constexpr std::string_view kRestoreCursor = "\x1b\x38";

TerminalColor colorOf(const VTermColor& color) {
    if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color))
        return {};
    if (VTERM_COLOR_IS_INDEXED(&color))
        return TerminalColor::indexed(color.indexed.idx);
    return TerminalColor::ofRgb(static_cast<std::uint32_t>(color.rgb.red) << 16 |
                                static_cast<std::uint32_t>(color.rgb.green) << 8 | color.rgb.blue);
}

GridArea areaOf(VTermRect rect) {
    return {rect.start_row, rect.end_row, rect.start_col, rect.end_col};
}

/// How many bytes at the end are the beginning of a character whose rest may follow.
std::size_t cutCharacter(std::string_view bytes) {
    for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if (byte < 0x80)
            return 0;
        if (byte >= 0xC0) {
            const std::size_t length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : byte < 0xF8 ? 4 : 1;
            return back < length ? back : 0;
        }
    }
    return 0;
}

std::string withoutC1(std::string text) {
    std::size_t to = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool isC1 = text[at] == '\xc2' && static_cast<unsigned char>(text[at + 1]) < 0xA0;
        if (isC1)
            ++at;
        else
            text[to++] = text[at];
    }
    text.resize(to);
    return text;
}

// Device attributes, status and place of the cursor, modes: numbers only. All else could put words of the program's own
// into the operator's mouth.
bool isHarmless(std::string_view answer) {
    if (!answer.starts_with("\x1b[") || answer.size() < 3)
        return false;
    const std::string_view finals = "cnRy";
    return finals.find(answer.back()) != std::string_view::npos &&
           std::all_of(answer.begin() + 2, answer.end() - 1, [](char byte) {
               return (byte >= '0' && byte <= '9') || byte == ';' || byte == '?' || byte == '>' || byte == '$';
           });
}

} // namespace

struct TerminalEmulator::Hooks {
    static TerminalEmulator& of(void* user) { return *static_cast<TerminalEmulator*>(user); }

    static int putGlyph(VTermGlyphInfo* info, VTermPos at, void* user) {
        TerminalEmulator& self = of(user);
        TerminalCell cell;
        std::array<char32_t, VTERM_MAX_CHARS_PER_CELL> characters{};
        std::size_t count = 0;
        while (count < characters.size() && info->chars[count] != 0) {
            characters[count] = info->chars[count];
            ++count;
        }
        cell.glyph = self.m_glyphs.glyphOf({characters.data(), count});
        cell.width = info->width == 2 ? 2 : 1;
        cell.pen = self.m_pen;
        if (info->protected_cell)
            cell.pen.flags |= TerminalPen::Protected;
        TerminalGrid& grid = self.grid();
        if (self.m_isAtWrap && at.col == 0 && at.row > 0)
            grid.line(at.row - 1).wraps = true;
        grid.put(at.row, at.col, cell);
        self.m_isAtWrap = at.col + info->width >= grid.columns();
        self.m_lastGlyph = cell.glyph;
        self.touch(at.row, at.row + 1);
        return 1;
    }
    static int moveCursor(VTermPos at, VTermPos before, int /*isVisible*/, void* user) {
        TerminalEmulator& self = of(user);
        self.m_cursor.row = std::min(at.row, self.rows() - 1); // outside for a moment, after restoring
        self.m_cursor.column = std::min(at.col, self.columns() - 1);
        if (at.col < self.columns() - 1 || at.row != before.row)
            self.m_isAtWrap = false;
        return 1;
    }
    static int scroll(VTermRect rect, int downward, int rightward, void* user) {
        TerminalEmulator& self = of(user);
        std::function<void(const TerminalLine&)> leaves;
        if (!self.m_isAlternate)
            leaves = [&self](const TerminalLine& line) { self.keep(line); };
        self.grid().scroll(areaOf(rect), downward, rightward, self.m_pen.background, leaves);
        self.touch(rect.start_row, rect.end_row);
        return 1;
    }
    static int erase(VTermRect rect, int isSelective, void* user) {
        TerminalEmulator& self = of(user);
        self.grid().erase(areaOf(rect), self.m_pen.background,
                          isSelective != 0 ? TerminalGrid::Erase::Unprotected : TerminalGrid::Erase::All);
        self.touch(rect.start_row, rect.end_row);
        return 1;
    }
    static int initPen(void* user) {
        of(user).m_pen = {};
        return 1;
    }
    static int setPen(VTermAttr attribute, VTermValue* value, void* user) {
        TerminalPen& pen = of(user).m_pen;
        const auto set = [&pen](int flags, int on) {
            pen.flags = static_cast<std::uint16_t>((pen.flags & ~flags) | on);
        };
        const auto flag = [&set, value](int one) { set(one, value->boolean != 0 ? one : 0); };
        switch (attribute) {
        case VTERM_ATTR_BOLD:
            flag(TerminalPen::Bold);
            break;
        case VTERM_ATTR_UNDERLINE: {
            constexpr std::array<int, 4> kinds = {0, TerminalPen::Underline, TerminalPen::DoubleUnderline,
                                                  TerminalPen::CurlyUnderline};
            set(TerminalPen::Underline | TerminalPen::DoubleUnderline | TerminalPen::CurlyUnderline,
                kinds[static_cast<std::size_t>(value->number) % kinds.size()]);
            break;
        }
        case VTERM_ATTR_ITALIC:
            flag(TerminalPen::Italic);
            break;
        case VTERM_ATTR_BLINK:
            flag(TerminalPen::Blink);
            break;
        case VTERM_ATTR_REVERSE:
            flag(TerminalPen::Reverse);
            break;
        case VTERM_ATTR_STRIKE:
            flag(TerminalPen::Strike);
            break;
        case VTERM_ATTR_FOREGROUND:
            pen.foreground = colorOf(value->color);
            break;
        case VTERM_ATTR_BACKGROUND:
            pen.background = colorOf(value->color);
            break;
        default:
            return 0;
        }
        return 1;
    }
    static int setProperty(VTermProp property, VTermValue* value, void* user) {
        TerminalEmulator& self = of(user);
        switch (property) {
        case VTERM_PROP_CURSORVISIBLE:
            self.m_cursor.isVisible = value->boolean != 0;
            break;
        case VTERM_PROP_CURSORBLINK:
            self.m_cursor.blinks = value->boolean != 0;
            break;
        case VTERM_PROP_CURSORSHAPE:
            self.m_cursor.shape = value->number == VTERM_PROP_CURSORSHAPE_UNDERLINE  ? TerminalCursor::Shape::Underline
                                  : value->number == VTERM_PROP_CURSORSHAPE_BAR_LEFT ? TerminalCursor::Shape::Bar
                                                                                     : TerminalCursor::Shape::Block;
            break;
        case VTERM_PROP_ALTSCREEN:
            if (value->boolean != 0 && !self.m_isAlternate)
                self.m_alternate = TerminalGrid(self.rows(), self.columns());
            self.m_isAlternate = value->boolean != 0;
            self.m_isAtWrap = false;
            self.touch(0, self.rows());
            break;
        case VTERM_PROP_REVERSE:
            self.m_modes.isReversed = value->boolean != 0;
            self.touch(0, self.rows());
            break;
        case VTERM_PROP_MOUSE:
            self.m_modes.mouse = static_cast<TerminalScreen::Mouse>(std::clamp(value->number, 0, 3));
            break;
        default:
            return 0;
        }
        return 1;
    }
    static int bell(void* user) {
        ++of(user).m_modes.bells;
        return 1;
    }
    static int resize(int rows, int columns, VTermPos* delta, void* user) {
        TerminalEmulator& self = of(user);
        const int moved = self.resizeMain(rows, columns, self.m_isAlternate ? -1 : self.m_cursor.row);
        if (self.m_alternate.rows() > rows)
            self.m_alternate.removeBottom(self.m_alternate.rows() - rows);
        else
            self.m_alternate.addBottom(rows - self.m_alternate.rows());
        self.m_alternate.setColumns(columns);
        if (!self.m_isAlternate)
            delta->row = moved;
        self.m_damage.assign(static_cast<std::size_t>(rows), true);
        return 1;
    }
    static void output(const char* bytes, std::size_t size, void* user) { of(user).answer({bytes, size}); }

    static VTermModifier modifier(TerminalModifiers modifiers) {
        return static_cast<VTermModifier>((modifiers.shift ? VTERM_MOD_SHIFT : 0) |
                                          (modifiers.alt ? VTERM_MOD_ALT : 0) |
                                          (modifiers.control ? VTERM_MOD_CTRL : 0));
    }
    static VTermKey key(TerminalKey key) {
        const auto within = [key](TerminalKey first) { return static_cast<int>(key) - static_cast<int>(first); };
        if (key >= TerminalKey::Function1)
            return static_cast<VTermKey>(VTERM_KEY_FUNCTION(1 + within(TerminalKey::Function1)));
        if (key >= TerminalKey::Keypad0)
            return static_cast<VTermKey>(VTERM_KEY_KP_0 + within(TerminalKey::Keypad0));
        constexpr std::array keys = {VTERM_KEY_ENTER,     VTERM_KEY_TAB,      VTERM_KEY_BACKSPACE, VTERM_KEY_ESCAPE,
                                     VTERM_KEY_UP,        VTERM_KEY_DOWN,     VTERM_KEY_LEFT,      VTERM_KEY_RIGHT,
                                     VTERM_KEY_INS,       VTERM_KEY_DEL,      VTERM_KEY_HOME,      VTERM_KEY_END,
                                     VTERM_KEY_PAGEUP,    VTERM_KEY_PAGEDOWN, VTERM_KEY_KP_ENTER,  VTERM_KEY_KP_PLUS,
                                     VTERM_KEY_KP_MINUS,  VTERM_KEY_KP_MULT,  VTERM_KEY_KP_DIVIDE, VTERM_KEY_KP_COMMA,
                                     VTERM_KEY_KP_PERIOD, VTERM_KEY_KP_EQUAL};
        return keys[static_cast<std::size_t>(key)];
    }
};

TerminalEmulator::TerminalEmulator(int rows, int columns, std::size_t history)
    : m_terminal(vterm_new(rows, columns), vterm_free)
    , m_history(history)
    , m_main(rows, columns)
    , m_alternate(rows, columns)
    , m_damage(static_cast<std::size_t>(rows), true) {
    static const VTermStateCallbacks callbacks = {
        .putglyph = Hooks::putGlyph,
        .movecursor = Hooks::moveCursor,
        .scrollrect = Hooks::scroll,
        .moverect = nullptr,
        .erase = Hooks::erase,
        .initpen = Hooks::initPen,
        .setpenattr = Hooks::setPen,
        .settermprop = Hooks::setProperty,
        .bell = Hooks::bell,
        .resize = Hooks::resize,
        .setlineinfo = nullptr,
    };
    vterm_set_utf8(m_terminal.get(), 1);
    vterm_output_set_callback(m_terminal.get(), Hooks::output, this);
    m_state = vterm_obtain_state(m_terminal.get());
    vterm_state_set_callbacks(m_state, &callbacks, this);
    vterm_state_reset(m_state, 1);
}

TerminalEmulator::~TerminalEmulator() = default;

void TerminalEmulator::write(std::string_view bytes) {
    m_filter.feed(bytes, *this);
}

// libvterm 0.1 loses characters that are cut between two writes, puts a whole text on the stack, goes to the left for a
// C1 character, and ends what was cut with whatever comes later.
void TerminalEmulator::pass(std::string_view bytes) {
    std::string joined;
    if (!m_cut.empty()) {
        joined = std::exchange(m_cut, {});
        joined += bytes;
        bytes = joined;
    }
    const std::size_t cut = cutCharacter(bytes);
    m_cut = bytes.substr(bytes.size() - cut);
    bytes.remove_suffix(cut);
    std::string plain;
    if (std::any_of(bytes.begin(), bytes.end(), [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; })) {
        plain = withoutC1(kube::manifest::replaceCut(bytes));
        bytes = plain;
    }
    while (!bytes.empty()) {
        std::string_view piece = bytes.substr(0, kMostAtOnce);
        if (piece.size() < bytes.size())
            piece.remove_suffix(cutCharacter(piece));
        vterm_input_write(m_terminal.get(), piece.data(), piece.size());
        bytes.remove_prefix(piece.size());
    }
}

// The rest of a character will not come any more.
void TerminalEmulator::endText() {
    if (!m_cut.empty()) {
        m_cut.clear();
        pass("\xef\xbf\xbd");
    }
}

void TerminalEmulator::escape(std::string_view bytes) {
    endText();
    pass(bytes);
    if (bytes == kRestoreCursor) // the screen may be smaller by now; libvterm bounds the cursor after a CSI alone
        pass("\x1b[0n");
}

void TerminalEmulator::control(const ControlSequence& sequence) {
    endText();
    const bool isPlain = sequence.leader() == '\0' && sequence.intermediates.empty();
    if (isPlain && sequence.final == 'b')
        return repeatLast(std::max(1, sequence.numbers().front()));
    if (isPlain && sequence.final == 't')
        return; // windows are the operator's
    if (isPlain && sequence.parameters.empty() && (sequence.final == 's' || sequence.final == 'u'))
        return escape(sequence.final == 's' ? kSaveCursor : kRestoreCursor);
    if (isPlain && sequence.final == 'J' && sequence.numbers().front() == 3)
        return clearHistory();
    if (isPlain && sequence.final == 'm')
        readAttributes(sequence);
    if (sequence.leader() == '?' && (sequence.final == 'h' || sequence.final == 'l'))
        readModes(sequence);
    pass(sequence.bytes());
    if (sequence.intermediates == "!" && sequence.final == 'p') // libvterm 0.1 forgets these
        pass("\x1b[4l\x1b[?1l\x1b[?7h\x1b[?25h");
}

void TerminalEmulator::title(std::string_view text) {
    m_modes.title.clear();
    for (const char byte : text.substr(0, kMostTitle)) {
        if (static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7F)
            m_modes.title += byte;
    }
}

// libvterm 0.1 does not know REP, which ncurses uses for xterm.
void TerminalEmulator::repeatLast(int count) {
    if (m_lastGlyph == 0 || TerminalGlyphs::isCombined(m_lastGlyph))
        return;
    std::string one;
    appendUtf8(m_lastGlyph, one);
    std::string all;
    for (count = std::min(count, rows() * columns()); count > 0; --count)
        all += one;
    pass(all);
}

void TerminalEmulator::readModes(const ControlSequence& sequence) {
    for (const int mode : sequence.numbers()) {
        if (mode == 2004)
            m_modes.pastesBracketed = sequence.final == 'h';
    }
}

// Dim and concealed, which libvterm 0.1 does not know either. What belongs to a colour is passed over.
void TerminalEmulator::readAttributes(const ControlSequence& sequence) {
    const std::vector<int> numbers = sequence.numbers();
    int flags = m_pen.flags;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const int number = numbers[i];
        if (number == 0)
            flags &= ~(TerminalPen::Dim | TerminalPen::Conceal);
        else if (number == 2)
            flags |= TerminalPen::Dim;
        else if (number == 8)
            flags |= TerminalPen::Conceal;
        else if (number == 22)
            flags &= ~TerminalPen::Dim;
        else if (number == 28)
            flags &= ~TerminalPen::Conceal;
        else if ((number == 38 || number == 48 || number == 58) && i + 1 < numbers.size())
            i += numbers[i + 1] == 5 ? 2U : numbers[i + 1] == 2 ? 4U : 0U;
        else if (number == 4 && sequence.parameters.find("4:") != std::string::npos)
            ++i;
    }
    m_pen.flags = static_cast<std::uint16_t>(flags);
}

void TerminalEmulator::answer(std::string_view bytes) {
    if (m_isOperator || (isHarmless(bytes) && m_input.size() < kMostInput))
        m_input += bytes;
}

void TerminalEmulator::touch(int firstRow, int lastRow) {
    const int count = static_cast<int>(m_damage.size());
    for (int row = std::max(0, firstRow); row < std::min(lastRow, count); ++row)
        m_damage[static_cast<std::size_t>(row)] = true;
}

int TerminalEmulator::resizeMain(int rows, int columns, int cursorRow) {
    int moved = 0;
    if (rows < m_main.rows()) {
        const int blank = std::min(m_main.rows() - rows, m_main.blankAfter(std::max(0, cursorRow)));
        m_main.removeBottom(blank);
        const int above = m_main.rows() - rows;
        for (int row = 0; row < above; ++row)
            keep(m_main.line(row));
        m_main.removeTop(above);
        moved = -above;
    }
    m_main.setColumns(columns);
    // Under another screen the saved cursor stays where it is, and so does the text.
    TerminalLine line;
    while (cursorRow >= 0 && m_main.rows() < rows && m_history.pop(line, m_glyphs)) {
        m_main.insertTop(std::move(line));
        ++moved;
    }
    m_main.addBottom(rows - m_main.rows());
    return moved;
}

void TerminalEmulator::resize(int rows, int columns) {
    if (rows == this->rows() && columns == this->columns())
        return;
    m_isAtWrap = false;
    vterm_set_size(m_terminal.get(), rows, columns);
    VTermPos at;
    vterm_state_get_cursorpos(m_state, &at);
    // As xterm: no margins any more. libvterm keeps those that lie outside.
    const std::string margins = "\x1b[s\x1b[r\x1b[" + std::to_string(std::clamp(at.row, 0, rows - 1) + 1) + ';' +
                                std::to_string(std::clamp(at.col, 0, columns - 1) + 1) + 'H';
    vterm_input_write(m_terminal.get(), margins.data(), margins.size());
}

void TerminalEmulator::reset() {
    m_filter = {};
    m_cut.clear();
    m_modes = {};
    m_isAlternate = false;
    m_input.clear();
    vterm_state_reset(m_state, 1);
    touch(0, rows());
}

void TerminalEmulator::clearHistory() {
    m_history.clear();
    touch(0, rows());
}

void TerminalEmulator::readLine(std::int64_t number, TerminalLine& line) {
    if (number >= screenLine())
        line = grid().line(static_cast<int>(std::min<std::int64_t>(number - screenLine(), rows() - 1)));
    else if (number >= m_history.begin())
        m_history.read(number, line, m_glyphs);
    else
        line = {};
}

bool TerminalEmulator::appendText(std::int64_t number, std::string& text) const {
    if (number >= screenLine())
        return false;
    text += m_history.text(number);
    return true;
}

bool TerminalEmulator::wraps(std::int64_t number) const {
    if (number < m_history.begin())
        return false;
    return number < screenLine()
               ? m_history.wraps(number)
               : grid().line(static_cast<int>(std::min<std::int64_t>(number - screenLine(), rows() - 1))).wraps;
}

TerminalCursor TerminalEmulator::cursor() const {
    return m_cursor;
}

std::vector<bool> TerminalEmulator::takeDamage() {
    std::vector<bool> fresh(m_damage.size(), false);
    std::swap(fresh, m_damage);
    return fresh;
}

std::string TerminalEmulator::takeInput() {
    return std::exchange(m_input, {});
}

void TerminalEmulator::key(TerminalKey key, TerminalModifiers modifiers) {
    m_isOperator = true;
    const auto literal = [&](const char* text) { m_input += modifiers.alt ? std::string("\x1b") + text : text; };
    // As xterm has it; libvterm's way with modified keys of this kind is understood by few programs.
    if (key == TerminalKey::Backspace)
        literal(modifiers.control ? "\b" : "\x7f");
    else if (key == TerminalKey::Escape)
        literal("\x1b");
    else if (key == TerminalKey::Enter && (modifiers.alt || modifiers.control || modifiers.shift))
        literal("\r");
    else if (key == TerminalKey::Tab && !modifiers.shift)
        literal("\t");
    else if (key == TerminalKey::Tab)
        literal("\x1b[Z");
    else if (key <= TerminalKey::FunctionLast)
        vterm_keyboard_key(m_terminal.get(), Hooks::key(key), Hooks::modifier(modifiers));
    m_isOperator = false;
}

void TerminalEmulator::character(char32_t character, TerminalModifiers modifiers) {
    if (modifiers.control) {
        if (character >= U'a' && character <= U'z')
            character &= 0x1F;
        else if (character >= U'@' && character <= U'_')
            character &= 0x1F;
        else if (character == U' ' || character == U'2')
            character = 0;
        else if (character >= U'3' && character <= U'7')
            character = 0x1B + (character - U'3');
        else if (character == U'8' || character == U'?')
            character = 0x7F;
        else if (character == U'/' || character == U'-')
            character = 0x1F;
    }
    if (modifiers.alt)
        m_input += '\x1b';
    appendUtf8(character, m_input);
}

// Nothing in a text may end the brackets or act as a key of its own, but for ends of lines and tabs.
void TerminalEmulator::paste(std::string_view text) {
    m_isOperator = true;
    vterm_keyboard_start_paste(m_terminal.get());
    char before = '\0';
    for (const char byte : text) {
        if (byte == '\n' && before != '\r')
            m_input += '\r';
        else if (byte == '\t' || byte == '\r' || (static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7F))
            m_input += byte;
        before = byte;
    }
    vterm_keyboard_end_paste(m_terminal.get());
    m_isOperator = false;
}

void TerminalEmulator::moveMouse(int row, int column, TerminalModifiers modifiers) {
    if (m_modes.mouse == TerminalScreen::Mouse::Off)
        return;
    m_isOperator = true;
    vterm_mouse_move(m_terminal.get(), std::clamp(row, 0, rows() - 1), std::clamp(column, 0, columns() - 1),
                     Hooks::modifier(modifiers));
    m_isOperator = false;
}

void TerminalEmulator::mouseButton(int button, bool isPressed, TerminalModifiers modifiers) {
    if (m_modes.mouse == TerminalScreen::Mouse::Off)
        return;
    m_isOperator = true;
    vterm_mouse_button(m_terminal.get(), button, isPressed, Hooks::modifier(modifiers));
    m_isOperator = false;
}

void TerminalEmulator::focus(bool isIn) {
    m_isOperator = true;
    if (isIn)
        vterm_state_focus_in(m_state);
    else
        vterm_state_focus_out(m_state);
    m_isOperator = false;
}

} // namespace ui
