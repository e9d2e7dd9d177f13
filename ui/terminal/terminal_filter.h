// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

/// One control sequence "CSI ? 1 ; 2 h", numbers bounded.
struct ControlSequence {
    std::string parameters; ///< "?1;2", without intermediates.
    std::string intermediates;
    char final = 0;

    /// '?', '>' and the like; 0: none.
    [[nodiscard]] char leader() const;
    /// 0 where it is missing. A colon counts as a semicolon.
    [[nodiscard]] std::vector<int> numbers() const;
    /// At most 16 numbers a sequence, for libvterm writes past its array after that. What is more follows as a further
    /// sequence where each number stands for itself (modes, attributes), and is dropped where not.
    [[nodiscard]] std::string bytes() const;
};

/// Reads what a program writes before the emulator does. Strings to the terminal (OSC, DCS, APC, PM, SOS) end here:
/// but for a title, which is text to show and no more, they set clipboards, ask for answers or are unbounded.
class TerminalFilter {
public:
    class Sink {
    public:
        virtual ~Sink() = default;
        virtual void pass(std::string_view bytes) = 0;
        virtual void escape(std::string_view bytes) = 0; ///< A whole one, as "ESC ( 0".
        virtual void control(const ControlSequence& sequence) = 0;
        virtual void title(std::string_view text) = 0;
    };
    void feed(std::string_view bytes, Sink& sink);

private:
    enum class State : std::uint8_t { Ground, Escape, Control, Command, CommandEscape, Ignored, IgnoredEscape };
    void step(char byte, Sink& sink);
    void beginEscape();
    void stepEscape(char byte, Sink& sink);
    void stepControl(char byte, Sink& sink);
    void stepString(char byte, Sink& sink);
    void endControl(char final, Sink& sink);
    void endCommand(Sink& sink);

    State m_state = State::Ground; ///< Escape: with the intermediates in m_held.
    std::string m_held;            ///< Of the sequence under way; bounded.
    bool m_isTooLong = false;
};

} // namespace ui
