// SPDX-License-Identifier: GPL-3.0-or-later
// What a container sends of its files: a tar archive, in steps that the first byte says, and a list of a tree. No path
// that passes may lead out of the target.
#include "core/kube/files/file_entry.h"
#include "core/kube/files/remote_shell.h"
#include "core/kube/files/tar_stream.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kube::files;

constexpr std::size_t kMostEntries = 1000;
constexpr std::size_t kMostBytes = std::size_t(1) << 20; // of one file: a hole may say that it is huge

void mustStayInside(std::string_view path) {
    if (path.starts_with('/') || path.find('\0') != std::string_view::npos)
        std::abort();
    for (std::size_t from = 0; from <= path.size();) {
        const std::size_t end = std::min(path.find('/', from), path.size());
        if (path.substr(from, end - from) == ".." || (end == from && !path.empty()))
            std::abort();
        from = end + 1;
    }
}

void readArchive(std::string_view bytes, std::size_t step) {
    TarReader reader([&bytes, step]() -> base::Result<std::string> {
        const std::string more(bytes.substr(0, step));
        bytes.remove_prefix(more.size());
        return more;
    });
    for (std::size_t count = 0; count < kMostEntries; ++count) {
        const auto entry = reader.next();
        if (!entry || !*entry)
            return;
        if (const auto path = checkedPath((*entry)->path))
            mustStayInside(*path);
        static_cast<void>(shown((*entry)->path));
        std::size_t size = 0;
        for (auto data = reader.data(); data && !data->empty() && size < kMostBytes; data = reader.data())
            size += data->size();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    readArchive(bytes, std::size_t(data[0]) + 1);
    if (const auto entries = parseRemoteTree(bytes); entries && entries->size() > 1) {
        for (const FileEntry& entry : *entries)
            mustStayInside(entry.path);
    }
    return 0;
}
