// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/kube/files/copy_job.h"
#include "core/kube/files/local_file.h"
#include "core/kube/files/local_tree.h"
#include "core/kube/files/tar_stream.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kube::files {

namespace {

constexpr std::uint32_t kOwnersAlone = 0600; // until it stands in its place
constexpr std::size_t kZeros = 65536;

constexpr const char* kFolderScript = R"([ -d "$1" ] && echo yes; exit 0)";
constexpr const char* kUnpackScript = R"(mkdir -p "$1" && cd "$1" && exec tar -x -o -f -)";
constexpr const char* kWriteScript = R"(mkdir -p "$1" || exit 1
if [ "$3" = 0 ]; then : >"$1/$2"
elif head -c 1 </dev/null >/dev/null 2>&1; then head -c "$3" >"$1/$2"
else cat >"$1/$2"; fi)";

// $1 mode, $2 time, $3 where it waits, $4 its place.
constexpr const char* kPlaceScript = R"(d() {
  if [ -L "$1" ]; then echo "refused: $1 is to be a folder and is a symbolic link in the container" >&2; exit 1; fi
  [ -d "$1" ] || mkdir "$1" || exit 1
}
f() {
  if [ "$2" ]; then TZ=UTC0 touch -t "$2" "$3" 2>/dev/null; fi
  chmod "$1" "$3" || exit 1
  if [ -L "$4" ]; then rm -f "$4" || exit 1; fi
  mv -f "$3" "$4" || exit 1
}
a() { if [ "$2" ]; then TZ=UTC0 touch -t "$2" "$3" 2>/dev/null; fi; chmod "$1" "$3" || exit 1; }
l() { rm -f "$2" && ln -s -- "$1" "$2" || exit 1; }
)";

std::string octal(std::uint32_t mode) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%o", static_cast<unsigned>(mode));
    return text.data();
}

/// As touch -t takes it: 202601021504.05; empty where it cannot be said.
std::string touchTime(std::int64_t seconds) {
    if (seconds <= 0)
        return {};
    std::string digits;
    for (const char c : base::formatTime(seconds * 1000)) {
        if (c >= '0' && c <= '9')
            digits += c;
    }
    return digits.size() == 14 ? digits.substr(0, 12) + "." + digits.substr(12) : std::string();
}

std::string hashed(const std::string& text) {
    Checksum sum(SumKind::Sha256);
    sum.add(text);
    return sum.text().substr(0, 32);
}

class Upload {
public:
    explicit Upload(CopyJob& job)
        : m_job(job) {}

    base::Result<void> run() {
        const CopySpec& spec = m_job.spec;
        auto found = readLocalTree(
            spec.local, m_job.tools.sum, [this] { return !m_job.shell.isCancelled(); },
            [this](const base::Error& why) { leaveOutUnread(why); });
        if (!found)
            return base::fail(std::move(found.error()));
        m_entries = *std::move(found);
        m_isFolder = m_entries.front().kind == EntryKind::Folder;
        if (auto chosen = chooseTarget(); !chosen)
            return chosen;
        if (auto compared = compare(); !compared)
            return compared;
        m_job.expect(m_wanted);
        if (auto sent = m_job.usesTar(m_wanted.size()) ? sendTar() : sendEach(); !sent)
            return sent;
        forgetUnread();
        if (auto verified = verify(); !verified)
            return verified;
        return place();
    }

private:
    base::Result<void> chooseTarget() {
        m_target = m_job.spec.remote;
        while (m_target.size() > 1 && m_target.ends_with('/'))
            m_target.pop_back();
        if (m_target.starts_with('-'))
            m_target.insert(0, "./");
        const auto isThere = m_job.shell.run(kFolderScript, {m_target});
        if (!isThere)
            return base::fail(isThere.error());
        if (!isThere->empty()) {
            std::error_code failure;
            const auto whole = std::filesystem::canonical(m_job.spec.local, failure);
            // A link that is named is copied under its own name.
            std::string name = lastPart(m_job.spec.local);
            if (name.empty() || name == "." || name == ".." || name == "/")
                name = whole.filename().string();
            m_target += (m_target.ends_with('/') ? "" : "/") + name;
        }
        const std::string folder = folderOf(m_target);
        m_waiting = (folder == "/" ? "" : folder) + "/.qd-part-" + hashed(m_target);
        return {};
    }

    [[nodiscard]] std::string placeOf(const FileEntry& entry) const {
        return entry.path.empty() ? m_target : m_target + "/" + entry.path;
    }
    // Of what waits: no name that a shell or an archive could take amiss.
    static std::string keyOf(const FileEntry& entry) { return "f" + hashed(entry.path); }

    // What is there already.
    base::Result<void> compare() {
        auto there = readRemoteTree(m_job.shell, m_target, SumKind::None);
        if (!there)
            return base::fail(std::move(there.error()));
        EntryMap target = byPath(*std::move(there));
        if (auto summed = addSums(target); !summed)
            return summed;
        auto waiting = readRemoteTree(m_job.shell, m_waiting, m_job.tools.sum);
        if (!waiting)
            return base::fail(std::move(waiting.error()));
        const EntryMap earlier = byPath(*std::move(waiting));
        for (const FileEntry& entry : m_entries) {
            const auto at = target.find(entry.path);
            const EntryKind kind = at == target.end() ? entry.kind : at->second.kind;
            if ((entry.kind == EntryKind::Folder) != (kind == EntryKind::Folder) && entry.kind != EntryKind::Other)
                return base::fail(base::ErrorCode::BadInput, "refused: the path \"" + shown(placeOf(entry)) + "\" is " +
                                                                 (entry.kind != EntryKind::Folder ? "a folder"
                                                                  : kind == EntryKind::Link       ? "a symbolic link"
                                                                                                  : "no folder") +
                                                                 " in the container");
            if (entry.kind == EntryKind::Other) {
                m_job.leaveOut("\"" + shown(entry.path) + "\" is neither file, folder nor link");
            } else if (entry.kind == EntryKind::File) {
                const auto waits = earlier.find(keyOf(entry));
                if (at != target.end() && isSame(at->second, entry)) {
                    ++m_job.result.progress.sameFiles;
                    continue;
                }
                m_moved.insert(entry.path);
                if (waits != earlier.end() && isSame(waits->second, entry))
                    ++m_job.result.progress.sameFiles;
                else
                    m_wanted.push_back(entry);
            }
        }
        return {};
    }

    // Much may lie in the target that has nothing to do with the copy.
    base::Result<void> addSums(EntryMap& target) {
        if (m_job.tools.sum == SumKind::None)
            return {};
        std::vector<std::string> paths;
        std::vector<FileEntry*> files;
        for (const FileEntry& entry : m_entries) {
            const auto at = target.find(entry.path);
            if (entry.kind != EntryKind::File || at == target.end() || at->second.kind != EntryKind::File ||
                at->second.size != entry.size || !at->second.isReadable)
                continue;
            paths.push_back(placeOf(entry));
            files.push_back(&at->second);
        }
        auto sums = readRemoteSums(m_job.shell, paths, m_job.tools.sum);
        if (!sums)
            return base::fail(std::move(sums.error()));
        for (std::size_t i = 0; i < files.size(); ++i)
            files[i]->sum = std::move((*sums)[i]);
        return {};
    }

    [[nodiscard]] std::string localPath(const FileEntry& entry) const {
        return entry.path.empty() ? m_job.spec.local : m_job.spec.local + "/" + entry.path;
    }

    void leaveOutUnread(const base::Error& why) {
        ++m_job.result.unread;
        m_job.leaveOut(why.message);
    }
    /// Fails where there is nothing else to copy.
    base::Result<void> leaveOutUnread(const FileEntry& file, const base::Error& why) {
        if (file.path.empty())
            return base::fail(why);
        m_unread.insert(file.path);
        leaveOutUnread(why);
        return {};
    }
    // What has its place in the container stays as it is.
    void forgetUnread() {
        const auto isUnread = [this](const FileEntry& entry) { return m_unread.contains(entry.path); };
        std::erase_if(m_wanted, isUnread);
        std::erase_if(m_entries, isUnread);
    }

    [[nodiscard]] base::Result<LocalFile> openLocal(const FileEntry& file) const {
        return LocalFile::open(localPath(file),
                               file.path.empty() ? LocalFile::Links::Followed : LocalFile::Links::Refused);
    }

    /// Whatever becomes of the file meanwhile, as many bytes as were promised: the other end waits for them. Fails as
    /// `take` does.
    template <typename Take>
    base::Result<void> feed(const FileEntry& file, LocalFile& from, Take take) {
        m_job.begin(file);
        Checksum sum(m_job.tools.sum);
        std::uint64_t left = file.size;
        std::optional<base::Error> trouble;
        bool hasGrown = false;
        while (!hasGrown) {
            const auto bytes = from.read();
            if (!bytes)
                trouble = bytes.error();
            if (!bytes || bytes->empty())
                break;
            hasGrown = bytes->size() > left;
            const std::string_view wanted = bytes->substr(0, left);
            if (auto taken = take(wanted); !taken)
                return taken;
            sum.add(wanted);
            left -= wanted.size();
            m_job.add(wanted.size());
        }
        if (!trouble && (hasGrown || left > 0 || sum.text() != file.sum))
            trouble =
                base::fail(base::ErrorCode::Io, shown(localPath(file)) + ": has changed while it was copied").value();
        if (!trouble) {
            m_job.done();
            return {};
        }
        m_job.takeBack(file.size - left);
        if (auto leftOut = leaveOutUnread(file, *trouble); !leftOut)
            return leftOut;
        return pad(left, take);
    }

    template <typename Take>
    static base::Result<void> pad(std::uint64_t left, Take take) {
        const std::string zeros(std::min<std::uint64_t>(left, kZeros), '\0');
        while (left > 0) {
            const std::string_view now = std::string_view(zeros).substr(0, left);
            if (auto taken = take(now); !taken)
                return taken;
            left -= now.size();
        }
        return {};
    }

    base::Result<void> sendTar() {
        const auto process = m_job.shell.start({"sh", "-c", kUnpackScript, "sh", m_waiting}, RemoteShell::Input::Given);
        TarWriter writer([&process](std::string_view bytes) { return process->write(bytes); });
        for (const FileEntry& file : m_wanted) {
            auto from = openLocal(file);
            if (!from) {
                if (auto leftOut = leaveOutUnread(file, from.error()); !leftOut)
                    return leftOut;
                continue;
            }
            FileEntry packed;
            packed.path = keyOf(file);
            packed.mode = kOwnersAlone;
            packed.mtime = file.mtime;
            packed.size = file.size;
            if (auto begun = writer.begin(packed); !begun)
                return begun;
            if (auto fed = feed(file, *from, [&writer](std::string_view bytes) { return writer.data(bytes); }); !fed)
                return fed;
        }
        if (auto finished = writer.finish(); !finished)
            return finished;
        static_cast<void>(process->closeInput());
        return process->wait();
    }

    base::Result<void> sendEach() {
        for (const FileEntry& file : m_wanted) {
            auto from = openLocal(file);
            if (!from) {
                if (auto leftOut = leaveOutUnread(file, from.error()); !leftOut)
                    return leftOut;
                continue;
            }
            const auto process =
                m_job.shell.start({"sh", "-c", kWriteScript, "sh", m_waiting, keyOf(file), std::to_string(file.size)},
                                  RemoteShell::Input::Given);
            if (auto fed = feed(file, *from, [&process](std::string_view bytes) { return process->write(bytes); });
                !fed)
                return fed;
            static_cast<void>(process->closeInput());
            if (auto ended = process->wait(); !ended)
                return ended;
        }
        return {};
    }

    // Before anything takes its place.
    base::Result<void> verify() {
        if (m_wanted.empty())
            return {};
        auto found = readRemoteTree(m_job.shell, m_waiting, m_job.tools.sum);
        if (!found)
            return base::fail(std::move(found.error()));
        const EntryMap waiting = byPath(*std::move(found));
        for (const FileEntry& file : m_wanted) {
            const auto at = waiting.find(keyOf(file));
            if (at == waiting.end() || at->second.size != file.size || at->second.sum != file.sum)
                return base::fail(base::ErrorCode::Io, "\"" + shown(file.path) + "\" was damaged on the way");
        }
        return {};
    }

    base::Result<void> place() {
        const bool preserves = m_job.spec.preserve == Preserve::ModesAndTimes;
        std::string script = kPlaceScript;
        if (m_isFolder && m_target != "/")
            script += "mkdir -p " + shellWord(folderOf(m_target)) + " || exit 1\n";
        for (const FileEntry& entry : m_entries) {
            const std::string place = shellWord(placeOf(entry));
            const std::string mode = preserves ? octal(entry.mode) : std::string("0644");
            const std::string time = shellWord(preserves ? touchTime(entry.mtime) : std::string());
            if (entry.kind == EntryKind::Folder)
                script += "d " + place + "\n";
            else if (entry.kind == EntryKind::Link)
                script += "l " + shellWord(entry.link) + " " + place + "\n";
            else if (entry.kind == EntryKind::File && m_moved.contains(entry.path))
                script +=
                    "f " + mode + " " + time + " " + shellWord(m_waiting + "/" + keyOf(entry)) + " " + place + "\n";
            else if (entry.kind == EntryKind::File && preserves)
                script += "a " + mode + " " + time + " " + place + "\n";
        }
        for (auto entry = m_entries.rbegin(); entry != m_entries.rend() && preserves; ++entry) {
            if (entry->kind == EntryKind::Folder)
                script += "a " + octal(entry->mode) + " " + shellWord(touchTime(entry->mtime)) + " " +
                          shellWord(placeOf(*entry)) + "\n";
        }
        script += "rm -rf " + shellWord(m_waiting) + "\n";
        const auto placed = m_job.shell.runLong(script);
        return placed ? base::Result<void>() : base::fail(placed.error());
    }

    CopyJob& m_job;
    std::vector<FileEntry> m_entries;
    std::vector<FileEntry> m_wanted;
    std::set<std::string> m_moved;  ///< Paths of files that come into their place from where they wait.
    std::set<std::string> m_unread; ///< Of wanted ones that could not be read to their end as they were listed.
    bool m_isFolder = false;
    std::string m_target;
    std::string m_waiting; ///< A folder in the container.
};

} // namespace

base::Result<void> CopyJob::upload() {
    return Upload(*this).run();
}

} // namespace kube::files
