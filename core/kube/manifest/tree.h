// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace kube::manifest {

/// Lines and columns from 1 on.
struct Position {
    int line = 0;
    int column = 0;

    friend bool operator==(Position, Position) = default;
    friend auto operator<=>(Position, Position) = default;
};

struct Problem {
    Position at;
    std::string message;
};

template <typename T>
using Read = tl::expected<T, Problem>;

[[nodiscard]] tl::unexpected<Problem> fail(Position at, std::string message);

/// As for go_json.h: an API server takes ten thousand levels, no kind comes near a thousand, and whoever walks over
/// objects recurses.
inline constexpr int kMostNested = 1000;

enum class NodeType {
    Plain,  ///< A YAML scalar whose spelling or tag says what it is.
    Text,   ///< Quoted, or in a block.
    Number, ///< Of JSON, which spells fewer numbers than YAML.
    Sequence,
    Mapping, ///< Children are key, value, key, value.
    Alias,
};

struct Node {
    NodeType type = NodeType::Plain;
    bool isOpen = false; ///< An alias that is being followed.
    Position at;
    std::string text;
    std::string_view tag; ///< In full, empty where there is none.
    std::vector<Node*> children;
    Node* target = nullptr; ///< Of an alias; may hold the alias.
};

/// One document as it is written. Owns its nodes, which stay where they are.
class Tree {
public:
    Node& add(NodeType type, Position at);
    /// The text lives as long as the tree.
    std::string_view keep(std::string text);

    Node* root = nullptr; ///< None for an empty document.

private:
    std::deque<Node> m_nodes;
    std::deque<std::string> m_texts;
};

} // namespace kube::manifest
