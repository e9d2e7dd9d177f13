// SPDX-License-Identifier: GPL-3.0-or-later
// The sequences that vi, less, top, htop, tmux and mc use, one by one; what nobody may do to the operator; history,
// text and search.
#include "ui/terminal/terminal_screen.h"

#include <QElapsedTimer>
#include <QTest>

#include <string>
#include <string_view>

using namespace std::string_literals;
using ui::TerminalCursor;
using ui::TerminalKey;
using ui::TerminalModifiers;
using ui::TerminalPen;
using ui::TerminalScreen;

Q_DECLARE_METATYPE(std::string)

template <>
char* QTest::toString(const std::string& text) {
    return QTest::toPrettyCString(text.data(), qsizetype(text.size()));
}

namespace {

std::string row(const TerminalScreen& screen, int number) {
    const std::int64_t line = screen.screenLine() + number;
    return screen.text({{line, 0}, {line, screen.columns()}});
}

/// The rows, with '|' between them, blanks at the end left out.
std::string rows(const TerminalScreen& screen) {
    std::string all;
    for (int i = 0; i < screen.rows(); ++i)
        all += (i > 0 ? "|" : "") + row(screen, i);
    while (all.ends_with('|'))
        all.pop_back();
    return all;
}

ui::TerminalCell cell(const TerminalScreen& screen, int atRow, int column) {
    ui::TerminalLine line;
    screen.readLine(screen.screenLine() + atRow, line);
    return line.cells[static_cast<std::size_t>(column)];
}

} // namespace

class TestTerminalScreen : public QObject {
    Q_OBJECT
private slots:
    void sequences_data();
    void sequences();
    void pens_data();
    void pens();
    void wideAndCombined();
    void alternateScreen();
    void cursorShapes();
    void keys_data();
    void keys();
    void mouse_data();
    void mouse();
    void pasting();
    void answersAreHarmless();
    void titlesAreText();
    void wrongBytesAreSafe_data();
    void wrongBytesAreSafe();
    void longLine();
    void historyIsKeptAndBounded();
    void historyKeepsPens();
    void textJoinsWrappedLines();
    void search();
    void words();
    void resizing();
    void resizingEndsMargins();
    void restoredCursorIsOnTheScreen();
    void cutAnywhere();
};

void TestTerminalScreen::sequences_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("shown");
    const auto add = [](const char* name, const std::string& bytes, const std::string& shown) {
        QTest::newRow(name) << bytes << shown;
    };
    const std::string four = "aaaa\r\nbbbb\r\ncccc\r\ndddd";
    add("plain", "one\r\ntwo", "one|two");
    add("line feed keeps the column", "ab\ncd", "ab|  cd");
    add("backspace and tab", "ab\b\bX\tY", "Xb      Y");
    add("CUP", "\x1b[2;3HX", "|  X");
    add("CUP beyond", "\x1b[99;99HX", "||||         X");
    add("CUU CUD CUF CUB", "\x1b[3;5H\x1b[2A1\x1b[B2\x1b[C3\x1b[3D4", "    1|     4 3");
    add("CNL CPL CHA VPA", "\x1b[2E1\x1b[1F2\x1b[5G3\x1b[4d4", "|2   3|1|     4");
    add("ED below", four + "\x1b[2;3H\x1b[J", "aaaa|bb");
    add("ED above", four + "\x1b[2;3H\x1b[1J", "|   b|cccc|dddd");
    add("ED all", four + "\x1b[2JX", "|||    X");
    add("EL right, left, all", four + "\x1b[1;2H\x1b[K\x1b[2;2H\x1b[1K\x1b[3;2H\x1b[2K", "a|  bb||dddd");
    add("ECH", "abcdef\x1b[1;2H\x1b[3X", "a   ef");
    add("ICH", "abcdef\x1b[1;2H\x1b[2@", "a  bcdef");
    add("DCH", "abcdef\x1b[1;2H\x1b[2P", "adef");
    add("IL", four + "\x1b[2;1H\x1b[L", "aaaa||bbbb|cccc|dddd");
    add("DL", four + "\x1b[2;1H\x1b[M", "aaaa|cccc|dddd");
    add("insert mode", "abc\x1b[1;1H\x1b[4hX\x1b[4l", "Xabc");
    add("REP", "x\x1b[4b", "xxxxx");
    add("region scrolls up", four + "\x1b[2;3r\x1b[3;1H\nX", "aaaa|cccc|X|dddd");
    add("region scrolls down", four + "\x1b[2;3r\x1b[2;1H\x1bMX", "aaaa|X|bbbb|dddd");
    add("SU", four + "\x1b[2;4r\x1b[1S", "aaaa|cccc|dddd");
    add("SD", four + "\x1b[2;4r\x1b[1T", "aaaa||bbbb|cccc");
    add("origin mode", four + "\x1b[2;3r\x1b[?6h\x1b[1;1HX", "aaaa|Xbbb|cccc|dddd");
    add("IND NEL RI",
        "a\x1b"
        "Db\x1b"
        "Ec\x1b"
        "Md",
        "a| d|c");
    add("save and restore",
        "ab\x1b"
        "7\x1b[3;3Hc\x1b"
        "8d",
        "abd||  c");
    add("save and restore, CSI", "ab\x1b[s\x1b[3;3Hc\x1b[ud", "abd||  c");
    add("wraps", "0123456789ab", "0123456789|ab");
    add("no wrap", "\x1b[?7l0123456789ab\x1b[?7h", "012345678b");
    add("phantom column", "0123456789\r\nX", "0123456789|X");
    add("line drawing", "\x1b(0lqk\x1b(Bq", "\xe2\x94\x8c\xe2\x94\x80\xe2\x94\x90q");
    add("shift out and in", "\x1b)0a\x0eq\x0fq", "a\xe2\x94\x80q");
    add("unknown escapes", "a\x1b&[31mb\x1b([3Cc\x1b%Gd\x1b F", "a31mb3Ccd");
    add("DECALN", "\x1b#8\x1b[2;1H\x1b[J", "EEEEEEEEEE");
    add("tab stops", "\x1b[3g\x1b[1;5H\x1bH\r\tX", "    X");
    add("CBT", "\x1b[1;10H\x1b[ZX", "        X");
    add("soft reset", "abc\x1b[1;1H\x1b[4h\x1b[!pX", "Xbc");
    add("full reset",
        four + "\x1b"
               "cX",
        "X");
    add("operating system commands vanish",
        "a\x1b]52;c;aGVsbG8=\a"
        "b\x1b]11;?\x1b\\c",
        "abc");
    add("device strings vanish", "a\x1bP$qm\x1b\\b\x1b_x\x1b\\c\x1b^y\x1b\\d\x1bXz\x1b\\e\x1bkt\x1b\\f", "abcdef");
    add("cancelled",
        "a\x1b[3\x18"
        "b\x1b]0;x\x1a"
        "c",
        "abc");
    add("control within a sequence", "ab\x1b[\r1Cx", "ax");
    add("unknown", "a\x1b[?9999h\x1b[>4;2m\x1b[22;2t\x1b[=1u\x1b[1$wb", "ab");
}

void TestTerminalScreen::sequences() {
    QFETCH(std::string, bytes);
    QFETCH(std::string, shown);
    TerminalScreen screen(5, 10);
    screen.write(bytes);
    QCOMPARE(rows(screen), shown);
}

void TestTerminalScreen::pens_data() {
    QTest::addColumn<std::string>("sgr");
    QTest::addColumn<int>("flags");
    QTest::addColumn<quint32>("foreground");
    QTest::addColumn<quint32>("background");
    const auto add = [](const char* sgr, int flags, quint32 foreground = 0, quint32 background = 0) {
        QTest::newRow(sgr) << std::string(sgr) << flags << foreground << background;
    };
    const quint32 rgb = ui::TerminalColor::kRgb;
    add("1", TerminalPen::Bold);
    add("2", TerminalPen::Dim);
    add("1;2;22", 0);
    add("3;4", TerminalPen::Italic | TerminalPen::Underline);
    add("4:3", TerminalPen::CurlyUnderline);
    add("21", TerminalPen::DoubleUnderline);
    add("4;24", 0);
    add("5;7;8;9", TerminalPen::Blink | TerminalPen::Reverse | TerminalPen::Conceal | TerminalPen::Strike);
    add("5;7;8;9;25;27;28;29", 0);
    add("31;42", 0, 2, 3);
    add("91;102", 0, 10, 11);
    add("38;5;2", 0, 3);
    add("38;5;200;48;5;232", 0, 201, 233);
    add("38;2;1;2;3;48;2;255;0;8", 0, rgb | 0x010203, rgb | 0xFF0008);
    add("38:2:1:2:3", 0, rgb | 0x010203);
    add("1;2;3;4;5;7;8;9;22;23;24;25;27;28;29;38;2;1;2;3", 0, rgb | 0x010203);
    add("31;42;39;49", 0);
    add("1;31;0", 0);
    add("1;31;", 0);
}

void TestTerminalScreen::pens() {
    QFETCH(std::string, sgr);
    TerminalScreen screen(2, 10);
    screen.write("\x1b[" + sgr + "mX");
    const ui::TerminalCell got = cell(screen, 0, 0);
    QTEST(int(got.pen.flags), "flags");
    QTEST(got.pen.foreground.value, "foreground");
    QTEST(got.pen.background.value, "background");
    // Erasing leaves the background, and no more.
    screen.write("\x1b[2K");
    TerminalPen blank;
    blank.background = got.pen.background;
    QVERIFY(cell(screen, 0, 5).pen == blank);
}

void TestTerminalScreen::wideAndCombined() {
    TerminalScreen screen(3, 6);
    screen.write("\xe4\xbd\xa0\xe5\xa5\xbd\x65\xcc\x81x\xe5\xa5\xbd");
    QCOMPARE(row(screen, 0), "\xe4\xbd\xa0\xe5\xa5\xbd\x65\xcc\x81x"s);
    QCOMPARE(row(screen, 1), "\xe5\xa5\xbd"s); // has no room in the last column
    QCOMPARE(int(cell(screen, 0, 0).width), 2);
    QCOMPARE(int(cell(screen, 0, 1).width), 0);
    QVERIFY(screen.characters(cell(screen, 0, 4).glyph) == U"e\u0301");
    // Whoever overwrites a half takes the other away.
    screen.write("\x1b[1;2HA\x1b[1;3HB");
    QCOMPARE(row(screen, 0), " AB e\xcc\x81x"s);
    // A letter may have more marks than anyone can see.
    std::string marks = "\x1b[3;1Ha";
    for (int i = 0; i < 1000; ++i)
        marks += "\xcc\x81";
    screen.write(marks);
    QVERIFY(row(screen, 2).starts_with("a\xcc\x81"));
}

void TestTerminalScreen::alternateScreen() {
    TerminalScreen screen(3, 10);
    screen.write("1\r\n2\r\n3\r\n4");
    const std::int64_t first = screen.firstLine();
    screen.write("\x1b[?1049h\x1b[H\x1b[2Jvi\r\n\n\n\n\nend");
    QVERIFY(screen.isAlternate());
    QCOMPARE(rows(screen), "||end"s);
    QCOMPARE(screen.firstLine(), screen.screenLine()); // nothing above it
    screen.write("\x1b[?1049lX");
    QVERIFY(!screen.isAlternate());
    QCOMPARE(rows(screen), "2|3|4X"s);
    QCOMPARE(screen.firstLine(), first);
}

void TestTerminalScreen::cursorShapes() {
    TerminalScreen screen(3, 10);
    screen.write("\x1b[2;3H\x1b[6 q");
    QCOMPARE(screen.cursor().row, 1);
    QCOMPARE(screen.cursor().column, 2);
    QVERIFY(screen.cursor().shape == TerminalCursor::Shape::Bar && !screen.cursor().blinks);
    screen.write("\x1b[3 q\x1b[?25l");
    QVERIFY(screen.cursor().shape == TerminalCursor::Shape::Underline && screen.cursor().blinks);
    QVERIFY(!screen.cursor().isVisible);
    screen.write("\x1b[2 q\x1b[?25h");
    QVERIFY(screen.cursor().shape == TerminalCursor::Shape::Block && screen.cursor().isVisible);
}

void TestTerminalScreen::keys_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers"); // 1 shift, 2 alt, 4 control
    QTest::addColumn<std::string>("before");
    QTest::addColumn<std::string>("sent");
    const auto add = [](const char* name, TerminalKey key, int modifiers, const char* before, const char* sent) {
        QTest::newRow(name) << int(key) << modifiers << std::string(before) << std::string(sent);
    };
    const auto function = [](int number) { return static_cast<TerminalKey>(int(TerminalKey::Function1) + number - 1); };
    add("up", TerminalKey::Up, 0, "", "\x1b[A");
    add("up, application", TerminalKey::Up, 0, "\x1b[?1h", "\x1bOA");
    add("control right", TerminalKey::Right, 4, "", "\x1b[1;5C");
    add("control right, application", TerminalKey::Right, 4, "\x1b[?1h", "\x1b[1;5C");
    add("alt left", TerminalKey::Left, 2, "", "\x1b[1;3D");
    add("home", TerminalKey::Home, 0, "", "\x1b[H");
    add("end, application", TerminalKey::End, 0, "\x1b[?1h", "\x1bOF");
    add("insert", TerminalKey::Insert, 0, "", "\x1b[2~");
    add("delete", TerminalKey::Delete, 0, "", "\x1b[3~");
    add("page up", TerminalKey::PageUp, 0, "", "\x1b[5~");
    add("control page down", TerminalKey::PageDown, 4, "", "\x1b[6;5~");
    add("F1", function(1), 0, "", "\x1bOP");
    add("F4", function(4), 0, "", "\x1bOS");
    add("shift F1", function(1), 1, "", "\x1b[1;2P");
    add("F5", function(5), 0, "", "\x1b[15~");
    add("F10", function(10), 0, "", "\x1b[21~");
    add("F12", function(12), 0, "", "\x1b[24~");
    add("enter", TerminalKey::Enter, 0, "", "\r");
    add("alt enter", TerminalKey::Enter, 2, "", "\x1b\r");
    add("tab", TerminalKey::Tab, 0, "", "\t");
    add("back tab", TerminalKey::Tab, 1, "", "\x1b[Z");
    add("backspace", TerminalKey::Backspace, 0, "", "\x7f");
    add("control backspace", TerminalKey::Backspace, 4, "", "\b");
    add("alt backspace", TerminalKey::Backspace, 2, "", "\x1b\x7f");
    add("escape", TerminalKey::Escape, 0, "", "\x1b");
    add("keypad 5", static_cast<TerminalKey>(int(TerminalKey::Keypad0) + 5), 0, "", "5");
    add("keypad 5, application", static_cast<TerminalKey>(int(TerminalKey::Keypad0) + 5), 0, "\x1b=", "\x1bOu");
    add("keypad enter, application", TerminalKey::KeypadEnter, 0, "\x1b=", "\x1bOM");
}

void TestTerminalScreen::keys() {
    QFETCH(int, key);
    QFETCH(int, modifiers);
    QFETCH(std::string, before);
    TerminalScreen screen(3, 10);
    screen.write(before);
    screen.key(static_cast<TerminalKey>(key), {(modifiers & 1) != 0, (modifiers & 2) != 0, (modifiers & 4) != 0});
    QTEST(screen.takeInput(), "sent");
    QCOMPARE(screen.takeInput(), ""s);
    // Letters.
    TerminalModifiers control;
    control.control = true;
    screen.character(U'c', control);
    screen.character(U' ', control);
    screen.character(U'[', control);
    screen.character(U'\u00e9');
    TerminalModifiers alt;
    alt.alt = true;
    screen.character(U'x', alt);
    QCOMPARE(screen.takeInput(), "\x03\0\x1b\xc3\xa9\x1bx"s);
}

void TestTerminalScreen::mouse_data() {
    QTest::addColumn<std::string>("mode");
    QTest::addColumn<int>("kind");
    QTest::addColumn<std::string>("sent");
    QTest::newRow("off") << ""s << int(TerminalScreen::Mouse::Off) << ""s;
    QTest::newRow("clicks") << "\x1b[?1000h"s << int(TerminalScreen::Mouse::Click) << "\x1b[M $#\x1b[M#$#\x1b[M`$#"s;
    QTest::newRow("clicks, SGR") << "\x1b[?1000h\x1b[?1006h"s << int(TerminalScreen::Mouse::Click)
                                 << "\x1b[<0;4;3M\x1b[<0;4;3m\x1b[<64;4;3M"s;
    QTest::newRow("drags, SGR") << "\x1b[?1002h\x1b[?1006h"s << int(TerminalScreen::Mouse::Drag)
                                << "\x1b[<0;4;3M\x1b[<0;4;3m\x1b[<64;4;3M"s;
    QTest::newRow("off again") << "\x1b[?1000h\x1b[?1000l"s << int(TerminalScreen::Mouse::Off) << ""s;
}

void TestTerminalScreen::mouse() {
    QFETCH(std::string, mode);
    TerminalScreen screen(5, 10);
    screen.write(mode);
    QTEST(int(screen.mouse()), "kind");
    screen.moveMouse(2, 3, {});
    screen.mouseButton(1, true, {});
    screen.mouseButton(1, false, {});
    screen.mouseButton(4, true, {});
    QTEST(screen.takeInput(), "sent");
}

void TestTerminalScreen::pasting() {
    TerminalScreen screen(5, 10);
    screen.paste("a\nb\r\nc\x1b[201~\x03\td");
    QCOMPARE(screen.takeInput(), "a\rb\rc[201~\td"s);
    screen.write("\x1b[?2004h");
    QVERIFY(screen.pastesBracketed());
    screen.paste("rm\n");
    QCOMPARE(screen.takeInput(), "\x1b[200~rm\r\x1b[201~"s);
}

void TestTerminalScreen::answersAreHarmless() {
    TerminalScreen screen(5, 10);
    screen.write("\x1b[2;3H\x1b[6n");
    QCOMPARE(screen.takeInput(), "\x1b[2;3R"s);
    screen.write("\x1b[5n");
    QCOMPARE(screen.takeInput(), "\x1b[0n"s);
    screen.write("\x1b[c");
    QVERIFY(screen.takeInput().starts_with("\x1b[?1;"));
    screen.write(
        "\x1b]0;rm -rf /\r\a\x1b[21t\x1b[20t\x1bP$qm\x1b\\\x1bP+q544e\x1b\\\x1b]4;1;?\a\x1b]10;?\a\x1b]52;c;?\a"
        "\x1b[>q\x1b\x05\x05\x1b[18t");
    QCOMPARE(screen.takeInput(), ""s);
    // A flood of questions is not answered without end.
    for (int i = 0; i < 10'000; ++i)
        screen.write("\x1b[6n");
    QVERIFY(screen.takeInput().size() < 8192);
}

void TestTerminalScreen::titlesAreText() {
    TerminalScreen screen(5, 10);
    screen.write("\x1b]0;my\r\n\x01title\a");
    QCOMPARE(screen.title(), "mytitle"s);
    screen.write("\x1b]2;" + std::string(1'000'000, 'x') + "\x1b\\");
    QCOMPARE(screen.title(), std::string(256, 'x'));
    QCOMPARE(rows(screen), ""s);
}

void TestTerminalScreen::wrongBytesAreSafe_data() {
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("shown");
    QTest::newRow("NUL") << "a\0b"s << "ab"s;
    QTest::newRow("lone continuation") << "a\x80"
                                          "b"s
                                       << "a\xef\xbf\xbd"
                                          "b"s;
    QTest::newRow("cut sequence") << "a\xe4\xbd"
                                     "b"s
                                  << "a\xef\xbf\xbd"
                                     "b"s;
    QTest::newRow("huge numbers") << "a\x1b[99999999999999999999;99999999999Hb\x1b[99999999999@"s << "a||||"s;
    QTest::newRow("endless parameters") << "a\x1b[" + std::string(100'000, ';') + "mb" << "ab"s;
    QTest::newRow("more parameters than libvterm holds")
        << "a\x1b[;;;;;;;;;;;;;;;;;;;;;;;;3mb\x1b[;;;;;;;;;;;;;;;;;;;;;;H"s
        << "ab"s;
    QTest::newRow("more colons") << "a\x1b[4:::::::::::::::::::::::::3mb"s << "ab"s;
    QTest::newRow("control within an escape") << "a\x1b\a[2Cb\x1b\0]0;x\ac"s << "a  bc"s;
    QTest::newRow("escape before a character") << "a\x1b\xc3[;;;;;;;;;;;;;;;;;;;;;;;;3mb"s
                                               << "a\xef\xbf\xbd[;;;;;;;|;;;;;;;;;;|;;;;;;;3mb"s;
    QTest::newRow("C1 characters") << "\xc2\x87"
                                      "a\xc2\x9b"
                                      "31mb\xc2\xa7\xc2\xc2\x80"s
                                   << "a31mb\xc2\xa7\xef\xbf\xbd"s;
    QTest::newRow("endless intermediates") << "a\x1b" + std::string(100'000, '(') + "Bb" << "ab"s;
    QTest::newRow("endless string") << "a\x1bP" + std::string(10'000'000, 'x') + "\x1b\\b" << "ab"s;
}

void TestTerminalScreen::wrongBytesAreSafe() {
    QFETCH(std::string, bytes);
    QFETCH(std::string, shown);
    TerminalScreen screen(5, 10);
    screen.write(bytes);
    while (shown.ends_with('|'))
        shown.pop_back();
    QCOMPARE(rows(screen), shown);
}

void TestTerminalScreen::longLine() {
    TerminalScreen screen(24, 80);
    screen.write(std::string(10'000'000, 'x') + "\r\nend");
    QVERIFY(screen.endLine() - screen.firstLine() < 101'000);
    QCOMPARE(row(screen, 23), "end"s);
    QVERIFY(screen.historyBytes() < 12'000'000);
    QVERIFY(screen.find("end", TerminalScreen::Case::Matters, 10).size() == 1);
}

void TestTerminalScreen::historyIsKeptAndBounded() {
    TerminalScreen screen(24, 80);
    std::string all;
    for (int i = 0; i < 150'000; ++i)
        all += "line " + std::to_string(i) + "\r\n";
    screen.write(all);
    const std::int64_t kept = screen.endLine() - screen.firstLine();
    QVERIFY(kept >= 100'000 && kept < 101'000);
    QCOMPARE(screen.text({{screen.firstLine(), 0}, {screen.firstLine(), 80}}),
             "line " + std::to_string(screen.firstLine()));
    QCOMPARE(screen.text({{149'999, 0}, {149'999, 80}}), "line 149999"s);
    const double perLine = double(screen.historyBytes()) / double(kept);
    qInfo("%.1f bytes a line for text of 11", perLine);
    QVERIFY(perLine < 24);
    screen.write("\x1b[3J");
    QCOMPARE(screen.firstLine(), screen.screenLine());
    QCOMPARE(screen.historyBytes(), std::size_t(0));
}

void TestTerminalScreen::historyKeepsPens() {
    const std::string line = "a\x1b[1;31mred\x1b[0m \xe4\xbd\xa0\x1b[48;2;1;2;3m e\xcc\x81\x1b[0m z";
    TerminalScreen above(2, 20);
    above.write(line + "\r\n\n\n\n");
    TerminalScreen shown(2, 20);
    shown.write(line);
    ui::TerminalLine kept;
    ui::TerminalLine expected;
    above.readLine(0, kept);
    shown.readLine(0, expected);
    QVERIFY(kept.cells.size() >= 11);
    for (std::size_t i = 0; i < kept.cells.size(); ++i) {
        QVERIFY(kept.cells[i].pen == expected.cells[i].pen);
        QCOMPARE(kept.cells[i].width, expected.cells[i].width);
        QVERIFY(above.characters(kept.cells[i].glyph) == shown.characters(expected.cells[i].glyph));
    }
}

void TestTerminalScreen::textJoinsWrappedLines() {
    TerminalScreen screen(3, 10);
    screen.write("0123456789abcdefghijklm\r\nnext  \r\nlast\r\n");
    QCOMPARE(screen.text({{0, 0}, {screen.endLine() - 1, 0}}), "0123456789abcdefghijklm\nnext\nlast\n"s);
    QCOMPARE(screen.text({{0, 8}, {1, 2}}), "89ab"s);
    const ui::TerminalRange whole{{0, 0}, {2, 10}};
    QVERIFY(screen.lineAt(1) == whole);
}

void TestTerminalScreen::search() {
    TerminalScreen screen(3, 10);
    screen.write("needle\r\nxxxxxxxxNEedle\r\n\xe4\xbd\xa0 needle\r\n1\r\n2\r\n");
    const auto found = screen.find("needle", TerminalScreen::Case::Ignored, 100);
    QCOMPARE(found.size(), std::size_t(3));
    const ui::TerminalRange wrapped{{1, 8}, {2, 4}};
    const ui::TerminalRange wide{{3, 3}, {3, 9}};
    QVERIFY(found[1] == wrapped);
    QVERIFY(found[2] == wide);
    QCOMPARE(screen.find("needle", TerminalScreen::Case::Matters, 100).size(), std::size_t(2));
    QVERIFY(screen.find("needle", TerminalScreen::Case::Ignored, 1).front() == wide); // the newest
    QVERIFY(screen.find("", TerminalScreen::Case::Ignored, 1).empty());
}

void TestTerminalScreen::words() {
    TerminalScreen screen(3, 20);
    screen.write("see team-a/web-0 (ok) and-then-some-more");
    QCOMPARE(screen.text(screen.wordAt({0, 6})), "team-a/web-0"s);
    QCOMPARE(screen.text(screen.wordAt({0, 17})), "("s);
    QCOMPARE(screen.text(screen.wordAt({1, 3})), "and-then-some-more"s);
    QCOMPARE(screen.text(screen.wordAt({1, 19})), "and-then-some-more"s);
}

void TestTerminalScreen::resizing() {
    TerminalScreen screen(5, 10);
    screen.write("1\r\n2\r\n3\r\n4\r\n5");
    screen.resize(3, 12); // the oldest leave at the top
    QCOMPARE(rows(screen), "3|4|5"s);
    QCOMPARE(screen.cursor().row, 2);
    screen.resize(5, 10); // and come back
    QCOMPARE(rows(screen), "1|2|3|4|5"s);
    QCOMPARE(screen.cursor().row, 4);
    screen.write("\x1b[H\x1b[2JX");
    screen.resize(3, 10); // blank ones at the end go first
    QCOMPARE(rows(screen), "X"s);
    QCOMPARE(screen.cursor().row, 0);
    screen.write("\x1b[?1049h\x1b[3;1Hvi");
    screen.resize(2, 4);
    screen.resize(4, 8);
    screen.write("\x1b[?1049l\r\nY");
    QVERIFY(rows(screen).find('Y') != std::string::npos);
    screen.resize(0, 0);
    QCOMPARE(screen.rows(), 1);
    QCOMPARE(screen.columns(), TerminalScreen::kLeastColumns);
    screen.resize(100'000, 100'000);
    QCOMPARE(screen.columns(), TerminalScreen::kMostColumns);
}

void TestTerminalScreen::resizingEndsMargins() {
    TerminalScreen screen(10, 20);
    screen.write("\x1b[?69h\x1b[15;20s\x1b[8;10r\x1b[?6h\xe4\xbd");
    screen.resize(4, 8);
    screen.write("\xa0\x1b[2J\x1b[1;1H\n\n\n\n\n\n\n\nX\x1b[3L");
    QCOMPARE(rows(screen), ""s);
    screen.write("\x1b[1;1H1\r\n2\r\n3\r\n4\r\n5");
    QCOMPARE(rows(screen), "2|3|4|5"s);
}

void TestTerminalScreen::restoredCursorIsOnTheScreen() {
    TerminalScreen screen(10, 20);
    screen.write("\x1b[10;20H\x1b\x37");
    screen.resize(3, 5);
    for (const char* restore : {"\x1b\x38", "\x1b[u", "\x1b[?1048l"}) {
        screen.write("\x1b[H");
        screen.write(restore);
        QCOMPARE(screen.cursor().row, 2);
        QCOMPARE(screen.cursor().column, 4);
    }
}

void TestTerminalScreen::cutAnywhere() {
    const std::string bytes = "a\x1b[31;1mb\x1b]0;t\x1b\\\xe4\xbd\xa0\x1b[2;3Hx\x1bP1\x1b\\\x1b(0q\x1b(B\x1b[6n";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        TerminalScreen screen(3, 10);
        screen.write(bytes.substr(0, cut));
        screen.write(bytes.substr(cut));
        QCOMPARE(rows(screen), "ab\xe4\xbd\xa0|  x\xe2\x94\x80"s);
        QCOMPARE(screen.title(), "t"s);
        QCOMPARE(screen.takeInput(), "\x1b[2;5R"s);
    }
}

QTEST_GUILESS_MAIN(TestTerminalScreen)
#include "tst_terminal_screen.moc"
