// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/manifest.h"

#include "core/kube/manifest/json_tree.h"
#include "core/kube/manifest/manifest_text.h"
#include "core/kube/manifest/manifest_values.h"
#include "core/kube/manifest/object_meta.h"
#include "core/kube/manifest/value.h"
#include "core/kube/manifest/yaml_tree.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace kube {

namespace {

using manifest::FileText;
using manifest::Position;
using manifest::PositionCounter;
using manifest::Problem;
using manifest::Value;

/// How far kubectl looks for the brace that makes a text JSON.
constexpr std::size_t kPeeked = 4096;

std::string_view withoutBlanks(std::string_view text) {
    while (const std::size_t length = manifest::blankLength(text))
        text.remove_prefix(length);
    return text;
}

bool looksLikeJson(std::string_view text) {
    return withoutBlanks(text.substr(0, kPeeked)).starts_with('{');
}

/// Takes the objects out of one text.
class ManifestReader {
public:
    ManifestReader(std::string_view file, const EachManifest& each)
        : m_file(file)
        , m_each(each) {}

    Manifests run(const FileText& file) {
        const std::string_view text = file.text;
        if (file.replaced)
            warn({PositionCounter(text).at(*file.replaced),
                  "the text is not UTF-8 here and is read, as kubectl reads it, as U+FFFD: save the file as UTF-8"});
        std::size_t from = 0;
        if (!looksLikeJson(text) || readJson(text, from))
            readYaml(text.substr(from), PositionCounter(text).at(from).line);
        return std::move(m_out);
    }

private:
    // Like kubectl takes a text for JSON until a value is none. If that is the first or the second, the rest from
    // `from` on is YAML, and true is returned.
    bool readJson(std::string_view text, std::size_t& from) {
        manifest::JsonTreeReader reader(text);
        for (int count = 0; reader.hasMore(); ++count) {
            auto tree = reader.next();
            if (tree) {
                readDocument(std::move(*tree));
                continue;
            }
            const auto rest = count > 1 ? std::nullopt : startOfYaml(text, reader.offset());
            if (!rest) {
                refuse(tree.error());
                return false;
            }
            from = *rest;
            m_jsonProblem = tree.error();
            return true;
        }
        return false;
    }

    // Behind the blanks that JSON left, up to the first line break. kubectl gives up where fewer than four bytes are
    // left.
    static std::optional<std::size_t> startOfYaml(std::string_view text, std::size_t from) {
        constexpr std::size_t kLeast = 4;
        while (text.size() - from >= kLeast) {
            const std::size_t blank = manifest::blankLength(text.substr(from));
            if (blank == 0)
                return from;
            from += blank;
            if (text[from - blank] == '\n')
                return from;
        }
        return {};
    }

    // Documents end at every line that starts with three dashes, whatever stands around it. Where nothing is there yet
    // to end, the line is the first of the document.
    void readYaml(std::string_view text, int line) {
        std::string document;
        int start = line;
        for (; !text.empty(); ++line) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view content = text.substr(0, end);
            if (end < text.size() && content.ends_with('\r'))
                content.remove_suffix(1);
            text.remove_prefix(std::min(end + 1, text.size()));
            const bool separates = content.starts_with("---");
            if (separates)
                content = separator(content, line);
            if (separates && !document.empty()) {
                readYamlDocument(document, start);
                document.clear();
            } else {
                start = document.empty() ? line : start;
                document.append(content) += '\n';
            }
        }
        readYamlDocument(document, start);
    }

    // The line without what may not stand behind the dashes, which is refused.
    std::string_view separator(std::string_view content, int line) {
        const std::string_view dashes = content.substr(0, 3);
        const std::string_view behind = withoutBlanks(content.substr(dashes.size()));
        if (behind.empty() || behind.starts_with('#'))
            return content;
        refuse({{line, 1}, "only a comment may stand behind '---': move the rest to the next line"});
        return dashes;
    }

    void readYamlDocument(const std::string& text, int firstLine) {
        if (text.empty())
            return;
        auto document = manifest::readYamlTree(text, firstLine);
        if (!document) {
            // Where neither reader got to the end, the one that got further knows better what is wrong.
            const bool isJson = m_jsonProblem && m_jsonProblem->at > document.error().at;
            refuse(isJson ? *m_jsonProblem : document.error());
        } else {
            if (document->unread)
                warn({*document->unread, "kubectl does not read what stands here: put a line of '---' above it"});
            readDocument(std::move(document->tree));
        }
        m_jsonProblem.reset();
    }

    void readDocument(manifest::Tree tree) {
        std::vector<Problem> warnings;
        const auto value = manifest::resolve(tree, warnings);
        for (Problem& warning : warnings)
            warn(std::move(warning));
        if (!value)
            refuse(value.error());
        else if (value->type == Value::Type::Object)
            readRoot(*value);
        else if (value->type != Value::Type::Null)
            refuse({value->at, "this is " + std::string(manifest::describe(value->type)) +
                                   " where an object is expected: write apiVersion, kind and metadata"});
    }

    void readRoot(const Value& root) {
        const Value* items = root.find("items");
        if (items == nullptr) {
            readObject(root, nullptr);
            return;
        }
        std::vector<Problem> problems;
        checkType(root, problems);
        manifest::checkObjectMeta(root, problems);
        if (items->type != Value::Type::Array && items->type != Value::Type::Null)
            problems.push_back({items->at, "items make the object a List and are " +
                                               std::string(manifest::describe(items->type)) +
                                               ": write a list, or move the field below spec or data"});
        const bool isList = problems.empty();
        refuseAll(std::move(problems));
        for (const Value& item : items->children) {
            if (isList)
                readObject(item, &root);
        }
    }

    void readObject(const Value& object, const Value* list) {
        if (object.type != Value::Type::Object) {
            refuse({object.at, "the item is " + std::string(manifest::describe(object.type)) +
                                   " and must be an object: write apiVersion, kind and metadata"});
            return;
        }
        std::optional<Value> whole;
        if (list != nullptr)
            whole = withTypeOf(*list, object);
        const Value& named = whole ? *whole : object;
        std::vector<Problem> problems;
        checkType(named, problems);
        manifest::checkObjectMeta(named, problems);
        const Value* items = list != nullptr ? named.find("items") : nullptr;
        if (items != nullptr && items->type == Value::Type::Array)
            problems.push_back({items->at, "kubectl reads no List within a List: move its items to the outer one"});
        Manifest manifest;
        if (problems.empty())
            manifest = describe(named, problems);
        if (problems.empty()) {
            if (m_each)
                m_each(manifest, named);
            m_out.objects.push_back(std::move(manifest));
        }
        refuseAll(std::move(problems));
    }

    // The items of a PodList are Pods, and need not say so.
    static std::optional<Value> withTypeOf(const Value& list, const Value& item) {
        std::string_view kind = list.textOf("kind");
        if (!item.textOf("kind").empty() || !item.textOf("apiVersion").empty() || kind == "List" ||
            !kind.ends_with("List"))
            return {};
        kind.remove_suffix(std::string_view("List").size());
        Value whole = item;
        const auto set = [&](std::string_view key, std::string_view text) {
            std::erase_if(whole.children, [&](const Value& field) { return field.key == key; });
            Value field;
            field.type = Value::Type::Text;
            field.at = item.at;
            field.text = text;
            field.key = key;
            const auto behind = std::find_if(whole.children.begin(), whole.children.end(),
                                             [&](const Value& other) { return other.key > key; });
            whole.children.insert(behind, std::move(field));
        };
        set("apiVersion", list.textOf("apiVersion"));
        set("kind", kind);
        return whole;
    }

    static void checkType(const Value& object, std::vector<Problem>& problems) {
        const auto isMissing = [&](std::string_view field) {
            const Value* value = object.find(field);
            return value == nullptr || value->type == Value::Type::Null ||
                   (value->type == Value::Type::Text && value->text.empty());
        };
        if (isMissing("apiVersion"))
            problems.push_back({object.at, "apiVersion is missing: write one, such as v1 or apps/v1"});
        const std::string_view version = object.textOf("apiVersion");
        if (std::count(version.begin(), version.end(), '/') > 1)
            problems.push_back({object.find("apiVersion")->at,
                                "apiVersion is a group and a version with one '/' between: write it like apps/v1"});
        if (isMissing("kind"))
            problems.push_back({object.at, "kind is missing: write one, such as Pod or Deployment"});
    }

    Manifest describe(const Value& object, std::vector<Problem>& problems) const {
        Manifest manifest;
        manifest.apiVersion = object.textOf("apiVersion");
        manifest.kind = object.textOf("kind");
        if (const Value* metadata = object.find("metadata")) {
            manifest.ns = metadata->textOf("namespace");
            manifest.name = metadata->textOf("name");
            manifest.generateName = metadata->textOf("generateName");
        }
        if (manifest.name.empty() && manifest.generateName.empty())
            problems.push_back({object.at, "metadata.name is missing: name the object"});
        manifest.place = place(object.at);
        appendJson(manifest.json, object);
        return manifest;
    }

    [[nodiscard]] TextPlace place(Position at) const { return {m_file, at.line, at.column}; }
    void warn(Problem problem) { m_out.warnings.push_back({place(problem.at), std::move(problem.message)}); }
    void refuse(Problem problem) { m_out.errors.push_back({place(problem.at), std::move(problem.message)}); }
    void refuseAll(std::vector<Problem> problems) {
        for (Problem& problem : problems)
            refuse(std::move(problem));
    }

    std::string m_file;
    const EachManifest& m_each;
    Manifests m_out;
    std::optional<Problem> m_jsonProblem; ///< Why the rest is not JSON, until its first document is read.
};

manifest::Read<std::string> toJson(const FileText& file) {
    std::optional<manifest::Tree> tree;
    if (looksLikeJson(file.text)) {
        manifest::JsonTreeReader reader(file.text);
        auto value = reader.next();
        if (value && !reader.hasMore())
            tree = std::move(*value);
    }
    if (!tree) {
        auto document = manifest::readYamlTree(file.text, 1);
        if (!document)
            return tl::unexpected<Problem>(document.error());
        if (document->unread)
            return manifest::fail(*document->unread, "a second document starts here: remove it");
        tree = std::move(document->tree);
    }
    std::vector<Problem> warnings;
    const auto value = manifest::resolve(*tree, warnings);
    if (!value)
        return tl::unexpected<Problem>(value.error());
    std::string json;
    appendJson(json, *value);
    return json;
}

} // namespace

std::string toString(const TextPlace& place) {
    return place.file + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
}

Manifests readManifests(std::string_view text, std::string_view file) {
    return readManifests(text, file, {});
}

Manifests readManifests(std::string_view text, std::string_view file, const EachManifest& each) {
    return ManifestReader(file, each).run(manifest::readFileText(text));
}

base::Result<std::string> yamlToJson(std::string_view yaml, std::string_view file) {
    auto json = toJson(manifest::readFileText(yaml));
    if (!json) {
        const Problem& problem = json.error();
        const TextPlace place{std::string(file), problem.at.line, problem.at.column};
        return base::fail(base::ErrorCode::BadInput, toString(place) + ": " + problem.message);
    }
    return std::move(*json);
}

} // namespace kube
