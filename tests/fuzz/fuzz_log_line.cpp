// SPDX-License-Identifier: GPL-3.0-or-later
// What a container writes: colours taken out, level and fields read, packed and unpacked, searched.
#include "core/logs/escapes.h"
#include "core/logs/log_filter.h"
#include "core/logs/log_text.h"
#include "core/logs/recognition.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string text(reinterpret_cast<const char*>(data), size);
    std::replace(text.begin(), text.end(), '\n', ' '); // a line holds none
    logs::LogBlock block;
    block.append({text, 1, 0, true, true});
    block.append({"after", 2, 0, true, true});
    const logs::LogRow row = block.row(0);
    if (logs::hasEscapes(row.text) || row.text.size() > text.size() || block.line(1) != "after")
        std::abort();
    for (const logs::ColourRun& run : row.colours) {
        if (run.at > row.text.size())
            std::abort();
    }
    const logs::LogBlockPtr again = logs::unpacked(logs::packed(block));
    if (!again || again->text != block.text)
        std::abort();
    (void)logs::unpacked(text);
    (void)logs::recognize(row.text);
    (void)logs::jsonLine(row, {});
    static const auto kFilter = logs::LogFilter::parse("err -none /[a-z]+[0-9]/ status>=500");
    (void)kFilter->match(block, [](logs::SourceId) { return logs::SourceInfo(); });
    for (const auto& [at, length] : kFilter->marks(row.text)) {
        if (at + length > row.text.size())
            std::abort();
    }
    return 0;
}
