// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/manifest_text.h"
#include "core/kube/manifest/tree.h"

#include <cstddef>
#include <string_view>

namespace kube::manifest {

/// JSON values one after another, read as strictly as Go does.
class JsonTreeReader {
public:
    explicit JsonTreeReader(std::string_view text)
        : m_text(text)
        , m_positions(text) {}

    /// Whether anything but blanks is left.
    [[nodiscard]] bool hasMore();
    /// Reads the next value; after a failure there is none.
    [[nodiscard]] Read<Tree> next();
    /// Behind the last value that was read.
    [[nodiscard]] std::size_t offset() const { return m_consumed; }

private:
    Node* readValue(Tree& tree, int depth);
    Node* readObject(Tree& tree, int depth);
    Node* readArray(Tree& tree, int depth);
    Node* readText(Tree& tree);
    Node* readNumber(Tree& tree);
    Node* readWord(Tree& tree);
    bool readEscape(std::string& out);
    bool readCode(unsigned& code);
    void skipBlanks();
    bool take(char c);
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    Node* fail(std::string_view message);

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_consumed = 0;
    PositionCounter m_positions;
    Problem m_problem;
};

} // namespace kube::manifest
