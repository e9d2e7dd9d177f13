// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/folder.h"

#include "core/kube/files/local_tree.h"
#include "core/kube/files/remote_text.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace kube::files {

namespace {

/// Some hundred thousand names; no folder that one looks through has more.
constexpr std::size_t kMostListed = std::size_t(64) << 20;

// How it is with the folder, and its path; then in pieces of some names, as no command takes all: kind, name and target
// of each, "=" and what stat or ls tells of them, a line for each. A name in that line again tells which one it is of,
// should one have gone meanwhile.
constexpr const char* kFolderScript = R"(LC_ALL=C; export LC_ALL
r=$1
case $r in '') r=. ;; /*) ;; *) r=./$r ;; esac
if ! [ -e "$r" ]; then printf 'none\0'; exit 0; fi
if ! [ -d "$r" ]; then printf 'file\0'; exit 0; fi
if ! [ -r "$r" ] || ! [ -x "$r" ] || ! cd "$r" 2>/dev/null; then printf 'closed\0'; exit 0; fi
p=$(pwd; echo x); p=${p%x}; p=${p%?}
printf 'folder\0%s\0' "$p"
st=; command -v stat >/dev/null 2>&1 && stat -c %f / >/dev/null 2>&1 && st=1
o() {
  [ $# -gt 0 ] || return 0
  for f in "$@"; do
    l=
    if [ -L "$f" ]; then
      k=l; [ -d "$f" ] && k=L
      l=$(readlink "./$f" 2>/dev/null; echo x); l=${l%x}; l=${l%?}
    elif [ -d "$f" ]; then k=d
    elif [ -f "$f" ]; then k=f
    else k=o
    fi
    printf '%s\0%s\0%s\0' "$k" "$f" "$l"
  done
  printf '=\0'
  if [ "$st" ]; then stat -c '%f %s %Y %n' -- "$@" 2>/dev/null
  else
    for f in "$@"; do
      s=$(set -f; set -- $(ls -ldn "./$f" 2>/dev/null); echo "${1:-?} ${5:-?} ?")
      printf '%s %s\n' "$s" "$f"
    done
  fi
  printf '\0'
}
set --; n=0
for f in * .[!.]* ..?*; do
  [ -e "$f" ] || [ -L "$f" ] || continue
  set -- "$@" "$f"; n=$((n+1))
  if [ $n -ge 200 ]; then o "$@"; set --; n=0; fi
done
o "$@"
printf 'end\0')";

constexpr const char* kHeadScript = R"(f=$1
case $f in /*) ;; *) f=./$f ;; esac
if head -c 1 </dev/null >/dev/null 2>&1; then head -c "$2" <"$f"; else cat <"$f"; fi)";

EntryKind kindOfMode(std::uint64_t mode) {
    switch (mode & S_IFMT) {
    case S_IFREG:
        return EntryKind::File;
    case S_IFDIR:
        return EntryKind::Folder;
    case S_IFLNK:
        return EntryKind::Link;
    default:
        return EntryKind::Other;
    }
}

/// "81a4 12 1700000000" as stat tells it, "-rw-r--r-- 12 ?" as ls does.
void adorn(FolderItem& item, std::string_view told) {
    const std::size_t first = told.find(' ');
    const std::size_t second = told.find(' ', first + 1);
    const std::string_view mode = told.substr(0, first);
    if (mode.size() >= 10) {
        item.mode = modeOf(mode);
    } else if (const auto bits = numberOf(mode, 16)) {
        item.mode = static_cast<std::uint32_t>(*bits) & 07777U;
        item.kind = kindOfMode(*bits);
    }
    item.size = numberOf(told.substr(first + 1, second - first - 1), 10);
    if (const auto time = numberOf(told.substr(second + 1), 10))
        item.mtime = static_cast<std::int64_t>(*time);
}

/// Takes the line of `name` off the front of `lines`, and gives what stands before the name; empty: there is none.
std::string_view lineOf(std::string_view& lines, std::string_view name) {
    std::size_t at = 0;
    for (int blanks = 0; blanks < 3; ++blanks) {
        at = lines.find(' ', at);
        if (at == std::string_view::npos)
            return {};
        ++at;
    }
    const std::string_view rest = lines.substr(at);
    if (!rest.starts_with(name) || rest.size() <= name.size() || rest[name.size()] != '\n')
        return {};
    const std::string_view told = lines.substr(0, at - 1);
    lines.remove_prefix(at + name.size() + 1);
    return told;
}

base::Error garbled() {
    base::Error error;
    error.code = base::ErrorCode::BadResponse;
    error.message = "the container's list of files is cut or garbled";
    return error;
}

/// Why there is no list, by the word that the script says first.
base::Error refusal(std::string_view word, const std::string& path) {
    base::Error error;
    const std::string named = "\"" + shown(path) + "\"";
    if (word == "none") {
        error.code = base::ErrorCode::NotFound;
        error.message = named + ": no such folder in the container";
    } else if (word == "file") {
        error.code = base::ErrorCode::NotFound;
        error.message = named + " is no folder";
    } else if (word == "closed") {
        error.code = base::ErrorCode::Forbidden;
        error.message = named + " may not be read by the container's user";
    } else {
        error = garbled();
    }
    return error;
}

base::Error localError(const std::string& path, int number) {
    base::Error error;
    error.code = number == EACCES                        ? base::ErrorCode::Forbidden
                 : number == ENOENT || number == ENOTDIR ? base::ErrorCode::NotFound
                                                         : base::ErrorCode::Io;
    error.message = "\"" + shown(path) + "\": " + std::generic_category().message(number);
    return error;
}

FolderItem localItem(int folder, const char* name) {
    FolderItem item;
    item.name = name;
    item.kind = EntryKind::Other;
    struct stat status{};
    if (::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return item;
    item.kind = kindOfMode(status.st_mode);
    item.mode = status.st_mode & 07777U;
    item.mtime = status.st_mtim.tv_sec;
    item.size = static_cast<std::uint64_t>(status.st_size);
    if (item.kind == EntryKind::Link) {
        std::array<char, 4096> target{};
        const ssize_t length = ::readlinkat(folder, name, target.data(), target.size());
        if (length > 0)
            item.link.assign(target.data(), static_cast<std::size_t>(length));
        struct stat behind{};
        item.leadsToFolder = ::fstatat(folder, name, &behind, 0) == 0 && S_ISDIR(behind.st_mode);
    }
    return item;
}

} // namespace

const char* folderScript() {
    return kFolderScript;
}

std::string joined(std::string_view folder, std::string_view name) {
    return std::string(folder) + (folder.ends_with('/') ? "" : "/") + std::string(name);
}

base::Result<Folder> parseRemoteFolder(std::string_view printed, const std::string& path) {
    const auto fields = nulFieldsOf(printed);
    if (!fields || fields->empty())
        return base::fail(garbled());
    if (fields->front() != "folder")
        return base::fail(refusal(fields->front(), path));
    if (fields->size() < 3 || fields->back() != "end" || !(*fields)[1].starts_with('/'))
        return base::fail(garbled());
    Folder folder;
    folder.path = std::string((*fields)[1]);
    std::size_t told = 0; // items of the pieces before
    for (std::size_t at = 2; at + 1 < fields->size();) {
        const std::string_view kind = (*fields)[at];
        if (kind == "=") {
            std::string_view lines = (*fields)[at + 1];
            for (; told < folder.items.size(); ++told) {
                if (const std::string_view line = lineOf(lines, folder.items[told].name); !line.empty())
                    adorn(folder.items[told], line);
            }
            at += 2;
            continue;
        }
        if (at + 3 >= fields->size())
            return base::fail(garbled());
        FolderItem item;
        item.name = std::string((*fields)[at + 1]);
        if (item.name.empty() || item.name.find('/') != std::string::npos || item.name == "." || item.name == "..")
            return base::fail(garbled());
        item.kind = kind == "f"                  ? EntryKind::File
                    : kind == "d"                ? EntryKind::Folder
                    : kind == "l" || kind == "L" ? EntryKind::Link
                                                 : EntryKind::Other;
        item.leadsToFolder = kind == "L";
        item.link = std::string((*fields)[at + 2]);
        folder.items.push_back(std::move(item));
        at += 3;
    }
    return folder;
}

base::Result<Folder> listRemoteFolder(RemoteShell& shell, const std::string& path) {
    const auto process = shell.start({"sh", "-c", kFolderScript, "sh", path}, RemoteShell::Input::None);
    const auto printed = process->readAll(kMostListed);
    if (!printed)
        return base::fail(withoutShell(printed.error()));
    if (printed->size() > kMostListed)
        return base::fail(base::ErrorCode::BadResponse, "\"" + shown(path) + "\" has too many files to be listed");
    return parseRemoteFolder(*printed, path);
}

base::Result<Folder> listLocalFolder(const std::string& path) {
    std::error_code failure;
    Folder folder;
    folder.path =
        std::filesystem::absolute(path.empty() ? std::string(".") : path, failure).lexically_normal().string();
    if (failure)
        return base::fail(localError(path, failure.value()));
    if (folder.path.size() > 1 && folder.path.ends_with('/'))
        folder.path.pop_back();
    const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.path.c_str()), ::closedir);
    if (!open)
        return base::fail(localError(folder.path, errno));
    const int at = ::dirfd(open.get());
    errno = 0;
    // One thread reads from one DIR.
    while (const dirent* entry = ::readdir(open.get())) { // NOLINT(concurrency-mt-unsafe)
        const char* const name = static_cast<const char*>(entry->d_name);
        if (std::strcmp(name, ".") != 0 && std::strcmp(name, "..") != 0)
            folder.items.push_back(localItem(at, name));
        errno = 0;
    }
    if (errno != 0)
        return base::fail(localError(folder.path, errno));
    return folder;
}

base::Result<std::string> readRemoteFile(RemoteShell& shell, const std::string& path, std::size_t most) {
    const auto process =
        shell.start({"sh", "-c", kHeadScript, "sh", path, std::to_string(most + 1)}, RemoteShell::Input::None);
    auto bytes = process->readAll(most);
    if (bytes && bytes->size() > most)
        bytes->resize(most + 1);
    return bytes;
}

base::Result<std::string> readLocalHead(const std::string& path, std::size_t most) {
    std::string bytes;
    bool isEnough = false;
    const auto read = readLocalFile(path, [&](std::string_view more) -> base::Result<void> {
        bytes += more.substr(0, most + 1 - bytes.size());
        isEnough = bytes.size() > most;
        return isEnough ? base::Result<void>(base::fail(base::ErrorCode::Io, "enough")) : base::Result<void>();
    });
    if (!read && !isEnough)
        return base::fail(read.error());
    return bytes;
}

} // namespace kube::files
