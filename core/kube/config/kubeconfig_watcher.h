// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/unique_function.h"
#include "core/kube/config/kubeconfig.h"

#include <chrono>
#include <memory>

namespace kube {

/// Keeps up with the kubeconfig files: says when what they hold has changed, also for files and folders that appear
/// later, files replaced by renaming, and swapped symbolic links (as Kubernetes mounts secrets). Uses inotify on the
/// folders and a thread that sleeps until something happens; changes that come together are told once.
class KubeconfigWatcher {
public:
    using Handler = base::UniqueFunction<void(Kubeconfig)>;

    /// Reads the files once, on the calling thread, with the watch already in place. `handler` runs on `executor` after
    /// each change of content; not for a file that was only touched. `executor` must outlive the watcher.
    KubeconfigWatcher(KubeconfigSources sources, base::Executor& executor, Handler handler,
                      std::chrono::milliseconds quiet = std::chrono::milliseconds(200));
    /// If it runs on the executor's thread, no handler runs after it.
    ~KubeconfigWatcher();
    KubeconfigWatcher(const KubeconfigWatcher&) = delete;
    KubeconfigWatcher& operator=(const KubeconfigWatcher&) = delete;

    /// What the files held when the watcher was made.
    [[nodiscard]] const Kubeconfig& initial() const;
    /// False where the system has no watches left to give: then changes go unnoticed.
    [[nodiscard]] bool isWatching() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace kube
