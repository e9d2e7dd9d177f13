// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/workload_facts.h"

#include <algorithm>

namespace kube::decode {

const ConditionFacts* findCondition(const std::vector<ConditionFacts>& conditions, std::string_view type) {
    const auto found = std::find_if(conditions.begin(), conditions.end(),
                                    [type](const ConditionFacts& condition) { return condition.type == type; });
    return found == conditions.end() ? nullptr : &*found;
}

bool isTrue(const std::vector<ConditionFacts>& conditions, std::string_view type) {
    const ConditionFacts* condition = findCondition(conditions, type);
    return condition != nullptr && condition->status == "True";
}

void SelectorFacts::print(std::string& out, std::string_view none, std::string_view invalid) {
    sortByKey(labels);
    std::stable_sort(expressions.begin(), expressions.end(),
                     [](const Requirement& a, const Requirement& b) { return a.key < b.key; });
    out.clear();
    const auto comma = [&out] {
        if (!out.empty())
            out += ',';
    };
    auto label = labels.begin();
    const auto labelsBefore = [&](std::string_view key) {
        for (; label != labels.end() && label->first <= key; ++label) {
            comma();
            out.append(label->first).append("=").append(label->second);
        }
    };
    for (Requirement& requirement : expressions) {
        labelsBefore(requirement.key);
        comma();
        const bool in = requirement.op == "In";
        if (in || requirement.op == "NotIn") {
            if (requirement.values.empty()) {
                out = invalid;
                return;
            }
            std::sort(requirement.values.begin(), requirement.values.end());
            out.append(requirement.key).append(in ? " in (" : " notin (");
            for (std::size_t i = 0; i < requirement.values.size(); ++i)
                out.append(i == 0 ? "" : ",").append(requirement.values[i]);
            out += ')';
        } else if (requirement.op == "Exists") {
            out += requirement.key;
        } else if (requirement.op == "DoesNotExist") {
            out.append("!").append(requirement.key);
        } else {
            out = invalid;
            return;
        }
    }
    for (; label != labels.end(); ++label) {
        comma();
        out.append(label->first).append("=").append(label->second);
    }
    if (out.empty())
        out = none;
}

} // namespace kube::decode
