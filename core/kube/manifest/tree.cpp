// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/tree.h"

#include <utility>

namespace kube::manifest {

tl::unexpected<Problem> fail(Position at, std::string message) {
    return tl::unexpected<Problem>(Problem{at, std::move(message)});
}

Node& Tree::add(NodeType type, Position at) {
    Node& node = m_nodes.emplace_back();
    node.type = type;
    node.at = at;
    return node;
}

std::string_view Tree::keep(std::string text) {
    return m_texts.emplace_back(std::move(text));
}

} // namespace kube::manifest
