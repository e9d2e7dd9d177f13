// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/fleet/ids.h"
#include "core/kube/kind.h"
#include "core/kube/row.h"
#include "core/kube/watcher.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fleet {

/// Which objects a view shows: one kind over some clusters and namespaces.
struct ViewSpec {
    std::string resource;                ///< "pods", "certificates.cert-manager.io": Kind::resource().
    std::vector<ClusterId> clusters;     ///< Empty: all that are connected, also those that will be.
    std::vector<std::string> namespaces; ///< Empty: all that may be read.
};

/// What one cluster contributes to a view.
struct ViewPart {
    ClusterId cluster;
    kube::WatchPhase phase = kube::WatchPhase::Listing;
    bool isCached = false;   ///< Rows are the last known state from disk or from before the cluster went away.
    std::int64_t asOfMs = 0; ///< When the rows were true; now, while live.
    std::size_t rows = 0;
    std::optional<base::Error> error;        ///< Why rows are missing or old, or why onlyNamespaces is what it is.
    std::int64_t retryAtMs = 0;              ///< When it is tried again by itself, 0 if unknown.
    std::vector<std::string> onlyNamespaces; ///< Not empty: RBAC allows just these, and only they are shown.
};

/// Changes of a view since the last delivery. A RowId stands in one list only.
struct ViewDelta {
    std::vector<RowId> added;
    std::vector<RowId> changed;
    std::vector<RowId> removed;
    bool reset = false; ///< Everything known before is void (subject or layout changed): read allRows() again.
    bool columnsChanged = false;
    bool partsChanged = false;
};

/// Live rows of one kind over many clusters. Lives on the fleet's home executor, as all of fleet; shares watches and
/// stores with other views of the same kind. Deliveries come at most four times a second.
class View {
public:
    virtual ~View() = default;

    [[nodiscard]] virtual const ViewSpec& spec() const = 0;
    /// The columns of all parts, merged by id in the first server's order; Cluster and Namespace not among them.
    [[nodiscard]] virtual const std::vector<kube::Column>& columns() const = 0;
    [[nodiscard]] virtual bool isNamespaced() const = 0;
    [[nodiscard]] virtual const std::vector<ViewPart>& parts() const = 0;
    [[nodiscard]] virtual std::vector<RowId> allRows() const = 0;
    /// Null if the row is gone. Valid until the next delivery.
    [[nodiscard]] virtual kube::RowRef row(RowId id) const = 0;
    /// The column of `row`'s own layout with the id of `columns()[column]`, null if its server has no such column.
    [[nodiscard]] virtual const kube::Column* columnOf(const kube::RowRef& row, std::size_t column) const = 0;
    /// The server's present time, for ages.
    [[nodiscard]] virtual std::int64_t nowMs(ClusterId cluster) const = 0;
    /// Called on the home executor, never inside a call of this interface.
    virtual void onDelta(std::function<void(const ViewDelta&)> listener) = 0;
    /// A view that nobody looks at costs nothing once it is inactive: it gives its watches back, has no rows and calls
    /// nobody. Active again, it catches up by a reset. Views are born active.
    virtual void setActive(bool active) = 0;
};

} // namespace fleet
