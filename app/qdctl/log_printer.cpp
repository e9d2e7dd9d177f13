// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/log_printer.h"

#include "core/kube/streams/log_lines.h"

#include <cstddef>
#include <cstdio>
#include <utility>

namespace qdctl {

namespace {

constexpr std::size_t kMostHeld = std::size_t(4) << 20;

} // namespace

logs::SourceId LogPrinter::addSource(logs::SourceInfo source) {
    Source added;
    if (m_style.prefix)
        added.prefix = "[" + (m_style.withClusters ? source.cluster + "/" : std::string()) + "pod/" + source.pod + "/" +
                       source.container + "] ";
    added.info = std::move(source);
    m_sources.push_back(std::move(added));
    return static_cast<logs::SourceId>(m_sources.size() - 1);
}

void LogPrinter::append(const std::vector<logs::NewLine>& lines) {
    std::string out;
    for (const logs::NewLine& line : lines) {
        Source& source = m_sources[line.source];
        if (line.startsLine) {
            source.held += source.prefix;
            if (m_style.timestamps && !line.timestamp.empty())
                (source.held += line.timestamp) += ' ';
        }
        source.held += line.text;
        if (line.endsLine)
            source.held += '\n';
        // A shorter piece without an end is the last of its log.
        const bool isWhole = line.endsLine || line.text.size() < kube::LogLineReader::kLongest;
        if (isWhole || source.held.size() > kMostHeld)
            put(line.source, out);
    }
    write(out);
}

void LogPrinter::finish() {
    std::string out;
    for (logs::SourceId id = 0; id < m_sources.size(); ++id) {
        if (!m_sources[id].held.empty())
            put(id, out);
    }
    write(out);
}

void LogPrinter::put(logs::SourceId id, std::string& out) {
    std::string& held = m_sources[id].held;
    if (m_unended && *m_unended != id)
        out += '\n';
    out += held;
    m_unended = held.ends_with('\n') ? std::nullopt : std::optional(id);
    held.clear();
}

void LogPrinter::print(logs::SourceId id, std::string_view bytes) {
    Source& source = m_sources[id];
    std::string out;
    while (!source.prefix.empty() && !bytes.empty()) {
        if (source.startsLine)
            out += source.prefix;
        const std::size_t end = bytes.find('\n');
        source.startsLine = end != std::string_view::npos;
        const std::string_view line = bytes.substr(0, source.startsLine ? end + 1 : end);
        out += line;
        bytes.remove_prefix(line.size());
    }
    std::fwrite(out.data(), 1, out.size(), stdout);
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
}

std::string LogPrinter::where(const std::string& context) const {
    return m_style.withClusters && !context.empty() ? context + ": " : std::string();
}

void LogPrinter::write(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
}

} // namespace qdctl
