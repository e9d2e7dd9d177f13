// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/json_tree.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>

namespace kube::manifest {

bool JsonTreeReader::hasMore() {
    skipBlanks();
    return m_at < m_text.size();
}

Read<Tree> JsonTreeReader::next() {
    Tree tree;
    skipBlanks();
    tree.root = readValue(tree, 0);
    if (tree.root == nullptr)
        return tl::unexpected<Problem>(m_problem);
    m_consumed = m_at;
    return tree;
}

void JsonTreeReader::skipBlanks() {
    m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size());
}

bool JsonTreeReader::take(char c) {
    if (m_at >= m_text.size() || m_text[m_at] != c)
        return false;
    ++m_at;
    return true;
}

Node* JsonTreeReader::fail(std::string_view message) {
    m_problem = {m_positions.at(m_at), "this is not JSON: " + std::string(message)};
    return nullptr;
}

Node* JsonTreeReader::readValue(Tree& tree, int depth) {
    if (depth > kMostNested)
        return fail("it is nested more than 1000 levels deep");
    switch (peek()) {
    case '{':
        return readObject(tree, depth);
    case '[':
        return readArray(tree, depth);
    case '"':
        return readText(tree);
    case 't':
    case 'f':
    case 'n':
        return readWord(tree);
    default:
        return readNumber(tree);
    }
}

Node* JsonTreeReader::readObject(Tree& tree, int depth) {
    Node& object = tree.add(NodeType::Mapping, m_positions.at(m_at));
    ++m_at;
    skipBlanks();
    if (take('}'))
        return &object;
    while (true) {
        skipBlanks();
        if (peek() != '"')
            return fail("expected a key in double quotes");
        Node* key = readText(tree);
        if (key == nullptr)
            return nullptr;
        skipBlanks();
        if (!take(':'))
            return fail("expected ':' after the key");
        skipBlanks();
        Node* value = readValue(tree, depth + 1);
        if (value == nullptr)
            return nullptr;
        object.children.push_back(key);
        object.children.push_back(value);
        skipBlanks();
        if (take('}'))
            return &object;
        if (!take(','))
            return fail("expected ',' or '}' after the value");
    }
}

Node* JsonTreeReader::readArray(Tree& tree, int depth) {
    Node& array = tree.add(NodeType::Sequence, m_positions.at(m_at));
    ++m_at;
    skipBlanks();
    if (take(']'))
        return &array;
    while (true) {
        skipBlanks();
        Node* value = readValue(tree, depth + 1);
        if (value == nullptr)
            return nullptr;
        array.children.push_back(value);
        skipBlanks();
        if (take(']'))
            return &array;
        if (!take(','))
            return fail("expected ',' or ']' after the value");
    }
}

Node* JsonTreeReader::readText(Tree& tree) {
    Node& text = tree.add(NodeType::Text, m_positions.at(m_at));
    ++m_at;
    while (true) {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\' &&
               static_cast<unsigned char>(m_text[m_at]) >= 0x20)
            ++m_at;
        text.text.append(m_text, start, m_at - start);
        if (take('"'))
            break;
        if (!take('\\'))
            return fail(m_at < m_text.size() ? "write line breaks and tabs within quotes as \\n and \\t"
                                             : "a quote is opened and not closed");
        if (!readEscape(text.text))
            return fail("unknown escape: write a backslash as \\\\");
    }
    return &text;
}

bool JsonTreeReader::readEscape(std::string& out) {
    constexpr std::string_view kLetters = "\"\\/bfnrt";
    constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    const std::size_t letter = kLetters.find(peek());
    if (m_at < m_text.size() && letter != std::string_view::npos) {
        out += kMeanings[letter];
        ++m_at;
        return true;
    }
    unsigned code = 0;
    if (!take('u') || !readCode(code))
        return false;
    constexpr unsigned kReplacement = 0xFFFD;
    if (code >= 0xD800 && code <= 0xDFFF) {
        const std::size_t back = m_at;
        unsigned low = 0;
        const bool isPair = code < 0xDC00 && take('\\') && take('u') && readCode(low) && low >= 0xDC00 && low <= 0xDFFF;
        if (!isPair)
            m_at = back;
        code = isPair ? 0x10000U + ((code - 0xD800U) << 10U) + (low - 0xDC00U) : kReplacement;
    }
    appendUtf8(out, code);
    return true;
}

bool JsonTreeReader::readCode(unsigned& code) {
    constexpr std::string_view kHex = "0123456789abcdef0123456789ABCDEF";
    constexpr std::size_t kDigits = 4;
    if (m_text.size() - m_at < kDigits)
        return false;
    for (const char c : m_text.substr(m_at, kDigits)) {
        const std::size_t digit = kHex.find(c);
        if (digit == std::string_view::npos)
            return false;
        code = code << 4U | static_cast<unsigned>(digit & 15U);
    }
    m_at += kDigits;
    return true;
}

Node* JsonTreeReader::readNumber(Tree& tree) {
    Node& number = tree.add(NodeType::Number, m_positions.at(m_at));
    const std::size_t start = m_at;
    const auto digits = [&] {
        const std::size_t from = m_at;
        m_at = std::min(m_text.find_first_not_of("0123456789", m_at), m_text.size());
        return m_at > from;
    };
    take('-');
    if (!take('0') && !digits())
        return fail("expected a value");
    if (take('.') && !digits())
        return fail("expected a digit");
    if (take('e') || take('E')) {
        if (!take('+'))
            take('-');
        if (!digits())
            return fail("expected a digit");
    }
    number.text = m_text.substr(start, m_at - start);
    return &number;
}

Node* JsonTreeReader::readWord(Tree& tree) {
    for (const std::string_view word : {"true", "false", "null"}) {
        if (m_text.substr(m_at).starts_with(word)) {
            Node& node = tree.add(NodeType::Plain, m_positions.at(m_at));
            node.text = word;
            m_at += word.size();
            return &node;
        }
    }
    return fail("expected a value");
}

} // namespace kube::manifest
