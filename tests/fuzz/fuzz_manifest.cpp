// SPDX-License-Identifier: GPL-3.0-or-later
// Manifests, as a file and as one document: tests/data/manifest.
#include "core/kube/manifest/manifest.h"
#include "core/kube/yaml_text.h"
#include "tests/fuzz/rows_check.h"

#include <algorithm>
#include <vector>

namespace {

void checkNotes(const std::vector<kube::ManifestNote>& notes, std::string_view text) {
    // Line breaks of YAML that are none of an editor's count too.
    const auto lines = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return c == '\n' || c == '\r' || static_cast<unsigned char>(c) >= 0x80 || c == '\0' || c == '(' || c == ')';
    }));
    for (const kube::ManifestNote& note : notes) {
        fuzz::require(note.place.line > 0 && note.place.column > 0, "a note without a place");
        fuzz::require(static_cast<std::size_t>(note.place.line) <= lines + 2, "a note behind the text");
        fuzz::require(!note.message.empty(), "a note without a message");
    }
}

/// An object's JSON is what is read of it.
void checkJson(const std::string& json) {
    const auto again = kube::yamlToJson(json, "json");
    fuzz::require(again && *again == json, "JSON does not read back");
    const auto compact = kube::toCompactJson(json);
    fuzz::require(compact && *compact == json, "JSON of another form than objects have");
    const auto yaml = kube::toYaml(json, kube::ManagedFields::Shown);
    fuzz::require(yaml.has_value(), "JSON that has no YAML");
    // kubectl, too, writes such a key as it writes a merge.
    if (json.find(R"("\u003c\u003c":)") != std::string::npos)
        return;
    const auto back = kube::yamlToJson(*yaml, "yaml");
    fuzz::require(back && *back == json, "YAML does not read back");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::viewOf(data, size);
    const kube::Manifests manifests = kube::readManifests(text, "file");
    checkNotes(manifests.errors, text);
    checkNotes(manifests.warnings, text);
    for (const kube::Manifest& object : manifests.objects) {
        fuzz::require(!object.apiVersion.empty() && !object.kind.empty(), "an object of no type");
        fuzz::require(!object.name.empty() || !object.generateName.empty(), "an object without a name");
        checkJson(object.json);
    }
    if (const auto json = kube::yamlToJson(text, "file"))
        checkJson(*json);
    return 0;
}
