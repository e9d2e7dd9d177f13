// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/options.h"
#include "core/kube/kind.h"
#include "core/kube/row.h"
#include "core/kube/table_text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace qdctl {

/// Rows of any kinds and clusters as text: tables as kubectl's, CSV, or names.
class RowPrinter {
public:
    /// `withClusters`: a CLUSTER column first. `withKinds`: names carry their kind.
    RowPrinter(const GetOptions& options, bool withClusters, bool withKinds);

    /// A kind whose columns differ from those of the row before starts a table of its own. `event` goes into a column
    /// of that name where events are asked for.
    void add(const kube::Kind& kind, const kube::RowLayoutPtr& layout, kube::RowRef row, std::int64_t nowMs,
             std::string_view cluster, std::string_view event = {});
    /// What was printed since the last time.
    [[nodiscard]] std::string take();

private:
    void addTable(const kube::Kind& kind, const kube::RowLayoutPtr& layout, kube::RowRef row, std::int64_t nowMs,
                  std::string_view cluster, std::string_view event);
    void addCsv(const kube::Kind& kind, const kube::RowLayoutPtr& layout, kube::RowRef row, std::int64_t nowMs,
                std::string_view cluster, std::string_view event);

    const GetOptions& m_options;
    const bool m_withClusters;
    const bool m_withKinds;
    std::string m_resource; ///< Of the table under way.
    kube::RowLayoutPtr m_layout;
    std::optional<kube::TableText> m_table;
    std::string m_text;
    bool m_hasPrinted = false;
};

} // namespace qdctl
