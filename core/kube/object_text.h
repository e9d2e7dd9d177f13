// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace kube {

/// One object whole, as the server gives it.
struct ObjectText {
    std::string ns;
    std::string name;
    std::string json; ///< With apiVersion and kind, which the items of a list lack.
};

} // namespace kube
