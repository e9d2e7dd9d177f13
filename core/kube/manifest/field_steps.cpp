// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/field_steps.h"

namespace kube {

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
