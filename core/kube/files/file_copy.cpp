// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/file_copy.h"

#include "core/kube/files/copy_job.h"

#include <chrono>
#include <thread>
#include <utility>

namespace kube::files {

namespace {

constexpr std::chrono::milliseconds kBetweenNews{100};

std::string_view withoutSlashes(std::string_view path) {
    while (path.size() > 1 && path.ends_with('/'))
        path.remove_suffix(1);
    return path;
}

} // namespace

std::string lastPart(std::string_view path) {
    path = withoutSlashes(path);
    return std::string(path.substr(path.rfind('/') + 1));
}

std::string folderOf(std::string_view path) {
    path = withoutSlashes(path);
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return ".";
    return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

EntryMap byPath(std::vector<FileEntry> entries) {
    EntryMap map;
    for (FileEntry& entry : entries) {
        std::string path = entry.path;
        map.insert_or_assign(std::move(path), std::move(entry));
    }
    return map;
}

bool isSame(const FileEntry& one, const FileEntry& other) {
    return one.kind == EntryKind::File && other.kind == EntryKind::File && one.size == other.size && !one.sum.empty() &&
           one.sum == other.sum;
}

base::Result<void> CopyJob::findTools() {
    auto found = files::findTools(shell);
    if (!found)
        return base::fail(std::move(found.error()));
    tools = *found;
    result.sum = tools.sum;
    return {};
}

bool CopyJob::usesTar(std::size_t files) const {
    return spec.method == Method::Best && tools.hasTar && files > 1 &&
           (tools.canEndInput || spec.direction == Direction::FromContainer);
}

void CopyJob::expect(const std::vector<FileEntry>& files) {
    result.usedTar = usesTar(files.size());
    result.progress.totalFiles = files.size();
    for (const FileEntry& file : files)
        result.progress.totalBytes += file.size;
    tell(result.progress);
}

void CopyJob::begin(const FileEntry& file) {
    result.progress.file = file.path;
    tell(result.progress);
}

void CopyJob::add(std::size_t bytes) {
    result.progress.bytes += bytes;
    tell(result.progress);
}

void CopyJob::done() {
    ++result.progress.files;
    tell(result.progress);
}

void CopyJob::takeBack(std::uint64_t bytes) {
    result.progress.bytes -= bytes;
    tell(result.progress);
}

void CopyJob::leaveOut(const std::string& what) {
    if (++result.leftOut <= CopyResult::kMostNotes)
        result.notes.push_back(what + ", and is left out");
}

struct FileCopy::State : std::enable_shared_from_this<FileCopy::State> {
    State(CopySpec wanted, base::Executor& executor, CopySink heard)
        : spec(std::move(wanted))
        , home(executor)
        , sink(std::move(heard))
        , shell(spec.container) {}

    void run() {
        std::chrono::steady_clock::time_point last{};
        CopyJob job{spec, shell, [this, &last](const CopyProgress& progress) {
                        const auto now = std::chrono::steady_clock::now();
                        if (now - last < kBetweenNews)
                            return;
                        last = now;
                        post([progress](CopySink& to) {
                            if (to.progress)
                                to.progress(progress);
                        });
                    }};
        base::Result<void> done = job.findTools();
        if (done)
            done = spec.direction == Direction::FromContainer ? job.download() : job.upload();
        job.result.progress.file.clear();
        if (const std::size_t told = job.result.notes.size(); job.result.leftOut > told)
            job.result.notes.push_back("and " + std::to_string(job.result.leftOut - told) + " more");
        post([done = std::move(done), result = std::move(job.result)](CopySink& to) mutable {
            if (!done)
                to.ended(base::fail(std::move(done.error())));
            else
                to.ended(std::move(result));
        });
    }

    template <typename What>
    void post(What what) {
        home.post([self = shared_from_this(), what = std::move(what)]() mutable {
            if (!self->isGone)
                what(self->sink);
        });
    }

    const CopySpec spec;
    base::Executor& home;
    CopySink sink;
    RemoteShell shell;
    bool isGone = false; ///< Home only.
    std::thread thread;
};

std::string describe(const CopySpec& spec) {
    if (spec.direction == Direction::FromContainer)
        return spec.remote + " to " + lastPart(spec.local);
    return lastPart(spec.local) + " to " + spec.remote;
}

std::string summaryOf(const CopyResult& result) {
    const CopyProgress& progress = result.progress;
    const auto files = [](std::size_t count) { return std::to_string(count) + (count == 1 ? " file" : " files"); };
    std::string text = files(progress.files) + ", " + std::to_string(progress.bytes) + " bytes";
    if (progress.sameFiles > 0)
        text += "; the same already: " + files(progress.sameFiles);
    if (result.leftOut > 0)
        text += "; left out: " + std::to_string(result.leftOut);
    return text;
}

bool wasComparedBySizeAlone(const CopyResult& result) {
    return result.sum == SumKind::None && result.progress.files > 0;
}

FileCopy::FileCopy(CopySpec spec, base::Executor& home, CopySink sink)
    : m_state(std::make_shared<State>(std::move(spec), home, std::move(sink))) {
    m_state->thread = std::thread([state = m_state.get()] { state->run(); });
}

FileCopy::~FileCopy() {
    m_state->isGone = true;
    m_state->shell.cancel();
    m_state->thread.join();
}

} // namespace kube::files
