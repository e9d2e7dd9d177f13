// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/unique_function.h"
#include "core/kube/streams/channel_protocol.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

namespace qdctl {

/// Our own end of a session with a container: what is typed or piped in, the terminal's size, signals. One at a time,
/// main thread; the handlers run on `home`.
class LocalTerminal {
public:
    enum class Input { None, Read };
    /// Raw: each key as it is typed, Ctrl+C among them. The terminal is put back as it was by restore(), by the
    /// destructor, and by any signal that would end the program.
    enum class Mode { AsItIs, Raw };
    struct Sink {
        base::UniqueFunction<void(std::string)> input; ///< No more comes until readOn().
        base::UniqueFunction<void()> inputEnded;       ///< Once.
        base::UniqueFunction<void()> resized;          ///< Ask size().
        base::UniqueFunction<void(int)> interrupted;   ///< By SIGINT, SIGTERM or SIGHUP; a second one ends the program.
    };

    LocalTerminal(base::ManualExecutor& home, Input input, Mode mode, Sink sink);
    ~LocalTerminal();
    LocalTerminal(const LocalTerminal&) = delete;
    LocalTerminal& operator=(const LocalTerminal&) = delete;

    /// What was given to `input` is dealt with.
    void readOn();
    static void restore();

    [[nodiscard]] static bool isTerminal();
    [[nodiscard]] static std::optional<kube::TerminalSize> size();

private:
    struct Shared;
    void watch();

    std::shared_ptr<Shared> m_shared;
    std::atomic<bool> m_isOver = false;
    std::thread m_thread;
};

/// All of it, to a file descriptor. False: nobody reads there any more.
bool writeAll(int descriptor, std::string_view bytes);

} // namespace qdctl
