// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/kube/files/remote_shell.h"

#include <functional>
#include <memory>
#include <thread>
#include <utility>

namespace kube::files {

/// Something short that is done with files on a thread of its own, here or in a container. The answer comes once, on
/// `home`; destroying the task gives it up, on home, and waits for the thread.
template <typename T>
class FileTask {
public:
    using Work = std::function<base::Result<T>(RemoteShell&)>;
    using Handler = base::UniqueFunction<void(base::Result<T>)>;

    FileTask(RemoteShell::Container container, base::Executor& home, Work work, Handler handler)
        : m_state(std::make_shared<State>(std::move(container), home, std::move(work), std::move(handler))) {
        m_thread = std::thread([state = m_state] { state->run(); });
    }
    ~FileTask() {
        m_state->isGone = true;
        m_state->shell.cancel();
        m_thread.join();
    }
    FileTask(const FileTask&) = delete;
    FileTask& operator=(const FileTask&) = delete;

private:
    struct State : std::enable_shared_from_this<State> {
        State(RemoteShell::Container container, base::Executor& executor, Work what, Handler heard)
            : shell(std::move(container))
            , home(executor)
            , work(std::move(what))
            , handler(std::move(heard)) {}
        void run() {
            home.post([self = this->shared_from_this(), answer = work(shell)]() mutable {
                if (!self->isGone)
                    self->handler(std::move(answer));
            });
        }
        RemoteShell shell;
        base::Executor& home;
        Work work;
        Handler handler;
        bool isGone = false; ///< Home only.
    };
    std::shared_ptr<State> m_state;
    std::thread m_thread;
};

} // namespace kube::files
