// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/command_line.h"
#include "app/qdctl/interruption.h"
#include "app/qdctl/pod_entry.h"
#include "app/qdctl/pod_target.h"
#include "app/qdctl/session.h"
#include "core/kube/files/file_copy.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qdctl {

namespace {

using kube::files::CopyProgress;
using kube::files::CopyResult;
using kube::files::CopySpec;
using kube::files::Direction;

struct CpTold {
    std::vector<std::string> words;
    PodWords target;
    bool noPreserve = false;
    bool plain = false;
    int retries = 0;
    std::vector<std::string> confirm;
};

/// [[namespace/]pod:]path
struct FileWord {
    std::string ns;
    std::string pod; ///< Empty: here.
    std::string path;
};

std::optional<FileWord> fileWordOf(const std::string& word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string::npos)
        return FileWord{{}, {}, word};
    const std::string pod = word.substr(0, colon);
    const std::size_t slash = pod.find('/');
    if (pod.empty() || (slash != std::string::npos && pod.find('/', slash + 1) != std::string::npos))
        return std::nullopt;
    if (slash == std::string::npos)
        return FileWord{{}, pod, word.substr(colon + 1)};
    return FileWord{pod.substr(0, slash), pod.substr(slash + 1), word.substr(colon + 1)};
}

/// A line that is written over, where somebody looks.
class ProgressLine {
public:
    void show(const CopyProgress& progress) {
        if (!m_isSeen)
            return;
        std::fprintf(stderr, "\r%zu of %zu files, %.1f of %.1f MB \x1b[K", progress.files, progress.totalFiles,
                     double(progress.bytes) / 1e6, double(progress.totalBytes) / 1e6);
        m_isShown = true;
    }
    void clear() {
        if (std::exchange(m_isShown, false))
            std::fputs("\r\x1b[K", stderr);
    }

private:
    const bool m_isSeen = ::isatty(STDERR_FILENO) != 0;
    bool m_isShown = false;
};

/// Nothing: interrupted.
std::optional<base::Result<CopyResult>> copyOnce(Session& session, const CopySpec& spec) {
    std::optional<base::Result<CopyResult>> result;
    ProgressLine line;
    kube::files::CopySink sink;
    sink.progress = [&line](const CopyProgress& progress) { line.show(progress); };
    sink.ended = [&session, &result](base::Result<CopyResult> how) {
        result = std::move(how);
        session.home().stop();
    };
    {
        const Interruption interruption(session.home());
        const kube::files::FileCopy copy(spec, session.home(), std::move(sink));
        session.home().run();
    }
    line.clear();
    return result;
}

/// Whether another try may do better.
bool isWorthARetry(const base::Error& error) {
    switch (error.code) {
    case base::ErrorCode::BadInput:
    case base::ErrorCode::NotFound:
    case base::ErrorCode::Forbidden:
    case base::ErrorCode::Unauthorized:
    case base::ErrorCode::Unsupported:
        return false;
    default:
        return true;
    }
}

/// For the caller, and for the journal.
struct CopyEnd {
    int code = Failed;
    change::Outcome outcome = change::Outcome::Failed;
    std::string message;
};

CopyEnd endOf(const CopyResult& result) {
    for (const std::string& note : result.notes)
        std::fprintf(stderr, "warning: %s\n", note.c_str());
    if (kube::files::wasComparedBySizeAlone(result))
        std::fputs("warning: the container has no sha256sum, md5sum or cksum: what was copied was compared by "
                   "its size alone\n",
                   stderr);
    if (result.unread > 0)
        complain(std::to_string(result.unread) +
                 (result.unread == 1 ? " file or folder was not copied" : " files or folders were not copied"));
    return {result.unread > 0 ? Failed : Complete, change::Outcome::Done, kube::files::summaryOf(result)};
}

CopyEnd copy(Session& session, const CopySpec& spec, int retries) {
    for (int tried = 0;; ++tried) {
        const auto result = copyOnce(session, spec);
        if (!result)
            return {Failed, change::Outcome::Failed, "interrupted; some files may have been written"};
        if (*result)
            return endOf(**result);
        const base::Error& error = result->error();
        complain(explain(error));
        if (!isWorthARetry(error) || (retries >= 0 && tried >= retries))
            return {Failed, change::Outcome::Failed, explain(error)};
        std::fprintf(stderr, "Going on with what has not arrived, retry %d/%d\n", tried + 1, retries);
    }
}

int runCp(Session& session, CpTold& told) {
    if (told.words.size() != 2) {
        complain("source and destination are required");
        return Usage;
    }
    const auto from = fileWordOf(told.words[0]);
    const auto to = fileWordOf(told.words[1]);
    if (!from || !to) {
        complain("filespec must match the canonical format: [[namespace/]pod:]file/path");
        return Usage;
    }
    if (from->pod.empty() == to->pod.empty()) {
        complain(from->pod.empty() ? "one of src or dest must be a remote file specification"
                                   : "one of src or dest must be a local file specification");
        return Usage;
    }
    if (from->path.empty() || to->path.empty()) {
        complain("filepath can not be empty");
        return Usage;
    }
    const FileWord& remote = from->pod.empty() ? *to : *from;
    const FileWord& local = from->pod.empty() ? *from : *to;
    if (from->pod.empty() && ::access(local.path.c_str(), F_OK) != 0) {
        complain(local.path + " doesn't exist in local filesystem");
        return Failed;
    }
    told.target.pod = remote.pod;
    if (!remote.ns.empty())
        told.target.ns = remote.ns;
    const auto target = findPod(session, told.target, "cp");
    if (!target)
        return target.error();
    CopySpec spec;
    spec.container = {target->transport, target->ns, target->name, target->container};
    spec.direction = from->pod.empty() ? Direction::ToContainer : Direction::FromContainer;
    spec.remote = remote.path;
    spec.local = local.path;
    if (told.noPreserve)
        spec.preserve = kube::files::Preserve::Nothing;
    if (told.plain)
        spec.method = kube::files::Method::Plain;
    // Out of a container nothing is changed.
    if (!from->pod.empty())
        return copy(session, spec, told.retries).code;
    PodEntry entry(session, target->context);
    if (!entry.open(actIn(*target, change::Verb::Copy, kube::files::describe(spec)), told.confirm))
        return Failed;
    CopyEnd end = copy(session, spec, told.retries);
    entry.end(end.outcome, std::move(end.message));
    return end.code;
}

} // namespace

void addCpCommand(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<CpTold>();
    CLI::App* command = app.add_subcommand("cp", "Copy files and folders out of a container or into one");
    command->add_option("FILES", told->words, "FROM TO; the one in a container is [NAMESPACE/]POD:PATH");
    command->add_option("-n,--namespace", told->target.ns, "Namespace; without it the context's");
    command->add_option("--clusters,--context", told->target.clusters, "The context; without it the current one");
    command->add_option("-c,--container", told->target.container, "This container");
    command->add_flag("--no-preserve{true}", told->noPreserve, "Leave modes and times as they come");
    command->add_flag("--plain{true}", told->plain, "File by file, also where the container has tar");
    command->add_option("--confirm", told->confirm, "Names of protected clusters that are meant")->delimiter(',');
    command->add_option("--retries", told->retries, "How often to go on after a cut; -1: always");
    commands.push_back({command, [told](Session& session) { return runCp(session, *told); }});
}

} // namespace qdctl
