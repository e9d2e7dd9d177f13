// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/copy_job.h"
#include "core/kube/files/local_tree.h"
#include "core/kube/files/tar_stream.h"

#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

namespace kube::files {

namespace {

constexpr std::size_t kMostNames = 64 * 1024; // bytes of names that one tar is told

bool isFolder(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string withoutDash(const std::string& path) {
    return path.starts_with('-') ? "./" + path : path;
}

class Download {
public:
    explicit Download(CopyJob& job)
        : m_job(job) {}

    base::Result<void> run() {
        const CopySpec& spec = m_job.spec;
        auto found = readRemoteTree(m_job.shell, spec.remote, m_job.tools.sum);
        if (!found)
            return base::fail(std::move(found.error()));
        if (found->empty())
            return base::fail(base::ErrorCode::NotFound, spec.remote + ": no such file or directory in the container");
        m_entries = *std::move(found);
        if (!m_entries.front().isReadable)
            return base::fail(base::ErrorCode::Io, "in the container: \"" + shown(spec.remote) + "\" cannot be read");
        leaveOutUnreadable();
        m_isFolder = m_entries.front().kind == EntryKind::Folder;
        std::string base = spec.local;
        if (!m_isFolder) {
            const bool goesInto = isFolder(spec.local) || spec.local.ends_with('/');
            base = goesInto ? spec.local : folderOf(spec.local);
            m_entries.front().path = lastPart(goesInto ? spec.remote : spec.local);
        }
        auto tree = LocalTree::open(base);
        if (!tree)
            return base::fail(std::move(tree.error()));
        m_tree = std::make_unique<LocalTree>(*std::move(tree));
        if (auto made = makeFolders(); !made)
            return made;
        if (auto received = m_job.usesTar(m_wanted.size()) ? receiveTars() : receiveEach(); !received)
            return received;
        return finish();
    }

private:
    [[nodiscard]] std::function<bool()> goesOn() const {
        return [this] { return !m_job.shell.isCancelled(); };
    }
    [[nodiscard]] bool preserves() const { return m_job.spec.preserve == Preserve::ModesAndTimes; }

    void leaveOutUnreadable() {
        std::erase_if(m_entries, [this](const FileEntry& entry) {
            if (!entry.isReadable)
                m_job.leaveOut("\"" + shown(entry.path) + "\" cannot be read in the container");
            return !entry.isReadable;
        });
    }

    // And finds out what has to be sent.
    base::Result<void> makeFolders() {
        for (const FileEntry& entry : m_entries) {
            if (entry.kind == EntryKind::Folder) {
                if (auto made = m_tree->makeFolder(entry.path); !made)
                    return made;
            } else if (entry.kind == EntryKind::Other) {
                m_job.leaveOut("\"" + shown(entry.path) + "\" is neither file, folder nor link");
            } else if (entry.kind == EntryKind::File) {
                if (m_job.shell.isCancelled())
                    return base::fail(base::ErrorCode::Io, "cancelled");
                if (!entry.sum.empty() && m_tree->holds(entry.path, entry, m_job.tools.sum, goesOn()))
                    ++m_job.result.progress.sameFiles;
                else
                    m_wanted.push_back(entry);
            }
        }
        m_job.expect(m_wanted);
        return {};
    }

    /// Writes one file from what `more` gives, and puts it in its place if it is whole.
    template <typename More>
    base::Result<void> receive(const FileEntry& file, More more) {
        m_job.begin(file);
        auto writing = m_tree->write(file.path);
        if (!writing)
            return base::fail(std::move(writing.error()));
        Checksum sum(m_job.tools.sum);
        std::uint64_t size = 0;
        while (true) {
            const auto bytes = more();
            if (!bytes)
                return base::fail(bytes.error());
            if (bytes->empty())
                break;
            if (auto written = writing->write(*bytes); !written)
                return written;
            sum.add(*bytes);
            size += bytes->size();
            m_job.add(bytes->size());
        }
        if (size != file.size || sum.text() != file.sum)
            return base::fail(base::ErrorCode::Io, "\"" + shown(file.path) +
                                                       "\" has changed while it was copied, or was damaged on the way");
        if (auto put = writing->put(); !put)
            return put;
        m_job.done();
        return {};
    }

    base::Result<void> receiveEach() {
        for (const FileEntry& file : m_wanted) {
            const std::string path = withoutDash(m_isFolder ? m_job.spec.remote + "/" + file.path : m_job.spec.remote);
            const auto process = m_job.shell.start({"cat", path}, RemoteShell::Input::None);
            auto received = receive(file, [&process]() -> base::Result<std::string> {
                auto bytes = process->read();
                if (bytes && bytes->empty()) {
                    if (auto ended = process->wait(); !ended)
                        return base::fail(std::move(ended.error()));
                }
                return bytes;
            });
            if (!received)
                return received;
        }
        return {};
    }

    base::Result<void> receiveTars() {
        for (std::size_t from = 0; from < m_wanted.size();) {
            std::string script = "cd " + shellWord(withoutDash(m_job.spec.remote)) + " || exit 1\nset --";
            EntryMap asked;
            for (std::size_t size = 0; from < m_wanted.size() && size < kMostNames; ++from) {
                const std::string& path = m_wanted[from].path;
                script += " " + shellWord("./" + path);
                size += path.size() + 5;
                asked.emplace(path, m_wanted[from]);
            }
            script += "\ntar -c -f - \"$@\" </dev/null || exit 1\nexit 0\n";
            const auto process = m_job.shell.start({"sh"}, RemoteShell::Input::Given);
            if (auto written = process->write(script); !written)
                return written;
            static_cast<void>(process->closeInput());
            TarReader reader([&process] { return process->read(); });
            auto received = receiveTar(reader, asked);
            // A connection that is cut looks like a cut archive; and tar's complaint tells more than its archive.
            if (received || received.error().code == base::ErrorCode::BadResponse) {
                if (auto ended = process->wait(); !ended)
                    return ended;
            }
            if (!received)
                return received;
        }
        return {};
    }

    base::Result<void> receiveTar(TarReader& reader, EntryMap& asked) {
        while (true) {
            auto entry = reader.next();
            if (!entry)
                return base::fail(std::move(entry.error()));
            if (!*entry)
                break;
            auto path = checkedPath((*entry)->path);
            if (!path)
                return base::fail(std::move(path.error()));
            const auto at = asked.find(*path);
            if (at == asked.end() || ((*entry)->kind != EntryKind::File && (*entry)->kind != EntryKind::HardLink))
                return base::fail(base::ErrorCode::BadInput, "refused: the container sent \"" + shown((*entry)->path) +
                                                                 "\", which was not asked for");
            auto received = (*entry)->kind == EntryKind::HardLink
                                ? linkAgain(at->second, (*entry)->link)
                                : receive(at->second, [&reader] { return reader.data(); });
            if (!received)
                return received;
            asked.erase(at);
        }
        if (!asked.empty())
            return base::fail(base::ErrorCode::BadResponse,
                              "\"" + shown(asked.begin()->first) + "\" did not come from the container");
        return {};
    }

    // tar sends a file with several names once.
    base::Result<void> linkAgain(const FileEntry& file, const std::string& other) {
        m_job.begin(file);
        const auto path = checkedPath(other);
        if (!path)
            return base::fail(path.error());
        if (!m_tree->holds(*path, file, m_job.tools.sum, goesOn()))
            return base::fail(base::ErrorCode::Io, "\"" + shown(file.path) + "\" has changed while it was copied");
        if (auto made = m_tree->makeHardLink(file.path, *path); !made)
            return made;
        m_job.add(static_cast<std::size_t>(file.size));
        m_job.done();
        return {};
    }

    // Links at last, so that nothing can be written through them; folders' modes from the deepest up, as one that may
    // not be written in would refuse what belongs into it.
    base::Result<void> finish() {
        for (auto entry = m_entries.rbegin(); entry != m_entries.rend(); ++entry) {
            base::Result<void> done;
            if (entry->kind == EntryKind::Link)
                done = m_tree->makeLink(entry->path, entry->link);
            else if (preserves() && entry->kind == EntryKind::File)
                done = m_tree->adorn(*entry);
            if (!done)
                return done;
        }
        for (auto entry = m_entries.rbegin(); entry != m_entries.rend() && preserves(); ++entry) {
            // The folder that was named is the caller's own.
            if (entry->kind != EntryKind::Folder || entry->path.empty())
                continue;
            if (auto done = m_tree->adorn(*entry); !done)
                return done;
        }
        return {};
    }

    CopyJob& m_job;
    std::vector<FileEntry> m_entries;
    std::vector<FileEntry> m_wanted;
    bool m_isFolder = false;
    std::unique_ptr<LocalTree> m_tree;
};

} // namespace

base::Result<void> CopyJob::download() {
    return Download(*this).run();
}

} // namespace kube::files
