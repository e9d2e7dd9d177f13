// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/field_steps.h"

#include <utility>

namespace kube {

FieldSteps operator/(FieldSteps steps, std::string key) {
    steps.push_back({std::move(key)});
    return steps;
}

FieldSteps operator/(FieldSteps steps, int index) {
    steps.push_back({.index = index});
    return steps;
}

std::string toString(const FieldSteps& steps) {
    std::string text;
    for (const FieldStep& step : steps) {
        if (step.isIndex())
            text += '[' + std::to_string(step.index) + ']';
        else if (step.key.find('.') != std::string::npos)
            text += '[' + step.key + ']';
        else
            text += (text.empty() ? "" : ".") + step.key;
    }
    return text;
}

} // namespace kube
