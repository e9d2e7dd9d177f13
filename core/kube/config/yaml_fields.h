// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/result.h"

#include <yaml-cpp/yaml.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// For .cpp files only: yaml-cpp is a heavy header.
namespace kube {

/// What a plain or quoted scalar means by the YAML 1.1 rules that kubectl's reader follows ("yes" is a boolean, 010 is
/// 8).
enum class ScalarKind { Null, Boolean, Integer, Float, Text };
ScalarKind scalarKind(const YAML::Node& node);

/// Reads the first document of `text`. An empty one gives a null node. Never throws; the message names file and line
/// and quotes nothing of the content.
base::Result<YAML::Node> parseYaml(std::string_view text, const std::string& file);

/// JSON with sorted keys, as kubectl's reader turns YAML into JSON. Fails if it is nested or repeated out of all
/// bounds.
base::Result<std::string> yamlToJson(const YAML::Node& node);

/// The fields of one mapping, read the way Go's JSON decoder fills a struct: names match exactly, unknown ones are
/// ignored, null leaves the default, the last of doubles wins, a value of another type is a problem. Merge keys are
/// followed. Problems name file, line and field and never the value, which may be a secret.
class YamlFields {
public:
    /// `where` is the path to the mapping for messages, for example `users "ann": user`.
    YamlFields(const YAML::Node& map, std::string file, std::string where, std::vector<base::Error>& problems);

    void text(const char* key, std::string& out);
    void boolean(const char* key, bool& out);
    void base64(const char* key, std::string& out);
    void texts(const char* key, std::vector<std::string>& out);
    void textMap(const char* key, std::map<std::string, std::string>& out);
    void textListMap(const char* key, std::map<std::string, std::vector<std::string>>& out);
    /// The list of {name, extension}.
    void extensions(std::map<std::string, std::string>& out);
    /// Calls `read` for the mapping under `key`, if there is one.
    void map(const char* key, const std::function<void(YamlFields&)>& read);
    /// Calls `read` for each mapping in the list under `key`.
    void maps(const char* key, const std::function<void(YamlFields&)>& read);

    [[nodiscard]] int line() const { return m_line; }
    [[nodiscard]] bool has(const char* key) const { return find(key) != nullptr; }
    void setWhere(std::string where) { m_where = std::move(where); }
    void problem(const char* key, int line, const std::string& what);

private:
    [[nodiscard]] const YAML::Node* find(const char* key) const;
    void collect(const YAML::Node& map, int depth);
    void merge(const YAML::Node& from, int depth);
    bool asText(const char* key, const YAML::Node& node, std::string& out);

    std::vector<std::pair<std::string, YAML::Node>> m_fields;
    std::string m_file;
    std::string m_where;
    std::vector<base::Error>* m_problems;
    int m_line = 0;
    int m_merges = 0;
};

} // namespace kube
