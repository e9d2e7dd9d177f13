// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/kind.h"

#include <algorithm>

namespace kube {

bool Kind::allows(std::string_view verb) const {
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

std::string Kind::path(std::string_view ns, std::string_view name) const {
    std::string path = group.empty() ? "/api/" : "/apis/" + group + "/";
    path += version;
    if (namespaced && !ns.empty()) {
        path += "/namespaces/";
        path += ns;
    }
    path += '/';
    path += plural;
    if (!name.empty()) {
        path += '/';
        path += name;
    }
    return path;
}

} // namespace kube
