// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/api.h"
#include "core/kube/label_selector.h"

#include <string>
#include <vector>

namespace demo {

/// Which objects a list or watch is about: namespace, label and field selector.
class Selection {
public:
    /// BadInput for selectors that cannot be read.
    static base::Result<Selection> of(const ApiCall& call, std::string ns, std::string name);
    [[nodiscard]] bool matches(const Json& object) const;

private:
    struct Field {
        std::string path; // "spec.nodeName"
        std::string value;
        bool equal = true;
    };
    std::string m_ns;
    std::string m_name;
    kube::LabelSelector m_labels;
    std::vector<Field> m_fields;
};

} // namespace demo
