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

std::optional<std::vector<Resolution>> resolutionsAlike(const std::vector<FieldConflict>& decided,
                                                        const std::vector<Resolution>& how,
                                                        const std::vector<FieldConflict>& other) {
    std::vector<Resolution> ends;
    for (const FieldConflict& conflict : other) {
        const auto same = std::find_if(decided.begin(), decided.end(), [&conflict](const FieldConflict& each) {
            return each.field == conflict.field && each.manager == conflict.manager;
        });
        const auto at = static_cast<std::size_t>(same - decided.begin());
        if (at >= how.size())
            return std::nullopt;
        ends.push_back(how[at]);
    }
    return ends;
}

} // namespace change
