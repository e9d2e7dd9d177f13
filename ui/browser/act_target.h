// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/acts.h"
#include "core/fleet/ids.h"
#include "core/kube/kind.h"

#include <QString>

#include <string>
#include <vector>

namespace fleet {
class Fleet;
}

namespace ui {

class ChangeRun;
struct PageContext;

/// An object to do something to.
struct ActTarget {
    fleet::ClusterId cluster;
    kube::Kind kind;
    std::string ns;
    std::string name;
    std::string labels = {}; ///< "a=b,c=d", as far as known.
};

/// "Deployment shop/web", "3 × Deployment".
QString targetsText(const std::vector<ActTarget>& targets);
/// "Deployment shop/web in paris", "3 × Deployment in 2 clusters".
QString aboutText(const fleet::Fleet& fleet, const std::vector<ActTarget>& targets);
/// As a change set names it.
change::Target changeTarget(const fleet::Fleet& fleet, const ActTarget& target);
/// Opens the operations as a sheet, in a tab of its own. Null if there are none.
ChangeRun* openSheet(const PageContext& context, const QString& title, std::vector<change::Operation> operations);

} // namespace ui
