// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/options.h"
#include "app/qdctl/row_printer.h"
#include "core/base/result.h"
#include "core/kube/kind.h"
#include "core/kube/row.h"
#include "core/kube/watch_event.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace qdctl {

/// Prints what a watch tells to stdout as `kubectl get --watch` does: a line for each event, or the whole object.
class WatchPrinter {
public:
    WatchPrinter(const GetOptions& options, bool withClusters, bool withKinds);

    struct Event {
        kube::WatchEventType type = kube::WatchEventType::Added;
        const kube::Kind& kind;
        const kube::RowLayoutPtr& layout;
        kube::RowRef row;
        std::int64_t nowMs = 0;
        std::string_view cluster;
        std::string_view json; ///< The object, where whole objects are printed.
    };
    void add(const Event& event);
    /// Writes what was added. Columns grow with what is written together.
    void flush();

private:
    void addObject(const Event& event);

    const GetOptions& m_options;
    RowPrinter m_rows;
    std::string m_text;
    bool m_hasPrinted = false;
};

/// Whether whole objects are printed.
[[nodiscard]] bool printsObjects(const GetOptions& options);

} // namespace qdctl
