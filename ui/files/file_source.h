// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/files/folder.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace ui {

/// Where a tree of files comes from. GUI thread; what it does for an answer happens elsewhere.
class FileSource {
public:
    /// A question under way; destroying it gives the answer up.
    struct Asking {
        virtual ~Asking() = default;
    };
    using Listed = std::function<void(base::Result<kube::files::Folder>)>;
    using Read = std::function<void(base::Result<std::string>)>;

    virtual ~FileSource() = default;
    /// Each handler runs once, later.
    [[nodiscard]] virtual std::unique_ptr<Asking> list(const std::string& path, Listed handler) = 0;
    /// The first `most` bytes of a file, and one more where it is longer.
    [[nodiscard]] virtual std::unique_ptr<Asking> read(const std::string& path, std::size_t most, Read handler) = 0;
};

/// This machine's files; `home` is the GUI thread's executor and outlives the source.
std::shared_ptr<FileSource> localFiles(base::Executor& home);
/// Those of a container. The way to it is asked for each time, as it may be another after a while; one without a
/// transport fails with Unreachable.
std::shared_ptr<FileSource> containerFiles(base::Executor& home,
                                           std::function<kube::files::RemoteShell::Container()> container);

} // namespace ui
