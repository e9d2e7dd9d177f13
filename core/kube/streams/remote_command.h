// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/kube/streams/channel_protocol.h"
#include "core/kube/transport.h"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

struct RemoteCommandSpec {
    enum class Kind {
        Exec,  ///< Runs `command` in the container.
        Attach ///< Joins the container's main process.
    };
    enum class Terminal { None, Wanted };

    Kind kind = Kind::Exec;
    std::string ns;
    std::string pod;
    std::string container; ///< Empty: the server's choice.
    std::vector<std::string> command;
    bool hasInput = false;
    Terminal terminal = Terminal::None;        ///< With one, errors come with the output, as a terminal has it.
    std::chrono::milliseconds deadline{30000}; ///< Until the session stands.
};

/// Receives what a remote command says. All run on the executor given to RemoteCommand::start, in order: opened once,
/// the outputs any number of times, ended once, last.
struct RemoteCommandSink {
    base::UniqueFunction<void()> opened;
    base::UniqueFunction<void(std::string)> output;
    base::UniqueFunction<void(std::string)> errorOutput;
    /// There is room again after write() said no.
    base::UniqueFunction<void()> drained;
    /// How it ended, whatever the exit code; an error where that is not known or it never ran.
    base::UniqueFunction<void(base::Result<CommandEnd>)> ended;
};

/// One exec or attach session. To be used on the executor given to start(); destroying it cuts the session, after which
/// the sink is silent. What becomes of the command then is the container's runtime's affair.
class RemoteCommand {
public:
    /// `transport` has to live as long as the session is being opened.
    [[nodiscard]] static std::unique_ptr<RemoteCommand> start(Transport& transport, const RemoteCommandSpec& spec,
                                                              base::Executor& executor, RemoteCommandSink sink);
    ~RemoteCommand();
    RemoteCommand(const RemoteCommand&) = delete;
    RemoteCommand& operator=(const RemoteCommand&) = delete;

    /// How many of the bytes were taken: all, or fewer where there is no room; then `drained` says when there is.
    /// Before `opened` none are.
    [[nodiscard]] std::size_t write(std::string_view input);
    /// End of input. False: the server is so old (v4.channel.k8s.io) that it cannot be told.
    bool closeInput();
    /// For a session with a terminal. Before `opened` kept for then.
    void resize(TerminalSize size);

private:
    struct State;
    explicit RemoteCommand(std::shared_ptr<State> state);

    std::shared_ptr<State> m_state;
};

/// The call that opens a session. Pure.
[[nodiscard]] ApiRequest remoteCommandRequest(const RemoteCommandSpec& spec);

} // namespace kube
