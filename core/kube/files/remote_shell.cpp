// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/remote_shell.h"

#include "core/kube/files/remote_text.h"

#include <algorithm>
#include <utility>

namespace kube::files {

namespace {

constexpr std::size_t kMostErrors = 4096;
constexpr std::size_t kMostSums = 4096; // that one script is asked for
constexpr std::size_t kMostTree = std::size_t(128) << 20;

constexpr const char* kToolScript = R"(for t in tar sha256sum md5sum cksum; do
  if command -v "$t" >/dev/null 2>&1; then echo "$t"; fi
done)";

// For each file: kind, mode and time and size, sum, path, target of a link. Nothing but what POSIX has is needed, stat
// and readlink are used where they are there. A glob that fits nothing stays as it is, and is then no file.
constexpr const char* kTreeScript = R"(LC_ALL=C; export LC_ALL
st=; command -v stat >/dev/null 2>&1 && stat -c %a / >/dev/null 2>&1 && st=1
o() {
  if [ "$st" ]; then s=$(stat $3 -c '%a %Y %s' "$1" 2>/dev/null) || s='? 0 0'
  else s=$(set -f; set -- $(ls -ldn $3 "$1"); echo "$1 0 $5"); fi
  c=; l=
  case $2 in
  f) if [ "$sum" ]; then c=$($sum <"$1") || c=!; elif ! [ -r "$1" ]; then c=!; fi ;;
  l) l=$(readlink "$1"; echo x); l=${l%x}; l=${l%?} ;;
  esac
  printf '%s\0%s\0%s\0%s\0%s\0' "$2" "$s" "$c" "$1" "$l"
}
w() {
  for f in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    if [ -L "$f" ]; then o "$f" l
    elif [ -d "$f" ]; then
      if [ -r "$f" ] && [ -x "$f" ]; then o "$f" d; w "$f"; else o "$f" u; fi
    elif [ -f "$f" ]; then o "$f" f
    elif [ -e "$f" ]; then o "$f" o
    fi
  done
}
sum=$2; r=$1
case $r in -*) r=./$r ;; esac
if [ -d "$r" ]; then
  cd "$r" || exit 1
  if [ -r . ]; then o . d -L; w .; else o . u -L; fi
elif [ -f "$r" ]; then o "$r" f -L
elif [ -L "$r" ]; then o "$r" l
elif [ -e "$r" ]; then o "$r" o
fi
printf 'end\0')";

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(separator, from), text.size());
        parts.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return parts;
}

base::Result<std::string> allOf(RemoteShell::Process& process) {
    auto printed = process.readAll(RemoteShell::kMostPrinted);
    if (printed && printed->size() > RemoteShell::kMostPrinted)
        return base::fail(base::ErrorCode::BadResponse, "in the container: it printed far more than it should");
    return printed;
}

/// Of the shell's own complaint the last line tells most.
std::string lastLine(std::string_view text) {
    while (text.ends_with('\n'))
        text.remove_suffix(1);
    const std::size_t start = text.rfind('\n');
    return shown(start == std::string_view::npos ? text : text.substr(start + 1));
}

} // namespace

RemoteShell::RemoteShell(Container container)
    : m_container(std::move(container)) {}

void RemoteShell::cancel() {
    m_isCancelled = true;
    m_loop.stop();
}

bool RemoteShell::Process::until(const std::function<bool()>& isSo) {
    while (!isSo()) {
        if (m_shell.m_isCancelled)
            return false;
        m_shell.m_loop.run();
    }
    return !m_shell.m_isCancelled;
}

base::Result<void> RemoteShell::Process::end() const {
    if (!m_end)
        return base::fail(base::ErrorCode::Io, "cancelled");
    if (!*m_end)
        return base::fail(m_end->error());
    if ((*m_end)->exitCode == 0)
        return {};
    if (!m_errors.empty())
        return base::fail(base::ErrorCode::Io, "in the container: " + lastLine(m_errors));
    return base::fail(base::ErrorCode::Io, "in the container: exit code " + std::to_string((*m_end)->exitCode));
}

base::Result<std::string> RemoteShell::Process::read() {
    if (!until([this] { return !m_output.empty() || m_end; }))
        return base::fail(base::ErrorCode::Io, "cancelled");
    return std::exchange(m_output, {});
}

base::Result<std::string> RemoteShell::Process::readAll(std::size_t most) {
    std::string all;
    while (true) {
        base::Result<std::string> more = read();
        if (!more)
            return more;
        if (more->empty())
            break;
        all += *more;
        if (all.size() > most)
            return all;
    }
    if (auto ended = wait(); !ended)
        return base::fail(std::move(ended.error()));
    return all;
}

base::Result<void> RemoteShell::Process::write(std::string_view bytes) {
    while (!bytes.empty()) {
        if (!until([this] { return (m_isOpen && m_hasRoom) || m_end; }))
            return base::fail(base::ErrorCode::Io, "cancelled");
        if (m_end) {
            if (auto how = end(); !how)
                return how;
            return base::fail(base::ErrorCode::Io, "in the container: it ended before it had read all");
        }
        const std::size_t taken = m_command->write(bytes);
        bytes.remove_prefix(taken);
        m_hasRoom = bytes.empty();
    }
    return {};
}

bool RemoteShell::Process::closeInput() {
    until([this] { return m_isOpen || m_end; });
    return m_command->closeInput();
}

base::Result<void> RemoteShell::Process::wait() {
    until([this] { return m_end.has_value(); });
    return end();
}

std::unique_ptr<RemoteShell::Process> RemoteShell::start(std::vector<std::string> command, Input input) {
    std::unique_ptr<Process> process(new Process(*this));
    RemoteCommandSpec spec;
    spec.ns = m_container.ns;
    spec.pod = m_container.pod;
    spec.container = m_container.container;
    spec.command = std::move(command);
    spec.hasInput = input == Input::Given;
    // The command goes with the process, after which its sink is silent.
    Process* const raw = process.get();
    RemoteCommandSink sink;
    sink.opened = [this, raw] {
        raw->m_isOpen = true;
        m_loop.stop();
    };
    sink.output = [this, raw](const std::string& bytes) {
        raw->m_output += bytes;
        m_loop.stop();
    };
    sink.errorOutput = [raw](const std::string& bytes) {
        if (raw->m_errors.size() < kMostErrors)
            raw->m_errors += bytes;
    };
    sink.drained = [this, raw] {
        raw->m_hasRoom = true;
        m_loop.stop();
    };
    sink.ended = [this, raw](base::Result<CommandEnd> how) {
        raw->m_end = std::move(how);
        m_loop.stop();
    };
    process->m_command = RemoteCommand::start(*m_container.transport, spec, m_loop, std::move(sink));
    return process;
}

base::Result<std::string> RemoteShell::run(const std::string& script, std::vector<std::string> arguments) {
    std::vector<std::string> command{"sh", "-c", script, "sh"};
    std::move(arguments.begin(), arguments.end(), std::back_inserter(command));
    return allOf(*start(std::move(command), Input::None));
}

base::Result<std::string> RemoteShell::runLong(const std::string& script) {
    const auto process = start({"sh"}, Input::Given);
    // Servers of old cannot be told of the input's end.
    if (auto written = process->write(script + "\nexit 0\n"); !written)
        return base::fail(std::move(written.error()));
    static_cast<void>(process->closeInput());
    return allOf(*process);
}

std::string shellWord(std::string_view word) {
    std::string text = "'";
    for (const char c : word)
        text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

base::Error withoutShell(base::Error error) {
    // The runtime's own words name the file that it does not find.
    if (error.message.find("executable file not found") != std::string::npos ||
        error.message.find("no such file or directory") != std::string::npos) {
        error.code = base::ErrorCode::Unsupported;
        error.resource.clear();
        error.message = "the container has no shell (sh) to copy files with: " + error.message;
    }
    return error;
}

base::Result<RemoteTools> findTools(RemoteShell& shell) {
    const auto process = shell.start({"sh", "-c", kToolScript}, RemoteShell::Input::Given);
    RemoteTools tools;
    tools.canEndInput = process->closeInput();
    const auto printed = allOf(*process);
    if (!printed)
        return base::fail(withoutShell(printed.error()));
    const std::vector<std::string_view> names = split(*printed, '\n');
    const auto has = [&names](std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    tools.hasTar = has("tar");
    for (const SumKind kind : {SumKind::Cksum, SumKind::Md5, SumKind::Sha256}) {
        if (has(programOf(kind)))
            tools.sum = kind;
    }
    return tools;
}

base::Result<std::vector<FileEntry>> parseRemoteTree(std::string_view printed) {
    const auto garbage = [] {
        return base::fail(base::ErrorCode::BadResponse, "the container's list of files is cut or garbled");
    };
    const auto read = nulFieldsOf(printed);
    if (!read)
        return garbage();
    const std::vector<std::string_view>& fields = *read;
    if (fields.empty() || fields.back() != "end" || fields.size() % 5 != 1)
        return garbage();
    std::vector<FileEntry> entries;
    for (std::size_t i = 0; i + 5 <= fields.size(); i += 5) {
        FileEntry entry;
        const std::string_view kind = fields[i];
        const std::string_view path = fields[i + 3];
        entry.kind = kind == "f"                  ? EntryKind::File
                     : kind == "d" || kind == "u" ? EntryKind::Folder
                     : kind == "l"                ? EntryKind::Link
                                                  : EntryKind::Other;
        entry.isReadable = kind != "u" && fields[i + 2] != "!";
        // The root, alone, is called as it was asked for.
        if (fields.size() != 6) {
            auto checked = checkedPath(path);
            if (!checked)
                return base::fail(std::move(checked.error()));
            entry.path = *std::move(checked);
        }
        const std::vector<std::string_view> status = split(fields[i + 1], ' ');
        if (status.size() != 3)
            return garbage();
        entry.mode = modeOf(status[0]);
        entry.mtime = static_cast<std::int64_t>(numberOf(status[1], 10).value_or(0));
        entry.size = entry.kind == EntryKind::File ? numberOf(status[2], 10).value_or(0) : 0;
        if (entry.isReadable)
            entry.sum = std::string(fields[i + 2].substr(0, fields[i + 2].find(' ')));
        entry.link = std::string(fields[i + 4]);
        entries.push_back(std::move(entry));
    }
    return entries;
}

base::Result<std::vector<FileEntry>> readRemoteTree(RemoteShell& shell, const std::string& root, SumKind sum) {
    const auto process =
        shell.start({"sh", "-c", kTreeScript, "sh", root, std::string(programOf(sum))}, RemoteShell::Input::None);
    const auto printed = process->readAll(kMostTree);
    if (!printed)
        return base::fail(printed.error());
    if (printed->size() > kMostTree)
        return base::fail(base::ErrorCode::BadInput,
                          "in the container: \"" + shown(root) + "\" has too many files to be copied at once");
    return parseRemoteTree(*printed);
}

base::Result<std::vector<std::string>> readRemoteSums(RemoteShell& shell, const std::vector<std::string>& paths,
                                                      SumKind sum) {
    std::vector<std::string> sums;
    for (std::size_t from = 0; from < paths.size();) {
        std::string script =
            "s() { c=$(" + std::string(programOf(sum)) + " <\"$1\") || c=; printf '%s\\n' \"${c%% *}\"; }\n";
        const std::size_t end = std::min(from + kMostSums, paths.size());
        for (std::size_t i = from; i < end; ++i)
            script += "s " + shellWord(paths[i]) + "\n";
        const auto printed = shell.runLong(script);
        if (!printed)
            return base::fail(printed.error());
        const std::vector<std::string_view> lines = split(*printed, '\n');
        if (lines.size() != end - from)
            return base::fail(base::ErrorCode::BadResponse, "the container's list of sums is cut or garbled");
        sums.insert(sums.end(), lines.begin(), lines.end());
        from = end;
    }
    return sums;
}

} // namespace kube::files
