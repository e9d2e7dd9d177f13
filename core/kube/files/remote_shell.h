// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/files/checksum.h"
#include "core/kube/files/file_entry.h"
#include "core/kube/streams/remote_command.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kube::files {

/// Commands in one container, for a thread that waits for them. All of it is used on that thread, but for cancel().
class RemoteShell {
public:
    struct Container {
        std::shared_ptr<Transport> transport;
        std::string ns;
        std::string pod;
        std::string container;
    };
    explicit RemoteShell(Container container);

    /// Any thread. What runs, and all that is asked for later, fails.
    void cancel();
    [[nodiscard]] bool isCancelled() const { return m_isCancelled; }

    /// One command under way.
    class Process {
    public:
        /// The next of its output; empty: it has ended, and wait() says how.
        [[nodiscard]] base::Result<std::string> read();
        /// All that it still prints, until it ends with exit code 0. Once that is more than `most` bytes its end is not
        /// waited for, and the answer is longer than that.
        [[nodiscard]] base::Result<std::string> readAll(std::size_t most);
        [[nodiscard]] base::Result<void> write(std::string_view bytes);
        /// False: the server cannot be told (see RemoteCommand::closeInput).
        [[nodiscard]] bool closeInput();
        /// Until it ends, which has to be with exit code 0; what it says meanwhile is dropped.
        [[nodiscard]] base::Result<void> wait();

    private:
        friend class RemoteShell;
        explicit Process(RemoteShell& shell)
            : m_shell(shell) {}
        /// Lets things happen until `isSo`. False: cancelled.
        bool until(const std::function<bool()>& isSo);
        [[nodiscard]] base::Result<void> end() const;

        RemoteShell& m_shell;
        std::unique_ptr<RemoteCommand> m_command;
        bool m_isOpen = false;
        bool m_hasRoom = true;
        std::string m_output;
        std::string m_errors;
        std::optional<base::Result<CommandEnd>> m_end;
    };
    enum class Input { None, Given };
    [[nodiscard]] std::unique_ptr<Process> start(std::vector<std::string> command, Input input);
    /// `script` in a shell, with `arguments` as $1 and so on, to its end: all that it printed. Fails with BadResponse
    /// where that is more than kMostPrinted.
    static constexpr std::size_t kMostPrinted = std::size_t(1) << 20;
    [[nodiscard]] base::Result<std::string> run(const std::string& script, std::vector<std::string> arguments);
    /// As run(), a script that is too long for a command line.
    [[nodiscard]] base::Result<std::string> runLong(const std::string& script);

private:
    Container m_container;
    base::ManualExecutor m_loop;
    std::atomic<bool> m_isCancelled = false;
};

/// A word that every POSIX shell takes as it is. Pure.
[[nodiscard]] std::string shellWord(std::string_view word);

/// Says that there is no shell where the error of a first command means that; else the error as it is. Pure.
[[nodiscard]] base::Error withoutShell(base::Error error);

/// What a container has for files.
struct RemoteTools {
    bool hasTar = false;
    SumKind sum = SumKind::None;
    bool canEndInput = true; ///< The server knows how to, so that a tar that reads to the end does end.
};
[[nodiscard]] base::Result<RemoteTools> findTools(RemoteShell& shell);

/// As readLocalTree(), in the container; what cannot be read is named, without what is in it. An empty list: there is
/// no such thing. Fails with BadInput where the list is longer than 128 MB, which is about a million files.
[[nodiscard]] base::Result<std::vector<FileEntry>> readRemoteTree(RemoteShell& shell, const std::string& root,
                                                                  SumKind sum);
/// Of these files of the container, in their order; empty for what cannot be read.
[[nodiscard]] base::Result<std::vector<std::string>> readRemoteSums(RemoteShell& shell,
                                                                    const std::vector<std::string>& paths, SumKind sum);
/// What the script of readRemoteTree() prints. Fails with BadResponse. Pure.
[[nodiscard]] base::Result<std::vector<FileEntry>> parseRemoteTree(std::string_view printed);

} // namespace kube::files
