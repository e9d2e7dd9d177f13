// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_source.h"

#include "core/kube/files/file_task.h"

#include <utility>

namespace ui {

namespace {

using kube::files::FileTask;
using kube::files::Folder;
using kube::files::RemoteShell;

template <typename T>
struct Task final : FileSource::Asking {
    Task(const RemoteShell::Container& container, base::Executor& home, typename FileTask<T>::Work work,
         std::function<void(base::Result<T>)> handler)
        : task(container, home, std::move(work), std::move(handler)) {}
    FileTask<T> task;
};

class LocalFiles final : public FileSource {
public:
    explicit LocalFiles(base::Executor& home)
        : m_home(home) {}
    std::unique_ptr<Asking> list(const std::string& path, Listed handler) override {
        return std::make_unique<Task<Folder>>(
            RemoteShell::Container{}, m_home, [path](RemoteShell&) { return kube::files::listLocalFolder(path); },
            std::move(handler));
    }
    std::unique_ptr<Asking> read(const std::string& path, std::size_t most, Read handler) override {
        return std::make_unique<Task<std::string>>(
            RemoteShell::Container{}, m_home,
            [path, most](RemoteShell&) { return kube::files::readLocalHead(path, most); }, std::move(handler));
    }

private:
    base::Executor& m_home;
};

class ContainerFiles final : public FileSource {
public:
    ContainerFiles(base::Executor& home, std::function<RemoteShell::Container()> container)
        : m_home(home)
        , m_container(std::move(container)) {}
    std::unique_ptr<Asking> list(const std::string& path, Listed handler) override {
        return ask<Folder>([path](RemoteShell& shell) { return kube::files::listRemoteFolder(shell, path); },
                           std::move(handler));
    }
    std::unique_ptr<Asking> read(const std::string& path, std::size_t most, Read handler) override {
        return ask<std::string>(
            [path, most](RemoteShell& shell) { return kube::files::readRemoteFile(shell, path, most); },
            std::move(handler));
    }

private:
    template <typename T>
    std::unique_ptr<Asking> ask(typename FileTask<T>::Work work, std::function<void(base::Result<T>)> handler) {
        const RemoteShell::Container container = m_container();
        if (!container.transport)
            work = [](RemoteShell&) {
                return base::fail(base::ErrorCode::Unreachable, "the cluster is not connected");
            };
        return std::make_unique<Task<T>>(container, m_home, std::move(work), std::move(handler));
    }

    base::Executor& m_home;
    std::function<RemoteShell::Container()> m_container;
};

} // namespace

std::shared_ptr<FileSource> localFiles(base::Executor& home) {
    return std::make_shared<LocalFiles>(home);
}

std::shared_ptr<FileSource> containerFiles(base::Executor& home, std::function<RemoteShell::Container()> container) {
    return std::make_shared<ContainerFiles>(home, std::move(container));
}

} // namespace ui
