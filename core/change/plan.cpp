// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/plan.h"

#include <algorithm>

namespace change {

bool Plan::mayApply() const {
    return !operations.empty() &&
           std::all_of(operations.begin(), operations.end(), [](const PlannedOperation& planned) {
               return planned.verdict == Verdict::Accepted || planned.verdict == Verdict::NoChange ||
                      planned.verdict == Verdict::Deferred || planned.verdict == Verdict::Over;
           });
}

bool Plan::isAnswered() const {
    return std::none_of(operations.begin(), operations.end(),
                        [](const PlannedOperation& planned) { return planned.verdict == Verdict::Pending; });
}

} // namespace change
