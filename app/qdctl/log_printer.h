// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/line_sink.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qdctl {

/// What stands in front of each line.
struct LogStyle {
    bool prefix = false; ///< Pod and container.
    bool withClusters = false;
    bool timestamps = false; ///< Of lines; bytes have them from the server.
};

/// Prints logs on stdout: lines of many, each whole, or the bytes of one after the other. Nothing of what containers
/// wrote is changed. Main thread.
class LogPrinter final : public logs::LineSink {
public:
    explicit LogPrinter(LogStyle style)
        : m_style(style) {}

    logs::SourceId addSource(logs::SourceInfo source) override;
    [[nodiscard]] const logs::SourceInfo& source(logs::SourceId id) const { return m_sources[id].info; }
    /// A line that comes in pieces waits for its end as long as it is not all too long.
    void append(const std::vector<logs::NewLine>& lines) override;
    /// Prints what waits for the end of its line.
    void finish();

    /// The next bytes of a log. Not to be mixed with lines.
    void print(logs::SourceId id, std::string_view bytes);

    /// In front of what is said of a cluster: "CONTEXT: " where there are several.
    [[nodiscard]] std::string where(const std::string& context) const;

private:
    struct Source {
        logs::SourceInfo info;
        std::string prefix;
        std::string held;
        bool startsLine = true; ///< Of the bytes to come.
    };

    void put(logs::SourceId id, std::string& out);
    static void write(std::string_view text);

    const LogStyle m_style;
    std::vector<Source> m_sources;
    std::optional<logs::SourceId> m_unended; ///< Whose line stands last and lacks its end.
};

} // namespace qdctl
