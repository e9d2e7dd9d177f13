// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes for a terminal, between them sizes and looks at what there is.
#include "ui/terminal/terminal_screen.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <source_location>
#include <string>
#include <string_view>

namespace {

void check(bool holds, std::source_location at = std::source_location::current()) {
    if (holds)
        return;
    std::fprintf(stderr, "line %u does not hold\n", static_cast<unsigned>(at.line()));
    std::abort();
}

void look(ui::TerminalScreen& screen) {
    ui::TerminalLine line;
    for (std::int64_t number = screen.firstLine(); number < screen.endLine(); ++number) {
        screen.readLine(number, line);
        for (std::size_t i = 0; i < line.cells.size(); ++i) {
            const bool isSecond = i > 0 && line.cells[i - 1].width == 2;
            check((line.cells[i].width == 0) == isSecond);
        }
        if (number >= screen.screenLine())
            check(line.cells.size() == static_cast<std::size_t>(screen.columns()));
        check(line.cells.empty() || line.cells.back().width != 2);
    }
    const ui::TerminalCursor cursor = screen.cursor();
    check(cursor.row >= 0 && cursor.row < screen.rows() && cursor.column >= 0 && cursor.column < screen.columns());
    const std::string all = screen.text({{screen.firstLine(), 0}, {screen.endLine(), 0}});
    for (const ui::TerminalRange& hit : screen.find("a", ui::TerminalScreen::Case::Ignored, 20))
        check(!screen.text(hit).empty());
    const ui::TerminalRange word = screen.wordAt({screen.screenLine() + cursor.row, cursor.column});
    check(word.begin <= word.end);
    check(screen.title().size() <= 256);
    check(screen.takeInput().size() < 8192);
    check(screen.takeDamage().size() == static_cast<std::size_t>(screen.rows()));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ui::TerminalScreen screen(10, 20, 50);
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    // 0xFF stands in no text: what follows is a size.
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t end = std::min(bytes.find('\xff', at), bytes.size());
        screen.write(bytes.substr(at, end - at));
        if (end + 2 < bytes.size())
            screen.resize(1 + data[end + 1] % 40, 1 + data[end + 2] % 60);
        look(screen);
        at = end + 3;
    }
    return 0;
}
