// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/manifest/text_place.h"

#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// One object that a text describes, as kubectl would send it.
struct Manifest {
    std::string apiVersion;
    std::string kind;
    std::string ns;           ///< As written; empty where the text names none.
    std::string name;         ///< Empty only where generateName is not.
    std::string generateName; ///< kubectl create takes it, kubectl apply does not.
    std::string json;         ///< Compact, keys in byte order, numbers as Go writes its int64 and float64.
    TextPlace place;          ///< Where the object starts; an item of a List has a place of its own.
};

/// What is wrong or doubtful at a place: one English sentence that says what to do. Quotes keys, never values.
struct ManifestNote {
    TextPlace place;
    std::string message;
};

/// All that one text says. Every document is read, the faults of one hide no other's; who applies anything applies
/// nothing unless `errors` is empty.
struct Manifests {
    std::vector<Manifest> objects;      ///< In the order of the text, the items of Lists in their place.
    std::vector<ManifestNote> errors;   ///< At most one for each document's form, then all that an object lacks.
    std::vector<ManifestNote> warnings; ///< What kubectl takes without a word, and hardly anyone means.
};

/// Reads YAML or JSON, one document or many, as kubectl reads a file or its standard input: UTF-8 or, with a byte order
/// mark, UTF-16; YAML 1.1 scalars, anchors and merge keys as Go reads them; Lists become their items; the last of two
/// equal keys wins. Refuses what kubectl refuses, and besides: what is nested more than a thousand levels deep, an
/// object without apiVersion, kind or a name, and the few spellings that libyaml and Go's port of it take for
/// different things. Pure; any thread.
[[nodiscard]] Manifests readManifests(std::string_view text, std::string_view file);

/// One document of YAML, or JSON, of any form as the JSON that kubectl makes of it; "null" for an empty one. Fails with
/// BadInput and a message that starts with the place. Pure; any thread.
[[nodiscard]] base::Result<std::string> yamlToJson(std::string_view yaml, std::string_view file);

} // namespace kube
