// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace kube {

/// Real folders, and the names in each on which the content behind a path hangs.
using WatchPlan = std::map<std::string, std::set<std::string>>;

/// Which folders have to be watched so that no change of what `files` lead to is missed: that of the file, those of all
/// symbolic links on the way, and where the way ends early the last folder there is.
WatchPlan watchPlan(const std::vector<std::string>& files);

} // namespace kube
