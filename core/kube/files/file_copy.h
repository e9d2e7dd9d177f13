// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/kube/files/remote_shell.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kube::files {

enum class Direction { FromContainer, ToContainer };
enum class Preserve { ModesAndTimes, Nothing };
/// What carries the bytes of several files.
enum class Method {
    Best,  ///< tar where the container has it.
    Plain, ///< A command for each file, of what every shell has.
};

struct CopySpec {
    RemoteShell::Container container;
    Direction direction = Direction::FromContainer;
    std::string remote;
    std::string local;
    Preserve preserve = Preserve::ModesAndTimes;
    Method method = Method::Best;
};

struct CopyProgress {
    std::uint64_t bytes = 0; ///< Arrived, of those that have to be sent.
    std::uint64_t totalBytes = 0;
    std::size_t files = 0; ///< Arrived whole.
    std::size_t totalFiles = 0;
    std::size_t sameFiles = 0; ///< Were there already, with the same sum, and are not sent.
    std::string file;          ///< Under way.
};

struct CopyResult {
    CopyProgress progress;
    bool usedTar = false;
    SumKind sum = SumKind::None;    ///< What both ends were compared by; None: by their sizes alone.
    std::size_t leftOut = 0;        ///< Files and folders, each with all that is in it.
    std::size_t unread = 0;         ///< Those of them that were to be read here and could not be, or changed meanwhile.
    std::vector<std::string> notes; ///< What was left out, and why; of many the first, and how many more.
    static constexpr std::size_t kMostNotes = 100;
};

/// "dist to /srv", by the file's or folder's own name.
[[nodiscard]] std::string describe(const CopySpec& spec);
/// "12 files, 3400 bytes; the same already: 2 files; left out: 1"
[[nodiscard]] std::string summaryOf(const CopyResult& result);

/// Files arrived, and no sums tell that they are what was sent. Pure.
[[nodiscard]] bool wasComparedBySizeAlone(const CopyResult& result);

struct CopySink {
    base::UniqueFunction<void(CopyProgress)> progress;          ///< Now and then.
    base::UniqueFunction<void(base::Result<CopyResult>)> ended; ///< Once, last.
};

/// Copies a file or a folder between this machine and a container that has a shell. Modes, times and symbolic links
/// are kept; links are never followed (but for the one that is named itself), and a path that would lead out of the
/// target is refused. No file is half there under its name: it is written beside its place and renamed when its sum is
/// the same. What arrived whole in an earlier run that was cut is not sent again. In the container the files wait in a
/// folder .qd-part-* beside the target, which stays there after a cut.
///
/// What cannot be read below a folder is left out, as is what changes here while it is sent: the rest is copied, and
/// the result tells of it. Where that is the file or folder that was named, the copy fails.
///
/// From the container a folder's contents go into `local`, which is made; to the container a folder or file goes into
/// `remote` where that is a folder, else under that name: as `kubectl cp` does.
///
/// Works on a thread of its own. The sink runs on `home`; destroying it cancels, after which the sink is silent.
class FileCopy {
public:
    FileCopy(CopySpec spec, base::Executor& home, CopySink sink);
    ~FileCopy();
    FileCopy(const FileCopy&) = delete;
    FileCopy& operator=(const FileCopy&) = delete;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace kube::files
