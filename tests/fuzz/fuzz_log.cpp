// SPDX-License-Identifier: GPL-3.0-or-later
// A log with timestamps, cut into lines however it comes, and read again after a cut. The first byte says in what steps
// it comes, the second where it is cut.
#include "core/kube/streams/log_lines.h"
#include "core/kube/streams/log_resume.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kLongest = 16;

std::vector<kube::LogLine> read(std::string_view log, std::size_t step) {
    kube::LogLineReader reader(kLongest);
    std::vector<kube::LogLine> lines;
    while (!log.empty()) {
        reader.feed(log.substr(0, step), lines);
        log.remove_prefix(std::min(step, log.size()));
    }
    reader.finish(lines);
    return lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2)
        return 0;
    const std::string_view log(reinterpret_cast<const char*>(data + 2), size - 2);
    const auto whole = read(log, std::max<std::size_t>(log.size(), 1));
    if (!(read(log, std::size_t(data[0] % 61) + 1) == whole))
        std::abort();
    std::string again;
    for (const kube::LogLine& line : whole) {
        if (line.text.size() > kLongest || line.text.find('\n') != std::string::npos)
            std::abort();
        again += line.timestamp + (line.timestamp.empty() ? "" : " ") + line.text + (line.endsLine ? "\n" : "");
    }
    if (again != log)
        std::abort();

    // The same stream from its beginning once more gives only what was not seen.
    kube::LogResume resume;
    std::vector<kube::LogLine> first = whole;
    first.resize(first.size() * data[1] / 255);
    resume.restart();
    resume.filter(first);
    resume.restart();
    std::vector<kube::LogLine> second = whole;
    resume.filter(second);
    if (second.size() > whole.size())
        std::abort();
    return 0;
}
